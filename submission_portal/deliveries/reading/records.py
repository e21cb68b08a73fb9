"""A file of records with named values (JSON, Parquet): as a sheet whose first row are the names. Pure.

Records are counted from 0, as in a JSON Pointer (RFC 6901); their rows are counted as in a sheet, under the names in row 1.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from registry.findings import Param, Place, Text
from submission_portal.deliveries.reading.archives import UnreadableError
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.grid_rows import Column, GridRows
from submission_portal.deliveries.reading.sheets import MappedColumn, Sheet, cell_of, letter, shortened

KINDS = ("json", "ndjson", "parquet")
"""The kinds of files that are read as records."""
FIRST_ROW = 2
"""The row of record 0."""
LONGEST_CELL = 131_072
"""As in text files."""
_UNFIT = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class RecordFile:
    """The records of a file; the names are its first row."""

    sheet: Sheet


def record_file(names: Sequence[str], columns: Sequence[Column]) -> RecordFile:
    """The names and what stands under each; at least one of both. Raises `UnreadableError` for texts that are no cells."""
    for at, (name, column) in enumerate(zip(names, columns, strict=True)):
        for text in (name, *column.texts):
            if len(text) > LONGEST_CELL:
                raise UnreadableError(FINDINGS.found("FIL-023", {}, (Place(column=letter(at)),)))
            if _UNFIT.search(text):
                raise wrong_value(_UNFIT_TEXT, "" if text is name else shortened(name))
    return RecordFile(Sheet(GridRows([[cell_of(name) for name in names]], columns)))


def wrong_value(what: Text, name: str = "", record: int | None = None) -> UnreadableError:
    """What is raised where a value is of a kind that no cell can have."""
    return UnreadableError(FINDINGS.found("FIL-040", {"what": what, "at": _at(record, name)}))


def pointer(place: Place, columns: Sequence[MappedColumn]) -> str | None:
    """A place in a file of records as a JSON Pointer; ``None`` where it is about no record.

    ``columns``: those of the file's preview.

    >>> pointer(Place(row=2, column="B"), (MappedColumn("B", "disponibla", "disponibla"),))
    '/0/disponibla'
    >>> pointer(Place(row=12, field="beds"), ()), pointer(Place(row=1), ())
    ('/10', None)
    """
    if place.row is None or place.row < FIRST_ROW:
        return None
    name = next(
        (one.heading for one in columns if one.letter == place.column or (one.element and one.element == place.field)),
        "",
    )
    return pointer_to(place.row - FIRST_ROW, name)


def pointer_to(record: int, name: str = "") -> str:
    """The pointer to a record, or to its value of a name.

    >>> pointer_to(3, "a/b"), pointer_to(0)
    ('/3/a~1b', '/0')
    """
    return f"/{record}" + ("/" + name.replace("~", "~0").replace("/", "~1") if name else "")


_POINTER = re.compile("/(0|[1-9][0-9]{0,6})(?:/(.*))?", re.DOTALL)


def row_at(text: str, heading: str) -> str:
    """The number of the row that a pointer is of, to a record or to its value under ``heading``; any other text as it is.

    >>> row_at("/3/beds", "beds"), row_at("/0", "beds"), row_at("/3/a~1b", "a/b")
    ('5', '2', '5')
    >>> row_at("/3/wards", "beds"), row_at("5", "beds"), row_at("*", "beds"), row_at("/03", "beds")
    ('/3/wards', '5', '*', '/03')
    """
    found = _POINTER.fullmatch(text)
    if found is None or text not in (pointer_to(int(found[1])), pointer_to(int(found[1]), heading)):
        return text
    return str(int(found[1]) + FIRST_ROW)


_UNFIT_TEXT = Text(
    "En text har tecknet noll eller ett halvt tecken.", "A text has the character zero or half a character."
)


def _at(record: int | None, name: str) -> Param:
    if record is not None:
        return pointer_to(record, name)
    return Text(f"kolumnen {name}", f"the column {name}") if name else Text("ett namn", "a name")
