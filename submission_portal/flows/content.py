"""What a flow is: this region × this model version × this purpose × this recipient × this legal ground × this policy.

``flow/1`` is what reviewers approve. It pins a model version by its hash, and through the model's lockfile every wording
that the model rests on, so that nothing under an approval can change. Pure.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from legal_checks.data_protection import LegalGround
from registry.content import shapes
from registry.content.places import Words
from registry.content.schemas import ContentSchema
from registry.content.values import day_of
from registry.findings import Finding, Place, Text
from registry.items.outlines import Mention, OutlineRow, Word
from registry.provenance import Provenance
from submission_portal.flows.finding_texts import FINDINGS

CONTENT_SCHEMA = "flow/1"
LONGEST_TITLE = 160
LONGEST_TEXT = 4000
HIGHEST_THRESHOLD = 100
HASH = re.compile(r"[0-9a-f]{64}")
UNKNOWN_DAY = date(1, 1, 1)
NO_THRESHOLD = -1
"""The threshold of a draft that states none."""


class Zeros(StrEnum):
    """What happens to zeros where persons are counted."""

    PUBLISHED = "published"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Policy:
    """How small numbers are treated: values above zero and below ``threshold`` are hidden where
    persons are counted, means with decimals too.

    No Swedish provision gives a number, so the policy states where its number comes from. A draft that says nothing of
    zeros is read as hiding them, and cannot be sent to review.
    """

    threshold: int
    zeros: Zeros
    source: Text

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Policy":
        """The policy in the content of a flow; older content says where the threshold comes from in Swedish only."""
        source = Text(stored["source"], stored.get("source_en") or stored["source"])
        return cls(stored["threshold"], Zeros(stored["zeros"] or Zeros.HIDDEN), source)


@dataclass(frozen=True, slots=True)
class Flow:
    """One version of a flow, read from its content."""

    title: Text
    discloser: str
    recipient: str
    model: str
    model_version: str
    purpose: Text
    ground: LegalGround
    policy: Policy
    valid_from: date
    valid_to: date
    is_automatic: bool
    provenance: Provenance

    @property
    def sunset(self) -> date:
        """The last day on which it takes deliveries: its own end or its ground's, whichever comes first."""
        return min(self.valid_to, self.ground.valid_to)


def read(content: Mapping[str, Any]) -> Flow:
    """The flow that content states, in whichever schema it was kept."""
    content = SCHEMA.lift(content)
    ground = content["legal_ground"]
    return Flow(
        title=Text.from_dict(content["title"]),
        discloser=content["discloser"],
        recipient=content["recipient"],
        model=content["model"],
        model_version=content["model_version"],
        purpose=Text.from_dict(content["purpose"]),
        ground=LegalGround(
            Text.from_dict(ground["title"]), ground["reference"], day_of(ground["valid_to"]) or UNKNOWN_DAY
        ),
        policy=Policy.from_dict(content["policy"]),
        valid_from=day_of(content["valid_from"]) or UNKNOWN_DAY,
        valid_to=day_of(content["valid_to"]) or UNKNOWN_DAY,
        is_automatic=content["automatic"] is True,
        provenance=Provenance(content["provenance"]),
    )


def parse(content: Mapping[str, Any]) -> tuple[dict[str, Any], list[Finding]]:
    """Normalise content and say what is missing or does not fit.

    A draft may be incomplete: what is missing keeps it from being submitted, never from being saved. What `faults` finds
    keeps it from being saved too; what could be read of it is given all the same, for a form to show.
    """
    ground, policy = _part(content, "legal_ground"), _part(content, "policy")
    normal: dict[str, Any] = {
        "content_schema": CONTENT_SCHEMA,
        "title": _text_with_stand_in(content.get("title"), LONGEST_TITLE),
        "discloser": _line(content.get("discloser")),
        "recipient": _line(content.get("recipient")),
        "model": _line(content.get("model")),
        "model_version": _line(content.get("model_version")),
        "purpose": _text_with_stand_in(content.get("purpose"), LONGEST_TEXT),
        "legal_ground": {
            "title": _text_with_stand_in(ground.get("title"), LONGEST_TEXT),
            "reference": _line(ground.get("reference")),
            "valid_to": _day_that_exists(ground.get("valid_to")),
        },
        "policy": {
            "threshold": policy.get("threshold") if type(policy.get("threshold")) is int else NO_THRESHOLD,
            "zeros": policy.get("zeros") if policy.get("zeros") in list(Zeros) else None,
            "source": _line(policy.get("source")),
            **({"source_en": english} if (english := _line(policy.get("source_en"))) else {}),
        },
        "valid_from": _day_that_exists(content.get("valid_from")),
        "valid_to": _day_that_exists(content.get("valid_to")),
        "automatic": content.get("automatic") if isinstance(content.get("automatic"), bool) else None,
        "provenance": content.get("provenance") if content.get("provenance") in list(Provenance) else Provenance.OWN,
    }
    return normal, [*faults(content), *_missing(normal), *_unfitting(normal)]


def faults(content: Any) -> tuple[Finding, ...]:
    """What keeps content from being kept at all. Whoever proposes a flow need not say that it is one."""
    return SCHEMA.faults({"content_schema": CONTENT_SCHEMA, **content} if isinstance(content, Mapping) else content)


def _text_up_to(longest: int) -> shapes.Shape:
    return {"type": "string", "maxLength": longest}


def _both_up_to(longest: int) -> shapes.Shape:
    return shapes.record({}, {"sv": _text_up_to(longest), "en": _text_up_to(longest)})


