"""What a check has to say: findings, and the places they point at.

A check never raises for bad input: it returns findings. A finding carries a code and parameters; it becomes text at
the edge (a page, a terminal, JSON), in the reader's language: `registry.finding_catalogue`. Pure: standard library only,
so that every package, `legal_checks` included, may use it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, overload

Language = str
"""``"sv"`` or ``"en"``."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text in Swedish and English.

    >>> Text("säng", "bed").in_language("en")
    'bed'
    """

    sv: str
    en: str

    def in_language(self, language: Language) -> str:
        return self.en if language == "en" else self.sv

    def as_dict(self) -> dict[str, str]:
        """The text as it is stored, downloaded and sent: ``{"sv": …, "en": …}``."""
        return {"sv": self.sv, "en": self.en}

    @classmethod
    def from_dict(cls, data: Mapping[str, str]) -> "Text":
        """The text that `as_dict` gave; a language that is missing, as in a draft, is empty."""
        return cls(data.get("sv") or "", data.get("en") or "")


class Severity(StrEnum):
    """How much a finding holds up."""

    ERROR = "error"
    """The sender must mend it."""
    QUESTION = "question"
    """The sender must answer it (an empty cell: closed or not reported?)."""
    WARNING = "warning"
    """The sender must explain it, and a reviewer reads the explanation."""
    INFO = "info"
    """Said, nothing is asked."""


ORDER = (Severity.ERROR, Severity.QUESTION, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the sender's own file, or in which cell of a table, a finding applies.

    ``row`` and ``column`` are as the sender sees them: rows counted from 1 in the file, ``column`` the letter or the
    heading. ``key`` names a cell by its dimensions, for tables that are no file.
    """

    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    field: str | None = None
    value: str | None = None
    key: tuple[tuple[str, str], ...] = ()
    label: Text | None = None
    """What the place is called, where it is no cell or where its row is better known by its unit."""

    def as_dict(self) -> dict[str, object]:
        """As it is stored and sent; what is not known is left out."""
        said = {name: getattr(self, name) for name in ("sheet", "row", "column", "field", "value")}
        told: dict[str, object] = {name: value for name, value in said.items() if value is not None}
        if self.key:
            told["key"] = dict(self.key)
        if self.label:
            told["label"] = self.label.as_dict()
        return told


class LazyPlaces(Sequence[Place]):
    """Many places, of which each is made when it is asked for: a count, and a way to make those of a range.

    Equal to any sequence of the same places. A slice is a tuple of places.

    >>> rows = LazyPlaces(3, lambda start, stop: [Place(row=row) for row in range(start, stop)])
    >>> len(rows), rows[-1].row, rows == (Place(row=0), Place(row=1), Place(row=2))
    (3, 2, True)
    """

    __slots__ = ("_count", "_made")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, count: int, made: Callable[[int, int], Sequence[Place]]) -> None:
        self._count, self._made = count, made

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Place: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Place, ...]: ...
    def __getitem__(self, at: int | slice) -> Place | tuple[Place, ...]:
        if isinstance(at, int):
            position = range(self._count)[at]
            return self._made(position, position + 1)[0]
        start, stop, step = at.indices(self._count)
        if step != 1:
            return tuple(self[position] for position in range(start, stop, step))
        return tuple(self._made(start, stop)) if start < stop else ()

    def __iter__(self) -> Iterator[Place]:
        start, stop = 0, 16  # whoever wants the first ones has few made
        while start < self._count:
            yield from self._made(start, min(stop, self._count))
            start, stop = stop, 2 * stop

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    def changed(self, change: Callable[[Place], Place]) -> "LazyPlaces":
        """The same places, each as ``change`` makes of it."""
        made = self._made
        return LazyPlaces(self._count, lambda start, stop: [change(place) for place in made(start, stop)])


def changed_places(places: Sequence[Place], change: Callable[[Place], Place]) -> Sequence[Place]:
    """Places, each as ``change`` makes of it; those that are not made yet are changed when they are."""
    return places.changed(change) if isinstance(places, LazyPlaces) else tuple(map(change, places))


Param = str | int | Text
"""A parameter of a finding: a text in both languages, or a word or number that is the same in both."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found, with every place it was found in."""

    code: str
    severity: Severity
    params: Mapping[str, Param] = field(default_factory=dict)
    places: Sequence[Place] = ()
    refs: Sequence[str] = ()
    """What it names that has a page of its own, as references (`registry.references`). Said while it is shown, never stored."""

    @property
    def count(self) -> int:
        """How many places it has in all; ``places`` may be the first of them."""
        told = self.params.get("count")
        return told if isinstance(told, int) else len(self.places)

    def as_dict(self) -> dict[str, object]:
        """Canonical-content-safe form (no floats), for storage and ``--json``."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "params": {
                name: value.as_dict() if isinstance(value, Text) else value for name, value in self.params.items()
            },
            "places": [place.as_dict() for place in self.places],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Finding":
        """The finding that `as_dict` gave, also one of an earlier version (`_lifted`)."""
        params = {
            name: Text.from_dict(value) if isinstance(value, dict) else value
            for name, value in _lifted(data.get("params", {})).items()
        }
        places = tuple(_place(place) for place in data.get("places", ()))
        return cls(str(data["code"]), Severity(str(data["severity"])), params, places)


def _lifted(params: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters that an earlier version stored in pairs become texts; the English may have had the plain name.

    >>> _lifted({"element": "days", "label_sv": "Dagar", "label_en": "Days"})
    {'element': 'days', 'label': {'sv': 'Dagar', 'en': 'Days'}}
    >>> _lifted({"reason": "Missing", "reason_sv": "saknas"})
    {'reason': {'sv': 'saknas', 'en': 'Missing'}}
    """
    lifted = dict(params)
    for name in params:
        stem = name.removesuffix("_sv")
        if stem != name:
            swedish = lifted.pop(name)
            lifted[stem] = {"sv": swedish, "en": lifted.pop(f"{stem}_en", lifted.get(stem, swedish))}
    return lifted


def _place(data: Mapping[str, Any]) -> Place:
    key = tuple(data["key"].items()) if "key" in data else ()
    label = Text.from_dict(data["label"]) if "label" in data else None
    return Place(**{**data, "key": key, "label": label})


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The gravest severity among ``findings``, or ``None`` where there are none."""
    present = {finding.severity for finding in findings}
    return next((severity for severity in ORDER if severity in present), None)
