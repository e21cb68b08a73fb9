"""A delivered file's bytes → a table with the model's columns, and everything there is to say about how it was read.

Runs in a child process (`caged` is what the application calls). Pure: nothing is written anywhere, and nothing that the file asks for is fetched. Where an identity number is found the
reading says where and nothing else: no preview, no headings, no frame.
"""

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from registry.findings import Finding, changed_places
from submission_portal.deliveries.checks import CheckOutcome, found_by, run_checks
from submission_portal.deliveries.reading.asking import first_rows_of
from submission_portal.deliveries.reading.csv_files import CsvFile
from submission_portal.deliveries.reading.encoding_samples import readings_of
from submission_portal.deliveries.reading.expected import Expected
from submission_portal.deliveries.reading.file_case import FileCase
from submission_portal.deliveries.reading.file_checks import FILE
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.heading_checks import HEADINGS
from submission_portal.deliveries.reading.identity_scan import IdentityScan
from submission_portal.deliveries.reading.layout_checks import LAYOUT
from submission_portal.deliveries.reading.layouts.content import Layout
from submission_portal.deliveries.reading.layouts.questions import Mapped
from submission_portal.deliveries.reading.limits import DEFAULT, Limits, Progress, Unpacked, Way, no_progress, uncounted
from submission_portal.deliveries.reading.records import RecordFile
from submission_portal.deliveries.reading.row_checks import ROW_CHECKS
from submission_portal.deliveries.reading.shape_checks import SHAPE
from submission_portal.deliveries.reading.sheets import MappedColumn, Preview, Sheet, letter, shortened
from submission_portal.deliveries.reading.table import Table
from submission_portal.deliveries.reading.totals import column_totals
from submission_portal.deliveries.reading.turning import Turned

if TYPE_CHECKING:
    import polars as pl

FIRST_ROWS = 5
MOST_TOTALS = 100
"""So many columns of figures are shown with what they add up to."""
CHECKS = (*FILE, *HEADINGS, *LAYOUT, *SHAPE, *ROW_CHECKS)
"""Everything that is looked for in a file, in order."""


@dataclass(frozen=True)
class Reading:
    """What was read. ``table`` and ``frame`` are ``None`` where an error keeps the rows from being checked."""

    findings: tuple[Finding, ...]
    preview: Preview = field(default_factory=Preview)
    table: Table | None = None
    letters: dict[str, str] = field(default_factory=dict)
    """Element name → the sender's column letter."""
    is_check_left: bool = False
    """Whether the rows are so many that their check is left to the worker."""
    may_be_kept: bool = False
    """Whether everything in the file was looked through and nothing was found that must not be kept."""
    identity_answer: str | None = None
    """What the sender says that it is which may be identity numbers; ``None`` where nothing may be."""
    checks: tuple[CheckOutcome, ...] = ()
    """Which checks ran, which did not and why; what they found is in ``findings``."""
    mapped: Mapped = field(default_factory=Mapped)
    """How the columns were read with what has been answered about them, and what is asked."""

    @cached_property
    def frame(self) -> "pl.DataFrame | None":
        """Strings under the model's element names, empty cells null, with ``__row`` and ``__sheet``; ``__written_<element>`` is
        the cell as it stands in the file where it was brought to another form, and ``__formulas`` names the elements whose
        cell is a formula that holds no value."""
        from submission_portal.deliveries.reading.frames import frame_of  # Polars: not where files are read

        return frame_of(self.table) if self.table is not None else None


def read(
    data: bytes,
    file_name: str,
    expected: Expected,
    *,
    sheet: str | None = None,
    limits: Limits = DEFAULT,
    progress: Progress = no_progress,
    unpacked: Unpacked = uncounted,
    identity_answer: str | None = None,
    encoding: str | None = None,
    layouts: Sequence[Layout] = (),
    header: int = 0,
    time: str = "",
) -> Reading:
    """Read a file that is expected to hold these columns. ``sheet`` is the sender's own choice among several; ``unpacked`` is
    told how much of it there is to read.

    ``encoding``: the sender's choice for a text that is neither UTF-8 nor UTF-16.
    ``identity_answer``: the sender's reason why what may be identity numbers (PER-002) is something else.
    ``layouts``: what has been answered about exports before, the latest last.
    ``header``: the row (from 1) that the sender chose as that of the headings; 0 where it is to be found, `NO_HEADINGS` where there
    is none.
    ``time``: the year, or the year and the month, that the sender says headings without one are of.
    """
    way = Way(limits, progress, unpacked)
    case = FileCase(
        data, file_name, expected, sheet, way, IdentityScan(identity_answer), encoding, tuple(layouts), header, time
    )
    case.look_through()
    outcomes = run_checks(CHECKS, case)
    findings = tuple(_of_sender(case, _of_elements(case, finding)) for finding in found_by(outcomes))
    checks = tuple(CheckOutcome(outcome.code, why_not=outcome.why_not) for outcome in outcomes)
    if case.scan.places:
        return Reading(findings, checks=checks)
    is_read = not any(FINDINGS.of(finding).stops for finding in findings)
    made = case.turned if is_read and case.has_header else None
    return Reading(
        findings,
        _preview(case),
        made.table if made is not None else None,
        _letters(case) if case.has_header else {},
        may_be_kept=bool(case.candidates),
        identity_answer=identity_answer if case.scan.doubtful.places else None,
        checks=checks,
        mapped=_mapped(case, made) if case.has_header else _unmapped(case),
    )


