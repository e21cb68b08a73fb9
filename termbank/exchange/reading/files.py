"""Which reader a file needs, by its name and how it begins, and the file as that reader reads it. Runs in the cage. Pure."""

from collections.abc import Callable, Sequence

from termbank.exchange.reading import rdf, sheets, tbx
from termbank.exchange.records import Reading
from termbank.finding_texts.all import FINDINGS
from termbank.vocabularies.rdf_files import format_of

Reader = Callable[[bytes, str, Sequence[str]], Reading]
TABLES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt")
ACCEPTED = (".ttl", ".rdf", ".owl", ".xml", ".nt", ".jsonld", ".json", ".tbx", ".tbxm", ".martif", *TABLES)
"""Ends of names of files that can be imported."""


def reader_for(name: str, data: bytes) -> Reader | None:
    """
    >>> reader_for("a.tbx", b"") is tbx.read, reader_for("a.pdf", b"%PDF")
    (True, None)
    """
    lower = name.lower()
    if lower.endswith((".tbx", ".tbxm", ".martif")) or (not lower.endswith(TABLES) and tbx.is_tbx(data)):
        return tbx.read
    if lower.endswith(TABLES) or sheets.is_workbook(data):
        return sheets.read
    return rdf.read if format_of(name, data) is not None else None


def read_file(data: bytes, name: str, own: Sequence[str]) -> Reading:
    """The concepts of a file. ``own``: how names begin that this instance gives, its term bank's address first."""
    reader = reader_for(name, data)
    if reader is None:
        return Reading(unreadable=FINDINGS.found("IMPORT-001"))
    return reader(data, name, own)
