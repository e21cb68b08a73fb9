"""A delivered file's bytes → a table with the model's columns, and everything there is to say about how it was read.

Runs in a child process (`caged` is what the application calls). Pure: nothing is written anywhere, and nothing that the file asks for is fetched. Where an identity number is found the
reading says where and nothing else: no preview, no headings, no frame.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from registry.findings import Finding, Place, Text
from submission_portal.deliveries.reading.archives import UnreadableError
from submission_portal.deliveries.reading.csv_files import DELIMITERS, read_csv
from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn
from submission_portal.deliveries.reading.file_kinds import kept_name, kind_by_name, kind_of, unreadable_kind
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.headings import Mapping, best_header, map_headings
from submission_portal.deliveries.reading.identity_scan import IdentityScan
from submission_portal.deliveries.reading.limits import DEFAULT, Limits, Progress, Unpacked, no_progress, uncounted
from submission_portal.deliveries.reading.rows import Sorted, compared_sums, sort_rows, sum_text
from submission_portal.deliveries.reading.sheets import Preview, Sheet, letter, shortened
from submission_portal.deliveries.reading.table import Table, table_of
from submission_portal.deliveries.reading.workbooks import WorkbookFacts
from submission_portal.deliveries.reading.xlsx_files import read_xlsx

if TYPE_CHECKING:
    import polars as pl

FIRST_ROWS = 5

_PROPERTIES = {
    "creator": Text("författare", "author"),
    "lastModifiedBy": Text("senast ändrad av", "last changed by"),
    "Manager": Text("chef", "manager"),
}


@dataclass(frozen=True)
class Reading:
    """What was read. ``table`` and ``frame`` are ``None`` where an error keeps the rows from being checked."""

    findings: tuple[Finding, ...]
    preview: Preview = field(default_factory=Preview)
    table: Table | None = None
    letters: dict[str, str] = field(default_factory=dict)
    """Element name → the sender's column letter."""
    awaits_rows: bool = False
    """Whether the rows of a long file were left unsorted: everything in it was looked through, and no more."""
    may_be_kept: bool = False
    """Whether everything in the file was looked through and nothing was found that must not be kept."""

    @cached_property
    def frame(self) -> "pl.DataFrame | None":
        """Strings under the model's element names, empty cells null, with ``__row`` and ``__sheet``; ``__written_<element>`` is
        the cell as it stands in the file where it was brought to another form, and ``__formulas`` names the elements whose
        cell is a formula that holds no value."""
        from submission_portal.deliveries.reading.frames import frame_of  # Polars: not where files are read

        return frame_of(self.table) if self.table is not None else None


@dataclass(frozen=True, slots=True)
class _Way:
    """How far to read, within which bounds, and who is told."""

    limits: Limits
    at_once: int | None
    progress: Progress
    unpacked: Unpacked


def read(
    data: bytes,
    file_name: str,
    expected: Expected,
    *,
    sheet: str | None = None,
    limits: Limits = DEFAULT,
    at_once: int | None = None,
    progress: Progress = no_progress,
    unpacked: Unpacked = uncounted,
) -> Reading:
    """Read a file that is expected to hold these columns. ``sheet`` is the sender's own choice among several; ``unpacked`` is
    told how much of it there is to read.

    A sheet of more than ``at_once`` rows is looked through and its headings are read, no more (`Reading.awaits_rows`).
    """
    scan = IdentityScan()
    for name in (file_name, kept_name(file_name)):
        scan.text(name, Place(field="file_name"))
    try:
        reading = _read(data, file_name, expected, sheet, scan, _Way(limits, at_once, progress, unpacked))
    except UnreadableError as unreadable:
        reading = Reading((unreadable.finding,))
    # Whatever else is wrong, what was found so far must not be kept or shown.
    if (found := scan.finding()) is not None:
        return Reading((found,))
    return reading


