"""explanations that are kept, to be used again for the same rule and unit

Revision: 0035, after 0034
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import registry.columns

revision: str = "0035"
down_revision: str | None = "0034"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLE, ID = "kept_explanation", sa.String(32)
REFERS = {"organisation_id": "organisation", "flow_item_id": "item", "delivery_id": "delivery"}
INDEXED = (*REFERS, "person_id")
IN_FORCE = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", ID, primary_key=True),
        sa.Column("organisation_id", ID, nullable=False),
        sa.Column("flow_item_id", ID, nullable=False),
        sa.Column("rule", sa.String(200), nullable=False),
        sa.Column("element", sa.String(80), nullable=False),
        sa.Column("unit", sa.String(600), nullable=False),
        sa.Column("period", sa.String(40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("delivery_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("kept_at", registry.columns.UtcDateTime(), nullable=False),
        sa.Column("ended_at", registry.columns.UtcDateTime(), nullable=True),
        sa.Column("ended_by", ID, nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{TABLE}_{column}"))
            for column, table in REFERS.items()
        ),
    )
    for column in INDEXED:
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    op.create_index(
        "uq_kept_explanation_in_force", TABLE, ["flow_item_id", "rule", "element", "unit"],
        unique=True, sqlite_where=IN_FORCE, postgresql_where=IN_FORCE,
    )  # fmt: skip
    op.add_column("delivery", sa.Column("cited", registry.columns.JsonText(), server_default="{}", nullable=False))


def downgrade() -> None:
    op.drop_column("delivery", "cited")
    op.drop_table(TABLE)
