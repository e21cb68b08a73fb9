"""Every cell that something was found in, as rows of a table that is kept with the delivery. Pure.

The page about a delivery shows the first cells of each finding; here are all of them, to be paged through, filtered and
downloaded. A cell is known over attempts by what it is about (finding, element, unit, period), since row numbers change from
file to file; so it can be said what was mended since the attempt before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import islice

import polars as pl

from information_models.definitions import LoadedModel
from registry.findings import Finding, Place, Severity
from submission_portal.deliveries.assessment.identity import RowKeys, named_in

MOST_CELLS = 1_000_000
"""So many cells are kept of one delivery; the count of each finding is always whole."""
AT_ONCE = 50_000
NUMBER = "__number"


class Change(StrEnum):
    """What became of a cell since the attempt before."""

    NEW = "new"
    REMAINING = "remaining"
    MENDED = "mended"


SCHEMA: Mapping[str, type[pl.DataType]] = {
    "key": pl.String,
    "code": pl.String,
    "severity": pl.String,
    "sheet": pl.String,
    "row": pl.Int64,
    "column": pl.String,
    "element": pl.String,
    "value": pl.String,
    "label_sv": pl.String,
    "label_en": pl.String,
    "unit": pl.String,
    "period": pl.String,
    "change": pl.String,
}
"""``key`` is that of the finding; ``unit`` and ``period`` are codes, empty where they are not known; ``change`` is one of
`Change`, empty where there was no attempt before."""

_SAME = ("key", "element", "unit", "period", "otherwise")
"""What a cell is known by: where neither unit nor period is, by what it says and where."""


def found_cells(
    loaded: LoadedModel,
    keyed: Iterable[tuple[str, Finding]],
    keys: RowKeys | None,
    most: int = MOST_CELLS,
    *,
    numbered: Mapping[str, Sequence[Place]] | None = None,
) -> pl.DataFrame:
    """A row (`SCHEMA`) for each place of each finding, in their order; at most ``most``. A finding without a place has one row.

    ``numbered``: the places of findings, by key, with the row numbers of ``keys``, where the sender's sheet has others.
    """
    parts, left = [], most
    for key, finding in keyed:
        of_rows = (numbered or {}).get(key, finding.places)
        if len(of_rows) != len(finding.places):
            of_rows = finding.places
        for part, places in zip(_in_parts(finding.places, left), _in_parts(of_rows, left), strict=True):
            parts.append(_rows(loaded, key, finding, part).with_columns(_numbers(places)))
            left -= len(part)
    if not parts:
        return pl.DataFrame(schema=SCHEMA)
    found = pl.concat(parts)
    if keys is None:
        return found.select(*SCHEMA)
    known = keys.select(pl.col("__row").alias(NUMBER), pl.col("unit").alias("of_row"), pl.col("period").alias("when"))
    known = known.unique(NUMBER, keep="first")
    return found.join(known.cast({NUMBER: pl.Int64}), on=NUMBER, how="left", maintain_order="left").select(
        *(pl.col(name) for name in SCHEMA if name not in ("unit", "period", "change")),
        pl.coalesce("of_row", "unit").alias("unit"),
        pl.coalesce("when", "period").alias("period"),
        "change",
    )


def _numbers(places: Sequence[Place]) -> pl.Series:
    return pl.Series(NUMBER, [place.row for place in places], dtype=pl.Int64)


def compared(before: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """The cells of this attempt, each new or remaining, and after them those of the attempt before that are mended."""
    before, now = _known(before.filter(pl.col("change") != Change.MENDED)), _known(now)
    remains = now.join(before.select(_SAME).unique(), on=_SAME, how="semi").select(_SAME).unique()
    marked = now.join(
        remains.with_columns(pl.lit(Change.REMAINING.value).alias("is")), on=_SAME, how="left", maintain_order="left"
    )
    mended = before.join(now.select(_SAME).unique(), on=_SAME, how="anti", maintain_order="left")
    return pl.concat(
        [
            marked.with_columns(pl.col("is").fill_null(Change.NEW.value).alias("change")).select(*SCHEMA),
            mended.with_columns(pl.lit(Change.MENDED.value).alias("change")).select(*SCHEMA),
        ]
    )


def counts_of(cells: pl.DataFrame) -> dict[str, int]:
    """How many cells that ask for something are new, remain and are mended; empty where there was no attempt before. What is only
    said is not counted: it is no fault, and some of it is looked for when the faults are gone."""
    if not cells.height or (cells["change"] == "").any():
        return {}
    asking = cells.filter(pl.col("severity") != Severity.INFO.value)
    counted = dict(asking.group_by("change").len().rows())
    return {change.value: counted.get(change, 0) for change in Change}


def _in_parts(places: Sequence[Place], most: int) -> Iterator[list[Place]]:
    """The places, so many at a time, that those of a million rows are never there together."""
    if not places:
        if most > 0:
            yield [Place()]
        return
    following = iter(places)
    while most > 0 and (part := list(islice(following, min(AT_ONCE, most)))):
        yield part
        most -= len(part)


def _rows(loaded: LoadedModel, key: str, finding: Finding, places: Sequence[Place]) -> pl.DataFrame:
    named = [named_in(loaded, dict(place.key)) if place.key else ("", "") for place in places]
    return pl.DataFrame(
        {
            "key": [key] * len(places),
            "code": [finding.code] * len(places),
            "severity": [finding.severity.value] * len(places),
            "sheet": [place.sheet or "" for place in places],
            "row": [place.row for place in places],
            "column": [place.column or "" for place in places],
            "element": [place.field or "" for place in places],
            "value": [place.value or "" for place in places],
            "label_sv": [place.label.sv if place.label else "" for place in places],
            "label_en": [place.label.en if place.label else "" for place in places],
            "unit": [unit for unit, _period in named],
            "period": [period for _unit, period in named],
            "change": [""] * len(places),
        },
        schema=SCHEMA,
    )


def _known(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells with what they are known by where neither unit nor period is."""
    where = pl.concat_str(pl.col("row").cast(pl.String).fill_null(""), "column", "value", "label_sv", separator="|")
    is_known = (pl.col("unit") != "") | (pl.col("period") != "")
    return cells.with_columns(pl.when(is_known).then(pl.lit("")).otherwise(where).alias("otherwise"))
