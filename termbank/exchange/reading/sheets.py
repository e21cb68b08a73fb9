"""The table that terminologists edit → records: an Excel workbook or CSV as `writing.sheets` makes them. Runs in the cage. Pure."""

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from itertools import zip_longest

from registry.findings import Finding, Place, Text
from termbank.concepts.concept import Definition, Foreign, Notation, Note, Relation, Target, Term
from termbank.concepts.wordings import Wording, plain
from termbank.exchange.reading.valueless_cells import rows_with_valueless_cells
from termbank.exchange.records import Account, Reading, Record, Says, blank, distinct
from termbank.exchange.sheet_columns import (
    NOTES,
    RELATIONS,
    TERMS,
    Column,
    Part,
    column_of,
    divided,
    says_withdrawn,
)
from termbank.finding_texts.all import FINDINGS
from termbank.notions import TermStatus

MOST_ROWS = 200_000
MOST_COLUMNS = 1_000
_MARKED = re.compile(r"'(?=[=+\-@\t\r'])")
"""What `writing.sheets.harmless` puts before a cell."""
_DELIMITERS = (";", "\t", ",")
Row = Sequence[str]


def read(data: bytes, name: str, own: object = ()) -> Reading:
    """The concepts of a table: the first sheet that has its headings in the first rows."""
    if is_workbook(data):
        return _read_workbook(data)
    text = _decoded(data)
    if text is None:
        return Reading(unreadable=FINDINGS.found("IMPORT-010"))
    try:
        return _table(_csv_rows(text), is_csv=True)
    except csv.Error as error:
        return Reading(unreadable=FINDINGS.found("IMPORT-011", {"fault": _fault_of_csv(str(error))}))


def _fault_of_csv(words: str) -> Text:
    """
    >>> _fault_of_csv("unexpected end of data").sv
    'ett citattecken öppnas och stängs aldrig, eller filen är avbruten (läsprogrammet säger: unexpected end of data).'
    """
    said = next((text for part, text in _CSV_FAULTS.items() if part in words), _OTHERWISE)
    return Text(f"{said.sv} (läsprogrammet säger: {words}).", f"{said.en} (the parser says: {words}).")


_CSV_FAULTS = {
    "unexpected end": Text("ett citattecken öppnas och stängs aldrig, eller filen är avbruten", "a quotation mark is opened and never closed, or the file is cut off"),
    "field larger": Text("en cell är längre än vad som läses", "a cell is longer than what is read"),
    "expected after": Text("ett citattecken står mitt i en cell", "a quotation mark is in the middle of a cell"),
}  # fmt: skip
_OTHERWISE = Text("den följer inte reglerna för CSV", "it does not follow the rules of CSV")