def _mapped(case: FileCase, made: Turned | None) -> Mapped:
    shape, laid, mapped = case.shape, case.laid, case.mapped
    if shape is None or laid is None:
        raise LookupError("no header")
    kept = shape.layout.content_hash if shape.index is not None else None
    cells = laid.cells(_measured(case), made.across if made is not None else {})
    mapped = replace(
        mapped,
        layout=kept,
        across={name: tuple(each) for name, each in cells.across.items()},
        beneath={name: tuple(runs) for name, runs in cells.beneath.items()},
    )
    if laid.measures is None:
        return mapped

    def at(letters: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(laid.raw_letter, letters)))

    patterns = {pattern: (laid.raw_letter(each), pattern, name) for each, pattern, name in reversed(mapped.patterns)}
    return replace(
        mapped,
        columns=tuple(replace(one, letters=at(one.letters)) for one in mapped.columns),
        factors=tuple(replace(one, letter=laid.raw_letter(one.letter)) for one in mapped.factors),
        patterns=tuple(reversed(patterns.values())),
    )


def _measured(case: FileCase) -> dict[str, str]:
    """Measure → element, of a sheet with measures as rows."""
    measures = case.laid.measures if case.laid is not None else None
    if measures is None:
        return {}
    of = {position: case.expected.by_name[name].element for name, position in case.mapping.positions.items()}
    made = enumerate(measures.columns, start=measures.width)
    return {one.measure: of[position] for position, one in made if position in of}


def _of_sender(case: FileCase, finding: Finding) -> Finding:
    """The finding with the cells of the sender's own sheet at its places."""
    laid = case.laid if case.is_opened and len(case.candidates) == 1 else None
    return finding if laid is None else laid.of_sender(finding)


def _unmapped(case: FileCase) -> Mapped:
    """Of a sheet whose headings were not found its beginning, so that the sender can say which row they are in."""
    return Mapped(first_rows=first_rows_of(case.raw.rows)) if len(case.candidates) == 1 else Mapped()


def _letters(case: FileCase) -> dict[str, str]:
    """By element the letter of its column; of several the first."""
    letters: dict[str, str] = {}
    for name, position in case.mapping.positions.items():
        at = case.laid.letter_of(position) if case.laid is not None else letter(position)
        letters.setdefault(case.expected.by_name[name].element, at)
    return letters


def _of_elements(case: FileCase, finding: Finding) -> Finding:
    """The finding with the elements of the model at its places, where the sheet has several columns of one."""
    names = (
        {column.name: column.of for column in case.expected.columns if column.of}
        if case.is_opened and case.has_header
        else {}
    )
    if not names:
        return finding
    return replace(
        finding,
        places=changed_places(
            finding.places, lambda place: replace(place, field=names.get(place.field or "", place.field))
        ),
    )


def _preview(case: FileCase) -> Preview:
    if not case.is_opened:
        return Preview()
    how = _how(case)
    if len(case.candidates) != 1:
        return Preview(**how)
    sheet = case.raw
    if case.header is None:
        start = [
            (number, tuple(map(shortened, row[:12]))) for number, row in enumerate(sheet.rows[:12], start=1) if any(row)
        ]
        return Preview(**how, first_rows=tuple(start[:FIRST_ROWS]))
    how |= {"header_row": case.header.header_row, "columns": _columns(case)}
    return Preview(**how, **_rows(case, sheet))


def _columns(case: FileCase) -> tuple[MappedColumn, ...]:
    """What each column of the sender's sheet was read as."""
    measures = case.laid.measures if case.laid is not None else None
    if case.laid is None or measures is None:
        return case.mapping.columns
    known = {one.letter: one for one in case.mapping.columns}
    texts = case.laid.shown_headings
    how = {measures.measure_at: "measures", **dict.fromkeys(measures.values_at, "values")}
    told = (
        known.get(letter(at)) or MappedColumn(letter(at), shortened(texts.get(at, "")), None, how.get(at, ""))
        for at in range(measures.width)
        if at in texts or letter(at) in known
    )
    return tuple(told)


def _how(case: FileCase) -> dict[str, Any]:
    """The file's form."""
    if isinstance(case.opened, CsvFile):
        file = case.opened
        form: dict[str, Any] = {"encoding": file.encoding, "delimiter": file.delimiter, "lines": file.lines}
        if case.is_encoding_asked:
            form["readings"] = readings_of(case)
        return {"file_kind": case.kind, "records": len(file.sheet.rows), **form}
    if isinstance(case.opened, RecordFile):
        return {"file_kind": case.kind, "records": len(case.opened.sheet.rows) - 1}
    visible = () if case.workbook.facts.programs else case.workbook.visible
    return {
        "file_kind": case.kind,
        "sheets": tuple(sheet.name or "" for sheet in visible),
        "sheet": case.sheet.name if len(case.candidates) == 1 else None,
        "records": len(case.raw.rows) if len(case.candidates) == 1 else None,
    }


def _rows(case: FileCase, sheet: Sheet) -> MappingOf[str, Any]:
    """What each row was read as."""
    found, laid = case.found, case.laid
    if laid is None:
        raise LookupError("no header")
    together = laid.measures.consumed if laid.measures is not None else 0
    return {
        "title_rows": tuple(index + 1 for index in range(case.mapping.header_row - 1) if any(sheet.rows[index])),
        "sum_rows": tuple(index + 1 for index in found.sums),
        "sum_texts": case.sum_names,
        "totals": tuple(
            replace(one, element=case.expected.by_name[one.element].element, letter=laid.raw_letter(one.letter))
            for one in column_totals(case.counted, case.mapping, case.sheet.rows, found)[:MOST_TOTALS]
        ),
        "note_rows": tuple(index + 1 for index in (*found.notes, *found.repeated_headers)),
        "empty_rows": max(0, found.empty - together),
        "data_rows": len(found.data),
        "first_rows": tuple((index + 1, tuple(map(shortened, sheet.rows[index]))) for index in found.data[:FIRST_ROWS]),
    }
