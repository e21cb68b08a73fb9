"""Looks for identity numbers in everything that a file holds, before anything of it is kept.

Uses `legal_checks.personal_data`; adds only where in a file a text stands. A finding says the place, never the number, and
never the text around it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from legal_checks.personal_data import find_numbers, has_number
from registry.findings import Finding, Place, Severity
from submission_portal.deliveries.reading.sheets import Sheet, letter

CELL, ROW = "\x1f", "\x1e"

# What any number begins or ends with; keeps megabytes of packed bytes from being decoded for nothing.
_SINGLE_BYTES = re.compile(rb"[0-9]{4}")
_UTF_16 = re.compile(rb"(?:[0-9]\x00){3}[0-9]")


@dataclass(slots=True)
class IdentityScan:
    """Collects places. ``field`` of a place names what is no cell: ``file_name``, ``comment``, ``properties`` …"""

    places: list[Place] = field(default_factory=list)

    def text(self, text: str, place: Place) -> None:
        """Look through one text that stands at ``place``."""
        if has_number(text):
            self._add(place)

    def texts(self, texts: Iterable[str], place: Place) -> None:
        self.text(CELL.join(texts), place)

    def raw(self, data: bytes, place: Place) -> None:
        """Look through bytes that are no text to us: as single bytes and as UTF-16."""
        if _SINGLE_BYTES.search(data):
            self.text(data.decode("latin-1"), place)
        if _UTF_16.search(data):
            self.text(data.decode("utf-16-le", "replace"), place)
            self.text(data[1:].decode("utf-16-le", "replace"), place)

    def sheet(self, sheet: Sheet, shown_name: str | None) -> None:
        """Look through every cell of a sheet. ``shown_name`` is how its place is told."""
        starts: list[int] = []
        position = 0
        lines: list[str] = []
        for row in sheet.rows:
            starts.append(position)
            line = CELL.join(row)
            lines.append(line)
            position += len(line) + 1
        text = ROW.join(lines)
        for match in find_numbers(text):
            index = bisect_right(starts, match.start) - 1
            column = text.count(CELL, starts[index], match.start)
            self._add(Place(shown_name, index + 1, letter(column)))

    def finding(self) -> Finding | None:
        """One finding with every place, or ``None``."""
        return Finding("PER-001", Severity.ERROR, {}, tuple(self.places)) if self.places else None

    def _add(self, place: Place) -> None:
        if place not in self.places and len(self.places) < 500:
            self.places.append(place)


def safe_names(names: Sequence[str]) -> dict[str, str]:
    """How sheets are told: by name, but by number where the name itself holds an identity number.

    >>> safe_names(["Oktober", "811218-9876"])
    {'Oktober': 'Oktober', '811218-9876': '#2'}
    """
    return {name: f"#{number}" if has_number(name) else name for number, name in enumerate(names, start=1)}
