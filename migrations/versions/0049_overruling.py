"""why a version is editorial though more was computed

Nothing was computed of versions before this one when they were classed, so nothing was overruled.

Revision: 0049, after 0048
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0049"
down_revision: str | None = "0048"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("item_version", sa.Column("overruling", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("item_version", "overruling")
