"""concepts are searched by rows of words, and misspelt words by their letters

The rows of terms are written anew with what a search compares; like the others they follow from the content of the versions,
and are written when the instance is prepared.

Revision: 0015, after 0014
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID, WORD = sa.String(length=32), sa.String(length=200)
TOKENS = sa.Text().with_variant(TSVECTOR(), "postgresql")
FTS5 = (
    "CREATE VIRTUAL TABLE concept_search_tokens USING fts5(labels, texts, content='concept_search', content_rowid='id', "
    "detail=column, prefix='2 3 4', tokenize=\"unicode61 remove_diacritics 0\")",
    "CREATE TRIGGER concept_search_added AFTER INSERT ON concept_search BEGIN "
    "INSERT INTO concept_search_tokens(rowid, labels, texts) VALUES (new.id, new.labels, new.texts); END",
    "CREATE TRIGGER concept_search_gone AFTER DELETE ON concept_search BEGIN "
    "INSERT INTO concept_search_tokens(concept_search_tokens, rowid, labels, texts) "
    "VALUES ('delete', old.id, old.labels, old.texts); END",
)
COMPARED = ("whole", "reduced")


def upgrade() -> None:
    op.execute("DELETE FROM term")
    with op.batch_alter_table("term") as table:
        for name in COMPARED:
            table.add_column(sa.Column(name, WORD, nullable=False))
    for name in (*COMPARED, "sort_key"):
        op.create_index(op.f(f"ix_term_{name}"), "term", [name])
    for language in ("sv", "en"):
        named = f"names_{language}"
        op.create_index(f"ix_term_{named}_initial", "term", [named, "initial", "sort_key"])
    op.create_table(
        "concept_search",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("item_id", ID, nullable=False),
        sa.Column("scheme_id", ID, nullable=True),
        sa.Column("scheme_key", sa.String(length=120), nullable=True),
        sa.Column("is_defined", sa.Boolean(), nullable=False),
        sa.Column("labels", TOKENS, nullable=False),
        sa.Column("texts", TOKENS, nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["item_version.id"], name=op.f("fk_concept_search_version_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_concept_search_item_id")),
        sa.ForeignKeyConstraint(["scheme_id"], ["item.id"], name=op.f("fk_concept_search_scheme_id")),
        sa.UniqueConstraint("version_id", name=op.f("uq_concept_search_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concept_search")),
    )
    for name in ("item_id", "scheme_id", "scheme_key"):
        op.create_index(op.f(f"ix_concept_search_{name}"), "concept_search", [name])
    if op.get_bind().dialect.name == "postgresql":
        for name in ("labels", "texts"):
            op.create_index(f"ix_concept_search_{name}", "concept_search", [name], postgresql_using="gin")
    else:
        for statement in FTS5:
            op.execute(statement)
    op.create_table(
        "term_word",
        sa.Column("word", WORD, nullable=False),
        sa.Column("splits", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_term_word")),
    )
    op.create_table(
        "word_trigram",
        sa.Column("trigram", sa.String(length=3), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("word", WORD, nullable=False),
        sa.PrimaryKeyConstraint("trigram", "length", "word", name=op.f("pk_word_trigram")),
    )


def downgrade() -> None:
    op.drop_table("word_trigram")
    op.drop_table("term_word")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE concept_search_tokens")
    op.drop_table("concept_search")
    for language in ("sv", "en"):
        op.drop_index(f"ix_term_names_{language}_initial", table_name="term")
    for name in (*COMPARED, "sort_key"):
        op.drop_index(op.f(f"ix_term_{name}"), table_name="term")
    with op.batch_alter_table("term") as table:
        for name in COMPARED:
            table.drop_column(name)
