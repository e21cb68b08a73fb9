"""every cell that the check of a delivery found something in, as an object of its own

What was checked before has the first cells of each finding, which are with the assessment; so it stays.

Revision: 0034, after 0033
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0034"
down_revision: str | None = "0033"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TABLE, COLUMN = "delivery", "cells_key"


def upgrade() -> None:
    # Not in a batch: SQLite would make the table anew, and others refer to it.
    op.execute(
        f"ALTER TABLE {TABLE} ADD COLUMN {COLUMN} VARCHAR(200)"
        f" CONSTRAINT fk_{TABLE}_{COLUMN} REFERENCES stored_object (key)"
    )
    op.create_index(op.f(f"ix_{TABLE}_{COLUMN}"), TABLE, [COLUMN])


def downgrade() -> None:
    op.drop_index(op.f(f"ix_{TABLE}_{COLUMN}"), table_name=TABLE)
    op.drop_column(TABLE, COLUMN)
