"""Before its minute a table under embargo is nowhere: every public address answers with the bytes that it had without it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select
from werkzeug.routing import IntegerConverter

from registry.actors import PUBLIC, Role
from registry.db import db, transaction
from registry.starter import RECIPIENT
from submission_portal.deliveries.tables import Delivery
from submission_portal.followup.deciding import publish_table
from submission_portal.followup.gateway import current_table
from submission_portal.followup.releasing import move_release
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.versions import latest_version
from tests.factories.legal_answers import example_answers
from tests.factories.released_figures import NOW, available, run_worker

MEASURE, MODEL = "disponibla-vardplatser", "disponibla-vardplatser-per-region-ar"
MINUTE = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
BEFORE, AT = MINUTE - timedelta(microseconds=1), MINUTE
CHANGING = re.compile(rb'nonce="[^"]+"|name="csrf_token"[^>]*')
"""What is another in every answer."""
NOT_COMPARED = {"health.health", "health.ready", "information_models.model"}
"""What tells of the instance and not of its content; and a page that needs code lists which this world's models do not pin."""


@pytest.fixture
def reviewer(actor):
    return actor("legal", (Role.LEGAL_REVIEWER, RECIPIENT))


@pytest.fixture
def released(app, world):
    """Two releases; the table of the first is published, that of both waits to be composed."""

    def build() -> None:
        world.release("25", MODEL, available("25", 2015, 669), "2015", provenance="reproduced")
        run_worker()
        world.release("24", MODEL, available("24", 2015, 774), "2015", provenance="reproduced")

    world.grown("one table, and a release more", build)
    return world


def addresses(app, tables: list[TableVersion], releases: list[str]) -> Iterator[str]:
    """Every public address there is, filled with what leads to the tables and figures if anything does."""
    numbers = [str(one.number) for one in tables]
    keys = [f"{region}/2015" for region in ("24", "25", "00")]
    refs = [
        *(f"table:{one.id}" for one in tables), *(one.content_hash for one in tables), *(f"figure:{one.id}/24/2015" for one in tables),
        *(f"{MEASURE}/{key}" for key in keys), *releases, "version:" + tables[0].measure_version_hash,
    ]  # fmt: skip
    fills = {
        "slug": [MEASURE, "disponibel-vardplats"], "code": ["24", "25"], "number": numbers, "key": keys, "ref": refs,
        "extension": ["csv", "json", "parquet", "xlsx"], "region": ["24"], "delivery": releases, "reference": releases,
    }  # fmt: skip
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if rule.endpoint == "static" or "GET" not in rule.methods or getattr(view, "access", "") != "public":
            continue
        if rule.endpoint in NOT_COMPARED:
            continue
        filled = [rule.rule]
        for argument in rule.arguments:
            is_number = isinstance(rule._converters[argument], IntegerConverter)
            values = fills.get(argument, ["1"] if is_number else [MEASURE])
            filled = [re.sub(rf"<(?:[^<>:]+:)?{argument}>", value, one) for one in filled for value in values]
        yield from filled
    yield from (f"/spar/?q={asked}" for asked in ("774", "669", "kronoberg", "uppsala", "disponibla"))
    yield from (
        f"/uppfoljning/{MEASURE}/tabell.{name}?version={number}" for name in ("csv", "json") for number in numbers
    )
    yield from (f"/uppfoljning/{MEASURE}/siffra/24/2015?version={number}" for number in numbers)
    yield from (f"/uppfoljning/{MEASURE}?period=2015", f"/uppfoljning/{MEASURE}?krets=alla")


def read(app, wanted: list[str]) -> dict[str, tuple[int, str | None, bytes]]:
    """Status, tag and bytes of each address, as the public gets them."""
    found = {}
    for address in wanted:
        answer = app.test_client().get(address)
        assert answer.status_code < 500, address
        found[address] = (answer.status_code, answer.headers.get("ETag"), CHANGING.sub(b"", answer.data))
    return found


def differing(one: dict, other: dict) -> list[str]:
    return [address for address in one if one[address] != other[address]]


def test_until_the_minute_every_public_answer_is_as_without_the_table_and_then_it_is_there(app, released, reviewer):
    first = current_table(db.session, MEASURE, PUBLIC)
    run_worker(publish=False)
    second = latest_version(db.session, MEASURE)
    numbers = list(db.session.scalars(select(Delivery.number)))
    wanted = sorted(set(addresses(app, [first, second], numbers)))
    assert len(wanted) > 100
    with time_machine.travel(BEFORE, tick=False):
        without = read(app, wanted)
        with transaction() as session:
            publish_table(
                session, reviewer, NOW, session.get_one(TableVersion, second.id), reason="Läst.",
                answers=example_answers(counts_persons=False), replies={}, release_at=MINUTE + timedelta(days=1),
            )  # fmt: skip
        assert differing(without, read(app, wanted)) == []
        with transaction() as session:
            move_release(session, reviewer, NOW, session.get_one(TableVersion, second.id), MINUTE)
        assert differing(without, read(app, wanted)) == []
    with time_machine.travel(AT, tick=False):
        now = read(app, wanted)
    assert b"/siffra/24/2015" in now[f"/uppfoljning/{MEASURE}"][2]
    assert now[f"/uppfoljning/{MEASURE}"][1] != without[f"/uppfoljning/{MEASURE}"][1]
    assert now[f"/uppfoljning/{MEASURE}/versioner/{second.number}"][0] == 200
    assert now[f"/spar/table:{second.id}"][0] == 200
