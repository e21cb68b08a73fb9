"""Passwords: which may be chosen, and their Argon2 hashes.

A hash costs a core for a tenth of a second, and 64 MiB, on purpose. So it is never made or verified within a write
transaction, where everybody else would wait for it (that is a fault and raises ``RuntimeError``), and each process works
on few at a time: strangers who try passwords must not take all memory and all processors.
"""

import base64
import os
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore, local

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import has_app_context

from registry.db import db
from registry.errors import Invalid
from registry.finding_texts import FINDINGS
from registry.findings import Finding
from registry.identity.password_strength import is_guessable

HASHER = PasswordHasher()
SHORTEST, LONGEST = 12, 200
NONE = ""
"""The hash of somebody who has not chosen a password yet: none fits it."""
AT_ONCE = max(1, (os.cpu_count() or 2) // 2)
PATIENCE = 5.0
"""So long a sign-in waits, in seconds, for the others that this process works on."""
WAITING = 8
"""So many wait at most; fewer where the server has few threads (`leave_threads`)."""
_places, _at_work = BoundedSemaphore(AT_ONCE + WAITING), BoundedSemaphore(AT_ONCE)
_of_this_thread = local()


class Busy(Exception):
    """So many passwords are being verified that this one's turn did not come."""


def hashed(password: str, about: Iterable[str] = ()) -> str:
    """The hash of a new password. Raises `Invalid` where it may not be chosen by somebody whom the texts ``about``
    describe (`objection`), and `Busy`."""
    if (found := objection(password, about)) is not None:
        raise Invalid([found])
    _require_no_transaction()
    with turn():
        return HASHER.hash(unicodedata.normalize("NFC", password))


def objection(password: str, about: Iterable[str] = ()) -> Finding | None:
    """Why a password may not be chosen: too short, too long, or easy to guess. No rule of composition."""
    if len(password) < SHORTEST:
        return FINDINGS.found("USER-002", {"shortest": SHORTEST})
    if len(password) > LONGEST or not password.isprintable():
        return FINDINGS.found("USER-008", {"longest": LONGEST})
    if is_guessable(password, about):
        return FINDINGS.found("USER-009")
    return None


def matches(kept: str, password: str) -> bool:
    """Whether the password fits the hash that is ``kept`` (`NONE` for nobody's), in the same time either way.

    Older hashes were made of the password as it was typed, newer ones of its composed form (NFC); both fit. Raises
    `Busy`.
    """
    composed = unicodedata.normalize("NFC", password)
    _require_no_transaction()
    with turn():
        fitting = [_verify(kept or _nobodys(), spelling) for spelling in {composed, password}]
    return kept != NONE and any(fitting)


def _verify(kept: str, password: str) -> bool:
    try:
        return HASHER.verify(kept, password.encode("utf-8", "surrogatepass"))
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    """Verified against where there is no such user, so that the answer takes as long: a hash of no password at all."""
    salt, digest = (
        base64.b64encode(os.urandom(length)).decode().rstrip("=") for length in (HASHER.salt_len, HASHER.hash_len)
    )
    return f"$argon2id$v=19$m={HASHER.memory_cost},t={HASHER.time_cost},p={HASHER.parallelism}${salt}${digest}"


@contextmanager
def turn() -> Iterator[None]:
    """One of the few places at which this process works on passwords, held until the end; it may be taken twice.

    Raises `Busy` at once where enough others wait already (`WAITING`), and after `PATIENCE`.
    """
    if getattr(_of_this_thread, "has_turn", False):
        yield
        return
    if not _places.acquire(blocking=False):
        raise Busy
    try:
        if not _at_work.acquire(timeout=PATIENCE):
            raise Busy
        _of_this_thread.has_turn = True
        try:
            yield
        finally:
            _of_this_thread.has_turn = False
            _at_work.release()
    finally:
        _places.release()


def leave_threads(threads: int) -> None:
    """Let those who work on passwords, or wait to, take at most half of a server's threads: pages are made by the others.

    Called before the first request.
    """
    global _places
    _places = BoundedSemaphore(min(AT_ONCE + WAITING, max(1, threads // 2)))


def _require_no_transaction() -> None:
    if has_app_context() and db.session.info.get("writing"):
        raise RuntimeError("a password is hashed within a write transaction; everybody else would wait for it")
