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
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import polars as pl

from information_models.cells import Cells
from information_models.definitions import LoadedModel
from registry.content.canonical import canonical, content_hash

COLUMNS, ROWS = "columns/1", "rows/1"
SCHEME = COLUMNS
"""What new hashes are made by."""


def content_hash_of(
    loaded: LoadedModel, frame: pl.DataFrame, cells: Mapping[str, Cells] | None = None, *, scheme: str = SCHEME
) -> str:
    """The hash over typed rows. ``cells``: columns of the frame of which it is known what different values they have.

    Raises ``KeyError`` for a scheme that nobody knows.
    """
    names = [
        name
        for element in loaded.model.elements
        for name in (element.name, f"{element.name}__status")
        if name in frame.columns
    ]
    return _SCHEMES[scheme](loaded.model.key, frame.select(names), cells or {})


def _by_columns(key: Sequence[str], frame: pl.DataFrame, cells: Mapping[str, Cells]) -> str:
    ranked = {name: _ranked(cells[name] if name in cells else Cells.of_values(frame[name])) for name in frame.columns}
    order = _order([ranked[name] for name in key], list(ranked.values()))
    digests = []
    for name, (texts, positions) in ranked.items():
        width = np.uint8 if len(texts) <= 255 else np.uint16 if len(texts) <= 65_535 else np.uint32
        narrow = positions.astype(f"<u{np.dtype(width).itemsize}")
        digest = hashlib.sha256(canonical(texts).encode() + b"\n")
        digest.update((narrow if order is None else narrow[order]).tobytes())
        digests.append([name, digest.hexdigest()])
    return content_hash(canonical({"scheme": COLUMNS, "rows": frame.height, "columns": digests}))


_Ranked = tuple[list[str], np.ndarray]
"""The different texts of a column in order, and which of them each row has; none has the position after the last."""


def _ranked(cells: Cells) -> _Ranked:
    texts, codes = cells.texts.cast(pl.String), cells.codes.to_numpy()
    used = pl.Series(np.bincount(codes, minlength=texts.len()) > 0)
    in_order = texts.filter(used).drop_nulls().unique().sort().to_list()
    position = {text: at for at, text in enumerate(in_order)}
    positions = np.array([position.get(text, len(in_order)) for text in texts], dtype=np.uint32)
    return in_order, positions[codes]


def _order(key: Sequence[_Ranked], columns: Sequence[_Ranked]) -> np.ndarray | None:
    """The rows in the order of their key, and where that is the same of their other columns; ``None`` where they are."""
    sizes = [len(texts) + 1 for texts, _positions in key]
    if np.prod([float(size) for size in sizes]) < 2.0**63:
        whole = np.zeros(len(key[0][1]), dtype=np.uint64)
        for size, (_texts, positions) in zip(sizes, key, strict=True):
            whole = whole * np.uint64(size) + positions
        if (whole[1:] > whole[:-1]).all():
            return None
        order = np.argsort(whole)
        in_order = whole[order]
        if (in_order[1:] > in_order[:-1]).all():
            return order
    first = [positions for _texts, positions in (*key, *columns)]
    return np.lexsort(first[::-1])


def _by_rows(key: Sequence[str], frame: pl.DataFrame, _cells: Mapping[str, Cells]) -> str:
    return content_hash(frame.sort(list(key), nulls_last=True).write_csv())


_SCHEMES: Mapping[str, Callable[[Sequence[str], pl.DataFrame, Mapping[str, Cells]], str]] = {
    COLUMNS: _by_columns,
    ROWS: _by_rows,
}
