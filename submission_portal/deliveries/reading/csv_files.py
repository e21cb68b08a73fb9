"""Bytes of a text file → one sheet: which encoding, which delimiter, which cells."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from registry.findings import Finding, Place, Severity
from submission_portal.deliveries.reading.limits import STEP, Deadline, Limits, Progress, untold
from submission_portal.deliveries.reading.sheets import OUTER_SPACES, Row, Sheet, Stripped

DELIMITERS = (";", ",", "\t", "|")
_DECLARED = re.compile(r"^sep=(.)\r?\n?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CsvFile:
    sheet: Sheet
    encoding: str
    delimiter: str


def read_csv(
    data: bytes,
    *,
    score: Callable[[Sequence[Row]], int],
    limits: Limits,
    deadline: Deadline,
    progress: Progress = untold,
) -> tuple[CsvFile | None, tuple[Finding, ...]]:
    """The text file as a sheet. ``score`` says how well some first rows fit what is expected, and so settles the
    delimiter; where nothing fits, the delimiter that makes the most even columns wins."""
    text, encoding = decode(data)
    if text is None:
        return None, (Finding("FIL-016", Severity.ERROR),)
    findings: list[Finding] = []
    if encoding == "windows-1252":
        findings.append(Finding("FIL-015", Severity.INFO))
    delimiter = _declared_delimiter(text) or _delimiter(text, score)
    rows: list[Row] = []
    texts = Stripped()
    cells = 0
    try:
        for number, record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            cells += len(record)
            if number > limits.rows or cells > limits.cells or len(record) > limits.columns:
                return None, (too_large(limits),)
            if number % STEP == 0:
                deadline.check()
                progress("file", number, 0)
            rows.append(list(map(texts.__getitem__, record)))
    except csv.Error:
        return None, (Finding("FIL-006", Severity.ERROR, {}, (Place(row=len(rows) + 1),)),)
    if rows and _declared_delimiter(text):
        rows[0] = []
    return CsvFile(Sheet(rows), encoding, delimiter), tuple(findings)


def decode(data: bytes) -> tuple[str | None, str]:
    """The text and the name of its encoding: byte order mark, else strict UTF-8, else Windows-1252.

    >>> decode("Södra".encode()), decode("Södra".encode("cp1252")), decode(b"\\x81")
    (('Södra', 'utf-8'), ('Södra', 'windows-1252'), (None, ''))
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                return None, ""
    for codec, encoding in (("utf-8", "utf-8"), ("cp1252", "windows-1252")):
        try:
            return data.decode(codec), encoding
        except UnicodeDecodeError:
            continue
    return None, ""


def too_large(limits: Limits) -> Finding:
    """The finding that says which limits a file passed."""
    return Finding(
        "FIL-017",
        Severity.ERROR,
        {"rows": limits.rows, "columns": limits.columns, "cells": limits.cells},
    )


def _declared_delimiter(text: str) -> str | None:
    """The delimiter of a first line ``sep=;``, which Excel writes and obeys."""
    first = text[: text.find("\n") + 1] or text[:10]
    match = _DECLARED.match(first.lstrip("\ufeff"))
    return match[1] if match else None


def _delimiter(text: str, score: Callable[[Sequence[Row]], int]) -> str:
    start = "".join(io.StringIO(text[:200_000], newline="").readlines()[:60])

    def fitness(delimiter: str) -> tuple[int, int]:
        try:
            rows = list(csv.reader(io.StringIO(start, newline=""), delimiter=delimiter))
        except csv.Error:
            return (-1, 0)
        widths = [len(row) for row in rows if len(row) > 1]
        even = max((widths.count(width) for width in set(widths)), default=0)
        return (score([[cell.strip(OUTER_SPACES) for cell in row] for row in rows]), even)

    return max(DELIMITERS, key=fitness)
