"""What tells one finding from another over attempts: its rule, and the element, unit and period that it is about. Pure.

Row numbers change from file to file; what a finding is about does not. An explanation counts for what it was given for: where
the next file has the same warning about something else too, it is asked for again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from information_models.definitions import LoadedModel
from registry.content.canonical import content_hash
from registry.findings import Finding
from submission_portal.deliveries.assessment.history import unit_elements
from submission_portal.deliveries.finding_texts import FINDINGS

MOST_KEPT = 200
"""So many are kept of one finding; of more a single hash of all, which is the same only where all are the same."""

RowKeys = Mapping[int, tuple[str, str]]
"""By row number the unit and the period, as codes."""


@dataclass(frozen=True, slots=True, order=True)
class Identity:
    """One thing that a finding is about; what its scope does not name is empty.

    >>> str(Identity("RULE-002.belagda-ryms", "", "65016/Medicin", "2026-10-01"))
    'RULE-002.belagda-ryms||65016/Medicin|2026-10-01'
    """

    rule: str
    element: str = ""
    unit: str = ""
    period: str = ""

    def __str__(self) -> str:
        return "|".join((self.rule, self.element, self.unit, self.period))


def identities(finding: Finding, loaded: LoadedModel, keys: RowKeys) -> frozenset[Identity]:
    """Everything that a finding is about."""
    scope = FINDINGS.stored(finding).scope
    rule = f"{finding.code}.{finding.params['rule']}" if "rule" in finding.params else finding.code
    found = set()
    for place in finding.places:
        unit, period = keys.get(place.row, ("", "")) if place.row is not None else _of_key(loaded, dict(place.key))
        found.add(
            Identity(
                rule,
                (place.field or "") if scope.names_element else "",
                unit if scope.names_unit else "",
                period if scope.names_period else "",
            )
        )
    return frozenset(found or {Identity(rule)})


def row_keys(loaded: LoadedModel, frame: pl.DataFrame) -> RowKeys:
    """The unit and the period of each row of the file."""
    names = [name for name in (*unit_elements(loaded), loaded.model.period_element) if name in frame.columns]
    rows = frame.select("__row", *(pl.col(name).cast(pl.String).fill_null("") for name in names)).iter_rows()
    return {number: _of_key(loaded, dict(zip(names, values, strict=True))) for number, *values in rows}


def stored(found: Iterable[Identity]) -> list[str]:
    """As kept with a delivery."""
    texts = sorted(map(str, found))
    return texts if len(texts) <= MOST_KEPT else [content_hash("\n".join(texts))]


def _of_key(loaded: LoadedModel, key: Mapping[str, str]) -> tuple[str, str]:
    units = "/".join(key.get(name, "") for name in unit_elements(loaded))
    return units if units.strip("/") else "", key.get(loaded.model.period_element, "")
