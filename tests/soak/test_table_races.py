"""Deciding about a table while its figures are withdrawn, while another decides, while its minute passes: on both databases.

Every pair of acts, the second put into the first at each of its steps. By default as much of it as half a minute allows on each
database, from ``SOAK=5`` on all of it.
"""

import math
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from random import Random

import pytest

from registry import clock
from submission_portal.followup.releasing import LAST_MOMENT
from tests.races.scheduler import alone, interleave, watched
from tests.races.serial import run, serial
from tests.races.tables import ACTS, AFTERWARDS, LATER, MINUTE, TableScene, scene_of

SECONDS = 30.0
ALL = 5
PASSES = LAST_MOMENT - timedelta(seconds=1)
"""How much time passes between two steps of somebody who holds the table: less than `LAST_MOMENT`, which is what it is for."""


@pytest.fixture(params=ACTS)
def scene(request, any_app, organisations, actor, monkeypatch) -> Iterator[TableScene]:
    with watched(any_app):
        yield scene_of(request.param, any_app, organisations, actor, monkeypatch)


@pytest.fixture
def embargo(any_app, organisations, actor, monkeypatch) -> Iterator[TableScene]:
    with watched(any_app):
        yield scene_of("embargo", any_app, organisations, actor, monkeypatch)


def test_no_figure_is_given_that_is_taken_back_and_nothing_is_decided_twice(scene, soak, record_property):
    pairs = list(product(ACTS[scene.name], repeat=2))
    Random(7).shuffle(pairs)
    until = time.monotonic() + (SECONDS * soak if soak < ALL else math.inf)
    done, wrong = 0, []
    for first, second in pairs:
        for at in range(serial(scene, first, second).points[0] + 1):
            wrong += [f"{second} at step {at} of {first}: {one}" for one in run(scene, first, second, at)]
            done += 1
        if time.monotonic() > until:
            break
    record_property("interleavings", done)
    print(f"{done} interleavings")
    assert wrong == []


@pytest.mark.parametrize("change", ["move later", "stop"])
@pytest.mark.parametrize("before", [1, 3, 6, 60])
def test_whoever_has_got_a_table_at_its_minute_has_it_still_whatever_was_about_to_be_changed(embargo, change, before):
    wrong, begins = [], MINUTE - timedelta(seconds=before)
    embargo.restore(change, change)
    embargo.time.set(begins)
    points = alone(embargo.app, embargo.act(change, change)).points
    for at in range(points + 1):
        embargo.restore(change, change)
        embargo.time.set(begins)
        seen: list[str | None] = []

        def time_passes(seen=seen) -> str:
            embargo.time.set(begins + PASSES)
            seen.append(embargo.shown(clock.now()))
            return "read"

        outcomes = interleave(embargo.app, embargo.act(change, change), time_passes, at)
        wrong += [one for one in outcomes if "ERROR" in one]
        if seen[0] == embargo.table and embargo.shown(clock.now()) != embargo.table:
            wrong.append(f"{change} at step {at}, {before} s before: what was read is taken back")
    assert wrong == []


@pytest.mark.parametrize("change", ["move later", "stop"])
def test_whoever_waited_for_the_table_until_its_minute_changes_nothing(embargo, change):
    """The first point of an act is where it takes the table: that somebody else holds it may last."""
    embargo.restore(change, change)
    embargo.time.set(MINUTE - timedelta(minutes=1))
    outcomes = interleave(embargo.app, embargo.act(change, change), lambda: embargo.time.set(MINUTE), 0)
    assert outcomes[0] == "refused: FOL-021"
    assert embargo.shown(MINUTE) == embargo.table


def test_an_embargo_that_is_moved_in_time_is_seen_at_its_new_minute_only(embargo):
    embargo.restore("move later", "move later")
    assert alone(embargo.app, embargo.act("move later", "move later")).outcome == "moved"
    assert embargo.shown(LATER - timedelta(microseconds=1)) != embargo.table
    assert embargo.shown(LATER) == embargo.table == embargo.shown(AFTERWARDS)
