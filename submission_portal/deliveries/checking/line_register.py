"""What the database knows of a line's other deliveries, as a delivery is checked with it (`assessment.before.LineRegister`)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

import polars as pl
from sqlalchemy.orm import Session

from information_models.definitions import LoadedModel
from registry.errors import NotFound, Refused
from registry.findings import Finding, Text
from submission_portal.deliveries import queries
from submission_portal.deliveries.assessment.before import Earlier
from submission_portal.deliveries.assessment.gap import Gap
from submission_portal.deliveries.assessment.known import concepts_counted, terms_of
from submission_portal.deliveries.assessment.standing import Standing, conflict_with
from submission_portal.deliveries.part_names import part_names
from submission_portal.deliveries.tables import Delivery
from termbank.bank.queries import statements


@dataclass(frozen=True)
class DatabaseRegister:
    """The register of the line of ``flow_item_id``, for a delivery that is checked (``but``), which is none of the others."""

    session: Session
    loaded: LoadedModel
    flow_item_id: str
    organisation_id: str
    but: Delivery | None = None
    _known: dict[str, Delivery] = field(default_factory=dict)

    def know(self, deliveries: Iterable[Delivery]) -> None:
        """Deliveries that were fetched already."""
        self._known.update({one.id: one for one in deliveries})

    def conflict(self, first: date | None, last: date | None, part: str | None) -> Finding | None:
        """The question what the delivery is to what stands for the same days, where that has not been chosen."""
        return period_conflict(self.session, self.but, first, last, part) if self.but is not None else None

    def periods_before(self, first: date, part: str | None, *, most: int) -> list[list[Earlier]]:
        found = queries.periods_before(self.session, self.flow_item_id, first, part, most=most)
        return [self._earlier(period) for period in found]

    def released_before(self, first: date, part: str | None, of_days: Sequence[tuple[date, date]]) -> list[Earlier]:
        return self._earlier(queries.released_before(self.session, self.flow_item_id, first, part, of_days=of_days))

    def rows_as_corrected(self, one: Earlier, only: Collection[str] | None = None) -> pl.DataFrame | None:
        try:
            return queries.rows_as_corrected(self.session, self._known[one.id], self.loaded.model.key, only)
        except (
            NotFound,
            Refused,
            pl.exceptions.PolarsError,
        ):  # lost (`storage verify` says so), or told apart otherwise
            return None

    def unit_rows(self, one: Earlier, elements: Sequence[str]) -> pl.DataFrame | None:
        delivery = self._known[one.id]
        each = (delivery, *queries.corrections_of(self.session, delivery))
        try:
            frames = [queries.rows_of(self.session, part, elements) for part in each]
        except (NotFound, Refused):
            return None
        return pl.concat(frames, how="diagonal_relaxed")

    def gaps_of(self, one: Earlier) -> tuple[tuple[Gap, ...], dict[str, str]]:
        delivery = self._known[one.id]
        return delivery.assessment.gaps, dict(delivery.gap_answers)

    def undescribed(self, last: date | None) -> tuple[Text, ...]:
        if last is None:
            return ()
        stated = partial(statements.application_at, self.session, organisation_id=self.organisation_id, on=last)
        return terms_of(self.loaded, (slug for slug in concepts_counted(self.loaded) if stated(slug) is None))

    def _earlier(self, deliveries: Iterable[Delivery]) -> list[Earlier]:
        found = []
        for one in deliveries:
            if one.period_first is not None and one.period_last is not None:
                self._known[one.id] = one
                found.append(Earlier(one.id, one.period, one.period_first, one.period_last))
        return found


def period_conflict(
    session: Session, delivery: Delivery, first: date | None, last: date | None, part: str | None
) -> Finding | None:
    """The question what the delivery is to what stands for the same days; ``None`` where that has been chosen, or nothing stands."""
    if delivery.corrects_delivery_id or first is None or last is None:
        return None
    standing = queries.standing_in_period(session, delivery.flow_item_id, first, last, part, but=delivery.id)
    return conflict_with(described(session, standing), part) if standing else None


def described(session: Session, standing: Sequence[Delivery]) -> list[Standing]:
    """Deliveries that stand, as a file is told of them."""
    names = part_names(session, standing)
    return [
        Standing(
            one.number or "",
            one.period,
            one.part,
            names.get(one.id, Text("", "")),
            tuple(each.number or "" for each in queries.corrections_of(session, one)),
        )
        for one in standing
    ]
