"""A delivered file under check: its bytes, and what is made of them step by step, each when it is first asked for.

`look_through` comes first: everything in the file is looked through for identity numbers before a check speaks of any of it.
Pure: nothing is written anywhere, and nothing that the file asks for is fetched.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from registry.findings import Finding, Param, Place
from submission_portal.deliveries.reading.archives import UnreadableError
from submission_portal.deliveries.reading.columnar.grid import OddFileError
from submission_portal.deliveries.reading.columnar.scanning import scan_columns
from submission_portal.deliveries.reading.columnar.sorting import sort_columns
from submission_portal.deliveries.reading.columnar.tables import table_of_columns
from submission_portal.deliveries.reading.columnar.text_files import read_by_columns
from submission_portal.deliveries.reading.csv_files import DELIMITERS, CsvFile, read_csv
from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn
from submission_portal.deliveries.reading.file_kinds import kept_name, kind_by_name, kind_of
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.grid_rows import GridRows
from submission_portal.deliveries.reading.headings import HEADER_SEARCHED, Mapping, best_header, map_headings
from submission_portal.deliveries.reading.identity_scan import IdentityScan
from submission_portal.deliveries.reading.limits import Limits, Progress, Unpacked
from submission_portal.deliveries.reading.nameless_rows import without_nameless_rows
from submission_portal.deliveries.reading.older_encodings import CHOICES, SingleByte, single_byte
from submission_portal.deliveries.reading.quoted_cells import Quoted, is_understood, quoted_cells
from submission_portal.deliveries.reading.row_widths import RowWidths, row_widths, width_of
from submission_portal.deliveries.reading.rows import Sorted, sort_rows
from submission_portal.deliveries.reading.sheets import Sheet
from submission_portal.deliveries.reading.sizes import Size, too_large
from submission_portal.deliveries.reading.sums import ComparedSums, compared_sums, sum_name
from submission_portal.deliveries.reading.table import Table, table_of
from submission_portal.deliveries.reading.undivided_headers import UndividedHeader, undivided_header
from submission_portal.deliveries.reading.units_called_sums import with_units_called_sums
from submission_portal.deliveries.reading.workbooks import WorkbookFacts
from submission_portal.deliveries.reading.xlsx_files import read_xlsx

_NOT_BLANK = re.compile(rb"[^ \t\r\n\x00\xef\xbb\xbf]")


@dataclass(frozen=True, slots=True)
class Way:
    """How far to read, within which bounds, and who is told."""

    limits: Limits
    progress: Progress
    unpacked: Unpacked


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a workbook, hidden ones included, and what else is in it."""

    sheets: tuple[Sheet, ...]
    facts: WorkbookFacts

    @property
    def visible(self) -> tuple[Sheet, ...]:
        """The sheets that people see, and that hold something."""
        return tuple(sheet for sheet in self.sheets if not sheet.is_hidden and not sheet.is_empty)

    @property
    def hidden(self) -> tuple[Sheet, ...]:
        """The hidden sheets that hold something."""
        return tuple(sheet for sheet in self.sheets if sheet.is_hidden and not sheet.is_empty)


