"""What takes long to make and is the same for everybody: made in a thread, once for all who ask for it.

    file = MEANWHILE.made(key, make)       # waits a while; raises BeingMade where it takes longer

A request waits for it for `PATIENCE` seconds and is then told to come again, so that it holds no place of the server. When not to
use it: for what changes anything (`jobs`), or is made for one reader. A process makes one thing at a time.
"""

from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Any, TypeVar

from flask import Flask, current_app

from registry.errors import BeingMade

PATIENCE = 3.0
"""So long a request waits, in seconds."""
MOST_IN_HAND = 8
"""Things that are being made or wait to be, and those that are made and were not asked for again."""
T = TypeVar("T")


@dataclass(slots=True)
class Meanwhile:
    """What a process has in the making."""

    patience: float = PATIENCE
    _lock: Lock = field(default_factory=Lock)
    _one_at_a_time: Lock = field(default_factory=Lock)
    _in_hand: dict[Hashable, "Future[Any]"] = field(default_factory=dict)

    def made(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gives, called in a thread with an application context of its own, so that it reads by `db.session`.

        Raises `BeingMade` where it takes longer than somebody should wait, or others wait to be made before it, and what ``make``
        raises; after that, whoever asks next has it made anew.
        """
        future: Future[T] = self._begun(key, make)
        try:
            made = future.result(self.patience)
        except TimeoutError:
            if not future.done():
                raise BeingMade from None
            raise
        finally:
            if future.done():
                with self._lock:
                    self._in_hand.pop(key, None)
        return made

    def _begun(self, key: Hashable, make: Callable[[], T]) -> "Future[T]":
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
        with self._lock:
            if (known := self._in_hand.get(key)) is not None:
                return known
            for old in [old for old, future in self._in_hand.items() if future.done()]:
                del self._in_hand[old]
            if len(self._in_hand) >= MOST_IN_HAND:
                raise BeingMade
            future: Future[T] = Future()
            self._in_hand[key] = future
        Thread(target=self._make, args=(app, make, future), name="meanwhile", daemon=True).start()
        return future

    def _make(self, app: Flask, make: Callable[[], T], future: "Future[T]") -> None:
        with self._one_at_a_time:
            try:
                with app.app_context():
                    made = make()
            except BaseException as error:  # it is raised again where somebody waits for it
                future.set_exception(error)
            else:
                future.set_result(made)


MEANWHILE = Meanwhile()
"""What this process has in the making."""
