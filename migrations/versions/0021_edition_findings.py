"""what the check of an edition's file found, and where

Revision: 0021, after 0020
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import registry.columns

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "edition_finding",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("finding", registry.columns.JsonText(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["edition_file.id"], name=op.f("fk_edition_finding_file_id")),
        sa.PrimaryKeyConstraint("file_id", "code", "number", name=op.f("pk_edition_finding")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("edition_finding")
