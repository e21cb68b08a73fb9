"""Looks for identity numbers in everything that a file holds, before anything of it is kept.

Uses `legal_checks`: a column is judged as a whole (`number_columns`), what is no cell by itself. Adds only where in a file a text
stands. A finding says the place, never the number, and never the text around it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter

from legal_checks.divided_numbers import HEADINGS_SEARCHED, find_divided_numbers
from legal_checks.number_columns import Certainty, ColumnVerdict, judge_column, judge_name
from legal_checks.number_forms import NumberKind, worth_judging
from legal_checks.number_headings import LONGEST_HEADING, Says, says
from registry.findings import Param, Place, Text
from submission_portal.deliveries.reading.sheets import Row, Sheet, letter

CELL = "\x1f"
MOST_PLACES = 500
"""So many places of each sort are told; the file is refused for the first."""

# What a number can be made of; keeps megabytes of packed bytes from being decoded for nothing. In Latin-1 a space, a
# dash or nothing visible may be the byte A0 or AD.
_SINGLE_BYTES = re.compile(rb"[0-9][0-9A-Za-z\x00\t\r\n +,./_:\xa0\xad-]{6,}[0-9A-Za-z]")
_UTF_16 = re.compile(rb"(?:[0-9]\x00){3}[0-9]")


KINDS = {
    NumberKind.PERSONAL_IDENTITY: Text("personnummer", "personal identity numbers"),
    NumberKind.COORDINATION: Text("samordningsnummer", "coordination numbers"),
    NumberKind.RESERVE: Text("reservnummer", "reserve numbers"),
}


@dataclass(slots=True)
class Suspects:
    """Places of one sort, and how many different texts hold which kind of number."""

    places: dict[Place, None] = field(default_factory=dict)
    """In the order in which they were met."""
    kinds: Counter[NumberKind] = field(default_factory=Counter)

    def add(self, place: Place) -> None:
        if len(self.places) < MOST_PLACES:
            self.places[place] = None

    def params(self) -> dict[str, Param]:
        """How many of which kind, for a finding."""
        told = [(KINDS[kind], self.kinds[kind]) for kind in NumberKind if self.kinds[kind]]
        kinds = Text(
            ", ".join(f"{kind.sv} {count}" for kind, count in told),
            ", ".join(f"{kind.en} {count}" for kind, count in told),
        )
        counts: dict[str, Param] = {kind.value: self.kinds[kind] for kind in NumberKind}
        return {"kinds": kinds, "numbers": self.kinds.total(), **counts}


@dataclass(slots=True)
class IdentityScan:
    """Collects places. ``field`` of a place names what is no cell: ``file_name``, ``comment``, ``properties`` …

    ``answer``: why what may be identity numbers is something else, where the sender has said so.
    """

    answer: str | None = None
    certain: Suspects = field(default_factory=Suspects)
    doubtful: Suspects = field(default_factory=Suspects)

    @property
    def places(self) -> Mapping[Place, None]:
        """Where it is certain, or doubtful and not answered: where there is any, nothing of the file is shown or kept."""
        return self.certain.places or ({} if self.answer else self.doubtful.places)

    def text(self, text: str, place: Place) -> None:
        """Look through one text that stands at ``place``."""
        self._add(judge_column("", (text,)), place)

    def file_names(self, *names: str) -> None:
        """Look through the file's name, in the forms that it is told and kept in."""
        for name in dict.fromkeys(names):
            self._add(judge_name(name), Place(field="file_name"))

    def _add(self, verdict: ColumnVerdict, place: Place) -> None:
        for suspects, held in ((self.certain, verdict.certain), (self.doubtful, verdict.doubtful)):
            if held:
                suspects.kinds.update(held.values())
                suspects.add(place)

    def texts(self, texts: Iterable[str], place: Place) -> None:
        self.text(CELL.join(texts), place)

    def raw(self, data: bytes, place: Place) -> None:
        """Look through bytes that are no text to us: as single bytes and as UTF-16."""
        self.texts((run.decode("latin-1") for run in _SINGLE_BYTES.findall(data)), place)
        if _UTF_16.search(data):
            self.text(data.decode("utf-16-le", "replace"), place)
            self.text(data[1:].decode("utf-16-le", "replace"), place)

    def sheet(self, sheet: Sheet, shown_name: str | None) -> None:
        """Look through every cell of a sheet, column by column. ``shown_name`` is how its place is told.

        A long sheet says few different things many times, so each is looked at once.
        """
        verdicts = {
            column: verdict
            for column, heading, cells in _columns(sheet.rows)
            if (verdict := judge_column(heading, cells)).certainty is not Certainty.INNOCENT
        }
        for verdict in verdicts.values():
            self.certain.kinds.update(verdict.certain.values())
            self.doubtful.kinds.update(verdict.doubtful.values())
        self._add_cells(sheet.rows, verdicts, shown_name)
        for index, column in find_divided_numbers(sheet.rows):
            self.certain.kinds[NumberKind.PERSONAL_IDENTITY] += 1
            self.certain.add(Place(shown_name, index + 1, letter(column)))

    def _add_cells(self, rows: Sequence[Row], verdicts: Mapping[int, ColumnVerdict], shown_name: str | None) -> None:
        if not verdicts:
            return
        for index, row in enumerate(rows):
            if len(self.certain.places) >= MOST_PLACES:
                return
            for column, verdict in verdicts.items():
                cell = row[column] if column < len(row) else ""
                if cell in verdict.certain:
                    self.certain.add(Place(shown_name, index + 1, letter(column)))
                elif cell in verdict.doubtful:
                    self.doubtful.add(Place(shown_name, index + 1, letter(column)))


def _columns(rows: Sequence[Row]) -> Iterator[tuple[int, str, set[str]]]:
    """Each column that has cells worth judging: its place, its heading, and its different cells."""
    different = set(chain.from_iterable(rows))
    judged = {cell for cell in different if worth_judging(cell)}
    if not judged:
        return
    widths = set(map(len, rows))
    for column in range(max(widths)):
        if len(widths) == 1:
            cells = set(map(itemgetter(column), rows))
        else:
            cells = {row[column] for row in rows if column < len(row)}
        if found := cells & judged:
            yield column, heading_of(rows, column), found


def heading_of(rows: Sequence[Row], column: int) -> str:
    """The most telling of the short texts in a column's first rows."""
    tops = [row[column] for row in rows[:HEADINGS_SEARCHED] if column < len(row)]
    told = {says(top): top for top in reversed(tops) if 0 < len(top) <= LONGEST_HEADING}
    return next((told[meaning] for meaning in Says if meaning in told), "")


def safe_names(names: Sequence[str]) -> dict[str, str]:
    """How sheets are told: by name, but by number where the name itself may hold an identity number.

    >>> safe_names(["Oktober", "811218-9876"])
    {'Oktober': 'Oktober', '811218-9876': '#2'}
    """
    return {
        name: name if judge_column("", (name,)).certainty is Certainty.INNOCENT else f"#{number}"
        for number, name in enumerate(names, start=1)
    }
