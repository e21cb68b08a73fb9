"""Whether ``1,000`` is one thousand or one: a sign before exactly three digits can part thousands or decimals. Nothing is guessed.

A spreadsheet in English writes thousands so, a database decimals. Read as decimals the first would be a thousandth of itself.
"""

import re
from collections.abc import Collection

from submission_portal.deliveries.reading.date_order import LONGEST_WRITTEN
from submission_portal.deliveries.reading.expected import ExpectedColumn, Written

_TWO_WAYS = re.compile(r"[+\-−–]?([1-9][0-9]{0,2})([.,])([0-9]{3})")
_SPACE = r"[ \u00a0\u2009\u202f]"
_DECIMALS = re.compile(
    rf"[+\-−–]?(?:0+[.,][0-9]+|(?:[0-9]|{_SPACE})*[.,](?:[0-9]{{1,2}}|[0-9]{{4,}})|[0-9]+{_SPACE}?[0-9]{{3,}}[.,][0-9]+)"
)
"""A number whose sign can only be that of decimals."""


def in_two_ways(column: ExpectedColumn, cells: Collection[str]) -> frozenset[str]:
    """The different cells of a column that could be thousands as well as decimals.

    None are where other cells use the same sign for decimals, where the column takes three decimals, or where the
    thousands would be more than it takes.

    >>> column = ExpectedColumn("antal", (), written=Written.INTEGER)
    >>> sorted(in_two_ways(column, ["1,000", "24"])), sorted(in_two_ways(column, ["1,000", "24,0"]))
    (['1,000'], [])
    """
    if column.written not in (Written.INTEGER, Written.DECIMAL) or column.decimals >= 3:
        return frozenset()
    found: dict[str, str] = {}
    for cell in cells:
        if (match := _TWO_WAYS.fullmatch(cell.strip())) and _may_be_thousands(column, match[1] + match[3]):
            found[cell] = match[2]
    if not found:
        return frozenset()
    short = (cell for cell in cells if len(cell) <= LONGEST_WRITTEN)
    decimal = {sign for cell in short if _DECIMALS.fullmatch(cell.strip()) for sign in ".," if sign in cell}
    return frozenset(cell for cell, sign in found.items() if sign not in decimal)


def _may_be_thousands(column: ExpectedColumn, digits: str) -> bool:
    """What has other decimals than the column takes is told as that; what is too many for it is no thousands."""
    is_read_as_decimals = not digits[-3 + column.decimals :].strip("0")
    return is_read_as_decimals and (column.largest is None or int(digits) <= column.largest)
