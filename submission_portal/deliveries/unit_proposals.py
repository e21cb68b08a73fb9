"""What the latest deliveries of a line say of its register of units: units that it lacks, and units that have ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from information_models.frames import REGION
from registry.findings import Text
from registry.swedish import sort_key
from submission_portal.deliveries.assessment.before import PERIODS_BEFORE, delivered_in
from submission_portal.deliveries.assessment.history import unit_elements
from submission_portal.deliveries.assessment.usual import Delivered, usual_of
from submission_portal.deliveries.checking.line_register import DatabaseRegister
from submission_portal.units.lines import Line
from submission_portal.units.queries import keys_of_line
from submission_portal.units.services import label_of
from submission_portal.units.unit import RegisteredUnit, key_text


@dataclass(frozen=True, slots=True)
class ProposedUnit:
    """A unit that was delivered and is not in the register."""

    unit: RegisteredUnit
    label: Text
    periods: tuple[str, ...]
    """The names of the periods that it was delivered in, the latest first."""

    @property
    def key(self) -> str:
        return key_text(self.unit.values)


@dataclass(frozen=True, slots=True)
class Proposals:
    """What the latest deliveries say: units to add, and the keys of those that they say have ended."""

    missing: tuple[ProposedUnit, ...] = ()
    ended: frozenset[str] = frozenset()


def proposals_for(session: Session, kept: Line) -> Proposals:
    """From the three latest periods that were accepted; a few statements, and the unit columns of their rows."""
    register = DatabaseRegister(session, kept.loaded, kept.item.id, kept.item.organisation_id)
    periods = register.periods_before(date.max, None, most=PERIODS_BEFORE)
    delivered = [one for each in reversed(periods) if (one := delivered_in(register, kept.loaded, each)) is not None]
    usual = usual_of(delivered)
    if usual is None:
        return Proposals()
    elements = unit_elements(kept.loaded)
    there = keys_of_line(session, kept.item.id)
    values = [dict(zip(elements, unit, strict=True)) for unit in usual.units.drop(REGION).rows()]
    missing = [
        ProposedUnit(
            unit := RegisteredUnit(each), label_of(kept.loaded, unit), _periods(delivered, tuple(each.values()))
        )
        for each in values
        if elements and key_text(each) not in there
    ]
    ended = [key_text(dict(zip(elements, unit, strict=True))) for unit in usual.ended]
    return Proposals(tuple(sorted(missing, key=lambda one: sort_key(one.label.sv))), frozenset(ended))


def _periods(delivered: Sequence[Delivered], unit: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one.period for one in reversed(delivered) if unit in one.units.drop(REGION).rows())
