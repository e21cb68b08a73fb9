"""machine clients, their tokens, and answers that are kept for them

Revision: 0032, after 0031
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from registry.db import JsonText, UtcDateTime

revision: str = "0032"
down_revision: str | None = "0031"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "machine_client",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("organisation_id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("scopes", JsonText(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(32), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_machine_client_organisation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_machine_client"),
    )
    op.create_index("ix_machine_client_organisation_id", "machine_client", ["organisation_id"])
    op.create_table(
        "client_credential",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("client_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=True),
        sa.Column("public_key", sa.Text(), nullable=True),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('secret', 'key')", name="ck_client_credential_kind"),
        sa.CheckConstraint("(kind = 'secret') = (secret_hash IS NOT NULL)", name="ck_client_credential_secret_has_hash"),
        sa.CheckConstraint("(kind = 'key') = (public_key IS NOT NULL)", name="ck_client_credential_key_is_public"),
        sa.ForeignKeyConstraint(["client_id"], ["machine_client.id"], name="fk_client_credential_client_id"),
        sa.PrimaryKeyConstraint("id", name="pk_client_credential"),
        sa.UniqueConstraint("secret_hash", name="uq_client_credential_secret_hash"),
    )
    op.create_index("ix_client_credential_client_id", "client_credential", ["client_id"])
    op.create_table(
        "client_token",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("client_id", sa.String(32), nullable=False),
        sa.Column("scopes", JsonText(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["machine_client.id"], name="fk_client_token_client_id"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_client_token"),
    )
    op.create_index("ix_client_token_client", "client_token", ["client_id", "expires_at"])
    op.create_index("ix_client_token_expires_at", "client_token", ["expires_at"])
    op.create_table(
        "client_assertion",
        sa.Column("client_id", sa.String(32), nullable=False),
        sa.Column("jti_hash", sa.String(64), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["machine_client.id"], name="fk_client_assertion_client_id"),
        sa.PrimaryKeyConstraint("client_id", "jti_hash", name="pk_client_assertion"),
    )
    op.create_index("ix_client_assertion_expires_at", "client_assertion", ["expires_at"])
    op.create_table(
        "kept_answer",
        sa.Column("client_id", sa.String(32), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("organisation_id", sa.String(32), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("begun_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", JsonText(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["machine_client.id"], name="fk_kept_answer_client_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_kept_answer_organisation_id"),
        sa.PrimaryKeyConstraint("client_id", "key_hash", name="pk_kept_answer"),
    )
    op.create_index("ix_kept_answer_expires_at", "kept_answer", ["expires_at"])


def downgrade() -> None:
    for table in ("kept_answer", "client_assertion", "client_token", "client_credential", "machine_client"):
        op.drop_table(table)
