"""The cells of a file by columns: the different texts of each, and which of them every row has.

A long file says few different things many times. What a text means is found out once for each text, and spread over the rows
by number; where each row was in the sender's file is kept beside it, so that a place can be made of a row when somebody
asks for it. Pure.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from information_models.row_numbers import occurring, spread_array
from registry.findings import LazyPlaces, Place

_FEWEST = pl.Enum([""])
"""The enumeration of a column that says nothing."""
BLANKS = "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
"""White space as Unicode has it, which Polars strips; Python strips four separators of records more."""
FEW = 1000
"""So few values are looked at one by one: to begin an expression of Polars costs as much as hundreds of them."""


@dataclass(frozen=True, slots=True)
class Cells:
    """One column. ``texts`` are without blanks around and may hold null (an empty cell); ``codes`` are indexes into them.

    Also what the texts mean, with values in their place (`meaning`): of any type, and equal ones may be there several times.
    """

    texts: pl.Series
    codes: pl.Series
    """Unsigned, in as few bytes as they need."""

    @classmethod
    def of(cls, column: pl.Series) -> "Cells":
        """A column of texts, or of an enumeration of texts.

        >>> cells = Cells.of(pl.Series(["a", "b ", None, "a"]))
        >>> cells.texts.to_list(), cells.codes.to_list()
        (['a', 'b', None], [0, 1, 2, 0])
        """
        if column.len() <= FEW:
            return cls._of_few([None if text is None else text.strip(BLANKS) or None for text in column.to_list()])
        if isinstance(column.dtype, pl.Enum):
            texts, codes = column.dtype.categories, column.to_physical()
        else:
            column = column.cast(pl.String)
            codes = column.cast(pl.Categorical(pl.Categories.random())).to_physical()
            texts = column.gather(_first_places(codes))
        stripped = pl.select(pl.lit(texts).cast(pl.String).str.strip_chars().replace("", None)).to_series()
        return cls._with_nothing(stripped, codes)

    @classmethod
    def of_values(cls, column: pl.Series) -> "Cells":
        """A column of values of any type; of texts as they are."""
        if column.len() <= FEW:
            return cls._of_few(column.to_list(), column.dtype)
        different = column.drop_nulls().unique()
        positions = pl.int_range(different.len(), dtype=pl.UInt32, eager=True)
        codes = column.replace_strict(different, positions, default=None, return_dtype=pl.UInt32)
        return cls._with_nothing(different, codes)

    @classmethod
    def of_one(cls, value: object, dtype: pl.DataType | type[pl.DataType], height: int) -> "Cells":
        """A column that says the same in every row, or nothing."""
        return cls(pl.Series([value], dtype=dtype), pl.Series(np.zeros(height, dtype=np.uint8)))

    @classmethod
    def _of_few(cls, values: Sequence[Any], dtype: pl.DataType | type[pl.DataType] = pl.String) -> "Cells":
        """A short column, by each different value where it stands first; nothing is the last of them."""
        places: dict[Any, int] = {}
        codes = [-1 if value is None else places.setdefault(value, len(places)) for value in values]
        nothing = len(places)
        smallest = np.uint8 if nothing < 1 << 8 else np.uint16
        numbers = np.array([nothing if code < 0 else code for code in codes], dtype=smallest)
        return cls(pl.Series([*places, None], dtype=dtype), pl.Series(numbers))

    @classmethod
    def _with_nothing(cls, texts: pl.Series, codes: pl.Series) -> "Cells":
        codes = _narrow(codes, texts.len() + 1)
        return cls(texts.extend_constant(None, 1), codes.fill_null(texts.len()) if codes.null_count() else codes)

    @property
    def numbers(self) -> np.ndarray:
        """The codes as an array."""
        return self.codes.to_numpy()

    def enumeration(self) -> pl.Series | None:
        """The column as an enumeration of texts; ``None`` where its values are no texts, or too many for that."""
        if self.texts.dtype != pl.String:
            return None
        if self.codes.len() <= FEW:
            return self._few_words()
        there = self.used().unique(maintain_order=True)
        words = there.drop_nulls()
        if 2 * words.len() > self.codes.len():
            return None
        enumeration = pl.Enum(words) if words.len() else _FEWEST
        if there.len() == 1:
            return there.cast(enumeration).new_from_index(0, self.codes.len())
        return self.spread(self.texts.replace_strict(words, words, default=None, return_dtype=enumeration))

    def _few_words(self) -> pl.Series | None:
        said = self.values().to_list()
        used = set(said)
        words = [text for text in dict.fromkeys(self.texts.to_list()) if text is not None and text in used]
        if 2 * len(words) > len(said):
            return None
        return pl.Series(said, dtype=pl.Enum(words) if words else _FEWEST)

    def spread(self, of_texts: pl.Series) -> pl.Series:
        """What belongs to each text, for each row."""
        return of_texts[self.codes]

    def values(self) -> pl.Series:
        """The text of each row, or what it means."""
        return self.spread(self.texts)

    def where(self, is_it: pl.Series) -> np.ndarray:
        """Of which rows something is true that is known of each text; what is not known is not true."""
        if is_it.null_count():
            is_it = (
                is_it.fill_null(value=False) if is_it.len() > FEW else pl.Series([it is True for it in is_it.to_list()])
            )
        of_texts = is_it.to_numpy()
        if not of_texts.any():
            return np.zeros(self.codes.len(), dtype=bool)
        return spread_array(of_texts, self.numbers)

    def occurring(self) -> np.ndarray:
        """Of which texts there are rows."""
        return occurring(self.numbers, self.texts.len())

    def used(self) -> pl.Series:
        """The texts of which there are rows, or what they mean."""
        occurring = self.occurring()
        return self.texts if occurring.all() else self.texts.filter(pl.Series(occurring))

    def meaning(self, of_texts: pl.Series) -> "Cells":
        """The column with what belongs to each text in its place."""
        return Cells(of_texts, self.codes)

    def each(self, convert: Callable[[str], object], dtype: pl.DataType | type[pl.DataType]) -> pl.Series:
        """``convert`` applied to each text; null for an empty cell."""
        values = [None if text is None else convert(text) for text in self.texts.to_list()]
        return pl.Series(values, dtype=dtype)

    def at(self, index: np.ndarray) -> list[Any]:
        """What some rows say: texts, or what they mean."""
        return self.texts.gather(self.numbers[index]).to_list()

    def filter(self, mask: np.ndarray) -> "Cells":
        return replace(self, codes=pl.Series(self.numbers[mask]))

    def extended(self, more: pl.Series) -> "Cells":
        """The column with as many rows more as there are further values."""
        texts = pl.concat([self.texts, more.cast(self.texts.dtype)])
        codes = _narrow(self.codes, texts.len())
        new = pl.int_range(self.texts.len(), texts.len(), eager=True)
        return Cells(texts, pl.concat([codes, new.cast(codes.dtype)]))


def _narrow(codes: pl.Series, count: int) -> pl.Series:
    """Indexes into so many values, in as few bytes as they need."""
    dtype = pl.UInt8 if count <= 1 << 8 else pl.UInt16 if count <= 1 << 16 else pl.UInt32
    return codes if codes.dtype == dtype else codes.cast(dtype)


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

    def filter(self, mask: np.ndarray) -> "Rows":
        cells = {name: column.filter(mask) for name, column in self.cells.items()}
        index = np.flatnonzero(mask)
        return Rows(self.numbers.gather(index), self.sheets.gather(index), cells)

    def every(self) -> np.ndarray:
        """The index of every row."""
        return np.arange(self.height)

    def places(self, index: np.ndarray, field: str | None = None, key: Sequence[str] = ()) -> "RowPlaces":
        """A place for each of these rows, with the cell of ``field`` and those of ``key`` as they were written."""

        def made(start: int, stop: int) -> list[Place]:
            part = index[start:stop]
            values = self.cells[field].at(part) if field else [None] * part.size
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
        index: np.ndarray,
        field: str | None,
        made: Callable[[int, int], Sequence[Place]],
    ) -> None:
        super().__init__(index.size, made)
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
