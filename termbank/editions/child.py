"""What runs in the cage for an edition's file: `registry.cage.child` calls `warm_up` once, and `work` for each file.

The rows are told on the way; the answer is what was counted, or why the file cannot be read. The first thing told is
``begin``: a file may be given to another child when one was ended from outside, and its rows then begin anew.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from termbank.editions.reading import read
from termbank.editions.rows import Batch, packed
from termbank.vocabularies.rdf_files import KINDS, UnreadableVocabularyError


def warm_up() -> None:
    """Read a file of each kind, so that nothing has to be loaded when files can no longer be opened."""
    for ending in KINDS:
        for data in (b"", b'{"@id": "http://a.example/"}'):
            work({"name": f"a{ending}", "base": ""}, [data], lambda **facts: None)
    turtle = b'<a:b> a <http://www.w3.org/2004/02/skos/core#Concept> ; <http://www.w3.org/2004/02/skos/core#prefLabel> "\xc3\xa9" .'
    work({"name": "a.ttl", "base": ""}, [turtle], lambda **facts: None)


def work(
    request: Mapping[str, Any], parts: Sequence[bytes], tell: Callable[..., None]
) -> tuple[Mapping[str, Any], Sequence[bytes]]:
    """Read one file."""

    def give(batch: Batch) -> None:
        tell(table=batch.layout.table, columns=packed(batch))

    tell(begin=True)
    try:
        return {"counts": read(parts[0], str(request["name"]), str(request["base"]), give)}, ()
    except UnreadableVocabularyError as error:
        return {"unreadable": error.finding.as_dict()}, ()
