"""A sheet whose rows are kept as columns: a row is made when somebody asks for it. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, overload

import numpy as np

from submission_portal.deliveries.reading.sheets import Row

AT_ONCE = 4096
COUNTED_AT_ONCE = 1 << 16


def narrowest(count: int) -> "np.dtype[np.unsignedinteger]":
    """The type of indexes into so many values.

    >>> narrowest(256).itemsize, narrowest(257).itemsize, narrowest(65_537).itemsize
    (1, 2, 4)
    """
    return np.dtype("<u1" if count <= 256 else "<u2" if count <= 65_536 else "<u4")


@dataclass(frozen=True)
class Column:
    """The different cells of a column (each once), and which of them each row has."""

    texts: list[str]
    codes: np.ndarray

    @classmethod
    def of(cls, cells: Sequence[Any], text_of: Callable[[Any], str]) -> "Column":
        """Values of cells, each as its text; each different value is asked for once, and equal ones have one text.

        >>> column = Column.of([1.0, 2.0, 1.0], "{:.0f}".format)
        >>> column.texts, column.codes.tolist()
        (['1', '2'], [0, 1, 0])
        """
        texts: dict[str, int] = {}
        codes = {value: texts.setdefault(text_of(value), len(texts)) for value in dict.fromkeys(cells)}
        of_rows = np.fromiter(map(codes.__getitem__, cells), dtype=narrowest(len(texts)), count=len(cells))
        return cls(list(texts), of_rows)

    @classmethod
    def numbered(cls, texts: list[str], codes: np.ndarray) -> "Column":
        """Texts by number, of which several may be alike, and the number of each row's.

        >>> column = Column.numbered(["a", "b", "a"], np.array([0, 1, 2]))
        >>> column.texts, column.codes.tolist()
        (['a', 'b'], [0, 1, 0])
        """
        different = {text: code for code, text in enumerate(dict.fromkeys(texts))}
        if len(different) < len(texts):
            codes = np.array([different[text] for text in texts], dtype=narrowest(len(different))).take(codes)
        return cls(list(different), codes)

    @cached_property
    def code_of(self) -> dict[str, int]:
        return {text: code for code, text in enumerate(self.texts)}

    def has(self, texts: Iterable[str]) -> bool:
        """Whether some of the texts is among its cells."""
        return any(text in self.code_of for text in texts)

    def is_any(self, texts: Iterable[str]) -> np.ndarray:
        """Which rows have one of the texts."""
        wanted = np.zeros(len(self.texts), dtype=bool)
        wanted[[self.code_of[text] for text in texts if text in self.code_of]] = True
        found: np.ndarray = wanted.take(self.codes)
        return found

    def is_filled(self) -> np.ndarray:
        """Which rows have a cell that is not empty."""
        return self.codes != self.code_of[""] if "" in self.code_of else np.ones(self.codes.size, dtype=bool)

    def counts(self, rows: np.ndarray | None) -> np.ndarray:
        """How often each of its cells is there in some rows, or in all."""
        codes = self.codes if rows is None else self.codes[rows]
        counts = np.zeros(len(self.texts), dtype=np.int64)
        for start in range(0, codes.size, COUNTED_AT_ONCE):
            counts += np.bincount(codes[start : start + COUNTED_AT_ONCE], minlength=counts.size)
        return counts

    def used(self, rows: np.ndarray | None) -> list[str]:
        """The different cells of some rows, or of all."""
        if rows is None:  # each was met somewhere, but for the empty one, which every column knows
            return [text for text in self.texts if text or not self.is_filled().all()]
        return [self.texts[code] for code in np.flatnonzero(self.counts(rows)).tolist()]


class GridRows(Sequence[Row]):
    """``head``: the rows down to the header, as they are. Under it as many as the columns are long, then ``empty`` ones."""

    def __init__(self, head: list[Row], columns: Sequence[Column], empty: int = 0) -> None:
        self.head, self.columns, self.empty = head, columns, empty
        self.height = columns[0].codes.size

    def __len__(self) -> int:
        return len(self.head) + self.height + self.empty

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, slice):
            return [self[index] for index in range(*at.indices(len(self)))]
        index = range(len(self))[at]
        if index < len(self.head):
            return self.head[index]
        index -= len(self.head)
        return [column.texts[column.codes[index]] for column in self.columns] if index < self.height else []

    def __iter__(self) -> Iterator[Row]:
        yield from self.head
        for start in range(0, self.height, AT_ONCE):
            cells = (map(one.texts.__getitem__, one.codes[start : start + AT_ONCE].tolist()) for one in self.columns)
            yield from map(list, zip(*cells, strict=True))
        for _ in range(self.empty):
            yield []

    def texts(self) -> Iterator[str]:
        """The different cells, some of them several times."""
        for row in self.head:
            yield from row
        for column in self.columns:
            yield from column.texts

    def has_cells(self, position: int) -> bool:
        """Whether some row under the header has a cell in a column."""
        return bool(self.columns[position].is_filled().any()) if position < len(self.columns) else False

    def together(self, positions: Sequence[int], rows: np.ndarray) -> list[tuple[str, ...]]:
        """What stands beside each other in columns, each once; ``rows`` are indexes, those of the head included."""
        codes = np.stack([self.columns[at].codes[rows - len(self.head)] for at in positions])
        different = np.unique(codes, axis=1)
        texts = [
            [self.columns[at].texts[code] for code in row]
            for at, row in zip(positions, different.tolist(), strict=True)
        ]
        return list(zip(*texts, strict=True))


def cells_at(rows: Sequence[Row], position: int, indexes: Sequence[int]) -> Iterator[str]:
    """The cells of one column in some rows under the header; ``""`` where a row is too short."""
    if isinstance(rows, GridRows):
        column = rows.columns[position]
        return map(
            column.texts.__getitem__, column.codes[np.asarray(indexes, dtype=np.int64) - len(rows.head)].tolist()
        )
    return (row[position] if position < len(row) else "" for row in map(rows.__getitem__, indexes))


def counted_cells(rows: Sequence[Row], position: int, indexes: Sequence[int]) -> Counter[str]:
    """How often each cell is there in one column of some rows under the header."""
    if isinstance(rows, GridRows):
        column = rows.columns[position]
        is_every = len(indexes) == rows.height
        counts = column.counts(None if is_every else np.asarray(indexes, dtype=np.int64) - len(rows.head))
        return Counter({column.texts[code]: int(counts[code]) for code in np.flatnonzero(counts).tolist()})
    return Counter(cells_at(rows, position, indexes))
