"""Holding rows, and names of what has no row yet, until the transaction ends.

SQLite has one writer at a time, whose transaction begins with the lock (`db.transaction`): there all of this is free.
On PostgreSQL take names before rows, and rows in the same order everywhere, so that two transactions never wait for each
other.
"""

from enum import Enum
from typing import Any, TypeVar

from sqlalchemy import Select, text
from sqlalchemy.orm import Session

Query = TypeVar("Query", bound=Select[Any])


class Hold(Enum):
    """How firmly a row is held: (for reading only, others may refer to it). PostgreSQL's four row-level locks."""

    ALONE = (False, False)
    """Nobody else holds the row in any way: it may be removed, and nothing may begin to refer to it (FOR UPDATE)."""
    CHANGING = (False, True)
    """Nobody else changes it; others may refer to it (FOR NO KEY UPDATE)."""
    UNCHANGED = (True, False)
    """Nobody changes it; others may hold it so too (FOR SHARE)."""
    THERE = (True, True)
    """Nobody removes it; others may change it (FOR KEY SHARE)."""


def holding(query: Query, hold: Hold = Hold.ALONE, *, of: Any = None, skip_held: bool = False) -> Query:
    """``query`` with its rows held until the transaction ends, and read as they are once they are held.

    ``of``: the table whose rows are held, where there are several. ``skip_held``: leave out rows that somebody else holds,
    instead of waiting for them. The rows have to be fetched: only then does what another transaction wrote replace what was
    read before.
    """
    read, key_share = hold.value
    locked = query.with_for_update(read=read, key_share=key_share, of=of, skip_locked=skip_held)
    return locked.execution_options(populate_existing=True)


def hold_name(session: Session, name: str, *, shared: bool = False) -> None:
    """Hold ``name`` until the transaction ends; whoever else wants it waits. For what has no row to lock yet.

    ``shared`` holders do not wait for each other, only for one that is not.
    """
    if session.get_bind().dialect.name == "postgresql":
        function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        session.execute(text(f"SELECT {function}(hashtextextended(:name, 0))"), {"name": name})
