"""What tells one finding from another over attempts: its rule, and the element, unit and period that it is about. Pure.

Row numbers change from file to file; what a finding is about does not. An explanation counts for what it was given for: where
the next file has the same warning about something else too, it is asked for again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from information_models.cells import RowPlaces
from information_models.definitions import LoadedModel
from information_models.typed_rows import TypedRows
from registry.content.canonical import content_hash
from registry.findings import Finding
from submission_portal.deliveries.assessment.history import unit_elements
from submission_portal.deliveries.finding_texts.all import FINDINGS

MOST_KEPT = 200
"""So many are kept of one finding; of more a single hash of all, which is the same only where all are the same."""

RowKeys = pl.DataFrame
"""By row number (``__row``) the ``unit`` and the ``period``, as codes."""


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


def about(finding: Finding, loaded: LoadedModel, keys: RowKeys | None) -> list[str]:
    """Everything that a finding is about, as kept with a delivery."""
    keys = _NO_ROWS if keys is None else keys
    if isinstance(finding.places, RowPlaces):
        return _stored(_in_rows(finding, finding.places, keys))
    return _stored(pl.Series(sorted(map(str, _identities(finding, loaded, keys)))))


def row_keys(loaded: LoadedModel, rows: TypedRows) -> RowKeys:
    """The unit and the period of each row of the file."""
    names = (*unit_elements(loaded), loaded.model.period_element)
    frame = pl.DataFrame(
        {"__row": rows.numbers, **{name: rows.cells[name].values() for name in names if name in rows.cells}}
    )

    def text(name: str) -> pl.Expr:
        return pl.col(name).cast(pl.String).fill_null("") if name in frame.columns else pl.lit("")

    units = pl.concat_str([text(name) for name in unit_elements(loaded)] or [pl.lit("")], separator="/")
    return frame.select(
        "__row",
        pl.when(units.str.strip_chars("/") == "").then(pl.lit("")).otherwise(units).alias("unit"),
        text(loaded.model.period_element).alias("period"),
    )


_NO_ROWS: RowKeys = pl.DataFrame(schema={"__row": pl.Int64, "unit": pl.String, "period": pl.String})


def _identities(finding: Finding, loaded: LoadedModel, keys: RowKeys) -> frozenset[Identity]:
    scope, rule = FINDINGS.stored(finding).scope, _rule(finding)
    rows = [place.row for place in finding.places if place.row is not None]
    known = {row: (unit, period) for row, unit, period in keys.filter(pl.col("__row").is_in(rows)).rows()}
    found = set()
    for place in finding.places:
        unit, period = known.get(place.row, ("", "")) if place.row is not None else named_in(loaded, dict(place.key))
        found.add(
            Identity(
                rule,
                (place.field or "") if scope.names_element else "",
                unit if scope.names_unit else "",
                period if scope.names_period else "",
            )
        )
    return frozenset(found or {Identity(rule)})


def _in_rows(finding: Finding, places: RowPlaces, keys: RowKeys) -> pl.Series:
    """The same for very many places, all in rows."""
    scope = FINDINGS.stored(finding).scope
    rows = pl.DataFrame({"__row": places.numbers}).join(keys, on="__row", how="left", maintain_order="left")
    names = [name for name, is_named in (("unit", scope.names_unit), ("period", scope.names_period)) if is_named]
    about = rows.select(pl.lit(True).alias("any"), *(pl.col(name).fill_null("") for name in names)).unique()
    element = (places.field or "") if scope.names_element else ""
    parts = [pl.col(name) if name in names else pl.lit("") for name in ("unit", "period")]
    return (
        about.select(pl.concat_str([pl.lit(_rule(finding)), pl.lit(element), *parts], separator="|")).to_series().sort()
    )


def _rule(finding: Finding) -> str:
    return f"{finding.code}.{finding.params['rule']}" if "rule" in finding.params else finding.code


def _stored(texts: pl.Series) -> list[str]:
    return texts.to_list() if texts.len() <= MOST_KEPT else [content_hash("\n".join(texts))]


def named_in(loaded: LoadedModel, key: Mapping[str, str]) -> tuple[str, str]:
    """The unit and the period that a place names by its key, as codes; empty where it does not."""
    units = "/".join(key.get(name, "") for name in unit_elements(loaded))
    return units if units.strip("/") else "", key.get(loaded.model.period_element, "")
