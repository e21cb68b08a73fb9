"""One worksheet part → its rows in one plain form, and what else is in it that a reader of values does not show.

The fast reader of values believes what a cell says of its own place and reserves memory for it. It is therefore given nothing
but `Worksheet.rows`: rows in ascending order, each cell with a reference in its own row, to the right of the one before and
within the bounds of a sheet, no attribute twice, no declared sizes. Most programs write exactly that, and their bytes are
only looked through; what is written in another way (`rewritten_rows`) is parsed and written again. What contradicts itself is
refused (:class:`DamagedError`). Time and memory are in proportion to the part. ECMA-376 part 1, 18.3.1.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from submission_portal.deliveries.reading.damaged import DamagedError, Fault
from submission_portal.deliveries.reading.rewritten_rows import rewritten_rows
from submission_portal.deliveries.reading.sheet_bounds import MOST_COLUMNS, MOST_ROWS, column_of_reference
from submission_portal.deliveries.reading.xml_parts import as_plain, without_prefixes

_ATTRIBUTES = rb'(?:\s+(?!r=)[^\s="<>/]+="[^"<>]*")*+\s+r='
"""The attributes before ``r``, whole ones only: nothing within a value can be taken for an attribute."""
_TEXT = rb"(?:<(?!/is>|/?c[\s/>]|/?row[\s/>])[^<>:\s]*(?:\s[^<>]*)?>|[^<>]++)*+"
_FORMULA = rb"(?:<f(?=[\s/>])[^<>]*(?:/>|>[^<>]*</f\s*>)\s*+)?"
_VALUE = rb"(?:<v(?:\s[^<>]*)?(?:/>|>[^<>]*</v\s*>)\s*+|<is>" + _TEXT + rb"</is>\s*+)?"
_STRING = rb'(?: s="[0-9]{1,6}")? t="s"><v>[0-9]{1,8}</v></c>'
_OTHER = rb'(?:[^<>]*/>|(?![^<>]*\st\s*=\s*["\']s["\'])[^<>]*>\s*+' + _FORMULA + _VALUE + rb"</c\s*>)"
_CELL = rb"<c" + _ATTRIBUTES + rb'"[A-Z]{1,3}(?P=row)"(?:' + _STRING + rb"|" + _OTHER + rb")\s*+"
_ROW = re.compile(
    rb"(?P<tag><row" + _ATTRIBUTES + rb'"(?P<row>[1-9][0-9]{0,6})"[^<>]*)(?:(?<=/)>|>\s*+(?:' + _CELL + rb")*+</row\s*>)\s*+"
)  # fmt: skip
_START = rb"<c" + _ATTRIBUTES + rb'"([A-Z]{1,3})[0-9]+"'
_EMPTY = re.compile(_START + rb"[^<>]*(?:/>|></c)")
_LETTERS = re.compile(_START)
_FORMULAS = re.compile(_START + rb"[^<>]*>\s*<f(?=[\s/>])[^<>]*(?:/>|>([^<>]*))")
_ERRORS = re.compile(
    rb'<c(?=[^<>]*\st="e")' + _ATTRIBUTES + rb'"([A-Z]{1,3})[0-9]+"[^<>]*>\s*' + _FORMULA
    + rb"(?:<v(?:\s[^<>]*)?>([^<>]{1,20})<)?"
)  # fmt: skip
_SHEET_DATA = re.compile(rb"<sheetData(?=[\s/>])[^<>]*>")
_SHEET_DATA_END = re.compile(rb"</sheetData\s*>")
_SPACE = re.compile(rb"\s*")
MOST_NOTED = 100_000
"""So many formulas or errors are noted by their place; more than could ever be shown."""


@dataclass(slots=True)
class Worksheet:
    """Rows and columns from 1 as the sender sees them, except in ``formulas`` and ``errors``: (row from 1, column from 0).

    Cells that hold nothing (formatting only) count for nothing: ``last_row`` and ``columns`` are those of cells with content.
    """

    rows: bytes = b""
    """The rows with content in the plain form, without those that come after the last one."""
    around: bytes = b""
    """The part without its rows: headers and footers, validations, links, merged cells, hidden columns."""
    cells: int = 0
    last_row: int = 0
    columns: int = 0
    formulas: set[tuple[int, int]] = field(default_factory=set)
    formula_texts: list[bytes] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    """Cells that hold an error, such as ``#DIV/0!``, and what they say."""
    hidden_rows: list[int] = field(default_factory=list)


