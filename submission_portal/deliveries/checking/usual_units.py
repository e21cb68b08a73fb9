"""The units that a flow's latest deliveries lead one to expect."""

from datetime import date

import polars as pl
from sqlalchemy.orm import Session

from information_models.definitions import LoadedModel
from information_models.frames import REGION
from registry.errors import NotFound, Refused
from submission_portal.deliveries import queries
from submission_portal.deliveries.assessment.history import unit_elements
from submission_portal.deliveries.assessment.usual import Delivered, Usual, units_of, usual_of
from submission_portal.deliveries.lifecycle import CorrectionKind
from submission_portal.deliveries.tables import Delivery


def usual_units(session: Session, delivery: Delivery, loaded: LoadedModel, first: date | None) -> Usual | None:
    """What is expected of a delivery after the three accepted before it; ``None`` where there is none to know it from.

    One whose rows were lost, or that told units apart by something else, says nothing.
    """
    if delivery.correction_kind == CorrectionKind.CORRECTION or first is None:
        return None
    before = queries.latest_three_before(session, delivery.flow_item_id, first)
    delivered = [_delivered(session, one, loaded) for one in reversed(before)]
    return usual_of([one for one in delivered if one is not None])


def _delivered(session: Session, delivery: Delivery, loaded: LoadedModel) -> Delivered | None:
    named = (*unit_elements(loaded), REGION)
    line = (delivery, *queries.corrections_of(session, delivery))
    try:
        rows = pl.concat([queries.rows_of(session, one, named) for one in line], how="diagonal_relaxed")
    except (NotFound, Refused):  # `storage verify` says so: no reason to refuse what comes after
        return None
    units = units_of(loaded, rows)
    return (
        Delivered(units, delivery.assessment.gaps, delivery.gap_answers, delivery.period) if units is not None else None
    )
