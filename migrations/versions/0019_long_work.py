"""work on large change sets, imports and checks of schemes by the worker

Revision: 0019, after 0016
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import registry.columns
from registry.content.canonical import canonical, parse

revision: str = "0019"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def _said(name: str, length: int | None = None, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length=length) if length else sa.Text(), nullable=nullable)


def _json(name: str, nullable: bool = True) -> sa.Column:
    return sa.Column(name, registry.columns.JsonText(), nullable=nullable)


def _moment(name: str, nullable: bool = True) -> sa.Column:
    return sa.Column(name, registry.columns.UtcDateTime(), nullable=nullable)


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [other], name=op.f(f"fk_{table}_{column}"))


def _indexed(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def upgrade() -> None:
    op.create_table(
        "change_set_finding",
        _said("change_set_id", 32),
        sa.Column("number", sa.Integer(), nullable=False),
        _said("item_id", 32, nullable=True),
        sa.Column("is_error", sa.Boolean(), nullable=False),
        _json("finding", nullable=False),
        _refers("change_set_finding", "change_set_id", "change_set.id"),
        _refers("change_set_finding", "item_id", "item.id"),
        sa.PrimaryKeyConstraint("change_set_id", "number", name=op.f("pk_change_set_finding")),
    )
    op.create_index("ix_change_set_finding_item", "change_set_finding", ["change_set_id", "item_id"])
    with op.batch_alter_table("change_set") as batch:
        batch.add_column(_said("work_id", 32, nullable=True))
        batch.add_column(_json("stopped"))
    _move_findings()
    op.create_table(
        "concept_import",
        _said("id", 32),
        _said("organisation_id", 32),
        _said("item_id", 32),
        _said("name", 200),
        sa.Column("size", sa.BigInteger(), nullable=False),
        _said("object_key", 200),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        _said("stage", 20),
        _said("work_id", 32, nullable=True),
        _said("fingerprint", 64, nullable=True),
        _json("told"),
        _json("stopped"),
        _said("title", 200),
        _said("change_set_id", 32, nullable=True),
        _said("sent_by", 32),
        _moment("sent_at", nullable=False),
        _moment("told_at"),
        _refers("concept_import", "organisation_id", "organisation.id"),
        _refers("concept_import", "item_id", "item.id"),
        _refers("concept_import", "object_key", "stored_object.key"),
        _refers("concept_import", "change_set_id", "change_set.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concept_import")),
    )
    _indexed("concept_import", "organisation_id", "item_id", "object_key", "change_set_id")
    op.create_table(
        "concept_import_row",
        _said("import_id", 32),
        sa.Column("number", sa.Integer(), nullable=False),
        _said("fate", 20),
        _said("title_sv"),
        _said("title_en"),
        _json("told", nullable=False),
        _refers("concept_import_row", "import_id", "concept_import.id"),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_concept_import_row")),
    )
    op.create_index("ix_concept_import_row_fate", "concept_import_row", ["import_id", "fate", "number"])
    op.create_table(
        "scheme_check",
        _said("item_id", 32),
        _said("organisation_id", 32),
        _said("work_id", 32, nullable=True),
        _said("asked_by", 32),
        _moment("asked_at", nullable=False),
        _moment("checked_at"),
        _json("counts"),
        _json("found"),
        _refers("scheme_check", "item_id", "item.id"),
        _refers("scheme_check", "organisation_id", "organisation.id"),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_scheme_check")),
    )
    _indexed("scheme_check", "organisation_id")
    op.create_table(
        "scheme_check_finding",
        _said("item_id", 32),
        sa.Column("number", sa.Integer(), nullable=False),
        _said("code", 20),
        _json("finding", nullable=False),
        _refers("scheme_check_finding", "item_id", "scheme_check.item_id"),
        sa.PrimaryKeyConstraint("item_id", "number", name=op.f("pk_scheme_check_finding")),
    )
    op.create_index("ix_scheme_check_finding_code", "scheme_check_finding", ["item_id", "code", "number"])


def _move_findings() -> None:
    """What checks found has rows of its own; the set keeps how much it was."""
    connection = op.get_bind()
    sets = sa.table("change_set", sa.column("id"), sa.column("examination"))
    findings = sa.table(
        "change_set_finding", *map(sa.column, ("change_set_id", "number", "item_id", "is_error", "finding"))
    )
    for set_id, text in connection.execute(sa.select(sets).where(sets.c.examination.is_not(None))).all():
        kept = parse(text)
        rows = [
            {
                "change_set_id": set_id,
                "number": number,
                "item_id": one.pop("item", None),
                "is_error": one["severity"] == "error",
                "finding": canonical(one),
            }
            for number, one in enumerate(kept["findings"])
        ]
        if rows:
            connection.execute(sa.insert(findings), rows)
        counts = {"fingerprint": kept["fingerprint"], "errors": sum(one["is_error"] for one in rows), "findings": len(rows)}
        connection.execute(sa.update(sets).where(sets.c.id == set_id).values(examination=canonical(counts)))


def downgrade() -> None:
    for table in ("scheme_check_finding", "scheme_check", "concept_import_row", "concept_import"):
        op.drop_table(table)
    connection = op.get_bind()
    sets = sa.table("change_set", sa.column("id"), sa.column("examination"))
    findings = sa.table("change_set_finding", *map(sa.column, ("change_set_id", "number", "item_id", "finding")))
    for set_id, text in connection.execute(sa.select(sets).where(sets.c.examination.is_not(None))).all():
        rows = sa.select(findings).where(findings.c.change_set_id == set_id).order_by(findings.c.number)
        found = [{"item": row.item_id, **parse(row.finding)} for row in connection.execute(rows)]
        kept = canonical({"fingerprint": parse(text)["fingerprint"], "findings": found})
        connection.execute(sa.update(sets).where(sets.c.id == set_id).values(examination=kept))
    # Not in a batch: SQLite would make the table anew, and others refer to it.
    for column in ("stopped", "work_id"):
        op.execute(f"ALTER TABLE change_set DROP COLUMN {column}")
    op.drop_table("change_set_finding")
