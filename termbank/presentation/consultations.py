"""A consultation as a page shows it: the texts with what was said of each, who has answered, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from registry.i18n import current_language, read, show_date, show_datetime, show_figure
from registry.identity.tables import Organisation
from termbank.consultations import queries
from termbank.consultations.tables import (
    Addressee,
    Consultation,
    ConsultationState,
    ConsultationText,
    Opinion,
    OpinionPart,
)
from termbank.consultations.tally import (
    PART_TEXTS,
    POSITION_TEXTS,
    VERDICT_TEXTS,
    Asked,
    Part,
    Position,
    Verdict,
    positions_on,
)
from termbank.consultations.text_names import headings_of, names_of

POSITION_KINDS = {
    Position.SUPPORTS: "ok",
    Position.SUPPORTS_WITH_CHANGE: "info",
    Position.OPPOSES: "warn",
    Position.ABSTAINS: "idle",
    Position.YES: "info",
    Position.NO: "info",
    Position.PARTLY: "info",
    Position.NOT_STATED: "idle",
}


FIRST_SAID = 3
"""Answers on a part that stand on the page of the whole consultation; the text's own page has them all."""


@dataclass(frozen=True, slots=True)
class SaidRow:
    """What one says of a part: who, their position, and what came of it. ``key`` names the position in an address."""

    key: str
    who: str
    url: str
    marks: Sequence[str]
    position: tuple[str, str]
    quoted: str
    reason: str
    proposed: str
    verdict: str
    verdict_reason: str


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of a text: its wording in each language, how many took each position, and what they said."""

    heading: str
    wordings: Sequence[tuple[str, str]]
    counts: str
    said: Sequence[SaidRow]
    total: int
    """How many said something of it that the reader asked for; ``said`` may be a page of them, or the first."""


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text that is asked about."""

    number: int
    term: str
    version_id: str
    is_changed: bool
    url: str
    """Where all that was said of it is."""
    parts: Sequence[PartRow]


