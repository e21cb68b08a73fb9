"""What stands in the XML of one worksheet but not in its values: formulas, hidden rows and columns, how far it reaches.

The part can be tens of megabytes, so it is searched as bytes instead of being parsed; a fast reader of values shows none
of this.
"""

import re
from dataclasses import dataclass

from submission_portal.deliveries.reading.sheets import column_of
from submission_portal.deliveries.reading.xml_parts import UnsafeXmlError

# No pattern reaches across the next "<": a hostile part cannot make the search start over from every element.
_ATTRIBUTE = rb"""\s*=\s*["']"""
_FORMULA = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?f(?:\s[^<>]*)?(?:/>|>([^<]*))")
_CELL = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?c\s[^<>]*?\br" + _ATTRIBUTE + rb"([A-Z]{1,3})([0-9]{1,7})")
_CELL_COUNT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?c[\s/>]")
_ROW_COUNT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?row[\s/>]")
_ROW_NUMBER = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?row\s[^<>]*?\br" + _ATTRIBUTE + rb"([0-9]{1,9})")
_COLUMN_LETTERS = re.compile(rb"\sr" + _ATTRIBUTE + rb"([A-Z]{1,3})[0-9]")
_HIDDEN_ROW = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?row\s[^<>]*?\bhidden" + _ATTRIBUTE + rb"(?:1|true)[^<>]*>")
_ROW_OF = re.compile(rb"\br" + _ATTRIBUTE + rb"([0-9]{1,9})")
_HIDDEN_COLUMNS = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?col\s[^<>]*?\bhidden" + _ATTRIBUTE + rb"(?:1|true)[^<>]*>")
_COLUMN_MIN = re.compile(rb"\bmin" + _ATTRIBUTE + rb"([0-9]+)")
_COLUMN_MAX = re.compile(rb"\bmax" + _ATTRIBUTE + rb"([0-9]+)")
_SHEET_DATA = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?sheetData[\s/>]")
_SHEET_DATA_END = re.compile(rb"</(?:[A-Za-z_][\w.-]*:)?sheetData\s*>")

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
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[int, ...]
    around: bytes
    """The part without its cells, as well-formed XML: headers and footers, validations, links."""


def worksheet_facts(data: bytes) -> WorksheetFacts:
    """Search one worksheet part (UTF-8). Raises :class:`UnsafeXmlError` for a document type."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UnsafeXmlError
    formulas: set[tuple[int, int]] = set()
    texts: list[bytes] = []
    count = 0
    for match in _FORMULA.finditer(data):
        count += 1
        if match[1]:
            texts.append(match[1])
        if len(formulas) < 100_000 and (cell := _last(_CELL, data, match.start())):
            formulas.add((int(cell[2]), column_of(cell[1].decode())))
    numbers = [int(number) for number in _ROW_NUMBER.findall(data)]
    letters = set(_COLUMN_LETTERS.findall(data))
    cells = len(_CELL_COUNT.findall(data))
    rows = len(_ROW_COUNT.findall(data))
    return WorksheetFacts(
        cells=cells,
        last_row=max([*numbers, rows]),
        columns=max((column_of(each.decode()) + 1 for each in letters), default=0),
        formulas=frozenset(formulas),
        formula_count=count,
        formula_texts="\x1f".join(text.decode("utf-8", "replace") for text in texts),
        hidden_rows=tuple(int(found[1]) for row in _HIDDEN_ROW.findall(data) if (found := _ROW_OF.search(row))),
        hidden_columns=_hidden_columns(data),
        around=_around(data),
    )


def _last(pattern: re.Pattern[bytes], data: bytes, before: int) -> re.Match[bytes] | None:
    found = None
    for found in pattern.finditer(data, max(0, before - 500), before):  # noqa: B007 - the last one is wanted
        pass
    return found


def _hidden_columns(data: bytes) -> tuple[int, ...]:
    columns: list[int] = []
    for found in _HIDDEN_COLUMNS.findall(data):
        first, last = _COLUMN_MIN.search(found), _COLUMN_MAX.search(found)
        if first and last and int(first[1]) <= 16_384:
            # Everything to the right of the sheet is often hidden as one block; it holds nothing.
            columns += range(int(first[1]), min(int(last[1]), int(first[1]) + 200) + 1)
    return tuple(columns)


def _around(data: bytes) -> bytes:
    start = _SHEET_DATA.search(data)
    if start is None:
        return data
    end = _SHEET_DATA_END.search(data, start.end())
    if end is None:
        # <sheetData/>, or a part that ends too early and will not parse.
        return data
    return data[: start.start()] + data[end.end() :]
