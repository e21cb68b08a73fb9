"""What stands in the XML of one worksheet but not in its values: formulas, hidden rows and columns, how far it reaches.

The part can be tens of megabytes, so it is searched as bytes instead of being parsed; a fast reader of values shows none
of this.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from submission_portal.deliveries.reading.sheets import column_of
from submission_portal.deliveries.reading.xml_parts import UnsafeXmlError

_ATTRIBUTE = rb"""\s*=\s*["']"""


class _Patterns:
    """What is searched for. No pattern reaches across the next "<": a hostile part cannot make the search start over
    from every element. ``prefix`` is what may stand before the name of an element."""

    def __init__(self, prefix: bytes) -> None:
        self.formula = re.compile(rb"<" + prefix + rb"f(?:\s[^<>]*)?(?:/>|>([^<]*))")
        self.cell = re.compile(rb"<" + prefix + rb"c\s[^<>]*?\br" + _ATTRIBUTE + rb"([A-Z]{1,3})([0-9]{1,7})")
        self.error = re.compile(
            rb"<" + prefix + rb"c\s(?=[^<>]*\bt" + _ATTRIBUTE + rb"e[\"'])[^<>]*?\br" + _ATTRIBUTE
            + rb"([A-Z]{1,3})([0-9]{1,7})[^<>]*>(?:<" + prefix + rb"f(?:\s[^<>]*)?(?:/>|>[^<]*</" + prefix + rb"f>))?"
            + rb"(?:<" + prefix + rb"v>([^<]{1,20})<)?"
        )  # fmt: skip
        self.cell_count = re.compile(rb"<" + prefix + rb"c[\s/>]")
        self.row_count = re.compile(rb"<" + prefix + rb"row[\s/>]")
        self.row_number = re.compile(rb"<" + prefix + rb"row\s[^<>]*?\br" + _ATTRIBUTE + rb"([0-9]{1,9})")
        self.hidden_row = re.compile(rb"<" + prefix + rb"row\s[^<>]*?\bhidden" + _ATTRIBUTE + rb"(?:1|true)[^<>]*>")
        self.hidden_columns = re.compile(rb"<" + prefix + rb"col\s[^<>]*?\bhidden" + _ATTRIBUTE + rb"(?:1|true)[^<>]*>")
        self.sheet_data = re.compile(rb"<" + prefix + rb"sheetData[\s/>]")
        self.sheet_data_end = re.compile(rb"</" + prefix + rb"sheetData\s*>")


# Most programs write no prefixes, and patterns that begin with letters are found five times faster.
_PLAIN, _PREFIXED = _Patterns(b""), _Patterns(rb"(?:[A-Za-z_][\w.-]*:)?")
_ERROR = re.compile(rb"t" + _ATTRIBUTE + rb"e[\"']")
_PREFIX = re.compile(rb":(?:c|f|row|col|sheetData)[\s/>]")
_USUAL_CELL, _USUAL_LETTERS = b'<c r="', re.compile(rb'<c r="([A-Z]{1,3})[0-9]')
_COLUMN_LETTERS = re.compile(rb"\sr" + _ATTRIBUTE + rb"([A-Z]{1,3})[0-9]")
_ROW_OF = re.compile(rb"\br" + _ATTRIBUTE + rb"([0-9]{1,9})")
_COLUMN_MIN = re.compile(rb"\bmin" + _ATTRIBUTE + rb"([0-9]+)")
_COLUMN_MAX = re.compile(rb"\bmax" + _ATTRIBUTE + rb"([0-9]+)")

SHOWN = 200
"""At most so many formula cells are named; the count is always whole."""


@dataclass(frozen=True, slots=True)
class WorksheetFacts:
    """Rows and columns from 1 as the sender sees them, except in ``formulas``: (row from 1, column from 0)."""

    cells: int
    last_row: int
    columns: int
    formulas: frozenset[tuple[int, int]]
    formula_count: int
    formula_texts: str
    errors: Mapping[tuple[int, int], str]
    """Cells that hold an error, such as ``#DIV/0!``, and what they say; as many as could ever be told."""
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[int, ...]
    around: bytes
    """The part without its cells, as well-formed XML: headers and footers, validations, links."""


def worksheet_facts(data: bytes) -> WorksheetFacts:
    """Search one worksheet part (UTF-8). Raises :class:`UnsafeXmlError` for a document type."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UnsafeXmlError
    patterns = _PREFIXED if _PREFIX.search(data) else _PLAIN
    formulas: set[tuple[int, int]] = set()
    texts: list[bytes] = []
    count = 0
    for match in patterns.formula.finditer(data):
        count += 1
        if match[1]:
            texts.append(match[1])
        if len(formulas) < 100_000 and (cell := _last(patterns.cell, data, match.start())):
            formulas.add((int(cell[2]), column_of(cell[1].decode())))
    numbers = [int(number) for number in patterns.row_number.findall(data)]
    cells = len(patterns.cell_count.findall(data))
    is_usual = patterns is _PLAIN and data.count(_USUAL_CELL) == cells
    letters = set((_USUAL_LETTERS if is_usual else _COLUMN_LETTERS).findall(data))
    rows = len(patterns.row_count.findall(data))
    return WorksheetFacts(
        cells=cells,
        last_row=max([*numbers, rows]),
        columns=max((column_of(each.decode()) + 1 for each in letters), default=0),
        formulas=frozenset(formulas),
        formula_count=count,
        formula_texts="\x1f".join(text.decode("utf-8", "replace") for text in texts),
        errors=_errors(patterns, data),
        hidden_rows=_hidden_rows(patterns, data),
        hidden_columns=_hidden_columns(patterns, data),
        around=_around(patterns, data),
    )


def _last(pattern: re.Pattern[bytes], data: bytes, before: int) -> re.Match[bytes] | None:
    found = None
    for found in pattern.finditer(data, max(0, before - 500), before):  # noqa: B007 - the last one is wanted
        pass
    return found


def _errors(patterns: _Patterns, data: bytes) -> dict[tuple[int, int], str]:
    if not _ERROR.search(data):
        return {}
    found: dict[tuple[int, int], str] = {}
    for match in islice(patterns.error.finditer(data), 100_000):
        found[int(match[2]), column_of(match[1].decode())] = (match[3] or b"#").decode("utf-8", "replace")
    return found


def _hidden_rows(patterns: _Patterns, data: bytes) -> tuple[int, ...]:
    if b"hidden" not in data:
        return ()
    return tuple(int(found[1]) for row in patterns.hidden_row.findall(data) if (found := _ROW_OF.search(row)))


def _hidden_columns(patterns: _Patterns, data: bytes) -> tuple[int, ...]:
    columns: list[int] = []
    for found in patterns.hidden_columns.findall(data):
        first, last = _COLUMN_MIN.search(found), _COLUMN_MAX.search(found)
        if first and last and int(first[1]) <= 16_384:
            # Everything to the right of the sheet is often hidden as one block; it holds nothing.
            columns += range(int(first[1]), min(int(last[1]), int(first[1]) + 200) + 1)
    return tuple(columns)


def _around(patterns: _Patterns, data: bytes) -> bytes:
    start = patterns.sheet_data.search(data)
    if start is None:
        return data
    end = patterns.sheet_data_end.search(data, start.end())
    if end is None:
        # <sheetData/>, or a part that ends too early and will not parse.
        return data
    return data[: start.start()] + data[end.end() :]
