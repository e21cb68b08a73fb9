"""Putting the rows of a file into the database, a batch at a time, and taking them away again.

Each batch is a transaction of its own: a long one would keep everybody else from writing, and rows are shown to nobody until
their file is said to be ready.
"""

from typing import Any

from sqlalchemy import delete, select, tuple_
from sqlalchemy.orm import Session

from registry.db import transaction
from termbank.editions.rows import Batch
from termbank.editions.tables import ROWS

AT_ONCE = 20_000


def insert(session: Session, file_id: int, batch: Batch) -> None:
    """Write the rows of a batch."""
    connection = session.connection()
    columns = ("file_id", *batch.layout.columns)
    rows = list(batch.rows(file_id))
    named = ", ".join(columns)
    if connection.dialect.name == "postgresql":
        cursor: Any = connection.connection.cursor()
        with cursor, cursor.copy(f"COPY {batch.layout.table} ({named}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    else:
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f"INSERT INTO {batch.layout.table} ({named}) VALUES ({marks})", rows)


def remove_rows(file_id: int) -> None:
    """Take away all rows of a file, in transactions of their own. No transaction may be open."""
    for table in ROWS:
        columns = list(table.metadata.tables[table.__tablename__].primary_key)
        key, some = tuple_(*columns), select(*columns).where(table.file_id == file_id).limit(AT_ONCE)
        while True:
            with transaction(bookkeeping=True) as session:
                result = session.execute(
                    delete(table).where(key.in_(some)).execution_options(synchronize_session=False)
                )
            if result.rowcount < AT_ONCE:  # type: ignore[attr-defined]
                break
