"""Which rows under the header are data, and which are sums, notes, repeated headers or empty.

Nothing is thrown away in silence: what is set aside is listed for the sender, and sums are compared with the rows that
they sum (`sums`).
"""

from collections.abc import Iterable, MutableSequence, Sequence
from dataclasses import dataclass, field
from itertools import chain

from submission_portal.deliveries.reading import written_forms
from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, spelled
from submission_portal.deliveries.reading.headings import Mapping
from submission_portal.deliveries.reading.limits import STEP, Progress, no_progress
from submission_portal.deliveries.reading.row_words import MEAN, SUM
from submission_portal.deliveries.reading.sheets import Row, Sheet


@dataclass(slots=True)
class Sorted:
    """Indexes into the sheet's rows, counted from 0."""

    data: MutableSequence[int] = field(default_factory=list)
    sums: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    repeated_headers: list[int] = field(default_factory=list)
    empty: int = 0
    called_sums: tuple[int, ...] = ()
    """Of ``data`` those that are called sums and are none (`units_called_sums`)."""


@dataclass(frozen=True, slots=True)
class RowSorter:
    """What a row is sorted by."""

    header: Row
    mapped: tuple[tuple[ExpectedColumn, int], ...]
    dimensions: tuple[tuple[ExpectedColumn, int], ...]
    width: int
    sum_words: frozenset[str]
    mean_words: frozenset[str]

    @classmethod
    def of(cls, expected: Expected, mapping: Mapping, header: Row, words: "SetAside") -> "RowSorter":
        mapped = tuple((expected.by_name[name], position) for name, position in mapping.positions.items())
        dimensions = tuple((column, position) for column, position in mapped if not column.is_value)
        return cls(header, mapped, dimensions, len(expected.columns), words.sums, words.means)

    def sort(self, index: int, row: Row, found: Sorted) -> None:
        """Add a row to where it belongs."""
        if not any(row):
            found.empty += 1
        elif row == self.header:
            found.repeated_headers.append(index)
        elif self.sum_words and not self.sum_words.isdisjoint(row) and _is_sum(row, self.dimensions, self.sum_words):
            found.sums.append(index)
        elif self._is_mean(row) or _is_note(row, self.mapped, self.width):
            found.notes.append(index)
        else:
            found.data.append(index)

    def _is_mean(self, row: Row) -> bool:
        """A row that begins with a word for a mean and is no row of its own: part of the key is not there."""
        if not self.mean_words or self.mean_words.isdisjoint(row):
            return False
        first = next(cell for cell in row if cell)
        return first in self.mean_words and any(
            column.is_key and column.is_required and (position >= len(row) or not row[position])
            for column, position in self.dimensions
        )


@dataclass(frozen=True, slots=True)
class SetAside:
    """The different cells of a sheet that name a sum, and those that name a mean or the like."""

    sums: frozenset[str]
    means: frozenset[str]

    @classmethod
    def among(cls, cells: Iterable[str], names: frozenset[str]) -> "SetAside":
        """Most cells of a long file stand in it many times, and are asked about once."""
        different = {cell for cell in set(cells) if cell}
        sums = (cell for cell in different if SUM.fullmatch(cell) or (names and spelled(cell) in names))
        return cls(frozenset(sums), frozenset(cell for cell in different if MEAN.fullmatch(cell)))

    @property
    def words(self) -> frozenset[str]:
        return self.sums | self.means


def sort_rows(expected: Expected, mapping: Mapping, sheet: Sheet, progress: Progress = no_progress) -> Sorted:
    """Sort every row under the header."""
    found = Sorted()
    words = SetAside.among(chain.from_iterable(sheet.rows), expected.sum_names)
    header = sheet.rows[mapping.header_row - 1] if mapping.header_row else []
    sorter = RowSorter.of(expected, mapping, header, words)
    for index in range(mapping.header_row, len(sheet.rows)):
        if index % STEP == 0:
            progress("structure", index, 0)
        sorter.sort(index, sheet.rows[index], found)
    return found


def _is_sum(row: Row, dimensions: Sequence[tuple[ExpectedColumn, int]], sum_words: frozenset[str]) -> bool:
    for column, position in dimensions:
        cell = row[position] if position < len(row) else ""
        if cell in sum_words and column.code_of(cell) is None:
            return True
    first = next((cell for cell in row if cell), "")
    return first in sum_words and all(column.code_of(first) is None for column, _ in dimensions)


def _is_note(row: Row, mapped: Sequence[tuple[ExpectedColumn, int]], width: int) -> bool:
    """A row with a text outside the columns, or one lonely text that is no value of its column. Where it is not known yet of any
    column what it is, a row with several cells is none."""
    if not mapped:
        return sum(map(bool, row)) < 2
    several = width >= 3
    filled = []
    for column, position in mapped:
        if position < len(row) and row[position]:
            filled.append((column, row[position]))
            if several and len(filled) > 1:
                return False
    if not filled:
        return True
    if len(filled) > 1 or not several or filled[0][0].is_value:
        return False
    column, cell = filled[0]
    if column.code_of(cell) is not None:
        return False
    return " " in cell and written_forms.period(cell) is None and written_forms.day(cell) is None
