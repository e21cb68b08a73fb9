"""A flow file of what the database knows of a line: what a region checks its files with on a machine of its own."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import polars as pl
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from information_models.definitions import LoadedModel
from information_models.frames import REGION
from information_models.queries import load_model
from registry import clock
from registry.findings import Text
from registry.identity import queries as identity
from registry.items.tables import Version
from submission_portal.deliveries.assessment.before import (
    PERIODS_BEFORE,
    Earlier,
    LineRegister,
    columns_compared,
)
from submission_portal.deliveries.assessment.history import unit_elements
from submission_portal.deliveries.assessment.known import concepts_counted
from submission_portal.deliveries.checking.line_register import DatabaseRegister, described
from submission_portal.deliveries.flow_files.checking import CODES
from submission_portal.deliveries.flow_files.content import (
    FlowFile,
    History,
    KeptDelivery,
    KeptStanding,
    Spans,
)
from submission_portal.deliveries.flow_files.frames import as_json
from submission_portal.deliveries.flow_files.register import needed
from submission_portal.deliveries.layouts.queries import known_in_line
from submission_portal.deliveries.lifecycle import STANDING, CorrectionKind, DeliveryState
from submission_portal.deliveries.parts import WHOLE
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.uses.naming import rules_of
from submission_portal.flows import content as flow_content
from submission_portal.flows.content import Parts
from submission_portal.flows.uses.queries import last_day, that_may_be_named, uses_of_line
from submission_portal.flows.uses.standing import highest_threshold
from submission_portal.units.queries import confirmed_units
from termbank.bank.queries import statements

PROGRAM = "1"
"""The version of the check itself: raised where the same file and register come to other findings than before."""
DAYS_AHEAD = 62
"""A file may be about so many days from the day on which the flow file is made."""
DAYS_STANDING = 400
"""Deliveries that stand are known for so many days before the latest period."""
MOST_LOOKED_AT = 3000
"""So many of the line's latest deliveries are chosen among."""
MOST_DELIVERIES = 600
"""So many deliveries are in a flow file, with their rows; it says where there were more."""


def gather(session: Session, version: Version, now: datetime, address: str) -> FlowFile:
    """The flow file of a line's version. Reads the rows of up to `MOST_DELIVERIES` deliveries, and writes nothing."""
    line, today = flow_content.read(version.content), clock.today(now)
    loaded = load_model(session, line.model_version)
    sender = identity.organisation(session, version.organisation_id)
    units = confirmed_units(session, version.item_id)
    register = DatabaseRegister(session, loaded, version.item_id, version.organisation_id)
    known = known_in_line(session, version.item_id, frozenset(loaded.model.by_name))
    uses = uses_of_line(session, version.item_id)
    return FlowFile(
        made_at=now.replace(microsecond=0),
        address=address,
        program=PROGRAM,
        checks=CODES,
        slug=version.item.slug,
        title=line.title,
        organisation=sender.name if sender is not None else Text("", ""),
        line_version=version.content_hash,
        valid_to=last_day(version, uses),
        loaded=loaded,
        parts=line.parts,
        periodicity=line.periodicity,
        region=sender.code if sender is not None and sender.kind == "region" else None,
        threshold=highest_threshold(that_may_be_named(uses, today)),
        units=tuple(units) if units is not None else None,
        layouts=tuple(one.layout for one in known),
        statements=_statements(session, loaded, version.organisation_id),
        history=_history(session, register, loaded, line.parts, version.item_id, today),
        uses=rules_of(that_may_be_named(uses, today)),
    )


def _statements(session: Session, loaded: LoadedModel, organisation_id: str) -> dict[str, Spans]:
    return {
        slug: [
            (one.application.valid_from, one.application.valid_to)
            for one in statements.published_statements(session, slug, organisation_id)
        ]
        for slug in concepts_counted(loaded)
    }


