"""Decisions of the recipient's legal reviewer on table versions: whether an audience may have them, and from when.

Everybody gets a table only by a decision of a person, whether anything in it is hidden or not. What everybody may have the
recipient may have too, so one decision covers the version of the same content that waits for the recipient. Where less is hidden
in the recipient's, each is decided by itself.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from information_models import measures
from legal_checks.secrecy.assessment import Assessment, assess
from legal_checks.secrecy.questions import Side
from legal_checks.secrecy.rules import Answer, Circumstances
from registry import clock, events
from registry.actors import Actor, Role
from registry.errors import Invalid, Refused
from registry.items.queries import versions_by_hash
from registry.locks import holding
from registry.reasons import says_something
from submission_portal.flows.audiences import Audience
from submission_portal.followup import acts
from submission_portal.followup.finding_texts import FINDINGS
from submission_portal.followup.queries import rests_on_withdrawn
from submission_portal.followup.releases_by_use import rests_on_uncovered
from submission_portal.followup.releasing import REASON_MISSING, end, hold_table, release
from submission_portal.followup.tables import TableAct, TableDecision, TableState, TableVersion
from submission_portal.followup.versions import carried_over_in, waiting_for_recipient
from submission_portal.legal_questions.words import keep as keep_words

DECIDED_ALREADY = "FOL-010"
NOT_SAFE = "FOL-011"
TAKEN_BACK = "FOL-022"
NOT_COVERED = "FOL-043"


def publish_table(
    session: Session,
    actor: Actor,
    now: datetime,
    table: TableVersion,
    *,
    reason: str,
    answers: Mapping[str, Answer],
    replies: Mapping[str, str],
    release_at: datetime | None = None,
) -> TableDecision:
    """The legal reviewer lets the version's audience have it with what is hidden in it, and the answers behind that are kept:
    at once, or at ``release_at``. What has been open without a decision stays open, and is decided.

    Raises ``Invalid`` with what is left to answer, ``Forbidden`` without the role at the recipient, and ``Refused``
    where no reason is given, it is decided already, the audit could still work out a hidden figure, a delivery in it has
    been taken back, the reviewer has acted for a region whose figures are in it, or ``release_at`` has passed.
    """
    table = _to_decide(session, actor, table, reason)
    assessment = _assessed(session, now, table, answers, replies)
    decision = _keep_decision(session, actor, now, table, TableAct.PUBLISH, reason, assessment)
    if table.state == TableState.AWAITING_REVIEW:
        _give_to_recipient(session, actor, now, table, reason, assessment)
        release(session, actor, now, table, release_at)
    return decision


def give_to_recipient(
    session: Session,
    actor: Actor,
    now: datetime,
    table: TableVersion,
    *,
    reason: str,
    answers: Mapping[str, Answer],
    replies: Mapping[str, str],
) -> TableDecision:
    """The legal reviewer lets the recipient have its own version of what waits for everybody, whatever less is hidden in it, and
    refuses what waits for everybody. Of a version that is the recipient's it is the same as `publish_table`, and it raises as
    that does."""
    said: dict[str, Any] = {"reason": reason, "answers": answers, "replies": replies}
    if table.audience == Audience.RECIPIENT:
        return publish_table(session, actor, now, table, **said)
    table = _to_decide(session, actor, table, reason)
    other = waiting_for_recipient(session, table)
    assessment = _assessed(session, now, table if other is None else other, answers, replies)
    if other is not None:
        _keep_decision(session, actor, now, other, TableAct.PUBLISH, reason, assessment)
        release(session, actor, now, other)
    return _refuse(session, actor, now, table, reason, assessment)


def refuse_table(
    session: Session,
    actor: Actor,
    now: datetime,
    table: TableVersion,
    *,
    reason: str,
    answers: Mapping[str, Answer] | None = None,
    replies: Mapping[str, str] | None = None,
) -> TableDecision:
    """The legal reviewer refuses a table; what is published before it stays. It needs a reason; answers may be left out.

    What has been open without a decision is closed, with the versions before it that were open in the same way.
    """
    table = _to_decide(session, actor, table, reason)
    assessment = assess_table(now, answers or {}, replies or {}, goes_ahead=False)
    other = waiting_for_recipient(session, table)
    if other is not None and other.content_hash == table.content_hash:
        _refuse(session, actor, now, other, reason, assessment)
    return _refuse(session, actor, now, table, reason, assessment)


def assess_table(
    now: datetime,
    answers: Mapping[str, Answer],
    replies: Mapping[str, str],
    *,
    goes_ahead: bool = True,
    concerns_persons: bool = True,
) -> Assessment:
    """The recipient's answers about a table: a compilation over regions, with persons counted in it or not."""
    circumstances = Circumstances(
        side=Side.RECIPIENT,
        on=clock.today(now),
        goes_ahead=goes_ahead,
        concerns_persons=concerns_persons,
        is_compilation=True,
    )
    return assess(answers, circumstances, replies)


