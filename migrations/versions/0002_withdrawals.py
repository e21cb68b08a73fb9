"""withdrawals by two, and flows that rest on what was withdrawn

Revision: 0002, after 0001
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import registry.db

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "item_withdrawal",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("version_id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("replaced_by_id", sa.String(length=32), nullable=True),
        sa.Column("proposed_by", sa.String(length=32), nullable=False),
        sa.Column("proposed_at", registry.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("decided_by", sa.String(length=32), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("settled_at", registry.db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("ck_item_withdrawal_not_the_proposer")),
        sa.CheckConstraint(
            "outcome IN ('withdrawn', 'kept', 'taken_back')", name=op.f("ck_item_withdrawal_outcome")
        ),
        sa.ForeignKeyConstraint(["version_id"], ["item_version.id"], name=op.f("fk_item_withdrawal_version_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_item_withdrawal_organisation_id")
        ),
        sa.ForeignKeyConstraint(["replaced_by_id"], ["item.id"], name=op.f("fk_item_withdrawal_replaced_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_withdrawal")),
        sa.UniqueConstraint("version_id", "round", name=op.f("uq_item_withdrawal_version_id_round")),
    )
    with op.batch_alter_table("item_withdrawal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_withdrawal_version_id"), ["version_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_withdrawal_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_withdrawal_proposed_by"), ["proposed_by"], unique=False)
    with op.batch_alter_table("flow_standing", schema=None) as batch_op:
        batch_op.alter_column("successor_hash", existing_type=sa.String(length=64), nullable=True)


def downgrade() -> None:
    # What was withdrawn has no successor to name, and the older table cannot say so.
    op.execute("DELETE FROM flow_standing WHERE successor_hash IS NULL")
    with op.batch_alter_table("flow_standing", schema=None) as batch_op:
        batch_op.alter_column("successor_hash", existing_type=sa.String(length=64), nullable=False)
    op.drop_table("item_withdrawal")
