"""What reads which kind of file: one entry for each kind, in `READERS`. Pure.

A kind is recognised by its content (`file_kinds.kind_of`); a file's name or media type only promises one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from registry.findings import Param, Place
from submission_portal.deliveries.reading.archives import UnreadableError
from submission_portal.deliveries.reading.columnar.grid import OddFileError
from submission_portal.deliveries.reading.columnar.scanning import scan_columns
from submission_portal.deliveries.reading.columnar.text_files import read_by_columns
from submission_portal.deliveries.reading.csv_files import DELIMITERS, CsvFile, read_csv
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.grid_rows import GridRows
from submission_portal.deliveries.reading.headings import HEADER_SEARCHED
from submission_portal.deliveries.reading.identity_scan import IdentityScan
from submission_portal.deliveries.reading.json_files import read_json, read_ndjson
from submission_portal.deliveries.reading.limits import Way
from submission_portal.deliveries.reading.packing import ENDING, is_packed
from submission_portal.deliveries.reading.parquet_files import read_parquet
from submission_portal.deliveries.reading.records import RecordFile
from submission_portal.deliveries.reading.sheets import Sheet
from submission_portal.deliveries.reading.sizes import Size, too_large
from submission_portal.deliveries.reading.workbooks import WorkbookFacts
from submission_portal.deliveries.reading.xlsx_files import read_xlsx


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a workbook, hidden ones included, and what else is in it."""

    sheets: tuple[Sheet, ...]
    facts: WorkbookFacts

    @property
    def visible(self) -> tuple[Sheet, ...]:
        """The sheets that people see, and that hold something."""
        return tuple(sheet for sheet in self.sheets if not sheet.is_hidden and not sheet.is_empty)

    @property
    def hidden(self) -> tuple[Sheet, ...]:
        """The hidden sheets that hold something."""
        return tuple(sheet for sheet in self.sheets if sheet.is_hidden and not sheet.is_empty)


Opened = CsvFile | Workbook | RecordFile


class Source(Protocol):
    """A file as its reader sees it (`file_case.FileCase`)."""

    @property
    def data(self) -> bytes: ...
    @property
    def scan(self) -> IdentityScan: ...
    @property
    def way(self) -> Way: ...
    def header_of(self, rows: Sequence[list[str]], /) -> tuple[int, int]: ...
    def score(self, rows: Sequence[list[str]], /) -> int: ...
    def single_byte_name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class FileReader:
    """How one kind of file is read. ``opens`` looks through all of it for identity numbers, and raises `UnreadableError`."""

    kind: str
    endings: tuple[str, ...]
    """Of names; the first is given to what comes without a name."""
    media_types: tuple[str, ...]
    """The first is the one that it is stored under."""
    opens: Callable[[Source], Opened]
    is_text: bool = True
    """Whether it may come packed with gzip."""


def _open_workbook(case: Source) -> Workbook:
    way = case.way
    return Workbook(*read_xlsx(case.data, case.scan, way.limits, way.unpacked, case.header_of, way.progress))


def _open_text_file(case: Source) -> CsvFile:
    case.way.unpacked(len(case.data))
    try:
        file = _read_text(case)
    except UnreadableError:
        case.scan.raw(case.data, Place(field="file"))
        raise
    if isinstance(file.sheet.rows, GridRows):
        scan_columns(case.scan, file.sheet, file.sheet.rows)
    else:
        case.scan.sheet(file.sheet, None)
    if (file.delimiter not in DELIMITERS or file.encoding.startswith("utf-16")) and not case.scan.places:
        # A delimiter of the sender's own may stand within a number, and what is said to be UTF-16 may hold single
        # bytes; the file is kept as it came.
        case.scan.raw(case.data, Place(field="file"))
    return file


