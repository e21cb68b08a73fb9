"""A backup taken while deliveries are sent, released and tidied, and the process that does so is killed in its midst.

Part of the soak; longer runs of this are in `tests/soak/operations`.
"""

from contextlib import closing

import pytest

from registry.backup import taking
from registry.db import db
from tests.factories.traffic import Traffic, describe
from tests.kept_promises import require_restorable, require_whole


@pytest.mark.soak
def test_a_backup_taken_while_a_writer_is_killed_has_every_receipt_of_before(
    any_app, stamped, world, elsewhere, tmp_path
):
    with closing(
        Traffic(any_app, describe(world, tmp_path / "world"), tmp_path / "told", processes=1, seed=11)
    ) as traffic:
        db.session.close()
        traffic.wait_for_receipts(2)
        known = traffic.acknowledged()
        taking.take(tmp_path / "while it works")
    taking.take(tmp_path / "killed")
    require_whole(traffic.acknowledged())
    for folder, promised in (("while it works", known), ("killed", traffic.acknowledged())):
        with elsewhere().app_context():
            require_restorable(tmp_path / folder, promised)
