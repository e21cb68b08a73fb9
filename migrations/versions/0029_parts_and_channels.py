"""by which road a delivery came, and the part of its period that its sender said that it is

Every delivery so far was a file that somebody read in.

Revision: 0029, after 0028
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0029"
down_revision: str | None = "0028"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("delivery", sa.Column("stated_part", sa.String(60), server_default="", nullable=False))
    op.add_column("delivery", sa.Column("channel", sa.String(10), server_default="file", nullable=False))


def downgrade() -> None:
    op.drop_column("delivery", "channel")
    op.drop_column("delivery", "stated_part")
