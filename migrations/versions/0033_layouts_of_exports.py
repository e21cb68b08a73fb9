"""layouts of exports

What a region has answered about an export, version by version; a delivery names the version that its file was read by.

Revision: 0033, after 0032
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import registry.columns

revision: str = "0033"
down_revision: str | None = "0032"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


LAYOUT, VERSION, DELIVERY, NAMED = "layout", "layout_version", "delivery", "layout_version_id"


def upgrade() -> None:
    op.create_table(
        LAYOUT,
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("organisation_id", sa.String(32), nullable=False),
        sa.Column("flow_item_id", sa.String(32), nullable=False),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("created_at", registry.columns.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_layout_organisation_id")),
        sa.ForeignKeyConstraint(["flow_item_id"], ["item.id"], name=op.f("fk_layout_flow_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_layout")),
        sa.UniqueConstraint("flow_item_id", "source", name=op.f("uq_layout_flow_item_id_source")),
    )
    for column in ("organisation_id", "flow_item_id"):
        op.create_index(op.f(f"ix_layout_{column}"), LAYOUT, [column])
    op.create_table(
        VERSION,
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("layout_id", sa.String(32), nullable=False),
        sa.Column("organisation_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("model_version_hash", sa.String(64), nullable=False),
        sa.Column("break_kind", sa.String(20), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("created_by", sa.String(32), nullable=False),
        sa.Column("created_at", registry.columns.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["layout_id"], ["layout.id"], name=op.f("fk_layout_version_layout_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_layout_version_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_layout_version")),
        sa.UniqueConstraint("layout_id", "number", name=op.f("uq_layout_version_layout_id_number")),
    )
    for column in ("layout_id", "organisation_id", "content_hash", "created_by"):
        op.create_index(op.f(f"ix_layout_version_{column}"), VERSION, [column])
    if op.get_bind().dialect.name == "sqlite":  # making the table anew would drop what others refer to
        op.execute(
            f"ALTER TABLE {DELIVERY} ADD COLUMN {NAMED} VARCHAR(32) "
            f"CONSTRAINT fk_{DELIVERY}_{NAMED} REFERENCES {VERSION} (id)"
        )
    else:
        op.add_column(DELIVERY, sa.Column(NAMED, sa.String(32), nullable=True))
        op.create_foreign_key(f"fk_{DELIVERY}_{NAMED}", DELIVERY, VERSION, [NAMED], ["id"])
    op.create_index(f"ix_{DELIVERY}_{NAMED}", DELIVERY, [NAMED])


def downgrade() -> None:
    """Which answers a file was read by is lost; how it was read stays with the delivery."""
    op.drop_index(f"ix_{DELIVERY}_{NAMED}", table_name=DELIVERY)
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(f"fk_{DELIVERY}_{NAMED}", DELIVERY, type_="foreignkey")
    op.drop_column(DELIVERY, NAMED)
    op.drop_table(VERSION)
    op.drop_table(LAYOUT)
