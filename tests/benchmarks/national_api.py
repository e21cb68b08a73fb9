"""Pushes a national data set through the interface for machines: `python tests/benchmarks/national_api.py [MONTHS] [PORT]`.

21 regions deliver a monthly line of made-up figures (every hospital of the code list) for four years, 48 months ending the month before last,
each by a machine client of its own under a standing disclosure decision, all at once and as fast as they are answered. (The first
month is sent before that: a person of the region decides on units that are new, whatever a standing decision says.) The registry is
served as `make run` serves it, in a folder of its own; with ``REGISTRY_DATABASE_URL`` set, in that database, which has to be empty.

Prints deliveries a minute and what failed, how long after the last receipt everybody could read the figures by `followup figures` (a
reviewer decides on each table at once), and whether every cell is what was sent. The ratio to watch is
of the last quarter's time for a delivery to the first's: it should be near 1, since a delivery is no slower for those before it.
"""

import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import httpx  # noqa: E402  # after the path is set

from submission_portal.receiving.client import Problem, Registry, Secret, Unreachable  # noqa: E402

_GIVEN = [int(one) for one in sys.argv[1:] if one.isdigit()]
MONTHS, PORT = (*_GIVEN, *(48, 8190)[len(_GIVEN) :])
MODEL, MEASURE = "manadsuppgifter-per-sjukhus", "disponibla-vardplatser-manad"
PATIENCE_SECONDS = 600
LEVEL = ["manad", "sjukhus", "vardform"]
SMALL = [
    {"element": name, "level": LEVEL, "below": 5, "rule": "none"} for name in ("overbelaggningar", "utlokaliserade")
]
HEAD = "Månad;Sjukhus;Vårdform;Disponibla vårdplatser;Överbeläggningar;Utlokaliserade"


def months() -> list[str]:
    """The months to deliver, oldest first; the last one ended a month ago, since a fresh compilation is closed until somebody decides."""
    day, found = (datetime.now(tz=UTC).date().replace(day=1) - timedelta(days=1)).replace(day=1), list[str]()
    for _ in range(MONTHS):
        day = (day - timedelta(days=1)).replace(day=1)
        found.append(f"{day:%Y-%m}")
    return found[::-1]


def figures(code: str, hospitals: list[str]) -> Iterator[tuple[str, bytes, Decimal]]:
    """Each month's file of made-up means, and the sum of its beds. Never small, and each of two values every second month, so that no check
    of history warns, not even that a month is as the one before (as one of eight was where a region has a single hospital, had it been
    drawn): a machine does not explain."""
    draw = random.Random(f"national {code}")
    size = {hospital: draw.randint(800, 4000) for hospital in hospitals}
    begins = {hospital: [draw.randrange(2) for _ in range(3)] for hospital in hospitals}
    for number, month in enumerate(months()):
        rows, total = [], Decimal(0)
        for hospital in hospitals:
            at = [(number + begin) % 2 for begin in begins[hospital]]
            beds = Decimal(size[hospital] + (-9, 9)[at[0]]) / 10
            crowded, placed = (Decimal((70, 90)[one]) / 10 for one in at[1:])
            rows.append(
                ";".join(
                    [month, hospital, "somatisk", *(f"{one}".replace(".", ",") for one in (beds, crowded, placed))]
                )
            )
            total += beds
        yield month, "\r\n".join([HEAD, *rows, ""]).encode(), total


def prepare() -> None:
    """In an instance that is a demonstration: a line, its uses, a standing decision and a client for each region, as JSON."""
    from registry import clock
    from registry.actors import Held, Person, Role, Scope
    from registry.db import db, transaction
    from registry.identity import queries as identity
    from registry.identity.clients import services as clients
    from registry.items import queries as items
    from registry.items.tables import Item
    from registry.provenance import Provenance
    from submission_portal.deliveries.assessment.conditions import MOST_DAYS
    from submission_portal.deliveries.standing_disclosures import deciding
    from submission_portal.demonstration import people, thread
    from submission_portal.demonstration.answers import answers
    from submission_portal.demonstration.flows import LinePlan
    from wsgi import create_app

    with create_app().app_context():
        at = defaultdict[str, list[str]](list)
        for entry in json.loads(items.current_by_slug(db.session, "code_list", "sjukhus").content_text)["codes"]:
            if not entry.get("test"):
                at[entry["parent"]].append(entry["code"])
        made = []
        for code, hospitals in sorted(at.items()):
            plan = LinePlan(
                f"manad-{code}", ("region", code), f"uppgiftslamnare-{code}", f"utlamnare-{code}", MODEL,
                (f"Månadsuppgifter, {code}", f"Monthly figures, {code}"), ("Påhittat prov.", "A made-up trial."), Provenance.MADE_UP, concerns_persons=True,
            )  # fmt: skip
            line_id, _ = thread._approved_line(plan)
            month, data, _ = next(figures(code, hospitals))
            thread._deliver(line_id, thread.Planned(plan, f"{month}.csv", data), lambda _told: None, is_new=True)
            region = identity.organisation_by_code(db.session, code, "region")
            with transaction() as session:
                deciding.decide(
                    session, people.actor(session, plan.discloser_login), clock.now(), session.get_one(Item, line_id),
                    uses=[f"use:{items.item_by_slug(session, 'use', f'{plan.slug}-{slug}').id}" for slug in thread.SLUG_OF.values()],
                    valid_from=clock.today(), valid_to=clock.today() + timedelta(days=300),
                    conditions={"latest_days": min(MOST_DAYS, 32 * MONTHS), "small_numbers": SMALL},
                    answers=answers(Provenance.MADE_UP, concerns_persons=True), registry_number="PROV", reason="Påhittade uppgifter.",
                )  # fmt: skip
            with transaction() as session:
                administrator = Person("a" * 32, frozenset({Held(region.id, Role.REGION_ADMINISTRATOR)}))
                client = clients.create_client(
                    session, administrator, clock.now(), organisation=region, name="Prov", scopes=tuple(Scope),
                    expires_on=clock.today() + timedelta(days=1), public_key="",
                )  # fmt: skip
            made.append(
                {
                    "code": code,
                    "hospitals": hospitals,
                    "line": plan.slug,
                    "id": client.client_id,
                    "secret": client.secret,
                }
            )
        print(json.dumps(made))


