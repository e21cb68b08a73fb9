"""table versions have an audience and a release time

What was published until now is open to everybody. Where no person decided that, it is marked as carried over: it stays as
it is, and waits for a decision. Nothing that is stored changes its hash, its number or its address.

Revision: 0024, after 0023
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import registry.columns

revision: str = "0024"
down_revision: str | None = "0023"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLE = "table_version"
NEW = ("region_id", "number", "audience", "release_at", "is_carried_over")
INDEXES = ("uq_table_version_number", "uq_table_version_region_number", "ix_table_version_release", "ix_table_version_region_id")


def upgrade() -> None:
    # Not in a batch: SQLite would make the table anew, and others refer to it. The old number stays unique under another name.
    op.execute(f"ALTER TABLE {TABLE} RENAME COLUMN number TO sequence")
    op.add_column(TABLE, sa.Column("number", sa.Integer(), nullable=False, server_default="0"))
    op.add_column(TABLE, sa.Column("audience", sa.String(20), nullable=False, server_default="public"))
    op.execute(
        f"ALTER TABLE {TABLE} ADD COLUMN region_id VARCHAR(32) CONSTRAINT fk_table_version_region_id"
        " REFERENCES organisation (id) CONSTRAINT ck_table_version_region"
        " CHECK ((audience = 'own_region') = (region_id IS NOT NULL))"
    )
    op.add_column(TABLE, sa.Column("release_at", registry.columns.UtcDateTime(), nullable=True))
    op.add_column(TABLE, sa.Column("is_carried_over", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(f"UPDATE {TABLE} SET number = sequence, release_at = published_at")  # noqa: S608
    is_open, nobody = "published_at IS NOT NULL", "decided_by IS NULL"
    op.execute(f"UPDATE {TABLE} SET is_carried_over = true WHERE {is_open} AND {nobody}")  # noqa: S608
    no_region = sa.text("region_id IS NULL")
    op.create_index(
        "uq_table_version_number", TABLE, ["measure_slug", "number", "audience"],
        unique=True, sqlite_where=no_region, postgresql_where=no_region,
    )  # fmt: skip
    op.create_index("uq_table_version_region_number", TABLE, ["measure_slug", "number", "region_id"], unique=True)
    op.create_index("ix_table_version_release", TABLE, ["audience", "release_at"])
    op.create_index(op.f("ix_table_version_region_id"), TABLE, ["region_id"])


def downgrade() -> None:
    """What others than the public read goes: without an audience it would be open to everybody."""
    closed = f"(SELECT id FROM {TABLE} WHERE audience <> 'public' OR release_at > CURRENT_TIMESTAMP)"  # noqa: S608
    for table in ("table_release", "table_decision"):
        op.execute(f"DELETE FROM {table} WHERE table_version_id IN {closed}")  # noqa: S608
    op.execute(f"DELETE FROM {TABLE} WHERE id IN {closed}")  # noqa: S608
    for index in INDEXES:
        op.drop_index(index, table_name=TABLE)
    op.execute(f"UPDATE {TABLE} SET sequence = -number")  # noqa: S608
    op.execute(f"UPDATE {TABLE} SET sequence = number")  # noqa: S608
    for column in NEW:
        op.drop_column(TABLE, column)
    op.execute(f"ALTER TABLE {TABLE} RENAME COLUMN sequence TO number")
