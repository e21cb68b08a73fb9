"""Whose request is answered next: addresses take turns, so that the many requests of one keep no other waiting for long.

Behind a proxy all requests come from one address, and are answered in the order in which they came.
"""

from collections import deque
from typing import Any


class Turns:
    """A queue, in the place of waitress's (which holds its lock around each call): one of each address in turn.

    >>> from types import SimpleNamespace
    >>> turns = Turns()
    >>> for address, name in (("a", 1), ("a", 2), ("a", 3), ("b", 4)):
    ...     turns.append(SimpleNamespace(addr=(address, 80), name=name))
    >>> [turns.popleft().name for _ in range(len(turns))], bool(turns)
    ([1, 4, 2, 3], False)
    """

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Any]] = {}
        """By address, in the order of their turns."""
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def append(self, connection: Any) -> None:
        """Let a connection with a whole request wait for its address's turn."""
        self._waiting.setdefault(connection.addr[0], deque()).append(connection)
        self._count += 1

    def popleft(self) -> Any:
        """The next; its address's turn comes again after those of all others. Raises ``IndexError`` where nobody waits."""
        if not self._waiting:
            raise IndexError
        address = next(iter(self._waiting))
        line = self._waiting.pop(address)
        self._count -= 1
        found = line.popleft()
        if line:
            self._waiting[address] = line
        return found
