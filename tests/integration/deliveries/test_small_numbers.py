"""The small numbers that a delivery would hand over: on the disclosing officer's page and with a flow file, before it is sent."""

import json

import pytest

from submission_portal.deliveries.flow_files.checking import check
from submission_portal.deliveries.offline import main as offline
from tests.factories.deliveries import MONTHLY, DeliveryWorld
from tests.factories.flow_files import TODAY, made, read
from tests.integration.deliveries.test_history import one_month
from tests.pages import read as read_page

FILE = one_month(0, 20).replace(b";1,0;1,0", b";2,0;7,0")
"""Kalix: two crowded patients, seven outplaced ones."""


@pytest.fixture
def counted(organisations, actor) -> DeliveryWorld:
    return DeliveryWorld.load(organisations, actor, MONTHLY)


def _page(world, signed_in, data=FILE, language="sv"):
    delivery = world.start(data, "a.csv")
    client = signed_in(world.discloser)
    client.set_cookie("language", language)
    return read_page(client.get(f"/leveranser/{delivery}/utlamnande/"))


def _rows(page) -> list[list[str]]:
    return [["".join(cell.itertext()).strip() for cell in row] for row in page.find("//table[@id='smatal-lamnas']//tr")]


@pytest.mark.parametrize(("language", "rule"), [("sv", "över 0 och under 5"), ("en", "above 0 and below 5")])
def test_the_disclosing_officer_sees_them_by_element_and_place_with_the_uses_threshold(
    counted, signed_in, language, rule
):
    page = _page(counted, signed_in, language=language)
    head, *rows = _rows(page)
    assert head[1] == rule
    assert [row[1:] for row in rows if "Kalix" in row[0]] == [["1", "1"]]
    assert page.text.index(rows[0][0]) < page.text.index("Kalix")
    assert len(rows) == 3, "both elements that count persons, and the one place that has some"


def test_where_none_is_small_the_page_says_so(counted, signed_in):
    page = _page(counted, signed_in, FILE.replace(b";2,0;7,0", b";9,0;7,0"))
    assert not _rows(page)
    assert "Inget småtal lämnas ut" in page.text


def test_a_delivery_of_beds_says_that_it_counts_no_persons(world, signed_in):
    page = _page(world, signed_in, None)
    assert "räknar personer" in page.text and not _rows(page)


def test_the_law_is_never_called_approved(counted, signed_in):
    delivery = counted.start(FILE, "a.csv")
    page = read_page(signed_in(counted.officer).get(f"/leveranser/{delivery}/"))
    (law,) = [li for li in page.find("//ol[@class='stages']/li") if "Juridik" in "".join(li.itertext())]
    told = "".join(law.itertext())
    assert "Godkänd" not in told and "Upplysning" in told


def test_a_flow_file_counts_the_same_without_the_portal(counted, tmp_path):
    file = read(made(counted, tmp_path))
    small = check(file, "a.csv", FILE, today=TODAY).small_numbers
    assert small is not None
    assert [(one.element, one.found) for one in small.elements] == [
        ("overbelaggningar", (1,)),
        ("utlokaliserade", (0,)),
    ]
    assert [(rule.threshold, rule.title.sv) for rule in small.rules] == [(5, small.rules[0].title.sv)]


def test_a_flow_file_of_an_earlier_program_counts_by_its_threshold(counted, tmp_path):
    from dataclasses import replace

    file = replace(read(made(counted, tmp_path)), uses=())
    small = check(file, "a.csv", FILE, today=TODAY).small_numbers
    assert small is not None and [(rule.threshold, rule.title.sv) for rule in small.rules] == [(5, "Användningarna")]


def test_what_cannot_be_sent_is_not_counted(counted, tmp_path):
    file = read(made(counted, tmp_path))
    assert check(file, "a.csv", FILE.replace(b";2,0;", b";m\xe5nga;"), today=TODAY).small_numbers is None


@pytest.mark.parametrize("as_json", [False, True])
def test_the_command_prints_them_by_use_element_and_place(counted, tmp_path, app, capsys, monkeypatch, as_json):
    from registry.db import db
    from registry.signing.queries import key_ring

    flow, data, keys = tmp_path / "linje.flode", tmp_path / "a.csv", tmp_path / "keys.json"
    flow.write_bytes(made(counted, tmp_path))
    data.write_bytes(FILE)
    keys.write_text(json.dumps(key_ring(db.session).as_jwks()))
    words = [str(flow), str(data), "--keys", str(keys), "--language", "sv", *(["--json"] if as_json else [])]
    assert offline.run(words) == offline.CLEAN
    out = capsys.readouterr().out
    if as_json:
        (use,) = json.loads(out)["small_numbers"]
        assert (use["threshold"], use["found"]) == (5, 1)
        assert use["elements"][0]["places"][0]["label"]["sv"].startswith("Kalix")
        return
    assert "Småtal som filen skulle lämna ut:" in out
    assert "(över 0 och under 5): 1 av 2 värden" in out
    assert "Kalix sjukhus, Somatisk sluten vård: 1 av 1 värden" in out
    assert "6. juridik      upplysning" in out
