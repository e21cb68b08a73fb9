"""what people were reminded of

Nobody has been reminded of anything; what has been missing for long is not reminded of afterwards.

Revision: 0045, after 0044
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0045"
down_revision: str | None = "0044"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "due_reminder",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("organisation_id", sa.String(32), nullable=False),
        sa.Column("line_item_id", sa.String(32), nullable=False),
        sa.Column("period_first", sa.Date(), nullable=False),
        sa.Column("period_last", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('due_soon', 'missing')", name=op.f("ck_due_reminder_kind")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_due_reminder_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["line_item_id"], ["item.id"], name=op.f("fk_due_reminder_line_item_id_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_reminder")),
        sa.UniqueConstraint(
            "line_item_id", "period_first", "period_last", "kind",
            name=op.f("uq_due_reminder_line_item_id_period_first_period_last_kind"),
        ),
    )  # fmt: skip
    op.create_index(op.f("ix_due_reminder_organisation_id"), "due_reminder", ["organisation_id"])


def downgrade() -> None:
    op.drop_table("due_reminder")
