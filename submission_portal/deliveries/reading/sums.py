"""Sum rows beside the rows that they sum: a hospital's sum beside the hospital's own rows, a total beside all of them. Pure."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from registry.findings import Place
from submission_portal.deliveries.reading import written_forms
from submission_portal.deliveries.reading.date_order import LONGEST_WRITTEN
from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn, Written, spelled
from submission_portal.deliveries.reading.grid_rows import cells_at
from submission_portal.deliveries.reading.headings import Mapping as Headings
from submission_portal.deliveries.reading.rows import Sorted
from submission_portal.deliveries.reading.sheets import Row, Sheet, letter, shortened

_NAMED = re.compile(
    r"(?:(?:del|total|slut)?summa|s:m?a|(?:(?:grand|sub)[ -]?)?total(?:t|er|s)?|tot\.?|sum)(?!\w)(?:\s+(?:för|av|of|for))?[\s:,–-]*(.*)",
    re.IGNORECASE,
)
_OF_ALL = re.compile(
    r"(?:total|slut)summa\b.*|summa totalt.*|(?:grand[ -]?)?total.*|tot\.?|samtliga.*|hela regionen|alla .*",
    re.IGNORECASE,
)

_ALL_OF_THEM = re.compile(
    r"(?:alla|samtliga|totalt|hela)?(?: ?(?:sjukhus(?:et)?|enheter(?:na)?|avdelningar(?:na)?|rader|region(?:en)?|land(?:et)?))?",
    re.IGNORECASE,
)
LONGEST_NAME = 40
"""Of a sum row beside what differs."""

Column = tuple[ExpectedColumn, int]
"""An element and its position in the row."""


@dataclass(frozen=True, slots=True)
class ComparedSums:
    """How many cells of sum rows were compared with the rows, and those that differ."""

    compared: int
    differing: tuple[Place, ...]


def compared_sums(expected: Expected, mapping: Headings, sheet: Sheet, found: Sorted) -> ComparedSums:
    """What the sum rows say against what the rows that they name add up to; what differs is shown beside that."""
    rows = Summed.of(expected, mapping, sheet.rows, found)
    differing: list[Place] = []
    compared = 0
    for number, index in enumerate(found.sums):
        row = sheet.rows[index]
        groups = list(rows.groups(number))
        for column, position in rows.values:
            written = decimal(row, position)
            if written is None:
                continue
            compared += 1
            if not any(group.adds_up_to(written, position) for group in groups):
                shown = f"{row[position]} ≠ {groups[0].sum_of(position)[0]}".replace(".", ",")
                name = sum_name(row, rows.dimensions)[:LONGEST_NAME]
                place = Place(sheet.name, index + 1, letter(position), column.name, shortened(f"{name}: {shown}"))
                differing.append(place)
    return ComparedSums(compared, tuple(differing))


def sum_name(row: Row, dimensions: Sequence[Column]) -> str:
    """What a sum row calls itself, and what it says that it sums.

    >>> sum_name(["Norra", "", "Summa", "12"], [(ExpectedColumn("s", ()), 0), (ExpectedColumn("a", ()), 2)])
    'Norra, Summa'
    >>> sum_name(["", "12"], [(ExpectedColumn("s", ()), 0)])
    'Σ'
    """
    cells = [row[position] for _column, position in dimensions if position < len(row) and row[position]]
    return shortened(
        ", ".join(cells) or next((cell for cell in row if cell and written_forms.number(cell) is None), "Σ")
    )


def decimal(row: Row, position: int) -> Decimal | None:
    """The number in a cell."""
    if position >= len(row) or len(row[position]) > LONGEST_WRITTEN:
        return None
    number = written_forms.number(row[position])
    return Decimal(number) if number is not None else None


@dataclass(frozen=True, slots=True)
class Group:
    """Some data rows in the order of the file, from one of them to before another."""

    running: "_Running"
    start: int
    end: int

    def sum_of(self, position: int) -> tuple[Decimal, Decimal]:
        """The sum, and how far rounding of its terms may have moved it."""
        sums = self.running.sums(position)
        return sums[self.end][0] - sums[self.start][0], sums[self.end][1] - sums[self.start][1]

    def adds_up_to(self, written: Decimal, position: int) -> bool:
        """Whether the sum is what is written, but for rounding."""
        total, slack = self.sum_of(position)
        return abs(written - total) <= slack


@dataclass(slots=True)
class _Running:
    """Indexes of data rows, and what each column adds up to after none, one, two … of them."""

    rows: Sequence[Row]
    indexes: Sequence[int]
    _sums: dict[int, list[tuple[Decimal, Decimal]]] = field(default_factory=dict)

    def between(self, first: int, last: int) -> Group:
        """Those from one row of the sheet to before another."""
        return Group(self, bisect_left(self.indexes, first), bisect_left(self.indexes, last))

    def sums(self, position: int) -> list[tuple[Decimal, Decimal]]:
        if position not in self._sums:
            self._sums[position] = list(self._added_up(position))
        return self._sums[position]

    def _added_up(self, position: int) -> Iterator[tuple[Decimal, Decimal]]:
        total, slack = Decimal(0), Decimal(0)
        yield total, slack
        known: dict[str, Decimal | None] = {}
        for cell in cells_at(self.rows, position, self.indexes):
            if cell not in known:
                known[cell] = decimal([cell], 0)
            value = known[cell]
            if value is not None:
                total += value
                exponent = int(value.as_tuple().exponent)
                if exponent < 0:
                    slack += Decimal(1).scaleb(exponent) / 2
            yield total, slack


@dataclass(slots=True)
class Summed:
    """The rows of a sheet, by what sum rows may name."""

    rows: Sequence[Row]
    found: Sorted
    dimensions: Sequence[Column]
    values: Sequence[Column]
    names: frozenset[str]
    """Names that stand for all the rows."""
    told_sums: frozenset[str] = frozenset()
    """Those of them that the sender has said are sums."""
    _by_key: dict[int, Mapping[str, Sequence[int]]] = field(default_factory=dict)
    _running: dict[tuple[tuple[int, str], ...], _Running] = field(default_factory=dict)

    @classmethod
    def of(cls, expected: Expected, mapping: Headings, rows: Sequence[Row], found: Sorted) -> "Summed":
        """The rows as they were sorted."""
        columns = [(expected.by_name[name], position) for name, position in mapping.positions.items()]
        return cls(
            rows,
            found,
            dimensions=[each for each in columns if not each[0].is_value],
            values=[
                (column, at) for column, at in columns if column.is_additive and column.written is not Written.AS_IS
            ],
            names=expected.sum_names,
            told_sums=expected.told_sums,
        )

    def says_what_it_sums(self, cell: str) -> bool:
        """Whether a cell is nothing but a word for a sum, or names what some rows have, a region, or all of them."""
        match = _NAMED.fullmatch(cell)
        if match is None or _ALL_OF_THEM.fullmatch(match[1]):
            return True
        return spelled(match[1]) in self.names or any(
            _key(column, match[1]) in self._keys(column, at) for column, at in self.dimensions
        )

    def groups(self, number: int) -> Iterator[Group]:
        """What the sum row may sum, the likeliest first: of the rows that it names, or of all where it is a total, those since
        the sum row before, all before it, all after it until the next sum row, and all that there are."""
        sums, end = self.found.sums, len(self.rows)
        index = sums[number]
        before = sums[number - 1] if number else 0
        after = sums[number + 1] if number + 1 < len(sums) else end
        named = self._named(self.rows[index])
        if not (running := self._rows_of(named)).indexes:
            named, running = (), self._rows_of(())
        since, until = running.between(before, index), running.between(0, index)
        later, every = running.between(index, after), running.between(0, end)
        if not named and self._is_of_all(self.rows[index]):
            yield from (until, every) if until.end else (every,)
        else:
            yield from (one for one in (since, until, later, every) if one.end > one.start)
            yield until

    def _is_of_all(self, row: Row) -> bool:
        return any(_OF_ALL.fullmatch(cell) or spelled(cell) in self.names for cell in row if cell)

    def _named(self, row: Row) -> tuple[tuple[int, str], ...]:
        """The positions and keys that the row names beside its word for a sum, among those that some rows have."""
        found: dict[int, str] = {}
        for _column, position in self.dimensions:
            cell = row[position] if position < len(row) else ""
            match = _NAMED.fullmatch(cell)
            rest = match[1] if match else ""
            for text, places in ((rest, self.dimensions), (cell, [(_column, position)])):
                for column, at in places if text else ():
                    if (key := _key(column, text)) in self._keys(column, at):
                        found.setdefault(at, key)
        return tuple(sorted(found.items()))

    def _keys(self, column: ExpectedColumn, position: int) -> Mapping[str, Sequence[int]]:
        if position not in self._by_key:
            keys: dict[str, list[int]] = {}
            for index, cell in zip(self.found.data, cells_at(self.rows, position, self.found.data), strict=True):
                if cell:
                    keys.setdefault(cell, []).append(index)
            joined: dict[str, list[int]] = {}
            for cell, indexes in keys.items():
                joined.setdefault(_key(column, cell), []).extend(indexes)
            self._by_key[position] = {key: sorted(indexes) for key, indexes in joined.items()}
        return self._by_key[position]

    def _rows_of(self, named: tuple[tuple[int, str], ...]) -> _Running:
        if named not in self._running:
            few, *others = sorted((self._by_key[position][key] for position, key in named), key=len) or [
                self.found.data
            ]
            known = [set(indexes) for indexes in others]
            chosen = [index for index in few if all(index in each for each in known)] if known else few
            self._running[named] = _Running(self.rows, chosen)
        return self._running[named]


def _key(column: ExpectedColumn, cell: str) -> str:
    return column.code_of(cell) or spelled(cell)
