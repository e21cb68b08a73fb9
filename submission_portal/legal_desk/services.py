"""Deciding who may have a table, and logging who read the values before hiding."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_checks.secrecy.assessment import Assessment
from legal_checks.secrecy.rules import Answer
from registry import events
from registry.actors import Actor
from registry.errors import Refused
from registry.findings import Finding
from submission_portal.deliveries.tables import Disclosure
from submission_portal.followup import acts, deciding, releasing
from submission_portal.followup.evidence import lost_releases
from submission_portal.followup.queries import disclosers_of, made_from
from submission_portal.followup.tables import TableDecision, TableVersion
from submission_portal.followup.versions import version_to_review
from submission_portal.forwarding.tables import Release
from submission_portal.legal_desk.finding_texts import FINDINGS
from submission_portal.legal_questions.identity_numbers import refuse_unfit_texts

PUBLISH, RECIPIENT, REFUSE = "publish", "recipient", "refuse"


def decide_table(
    session: Session,
    actor: Actor,
    now: datetime,
    table: TableVersion,
    *,
    outcome: str,
    reason: str,
    answers: Mapping[str, Answer] | None = None,
    replies: Mapping[str, str] | None = None,
    release_at: datetime | None = None,
) -> TableDecision:
    """Let everybody have a table as it is hidden, now or at ``release_at``, let the recipient alone have it, or refuse it: the
    follow-up's own services, for who stands for no region in it.

    Raises `Invalid` with what is left to answer, `Forbidden` without the role at the recipient, and `Refused` where the
    audit found something, it is decided already, the reviewer belongs to a region in it or has acted for one, or the national
    store lacks some of it: nobody could have seen what was hidden then.
    """
    written = [reason, *(answer.reason for answer in (answers or {}).values()), *(replies or {}).values()]
    refuse_unfit_texts(*written)
    _see_that_nothing_forbids(session, actor, table)
    if outcome != REFUSE and lost_releases(session, table):
        raise Refused(FINDINGS.found("TAB-002"))
    said: dict[str, Any] = {"reason": reason, "answers": answers or {}, "replies": replies or {}}
    match outcome:
        case "publish":
            return deciding.publish_table(session, actor, now, table, **said, release_at=release_at)
        case "recipient":
            return deciding.give_to_recipient(session, actor, now, table, **said)
        case _:
            return deciding.refuse_table(session, actor, now, table, **said)


def table_to_change(session: Session, actor: Actor, table_id: str) -> TableVersion:
    """The version to review with this id, its measure's tables held: what the time is, is to be asked after this, since
    somebody else may have held them. Raises ``NotFound``."""
    found = version_to_review(session, actor, table_id)
    releasing.hold_table(session, found.measure_slug)
    return found


def move_release(
    session: Session, actor: Actor, now: datetime, table: TableVersion, release_at: datetime | None
) -> None:
    """Move the release of a decided table that lies ahead; refused to whom `objection` names, as a decision is."""
    _see_that_nothing_forbids(session, actor, table)
    releasing.move_release(session, actor, now, table, release_at)


def stop_release(session: Session, actor: Actor, now: datetime, table: TableVersion, reason: str) -> None:
    """Stop a decided table before its release."""
    refuse_unfit_texts(reason)
    _see_that_nothing_forbids(session, actor, table)
    releasing.stop_release(session, actor, now, table, reason=reason)


def _see_that_nothing_forbids(session: Session, actor: Actor, table: TableVersion) -> None:
    if (finding := objection(session, actor, table)) is not None:
        raise Refused(finding)


def log_reading(session: Session, actor: Actor, now: datetime, table: TableVersion) -> None:
    """Record that somebody read the values before hiding. Called before they are shown, so that no reading is unlogged."""
    events.record(
        session,
        "HiddenValuesRead",
        actor=actor,
        now=now,
        subject=table.ref,
        organisation_id=table.organisation_id,
        data={"number": table.number},
    )


def objection(session: Session, actor: Actor, table: TableVersion) -> Finding | None:
    """What forbids this actor to decide about this table, by where they are or by what they have done; or ``None``."""
    if actor.organisations() & disclosers_of(session, [table])[table.id]:
        return FINDINGS.found("TAB-001")
    return acts.objection(session, actor, table)


def discloser_assessment(session: Session, table: TableVersion) -> Assessment | None:
    """What the region answered last about a delivery in the table, where the table is of one region's deliveries."""
    if len(disclosers_of(session, [table])[table.id]) != 1:
        return None
    return session.scalar(
        select(Disclosure.assessment)
        .join(Release, Release.delivery_id == Disclosure.delivery_id)
        .where(Release.id.in_(made_from(table)), Disclosure.is_granted)
        .order_by(Disclosure.decided_at.desc(), Disclosure.revision.desc())
        .limit(1)
    )


def decision_on(session: Session, table_id: str) -> TableDecision | None:
    return session.scalar(select(TableDecision).where(TableDecision.table_version_id == table_id))
