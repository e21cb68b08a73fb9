"""A round of boundary cases as a page shows it: every case with the counts that this reader may see, and how they agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from registry.actors import Actor, Role
from registry.i18n import show_figure
from registry.swedish import sort_key
from termbank.boundary_cases import queries
from termbank.boundary_cases.agreement import Agreement, Pairs
from termbank.boundary_cases.tables import BoundaryAnswer, BoundaryCase, BoundaryRound, RoundState

STATE_KINDS = {RoundState.DRAFT: "idle", RoundState.OPEN: "info", RoundState.CLOSED: "ok"}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case: its text, a row for each who has counted it, and how they agree by each way of counting."""

    number: int
    text: str
    rows: Sequence[tuple[str, ...]]
    agreed: Sequence[str]
    differs: bool


@dataclass(frozen=True, slots=True)
class WayRow:
    """How all who answered agree by one way of counting."""

    way: str
    agreed: str
    alpha: str
    missing: str


@dataclass(frozen=True, slots=True)
class Reader:
    """What somebody may see of a round before it is closed."""

    is_author_side: bool
    """Is a terminologist where the concept belongs: knows what the author counts."""
    organisations: frozenset[str]
    """The regions that the reader answers for."""
    sees_all: bool
    """The round is closed: all answers are everybody's to read."""

    def sees_author(self, one: BoundaryRound) -> bool:
        """What the author counts is hidden from a region until its own answers have been sent: from who answers for
        several, until all of them have."""
        own_sent = {answer.organisation_id for answer in queries.sent(one)} & self.organisations
        return self.sees_all or self.is_author_side or (bool(own_sent) and own_sent == self.organisations)

    def answers(self, one: BoundaryRound) -> list[BoundaryAnswer]:
        """The answers that the reader may see: all that were sent once the round is closed, otherwise the reader's own."""
        if self.sees_all:
            return queries.sent(one)
        return [answer for answer in one.answers if answer.organisation_id in self.organisations]


def reader_of(actor: Actor, one: BoundaryRound, day: date, regions: frozenset[str]) -> Reader:
    """What ``actor`` may see of a round. ``regions``: all that are asked."""
    return Reader(
        is_author_side=actor.has_role(Role.TERMINOLOGIST, organisation_id=one.organisation_id),
        organisations=actor.organisations(Role.DATA_OFFICER) & regions,
        sees_all=queries.state_on(one, day) is RoundState.CLOSED,
    )


def state_text(one: BoundaryRound, day: date) -> tuple[str, str]:
    """The kind of the status, and its words."""
    state = queries.state_on(one, day)
    words = {
        RoundState.DRAFT: _("Draft"),
        RoundState.OPEN: _("Out for answers"),
        RoundState.CLOSED: _("No more answers are taken"),
    }
    return STATE_KINDS[state], words[state]


def way_names(one: BoundaryRound) -> list[str]:
    """The ways of counting; the only one may have no name of its own."""
    return [way or str(_("Number counted")) for way in one.ways]


def case_rows(one: BoundaryRound, reader: Reader, names: Mapping[str, str]) -> list[CaseRow]:
    """Every case of the round, as ``reader`` may see it. ``names``: organisations by id."""
    agreed = queries.agreements(one) if reader.sees_all else []
    return [
        CaseRow(
            number=case.number,
            text=case.text,
            rows=[*_author_rows(one, case, reader), *_answer_rows(one, case, reader, names)],
            agreed=[
                _named(one, way, pairs_in_words(by_way.cases[case.id]))
                for way, by_way in zip(one.ways, agreed, strict=False)
            ],
            differs=any(by_way.cases[case.id].is_disagreement for by_way in agreed),
        )
        for case in one.cases
    ]


def way_rows(one: BoundaryRound) -> list[WayRow]:
    """How all who answered agree, by each way of counting."""
    return [
        WayRow(
            way=way,
            agreed=pairs_in_words(by_way.overall),
            alpha=alpha_in_words(by_way),
            missing=ngettext("%(num)d answer is missing", "%(num)d answers are missing", by_way.missing)
            if by_way.missing
            else "",
        )
        for way, by_way in zip(one.ways, queries.agreements(one), strict=True)
    ]


def pairs_in_words(pairs: Pairs) -> str:
    """``4 of 7 pairs equal (57 %)``, or that there is nothing to compare."""
    if pairs.share is None:
        return str(_("no two answers to compare"))
    return str(
        _(
            "%(equal)s of %(all)s pairs equal (%(share)s %%)",
            equal=show_figure(pairs.equal), all=show_figure(pairs.all), share=show_figure(100 * pairs.share, 0),
        )
    )  # fmt: skip


def alpha_in_words(found: Agreement) -> str:
    """Krippendorff's alpha with its interval, or that it cannot be computed, and why."""
    if found.alpha is None or found.interval is None:
        return str(_("cannot be computed: all counts are the same, or fewer than two cases have two answers"))
    low, high = found.interval
    return str(
        _(
            "%(alpha)s; between %(low)s and %(high)s in 95 %% of samples of the cases",
            alpha=show_figure(found.alpha, 2), low=show_figure(low, 2), high=show_figure(high, 2),
        )
    )  # fmt: skip


def _author_rows(one: BoundaryRound, case: BoundaryCase, reader: Reader) -> list[tuple[str, ...]]:
    if not reader.sees_author(one):
        return []
    return [(_("Who wrote the case"), *_shown(case.counts, len(one.ways)), case.reason)]


def _answer_rows(
    one: BoundaryRound, case: BoundaryCase, reader: Reader, names: Mapping[str, str]
) -> list[tuple[str, ...]]:
    return [
        (
            names.get(answer.organisation_id, ""),
            *_shown(answer.counts.get(case.id, ()), len(one.ways)),
            answer.reasons.get(case.id, ""),
        )
        for answer in sorted(reader.answers(one), key=lambda answer: sort_key(names.get(answer.organisation_id, "")))
    ]


def _shown(counts: Sequence[str], ways: int) -> list[str]:
    return [count or "–" for count in (*counts, *[""] * (ways - len(counts)))]


def _named(one: BoundaryRound, way: str, words: str) -> str:
    """What is said of one way of counting, with its name where there are several."""
    return f"{way}: {words}" if len(one.ways) > 1 else words