def _read(
    data: bytes,
    file_name: str,
    expected: Expected,
    chosen: str | None,
    scan: IdentityScan,
    way: _Way,
) -> Reading:
    limits = way.limits
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        return Reading((FINDINGS.found("FIL-001"),))
    if len(data) > limits.file_bytes:
        return Reading((FINDINGS.found("FIL-002", {"megabytes": limits.file_bytes // 1_000_000}),))
    kind = kind_of(data)
    if kind not in ("csv", "xlsx"):
        scan.raw(data, Place(field="file"))
        return Reading((FINDINGS.found("FIL-004", unreadable_kind(kind)),))
    if (promised := kind_by_name(file_name)) is not None and promised != kind:
        _scan_only(kind, data, scan, way)
        return Reading((FINDINGS.found("FIL-003", {"promised": promised, "found": kind}),))

    def score(rows: Sequence[list[str]]) -> int:
        return best_header(expected, rows)[1]

    if kind == "csv":
        way.unpacked(len(data))
        file, findings = read_csv(data, score=score, limits=limits, progress=way.progress)
        if file is None:
            scan.raw(data, Place(field="file"))
            return Reading(findings)
        scan.sheet(file.sheet, None)
        if (file.delimiter not in DELIMITERS or file.encoding.startswith("utf-16")) and not scan.places:
            # A delimiter of the sender's own may stand within a number, and what is said to be UTF-16 may hold single
            # bytes; the file is kept as it came.
            scan.raw(data, Place(field="file"))
        preview: dict[str, object] = {"file_kind": kind, "encoding": file.encoding, "delimiter": file.delimiter}
        return _read_sheet(expected, file.sheet, findings, preview, way) if not scan.places else Reading(())
    sheets, facts = read_xlsx(data, scan, limits, way.unpacked)
    if scan.places:
        return Reading(())
    findings = tuple(_workbook_findings(facts, sheets))
    if facts.programs:
        return Reading(findings, Preview(file_kind=kind))
    return _read_workbook(expected, sheets, chosen, findings, score, way)


def _scan_only(kind: str, data: bytes, scan: IdentityScan, way: _Way) -> None:
    if kind == "xlsx":
        read_xlsx(data, scan, way.limits, way.unpacked)
    else:
        scan.raw(data, Place(field="file"))


def _workbook_findings(facts: WorkbookFacts, sheets: Sequence[Sheet]) -> list[Finding]:
    findings = []
    if facts.programs:
        findings.append(FINDINGS.found("FIL-008", {"count_parts": len(facts.programs)}))
    if facts.pictures:
        findings.append(FINDINGS.found("FIL-013", {"pictures": facts.pictures}))
    if hidden := [sheet for sheet in sheets if sheet.is_hidden and not sheet.is_empty]:
        findings.append(FINDINGS.found("FIL-010", {}, tuple(Place(sheet.name) for sheet in hidden)))
    if facts.comments:
        findings.append(FINDINGS.found("FIL-014", {}, tuple(islice(facts.comments, 200))))
    if facts.personal_properties:
        findings.append(
            FINDINGS.found(
                "FIL-021",
                {
                    "properties": Text(
                        ", ".join(dict.fromkeys(_PROPERTIES[one].sv for one in facts.personal_properties)),
                        ", ".join(dict.fromkeys(_PROPERTIES[one].en for one in facts.personal_properties)),
                    )
                },
                (Place(field="properties"),),
            )
        )
    return findings


def _read_workbook(
    expected: Expected,
    sheets: Sequence[Sheet],
    chosen: str | None,
    findings: tuple[Finding, ...],
    score: Callable[[Sequence[list[str]]], int],
    way: _Way,
) -> Reading:
    visible = [sheet for sheet in sheets if not sheet.is_hidden and not sheet.is_empty]
    preview: dict[str, object] = {"file_kind": "xlsx", "sheets": tuple(sheet.name or "" for sheet in visible)}
    if not visible:
        return Reading((*findings, FINDINGS.found("FIL-001")), Preview(file_kind="xlsx"))
    wanted = [sheet for sheet in visible if sheet.name == chosen]
    if not wanted:
        scores = [score(sheet.rows) for sheet in visible]
        wanted = [sheet for sheet, each in zip(visible, scores, strict=True) if each == max(scores)]
        if len(wanted) > 1 and max(scores) > 0:
            places = tuple(Place(sheet.name) for sheet in wanted)
            return Reading(
                (*findings, FINDINGS.found("FIL-020", {}, places)),
                Preview(file_kind="xlsx", sheets=tuple(sheet.name or "" for sheet in visible)),
                may_be_kept=True,
            )
    preview["sheet"] = wanted[0].name
    return _read_sheet(expected, wanted[0], findings, preview, way)


def _read_sheet(
    expected: Expected, sheet: Sheet, findings: tuple[Finding, ...], preview: dict[str, object], way: _Way
) -> Reading:
    mapping = map_headings(expected, sheet.rows, sheet.name)
    if isinstance(mapping, Finding):
        start = [
            (number, tuple(map(shortened, row[:12]))) for number, row in enumerate(sheet.rows[:12], start=1) if any(row)
        ]
        shown = Preview(**preview, first_rows=tuple(start[:FIRST_ROWS]))  # type: ignore[arg-type]
        return Reading((*findings, mapping), shown, may_be_kept=True)
    letters = {name: letter(position) for name, position in mapping.positions.items()}
    if way.at_once is not None and len(sheet.rows) > way.at_once:
        shown = Preview(
            **preview,  # type: ignore[arg-type]
            header_row=mapping.header_row,
            data_rows=len(sheet.rows) - mapping.header_row,
            columns=mapping.columns,
        )
        read_so_far = (*findings, *mapping.findings)
        return Reading(read_so_far, shown, letters=letters, awaits_rows=True, may_be_kept=True)
    found = sort_rows(expected, mapping, sheet, way.progress)
    all_findings = [*findings, *mapping.findings, *_row_findings(expected, mapping, sheet, found)]
    shown = Preview(
        **preview,  # type: ignore[arg-type]
        header_row=mapping.header_row,
        title_rows=tuple(index + 1 for index in range(mapping.header_row - 1) if any(sheet.rows[index])),
        sum_rows=tuple(index + 1 for index in found.sums),
        sum_texts=tuple(sum_text(sheet.rows[index]) for index in found.sums),
        note_rows=tuple(index + 1 for index in (*found.notes, *found.repeated_headers)),
        empty_rows=found.empty,
        data_rows=len(found.data),
        columns=mapping.columns,
        first_rows=tuple((index + 1, tuple(map(shortened, sheet.rows[index]))) for index in found.data[:FIRST_ROWS]),
    )
    # After these errors it is not known what the cells are. After others the rows are checked all the same, so that the
    # sender learns of everything at once.
    if any(FINDINGS.of(finding).stops for finding in all_findings):
        return Reading(tuple(all_findings), shown, None, letters, may_be_kept=True)
    table, said = table_of(expected, mapping, sheet, found, str(preview["file_kind"]))
    return Reading((*all_findings, *said), shown, table, letters, may_be_kept=True)


def _row_findings(expected: Expected, mapping: Mapping, sheet: Sheet, found: Sorted) -> list[Finding]:
    findings: list[Finding] = []
    if not found.data:
        findings.append(FINDINGS.found("STR-012", {}, (Place(sheet.name, mapping.header_row),)))
    findings += [_doubled(expected.by_name[name], at, mapping, sheet, found) for name, at in mapping.doubled.items()]
    sums = list(compared_sums(expected, mapping, sheet, found))
    if sums and not expected.allows_sum_rows:
        findings.append(FINDINGS.found("FIL-018", {}, sums[0].places))
    else:
        findings += sums
    if found.notes:
        places = tuple(Place(sheet.name, index + 1) for index in found.notes)
        findings.append(FINDINGS.found("STR-013", {}, places))
    data_rows = {index + 1 for index in found.data}
    mapped = set(mapping.positions.values())
    if formulas := sorted(cell for cell in sheet.formulas if cell[0] in data_rows and cell[1] in mapped):
        places = tuple(Place(sheet.name, row, letter(column)) for row, column in formulas[:200])
        findings.append(FINDINGS.found("FIL-009", {"formulas": len(formulas)}, places))
    hidden = [Place(sheet.name, row) for row in sheet.hidden_rows if row in data_rows]
    hidden += [Place(sheet.name, None, letter(column - 1)) for column in sheet.hidden_columns if column - 1 in mapped]
    if hidden:
        findings.append(FINDINGS.found("FIL-022", {}, tuple(hidden[:200])))
    merged = [
        Place(sheet.name, first_row, letter(first_column))
        for first_row, first_column, last_row, last_column in sheet.merged
        if bisect_left(found.data, first_row - 1) < bisect_right(found.data, last_row - 1)
        and any(first_column <= position <= last_column for position in mapped)
    ]
    if merged:
        findings.append(FINDINGS.found("STR-008", {}, tuple(merged[:200])))
    return findings


def _doubled(
    column: ExpectedColumn, positions: Sequence[int], mapping: Mapping, sheet: Sheet, found: Sorted
) -> Finding:
    """Two columns for one element: fine where they are a code and its name and agree on every row, else an error."""
    header = sheet.rows[mapping.header_row - 1]
    rows = [[sheet.rows[index][at] if at < len(sheet.rows[index]) else "" for at in positions] for index in found.data]
    agree = bool(column.codes) and all(
        len({column.code_of(cell) for cell in cells}) == 1 and column.code_of(cells[0]) is not None for cells in rows
    )
    places = tuple(Place(sheet.name, mapping.header_row, letter(at), column.name, header[at]) for at in positions)
    params: dict[str, str | int] = {"element": column.label or column.name}
    return FINDINGS.found("STR-014", params, places) if agree else FINDINGS.found("STR-003", params, places)
