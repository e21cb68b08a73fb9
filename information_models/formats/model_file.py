"""A model in one file, with its code lists and wordings: all that is needed to check a delivery offline.

JSON, ``model-file/1``, with a hash over everything else in it (SHA-256 of the canonical text, as for all content), so
that a file that was changed on the way is refused.
"""

import json
from collections.abc import Mapping
from typing import Any

from information_models import code_lists, definitions
from information_models.content_words import WORDS
from information_models.definitions import LoadedModel, Wording
from information_models.finding_texts.all import FINDINGS
from registry.content import shapes
from registry.content.canonical import ContentError, canonical, content_hash
from registry.content.schemas import ContentSchema
from registry.content.strict_json import DoubledName, read_json
from registry.finding_texts import MISSHAPEN
from registry.findings import Finding, Text
from registry.formats import DEFAULTS, Options

CONTENT_SCHEMA = "model-file/1"
LARGEST = 20_000_000

_SHAPE = shapes.record(
    {
        "content_schema": {"const": CONTENT_SCHEMA},
        "model": {"type": "object"},
        "model_hash": {"type": ["string", "null"], "pattern": shapes.HASH},
        "code_lists": {"type": "object", "additionalProperties": {"type": "object"}},
        "wordings": {
            "type": "object",
            "additionalProperties": shapes.record(
                {
                    "term": shapes.TEXT,
                    "definition": shapes.optional(shapes.TEXT),
                    "version": {"type": ["string", "null"], "pattern": shapes.HASH},
                }
            ),
        },
        "hash": {"type": "string", "pattern": shapes.HASH},
    }
)

SCHEMA = ContentSchema(CONTENT_SCHEMA, _SHAPE, MISSHAPEN, WORDS)


def content(loaded: LoadedModel) -> dict[str, Any]:
    """The file's content with its hash."""
    body: dict[str, Any] = {
        "content_schema": CONTENT_SCHEMA,
        "model": loaded.model.content(),
        "model_hash": loaded.content_hash,
        "code_lists": {slug: codes.content() for slug, codes in sorted(loaded.code_lists.items())},
        "wordings": {
            slug: {
                "term": wording.term.as_dict(),
                "definition": wording.definition.as_dict() if wording.definition else None,
                "version": wording.version,
            }
            for slug, wording in sorted(loaded.wordings.items())
        },
    }
    return {**body, "hash": content_hash(canonical(body))}


def write(loaded: LoadedModel, options: Options = DEFAULTS) -> bytes:
    """The model file."""
    return (json.dumps(content(loaded), ensure_ascii=False, indent=2) + "\n").encode()


def read(data: bytes) -> LoadedModel | tuple[Finding, ...]:
    """The model in a model file, or what is wrong with the file."""
    if len(data) > LARGEST:
        return (_unreadable("den är för stor", "it is too large"),)
    try:
        stored = read_json(data)
    except DoubledName as error:
        return (_unreadable(f"{error.name} finns två gånger", f"{error.name} is there twice"),)
    except (UnicodeDecodeError, ValueError, RecursionError):
        return (_unreadable("den är inte JSON", "it is not JSON"),)
    return read_content(stored)


def read_content(stored: Any) -> LoadedModel | tuple[Finding, ...]:
    """The model in the content of a model file, or what is wrong with it."""
    if not isinstance(stored, dict) or stored.get("content_schema") != CONTENT_SCHEMA:
        return (_unreadable(f"den är inte {CONTENT_SCHEMA}", f"it is not {CONTENT_SCHEMA}"),)
    if findings := SCHEMA.faults(stored):
        return findings
    try:
        expected = content_hash(canonical({name: value for name, value in stored.items() if name != "hash"}))
    except ContentError:
        return (_unreadable("den har värden som inte får finnas", "it has values that may not be there"),)
    if expected != stored["hash"]:
        return (FINDINGS.found("FMT-002"),)
    return _load(stored)


def _load(stored: Mapping[str, Any]) -> LoadedModel | tuple[Finding, ...]:
    findings = [*definitions.problems(stored["model"])]
    for codes in stored["code_lists"].values():
        findings.extend(code_lists.problems(codes))
    if findings:
        return tuple(findings)
    model = definitions.read(stored["model"])
    if missing := definitions.missing_code_lists(model, stored["code_lists"]):
        names = ", ".join(missing)
        return (_unreadable(f"kodlistor saknas: {names}", f"code lists are missing: {names}"),)
    return LoadedModel(
        model,
        {slug: code_lists.read(codes) for slug, codes in stored["code_lists"].items()},
        {
            slug: Wording(
                slug,
                Text.from_dict(wording["term"]),
                Text.from_dict(wording["definition"]) if wording["definition"] else None,
                wording["version"],
            )
            for slug, wording in stored["wordings"].items()
        },
        stored["model_hash"],
    )


def _unreadable(sv: str, en: str) -> Finding:
    return FINDINGS.found("FMT-001", {"problem": Text(sv, en)})
