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
from termbank.applications.regions import region_name
from termbank.applications.statement import Application, in_force
from termbank.bank.queries.statements import Stated, published_statements
from termbank.comparing.degrees import Degree, Judgement, Notice, Side, judge, notice
from termbank.comparing.tables import ComparabilityAnswer

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
    """How regions apply some concepts, over all time: their statements by the concepts' keys, and what they have answered."""

    stated: Mapping[str, Sequence[Stated]]
    answers: Answers
    today: date

    def matrix(self, concept: str, day: date) -> Matrix:
        """How every two regions compare on a day."""
        return matrix_of(self.stated.get(concept, ()), self.answers, day, self.today)

    def spells(self, concept: str) -> list[Spell]:
        """Every two statements of two regions that apply on some day, with their first and last day together."""
        applying = [_applying_spans(members) for members in _by_region(self.stated.get(concept, ())).values()]
        return [
            Spell(_compared(left, right, self.answers, self.today), max(begins, other_begins), min(ends, other_ends))
            for one, other in combinations(applying, 2)
            for left, begins, ends in one
            for right, other_begins, other_ends in other
            if max(begins, other_begins) <= min(ends, other_ends)
        ]


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


def matrix_of(stated: Sequence[Stated], answers: Answers, day: date, today: date) -> Matrix:
    """The matrix of one concept's statements as they apply on ``day``, with what is out ``today``."""
    by_region = _by_region(stated)
    applying = [one for members in by_region.values() if (one := _applying(members, day))]
    pairs = [_compared(left, right, answers, today) for left, right in combinations(applying, 2)]
    changes = [
        _compared(before, after, answers, today)
        for members in by_region.values()
        for before, after in pairwise(members)
    ]
    term = stated[-1].application.term if stated else Text("", "")
    return Matrix(term, tuple(one.application.region for one in applying), tuple(pairs), tuple(changes))


def matrix(session: Session, concept: str, day: date | None = None) -> Matrix:
    """The matrix of a concept on a day (today); two statements of SQL."""
    stated, today = published_statements(session, concept), clock.today()
    return matrix_of(stated, answers_on(session, stated), day or today, today)


def compared(session: Session, left: Stated, right: Stated) -> Compared:
    """Two statements on the same concept; one statement of SQL."""
    return _compared(left, right, answers_on(session, [left, right]), clock.today())


def matrices(session: Session, concepts: Iterable[str]) -> dict[str, Matrix]:
    """The matrices of concepts today, by key, of those that a region applies; two statements of SQL."""
    found = applied(session, concepts)
    return {concept: found.matrix(concept, found.today) for concept in found.stated}


def applied(session: Session, concepts: Iterable[str]) -> Applied:
    """How regions apply these concepts (keys), of those that a region applies; two statements of SQL."""
    wanted = set(concepts)
    stated = [one for one in published_statements(session) if one.application.concept in wanted]
    return Applied(_by_concept(stated), answers_on(session, stated), clock.today())


def to_answer(session: Session, organisation_id: str) -> list[ToAnswer]:
    """The differences that a region has not answered today, the most urgent first; two statements of SQL."""
    today = clock.today()
    own = {one.application.concept for one in published_statements(session, organisation_id=organisation_id)}
    stated = [one for one in published_statements(session) if one.application.concept in own]
    answers = answers_on(session, stated)
    found = []
    for members in _by_concept(stated).values():
        whole = matrix_of(members, answers, today, today)
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


def _compared(left: Stated, right: Stated, answers: Answers, today: date) -> Compared:
    given = [answers.get((one.version.id, other.version.id)) for one, other in ((left, right), (right, left))]
    sides = [_side(one, answer) for one, answer in zip((left, right), given, strict=True)]
    said = tuple(one for one in given if one)
    judgement = _judged(*(_Content(one.version.content_hash, one.application) for one in (left, right)))
    return Compared(left, right, judgement, notice(sides, today), said)


@dataclass(frozen=True, slots=True)
class _Content:
    """What a statement says, known by its hash: content with that hash says nothing else, ever."""

    content_hash: str
    application: Application = field(compare=False)


@lru_cache(maxsize=8_192)
def _judged(left: _Content, right: _Content) -> Judgement:
    """`judge`, remembered: a page of figures asks it of every two regions, which takes longer than reading their statements."""
    return judge(left.application, right.application)


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
