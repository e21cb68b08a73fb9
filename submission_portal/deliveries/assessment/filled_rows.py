"""The rows that answers about gaps make: of what was closed or not reported. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date

import polars as pl

from information_models.definitions import LoadedModel
from information_models.frames import REGION
from information_models.typed_rows import TypedRows
from submission_portal.deliveries.assessment.gap import CLOSED, NOT_REPORTED, Gap
from submission_portal.deliveries.assessment.history import unit_elements
from submission_portal.deliveries.assessment.seen_units import Unit
from submission_portal.deliveries.assessment.usual import Usual, kind_of_span, stated, units_of
from submission_portal.deliveries.reading.table import ROW
from submission_portal.deliveries.spans import span_name

FILLED = 0
"""The number of a row that no file has."""


def filled(
    loaded: LoadedModel,
    rows: TypedRows,
    gaps: Iterable[Gap],
    answers: Mapping[str, str],
    usual: Usual | None = None,
) -> TypedRows:
    """The rows, and for each period of a gap that was closed or not reported one that says so. It has the row number `FILLED`."""
    period, units = loaded.model.period_element, unit_elements(loaded)
    answered = [(gap, word) for gap in gaps if (word := gap.answered(answers)) in (CLOSED, NOT_REPORTED)]
    cells = [(gap.unit, one, word) for gap, word in answered for one in gap.all_periods]
    if not cells:
        return rows
    words = [word for _unit, _period, word in cells]
    added = pl.DataFrame(
        {
            **{name: [unit[at] or None for unit, _period, _word in cells] for at, name in enumerate(units)},
            period: [str(one) for _unit, one, _word in cells],
            f"{period}__first": [one.first for _unit, one, _word in cells],
            f"{period}__last": [one.last for _unit, one, _word in cells],
            ROW: [FILLED] * len(cells),
            **{f"{value.name}__status": words for value in loaded.model.values},
        },
        schema_overrides=dict.fromkeys(units, pl.String),
    )
    if units and REGION in rows.cells:
        here = pl.DataFrame({name: rows.cells[name].values() for name in (*units, REGION)})
        known = [each.select(*stated(units), REGION) for each in (here, *([usual.units] if usual else []))]
        regions = pl.concat(known).drop_nulls(REGION).unique(units, keep="first", maintain_order=True)
        of_units = added.select(stated(units)).join(regions, on=units, how="left", maintain_order="left")
        added = added.with_columns(of_units[REGION])
    return rows.extended(added)


def units_filled(loaded: LoadedModel, delivered: pl.DataFrame, first: date, last: date) -> Usual | None:
    """The units that have such rows in what was delivered for the days from ``first`` to ``last``, with what was answered."""
    made = delivered.filter(pl.col(ROW) == FILLED)
    units, names = units_of(loaded, made), unit_elements(loaded)
    status = next((f"{value.name}__status" for value in loaded.model.values), "")
    if units is None or status not in made.columns:
        return None
    words: dict[Unit, set[str]] = {}
    for *unit, word in made.select(*stated(names), pl.col(status).cast(pl.String).alias(status)).rows():
        words.setdefault(tuple(unit), set()).add(word)
    offered = {unit: said.pop() for unit, said in words.items() if len(said) == 1}
    return Usual(units, offered, kind_of_span(span_name(first, last)))


def without_asked(loaded: LoadedModel, gone: pl.DataFrame, gaps: Iterable[Gap]) -> pl.DataFrame:
    """The rows of a delivery that are gone, but for such rows of which the same is asked anew."""
    names = [*unit_elements(loaded), loaded.model.period_element]
    asked = [(*gap.unit, str(one)) for gap in gaps for one in gap.all_periods]
    if not asked:
        return gone
    columns = [f"__asked_{at}" for at in range(len(names))]
    known = pl.DataFrame(asked, schema=dict.fromkeys(columns, pl.String), orient="row").with_columns(
        pl.lit(FILLED, gone.schema[ROW]).alias(ROW)
    )
    texts = [each.alias(column) for each, column in zip(stated(names), columns, strict=True)]
    left = gone.with_columns(texts).join(known, on=[ROW, *columns], how="anti", maintain_order="left")
    return left.drop(columns)
