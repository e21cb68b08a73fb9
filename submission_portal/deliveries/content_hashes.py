"""Hashes over the accepted rows: the same figures give the same hash, whatever file they came in and in whatever order.

Each way to make one has a name, which a receipt tells (``content_hash_scheme``); a receipt without it was made by ``rows/1``.
No way is ever changed: what it was made by is what it is verified by. Pure.

``columns/1``. The columns are the elements of the model and ``<element>__status``, in the model's order, those that the rows
have. The rows are in the order of the key's values, each compared as text in UTF-8, not stated last; rows of one key in that of
their other columns. A column is hashed as SHA-256 over the canonical JSON array of its different values as texts in order, a line
feed, and for each row the position of its value in that array, little-endian in one byte where there are at most 255 values, in
two where there are at most 65,535, else in four; a cell without a value has the position after the last. The hash is that of the
canonical JSON ``{"columns": [[name, hash], …], "rows": count, "scheme": "columns/1"}``. Texts: numbers in decimal notation
with the decimals of the element, days as ``2026-10-01``.

``rows/1``. SHA-256 over the CSV of the same columns (Polars' writer), sorted by the key.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import polars as pl

from information_models.cells import FEW, Cells
from information_models.definitions import LoadedModel
from information_models.row_numbers import AT_ONCE, combined, fits, order_of, size_of, spread_array
from information_models.typed_rows import TypedRows
from registry.content.canonical import canonical, content_hash

COLUMNS, ROWS = "columns/1", "rows/1"
SCHEME = COLUMNS
"""What new hashes are made by."""


def content_hash_of(loaded: LoadedModel, rows: TypedRows, *, scheme: str = SCHEME) -> str:
    """The hash over typed rows. Raises ``KeyError`` for a scheme that nobody knows."""
    names = [
        name
        for element in loaded.model.elements
        for name in (element.name, f"{element.name}__status")
        if name in rows.cells
    ]
    return _SCHEMES[scheme](loaded.model.key, rows, names)


def _by_columns(key: Sequence[str], rows: TypedRows, names: Sequence[str]) -> str:
    ranked = {name: _Ranked(rows.cells[name]) for name in names}
    order = _order([ranked[name] for name in key], list(ranked.values()))
    digests: dict[str, str] = {}
    of_one: dict[
        tuple[str, ...], str
    ] = {}  # columns that say the same in all rows, status for instance, are hashed once
    for name, column in ranked.items():
        if column.is_one and tuple(column.texts) in of_one:
            digests[name] = of_one[tuple(column.texts)]
            continue
        digest = hashlib.sha256(canonical(column.texts).encode() + b"\n")
        for part in column.positions_of(order):
            digest.update(part)
        digests[name] = digest.hexdigest()
        if column.is_one:
            of_one[tuple(column.texts)] = digests[name]
    told = [[name, digest] for name, digest in digests.items()]
    return content_hash(canonical({"scheme": COLUMNS, "rows": rows.height, "columns": told}))


class _Ranked:
    """A column: its different texts in order, and which of them each code means; none has the position after the last."""

    def __init__(self, cells: Cells) -> None:
        texts = cells.texts.cast(pl.String)
        self.codes = cells.numbers
        if texts.len() <= FEW:
            used = {text for text, is_there in zip(texts.to_list(), cells.occurring(), strict=True) if is_there}
            self.texts: list[str] = sorted(text for text in used if text is not None)
            self.is_one = len(used) <= 1
        else:
            there = texts.filter(pl.Series(cells.occurring()))
            self.texts = there.drop_nulls().unique().sort().to_list()
            self.is_one = there.n_unique() <= 1
        position = {text: at for at, text in enumerate(self.texts)}
        self.positions = np.array([position.get(text, len(self.texts)) for text in texts.to_list()], dtype=np.int64)

    @property
    def digit(self) -> tuple[np.ndarray, np.ndarray, int]:
        return self.positions, self.codes, len(self.texts) + 1

    def positions_of(self, order: np.ndarray | None) -> Iterator[bytes]:
        """The positions of the rows in an order, or in their own, a part at a time, little-endian in as few bytes as they need."""
        width = 1 if len(self.texts) <= 255 else 2 if len(self.texts) <= 65_535 else 4
        narrow = self.positions.astype(f"<u{width}")
        if self.is_one:  # the same in all rows: texts are in order, so that nothing else is before them
            yield bytes(width * self.codes.size)
            return
        for start in range(0, self.codes.size, AT_ONCE):
            part = slice(start, start + AT_ONCE)
            yield narrow.take(self.codes[part] if order is None else self.codes.take(order[part])).tobytes()


def _order(key: Sequence[_Ranked], columns: Sequence[_Ranked]) -> np.ndarray | None:
    """The rows in the order of their key, and where that is the same of their other columns; ``None`` where they are."""
    digits = [column.digit for column in key]
    if fits(digits):
        whole = combined(digits)
        if (whole[1:] > whole[:-1]).all():
            return None
        order = order_of(whole, size_of(digits))
        if order is not None:
            return order
    return np.lexsort([spread_array(column.positions, column.codes) for column in (*key, *columns)][::-1])


def _by_rows(key: Sequence[str], rows: TypedRows, names: Sequence[str]) -> str:
    return content_hash(rows.frame.select(names).sort(list(key), nulls_last=True).write_csv())


_SCHEMES: Mapping[str, Callable[[Sequence[str], TypedRows, Sequence[str]], str]] = {
    COLUMNS: _by_columns,
    ROWS: _by_rows,
}
