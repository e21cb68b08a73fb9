"""why each cell of a table version is hidden

Made by the worker of what there is, for old versions when a reviewer opens one: nothing is moved here.

Revision: 0051, after 0050
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0051"
down_revision: str | None = "0050"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "hidden_evidence",
        sa.Column("table_version_id", sa.String(32), nullable=False),
        sa.Column("pattern_hash", sa.String(64), nullable=False),
        sa.Column("closest", sa.Text(), nullable=True),
        sa.Column("ways", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["table_version_id"],
            ["table_version.id"],
            name=op.f("fk_hidden_evidence_table_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("table_version_id", name=op.f("pk_hidden_evidence")),
    )
    op.create_table(
        "hidden_period",
        sa.Column("table_version_id", sa.String(32), nullable=False),
        sa.Column("period", sa.String(20), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["table_version_id"],
            ["hidden_evidence.table_version_id"],
            name=op.f("fk_hidden_period_table_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("table_version_id", "period", name=op.f("pk_hidden_period")),
    )


def downgrade() -> None:
    op.drop_table("hidden_period")
    op.drop_table("hidden_evidence")
