"""What a piece of a test costs the database: ``with counted() as statements: …``."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from registry.db import db


@contextmanager
def counted() -> Iterator[list[str]]:
    """The SQL statements of what runs inside, as they are sent."""
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_more) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
