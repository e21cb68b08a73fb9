"""Writing, opening, answering and closing rounds of boundary cases, and saying why a wording is decided on in spite of them.

Events: ``BoundaryCasesDrafted``, ``BoundaryCasesRevised``, ``BoundaryCasesRemoved``, ``BoundaryCasesOpened``,
``BoundaryAnswersSaved``, ``BoundaryAnswersSent``, ``BoundaryCasesClosed``, ``BoundaryDisagreementExplained``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import clock, events
from registry.actors import Actor, Role
from registry.errors import Refused
from registry.findings import Finding, Text
from registry.identity.tables import Organisation
from registry.items import queries as items
from registry.items import steps
from registry.items.kinds import Requirement
from registry.items.lifecycle import Outcome
from registry.items.tables import Version
from registry.locks import Hold, holding
from termbank.bank.neighbours import concept_of
from termbank.boundary_cases import queries
from termbank.boundary_cases.agreement import written_count
from termbank.boundary_cases.tables import (
    MOST_CASES,
    MOST_WAYS,
    BoundaryAnswer,
    BoundaryCase,
    BoundaryRound,
    RoundState,
)
from termbank.finding_texts.all import FINDINGS


@dataclass(frozen=True, slots=True)
class WrittenCase:
    """A case as its author writes it, with the author's own counts, one by each way of counting."""

    text: str
    counts: tuple[str, ...]
    reason: str = ""


def tidied(case: WrittenCase) -> WrittenCase:
    """The case as it is kept."""
    return WrittenCase(case.text.strip(), tuple(written_count(count) for count in case.counts), case.reason.strip())


def stamp_of(case: WrittenCase | None) -> str:
    """What a case says, for telling whether it is still what somebody had before them."""
    return queries.stamp_of([case.text, case.counts, case.reason]) if case else queries.NOTHING


def written(one: BoundaryRound) -> list[WrittenCase]:
    """The cases of a round, as their author wrote them."""
    return [WrittenCase(case.text, tuple(case.counts), case.reason) for case in one.cases]


def draft(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    version: Version,
    ways: Sequence[str],
    cases: Sequence[WrittenCase],
    draft_of: BoundaryRound | None = None,
    seen: Sequence[WrittenCase] | None = None,
) -> BoundaryRound:
    """Keep a round that nobody outside has seen: a new one, or ``draft_of`` as it is written now.

    ``seen`` are the cases that the writer had before them. Raises `Forbidden` to others than terminologists of the concept's
    organisation, and `Refused` where the round has gone out, or has other cases by now.
    """
    actor.require(Role.TERMINOLOGIST, organisation_id=version.organisation_id, is_known=True)
    _require_bounds(ways, cases)
    steps.require_fit_text(actor, *ways, *(text for case in cases for text in (case.text, case.reason, *case.counts)))
    if draft_of is None:
        one = BoundaryRound(
            organisation_id=version.organisation_id, item_id=version.item_id, version_id=version.id, ways=list(ways),
            author_id=actor.person_id, created_at=now, state=RoundState.DRAFT,
        )  # fmt: skip
        session.add(one)
    else:
        one = _held(session, draft_of)
        _require_state(one, RoundState.DRAFT, now)
        if seen is not None and list(seen) != written(one):
            raise _refused("CASE-011")
        one.ways = list(ways)
        one.cases = []
        session.flush()
    one.cases = [
        BoundaryCase(
            organisation_id=one.organisation_id, number=number, text=case.text, reason=case.reason,
            counts=list(case.counts),
        )
        for number, case in enumerate(map(tidied, cases), 1)
    ]  # fmt: skip
    session.flush()
    _record(session, actor, now, one, "BoundaryCasesRevised" if draft_of else "BoundaryCasesDrafted", cases=len(cases))
    return one


def remove(session: Session, actor: Actor, now: datetime, one: BoundaryRound) -> None:
    """Throw a draft away."""
    actor.require(Role.TERMINOLOGIST, organisation_id=one.organisation_id, is_known=True)
    one = _held(session, one)
    _require_state(one, RoundState.DRAFT, now)
    _record(session, actor, now, one, "BoundaryCasesRemoved")
    session.delete(one)
    session.flush()


def open_round(
    session: Session, actor: Actor, now: datetime, one: BoundaryRound, *, wording: Text | None, closes_on: date
) -> BoundaryRound:
    """Send the cases to all regions. ``wording`` is what is tried, as it stands now. From here on the cases do not change.

    Raises `Refused` without cases, and where the last day has passed.
    """
    actor.require(Role.TERMINOLOGIST, organisation_id=one.organisation_id, is_known=True)
    one = _held(session, one)
    _require_state(one, RoundState.DRAFT, now)
    if not one.cases:
        raise _refused("CASE-002")
    if closes_on < clock.today(now):
        raise _refused("CASE-003", day=closes_on.isoformat())
    if wording is None:
        raise _refused("CASE-010")
    one.state, one.opened_at, one.closes_on = RoundState.OPEN, now, closes_on
    one.wording = wording.as_dict()
    one.wording_hash = one.version.content_hash
    session.flush()
    _record(session, actor, now, one, "BoundaryCasesOpened", closes_on=closes_on.isoformat(), wording=one.wording_hash)
    return one


