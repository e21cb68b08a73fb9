"""what regions think of tables that are open without a decision

Revision: 0026, after 0025
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import registry.columns

revision: str = "0026"
down_revision: str | None = "0025"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLE = "table_standpoint"
INDEXED = ("table_version_id", "organisation_id", "person_id")


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("table_version_id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("stance", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("stated_at", registry.columns.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("stance IN ('accept', 'object')", name=op.f("ck_table_standpoint_stance")),
        sa.ForeignKeyConstraint(["table_version_id"], ["table_version.id"], name=op.f("fk_table_standpoint_table_version_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_table_standpoint_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_table_standpoint")),
    )
    for column in INDEXED:
        op.create_index(op.f(f"ix_table_standpoint_{column}"), TABLE, [column])


def downgrade() -> None:
    op.drop_table(TABLE)