def is_workbook(data: bytes) -> bool:
    """Whether a file begins as xlsx or ods do, or as xls does."""
    return data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def _read_workbook(data: bytes) -> Reading:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        best: Reading | None = None
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_width >= MOST_COLUMNS or sheet.total_height >= MOST_ROWS:  # numbers of the last ones, from 0
                return Reading(unreadable=FINDINGS.found("VOC-107"))
            rows = [[_written(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            merged = [(first, last) for first, last in sheet.merged_cell_ranges or () if first != last]
            reading = _table(rows, merged=merged, valueless=rows_with_valueless_cells(data, name))
            if reading.unreadable is None:
                return reading
            best = best or reading
    except (python_calamine.CalamineError, zipfile.BadZipFile, OSError, ValueError, KeyError) as error:
        return Reading(unreadable=FINDINGS.found("IMPORT-012", {"fault": type(error).__name__}))
    return best or Reading(unreadable=FINDINGS.found("IMPORT-013"))


def _written(cell: object) -> str:
    """A cell as it is read: a whole number without a decimal part, everything else as text."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _decoded(data: bytes) -> str | None:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None if b"\x00" in data else data.decode("cp1252", "replace")


def _csv_rows(text: str) -> list[list[str]]:
    """The rows of CSV; the delimiter is the one that is in the headings."""
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    limit = csv.field_size_limit(10_000_000)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    finally:
        csv.field_size_limit(limit)


def _table(
    rows: Sequence[Row],
    *,
    is_csv: bool = False,
    valueless: Set[int] = frozenset(),
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = (),
) -> Reading:
    start = next(
        (at for at, row in enumerate(rows[:20]) if sum(column_of(cell) is not None for cell in row) >= 2), None
    )
    if start is None:
        return Reading(unreadable=FINDINGS.found("IMPORT-013"))
    columns = [column_of(cell) for cell in rows[start]]
    unknown = [plain(cell) for cell, column in zip(rows[start], columns, strict=True) if column is None and plain(cell)]
    findings = [FINDINGS.found("IMPORT-014", {"heading": one[:80]}) for one in unknown[:50]]
    if not any(one is not None and one.part in (Part.KEY, Part.IRI) for one in columns):
        findings.append(FINDINGS.found("IMPORT-031"))
    twice = [rows[start][at] for at, column in enumerate(columns) if column is not None and column in columns[:at]]
    if twice:
        return Reading(unreadable=FINDINGS.found("IMPORT-015", {"heading": plain(twice[0])[:80]}))
    in_merged = {row for first, last in merged for row in range(first[0], min(last[0], len(rows)) + 1)}
    made: list[Record] = []
    lost: Counter[str] = Counter()
    read = 0
    for at in range(start + 1, len(rows)):
        cells = [cell[1:] if is_csv and _MARKED.match(cell) else cell for cell in rows[at]]
        there = [(column, cell) for column, cell in zip_longest(columns, cells[: len(columns)]) if column is not None]
        for place, cell in enumerate(cells):
            if (place >= len(columns) or columns[place] is None) and cell.strip():
                heading = plain(rows[start][place]) if place < len(columns) else ""
                lost[heading or f"({place + 1})"] += 1
                read += 1
        if not any((cell or "").strip() for _, cell in there):
            continue
        made.append(
            _Row(at + 1, [(column, cell or "") for column, cell in there], at in in_merged, at in valueless).record()
        )
        read += made[-1].kept
    records = distinct(made)
    for one in made:
        if one not in records:
            findings.append(FINDINGS.found("IMPORT-007", {"name": one.name[:200], "line": one.row}, (one.place,)))
            lost["="] += one.kept
    kept = sum(one.kept for one in records)
    account = Account("values", read, kept, 0, dict(sorted(lost.items())))
    if not records:
        return Reading(unreadable=FINDINGS.found("IMPORT-005"))
    return Reading(_pointing(records), _says(columns), account, tuple(findings), "table")


def _says(columns: Iterable[Column | None]) -> Says:
    """What the table can say: that which it has a column for."""
    found: set[tuple[str, ...]] = set()
    for column in columns:
        if column is None:
            continue
        part, language = column.part, column.language or ""
        if part in TERMS:
            found.add(("terms", TERMS[part].value, language))
        elif part is Part.DEFINITION:
            found.add(("definitions", language))
        elif part in NOTES or part is Part.SUBJECT_FIELD:
            found.add((part.value, language))
        elif part in RELATIONS:
            found.add(("relations", RELATIONS[part].value))
        elif part is Part.NOTATIONS:
            found.add(("notations",))
    return frozenset(found)


def _pointing(records: Sequence[Record]) -> tuple[Record, ...]:
    """The same with the terms by which rows name each other made into the names of the records."""
    by_term: dict[str, list[str]] = {}
    for one in records:
        for term in one.concept.terms:
            if term.status is TermStatus.PREFERRED:
                by_term.setdefault(term.text.casefold(), []).append(one.name)
    names = {one.name for one in records}

    def pointed(relation: Relation) -> Relation:
        said = relation.target.iri
        bearers = by_term.get(said.casefold(), [])
        first = said.partition(" ")[0]
        if said in names or first in names:
            return Relation(relation.kind, Target(iri=said if said in names else first))
        if len(set(bearers)) == 1:
            return Relation(relation.kind, Target(iri=bearers[0]))
        return Relation(relation.kind, Target(iri=said if "://" in said else first))

    def led(one: Record) -> Record:
        relations = tuple(map(pointed, one.concept.relations))
        leading = Counter(relation.target.iri for relation in relations)
        return replace(one, concept=replace(one.concept, relations=relations), leading=leading)

    return tuple(map(led, records))


class _Row:
    """One row."""

    def __init__(self, number: int, cells: Sequence[tuple[Column, str]], is_merged: bool, is_valueless: bool) -> None:
        self.number, self.is_merged, self.is_valueless, self.is_withdrawn = number, is_merged, is_valueless, False
        self.key = self.iri = ""
        self.terms: list[Term] = []
        self.definitions: list[Definition] = []
        self.notes: dict[Part, dict[str, list[str]]] = {}
        self.fields: list[Wording] = []
        self.notations: list[Notation] = []
        self.relations: list[Relation] = []
        self.kept = 0
        for column, cell in cells:
            self._take(column, [plain(value) for value in divided(cell)])

    def _take(self, column: Column, values: list[str]) -> None:
        part, language, said = column.part, column.language or "", [value for value in values if value]
        self.kept += len(said)
        if part is Part.KEY and said:
            self.key = said[0]
        elif part is Part.IRI and said:
            self.iri = said[0]
        elif part in TERMS:
            self.terms += [Term(value, language, TERMS[part]) for value in said]
        elif part is Part.DEFINITION:
            self.definitions += [Definition(value, language) for value in said]
        elif part in NOTES:
            self.notes.setdefault(part, {})[language] = values
        elif part is Part.SUBJECT_FIELD:
            self.fields += [Wording(value, language) for value in said]
        elif part is Part.NOTATIONS:
            self.notations += [Notation(value) for value in said]
        elif part is Part.STATUS and said:
            self.is_withdrawn = says_withdrawn(said[0])
        elif part in RELATIONS:
            self.relations += [Relation(RELATIONS[part], Target(iri=value)) for value in said]

    def record(self) -> Record:
        name = self.key or self.iri or f"row {self.number}"
        concept = blank(
            terms=tuple(dict.fromkeys(self.terms)),
            definitions=tuple(dict.fromkeys(self.definitions)),
            subject_field=tuple(dict.fromkeys(self.fields)),
            notations=tuple(dict.fromkeys(self.notations)),
            relations=tuple(dict.fromkeys(self.relations)),
            notes=self._notes(Part.NOTES),
            examples=self._notes(Part.EXAMPLES),
            problems=self._notes(Part.PROBLEMS),
            foreign=Foreign(self.iri) if self.iri else None,
        )
        also = (self.iri,) if self.iri else ()
        findings = tuple(self._findings())
        return Record(name, concept, self.number, also, self.kept, findings, is_withdrawn=self.is_withdrawn)

    def _notes(self, part: Part) -> tuple[Note, ...]:
        """The notes of the row: the values on one line in each language are one note."""
        told = self.notes.get(part, {})
        lines = zip_longest(*told.values(), fillvalue="")
        notes = (tuple(Wording(text, tag) for tag, text in zip(told, line, strict=True) if text) for line in lines)
        return tuple(Note(tuple(sorted(texts, key=lambda one: one.language))) for texts in notes if texts)

    def _findings(self) -> Iterable[Finding]:
        place = Place(row=self.number)
        if self.is_merged:
            yield FINDINGS.found("IMPORT-016", {"line": self.number}, (place,))
        if self.is_valueless:
            yield FINDINGS.found("IMPORT-030", {"line": self.number}, (place,))
