"""The web server of one process: waitress's reading and answering of HTTP, with a loop and bounds of our own (ADR 18).

Waitress receives whole requests in one thread and answers them in others, which is what keeps slow clients from holding
threads. What it lacks is here: deadlines and least rates, a bound on memory, room for new connections whatever others do,
and a loop whose cost does not grow with the number of connections that do nothing.
"""

import selectors
import socket
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer

from registry.serving.connections import Connection, CutPart
from registry.serving.limits import MIB, Limits
from registry.serving.requests import Request
from registry.serving.turns import Turns

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
FLAGS = {READ: wasyncore.select.POLLIN, WRITE: wasyncore.select.POLLOUT}
TICK = 1.0
ENDING = 5.0
"""Requests that are being answered have so many seconds to come to an end when the process is told to."""
WITHOUT_BOUND = 2**62
"""For bounds of waitress's in the place of which there are our own; nothing is ever put into temporary files."""
SignedIn = Callable[[Mapping[str, str]], bool]


class Server(TcpWSGIServer):
    """Serves an application on a socket that is bound already, and that other processes may serve as well.

    ``is_signed_in`` gets a request's headers (``COOKIE``, …) and says whether a large body of it is kept;
    ``on_tick`` is called about once a second.
    """

    channel_class = Connection

    def __init__(
        self,
        application: Any,
        listening: socket.socket,
        *,
        threads: int,
        limits: Limits,
        is_signed_in: SignedIn = lambda headers: False,
        on_tick: Callable[[], None] = lambda: None,
    ) -> None:
        self.limits, self.is_signed_in, self.on_tick = limits, is_signed_in, on_tick
        self.selector = selectors.DefaultSelector()
        self.changed: deque[Connection] = deque()
        self.cut: set[CutPart] = set()
        """Parts of files whose connections broke, until they are kept."""
        self.interest = 0
        self.is_ending = False
        adjustments = Adjustments(
            sockets=[listening],
            threads=threads,
            ident=None,
            recv_bytes=65536,
            max_request_header_size=limits.header_bytes,
            max_request_body_size=WITHOUT_BOUND,
            inbuf_overflow=WITHOUT_BOUND,
            outbuf_overflow=WITHOUT_BOUND,
            outbuf_high_watermark=WITHOUT_BOUND,
            clear_untrusted_proxy_headers=False,  # the application settles whom it believes
            log_socket_errors=False,
        )
        info = (listening.family, listening.type, listening.proto, listening.getsockname())
        super().__init__(application, {}, True, listening, adj=adjustments, bind_socket=False, sockinfo=info)
        self.task_dispatcher.queue = Turns()
        self.adj.server_name = self.server_name = self.effective_host

    # --- the loop

    def run(self) -> None:
        """Serve until `stop` is called; then end what is being answered, and return."""
        self.trigger.interest = 0
        next_tick, deadline = 0.0, None
        while deadline is None or (self._is_busy() and time.monotonic() < deadline):
            self.watch(self)
            self.watch(self.trigger)
            for key, ready in self.selector.select(TICK):
                one = key.data
                if one._fileno is not None:  # not closed by what came before it in this round
                    wasyncore.readwrite(one, sum(flag for event, flag in FLAGS.items() if ready & event))
                    self.watch(one)
            while self.changed:
                self.watch(self.changed.popleft())
            now = time.monotonic()
            if now >= next_tick:
                next_tick = now + TICK
                self.on_tick()
                self.close_overdue(now)
            if self.is_ending and deadline is None:
                deadline = now + ENDING
                self.accepting = False
                self._break_parts_off()
        self.task_dispatcher.shutdown(timeout=1)
        for connection in list(self.active_channels.values()):
            connection.handle_close()

    def stop(self) -> None:
        """Have `run` return soon; may be called from a signal handler."""
        self.is_ending = True
        self.pull_trigger()

    def _break_parts_off(self) -> None:
        """Close the connections on which parts of files come, so that what has come of them is kept."""
        for connection in list(self.active_channels.values()):
            if connection.request is not None and connection.request.is_kept_when_cut:
                connection.handle_close()

    def _is_busy(self) -> bool:
        return bool(self.cut) or any(one.requests or one.total_outbufs_len for one in self.active_channels.values())

    def watch(self, one: Any) -> None:
        """Wait for what ``one`` can do now: a connection, the socket that listens, or the trigger."""
        if one._fileno is None:
            return
        can_write = not one.accepting and one is not self and one.writable()
        interest = (READ if one.readable() else 0) | (WRITE if can_write else 0)
        if one._fileno is None or interest == one.interest:
            return
        if not interest:
            self.selector.unregister(one._fileno)
        elif one.interest:
            self.selector.modify(one._fileno, interest, one)
        else:
            self.selector.register(one._fileno, interest, one)
        one.interest = interest

    def forget(self, one: Any) -> None:
        """``one`` is being closed."""
        if one.interest and one._fileno is not None:
            self.selector.unregister(one._fileno)
            one.interest = 0

    def look_again(self, one: Connection) -> None:
        """From any thread: ``one`` may be able to do something else now than before."""
        self.changed.append(one)
        self.pull_trigger()

    def take_cut(self, part: CutPart) -> None:
        """Have what came of a part kept, in its turn."""
        self.cut.add(part)
        self.add_task(part)

    def let_go(self, part: CutPart) -> None:
        """A part is kept, or is not going to be."""
        self.cut.discard(part)

    # --- bounds

    def readable(self) -> bool:
        """Whether to accept: always, so that nobody who keeps the threads busy shuts out who comes after."""
        return bool(self.accepting)

    def handle_accept(self) -> None:
        """Take a new connection; where there are too many, another one makes room for it."""
        if len(self.active_channels) >= self.limits.connections:
            self._make_room()
        super().handle_accept()

    def _make_room(self) -> None:
        waiting = [one for one in self.active_channels.values() if not one.requests]
        if waiting:
            now, counts = time.monotonic(), Counter(one.addr[0] for one in waiting)
            min(waiting, key=lambda one: one.closing_order(now, counts[one.addr[0]])).end()

    def body_allowed(self, request: Request) -> int:
        """How many bytes of a request's body are kept in memory."""
        is_large = request.chunked or request.content_length > self.limits.stranger_bytes
        is_kept = is_large and self.is_signed_in(request.headers)
        return self.limits.body_bytes if is_kept else self.limits.stranger_bytes

    def is_full(self, more: int) -> bool:
        """Whether ``more`` bytes of large bodies would be more than this process holds at once."""
        sizes: list[int] = [one.held for one in (*self.active_channels.values(), *tuple(self.cut))]
        return more + sum(size for size in sizes if size > self.limits.stranger_bytes) > self.limits.buffer_bytes

    def close_overdue(self, now: float) -> None:
        """End the connections whose time has run out, and those that keep too many answers waiting.

        The one that reads best is let be: a single answer larger than the bound is read to its end.
        """
        connections = list(self.active_channels.values())
        for one in connections:
            if one.is_overdue(now):
                one.end()
            else:
                self.watch(one)
        unread = [one for one in connections if one.total_outbufs_len > MIB]
        unread.sort(key=lambda one: one.closing_order(now, 0)[-1], reverse=True)
        while len(unread) > 1 and sum(one.total_outbufs_len for one in unread) > self.limits.buffer_bytes:
            unread.pop().end()
