"""decisions on compilations, and who asked for what is closed

Revision: 0027, after 0026
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import registry.columns

revision: str = "0027"
down_revision: str | None = "0026"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

DECISION, REFUSAL = "compilation_decision", "compilation_refusal"
VIEW = ("organisation_id", "measure_slug", "audience", "rule", "level", "period_kind")


def upgrade() -> None:
    op.create_table(
        DECISION,
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("organisation_id", sa.String(32), nullable=False),
        sa.Column("measure_slug", sa.String(120), nullable=False),
        sa.Column("audience", sa.String(20), nullable=False),
        sa.Column("rule", sa.String(60), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("period_kind", sa.String(20), nullable=False),
        sa.Column("least_age", sa.Integer(), nullable=False),
        sa.Column("regions", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(32), nullable=False),
        sa.Column("decided_at", registry.columns.UtcDateTime(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("ended_at", registry.columns.UtcDateTime(), nullable=True),
        sa.Column("ended_by", sa.String(32), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("outcome IN ('open', 'keep_closed')", name=op.f("ck_compilation_decision_outcome")),
        sa.CheckConstraint("audience IN ('recipient', 'public')", name=op.f("ck_compilation_decision_audience")),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_compilation_decision_ended")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_compilation_decision_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compilation_decision")),
    )
    standing = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_compilation_decision_standing", DECISION, VIEW, unique=True, sqlite_where=standing, postgresql_where=standing
    )
    op.create_index("ix_compilation_decision_measure_slug", DECISION, ["measure_slug"])
    for column in ("organisation_id", "decided_by", "ended_by"):
        op.create_index(op.f(f"ix_compilation_decision_{column}"), DECISION, [column])
    op.create_table(
        REFUSAL,
        sa.Column("organisation_id", sa.String(32), nullable=False),
        sa.Column("measure_slug", sa.String(120), nullable=False),
        sa.Column("rule", sa.String(60), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("period_kind", sa.String(20), nullable=False),
        sa.Column("asked_by", sa.String(32), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("road", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_compilation_refusal_organisation_id")
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "measure_slug", "rule", "level", "period_kind", "asked_by", "asked_on",
            name=op.f("pk_compilation_refusal"),
        ),
    )  # fmt: skip


def downgrade() -> None:
    """What was opened is open to nobody before this release: tables are as they were, and so is what they show."""
    op.drop_table(REFUSAL)
    op.drop_table(DECISION)
