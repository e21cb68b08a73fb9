"""tables of a measure by several recipients

What there is belongs to the series that everybody reads. Another recipient's stands beside it, with numbers of its own.

Revision: 0030, after 0029
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0030"
down_revision: str | None = "0029"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLE, NUMBERS = "table_version", "uq_table_version_number"
RESTING = ("table_release", "table_decision", "table_standpoint")


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("is_main", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.drop_index(NUMBERS, table_name=TABLE)
    _number("measure_slug", "organisation_id", "number", "audience")


def downgrade() -> None:
    """What stands beside the series that everybody reads goes: it would have the same numbers."""
    beside = f"(SELECT id FROM {TABLE} WHERE NOT is_main)"  # noqa: S608
    for table in RESTING:
        op.execute(f"DELETE FROM {table} WHERE table_version_id IN {beside}")  # noqa: S608
    op.execute(f"DELETE FROM {TABLE} WHERE NOT is_main")  # noqa: S608
    op.drop_index(NUMBERS, table_name=TABLE)
    op.drop_column(TABLE, "is_main")
    _number("measure_slug", "number", "audience")


def _number(*columns: str) -> None:
    no_region = sa.text("region_id IS NULL")
    op.create_index(
        NUMBERS, TABLE, list(columns), unique=True, sqlite_where=no_region, postgresql_where=no_region
    )
