"""What the database knows of a line's other deliveries, as a delivery is checked with it (`assessment.before.LineRegister`)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl
from sqlalchemy.orm import Session

from information_models.definitions import LoadedModel
from registry.errors import NotFound, Refused
from registry.findings import Finding, Text
from submission_portal.deliveries import queries
from submission_portal.deliveries.assessment.before import MOST_BEFORE, Earlier
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
    _before: dict[tuple[date, str | None, int], list[list[Delivery]]] = field(default_factory=dict)
    _standing: dict[tuple[date, date, str | None], list[Delivery]] = field(default_factory=dict)

    def know(self, deliveries: Iterable[Delivery]) -> None:
        """Deliveries that were fetched already."""
        self._known.update({one.id: one for one in deliveries})

    def conflict(self, first: date | None, last: date | None, part: str | None) -> Finding | None:
        """The question what the delivery is to what stands for the same days, where that has not been chosen."""
        if self.but is None or self.but.corrects_delivery_id or first is None or last is None:
            return None
        return conflict_of(self.session, self.standing_in(first, last, part), part)

    def standing_in(self, first: date, last: date, part: str | None) -> list[Delivery]:
        """As `queries.standing_in_period`, asked once."""
        days = (first, last, part)
        if days not in self._standing:
            but = self.but.id if self.but is not None else None
            self._standing[days] = queries.standing_in_period(self.session, self.flow_item_id, *days, but=but)
        return self._standing[days]

    def deliveries_before(self, first: date, part: str | None, *, most: int) -> list[list[Delivery]]:
        """As `queries.periods_before`, asked once for the most that values are compared with."""
        asked = (first, part, max(most, MOST_BEFORE))
        if asked not in self._before:
            self._before[asked] = queries.periods_before(self.session, self.flow_item_id, first, part, most=asked[2])
        return self._before[asked][:most]

    def periods_before(self, first: date, part: str | None, *, most: int) -> list[list[Earlier]]:
        return [self._earlier(period) for period in self.deliveries_before(first, part, most=most)]

    def released_before(self, first: date, part: str | None, of_days: Sequence[tuple[date, date]]) -> list[Earlier]:
        nearest = self.deliveries_before(first, part, most=MOST_BEFORE)
        if not nearest:  # nothing was released before
            return []
        on_days = queries.released_on(self.session, self.flow_item_id, first, part, days=of_days)
        found = {one.id: one for one in (*(one for period in nearest for one in period), *on_days)}
        return self._earlier(sorted(found.values(), key=lambda one: (one.period_first or first, one.id)))

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
        stated = statements.statements_on(self.session, concepts_counted(self.loaded), self.organisation_id)
        return terms_of(
            self.loaded, (slug for slug, each in stated.items() if statements.applied_on(each, last) is None)
        )

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
    return conflict_of(session, standing, part)


def conflict_of(session: Session, standing: Sequence[Delivery], part: str | None) -> Finding | None:
    """That question, of what stands."""
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