def answer(
    session: Session,
    actor: Actor,
    now: datetime,
    one: BoundaryRound,
    organisation: Organisation,
    *,
    counts: Mapping[str, Sequence[str]],
    reasons: Mapping[str, str],
    is_sent: bool,
    seen: str | None = None,
) -> BoundaryAnswer:
    """Keep what a region counts in the cases, and send it. Sent answers do not change.

    ``seen`` is the stamp (`queries.stamp`) of what the writer had before them. Raises `Refused` where the round takes no
    answers, where the region's are sent or say something else by now, and where nothing is counted.
    """
    actor.require(Role.DATA_OFFICER, organisation_id=organisation.id)
    one = _held(session, one)
    _require_state(one, RoundState.OPEN, now)
    steps.require_fit_text(actor, *(text for given in counts.values() for text in given), *reasons.values())
    kept = next((given for given in one.answers if given.organisation_id == organisation.id), None)
    if kept is None:
        kept = BoundaryAnswer(organisation_id=organisation.id)
        one.answers.append(kept)
    elif kept.sent_at is not None:
        raise _refused("CASE-004")
    elif seen not in (None, queries.stamp(one, organisation.id)):
        raise _refused("CASE-011")
    kept.counts = {
        case.id: [written_count(count) for count in counts.get(case.id, ())][: len(one.ways)] for case in one.cases
    }
    kept.reasons = {case.id: reasons[case.id].strip() for case in one.cases if reasons.get(case.id, "").strip()}
    kept.person_id, kept.saved_at = actor.person_id or "", now
    if is_sent:
        if not any(any(given) for given in kept.counts.values()):
            raise _refused("CASE-005")
        kept.sent_at = now
    session.flush()
    _record(
        session, actor, now, one, "BoundaryAnswersSent" if is_sent else "BoundaryAnswersSaved",
        organisation_id=organisation.id,
    )  # fmt: skip
    return kept


def close(session: Session, actor: Actor, now: datetime, one: BoundaryRound) -> BoundaryRound:
    """Take no more answers, before the last day; all see the answers from now on."""
    actor.require(Role.TERMINOLOGIST, organisation_id=one.organisation_id, is_known=True)
    one = _held(session, one)
    _require_state(one, RoundState.OPEN, now)
    one.state, one.closed_at = RoundState.CLOSED, now
    session.flush()
    _record(session, actor, now, one, "BoundaryCasesClosed", answered=len(queries.sent(one)))
    return one


def explain(session: Session, actor: Actor, now: datetime, one: BoundaryRound, *, reason: str) -> BoundaryRound:
    """Say why the wording is decided on although regions count differently by it.

    Somebody does it who may decide on the wording: neither who wrote the cases nor who had a hand in the version.
    """
    actor.require_decider(Role.TERMINOLOGIST, organisation_id=one.organisation_id, is_known=True)
    one = _held(session, one)
    _require_state(one, RoundState.CLOSED, now)
    if actor.person_id == one.author_id or any(
        items.has_contributed(session, version, actor.person_id) for version in queries.versions_tried(session, one)
    ):
        raise _refused("CASE-009")
    if not reason.strip():
        raise steps.refused("ITEM-007")
    steps.require_fit_text(actor, reason)
    one.explanation, one.explained_by, one.explained_at = reason.strip(), actor.person_id, now
    session.flush()
    _record(session, actor, now, one, "BoundaryDisagreementExplained")
    return one


def objection(
    session: Session, actor: Actor, now: datetime, version: Version, need: Requirement, outcome: Outcome
) -> Finding | None:
    """What the rounds on a wording have against approving it: one is out, or regions count differently and nobody has said
    why the wording is good all the same."""
    if outcome is not Outcome.APPROVE:
        return None
    day = clock.today(now)
    for one in queries.heeded(session, version, day):
        term = concept_of(version).title
        if queries.state_on(one, day) is RoundState.OPEN and one.closes_on is not None:
            return FINDINGS.found("CASE-007", {"day": one.closes_on.isoformat(), "term": term})
        if not one.explanation and queries.is_disagreement(one):
            differing = [by_way.overall for by_way in queries.agreements(one) if by_way.overall.is_disagreement]
            different = sum(pairs.all - pairs.equal for pairs in differing)
            pairs = sum(pairs.all for pairs in differing)
            return FINDINGS.found("CASE-008", {"different": different, "pairs": pairs, "term": term})
    return None


def _require_bounds(ways: Sequence[str], cases: Sequence[WrittenCase]) -> None:
    if len(cases) > MOST_CASES or not 1 <= len(ways) <= MOST_WAYS:
        raise _refused("CASE-006", most=MOST_CASES, ways=MOST_WAYS)


def _require_state(one: BoundaryRound, state: RoundState, now: datetime) -> None:
    if queries.state_on(one, clock.today(now)) is not state:
        raise _refused("CASE-001")


def _held(session: Session, one: BoundaryRound) -> BoundaryRound:
    """The round as it is now with its cases and answers, nobody else's to change until this transaction ends."""
    query = queries.whole(select(BoundaryRound).where(BoundaryRound.id == one.id))
    held = session.scalars(holding(query, Hold.CHANGING, of=BoundaryRound)).one_or_none()
    if held is None:
        raise _refused("CASE-001")
    return held


def _refused(code: str, **params: str | int) -> Refused:
    return Refused(FINDINGS.found(code, params))


def _record(
    session: Session, actor: Actor, now: datetime, one: BoundaryRound, type_: str, *,
    organisation_id: str | None = None, **data: object,
) -> None:  # fmt: skip
    events.record(
        session, type_, actor=actor, now=now, subject=one.version.ref,
        organisation_id=organisation_id or one.organisation_id,
        data={"round": one.id, "item": one.item_id, "version": one.version_id, **data},
    )  # fmt: skip
