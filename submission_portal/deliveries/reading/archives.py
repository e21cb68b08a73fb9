"""The guard in front of a packed file: unpacks part by part, counts what really comes out, and stops in time.

What the archive says about its own sizes is not trusted, only what is unpacked; nothing is written anywhere.
"""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from registry.findings import Finding, Severity
from submission_portal.deliveries.reading.file_kinds import unreadable_kind
from submission_portal.deliveries.reading.limits import Deadline, Limits

_CHUNK = 1 << 20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class UnreadableError(Exception):
    """The file cannot be read further; the finding says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def parts(data: bytes, limits: Limits, deadline: Deadline) -> Iterator[tuple[str, bytes]]:
    """Every part's name and content, one at a time. Raises :class:`UnreadableError`.

    Two parts of the same name are refused: two readers could take one each.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > limits.parts:
                raise UnreadableError(_bomb(limits))
            names = [info.filename for info in infos]
            if len({name.casefold() for name in names}) != len(names):
                raise UnreadableError(_damaged())
            yield "", archive.comment
            total = 0
            for info in infos:
                if info.flag_bits & 1:
                    raise UnreadableError(Finding("FIL-004", Severity.ERROR, unreadable_kind("encrypted")))
                if info.compress_type not in _METHODS:
                    raise UnreadableError(_damaged())
                chunks = []
                with archive.open(info) as part:
                    while chunk := part.read(_CHUNK):
                        total += len(chunk)
                        if total > limits.unpacked_bytes or _is_bomb(total, len(data), limits):
                            raise UnreadableError(_bomb(limits))
                        deadline.check()
                        chunks.append(chunk)
                yield info.filename, b"".join(chunks)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OverflowError, RuntimeError):
        raise UnreadableError(_damaged()) from None


def _is_bomb(unpacked: int, packed: int, limits: Limits) -> bool:
    return unpacked > limits.ratio_floor and unpacked > packed * limits.unpacked_ratio


def _bomb(limits: Limits) -> Finding:
    return Finding(
        "FIL-005",
        Severity.ERROR,
        {"megabytes": limits.unpacked_bytes // 1_000_000, "ratio": limits.unpacked_ratio, "parts": limits.parts},
    )


def _damaged() -> Finding:
    return Finding("FIL-006", Severity.ERROR)