def _read_text(case: Source) -> CsvFile:
    """By columns where its lines are all alike, else row by row."""
    limits, progress = case.way.limits, case.way.progress
    try:
        return read_by_columns(
            case.data,
            score=case.score,
            header_of=case.header_of,
            limits=limits,
            single_byte=case.single_byte_name,
            progress=progress,
        )
    except OddFileError as odd:
        if len(case.data) > limits.odd_bytes or case.data.count(b"\n") > limits.odd_rows + HEADER_SEARCHED:
            places = () if odd.row is None else (Place(row=odd.row),)
            told: dict[str, Param] = {
                "why": odd.why,
                "rows": limits.odd_rows,
                "megabytes": limits.odd_bytes // 1_000_000,
            }
            raise UnreadableError(FINDINGS.found("FIL-035", told, places)) from None
    file = read_csv(case.data, score=case.score, limits=limits, single_byte=case.single_byte_name, progress=progress)
    header, _score = case.header_of(file.sheet.rows)
    rows = len(file.sheet.rows) - header - 1
    if rows > min(limits.rows, limits.odd_rows):
        raise UnreadableError(too_large(limits, Size(rows, max(map(len, file.sheet.rows)))))
    return file


def _records(read: Callable[[Source], RecordFile]) -> Callable[[Source], RecordFile]:
    """Everything in the file is a name or a value of a record; of one that cannot be read also the bytes are looked through."""

    def opened(case: Source) -> RecordFile:
        case.way.unpacked(len(case.data))
        try:
            file = read(case)
        except UnreadableError:
            case.scan.raw(case.data, Place(field="file"))
            raise
        if isinstance(file.sheet.rows, GridRows):
            scan_columns(case.scan, file.sheet, file.sheet.rows)
        return file

    return opened


READERS = (
    FileReader("csv", (".csv", ".txt", ".tsv", ".skv"), ("text/csv",), _open_text_file),
    FileReader(
        # A workbook that may hold macros is read as any other; the macros are found by themselves.
        "xlsx", (".xlsx", ".xlsm"), ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
        _open_workbook, is_text=False,
    ),
    FileReader(
        "json", (".json", ".ndjson", ".jsonl"), ("application/json",),
        _records(lambda case: read_json(case.data, case.way.limits, case.way.progress)),
    ),
    FileReader(
        "ndjson", (".ndjson", ".jsonl", ".json"), ("application/x-ndjson", "application/jsonl"),
        _records(lambda case: read_ndjson(case.data, case.way.limits, case.way.progress)),
    ),
    FileReader(
        "parquet", (".parquet",), ("application/vnd.apache.parquet",),
        _records(lambda case: read_parquet(case.data, case.scan, case.way.limits)), is_text=False,
    ),
)  # fmt: skip
"""Every kind of file that is read."""
BY_KIND = {reader.kind: reader for reader in READERS}
GZIP = "application/gzip"


def promised_kind(file_name: str) -> str | None:
    """The kind that a name promises; ``None`` where it promises nothing that is known. What is packed is named by what is in it.

    >>> promised_kind("Oktober.XLSX"), promised_kind("oktober.skv"), promised_kind("okt.json.gz"), promised_kind("oktober")
    ('xlsx', 'csv', 'json', None)
    """
    name = file_name.casefold().strip().removesuffix(ENDING)
    for reader in READERS:
        if name.endswith(reader.endings):
            return reader.kind
    dot = name.rfind(".")
    return name[dot + 1 :] if dot > 0 and len(name) - dot <= 8 else None


def is_named_as(file_name: str, kind: str) -> bool:
    """Whether files of a kind are called so.

    >>> is_named_as("okt.json", "ndjson"), is_named_as("okt.csv", "ndjson")
    (True, False)
    """
    reader = BY_KIND.get(kind)
    return reader is not None and file_name.casefold().strip().removesuffix(ENDING).endswith(reader.endings)


def media_type_of(data: bytes, kind: str) -> str:
    """The media type that a file of a kind is stored under, packed or not."""
    reader = BY_KIND.get(kind)
    if reader is None:
        return "application/octet-stream"
    return GZIP if is_packed(data) else reader.media_types[0]
