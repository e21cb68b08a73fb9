"""claims, points, and what a review has come to

Nobody has taken anything for review yet, and no point is written: deliveries in review are as they were.

Revision: 0044, after 0043
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0044"
down_revision: str | None = "0043"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

IN_FORCE = sa.text("ended_at IS NULL")
OPEN = sa.text("answered_at IS NULL AND taken_back_at IS NULL")


def upgrade() -> None:
    _claims()
    _reviews()
    _points()


def downgrade() -> None:
    op.drop_table("review_point")
    op.drop_table("delivery_review")
    op.drop_table("delivery_claim")


def _claims() -> None:
    op.create_table(
        "delivery_claim",
        sa.Column("id", sa.String(32), nullable=False),
        *_sides("delivery_claim"),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lapses_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(32), nullable=True),
        sa.CheckConstraint("lapses_at > claimed_at", name=op.f("ck_delivery_claim_lapses_later")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_claim")),
    )
    op.create_index(
        "uq_delivery_claim_in_force", "delivery_claim", ["delivery_id"],
        unique=True, sqlite_where=IN_FORCE, postgresql_where=IN_FORCE,
    )  # fmt: skip
    _index("delivery_claim", "delivery_id", "organisation_id", "discloser_id", "person_id")


def _reviews() -> None:
    op.create_table(
        "delivery_review",
        *_sides("delivery_review", is_apart=False),
        sa.Column("last_point", sa.Integer(), nullable=False),
        sa.Column("open_points", sa.Integer(), nullable=False),
        sa.Column("is_approved", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "open_points >= 0 AND open_points <= last_point", name=op.f("ck_delivery_review_points")
        ),
        sa.CheckConstraint(
            "open_points = 0 OR NOT is_approved", name=op.f("ck_delivery_review_not_approved_with_open_points")
        ),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("pk_delivery_review")),
    )
    _index("delivery_review", "organisation_id", "discloser_id")


def _points() -> None:
    op.create_table(
        "review_point",
        sa.Column("id", sa.String(32), nullable=False),
        *_sides("review_point"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("finding", sa.String(200), server_default="", nullable=False),
        sa.Column("element", sa.String(80), server_default="", nullable=False),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("row_key", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by", sa.String(32), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(32), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("mended_by_id", sa.String(32), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_by", sa.String(32), nullable=True),
        *_rules_of_points(),
        sa.ForeignKeyConstraint(["mended_by_id"], ["delivery.id"], name=op.f("fk_review_point_mended_by_id_delivery")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_point")),
        sa.UniqueConstraint("delivery_id", "number", name=op.f("uq_review_point_delivery_id_number")),
    )
    op.create_index(
        "ix_review_point_open", "review_point", ["delivery_id"], sqlite_where=OPEN, postgresql_where=OPEN
    )
    _index("review_point", "delivery_id", "organisation_id", "discloser_id", "written_by", "mended_by_id")


def _rules_of_points() -> list[sa.CheckConstraint]:
    rules = {
        "not_oneself": "answered_by IS NULL OR answered_by <> written_by",
        "answered_by_somebody": "(answered_at IS NULL) = (answered_by IS NULL)",
        "answered_with_something": "answered_at IS NULL OR (answer <> '' OR mended_by_id IS NOT NULL)",
        "answered_when_returned": "answered_at IS NULL OR returned_at IS NOT NULL",
        "settled_once": "answered_at IS NULL OR taken_back_at IS NULL",
        "mended_by_another": "mended_by_id IS NULL OR mended_by_id <> delivery_id",
    }
    return [sa.CheckConstraint(rule, name=op.f(f"ck_review_point_{name}")) for name, rule in rules.items()]


def _sides(table: str, *, is_apart: bool = True) -> list[sa.schema.SchemaItem]:
    """The delivery, the recipient's organisation, and the region."""
    columns: list[sa.schema.SchemaItem] = []
    for name, other in (("delivery_id", "delivery"), ("organisation_id", "organisation"), ("discloser_id", "organisation")):
        columns.append(sa.Column(name, sa.String(32), nullable=False))
        columns.append(sa.ForeignKeyConstraint([name], [f"{other}.id"], name=op.f(f"fk_{table}_{name}_{other}")))
    if is_apart:
        name = op.f(f"ck_{table}_not_the_discloser")
        columns.append(sa.CheckConstraint("organisation_id <> discloser_id", name=name))
    return columns


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
