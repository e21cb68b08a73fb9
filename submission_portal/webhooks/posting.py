"""Sending one message: to an address that is judged when it is connected to, without redirects, within five seconds in all.

The name is resolved once, every address that it has must be public, and the connection goes to one of those that were judged: a
name that leads elsewhere a moment later (DNS rebinding) leads nowhere. The certificate is asked of the name. Of the answer only the
status is read; how long any part of it takes, the end is the same, since each wait is for what is left of the five seconds.
"""

import re
import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread

from submission_portal.webhooks.addresses import Destination, is_public

SECONDS = 5.0
"""For all of it: the name, the connection, the encryption, sending and the answer."""
CONNECT_SECONDS, MOST_ADDRESSES = 1.5, 3
LONGEST_LINE = 1024
UNRESOLVED, PRIVATE, TIMED_OUT, UNTRUSTED, BROKEN, NO_ANSWER = (
    "unresolved",
    "private",
    "timeout",
    "tls",
    "broken",
    "no_http",
)
_STATUS = re.compile(rb"HTTP/1\.[01] ([1-5][0-9][0-9])(?: |$)")


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, each once. Raises ``OSError`` where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_rest, address in found))


@dataclass(frozen=True, slots=True)
class Network:
    """What sending needs of the world: names, connections and whom to trust."""

    resolve: Callable[[str, int], Sequence[str]] = resolve
    connect: Callable[[tuple[str, int], float], socket.socket] = socket.create_connection
    trust: Callable[[], ssl.SSLContext] = ssl.create_default_context


NETWORK = Network()


class NotSent(Exception):
    """A message did not get an answer; ``why`` is one of the words above."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class _Deadline:
    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._ends = clock, clock() + SECONDS

    def left(self) -> float:
        """Seconds that are left. Raises ``TimeoutError`` where none are."""
        left = self._ends - self._clock()
        if left <= 0:
            raise TimeoutError
        return left


def judged_addresses(destination: Destination, clock: Callable[[], float] = time.monotonic) -> Sequence[str]:
    """The addresses that a destination has now, all of them public. Raises `NotSent` where one is not, or there are none."""
    try:
        return _judged(NETWORK, destination, _Deadline(clock))
    except TimeoutError:
        raise NotSent(UNRESOLVED) from None


def post(
    destination: Destination,
    headers: Mapping[str, str],
    body: bytes,
    clock: Callable[[], float] = time.monotonic,
) -> int:
    """Send a message; the status of the answer, whatever it is. Raises `NotSent`."""
    network, deadline = NETWORK, _Deadline(clock)
    try:
        addresses = _judged(network, destination, deadline)
        with _connected(network, addresses, destination.port, deadline) as plain:
            plain.settimeout(deadline.left())
            with network.trust().wrap_socket(plain, server_hostname=destination.host) as connection:
                connection.settimeout(deadline.left())
                connection.sendall(_request(destination, headers, body))
                return _status(connection, deadline)
    except TimeoutError as error:
        raise NotSent(TIMED_OUT) from error
    except ssl.SSLError as error:
        raise NotSent(UNTRUSTED) from error
    except OSError as error:
        raise NotSent(BROKEN) from error


def _judged(network: Network, destination: Destination, deadline: _Deadline) -> Sequence[str]:
    addresses = _resolved(network, destination, deadline)
    if not all(map(is_public, addresses)):
        raise NotSent(PRIVATE)
    return addresses


def _resolved(network: Network, destination: Destination, deadline: _Deadline) -> Sequence[str]:
    """The addresses of the host. The system's resolver knows no deadline, so it is asked from a thread that may be left behind."""
    answers: SimpleQueue[Sequence[str]] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(network.resolve(destination.host, destination.port))
        except (OSError, UnicodeError):
            answers.put(())

    Thread(target=ask, name="webhook-resolving", daemon=True).start()
    try:
        addresses = answers.get(timeout=deadline.left())
    except Empty:
        raise TimeoutError from None
    if not addresses:
        raise NotSent(UNRESOLVED)
    return addresses


def _connected(network: Network, addresses: Sequence[str], port: int, deadline: _Deadline) -> socket.socket:
    """A connection to the first of the addresses that takes one: a machine without IPv6 goes on to the next."""
    *others, last = addresses[:MOST_ADDRESSES]
    for address in others:
        with suppress(OSError):
            return network.connect((address, port), min(CONNECT_SECONDS, deadline.left()))
    return network.connect((last, port), deadline.left())


def _request(destination: Destination, headers: Mapping[str, str], body: bytes) -> bytes:
    told = {
        "Host": destination.authority,
        "User-Agent": "vardplatsregistret-webhooks/1",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Connection": "close",
        **headers,
    }
    lines = [f"POST {destination.target} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items()), "", ""]
    return "\r\n".join(lines).encode("ascii") + body


def _status(connection: ssl.SSLSocket, deadline: _Deadline) -> int:
    """The status in the first line of the answer; what follows is not read."""
    said = b""
    while b"\n" not in said and len(said) < LONGEST_LINE:
        connection.settimeout(deadline.left())
        more = connection.recv(LONGEST_LINE)
        if not more:
            break
        said += more
    match = _STATUS.match(said.partition(b"\n")[0].rstrip(b"\r"))
    if match is None:
        raise NotSent(NO_ANSWER)
    return int(match.group(1))
