"""An instance that an earlier release left is upgraded: every row stays, and so does what readers and receipts rest on.

On SQLite here; moved to PostgreSQL in `tests/soak/test_upgrade_on_postgresql.py`.
"""

from tests.grown import grown_instance
from tests.upgrades import on_sqlite, upgrade_and_compare


def test_a_grown_instance_is_upgraded_and_keeps_everything(tmp_path):
    upgrade_and_compare(on_sqlite(grown_instance(tmp_path)))
