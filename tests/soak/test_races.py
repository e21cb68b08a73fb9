"""Every pair of acts on deliveries, the second put into the first at each of its steps, on PostgreSQL.

By default as much of it as a minute allows, spread evenly over pairs and steps; with ``SOAK=5`` five times that, which is
all of it on a machine that does nothing else.
"""

import time
from collections.abc import Iterator
from itertools import product
from random import Random

import pytest
from flask import Flask

from registry.stored import verifying
from tests.conftest import _fresh
from tests.races.scene import ACTS, Scene, run, scene_of, serial
from tests.races.scheduler import watched

SECONDS = 55.0
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
    until, done, wrong = time.monotonic() + SECONDS * soak, 0, []
    for stride, (first, second) in product(STRIDES, pairs):
        for at in range(stride, serial(scene, first, second).points[0] + 1, len(STRIDES)):
            wrong += [f"{second} at step {at} of {first}: {one}" for one in run(scene, first, second, at)]
            done += 1
        if time.monotonic() > until:
            break
    total = sum(serial(scene, *pair).points[0] + 1 for pair in pairs) if soak > 1 else None
    record_property("interleavings", done)
    print(f"{done} interleavings" + (f" of {total}" if total else ""))
    assert wrong == []
