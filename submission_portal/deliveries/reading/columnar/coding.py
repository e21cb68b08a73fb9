"""The different cells of one column, numbered as they are met: eight bytes at a time, many rows at once. Pure.

A cell is a row of 64-bit words, the last filled up with zeros (no cell holds a zero byte). One word is its own key; several are
mixed to one key, and compared word by word with the cell that the key stands for: two cells never count as one by chance, nor
by somebody's design.
"""

from collections.abc import Callable, Sequence

import numpy as np

WORD = 8
SHORT = 2
"""Cells of at most so many bytes are looked up in a table of all there are."""
MOST_WORDS = 8
"""Longer cells are numbered one by one."""
_MIX = [np.uint64(each) for each in (
    0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93,
    0xA0761D6478BD642F, 0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3,
)]  # fmt: skip
_SPREAD = np.uint64(0xFF51AFD7ED558CCD)
_ALL = (1 << 64) - 1
_LEAST_BITS, _MOST_BITS = 10, 22
_ROOM = 16
"""So many slots for each different cell, so that few want the same."""


class SameKeyError(Exception):
    """Two different cells have one key."""


class Coder:
    """Numbers the different cells of a column: 0 is the empty cell, and ``cells`` has the bytes of each."""

    def __init__(self) -> None:
        self.cells: list[bytes] = [b""]
        self._codes: dict[int, int] = {}
        self._long: dict[bytes, int] = {}
        self._keys = np.zeros(1, dtype=np.uint64)
        """By code; of a long cell a key that nothing has."""
        self._words = np.zeros((1, 1), dtype=np.uint64)
        """By code, the words of the cell."""
        self._pairs = np.zeros(1 << 8 * SHORT, dtype=np.uint32)
        """By key of a short cell its number, 0 where none was met."""
        self._grow(_LEAST_BITS)

    def codes_of(self, words: Sequence[np.ndarray], cell_at: Callable[[int], bytes]) -> np.ndarray:
        """The number of each cell. ``words``: the first words of all cells, the second …; ``cell_at`` gives a cell's bytes.

        Raises :class:`SameKeyError`.
        """
        key = words[0]
        for word, mix in zip(words[1:], _MIX, strict=False):
            key = key + word * mix
        slots = ((key * _SPREAD) >> self._shift).view(np.int64)  # what arrays are taken from by without a copy
        codes: np.ndarray = self._slot_codes.take(slots)
        missed = np.flatnonzero(self._slot_keys.take(slots) != key)
        if missed.size:
            different, first, inverse = np.unique(key[missed], return_index=True, return_inverse=True)
            at = missed[first].tolist()
            found = [
                self._code(number, where, words, cell_at) for number, where in zip(different.tolist(), at, strict=True)
            ]
            codes[missed] = np.array(found, dtype=np.uint32)[inverse]
        if len(words) > 1 or self._words.shape[0] > 1:
            self._compare(codes, words)
        if len(self.cells) * _ROOM > self._slot_codes.size and self._bits < _MOST_BITS:
            self._grow(min(_MOST_BITS, self._bits + 3))
        return codes

    def codes_of_pairs(self, keys: np.ndarray, cell_at: Callable[[int], bytes]) -> np.ndarray:
        """As `codes_of` for cells that are all short: ``keys`` are their only words.

        Raises :class:`SameKeyError`.
        """
        codes: np.ndarray = self._pairs.take(keys)
        if codes.all():
            return codes
        missed = np.flatnonzero((codes == 0) & (keys != 0))
        if missed.size:
            different, first = np.unique(keys[missed], return_index=True)
            for key, where in zip(different.tolist(), missed[first].tolist(), strict=True):
                code = self._pairs[key] = self._code(key, where, [keys], cell_at)
                if self.cells[code] != cell_at(where):
                    raise SameKeyError
            codes[missed] = self._pairs.take(keys[missed])
        return codes

    def code_of_long(self, cell: bytes) -> int:
        """The number of a cell of more than `MOST_WORDS` words."""
        code = self._long.get(cell)
        if code is None:
            code = self._long[cell] = self._add(cell, ())
        return code

    def _code(self, key: int, at: int, words: Sequence[np.ndarray], cell_at: Callable[[int], bytes]) -> int:
        code = self._codes.get(key)
        if code is None:
            code = self._codes[key] = self._add(cell_at(at), [word[at] for word in words])
            self._keys[code] = key
            slot = (key * int(_SPREAD) & _ALL) >> int(self._shift)
            if slot and not self._slot_keys[slot]:
                self._slot_keys[slot], self._slot_codes[slot] = key, code
        return code

    def _add(self, cell: bytes, words: Sequence[np.uint64]) -> int:
        code = len(self.cells)
        self.cells.append(cell)
        rows, room = self._words.shape
        if code >= room or len(words) > rows:
            grown = np.zeros((max(rows, len(words)), max(room, 2 * code)), dtype=np.uint64)
            grown[:rows, :room] = self._words
            self._words = grown
            self._keys = np.concatenate([self._keys, np.zeros(grown.shape[1] - room, dtype=np.uint64)])
        for number, word in enumerate(words):
            self._words[number, code] = word
        return code

    def _compare(self, codes: np.ndarray, words: Sequence[np.ndarray]) -> None:
        at = codes.astype(np.intp)
        for number, known in enumerate(self._words):
            word = words[number] if number < len(words) else np.uint64(0)
            if not (known.take(at) == word).all():
                raise SameKeyError

    def _grow(self, bits: int) -> None:
        self._bits, self._shift = bits, np.uint64(64 - bits)
        self._slot_keys = np.zeros(1 << bits, dtype=np.uint64)
        self._slot_codes = np.zeros(1 << bits, dtype=np.uint32)
        keys = self._keys[1 : len(self.cells)]
        slots = (keys * _SPREAD) >> self._shift
        self._slot_keys[slots] = keys
        self._slot_codes[slots] = np.arange(1, len(self.cells), dtype=np.uint32)
        self._slot_keys[0] = self._slot_codes[0] = 0