def _history(
    session: Session,
    register: DatabaseRegister,
    loaded: LoadedModel,
    parts: Parts | None,
    line_item_id: str,
    today: date,
) -> History:
    rows = _released(session, line_item_id)
    first = max((one.period_first for one in rows if one.period_first is not None), default=today)
    last = max(today, first) + timedelta(days=DAYS_AHEAD)
    there = [_described(one) for one in rows]
    of_parts: Sequence[str | None] = (None, WHOLE, *(parts.codes if parts is not None else ()))
    chosen = needed(there, first, last, of_parts)
    counted = {one.earlier.id for one in needed(there, first, last, of_parts, most=PERIODS_BEFORE)}
    kept = sorted(chosen, key=lambda one: (one.earlier.last, one.earlier.id), reverse=True)[:MOST_DELIVERIES]
    register.know(rows)
    filling = _Filling(register, loaded, parts, counted)
    return History(
        first,
        last,
        is_cut=len(kept) < len(chosen) or len(rows) == MOST_LOOKED_AT,
        deliveries=tuple(
            filling.filled(one) for one in sorted(kept, key=lambda one: (one.earlier.first, one.earlier.id))
        ),
        standing=_standing(session, line_item_id, first - timedelta(days=DAYS_STANDING)),
    )


def _released(session: Session, line_item_id: str) -> list[Delivery]:
    """The latest released deliveries of the line that correct nothing partial."""
    query = select(Delivery).where(
        Delivery.flow_item_id == line_item_id,
        Delivery.state == DeliveryState.RELEASED,
        _corrects_nothing_partial(),
        Delivery.period_first.is_not(None),
        Delivery.period_last.is_not(None),
    )
    return list(session.scalars(query.order_by(Delivery.period_last.desc(), Delivery.id).limit(MOST_LOOKED_AT)))


def _standing(session: Session, line_item_id: str, since: date) -> tuple[KeptStanding, ...]:
    query = select(Delivery).where(
        Delivery.flow_item_id == line_item_id,
        Delivery.state.in_(STANDING),
        _corrects_nothing_partial(),
        Delivery.period_last >= since,
    )
    rows = [
        one
        for one in session.scalars(query.order_by(Delivery.sent_at.desc()).limit(MOST_DELIVERIES))
        if one.period_first is not None and one.period_last is not None
    ]
    return tuple(
        KeptStanding(standing, one.period_first or since, one.period_last or since)
        for one, standing in zip(rows, described(session, rows), strict=True)
    )


def _corrects_nothing_partial() -> ColumnElement[bool]:
    return or_(Delivery.correction_kind.is_(None), Delivery.correction_kind == CorrectionKind.REPLACEMENT)


def _described(one: Delivery) -> KeptDelivery:
    sent = one.sent_at.isoformat() if one.sent_at is not None else ""
    days = one.period_first or date.min, one.period_last or date.min
    return KeptDelivery(Earlier(one.id, one.period, *days), one.part, sent)


@dataclass(frozen=True, slots=True)
class _Filling:
    """Fills what is told of deliveries with their rows; with units and gaps where those of their period are ``counted``."""

    register: LineRegister
    loaded: LoadedModel
    parts: Parts | None
    counted: Collection[str]

    def filled(self, one: KeptDelivery) -> KeptDelivery:
        rows = self.register.rows_as_corrected(one.earlier, self._wanted)
        if one.earlier.id not in self.counted:
            return replace(one, told_rows=_told(rows))
        units = self.register.unit_rows(one.earlier, (*unit_elements(self.loaded), REGION))
        gaps, answers = self.register.gaps_of(one.earlier)
        distinct = units.unique(maintain_order=True) if units is not None else None
        return replace(one, told_rows=_told(rows), told_units=_told(distinct), gaps=tuple(gaps), gap_answers=answers)

    @property
    def _wanted(self) -> set[str]:
        model = self.loaded.model
        return {
            *columns_compared(self.loaded, self.parts),
            f"{model.period_element}__last",
            *(f"{value.name}__status" for value in model.values),
            REGION,
        }


def _told(frame: pl.DataFrame | None) -> dict[str, object] | None:
    return as_json(frame) if frame is not None else None
