"""Slow and broken clients, as an attacker has them: sockets that say too little, too slowly, or what means nothing.

Each attack opens connections and keeps them going from one thread (`Attack`); readers that mean well are timed beside it.
"""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from statistics import median

POST = b"POST /logga-in HTTP/1.1\r\nHost: registry\r\nContent-Type: application/x-www-form-urlencoded\r\n"
FILE = b"GET /static/css/frame.css HTTP/1.1\r\nHost: registry\r\n\r\n"
"""What is quickly made, so that many of them try the reading and not the making of answers."""


@dataclass
class Attack:
    """``first`` is sent when a connection opens, ``drop`` again and again after ``pause`` seconds; closed ones are opened anew."""

    name: str
    first: bytes
    drop: bytes = b""
    pause: float = 1.0
    reads: int = 0
    """So many bytes are read at each drop; nothing where it is 0, however much is there."""


ATTACKS = (
    Attack("slow headers", b"GET / HTTP/1.1\r\nHost: registry\r\n", b"X-A: b\r\n"),
    Attack("headers one byte at a time", b"G", b"E"),
    Attack("connections that say nothing", b""),
    Attack("bodies begun and never ended", POST + b"Content-Length: 60000\r\n\r\nlogin=a"),
    Attack("bodies one byte a second", POST + b"Content-Length: 60000\r\n\r\nlogin=a", b"a"),
    Attack("large bodies one byte a second", POST + b"Content-Length: 25000000\r\n\r\nlogin=a", b"a"),
    Attack("chunked bodies one byte at a time", POST + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
    Attack("blank lines without end", b"\r\n", b"\r\n" * 50_000, 0.05),
    Attack("chunks of one byte in plenty", POST + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n" * 10_000, 0.05),
    Attack("lines of blanks", b"GET / HTTP/1.1\r\nX:" + b" " * 30_000 + b"\x01\r\n\r\n"),
    Attack("clients that wait for 100 Continue", POST + b"Content-Length: 60000\r\nExpect: 100-continue\r\n\r\n"),
    Attack("answers that are not read", FILE * 60),
    Attack("answers read one byte a second", FILE * 60, reads=1),
    Attack("kept connections that idle", b"GET /health HTTP/1.1\r\nHost: registry\r\n\r\n"),
)


@contextlib.contextmanager
def under_attack(port: int, attack: Attack, connections: int) -> Iterator[None]:
    """``connections`` of the attack at once, as long as the block lasts."""
    ended = threading.Event()
    thread = threading.Thread(target=_keep_going, args=(port, attack, connections, ended), daemon=True)
    thread.start()
    time.sleep(min(2.0, 0.5 + connections / 500))
    try:
        yield
    finally:
        ended.set()
        thread.join(10)


def _keep_going(port: int, attack: Attack, connections: int, ended: threading.Event) -> None:
    opened: list[socket.socket | None] = [None] * connections
    while not ended.is_set():
        began = time.monotonic()
        for place, one in enumerate(opened):
            if ended.is_set():
                break
            try:
                if one is None:
                    opened[place] = _open(port, attack)
                    continue
                if attack.drop:
                    one.send(attack.drop)
                if attack.reads:
                    one.recv(attack.reads)
                elif not attack.drop and not one.send(b""):
                    _still_there(one)
            except BlockingIOError:
                continue
            except OSError:
                if one is not None:
                    one.close()
                opened[place] = None
        ended.wait(max(0.05, attack.pause - (time.monotonic() - began)))
    for one in opened:
        if one is not None:
            one.close()


def _open(port: int, attack: Attack) -> socket.socket:
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    one.settimeout(2)
    try:
        one.connect(("127.0.0.1", port))
        if attack.first:
            one.send(attack.first)
    except OSError:
        one.close()
        raise
    one.setblocking(False)
    return one


def _still_there(one: socket.socket) -> None:
    """Raise ``OSError`` where the server has closed the connection; what it sent before is left unread."""
    if not one.recv(1, socket.MSG_PEEK):
        raise ConnectionResetError


@dataclass
class Reading:
    """What readers that mean well met: seconds of each answer, and what was not answered with 200."""

    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def median(self) -> float:
        return median(self.seconds) if self.seconds else float("inf")


def read(port: int, path: str, times: int, *, timeout: float = 10.0) -> Reading:
    """Read a page ``times`` times, each on a connection of its own."""
    found = Reading()
    for _ in range(times):
        began = time.perf_counter()
        try:
            status, _body = ask(port, path, timeout=timeout)
            if status != 200:
                found.failures.append(str(status))
        except (OSError, HTTPException) as error:
            found.failures.append(type(error).__name__)
        found.seconds.append(time.perf_counter() - began)
    return found


def ask(port: int, path: str, *, timeout: float = 10.0, method: str = "GET", **headers: str) -> tuple[int, bytes]:
    """One request on a connection of its own: status and body."""
    connection = HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): text for name, text in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def say(port: int, data: bytes, *, timeout: float = 10.0, pieces: int = 0, pause: float = 0.0) -> bytes:
    """Send bytes as they are, in ``pieces`` where given, and return everything that comes back until the server closes.

    Raises ``TimeoutError`` where the server neither answers nor closes.
    """
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as one:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            if pieces:
                for start in range(0, len(data), pieces):
                    one.sendall(data[start : start + pieces])
                    time.sleep(pause)
            else:
                one.sendall(data)
        found = bytearray()
        with contextlib.suppress(ConnectionResetError):
            while part := one.recv(65536):
                found += part
    return bytes(found)


def eventually(holds: Callable[[], bool], *, seconds: float) -> bool:
    """Whether something comes to hold within ``seconds``."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True
