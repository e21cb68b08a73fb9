"""One connection: what it waits for, what it holds, and how long it may.

A thread is given a connection only when its whole request lies in memory, and is done with it when the whole answer does.
So a slow client never holds a thread; what it can hold is bounded here and in `server`.
"""

import time
from collections import deque
from contextlib import suppress
from typing import Any, Protocol

from waitress.channel import ClientDisconnected, HTTPChannel
from waitress.utilities import BadRequest

from registry.body_refusals import BodyRefused
from registry.serving.limits import Credit, Limits
from registry.serving.requests import Request, Task

DISCARDED_AT_MOST = 4
"""So many times the largest upload is read only to be thrown away; then the connection is closed."""
TOO_SLOW = "Det gick för långsamt. Försök igen.\nThis took too long. Try again.\n".encode()
TIMED_OUT = (
    b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Content-Length: %d\r\n\r\n%s" % (len(TOO_SLOW), TOO_SLOW)
)


class Holder(Protocol):
    """What a connection asks of the server that holds it (`server.Server`)."""

    limits: Limits
    changed: "deque[Connection]"

    def forget(self, one: Any) -> None: ...

    def look_again(self, one: "Connection") -> None: ...

    def body_allowed(self, request: Request) -> int: ...

    def is_full(self, more: int) -> bool: ...

    def add_task(self, task: Any) -> None: ...

    def take_cut(self, part: "CutPart") -> None: ...

    def let_go(self, part: "CutPart") -> None: ...


