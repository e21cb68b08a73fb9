"""last days of a line's periods, and regions' taking part

Nothing is agreed on for the lines that there are: they have no last days until both sides agree on some, and every region
that has a line takes part.

Revision: 0036, after 0035
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0036"
down_revision: str | None = "0035"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

OPEN = sa.text("outcome IS NULL")
PROPOSAL, STEP = "due_date_proposal", "participation_step"


def upgrade() -> None:
    op.create_table(
        PROPOSAL,
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("line_item_id", sa.String(32), nullable=False),
        sa.Column("organisation_id", sa.String(32), nullable=False),
        sa.Column("side", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("per", sa.String(20), nullable=True),
        sa.Column("delay", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(20), nullable=True),
        sa.Column("is_once", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("due_day", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.String(32), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=True),
        sa.Column("settled_by", sa.String(32), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_reason", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("side IN ('discloser', 'recipient')", name=op.f("ck_due_date_proposal_side")),
        sa.CheckConstraint("outcome IN ('agreed', 'declined', 'taken_back')", name=op.f("ck_due_date_proposal_outcome")),
        sa.CheckConstraint(
            "outcome <> 'agreed' OR settled_by <> proposed_by", name=op.f("ck_due_date_proposal_by_a_second")
        ),
        sa.CheckConstraint(
            "(kind = 'rule' AND per IS NOT NULL AND delay >= 1 AND unit IS NOT NULL AND due_day IS NULL) OR "
            "(kind = 'exception' AND last_day IS NOT NULL AND due_day IS NOT NULL AND per IS NULL)",
            name=op.f("ck_due_date_proposal_kind"),
        ),
        sa.ForeignKeyConstraint(["line_item_id"], ["item.id"], name=op.f("fk_due_date_proposal_line_item_id_item")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_due_date_proposal_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_date_proposal")),
    )
    op.create_index(op.f("ix_due_date_proposal_line_item_id"), PROPOSAL, ["line_item_id"])
    op.create_index(op.f("ix_due_date_proposal_organisation_id"), PROPOSAL, ["organisation_id"])
    op.create_index(
        "uq_due_date_proposal_open",
        PROPOSAL,
        ["line_item_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        STEP,
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("organisation_id", sa.String(32), nullable=False),
        sa.Column("line_item_id", sa.String(32), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(32), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("step IN ('join', 'pause', 'resume', 'leave')", name=op.f("ck_participation_step_step")),
        sa.ForeignKeyConstraint(["line_item_id"], ["item.id"], name=op.f("fk_participation_step_line_item_id_item")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_participation_step_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation_step")),
    )
    op.create_index(op.f("ix_participation_step_line_item_id"), STEP, ["line_item_id"])
    op.create_index(op.f("ix_participation_step_organisation_id"), STEP, ["organisation_id"])


def downgrade() -> None:
    op.drop_table(STEP)
    op.drop_table(PROPOSAL)
