"""What regions think of tables that rest on their deliveries and are open to everybody without that anybody decided so.

The recipient's legal reviewer decides, and reads this beside the decision. It binds nobody: whether a table is published is the
recipient's to decide, as whether a delivery is disclosed is the region's.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import events, hands
from registry.actors import Actor, Role
from registry.errors import NotFound, Refused
from registry.findings import Finding
from registry.hands import Side
from registry.identity.tables import Organisation
from submission_portal.followup.acts import series
from submission_portal.followup.finding_texts import FINDINGS
from submission_portal.followup.queries import disclosers_of
from submission_portal.followup.releasing import REASON_MISSING, hold_table
from submission_portal.followup.tables import Stance, TableStandpoint, TableVersion
from submission_portal.followup.versions import ids_numbered, undecided_with
from submission_portal.legal_questions.identity_numbers import refuse_unfit_texts

NOT_ASKED = "FOL-042"
LONGEST_REASON = 5000
READERS = (Role.DISCLOSING_OFFICER, Role.DATA_OFFICER)
"""Who in a region is told. The disclosing officer speaks for it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A region that is asked about a table, and the last that it said."""

    table: TableVersion
    organisation_id: str
    said: TableStandpoint | None


def asked_of(session: Session, actor: Actor) -> list[Asked]:
    """What is open without a decision and holds figures of the actor's regions; three statements."""
    own = actor.organisations(*READERS)
    tables = undecided_with(session, own) if own else ()
    if not tables:
        return []
    disclosers, said = disclosers_of(session, tables), last_said(session, tables)
    return [
        Asked(table, region, said.get((table.id, region)))
        for table in tables
        for region in sorted(disclosers[table.id] & own)
    ]


def state_standpoint(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    table: TableVersion,
    organisation: Organisation,
    stance: Stance,
    reason: str,
) -> TableStandpoint:
    """Say for a region what it thinks of a table. Saying the same again changes nothing.

    Raises ``Forbidden`` for others than the region's disclosing officer, ``NotFound`` where the table has nothing of the
    region, and ``Refused`` where it no longer waits for its first decision, for an objection without reasons, for unfit
    words, and for who has acted for the recipient in the measure's tables.
    """
    actor.require_decider(Role.DISCLOSING_OFFICER, organisation_id=organisation.id)
    words = reason.strip()[:LONGEST_REASON]
    if stance is Stance.OBJECT and not words:
        raise Refused(FINDINGS.found(REASON_MISSING))
    refuse_unfit_texts(words)
    hold_table(session, table.measure_slug)
    session.refresh(table)
    if organisation.id not in disclosers_of(session, [table])[table.id]:
        raise NotFound("table")
    if not table.awaits_its_first_decision:
        raise Refused(FINDINGS.found(NOT_ASKED, {"number": table.number}))
    if (finding := objection(session, actor, table.measure_slug)) is not None:
        raise Refused(finding)
    before = last_said(session, [table]).get((table.id, organisation.id))
    if before is not None and (before.stance, before.reason, before.person_id) == (stance, words, actor.person_id):
        return before
    made = TableStandpoint(
        table_version_id=table.id,
        organisation_id=organisation.id,
        person_id=actor.person_id,
        stance=stance,
        reason=words,
        stated_at=now,
    )
    session.add(made)
    session.flush()
    events.record(
        session,
        "TableStandpointStated",
        actor=actor,
        now=now,
        subject=table.ref,
        organisation_id=organisation.id,
        data={"measure": table.measure_slug, "number": table.number, "standpoint": made.id, "stance": stance.value},
    )
    return made


def objection(session: Session, actor: Actor, measure_slug: str) -> Finding | None:
    """What forbids ``actor`` to speak for a region about a measure's tables, by what they have done."""
    return hands.objection(session, actor, Side.DISCLOSER, series(measure_slug))


def last_said(session: Session, tables: Sequence[TableVersion]) -> dict[tuple[str, str], TableStandpoint]:
    """The last standpoint of each region on each of these versions, by ids of table and region; one statement."""
    return {(one.table_version_id, one.organisation_id): one for one in reversed(_said(session, tables))}


def said_of(session: Session, table: TableVersion) -> dict[str, list[TableStandpoint]]:
    """Everything that regions have said of a version, by region, the last first."""
    return _by_region(_said(session, [table]))


def said_in(
    session: Session, measure_slug: str, number: int, regions: Collection[str]
) -> dict[str, list[TableStandpoint]]:
    """As `said_of`, of what is composed with a number, by some regions."""
    query = select(TableStandpoint).where(
        TableStandpoint.organisation_id.in_(regions),
        TableStandpoint.table_version_id.in_(ids_numbered(measure_slug, number)),
    )
    return _by_region(session.scalars(query.order_by(*_LAST_FIRST)).all())


def _by_region(said: Sequence[TableStandpoint]) -> dict[str, list[TableStandpoint]]:
    found: dict[str, list[TableStandpoint]] = {}
    for one in said:
        found.setdefault(one.organisation_id, []).append(one)
    return found


def _said(session: Session, tables: Sequence[TableVersion]) -> Sequence[TableStandpoint]:
    query = select(TableStandpoint).where(TableStandpoint.table_version_id.in_([one.id for one in tables]))
    return session.scalars(query.order_by(*_LAST_FIRST)).all()


_LAST_FIRST = (TableStandpoint.stated_at.desc(), TableStandpoint.id)
