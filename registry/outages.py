"""Errors that are nobody's fault in the code: a full disk, a database that restarts. In one place, for pages, jobs and
commands alike.

What was under way when it happened is rolled back as a whole; the same step can be done again when the cause is gone.
"""

import errno
from collections.abc import Iterator
from enum import StrEnum

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, TimeoutError


class Outage(StrEnum):
    """What is missing for a while."""

    STORAGE_FULL = "storage_full"
    """No room on a disk: the instance's or the database's."""
    DATABASE_AWAY = "database_away"
    """The database is restarting, unreachable, or too busy to answer in time."""
    OUT_OF_FILES = "out_of_files"
    """The system gives this process no more descriptors, threads or memory for the moment."""


OF_THE_SYSTEM = {
    errno.ENOSPC: Outage.STORAGE_FULL,
    errno.EDQUOT: Outage.STORAGE_FULL,
    errno.EFBIG: Outage.STORAGE_FULL,
    errno.EMFILE: Outage.OUT_OF_FILES,
    errno.ENFILE: Outage.OUT_OF_FILES,
    errno.ENOMEM: Outage.OUT_OF_FILES,
}
IN_WORDS = ("no space left on device", "(os error 28)", "disk quota exceeded", "(os error 122)")
"""How libraries that are not written in Python name a full disk."""
OF_SQLITE = {
    "SQLITE_FULL": Outage.STORAGE_FULL,
    "SQLITE_BUSY": Outage.DATABASE_AWAY,
    "SQLITE_LOCKED": Outage.DATABASE_AWAY,
    "SQLITE_PROTOCOL": Outage.DATABASE_AWAY,
    "SQLITE_CANTOPEN": Outage.DATABASE_AWAY,
    # On a full disk the log's index cannot grow, and that is all that SQLite says.
    "SQLITE_IOERR": Outage.STORAGE_FULL,
}
OF_POSTGRESQL = {
    "53100": Outage.STORAGE_FULL,  # disk_full
    "53": Outage.DATABASE_AWAY,  # insufficient resources: memory, connections
    "08": Outage.DATABASE_AWAY,  # connection exceptions
    "57P": Outage.DATABASE_AWAY,  # shutdown, crash, still starting, database dropped, idle for too long
    "57014": Outage.DATABASE_AWAY,  # cancelled by a time-out
    "55P03": Outage.DATABASE_AWAY,  # a lock was not to be had in time
    "40": Outage.DATABASE_AWAY,  # rolled back: deadlock, serialization
    "25006": Outage.DATABASE_AWAY,  # read-only: a standby that has not taken over yet
    "58030": Outage.DATABASE_AWAY,  # input or output error
}
"""By SQLSTATE, or the beginning of one; the longest that fits decides."""


def outage_of(error: BaseException) -> Outage | None:
    """What is missing, where ``error`` or what it came from says so; ``None`` for a fault in the code."""
    return next((found for one in _causes(error) if (found := _outage(one)) is not None), None)


def _causes(error: BaseException) -> Iterator[BaseException]:
    one: BaseException | None = error
    for _ in range(10):
        if one is None:
            return
        yield one
        one = one.__cause__ or one.__context__


def _outage(error: BaseException) -> Outage | None:
    if isinstance(error, TimeoutError):
        return Outage.DATABASE_AWAY
    if isinstance(error, DBAPIError):
        return _of_database(error)
    if isinstance(error, OSError) and error.errno in OF_THE_SYSTEM:
        return OF_THE_SYSTEM[error.errno]
    words = str(error).lower()
    return Outage.STORAGE_FULL if any(one in words for one in IN_WORDS) else None


def _of_database(error: DBAPIError) -> Outage | None:
    driver = error.orig
    if state := getattr(driver, "sqlstate", None):
        found = next((OF_POSTGRESQL[state[:size]] for size in (5, 3, 2) if state[:size] in OF_POSTGRESQL), None)
        if found is not None:
            return found
    elif name := getattr(driver, "sqlite_errorname", None):
        family = "_".join(name.split("_")[:2])
        if family in OF_SQLITE:
            return OF_SQLITE[family]
    elif type(driver).__module__.startswith("psycopg") and isinstance(error, OperationalError | InterfaceError):
        return Outage.DATABASE_AWAY  # the driver itself found that nobody is there; no server said anything
    return Outage.DATABASE_AWAY if error.connection_invalidated else None