class Connection(HTTPChannel):
    """A client's connection. The main thread receives and sends; a thread of the pool runs `service`."""

    parser_class, task_class = Request, Task
    server: Holder
    request: Request | None

    def __init__(self, server: Holder, sock: Any, addr: Any, adj: Any, map: Any = None) -> None:
        self.interest = 0
        """The events that the server waits for on this connection (`selectors`)."""
        self.ahead = b""
        """What was received and is not yet looked at: the next request, while this one is answered."""
        self.since = self.began = time.monotonic()
        """When the connection began to wait for a request, and when the first byte of one came."""
        self.receiving: Credit | None = None
        self.sending: Credit | None = None
        self.sent = self.sent_before = 0
        super().__init__(server, sock, addr, adj, map=map)
        server.changed.append(self)

    def del_channel(self, map: Any = None) -> None:
        """The connection is being closed: nobody waits for it any more."""
        self.server.forget(self)
        super().del_channel(map)

    # --- receiving: the main thread

    def readable(self) -> bool:
        """Whether more is to be read: not while a request is answered, nor while one lies here that was not begun."""
        if self.ahead and super().readable():
            self._take()
        return bool(super().readable()) and not self.ahead

    def received(self, data: bytes) -> bool:
        """Take bytes from the client. One request at a time: what follows waits until the answer has been sent."""
        self.ahead += data
        self._take()
        return True

    def _take(self) -> None:
        now = time.monotonic()
        with self.requests_lock:
            while self.ahead and not (self.requests or self.will_close or self.close_when_flushed):
                if self.request is None:
                    # Blank lines before a request are passed over (RFC 9112, 2.2), all at once; they give no more time.
                    self.ahead = self.ahead.lstrip(b"\r\n")
                    if not self.ahead:
                        return
                    self.request, self.receiving = Request(self.adj), None
                    self.began = now
                request, had_headers = self.request, self.request.headers_finished
                count = request.received(self.ahead)
                self.ahead = self.ahead[count:]
                if had_headers:
                    self._take_body(request, count, now)
                elif request.headers_finished and not request.completed:
                    self._begin_body(request, now)
                if request.completed:
                    self._take_request(request, now)

    def _begin_body(self, request: Request, now: float) -> None:
        limits = self.server.limits
        self.receiving = Credit(now=now, patience=limits.patience, rate=limits.least_rate)
        self.allowed = self.server.body_allowed(request)
        if request.content_length > self.allowed:
            request.discard(self._why_too_much())
            if request.expect_continue or request.content_length > DISCARDED_AT_MOST * limits.body_bytes:
                request.complete_without_body()
        elif request.content_length > limits.stranger_bytes and self.server.is_full(request.content_length):
            request.discard(BodyRefused.BUSY)
            if request.expect_continue:
                request.complete_without_body()
        if request.expect_continue and not request.completed:
            self.send_continue()

    def _take_body(self, request: Request, count: int, now: float) -> None:
        limits = self.server.limits
        if self.receiving is not None:
            self.receiving.earn(count, now=now)
        if request.refused is not None:
            if request.discarded > DISCARDED_AT_MOST * limits.body_bytes:
                request.complete_without_body()
        elif request.held > self.allowed:
            request.discard(self._why_too_much())
        elif request.held > limits.stranger_bytes and self.server.is_full(count):
            request.discard(BodyRefused.BUSY)

    def _why_too_much(self) -> BodyRefused:
        return BodyRefused.LARGE if self.allowed >= self.server.limits.body_bytes else BodyRefused.STRANGER

    def _take_request(self, request: Request, now: float) -> None:
        self.sent_continue = False
        self.request, self.receiving = None, None
        if request.empty:  # blanks that are no blank line
            request.error, request.empty = BadRequest("There is no request line"), False
        self.since = now
        self.requests.append(request)
        self.server.add_task(self)

    # --- answering: a thread of the pool

    def service(self) -> None:
        """Answer the request that waits here."""
        try:
            super().service()
        finally:
            self.since = time.monotonic()
            self.server.look_again(self)

    def write_soon(self, data: Any) -> int:
        """Send ``data``, or keep it until the client reads. Raises ``ClientDisconnected`` where it is gone."""
        count: int = super().write_soon(data)
        if self.total_outbufs_len:
            self.server.look_again(self)
        return count

    def send(self, data: bytes, do_close: bool = True) -> int:
        """Send what the system takes at once, and count it."""
        count: int = super().send(data, do_close=do_close)
        self.sent += count
        return count

    # --- bounds: the main thread

    @property
    def held(self) -> int:
        """Bytes of bodies that this connection keeps in memory, those being answered included."""
        requests = [*self.requests, *([self.request] if self.request is not None else [])]
        return sum(request.held for request in requests)

    def is_overdue(self, now: float) -> bool:
        """Whether the client has used up its time: for headers, for a body, for reading an answer, or idling."""
        limits = self.server.limits
        if self.total_outbufs_len:
            if self.sending is None:
                self.sending = Credit(now=now, patience=limits.patience, rate=limits.least_rate)
            self.sending.earn(self.sent - self.sent_before, now=now)
            self.sent_before = self.sent
            return self.sending.left(now=now) < 0
        self.sending, self.sent_before = None, self.sent
        if self.requests:
            return False
        if self.receiving is not None:
            return self.receiving.left(now=now) < 0
        if self.request is not None:
            return now - self.began > limits.header_seconds
        return now - self.since > (limits.idle_seconds if self.sent else limits.header_seconds)

    def closing_order(self, now: float, of_same_address: int) -> tuple[int, int, float]:
        """Which connection is closed first where there are too many: the least of these.

        Idle ones first, then those without whole headers, then small bodies and answers, then large bodies of people who
        are signed in; among equals those of the address with the most connections, then those with the least time left.
        """
        if self.total_outbufs_len:
            return 2, -of_same_address, self.sending.left(now=now) if self.sending else now
        if self.receiving is not None:
            is_upload = self.request is not None and self.request.held > self.server.limits.stranger_bytes
            return 3 if is_upload else 2, -of_same_address, self.receiving.left(now=now)
        if self.request is not None:
            return 1, -of_same_address, self.began
        return 0, -of_same_address, self.since

    def end(self) -> None:
        """Close the connection, with a word to a client that was in the middle of a request."""
        if self.request is not None and not (self.requests or self.total_outbufs_len):
            with suppress(OSError):
                self.socket.send(TIMED_OUT)
        self.ahead = b""
        self.handle_close()

    def handle_close(self) -> None:
        """The connection is gone: what has come of a part of a file is answered all the same, though nobody hears it."""
        request, self.request = self.request, None
        super().handle_close()
        if request is None:
            return
        if request.is_kept_when_cut:
            request.complete_as_cut()
            self.server.take_cut(CutPart(self, request))
        else:
            request.close()


class CutPart:
    """A request whose connection broke in the middle of a part of a file: a thread of the pool has it answered."""

    def __init__(self, connection: Connection, request: Request) -> None:
        self.connection, self.request, self.addr = connection, request, connection.addr

    @property
    def held(self) -> int:
        """Bytes of its body that are kept in memory."""
        return self.request.held

    def service(self) -> None:
        """Have the application keep what came; its answer is for nobody."""
        try:
            with suppress(ClientDisconnected):
                Task(self.connection, self.request).service()
        finally:
            self.cancel()

    def cancel(self) -> None:
        """Let go of it."""
        self.connection.server.let_go(self)
        self.request.close()
