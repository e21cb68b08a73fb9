"""One request as it comes in: stricter than waitress's own parser, and able to throw a body away instead of keeping it.

Whatever could be read as two different requests by two servers is refused (RFC 9112, 3.2, 6.1, 6.3).
"""

from io import BytesIO
from typing import IO, Any

from waitress.parser import HTTPRequestParser, ParsingError
from waitress.receiver import ChunkedReceiver
from waitress.task import WSGITask
from waitress.utilities import BadRequest

from registry.serving.refusals import REFUSED, BodyRefused

LONGEST_LENGTH = 15
"""Digits of a length that anything could have."""
LONGEST_CHUNK_LINE, LONGEST_TRAILER = 1024, 8192


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
        try:
            super().parse_header(header_plus)
        except ValueError as error:
            raise ParsingError("A number in the headers cannot be read") from error
        if self.error is not None:
            return
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
        count: int = super().received(data)
        receiver = self.body_rcv
        if isinstance(receiver, ChunkedReceiver) and not self.completed:
            # Waitress would let one line grow as long as a body, searching it anew with each piece.
            line, trailer = len(receiver.control_line), len(receiver.trailer)
            if line > LONGEST_CHUNK_LINE or trailer > LONGEST_TRAILER:
                self.error = BadRequest("A chunk's line or the trailer is too long")
                self.completed = True
        return count

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

    def complete_without_body(self) -> None:
        """Answer at once: the client waits for leave to send, or would send more than anybody reads."""
        self.completed = True
        self.headers["CONNECTION"] = "close"


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
