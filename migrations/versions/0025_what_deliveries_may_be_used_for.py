"""what deliveries may be used for, and the parts that they come in

What was sent before uses were named is for the one recipient that its flow named, by the decision to disclose it: that is put on
record, and nothing else. No approval is made up, and nothing that is stored changes its hash.

Revision: 0025, after 0024
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import registry.columns

revision: str = "0025"
down_revision: str | None = "0024"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ORIGINAL = sa.text("state IN ('sent', 'in_review', 'released') AND corrects_delivery_id IS NULL")
PERIOD = "uq_delivery_same_period"
COLUMNS = ("delivery_id", "organisation_id", "use_ref", "disclosure_id", "decision_id")


def upgrade() -> None:
    op.create_table(
        "delivery_use",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("delivery_id", sa.String(32), nullable=False),
        sa.Column("organisation_id", sa.String(32), nullable=False),
        sa.Column("use_ref", sa.String(40), nullable=False),
        sa.Column("use_version_hash", sa.String(64), nullable=False),
        sa.Column("disclosure_id", sa.String(32), nullable=True),
        sa.Column("decision_id", sa.String(32), nullable=True),
        sa.Column("since", registry.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", registry.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("disclosure_id IS NULL OR decision_id IS NULL", name=op.f("ck_delivery_use_one_decision")),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name=op.f("fk_delivery_use_delivery_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_delivery_use_organisation_id")),
        sa.ForeignKeyConstraint(
            ["disclosure_id"], ["delivery_disclosure.id"], name=op.f("fk_delivery_use_disclosure_id")
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["item_decision.id"], name=op.f("fk_delivery_use_decision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_use")),
        sa.UniqueConstraint("delivery_id", "use_ref", name=op.f("uq_delivery_use_delivery_id_use_ref")),
    )
    for column in COLUMNS:
        op.create_index(op.f(f"ix_delivery_use_{column}"), "delivery_use", [column])
    op.add_column("delivery", sa.Column("part", sa.String(60), server_default="", nullable=False))
    op.drop_index(PERIOD, table_name="delivery")
    _index_periods("flow_item_id", "period_first", "period_last", "part")
    granted = (
        "SELECT {} FROM delivery_disclosure g WHERE g.delivery_id = d.id AND g.is_granted"
        " AND g.content_hash = d.content_hash ORDER BY g.decided_at DESC, g.revision DESC LIMIT 1"
    )
    op.execute(
        "INSERT INTO delivery_use (id, delivery_id, organisation_id, use_ref, use_version_hash, disclosure_id, since)"  # noqa: S608
        " SELECT d.id, d.id, d.organisation_id, 'flow:' || d.flow_item_id, d.flow_version_hash,"
        f" ({granted.format('g.id')}), COALESCE(({granted.format('g.decided_at')}), d.sent_at, d.created_at)"
        f" FROM delivery d WHERE d.number IS NOT NULL OR EXISTS ({granted.format('g.id')})"
    )


def downgrade() -> None:
    op.drop_index(PERIOD, table_name="delivery")
    _index_periods("flow_item_id", "period_first", "period_last")
    op.drop_column("delivery", "part")
    op.drop_table("delivery_use")


def _index_periods(*columns: str) -> None:
    op.create_index(
        PERIOD, "delivery", list(columns), unique=True, sqlite_where=ORIGINAL, postgresql_where=ORIGINAL
    )
