"""A text file that came packed with gzip (RFC 1952): unpacked within bounds, its name looked through. Pure."""

import zlib

from registry.findings import Place
from submission_portal.deliveries.reading.archives import UnreadableError, damaged, is_bomb, unpacked_too_large
from submission_portal.deliveries.reading.identity_scan import IdentityScan
from submission_portal.deliveries.reading.limits import Limits, Unpacked

ENDING = ".gz"
_CHUNK = 1 << 20
_HEADER = 10
_HAS_CHECK, _HAS_EXTRA, _HAS_NAME, _HAS_COMMENT = 2, 4, 8, 16


def is_packed(data: bytes) -> bool:
    """Whether a file is packed with gzip."""
    return data.startswith(b"\x1f\x8b")


def unpack(data: bytes, scan: IdentityScan, limits: Limits, unpacked: Unpacked) -> bytes:
    """The one file in it. ``unpacked`` is told the bytes so far.

    Raises `UnreadableError`: cut, followed by something, or larger than `Limits` allow. Everything beside the content is
    looked through: the name and comment in the header are kept with the file.
    """
    _look_through(data, scan)
    stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
    pieces, total, rest = [], 0, data
    try:
        while not stream.eof:
            piece = stream.decompress(rest, _CHUNK)
            rest = stream.unconsumed_tail
            if not piece and not rest and not stream.eof:
                raise UnreadableError(damaged())
            total += len(piece)
            if total > min(limits.unpacked_bytes, limits.file_bytes) or is_bomb(total, len(data), limits):
                raise UnreadableError(unpacked_too_large(limits))
            unpacked(total)
            pieces.append(piece)
    except zlib.error:
        raise UnreadableError(damaged()) from None
    if stream.unused_data:
        raise UnreadableError(damaged())
    return b"".join(pieces)


def _look_through(data: bytes, scan: IdentityScan) -> None:
    flags = data[3] if len(data) > _HEADER else 0
    at = _HEADER
    if flags & _HAS_EXTRA:
        length = int.from_bytes(data[at : at + 2], "little")
        scan.raw(data[at + 2 : at + 2 + length], Place(field="properties"))
        at += 2 + length
    for flag, field in ((_HAS_NAME, "file_name"), (_HAS_COMMENT, "comment")):
        if flags & flag:
            end = data.find(b"\x00", at)
            scan.text(data[at : end if end >= 0 else None].decode("latin-1"), Place(field=field))
            at = end + 1
