"""What a delivery line is: what one region delivers, in the words of one model, in which parts, how often and by which roads.

``line/1`` is what is approved of it; ``flow/1`` before it (`carried`) is read as a line too. It pins a model version by its
hash, and through the model's lockfile every wording that the model rests on, so that nothing under an approval can change. It
lets nobody have anything: what may be done with what is delivered is said by its uses (`uses.content`). Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from information_models.presentation import PERIOD_LABELS
from registry.content import shapes
from registry.content.places import Words
from registry.content.schemas import ContentSchema, EarlierSchema
from registry.content.values import day_of
from registry.findings import Finding, Place, Text
from registry.items.outlines import Mention, OutlineRow, Word
from registry.period import PeriodKind
from registry.provenance import Provenance
from submission_portal.flows import carried
from submission_portal.flows.channels import Channel
from submission_portal.flows.finding_texts import FINDINGS
from submission_portal.flows.pieces import LONGEST_TITLE, both_up_to, day_that_exists, line, part, text_with_stand_in

CONTENT_SCHEMA = carried.LINE
UNKNOWN_DAY = date(1, 1, 1)
MOST_PARTS = 500


@dataclass(frozen=True, slots=True)
class Parts:
    """What one period is delivered in: a file for each code of an element (one for each hospital). Together they are one delivery."""

    element: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One version of a delivery line, read from its content."""

    title: Text
    discloser: str
    recipient: str
    """The organisation that takes the deliveries in, and reviews those that need it."""
    model: str
    model_version: str
    parts: Parts | None
    """``None``: a period is delivered whole."""
    periodicity: tuple[PeriodKind, ...]
    """Empty: the periods that the model has."""
    channels: tuple[Channel, ...]
    valid_from: date
    valid_to: date
    is_automatic: bool
    provenance: Provenance


def read(content: Mapping[str, Any]) -> Line:
    """The line that content states, in whichever schema it was kept."""
    content = SCHEMA.lift(content)
    parts = content["parts"]
    return Line(
        title=Text.from_dict(content["title"]),
        discloser=content["discloser"],
        recipient=content["recipient"],
        model=content["model"],
        model_version=content["model_version"],
        parts=Parts(parts["element"], tuple(parts["codes"])) if parts else None,
        periodicity=tuple(PeriodKind(one) for one in content["periodicity"]),
        channels=tuple(Channel(one) for one in content["channels"]),
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
    if carried.is_carried(content):
        earlier, found = carried.parse(content)
        return earlier, [*faults(content), *found]
    parts = part(content, "parts")
    normal: dict[str, Any] = {
        "content_schema": CONTENT_SCHEMA,
        "title": text_with_stand_in(content.get("title"), LONGEST_TITLE),
        "discloser": line(content.get("discloser")),
        "recipient": line(content.get("recipient")),
        "model": line(content.get("model")),
        "model_version": line(content.get("model_version")),
        "parts": {"element": line(parts.get("element")), "codes": _once(parts.get("codes"))} if parts else None,
        "periodicity": [one.value for one in PeriodKind if one in _once(content.get("periodicity"))],
        "channels": [one.value for one in Channel if one in _once(content.get("channels"))],
        "valid_from": day_that_exists(content.get("valid_from")),
        "valid_to": day_that_exists(content.get("valid_to")),
        "automatic": content.get("automatic") if isinstance(content.get("automatic"), bool) else None,
        "provenance": content.get("provenance") if content.get("provenance") in list(Provenance) else Provenance.OWN,
    }
    return normal, [*faults(content), *_missing(normal), *_unfitting(normal)]


def faults(content: Any) -> tuple[Finding, ...]:
    """What keeps content from being kept at all. Whoever proposes a line need not say that it is one."""
    return SCHEMA.faults({"content_schema": CONTENT_SCHEMA, **content} if isinstance(content, Mapping) else content)


def _once(value: object) -> list[str]:
    """The texts of a list, each once, in order."""
    return (
        list(dict.fromkeys(str(one) for one in value))
        if isinstance(value, Sequence) and not isinstance(value, str)
        else []
    )


_SHAPE = shapes.record(
    {"content_schema": {"const": CONTENT_SCHEMA}},
    {
        "title": both_up_to(LONGEST_TITLE),
        "discloser": shapes.ANY_STRING,
        "recipient": shapes.ANY_STRING,
        "model": shapes.ANY_STRING,
        "model_version": shapes.ANY_STRING,
        "parts": shapes.optional(
            shapes.record({}, {"element": shapes.ANY_STRING, "codes": shapes.list_of(shapes.STRING, most=MOST_PARTS)})
        ),
        "periodicity": shapes.list_of(shapes.one_of(PeriodKind)),
        "channels": shapes.list_of(shapes.one_of(Channel)),
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
            "channels": Text("inlämningsvägar", "channels"),
            "codes": Text("delar", "parts"),
            "discloser": Text("utlämnare", "discloser"),
            "element": Text("dataelement", "data element"),
            "legal_ground": Text("rättslig grund", "legal ground"),
            "model": Text("informationsmodell", "information model"),
            "model_version": Text("modellversion", "model version"),
            "parts": Text("uppdelning", "division"),
            "periodicity": Text("perioder", "periods"),
            "policy": Text("små tal", "small numbers"),
            "purpose": Text("ändamål", "purpose"),
            "recipient": Text("mottagare", "recipient"),
            "reference": Text("beteckning", "reference"),
            "source_en": Text("källa på engelska", "source in English"),
            "threshold": Text("gräns", "threshold"),
            "zeros": Text("nollor", "zeros"),
        }
    ),
    (EarlierSchema(carried.NAME, carried.SHAPE, carried.lift),),
)
"""A line as it is written, and as it was written before."""


