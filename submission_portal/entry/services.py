"""Entering figures in a page: begin a period, keep rows as they are written, and make a delivery of them.

A row is kept by its revision: whoever wrote on an older one is told what is there. What may be an identity number is kept
nowhere. The delivery is made of a file (`sheet.as_csv`) by the same road as a file that somebody reads in.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from unicodedata import category

from sqlalchemy import select
from sqlalchemy.orm import Session

from information_models.definitions import Element, LoadedModel
from registry import events, hands
from registry.actors import Actor
from registry.content.canonical import ContentError
from registry.errors import Refused
from registry.findings import Finding
from registry.locks import hold_name, holding
from registry.period import Period
from submission_portal.deliveries import services as deliveries
from submission_portal.deliveries.identity_numbers import refuse_possible_numbers
from submission_portal.deliveries.queries import PREPARES
from submission_portal.deliveries.reading.reader import Reading
from submission_portal.deliveries.tables import Delivery
from submission_portal.entry import queries
from submission_portal.entry.finding_texts import FINDINGS
from submission_portal.entry.sheet import FilledRow, as_csv, as_kept, entered_elements, file_name, steps_of
from submission_portal.entry.tables import Entry, EntryRow
from submission_portal.flows.acts import line
from submission_portal.flows.channels import Channel
from submission_portal.flows.division import period_kinds
from submission_portal.units.lines import Line
from submission_portal.units.unit import key_text

LONGEST_CELL = 60


@dataclass(frozen=True, slots=True)
class RowChange:
    """What somebody wrote in a row: its unit and period, the revision that the page showed (0: none), and some of its cells."""

    unit: Mapping[str, str]
    period: str
    revision: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RowSaved:
    """The row as it is now. ``is_conflict``: somebody else had changed it, and nothing was kept of the change."""

    revision: int
    cells: Mapping[str, str]
    is_conflict: bool = False


def begin(session: Session, actor: Actor, now: datetime, kept: Line, period: str) -> Entry:
    """The entry for a period, begun if there is none. Raises `Refused` for a period that the line's rows cannot fill, and where
    the line takes nothing that is entered."""
    deliveries.open_version(session, actor, now, kept.item, Channel.FORM)
    named = _period(kept.loaded, period)
    hold_name(session, f"entry:{kept.item.id}:{named}")
    found = session.scalar(select(Entry).where(Entry.flow_item_id == kept.item.id, Entry.period == str(named)))
    if found is None:
        found = Entry(
            organisation_id=kept.item.organisation_id,
            flow_item_id=kept.item.id,
            period=str(named),
            created_by=actor.person_id or "",
            created_at=now,
            changed_at=now,
        )
        session.add(found)
        session.flush()
        _record(session, actor, now, found, "EntryBegun")
    return found


def save(
    session: Session,
    actor: Actor,
    now: datetime,
    kept: Line,
    entry: Entry,
    changes: Sequence[RowChange],
    units: Collection[str],
) -> list[RowSaved]:
    """Keep what was written in rows, each by its revision; ``units`` are the keys of those that rows are wanted for.

    Raises `Refused`, and keeps nothing, for a cell that holds what may be an identity number or is too long, a row that the entry
    does not have, and where the period has been sent.
    """
    actor.require(*PREPARES, organisation_id=entry.organisation_id)
    hands.require(session, actor, hands.Side.DISCLOSER, line(entry.flow_item_id))
    entry = session.scalars(holding(select(Entry).where(Entry.id == entry.id))).one()
    if (finding := sent_already(session, entry)) is not None:
        raise Refused(finding)
    steps = {str(one) for one in steps_of(Period.parse(entry.period), period_kinds(kept.loaded))}
    elements = {one.name: one for one in entered_elements(kept.loaded)}
    told = [_fit(change, elements, steps, units) for change in changes]
    saved = [_save_row(session, actor, now, entry, change) for change in told]
    if any(not one.is_conflict for one in saved):
        entry.changed_at = now
        session.flush()
        _record(session, actor, now, entry, "EntrySaved", rows=len(saved))
    return saved


def file_of(session: Session, kept: Line, entry: Entry) -> tuple[str, bytes]:
    """The name and the bytes of the file that the entry makes. Raises `Refused` where nothing is filled in."""
    rows = [FilledRow(Period.parse(one.period), one.unit, one.cells) for one in queries.rows_of(session, entry)]
    if not any(text.strip() for row in rows for text in row.cells.values()):
        raise Refused(FINDINGS.found("ENT-005"))
    return file_name(entry.period), as_csv(kept.loaded, rows)


def deliver(
    session: Session, actor: Actor, now: datetime, kept: Line, entry: Entry, name: str, data: bytes, reading: Reading
) -> Delivery:
    """The delivery that the entry's file makes: a new one, or in the place of the file of the draft that it made before."""
    entry = session.scalars(holding(select(Entry).where(Entry.id == entry.id))).one()
    if (finding := sent_already(session, entry)) is not None:
        raise Refused(finding)
    before = session.get(Delivery, entry.delivery_id) if entry.delivery_id else None
    if before is not None and before.is_working:
        made = deliveries.read_again(
            session, actor, now, before, file_name=name, data=data, reading=reading, channel=Channel.FORM
        )
    else:
        made = deliveries.start(
            session, actor, now, flow_item=kept.item, file_name=name, data=data, reading=reading, channel=Channel.FORM
        )
    entry.delivery_id, entry.changed_at = made.id, now
    session.flush()
    _record(session, actor, now, entry, "EntryDelivered", delivery=made.id)
    return made


