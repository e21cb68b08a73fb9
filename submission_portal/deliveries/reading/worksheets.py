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
from operator import ge

from submission_portal.deliveries.reading.damaged import DamagedError, Fault
from submission_portal.deliveries.reading.rewritten_rows import rewritten_rows
from submission_portal.deliveries.reading.sheet_bounds import MOST_COLUMNS, MOST_ROWS, column_of_reference
from submission_portal.deliveries.reading.usual_rows import NUMBERS, ROW, rows_with
from submission_portal.deliveries.reading.xml_parts import as_plain, without_prefixes

_ATTRIBUTES = rb'(?:\s+(?!r=)[^\s="<>/]+="[^"<>]*")*+\s+r='
"""The attributes before ``r``, whole ones only: nothing within a value can be taken for an attribute."""
_TEXT = rb"(?:<(?!/is>|rPh[\s/>]|/?c[\s/>]|/?row[\s/>])[^<>:\s]*(?:\s[^<>]*)?>|[^<>]++)*+"
_FORMULA = rb"(?:<f(?=[\s/>])[^<>]*(?:/>|>[^<>]*</f\s*>)\s*+)?"
_VALUE = rb"(?:<v(?:\s[^<>]*)?(?:/>|>[^<>]*</v\s*>)\s*+|<is>" + _TEXT + rb"</is>\s*+)?"
_STRING = rb'(?: s="[0-9]{1,6}")? t="s"><v>[0-9]{1,8}</v></c>'
_OTHER = rb'(?:[^<>]*/>|(?![^<>]*\st\s*=\s*["\']s["\'])[^<>]*>\s*+' + _FORMULA + _VALUE + rb"</c\s*>)"
_CELL = rb"<c" + _ATTRIBUTES + rb'"[A-Z]{1,3}(?P=row)"(?:' + _STRING + rb"|" + _OTHER + rb")\s*+"
_ROW_SOURCE = (
    rb"(?P<tag><row" + _ATTRIBUTES + rb'"(?P<row>[1-9][0-9]{0,6})"[^<>]*)(?:(?<=/)>|>\s*+(?:' + _CELL + rb")*+</row\s*>)\s*+"
)  # fmt: skip
_ROW, _BLOCK = re.compile(_ROW_SOURCE), re.compile(rb"(?:" + _ROW_SOURCE + rb"){2,500}+")
_ROW_NUMBERS = re.compile(rb"<row" + _ATTRIBUTES + rb'"([0-9]+)"')
_UNUSUAL = (b"/>", b'"></c', b"'></c", b"<f", b't="e"', b"hidden")
"""Signs of empty cells, formulas, errors and hidden rows; one search for each is five times faster than one for all."""
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
_USUAL_START, _USUAL_END = b"<sheetData>", b"</sheetData>"
MOST_FORMS, MOST_TOGETHER = 20, 200
"""So many patterns of rows that are alike are made for a sheet, of at most so many cells."""
MOST_KNOWN = 1_000
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
    if (usual := _usual(content, check, count_tags)) is not None:
        return usual
    data = as_plain(content)
    if data is not None and b":sheetData" in data:
        data = without_prefixes(data)
    divided = _divided(data) if data is not None else None
    if divided is not None:
        found = Worksheet(around=divided[0])
        if _Taker(found, divided[1], check).take():
            count_tags(found.around)
            return found
    count_tags(content)
    around, rows = rewritten_rows(content)
    found = Worksheet(around=around)
    if not _Taker(found, rows, check).take():
        raise DamagedError(Fault.CELLS)
    return found


def _usual(content: bytes, check: Callable[[Worksheet], None], count_tags: Callable[[bytes], None]) -> Worksheet | None:
    """The same where a parser is needed for what is around the rows only (`usual_rows`); ``None`` where it is for all."""
    start = content.find(_USUAL_START) + len(_USUAL_START)
    end = content.find(_USUAL_END, start)
    if start < len(_USUAL_START) or end < 0:
        return None
    around = as_plain(content[:start] + content[end:])
    divided = _divided(around) if around is not None else None
    if divided is None or divided[1]:
        return None
    found = Worksheet(around=divided[0])
    try:
        if not _UsualTaker(found, content[start:end], check).take():
            return None
    except DamagedError:
        return None  # what is wrong with the part is said of the whole of it
    count_tags(found.around)
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


