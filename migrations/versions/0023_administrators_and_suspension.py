"""regions' administrators, appointed by two, and suspended flows

Revision: 0023, after 0022
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import registry.columns

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

UNSETTLED, LASTING = sa.text("outcome IS NULL"), sa.text("resumed_at IS NULL")


def _moment(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, registry.columns.UtcDateTime(timezone=True), nullable=nullable)


def _id(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length=32), nullable=nullable)


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        "appointment",
        _id("id"),
        _id("organisation_id"),
        _id("person_id"),
        sa.Column("reason", sa.Text(), nullable=False),
        _id("proposed_by"),
        _moment("proposed_at"),
        _moment("opens_at"),
        _moment("expires_at"),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        _id("settled_by", nullable=True),
        _moment("settled_at", nullable=True),
        sa.CheckConstraint("person_id <> proposed_by", name=op.f("ck_appointment_not_the_proposer")),
        sa.CheckConstraint("outcome IN ('confirmed', 'withdrawn', 'expired')", name=op.f("ck_appointment_outcome")),
        sa.CheckConstraint(
            "outcome <> 'confirmed' OR (settled_by <> proposed_by AND settled_by <> person_id)",
            name=op.f("ck_appointment_by_a_second"),
        ),
        _refers("appointment", "organisation_id", "organisation"),
        _refers("appointment", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    for column in ("organisation_id", "person_id"):
        op.create_index(op.f(f"ix_appointment_{column}"), "appointment", [column])
    op.create_index(
        "uq_appointment_open", "appointment", ["organisation_id"], unique=True, sqlite_where=UNSETTLED, postgresql_where=UNSETTLED
    )  # fmt: skip
    op.create_table(
        "flow_suspension",
        _id("id"),
        _id("item_id"),
        sa.Column("side", sa.String(length=20), nullable=False),
        _id("organisation_id"),
        sa.Column("reason", sa.Text(), nullable=False),
        _id("suspended_by"),
        _moment("suspended_at"),
        _id("resumed_by", nullable=True),
        _moment("resumed_at", nullable=True),
        sa.Column("resume_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("side IN ('discloser', 'recipient')", name=op.f("ck_flow_suspension_side")),
        sa.CheckConstraint("resumed_by <> suspended_by", name=op.f("ck_flow_suspension_resumed_by_another")),
        _refers("flow_suspension", "item_id", "item"),
        _refers("flow_suspension", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flow_suspension")),
    )
    for column in ("item_id", "organisation_id"):
        op.create_index(op.f(f"ix_flow_suspension_{column}"), "flow_suspension", [column])
    op.create_index(
        "uq_flow_suspension_lasting", "flow_suspension", ["item_id", "side"], unique=True, sqlite_where=LASTING, postgresql_where=LASTING
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("flow_suspension")
    op.drop_table("appointment")
