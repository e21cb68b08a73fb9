"""Writing table versions: keeping what was composed, publishing it, refusing it, and declaring a change of source."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from legal_checks.personal_data import has_number
from legal_checks.secrecy.assessment import Assessment, assess
from legal_checks.secrecy.questions import Side
from legal_checks.secrecy.rules import Answer, Circumstances
from registry import clock, events, references, storage
from registry.actors import Actor, Role
from registry.content.canonical import canonical, content_hash
from registry.errors import Invalid, Refused
from registry.identity.tables import Organisation
from registry.locks import hold_name, holding
from submission_portal.followup import acts
from submission_portal.followup.basis import METHOD, Basis
from submission_portal.followup.composing import Composed
from submission_portal.followup.finding_texts import FINDINGS
from submission_portal.followup.kept_protection import KeptProtection
from submission_portal.followup.suspended import suspended_meanwhile
from submission_portal.followup.tables import (
    LIFECYCLE,
    SourceChange,
    TableAct,
    TableDecision,
    TableRelease,
    TableState,
    TableVersion,
)
from submission_portal.followup.versions import next_number
from submission_portal.forwarding.services import ask_for_tables

CONTENT_SCHEMA = "table/1"
DECIDED_ALREADY = "FOL-010"
NOT_SAFE = "FOL-011"
NOTE_MISSING = "FOL-013"
IDENTITY_NUMBER = "FOL-014"
REASON_MISSING = "FOL-015"
LONGEST_NOTE = 500


def hold_table(session: Session, measure_slug: str) -> None:
    """Hold a measure's table until the transaction ends: its versions are made and decided about one after the other."""
    hold_name(session, f"table:{measure_slug}")


def keep_version(session: Session, actor: Actor, now: datetime, *, basis: Basis, composed: Composed) -> TableVersion:
    """Keep a composed table as the measure's next version; publish it at once where nothing in it had to be hidden.

    Versions that still waited for a decision are superseded: nobody decides about figures that are no longer current.
    """
    measure = basis.measure
    stored = storage.put(
        session,
        basis.recipient_id,
        "published-table",
        composed.parquet(),
        media_type="application/vnd.apache.parquet",
        retention=storage.Retention.PUBLISHED,
        now=now,
    )
    breaks, findings = list(composed.breaks), [*composed.findings, *suspended_meanwhile(session, composed.releases())]
    table = TableVersion(
        organisation_id=basis.recipient_id,
        measure_slug=measure.slug,
        measure_version_hash=measure.version_hash,
        number=next_number(session, measure.slug),
        state=TableState.AWAITING_REVIEW,
        basis_hash=basis.basis_hash,
        content_hash=content_hash_of(
            measure.slug, measure.version_hash, composed.releases(), [one.as_dict() for one in breaks], stored.sha256
        ),
        parquet_key=stored.key,
        figures=composed.full.height,
        hidden=len(composed.protection.hidden),
        breaks=breaks,
        findings=findings,
        protection=KeptProtection.of(composed.protection, basis.rules, METHOD),
        provenance=basis.provenance,
        composed_at=now,
    )
    for waiting in session.scalars(
        select(TableVersion).where(
            TableVersion.measure_slug == measure.slug, TableVersion.state == TableState.AWAITING_REVIEW
        )
    ):
        _end(waiting, TableAct.SUPERSEDE, now)
    session.add(table)
    session.flush()
    session.add_all(TableRelease(table_version_id=table.id, release_id=one) for one in composed.releases())
    session.flush()
    _link(session, now, table, basis, composed)
    events.record(
        session,
        "TableComposed",
        actor=actor,
        now=now,
        subject=table.ref,
        organisation_id=table.organisation_id,
        data={
            "measure": table.measure_slug,
            "number": table.number,
            "hash": table.content_hash,
            "hidden": table.hidden,
        },
    )
    if not table.hidden and composed.protection.is_safe:
        _publish(session, actor, now, table)
    return table


def content_hash_of(
    measure: str, measure_version: str, releases: Sequence[str], breaks: Sequence[Mapping[str, Any]], figures: str
) -> str:
    """The hash that names a table version: over the measure, the releases it was made from, the breaks and the figures."""
    text = canonical(
        {
            "content_schema": CONTENT_SCHEMA,
            "measure": measure,
            "measure_version": measure_version,
            "releases": list(releases),
            "breaks": list(breaks),
            "figures": figures,
        }
    )
    return content_hash(text)


def publish_table(
    session: Session,
    actor: Actor,
    now: datetime,
    table: TableVersion,
    *,
    reason: str,
    answers: Mapping[str, Answer],
    replies: Mapping[str, str],
) -> TableDecision:
    """The legal reviewer lets a table be published with what is hidden in it, and the answers behind that are kept.

    Raises ``Invalid`` with what is left to answer, ``Forbidden`` without the role at the recipient, and ``Refused``
    where no reason is given, it is decided already, the audit could still work out a hidden figure, or the reviewer has
    acted for a region whose figures are in it.
    """
    table = _to_decide(session, actor, table, reason)
    if not table.protection.is_safe:
        raise Refused(FINDINGS.found(NOT_SAFE, {"number": table.number}))
    assessment = assess_table(now, answers, replies)
    if not assessment.is_complete:
        raise Invalid(assessment.findings)
    decision = _keep_decision(session, actor, now, table, TableAct.PUBLISH, reason, assessment)
    _publish(session, actor, now, table)
    return decision


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
    """The legal reviewer refuses a table; what is published before it stays. It needs a reason; answers may be left out."""
    table = _to_decide(session, actor, table, reason)
    assessment = assess_table(now, answers or {}, replies or {}, goes_ahead=False)
    decision = _keep_decision(session, actor, now, table, TableAct.REFUSE, reason, assessment)
    _end(table, TableAct.REFUSE, now)
    events.record(
        session,
        "TableRefused",
        actor=actor,
        now=now,
        subject=table.ref,
        organisation_id=table.organisation_id,
        data={"measure": table.measure_slug, "number": table.number},
    )
    return decision


