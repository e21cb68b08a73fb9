"""For which side a person acts who does something with the tables of a measure, and what reaches them by releases."""

from collections.abc import Sequence

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from registry import hands
from registry.actors import Actor
from registry.events import Happening
from registry.findings import Finding
from registry.hands import Hand, Side, Stand
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.acts import line
from submission_portal.followup.finding_texts import FINDINGS
from submission_portal.followup.tables import SourceChange, TableRelease, TableVersion
from submission_portal.forwarding.tables import Release

FOR_A_DISCLOSER = "FOL-012"


def series(measure_slug: str) -> str:
    """The reference of all the tables of a measure, as acts name it."""
    return f"series:{measure_slug}"


def objection(session: Session, actor: Actor, table: TableVersion) -> Finding | None:
    """What forbids ``actor`` to decide about a table by what they have done: that they acted for a discloser in the
    measure's series, or in a flow whose release the table is made from."""
    return objections(session, actor, [table])[table.id]


def objections(session: Session, actor: Actor, tables: Sequence[TableVersion]) -> dict[str, Finding | None]:
    """As `objection`, of each of these tables by its id; two statements."""
    in_series = hands.acted_for(session, actor, Side.DISCLOSER, {series(one.measure_slug) for one in tables})
    by_release = _made_from_lines_of(session, actor, [one.id for one in tables])
    return {
        one.id: FINDINGS.found(FOR_A_DISCLOSER, {"number": one.number})
        if series(one.measure_slug) in in_series or one.id in by_release
        else None
        for one in tables
    }


def stands_for_a_discloser(session: Session, actor: Actor, measure_slug: str, model_slug: str) -> bool:
    """Whether ``actor`` belongs to an organisation that has delivered under a model, has acted for the discloser in a flow of such a
    delivery, or in the measure's series."""
    if actor.person_id is None or actor.is_system:
        return False
    delivered = select(Release.organisation_id).where(Release.model_slug == model_slug)
    if actor.organisations() & set(session.scalars(delivered.distinct())):
        return True
    lines = (
        select(literal(line("")) + Delivery.flow_item_id)
        .join(Release, Release.delivery_id == Delivery.id)
        .where(Release.model_slug == model_slug)
    )
    in_lines = hands.acted_for(session, actor, Side.DISCLOSER, lines)
    return bool(in_lines or hands.acted_for(session, actor, Side.DISCLOSER, {series(measure_slug)}))


def on_source_change(session: Session, happening: Happening) -> Stand:
    """A region declares that its figures come from elsewhere, or takes that back."""
    change = session.get_one(SourceChange, happening.subject.removeprefix("source-change:"))
    return Stand(series(change.measure_slug), Side.DISCLOSER, change.organisation_id)


def on_standpoint(session: Session, happening: Happening) -> Stand:
    """A region says what it thinks of a table that is open without a decision."""
    table = session.get_one(TableVersion, happening.subject.removeprefix("table:"))
    return Stand(series(table.measure_slug), Side.DISCLOSER, happening.organisation_id or "")


def on_table(session: Session, happening: Happening) -> Stand:
    """The recipient's legal reviewer decides about a table."""
    table = session.get_one(TableVersion, happening.subject.removeprefix("table:"))
    return Stand(series(table.measure_slug), Side.RECIPIENT, table.organisation_id)


ACTS = {
    "SourceChangeDeclared": on_source_change,
    "SourceChangeWithdrawn": on_source_change,
    "TableStandpointStated": on_standpoint,
    "TableDecided": on_table,
    "TableReleaseMoved": on_table,
    "TableReleaseStopped": on_table,
}


def _made_from_lines_of(session: Session, actor: Actor, table_ids: Sequence[str]) -> frozenset[str]:
    """Those of some tables that are made from a release of a flow in which ``actor`` has acted for the discloser."""
    if actor.person_id is None or actor.is_system:
        return frozenset()
    made = (
        select(TableRelease.table_version_id)
        .join(Release, Release.id == TableRelease.release_id)
        .join(Delivery, Delivery.id == Release.delivery_id)
        .join(Hand, Hand.object == literal(line("")) + Delivery.flow_item_id)
        .where(
            TableRelease.table_version_id.in_(table_ids),
            Hand.person_id == actor.person_id,
            Hand.side == Side.DISCLOSER,
        )
        .distinct()
    )
    return frozenset(session.scalars(made))
