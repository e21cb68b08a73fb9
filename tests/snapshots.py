"""What many tests begin with is made once per test process and database, and copied back row by row after that.

`remembered("models", build)` runs ``build`` the first time and keeps every table's rows beside the tables; later it
empties the tables and puts the rows back, ids included. Both are a few statements per table.
"""

from collections.abc import Callable

from sqlalchemy import Connection, text

from registry.columns import Base
from registry.db import db

_kept: dict[tuple[str, str], list[str]] = {}


def remembered(name: str, build: Callable[[], object]) -> None:
    """The database as it was right after ``build`` ran on an empty one (or on an earlier memory that it continues)."""
    key = (str(db.engine.url), name)
    db.session.rollback()
    if key not in _kept:
        build()
        db.session.rollback()
        with db.engine.connect() as connection:
            _kept[key] = _keep(connection, name)
            connection.commit()
        return
    with db.engine.connect() as connection:
        empty(connection)
        for table in _kept[key]:
            connection.execute(text(f'INSERT INTO "{table}" SELECT * FROM {_beside(name, table)}'))
        connection.commit()


def empty(connection: Connection) -> None:
    """Delete every row of every table, dependants first."""
    for table in reversed(Base.metadata.sorted_tables):
        connection.execute(table.delete())


def _keep(connection: Connection, name: str) -> list[str]:
    filled = []
    for table in Base.metadata.sorted_tables:
        if connection.execute(text(f'SELECT 1 FROM "{table.name}" LIMIT 1')).first():
            connection.execute(text(f'CREATE TABLE {_beside(name, table.name)} AS SELECT * FROM "{table.name}"'))
            filled.append(table.name)
    return filled


def _beside(name: str, table: str) -> str:
    return f'"kept_{name}_{table}"'
