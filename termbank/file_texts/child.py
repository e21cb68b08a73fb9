"""What runs in the cage for the texts of a file: `registry.cage.child` calls `warm_up` once, and `work` for each file."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from termbank.file_texts.columns import TooMuchError, columns_of


def warm_up() -> None:
    """Read a file of each kind, so that nothing has to be loaded when files can no longer be opened."""
    for encoding in ("utf-8-sig", "utf-16", "cp1252", "cp437"):
        "a".encode(encoding).decode(encoding)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/core.xml", "<a>811218</a>")
    for name, data in (
        ("a.ttl", b'<a:b> <a:c> "811218" . # a'),
        ("a.rdf", b"<a b='811218'>\xff</a>"),
        ("a.rdf", b'<?xml version="1.0" encoding="iso-8859-1"?><a>811218</a>'),
        ("a.json", b'{"a": 811218}'),
        ("a.csv", b"a;b\r\n811218;\xe5"),
        ("a.xlsx", packed.getvalue()),
        ("a.xls", b"\xd0\xcf\x11\xe0"),
    ):
        columns_of(data, name)


def work(
    request: Mapping[str, Any], parts: Sequence[bytes], _tell: Callable[..., None]
) -> tuple[Mapping[str, Any], Sequence[bytes]]:
    """The columns of one file."""
    try:
        return {"columns": columns_of(parts[0], str(request["name"]))}, ()
    except TooMuchError:
        return {"columns": None}, ()
