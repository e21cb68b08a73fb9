"""One request as it comes in: stricter than waitress's own parser, and able to throw a body away instead of keeping it.

Whatever could be read as two different requests by two servers is refused (RFC 9112, 3.2, 6.1, 6.3).
"""

import re
from io import BytesIO
from typing import IO, Any

from waitress.parser import HTTPRequestParser, ParsingError
from waitress.receiver import ChunkedReceiver
from waitress.task import WSGITask
from waitress.utilities import BadRequest, RequestHeaderFieldsTooLarge

from registry.body_refusals import REFUSED, BodyRefused

LONGEST_LENGTH = 15
"""Digits of a length that anything could have."""
LONGEST_CHUNK_LINE, LONGEST_TRAILER = 1024, 8192
MOST_HEADERS = 100
LONGEST_REQUEST_LINE = 8192
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""What no header may have in it. Waitress finds that out as well, but for a line of 30,000 blanks that ends in one of these
its pattern takes half a minute."""
_FOLD, _CODINGS = re.compile(rb"\r\n[ \t]+"), re.compile(rb"^transfer-encoding:(.*)$", re.IGNORECASE | re.MULTILINE)
FRAMING_BYTES, LEAST_CHUNK = 4 * 2**10, 16
"""What surrounds the content of a chunked body (sizes, extensions, line ends): so many bytes, and one for each so many of
content. A body cut more finely costs the thread that receives for everybody more than it brings."""
PART_OF_A_FILE = "application/offset+octet-stream"
"""The type of content that is worth keeping although its connection broke (tus, ADR 67)."""
AT_A_TIME = 1024
"""Waitress copies what is left of the bytes that it was given at each chunk; so it is given few, unless a chunk is larger."""


class Discarded:
    """In the place of a buffer: counts what it is given and keeps nothing."""

    def __init__(self) -> None:
        self.size = 0

    def append(self, data: bytes) -> None:
        self.size += len(data)

    def __len__(self) -> int:
        return 0

    def getfile(self) -> IO[bytes]:
        return BytesIO()

    def close(self) -> None:
        """There is nothing to close."""


class Request(HTTPRequestParser):
    """A request that is being received."""

    refused: BodyRefused | None = None
    completed = False

    def parse_header(self, header_plus: bytes) -> None:
        """Parse request line and headers; raises ``ParsingError`` for what could be taken in two ways."""
        if header_plus.count(b"\r\n") > MOST_HEADERS + 2:  # the request line and the blank line besides
            super().parse_header(b"GET / HTTP/1.0\r\n")  # as waitress does where they are too long
            self.error, self.connection_close = RequestHeaderFieldsTooLarge("Too many headers"), True
            return
        if header_plus.find(b"\r\n") > LONGEST_REQUEST_LINE:
            raise ParsingError("The address is too long")
        if _CONTROLS.search(header_plus):
            raise ParsingError("A control character in the headers")
        try:
            super().parse_header(header_plus)
        except ValueError as error:
            raise ParsingError("A number in the headers cannot be read") from error
        if self.error is not None:
            return
        if self.chunked and _times_chunked(header_plus) != 1:
            raise ParsingError("Chunked more than once")
        has_length = "CONTENT_LENGTH" in self.headers
        if self.chunked and has_length:
            raise ParsingError("Both Transfer-Encoding and Content-Length")
        if not self.chunked and "TRANSFER_ENCODING" in self.headers:
            raise ParsingError("Transfer-Encoding in HTTP/1.0")
        if has_length and len(self.headers["CONTENT_LENGTH"]) > LONGEST_LENGTH:
            raise ParsingError("Content-Length is invalid")
        host = self.headers.get("HOST")
        if (self.version == "1.1" and host is None) or "," in (host or ""):
            raise ParsingError("One Host is needed")

    def received(self, data: bytes) -> int:
        """Take what belongs to this request of ``data``, and return how many bytes that was."""
        receiver = self.body_rcv
        if not isinstance(receiver, ChunkedReceiver):
            count: int = super().received(data)
            return count
        taken = 0
        while taken < len(data) and not self.completed:
            size = max(AT_A_TIME, receiver.chunk_remainder)
            taken += super().received(data[taken : taken + size])
            if not self.completed and (objection := self._objection_to_chunks(receiver)) is not None:
                self.error, self.completed = BadRequest(objection), True
        return taken

    def _objection_to_chunks(self, receiver: ChunkedReceiver) -> str | None:
        """Waitress would let one line grow as long as a body, searching it anew with each piece."""
        if len(receiver.control_line) > LONGEST_CHUNK_LINE or len(receiver.trailer) > LONGEST_TRAILER:
            return "A chunk's line or the trailer is too long"
        content = self.held + self.discarded
        if self.body_bytes_received - content > FRAMING_BYTES + content // LEAST_CHUNK:
            return "The chunks are too small"
        return None

    @property
    def held(self) -> int:
        """Bytes of the body that are kept in memory."""
        return len(self.body_rcv.getbuf()) if self.body_rcv is not None else 0

    @property
    def discarded(self) -> int:
        """Bytes of the body that were thrown away."""
        buffer = self.body_rcv.getbuf() if self.body_rcv is not None else None
        return buffer.size if isinstance(buffer, Discarded) else 0

    def discard(self, why: BodyRefused) -> None:
        """Keep nothing of the body from now on, and forget what there is; the rest is still read."""
        if self.refused is None:
            self.refused = why
            buffer = Discarded()
            buffer.size = self.held
            self.body_rcv.getbuf().close()
            self.body_rcv.buf = buffer

    @property
    def is_kept_when_cut(self) -> bool:
        """Whether what has come of the body is worth something without the rest: it is a part of a file, which is gone on with."""
        kind = self.headers.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
        return bool(
            self.headers_finished
            and not self.completed
            and self.error is None
            and self.refused is None
            and self.command == "PATCH"
            and kind == PART_OF_A_FILE
            and self.held
        )

    def complete_as_cut(self) -> None:
        """Let the body end with what has come of it: the connection is gone."""
        self.completed, self.content_length = True, self.held
        self.headers["CONTENT_LENGTH"] = str(self.held)

    def complete_without_body(self) -> None:
        """Answer at once: the client waits for leave to send, or would send more than anybody reads."""
        self.completed = True
        self.headers["CONNECTION"] = "close"


def _times_chunked(header_plus: bytes) -> int:
    """How many times the body is said to be cut into chunks; waitress lets any number pass and undoes one (RFC 9112, 6.1)."""
    return sum(codings.lower().count(b"chunked") for codings in _CODINGS.findall(_FOLD.sub(b" ", header_plus)))


class Task(WSGITask):
    """A request that a thread answers."""

    def get_environment(self) -> dict[str, Any]:
        """The WSGI environment. Where a body was thrown away it says why, and how long that body was said to be."""
        if self.environ is not None:
            cached: dict[str, Any] = self.environ
            return cached
        environ: dict[str, Any] = super().get_environment()
        if (why := self.request.refused) is not None:
            length = max(self.request.content_length, self.request.discarded)
            environ[REFUSED] = why
            environ["CONTENT_LENGTH"] = str(length if why is BodyRefused.LARGE else 0)
        return environ
