"""A figure: one cell of a published table, with its key, its status and what stands behind it.

Figures are rows of a Polars frame (`SCHEMA`), kept as Parquet per table version. The key is the figure's identity
across versions: region, period and other dimensions, in an order that never changes. Why nothing is shown is said by
the status; a value that is not shown is not in the row either.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import polars as pl

from registry.findings import Text
from registry.period import SHIFTS, Period
from submission_portal.followup.breaks import COUNTRY

VALUE = pl.Decimal(38, 6)

SCHEMA = pl.Schema(
    {
        "key": pl.String(),
        "region": pl.String(),
        "place": pl.List(pl.String()),
        "period": pl.String(),
        "value": VALUE,
        "status": pl.String(),
        "delivered": pl.Int64(),
        "expected": pl.Int64(),
        "missing": pl.List(pl.String()),
        "releases": pl.List(pl.String()),
    }
)
"""``place``: the codes below the region in the order of the measure's dimensions, empty for the region itself.
``delivered``/``expected``: units behind a sum, ``expected`` null where no code list says; ``missing``: their codes."""


Days = Mapping[str, tuple[date, date]]
"""For each region the first and the last day that figures are of."""


def days_of(figures: pl.DataFrame) -> Days:
    """The days that figures (`SCHEMA`) are of, by region.

    >>> row = {"region": "25", "period": "2018-02"}
    >>> days_of(pl.DataFrame([row, {**row, "period": "2018-04"}]))
    {'25': (datetime.date(2018, 2, 1), datetime.date(2018, 4, 30))}
    """
    found: dict[str, tuple[date, date]] = {}
    for region, written in figures.select("region", "period").unique(maintain_order=True).iter_rows():
        period = Period.parse(written)
        first, last = found.get(region, (period.first, period.last))
        found[region] = min(first, period.first), max(last, period.last)
    return found


class Status(StrEnum):
    """What a reader is told of a figure."""

    OBSERVED = "observed"
    """There is a value; zero is a value."""
    CLOSED = "closed"
    """The unit was closed; nothing could be counted."""
    NOT_REPORTED = "not_reported"
    """The unit belongs here and has not reported."""
    UNDEFINED = "undefined"
    """A ratio whose denominator is zero: there is nothing to divide by."""
    INCOMPLETE = "incomplete"
    """A sum that is not shown, since some of its parts are missing."""
    HIDDEN = "hidden"
    """Hidden for the sake of small numbers; why this very cell is never told."""
    NEEDS_DECISION = "needs_decision"
    """Part of a compilation that is closed to this reader until somebody decides about it. Stored nowhere: it is a reader's."""

    @property
    def label(self) -> Text:
        return STATUS_LABELS[self]


STATUS_LABELS = {
    Status.OBSERVED: Text("redovisad", "observed"),
    Status.CLOSED: Text("stängd", "closed"),
    Status.NOT_REPORTED: Text("ej rapporterad", "not reported"),
    Status.UNDEFINED: Text("inget att dela med", "nothing to divide by"),
    Status.INCOMPLETE: Text("ofullständig", "incomplete"),
    Status.HIDDEN: Text("dold", "hidden"),
    Status.NEEDS_DECISION: Text("kräver beslut", "needs a decision"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as pages, downloads and the command line use it."""

    key: str
    region: str
    place: tuple[str, ...]
    period: Period
    value: Decimal | None
    status: Status
    delivered: int
    expected: int | None
    missing: tuple[str, ...]
    releases: tuple[str, ...]

    @property
    def is_country(self) -> bool:
        return self.region == COUNTRY

    @classmethod
    def from_row(cls, row: Mapping[str, Any], period: Period | None = None) -> "Figure":
        """The figure in a row of `SCHEMA`; ``period`` where it has been parsed already."""
        return cls(
            row["key"],
            row["region"],
            tuple(row["place"]),
            period or Period.parse(row["period"]),
            row["value"],
            Status(row["status"]),
            row["delivered"],
            row["expected"],
            tuple(row["missing"]),
            tuple(row["releases"]),
        )


def figure_key(region: str, period: str, dimensions: Sequence[str], place: Sequence[str]) -> str:
    """The stable key of a figure, readable in an address.

    >>> figure_key("25", "2018-03-01", ("sjukhus",), ("65010",))
    '25/2018-03-01/sjukhus/65010'
    """
    parts = [region, period.replace("/", ".")]
    for name, code in zip(dimensions, place, strict=False):
        parts += [name, code.replace("%", "%25").replace("/", "%2F")]
    return "/".join(parts)


def region_of_key(key: str) -> str:
    """The code of the region that a figure is of.

    >>> region_of_key("25/2018-03-01/sjukhus/65010")
    '25'
    """
    return key.partition("/")[0]


def read_figures(rows: pl.DataFrame) -> list[Figure]:
    """Rows of `SCHEMA` as values, by region, place and period."""
    periods = {text: Period.parse(text) for text in rows["period"].unique().to_list()}
    figures = [Figure.from_row(row, periods[row["period"]]) for row in rows.iter_rows(named=True)]
    return sorted(figures, key=_order)


def _order(figure: Figure) -> tuple[Any, ...]:
    period = figure.period
    return figure.region, figure.place, period.first, period.last, SHIFTS.index(period.shift) if period.shift else -1