@dataclass
class FileCase:
    """A file of which it is expected that it holds these columns. ``chosen`` is the sender's own choice of a sheet."""

    data: bytes
    file_name: str
    expected: Expected
    chosen: str | None
    way: Way
    scan: IdentityScan = field(default_factory=IdentityScan)
    encoding: str | None = None
    """The sender's own choice, for a text that is neither UTF-8 nor UTF-16."""

    def look_through(self) -> None:
        """Look for identity numbers in everything that the file holds, and in its name."""
        self.scan.file_names(self.file_name, kept_name(self.file_name))
        if self.is_blank or self.is_too_large:
            return
        if not self.is_of_a_kind_read or (not self.is_named_as_it_is and self.kind == "csv"):
            self.scan.raw(self.data, Place(field="file"))
        else:
            _ = self.opened

    @cached_property
    def is_blank(self) -> bool:
        return _NOT_BLANK.search(self.data) is None

    @property
    def is_too_large(self) -> bool:
        return len(self.data) > self.way.limits.file_bytes

    @cached_property
    def kind(self) -> str:
        """What the file is by its content."""
        return kind_of(self.data)

    @property
    def is_of_a_kind_read(self) -> bool:
        return self.kind in ("csv", "xlsx")

    @property
    def promised(self) -> str:
        """What the name promises; what it is, where the name promises nothing."""
        return kind_by_name(self.file_name) or self.kind

    @property
    def is_named_as_it_is(self) -> bool:
        return self.promised == self.kind

    @cached_property
    def opened(self) -> CsvFile | Workbook | Finding:
        """What is in the file, or the finding that says why it cannot be read."""
        try:
            return self._workbook() if self.kind == "xlsx" else self._text_file()
        except UnreadableError as unreadable:
            return unreadable.finding

    def _workbook(self) -> Workbook:
        way = self.way
        return Workbook(*read_xlsx(self.data, self.scan, way.limits, way.unpacked, self.header_of, way.progress))

    def _text_file(self) -> CsvFile:
        self.way.unpacked(len(self.data))
        try:
            file = self._read_text()
        except UnreadableError:
            self.scan.raw(self.data, Place(field="file"))
            raise
        if isinstance(file.sheet.rows, GridRows):
            scan_columns(self.scan, file.sheet, file.sheet.rows)
        else:
            self.scan.sheet(file.sheet, None)
        if (file.delimiter not in DELIMITERS or file.encoding.startswith("utf-16")) and not self.scan.places:
            # A delimiter of the sender's own may stand within a number, and what is said to be UTF-16 may hold single
            # bytes; the file is kept as it came.
            self.scan.raw(self.data, Place(field="file"))
        return file

    def _read_text(self) -> CsvFile:
        """By columns where its lines are all alike, else row by row."""
        limits, progress = self.way.limits, self.way.progress
        try:
            return read_by_columns(
                self.data,
                score=self.score,
                header_of=self.header_of,
                limits=limits,
                single_byte=self.single_byte_name,
                progress=progress,
            )
        except OddFileError as odd:
            if len(self.data) > limits.odd_bytes or self.data.count(b"\n") > limits.odd_rows + HEADER_SEARCHED:
                places = () if odd.row is None else (Place(row=odd.row),)
                told: dict[str, Param] = {
                    "why": odd.why,
                    "rows": limits.odd_rows,
                    "megabytes": limits.odd_bytes // 1_000_000,
                }
                raise UnreadableError(FINDINGS.found("FIL-035", told, places)) from None
        file = read_csv(
            self.data, score=self.score, limits=limits, single_byte=self.single_byte_name, progress=progress
        )
        header, _score = self.header_of(file.sheet.rows)
        rows = len(file.sheet.rows) - header - 1
        if rows > min(limits.rows, limits.odd_rows):
            raise UnreadableError(too_large(limits, Size(rows, max(map(len, file.sheet.rows)))))
        return file

    @cached_property
    def single_byte(self) -> SingleByte:
        """Which single-byte encoding the text is in, if it is in one."""
        if self.encoding in CHOICES:
            return SingleByte(str(self.encoding))
        return single_byte(self.data, self.expected.known_words)

    def single_byte_name(self) -> str:
        """The name of that encoding."""
        return self.single_byte.encoding

    @property
    def is_encoding_asked(self) -> bool:
        """Whether nothing but the sender can say which encoding the text is in."""
        return self.text_file.encoding in CHOICES and not self.single_byte.is_certain

    def header_of(self, rows: Sequence[list[str]]) -> tuple[int, int]:
        """Which of some first rows is most like a header (index), and how well it fits."""
        return best_header(self.expected, rows)

    def score(self, rows: Sequence[list[str]]) -> int:
        """How well some first rows fit what is expected."""
        return best_header(self.expected, rows)[1]

    @property
    def text_file(self) -> CsvFile:
        """The text file. Raises ``LookupError`` where it is none, or was not read."""
        if not isinstance(self.opened, CsvFile):
            raise LookupError("no text file")
        return self.opened

    @property
    def workbook(self) -> Workbook:
        """The workbook. Raises ``LookupError`` where it is none, or was not read."""
        if not isinstance(self.opened, Workbook):
            raise LookupError("no workbook")
        return self.opened

    @cached_property
    def candidates(self) -> tuple[Sheet, ...]:
        """The sheets that may be meant: the chosen one, else those that fit best; where none fits, the first."""
        if not self.is_opened:
            return ()
        if isinstance(self.opened, CsvFile):
            return (self.opened.sheet,)
        visible = self.workbook.visible
        if not visible or self.workbook.facts.programs:
            return ()
        if chosen := tuple(sheet for sheet in visible if sheet.name == self.chosen):
            return chosen
        scores = [self.score(sheet.rows) for sheet in visible]
        best = tuple(sheet for sheet, each in zip(visible, scores, strict=True) if each == max(scores))
        return best if max(scores) > 0 else best[:1]

    @property
    def sheet(self) -> Sheet:
        """The one sheet that is meant. Raises ``LookupError`` where it is not known."""
        if len(self.candidates) != 1:
            raise LookupError("no sheet")
        return self.candidates[0]

    @cached_property
    def header(self) -> Mapping | None:
        """What the columns of the sheet mean; ``None`` where it has no header."""
        return map_headings(self.expected, self.sheet.rows)

    @cached_property
    def undivided(self) -> UndividedHeader | None:
        """Where no header was found: a row that would be one, had it been divided into cells."""
        declared = self.opened.delimiter if isinstance(self.opened, CsvFile) and self.opened.is_declared else None
        return undivided_header(self.expected, self.sheet.rows, declared)

    @property
    def is_opened(self) -> bool:
        """Whether it is known what is in the file, and that it may be told."""
        is_tried = not (self.is_blank or self.is_too_large) and self.is_of_a_kind_read and self.is_named_as_it_is
        return is_tried and not self.scan.places and not isinstance(self.opened, Finding)

    @property
    def has_header(self) -> bool:
        """Whether it is known which sheet is meant, and what its columns are."""
        return len(self.candidates) == 1 and self.header is not None

    @property
    def mapping(self) -> Mapping:
        """What the columns of the sheet mean. Raises ``LookupError`` where it has no header."""
        if self.header is None:
            raise LookupError("no header")
        return self.header

    @cached_property
    def found(self) -> Sorted:
        """Which rows are data, sums, notes."""
        if isinstance(self.sheet.rows, GridRows):
            found = sort_columns(self.expected, self.mapping, self.sheet.rows)
        else:
            found = sort_rows(self.expected, self.mapping, self.sheet, self.way.progress)
        found = without_nameless_rows(self.expected, self.mapping, self.sheet, found)
        return with_units_called_sums(self.expected, self.mapping, self.sheet, found) if found.sums else found

    @cached_property
    def widths(self) -> RowWidths:
        """How the data rows of a text file fit its header."""
        rows = self.sheet.rows
        if isinstance(rows, GridRows) and not any(
            map(rows.has_cells, range(width_of(rows.head[-1]), len(rows.columns)))
        ):
            return RowWidths(len(rows.columns))
        rows, found = self.sheet.rows, self.found
        return row_widths(self.expected, self.mapping, rows, found.data, self.text_file.delimiter, found.notes)

    @cached_property
    def quoted(self) -> tuple[Quoted, ...]:
        """The cells of a text file that took line breaks or delimiters with them."""
        file = self.text_file
        if isinstance(file.sheet.rows, GridRows) and self._is_divided_well(file.sheet.rows, file.delimiter):
            return ()
        return quoted_cells(self.expected, self.mapping, file.sheet.rows, file.spanning, file.delimiter)

    def _is_divided_well(self, rows: GridRows, delimiter: str) -> bool:
        """Whether no cell under the header makes one ask why it holds the delimiter."""
        known = {position: self.expected.by_name[name] for name, position in self.mapping.positions.items()}
        return all(
            is_understood(known.get(position), text, delimiter)
            for position, column in enumerate(rows.columns)
            for text in column.texts
            if delimiter in text
        )

    @cached_property
    def sum_names(self) -> tuple[str, ...]:
        """What each sum row says that it sums."""
        return tuple(sum_name(self.sheet.rows[index], self.dimensions) for index in self.found.sums)

    @cached_property
    def dimensions(self) -> Sequence[tuple[ExpectedColumn, int]]:
        """The columns that say what a row is about, and their positions."""
        columns = ((self.expected.by_name[name], position) for name, position in self.mapping.positions.items())
        return [each for each in columns if not each[0].is_value]

    @cached_property
    def sums(self) -> ComparedSums:
        """The sum rows beside the rows that they sum."""
        return compared_sums(self.expected, self.mapping, self.sheet, self.found)

    @cached_property
    def table(self) -> tuple[Table, list[Finding]]:
        """The data rows in one form, and what was read in another form than it was written."""
        rows = self.sheet.rows
        if isinstance(rows, GridRows):
            return table_of_columns(self.expected, self.mapping, self.sheet, rows, self.found, self.kind)
        return table_of(self.expected, self.mapping, self.sheet, self.found, self.kind)