def review() -> None:
    """In that instance: the legal reviewer decides that everybody may have each table that waits."""
    from submission_portal.demonstration import thread
    from wsgi import create_app

    with create_app().app_context():
        thread._publish_tables(lambda _told: None)


def deliver(region: dict[str, Any]) -> tuple[list[float], dict[str, Decimal], Counter[str]]:
    """A region's months, one after another: the seconds of each, the sums that got a receipt, and what went wrong."""
    took, sent, failed = [], dict[str, Decimal](), Counter[str]()
    with Registry(f"http://127.0.0.1:{PORT}", Secret(region["id"], region["secret"])) as registry:
        for month, data, total in islice(figures(region["code"], region["hospitals"]), 1, None):
            begun = time.perf_counter()
            try:
                made = registry.deliver(region["line"], data, name=f"{month}.csv", sender_reference=month)
                registry.send(made)
                sent[month] = total
            except Problem as problem:
                failed[" ".join([str(problem.status), *problem.codes])] += 1
            except Unreachable:
                failed["no answer"] += 1
            took.append(time.perf_counter() - begun)
    return took, sent, failed


def visible() -> dict[tuple[str, str], Decimal]:
    """The published figures, by region and period."""
    run = [sys.executable, "-m", "flask", "--app", "wsgi", "followup", "figures", MEASURE, "--json"]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        return {}
    shown = json.loads(done.stdout)["figures"]
    return {
        (one["region"], one["period"]): Decimal(one["value"])
        for one in shown
        if one["key"] == f"{one['region']}/{one['period']}" and one["value"]
    }


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="national-") as folder:
        os.environ.setdefault("REGISTRY_INSTANCE", folder)
        os.environ["REGISTRY_LOG_LEVEL"] = "WARNING"
        log = open(Path(os.environ["REGISTRY_INSTANCE"]).with_suffix(".log"), "w")  # noqa: SIM115  # the server's, to the end
        serve = [sys.executable, "-m", "registry.serve", "--demonstration", "--port", str(PORT), "--threads", "8"]
        server = subprocess.Popen(serve, cwd=ROOT, stdout=log, stderr=log)
        try:
            push(server)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(60)


def push(server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if server.poll() is not None:
            sys.exit("the server ended; see its log beside the folder")
        try:
            if httpx.get(f"http://127.0.0.1:{PORT}/health/ready").status_code == 200:
                break
        except httpx.HTTPError:
            pass
        time.sleep(1)
    begun = time.perf_counter()
    told = subprocess.run([sys.executable, __file__, "--prepare"], cwd=ROOT, capture_output=True, text=True)
    if told.returncode:
        sys.exit(told.stderr[-4000:])
    regions = json.loads(told.stdout.splitlines()[-1])
    print(f"{len(regions)} regions and clients made in {time.perf_counter() - begun:.0f} s", flush=True)
    begun = time.perf_counter()
    with ThreadPoolExecutor(len(regions)) as threads:
        results = dict(zip([one["code"] for one in regions], threads.map(deliver, regions), strict=True))
    seconds = time.perf_counter() - begun
    expected = {(code, month): total for code, (_, sent, _) in results.items() for month, total in sent.items()}
    failed = sum((bad for _, _, bad in results.values()), Counter[str]())
    quarter = max(1, MONTHS // 4)
    first, last = (
        statistics.median(t for took, _, _ in results.values() for t in took[part])
        for part in (slice(quarter), slice(-quarter, None))
    )
    print(
        f"{len(expected)} deliveries in {seconds:.0f} s: {len(expected) / seconds * 60:.0f} a minute; failed: {dict(failed) or 'none'}"
    )
    print(
        f"a delivery, from file to receipt: {first:.2f} s in the first quarter, {last:.2f} s in the last: {last / first:.2f} times",
        flush=True,
    )
    begun, right = time.perf_counter(), 0
    while time.perf_counter() - begun < PATIENCE_SECONDS:
        subprocess.run([sys.executable, __file__, "--review"], cwd=ROOT, check=False, capture_output=True)
        shown = visible()
        right = sum(shown.get(cell) == total for cell, total in expected.items())
        if right == len(expected):
            break
        time.sleep(3)
    print(f"{right} of {len(expected)} figures are right, {time.perf_counter() - begun:.0f} s after the last receipt")


if __name__ == "__main__":
    {"--prepare": prepare, "--review": review}.get(sys.argv[-1], main)()
