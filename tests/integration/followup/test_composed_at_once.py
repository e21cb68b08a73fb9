"""Two workers compose tables that tell the same persons at the same moment: the second must see what the first hid."""

from collections import Counter
from collections.abc import Iterator

import pytest
from flask import Flask

from registry.db import db
from registry.jobs import JobRun
from submission_portal.followup.jobs import compose_measure
from submission_portal.followup.versions import latest_version
from tests.conftest import _fresh
from tests.factories.released_figures import NOW, run_worker
from tests.integration.followup.test_monthly_rates import FEW_IN_KIRUNA, MODEL, monthly
from tests.integration.followup.test_rows_together import measured
from tests.races.scheduler import PATIENCE, Run, wait_until_it_waits

pytestmark = pytest.mark.postgresql
ONE, OTHER = "overbelaggningar-ett", "overbelaggningar-ett-till"


@pytest.fixture
def any_app(postgresql_app) -> Iterator[Flask]:
    yield from _fresh(postgresql_app)


def test_of_two_tables_that_tell_the_same_persons_the_second_is_composed_with_the_first(any_app, world):
    world.release("25", MODEL, monthly("2026-10", FEW_IN_KIRUNA), "2026-10")
    run_worker()
    measured(world, ONE)
    measured(world, OTHER)
    job, steps, others = JobRun("0" * 32, {"model": MODEL}, NOW, 1), Counter(), []

    def compose_the_other() -> None:
        compose_measure(job, OTHER, lambda step: steps.update([step]))

    def let_the_other_come(step: str) -> None:
        if step == "kept":
            others.append(Run(any_app, compose_the_other).start())
            wait_until_it_waits(any_app, others[0])

    compose_measure(job, ONE, let_the_other_come)
    assert others[0].ended.wait(PATIENCE) and others[0].outcome == "None"
    assert steps["composed"] == 2, "what it had composed did not know of the first one's table"
    db.session.rollback()
    assert latest_version(db.session, ONE) is not None and latest_version(db.session, OTHER) is not None
