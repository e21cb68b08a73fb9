"""A corner of the sender's own sheet around the cells of a finding, so that they know it again. Pure."""

from collections.abc import Mapping
from itertools import islice

import polars as pl

from registry.findings import Finding
from submission_portal.deliveries.assessment.cells import as_written
from submission_portal.deliveries.reading.sheets import Corner, column_of, shortened
from submission_portal.deliveries.reading.table import ROW, SHEET

HITS = 4
COLUMNS = 6


def corner(rows: pl.DataFrame, letters: Mapping[str, str], finding: Finding) -> Corner | None:
    """The first cells of a finding with the rows around them; ``None`` where it points at no row, or says something of a row or of a
    column that was not read in, which the corner could not show.

    ``rows`` are texts as they were read (the cells are shown as they were written); ``letters`` the sender's column letter by element.
    """
    placed = list(islice((place for place in finding.places if place.row is not None), HITS))
    if not placed or not letters:
        return None
    wanted: set[int] = set()
    numbers = rows[ROW].to_numpy()
    for place in placed:
        at = int(numbers.searchsorted(place.row or 0))
        if at >= rows.height or numbers[at] != place.row:
            continue
        wanted.update(range(max(0, at - 1), min(rows.height, at + 2)))
    if not wanted:
        return None
    by_letter = {letter: name for name, letter in letters.items()}
    # A place names an element, or a column by its letter where it is about the file and not about the figures.
    hit = [
        (place.row, place.field if place.field in letters else by_letter.get(place.column or "")) for place in placed
    ]
    if any(place.value and not field for place, (_row, field) in zip(placed, hit, strict=True)):
        return None
    shown = _columns(letters, [field for _row, field in hit if field])
    part = rows[sorted(wanted)]
    cells = {name: as_written(part, name).to_list() for name in shown}
    return Corner(
        sheet=part[SHEET][0],
        letters=tuple(letters[name] for name in shown),
        rows=tuple(
            (number, tuple(shortened(cells[name][index] or "") for name in shown))
            for index, number in enumerate(part[ROW].to_list())
        ),
        hits=tuple(f"{letters[field]}{row}" for row, field in hit if field),
    )


def _columns(letters: Mapping[str, str], fields: list[str]) -> list[str]:
    """The first columns of the sheet and those that were hit, in the sheet's order."""
    in_order = sorted(letters, key=lambda name: column_of(letters[name]))
    chosen = list(dict.fromkeys([*fields, *in_order]))[:COLUMNS]
    return [name for name in in_order if name in chosen]
