"""The small numbers that a delivery would hand over, as rows of a page: by element and place, under the rule of each use."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from information_models.definitions import LoadedModel
from registry.i18n import read
from submission_portal.deliveries import queries
from submission_portal.deliveries.assessment.handed_over import HandedOver, UseRule, columns_needed, handed_over
from submission_portal.deliveries.tables import Delivery

MOST_PLACES = 50
"""Places of one element on the page; it says how many there are."""


@dataclass(frozen=True, slots=True)
class RuleColumn:
    """One rule with the uses that have it."""

    words: str
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """An element as a whole (``is_whole``) or one place of it: small values by rule, of ``values``."""

    name: str
    found: tuple[int, ...]
    values: int
    is_whole: bool


@dataclass(frozen=True, slots=True)
class SmallNumbersPage:
    """What is handed over: ``found`` at most under any rule; ``more``: places that are not shown."""

    columns: tuple[RuleColumn, ...]
    rows: tuple[PlaceRow, ...]
    found: int
    more: int
    counts_persons: bool


def small_numbers_of(
    session: Session, delivery: Delivery, loaded: LoadedModel, rules: Sequence[UseRule]
) -> SmallNumbersPage | None:
    """What a delivery whose rows are whole would hand over; ``None`` of one without rows."""
    if not queries.has_rows(delivery):
        return None
    by_rule: dict[tuple[int, bool], list[UseRule]] = {}
    for rule in rules:
        by_rule.setdefault((rule.threshold, rule.zeros_are_small), []).append(rule)
    each = [same[0] for same in by_rule.values()]
    counted = handed_over(loaded, queries.rows_of(session, delivery, columns_needed(loaded)), each)
    columns = tuple(
        RuleColumn(read(same[0].words), tuple(dict.fromkeys(read(one.title) for one in same)))
        for same in by_rule.values()
    )
    return SmallNumbersPage(
        columns,
        tuple(_rows(counted)),
        max(counted.found, default=0),
        sum(max(0, len(one.places) - MOST_PLACES) for one in counted.elements),
        bool(counted.elements),
    )


def _rows(counted: HandedOver) -> list[PlaceRow]:
    rows = []
    for element in counted.elements:
        rows.append(PlaceRow(read(element.label), element.found, element.values, is_whole=True))
        rows += [
            PlaceRow(read(one.place) or "–", one.found, one.values, is_whole=False)
            for one in element.places[:MOST_PLACES]
        ]
    return rows
