"""The guard in front of a packed file: unpacks part by part, counts what really comes out, and stops in time.

What the archive says of itself is not trusted (PKWARE APPNOTE 6.3.10): a part's bytes lie where its local header says, end
where the packed stream ends, and have the length and the checksum that are stated, or the file is damaged. Nothing is written
anywhere.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from registry.findings import Finding
from submission_portal.deliveries.reading.file_kinds import has_far_too_many_parts, unreadable_kind
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.limits import Limits, Unpacked

_CHUNK, _SLICE = 1 << 20, 1 << 16
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCAL = struct.Struct("<4s5H3L2H")
BAD_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    ValueError,
    OverflowError,
    RuntimeError,
    LookupError,
)
"""What the standard library raises for archives that are none."""


class UnreadableError(Exception):
    """The file cannot be read further; the finding says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def parts(data: bytes, limits: Limits, unpacked: Unpacked) -> Iterator[tuple[str, bytes]]:
    """Every part's name and content, one at a time; ``unpacked`` is told the bytes so far. Raises :class:`UnreadableError`.

    Two parts of the same name are refused, and so are parts that share bytes: two readers could take one each.
    """
    if has_far_too_many_parts(data):
        raise UnreadableError(unpacked_too_large(limits))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos, comment, directory = archive.infolist(), archive.comment, archive.start_dir
    except BAD_ARCHIVE:
        raise UnreadableError(damaged()) from None
    if len(infos) > limits.parts:
        raise UnreadableError(unpacked_too_large(limits))
    names = [info.filename for info in infos]
    if len({name.casefold() for name in names}) != len(names):
        raise UnreadableError(damaged())
    yield "", comment
    total = 0
    before = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.flag_bits & 1:
            raise UnreadableError(FINDINGS.found("FIL-004", unreadable_kind("encrypted")))
        start = _start(data, info)
        if info.compress_type not in _METHODS or info.header_offset < before:
            raise UnreadableError(damaged())
        before = start + info.compress_size
        if before > directory:
            raise UnreadableError(damaged())
        pieces = []
        for piece in _pieces(data[start:before], info):
            total += len(piece)
            if total > limits.unpacked_bytes or is_bomb(total, len(data), limits):
                raise UnreadableError(unpacked_too_large(limits))
            unpacked(total)
            pieces.append(piece)
        content = b"".join(pieces)
        if len(content) != info.file_size or zlib.crc32(content) != info.CRC:
            raise UnreadableError(damaged())
        yield info.filename, content


def _start(data: bytes, info: zipfile.ZipInfo) -> int:
    """Where the bytes of a part begin: after its local header, which must name the same part."""
    try:
        header = _LOCAL.unpack_from(data, info.header_offset)
        name_at, name_length = info.header_offset + _LOCAL.size, int(header[9])
        name = data[name_at : name_at + name_length].decode("utf-8" if header[2] & 0x800 else "cp437")
    except (struct.error, UnicodeDecodeError):
        raise UnreadableError(damaged()) from None
    if header[0] != b"PK\x03\x04" or name != info.orig_filename or header[3] != info.compress_type:
        raise UnreadableError(damaged())
    return name_at + name_length + int(header[10])


def _pieces(packed: bytes, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part's content piece by piece. A packed stream must end exactly where the part does."""
    if info.compress_type == zipfile.ZIP_STORED:
        for at in range(0, len(packed), _CHUNK):
            yield packed[at : at + _CHUNK]
        return
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for at in range(0, len(packed), _SLICE):
            yield stream.decompress(packed[at : at + _SLICE], _CHUNK)
            while stream.unconsumed_tail:
                yield stream.decompress(stream.unconsumed_tail, _CHUNK)
            if stream.eof and (stream.unused_data or at + _SLICE < len(packed)):
                raise UnreadableError(damaged())
    except zlib.error:
        raise UnreadableError(damaged()) from None
    if not stream.eof:
        raise UnreadableError(damaged())


def is_bomb(unpacked: int, packed: int, limits: Limits) -> bool:
    return unpacked > limits.ratio_floor and unpacked > packed * limits.unpacked_ratio


def unpacked_too_large(limits: Limits, most_parts: int | None = None) -> Finding:
    """What is said of a file that unpacks beyond bounds; ``most_parts`` where they are others than a workbook's."""
    parts = limits.parts if most_parts is None else most_parts
    return FINDINGS.found(
        "FIL-005", {"megabytes": limits.unpacked_bytes // 1_000_000, "ratio": limits.unpacked_ratio, "parts": parts}
    )


def damaged() -> Finding:
    return FINDINGS.found("FIL-006")
