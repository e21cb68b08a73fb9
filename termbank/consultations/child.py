"""What runs in the cage for a letter's file: `registry.cage.child` calls `warm_up` once, and `work` for each file."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from termbank.consultations.letter_files import ENDINGS, looked_into


def warm_up() -> None:
    """Look into a file of each kind, so that nothing has to be loaded when files can no longer be opened."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as written:
        for part in ("[Content_Types].xml", "META-INF/manifest.xml", "word/document.xml", "content.xml"):
            written.writestr(part, "<a>\xe5</a>")
    for ending in ENDINGS:
        for data in (b"%PDF-1.7 stream\nx\nendstream", package.getvalue(), b"PK\x03\x04", b"\xe5"):
            looked_into(f"a.{ending}", data)


def work(
    request: Mapping[str, Any], parts: Sequence[bytes], _tell: Callable[..., None]
) -> tuple[Mapping[str, Any], Sequence[bytes]]:
    """Look into one file: what is wrong with it, and the text that it holds."""
    looked = looked_into(str(request["name"]), parts[0])
    fault = looked.fault.as_dict() if looked.fault else None
    return {"fault": fault}, [looked.text.encode("utf-8", "replace")]
