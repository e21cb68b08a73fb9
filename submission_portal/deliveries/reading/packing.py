"""A text file that came packed with gzip (RFC 1952): unpacked within bounds, its name looked through. Pure.

The file is one member or several, one after the other (section 2.2): what ``cat a.gz b.gz`` and ``bgzip`` make.
"""

import zlib
from collections.abc import Iterator

from registry.findings import Place
from submission_portal.deliveries.reading.archives import UnreadableError, damaged, is_bomb, unpacked_too_large
from submission_portal.deliveries.reading.identity_scan import IdentityScan
from submission_portal.deliveries.reading.limits import Limits, Unpacked

ENDING = ".gz"
MARK = b"\x1f\x8b"
MOST_MEMBERS = 20_000
"""More than ``bgzip`` makes of the largest file that is unpacked: its members have 64 KiB each."""
_CHUNK, _SLICE = 1 << 20, 1 << 16
_HEADER = 10
_HAS_EXTRA, _HAS_NAME, _HAS_COMMENT = 4, 8, 16


def is_packed(data: bytes) -> bool:
    """Whether a file is packed with gzip."""
    return data.startswith(MARK)


def unpack(data: bytes, scan: IdentityScan, limits: Limits, unpacked: Unpacked) -> bytes:
    """The content of its members, joined. ``unpacked`` is told the bytes so far.

    Raises `UnreadableError`: cut, followed by something that is neither a member nor zeros (which ``gzip`` passes over too), or
    larger or in more members than is allowed. Everything beside the content is looked through: the names and comments in the
    headers are kept with the file.
    """
    pieces, total, at, members = [], 0, 0, 0
    while at < len(data):
        if not data.startswith(MARK, at):
            if data.count(0, at) == len(data) - at:
                break
            raise UnreadableError(damaged())
        members += 1
        if members > MOST_MEMBERS:
            raise UnreadableError(unpacked_too_large(limits, MOST_MEMBERS))
        _look_through(data, at, scan)
        member = _Member(data, at)
        for piece in member.pieces():
            total += len(piece)
            if total > min(limits.unpacked_bytes, limits.file_bytes) or is_bomb(total, len(data), limits):
                raise UnreadableError(unpacked_too_large(limits, MOST_MEMBERS))
            unpacked(total)
            pieces.append(piece)
        at = member.end
    return b"".join(pieces)


class _Member:
    """One member: its content piece by piece, and where it ends."""

    def __init__(self, data: bytes, start: int) -> None:
        self._data = data
        self.end = start

    def pieces(self) -> Iterator[bytes]:
        """Raises `UnreadableError` where it is cut, or not what its checksum says."""
        stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            while not stream.eof:
                part = stream.unconsumed_tail or self._data[self.end : self.end + _SLICE]
                if not stream.unconsumed_tail:
                    self.end += len(part)
                piece = stream.decompress(part, _CHUNK)
                if not piece and not part and not stream.eof:
                    raise UnreadableError(damaged())
                yield piece
        except zlib.error:
            raise UnreadableError(damaged()) from None
        self.end -= len(stream.unused_data)


def _look_through(data: bytes, start: int, scan: IdentityScan) -> None:
    at = start + _HEADER
    flags = data[start + 3] if len(data) > at else 0
    if flags & _HAS_EXTRA:
        length = int.from_bytes(data[at : at + 2], "little")
        scan.raw(data[at + 2 : at + 2 + length], Place(field="properties"))
        at += 2 + length
    for flag, field in ((_HAS_NAME, "file_name"), (_HAS_COMMENT, "comment")):
        if flags & flag:
            end = data.find(b"\x00", at)
            scan.text(data[at : end if end >= 0 else None].decode("latin-1"), Place(field=field))
            at = end + 1
