"""Files as they are written and read, and what an import of them would do, for tests."""

from registry.formats import Options, format_named
from termbank.concepts.concept import Source
from termbank.concepts.wordings import Wording
from termbank.exchange.planning import Fate, Known, plan
from termbank.exchange.reading.files import read_file
from termbank.exchange.records import Reading
from termbank.formats import FORMATS
from tests.unit.termbank.exchange.exchange_sources import (
    BASE,
    source,
)

OWN = (f"{BASE}termbank/",)
FILES = ("turtle", "rdfxml", "jsonld", "ntriples", "skosxl-turtle", "skosxl-jsonld", "tbx", "xlsx", "csv")
CITED = Source("En vokabulär")
V = "https://v.example/"


def read(data, name="a.ttl") -> Reading:
    return read_file(data.encode() if isinstance(data, str) else data, name, OWN)


def written(name, concepts=None) -> tuple[bytes, str]:
    one = format_named(FORMATS, name)
    return one.content(source(concepts), Options("sv")), one.file_name("a")


READ_AS = (Wording("I filen a", "sv"),)


def planned(reading, concepts=None, **more):
    return plan(reading, Known(source(concepts), OWN), source=CITED, read_as=READ_AS, **more)


def turtle(body) -> Reading:
    return read(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xl: <http://www.w3.org/2008/05/skos-xl#> .\n"
        f"@prefix : <{V}> . @prefix dct: <http://purl.org/dc/terms/> . @prefix iso: <http://purl.org/iso25964/skos-thes#> .\n{body}"
    )


def fates(done) -> dict[str, Fate]:
    return {one.title.sv: one.fate for one in done.concepts}
