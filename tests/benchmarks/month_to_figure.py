"""Measures a month of 403 rows from the file to the figure: `python -m pytest tests/benchmarks/month_to_figure.py -s -p no:xdist`.

A month of made-up daily figures (13 wards, 31 days), with three months before it that were released, on SQLite and on PostgreSQL: read
in and checked, disclosed, sent, and forwarded and composed by the worker, until a reader's page shows the figure. Said is the processor
time of this process and of the children that read files, at each step: the least and the middle of `ROUNDS` months (ADR 69).
"""

import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest

from information_models.starter.load import load_measures
from registry.actors import SYSTEM
from registry.db import db, transaction
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.followup.queries import figure_of
from submission_portal.followup.versions import newest_of_regions
from tests.benchmarks.columnar_road import _processor
from tests.conftest import NOW
from tests.factories.deliveries import BED_HOSPITALS, DAILY, DeliveryWorld
from tests.factories.released_figures import run_worker
from tests.shown import as_shown

MEASURE, WARDS, BEFORE, ROUNDS = "utlokaliserade-patienter", 13, 3, 5
HEAD = "Dag;Sjukhus;Avdelning;Disponibla vårdplatser;Belagda vårdplatser;Överbeläggningar;Utlokaliserade patienter"


def month_csv(month: int) -> bytes:
    """Months of 31 days from January 2026 on, near each other and none like another; nothing is small."""
    first = date(2026, 1, 1) + timedelta(days=31 * month)
    rows = [
        f"{first + timedelta(days=day)};{BED_HOSPITALS[ward % 5]};Avdelning {chr(65 + ward)};{20 + ward};{15 + (day + month) % 3};{6 + day % 2};{10 + ward % 2}"
        for ward in range(WARDS)
        for day in range(31)
    ]
    return "\r\n".join([HEAD, *rows, ""]).encode()


@pytest.fixture
def world(any_app, organisations, actor) -> DeliveryWorld:
    world = DeliveryWorld.load(organisations, actor, DAILY)
    with transaction() as session:
        load_measures(session, SYSTEM, NOW)
    return world


def test_click_to_figure(any_app, world):
    reader, spent = any_app.test_client(), dict[str, list[float]]()

    def timed(step: str, act: Callable[[], object]) -> object:
        begun = _processor()
        done = act()
        spent.setdefault(step, []).append(_processor() - begun)
        return done

    def shown() -> str:
        with any_app.app_context():
            return reader.get(f"/uppfoljning/{MEASURE}").get_data(as_text=True)

    walls = []
    for month in range(BEFORE + ROUNDS):
        begun = time.perf_counter()
        made = str(timed("read and checked", partial(world.start, month_csv(month))))
        found = world.delivery(made)
        assert found.state == DeliveryState.CHECKED, [one.code for one in found.assessment.findings]
        timed("disclosed", partial(world.disclose, made))
        timed("sent", partial(world.send, made))
        timed("forwarded and composed", run_worker)
        timed("shown", shown)
        own = newest_of_regions(db.session, MEASURE)[world.flow.organisation_id]
        last = date(2026, 1, 1) + timedelta(days=31 * month + 30)
        assert figure_of(as_shown(own), f"25/{last}").value == sum(10 + ward % 2 for ward in range(WARDS))
        walls.append(time.perf_counter() - begun)
    told = {step: seconds[BEFORE:] for step, seconds in spent.items()}
    print(f"\n{db.engine.dialect.name}: {WARDS * 31} rows, {statistics.median(walls[BEFORE:]):.2f} s by the clock")
    for step, seconds in told.items():
        print(f"  {step:24} {min(seconds):5.2f} {statistics.median(seconds):5.2f} s")
    rounds = [sum(each) for each in zip(*told.values(), strict=True)]
    after = [
        sum(each) for each in zip(*(told[step] for step in ("sent", "forwarded and composed", "shown")), strict=True)
    ]
    print(f"  from the file            {min(rounds):5.2f} {statistics.median(rounds):5.2f} s (goal: below 2)")
    print(f"  from *send*              {min(after):5.2f} {statistics.median(after):5.2f} s")
