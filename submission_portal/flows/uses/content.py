"""What a use is: what one recipient may do with what a line delivers, for which purpose, on which ground, seen by whom.

``use/1`` is decided by the recipient's quality and legal reviewers and accepted by the region's disclosing officer. One delivery
feeds every use that the decision to disclose it names, so that nobody reports twice. Publishing to everybody is a use of its own,
with a policy and decisions of its own. Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from legal_checks.data_protection import LegalGround
from registry.content import shapes
from registry.content.places import Words
from registry.content.schemas import ContentSchema
from registry.content.values import day_of
from registry.findings import Finding, Place, Text
from registry.items.outlines import OutlineRow, Word
from registry.provenance import Provenance
from submission_portal.flows import carried
from submission_portal.flows.audiences import Audience
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
    part,
    policy_shape,
    text_with_stand_in,
)
from submission_portal.flows.policy import HIGHEST_THRESHOLD, ZERO_TEXTS, Policy

CONTENT_SCHEMA = carried.USE
UNKNOWN_DAY = date(1, 1, 1)
LONGEST_RETENTION = 1200
"""Months: a hundred years."""
AUDIENCES = (Audience.RECIPIENT, Audience.PUBLIC)
"""Who a use may be for. A region sees its own figures whatever anybody has decided."""


@dataclass(frozen=True, slots=True)
class Use:
    """One version of a use, read from its content."""

    title: Text
    line: str
    """The id of the line's item."""
    line_version: str
    """Hash of the line's version that was decided about: through it every wording is pinned."""
    discloser: str
    recipient: str
    """The organisation that answers for the use: for everybody's, the one that publishes."""
    audience: Audience
    purpose: Text
    needs: tuple[str, ...]
    """Keys of the needs that it serves (`information_models.needs`)."""
    ground: LegalGround
    policy: Policy
    retention_months: int | None
    """How long after its end what was delivered may stand in figures; ``None``: nothing was said (only of what is carried over)."""
    covers_from: date | None
    """The use covers what was delivered before it, of periods from this day; ``None``: only what is delivered from now on."""
    succeeds: str
    """The carried-over use that it takes the place of (`standing.StandingUse.ref`), or empty."""
    valid_from: date
    valid_to: date
    provenance: Provenance

    @property
    def sunset(self) -> date:
        """The last day on which a delivery may be disclosed for it: its own end or its ground's, whichever comes first."""
        return min(self.valid_to, self.ground.valid_to)


def read(content: Mapping[str, Any]) -> Use:
    """The use that content states."""
    content = SCHEMA.lift(content)
    ground = content["legal_ground"]
    return Use(
        title=Text.from_dict(content["title"]),
        line=content["line"],
        line_version=content["line_version"],
        discloser=content["discloser"],
        recipient=content["recipient"],
        audience=Audience(content["audience"]),
        purpose=Text.from_dict(content["purpose"]),
        needs=tuple(content["needs"]),
        ground=LegalGround(
            Text.from_dict(ground["title"]), ground["reference"], day_of(ground["valid_to"]) or UNKNOWN_DAY
        ),
        policy=Policy.from_dict(content["policy"]),
        retention_months=content["retention"]["months"],
        covers_from=day_of(content["covers_from"]),
        succeeds=content["succeeds"],
        valid_from=day_of(content["valid_from"]) or UNKNOWN_DAY,
        valid_to=day_of(content["valid_to"]) or UNKNOWN_DAY,
        provenance=Provenance(content["provenance"]),
    )


def parse(content: Mapping[str, Any]) -> tuple[dict[str, Any], list[Finding]]:
    """Normalise content and say what is missing or does not fit, as `flows.content.parse` does of a line."""
    months = part(content, "retention").get("months")
    normal: dict[str, Any] = {
        "content_schema": CONTENT_SCHEMA,
        "title": text_with_stand_in(content.get("title"), LONGEST_TITLE),
        "line": line(content.get("line")),
        "line_version": line(content.get("line_version")),
        "discloser": line(content.get("discloser")),
        "recipient": line(content.get("recipient")),
        "audience": content.get("audience") if content.get("audience") in AUDIENCES else Audience.RECIPIENT.value,
        "purpose": text_with_stand_in(content.get("purpose"), LONGEST_TEXT),
        "needs": list(dict.fromkeys(str(one) for one in content.get("needs") or ())),
        "legal_ground": normal_ground(content),
        "policy": normal_policy(content),
        "retention": {"months": months if type(months) is int else None},
        "covers_from": day_that_exists(content.get("covers_from")),
        "succeeds": line(content.get("succeeds")),
        "valid_from": day_that_exists(content.get("valid_from")),
        "valid_to": day_that_exists(content.get("valid_to")),
        "provenance": content.get("provenance") if content.get("provenance") in list(Provenance) else Provenance.OWN,
    }
    return normal, [*faults(content), *_missing(normal), *_unfitting(normal)]


