"""What the application asks of the child that reads a file, and what it answers; as JSON and numbers.

The child has had an unknown file in its hands, so nothing that it answers is believed: `reading_from` checks each value's type
and size, each finding against the catalogue, each column against what was expected, each code against its values. What does
not hold is a :class:`StrangeAnswerError`, and the reading is thrown away.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import numpy as np

from registry.findings import Finding, Param, Place, Text
from submission_portal.deliveries.checks import CheckOutcome
from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, Written
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.grid_rows import narrowest
from submission_portal.deliveries.reading.layouts.bare_periods import MOST_CANDIDATES, NEEDS
from submission_portal.deliveries.reading.layouts.content import (
    FACTORS,
    KINDS,
    LONGEST,
    MOST_COLUMNS,
    ORDERS,
    PARTS,
    Layout,
)
from submission_portal.deliveries.reading.layouts.questions import (
    FIRST_ROWS,
    ColumnQuestion,
    ElementQuestion,
    FactorQuestion,
    FillQuestion,
    Mapped,
    TimeQuestion,
    ValueQuestion,
)
from submission_portal.deliveries.reading.limits import Limits
from submission_portal.deliveries.reading.older_encodings import CHOICES
from submission_portal.deliveries.reading.reader import Reading
from submission_portal.deliveries.reading.sheets import ColumnTotal, MappedColumn, Preview, TextReading
from submission_portal.deliveries.reading.table import FORMULAS, Coded, Table, written_name

LONGEST_TEXT = 200_000
"""No name, heading or parameter is longer."""
LONGEST_CELL = 200_000_000


class StrangeAnswerError(Exception):
    """The answer is not of the form that a reading has."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the child, besides the file's bytes."""

    file_name: str
    expected: Expected
    sheet: str | None
    limits: Limits
    identity_answer: str | None = None
    encoding: str | None = None
    layouts: tuple[Layout, ...] = ()
    header: int = 0
    time: str = ""


def request_of(asked: Asked) -> dict[str, Any]:
    """The request as JSON values."""
    return {
        "file_name": asked.file_name,
        "sheet": asked.sheet,
        "limits": asdict(asked.limits),
        "identity_answer": asked.identity_answer,
        "encoding": asked.encoding,
        "layouts": [layout.as_dict() for layout in asked.layouts],
        "header": asked.header,
        "time": asked.time,
        "columns": [
            {
                "name": column.name,
                "headings": list(column.headings),
                "label": column.label,
                "written": column.written.value,
                "period_kind": column.period_kind,
                "is_required": column.is_required,
                "is_key": column.is_key,
                "is_value": column.is_value,
                "is_additive": column.is_additive,
                "decimals": column.decimals,
                "largest": column.largest,
                "codes": dict(column.codes),
                "is_closed": column.is_closed,
                "own": sorted(column.own),
            }
            for column in asked.expected.columns
        ],
        "allows_sum_rows": asked.expected.allows_sum_rows,
        "sum_names": sorted(asked.expected.sum_names),
    }


def asked_from(request: Mapping[str, Any]) -> Asked:
    """The same in the child, which believes its parent."""
    columns = tuple(
        ExpectedColumn(
            **{
                **each,
                "headings": tuple(each["headings"]),
                "written": Written(each["written"]),
                "own": frozenset(each["own"]),
            }
        )
        for each in request["columns"]
    )
    expected = Expected(columns, request["allows_sum_rows"], frozenset(request["sum_names"]))
    limits = Limits(**request["limits"])
    layouts = tuple(map(Layout.from_dict, request["layouts"]))
    return Asked(
        request["file_name"],
        expected,
        request["sheet"],
        limits,
        request["identity_answer"],
        request["encoding"],
        layouts,
        request["header"],
        request["time"],
    )


