"""A region's statements with what has changed around each since it was last confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry import clock
from registry.items import queries as items
from registry.items.lifecycle import State
from registry.items.tables import Item, Version
from termbank.applications.question_sets import QuestionSet, new_questions, read, shipped
from termbank.applications.questions import Question
from termbank.applications.statement import Application, in_force
from termbank.bank.queries import statements
from termbank.bank.queries.statements import published_statements
from termbank.confirmations.holding import holding
from termbank.confirmations.tables import StatementConfirmation
from termbank.notions import CONCEPT, QUESTION_SET


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """A statement in force, and what it is confirmed against: the wording and the questions as they are now."""

    version: Version
    application: Application
    last: StatementConfirmation | None
    wording: Version | None
    """The wording in force, or the one that is to come after it; ``None`` where the concept has none."""
    wording_before: Version | None
    """The wording that was last confirmed, or that the statement was made on."""
    question_set: Version | None
    unanswered: tuple[Question, ...]
    """Questions that are asked now, and that the statement does not answer."""
    is_said_of_wording: bool = True
    """Whether the statement is said of the wording in force: made on it, confirmed for it, or of one that means the same."""

    @property
    def concept_hash(self) -> str:
        return self.wording.content_hash if self.wording else ""

    @property
    def question_set_hash(self) -> str:
        return self.question_set.content_hash if self.question_set else ""

    @property
    def stamp(self) -> str:
        """What somebody saw who confirms it: it changes with the statement, the wording and the questions."""
        return ".".join((self.version.id, self.concept_hash[:16], self.question_set_hash[:16]))

    @property
    def seen_concept(self) -> str:
        return self.last.concept_hash if self.last else self.application.concept_version

    @property
    def has_new_wording(self) -> bool:
        return self.concept_hash != self.seen_concept

    @property
    def has_new_questions(self) -> bool:
        seen = self.last.question_set_hash if self.last else self.application.question_set
        return self.question_set_hash != seen and bool(self.unanswered)

    @property
    def confirmed_at(self) -> datetime | None:
        """When it was last said: confirmed or, where it never was, published."""
        return self.last.confirmed_at if self.last else self.version.published_at

    def is_due(self, now: datetime) -> bool:
        """Whether it ought to be confirmed: the wording's meaning or the questions changed, or nobody has said so for a year. A
        wording that was changed editorially asks nobody."""
        said = self.confirmed_at
        is_old = said is None or (now - said).days >= DAYS_BETWEEN
        return not self.is_said_of_wording or self.has_new_questions or is_old


DAYS_BETWEEN = 365
"""For so long a statement is taken to hold without being confirmed."""


def to_confirm(session: Session, organisation_id: str, day: date | None = None) -> list[ToConfirm]:
    """The statements of a region that apply on a day (today), by concept; a few statements however many there are."""
    applying = _applying(published_statements(session, organisation_id=organisation_id), day or clock.today())
    slugs = {one.application.concept for one in applying}
    wordings = _newest(session, slugs, day)
    sets = _in_force(session, QUESTION_SET, slugs, day)
    last = _last(session, organisation_id)
    hashes = {one.application.concept_version for one in applying} | {one.concept_hash for one in last.values()}
    before = items.versions_by_hash(session, sorted(hashes - {""}))
    known = holding(session, applying)
    found = []
    for one in applying:
        concept, confirmed = one.application.concept, last.get(one.version.id)
        asked = read(sets[concept].content) if concept in sets else shipped(concept, one.application.term)
        seen = confirmed.concept_hash if confirmed else one.application.concept_version
        found.append(
            ToConfirm(
                one.version, one.application, confirmed, wordings.get(concept), before.get(seen), sets.get(concept),
                _unanswered(one.application, asked),
                concept not in wordings or known.holds(one, wordings[concept].content_hash),
            )
        )  # fmt: skip
    return found


def last_of(session: Session, version: Version) -> StatementConfirmation | None:
    """The newest confirmation of a statement; one statement."""
    return session.scalar(
        select(StatementConfirmation)
        .where(StatementConfirmation.version_id == version.id)
        .order_by(StatementConfirmation.confirmed_at.desc(), StatementConfirmation.id)
        .limit(1)
    )


def _unanswered(application: Application, asked: QuestionSet) -> tuple[Question, ...]:
    answered = [Question(one.question, one.asked, one.asked) for one in application.answers]
    return new_questions(answered, asked.questions)


def _applying(stated: Sequence[statements.Stated], day: date) -> list[statements.Stated]:
    """The statement of each concept that applies on a day."""
    by_concept: dict[str, list[statements.Stated]] = {}
    for one in stated:
        by_concept.setdefault(one.application.concept, []).append(one)
    chosen = []
    for members in by_concept.values():
        applies = in_force([one.application for one in members], day)
        chosen += [one for one in members if one.application is applies]
    return chosen


def _in_force(session: Session, kind: str, slugs: set[str], day: date | None) -> dict[str, Version]:
    """The version in force of each item of a kind, by key; one statement."""
    today = day or clock.today()
    rows = session.scalars(
        select(Version)
        .join(Item)
        .where(Item.kind == kind, Item.slug.in_(sorted(slugs)), Version.state.in_((State.PUBLISHED, State.SUPERSEDED)))
        .order_by(Version.number)
    )
    return {version.item.slug: version for version in rows if version.is_in_force(today)}


def _newest(session: Session, slugs: set[str], day: date | None) -> dict[str, Version]:
    """The wording that a region is asked about, by key: the newest that is published, so that it is asked before that applies."""
    query = select(Version).join(Item).where(Item.kind == CONCEPT, Item.slug.in_(sorted(slugs)))
    standing = {one.item.slug: one for one in session.scalars(query.where(Version.state == State.PUBLISHED))}
    left = slugs - standing.keys()
    return {**_in_force(session, CONCEPT, left, day), **standing} if left else standing


def _last(session: Session, organisation_id: str) -> dict[str, StatementConfirmation]:
    """The newest confirmation of each statement of a region; one statement."""
    newest = (
        select(func.max(StatementConfirmation.confirmed_at))
        .where(StatementConfirmation.organisation_id == organisation_id)
        .group_by(StatementConfirmation.version_id)
        .correlate(None)
    )
    rows = session.scalars(
        select(StatementConfirmation)
        .where(StatementConfirmation.organisation_id == organisation_id, StatementConfirmation.confirmed_at.in_(newest))
        .order_by(StatementConfirmation.confirmed_at)
    )
    return {one.version_id: one for one in rows}
