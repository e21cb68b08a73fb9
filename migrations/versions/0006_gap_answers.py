"""answers about periods without rows are kept with a delivery

Revision: 0006, after 0005
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("delivery", sa.Column("gap_answers", sa.Text(), server_default="{}", nullable=False))


def downgrade() -> None:
    op.drop_column("delivery", "gap_answers")
