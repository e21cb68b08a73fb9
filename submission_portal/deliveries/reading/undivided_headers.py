"""A header that was not found because its row was never divided into cells. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from registry.findings import Text
from submission_portal.deliveries.reading.csv_files import DELIMITERS
from submission_portal.deliveries.reading.expected import Expected
from submission_portal.deliveries.reading.headings import HEADER_SEARCHED, header_score
from submission_portal.deliveries.reading.sheets import Row

LEAST_NAMED = 2
"""A row that names so many elements is a header."""
_NAMES = {"\t": Text("tabb", "tabs")}


@dataclass(frozen=True, slots=True)
class UndividedHeader:
    """``row`` as the sender counts; ``between``: what stands between the headings."""

    row: int
    between: Text


def undivided_header(expected: Expected, rows: Sequence[Row], delimiter: str | None = None) -> UndividedHeader | None:
    """The first row that would be a header if its cells were divided otherwise: there are quotation marks around the whole line,
    ``sep=`` says another delimiter (``delimiter``), a text file was opened as a single column, or spaces line the columns up.

    >>> from submission_portal.deliveries.reading.expected import ExpectedColumn
    >>> expected = Expected((ExpectedColumn("day", ()), ExpectedColumn("beds", ())))
    >>> undivided_header(expected, [[], ["Day;Beds"]]).between.en, undivided_header(expected, [["Day and beds"]])
    (';', None)
    """
    for index, row in enumerate(rows[:HEADER_SEARCHED]):
        line = _line(row, delimiter)
        for between, divider in _WAYS:
            if line is not None and header_score(expected, _cells(divider.split(line))) >= LEAST_NAMED:
                return UndividedHeader(index + 1, between)
    return None


_WAYS = (
    *((_NAMES.get(each, Text(each, each)), re.compile(re.escape(each))) for each in DELIMITERS),
    (Text("mellanslag", "spaces"), re.compile(" {2,}")),
)


def _line(row: Row, delimiter: str | None) -> str | None:
    """What may be a whole line: the only cell of a row, or all of them where the file itself says how they are divided."""
    filled = [cell for cell in row if cell]
    if len(filled) == 1:
        return filled[0]
    return delimiter.join(row) if delimiter else None


def _cells(parts: Sequence[str]) -> Row:
    return [part.strip(" \"'") for part in parts]
