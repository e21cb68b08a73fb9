"""Looks for identity numbers in everything that a file holds, before anything of it is kept.

Uses `legal_checks.personal_data`; adds only where in a file a text stands. A finding says the place, never the number, and
never the text around it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from legal_checks.divided_numbers import find_divided_numbers
from legal_checks.personal_data import has_number
from registry.findings import Finding, Place
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.sheets import Sheet, letter

CELL = "\x1f"
MOST_PLACES = 500
"""So many places are told; the file is refused for the first."""

# What a number can be made of; keeps megabytes of packed bytes from being decoded for nothing. In Latin-1 a space, a
# dash or nothing visible may be the byte A0 or AD.
_SINGLE_BYTES = re.compile(rb"[0-9][0-9\x00 +,./eE\xa0\xad-]{7,}[0-9]")
_UTF_16 = re.compile(rb"(?:[0-9]\x00){3}[0-9]")


@dataclass(slots=True)
class IdentityScan:
    """Collects places. ``field`` of a place names what is no cell: ``file_name``, ``comment``, ``properties`` …"""

    places: dict[Place, None] = field(default_factory=dict)
    """In the order in which they were met."""

    def text(self, text: str, place: Place) -> None:
        """Look through one text that stands at ``place``."""
        if has_number(text):
            self._add(place)

    def texts(self, texts: Iterable[str], place: Place) -> None:
        self.text(CELL.join(texts), place)

    def raw(self, data: bytes, place: Place) -> None:
        """Look through bytes that are no text to us: as single bytes and as UTF-16."""
        self.texts((run.decode("latin-1") for run in _SINGLE_BYTES.findall(data)), place)
        if _UTF_16.search(data):
            self.text(data.decode("utf-16-le", "replace"), place)
            self.text(data[1:].decode("utf-16-le", "replace"), place)

    def sheet(self, sheet: Sheet, shown_name: str | None) -> None:
        """Look through every cell of a sheet. ``shown_name`` is how its place is told.

        A long sheet says few different things many times, so each is looked at once.
        """
        holding = {cell for cell in set(chain.from_iterable(sheet.rows)) if len(cell) > 8 and has_number(cell)}
        if holding:
            for index, row in enumerate(sheet.rows):
                if len(self.places) >= MOST_PLACES:
                    return
                if not holding.isdisjoint(row):
                    for column, cell in enumerate(row):
                        if cell in holding:
                            self._add(Place(shown_name, index + 1, letter(column)))
        for index, column in find_divided_numbers(sheet.rows):
            self._add(Place(shown_name, index + 1, letter(column)))

    def finding(self) -> Finding | None:
        """One finding with every place, or ``None``."""
        return FINDINGS.found("PER-001", {}, tuple(self.places)) if self.places else None

    def _add(self, place: Place) -> None:
        if len(self.places) < MOST_PLACES:
            self.places[place] = None


def safe_names(names: Sequence[str]) -> dict[str, str]:
    """How sheets are told: by name, but by number where the name itself holds an identity number.

    >>> safe_names(["Oktober", "811218-9876"])
    {'Oktober': 'Oktober', '811218-9876': '#2'}
    """
    return {name: f"#{number}" if has_number(name) else name for number, name in enumerate(names, start=1)}
