"""The matrix of a concept on a day, what became otherwise over time, and the differences that a region may answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import combinations, pairwise

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import Actor, Role
from registry.findings import Text
from registry.provenance import Provenance
from registry.swedish import sort_key
from termbank.applications.meanings import Meanings, WordingVersion
from termbank.applications.regions import region_name
from termbank.applications.statement import Application, in_force
from termbank.bank.queries.statements import Stated, published_statements
from termbank.comparing.degrees import Degree, Judgement, Notice, Side, apart_in_wording, judge, not_said, notice
from termbank.comparing.tables import ComparabilityAnswer
from termbank.confirmations.holding import Holding, holding

MAY_ANSWER = (Role.DISCLOSING_OFFICER,)
"""Who says in a region's name what goes out with a difference."""
Answers = Mapping[tuple[str, str], ComparabilityAnswer]
"""What regions have answered, by the statement of theirs and the other one."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two statements on a concept: of two regions on a day, or of one region, one after the other."""

    left: Stated
    right: Stated
    judgement: Judgement
    notice: Notice
    answers: tuple[ComparabilityAnswer, ...]
    wording: int | None = None
    """The version of the wording under which they are compared, where it is one."""

    @property
    def regions(self) -> tuple[str, str]:
        return self.left.application.region, self.right.application.region

    @property
    def answered(self) -> tuple[tuple[str, str], ...]:
        """Who has answered the difference (county code), and what."""
        of = {side.version.id: side.application.region for side in (self.left, self.right)}
        return tuple((of[answer.version_id], answer.text) for answer in self.answers)

    @property
    def degree(self) -> Degree:
        return self.judgement.degree

    def is_shown_to(self, actor: Actor, steward_id: str = "") -> bool:
        """Whether an actor may read what it says: everybody once it is out, and before that its regions and the keeper of
        the concept."""
        if self.degree is not Degree.NOT_COMPARABLE or self.notice.is_out or actor.is_system:
            return True
        own = {self.left.version.organisation_id, self.right.version.organisation_id}
        return any(actor.belongs_to(one) for one in own) or actor.has_role(
            Role.TERMINOLOGIST, organisation_id=steward_id
        )


@dataclass(frozen=True)
class Matrix:
    """Every two regions that apply a concept on a day, and the changes of each region over time."""

    term: Text
    regions: tuple[str, ...]
    """County codes of the regions whose statements apply on the day, in Swedish order of their names."""
    pairs: tuple[Compared, ...]
    changes: tuple[Compared, ...]
    """The two statements around each change, oldest first, by region."""
    wording: int | None = None
    """The version of the wording under which the regions are compared; ``None`` where none applied on the day."""

    @cached_property
    def by_regions(self) -> Mapping[frozenset[str], Compared]:
        return {frozenset(one.regions): one for one in self.pairs}

    def between(self, one: str, other: str) -> Compared | None:
        """How two regions compare; ``None`` where one has stated nothing."""
        return self.by_regions.get(frozenset((one, other)))


@dataclass(frozen=True, slots=True)
class Spell:
    """Two regions' statements, and the days on which both apply; ``date.min`` and ``date.max`` are open ends."""

    compared: Compared
    first: date
    last: date


@dataclass(frozen=True)
class Applied:
    """How regions apply some concepts, over all time: their statements by the concepts' keys, which wordings those are said of, and
    what regions have answered."""

    stated: Mapping[str, Sequence[Stated]]
    answers: Answers
    today: date
    holding: Holding = field(default_factory=Holding)
    counted_by: frozenset[str] = frozenset()
    """Hashes of the wordings that figures are counted by, which go on under them though newer ones apply."""

    def matrix(self, concept: str, day: date) -> Matrix:
        """How every two regions compare on a day."""
        stated = self.stated.get(concept, ())
        return matrix_of(stated, self.answers, day, self.today, self.holding, self._wording(concept, day))

    def spells(self, concept: str) -> list[Spell]:
        """Every two statements of two regions that apply on some day, with their first and last day together under one wording."""
        applying = [_applying_spans(members) for members in _by_region(self.stated.get(concept, ())).values()]
        together = [
            (left, right, max(begins, other_begins), min(ends, other_ends))
            for one, other in combinations(applying, 2)
            for left, begins, ends in one
            for right, other_begins, other_ends in other
            if max(begins, other_begins) <= min(ends, other_ends)
        ]
        return [
            Spell(_compared(left, right, self.answers, self.today, self.holding, wording), first, last)
            for left, right, begins, ends in together
            for first, last, wording in self._under(concept, begins, ends)
        ]

    def _under(self, concept: str, first: date, last: date) -> list[tuple[date, date, WordingVersion | None]]:
        """The days from one to another, by the meaning of the wording under which regions are compared."""
        known = self.holding.of(concept)
        found: list[tuple[date, date, WordingVersion | None]] = []
        for begins, ends in known.days(first, last):
            wording = self._wording(concept, begins)
            before = found[-1][2] if found else None
            if found and _meaning(known, before) == _meaning(known, wording):
                found[-1] = (found[-1][0], ends, before)
            else:
                found.append((begins, ends, wording))
        return found

    def _wording(self, concept: str, day: date) -> WordingVersion | None:
        """The wording under which regions are compared on a day: the one that applied, or the older one that is counted by."""
        known = self.holding.of(concept)
        of_day = known.on(day)
        counted = next((one for one in known.versions if one.content_hash in self.counted_by), None)
        found = [one for one in (of_day, counted) if one is not None]
        return min(found, key=lambda one: one.number, default=None)


