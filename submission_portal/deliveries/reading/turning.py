"""The table of a sheet as it stands → the table that the model has: what is the same on every row, what the export does not
have, cells that mean what is above them, periods that stand in two columns, and tables with their periods across. Pure.

A row of a wide table becomes a row for each of its groups of columns. Rows are told apart by numbers: in the first group those
of the sheet, in the next `STEP` more, so that they go on ascending; `cell_map.CellMap` leads back to the sender's own cell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from submission_portal.deliveries.reading import written_forms
from submission_portal.deliveries.reading.cell_map import STEP
from submission_portal.deliveries.reading.expected import Expected
from submission_portal.deliveries.reading.layouts.content import MONTH, WEEK, YEAR
from submission_portal.deliveries.reading.layouts.shaping import Shape, WideColumn
from submission_portal.deliveries.reading.sheets import letter
from submission_portal.deliveries.reading.table import Coded, Table, written_name


@dataclass(frozen=True, slots=True)
class Turned:
    """The table, and by element the letters of its columns across, one for each group of rows."""

    table: Table
    across: Mapping[str, tuple[str, ...]]


def turned(model: Expected, shape: Shape, table: Table) -> Turned:
    """The table under the names of the model's elements. Columns across of which every cell is empty make no rows: the months
    that have not come."""
    columns = dict(table.columns)
    for element in shape.layout.filled_down:
        for name in (element, written_name(element)):
            if name in columns and element in columns:
                columns[name] = _filled_down(columns[name], columns[element])
    height = len(table.rows)
    if (period := shape.period_parts) is not None:
        columns |= _together(period, shape, columns)
    for name, text in shape.layout.constants.items():
        if name in model.by_name and name not in columns:
            columns[name] = _all(text, height)
    across: dict[str, tuple[str, ...]] = {}
    rows = table.rows
    if shape.wide:
        rows, columns, across = _long(model, shape, Table(rows, table.sheet, columns))
    for name in shape.layout.absent:
        if name in model.by_name and name not in columns:
            columns[name] = _all(None, len(rows))
    return Turned(Table(rows, table.sheet, _in_order(model, columns)), across)


def _in_order(model: Expected, columns: Mapping[str, Coded]) -> dict[str, Coded]:
    """The model's columns in its order, then what is kept beside them."""
    names = [column.name for column in model.columns if column.name in columns]
    return {name: columns[name] for name in (*names, *(name for name in columns if name not in model.by_name))}


def _all(text: str | None, height: int) -> Coded:
    return Coded((text,), np.zeros(height, dtype=np.uint8))


def _filled_down(column: Coded, by: Coded) -> Coded:
    """Each row with what the last row above it has whose cell is not empty."""
    empty = {code for code, value in enumerate(by.values) if value is None}
    codes = np.asarray(by.codes)
    at = np.where(np.isin(codes, list(empty)), 0, np.arange(codes.size))
    return Coded(column.values, np.asarray(column.codes).take(np.maximum.accumulate(at)))


def _together(period: str, shape: Shape, columns: dict[str, Coded]) -> dict[str, Coded]:
    """The period that stands in two columns, each removed; what makes none is left for the checks to show as it stands."""
    found = {part: columns.pop(f"{period} {part}") for part in shape.parts if f"{period} {part}" in columns}
    for part in found:
        columns.pop(written_name(f"{period} {part}"), None)
    other = next((part for part in (WEEK, MONTH) if part in found), None)
    if other is None or YEAR not in found:
        return {}
    year, rest = found[YEAR], found[other]
    pairs = np.asarray(year.codes).astype(np.int64) * len(rest.values) + np.asarray(rest.codes)
    different, codes = np.unique(pairs, return_inverse=True)
    texts = []
    for pair in different.tolist():
        first, second = year.values[pair // len(rest.values)], rest.values[pair % len(rest.values)]
        texts.append(_period(first, second, "W" if other == WEEK else ""))
    values = list(dict.fromkeys(texts))
    at = np.array([values.index(text) for text in texts], dtype=np.uint32)
    return {period: Coded(tuple(values), at.take(codes))}


def _period(year: str | None, number: str | None, mark: str) -> str | None:
    if year is None and number is None:
        return None
    if number is not None and not mark:
        number = str(written_forms.month(number) or written_forms.integer(number) or number)
    if year is not None and number is not None and number.isdecimal():
        return f"{year}-{mark}{number.zfill(2)}"
    return f"{year or ''} {number or ''}".strip()


def _long(
    model: Expected, shape: Shape, table: Table
) -> tuple[np.ndarray, dict[str, Coded], dict[str, tuple[str, ...]]]:
    """The rows, group by group."""
    names = {one.name for one in shape.wide}
    groups: dict[int, list[WideColumn]] = {}
    for one in shape.wide:
        if one.name in table.columns:
            groups.setdefault(one.group, []).append(one)
    used = [
        of for of in groups.values() if any(value is not None for one in of for value in table.columns[one.name].values)
    ]
    used = used or list(groups.values())[:1]
    height, times = len(table.rows), len(used)
    rows = np.concatenate([np.asarray(table.rows) + STEP * group for group in range(times)])
    columns = {
        name: Coded(column.values, np.tile(np.asarray(column.codes), times))
        for name, column in table.columns.items()
        if name not in names and name.removeprefix("__written_") not in names
    }
    elements = dict.fromkeys(one.element for one in shape.wide)
    across: dict[str, tuple[str, ...]] = {}
    for element in elements:
        of_groups = [next((one for one in of if one.element == element), None) for of in used]
        across[element] = tuple(letter(one.position) if one else "" for one in of_groups)
        columns[element] = _stacked([table.columns.get(one.name) if one else None for one in of_groups], height)
        written = [table.columns.get(written_name(one.name)) if one else None for one in of_groups]
        if any(written):
            columns[written_name(element)] = _stacked(written, height)
    for dimension in sorted(shape.across):
        told = [_all(of[0].fills.get(dimension), height) for of in used]
        columns[dimension] = _stacked(told, height)
        across[dimension] = tuple(letter(of[0].position) for of in used)
    return rows, columns, across


def _stacked(parts: Sequence[Coded | None], height: int) -> Coded:
    """The columns one under the other; where there is none, empty cells."""
    values: dict[str | None, int] = {}
    codes = []
    for part in parts:
        part = part if part is not None else _all(None, height)
        into = np.array([values.setdefault(value, len(values)) for value in part.values], dtype=np.uint32)
        codes.append(into.take(np.asarray(part.codes)))
    return Coded(tuple(values), np.concatenate(codes))
