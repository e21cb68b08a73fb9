"""the words of control questions are kept with the decisions that rest on them

Decisions that there are kept none: they are read in the words of this release, which are kept here as they are today and marked
so. What was recorded is not touched.

Revision: 0047, after 0046
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision: str = "0047"
down_revision: str | None = "0046"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

WORDS = Path(__file__).with_name("0047_question_words.json")


def upgrade() -> None:
    table = op.create_table(
        "question_words",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_frozen", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_question_words")),
    )
    words, now = WORDS.read_text(encoding="utf-8").strip(), datetime.now(UTC)
    if op.get_bind().dialect.name == "sqlite":
        now = now.replace(tzinfo=None)
    op.bulk_insert(
        table,
        [{"hash": sha256(words.encode()).hexdigest(), "words": words, "recorded_at": now, "is_frozen": True}],
    )


def downgrade() -> None:
    op.drop_table("question_words")
