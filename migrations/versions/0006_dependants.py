"""what rests on a version is counted in the database

An index that answers both ways of an edge, and for each table the versions that it rests on by way of its deliveries.

Revision: 0006, after 0002
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0006"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_index("ix_reference_edge_upwards", "reference_edge", ["to_ref", "from_ref", "role"], unique=False)
    op.drop_index("ix_reference_edge_to_ref", table_name="reference_edge")
    op.execute(
        """
        INSERT INTO reference_edge (from_ref, to_ref, role, recorded_at)
        SELECT made.from_ref, bound.to_ref, 'by-way-of', MIN(made.recorded_at)
        FROM reference_edge AS made
        JOIN reference_edge AS released ON released.from_ref = made.to_ref AND released.role = 'released'
        JOIN reference_edge AS bound ON bound.from_ref = released.to_ref AND bound.to_ref LIKE 'version:%'
        WHERE made.role = 'made-from'
        GROUP BY made.from_ref, bound.to_ref
        """
    )


def downgrade() -> None:
    op.execute("DELETE FROM reference_edge WHERE role = 'by-way-of'")
    op.create_index("ix_reference_edge_to_ref", "reference_edge", ["to_ref"], unique=False)
    op.drop_index("ix_reference_edge_upwards", table_name="reference_edge")
