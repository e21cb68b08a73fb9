"""Bytes of a text file → one sheet: which encoding, which delimiter, which cells."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from registry.findings import Finding, Place
from submission_portal.deliveries.reading.archives import UnreadableError
from submission_portal.deliveries.reading.file_kinds import UTF_32_MARKS, utf_16_without_mark
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.headings import HEADER_SEARCHED
from submission_portal.deliveries.reading.limits import STEP, Limits, Progress, no_progress
from submission_portal.deliveries.reading.older_encodings import WINDOWS, codec_of
from submission_portal.deliveries.reading.quoted_cells import Spanning
from submission_portal.deliveries.reading.sheets import CellTexts, Row, Sheet, cell_of
from submission_portal.deliveries.reading.sizes import Size, too_large

DELIMITERS = (";", ",", "\t", "|")
_DECLARED = re.compile(r"^sep=([^\x00-\x08\n-\x1f\"\x7f-\x9f])\r?\n?$", re.IGNORECASE)
"""No control character and no quotation mark."""


@dataclass(frozen=True, slots=True)
class CsvFile:
    sheet: Sheet
    encoding: str
    delimiter: str
    lines: int = 0
    """Lines of text in the file."""
    spanning: tuple[Spanning, ...] = ()
    """Records that take several lines."""
    is_declared: bool = False
    """Whether the file itself says its delimiter."""


def read_csv(
    data: bytes,
    *,
    score: Callable[[Sequence[Row]], int],
    limits: Limits,
    single_byte: Callable[[], str] = lambda: WINDOWS,
    progress: Progress = no_progress,
) -> CsvFile:
    """The text file as a sheet. ``score`` says how well some first rows fit what is expected, and so settles the
    delimiter; where nothing fits, the delimiter that makes the most even columns wins.

    Raises :class:`UnreadableError`.
    """
    text, encoding = decode(data, single_byte)
    if text is None:
        raise UnreadableError(FINDINGS.found("FIL-016", {}, _unreadable_line(data)))
    delimiter = declared_delimiter(text) or delimiter_of(text, score)
    most_rows = min(limits.rows, limits.odd_rows) + HEADER_SEARCHED
    rows: list[Row] = []
    spanning: list[Spanning] = []
    texts = CellTexts()
    cells = begins = before_last = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, record in enumerate(reader, start=1):
            before_last = begins
            cells += len(record)
            if number > most_rows or cells > limits.odd_cells or len(record) > limits.columns:
                raise UnreadableError(too_large(limits, Size(number, len(record), is_whole=False), Place(row=number)))
            if number % STEP == 0:
                progress("file", number, 0)
            rows.append(list(map(texts.__getitem__, record)))
            if reader.line_num > begins + 1:
                spanning.append(Spanning(number - 1, begins + 1, reader.line_num))
            begins = reader.line_num
    except csv.Error:
        raise UnreadableError(_endless(begins + 1)) from None
    if reader.line_num > before_last + 1 and _is_open(text, before_last, delimiter):
        raise UnreadableError(_endless(before_last + 1))
    is_declared = declared_delimiter(text) is not None
    if rows and is_declared:
        rows[0] = []
    return CsvFile(Sheet(rows), encoding, delimiter, reader.line_num, tuple(spanning), is_declared)


def decode(data: bytes, single_byte: Callable[[], str] = lambda: WINDOWS) -> tuple[str | None, str]:
    """The text and the name of its encoding: byte order mark, else UTF-16 as its zero bytes show, else strict UTF-8, else
    the one of single bytes that is asked for.

    >>> decode("Södra".encode()), decode("Södra".encode("cp1252")), decode(b"\\x81")
    (('Södra', 'utf-8'), ('Södra', 'windows-1252'), (None, ''))
    """
    if data.startswith(UTF_32_MARKS):
        return None, ""
    without_mark = utf_16_without_mark(data)
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
        (b"", without_mark),
    ):
        if encoding and data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                return None, ""
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    name = single_byte()
    try:
        return data.decode(codec_of(name)), name
    except UnicodeDecodeError:
        return None, ""


def _unreadable_line(data: bytes) -> Sequence[Place]:
    """The line at which a text that says that it is UTF-8 stops being so; nothing of another text.

    >>> _unreadable_line("Dag\\nSödra\\n".encode("utf-8-sig") + "Östra".encode("cp1252"))[0].row
    3
    """
    if not data.startswith(codecs.BOM_UTF8):
        return ()
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return (Place(row=data.count(b"\n", 0, error.start) + 1),)
    return ()


def _is_open(text: str, line: int, delimiter: str) -> bool:
    """Whether a quotation mark after so many lines is never closed, and took the rest of the file with it."""
    rest = io.StringIO(text, newline="").readlines()[line:]
    try:
        list(csv.reader(rest, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _endless(row: int) -> Finding:
    return FINDINGS.found("FIL-023", {}, (Place(row=row),))


def declared_delimiter(text: str) -> str | None:
    """The delimiter of a first line ``sep=;``, which Excel writes and obeys."""
    first = text[: text.find("\n") + 1] or text[:10]
    match = _DECLARED.match(first.lstrip("\ufeff"))
    return match[1] if match else None


def delimiter_of(text: str, score: Callable[[Sequence[Row]], int]) -> str:
    """The delimiter that makes the first lines fit best."""
    start = "".join(io.StringIO(text[:200_000], newline="").readlines()[:60])

    def fitness(delimiter: str) -> tuple[int, int]:
        try:
            rows = list(csv.reader(io.StringIO(start, newline=""), delimiter=delimiter))
        except csv.Error:
            return (-1, 0)
        widths = [len(row) for row in rows if len(row) > 1]
        even = max((widths.count(width) for width in set(widths)), default=0)
        return (score([[cell_of(cell) for cell in row] for row in rows]), even)

    return max(DELIMITERS, key=fitness)