def worksheet(content: bytes, check: Callable[[Worksheet], None], count_tags: Callable[[bytes], None]) -> Worksheet:
    """Look through one worksheet part. ``check`` is called as it grows, ``count_tags`` with what has to be parsed; both may raise.

    Raises :class:`DamagedError` where the part contradicts itself, and what `xml_parts.read_part` raises.
    """
    data = as_plain(content)
    if data is not None and b":sheetData" in data:
        data = without_prefixes(data)
    divided = _divided(data) if data is not None else None
    if divided is not None:
        found = Worksheet(around=divided[0])
        if _take(found, divided[1], check):
            count_tags(found.around)
            return found
    count_tags(content)
    around, rows = rewritten_rows(content)
    found = Worksheet(around=around)
    if not _take(found, rows, check):
        raise DamagedError(Fault.CELLS)
    return found


def _divided(data: bytes) -> tuple[bytes, bytes] | None:
    """What is around the rows, and the rows; ``None`` where they are not where they always are."""
    starts = list(islice(_SHEET_DATA.finditer(data), 2))
    if len(starts) != 1:
        return None
    start = starts[0]
    if start[0].endswith(b"/>"):
        return data[: start.start()] + data[start.end() :], b""
    end = _SHEET_DATA_END.search(data, start.end())
    if end is None:
        return None
    return data[: start.start()] + data[end.end() :], data[start.end() : end.start()]


def _take(found: Worksheet, rows: bytes, check: Callable[[Worksheet], None]) -> bool:
    """Look through the rows; whether all are in the plain form."""
    has_formulas, has_errors, has_hidden = b"<f" in rows, b't="e"' in rows, b"hidden" in rows
    widths: dict[tuple[bytes, ...], int] = {}
    before = end_of_content = 0
    at = _SPACE.match(rows).end()  # type: ignore[union-attr]
    while at < len(rows):
        match = _ROW.match(rows, at)
        if match is None:
            return False
        start, at = match.span()
        number = int(match["row"])
        if number <= before:
            raise DamagedError(Fault.ORDER, row=number)
        if number > MOST_ROWS:
            raise DamagedError(Fault.BOUNDS)
        before = number
        letters = tuple(_LETTERS.findall(rows, start, at))
        width = widths.get(letters)
        if width is None:
            width = widths[letters] = _width(letters, number)
        found.cells += len(letters)
        if rows.find(b"/>", start, at) >= 0 or rows.find(b'"></c', start, at) >= 0:
            width = _width_with_content(rows, start, at)
        if width:
            found.last_row, end_of_content = number, at
            if width > found.columns or number % 4096 == 0:
                found.columns = max(found.columns, width)
                check(found)
        if has_hidden and _is_hidden(match["tag"]):
            found.hidden_rows.append(number)
        if has_formulas and rows.find(b"<f", start, at) >= 0:
            _note_formulas(found, rows, start, at, number)
        if has_errors and rows.find(b't="e"', start, at) >= 0 and len(found.errors) < MOST_NOTED:
            for letter, text in _ERRORS.findall(rows, start, at):
                found.errors[number, column_of_reference(letter)] = (text or b"#").decode("utf-8", "replace")
    check(found)
    found.rows = rows[:end_of_content]
    return True


def _width(letters: tuple[bytes, ...], row: int) -> int:
    """The last column of a row's cells. Raises :class:`DamagedError` unless each is to the right of the one before."""
    before = -1
    for one in letters:
        column = column_of_reference(one)
        if column <= before:
            raise DamagedError(Fault.ORDER, row=row)
        before = column
    if before >= MOST_COLUMNS:
        raise DamagedError(Fault.BOUNDS, row=row)
    return before + 1


def _width_with_content(rows: bytes, start: int, end: int) -> int:
    """The last column of a row's cells that hold something; 0 where none does."""
    empty = set(_EMPTY.findall(rows, start, end))
    filled = [column_of_reference(one) for one in _LETTERS.findall(rows, start, end) if one not in empty]
    return max(filled, default=-1) + 1


def _is_hidden(tag: bytes) -> bool:
    return attributes_of(tag).get(b"hidden") in (b"1", b"true")


_ATTRIBUTE = re.compile(rb"""\s([^\s=<>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def attributes_of(tag: bytes) -> Mapping[bytes, bytes]:
    """The attributes of a start tag of a well-formed part, as they are written."""
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(tag)}


def _note_formulas(found: Worksheet, rows: bytes, start: int, end: int, number: int) -> None:
    for letter, text in _FORMULAS.findall(rows, start, end):
        if text:
            found.formula_texts.append(text)
        if len(found.formulas) < MOST_NOTED:
            found.formulas.add((number, column_of_reference(letter)))
