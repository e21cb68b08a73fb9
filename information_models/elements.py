"""The parts of a model: its elements (columns), their roles and forms, and its rules. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from information_models.rules import Variable
from registry.findings import Severity, Text
from registry.period import PeriodKind

LARGEST_NUMBER = Decimal(10) ** 12
LONGEST_TEXT = 200


class ElementType(StrEnum):
    CODE = "code"
    INTEGER = "integer"
    DECIMAL = "decimal"
    TEXT = "text"
    DATE = "date"
    PERIOD = "period"


class Role(StrEnum):
    """What an element does in a row."""

    DIMENSION = "dimension"
    """Says which cell the row is about."""
    VALUE = "value"
    """Is counted or measured; has a status beside it: observed, closed or not reported."""
    ATTRIBUTE = "attribute"
    """Said about the row, neither counted nor part of its key."""


class ValueStatus(StrEnum):
    """Why a value is there or not. Empty is none of these: it is asked about."""

    OBSERVED = "observed"
    CLOSED = "closed"
    NOT_REPORTED = "not_reported"


class TotalRows(StrEnum):
    """What is done with rows that sum other rows («Summa», «Totalt»)."""

    LEAVE_OUT = "leave_out"
    """They are compared with the rows that they sum, told about, and left out."""
    REFUSE = "refuse"
    """They are errors."""


@dataclass(frozen=True, slots=True)
class Element:
    """A column: what it is called, what it means, and which values it takes."""

    name: str
    label: Text
    description: Text
    role: Role
    type: ElementType
    concept: str | None = None
    concept_version: str | None = None
    code_list: str | None = None
    code_list_version: str | None = None
    aliases: tuple[str, ...] = ()
    required: bool = True
    concerns_persons: bool = False
    persons_reason: Text | None = None
    """Why it concerns persons, or does not, though its concept or the version before says otherwise."""
    unit: Text | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int = 0
    period_kinds: tuple[PeriodKind, ...] = ()
    max_length: int = LONGEST_TEXT
    pattern: str | None = None
    additive: bool = True
    """Whether a sum over rows means something; a rate's does not."""

    @property
    def is_number(self) -> bool:
        return self.type in (ElementType.INTEGER, ElementType.DECIMAL)

    @property
    def low(self) -> Decimal:
        return -LARGEST_NUMBER if self.minimum is None else self.minimum

    @property
    def high(self) -> Decimal:
        return LARGEST_NUMBER if self.maximum is None else self.maximum

    def variable(self) -> Variable:
        """The element as rules see it."""
        if self.is_number:
            return Variable(self.name, "number", self.label, self.decimals, self.low, self.high)
        return Variable(self.name, "text", self.label)

    def headings(self) -> Iterator[str]:
        """Every heading that means this element in a file: its name, its labels, its aliases."""
        yield from (self.name, self.label.sv, self.label.en, *self.aliases)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where a value is said to differ much from what was delivered before.

    ``share``: a change is large above so many per cent, and from ``count`` (of what may be summed) or ``rate`` (of what may not);
    two beds instead of one is no news. ``score``: a value is unusual that lies more robust standard deviations from the median
    of at least ``periods`` earlier ones.
    """

    share: int = 20
    count: Decimal = Decimal(5)
    rate: Decimal = Decimal(1)
    score: Decimal = Decimal("3.5")
    periods: int = 8


LEAST_PERIODS, MOST_PERIODS = 4, 24
MOST_SHARE = 1000


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold within a row. A broken rule is an error, or a warning that the sender explains."""

    id: str
    severity: Severity
    expression: str
    text: Text
    reason: Text