def assess_table(
    now: datetime, answers: Mapping[str, Answer], replies: Mapping[str, str], *, goes_ahead: bool = True
) -> Assessment:
    """The recipient's answers about a table: a compilation over regions, with persons counted in it."""
    circumstances = Circumstances(
        side=Side.RECIPIENT,
        on=clock.today(now),
        goes_ahead=goes_ahead,
        concerns_persons=True,
        is_compilation=True,
    )
    return assess(answers, circumstances, replies)


def declare_source_change(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    organisation: Organisation,
    measure_slug: str,
    model_slug: str,
    changed_on: date,
    note: Mapping[str, str],
) -> SourceChange:
    """A region says that its figures come from another system, or are measured another way, from a day on.

    Raises ``Forbidden`` for others than the region's data officer, ``Invalid`` without words, or where they hold a
    personal identity number.
    """
    actor.require(Role.DATA_OFFICER, organisation_id=organisation.id, is_known=True)
    words = {language: note.get(language, "").strip()[:LONGEST_NOTE] for language in ("sv", "en")}
    if not words["sv"]:
        raise Invalid([FINDINGS.found(NOTE_MISSING)])
    if any(has_number(text) for text in words.values()):
        raise Invalid([FINDINGS.found(IDENTITY_NUMBER)])
    change = SourceChange(
        organisation_id=organisation.id,
        measure_slug=measure_slug,
        changed_on=changed_on,
        note_sv=words["sv"],
        note_en=words["en"] or words["sv"],
        declared_by=actor.person_id or "",
        declared_at=now,
    )
    session.add(change)
    session.flush()
    events.record(
        session,
        "SourceChangeDeclared",
        actor=actor,
        now=now,
        subject=f"source-change:{change.id}",
        organisation_id=organisation.id,
        data={"measure": measure_slug, "on": changed_on.isoformat()},
    )
    ask_for_tables(session, now, model_slug)
    return change


def withdraw_source_change(
    session: Session, actor: Actor, now: datetime, *, change: SourceChange, model_slug: str
) -> None:
    """Take back a declaration that was wrong. It stays on record."""
    actor.require(Role.DATA_OFFICER, organisation_id=change.organisation_id, is_known=True)
    if change.withdrawn_at is not None:
        return
    change.withdrawn_at = now
    events.record(
        session,
        "SourceChangeWithdrawn",
        actor=actor,
        now=now,
        subject=f"source-change:{change.id}",
        organisation_id=change.organisation_id,
        data={"measure": change.measure_slug},
    )
    ask_for_tables(session, now, model_slug)


def _to_decide(session: Session, actor: Actor, table: TableVersion, reason: str) -> TableVersion:
    actor.require_decider(Role.LEGAL_REVIEWER, organisation_id=table.organisation_id, is_known=True)
    if not reason.strip():
        raise Refused(FINDINGS.found(REASON_MISSING))
    hold_table(session, table.measure_slug)
    locked = session.scalars(holding(select(TableVersion).where(TableVersion.id == table.id))).one()
    if locked.state != TableState.AWAITING_REVIEW:
        raise Refused(FINDINGS.found(DECIDED_ALREADY, {"number": locked.number}))
    if (finding := acts.objection(session, actor, locked)) is not None:
        raise Refused(finding)
    return locked


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
        data={"outcome": act.value, "asked": [result.code for result in assessment.asks]},
    )
    return decision


def _publish(session: Session, actor: Actor, now: datetime, table: TableVersion) -> None:
    for earlier in session.scalars(
        select(TableVersion).where(
            TableVersion.measure_slug == table.measure_slug, TableVersion.state == TableState.PUBLISHED
        )
    ):
        _end(earlier, TableAct.SUPERSEDE, now)
    table.state, table.published_at = LIFECYCLE[TableState(table.state), TableAct.PUBLISH], now
    session.flush()
    events.record(
        session,
        "TablePublished",
        actor=actor,
        now=now,
        subject=table.ref,
        organisation_id=table.organisation_id,
        data={"measure": table.measure_slug, "number": table.number, "hash": table.content_hash},
    )


def _end(table: TableVersion, act: TableAct, now: datetime) -> None:
    table.state, table.ended_at = LIFECYCLE[TableState(table.state), act], now


def _link(session: Session, now: datetime, table: TableVersion, basis: Basis, composed: Composed) -> None:
    references.link(session, table.ref, f"version:{table.measure_version_hash}", "measures", now)
    for release_id in composed.releases():
        references.link(session, table.ref, f"release:{release_id}", "made-from", now)
    for statement in sorted(applied_statements(basis, composed)):
        references.link(session, table.ref, statement, "applied", now)
    references.sum_up(session, table.ref, ("made-from", "released"), now)


def applied_statements(basis: Basis, composed: Composed) -> set[str]:
    """References to the application statements of the regions that a table has figures for."""
    regions = set(composed.full["region"].unique().to_list())
    return {f"version:{one.version_hash}" for one in basis.statements if one.region in regions}