def _meaning(known: Meanings, wording: WordingVersion | None) -> str:
    return known.of(wording.content_hash) if wording else ""


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """A difference that a region has not answered: its own statement, the other one, and until when it stays inside."""

    own: Stated
    other: Stated
    judgement: Judgement
    notice: Notice

    @property
    def key(self) -> str:
        """What names the difference in a form."""
        return f"{self.own.version.id}.{self.other.version.id}"


def matrix_of(
    stated: Sequence[Stated],
    answers: Answers,
    day: date,
    today: date,
    holding: Holding,
    wording: WordingVersion | None,
) -> Matrix:
    """The matrix of one concept's statements as they apply on ``day``, under a wording, with what is out ``today``."""
    by_region = _by_region(stated)
    applying = [one for members in by_region.values() if (one := _applying(members, day))]
    pairs = [_compared(left, right, answers, today, holding, wording) for left, right in combinations(applying, 2)]
    changes = [
        _compared(before, after, answers, today, holding)
        for members in by_region.values()
        for before, after in pairwise(members)
    ]
    term = stated[-1].application.term if stated else Text("", "")
    number = wording.number if wording else None
    return Matrix(term, tuple(one.application.region for one in applying), tuple(pairs), tuple(changes), number)


def matrix(session: Session, concept: str, day: date | None = None) -> Matrix:
    """The matrix of a concept on a day (today); four statements of SQL."""
    found = applied(session, [concept])
    return found.matrix(concept, day or found.today)


def compared(session: Session, left: Stated, right: Stated, known: Holding | None = None) -> Compared:
    """Two statements on the same concept, each as it is said, of whichever wordings; one statement of SQL, and two where it is not
    known which those are."""
    known = known or holding(session, [left, right])
    return _compared(left, right, answers_on(session, [left, right]), clock.today(), known)


def matrices(session: Session, concepts: Iterable[str]) -> dict[str, Matrix]:
    """The matrices of concepts today, by key, of those that a region applies; four statements of SQL."""
    found = applied(session, concepts)
    return {concept: found.matrix(concept, found.today) for concept in found.stated}


def applied(session: Session, concepts: Iterable[str], counted_by: Iterable[str] = ()) -> Applied:
    """How regions apply these concepts (keys), of those that a region applies; four statements of SQL.

    ``counted_by`` are hashes of the wordings that figures are counted by, where they are of one measure.
    """
    wanted = set(concepts)
    one_concept = next(iter(wanted)) if len(wanted) == 1 else None
    stated = [one for one in published_statements(session, one_concept) if one.application.concept in wanted]
    return Applied(
        _by_concept(stated), answers_on(session, stated), clock.today(), holding(session, stated), frozenset(counted_by)
    )


def to_answer(session: Session, organisation_id: str) -> list[ToAnswer]:
    """The differences that a region has not answered today, the most urgent first; five statements of SQL."""
    today = clock.today()
    own = {one.application.concept for one in published_statements(session, organisation_id=organisation_id)}
    stated = [one for one in published_statements(session) if one.application.concept in own]
    known = Applied(_by_concept(stated), answers_on(session, stated), today, holding(session, stated))
    found = []
    for concept in known.stated:
        whole = known.matrix(concept, today)
        for one in (*whole.pairs, *whole.changes):
            if one.degree is Degree.NOT_COMPARABLE:
                found += _own_side(one, organisation_id)
    return sorted(found, key=lambda one: (one.notice.is_out, one.notice.last_day, one.own.application.concept))