def answer_of(reading: Reading) -> tuple[dict[str, Any], list[bytes]]:
    """A reading as JSON values and, for the rows, numbers."""
    table = reading.table
    answer: dict[str, Any] = {
        "findings": [finding.as_dict() for finding in reading.findings],
        "preview": reading.preview.as_dict(),
        "letters": reading.letters,
        "may_be_kept": reading.may_be_kept,
        "is_answered": reading.identity_answer is not None,
        "checks": [one.as_dict() for one in reading.checks],
        "table": None,
        "mapped": reading.mapped.as_dict(),
    }
    if table is None:
        return answer, []
    answer["table"] = {
        "sheet": table.sheet,
        "columns": {name: list(column.values) for name, column in table.columns.items()},
    }
    codes = (np.asarray(column.codes).astype(narrowest(len(column.values))) for column in table.columns.values())
    return answer, [table.rows.tobytes(), *(each.tobytes() for each in codes)]


def reading_from(answer: object, parts: Sequence[bytes], asked: Asked) -> Reading:
    """The reading that a child answered. Raises :class:`StrangeAnswerError`."""
    try:
        told = _object(answer)
        names = {column.name for column in asked.expected.columns}
        letters = {_among(name, names): _text(letter, 3) for name, letter in _object(told["letters"]).items()}
        findings = tuple(_finding(each, asked.limits) for each in _list(told["findings"], 10_000))
        return Reading(
            findings,
            _preview(_object(told["preview"]), asked.limits),
            _table(told["table"], parts, names, asked.limits),
            letters,
            may_be_kept=_flag(told["may_be_kept"]),
            identity_answer=asked.identity_answer if _flag(told["is_answered"]) else None,
            checks=tuple(_check(_object(each)) for each in _list(told["checks"], 1_000)),
            mapped=_mapped(_object(told["mapped"]), names, asked),
        )
    except (KeyError, TypeError, ValueError, IndexError, UnicodeError, OverflowError, InvalidOperation) as error:
        raise StrangeAnswerError(type(error).__name__) from None


def _mapped(told: Mapping[str, Any], names: set[str], asked: Asked) -> Mapped:
    """What is asked of the sender, each text and element looked at."""
    limits, hashes = asked.limits, {layout.content_hash for layout in asked.layouts}
    layout = told["layout"]
    return Mapped(
        tuple(_column_question(_object(each), names, limits) for each in _list(told["columns"], limits.columns)),
        tuple(_element_question(_object(each), names) for each in _list(told["elements"], limits.columns)),
        tuple(_value_question(_object(each), names) for each in _list(told["values"], limits.rows)),
        tuple(_fill_question(_object(each), names) for each in _list(told["fills"], limits.columns)),
        tuple(
            (_text(each[0], 3), _text(each[1]), _among(each[2], names) if each[2] else "")
            for each in _list(told["patterns"], limits.columns)
        ),
        tuple(_first_row(_object(each), limits) for each in _list(told["first_rows"], FIRST_ROWS)),
        None if layout is None else _among(layout, hashes),
        tuple(_text(each) for each in _list(told["new"], limits.columns)),
        tuple(_among(each, names) for each in _list(told["absent"], limits.columns)),
        {_among(name, names): _among(order, ORDERS) for name, order in _object(told["orders"]).items()},
        {
            _among(name, names): tuple(_text(each, 3) for each in _list(letters, limits.columns))
            for name, letters in _object(told["across"]).items()
        },
        tuple(_factor_question(_object(each), names) for each in _list(told["factors"], limits.columns)),
        asked.header,
        _text(told["sheet"], LONGEST),
        tuple(_time_question(_object(each)) for each in _list(told["times"], 1)),
        asked.time,
        tuple(_among(each, KINDS) for each in _list(told["headless"], MOST_COLUMNS)),
        _text(told["measures"], LONGEST),
        {
            _among(name, names): tuple(_run(each, limits) for each in _list(runs, limits.rows))
            for name, runs in _object(told["beneath"]).items()
        },
    )


def _run(value: object, limits: Limits) -> tuple[int, int]:
    first, below = _list(value, 2)
    if type(below) is not int or abs(below) > limits.rows:
        raise ValueError("run")
    return _number(first), below


