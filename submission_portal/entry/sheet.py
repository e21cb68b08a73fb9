"""What is entered in a page: its steps, what a cell says, and the file that it becomes. Pure.

The file is the original of a delivery that was entered: CSV in UTF-8 with semicolons, the model's columns in their order, rows
by period and unit. The same entry gives the same bytes.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from information_models.definitions import Element, LoadedModel, ValueStatus
from information_models.values import plain_number, status_of
from registry.findings import Language, Text
from registry.period import Period, PeriodKind

MOST_STEPS = 31
CLOSED, NOT_REPORTED = "stängd", "ej rapporterat"
WORDS = {CLOSED: Text("stängd", "closed"), NOT_REPORTED: Text("ej rapporterat", "not reported")}
"""The kept words that say why there is no figure, as a reader of each language has them in the cells."""
SHORT = {"s": CLOSED, "e": NOT_REPORTED, **{text.en: kept for kept, text in WORDS.items()}}
"""What may be written for them, and comes back from a page in English."""


class CellKind(StrEnum):
    """What a cell says."""

    EMPTY = "empty"
    """Nothing in the whole row yet."""
    WAITS = "waits"
    """Nothing, in a row that says something: it is asked what that means."""
    FIGURE = "figure"
    CLOSED = "closed"
    NOT_REPORTED = "not_reported"
    UNREAD = "unread"
    """Not a number."""

    @property
    def label(self) -> Text:
        return LABELS[self]

    @property
    def sign(self) -> str:
        return SIGNS[self]


LABELS = {
    CellKind.EMPTY: Text("inte ifylld", "not filled in"),
    CellKind.WAITS: Text("väntar på svar", "waits for an answer"),
    CellKind.FIGURE: Text("ifylld", "filled in"),
    CellKind.CLOSED: Text("stängd", "closed"),
    CellKind.NOT_REPORTED: Text("ej rapporterad", "not reported"),
    CellKind.UNREAD: Text("inget tal", "not a number"),
}
SIGNS = {
    CellKind.EMPTY: "idle",
    CellKind.WAITS: "wait",
    CellKind.FIGURE: "ok",
    CellKind.CLOSED: "info",
    CellKind.NOT_REPORTED: "info",
    CellKind.UNREAD: "stop",
}
_KINDS = {ValueStatus.CLOSED: CellKind.CLOSED, ValueStatus.NOT_REPORTED: CellKind.NOT_REPORTED}


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row of the entry: which period and unit it is about, and the texts of its cells by element."""

    period: Period
    unit: Mapping[str, str]
    cells: Mapping[str, str]


def entered_elements(loaded: LoadedModel) -> list[Element]:
    """The columns of the page: all but what tells rows apart."""
    return [one for one in loaded.model.elements if one.name not in loaded.model.key]


def steps_of(period: Period, kinds: Sequence[PeriodKind]) -> list[Period]:
    """The periods of rows that an entry for ``period`` has: itself, or the days (months) in it.

    Raises ``ValueError`` where rows of these kinds do not make it up, or would be more than `MOST_STEPS`.

    >>> [str(one) for one in steps_of(Period.parse("2026-02"), (PeriodKind.DAY,))][-1]
    '2026-02-28'
    """
    if period.kind in kinds:
        return [period]
    for first in _firsts(period, kinds):
        steps = [first]
        while steps[-1].last < period.last and len(steps) <= MOST_STEPS:
            steps.append(steps[-1].next())
        if len(steps) <= MOST_STEPS and steps[-1].last == period.last:
            return steps
    raise ValueError(f"{period} is not made up of periods of {kinds}")


def _firsts(period: Period, kinds: Sequence[PeriodKind]) -> list[Period]:
    return [Period(kind, period.first) for kind in (PeriodKind.DAY, PeriodKind.MONTH) if kind in kinds]


def cell_kind(element: Element, text: str, cells: Mapping[str, str]) -> CellKind:
    """What one cell says, in a row with these cells."""
    status = status_of(text)
    if status is None:
        return CellKind.WAITS if any(one.strip() for one in cells.values()) else CellKind.EMPTY
    if status in _KINDS:
        return _KINDS[status]
    return CellKind.UNREAD if element.is_number and plain_number(text) is None else CellKind.FIGURE


def as_shown(element: Element, text: str, language: Language) -> str:
    """A kept cell as a reader of the language has it; `as_kept` makes it what it was."""
    return WORDS[text].in_language(language) if element.is_number and text in WORDS else text


def as_kept(element: Element, text: str) -> str:
    """A cell as it is kept: trimmed, with the words for ``s`` and ``e`` where a number is wanted.

    The page does the same; without a script it is done here.
    """
    text = " ".join(text.split())
    return SHORT.get(text.casefold(), text) if element.is_number else text


def as_csv(loaded: LoadedModel, rows: Iterable[FilledRow]) -> bytes:
    """The file that filled-in rows make; rows without any text are not in it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    elements = loaded.model.elements
    writer.writerow(element.label.sv for element in elements)
    units = [name for name in loaded.model.key if name != loaded.model.period_element]
    filled = [row for row in rows if any(text.strip() for text in row.cells.values())]
    for row in sorted(filled, key=lambda one: (one.period, [one.unit.get(name, "") for name in units])):
        told = {**row.cells, **row.unit, loaded.model.period_element: str(row.period)}
        writer.writerow(told.get(element.name, "") for element in elements)
    return out.getvalue().encode()


def file_name(period: str) -> str:
    """What the file is called.

    >>> file_name("2020-03-16/natt")
    'inmatning-2020-03-16-natt.csv'
    """
    return f"inmatning-{period.replace('/', '-')}.csv"
