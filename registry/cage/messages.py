"""What goes through the pipes between a process and its children: a JSON object, and bytes that belong to it.

Neither side runs anything of what it reads: JSON and lengths, nothing that could name a class or a function. A message is
its head's length (4 bytes, big-endian), the head (JSON, with the bytes' lengths under ``"bytes"``), and the bytes.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

_LENGTH = struct.Struct(">I")
LONGEST_HEAD = 256 << 20
MOST_CONTAINERS, MOST_VALUES = 3_000_000, 15_000_000
"""No head has more lists and objects, or commas: two bytes of JSON may be a hundred bytes of memory."""


class BrokenMessageError(Exception):
    """What came is no message: it ended too early, is too long, or is not of the form."""


@dataclass(frozen=True, slots=True)
class Message:
    head: Mapping[str, Any]
    parts: tuple[bytes, ...] = ()


def send(stream: IO[bytes], head: Mapping[str, Any], parts: Sequence[bytes] = ()) -> None:
    """Write one message. Raises ``OSError`` where nobody reads any more."""
    # Half characters go through as they are, as `json.loads` reads them: names of files may have some.
    text = json.dumps({**head, "bytes": [len(part) for part in parts]}, ensure_ascii=False).encode(
        errors="surrogatepass"
    )
    if len(text) > LONGEST_HEAD:
        raise BrokenMessageError("the head is too long")
    stream.write(_LENGTH.pack(len(text)) + text)
    for part in parts:
        stream.write(part)
    stream.flush()


def receive(stream: IO[bytes], most_bytes: int) -> Message | None:
    """Read one message; ``None`` where the other side has ended. Raises :class:`BrokenMessageError`."""
    start = stream.read(_LENGTH.size)
    if not start:
        return None
    if len(start) < _LENGTH.size:
        raise BrokenMessageError("it ended within its length")
    length = _LENGTH.unpack(start)[0]
    if length > min(LONGEST_HEAD, most_bytes):
        raise BrokenMessageError("the head is too long")
    text = _exactly(stream, length)
    if text.count(b"[") + text.count(b"{") > MOST_CONTAINERS or text.count(b",") > MOST_VALUES:
        raise BrokenMessageError("the head holds too much")
    try:
        head = json.loads(text)
    except (ValueError, RecursionError):
        raise BrokenMessageError("the head is no JSON") from None
    if not isinstance(head, dict):
        raise BrokenMessageError("the head is no object")
    lengths = head.pop("bytes", [])
    if not isinstance(lengths, list) or not all(type(one) is int and one >= 0 for one in lengths):
        raise BrokenMessageError("the lengths are no numbers")
    if sum(lengths) > most_bytes:
        raise BrokenMessageError("the message is too long")
    return Message(head, tuple(_exactly(stream, one) for one in lengths))


def _exactly(stream: IO[bytes], length: int) -> bytes:
    """So many bytes, read into their place; room that nothing comes for is never touched."""
    found = stream.read(length)
    if len(found) < length:
        raise BrokenMessageError("it ended too early")
    return found
