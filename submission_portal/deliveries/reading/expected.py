"""What a file should hold, as the reading needs to know it: the columns, their headings and how values are written."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from information_models.headings import heading_key


class Written(StrEnum):
    """How the values of a column are brought to one form."""

    AS_IS = "as_is"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DAY = "day"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class ExpectedColumn:
    """One element of the model: its name, every heading it goes under, and how its values are written."""

    name: str
    headings: tuple[str, ...]
    label: str = ""
    written: Written = Written.AS_IS
    period_kind: str | None = None
    is_required: bool = True
    is_key: bool = True
    """Whether rows are told apart by it; a file without it cannot be read at all."""
    is_value: bool = False
    """Whether it is counted (and so may be left empty), not a dimension."""
    is_additive: bool = False
    """Whether a sum over its rows means something; a rate's does not."""
    decimals: int = 0
    """How many decimals a number may have."""
    largest: int | None = None
    """The largest number that the model takes, rounded down; ``None`` where it has no limit."""
    codes: Mapping[str, str] = field(default_factory=dict)
    """Code by folded spelling, for what its code list knows; a sum row is never one of these."""
    is_closed: bool = False
    """Whether the codes are all there are: what another text means is asked."""
    own: frozenset[str] = frozenset()
    """Those of the codes that are the sender's own, where that is known."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Code by folded spelling, for what the sender has said that texts mean."""
    completed: Mapping[str, str] = field(default_factory=dict)
    """Period by cell, for what says only a part of it (*jan*, *1*), whose rest is told elsewhere in the file."""
    is_given: bool = False
    """Whether the rows have it without a column of its own, as the sender has said."""
    of: str = ""
    """The element, where this is one of several columns that have it."""
    factor: str = ""
    """What its figures are multiplied by, as the sender has said; empty where that was not asked."""

    @property
    def element(self) -> str:
        """The element that its cells are values of."""
        return self.of or self.name

    def code_of(self, cell: str) -> str | None:
        """The code that a cell means."""
        return self.codes.get(spelled(cell))


@dataclass(frozen=True)
class Expected:
    """The columns of a model in its order."""

    columns: tuple[ExpectedColumn, ...]
    allows_sum_rows: bool = True
    """Whether sum rows are set aside and compared; otherwise they are errors."""
    sum_names: frozenset[str] = frozenset()
    """Names (`spelled`) that say that a row sums others: of the regions, where the rows are about their hospitals."""
    told_sums: frozenset[str] = frozenset()
    """Those of them that the sender has said are sums."""

    @cached_property
    def by_name(self) -> dict[str, ExpectedColumn]:
        return {column.name: column for column in self.columns}

    @cached_property
    def exact(self) -> dict[str, tuple[str, ...]]:
        """Folded heading → names of the columns that go under it."""
        return self._index(fold)

    @cached_property
    def without_accents(self) -> dict[str, tuple[str, ...]]:
        return self._index(lambda heading: strip_accents(fold(heading)))

    @cached_property
    def understood(self) -> dict[str, tuple[tuple[str, ...], str]]:
        """What texts were found to mean as headings (`headings.matches`): the same few are asked about many times."""
        return {}

    def known_words(self, text: str) -> int:
        """How many different headings and names of codes with letters beyond ASCII a text holds, between its separators."""
        parts = {part.strip() for part in _SEPARATORS.split(text) if part and not part.isascii()}
        return sum(
            fold(part) in self.exact or any(column.code_of(part) is not None for column in self.columns)
            for part in parts
        )

    def _index(self, folded: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for column in self.columns:
            for heading in (column.name, *column.headings):
                names = found.setdefault(folded(heading), [])
                if column.name not in names:
                    names.append(column.name)
        return {heading: tuple(names) for heading, names in found.items() if heading}


_SEPARATORS = re.compile(r"[;,\t|\"\r\n]+")
_SPACES = re.compile(r"\s+")
_UNIT = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")


def spelled(cell: str) -> str:
    """A cell as it is looked up in code lists: case, the number of spaces and how its letters are composed do not matter."""
    composed = cell if cell.isascii() else unicodedata.normalize("NFC", cell)
    return _SPACES.sub(" ", composed).strip().casefold()


def fold(heading: str) -> str:
    """A heading as it is compared: case, line breaks, hyphens, underscores and closing marks do not matter.

    >>> fold("Varav_tekniska:"), fold("Disponibla\\nvårdplatser")
    ('varav tekniska', 'disponibla vårdplatser')
    """
    return heading_key(heading)


def strip_accents(folded: str) -> str:
    """``å`` and ``ä`` as ``a``, ``ö`` as ``o``: the last resort, always told to the sender.

    >>> strip_accents("överbeläggning")
    'overbelaggning'
    """
    return "".join(each for each in unicodedata.normalize("NFD", folded) if not unicodedata.combining(each))


def without_unit(heading: str) -> str:
    """A heading without a unit in brackets at its end.

    >>> without_unit("Disponibla vårdplatser (antal)")
    'Disponibla vårdplatser'
    """
    return _UNIT.sub("", heading)
