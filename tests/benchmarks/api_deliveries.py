"""Measures deliveries by the interface for machines: `python -m pytest tests/benchmarks/api_deliveries.py -s -p no:xdist`.

On SQLite and on PostgreSQL, in this process (files are read in their cage, as ever):

- a small delivery against an empty authenticated request (`GET /client`), by turns, so that other load meets both: the ratio of
  their rates, by the clock and by the processor time of this process;
- 21 deliveries at once against the same number one after another, by turns; none may fail.

What came of it is in ADR 69.
"""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from registry.actors import Role
from registry.api import principals
from registry.api.rates import Buckets
from registry.db import db
from tests.factories.deliveries import DAILY, DeliveryWorld
from tests.factories.machine_clients import registered_client

TURNS, AT_ONCE, ROUNDS = 40, 21, 5
HEAD = "Dag;Sjukhus;Avdelning;Disponibla vårdplatser;Belagda vårdplatser;Överbeläggningar;Utlokaliserade patienter"


def small_file(number: int) -> bytes:
    """Four rows of made-up figures, no two files alike."""
    rows = [f"2026-10-30;Kalix sjukhus;{ward};{20 + number};15;6;10" for ward in "ABCD"]
    return "\r\n".join([HEAD, *rows, ""]).encode()


@pytest.fixture
def ask(any_app, organisations, actor, monkeypatch):
    monkeypatch.setattr(principals, "BUCKETS", Buckets())
    any_app.config["API_RATE"] = 1_000_000
    world = DeliveryWorld.load(organisations, actor, DAILY)
    client = registered_client(actor("ra", (Role.REGION_ADMINISTRATOR, "25")), organisations["25"])
    browser, address = any_app.test_client(), f"/api/v1/lines/{world.flow.slug}/deliveries"
    headers = client.headers(browser)
    db.session.rollback()

    def deliver(number: int) -> None:
        sent = {**headers, "Content-Type": "text/csv", "Idempotency-Key": f"n{number}"}
        with any_app.app_context():
            answer = any_app.test_client().post(address, data=small_file(number), headers=sent)
        assert answer.status_code == 201, answer.text

    def nothing(_number: int) -> None:
        with any_app.app_context():
            assert any_app.test_client().get("/api/v1/client", headers=headers).status_code == 200

    return deliver, nothing


def test_rates(ask, any_app):
    deliver, nothing = ask
    deliver(0)
    nothing(0)
    spent = {act: ([], []) for act in (deliver, nothing)}
    for number in range(1, TURNS + 1):
        for act, (walls, processor) in spent.items():
            begun, used = time.perf_counter(), time.process_time()
            act(number)
            walls.append(time.perf_counter() - begun)
            processor.append(time.process_time() - used)
    (wall, used), (empty_wall, empty_used) = (tuple(map(statistics.median, each)) for each in spent.values())
    name = db.engine.dialect.name
    print(
        f"\n{name}: delivery {wall * 1e3:.1f} ms ({used * 1e3:.1f} here), empty {empty_wall * 1e3:.1f} ms ({empty_used * 1e3:.1f})"
    )
    print(
        f"{name}: rate of deliveries {empty_wall / wall:.0%} of empty requests by the clock, {empty_used / used:.0%} by processor"
    )


def test_at_once(ask, any_app):
    deliver, _nothing = ask
    deliver(0)
    ratios = []
    for number in range(1, ROUNDS + 1):
        begun, used = time.perf_counter(), time.process_time()
        for one in range(AT_ONCE):
            deliver(1000 * number + one)
        apart, apart_used = time.perf_counter() - begun, time.process_time() - used
        begun, used = time.perf_counter(), time.process_time()
        with ThreadPoolExecutor(AT_ONCE) as threads:
            list(threads.map(deliver, range(1000 * number + 100, 1000 * number + 100 + AT_ONCE)))
        ratios.append(((time.perf_counter() - begun) / apart, (time.process_time() - used) / apart_used))
    by_clock, by_processor = (sorted(each) for each in zip(*ratios, strict=True))
    told = [
        f"{min(each):.2f} to {max(each):.2f}, middle {statistics.median(each):.2f}" for each in (by_clock, by_processor)
    ]
    print(
        f"\n{db.engine.dialect.name}: {AT_ONCE} at once, times one after another: {told[0]} by the clock, {told[1]} by processor"
    )
