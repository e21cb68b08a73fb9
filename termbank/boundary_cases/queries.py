"""Reading rounds of boundary cases: who may see which, and what is shown of the answers to whom."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, selectinload

from registry.actors import Actor, Role
from registry.content.canonical import canonical, content_hash
from registry.errors import NotFound
from registry.items.tables import Version
from registry.paging import Page, page_of
from termbank.bank.neighbours import concept_of
from termbank.boundary_cases.agreement import Agreement, agreement
from termbank.boundary_cases.tables import BoundaryAnswer, BoundaryCase, BoundaryRound, RoundState

NOTHING = "-"
"""The stamp of what is not there yet."""


def state_on(one: BoundaryRound, day: date) -> RoundState:
    """Where the round is on a day: an open one is closed from the day after its last."""
    if one.state == RoundState.OPEN and one.closes_on is not None and one.closes_on < day:
        return RoundState.CLOSED
    return RoundState(one.state)


def visible(actor: Actor) -> ColumnElement[bool]:
    """The condition for rounds that an actor may know of: a draft is its organisation's, the others are everybody's."""
    own = actor.organisations(Role.TERMINOLOGIST)
    return or_(BoundaryRound.state != RoundState.DRAFT, BoundaryRound.organisation_id.in_(own))


def round_for(session: Session, actor: Actor, round_id: str) -> BoundaryRound:
    """The round with its cases and answers. Raises `NotFound` where there is none that ``actor`` may see."""
    one = session.scalar(whole(select(BoundaryRound).where(BoundaryRound.id == round_id, visible(actor))))
    if one is None:
        raise NotFound("boundary cases")
    return one


def rounds(session: Session, actor: Actor, number: int) -> Page[BoundaryRound]:
    """A page of the rounds that an actor may see, the newest first."""
    query = select(BoundaryRound).where(visible(actor))
    return page_of(session, query.order_by(BoundaryRound.created_at.desc(), BoundaryRound.id), number)


def by_ids(session: Session, actor: Actor, ids: list[str]) -> list[BoundaryRound]:
    """Those of the rounds that an actor may see."""
    return list(session.scalars(select(BoundaryRound).where(BoundaryRound.id.in_(ids), visible(actor))))


def rounds_on(session: Session, actor: Actor, item_id: str, most: int) -> list[BoundaryRound]:
    """The newest rounds on a concept."""
    query = select(BoundaryRound).where(BoundaryRound.item_id == item_id, visible(actor))
    return list(session.scalars(query.order_by(BoundaryRound.created_at.desc()).limit(most)))


def answered_by(session: Session, rounds: Sequence[BoundaryRound]) -> dict[str, int]:
    """How many organisations have sent their answers, by round."""
    counted = (
        select(BoundaryAnswer.round_id, func.count())
        .where(BoundaryAnswer.round_id.in_([one.id for one in rounds]), BoundaryAnswer.sent_at.is_not(None))
        .group_by(BoundaryAnswer.round_id)
    )
    return dict(session.execute(counted).all())


def number_of_cases(session: Session, rounds: Sequence[BoundaryRound]) -> dict[str, int]:
    """How many cases there are, by round."""
    counted = (
        select(BoundaryCase.round_id, func.count())
        .where(BoundaryCase.round_id.in_([one.id for one in rounds]))
        .group_by(BoundaryCase.round_id)
    )
    return dict(session.execute(counted).all())


def unanswered(session: Session, organisation_id: str, day: date) -> list[BoundaryRound]:
    """Rounds that wait for an organisation's answers on a day; the one that closes first is first."""
    sent = select(BoundaryAnswer.round_id).where(
        BoundaryAnswer.organisation_id == organisation_id, BoundaryAnswer.sent_at.is_not(None)
    )
    query = select(BoundaryRound).where(
        BoundaryRound.state == RoundState.OPEN, BoundaryRound.closes_on >= day, BoundaryRound.id.not_in(sent)
    )
    return list(session.scalars(query.order_by(BoundaryRound.closes_on, BoundaryRound.id)))


WITH_ROUNDS = select(BoundaryRound.item_id).where(BoundaryRound.state != RoundState.DRAFT).distinct()
"""Selects the concepts whose wording was tried, or is, by the ids of their items: of others no decision heeds anything."""


def heeded(session: Session, version: Version, day: date) -> list[BoundaryRound]:
    """The rounds that a decision on a version has to heed, the newest first.

    Those that are out; of those that are closed, all that tried the wording that the version has now, under whichever
    number, and the newest that tried the version as it was. A round that fewer than two regions answered has tried nothing,
    and so stands in the way of no earlier one.
    """
    query = select(BoundaryRound).where(
        BoundaryRound.item_id == version.item_id, BoundaryRound.state != RoundState.DRAFT
    )
    in_order = session.scalars(whole(query.order_by(BoundaryRound.opened_at.desc(), BoundaryRound.id)))
    found = [one for one in in_order if _tries(one, version)]
    tried = [one for one in found if state_on(one, day) is RoundState.CLOSED and len(sent(one)) > 1]
    now = wording_of(version)
    return [
        one
        for one in found
        if state_on(one, day) is RoundState.OPEN or (one in tried and (one is tried[0] or one.wording == now))
    ]


def versions_tried(session: Session, one: BoundaryRound) -> list[Version]:
    """The version whose wording is tried, and others of the concept with that wording."""
    query = select(Version).where(Version.item_id == one.item_id).order_by(Version.number)
    return [version for version in session.scalars(query) if _tries(one, version)]


def wording_of(version: Version) -> dict[str, str] | None:
    """The definition of a version, as a round keeps it."""
    definition = concept_of(version).definition
    return definition.as_dict() if definition else None


def _tries(one: BoundaryRound, version: Version) -> bool:
    return one.version_id == version.id or (one.wording is not None and one.wording == wording_of(version))


def sent(one: BoundaryRound) -> list[BoundaryAnswer]:
    """The answers that have been sent."""
    return [answer for answer in one.answers if answer.sent_at is not None]


def stamp(one: BoundaryRound, organisation_id: str) -> str:
    """What an organisation's answers say, for telling whether they are still what somebody had before them."""
    kept = next((answer for answer in one.answers if answer.organisation_id == organisation_id), None)
    return stamp_of([kept.counts, kept.reasons]) if kept else NOTHING


def stamp_of(content: object) -> str:
    return content_hash(canonical(content))


def agreements(one: BoundaryRound) -> list[Agreement]:
    """How those who sent answers agree, by each way of counting."""
    cases = [case.id for case in one.cases]
    return [
        agreement(cases, [{case: given[way] for case, given in answer.counts.items()} for answer in sent(one)])
        for way in range(len(one.ways))
    ]


def is_disagreement(one: BoundaryRound) -> bool:
    """Whether any two answers differ, by any way of counting."""
    return any(by_way.overall.is_disagreement for by_way in agreements(one))


def whole(query: Select[BoundaryRound]) -> Select[BoundaryRound]:
    """``query`` with the cases and answers of each round."""
    return query.options(selectinload(BoundaryRound.cases), selectinload(BoundaryRound.answers))
