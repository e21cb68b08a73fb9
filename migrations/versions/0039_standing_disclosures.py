"""standing disclosure decisions

A region decides once, under conditions, that deliveries of a line may be handed out. What was decided on single deliveries stays
as it is: it rests on no standing decision.

Revision: 0039, after 0038
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import registry.columns

revision: str = "0039"
down_revision: str | None = "0038"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STANDING, DISCLOSURE = "standing_disclosure", "delivery_disclosure"
REFERS = f"fk_{DISCLOSURE}_standing_disclosure_id"
INDEX = f"ix_{DISCLOSURE}_standing_disclosure_id"


def upgrade() -> None:
    moment = registry.columns.UtcDateTime(timezone=True)
    op.create_table(
        STANDING,
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("organisation_id", sa.String(32), nullable=False),
        sa.Column("line_item_id", sa.String(32), nullable=False),
        sa.Column("line_version_hash", sa.String(64), nullable=False),
        sa.Column("model_version_hash", sa.String(64), nullable=False),
        sa.Column("provenance", sa.String(20), nullable=False),
        sa.Column("uses", sa.Text(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("registry_number", sa.String(80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("decided_at", moment, nullable=False),
        sa.Column("renews_id", sa.String(32), nullable=True),
        sa.Column("withdrawn_at", moment, nullable=True),
        sa.Column("withdrawn_by", sa.String(32), nullable=True),
        sa.Column("withdrawn_because", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_standing_disclosure_days")),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)",
            name=op.f("ck_standing_disclosure_withdrawn_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_standing_disclosure_organisation_id")
        ),
        sa.ForeignKeyConstraint(["line_item_id"], ["item.id"], name=op.f("fk_standing_disclosure_line_item_id")),
        sa.ForeignKeyConstraint(
            ["renews_id"], ["standing_disclosure.id"], name=op.f("fk_standing_disclosure_renews_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_disclosure")),
    )
    for column in ("organisation_id", "person_id", "renews_id"):
        op.create_index(op.f(f"ix_standing_disclosure_{column}"), STANDING, [column])
    op.create_index("ix_standing_disclosure_line", STANDING, ["line_item_id", "valid_from"])
    op.add_column("delivery", sa.Column("standing_judgement", sa.Text(), nullable=True))
    refers = sa.ForeignKey("standing_disclosure.id", name=REFERS)
    op.add_column(  # inline, so that SQLite need not make the table anew
        DISCLOSURE, sa.Column("standing_disclosure_id", sa.String(32), refers, nullable=True), inline_references=True
    )
    op.add_column(DISCLOSURE, sa.Column("judged", sa.Text(), server_default="[]", nullable=False))
    op.create_index(INDEX, DISCLOSURE, ["standing_disclosure_id"])


def downgrade() -> None:
    with op.batch_alter_table(DISCLOSURE) as batch:
        batch.drop_index(INDEX)
        batch.drop_column("judged")
        batch.drop_column("standing_disclosure_id")
    op.drop_column("delivery", "standing_judgement")
    op.drop_table(STANDING)
