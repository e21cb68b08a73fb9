"""Long fuzzing of the reading of files, through the cage and through the pages, and readers that are killed in the middle."""

import io
import os
import random
import signal
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from registry.cage.pool import Pool
from registry.cage.usage import use_of
from registry.db import db
from registry.storage import StoredObject
from submission_portal.deliveries.reading import caged
from submission_portal.deliveries.reading.reader import read
from submission_portal.deliveries.tables import Delivery
from tests.factories import forged_workbooks as forged
from tests.factories.deliveries import DeliveryWorld
from tests.unit.submission_portal.deliveries.test_reading_forged_workbooks import DEATHS, EXPECTED, codes

MOST_MEBIBYTES = 1100
"""Resident memory that a child may be seen with between two looks of its pool."""


@pytest.fixture
def world(organisations, actor) -> DeliveryWorld:
    return DeliveryWorld.load(organisations, actor)


def test_no_forgery_kills_its_reader(soak):
    died, start = {}, 10_000
    for seed in range(start, start + int(800 * soak)):
        found = DEATHS.intersection(codes(caged.read(forged.forged(seed), "a.xlsx", EXPECTED)))
        if found:
            died[seed] = found
    assert died == {}


def test_no_forgery_makes_a_page_fail_or_leaves_anything_behind(app, world, signed_in, soak, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    officer, kept = signed_in(world.officer), 0
    instance = Path(app.config["INSTANCE"])
    for seed in range(50_000, 50_000 + int(80 * soak)):
        data = {"file": (io.BytesIO(forged.forged(seed)), "a.xlsx")}
        answer = officer.post(f"/leveranser/ny/{world.flow.slug}/", data=data)
        assert answer.status_code in (302, 422), f"forged({seed}): {answer.status_code}"
        kept += answer.status_code == 302
        assert not list(tmp_path.iterdir()), f"forged({seed})"
    db.session.rollback()
    keys = {
        path.relative_to(instance / "objects").as_posix() for path in instance.glob("objects/**/*") if path.is_file()
    }
    assert keys == {one.key for one in db.session.query(StoredObject)} and (kept > 0) == bool(keys)
    assert {one.file_key for one in db.session.query(Delivery)} <= keys


def test_readers_that_are_killed_in_the_middle_are_findings_or_are_done_again(soak):
    pool, ended, seen = Pool("submission_portal.deliveries.reading.child", size=3), Event(), []
    data = forged.packed(forged.parts(4000))
    honest = read(data, "a.xlsx", EXPECTED)
    chance = random.Random(1)

    def kill():
        while not ended.wait(chance.uniform(0.02, 0.4)):
            if children := pool.children():
                os.kill(chance.choice(children), chance.choice((signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT)))

    def run(number):
        reading = caged.read(data, f"{number}.xlsx", EXPECTED, pool=pool)
        assert reading == honest or (codes(reading) == ["FIL-034"] and not reading.may_be_kept)
        return reading == honest

    try:
        with ThreadPoolExecutor(5) as threads:
            killing = threads.submit(kill)
            seen = list(threads.map(run, range(int(40 * soak))))
            ended.set()
            killing.result()
        assert any(seen) and len(pool.children()) <= 3
        assert caged.read(data, "after.xlsx", EXPECTED, pool=pool) == honest
    finally:
        ended.set()
        pool.close()


def test_many_that_want_all_the_memory_and_all_the_time_are_bounded_and_others_are_read_meanwhile(soak):
    naughty = Pool("tests.unit.registry.cage.naughty", size=2)
    data, most, reasons = forged.packed(forged.parts()), 0, []

    def want():
        from registry.cage.pool import Died

        try:
            naughty.run({"do": "eat"})
        except Died as died:
            reasons.append(died.reason)

    try:
        with ThreadPoolExecutor(3) as threads:
            asked = [threads.submit(want) for _ in range(max(2, int(4 * soak)))]
            while not all(one.done() for one in asked):
                assert codes(caged.read(data, "a.xlsx", EXPECTED)) == ["FIL-009"]
                uses = [use_of(pid) for pid in naughty.children()]
                most = max([most, *(use.resident_bytes >> 20 for use in uses if use is not None)])
                time.sleep(0.01)
        assert reasons == ["memory"] * len(asked) and most < MOST_MEBIBYTES
    finally:
        naughty.close()