def faults(content: Any) -> tuple[Finding, ...]:
    """What keeps content from being kept at all. Whoever proposes a use need not say that it is one."""
    return SCHEMA.faults({"content_schema": CONTENT_SCHEMA, **content} if isinstance(content, Mapping) else content)


_SHAPE = shapes.record(
    {"content_schema": {"const": CONTENT_SCHEMA}},
    {
        "title": both_up_to(LONGEST_TITLE),
        "line": shapes.ANY_STRING,
        "line_version": shapes.ANY_STRING,
        "discloser": shapes.ANY_STRING,
        "recipient": shapes.ANY_STRING,
        "audience": shapes.one_of(AUDIENCES),
        "purpose": both_up_to(LONGEST_TEXT),
        "needs": shapes.list_of(shapes.STRING, most=200),
        "legal_ground": ground_shape(),
        "policy": policy_shape(),
        "retention": shapes.record({}, {"months": {"type": ["integer", "null"]}}),
        "covers_from": shapes.DAY_OR_NONE,
        "succeeds": shapes.ANY_STRING,
        "valid_from": shapes.DAY_OR_NONE,
        "valid_to": shapes.DAY_OR_NONE,
        "provenance": shapes.one_of(Provenance),
    },
)
SCHEMA = ContentSchema(
    CONTENT_SCHEMA,
    _SHAPE,
    FINDINGS["USE-007"],
    Words(
        fields={
            "audience": Text("krets", "audience"),
            "covers_from": Text("omfattar tidigare perioder från", "covers earlier periods from"),
            "discloser": Text("utlämnare", "discloser"),
            "legal_ground": Text("rättslig grund", "legal ground"),
            "line": Text("leveranslinje", "delivery line"),
            "line_version": Text("linjens version", "version of the line"),
            "months": Text("månader", "months"),
            "needs": Text("behov", "needs"),
            "open_reason": Text("varför inget döljs", "why nothing is hidden"),
            "open_reason_en": Text("varför inget döljs, på engelska", "why nothing is hidden, in English"),
            "policy": Text("små tal", "small numbers"),
            "purpose": Text("ändamål", "purpose"),
            "recipient": Text("mottagare", "recipient"),
            "reference": Text("beteckning", "reference"),
            "retention": Text("bevarande", "retention"),
            "source_en": Text("källa på engelska", "source in English"),
            "succeeds": Text("ersätter", "succeeds"),
            "threshold": Text("gräns", "threshold"),
            "zeros": Text("nollor", "zeros"),
        }
    ),
)
"""A use as it is written."""


PARTS = {
    "title": Text("namn", "name"),
    "line": Text("leveranslinje", "delivery line"),
    "recipient": Text("mottagare", "recipient"),
    "purpose": Text("ändamål", "purpose"),
    "legal_ground.title": Text("rättslig grund", "legal ground"),
    "legal_ground.reference": Text("grundens beteckning", "reference of the ground"),
    "legal_ground.valid_to": Text("grundens slutdatum", "end date of the ground"),
    "policy.source": Text("småtalsgränsens källa", "source of the threshold"),
    "policy.zeros": Text("om nollor visas", "whether zeros are shown"),
    "retention.months": Text("hur länge uppgifterna bevaras", "how long the data is kept"),
    "valid_from": Text("första dag", "first day"),
    "valid_to": Text("sista dag", "last day"),
}
"""What must be stated before a use is sent to be decided, in words."""


