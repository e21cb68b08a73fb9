"""delays instead of locks at sign-in, browsers that are known, links with which passwords are chosen

Failed sign-ins that were counted in the old way are dropped: the counts mean fifteen minutes at most, and whoever is
locked out when the instance is upgraded may try again.

Revision: 0004, after 0003
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import registry.db

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.drop_table("sign_in_attempt")
    op.create_table(
        "sign_in_attempt",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("counted_at", registry.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("opens_at", registry.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("forgotten_at", registry.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_attempt")),
    )
    op.create_index(op.f("ix_sign_in_attempt_forgotten_at"), "sign_in_attempt", ["forgotten_at"], unique=False)
    op.create_table(
        "known_browser",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", registry.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("used_at", registry.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", registry.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_known_browser_person_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_known_browser")),
    )
    op.create_index(op.f("ix_known_browser_person_id"), "known_browser", ["person_id"], unique=False)
    op.create_table(
        "password_link",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", registry.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", registry.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_password_link_person_id")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_password_link")),
        sa.UniqueConstraint("person_id", name=op.f("uq_password_link_person_id")),
    )


def downgrade() -> None:
    op.drop_table("password_link")
    op.drop_table("known_browser")
    op.drop_table("sign_in_attempt")
    op.create_table(
        "sign_in_attempt",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("window_start", registry.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_attempt")),
    )
