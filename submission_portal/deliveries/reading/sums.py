"""Sum rows beside the rows that they sum. Pure."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from registry.findings import Place
from submission_portal.deliveries.reading import written_forms
from submission_portal.deliveries.reading.date_order import LONGEST_WRITTEN
from submission_portal.deliveries.reading.expected import Expected, Written
from submission_portal.deliveries.reading.headings import Mapping
from submission_portal.deliveries.reading.rows import Sorted
from submission_portal.deliveries.reading.sheets import Row, Sheet, letter, shortened


@dataclass(frozen=True, slots=True)
class ComparedSums:
    """How many cells of sum rows were compared with the rows, and those that differ."""

    compared: int
    differing: tuple[Place, ...]


def compared_sums(expected: Expected, mapping: Mapping, sheet: Sheet, found: Sorted) -> ComparedSums:
    """What the sum rows say against what the rows add up to."""
    differing: list[Place] = []
    compared = 0
    columns = [
        (column, mapping.positions[column.name])
        for column in expected.columns
        if column.is_additive and column.written is not Written.AS_IS and column.name in mapping.positions
    ]
    running = {position: _running_sums(sheet, found.data, position) for _column, position in columns}
    before = 0
    for index in found.sums:
        here = bisect_left(found.data, index)
        for column, position in columns:
            written = _decimal(sheet.rows[index], position)
            if written is None:
                continue
            compared += 1
            from_start = running[position][here]
            until_last = running[position][before]
            since_last = from_start[0] - until_last[0], from_start[1] - until_last[1]
            if not any(_agree(written, *computed) for computed in (since_last, from_start)):
                differing.append(
                    Place(
                        sheet.name,
                        index + 1,
                        letter(position),
                        column.name,
                        shortened(f"{sheet.rows[index][position]} ≠ {from_start[0]}".replace(".", ",")),
                    )
                )
        before = here
    return ComparedSums(compared, tuple(differing))


def _running_sums(sheet: Sheet, rows: Sequence[int], position: int) -> list[tuple[Decimal, Decimal]]:
    """After none, one, two … of the rows: the sum, and how far rounding of its terms may have moved it."""
    total, slack = Decimal(0), Decimal(0)
    sums = [(total, slack)]
    for index in rows:
        value = _decimal(sheet.rows[index], position)
        if value is not None:
            total += value
            exponent = value.as_tuple().exponent
            if isinstance(exponent, int) and exponent < 0:
                slack += Decimal(1).scaleb(exponent) / 2
        sums.append((total, slack))
    return sums


def _agree(written: Decimal, computed: Decimal, slack: Decimal) -> bool:
    return abs(written - computed) <= slack


def _decimal(row: Row, position: int) -> Decimal | None:
    if position >= len(row) or len(row[position]) > LONGEST_WRITTEN:
        return None
    number = written_forms.number(row[position])
    return Decimal(number) if number is not None else None
