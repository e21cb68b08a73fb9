"""Code lists: the values that an element may take, what they mean, and when they are valid.

A code list is administered content (``code_list/1``). A code may have a parent in another list (a hospital in a
region), aliases under which real files write it, and dates of validity; a code with no known official code is marked
as local. Pure.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from information_models.content_words import WORDS
from information_models.finding_texts.all import FINDINGS
from registry.content import shapes
from registry.content.schemas import ContentSchema
from registry.content.values import day_of, written_day
from registry.finding_texts import MISSHAPEN
from registry.findings import Finding, Place, Text
from registry.period import Period

CONTENT_SCHEMA = "code_list/1"
REGIONS = "regioner"
"""The list of the regions; a list that lies below it is of places in them."""

_SHAPE = shapes.record(
    {
        "content_schema": {"const": CONTENT_SCHEMA},
        "slug": {"type": "string", "pattern": shapes.SLUG},
        "title": shapes.TEXT,
        "description": shapes.TEXT,
        "source": shapes.SOURCE,
        "parent_list": {"type": ["string", "null"], "pattern": shapes.SLUG},
        "codes": shapes.list_of(
            shapes.record(
                {"code": {"type": "string", "pattern": shapes.CODE}, "label": shapes.TEXT},
                {
                    "valid_from": shapes.DAY_OR_NONE,
                    "valid_to": shapes.DAY_OR_NONE,
                    "parent": {"type": ["string", "null"], "pattern": shapes.CODE},
                    "aliases": shapes.list_of({**shapes.STRING, "maxLength": 200}, most=50),
                    "local": shapes.BOOLEAN,
                    "test": shapes.BOOLEAN,
                    "note": shapes.optional(shapes.TEXT),
                    "concept": {"type": ["string", "null"], "pattern": shapes.SLUG},
                },
            ),
            least=1,
            most=20_000,
        ),
    }
)

SCHEMA = ContentSchema(CONTENT_SCHEMA, _SHAPE, MISSHAPEN, WORDS)
"""What is written; `problems` says what it means that cannot be."""


def folded(text: str) -> str:
    """``text`` as it is compared: case and surplus spaces do not matter.

    >>> folded("  Sunderby\\u00a0 SJUKHUS ")
    'sunderby sjukhus'
    """
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split()).casefold()


@dataclass(frozen=True, slots=True)
class Code:
    """One value of a code list. ``valid_from`` and ``valid_to`` are inclusive; ``None`` is "not stated"."""

    code: str
    label: Text
    valid_from: date | None = None
    valid_to: date | None = None
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    local: bool = False
    test: bool = False
    """Reserved for trials and demonstrations: made up, and nobody is expected to deliver it."""
    note: Text | None = None
    concept: str | None = None
    """The slug of the concept that the code stands for, where it stands for one (a published measure does)."""

    def is_valid(self, period: Period) -> bool:
        """Whether the code was valid on any day of ``period``."""
        starts_in_time = self.valid_from is None or self.valid_from <= period.last
        return starts_in_time and (self.valid_to is None or self.valid_to >= period.first)

    def names(self) -> Iterator[str]:
        """Every spelling that means this code: the code itself, its labels, its aliases."""
        yield from (self.code, self.label.sv, self.label.en, *self.aliases)


@dataclass(frozen=True)
class CodeList:
    """A list of codes in a stated order."""

    slug: str
    title: Text
    description: Text
    codes: tuple[Code, ...]
    parent_list: str | None = None
    source: Mapping[str, Any] | None = None

    @cached_property
    def by_code(self) -> Mapping[str, Code]:
        return {code.code: code for code in self.codes}

    @property
    def real(self) -> tuple[Code, ...]:
        """The codes without those that are reserved for trials."""
        return tuple(code for code in self.codes if not code.test)

    def offered_in(self, region: str | None) -> tuple[Code, ...]:
        """The codes that a form offers: those of one region where the list is of regions or lies below them.

        Codes for trials are left out, unless the form is for the region that they belong to.
        """
        if region is not None and self.slug == REGIONS:
            return tuple(code for code in self.codes if code.code == region)
        if region is not None and self.parent_list == REGIONS:
            return tuple(code for code in self.codes if code.parent == region)
        return self.real

    @cached_property
    def by_name(self) -> Mapping[str, str]:
        """Folded spelling → code."""
        return {folded(name): code.code for code in self.codes for name in code.names()}

    def resolve(self, text: str) -> Code | None:
        """The code that ``text`` (a code, a label or an alias) means."""
        code = self.by_name.get(folded(text))
        return self.by_code[code] if code is not None else None

    def content(self) -> dict[str, Any]:
        """The list as ``code_list/1``."""
        return {
            "content_schema": CONTENT_SCHEMA,
            "slug": self.slug,
            "title": self.title.as_dict(),
            "description": self.description.as_dict(),
            "source": dict(self.source) if self.source else None,
            "parent_list": self.parent_list,
            "codes": [
                {
                    "code": code.code,
                    "label": code.label.as_dict(),
                    "valid_from": written_day(code.valid_from),
                    "valid_to": written_day(code.valid_to),
                    "parent": code.parent,
                    "aliases": list(code.aliases),
                    "local": code.local,
                    **({"test": True} if code.test else {}),
                    "note": code.note.as_dict() if code.note else None,
                    "concept": code.concept,
                }
                for code in self.codes
            ],
        }


def read(content: Mapping[str, Any]) -> CodeList:
    """The code list in ``content``, which ``problems`` found nothing wrong with."""
    content = SCHEMA.lift(content)
    return CodeList(
        slug=content["slug"],
        title=Text.from_dict(content["title"]),
        description=Text.from_dict(content["description"]),
        source=content["source"],
        parent_list=content["parent_list"],
        codes=tuple(
            Code(
                code=code["code"],
                label=Text.from_dict(code["label"]),
                valid_from=day_of(code.get("valid_from")),
                valid_to=day_of(code.get("valid_to")),
                parent=code.get("parent"),
                aliases=tuple(code.get("aliases", ())),
                local=code.get("local", False),
                test=code.get("test", False),
                note=Text.from_dict(code["note"]) if code.get("note") else None,
                concept=code.get("concept"),
            )
            for code in content["codes"]
        ),
    )


def problems(content: Any) -> tuple[Finding, ...]:
    """What keeps ``content`` from being a code list: shape, doubled codes, ambiguous spellings, dates that end before
    they begin."""
    if findings := SCHEMA.faults(content):
        return findings
    codes = content["codes"]
    found: list[Finding] = []
    meaning: dict[str, str] = {}
    seen: set[str] = set()
    for index, code in enumerate(codes):
        place = (Place(field=f"codes[{index}]", value=code["code"]),)
        if code["code"] in seen:
            found.append(FINDINGS.found("LIST-001", {"code": code["code"]}, place))
        seen.add(code["code"])
        if code.get("valid_from") and code.get("valid_to") and code["valid_to"] < code["valid_from"]:
            found.append(FINDINGS.found("LIST-003", {"code": code["code"]}, place))
        if bool(code.get("parent")) and not content["parent_list"]:
            found.append(FINDINGS.found("LIST-004", {"code": code["code"]}, place))
        for name in {folded(name) for name in (code["code"], *code["label"].values(), *code.get("aliases", ()))}:
            other = meaning.setdefault(name, code["code"])
            if other != code["code"]:
                params = {"name": name, "code": code["code"], "other": other}
                found.append(FINDINGS.found("LIST-002", params, place))
    return tuple(found)
