"""Every pair of acts on deliveries, the second put into the first at each of its steps, on PostgreSQL.

By default as much of it as half a minute allows, spread evenly over pairs and steps; from ``SOAK=5`` on all of it.
"""

import math
import time
from collections.abc import Iterator
from itertools import product
from random import Random

import pytest
from flask import Flask

from registry.stored import verifying
from tests.conftest import _fresh
from tests.races.scene import ACTS, DECISIVE, Scene, scene_of
from tests.races.scheduler import seen, unlocked, watched
from tests.races.serial import run, serial

SECONDS = 30.0
ALL = 5
STRIDES = (0, 3, 1, 4, 2, 5)
"""Each visit to a pair takes every sixth step, so that what has been tried is spread evenly at any time."""


@pytest.fixture
def any_app(postgresql_app) -> Iterator[Flask]:
    yield from _fresh(postgresql_app)


@pytest.fixture
def scene(any_app, organisations, actor, monkeypatch) -> Iterator[Scene]:
    monkeypatch.setattr(verifying, "LOOKED_AGAIN", 0)
    with watched(any_app):
        yield scene_of(any_app, organisations, actor)


def test_whatever_two_do_at_once_comes_to_what_it_comes_to_one_after_the_other(scene, soak, record_property):
    pairs = list(product(ACTS, ACTS))
    Random(7).shuffle(pairs)
    until = time.monotonic() + (SECONDS * soak if soak < ALL else math.inf)
    done, wrong = 0, []
    for stride, (first, second) in product(STRIDES, pairs):
        for at in range(stride, serial(scene, first, second).points[0] + 1, len(STRIDES)):
            wrong += [f"{second} at step {at} of {first}: {one}" for one in run(scene, first, second, at)]
            done += 1
        if time.monotonic() > until:
            break
    record_property("interleavings", done)
    print(f"{done} interleavings")
    assert wrong == []


def test_the_decisive_ones_come_to_nothing_else_on_sqlite(app, organisations, actor, monkeypatch):
    monkeypatch.setattr(verifying, "LOOKED_AGAIN", 0)
    with watched(app):
        scene = scene_of(app, organisations, actor)
        assert [(one, found) for one in DECISIVE if (found := run(scene, *one))] == []


LOCKS = {
    "registry/storage.py hold": [("read again", "tidy"), ("start", "tidy")],
    "registry/storage.py hold_alone": [("tidy", "read again"), ("tidy", "start")],
    "registry/storage.py tidying_is_held": [("tidy", "copy")],
    "registry/storage.py hold_tidying": [("tidy", "copy")],
    "registry/events.py close_chain": [("withdraw", "send another")],
    "registry/jobs.py enqueue_unless_waiting": [("withdraw", "compose")],
    "submission_portal/deliveries/drafts/preparing.py start": [("start", "start")],
    "submission_portal/deliveries/transitions.py hold": [
        ("send", "withdraw"),
        ("send another", "withdraw what is corrected"),
    ],
    "submission_portal/receiving/numbers.py hold_series": [("send", "send another")],
}
"""Every lock that acts on deliveries take, and the pairs in which it is missed first."""
NOT_MISSED = {
    "registry/jobs.py _lease": "a job may run twice at once: handlers are idempotent",
    "registry/jobs.py _held": "the same",
    "registry/storage.py release_tidying": "letting go of a hold waits for nobody",
    "submission_portal/flows/suspending.py refuse_suspended": "no act here suspends a flow; the tests of suspending do",
    "submission_portal/followup/releasing.py hold_table": "of two who compose, an index refuses one, which composes again; "
    "who decides misses it (`legal_desk/test_interleavings`)",
    "submission_portal/followup/releasing.py on_release_withdrawn": "taken under `hold_table`",
    "submission_portal/review/points.py _held_review": "taken under the hold of the delivery that is reviewed",
    "submission_portal/flows/uses/queries.py hold_uses": "no act here withdraws a use; the tests of uses do",
}


@pytest.mark.parametrize("place", LOCKS)
def test_the_interleavings_miss_each_lock_that_is_taken_away(scene, place):
    for first, second in LOCKS[place]:
        for at in range(serial(scene, first, second).points[0] + 1):
            with unlocked(place):
                if run(scene, first, second, at):
                    return
    pytest.fail(f"without the lock of {place} nothing went wrong")


def test_no_lock_is_left_out_of_those_that_are_taken_away(scene):
    scene.serials.clear()  # so that each is run here, and counted apart from what other tests of the process did
    seen.clear()
    for name in (*ACTS, "copy"):
        serial(scene, name, name)
    assert set(seen) == {*LOCKS, *NOT_MISSED}
