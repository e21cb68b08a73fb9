"""A page that a reader has already is not composed again: the same tag means the same bytes, whatever has happened meanwhile."""

import pytest
import time_machine

from registry.actors import Role
from registry.web import revalidation
from tests.factories.released_figures import available, run_worker
from tests.statements import counted

MEASURE = "disponibla-vardplatser"
MODEL = "disponibla-vardplatser-per-region-ar"
PAGES = (
    "/",
    "/uppfoljning/",
    f"/uppfoljning/{MEASURE}",
    f"/uppfoljning/{MEASURE}/region/25",
    f"/uppfoljning/{MEASURE}/versioner",
    f"/uppfoljning/{MEASURE}/tabell.csv",
    f"/uppfoljning/{MEASURE}/tabell.json",
    f"/spar/{MEASURE}/25/2015",
    "/leveranser/",
    "/floden/",
    "/termbank/",
    "/termbank/begrepp/disponibel-vardplats/version/1/",
    "/modeller/",
    f"/modeller/matt/{MEASURE}/",
    "/granskning/",
    "/om/",
)


@pytest.fixture
def released(app, world):
    world.release("25", MODEL, available("25", 2015, 669), "2015", provenance="reproduced")
    run_worker()
    return world


def read_all(client) -> dict[str, tuple[str | None, bytes]]:
    found = {}
    for address in PAGES:
        answer = client.get(address)
        assert answer.status_code == 200, address
        found[address] = (answer.headers.get("ETag"), answer.data)
    return found


def test_the_same_tag_means_the_same_bytes_whatever_has_happened(app, released, actor, signed_in, monkeypatch):
    def swedish():
        return read_all(app.test_client())

    def english():
        client = app.test_client()
        client.set_cookie("language", "en")
        return read_all(client)

    def another_day():
        with time_machine.travel("2031-05-01T12:00:00+00:00", tick=False):
            return swedish()

    def signed_in_elsewhere():
        signed_in(actor("somebody", (Role.DATA_OFFICER, "25")))
        return swedish()

    def another_address():
        monkeypatch.setitem(app.config, "BASE_ADDRESS", "https://example.se/")
        return swedish()

    def another_release():
        released.release("24", MODEL, available("24", 2015, 774), "2015", provenance="reproduced")
        run_worker()
        return swedish()

    def other_code():
        monkeypatch.setattr(revalidation, "build", lambda: "other")
        return swedish()

    steps = (swedish, swedish, english, another_day, signed_in_elsewhere, another_address, another_release, other_code)
    seen: dict[tuple[str, str | None], bytes] = {}
    tags = []
    for step in steps:
        read = step()
        tags.append({address: tag for address, (tag, _) in read.items()})
        for address, (tag, body) in read.items():
            assert tag, f"{address} has no tag"
            assert seen.setdefault((address, tag), body) == body, f"{address} changed under one tag: {step.__name__}"
    by_name = dict(
        zip((step.__name__ for step in steps), tags, strict=True)
    )  # the second reading, of those that are alike
    assert tags[0] == tags[1] == by_name.pop("swedish")
    for name, found in by_name.items():
        changed = {address for address in PAGES if found[address] != tags[0][address]}
        assert changed == set(PAGES), f"{name}: {changed}"


def test_a_sign_in_leaves_the_publics_pages_as_they_were(app, released, actor, signed_in):
    somebody = actor("somebody", (Role.DATA_OFFICER, "25"))
    before = read_all(app.test_client())
    signed_in(somebody).post("/logga-ut")
    assert read_all(app.test_client()) == before


def test_a_reader_who_has_the_page_is_answered_from_one_row(app, released):
    for address in PAGES:
        client = app.test_client()
        tag = client.get(address).headers["ETag"]
        with counted() as statements:
            answer = client.get(address, headers={"If-None-Match": f'"something-else", {tag}'})
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", tag), address
        assert [one for one in statements if one.startswith("SELECT")] == statements[-1:], address


def test_a_page_that_has_changed_is_composed_for_who_had_it(app, released):
    address, client = f"/uppfoljning/{MEASURE}/region/25", app.test_client()
    tag = client.get(address).headers["ETag"]
    released.release("24", MODEL, available("24", 2015, 774), "2015", provenance="reproduced")
    run_worker()
    answer = client.get(address, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag


def test_who_is_signed_in_gets_no_tag_and_no_304(app, released, actor, signed_in):
    tag = app.test_client().get("/uppfoljning/").headers["ETag"]
    answer = signed_in(actor("somebody", (Role.DATA_OFFICER, "25"))).get(
        "/uppfoljning/", headers={"If-None-Match": tag}
    )
    assert answer.status_code == 200
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_no_event_tells_of_has_no_tag(app, client):
    for address in ("/health", "/logga-in"):
        assert "ETag" not in client.get(address).headers, address


def test_a_wrong_address_is_no_page_whatever_tag_is_sent(app, client):
    assert client.get("/uppfoljning/finns-inte", headers={"If-None-Match": "*"}).status_code == 404
