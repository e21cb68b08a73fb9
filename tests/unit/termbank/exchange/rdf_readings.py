"""Small made-up files of SKOS, read: what of a file tests look at."""

from termbank.exchange.reading import rdf
from termbank.exchange.records import Reading

V, OWN = "https://v.example/", "https://r.se/termbank/"
SKOS, DCT = "http://www.w3.org/2004/02/skos/core#", "http://purl.org/dc/terms/"
PREFIXES = f"""@prefix skos: <{SKOS}> . @prefix dct: <{DCT}> . @prefix : <{V}> . @prefix own: <{OWN}id/> . @prefix w: <{OWN}ns#> .
@prefix xl: <http://www.w3.org/2008/05/skos-xl#> . @prefix iso: <http://purl.org/iso25964/skos-thes#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix dc: <http://purl.org/dc/elements/1.1/> .
"""
A, HERE = ":a a skos:Concept ; ", "own:1 a skos:Concept ; "


def read(body: str) -> Reading:
    reading = rdf.read((PREFIXES + body).encode(), "a.ttl", (OWN,))
    assert reading.unreadable is None and reading.account.adds_up
    return reading


def sums(reading: Reading) -> tuple[int, int, dict[str, int]]:
    """What was kept, what is the register's own, and what was lost."""
    return reading.account.kept, reading.account.own, reading.account.lost


def first(body: str):
    return read(body).records[0].concept


def statements(body: str) -> tuple[str, ...]:
    """The kept statements of the first concept."""
    foreign = first(body).foreign
    return foreign.statements if foreign else ()
