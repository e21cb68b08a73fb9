"""A gap: periods for which a unit has no row, what may be answered about it, and what was. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from registry.findings import Finding, Place, Text
from registry.period import Period, PeriodKind
from submission_portal.deliveries.assessment.seen_units import Unit
from submission_portal.deliveries.assessment.weekdays import periods_from, stretches, weekday_names
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.spans import span_label, span_name

CLOSED, NOT_REPORTED, ENDED = "closed", "not_reported", "ended"
GAP_ANSWERS = (CLOSED, NOT_REPORTED, ENDED)
"""What may be answered about a gap. ``ended``: the unit is not expected any more."""
ALL, WITHIN, BESIDE = "*", "within", "beside"
"""Stand for gaps together, as an answer's key: all, those within their units' own periods, and the others."""
AS_BEFORE = "as_before"
"""What may be answered of all: each gap as its unit's last one was."""
_AS_IS = " !\"#$&'()*+,:;<=>?@[\\]^`{|}"
"""Beside letters and digits, what a unit's value in a key is not escaped for: neither ``/`` nor ``%``."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Periods in a row for which a unit has none: ``count`` of them, from ``first`` to ``last`` (their names)."""

    unit: Unit
    first: str
    last: str
    count: int
    label: Text
    is_within: bool = False
    """Whether the unit has rows before and after."""
    reaches_end: bool = False
    """Whether nothing comes after: the unit may have ended."""
    offered: str = ""
    """What was answered about the unit's last gap."""
    weekdays: tuple[int, ...] = ()
    """The days of the week (Monday is 1) that the unit never has, where the gap is all of those from ``first`` to ``last``."""

    @property
    def key(self) -> str:
        """What an answer about it is kept under: in ASCII, as all names in stored content are, and different for each unit.

        >>> Gap(("65016", "Medicin"), "2026-04-02", "2026-04-29", 28, Text("", "")).key
        '65016/Medicin 2026-04-02--2026-04-29'
        >>> Gap(("65016", "Öron/näsa"), "2026-04-02", "2026-04-02", 1, Text("", "")).key
        '65016/%C3%96ron%2Fn%C3%A4sa 2026-04-02--2026-04-02'
        >>> Gap(("65016", "Medicin"), "2026-04-04", "2026-04-26", 8, Text("", ""), weekdays=(6, 7)).key
        '65016/Medicin weekdays-67'
        """
        days = f"weekdays-{''.join(map(str, self.weekdays))}" if self.weekdays else f"{self.first}--{self.last}"
        return self._key(days)

    def _key(self, days: str) -> str:
        unit = "/".join(quote(value, safe=_AS_IS) for value in self.unit)
        return f"{unit} {days}".strip()

    @property
    def group(self) -> str:
        """What an answer about it and those of its kind is kept under."""
        return WITHIN if self.is_within else BESIDE

    @property
    def answers(self) -> tuple[str, ...]:
        """What may be answered about it."""
        return GAP_ANSWERS if self.reaches_end else (CLOSED, NOT_REPORTED)

    @property
    def periods(self) -> Text:
        """The periods in words."""
        days, span = weekday_names(self.weekdays), self._span
        return Text(f"{days.sv} {span.sv}", f"{days.en} {span.en}") if self.weekdays else span

    @property
    def _span(self) -> Text:
        first, last = Period.parse(self.first), Period.parse(self.last)
        if first == last:
            return Text(first.label("sv"), first.label("en"))
        if first.kind is not PeriodKind.SHIFT:
            name = span_name(first.first, last.last)
            return Text(span_label(name, "sv"), span_label(name, "en"))
        return Text(f"{first.label('sv')} – {last.label('sv')}", f"{first.label('en')} – {last.label('en')}")

    @property
    def place(self) -> Place:
        """Unit and periods in words; there is no cell to point at."""
        periods = self.periods
        texts = ((self.label.sv, periods.sv), (self.label.en, periods.en))
        return Place(label=Text(*(": ".join(filter(None, pair)) for pair in texts)), key=(("gap", self.key),))

    def answered(self, answers: Mapping[str, str]) -> str:
        """What ``answers`` say of it, by its key, for its kind or for all; empty where they say nothing that it takes."""
        given = (answers.get(self.key), self._said_of_parts(answers), answers.get(self.group), answers.get(ALL))
        word = next(filter(None, given), "")
        return word if word in self.answers else ""

    def _said_of_parts(self, answers: Mapping[str, str]) -> str:
        """What was said alike of every weekend or the like, each of which was asked about by itself before weekdays were seen."""
        if not self.weekdays:
            return ""
        said = {answers.get(self._key(f"{first}--{last}"), "") for first, last in stretches(self.all_periods)}
        return said.pop() if len(said) == 1 else ""

    @property
    def all_periods(self) -> list[Period]:
        """Its periods: all from its first to its last, those of its weekdays, or as many as it has, evenly apart."""
        periods = list(periods_from(Period.parse(self.first), Period.parse(self.last)))
        if self.weekdays:
            return [one for one in periods if one.first.isoweekday() in self.weekdays]
        return periods[:: (len(periods) - 1) // (self.count - 1)] if self.count > 1 else periods

    def as_dict(self) -> dict[str, object]:
        return {
            "unit": list(self.unit), "first": self.first, "last": self.last, "count": self.count,
            "label": self.label.as_dict(), "is_within": self.is_within, "reaches_end": self.reaches_end,
            "offered": self.offered,
        } | ({"weekdays": list(self.weekdays)} if self.weekdays else {})  # fmt: skip

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Gap":
        return cls(
            **{
                **data,
                "unit": tuple(data["unit"]),
                "label": Text.from_dict(data["label"]),
                "weekdays": tuple(data.get("weekdays", ())),
            }
        )


def unanswered(gaps: Iterable[Gap], answers: Mapping[str, str]) -> tuple[Gap, ...]:
    """The gaps that nothing has been said about."""
    return tuple(gap for gap in gaps if not gap.answered(answers))


def in_order_of_keeping(gaps: Sequence[Gap], answers: Mapping[str, str]) -> tuple[Gap, ...]:
    """The gaps in the order in which they are kept, where there are more than can be: first what has ended, which the next
    delivery is checked by, then what is asked, of both kinds by turns, so that each can be answered."""
    ranks, met = [], Counter[tuple[tuple[bool, bool], bool]]()
    for gap in gaps:
        word = gap.answered(answers)
        rank = word != ENDED, bool(word)
        ranks.append((rank, met[rank, gap.is_within]))
        met[rank, gap.is_within] += 1
    return tuple(gaps[at] for at in sorted(range(len(gaps)), key=ranks.__getitem__))


def unknown_gap_answer(given: Mapping[str, str]) -> Finding | None:
    """The finding for the first answer that is in no word there is."""
    for word in given.values():
        if word not in ("", AS_BEFORE, *GAP_ANSWERS):
            return FINDINGS.found("DEL-015", {"word": word[:100]})
    return None


def unknown_gap(gaps: Sequence[Gap], given: Mapping[str, str]) -> Finding | None:
    """The finding for the first answer about a gap that was not found."""
    known = {gap.key for gap in gaps} | {ALL, WITHIN, BESIDE}
    other = next((key for key in given if key not in known), None)
    return None if other is None else FINDINGS.found("DEL-084", {"gap": other})


def said_of_gaps(gaps: Sequence[Gap], before: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """The answers that count: those ``before`` with those ``given`` in their place; an empty one takes back what was said.

    `AS_BEFORE` for gaps together gives each that has no answer of its own what is offered for it.
    """
    known = {gap.key for gap in gaps} | {ALL, WITHIN, BESIDE}
    said = {**before, **{key: word for key, word in given.items() if key in known}}
    for gap in gaps:
        if AS_BEFORE in (said.get(gap.group), said.get(ALL)) and not said.get(gap.key):
            said[gap.key] = gap.offered
    return {key: word for key, word in said.items() if word in GAP_ANSWERS}
