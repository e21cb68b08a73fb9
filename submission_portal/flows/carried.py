"""``flow/1``: what was approved before lines and uses were told apart. It is never written any more, and stays as it is.

One document said what a region delivers and what one recipient may do with it. It is read as both: as a line (`lift`), and as
the uses that it let into being: the recipient's own (`first_use`), and the publication to everybody that nobody had to decide
(`public_use`). Each has the flow version's hash as its ground, so that no approval is invented. Pure.
"""

import re
from collections.abc import Mapping
from typing import Any

from registry.content import shapes
from registry.content.values import day_of
from registry.findings import Finding, Place, Text
from registry.items.outlines import OutlineRow, Word
from registry.provenance import Provenance
from submission_portal.flows.audiences import Audience
from submission_portal.flows.channels import Channel
from submission_portal.flows.finding_texts import FINDINGS
from submission_portal.flows.pieces import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    both_up_to,
    day_that_exists,
    ground_shape,
    line,
    normal_ground,
    normal_policy,
    policy_shape,
    text_with_stand_in,
)
from submission_portal.flows.policy import HIGHEST_THRESHOLD, ZERO_TEXTS, Policy

NAME = "flow/1"
LINE = "line/1"
USE = "use/1"
HASH = re.compile(r"[0-9a-f]{64}")
SHAPE = shapes.record(
    {"content_schema": {"const": NAME}},
    {
        "title": both_up_to(LONGEST_TITLE),
        "discloser": shapes.ANY_STRING,
        "recipient": shapes.ANY_STRING,
        "model": shapes.ANY_STRING,
        "model_version": shapes.ANY_STRING,
        "purpose": both_up_to(LONGEST_TEXT),
        "legal_ground": ground_shape(),
        "policy": policy_shape(),
        "valid_from": shapes.DAY_OR_NONE,
        "valid_to": shapes.DAY_OR_NONE,
        "automatic": {"type": ["boolean", "null"]},
        "provenance": shapes.one_of(Provenance),
    },
)
OF_A_LINE = (
    "title",
    "discloser",
    "recipient",
    "model",
    "model_version",
    "valid_from",
    "valid_to",
    "automatic",
    "provenance",
)
OF_A_USE = (
    "title",
    "discloser",
    "recipient",
    "purpose",
    "legal_ground",
    "policy",
    "valid_from",
    "valid_to",
    "provenance",
)


def is_carried(content: Mapping[str, Any]) -> bool:
    """Whether content was written before lines and uses were told apart.

    >>> is_carried({"content_schema": "flow/1"}), is_carried({"content_schema": "line/1"})
    (True, False)
    """
    return content.get("content_schema") == NAME


def parse(content: Mapping[str, Any]) -> tuple[dict[str, Any], list[Finding]]:
    """Normalise ``flow/1`` and say what is missing in it or does not fit: one that was in review on upgrade may still be decided."""
    normal: dict[str, Any] = {
        "content_schema": NAME,
        "title": text_with_stand_in(content.get("title"), LONGEST_TITLE),
        **{name: line(content.get(name)) for name in ("discloser", "recipient", "model", "model_version")},
        "purpose": text_with_stand_in(content.get("purpose"), LONGEST_TEXT),
        "legal_ground": normal_ground(content),
        "policy": normal_policy(content),
        "valid_from": day_that_exists(content.get("valid_from")),
        "valid_to": day_that_exists(content.get("valid_to")),
        "automatic": content.get("automatic") if isinstance(content.get("automatic"), bool) else None,
        "provenance": content.get("provenance") if content.get("provenance") in list(Provenance) else Provenance.OWN,
    }
    return normal, [*_missing(normal), *_unfitting(normal)]


def lift(content: Mapping[str, Any]) -> dict[str, Any]:
    """The line in ``flow/1``: delivered whole, in the periods of its model, by every channel that there is."""
    return {
        "content_schema": LINE,
        **{name: content[name] for name in OF_A_LINE if name in content},
        "parts": None,
        "periodicity": [],
        "channels": [one.value for one in Channel],
    }


def first_use(content: Mapping[str, Any], line: str, version_hash: str) -> dict[str, Any]:
    """The recipient's use in ``flow/1``, as ``use/1`` of the line with this id, on the flow version with this hash. It says
    nothing of needs or retention, and covers all that was delivered."""
    return {
        "content_schema": USE,
        **{name: content[name] for name in OF_A_USE if name in content},
        "line": line,
        "line_version": version_hash,
        "audience": Audience.RECIPIENT.value,
        "needs": [],
        "retention": {"months": None},
        "covers_from": content.get("valid_from"),
        "succeeds": "",
    }


def public_use(content: Mapping[str, Any], line: str, version_hash: str) -> dict[str, Any]:
    """The publication to everybody that followed without a decision, as a use of the same recipient with the same policy."""
    return {**first_use(content, line, version_hash), "audience": Audience.PUBLIC.value}


