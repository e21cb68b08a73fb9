"""Rows after the checks, by columns: the different values of each, and which of them every row has.

A whole column of values or texts is made when somebody asks for it, and is theirs: three million rows of twelve columns are 1.5 GB
as a frame of texts, and a tenth of that here. Pure.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from information_models.cells import Cells, RowPlaces
from information_models.frames import ROW, SHEET
from registry.findings import Place


@dataclass(frozen=True, eq=False)
class TypedRows:
    """Checked rows. ``frame`` describes the columns; ``cells`` has all of them but the number of the row."""

    numbers: pl.Series
    """Where each row is in the sender's file; 0 for what an answer made."""
    cells: Mapping[str, Cells]
    names: Sequence[str]
    """All columns of the frame, in its order."""

    @classmethod
    def of(cls, frame: pl.DataFrame) -> "TypedRows":
        """Rows that are a frame already."""
        numbers = frame[ROW] if ROW in frame.columns else pl.int_range(1, frame.height + 1, eager=True).alias(ROW)
        rows = cls(numbers, _CellsOf(frame), frame.columns)
        rows.__dict__["frame"] = frame
        return rows

    @property
    def height(self) -> int:
        return self.numbers.len()

    @cached_property
    def frame(self) -> pl.DataFrame:
        """All rows with their values and texts."""
        return self._framed(Cells.values)

    def coded(self) -> pl.DataFrame:
        """The frame with enumerations in the place of texts, where they are few."""
        return self._framed(lambda column: words if (words := column.enumeration()) is not None else column.values())

    def _framed(self, of_column: Callable[[Cells], pl.Series]) -> pl.DataFrame:
        return pl.DataFrame({name: self.numbers if name == ROW else of_column(self.cells[name]) for name in self.names})

    def where(self, name: str, is_it: Callable[[pl.Series], pl.Series]) -> np.ndarray:
        """In which rows something is true of the value of a column; it is asked of each different value once."""
        column = self.cells[name]
        return column.where(is_it(column.texts))

    def places(self, mask: np.ndarray, field: str | None = None, value: str | None = None) -> RowPlaces:
        """A place for each row that ``mask`` is true of, with what the column ``value`` says there, as a text: a place is kept."""
        index = np.flatnonzero(mask).astype(np.uint32)

        def made(start: int, stop: int) -> list[Place]:
            part = index[start:stop]
            said = self.cells[value].at(part) if value else [None] * part.size
            texts = [None if one is None else str(one) for one in said]
            where = zip(self.numbers.gather(part).to_list(), self.cells[SHEET].at(part), texts, strict=True)
            return [Place(sheet, number, field=field, value=text) for number, sheet, text in where]

        return RowPlaces(self.numbers, index, field, made)

    def extended(self, more: pl.DataFrame) -> "TypedRows":
        """The rows and further ones, of which a column that ``more`` lacks says nothing."""
        nothing = pl.Series([None], dtype=pl.Null).new_from_index(0, more.height)
        return TypedRows(
            pl.concat([self.numbers, more[ROW].cast(self.numbers.dtype)]),
            {
                name: column.extended(more[name] if name in more.columns else nothing)
                for name, column in self.cells.items()
            },
            self.names,
        )


class _CellsOf(Mapping[str, Cells]):
    """The columns of a frame, each coded when somebody asks for it."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame
        self._known: dict[str, Cells] = {}

    def __getitem__(self, name: str) -> Cells:
        if name not in self._known:
            if name not in self:
                raise KeyError(name)
            self._known[name] = Cells.of_values(self._frame[name])
        return self._known[name]

    def __contains__(self, name: object) -> bool:
        return name != ROW and name in self._frame.columns

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._frame.columns if name != ROW)

    def __len__(self) -> int:
        return sum(1 for _ in self)