def _time_question(told: Mapping[str, Any]) -> TimeQuestion:
    headings = tuple(_text(each) for each in _list(told["headings"], 10))
    candidates = tuple(_text(each, 10) for each in _list(told["candidates"], MOST_CANDIDATES))
    return TimeQuestion(_among(told["need"], NEEDS), headings, candidates)


def _column_question(told: Mapping[str, Any], names: set[str], limits: Limits) -> ColumnQuestion:
    near, others = (tuple(_among(each, names) for each in _list(told[name], len(names))) for name in ("near", "others"))
    part = _among(told["part"], PARTS) if told["part"] else ""
    return ColumnQuestion(
        _text(told["pattern"]),
        _text(told["heading"]),
        tuple(_text(each, 3) for each in _list(told["letters"], limits.columns)),
        tuple(_text(each) for each in _list(told["samples"], 10)),
        _maybe(told["lowest"]),
        _maybe(told["highest"]),
        _number(told["filled"]),
        _number(told["empty"]),
        near,
        others,
        part,
        _flag(told["is_required"]),
        _flag(told["may_be_measures"]),
    )


def _element_question(told: Mapping[str, Any], names: set[str]) -> ElementQuestion:
    return ElementQuestion(_among(told["element"], names), _flag(told["may_be_absent"]), _flag(told["may_be_constant"]))


def _value_question(told: Mapping[str, Any], names: set[str]) -> ValueQuestion:
    near = tuple(_text(each, 100) for each in _list(told["near"], 10))
    text, letter = _text(told["text"]), _text(told["letter"], 3)
    return ValueQuestion(
        _among(told["element"], names), text, _number(told["count"]), letter, _number(told["row"]), near
    )


def _factor_question(told: Mapping[str, Any], names: set[str]) -> FactorQuestion:
    samples = tuple(_text(each) for each in _list(told["samples"], 10))
    element, letter = _among(told["element"], names), _text(told["letter"], 3)
    before = _among(told["earlier_factor"], FACTORS) if told["earlier_factor"] else ""
    heading, earlier = _text(told["heading"]), _text(told["earlier"], LONGEST)
    return FactorQuestion(_text(told["pattern"]), element, heading, letter, samples, earlier, before)


def _fill_question(told: Mapping[str, Any], names: set[str]) -> FillQuestion:
    letter = _text(told["letter"], 3)
    return FillQuestion(_among(told["element"], names), letter, _number(told["empty"]), _number(told["row"]))


def _table(value: object, parts: Sequence[bytes], names: set[str], limits: Limits) -> Table | None:
    if value is None:
        return None
    told = _object(value)
    allowed = names | {written_name(name) for name in names} | {FORMULAS}
    columns = _object(told["columns"])
    if len(parts) != len(columns) + 1:
        raise ValueError("columns")
    rows = np.frombuffer(parts[0], dtype="<i8")  # ValueError where it is no whole number of them
    if rows.size > limits.rows or rows.min(initial=1) < 1:
        raise ValueError("rows")
    found = {}
    for (name, values), part in zip(columns.items(), parts[1:], strict=True):
        texts = tuple(_maybe(each, LONGEST_CELL) for each in _list(values, limits.rows))
        codes = np.frombuffer(part, dtype=narrowest(len(texts)))
        if codes.size != rows.size or (rows.size and codes.max() >= len(texts)) or len(set(texts)) < len(texts):
            raise ValueError("codes")
        found[_among(name, allowed)] = Coded(texts, codes)
    return Table(rows, _maybe(told["sheet"]), found)


def _finding(value: object, limits: Limits) -> Finding:
    told = _object(value)
    params = {_text(name, 100): _parameter(each) for name, each in _object(told["params"]).items()}
    places = tuple(_place(each) for each in _list(told["places"], limits.rows))
    finding = FINDINGS.found(_text(told["code"], 20), params, places)
    if finding.severity != told["severity"]:
        raise ValueError("severity")
    for language in ("sv", "en"):
        FINDINGS.read(finding, language)  # KeyError where a code or a parameter is not as the catalogue has it
    return finding