_SHAPE = shapes.record(
    {"content_schema": {"const": CONTENT_SCHEMA}},
    {
        "title": _both_up_to(LONGEST_TITLE),
        "discloser": shapes.ANY_STRING,
        "recipient": shapes.ANY_STRING,
        "model": shapes.ANY_STRING,
        "model_version": shapes.ANY_STRING,
        "purpose": _both_up_to(LONGEST_TEXT),
        "legal_ground": shapes.record(
            {},
            {
                "title": _both_up_to(LONGEST_TEXT),
                "reference": _text_up_to(LONGEST_TEXT),
                "valid_to": shapes.DAY_OR_NONE,
            },
        ),
        "policy": shapes.record(
            {},
            {
                "threshold": {"type": ["integer", "null"]},
                "zeros": shapes.optional(shapes.one_of(Zeros)),
                "source": _text_up_to(LONGEST_TEXT),
                "source_en": _text_up_to(LONGEST_TEXT),
            },
        ),
        "valid_from": shapes.DAY_OR_NONE,
        "valid_to": shapes.DAY_OR_NONE,
        "automatic": {"type": ["boolean", "null"]},
        "provenance": shapes.one_of(Provenance),
    },
)
SCHEMA = ContentSchema(
    CONTENT_SCHEMA,
    _SHAPE,
    FINDINGS["FLOW-007"],
    Words(
        fields={
            "automatic": Text(
                "leveranser utan fynd går rakt igenom", "deliveries without findings go straight through"
            ),
            "discloser": Text("utlämnare", "discloser"),
            "legal_ground": Text("rättslig grund", "legal ground"),
            "model": Text("informationsmodell", "information model"),
            "model_version": Text("modellversion", "model version"),
            "policy": Text("små tal", "small numbers"),
            "purpose": Text("ändamål", "purpose"),
            "recipient": Text("mottagare", "recipient"),
            "reference": Text("beteckning", "reference"),
            "source_en": Text("källa på engelska", "source in English"),
            "threshold": Text("gräns", "threshold"),
            "zeros": Text("nollor", "zeros"),
        }
    ),
)
"""A flow as it is written."""


PARTS = {
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
"""What must be stated before a flow is sent to review, in words."""


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
    named = Text(", ".join(PARTS[name].sv for name in missing), ", ".join(PARTS[name].en for name in missing))
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


def title(content: Mapping[str, Any]) -> Text:
    """What the flow is called."""
    return Text.from_dict(content["title"])


def depends_on(content: Mapping[str, Any]) -> tuple[str, ...]:
    """The version that an approval binds: the model's. The wordings follow through the model's own edges."""
    return (content["model_version"],) if content["model_version"] else ()


OutlineRows = Sequence[OutlineRow]

NOT_STATED = Text("Inte angivet", "Not stated")
ZERO_TEXTS = {
    Zeros.PUBLISHED: Text("Nollor visas", "Zeros are shown"),
    Zeros.HIDDEN: Text("Nollor döljs", "Zeros are hidden"),
}
YES_NO = {True: Text("Ja", "Yes"), False: Text("Nej", "No")}


def outline(content: Mapping[str, Any]) -> OutlineRows:
    """The flow as labelled texts in reading order, for comparing two versions."""
    content = SCHEMA.lift(content)
    ground, policy = content["legal_ground"], content["policy"]
    return (
        (Text("Namn", "Name"), Text.from_dict(content["title"])),
        (Text("Ändamål", "Purpose"), Text.from_dict(content["purpose"])),
        (
            Text("Informationsmodell", "Information model"),
            Mention("model", content["model"], content["model_version"]) if content["model"] else "",
        ),
        (Text("Modellversionens kontrollsumma", "Hash of the model version"), content["model_version"]),
        (Text("Rättslig grund", "Legal ground"), Text.from_dict(ground["title"])),
        (Text("Grundens beteckning", "Reference of the ground"), ground["reference"]),
        (Text("Grunden gäller till och med", "The ground is valid until"), ground["valid_to"] or ""),
        (Text("Gräns för småtal", "Threshold for small numbers"), str(policy["threshold"])),
        (Text("Nollor", "Zeros"), Word.of(ZERO_TEXTS.get(policy["zeros"], NOT_STATED))),
        (Text("Gränsens källa", "Source of the threshold"), Policy.from_dict(policy).source),
        (Text("Gäller från", "Valid from"), content["valid_from"] or ""),
        (Text("Gäller till och med", "Valid until"), content["valid_to"] or ""),
        (
            Text("Leveranser utan fynd går rakt igenom", "Deliveries without findings go straight through"),
            Word.of(YES_NO.get(content["automatic"], NOT_STATED)),
        ),
    )


def _part(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = content.get(name)
    return part if isinstance(part, Mapping) else {}


def _line(value: object) -> str:
    return " ".join(value.split())[:LONGEST_TEXT] if isinstance(value, str) else ""


def _text_with_stand_in(value: object, longest: int) -> dict[str, str]:
    """A text in both languages; where English is missing the Swedish stands in for it."""
    part = value if isinstance(value, Mapping) else {}
    sv = str(part.get("sv") or "").strip()[:longest]
    return {"sv": sv, "en": str(part.get("en") or "").strip()[:longest] or sv}


def _day_that_exists(value: object) -> str | None:
    """A day as it is stored; ``None`` for what is none, which `faults` reports."""
    return str(value) if value and not faults({"valid_from": value}) else None
