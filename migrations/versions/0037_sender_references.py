"""the sender's own name of a delivery

A system that delivers by itself finds its delivery again by the name that it has for it. Deliveries so far have none.

Revision: 0037, after 0036
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0037"
down_revision: str | None = "0036"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("delivery", sa.Column("sender_reference", sa.String(200), server_default="", nullable=False))
    op.create_index("ix_delivery_sender_reference", "delivery", ["organisation_id", "sender_reference"])


def downgrade() -> None:
    op.drop_index("ix_delivery_sender_reference", "delivery")
    op.drop_column("delivery", "sender_reference")
