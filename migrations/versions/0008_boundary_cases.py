"""boundary cases, and what regions count in them

Revision: 0008, after 0007
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import registry.columns

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def _moment(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, registry.columns.UtcDateTime(timezone=True), nullable=nullable)


def _id(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length=32), nullable=nullable)


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        "boundary_round",
        _id("id"),
        _id("organisation_id"),
        _id("item_id"),
        _id("version_id"),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("ways", registry.columns.JsonText(), nullable=False),
        sa.Column("wording", registry.columns.JsonText(), nullable=True),
        sa.Column("wording_hash", sa.String(length=64), nullable=True),
        _id("author_id"),
        _moment("created_at"),
        _moment("opened_at", nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        _moment("closed_at", nullable=True),
        sa.Column("explanation", sa.Text(), server_default="", nullable=False),
        _id("explained_by", nullable=True),
        _moment("explained_at", nullable=True),
        sa.CheckConstraint("explained_by <> author_id", name=op.f("ck_boundary_round_explained_by_another")),
        _refers("boundary_round", "organisation_id", "organisation"),
        _refers("boundary_round", "item_id", "item"),
        _refers("boundary_round", "version_id", "item_version"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boundary_round")),
    )
    for column in ("organisation_id", "item_id", "version_id", "author_id"):
        op.create_index(op.f(f"ix_boundary_round_{column}"), "boundary_round", [column])
    op.create_table(
        "boundary_case",
        _id("id"),
        _id("round_id"),
        _id("organisation_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("counts", registry.columns.JsonText(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _refers("boundary_case", "round_id", "boundary_round"),
        _refers("boundary_case", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boundary_case")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_boundary_case_round_id_number")),
    )
    op.create_index(op.f("ix_boundary_case_organisation_id"), "boundary_case", ["organisation_id"])
    op.create_table(
        "boundary_answer",
        _id("id"),
        _id("round_id"),
        _id("organisation_id"),
        sa.Column("counts", registry.columns.JsonText(), nullable=False),
        sa.Column("reasons", registry.columns.JsonText(), nullable=False),
        _id("person_id"),
        _moment("saved_at"),
        _moment("sent_at", nullable=True),
        _refers("boundary_answer", "round_id", "boundary_round"),
        _refers("boundary_answer", "organisation_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boundary_answer")),
        sa.UniqueConstraint("round_id", "organisation_id", name=op.f("uq_boundary_answer_round_id_organisation_id")),
    )
    op.create_index(op.f("ix_boundary_answer_organisation_id"), "boundary_answer", ["organisation_id"])


def downgrade() -> None:
    op.drop_table("boundary_answer")
    op.drop_table("boundary_case")
    op.drop_table("boundary_round")
