"""What runs in the cage for a file that is imported: `registry.cage.child` calls `warm_up` once, and `work` for each file."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from termbank.exchange.reading.files import read_file
from termbank.vocabularies.rdf_files import KINDS

_OWN = ("http://a.example/",)
_TBX = b'<tbx><text><body><conceptEntry id="a"><langSec xml:lang="sv"><termSec><term>a</term></termSec></langSec></conceptEntry></body></text></tbx>'


_ENCODINGS = ("utf-8-sig", "utf-16", "utf-32", "cp1252", "iso-8859-1", "iso-8859-15", "cp850", "mac-roman", "ascii")


def warm_up() -> None:
    """Read a file of each kind, so that nothing has to be loaded when files can no longer be opened."""
    for encoding in _ENCODINGS:
        "a".encode(encoding).decode(encoding)
    for ending in KINDS:
        read_file(b"", f"a{ending}", _OWN)
    read_file(b"<http://a.example/a> a <http://www.w3.org/2004/02/skos/core#Concept> .", "a.ttl", _OWN)
    read_file(b'{"@context": "http://a.example/"}', "a.jsonld", _OWN)
    read_file(_TBX, "a.tbx", _OWN)
    read_file("Nyckel;Term (sv)\r\n1;å".encode(), "a.csv", _OWN)
    read_file(b"PK\x03\x04", "a.xlsx", _OWN)


def work(
    request: Mapping[str, Any], parts: Sequence[bytes], _tell: Callable[..., None]
) -> tuple[Mapping[str, Any], Sequence[bytes]]:
    """Read one file."""
    return read_file(parts[0], str(request["name"]), tuple(map(str, request["own"]))).as_dict(), ()
