"""Concepts of the register as a file of some kind shows them: written, and read again with the reader of that kind. Pure."""

from collections.abc import Callable, Mapping

from registry.formats import DEFAULTS
from termbank.exchange import skos
from termbank.exchange.reading import rdf, sheets, tbx
from termbank.exchange.records import Reading
from termbank.exchange.scheme_exports import SchemeExport
from termbank.exchange.writing import rdf as rdf_writing
from termbank.exchange.writing import sheets as sheet_writing
from termbank.exchange.writing import skos_xl
from termbank.exchange.writing import tbx as tbx_writing


def _skos(source: SchemeExport, own: tuple[str, ...]) -> Reading:
    return rdf.read(rdf_writing.n_triples(skos.graph(source)), "a.nt", own)


def _skos_xl(source: SchemeExport, own: tuple[str, ...]) -> Reading:
    return rdf.read(rdf_writing.n_triples(skos_xl.graph(source)), "a.nt", own)


def _skos_in_xml(source: SchemeExport, own: tuple[str, ...]) -> Reading:
    return rdf.read(rdf_writing.rdf_xml(skos.graph(source)), "a.rdf", own)


def _skos_xl_in_xml(source: SchemeExport, own: tuple[str, ...]) -> Reading:
    return rdf.read(rdf_writing.rdf_xml(skos_xl.graph(source)), "a.rdf", own)


def _tbx(source: SchemeExport, own: tuple[str, ...]) -> Reading:
    return tbx.read(tbx_writing.content(source, DEFAULTS), "a.tbx", own)


def _table(source: SchemeExport, own: tuple[str, ...]) -> Reading:
    return sheets.read(sheet_writing.csv_file(source, DEFAULTS), "a.csv", own)


_WAYS: Mapping[str, Callable[[SchemeExport, tuple[str, ...]], Reading]] = {
    "skos": _skos,
    "skosxl": _skos_xl,
    "skos-xml": _skos_in_xml,
    "skosxl-xml": _skos_xl_in_xml,
    "tbx": _tbx,
    "table": _table,
}


def as_seen(kind: str, source: SchemeExport, own: tuple[str, ...]) -> Reading:
    """The concepts of ``source`` as a file of this kind (`Reading.kind`) shows them."""
    return _WAYS[kind](source, own)
