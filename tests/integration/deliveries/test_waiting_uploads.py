"""Large uploads wait for their turn, see that they do, and come to their end; nobody else has to wait for them."""

import io
import os
import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from registry.places import Places
from submission_portal.deliveries import services
from submission_portal.deliveries.drafts.reading_told import ReadingTold
from submission_portal.deliveries.drafts.uploads import LARGE, PLACE
from tests.factories.deliveries import beds_csv
from tests.pages import read
from tests.unit.registry.test_places import until

TICKET = "abcdef012345"


def large() -> bytes:
    """A file as large as an upload that waits: the same beds, with long remarks in a column that the model has not."""
    chance = random.Random(1)
    head, *rows = beds_csv().decode().splitlines()
    remark = "".join(chance.choice("abcdefgh ") for _ in range(100_000))
    return "\r\n".join([f"{head};Anmärkning", *(f"{row};{remark[at:]}" for at, row in enumerate(rows * 3))]).encode()


@pytest.fixture
def places(app) -> Places:
    return app.extensions["upload_places"]


@pytest.fixture
def others(places):
    """Others who have all the places, in this instance's other processes."""
    with ExitStack() as held:
        elsewhere = Places(places.folder, places.count, 99)
        for _ in range(places.count):
            held.enter_context(elsewhere.take())
        yield held


def upload(app, client, world, data, ticket=TICKET):
    with app.app_context():
        address = f"/leveranser/ny/{world.flow.slug}/?{PLACE}={ticket}"
        return client.post(address, data={"file": (io.BytesIO(data), "a.csv")})


def place(client, ticket=TICKET):
    return client.get(f"/leveranser/plats?{PLACE}={ticket}").json


def test_a_large_upload_waits_sees_that_it_does_and_is_read(app, world, signed_in, others):
    officer, onlooker = signed_in(world.officer), signed_in(world.officer)
    assert len(large()) > LARGE
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(upload, app, officer, world, large())
        until(lambda: place(onlooker)["before"] == 0)
        second = pool.submit(upload, app, signed_in(world.officer), world, large(), "second000000")
        until(lambda: place(onlooker, "second000000")["before"] == 1)
        assert place(onlooker)["waiting"] == 2 and place(onlooker)["is_full"]
        assert not first.done() and not second.done()
        small = upload(app, onlooker, world, beds_csv())
        assert small.status_code == 302, "a small file waits for nobody"
        others.close()
        for one in (first, second):
            assert one.result().status_code == 302 and "/leveranser/" in one.result().location
    assert place(onlooker) == {"before": None, "waiting": 0, "is_full": False, "rows": None}


def test_where_a_process_has_as_many_in_hand_as_it_can_the_next_is_asked_to_come_again(
    app, world, signed_in, others, places
):
    officer, waiting = signed_in(world.officer), [signed_in(world.officer) for _ in range(places.most_in_hand)]
    with ThreadPoolExecutor(len(waiting)) as pool:
        asked = [pool.submit(upload, app, one, world, large(), f"ticket{at:06}") for at, one in enumerate(waiting)]
        until(lambda: place(officer)["waiting"] == len(waiting))
        refused = upload(app, officer, world, large())
        assert refused.headers["Retry-After"] and "Din fil sparades inte" in read(refused, 503).text
        others.close()
        assert {one.result().status_code for one in asked} == {302}
    assert upload(app, officer, world, large()).status_code == 302


def test_a_stranger_takes_nobodys_place(app, world, client, others):
    answer = upload(app, client, world, large())
    assert answer.status_code == 302 and "/logga-in" in answer.location


def test_the_page_says_what_its_script_needs(app, world, signed_in):
    page = read(signed_in(world.officer).get(f"/leveranser/ny/{world.flow.slug}/"))
    (element,) = page.find("//*[@data-module='queue']")
    assert element.get("data-large") == str(LARGE) and element.get("role") == "status"
    assert element.get("data-place") == PLACE and "{count}" in element.get("data-many")


def test_how_many_rows_have_been_read_is_told_while_a_request_reads(app, world, signed_in, monkeypatch):
    officer, onlooker, seen = signed_in(world.officer), signed_in(world.officer), []
    read_for = services.read_for

    def slowly(*given, progress, **how):
        progress("file", 40_000, 0)
        seen.append(place(onlooker)["rows"])
        return read_for(*given, progress=progress, **how)

    monkeypatch.setattr(services, "read_for", slowly)
    assert upload(app, officer, world, beds_csv()).status_code == 302
    assert seen == [40_000]
    assert place(onlooker)["rows"] is None, "what was told goes with the reading"
    assert place(onlooker, "../../etc/passwd")["rows"] is None


def test_what_a_dead_process_told_is_removed_and_what_is_strange_is_not_believed(tmp_path):
    told = ReadingTold(tmp_path)
    for name, text in (("deadbeef00", "file 12"), ("strange0000", "file x"), ("garbage0000", "\u00e5")):
        (tmp_path / f"read-{name}").write_text(text)
    assert [told.rows_read(name) for name in ("deadbeef00", "strange0000", "garbage0000", "nobody00000")] == [
        12,
        None,
        None,
        None,
    ]
    os.utime(tmp_path / "read-deadbeef00", (0, 0))
    with told.telling("somebody00") as progress:
        progress("structure", 7, 0)
        assert told.rows_read("somebody00") == 7 and told.rows_read("deadbeef00") is None
    assert told.rows_read("somebody00") is None