def counts_persons(session: Session, table: TableVersion) -> bool:
    """Whether the measure of a table is one of persons, so that small numbers are hidden in it."""
    version = versions_by_hash(session, [table.measure_version_hash]).get(table.measure_version_hash)
    return version is None or measures.read(version.content).needs_protection


def _assessed(
    session: Session, now: datetime, table: TableVersion, answers: Mapping[str, Answer], replies: Mapping[str, str]
) -> Assessment:
    """Answers that let a table through. Raises ``Refused`` where its protection is not safe or it waits for a decision though a
    delivery in it has been taken back, ``Invalid`` where some answers are missing."""
    if not table.protection.is_safe:
        raise Refused(FINDINGS.found(NOT_SAFE, {"number": table.number}))
    if table.state == TableState.AWAITING_REVIEW and rests_on_withdrawn(session, table):
        raise Refused(FINDINGS.found(TAKEN_BACK, {"number": table.number}))
    if table.state == TableState.AWAITING_REVIEW and rests_on_uncovered(session, table):
        raise Refused(FINDINGS.found(NOT_COVERED, {"number": table.number}))
    assessment = assess_table(now, answers, replies, concerns_persons=counts_persons(session, table))
    if not assessment.is_complete:
        raise Invalid(assessment.findings)
    return assessment


def _to_decide(session: Session, actor: Actor, table: TableVersion, reason: str) -> TableVersion:
    actor.require_decider(Role.LEGAL_REVIEWER, organisation_id=table.organisation_id, is_known=True)
    if not says_something(reason):
        raise Refused(FINDINGS.found(REASON_MISSING))
    hold_table(session, table.measure_slug)
    locked = session.scalars(holding(select(TableVersion).where(TableVersion.id == table.id))).one()
    if locked.state != TableState.AWAITING_REVIEW and not locked.awaits_its_first_decision:
        raise Refused(FINDINGS.found(DECIDED_ALREADY, {"number": locked.number}))
    if (finding := acts.objection(session, actor, locked)) is not None:
        raise Refused(finding)
    return locked


def _give_to_recipient(
    session: Session, actor: Actor, now: datetime, table: TableVersion, reason: str, assessment: Assessment
) -> None:
    """Release the version of the same content that waits for the recipient, where one does. One in which less is hidden is
    decided by itself."""
    other = waiting_for_recipient(session, table)
    if other is not None and other.content_hash == table.content_hash:
        _keep_decision(session, actor, now, other, TableAct.PUBLISH, reason, assessment)
        release(session, actor, now, other)


def _refuse(
    session: Session, actor: Actor, now: datetime, table: TableVersion, reason: str, assessment: Assessment
) -> TableDecision:
    closed = carried_over_in(session, table) if table.is_carried_over else []
    decision = _keep_decision(session, actor, now, table, TableAct.REFUSE, reason, assessment)
    end(table, TableAct.REFUSE, now)
    for one in closed:
        if one.id != table.id:
            end(one, TableAct.REFUSE, one.ended_at or now)
    events.record(
        session,
        "TableRefused",
        actor=actor,
        now=now,
        subject=table.ref,
        organisation_id=table.organisation_id,
        data={"measure": table.measure_slug, "number": table.number, "audience": table.audience},
    )
    return decision


def _keep_decision(
    session: Session,
    actor: Actor,
    now: datetime,
    table: TableVersion,
    act: TableAct,
    reason: str,
    assessment: Assessment,
) -> TableDecision:
    table.decided_by, table.reason = actor.person_id, reason.strip()
    assessment = keep_words(session, now, assessment)
    decision = TableDecision(
        table_version_id=table.id,
        organisation_id=table.organisation_id,
        person_id=actor.person_id,
        outcome=act.value,
        reason=reason.strip(),
        assessment=assessment,
        decided_at=now,
    )
    try:
        with session.begin_nested():
            session.add(decision)
    except IntegrityError as error:
        raise Refused(FINDINGS.found(DECIDED_ALREADY, {"number": table.number})) from error
    events.record(
        session,
        "TableDecided",
        actor=actor,
        now=now,
        subject=table.ref,
        organisation_id=table.organisation_id,
        data={
            "outcome": act.value,
            "asked": [result.code for result in assessment.asks],
            "audience": table.audience,
        },
    )
    return decision
