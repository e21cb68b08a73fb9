"""JSON with one array of objects, and lines of one object each (NDJSON): as records of texts. Pure.

Numbers are never made to binary fractions: a figure is the digits that stand in the file (RFC 8259, section 6).
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal, DecimalException
from typing import Any

from registry.content.strict_json import DoubledName
from registry.findings import Place, Text
from submission_portal.deliveries.reading.archives import UnreadableError
from submission_portal.deliveries.reading.file_kinds import wide_encoding
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.grid_rows import Column
from submission_portal.deliveries.reading.limits import STEP, Limits, Progress, no_progress
from submission_portal.deliveries.reading.records import RecordFile, pointer_to, record_file, wrong_value
from submission_portal.deliveries.reading.sheets import cell_of, shortened
from submission_portal.deliveries.reading.sizes import Size, too_large

LARGEST_EXPONENT = 30
"""A number with more digits before or after its point is left as it is written, and no element takes it."""
_LONGEST_LONE_VALUE = 10_000
_UNENDED = ("{", "[", ",", ":")
"""What the line of an object ends with where the object goes on."""
_SPACE = re.compile(r"[ \t\n\r]*")
_NESTED = Text("Ett värde är en lista eller ett objekt.", "A value is a list or an object.")
_NO_OBJECT = Text("Det är inget objekt.", "It is no object.")
_NO_NUMBER = Text("Ett värde är NaN eller Infinity.", "A value is NaN or Infinity.")
_NOT_UTF_8 = Text("Texten är inte UTF-8.", "The text is not UTF-8.")
_NOT_WIDE = Text(
    "Texten börjar som UTF-16 eller UTF-32 men är det inte till slut.",
    "The text begins as UTF-16 or UTF-32, and is not so to its end.",
)
_LONE_VALUE = Text("Innehållet är ett enda värde och ingen lista.", "The content is a single value and no array.")
_SEVERAL_LINES = Text(
    "Det första objektet går över flera rader, och är inte med i någon lista.",
    "The first object goes over several lines, and is in no array.",
)
_LIST_WITHIN = Text(
    "Listan ligger under ett namn i ett objekt, och ska ligga överst.",
    "The array stands under a name in an object, and has to be at the top.",
)
_TOO_DEEP = Text("Listor och objekt ligger för djupt i varandra.", "Lists and objects lie too deep within each other.")
_EMPTY = Text("Det finns inga uppgifter i det.", "There are no figures in it.")


class _NotFiniteError(ValueError):
    """``NaN`` or ``Infinity``, which JSON does not have and many programs write."""


def read_json(data: bytes, limits: Limits, progress: Progress = no_progress) -> RecordFile:
    """An array of objects. Raises `UnreadableError`."""
    text = _decoded(data)
    return _records(_in_array(text), limits, progress)


def read_ndjson(data: bytes, limits: Limits, progress: Progress = no_progress) -> RecordFile:
    """One object on each line that is not empty. Raises `UnreadableError`."""
    return _records(_in_lines(_decoded(data)), limits, progress)


def number_text(literal: str) -> str:
    """A number of JSON as digits with a decimal point: exact, without an exponent and without zeros that say nothing.

    >>> number_text("100.125"), number_text("12.0"), number_text("1.5e3"), number_text("-0"), number_text("1e400")
    ('100.125', '12', '1500', '0', '1e400')
    """
    if "e" in literal or "E" in literal:
        try:
            value = Decimal(literal)
        except DecimalException:
            return literal
        if abs(value.adjusted()) > LARGEST_EXPONENT or len(literal) > 2 * LARGEST_EXPONENT:
            return literal
        literal = format(value, "f")
    if "." in literal:
        literal = literal.rstrip("0").rstrip(".")
    return literal if literal.strip("-0") else "0"


def is_lone_value(data: bytes) -> bool:
    """Whether the content is JSON with a single text, number or word at its top: no table, whatever was meant.

    >>> is_lone_value(b" null"), is_lone_value(b'"closed"\\n'), is_lone_value(b"dag;sjukhus"), is_lone_value(b"[1]")
    (True, True, False, False)
    """
    start = data[:_LONGEST_LONE_VALUE]
    try:
        value = json.loads(start.decode(wide_encoding(start) or "utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return len(start) == len(data) and not isinstance(value, list | dict)


def _decoded(data: bytes) -> str:
    """The text in UTF-8 (RFC 8259, 8.1), or in UTF-16 or UTF-32, which some programs write."""
    if encoding := wide_encoding(data):
        try:
            return data.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            line = data[: error.start].decode(encoding, "ignore").count("\n") + 1
            raise _invalid(_NOT_WIDE, line) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _invalid(_NOT_UTF_8, data.count(b"\n", 0, error.start) + 1) from None


def _invalid(what: Text, line: int, column: int | None = None) -> UnreadableError:
    place = Place(row=line) if column is None else Place(row=line, column=str(column))
    return UnreadableError(FINDINGS.found("FIL-038", {"what": what, "line": line}, (place,)))


def _syntax(error: json.JSONDecodeError, first_line: int = 1) -> UnreadableError:
    line, column = error.lineno + first_line - 1, error.colno
    what = Text(f"Felet finns vid tecken {column}.", f"The fault is at character {column}.")
    return _invalid(what, line, column)


def _wrong_form(what: Text, at: str = "") -> UnreadableError:
    return UnreadableError(FINDINGS.found("FIL-039", {"what": what, "at": at or "/"}))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise DoubledName(next(name for name in found if names.count(name) > 1))
    return found


def _refuse(_constant: str) -> None:
    raise _NotFiniteError


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=number_text, parse_int=number_text, parse_constant=_refuse
)


def _value(text: str, at: int, record: int, first_line: int = 1) -> tuple[Any, int]:
    """The value that begins at a character, and where it ends."""
    try:
        value, end = _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise _syntax(error, first_line) from None
    except DoubledName as error:
        name = shortened(error.name)
        raise UnreadableError(FINDINGS.found("FIL-041", {"name": name, "at": pointer_to(record)})) from None
    except _NotFiniteError:
        raise wrong_value(_NO_NUMBER, record=record) from None
    except RecursionError:
        raise _wrong_form(_TOO_DEEP, pointer_to(record)) from None
    if not isinstance(value, dict):
        raise _wrong_form(_NO_OBJECT, pointer_to(record))
    return value, end


def _in_array(text: str) -> Iterator[dict[str, Any]]:
    at = _after_space(text, 0)
    if text[at : at + 1] != "[":
        raise _wrong_form(_LONE_VALUE)
    at = _after_space(text, at + 1)
    record = 0
    while text[at : at + 1] != "]" or record:
        value, at = _value(text, at, record)
        yield value
        record += 1
        at = _after_space(text, at)
        sign = text[at : at + 1]
        if sign == "]":
            break
        if sign != ",":
            raise _syntax(json.JSONDecodeError("Expecting ',' delimiter", text, at))
        at = _after_space(text, at + 1)
    if (end := _after_space(text, at + 1)) < len(text):
        raise _syntax(json.JSONDecodeError("Extra data", text, end))


def _in_lines(text: str) -> Iterator[dict[str, Any]]:
    record = 0
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        at = _after_space(line, 0)
        if at == len(line):
            continue
        if not record and number < len(lines) and line.rstrip().endswith(_UNENDED):
            raise _wrong_form(_SEVERAL_LINES)
        value, at = _value(line, at, record, number)
        if not record and (name := _name_of_table(value)) is not None:
            raise _wrong_form(_LIST_WITHIN, f"/{shortened(name)}")
        if (end := _after_space(line, at)) < len(line):
            raise _syntax(json.JSONDecodeError("Extra data", line, end), number)
        yield value
        record += 1


def _name_of_table(value: dict[str, Any]) -> str | None:
    """The name in an object under which there is a list of objects."""
    lists = ((name, each) for name, each in value.items() if isinstance(each, list))
    return next((name for name, each in lists if all(isinstance(one, dict) for one in each)), None)


def _after_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _records(objects: Iterator[dict[str, Any]], limits: Limits, progress: Progress) -> RecordFile:
    """The objects as columns; a name that is not in an object is an empty cell of it."""
    columns: dict[str, list[str]] = {}
    count = cells = 0
    most_rows = min(limits.rows, limits.odd_rows)
    for count, found in enumerate(objects, start=1):
        for name, value in found.items():
            column = columns.setdefault(name, [])
            column.extend([""] * (count - 1 - len(column)))
            column.append(_cell(value, name, count - 1))
        cells += len(columns)
        if count > most_rows or len(columns) > limits.columns or cells > limits.odd_cells:
            raise UnreadableError(too_large(limits, Size(count, len(columns), is_whole=False)))
        if count % STEP == 0:
            progress("file", count, 0)
    if not columns:
        raise _wrong_form(_EMPTY)
    for column in columns.values():
        column.extend([""] * (count - len(column)))
    return record_file(list(columns), [Column.of(column, cell_of) for column in columns.values()])


def _cell(value: object, name: str, record: int) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    raise wrong_value(_NESTED, shortened(name), record)
