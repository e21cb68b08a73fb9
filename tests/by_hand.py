"""What tests put straight into the tables, as no service would."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from registry import events
from registry.actors import SYSTEM
from registry.db import transaction
from registry.seals.noting import TOUCHED

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@contextmanager
def by_hand() -> Iterator[Session]:
    """A transaction of bookkeeping. Where it changes what the log proves, an event at the moment of the newest one seals it, so that
    the log stays whole."""
    with transaction(bookkeeping=True) as session:
        yield session
        session.flush()
        if session.info.get(TOUCHED):
            events.record(session, "WrittenByHand", actor=SYSTEM, now=LONG_AGO, subject="log:by-hand")