def state_text(one: Consultation, day: date) -> tuple[str, str]:
    """The kind of the status, and its words."""
    if one.state == ConsultationState.DRAFT:
        return "idle", _("Draft")
    if one.state == ConsultationState.SETTLED:
        return "ok", _("Settled")
    return ("info", _("Out for answers")) if day <= one.hidden_until else ("warn", _("Answers are being responded to"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the answers a reader asks for: those with one position (all where empty), and which page of them."""

    position: str = ""
    page: int = 1
    size: int = FIRST_SAID

    def of(self, said: Sequence[SaidRow]) -> Sequence[SaidRow]:
        chosen = self.chosen(said)
        return chosen[(self.page - 1) * self.size : self.page * self.size]

    def chosen(self, said: Sequence[SaidRow]) -> Sequence[SaidRow]:
        return [one for one in said if self.position in ("", one.key)]


def text_rows(
    one: Consultation,
    texts: Sequence[ConsultationText],
    opinions: Sequence[Opinion],
    changed: set[str],
    asked: Wanted,
) -> list[TextRow]:
    """Some texts with what ``opinions`` say of each, as far as it is asked for. ``changed``: versions that say something else by
    now."""
    names = names_of(one.texts, current_language())
    counts = queries.tally_of(one).by_part if opinions else {}
    rows = _said(one, opinions)
    return [
        TextRow(
            text.number, names[text.number], text.version_id, text.version_id in changed,
            url_for("termbank.consultation", consultation_id=one.id, text=text.number, stallning=asked.position or None),
            [
                PartRow(
                    read(PART_TEXTS[part]), in_order(text.texts[part]), _counted(counts.get((text.number, part), {})),
                    asked.of(rows.get((text.number, part), ())), len(asked.chosen(rows.get((text.number, part), ()))),
                )
                for part in Part
                if part in text.texts
            ],
        )
        for text in texts
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Overview:
    """A text in a line: what is asked about, how many took each position on each part, and where all that was said is."""

    label: str
    url: str
    counts: Sequence[tuple[str, str]]
    """(what part, the counts in words)."""


def overview(one: Consultation) -> list[Overview]:
    """Every text in a line, so that many texts with many answers can be read from the top."""
    names, counts = names_of(one.texts, current_language()), queries.tally_of(one).by_part
    return [
        Overview(
            f"{text.number}. {names[text.number]}",
            url_for("termbank.consultation", consultation_id=one.id, text=text.number),
            [
                (read(PART_TEXTS[part]), _counted(counts.get((text.number, part), {})) or _("nobody has said anything"))
                for part in Part
                if part in text.texts
            ],
        )
        for text in one.texts
    ]


def contents(one: Consultation) -> list[tuple[int, str]]:
    """The wordings that are asked about, with their numbers: the questions on each come right after it."""
    names = names_of(one.texts, current_language())
    return [(text.number, names[text.number]) for text in one.texts if not text.question]


def asked_rows(one: Consultation) -> dict[Asked, tuple[str, list[tuple[str, str]]]]:
    """Each part that is asked about: what it is called, and its wording in each language."""
    wordings = {text.number: text.texts for text in one.texts}
    headings = headings_of(one.texts, current_language())
    return {(number, part): (said, in_order(wordings[number][part])) for (number, part), said in headings.items()}


def positions_in(one: Consultation) -> list[tuple[str, str]]:
    """The positions that can be taken in a consultation, with their words."""
    there = {position for text in one.texts for part in text.texts for position in positions_on(Part(part))}
    return [(each.value, read(label)) for each, label in POSITION_TEXTS.items() if each in there]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer in a list: who, what sets it apart, when it came, its page, and how many of its parts wait for a response."""

    id: str
    who: str
    marks: Sequence[str]
    came: str
    url: str
    unjudged: int
    file_name: str
    file_hash: str
    is_letter: bool
    is_corrected: bool


def answer_row(one: Consultation, opinion: Opinion) -> AnswerRow:
    is_corrected = queries.is_corrected(one, opinion)
    return AnswerRow(
        opinion.id,
        opinion.name,
        marks(one, opinion),
        show_date(opinion.received_on),
        url_for("termbank.consultation_opinion", consultation_id=one.id, opinion_id=opinion.id),
        0 if is_corrected else sum(part.verdict is None for part in queries.to_judge(opinion)),
        opinion.file_name if opinion.file_key else "",
        (opinion.file_key or "")[-64:],
        opinion.is_letter,
        is_corrected,
    )


@dataclass(frozen=True, slots=True)
class WayToAnswer:
    """How an organisation goes on with its answer: what it does, where, and what there is of it already."""

    label: str
    url: str
    remark: str
    is_first: bool
    """Whether it is what is waited for; an addition is not."""


def ways_to_answer(one: Consultation, places: Sequence[Organisation]) -> list[WayToAnswer]:
    """How each of the organisations that somebody writes for goes on."""
    return [_way(one, place) for place in places]


def _way(one: Consultation, place: Organisation) -> WayToAnswer:
    asked_for: dict[str, Any] = {"for": place.id}
    url = url_for("termbank.answer_consultation", consultation_id=one.id, **asked_for)
    name, draft, is_sent = read(place.name), queries.draft_of(one, place.id), queries.has_answered(one, place.id)
    is_asked = any(addressee.organisation_id == place.id for addressee in one.addressees)
    remark = "" if is_asked else _("It was not asked; what it answers is shown and counted apart.")
    if draft:
        kept = show_datetime(draft.saved_at)
        label = _("Go on with the addition of %(region)s", region=name) if is_sent else _("Go on with the answer of %(region)s", region=name)  # fmt: skip
        return WayToAnswer(label, url, _("A draft was kept %(when)s, and is not sent.", when=kept), True)
    if is_sent:
        return WayToAnswer(_("Add to the answer of %(region)s", region=name), url, remark, False)
    return WayToAnswer(_("Answer for %(region)s", region=name), url, remark, True)


def in_order(wordings: Mapping[str, str]) -> list[tuple[str, str]]:
    """A wording in each language that it has, the reader's own first."""
    return sorted(wordings.items(), key=lambda pair: (pair[0] != current_language(), pair[0]))


def _said(one: Consultation, opinions: Sequence[Opinion]) -> dict[Asked, list[SaidRow]]:
    """What the opinions say of each part, in the order in which they came."""
    rows: dict[Asked, list[SaidRow]] = {}
    for opinion in opinions:
        marked = marks(one, opinion)
        for part in opinion.parts:
            rows.setdefault((part.number, Part(part.part)), []).append(said_row(opinion, part, marked))
    return rows


def said_row(opinion: Opinion, part: OpinionPart, marked: Sequence[str]) -> SaidRow:
    position = Position(part.position)
    return SaidRow(
        key=position.value,
        who=opinion.name,
        url=url_for("termbank.consultation_opinion", consultation_id=opinion.consultation_id, opinion_id=opinion.id),
        marks=marked,
        position=(POSITION_KINDS[position], read(POSITION_TEXTS[position])),
        quoted=part.quoted,
        reason=part.reason,
        proposed=part.proposed,
        verdict=read(VERDICT_TEXTS[Verdict(part.verdict)]) if part.verdict else "",
        verdict_reason=part.verdict_reason,
    )


def marks(one: Consultation, opinion: Opinion) -> list[str]:
    """What sets an answer apart: it is late, an addition, a letter, or from somebody who was not asked."""
    return [
        *([_("Late")] if queries.is_late(one, opinion) else []),
        *([_("Addition")] if queries.is_addition(one, opinion) else []),
        *([_("By letter")] if opinion.is_letter else []),
        *([_("Corrected since")] if queries.is_corrected(one, opinion) else []),
        *([_("Correction")] if opinion.corrects_id else []),
        *([_("Was not asked")] if opinion.addressee_id is None else []),
    ]


def addressee_rows(one: Consultation) -> list[tuple[str, str, str]]:
    """Each addressee: the name, the last day where it has one of its own, and when it answered."""
    answered: dict[str | None, Opinion] = {}
    for opinion in queries.counted(one):
        answered.setdefault(opinion.addressee_id, opinion)
    return [
        (addressee.name, _own_day(addressee), _answered(one, answered.get(addressee.id)))
        for addressee in one.addressees
    ]


def _own_day(addressee: Addressee) -> str:
    return str(_("has until %(day)s", day=show_date(addressee.extended_to))) if addressee.extended_to else ""


def _answered(one: Consultation, opinion: Opinion | None) -> str:
    if opinion is None or opinion.received_on is None:
        return str(_("has not answered"))
    day = show_date(opinion.received_on)
    return str(
        _("answered late, %(day)s", day=day) if queries.is_late(one, opinion) else _("answered %(day)s", day=day)
    )


def _counted(counts: Mapping[Position, int]) -> str:
    """``Supports 3, opposes 1``: how many of the addressees took each position."""
    return ", ".join(
        f"{read(POSITION_TEXTS[position])} {show_figure(counts[position])}"
        for position in Position
        if counts.get(position)
    )