def outline(content: Mapping[str, Any]) -> list[OutlineRow]:
    """What only ``flow/1`` said of a line, as labelled texts: now a use's. Its other rows are the line's."""
    ground, policy = content["legal_ground"], content["policy"]
    return [
        (Text("Ändamål", "Purpose"), Text.from_dict(content["purpose"])),
        (Text("Rättslig grund", "Legal ground"), Text.from_dict(ground["title"])),
        (Text("Grundens beteckning", "Reference of the ground"), ground["reference"]),
        (Text("Grunden gäller till och med", "The ground is valid until"), ground["valid_to"] or ""),
        (Text("Gräns för småtal", "Threshold for small numbers"), str(policy["threshold"])),
        (Text("Nollor", "Zeros"), Word.of(ZERO_TEXTS[policy["zeros"]])),
        (Text("Gränsens källa", "Source of the threshold"), Policy.from_dict(policy).source),
    ]


def use_in_words(content: Mapping[str, Any]) -> str:
    """What a draft of ``flow/1`` says of a use, as a text in Swedish; empty where it says nothing of it yet."""
    normal, _found = parse(content)
    ground, policy = normal["legal_ground"], normal["policy"]
    said = {
        "Ändamål": normal["purpose"]["sv"],
        "Rättslig grund": ground["title"]["sv"],
        "Grundens beteckning": ground["reference"],
        "Grunden gäller till och med": ground["valid_to"],
        "Gräns för småtal": str(policy["threshold"]) if policy["source"] else "",
        "Gränsens källa": policy["source"],
    }
    told = [f"{label}: {text}" for label, text in said.items() if text]
    return "\n".join(["Ur utkastet, om användningen:", *told]) if told else ""


STATED = {
    "title": Text("namn", "name"),
    "discloser": Text("utlämnare", "discloser"),
    "recipient": Text("mottagare", "recipient"),
    "model_version": Text("modellversion", "model version"),
    "purpose": Text("ändamål", "purpose"),
    "legal_ground.title": Text("rättslig grund", "legal ground"),
    "legal_ground.reference": Text("grundens beteckning", "reference of the ground"),
    "legal_ground.valid_to": Text("grundens slutdatum", "end date of the ground"),
    "policy.source": Text("småtalsgränsens källa", "source of the threshold"),
    "policy.zeros": Text("om nollor visas", "whether zeros are shown"),
    "valid_from": Text("första dag", "first day"),
    "valid_to": Text("sista dag", "last day"),
    "automatic": Text(
        "om leveranser utan fynd går rakt igenom", "whether deliveries without findings go straight through"
    ),
}
"""What must be stated in ``flow/1`` before it is sent to review, in words."""


def _missing(content: Mapping[str, Any]) -> list[Finding]:
    ground, policy = content["legal_ground"], content["policy"]
    stated = {
        "title": content["title"]["sv"],
        "discloser": content["discloser"],
        "recipient": content["recipient"],
        "model_version": content["model"] and HASH.fullmatch(content["model_version"]),
        "purpose": content["purpose"]["sv"],
        "legal_ground.title": ground["title"]["sv"],
        "legal_ground.reference": ground["reference"],
        "legal_ground.valid_to": ground["valid_to"],
        "policy.source": policy["source"],
        "policy.zeros": policy["zeros"],
        "valid_from": content["valid_from"],
        "valid_to": content["valid_to"],
        "automatic": content["automatic"] is not None,
    }
    missing = [name for name, value in stated.items() if not value]
    if not missing:
        return []
    named = Text(", ".join(STATED[name].sv for name in missing), ", ".join(STATED[name].en for name in missing))
    return [FINDINGS.found("FLOW-001", {"missing": named}, tuple(Place(field=name) for name in missing))]


def _unfitting(content: Mapping[str, Any]) -> list[Finding]:
    findings = []
    first, last = day_of(content["valid_from"]), day_of(content["valid_to"])
    ground_last = day_of(content["legal_ground"]["valid_to"])
    if first and last and last < first:
        findings.append(FINDINGS.found("FLOW-002", places=(Place(field="valid_to"),)))
    if first and ground_last and ground_last < first:
        findings.append(FINDINGS.found("FLOW-003", places=(Place(field="legal_ground.valid_to"),)))
    elif last and ground_last and ground_last < last:
        params = {"valid_to": ground_last.isoformat()}
        findings.append(FINDINGS.found("FLOW-004", params, (Place(field="legal_ground.valid_to"),)))
    if not 0 <= content["policy"]["threshold"] <= HIGHEST_THRESHOLD:
        place = Place(field="policy.threshold")
        findings.append(FINDINGS.found("FLOW-005", {"highest": HIGHEST_THRESHOLD}, (place,)))
    if content["discloser"] and content["discloser"] == content["recipient"]:
        findings.append(FINDINGS.found("FLOW-006", places=(Place(field="recipient"),)))
    return findings
