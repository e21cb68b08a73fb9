"""consultations, their addressees and answers

Revision: 0010, after 0009
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import registry.columns

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def _moment(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, registry.columns.UtcDateTime(timezone=True), nullable=nullable)


def _id(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length=32), nullable=nullable)


def _said(name: str, length: int | None = None) -> sa.Column:
    return sa.Column(name, sa.String(length=length) if length else sa.Text(), nullable=False)


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _indexes(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def upgrade() -> None:
    op.create_table(
        "consultation",
        _id("id"),
        _id("organisation_id"),
        _said("registry_number", 100),
        _said("title", 200),
        _said("letter"),
        _said("state", 20),
        _id("author_id"),
        _moment("created_at"),
        _moment("opened_at", nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=False),
        _moment("settled_at", nullable=True),
        _id("settled_by", nullable=True),
        _refers("consultation", "organisation_id", "organisation"),
        _key("consultation"),
        sa.UniqueConstraint(
            "organisation_id", "registry_number", name=op.f("uq_consultation_organisation_id_registry_number")
        ),
    )
    _indexes("consultation", "organisation_id", "author_id")
    op.create_table(
        "consultation_text",
        _id("id"),
        _id("consultation_id"),
        _id("organisation_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        _id("item_id"),
        _id("version_id"),
        _said("version_hash", 64),
        sa.Column("texts", registry.columns.JsonText(), nullable=False),
        _refers("consultation_text", "consultation_id", "consultation"),
        _refers("consultation_text", "organisation_id", "organisation"),
        _refers("consultation_text", "item_id", "item"),
        _refers("consultation_text", "version_id", "item_version"),
        _key("consultation_text"),
        sa.UniqueConstraint("consultation_id", "number", name=op.f("uq_consultation_text_consultation_id_number")),
    )
    _indexes("consultation_text", "organisation_id", "item_id", "version_id")
    op.create_table(
        "consultation_addressee",
        _id("id"),
        _id("consultation_id"),
        _id("organisation_id", nullable=True),
        _said("name", 200),
        sa.Column("extended_to", sa.Date(), nullable=True),
        _refers("consultation_addressee", "consultation_id", "consultation"),
        _refers("consultation_addressee", "organisation_id", "organisation"),
        _key("consultation_addressee"),
        sa.UniqueConstraint("consultation_id", "name", name=op.f("uq_consultation_addressee_consultation_id_name")),
    )
    _indexes("consultation_addressee", "organisation_id")
    op.create_table(
        "consultation_opinion",
        _id("id"),
        _id("consultation_id"),
        _id("organisation_id"),
        _id("addressee_id", nullable=True),
        _said("name", 200),
        _said("registry_number", 100),
        sa.Column("is_letter", sa.Boolean(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        _said("general"),
        _id("saved_by"),
        _moment("saved_at"),
        _id("sent_by", nullable=True),
        _moment("sent_at", nullable=True),
        sa.CheckConstraint(
            "sent_at IS NULL OR sent_by IS NOT NULL", name=op.f("ck_consultation_opinion_sent_by_somebody")
        ),
        _refers("consultation_opinion", "consultation_id", "consultation"),
        _refers("consultation_opinion", "organisation_id", "organisation"),
        _refers("consultation_opinion", "addressee_id", "consultation_addressee"),
        _key("consultation_opinion"),
    )
    _indexes("consultation_opinion", "consultation_id", "organisation_id", "addressee_id")
    op.create_table(
        "consultation_opinion_part",
        _id("id"),
        _id("opinion_id"),
        _id("organisation_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        _said("part", 20),
        _said("position", 30),
        _said("quoted"),
        _said("reason"),
        _said("proposed"),
        sa.Column("verdict", sa.String(length=20), nullable=True),
        _said("verdict_reason"),
        _id("judged_by", nullable=True),
        _moment("judged_at", nullable=True),
        _refers("consultation_opinion_part", "opinion_id", "consultation_opinion"),
        _refers("consultation_opinion_part", "organisation_id", "organisation"),
        _key("consultation_opinion_part"),
        sa.UniqueConstraint(
            "opinion_id", "number", "part", name=op.f("uq_consultation_opinion_part_opinion_id_number_part")
        ),
    )
    _indexes("consultation_opinion_part", "organisation_id")


def downgrade() -> None:
    for table in ("opinion_part", "opinion", "addressee", "text"):
        op.drop_table(f"consultation_{table}")
    op.drop_table("consultation")
