"""what the address of an item's page ends with, where that is not its key

Concepts get theirs when the instance is prepared, as they get the rows that a search reads.

Revision: 0017, after 0019
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | None = "0019"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("item", sa.Column("address", sa.String(length=160), nullable=True))


def downgrade() -> None:
    op.drop_column("item", "address")  # no batch on SQLite: others refer to the table
