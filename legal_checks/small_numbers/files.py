"""Tables as CSV: inner cells in, published cells in and out. Pure: text in, text out.

Read: comma or semicolon between fields, a heading line, UTF-8 (the caller decodes). Written: comma, the dimensions'
columns, ``value`` (empty where hidden) and ``status`` (``shown`` or ``hidden``; never which kind of hidden).
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from legal_checks.small_numbers.finding_texts import FINDINGS
from legal_checks.small_numbers.protection import CellStatus, ProtectedCell
from legal_checks.small_numbers.table import Cell, PublishedTable
from registry.findings import Finding, Place

WEIGHT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,12})?")
"""A weight: a decimal number that is not negative, of ordinary size."""


@dataclass(frozen=True)
class InnerCells:
    """What a table of inner cells holds; ``weights`` is filled where a weight column was asked for."""

    cells: dict[Cell, int] = field(default_factory=dict)
    weights: dict[Cell, Fraction] = field(default_factory=dict)


def read_inner_cells(
    text: str, columns: Sequence[str], value: str, weight: str | None = None
) -> tuple[InnerCells, list[Finding]]:
    """The cells of a table: a column per dimension and the value.

    >>> read_inner_cells("d,n\\nA,3\\nB,x\\n", ["d"], "n")[1][0].code
    'small-numbers-not-an-integer'
    """
    wanted = [*columns, value, *([weight] if weight else [])]
    rows, findings = _rows(text, wanted)
    if findings:
        return InnerCells(), findings
    read = InnerCells()
    odd: list[Place] = []
    doubled: list[Place] = []
    weightless: list[Place] = []
    for number, row in rows:
        cell = tuple(row[column].strip() for column in columns)
        place = Place(row=number, column=value, value=row[value], key=tuple(zip(columns, cell, strict=True)))
        count = _whole(row[value])
        if count is None:
            odd.append(place)
            continue
        if cell in read.cells:
            doubled.append(place)
        read.cells[cell] = count
        if weight:
            written = row[weight].strip().replace(",", ".")
            if WEIGHT.fullmatch(written):
                read.weights[cell] = Fraction(written)
            else:
                weightless.append(Place(row=number, column=weight, value=row[weight], key=place.key))
    findings = _row_findings(odd, doubled)
    if weightless:
        findings.append(FINDINGS.found("small-numbers-weight", {"column": weight or ""}, tuple(weightless)))
    return read, findings


def read_published(
    text: str, columns: Sequence[str], name: str = "", value: str = "value", *, all_columns: bool = True
) -> tuple[PublishedTable, list[Finding]]:
    """A published table as ``write_published`` writes it.

    ``all_columns`` demands every dimension; without it, the dimensions that the file has are read (an earlier release
    may have been published for some only). A number is shown whatever the status says; what is none must be
    hidden by its status, or, without a status, be empty.
    """
    heading = _heading(text)
    present = [column for column in columns if column in heading]
    if all_columns:
        present = list(columns)
    other = [one for one in heading if one not in {*columns, "value", "status", value}]
    if not all_columns and other:
        present += other
    if "value" in heading:
        value = "value"
    rows, findings = _rows(text, [*present, value])
    if findings:
        return PublishedTable(tuple(present), {}, name), findings
    cells: dict[Cell, int | None] = {}
    odd: list[Place] = []
    doubled: list[Place] = []
    for number, row in rows:
        cell = tuple(row[column].strip() for column in present)
        place = Place(row=number, column=value, value=row[value], key=tuple(zip(present, cell, strict=True)))
        status = (row.get("status") or "").strip()
        # A number beside the word "hidden" is read by everybody, so it is not hidden.
        count = _whole(row[value])
        hidden = count is None and (status == CellStatus.HIDDEN.value or (status == "" and not row[value].strip()))
        if (count is None and not hidden) or (count is not None and count < 0):
            odd.append(place)
            continue
        if cell in cells:
            doubled.append(place)
        cells[cell] = count
    return PublishedTable(tuple(present), cells, name), _row_findings(odd, doubled)


def write_published(columns: Sequence[str], cells: Iterable[ProtectedCell]) -> str:
    """One line per cell, totals included."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*columns, "value", "status"])
    writer.writerows([*one.cell, "" if one.value is None else one.value, one.status.value] for one in cells)
    return out.getvalue()


def _heading(text: str) -> list[str]:
    first = _first_line(text)
    return [field.strip() for field in next(csv.reader([first.strip()], delimiter=_delimiter(first)), [])]


def _first_line(text: str) -> str:
    return text.lstrip("\ufeff").partition("\n")[0]


def _delimiter(heading: str) -> str:
    return ";" if heading.count(";") > heading.count(",") else ","


def _rows(text: str, wanted: Sequence[str]) -> tuple[list[tuple[int, dict[str, str]]], list[Finding]]:
    """The rows that are not blank, with their numbers in the file (the heading is 1)."""
    heading = _heading(text)
    lacking = [column for column in wanted if column not in heading]
    if lacking or len(set(heading)) < len(heading):
        params = {"columns": ", ".join(lacking or heading)}
        return [], [FINDINGS.found("small-numbers-columns", params)]
    lines = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=_delimiter(_first_line(text)))
    rows = []
    short: list[Place] = []
    try:
        for number, fields in enumerate(lines, 1):
            if number == 1 or not any(field.strip() for field in fields):
                continue
            if len(fields) != len(heading):
                short.append(Place(row=number))
                continue
            rows.append((number, dict(zip(heading, fields, strict=True))))
    except csv.Error:
        short.append(Place(row=lines.line_num))
    if short:
        return [], [FINDINGS.found("small-numbers-ragged-row", {}, tuple(short))]
    return rows, []


def _whole(written: str) -> int | None:
    """The integer that is written, at most 15 digits; ``None`` for anything else."""
    stripped = written.strip()
    digits = stripped.removeprefix("-")
    return int(stripped) if digits.isascii() and digits.isdigit() and len(digits) <= 15 else None


def _row_findings(odd: list[Place], doubled: list[Place]) -> list[Finding]:
    findings = []
    if odd:
        findings.append(FINDINGS.found("small-numbers-not-an-integer", {}, tuple(odd)))
    if doubled:
        findings.append(FINDINGS.found("small-numbers-doubled-cell", {}, tuple(doubled)))
    return findings
