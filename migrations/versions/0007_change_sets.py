"""change sets; a version knows what it was begun from, and one that was returned or rejected says so

Until now a version that was returned was called a draft, and one that was rejected withdrawn: their decisions say which they
are. At most one version of an item is worked on by itself. The database did not hold that, so that two at the same moment
could leave two: the one that has come furthest (decided, in review, being written), or else the newest, stays as it is; the
others are put into change sets, as what their authors go on with.

Revision: 0007, after 0006
"""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

import registry.db

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TITLE = "Utkast från före uppgraderingen / Drafts from before the upgrade"
ALONE = "change_set_id IS NULL AND state IN ('draft', 'returned', 'in_review', 'decided')"
IN_A_SET = "state <> 'withdrawn'"
NOT_TAKEN_BACK = "outcome IS NULL OR outcome <> 'taken_back'"
UNIQUE = (
    ("uq_item_version_open", "item_version", ["item_id"], ALONE),
    ("uq_item_version_in_set", "item_version", ["change_set_id", "item_id"], IN_A_SET),
    ("uq_item_withdrawal_in_set", "item_withdrawal", ["change_set_id", "version_id"], NOT_TAKEN_BACK),
)
PROGRESS = ("draft", "returned", "in_review", "decided")


def upgrade() -> None:
    _make_tables()
    for table in ("item_version", "item_withdrawal"):
        op.add_column(table, sa.Column("base_hash", sa.String(length=64), nullable=True))
        _add_reference(table)
        op.create_index(f"ix_{table}_change_set_id", table, ["change_set_id"], unique=False)
    op.add_column("item_version", sa.Column("round", sa.Integer(), server_default="0", nullable=False))
    _learn_from_decisions()
    op.execute(
        "UPDATE item_version SET base_hash = (SELECT MAX(content_hash) FROM item_version AS base "
        "WHERE base.item_id = item_version.item_id AND base.state = 'published') "
        "WHERE state IN ('draft', 'returned', 'in_review', 'decided')"
    )
    _leave_one_open()
    for name, table, columns, condition in UNIQUE:
        where = sa.text(condition)
        op.create_index(name, table, columns, unique=True, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.execute("UPDATE item_version SET state = 'draft' WHERE state = 'returned'")
    op.execute("UPDATE item_version SET state = 'withdrawn' WHERE state = 'rejected'")
    for name, table, _columns, _condition in UNIQUE:
        op.drop_index(name, table_name=table)
    for table in ("item_withdrawal", "item_version"):
        op.drop_index(f"ix_{table}_change_set_id", table_name=table)
        if op.get_bind().dialect.name != "sqlite":
            op.drop_constraint(f"fk_{table}_change_set_id", table, type_="foreignkey")
        op.drop_column(table, "change_set_id")
        op.drop_column(table, "base_hash")
    op.drop_column("item_version", "round")
    op.drop_table("change_set_contribution")
    op.drop_table("change_set")


def _make_tables() -> None:
    moment = registry.db.UtcDateTime(timezone=True)
    op.create_table(
        "change_set",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("author_id", sa.String(length=32), nullable=False),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("manifest", sa.Text(), nullable=True),
        sa.Column("manifest_hash", sa.String(length=64), nullable=True),
        sa.Column("examination", registry.db.JsonText(), nullable=True),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("changed_at", moment, nullable=False),
        sa.Column("submitted_at", moment, nullable=True),
        sa.Column("decided_at", moment, nullable=True),
        sa.Column("published_at", moment, nullable=True),
        sa.Column("ended_at", moment, nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_change_set_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_set")),
    )
    for column in ("organisation_id", "state", "author_id", "manifest_hash"):
        op.create_index(f"ix_change_set_{column}", "change_set", [column], unique=False)
    op.create_table(
        "change_set_contribution",
        sa.Column("change_set_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("since", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["change_set_id"], ["change_set.id"], name=op.f("fk_change_set_contribution_change_set_id")
        ),
        sa.PrimaryKeyConstraint("change_set_id", "person_id", name=op.f("pk_change_set_contribution")),
    )


def _add_reference(table: str) -> None:
    """SQLite gets the column with its reference: making the table anew would drop one that others refer to."""
    name = f"fk_{table}_change_set_id"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN change_set_id VARCHAR(32) CONSTRAINT {name} REFERENCES change_set (id)"
        )
        return
    op.add_column(table, sa.Column("change_set_id", sa.String(length=32), nullable=True))
    op.create_foreign_key(name, table, "change_set", ["change_set_id"], ["id"])


def _learn_from_decisions() -> None:
    """Which review each version is in, and what ended it."""
    decided = "SELECT 1 FROM item_decision WHERE version_id = item_version.id AND outcome"
    op.execute(
        "UPDATE item_version SET round = "
        "(SELECT COALESCE(MAX(round), 0) FROM item_decision WHERE version_id = item_version.id)"
    )
    op.execute(
        "UPDATE item_version SET round = 1 + (SELECT COALESCE(MAX(round), 0) FROM item_decision "
        "WHERE version_id = item_version.id AND outcome <> 'approve') WHERE state = 'in_review'"
    )
    op.execute(f"UPDATE item_version SET state = 'returned' WHERE state = 'draft' AND EXISTS ({decided} = 'return')")  # noqa: S608
    op.execute(
        f"UPDATE item_version SET state = 'rejected' WHERE state = 'withdrawn' AND EXISTS ({decided} = 'reject')"  # noqa: S608
    )


def _leave_one_open() -> None:
    """Put all but one of the versions that are open of an item into change sets, the second into one, the third into another."""
    rows = op.get_bind().execute(
        sa.text(
            "SELECT id, item_id, organisation_id, author_id, state, number FROM item_version "
            f"WHERE {ALONE} AND item_id IN (SELECT item_id FROM item_version WHERE {ALONE} GROUP BY item_id HAVING COUNT(*) > 1)"  # noqa: S608
        )
    )
    by_item: dict[str, list[sa.Row[tuple[str, str, str, str, str, int]]]] = {}
    for row in sorted(rows, key=lambda one: (PROGRESS.index(one.state), one.number), reverse=True):
        by_item.setdefault(row.item_id, []).append(row)
    made: dict[tuple[str, int], str] = {}
    move = sa.text(
        "UPDATE item_version SET change_set_id = :set, "
        "state = CASE WHEN state IN ('in_review', 'decided') THEN 'returned' ELSE state END WHERE id = :id"
    )
    for versions in by_item.values():
        for rank, row in enumerate(versions[1:]):
            if (key := (row.organisation_id, rank)) not in made:
                made[key] = _made_set(row.organisation_id, row.author_id)
            op.get_bind().execute(move, {"set": made[key], "id": row.id})


def _made_set(organisation_id: str, author_id: str) -> str:
    identifier, now = uuid.uuid4().hex, datetime.now(UTC)
    moment = registry.db.UtcDateTime()
    table = sa.table(
        "change_set",
        *(sa.column(name) for name in ("id", "organisation_id", "title", "reason", "state", "author_id")),
        sa.column("is_imported", sa.Boolean()),
        sa.column("round"),
        sa.column("created_at", moment),
        sa.column("changed_at", moment),
    )
    op.get_bind().execute(
        table.insert().values(
            id=identifier, organisation_id=organisation_id, title=TITLE, reason="", state="draft", author_id=author_id,
            is_imported=False, round=0, created_at=now, changed_at=now,
        )
    )  # fmt: skip
    return identifier
