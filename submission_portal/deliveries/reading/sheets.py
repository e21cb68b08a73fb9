"""A file as a grid of texts: what CSV and XLSX have in common once their bytes are read.

Rows and columns are counted as the sender sees them in a spreadsheet: row 1 is the first row, column A the first column.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = list[str]
"""The cells of one row as texts without outer spaces; an empty cell is ``""``."""
OUTER_SPACES = " \t\r\n\u00a0\u2007\u202f\ufeff"


_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


_AS_TEXT = re.compile(r'="(?:[^"]|"")*"')


def cell_of(text: str) -> str:
    """A text as it stands in a cell: without outer spaces, and without the invisible characters that come along when
    cells are copied from a web page or a document. ``="007"`` is how texts are written for a spreadsheet to leave them alone.

    >>> cell_of('="007"'), cell_of('="7"&"8"')
    ('007', '="7"&"8"')
    >>> cell_of(" Avd\u200b 1\u00a0")
    'Avd 1'
    """
    cell = _INVISIBLE.sub("", text).strip(OUTER_SPACES) if not text.isascii() else text.strip(OUTER_SPACES)
    return cell_of(cell[2:-1].replace('""', '"')) if cell.startswith('="') and _AS_TEXT.fullmatch(cell) else cell


class CellTexts(dict[str, str]):
    """`cell_of`, made once for each text: a long file says few different things, many times."""

    def __missing__(self, text: str) -> str:
        cell = cell_of(text)
        self[text] = cell
        return cell


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``name`` is ``None`` for a text file. ``rows[0]`` is the sender's row 1."""

    rows: Sequence[Row]
    name: str | None = None
    is_hidden: bool = False
    formulas: frozenset[tuple[int, int]] = frozenset()
    """Cells (row from 1, column from 0) whose value is computed by a formula."""
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Merged areas as (first row, first column, last row, last column)."""
    has_date_system_1904: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(any(row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class TextReading:
    """How some headings and cells look in one encoding."""

    encoding: str
    headings: tuple[str, ...]
    cells: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        return {"encoding": self.encoding, "headings": list(self.headings), "cells": list(self.cells)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "TextReading":
        return cls(data["encoding"], tuple(data["headings"]), tuple(data["cells"]))


@dataclass(frozen=True, slots=True)
class Preview:
    """How a file was read, for the sender to see that it was read as it was meant."""

    file_kind: str = ""
    """That of a reader (`readers.READERS`)."""
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    """The visible sheets that hold something, to choose among."""
    lines: int | None = None
    """Lines of a text file; more than ``records`` where cells hold line breaks."""
    records: int | None = None
    """Rows of the sheet as a spreadsheet counts them: header, titles, sums, notes and empty ones included."""
    header_row: int | None = None
    title_rows: tuple[int, ...] = ()
    sum_rows: tuple[int, ...] = ()
    sum_texts: tuple[str, ...] = ()
    """What each sum row calls itself."""
    totals: tuple["ColumnTotal", ...] = ()
    note_rows: tuple[int, ...] = ()
    empty_rows: int = 0
    data_rows: int = 0
    columns: tuple["MappedColumn", ...] = ()
    first_rows: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """The sender's row number and cells of the first data rows."""
    readings: tuple[TextReading, ...] = ()
    """Where it is asked which encoding the text is in: how it looks in each."""

    def as_dict(self) -> dict[str, object]:
        """Canonical-content-safe form for storage and ``--json``."""
        return {
            "file_kind": self.file_kind,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "sheet": self.sheet,
            "sheets": list(self.sheets),
            "lines": self.lines,
            "records": self.records,
            "header_row": self.header_row,
            "title_rows": list(self.title_rows),
            "sum_rows": list(self.sum_rows),
            "sum_texts": list(self.sum_texts),
            "totals": [total.as_dict() for total in self.totals],
            "note_rows": list(self.note_rows),
            "empty_rows": self.empty_rows,
            "data_rows": self.data_rows,
            "columns": [column.as_dict() for column in self.columns],
            "first_rows": [{"row": number, "cells": list(cells)} for number, cells in self.first_rows],
            "readings": [one.as_dict() for one in self.readings],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Preview":
        """As `as_dict` gave it, also in an earlier version, which knew less."""
        return cls(
            file_kind=data.get("file_kind", ""),
            encoding=data.get("encoding"),
            delimiter=data.get("delimiter"),
            sheet=data.get("sheet"),
            sheets=tuple(data.get("sheets", ())),
            lines=data.get("lines"),
            records=data.get("records"),
            header_row=data.get("header_row"),
            title_rows=tuple(data.get("title_rows", ())),
            sum_rows=tuple(data.get("sum_rows", ())),
            sum_texts=tuple(data.get("sum_texts", ())),
            note_rows=tuple(data.get("note_rows", ())),
            totals=tuple(ColumnTotal.from_dict(total) for total in data.get("totals", ())),
            empty_rows=data.get("empty_rows", 0),
            data_rows=data.get("data_rows", 0),
            columns=tuple(MappedColumn.from_dict(column) for column in data.get("columns", ())),
            first_rows=tuple((line["row"], tuple(line["cells"])) for line in data.get("first_rows", ())),
            readings=tuple(map(TextReading.from_dict, data.get("readings", ()))),
        )


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column of the file: where it is, its heading, and the element it was read as (``None``: not read in)."""

    letter: str
    heading: str
    element: str | None
    how: str = ""
    """``"exact"``, ``"without_accents"`` or ``"without_unit"``; empty where the column was not read in. Of a file with a measure on
    each row ``"measures"`` for the column that names them, and ``"values"`` for those that have their values."""

    @property
    def is_read(self) -> bool:
        return self.element is not None or self.how in ("measures", "values")

    def as_dict(self) -> dict[str, object]:
        return {"letter": self.letter, "heading": self.heading, "element": self.element, "how": self.how}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "MappedColumn":
        return cls(data["letter"], data.get("heading") or "", data.get("element"), data.get("how") or "")


@dataclass(frozen=True, slots=True)
class ColumnTotal:
    """The figures of a column as a spreadsheet adds them up: how many there are, their sum and their mean."""

    letter: str
    element: str
    figures: int
    sum: str | None
    """``None`` where a sum of the column means nothing, as of a rate."""
    mean: str

    def as_dict(self) -> dict[str, object]:
        """For storage and ``--json``."""
        return {
            "letter": self.letter,
            "element": self.element,
            "figures": self.figures,
            "sum": self.sum,
            "mean": self.mean,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "ColumnTotal":
        return cls(data["letter"], data["element"], data["figures"], data["sum"], data["mean"])


@dataclass(frozen=True, slots=True)
class Corner:
    """A small part of the sender's own sheet around the cells of a finding: headings A, B, … and numbered rows."""

    sheet: str | None
    letters: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    hits: tuple[str, ...] = field(default=())
    """Cells to mark, as ``D17``."""

    def as_dict(self) -> dict[str, object]:
        return {
            "sheet": self.sheet,
            "letters": list(self.letters),
            "rows": [{"row": number, "cells": list(cells)} for number, cells in self.rows],
            "hits": list(self.hits),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Corner":
        return cls(
            data.get("sheet"),
            tuple(data["letters"]),
            tuple((one["row"], tuple(one["cells"])) for one in data["rows"]),
            tuple(data.get("hits", ())),
        )


LONGEST_SHOWN = 80


def shortened(cell: str) -> str:
    """A cell as it is shown and kept in findings: the beginning of what is very long, and a sign for what no page can show.

    >>> len(shortened("x" * 5000)), shortened("5" + chr(0) + "9")
    (80, '5�9')
    """
    cell = _UNPRINTABLE.sub("\ufffd", cell[: LONGEST_SHOWN + 1])
    return cell if len(cell) <= LONGEST_SHOWN else cell[: LONGEST_SHOWN - 1] + "…"


def letter(column: int) -> str:
    """The letter of a column counted from 0.

    >>> letter(0), letter(25), letter(26), letter(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def spans_of(letters: Sequence[str]) -> str:
    """The letters of columns as they are told: those that follow each other as the first and the last.

    >>> spans_of(["A", "D", "E", "F", "G", "J"]), spans_of(["B", "C"])
    ('A, D–G, J', 'B, C')
    """
    runs: list[list[int]] = []
    for at in sorted({column_of(each) for each in letters}):
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    told = ([f"{letter(run[0])}–{letter(run[-1])}"] if len(run) > 2 else map(letter, run) for run in runs)
    return ", ".join(each for parts in told for each in parts)


def column_of(letters: str) -> int:
    """The column counted from 0 for its letter.

    >>> column_of("A"), column_of("AA")
    (0, 26)
    """
    number = 0
    for character in letters:
        number = number * 26 + ord(character) - 64
    return number - 1
