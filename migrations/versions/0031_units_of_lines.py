"""the register of a line's units, and whether the region has confirmed it

No line has one yet: its latest deliveries say which units are expected, as before.

Revision: 0031, after 0030
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import registry.columns

revision: str = "0031"
down_revision: str | None = "0030"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "unit_register",
        sa.Column("flow_item_id", sa.String(32), nullable=False),
        sa.Column("organisation_id", sa.String(32), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("confirmed_by", sa.String(32), nullable=True),
        sa.Column("confirmed_at", registry.columns.UtcDateTime(), nullable=True),
        sa.Column("changed_at", registry.columns.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["flow_item_id"], ["item.id"], name=op.f("fk_unit_register_flow_item_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_unit_register_organisation_id")),
        sa.PrimaryKeyConstraint("flow_item_id", name=op.f("pk_unit_register")),
    )
    op.create_index(op.f("ix_unit_register_organisation_id"), "unit_register", ["organisation_id"])
    op.create_table(
        "line_unit",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("flow_item_id", sa.String(32), nullable=False),
        sa.Column("organisation_id", sa.String(32), nullable=False),
        sa.Column("key", sa.String(900), nullable=False),
        sa.Column("sort_key", sa.String(900), nullable=False),
        sa.Column("values", sa.Text(), nullable=False),
        sa.Column("name", sa.String(200), server_default="", nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("opened", sa.Date(), nullable=True),
        sa.Column("closed", sa.Date(), nullable=True),
        sa.Column("changed_by", sa.String(32), nullable=False),
        sa.Column("changed_at", registry.columns.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["flow_item_id"], ["unit_register.flow_item_id"], name=op.f("fk_line_unit_flow_item_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_line_unit_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_unit")),
        sa.UniqueConstraint("flow_item_id", "key", name=op.f("uq_line_unit_flow_item_id_key")),
    )
    for column in ("flow_item_id", "organisation_id"):
        op.create_index(op.f(f"ix_line_unit_{column}"), "line_unit", [column])


def downgrade() -> None:
    op.drop_table("line_unit")
    op.drop_table("unit_register")
