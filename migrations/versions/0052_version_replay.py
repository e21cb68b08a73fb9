"""what a proposed version of a model or a code list would stop of what was delivered

Made by the worker when somebody asks for it: nothing is moved here.

Revision: 0052, after 0051
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0052"
down_revision: str | None = "0051"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "version_replay",
        sa.Column("version_id", sa.String(32), nullable=False),
        sa.Column("organisation_id", sa.String(32), nullable=False),
        sa.Column("work_id", sa.String(32), nullable=True),
        sa.Column("asked_by", sa.String(32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replayed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content_hash", sa.String(64), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["version_id"], ["item_version.id"], name=op.f("fk_version_replay_version_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_version_replay_organisation_id")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_version_replay")),
    )
    op.create_index(op.f("ix_version_replay_organisation_id"), "version_replay", ["organisation_id"])


def downgrade() -> None:
    op.drop_table("version_replay")