def answers_on(session: Session, stated: Sequence[Stated]) -> Answers:
    """What regions have answered on differences between these statements; one statement of SQL."""
    ids = sorted(one.version.id for one in stated)
    if not ids:
        return {}
    rows = session.scalars(
        select(ComparabilityAnswer).where(
            or_(ComparabilityAnswer.version_id.in_(ids), ComparabilityAnswer.other_version_id.in_(ids))
        )
    )
    return {(one.version_id, one.other_version_id): one for one in rows}


def _own_side(one: Compared, organisation_id: str) -> list[ToAnswer]:
    """The difference from the side of a region that has not answered it; of its own two statements, the newer one's."""
    sides = [(one.right, one.left), (one.left, one.right)]
    mine = [(own, other) for own, other in sides if own.version.organisation_id == organisation_id][:1]
    return [
        ToAnswer(own, other, one.judgement, one.notice)
        for own, other in mine
        if own.application.region in one.notice.unanswered
    ]


def _compared(
    left: Stated,
    right: Stated,
    answers: Answers,
    today: date,
    holding: Holding,
    wording: WordingVersion | None = None,
) -> Compared:
    """Two statements under one wording, or each as it is said where none is given."""
    given = [answers.get((one.version.id, other.version.id)) for one, other in ((left, right), (right, left))]
    sides = [_side(one, answer) for one, answer in zip((left, right), given, strict=True)]
    said = tuple(one for one in given if one)
    judgement = _unsaid(left, right, holding, wording) or _judged(
        *(_Content(one.version.content_hash, one.application) for one in (left, right))
    )
    return Compared(left, right, judgement, notice(sides, today), said, wording.number if wording else None)


def _unsaid(left: Stated, right: Stated, holding: Holding, wording: WordingVersion | None) -> Judgement | None:
    """Why two statements tell nothing of each other: one is not said of the wording, or both of no wording that means the same."""
    if wording is None:
        if holding.meant(left) & holding.meant(right):
            return None
        return apart_in_wording(holding.numbers(left), holding.numbers(right))
    silent = [one for one in (left, right) if not holding.holds(one, wording.content_hash)]
    return not_said([(one.application, holding.numbers(one)) for one in silent], wording.number) if silent else None


@dataclass(frozen=True, slots=True)
class _Content:
    """What a statement says, known by its hash: content with that hash says nothing else, ever."""

    content_hash: str
    application: Application = field(compare=False)


@lru_cache(maxsize=8_192)
def _judged(left: _Content, right: _Content) -> Judgement:
    """`judge` of two that are said of one wording, remembered: a page of figures asks it of every two regions, which takes longer
    than reading their statements."""
    return judge(left.application, right.application, is_same_wording=True)


def _side(one: Stated, answer: ComparabilityAnswer | None) -> Side:
    published = one.version.published_at
    return Side(
        one.application.region,
        clock.today(published) if published else clock.today(),
        one.application.provenance is Provenance.REPRODUCED,
        answer.text if answer else "",
    )


def _by_region(stated: Sequence[Stated]) -> dict[str, list[Stated]]:
    """Statements by region, in Swedish order of the regions' names; each region's by beginning."""
    found: dict[str, list[Stated]] = {}
    for one in sorted(stated, key=lambda one: sort_key(region_name(one.application.region))):
        found.setdefault(one.application.region, []).append(one)
    return found


def _by_concept(stated: Iterable[Stated]) -> dict[str, list[Stated]]:
    found: dict[str, list[Stated]] = {}
    for one in stated:
        found.setdefault(one.application.concept, []).append(one)
    return found


def _applying(members: Sequence[Stated], day: date) -> Stated | None:
    chosen = in_force([one.application for one in members], day)
    return next((one for one in members if one.application is chosen), None)


def _applying_spans(members: Sequence[Stated]) -> list[tuple[Stated, date, date]]:
    """The statements of one region with the first and last day on which each applies; those that never do are left out."""
    begins = {one.application.valid_from or date.min for one in members}
    ends = {one.application.valid_to for one in members if one.application.valid_to}
    days = sorted(begins | {day + timedelta(days=1) for day in ends if day < date.max})
    lasts = [day - timedelta(days=1) for day in days[1:]] + [date.max]
    return [(one, day, last) for day, last in zip(days, lasts, strict=True) if (one := _applying(members, day))]
