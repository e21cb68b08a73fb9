"""The cells of a file by columns: the different texts of each, and which of them every row has.

A long file says few different things many times. What a text means is found out once for each text, and spread over the rows
by number; where each row was in the sender's file is kept beside it, so that a place can be made of a row when somebody
asks for it. Pure.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from registry.findings import LazyPlaces, Place


@dataclass(frozen=True, slots=True)
class Cells:
    """One column. ``texts`` are without blanks around and may hold null (an empty cell); ``codes`` are indexes into them.

    Also what the texts mean, with values in their place (`meaning`): of any type, and equal ones may be there several times.
    """

    texts: pl.Series
    codes: pl.Series

    @classmethod
    def of(cls, column: pl.Series) -> "Cells":
        """A column of texts, or of an enumeration of texts.

        >>> cells = Cells.of(pl.Series(["a", "b ", None, "a"]))
        >>> cells.texts.to_list(), cells.codes.to_list()
        (['a', 'b', None], [0, 1, 2, 0])
        """
        if isinstance(column.dtype, pl.Enum):
            texts, codes = column.dtype.categories, column.to_physical().cast(pl.UInt32)
        else:
            column = column.cast(pl.String)
            codes = column.cast(pl.Categorical(pl.Categories.random())).to_physical().cast(pl.UInt32)
            texts = column.gather(_first_places(codes))
        stripped = texts.cast(pl.String).str.strip_chars().replace("", None)
        empty = pl.Series([None], dtype=pl.String)
        return cls(stripped.append(empty), codes.fill_null(len(texts)))

    @classmethod
    def of_values(cls, column: pl.Series) -> "Cells":
        """A column of values of any type; of texts as they are."""
        different = column.drop_nulls().unique()
        positions = pl.int_range(different.len(), dtype=pl.UInt32, eager=True)
        codes = column.replace_strict(different, positions, default=None, return_dtype=pl.UInt32)
        return cls(different.append(different.clear().extend_constant(None, 1)), codes.fill_null(positions.len()))

    def enumeration(self) -> pl.Series | None:
        """The column as an enumeration of texts; ``None`` where its values are no texts, or too many for that."""
        words = self.texts.drop_nulls().unique(maintain_order=True)
        if self.texts.dtype != pl.String or not words.len() or 2 * words.len() > self.codes.len():
            return None
        return self.spread(self.texts.cast(pl.Enum(words)))

    def spread(self, of_texts: pl.Series) -> pl.Series:
        """What belongs to each text, for each row."""
        return of_texts.gather(self.codes)

    def meaning(self, of_texts: pl.Series) -> "Cells":
        """The column with what belongs to each text in its place."""
        return Cells(of_texts, self.codes)

    def each(self, convert: Callable[[str], object], dtype: pl.DataType | type[pl.DataType]) -> pl.Series:
        """``convert`` applied to each text; null for an empty cell."""
        values = [None if text is None else convert(text) for text in self.texts]
        return pl.Series(values, dtype=dtype)

    def at(self, index: pl.Series) -> list[str | None]:
        """The texts of some rows."""
        return self.texts.gather(self.codes.gather(index)).to_list()

    def filter(self, mask: pl.Series) -> "Cells":
        return replace(self, codes=self.codes.filter(mask))


def _first_places(codes: pl.Series) -> pl.Series:
    """Where each of the codes 0, 1, 2 … stands first."""
    there = codes.drop_nulls()
    first = np.zeros(int(there.max()) + 1 if there.len() else 0, dtype=np.uint32)  # type: ignore[arg-type]
    at = codes.is_not_null().arg_true().to_numpy()
    first[there.to_numpy()[::-1]] = at[::-1]
    return pl.Series(first)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a file: where each is, and its cells by column."""

    numbers: pl.Series
    sheets: pl.Series
    cells: Mapping[str, Cells]

    @property
    def height(self) -> int:
        return self.numbers.len()

    def filter(self, mask: pl.Series) -> "Rows":
        cells = {name: column.filter(mask) for name, column in self.cells.items()}
        return Rows(self.numbers.filter(mask), self.sheets.filter(mask), cells)

    def every(self) -> pl.Series:
        """The index of every row."""
        return pl.int_range(self.height, dtype=pl.UInt32, eager=True)

    def places(self, index: pl.Series, field: str | None = None, key: Sequence[str] = ()) -> "RowPlaces":
        """A place for each of these rows, with the cell of ``field`` and those of ``key`` as they were written."""

        def made(start: int, stop: int) -> list[Place]:
            part = index[start:stop]
            values = self.cells[field].at(part) if field else [None] * part.len()
            keys = [self.cells[name].at(part) for name in key]
            where = zip(self.numbers.gather(part).to_list(), self.sheets.gather(part).to_list(), strict=True)
            return [
                Place(
                    sheet=sheet,
                    row=number,
                    field=field,
                    value=values[at],
                    key=tuple((name, column[at] or "") for name, column in zip(key, keys, strict=True)),
                )
                for at, (number, sheet) in enumerate(where)
            ]

        return RowPlaces(self.numbers, index, field, made)


class RowPlaces(LazyPlaces):
    """Places in rows, all of one element or of none."""

    __slots__ = ("_index", "_numbers", "field")

    def __init__(
        self,
        numbers: pl.Series,
        index: pl.Series,
        field: str | None,
        made: Callable[[int, int], Sequence[Place]],
    ) -> None:
        super().__init__(index.len(), made)
        self._numbers, self._index, self.field = numbers, index, field

    @property
    def numbers(self) -> pl.Series:
        """The sender's number of the row of each place."""
        return self._numbers.gather(self._index)

    def changed(self, change: Callable[[Place], Place]) -> "RowPlaces":
        """The same places, each as ``change`` makes of it; it leaves row and element as they are."""
        made = self._made
        return RowPlaces(
            self._numbers, self._index, self.field, lambda start, stop: [change(place) for place in made(start, stop)]
        )


def places_in(frame: pl.DataFrame, mask: pl.Series, field: str | None = None, value: str | None = None) -> RowPlaces:
    """A place for each row of a checked frame that ``mask`` is true of, with the text of the column ``value``."""
    index = mask.arg_true()
    numbers, sheets = frame["__row"], frame["__sheet"]
    values = frame[value] if value else None

    def made(start: int, stop: int) -> list[Place]:
        part = index[start:stop]
        texts = values.gather(part).to_list() if values is not None else [None] * part.len()
        where = zip(numbers.gather(part).to_list(), sheets.gather(part).to_list(), texts, strict=True)
        return [Place(sheet, number, field=field, value=text) for number, sheet, text in where]

    return RowPlaces(numbers, index, field, made)
