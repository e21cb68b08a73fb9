"""What each column of figures adds up to, so that senders recognise their own. Pure."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from submission_portal.deliveries.reading.expected import Expected, Written
from submission_portal.deliveries.reading.grid_rows import counted_cells
from submission_portal.deliveries.reading.headings import Mapping as Headings
from submission_portal.deliveries.reading.rows import Sorted
from submission_portal.deliveries.reading.sheets import ColumnTotal, Row, letter
from submission_portal.deliveries.reading.sums import decimal
from submission_portal.deliveries.reading.table import times

MEAN_DECIMALS = 2
"""A mean is told with so many decimals more than the figures have."""


def column_totals(expected: Expected, mapping: Headings, rows: Sequence[Row], found: Sorted) -> tuple[ColumnTotal, ...]:
    """The totals of the columns of figures that have any, over the data rows."""
    return tuple(_totals(expected, mapping, rows, found))


def _totals(expected: Expected, mapping: Headings, rows: Sequence[Row], found: Sorted) -> Iterator[ColumnTotal]:
    for column in expected.columns:
        position = mapping.positions.get(column.name)
        if position is None or not column.is_value or column.written is Written.AS_IS:
            continue
        cells = counted_cells(rows, position, found.data)
        told = [
            (Decimal(times(str(value), column.factor)), count)
            for cell, count in cells.items()
            if (value := decimal([cell], 0)) is not None
        ]
        figures = sum(count for _value, count in told)
        if not figures:
            continue
        total = sum((value * count for value, count in told), Decimal(0))
        decimals = max(max(0, -int(value.as_tuple().exponent)) for value, _count in told)
        mean = (total / figures).quantize(Decimal(1).scaleb(-decimals - MEAN_DECIMALS))
        yield ColumnTotal(
            letter(position),
            column.name,
            figures,
            format(total, "f") if column.is_additive else None,
            format(mean, "f"),
        )
