"""The rows of a worksheet that is not written as programs usually write them, in the plain form of `worksheets`.

UTF-16, comments, CDATA, cells without references, attributes in any order: the part is parsed, and written again with a
reference in each cell. Slower than looking through bytes, and needed for few files.
"""

from submission_portal.deliveries.reading.damaged import DamagedError, Fault
from submission_portal.deliveries.reading.sheet_bounds import MOST_COLUMNS, MOST_ROWS, cell_at
from submission_portal.deliveries.reading.sheets import letter
from submission_portal.deliveries.reading.xml_parts import escaped, parse, quoted

_KEPT = ("s", "t")
_NAMELESS = ("rPh", "phoneticPr", "extLst")
"""Elements within a cell whose texts are not the cell's."""


class _Rewriter:
    """Writes what is within ``sheetData`` to ``rows``, and all else to ``around``."""

    def __init__(self) -> None:
        self.rows: list[str] = []
        self.around: list[str] = []
        self.asides: list[str] = []
        self._depth = 0
        self._data_depth: int | None = None
        self._skipped: int | None = None
        """The depth of an element whose content is left out."""
        self._has_data = False
        self._row = 0
        self._is_in_row = False
        self._column = -1
        self._cell: dict[str, str] | None = None
        """The attributes of the open cell."""
        self._pieces: dict[str, list[str]] = {}
        self._into: str | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        local = name.rpartition(":")[2]
        if self._data_depth is None:
            if local == "sheetData":
                if self._has_data:
                    raise DamagedError(Fault.CELLS)
                self._data_depth, self._has_data = self._depth, True
            else:
                written = "".join(f" {key}={quoted(value)}" for key, value in attributes.items())
                self.around.append(f"<{name}{written}>")
        elif self._skipped is None:
            self._start_within(local, attributes)

    def end(self, name: str) -> None:
        self._depth -= 1
        if self._data_depth is None:
            self.around.append(f"</{name}>")
        elif self._depth < self._data_depth:
            self._data_depth = None
        elif self._skipped is not None:
            if self._depth < self._skipped:
                self._skipped = None
        else:
            self._end_within(name.rpartition(":")[2])

    def character_data(self, text: str) -> None:
        if self._data_depth is None:
            self.around.append(escaped(text))
        elif self._into is not None and self._skipped is None:
            self._pieces.setdefault(self._into, []).append(text)
        elif text.strip():
            self.aside(text)  # nobody's value, but in the file that is kept

    def aside(self, text: str) -> None:
        """Keep a text that is no cell's, so that it is looked through."""
        if text:
            self.asides.append(f"<aside>{escaped(text)}</aside>")

    def _start_within(self, local: str, attributes: dict[str, str]) -> None:
        if local == "row":
            self._start_row(attributes)
        elif local == "c":
            self._start_cell(attributes)
        elif self._cell is None:
            self._skipped = self._depth  # what stands between rows or cells is nobody's value
        elif local in ("v", "f", "is"):
            self.aside("".join(self._pieces.get(local, ())))  # a second one takes the place of the first
            self._into = local if local != "is" else None
            self._pieces[local] = []
        elif local == "t" and "is" in self._pieces:
            self._into = "is"
        elif local in _NAMELESS:
            self._skipped = self._depth

    def _end_within(self, local: str) -> None:
        if local == "row":
            self.rows.append("</row>")
            self._is_in_row = False
        elif local == "c" and self._cell is not None:
            self._end_cell(self._cell)
        elif local in ("v", "f", "t"):
            self._into = None

    def _start_row(self, attributes: dict[str, str]) -> None:
        if self._is_in_row:
            raise DamagedError(Fault.CELLS)
        number = self._row + 1
        if "r" in attributes:
            written = attributes["r"].strip()
            if not (written.isascii() and written.isdecimal()) or len(written) > 10:
                raise DamagedError(Fault.BOUNDS)
            number = int(written)
        if not 1 <= number <= MOST_ROWS:
            raise DamagedError(Fault.BOUNDS)
        if number <= self._row:
            raise DamagedError(Fault.ORDER, row=number)
        self._row, self._column, self._is_in_row = number, -1, True
        hidden = ' hidden="1"' if attributes.get("hidden") in ("1", "true") else ""
        self.rows.append(f'<row r="{number}"{hidden}>')

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if not self._is_in_row or self._cell is not None:
            raise DamagedError(Fault.CELLS)
        column = self._column + 1
        if "r" in attributes:
            at = cell_at(attributes["r"].strip())
            if at is None:
                raise DamagedError(Fault.CELLS, row=self._row)
            if at[0] != self._row:
                raise DamagedError(Fault.ROW, row=self._row)
            column = at[1]
        if column <= self._column:
            raise DamagedError(Fault.ORDER, row=self._row)
        if column >= MOST_COLUMNS:
            raise DamagedError(Fault.BOUNDS, row=self._row)
        self._column = column
        self._cell = {key: attributes[key] for key in _KEPT if key in attributes}
        self._pieces, self._into = {}, None

    def _end_cell(self, told: dict[str, str]) -> None:
        pieces = {name: "".join(texts) for name, texts in self._pieces.items()}
        if told.get("t") == "s":
            index = pieces.get("v", "").strip()
            if not index:
                # No text is meant; without an index the reader of values would take one.
                told.pop("t")
                pieces.pop("v", None)
            elif not (index.isascii() and index.isdecimal()) or len(index) > 8:
                raise DamagedError(Fault.VALUE, row=self._row)
            else:
                pieces = {"v": index}
        attributes = "".join(f" {key}={quoted(value)}" for key, value in told.items())
        self.rows.append(f'<c r="{letter(self._column)}{self._row}"{attributes}>')
        if "f" in pieces:
            self.rows.append(f"<f>{escaped(pieces['f'])}</f>")
        if "v" in pieces:
            self.rows.append(f"<v>{escaped(pieces['v'])}</v>")
            self.aside(pieces.get("is", ""))
        elif "is" in pieces:
            self.rows.append(f'<is><t xml:space="preserve">{escaped(pieces["is"])}</t></is>')
        self.rows.append("</c>")
        self._cell, self._into = None, None


def rewritten_rows(content: bytes) -> tuple[bytes, bytes]:
    """What is around the rows, and the rows, in the plain form. Raises as `worksheets.worksheet`."""
    writer = _Rewriter()
    parse(content, start=writer.start, end=writer.end, character_data=writer.character_data, aside=writer.aside)
    # Comments and instructions are kept as elements, so that they are looked through with what is around the rows.
    around = "".join((*writer.around[:-1], *writer.asides, *writer.around[-1:]))
    return around.encode("utf-8", "replace"), "".join(writer.rows).encode("utf-8", "replace")
