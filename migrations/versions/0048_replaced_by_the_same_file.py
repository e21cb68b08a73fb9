"""the same file may replace what was read of it with a wrong answer

The index is narrower than the one before, so that nothing that is there hinders it.

Revision: 0048, after 0047
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0048"
down_revision: str | None = "0047"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

NAME, COLUMNS = "uq_delivery_same_file", ["flow_item_id", "file_sha256", "sheet"]
STANDING = "state IN ('sent', 'in_review', 'released')"
ITSELF = f"{STANDING} AND (correction_kind IS NULL OR correction_kind <> 'replacement')"


def upgrade() -> None:
    _index(ITSELF)


def downgrade() -> None:
    _index(STANDING)


def _index(where: str) -> None:
    op.drop_index(NAME, table_name="delivery")
    condition = sa.text(where)
    op.create_index(NAME, "delivery", COLUMNS, unique=True, sqlite_where=condition, postgresql_where=condition)
