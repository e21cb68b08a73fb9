"""concepts have numbers

Those that are there are numbered in the order in which they were made.

Revision: 0009, after 0008
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "concept_number",
        sa.Column("item_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_concept_number_item_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_concept_number")),
        sa.UniqueConstraint("number", name=op.f("uq_concept_number_number")),
    )
    op.execute(
        """
        INSERT INTO concept_number (item_id, number)
        SELECT id, ROW_NUMBER() OVER (ORDER BY created_at, slug) FROM item WHERE kind = 'concept'
        """
    )


def downgrade() -> None:
    op.drop_table("concept_number")
