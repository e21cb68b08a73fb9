"""Checks of the rows as they stand in the sheet, before what they say is checked. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from registry.findings import Finding, Param, Place
from submission_portal.deliveries.checks import Check
from submission_portal.deliveries.reading.file_case import FileCase
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.grid_rows import GridRows
from submission_portal.deliveries.reading.needs import CELLS, HEADED, SUMS_LEFT_OUT, SUMS_REFUSED
from submission_portal.deliveries.reading.sheets import letter
from submission_portal.deliveries.reading.sums import sum_name

MOST_PLACES = 200
"""So many places of what is told of cells one by one; the rest are alike."""


def no_rows(case: FileCase) -> Iterator[Finding]:
    """A header, and nothing under it."""
    if not case.found.data:
        yield FINDINGS.found("STR-012", {}, (Place(case.sheet.name, case.mapping.header_row),))


def same_column_twice(case: FileCase) -> Iterator[Finding]:
    """Two columns for one element that do not say the same on every row, or across for one period of it."""
    for name, positions in case.mapping.doubled.items():
        if not _agree(case, name):
            yield _doubled(case, "STR-003", name, positions)
    across: dict[tuple[str, int], list[int]] = {}
    for one in case.shape.wide if case.shape is not None else ():
        across.setdefault((one.element, one.group), []).append(one.position)
    twice: dict[str, list[int]] = {}
    for (element, _group), at in across.items():
        twice.setdefault(element, []).extend(at if len(at) > 1 else ())
    for element, at in twice.items():
        if at:
            name = next(one.name for one in case.expected.columns if one.element == element)
            yield _doubled(case, "STR-003", name, at[:MOST_PLACES])


def code_and_name(case: FileCase) -> Iterator[Finding]:
    """A code and its name that agree on every row."""
    for name, positions in case.mapping.doubled.items():
        if _agree(case, name):
            yield _doubled(case, "STR-014", name, positions)


def refused_sums(case: FileCase) -> Iterator[Finding]:
    """Sum rows where the model takes none."""
    if case.found.sums:
        yield FINDINGS.found("FIL-018", {}, _sum_places(case))


def sums_left_out(case: FileCase) -> Iterator[Finding]:
    """Sum rows, which are compared and not read in."""
    if case.found.sums:
        params: dict[str, Param] = {"compared": case.sums.compared, "differing": len(case.sums.differing)}
        yield FINDINGS.found("FIL-011", params, _sum_places(case))


def sums_that_differ(case: FileCase) -> Iterator[Finding]:
    """Cells of sum rows that are not what the rows add up to."""
    if case.found.sums and case.sums.differing:
        yield FINDINGS.found("FIL-012", {}, case.sums.differing)


def units_called_sums(case: FileCase) -> Iterator[Finding]:
    """Rows that are called sums and were read in as rows of their own."""
    if rows := case.found.called_sums:
        named = {index: sum_name(case.sheet.rows[index], case.dimensions) for index in rows}
        yield FINDINGS.found(
            "STR-028", {}, [Place(case.sheet.name, index + 1, value=name) for index, name in named.items()]
        )


def notes(case: FileCase) -> Iterator[Finding]:
    """Rows that were read as notes."""
    if case.found.notes:
        yield FINDINGS.found("STR-013", {}, [Place(case.sheet.name, index + 1) for index in case.found.notes])


def formulas(case: FileCase) -> Iterator[Finding]:
    """Cells among the rows whose value a formula computes."""
    if not case.sheet.formulas:
        return
    rows, mapped = _data_rows(case), _mapped(case)
    if cells := sorted(cell for cell in case.sheet.formulas if cell[0] in rows and cell[1] in mapped):
        places = [Place(case.sheet.name, row, letter(column)) for row, column in cells[:MOST_PLACES]]
        yield FINDINGS.found("FIL-009", {"formulas": len(cells), "count": len(cells)}, places)


def hidden_cells(case: FileCase) -> Iterator[Finding]:
    """Hidden rows and columns among the figures."""
    sheet, mapped = case.sheet, _mapped(case)
    rows = _data_rows(case) if sheet.hidden_rows else ()
    places = [Place(sheet.name, row) for row in sheet.hidden_rows if row in rows]
    places += [Place(sheet.name, None, letter(column - 1)) for column in sheet.hidden_columns if column - 1 in mapped]
    if places:
        yield FINDINGS.found("FIL-022", {"count": len(places)}, places[:MOST_PLACES])


def merged_cells(case: FileCase) -> Iterator[Finding]:
    """Merged areas among the figures."""
    data, mapped = case.found.data, _mapped(case)
    places = [
        Place(case.sheet.name, first_row, letter(first_column))
        for first_row, first_column, last_row, last_column in case.sheet.merged
        if bisect_left(data, first_row - 1) < bisect_right(data, last_row - 1)
        and any(first_column <= position <= last_column for position in mapped)
    ]
    if places:
        yield FINDINGS.found("STR-008", {"count": len(places)}, places[:MOST_PLACES])


def read_otherwise(code: str) -> Callable[[FileCase], Iterator[Finding]]:
    """A check of the cells that were read in another form than they are written in."""

    def run(case: FileCase) -> Iterator[Finding]:
        yield from (finding for finding in case.table[1] if finding.code == code)

    return run


ROW_CHECKS = (
    Check("STR-012", HEADED, no_rows),
    Check("STR-003", HEADED, same_column_twice),
    Check("STR-014", HEADED, code_and_name),
    Check("FIL-018", (*HEADED, SUMS_REFUSED), refused_sums),
    Check("FIL-011", (*HEADED, SUMS_LEFT_OUT), sums_left_out),
    Check("FIL-012", (*HEADED, SUMS_LEFT_OUT), sums_that_differ),
    Check("STR-028", HEADED, units_called_sums),
    Check("STR-013", HEADED, notes),
    Check("FIL-009", HEADED, formulas),
    Check("FIL-022", HEADED, hidden_cells),
    Check("STR-008", HEADED, merged_cells),
    *(
        Check(code, CELLS, read_otherwise(code))
        for code in ("STR-009", "STR-011", "STR-015", "STR-016", "STR-022", "STR-023", "STR-027", "STR-029")
    ),
)


def _agree(case: FileCase, name: str) -> bool:
    column, positions, rows = case.expected.by_name[name], case.mapping.doubled[name], case.sheet.rows
    cells: Iterable[Sequence[str]]
    if isinstance(rows, GridRows):
        cells = rows.together(positions, np.array(case.found.data))
    else:
        cells = (
            [rows[at][position] if position < len(rows[at]) else "" for position in positions] for at in case.found.data
        )
    return bool(column.codes) and all(
        len({column.code_of(cell) for cell in each}) == 1 and column.code_of(each[0]) is not None for each in cells
    )


def _doubled(case: FileCase, code: str, name: str, positions: Sequence[int]) -> Finding:
    column, row = case.expected.by_name[name], case.mapping.header_row
    headings = case.shape.headings if case.shape is not None else ()
    places = [Place(case.sheet.name, row, letter(at), name, headings[at]) for at in positions]
    return FINDINGS.found(code, {"element": column.label or name}, places)


def _sum_places(case: FileCase) -> list[Place]:
    named = zip(case.found.sums, case.sum_names, strict=True)
    return [Place(case.sheet.name, index + 1, value=name) for index, name in named]


def _data_rows(case: FileCase) -> set[int]:
    return {index + 1 for index in case.found.data}


def _mapped(case: FileCase) -> set[int]:
    return set(case.mapping.positions.values())
