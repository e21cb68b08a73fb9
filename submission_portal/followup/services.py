"""Keeping what was composed as table versions, and declaring a change of source."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from legal_checks.personal_data import has_number
from registry import events, references, storage
from registry.actors import Actor, Role
from registry.content.canonical import canonical, content_hash
from registry.directions import misdirection_in
from registry.errors import Invalid
from registry.identity.tables import Organisation
from submission_portal.followup.audiences import Audience
from submission_portal.followup.basis import METHOD, Basis
from submission_portal.followup.composing import Composed
from submission_portal.followup.finding_texts import FINDINGS
from submission_portal.followup.kept_protection import KeptProtection
from submission_portal.followup.releasing import end, release
from submission_portal.followup.suspended import suspended_meanwhile
from submission_portal.followup.tables import (
    SourceChange,
    TableAct,
    TableRelease,
    TableState,
    TableVersion,
)
from submission_portal.followup.versions import next_number, next_sequence
from submission_portal.forwarding.services import ask_for_tables

CONTENT_SCHEMA = "table/1"
NOTE_MISSING = "FOL-013"
IDENTITY_NUMBER = "FOL-014"
LONGEST_NOTE = 500
FOR = (Audience.RECIPIENT, Audience.PUBLIC)
"""Whom a composition is kept for. Both are protected by the same policy, against whoever has both."""


def keep_version(session: Session, actor: Actor, now: datetime, *, basis: Basis, composed: Composed) -> TableVersion:
    """Keep a composed table as the measure's next version, for each audience (`FOR`) one; gives back the public's.

    The recipient has its own at once where nothing in it had to be hidden; otherwise it waits for a decision, as the
    public's always does. Versions that still waited are superseded: nobody decides about figures that are no longer current.
    """
    stored = storage.put(
        session,
        basis.recipient_id,
        "published-table",
        composed.parquet(),
        media_type="application/vnd.apache.parquet",
        retention=storage.Retention.PUBLISHED,
        now=now,
    )
    for waiting in session.scalars(
        select(TableVersion).where(
            TableVersion.measure_slug == basis.measure.slug, TableVersion.state == TableState.AWAITING_REVIEW
        )
    ):
        end(waiting, TableAct.SUPERSEDE, now)
    number = next_number(session, basis.measure.slug)
    for_recipient, for_public = (
        _keep(session, actor, now, basis, composed, stored, number, audience) for audience in FOR
    )
    if not for_recipient.hidden and composed.protection.is_safe:
        release(session, actor, now, for_recipient)
    return for_public


def _keep(
    session: Session,
    actor: Actor,
    now: datetime,
    basis: Basis,
    composed: Composed,
    stored: storage.StoredObject,
    number: int,
    audience: Audience,
) -> TableVersion:
    measure, breaks = basis.measure, list(composed.breaks)
    findings = [*composed.findings, *suspended_meanwhile(session, composed.releases())]
    table = TableVersion(
        organisation_id=basis.recipient_id,
        measure_slug=measure.slug,
        measure_version_hash=measure.version_hash,
        sequence=next_sequence(session, measure.slug),
        number=number,
        audience=audience,
        is_carried_over=False,
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
            "audience": table.audience,
        },
    )
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
    if (turned := next(filter(None, map(misdirection_in, words.values())), None)) is not None:
        raise Invalid([turned])
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
