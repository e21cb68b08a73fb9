"""A table to protect, as its owner describes it: dimensions, cells, policy, attacker, demands.

Everything here is a frozen value. A *cell* is a tuple of codes, one per dimension in the order of
``Problem.dimensions``; the total code of a dimension stands where it is summed. Values are counts of persons
(non-negative integers).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from math import inf

Cell = tuple[str, ...]
"""One code per dimension, for example ``("R01H01", "A")``."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One classification of the table.

    ``hierarchy`` maps a code to the codes that it sums. A code may stand under several parents (a hospital in a
    region and in a kind of hospital), which is how tables with a common margin are written as one. Without a
    hierarchy, ``total`` sums every code that occurs.
    """

    column: str
    total: str
    hierarchy: Mapping[str, Sequence[str]] | None = None


class Zeros(StrEnum):
    """What an observed zero is."""

    PUBLISHED = "published"
    """Nobody is counted, so nobody is told of: never primary."""
    SENSITIVE = "sensitive"
    """That nobody is counted tells something of everybody: primary."""


@dataclass(frozen=True, slots=True)
class Dominance:
    """The (n, k) rule: the ``n`` largest contributors make up more than ``percent`` % of the cell."""

    n: int
    percent: Fraction


@dataclass(frozen=True, slots=True)
class Policy:
    """Which cells are primary, that is, tell of somebody by themselves.

    Counts of 1 … ``threshold`` − 1 are; zeros by ``zeros``. ``structural_zeros`` cannot be anything but zero (men
    in a maternity ward): they are shown, everybody knows them, and they hide nothing. ``hide_zeros`` says whether an
    observed zero that is not primary may be hidden to protect another cell; ``None`` means: where the attacker
    cannot rule out zeros. ``dominance`` and ``p_percent`` need ``Problem.contributions``.
    """

    threshold: int = 5
    zeros: Zeros = Zeros.PUBLISHED
    structural_zeros: frozenset[Cell] = frozenset()
    hide_zeros: bool | None = None
    dominance: Dominance | None = None
    p_percent: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Attacker:
    """What a reader knows beforehand of every hidden cell: that it is at least ``minimum`` (0 or 1)."""

    minimum: int = 0


class ProtectionKind(StrEnum):
    EX = "ex"
    """No primary cell can be derived exactly."""
    INT = "int"
    """The attacker's highest possible value is at least the threshold, the lowest below the true value."""
    PERCENT = "percent"
    """The attacker's interval reaches at least so many per cent of the value to each side."""


@dataclass(frozen=True, slots=True)
class Protection:
    """How uncertain the attacker must stay of each primary cell. ``percent`` is read for ``PERCENT`` only."""

    kind: ProtectionKind = ProtectionKind.EX
    percent: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Demand:
    """Protection of a named cell: the attacker must hold ``value - down`` and ``value + up`` possible.

    ``None`` takes what the problem's ``Protection`` asks.
    """

    down: Fraction | None = None
    up: Fraction | None = None


class CostKind(StrEnum):
    VALUES = "values"
    """Hiding a cell costs its value."""
    COUNT = "count"
    """Hiding a cell costs one."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Everything from ``lowest`` to ``highest``, both included; ``highest`` is ``inf`` where nothing bounds it."""

    lowest: Fraction | int = 0
    highest: Fraction | int | float = inf


@dataclass(frozen=True, slots=True)
class PublishedRate:
    """A published ratio ``per * numerator / denominator``, rounded to ``decimals`` decimals.

    The attacker reads it as an interval half a unit of the last decimal to each side. A published mean is a rate with
    ``per`` 1.
    """

    numerator: Cell
    denominator: Cell
    value: Fraction
    decimals: int = 1
    per: int = 100


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """A table as readers see it: every cell with its value, or ``None`` where it is hidden.

    ``columns`` names the dimensions of the cells' codes; a dimension of the problem that is missing here was
    published as its total.
    """

    columns: tuple[str, ...]
    cells: Mapping[Cell, int | None]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A table, what to protect in it, and from whom.

    ``cells`` holds the inner cells; totals may be given too and are then held against the sums. ``cost`` is a kind
    or a weight per inner cell (a total then weighs the sum of its parts, unless it is given). ``tables`` lists the
    linked tables to publish, each a tuple of columns, the others summed; ``None`` publishes every cell. ``known`` are
    figures known from elsewhere, ``rates`` published ratios of cells, ``released`` earlier publications.
    """

    dimensions: tuple[Dimension, ...]
    cells: Mapping[Cell, int]
    policy: Policy = Policy()
    attacker: Attacker = Attacker()
    protection: Protection = Protection()
    cost: CostKind | Mapping[Cell, Fraction] = CostKind.VALUES
    primary: Mapping[Cell, Demand] = field(default_factory=dict)
    publish: frozenset[Cell] = frozenset()
    released: tuple[PublishedTable, ...] = ()
    known: Mapping[Cell, Interval] = field(default_factory=dict)
    rates: tuple[PublishedRate, ...] = ()
    tables: tuple[tuple[str, ...], ...] | None = None
    contributions: Mapping[Cell, Mapping[str, int]] | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(dimension.column for dimension in self.dimensions)
