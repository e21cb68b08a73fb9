"""Reading entries: a region's own, and the units that their rows are about."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from information_models.frames import REGION
from registry.actors import Actor
from registry.errors import NotFound, Refused
from registry.findings import Text
from registry.paging import Page, page_of
from registry.period import Period
from registry.swedish import sort_key
from submission_portal.deliveries import queries as deliveries
from submission_portal.deliveries.assessment.history import unit_elements
from submission_portal.deliveries.unit_proposals import proposals_for
from submission_portal.entry.sheet import entered_elements
from submission_portal.entry.tables import Entry, EntryRow
from submission_portal.units import queries as registers
from submission_portal.units.lines import Line
from submission_portal.units.services import label_of
from submission_portal.units.unit import RegisteredUnit, exists_between, key_text


@dataclass(frozen=True, slots=True)
class EntryUnit:
    """A unit that a row is wanted for."""

    key: str
    values: Mapping[str, str]
    label: Text


def entry_for(session: Session, actor: Actor, flow_item_id: str, entry_id: str) -> Entry:
    """An entry of the line, if the actor prepares its deliveries. Raises `NotFound`."""
    found = session.scalar(select(Entry).where(Entry.id == entry_id, Entry.flow_item_id == flow_item_id))
    if found is None or not actor.may(*deliveries.PREPARES, organisation_id=found.organisation_id):
        raise NotFound("entry")
    return found


def entries_of_line(session: Session, flow_item_id: str, number: int) -> Page[Entry]:
    """What has been entered in a line, the latest period first."""
    return page_of(
        session, select(Entry).where(Entry.flow_item_id == flow_item_id).order_by(Entry.period.desc()), number
    )


def rows_of(session: Session, entry: Entry, periods: Collection[str] | None = None) -> list[EntryRow]:
    """The rows of an entry, of some of its periods where these are given."""
    wanted = select(EntryRow).where(EntryRow.entry_id == entry.id)
    if periods is not None:
        wanted = wanted.where(EntryRow.period.in_(periods))
    return list(session.scalars(wanted.order_by(EntryRow.period, EntryRow.unit_key)))


def units_for(session: Session, kept: Line, first: date, last: date) -> list[EntryUnit]:
    """The units that rows are wanted for: those of the register that exist then, and as long as the region has not confirmed it
    those of its latest deliveries too. A line without units has one row for each period."""
    elements = unit_elements(kept.loaded)
    if not elements:
        return [EntryUnit(key_text({}), {}, Text("Hela regionen", "The whole region"))]
    found = [one for one in registers.units_of_line(session, kept.item.id) if one.key(elements) is not None]
    there = [one for one in found if exists_between(one.life, first, last)]
    if registers.confirmed_units(session, kept.item.id) is None:
        there += [one.unit for one in proposals_for(session, kept).missing]
    units = [_entry_unit(kept, one) for one in there]
    return sorted(units, key=lambda one: sort_key(one.label.sv))


def last_values(session: Session, kept: Line, before: Period) -> dict[str, dict[str, str]]:
    """By unit the values of its last row in the line's newest delivery before a period; one parquet object is read."""
    periods = deliveries.periods_before(session, kept.item.id, before.first, None, most=1)
    units = unit_elements(kept.loaded)
    period = f"{kept.loaded.model.period_element}__first"
    found: dict[str, dict[str, str]] = {}
    for delivery in periods[0] if periods else ():
        try:
            rows = deliveries.rows_as_corrected(session, delivery, kept.loaded.model.key)
        except (NotFound, Refused):  # `storage verify` says so: the page is no worse for it
            continue
        names = [one.name for one in entered_elements(kept.loaded) if one.name in rows.columns]
        if period not in rows.columns or any(name not in rows.columns for name in units):
            continue
        for row in rows.sort(period).drop(REGION, strict=False).iter_rows(named=True):
            key = key_text({name: row[name] or "" for name in units})
            found[key] = {name: _shown(row[name]) for name in names if row[name] is not None}
    return found


def _shown(value: object) -> str:
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value).replace(".", ",")


def _entry_unit(kept: Line, unit: RegisteredUnit) -> EntryUnit:
    return EntryUnit(key_text(unit.values), unit.values, label_of(kept.loaded, unit))
