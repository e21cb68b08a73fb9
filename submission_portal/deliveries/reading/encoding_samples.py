"""How headings and cells of a text look in each encoding that it may be in, for the sender to choose. Pure."""

from collections.abc import Sequence
from itertools import chain

from submission_portal.deliveries.reading.file_case import FileCase
from submission_portal.deliveries.reading.older_encodings import codec_of
from submission_portal.deliveries.reading.sheets import Row, TextReading, shortened

HEADINGS, CELLS, LOOKED_AT = 6, 3, 20_000
"""So many headings and cells are shown, of so many rows."""


def readings_of(case: FileCase) -> tuple[TextReading, ...]:
    """The headings and some different cells in which the encodings differ, in each of them."""
    rows = case.text_file.sheet.rows
    at = case.header.header_row if case.header is not None else 0
    headings = _telling(rows[at - 1 : at] if at else [], HEADINGS)
    cells = _telling(rows[at : at + LOOKED_AT], CELLS)
    read_as = codec_of(case.text_file.encoding)
    return tuple(
        TextReading(name, *(tuple(_again(text, read_as, name) for text in texts) for texts in (headings, cells)))
        for name in case.single_byte.candidates
    )


def _telling(rows: Sequence[Row], most: int) -> list[str]:
    """The first different cells that are not the same in all encodings."""
    found: dict[str, None] = {}
    for cell in chain.from_iterable(rows):
        if not cell.isascii():
            found[cell] = None
            if len(found) == most:
                break
    return list(found)


def _again(text: str, read_as: str, name: str) -> str:
    return shortened(text.encode(read_as, "replace").decode(codec_of(name), "replace"))