class _Taker:
    """Looks through the rows of one sheet, many at a time where they are all alike."""

    def __init__(self, found: Worksheet, rows: bytes, check: Callable[[Worksheet], None]) -> None:
        self.found, self.rows, self.check = found, rows, check
        self.before = 0
        """The number of the row before."""
        self.end_of_content = 0
        self.widths: dict[tuple[bytes, ...], int] = {}

    def take(self) -> bool:
        """Whether all the rows are in the plain form."""
        at = _SPACE.match(self.rows).end()  # type: ignore[union-attr]
        while at < len(self.rows):
            block = _BLOCK.match(self.rows, at)
            if block is not None and self._take_alike(*block.span()):
                at = block.end()
                continue
            end = block.end() if block is not None else at + 1
            while at < end:
                row = _ROW.match(self.rows, at)
                if row is None:
                    return False
                self._take_row(row)
                at = row.end()
        self.check(self.found)
        self.found.rows = self.rows[: self.end_of_content]
        return True

    def _take_alike(self, start: int, end: int) -> bool:
        """Take rows that all have cells with content, in the same columns, and nothing else to note; otherwise do nothing."""
        if any(self.rows.find(sign, start, end) >= 0 for sign in _UNUSUAL):
            return False
        numbers = list(map(int, _ROW_NUMBERS.findall(self.rows, start, end)))
        letters = _LETTERS.findall(self.rows, start, end)
        width, rest = divmod(len(letters), len(numbers))
        first = letters[:width]
        if rest or not width or letters != first * len(numbers):
            return False
        if numbers[0] <= self.before or any(map(ge, numbers, numbers[1:])):
            return False  # told with the row, where each is looked at
        self._note(numbers[-1], end, len(letters), self._width(tuple(first), numbers[0]))
        return True

    def _take_row(self, row: re.Match[bytes]) -> None:
        found, rows = self.found, self.rows
        start, end = row.span()
        number = int(row["row"])
        if number <= self.before:
            raise DamagedError(Fault.ORDER, row=number)
        letters = tuple(_LETTERS.findall(rows, start, end))
        width = self._width(letters, number)
        if rows.find(b"/>", start, end) >= 0 or rows.find(b'"></c', start, end) >= 0:
            width = _width_with_content(rows, start, end)
        self._note(number, end, len(letters), width)
        if b"hidden" in row["tag"] and attributes_of(row["tag"]).get(b"hidden") in (b"1", b"true"):
            found.hidden_rows.append(number)
        if rows.find(b"<f", start, end) >= 0:
            _note_formulas(found, rows, start, end, number)
        if rows.find(b't="e"', start, end) >= 0 and len(found.errors) < MOST_NOTED:
            for letter, text in _ERRORS.findall(rows, start, end):
                found.errors[number, column_of_reference(letter)] = (text or b"#").decode("utf-8", "replace")

    def _width(self, letters: tuple[bytes, ...], row: int) -> int:
        if (known := self.widths.get(letters)) is not None:
            return known
        width = _width(letters, row)
        if len(self.widths) < MOST_KNOWN:
            self.widths[letters] = width
        return width

    def _note(self, number: int, end: int, cells: int, width: int) -> None:
        if number > MOST_ROWS:
            raise DamagedError(Fault.BOUNDS)
        found, self.before = self.found, number
        found.cells += cells
        if width:
            found.last_row, self.end_of_content = number, end
            if width > found.columns:
                found.columns = width
            self.check(found)


class _UsualTaker(_Taker):
    """The same for rows of which it is not known that they are well-formed: those of `usual_rows` alone."""

    def take(self) -> bool:
        at = _SPACE.match(self.rows).end()  # type: ignore[union-attr]
        alike: Callable[[bytes, int], re.Match[bytes] | None] | None = None
        letters: tuple[bytes, ...] = ()
        known: dict[tuple[bytes, ...], Callable[[bytes, int], re.Match[bytes] | None] | None] = {(): None}
        while at < len(self.rows):
            if alike is not None and (block := alike(self.rows, at)) is not None:
                if not self._take_block(*block.span(), letters):
                    return False
                at = block.end()
                continue
            row = ROW.match(self.rows, at)
            if row is None:
                return False
            self._take_row(row)
            letters = tuple(_LETTERS.findall(self.rows, at, row.end()))
            if letters not in known and len(known) <= MOST_FORMS and len(letters) <= MOST_TOGETHER:
                matches = rows_with(letters)
                known[letters] = matches if matches(self.rows, at) is not None else None
            alike, at = known.get(letters), row.end()
        self.check(self.found)
        self.found.rows = self.rows[: self.end_of_content]
        return True

    def _take_block(self, start: int, end: int, letters: tuple[bytes, ...]) -> bool:
        """Take rows that all have these cells; otherwise, where they are out of order, do nothing."""
        numbers = list(map(int, NUMBERS.findall(self.rows, start, end)))
        if numbers[0] <= self.before or any(map(ge, numbers, numbers[1:])):
            return False
        self._note(numbers[-1], end, len(letters) * len(numbers), self._width(letters, numbers[0]))
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
