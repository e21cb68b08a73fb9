"""a link into a region's roles needs a code beside it, which somebody else has

Revision: 0028, after 0027
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0028"
down_revision: str | None = "0027"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

NEW = (("appointment", "code_hash"), ("password_link", "second_hash"))


def upgrade() -> None:
    for table, column in NEW:
        op.add_column(table, sa.Column(column, sa.String(64), nullable=True))


def downgrade() -> None:
    """Links that need a code go: without it they would open to one person alone."""
    op.execute("DELETE FROM password_link WHERE second_hash IS NOT NULL")
    for table, column in NEW:
        op.drop_column(table, column)