def _check(told: dict[str, Any]) -> CheckOutcome:
    why = told.get("why_not")
    why_not = None if why is None else Text(_text(_object(why)["sv"]), _text(_object(why)["en"]))
    return CheckOutcome(FINDINGS[_text(told["code"], 20)].code, why_not=why_not)


def _place(value: object) -> Place:
    told = _object(value)
    if not told.keys() <= {"sheet", "row", "column", "field", "value"}:
        raise ValueError("place")
    row = told.get("row")
    return Place(
        _maybe(told.get("sheet")),
        None if row is None else _number(row),
        _maybe(told.get("column")),
        _maybe(told.get("field")),
        _maybe(told.get("value")),
    )


def _preview(told: Mapping[str, Any], limits: Limits) -> Preview:
    header, lines, records = told["header_row"], told["lines"], told["records"]
    return Preview(
        file_kind=_text(told["file_kind"]),
        encoding=_maybe(told["encoding"]),
        delimiter=_maybe(told["delimiter"]),
        sheet=_maybe(told["sheet"]),
        sheets=tuple(_text(each) for each in _list(told["sheets"], limits.parts)),
        lines=None if lines is None else _number(lines),
        records=None if records is None else _number(records),
        header_row=None if header is None else _number(header),
        title_rows=_row_numbers(told["title_rows"], limits),
        sum_rows=_row_numbers(told["sum_rows"], limits),
        sum_texts=tuple(_text(each) for each in _list(told["sum_texts"], limits.rows)),
        totals=tuple(_total(_object(each)) for each in _list(told["totals"], limits.columns)),
        note_rows=_row_numbers(told["note_rows"], limits),
        empty_rows=_number(told["empty_rows"]),
        data_rows=_number(told["data_rows"]),
        columns=tuple(_column(_object(each)) for each in _list(told["columns"], limits.columns)),
        first_rows=tuple(_first_row(_object(each), limits) for each in _list(told["first_rows"], 100)),
        readings=tuple(_reading(_object(each)) for each in _list(told["readings"], len(CHOICES))),
    )


def _reading(told: Mapping[str, Any]) -> TextReading:
    headings, cells = (tuple(_text(each) for each in _list(told[name], 10)) for name in ("headings", "cells"))
    return TextReading(_among(told["encoding"], CHOICES), headings, cells)


def _column(told: Mapping[str, Any]) -> MappedColumn:
    return MappedColumn(_text(told["letter"], 3), _text(told["heading"]), _maybe(told["element"]), _text(told["how"]))


def _total(told: Mapping[str, Any]) -> ColumnTotal:
    letter, element, figures = _text(told["letter"], 3), _text(told["element"]), _number(told["figures"])
    return ColumnTotal(letter, element, figures, _figure(told["sum"]), _figure(told["mean"]) or "")


def _figure(value: object) -> str | None:
    text = _maybe(value, 200)
    if text is not None and not Decimal(text).is_finite():
        raise ValueError("figure")
    return text


def _first_row(told: Mapping[str, Any], limits: Limits) -> tuple[int, tuple[str, ...]]:
    return _number(told["row"]), tuple(_text(each) for each in _list(told["cells"], limits.columns))


def _row_numbers(value: object, limits: Limits) -> tuple[int, ...]:
    return tuple(_number(each) for each in _list(value, limits.rows))


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("object")
    return value


def _list(value: object, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise TypeError("list")
    return value


def _text(value: object, most: int = LONGEST_TEXT) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise TypeError("text")
    value.encode()  # UnicodeEncodeError for half a character
    return value


def _maybe(value: object, most: int = LONGEST_TEXT) -> str | None:
    return None if value is None else _text(value, most)


def _number(value: object) -> int:
    if type(value) is not int or not 0 <= value <= sys.maxsize:
        raise TypeError("number")
    return value


def _parameter(value: object) -> Param:
    if isinstance(value, dict):
        return Text(_text(value["sv"]), _text(value["en"]))
    return _text(value) if isinstance(value, str) else _number(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("flag")
    return value


def _among(name: str, names: Iterable[str]) -> str:
    if name not in names:
        raise ValueError("name")
    return name