PARTS = {
    "title": Text("namn", "name"),
    "discloser": Text("utlämnare", "discloser"),
    "recipient": Text("mottagare", "recipient"),
    "model_version": Text("modellversion", "model version"),
    "parts.element": Text("vad som delar upp leveransen", "what divides the delivery"),
    "parts.codes": Text("vilka delar som lämnas", "which parts are delivered"),
    "channels": Text("inlämningsvägar", "channels"),
    "valid_from": Text("första dag", "first day"),
    "valid_to": Text("sista dag", "last day"),
    "automatic": Text(
        "om leveranser utan fynd går rakt igenom", "whether deliveries without findings go straight through"
    ),
}
"""What must be stated before a line is sent to review, in words."""


def _missing(content: Mapping[str, Any]) -> list[Finding]:
    parts = content["parts"]
    stated = {
        "title": content["title"]["sv"],
        "discloser": content["discloser"],
        "recipient": content["recipient"],
        "model_version": content["model"] and is_hash(content["model_version"]),
        "parts.element": parts is None or parts["element"],
        "parts.codes": parts is None or parts["codes"],
        "channels": content["channels"],
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
    if first and last and last < first:
        findings.append(FINDINGS.found("FLOW-002", places=(Place(field="valid_to"),)))
    if content["discloser"] and content["discloser"] == content["recipient"]:
        findings.append(FINDINGS.found("FLOW-006", places=(Place(field="recipient"),)))
    return findings


def is_hash(text: str) -> bool:
    """
    >>> is_hash("a" * 64), is_hash("nej")
    (True, False)
    """
    return len(text) == 64 and set(text) <= set("0123456789abcdef")


def title(content: Mapping[str, Any]) -> Text:
    """What the line is called."""
    return Text.from_dict(content["title"])


def depends_on(content: Mapping[str, Any]) -> tuple[str, ...]:
    """The version that an approval binds: the model's. The wordings follow through the model's own edges."""
    return (content["model_version"],) if content["model_version"] else ()


NOT_STATED = Text("Inte angivet", "Not stated")
YES_NO = {True: Text("Ja", "Yes"), False: Text("Nej", "No")}
AS_THE_MODEL = Text("Som modellen anger", "As the model says")
WHOLE = Text("Hela perioden i en leverans", "The whole period in one delivery")


def outline(content: Mapping[str, Any]) -> Sequence[OutlineRow]:
    """The line as labelled texts in reading order, for comparing two versions."""
    stated = read(content)
    more = carried.outline(content) if carried.is_carried(content) else _divided(stated)
    return (
        (Text("Namn", "Name"), stated.title),
        (
            Text("Informationsmodell", "Information model"),
            Mention("model", content["model"], content["model_version"]) if content["model"] else "",
        ),
        (Text("Modellversionens kontrollsumma", "Hash of the model version"), content["model_version"]),
        *more,
        (Text("Gäller från", "Valid from"), content["valid_from"] or ""),
        (Text("Gäller till och med", "Valid until"), content["valid_to"] or ""),
        (
            Text("Leveranser utan fynd går rakt igenom", "Deliveries without findings go straight through"),
            Word.of(YES_NO.get(content["automatic"], NOT_STATED)),
        ),
    )


def _divided(stated: Line) -> list[OutlineRow]:
    return [
        (Text("Lämnas i delar", "Delivered in parts"), _parts_in_words(stated.parts)),
        (Text("Perioder", "Periods"), _listed([PERIOD_LABELS[one] for one in stated.periodicity], AS_THE_MODEL)),
        (Text("Inlämningsvägar", "Channels"), _listed([one.label for one in stated.channels], NOT_STATED)),
    ]


def _parts_in_words(parts: Parts | None) -> Word:
    if parts is None:
        return Word.of(WHOLE)
    named = ", ".join(parts.codes)
    return Word(f"Ja, efter {parts.element}: {named or 'alla'}", f"Yes, by {parts.element}: {named or 'all'}")


def _listed(texts: Sequence[Text], otherwise: Text) -> Word:
    if not texts:
        return Word.of(otherwise)
    return Word.of(Text(", ".join(one.sv for one in texts), ", ".join(one.en for one in texts)))
