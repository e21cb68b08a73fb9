"""published concepts have rows that they are found by

The rows follow from the content of the versions. They are written when the instance is prepared, by the code that reads it.

Revision: 0011, after 0010
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID, LANGUAGE, WORD = sa.String(length=32), sa.String(length=80), sa.String(length=200)
TABLES = ("definition_use", "definition_word", "relation", "term_start", "term")


def _of_version(table: str) -> list[sa.schema.SchemaItem]:
    """The column of the version that each of the tables begins with."""
    name = op.f(f"fk_{table}_version_id")
    return [
        sa.Column("version_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["item_version.id"], name=name),
    ]


def _of_item(table: str, column: str = "item_id", *, nullable: bool = False) -> list[sa.schema.SchemaItem]:
    name = op.f(f"fk_{table}_{column}")
    return [sa.Column(column, ID, nullable=nullable), sa.ForeignKeyConstraint([column], ["item.id"], name=name)]


def upgrade() -> None:
    op.create_table(
        "term",
        *_of_version("term"),
        sa.Column("position", sa.Integer(), nullable=False),
        *_of_item("term"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", LANGUAGE, nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("sort_key", sa.LargeBinary(), nullable=False),
        sa.Column("initial", sa.String(length=8), nullable=False),
        sa.Column("names_sv", sa.Boolean(), nullable=False),
        sa.Column("names_en", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("version_id", "position", name=op.f("pk_term")),
    )
    op.create_index(op.f("ix_term_item_id"), "term", ["item_id"])
    op.create_index("ix_term_names_sv_sort_key", "term", ["names_sv", "sort_key"])
    op.create_index("ix_term_names_en_sort_key", "term", ["names_en", "sort_key"])
    op.create_table(
        "term_start",
        *_of_version("term_start"),
        sa.Column("language", LANGUAGE, nullable=False),
        sa.Column("start", WORD, nullable=False),
        *_of_item("term_start"),
        sa.PrimaryKeyConstraint("version_id", "language", "start", name=op.f("pk_term_start")),
    )
    op.create_index("ix_term_start_start_language", "term_start", ["start", "language"])
    op.create_table(
        "relation",
        *_of_version("relation"),
        sa.Column("position", sa.Integer(), nullable=False),
        *_of_item("relation"),
        sa.Column("kind", sa.String(length=30), nullable=False),
        *_of_item("relation", "target_id", nullable=True),
        sa.Column("target_key", sa.String(length=120), nullable=True),
        sa.Column("target_iri", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("version_id", "position", name=op.f("pk_relation")),
    )
    for column in ("item_id", "target_id", "target_key"):
        op.create_index(op.f(f"ix_relation_{column}"), "relation", [column])
    op.create_table(
        "definition_word",
        *_of_version("definition_word"),
        sa.Column("language", LANGUAGE, nullable=False),
        sa.Column("word", WORD, nullable=False),
        sa.PrimaryKeyConstraint("version_id", "language", "word", name=op.f("pk_definition_word")),
    )
    op.create_index("ix_definition_word_word_language", "definition_word", ["word", "language"])
    op.create_table(
        "definition_use",
        *_of_version("definition_use"),
        sa.Column("language", LANGUAGE, nullable=False),
        *_of_item("definition_use"),
        sa.PrimaryKeyConstraint("version_id", "language", "item_id", name=op.f("pk_definition_use")),
    )
    op.create_index(op.f("ix_definition_use_item_id"), "definition_use", ["item_id"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