def sent_already(session: Session, entry: Entry) -> Finding | None:
    """That the entry became a delivery that was sent and has not been taken back; ``None`` where it may be changed."""
    delivery = session.get(Delivery, entry.delivery_id) if entry.delivery_id else None
    if delivery is None or not delivery.stands:
        return None
    return FINDINGS.found("ENT-003", {"number": delivery.number or ""})


def _period(loaded: LoadedModel, text: str) -> Period:
    try:
        named = Period.parse(text)
        steps_of(named, period_kinds(loaded))
    except ValueError:
        raise Refused(FINDINGS.found("ENT-001", {"period": text[:40]})) from None
    return named


def _fit(
    change: RowChange, elements: Mapping[str, Element], steps: Collection[str], units: Collection[str]
) -> RowChange:
    """The change as it is kept."""
    try:
        is_there = key_text(change.unit) in units
    except ContentError:  # characters that no unit has
        is_there = False
    if not is_there or change.period not in steps or not set(change.cells) <= set(elements):
        raise Refused(FINDINGS.found("ENT-004"))
    cells = {name: as_kept(elements[name], text) for name, text in change.cells.items()}
    for name, text in cells.items():
        if len(text) > LONGEST_CELL or any(category(sign) in ("Cc", "Cs") for sign in text):
            raise Refused(FINDINGS.found("ENT-002", {"element": elements[name].label, "most": LONGEST_CELL}))
        refuse_possible_numbers(elements[name].label, text)
    return RowChange(change.unit, change.period, change.revision, cells)


def _save_row(session: Session, actor: Actor, now: datetime, entry: Entry, change: RowChange) -> RowSaved:
    key = key_text(change.unit)
    row = session.scalar(
        select(EntryRow).where(
            EntryRow.entry_id == entry.id, EntryRow.period == change.period, EntryRow.unit_key == key
        )
    )
    if (row.revision if row is not None else 0) != change.revision:
        return RowSaved(row.revision if row else 0, row.cells if row else {}, is_conflict=True)
    if row is None:
        row = EntryRow(
            entry_id=entry.id,
            organisation_id=entry.organisation_id,
            period=change.period,
            unit_key=key,
            unit=dict(change.unit),
            cells={},
            revision=0,
        )
        session.add(row)
    row.cells = {**row.cells, **change.cells}
    row.revision += 1
    row.changed_by, row.changed_at = actor.person_id or "", now
    session.flush()
    return RowSaved(row.revision, row.cells)


def _record(session: Session, actor: Actor, now: datetime, entry: Entry, event: str, **data: object) -> None:
    events.record(
        session,
        event,
        actor=actor,
        now=now,
        subject=line(entry.flow_item_id),
        organisation_id=entry.organisation_id,
        data={"entry": entry.id, **data},
    )
