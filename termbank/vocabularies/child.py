"""What runs in the cage for a vocabulary's file: `registry.cage.child` calls `warm_up` once, and `work` for each file."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from termbank.vocabularies.examining import examined
from termbank.vocabularies.rdf_files import KINDS


def warm_up() -> None:
    """Read a file of each kind, so that nothing has to be loaded when files can no longer be opened."""
    for ending in KINDS:
        examined(b"", f"a{ending}", most=1)
        examined(b'{"@id": "http://a.example/"}', f"a{ending}", most=1)


def work(
    request: Mapping[str, Any], parts: Sequence[bytes], _tell: Callable[..., None]
) -> tuple[Mapping[str, Any], Sequence[bytes]]:
    """Examine one file."""
    return examined(parts[0], str(request["name"]), most=int(request["most"])).as_dict(), ()
