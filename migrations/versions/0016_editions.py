"""editions of other vocabularies: their files, and the rows of these

Revision: 0016, after 0015
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import registry.columns

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = 100
ROWS = ("edition_word", "edition_statement", "edition_relation", "edition_text", "edition_resource")


def _said(name: str, length: int | None = None, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length=length) if length else sa.Text(), nullable=nullable)


def _number(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _json(name: str) -> sa.Column:
    return sa.Column(name, registry.columns.JsonText(), nullable=True)


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [other], name=op.f(f"fk_{table}_{column}"))


def _rows(table: str, key: Sequence[str], *columns: sa.Column) -> None:
    """A table of rows of a file, which lie in the order of the key."""
    op.create_table(
        table,
        _number("file_id"),
        *columns,
        _refers(table, "file_id", "edition_file.id"),
        sa.PrimaryKeyConstraint("file_id", *key, name=op.f(f"pk_{table}")),
        sqlite_with_rowid=False,
    )


def upgrade() -> None:
    op.create_table(
        "edition_file",
        _number("id"),
        _said("organisation_id", 32),
        _said("sha256", 64),
        _said("base", 500),
        _said("name", 200),
        sa.Column("size", sa.BigInteger(), nullable=False),
        _said("object_key", 200),
        _said("item_id", 32, nullable=True),
        _said("state", 20),
        _json("counts"),
        _json("fault"),
        _said("sent_by", 32),
        sa.Column("sent_at", registry.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("read_at", registry.columns.UtcDateTime(timezone=True), nullable=True),
        _refers("edition_file", "organisation_id", "organisation.id"),
        _refers("edition_file", "object_key", "stored_object.key"),
        _refers("edition_file", "item_id", "item.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_file")),
        sa.UniqueConstraint(
            "organisation_id", "sha256", "base", name=op.f("uq_edition_file_organisation_id_sha256_base")
        ),
    )
    op.create_index(op.f("ix_edition_file_object_key"), "edition_file", ["object_key"])
    op.create_index(op.f("ix_edition_file_item_id"), "edition_file", ["item_id"])
    _rows(
        "edition_resource", ["number"],
        _number("number"), _said("iri"), _said("kind", 20), _said("name_sv"), _said("language_sv"), _said("name_en"),
        _said("language_en"), sa.Column("sort_sv", sa.LargeBinary(), nullable=False),
        sa.Column("sort_en", sa.LargeBinary(), nullable=False), sa.Column("is_top", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.BigInteger(), nullable=False),
    )  # fmt: skip
    op.create_index("ix_edition_resource_iri", "edition_resource", ["iri", "file_id"], unique=True)
    for language in ("sv", "en"):
        name = f"sort_{language}"
        op.create_index(f"ix_edition_resource_{name}", "edition_resource", ["file_id", "kind", name])
        op.create_index(
            f"ix_edition_resource_top_{language}", "edition_resource", ["file_id", name],
            sqlite_where=sa.text("is_top"), postgresql_where=sa.text("is_top"),
        )
    _rows(
        "edition_text", ["resource", "number"],
        _number("resource"), _number("number"), _said("kind", 40), _said("language"), _said("text"), _said("datatype"),
        _number("label", nullable=True),
    )  # fmt: skip
    _rows(
        "edition_relation", ["resource", "number"],
        _number("resource"), _number("number"), _said("kind", 40), _number("target"),
    )  # fmt: skip
    op.create_index("ix_edition_relation_target", "edition_relation", ["file_id", "target", "kind"])
    _rows(
        "edition_statement", ["resource", "number"],
        _number("resource"), _number("number"), _said("predicate"), _said("object"),
    )  # fmt: skip
    _rows(
        "edition_word", ["word", "resource"],
        sa.Column("word", sa.LargeBinary(length=4 * KEY), nullable=False), _number("resource"),
    )  # fmt: skip


def downgrade() -> None:
    for table in ROWS:
        op.drop_table(table)
    op.drop_table("edition_file")
