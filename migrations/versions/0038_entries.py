"""what is entered in pages, row by row, until it is a delivery

Revision: 0038, after 0037
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import registry.columns

revision: str = "0038"
down_revision: str | None = "0037"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "entry",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("organisation_id", sa.String(32), nullable=False),
        sa.Column("flow_item_id", sa.String(32), nullable=False),
        sa.Column("period", sa.String(20), nullable=False),
        sa.Column("delivery_id", sa.String(32), nullable=True),
        sa.Column("created_by", sa.String(32), nullable=False),
        sa.Column("created_at", registry.columns.UtcDateTime(), nullable=False),
        sa.Column("changed_at", registry.columns.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_entry_organisation_id")),
        sa.ForeignKeyConstraint(["flow_item_id"], ["item.id"], name=op.f("fk_entry_flow_item_id")),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_entry_delivery_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("flow_item_id", "period", name=op.f("uq_entry_flow_item_id_period")),
    )
    for column in ("organisation_id", "flow_item_id", "delivery_id"):
        op.create_index(op.f(f"ix_entry_{column}"), "entry", [column])
    op.create_table(
        "entry_row",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("entry_id", sa.String(32), nullable=False),
        sa.Column("organisation_id", sa.String(32), nullable=False),
        sa.Column("period", sa.String(20), nullable=False),
        sa.Column("unit_key", sa.String(900), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(32), nullable=False),
        sa.Column("changed_at", registry.columns.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_entry_row_entry_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_entry_row_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_row")),
        sa.UniqueConstraint("entry_id", "period", "unit_key", name=op.f("uq_entry_row_entry_id_period_unit_key")),
    )
    for column in ("entry_id", "organisation_id"):
        op.create_index(op.f(f"ix_entry_row_{column}"), "entry_row", [column])


def downgrade() -> None:
    op.drop_table("entry_row")
    op.drop_table("entry")
