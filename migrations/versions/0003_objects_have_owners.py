"""whatever needs a stored object refers to its row; what was erased too early is listed

An object is erased only when nothing refers to it, and the database sees to that. Until now a key was a text that could
name an object that was gone. Such keys are dealt with first:

* where the bytes are there after all, the object's row is put back;
* a draft that ended, or that is still being prepared, lets go of the key (the same file can be read in again);
* what was received, released or composed keeps it in ``missing_objects``, and `storage verify` reports it.

A draft that was withdrawn, and the rows of a file that was sent, are let go of as they are from now on.

SQLite gets the references with new columns that take the place of the old: making the tables anew, as Alembic's batch
mode does, would drop tables that others refer to.

Revision: 0003, after 0002
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path

import sqlalchemy as sa
from alembic import op
from flask import current_app

import registry.db

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

REFERENCES = {
    "delivery": ("file_key", "rows_key", "parquet_key"),
    "release": ("parquet_key",),
    "table_version": ("parquet_key",),
}
WERE_REQUIRED = {("delivery", "file_key"), ("release", "parquet_key"), ("table_version", "parquet_key")}
PARQUET = "application/vnd.apache.parquet"
RECEIVED = "(number IS NOT NULL OR state IN ('sent', 'in_review', 'released', 'refused', 'replaced'))"
KEPT_FOR = {"delivery": RECEIVED, "release": "1 = 1", "table_version": "1 = 1"}
"""What keeps a record of an object that is gone."""
LETS_GO = {
    ("delivery", "rows_key"): f"(state = 'withdrawn' OR {RECEIVED})",
    ("delivery", "file_key"): "(state = 'withdrawn' AND number IS NULL)",
    ("delivery", "parquet_key"): "(state = 'withdrawn' AND number IS NULL)",
}


def upgrade() -> None:
    op.add_column("stored_object", sa.Column("removed_at", registry.db.UtcDateTime(timezone=True), nullable=True))
    for table, columns in REFERENCES.items():
        op.add_column(table, sa.Column("missing_objects", registry.db.JsonText(), nullable=True))
        for column in columns:
            _put_rows_back(table, column)
            _list_missing(table, column)
            _refer(table, column)
            op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    for table, columns in REFERENCES.items():
        for column in columns:
            op.drop_index(f"ix_{table}_{column}", table_name=table)
            _stop_referring(table, column)
        op.drop_column(table, "missing_objects")
    op.drop_column("stored_object", "removed_at")


def _dangling(table: str, column: str) -> Sequence[sa.Row[tuple[str, str, str]]]:
    """Rows whose key names no object: id, organisation, key. Those that let go of it anyway are left out."""
    query = f"""
        SELECT id, organisation_id, {column} FROM {table}
        WHERE {column} IS NOT NULL AND {column} <> '' AND NOT {LETS_GO.get((table, column), "1 = 0")}
        AND NOT EXISTS (SELECT 1 FROM stored_object WHERE stored_object.key = {table}.{column})
    """  # noqa: S608  (names from this file)
    return op.get_bind().execute(sa.text(query)).all()


def _put_rows_back(table: str, column: str) -> None:
    """Put back the rows of objects whose bytes are there, and are those of their key."""
    for _id, organisation_id, key in _dangling(table, column):
        path = Path(current_app.config["INSTANCE"]) / "objects" / key
        parts = key.split("/")
        if len(parts) != 3 or parts[0] != organisation_id or not path.is_file():
            continue
        with path.open("rb") as file:
            if file_digest(file, "sha256").hexdigest() != parts[2]:
                continue
        there = sa.text("SELECT 1 FROM stored_object WHERE key = :key")
        if op.get_bind().execute(there, {"key": key}).first() is None:
            op.get_bind().execute(
                _OBJECTS.insert().values(
                    key=key,
                    organisation_id=organisation_id,
                    kind=parts[1],
                    sha256=parts[2],
                    size=path.stat().st_size,
                    media_type="application/octet-stream" if parts[1] == "delivered" else PARQUET,
                    retention={"table_version": "published", "release": "record"}.get(table, "draft"),
                    created_at=datetime.now(UTC),
                )
            )
        if table == "delivery":
            op.execute(
                f"UPDATE stored_object SET retention = 'record' WHERE retention = 'draft' AND key IN "
                f"(SELECT {column} FROM delivery WHERE {RECEIVED})"  # noqa: S608
            )


def _list_missing(table: str, column: str) -> None:
    kept_for = sa.text(f"SELECT missing_objects FROM {table} WHERE id = :id AND {KEPT_FOR[table]}")  # noqa: S608
    keep = sa.text(f"UPDATE {table} SET missing_objects = :missing WHERE id = :id")  # noqa: S608
    for identifier, _organisation, key in _dangling(table, column):
        row = op.get_bind().execute(kept_for, {"id": identifier}).first()
        if row is not None:
            missing = {**json.loads(row.missing_objects or "{}"), column: key}
            kept = json.dumps(missing, sort_keys=True, separators=(",", ":"))
            op.get_bind().execute(keep, {"missing": kept, "id": identifier})


def _refer(table: str, column: str) -> None:
    """Let a column refer to objects, with the keys of those that are there and are not let go of."""
    name = f"fk_{table}_{column}"
    keeps = f"NOT {LETS_GO[table, column]} AND " if (table, column) in LETS_GO else ""
    keeps += f"EXISTS (SELECT 1 FROM stored_object WHERE stored_object.key = {table}.{column})"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f'ALTER TABLE "{table}" ADD COLUMN kept_key VARCHAR(200) CONSTRAINT {name} REFERENCES stored_object (key)'
        )
        op.execute(f'UPDATE "{table}" SET kept_key = {column} WHERE {keeps}')  # noqa: S608
        _replace_column(table, column)
        return
    op.alter_column(table, column, existing_type=sa.String(200), nullable=True)
    op.execute(f"UPDATE {table} SET {column} = NULL WHERE {column} IS NOT NULL AND NOT ({keeps})")  # noqa: S608
    op.create_foreign_key(name, table, "stored_object", [column], ["key"])


def _stop_referring(table: str, column: str) -> None:
    """Let a column be a text again, with the keys of objects that are gone where they were."""
    required = (table, column) in WERE_REQUIRED
    if op.get_bind().dialect.name == "sqlite":
        default = "NOT NULL DEFAULT ''" if required else ""
        op.execute(f'ALTER TABLE "{table}" ADD COLUMN kept_key VARCHAR(200) {default}')
        op.execute(f'UPDATE "{table}" SET kept_key = {column} WHERE {column} IS NOT NULL')  # noqa: S608
        _replace_column(table, column)
    else:
        op.drop_constraint(f"fk_{table}_{column}", table, type_="foreignkey")
        if required:
            op.execute(f"UPDATE {table} SET {column} = '' WHERE {column} IS NULL")  # noqa: S608
            op.alter_column(table, column, existing_type=sa.String(200), nullable=False)
    missing = sa.text(f"SELECT id, missing_objects FROM {table} WHERE missing_objects IS NOT NULL")  # noqa: S608
    put_back = sa.text(f"UPDATE {table} SET {column} = :key WHERE id = :id")  # noqa: S608
    for identifier, listed in op.get_bind().execute(missing).all():
        if (key := json.loads(listed).get(column)) is not None:
            op.get_bind().execute(put_back, {"key": key, "id": identifier})


def _replace_column(table: str, column: str) -> None:
    op.execute(f'ALTER TABLE "{table}" DROP COLUMN {column}')
    op.execute(f'ALTER TABLE "{table}" RENAME COLUMN kept_key TO {column}')


_OBJECTS = sa.table(
    "stored_object",
    *(sa.column(name) for name in ("key", "organisation_id", "kind", "sha256", "size", "media_type", "retention")),
    sa.column("created_at", registry.db.UtcDateTime()),
)
