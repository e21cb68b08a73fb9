"""Reading the registers of units. Whose they are is the line's organisation, which the caller has asked for."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from registry.errors import NotFound
from registry.paging import Page, page_of
from submission_portal.units.tables import LineUnit, UnitRegister
from submission_portal.units.unit import RegisteredUnit


def register_of(session: Session, flow_item_id: str) -> UnitRegister | None:
    """The register of a line; ``None`` where nobody has begun one."""
    return session.get(UnitRegister, flow_item_id)


def units_of_line(session: Session, flow_item_id: str) -> list[RegisteredUnit]:
    """Every unit of a line, by what they are called (`services.MOST_UNITS` at most)."""
    return [one.unit for one in session.scalars(_in_order(flow_item_id))]


def confirmed_units(session: Session, flow_item_id: str) -> list[RegisteredUnit] | None:
    """The units that the region has confirmed for a line; ``None`` as long as it has not."""
    register = register_of(session, flow_item_id)
    return units_of_line(session, flow_item_id) if register is not None and register.confirmed_at else None


def keys_of_line(session: Session, flow_item_id: str) -> frozenset[str]:
    """The keys of all units of a line."""
    return frozenset(session.scalars(select(LineUnit.key).where(LineUnit.flow_item_id == flow_item_id)))


def page_of_units(session: Session, flow_item_id: str, number: int, size: int) -> Page[LineUnit]:
    """So many units of a line, by what they are called."""
    return page_of(session, _in_order(flow_item_id), number, size)


def line_unit(session: Session, flow_item_id: str, unit_id: str) -> LineUnit:
    """One unit of a line. Raises `NotFound`."""
    found = session.scalar(select(LineUnit).where(LineUnit.id == unit_id, LineUnit.flow_item_id == flow_item_id))
    if found is None:
        raise NotFound("unit")
    return found


def units_by_key(session: Session, flow_item_id: str, keys: Sequence[str]) -> dict[str, LineUnit]:
    """The units of a line that have one of these keys."""
    rows = session.scalars(select(LineUnit).where(LineUnit.flow_item_id == flow_item_id, LineUnit.key.in_(keys)))
    return {one.key: one for one in rows}


def _in_order(flow_item_id: str) -> Select[LineUnit]:
    return select(LineUnit).where(LineUnit.flow_item_id == flow_item_id).order_by(LineUnit.sort_key, LineUnit.id)
