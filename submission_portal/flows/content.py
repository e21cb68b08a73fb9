"""What a flow is: this region × this model version × this purpose × this recipient × this legal ground × this policy.

``flow/1`` is what reviewers approve. It pins a model version by its hash, and through the model's lockfile every wording
that the model rests on, so that nothing under an approval can change. Pure.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from legal_checks.data_protection import LegalGround
from registry.findings import Finding, Place, Text
from registry.items.outlines import Mention, OutlineRow
from submission_portal.flows.finding_texts import FINDINGS

CONTENT_SCHEMA = "flow/1"
LONGEST_TITLE = 160
LONGEST_TEXT = 4000
HIGHEST_THRESHOLD = 100
ZEROS = ("published", "hidden")
PROVENANCES = ("own", "reproduced", "made_up")
HASH = re.compile(r"[0-9a-f]{64}")
UNKNOWN_DAY = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Policy:
    """How small numbers are treated: values above zero and below ``threshold`` are hidden where
    persons are counted, means with decimals too.

    No Swedish provision gives a number, so the policy states where its number comes from.
    """

    threshold: int
    zeros: str
    source: Text


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
    provenance: str

    @property
    def sunset(self) -> date:
        """The last day on which it takes deliveries: its own end or its ground's, whichever comes first."""
        return min(self.valid_to, self.ground.valid_to)


def read(content: Mapping[str, Any]) -> Flow:
    """The flow that content of a submitted version states."""
    ground, policy = content["legal_ground"], content["policy"]
    return Flow(
        title=_read_text(content["title"]),
        discloser=content["discloser"],
        recipient=content["recipient"],
        model=content["model"],
        model_version=content["model_version"],
        purpose=_read_text(content["purpose"]),
        ground=LegalGround(_read_text(ground["title"]), ground["reference"], _day(ground["valid_to"]) or UNKNOWN_DAY),
        policy=Policy(policy["threshold"], policy["zeros"], _policy_source(policy)),
        valid_from=_day(content["valid_from"]) or UNKNOWN_DAY,
        valid_to=_day(content["valid_to"]) or UNKNOWN_DAY,
        is_automatic=content["automatic"],
        provenance=content["provenance"],
    )


def parse(content: Mapping[str, Any]) -> tuple[dict[str, Any], list[Finding]]:
    """Normalise content and say what is missing or does not fit.

    A draft may be incomplete: findings of severity ERROR keep it from being submitted, never from being saved.
    """
    ground, policy = _part(content, "legal_ground"), _part(content, "policy")
    normal: dict[str, Any] = {
        "content_schema": CONTENT_SCHEMA,
        "title": _both(content.get("title"), LONGEST_TITLE),
        "discloser": _line(content.get("discloser")),
        "recipient": _line(content.get("recipient")),
        "model": _line(content.get("model")),
        "model_version": _line(content.get("model_version")),
        "purpose": _both(content.get("purpose"), LONGEST_TEXT),
        "legal_ground": {
            "title": _both(ground.get("title"), LONGEST_TEXT),
            "reference": _line(ground.get("reference")),
            "valid_to": _iso(ground.get("valid_to")),
        },
        "policy": {
            "threshold": policy.get("threshold") if isinstance(policy.get("threshold"), int) else -1,
            "zeros": policy.get("zeros") if policy.get("zeros") in ZEROS else "published",
            "source": _line(policy.get("source")),
            **({"source_en": english} if (english := _line(policy.get("source_en"))) else {}),
        },
        "valid_from": _iso(content.get("valid_from")),
        "valid_to": _iso(content.get("valid_to")),
        "automatic": content.get("automatic", True) is not False,
        "provenance": content.get("provenance") if content.get("provenance") in PROVENANCES else "own",
    }
    return normal, [*_missing(normal), *_unfitting(normal)]


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
    "valid_from": Text("första dag", "first day"),
    "valid_to": Text("sista dag", "last day"),
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
        "valid_from": content["valid_from"],
        "valid_to": content["valid_to"],
    }
    missing = [name for name, value in stated.items() if not value]
    if not missing:
        return []
    params = {
        "missing_sv": ", ".join(PARTS[name].sv for name in missing),
        "missing_en": ", ".join(PARTS[name].en for name in missing),
    }
    return [FINDINGS.found("FLOW-001", params, tuple(Place(field=name) for name in missing))]


def _unfitting(content: Mapping[str, Any]) -> list[Finding]:
    findings = []
    first, last = _day(content["valid_from"]), _day(content["valid_to"])
    ground_last = _day(content["legal_ground"]["valid_to"])
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
    return _read_text(content["title"])


def depends_on(content: Mapping[str, Any]) -> tuple[str, ...]:
    """The version that an approval binds: the model's. The wordings follow through the model's own edges."""
    return (content["model_version"],) if content["model_version"] else ()


OutlineRows = Sequence[OutlineRow]

ZERO_TEXTS = {
    "published": Text("Nollor visas", "Zeros are shown"),
    "hidden": Text("Nollor döljs", "Zeros are hidden"),
}
YES_NO = {True: Text("Ja", "Yes"), False: Text("Nej", "No")}


def outline(content: Mapping[str, Any]) -> OutlineRows:
    """The flow as labelled texts in reading order, for comparing two versions."""
    ground, policy = content["legal_ground"], content["policy"]
    return (
        (Text("Namn", "Name"), _read_text(content["title"])),
        (Text("Ändamål", "Purpose"), _read_text(content["purpose"])),
        (
            Text("Informationsmodell", "Information model"),
            Mention("model", content["model"], content["model_version"]) if content["model"] else "",
        ),
        (Text("Modellversionens kontrollsumma", "Hash of the model version"), content["model_version"]),
        (Text("Rättslig grund", "Legal ground"), _read_text(ground["title"])),
        (Text("Grundens beteckning", "Reference of the ground"), ground["reference"]),
        (Text("Grunden gäller till och med", "The ground is valid until"), ground["valid_to"] or ""),
        (Text("Gräns för småtal", "Threshold for small numbers"), str(policy["threshold"])),
        (Text("Nollor", "Zeros"), ZERO_TEXTS[policy["zeros"]]),
        (Text("Gränsens källa", "Source of the threshold"), _policy_source(policy)),
        (Text("Gäller från", "Valid from"), content["valid_from"] or ""),
        (Text("Gäller till och med", "Valid until"), content["valid_to"] or ""),
        (
            Text("Leveranser utan fynd går rakt igenom", "Deliveries without findings go straight through"),
            YES_NO[content["automatic"]],
        ),
    )


def _part(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = content.get(name)
    return part if isinstance(part, Mapping) else {}


def _line(value: object) -> str:
    return " ".join(value.split())[:LONGEST_TEXT] if isinstance(value, str) else ""


def _both(value: object, longest: int) -> dict[str, str]:
    """A text in both languages; where English is missing the Swedish stands in for it."""
    part = value if isinstance(value, Mapping) else {}
    sv = str(part.get("sv") or "").strip()[:longest]
    return {"sv": sv, "en": str(part.get("en") or "").strip()[:longest] or sv}


def _policy_source(policy: Mapping[str, Any]) -> Text:
    """Where the threshold comes from; older content says it in Swedish only."""
    return Text(policy["source"], policy.get("source_en") or policy["source"])


def _read_text(value: Mapping[str, str]) -> Text:
    return Text(value["sv"], value["en"])


def _iso(value: object) -> str | None:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) and _day(value) else None


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None
