"""Whether the regions of a measure count the same: for each of its wordings, how regions compare and what is not comparable.

Regions are compared as they applied the words on the day that a figure is about. Where they compare otherwise today, that is
said too. Pages say what their reader may know of; files and traces what everybody may (`incomparable_pairs`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.i18n import current_language, read, show_date
from submission_portal.followup.incomparable import Incomparables
from submission_portal.followup.incomparable_pairs import known_incomparables
from termbank.applications.regions import region_name
from termbank.comparing.degrees import DEGREE_TEXTS, Degree
from termbank.comparing.queries import Applied, Compared, Matrix, applied
from termbank.presentation.comparing import counts_of, outcome

SHOWN = 5
"""Pairs of regions that are listed of a wording; its own page has them all."""
TOLD = (Degree.NOT_COMPARABLE, Degree.RESERVED)
"""What is listed pair by pair, the worst first; the others are counted."""
KINDS = {Degree.NOT_COMPARABLE: "warn", Degree.RESERVED: "info"}


@dataclass(frozen=True, slots=True)
class ComparedPair:
    """Two regions that cannot be compared as they are: the kind of its status, what it is, who, why, what they have answered (region
    and text), and which of them has not."""

    kind: str
    degree: str
    names: str
    reasons: Sequence[str]
    answers: Sequence[tuple[str, str]]
    said: str


@dataclass(frozen=True, slots=True)
class Comparable:
    """A wording of the measure on a day: where its matrix is, how many pairs compare in which way, and which do not."""

    term: str
    url: str
    day: str
    counts: str
    pairs: Sequence[ComparedPair]
    more: int
    today: str
    """How many pairs compare in which way today, where that is otherwise."""
    today_url: str


@dataclass(frozen=True, slots=True)
class Comparability:
    """How the regions of a measure compare, for one reader."""

    applied: Applied
    concepts: Sequence[str]
    actor: Actor

    def rows(self, day: date | None = None, region: str | None = None) -> list[Comparable]:
        """The wordings that regions apply, on a day (today); of one region against the others where ``region`` is given."""
        on = day or self.applied.today
        return [self._row(concept, on, region) for concept in self.concepts if self.applied.stated.get(concept)]

    def incomparables(self) -> Incomparables:
        """The pairs that are not comparable, over all time."""
        return known_incomparables(self.applied, self.concepts, self.actor)

    def _row(self, concept: str, day: date, region: str | None) -> Comparable:
        matrix, now = (_of_region(self.applied.matrix(concept, on), region) for on in (day, self.applied.today))
        shown = [(degree, one) for degree in TOLD for one in matrix.pairs if self._degree(one) is degree]
        counts, today = self._counts(matrix, region), self._counts(now, region)
        chosen = region if region in matrix.regions else None
        return Comparable(
            self.applied.stated[concept][-1].application.term.in_language(current_language()),
            _address(concept, chosen, day if day != self.applied.today else None),
            show_date(day),
            counts,
            [_pair(degree, one, region) for degree, one in shown[:SHOWN]],
            len(shown[SHOWN:]),
            today if today != counts else "",
            _address(concept, region if region in now.regions else None, None),
        )

    def _degree(self, one: Compared) -> Degree:
        return one.degree if one.is_shown_to(self.actor) else Degree.UNKNOWN

    def _counts(self, matrix: Matrix, region: str | None) -> str:
        if matrix.pairs:
            return counts_of(matrix, self.actor)
        if region is not None and region not in matrix.regions:
            return str(_("The region has not stated how it applies the wording."))
        if region is not None:
            return str(_("No other region has stated how it applies the wording."))
        if matrix.regions:
            return str(_("One region has stated how it applies the wording."))
        return str(_("No region has stated how it applies the wording."))


def comparability(
    session: Session, actor: Actor, concepts: Sequence[str], counted_by: Sequence[str] = ()
) -> Comparability:
    """How regions apply the concepts of a measure, and the wordings that its figures are counted by; four statements of SQL."""
    return Comparability(applied(session, concepts, counted_by), concepts, actor)


def _of_region(matrix: Matrix, region: str | None) -> Matrix:
    """The matrix with the pairs that a region is one of; all of it where none is given."""
    if region is None:
        return matrix
    return Matrix(matrix.term, matrix.regions, tuple(one for one in matrix.pairs if region in one.regions), ())


def _address(concept: str, region: str | None, day: date | None) -> str:
    return url_for(
        "termbank.comparability", slug=concept, region=region, dag=day.isoformat() if day else None,
        _anchor="par" if region else None,
    )  # fmt: skip


def _pair(degree: Degree, one: Compared, region: str | None) -> ComparedPair:
    others = [region_name(code) for code in one.regions if code != region]
    names = others[0] if len(others) == 1 else _("%(one)s and %(other)s", one=others[0], other=others[1])
    is_apart = degree is Degree.NOT_COMPARABLE
    return ComparedPair(
        KINDS[degree],
        read(DEGREE_TEXTS[degree]),
        names,
        [read(reason) for reason in one.judgement.reasons],
        [(region_name(code), text) for code, text in one.answered] if is_apart else (),
        outcome(one.notice) if is_apart else "",
    )
