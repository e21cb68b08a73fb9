"""confirmed statements, answers on comparability, what is followed, letters' files and corrections, days of transition

Revision: 0014, after 0011
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import registry.columns

revision: str = "0014"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def _moment(name: str) -> sa.Column:
    return sa.Column(name, registry.columns.UtcDateTime(timezone=True), nullable=False)


def _id(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length=32), nullable=nullable)


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=op.f(f"pk_{table}"))


def _indexes(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def upgrade() -> None:
    op.create_table(
        "statement_confirmation",
        _id("id"),
        _id("organisation_id"),
        _id("version_id"),
        sa.Column("concept_hash", sa.String(length=64), nullable=False),
        sa.Column("question_set_hash", sa.String(length=64), nullable=False),
        _id("person_id"),
        _moment("confirmed_at"),
        _refers("statement_confirmation", "organisation_id", "organisation"),
        _refers("statement_confirmation", "version_id", "item_version"),
        _key("statement_confirmation"),
    )
    _indexes("statement_confirmation", "organisation_id", "version_id")
    op.create_table(
        "comparability_answer",
        _id("id"),
        _id("organisation_id"),
        _id("version_id"),
        _id("other_version_id"),
        sa.Column("text", sa.Text(), nullable=False),
        _id("person_id"),
        _moment("answered_at"),
        _refers("comparability_answer", "organisation_id", "organisation"),
        _refers("comparability_answer", "version_id", "item_version"),
        _refers("comparability_answer", "other_version_id", "item_version"),
        _key("comparability_answer"),
        sa.UniqueConstraint(
            "version_id", "other_version_id", name=op.f("uq_comparability_answer_version_id_other_version_id")
        ),
    )
    _indexes("comparability_answer", "organisation_id", "other_version_id")
    op.create_table(
        "following",
        _id("person_id"),
        _id("item_id"),
        _moment("since"),
        _refers("following", "item_id", "item"),
        _key("following", "person_id", "item_id"),
    )
    _indexes("following", "item_id")
    with op.batch_alter_table("consultation_opinion") as batch:
        batch.add_column(_id("corrects_id", nullable=True))
        batch.add_column(sa.Column("file_key", sa.String(length=200), nullable=True))
        batch.add_column(sa.Column("file_name", sa.String(length=200), nullable=False, server_default=""))
        batch.create_foreign_key(
            op.f("fk_consultation_opinion_corrects_id"), "consultation_opinion", ["corrects_id"], ["id"]
        )
        batch.create_foreign_key(op.f("fk_consultation_opinion_file_key"), "stored_object", ["file_key"], ["key"])
    _indexes("consultation_opinion", "corrects_id", "file_key")
    with op.batch_alter_table("consultation_text") as batch:
        batch.add_column(sa.Column("question", sa.String(length=60), nullable=False, server_default=""))
    op.add_column("item_version", sa.Column("transition_until", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("item_version", "transition_until")
    with op.batch_alter_table("consultation_text") as batch:
        batch.drop_column("question")
    op.drop_index(op.f("ix_consultation_opinion_file_key"), "consultation_opinion")
    op.drop_index(op.f("ix_consultation_opinion_corrects_id"), "consultation_opinion")
    with op.batch_alter_table("consultation_opinion") as batch:
        batch.drop_constraint(op.f("fk_consultation_opinion_file_key"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_consultation_opinion_corrects_id"), type_="foreignkey")
        batch.drop_column("file_name")
        batch.drop_column("file_key")
        batch.drop_column("corrects_id")
    for table in ("following", "comparability_answer", "statement_confirmation"):
        op.drop_table(table)
