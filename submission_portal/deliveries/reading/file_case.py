"""A delivered file under check: its bytes, and what is made of them step by step, each when it is first asked for.

`look_through` comes first: everything in the file is looked through for identity numbers before a check speaks of any of it.
Pure: nothing is written anywhere, and nothing that the file asks for is fetched.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from registry.findings import Finding, Place
from submission_portal.deliveries.reading.archives import UnreadableError
from submission_portal.deliveries.reading.asking import Asked
from submission_portal.deliveries.reading.columnar.sorting import sort_columns
from submission_portal.deliveries.reading.columnar.tables import table_of_columns
from submission_portal.deliveries.reading.csv_files import CsvFile
from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, spelled
from submission_portal.deliveries.reading.file_kinds import kept_name, kind_of
from submission_portal.deliveries.reading.grid_rows import GridRows
from submission_portal.deliveries.reading.headings import Mapping, best_header, header_index, map_headings
from submission_portal.deliveries.reading.identity_scan import IdentityScan
from submission_portal.deliveries.reading.json_files import is_lone_value
from submission_portal.deliveries.reading.laying import HEADLESS, Laid, laid_out
from submission_portal.deliveries.reading.layouts.content import NO_HEADINGS, NOTE, Layout
from submission_portal.deliveries.reading.layouts.headless import like_headless
from submission_portal.deliveries.reading.layouts.patterns import pattern_of
from submission_portal.deliveries.reading.layouts.questions import Mapped
from submission_portal.deliveries.reading.layouts.shaping import (
    Shape,
    answered_header,
    expected_here,
    period_column,
    scored_by,
    shape_of,
)
from submission_portal.deliveries.reading.limits import Way
from submission_portal.deliveries.reading.nameless_rows import without_nameless_rows
from submission_portal.deliveries.reading.older_encodings import CHOICES, SingleByte, single_byte
from submission_portal.deliveries.reading.packing import is_packed, unpack
from submission_portal.deliveries.reading.quoted_cells import Quoted, is_understood, quoted_cells
from submission_portal.deliveries.reading.readers import (
    BY_KIND,
    READERS,
    Opened,
    Workbook,
    is_named_as,
    promised_kind,
)
from submission_portal.deliveries.reading.records import RecordFile
from submission_portal.deliveries.reading.row_widths import RowWidths, row_widths, width_of
from submission_portal.deliveries.reading.rows import Sorted, sort_rows
from submission_portal.deliveries.reading.sheets import Sheet
from submission_portal.deliveries.reading.sums import ComparedSums, compared_sums, sum_name
from submission_portal.deliveries.reading.table import Table, table_of
from submission_portal.deliveries.reading.turning import Turned, turned
from submission_portal.deliveries.reading.undivided_headers import UndividedHeader, undivided_header
from submission_portal.deliveries.reading.units_called_sums import with_units_called_sums

_NOT_BLANK = re.compile(rb"[^ \t\r\n\x00\xef\xbb\xbf]")


@dataclass
class FileCase:
    """A file of which it is expected that it holds these columns. ``chosen`` is the sender's own choice of a sheet."""

    given: bytes
    file_name: str
    model: Expected
    """What the model expects of any file; ``expected`` is what is expected of this one's sheet."""
    chosen: str | None
    way: Way
    scan: IdentityScan = field(default_factory=IdentityScan)
    encoding: str | None = None
    """The sender's own choice, for a text that is neither UTF-8 nor UTF-16."""
    layouts: tuple[Layout, ...] = ()
    """What has been answered about exports before, the latest last."""
    header_row: int = 0
    """The row (from 1) that the sender chose as that of the headings; 0 where it is to be found, `NO_HEADINGS` where there is none."""
    time: str = ""
    """The year, or the year and the month, that the sender says headings without one are of."""

    def look_through(self) -> None:
        """Look for identity numbers in everything that the file holds, and in its name."""
        self.scan.file_names(self.file_name, kept_name(self.file_name))
        if self.is_blank or self.is_too_large:
            return
        if not self.is_of_a_kind_read or (not self.is_named_as_it_is and BY_KIND[self.kind].is_text):
            self.scan.raw(self.data, Place(field="file"))
        else:
            _ = self.opened

    @cached_property
    def _unpacked(self) -> bytes | Finding:
        if not is_packed(self.given) or self.is_too_large:
            return self.given
        try:
            content = unpack(self.given, self.scan, self.way.limits, self.way.unpacked)
        except UnreadableError as unreadable:
            return unreadable.finding
        reader = BY_KIND.get(kind_of(content))
        return content if reader is not None and reader.is_text else self.given

    @property
    def data(self) -> bytes:
        """The file; of a text that came packed what is in it."""
        return self.given if isinstance(self._unpacked, Finding) else self._unpacked

    @cached_property
    def is_blank(self) -> bool:
        return _NOT_BLANK.search(self.data) is None

    @property
    def is_too_large(self) -> bool:
        return len(self.given) > self.way.limits.file_bytes

    @cached_property
    def kind(self) -> str:
        """What the file is by its content; what could not be unpacked is what its name says that is in it."""
        if isinstance(self._unpacked, Finding):
            promised = promised_kind(self.file_name)
            return promised if promised in BY_KIND else READERS[0].kind
        kind = kind_of(self.data)
        is_called_json = kind == "csv" and is_named_as(self.file_name, "json")
        return "json" if is_called_json and is_lone_value(self.data) else kind

    @property
    def is_of_a_kind_read(self) -> bool:
        return self.kind in BY_KIND

    @property
    def promised(self) -> str:
        """What the name promises; what it is, where the name promises nothing."""
        return promised_kind(self.file_name) or self.kind

    @property
    def is_named_as_it_is(self) -> bool:
        return self.promised == self.kind or is_named_as(self.file_name, self.kind)

    @cached_property
    def opened(self) -> Opened | Finding:
        """What is in the file, or the finding that says why it cannot be read."""
        if isinstance(self._unpacked, Finding):
            return self._unpacked
        try:
            return BY_KIND[self.kind].opens(self)
        except UnreadableError as unreadable:
            return unreadable.finding

    @cached_property
    def single_byte(self) -> SingleByte:
        """Which single-byte encoding the text is in, if it is in one."""
        if self.encoding in CHOICES:
            return SingleByte(str(self.encoding))
        return single_byte(self.data, self.scored.known_words)

    def single_byte_name(self) -> str:
        """The name of that encoding."""
        return self.single_byte.encoding

    @property
    def is_encoding_asked(self) -> bool:
        """Whether nothing but the sender can say which encoding the text is in."""
        return self.text_file.encoding in CHOICES and not self.single_byte.is_certain

    def header_of(self, rows: Sequence[list[str]]) -> tuple[int, int]:
        """Which of some first rows is most like a header (index), and how well it fits."""
        said = self._said_header(rows)
        return best_header(self.scored, rows) if said is None else (said, len(self.model.columns))

    def _said_header(self, rows: Sequence[list[str]]) -> int | None:
        """The header where the sender says which it is: of this file, or of an earlier one with the same headings."""
        if self.header_row > 0:
            return min(self.header_row, len(rows)) - 1 if rows else None
        return answered_header(self.model, self.layouts, rows)

    def score(self, rows: Sequence[list[str]]) -> int:
        """How well some first rows fit what is expected."""
        said = answered_header(self.model, self.layouts, rows)
        return best_header(self.scored, rows)[1] if said is None else len(self.model.columns)

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
        if isinstance(self.opened, CsvFile | RecordFile):
            return (self.opened.sheet,)
        visible = self.workbook.visible
        if not visible or self.workbook.facts.programs:
            return ()
        if chosen := tuple(sheet for sheet in visible if sheet.name == self.chosen):
            return chosen
        return self._alike or visible[:1]

    @cached_property
    def _alike(self) -> tuple[Sheet, ...]:
        """The sheets of a workbook that fit best what is expected; none where none fits."""
        visible = self.workbook.visible
        scores = [self.score(sheet.rows) for sheet in visible]
        return tuple(sheet for sheet, each in zip(visible, scores, strict=True) if each == max(scores) > 0)

    @cached_property
    def sheet_pattern(self) -> str:
        """What the sheet is called, with a period in its name read as such; empty in a file without sheets."""
        return pattern_of(self.raw.name).heading if self.raw.name else ""

    @cached_property
    def is_one_of_several(self) -> bool:
        """Whether other sheets of the workbook have the same headings: what is the same on every row of one may be another on
        theirs."""
        return isinstance(self.opened, Workbook) and len(self._alike) > 1

    @cached_property
    def layouts_here(self) -> tuple[Layout | None, ...]:
        """The answers that may be about this sheet; ``None`` in the place of those of another sheet, or of no certain one."""

        def is_of_here(layout: Layout) -> bool:
            if layout.sheet:
                return layout.sheet == self.sheet_pattern
            return not (self.is_one_of_several and layout.constants)

        return tuple(one if is_of_here(one) else None for one in self.layouts)

    @property
    def raw(self) -> Sheet:
        """The one sheet that is meant, as its sender has it. Raises ``LookupError`` where it is not known."""
        if len(self.candidates) != 1:
            raise LookupError("no sheet")
        return self.candidates[0]

    @property
    def sheet(self) -> Sheet:
        """The sheet as its headings are read (`laying.Laid`), with each row in its place. Raises ``LookupError`` as `raw` does."""
        return self.laid.sheet if self.laid is not None else self.raw

    @cached_property
    def scored(self) -> Expected:
        """What headers are recognised by."""
        return scored_by(self.model, self.layouts)

    @cached_property
    def laid(self) -> Laid | None:
        """The sheet under its headings; ``None`` where they were not found."""
        index = self._header_at()
        if index is None:
            return None
        return laid_out(self.model, self.layouts_here, self.raw, index, self.file_name, self.time)

    def _header_at(self) -> int | None:
        """The row (index) of the headings: said, found, or known to be none."""
        rows = self.raw.rows
        if self.header_row == NO_HEADINGS:
            return HEADLESS
        index = self._said_header(rows)
        if index is None:
            index = header_index(self.scored, rows)
        return HEADLESS if index is None and like_headless(self.layouts_here, rows) is not None else index

    @cached_property
    def shape(self) -> Shape | None:
        """What the columns of the sheet are, with what has been answered; ``None`` where it has no header."""
        laid = self.laid
        if laid is None:
            return None
        return shape_of(self.model, self.layouts_here, laid.sheet.rows, laid.header, laid.headings)

    @cached_property
    def expected(self) -> Expected:
        """What is expected of the sheet: the model's columns, each where this sheet has it."""
        if self.shape is None or self.laid is None:
            return self.model
        here, cells = expected_here(self.model, self.shape), self.laid.period_cells
        period = period_column(self.model) if cells else None
        if period is None:
            return here
        columns = (replace(one, completed=cells) if one.name == period.name else one for one in here.columns)
        return replace(here, columns=tuple(columns))

    @cached_property
    def header(self) -> Mapping | None:
        """What the columns of the sheet mean; ``None`` where it has no header."""
        return None if self.shape is None else map_headings(self.expected, self.sheet.rows, self.shape)

    @cached_property
    def counted(self) -> Expected:
        """`expected` with what the sheet's columns count in. Raises ``LookupError`` without a header."""
        if self.shape is None or not self.shape.layout.factors:
            return self.expected
        told, patterns = self.shape.layout.factors, self.shape.patterns
        factors = {name: told.get(patterns[position], "") for name, position in self.mapping.positions.items()}
        columns = (replace(one, factor=factors.get(one.name, "")) for one in self.expected.columns)
        return replace(self.expected, columns=tuple(columns))

    @cached_property
    def mapped(self) -> Mapped:
        """What is to be asked about the sheet, and how its columns were read. Raises ``LookupError`` without a header."""
        if self.shape is None or self.laid is None:
            raise LookupError("no header")
        asked = Asked(
            self.counted,
            self.shape,
            self.mapping,
            self.sheet.rows,
            self.found,
            is_shown=bool(self.header_row),
            laid=self.laid,
        )
        sheet = self.sheet_pattern if self.is_one_of_several else ""
        return replace(asked.mapped(), header=self.header_row, sheet=sheet, time=self.time)

    @cached_property
    def turned(self) -> Turned:
        """The rows as the model has them. Raises ``LookupError`` without a header."""
        if self.shape is None:
            raise LookupError("no header")
        return turned(self.model, self.shape, self.table[0])

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
        found = self._without_answered_notes(found)
        found = without_nameless_rows(self.expected, self.mapping, self.sheet, found)
        return with_units_called_sums(self.expected, self.mapping, self.sheet, found) if found.sums else found

    def _without_answered_notes(self, found: Sorted) -> Sorted:
        """``found`` with the rows set aside that were said not to belong to what is delivered."""
        aside = self.shape.layout.aside if self.shape is not None else {}
        named = {text for text, row in aside.items() if row == NOTE}
        if not named:
            return found
        notes = [
            index
            for index in found.data
            if any(at < len(row := self.sheet.rows[index]) and spelled(row[at]) in named for _, at in self.dimensions)
        ]
        if not notes:
            return found
        kept = [index for index in found.data if index not in set(notes)]
        return replace(found, data=kept, notes=sorted([*found.notes, *notes]))

    @cached_property
    def widths(self) -> RowWidths:
        """How the data rows of a text file fit its header; where rows were put together, or no heading says how many cells there
        are, nothing is said of that."""
        rows = self.sheet.rows
        if self.laid is not None and not self.laid.is_plain:
            return RowWidths(len(self.laid.headings.texts))
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
            return table_of_columns(self.counted, self.mapping, self.sheet, rows, self.found, self.kind)
        return table_of(self.counted, self.mapping, self.sheet, self.found, self.kind)