def _missing(content: Mapping[str, Any]) -> list[Finding]:
    ground, policy = content["legal_ground"], content["policy"]
    stated = {
        "title": content["title"]["sv"],
        "line": content["line"],
        "recipient": content["recipient"],
        "purpose": content["purpose"]["sv"],
        "legal_ground.title": ground["title"]["sv"],
        "legal_ground.reference": ground["reference"],
        "legal_ground.valid_to": ground["valid_to"],
        "policy.source": policy["source"],
        "policy.zeros": policy["zeros"],
        "retention.months": content["retention"]["months"] is not None,
        "valid_from": content["valid_from"],
        "valid_to": content["valid_to"],
    }
    missing = [name for name, value in stated.items() if not value]
    if not missing:
        return []
    named = Text(", ".join(PARTS[name].sv for name in missing), ", ".join(PARTS[name].en for name in missing))
    return [FINDINGS.found("USE-001", {"missing": named}, tuple(Place(field=name) for name in missing))]


def _unfitting(content: Mapping[str, Any]) -> list[Finding]:
    findings = []
    first, last = day_of(content["valid_from"]), day_of(content["valid_to"])
    ground_last = day_of(content["legal_ground"]["valid_to"])
    months = content["retention"]["months"]
    if first and last and last < first:
        findings.append(FINDINGS.found("USE-002", places=(Place(field="valid_to"),)))
    if first and ground_last and ground_last < first:
        findings.append(FINDINGS.found("USE-003", places=(Place(field="legal_ground.valid_to"),)))
    elif last and ground_last and ground_last < last:
        params = {"valid_to": ground_last.isoformat()}
        findings.append(FINDINGS.found("USE-004", params, (Place(field="legal_ground.valid_to"),)))
    if not 0 <= content["policy"]["threshold"] <= HIGHEST_THRESHOLD:
        place = Place(field="policy.threshold")
        findings.append(FINDINGS.found("USE-005", {"highest": HIGHEST_THRESHOLD}, (place,)))
    if content["discloser"] and content["discloser"] == content["recipient"]:
        findings.append(FINDINGS.found("USE-006", places=(Place(field="recipient"),)))
    if months is not None and not 0 <= months <= LONGEST_RETENTION:
        place = Place(field="retention.months")
        findings.append(FINDINGS.found("USE-008", {"longest": LONGEST_RETENTION}, (place,)))
    return findings


def title(content: Mapping[str, Any]) -> Text:
    """What the use is called."""
    return Text.from_dict(content["title"])


def depends_on(content: Mapping[str, Any]) -> tuple[str, ...]:
    """The version that an approval binds: the line's. The model and its wordings follow through the line's own edges."""
    return (content["line_version"],) if content["line_version"] else ()


def outline(content: Mapping[str, Any]) -> Sequence[OutlineRow]:
    """The use as labelled texts in reading order, for comparing two versions."""
    ground, policy = content["legal_ground"], content["policy"]
    months = content["retention"]["months"]
    return (
        (Text("Namn", "Name"), Text.from_dict(content["title"])),
        (Text("Krets", "Audience"), Word.of(Audience(content["audience"]).label)),
        (Text("Ändamål", "Purpose"), Text.from_dict(content["purpose"])),
        (Text("Behov", "Needs"), ", ".join(content["needs"])),
        (Text("Rättslig grund", "Legal ground"), Text.from_dict(ground["title"])),
        (Text("Grundens beteckning", "Reference of the ground"), ground["reference"]),
        (Text("Grunden gäller till och med", "The ground is valid until"), ground["valid_to"] or ""),
        (Text("Gräns för småtal", "Threshold for small numbers"), str(policy["threshold"])),
        (Text("Nollor", "Zeros"), Word.of(ZERO_TEXTS[policy["zeros"]])),
        (Text("Gränsens källa", "Source of the threshold"), Policy.from_dict(policy).source),
        *(
            [(Text("Varför inget döljs", "Why nothing is hidden"), reason)]
            if (reason := Policy.from_dict(policy).open_reason)
            else []
        ),
        (Text("Bevaras efter slutet, månader", "Kept after the end, months"), "" if months is None else str(months)),
        (Text("Omfattar tidigare perioder från", "Covers earlier periods from"), content["covers_from"] or ""),
        (Text("Gäller från", "Valid from"), content["valid_from"] or ""),
        (Text("Gäller till och med", "Valid until"), content["valid_to"] or ""),
    )
