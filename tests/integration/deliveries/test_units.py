"""The register of a line's units: filled from deliveries, kept and confirmed by the region, and what deliveries meet then."""

import json
from datetime import date

import pytest
from sqlalchemy import select

from registry.db import db, transaction
from registry.errors import Forbidden, NotFound, Refused
from registry.identity.tables import Person
from registry.items.tables import Item
from submission_portal.deliveries.unit_proposals import proposals_for
from submission_portal.units import queries, services
from submission_portal.units.lines import kept_line, line_of
from submission_portal.units.tables import LineUnit
from submission_portal.units.unit import RegisteredUnit
from tests.conftest import NOW
from tests.factories.deliveries import beds_csv
from tests.pages import read


def kept(world, session=None):
    session = session or db.session
    return kept_line(session, *line_of(session, world.flow.slug))


def act(world, what, *arguments, by=None, **settings):
    with transaction() as session:
        return what(session, by or world.officer, NOW, kept(world, session), *arguments, **settings)


def fill(world):
    act(world, services.add, [one.unit for one in proposals_for(db.session, kept(world)).missing])


def unit_of(world, code) -> LineUnit:
    db.session.expire_all()
    units = db.session.scalars(select(LineUnit).where(LineUnit.flow_item_id == world.item_id))
    return next(one for one in units if one.values["sjukhus"] == code)


def kalix(world) -> LineUnit:
    code = next(code for code, name in labels(world).items() if name == "Kalix sjukhus")
    return unit_of(world, code)


def labels(world) -> dict[str, str]:
    loaded = kept(world).loaded
    codes = loaded.code_list(loaded.model.element("sjukhus")).by_code
    return {
        one.values["sjukhus"]: codes[one.values["sjukhus"]].label.sv
        for one in queries.units_of_line(db.session, world.item_id)
    }


def close(world, unit, day):
    act(world, services.change, unit.id, name=unit.name, aliases=unit.aliases, closed=day)


def codes(world, delivery_id) -> set[str]:
    return {finding.code for finding in world.delivery(delivery_id).assessment.findings}


@pytest.fixture
def filled(world):
    """The world with one delivery received, and its units confirmed."""
    world.sent(beds_csv())
    fill(world)
    act(world, services.confirm)
    return world


def test_deliveries_propose_units_until_they_are_in_the_register(any_app, world):
    assert proposals_for(db.session, kept(world)).missing == ()
    world.sent(beds_csv())
    proposed = proposals_for(db.session, kept(world)).missing
    assert [one.label.sv for one in proposed][:2] == ["Gällivare sjukhus", "Kalix sjukhus"]
    assert {one.periods for one in proposed} == {("2026-03-01",)}
    fill(world)
    assert proposals_for(db.session, kept(world)).missing == ()
    assert len(queries.units_of_line(db.session, world.item_id)) == 5
    assert queries.confirmed_units(db.session, world.item_id) is None
    act(world, services.confirm, by=world.discloser)
    assert len(queries.confirmed_units(db.session, world.item_id)) == 5
    act(world, services.take_back)
    assert queries.confirmed_units(db.session, world.item_id) is None


def test_a_confirmed_unit_without_a_row_is_asked_about_before_anything_was_delivered(world):
    act(world, services.add, [RegisteredUnit({"sjukhus": code}) for code in ("65016", "65013")])
    act(world, services.confirm)
    delivery = world.start(b"Dag;Sjukhus;Fastst\xc3\xa4llda v\xc3\xa5rdplatser\r\n2026-03-01;65016;10\r\n")
    assert "GAP-003" in codes(world, delivery)
    world.save(delivery, gap_answers={"*": "closed"})
    assert "GAP-003" not in codes(world, delivery)
    assert world.delivery(delivery).row_count == 1 and len(world.delivery(delivery).assessment.gaps) == 1


def test_a_unit_that_closed_last_year_stops_the_delivery_until_one_of_them_is_mended(filled):
    close(filled, kalix(filled), date(2025, 12, 31))
    delivery = filled.start(beds_csv(day="2026-03-02"))
    assert "UNI-001" in codes(filled, delivery)
    assert filled.delivery(delivery).state == "draft"
    close(filled, kalix(filled), None)
    filled.save(delivery)
    assert "UNI-001" not in codes(filled, delivery)


def test_a_unit_that_has_closed_is_not_asked_for(filled):
    close(filled, kalix(filled), date(2026, 3, 1))
    rows = beds_csv(day="2026-03-02").decode().splitlines()
    delivery = filled.start("\r\n".join(row for row in rows if "Kalix" not in row).encode())
    assert codes(filled, delivery) & {"GAP-002", "GAP-003", "UNI-001"} == set()


def test_a_name_of_the_regions_own_is_read_as_its_unit(filled):
    act(filled, services.change, kalix(filled).id, aliases=["Kalix lasarett"])
    delivery = filled.start(beds_csv(day="2026-03-02").replace(b"Kalix sjukhus", b"KALIX  lasarett"))
    assert codes(filled, delivery) & {"ROW-002", "ROW-003", "GAP-003", "UNI-002"} == set()
    assert filled.delivery(delivery).content_hash is not None


def test_a_unit_outside_the_register_has_to_be_explained(filled):
    act(filled, services.remove, kalix(filled).id)
    delivery = filled.start(beds_csv(day="2026-03-02"))
    assert "UNI-002" in codes(filled, delivery)
    filled.save(delivery, explanations={"UNI-002": "Nyöppnad, läggs till i morgon."})
    assert filled.delivery(delivery).state == "checked"


def test_the_rule_of_the_latest_deliveries_stands_until_the_region_has_confirmed(world):
    world.sent(beds_csv())
    fill(world)
    rows = beds_csv(day="2026-03-02").decode().splitlines()
    delivery = world.start("\r\n".join(row for row in rows if "Kalix" not in row).encode())
    assert "GAP-002" in codes(world, delivery) and "GAP-003" not in codes(world, delivery)


@pytest.mark.parametrize(
    ("units", "code"),
    [
        ([{"sjukhus": "99999"}], "UNI-102"),
        ([{"sjukhus": ""}], "UNI-102"),
        ([{"sjukhus": "65016", "avdelning": "K1"}], "UNI-102"),
        ([{"sjukhus": "65016"}, {"sjukhus": "65016"}], "UNI-101"),
    ],
)
def test_a_unit_that_the_line_cannot_have_is_refused(world, units, code):
    with pytest.raises(Refused) as refused:
        for values in units:
            act(world, services.add, [RegisteredUnit(values)])
    assert refused.value.finding.code == code


def test_a_unit_of_another_region_is_refused(world):
    loaded = kept(world).loaded
    strange = next(code for code, region in loaded.regions.items() if region != "25")
    with pytest.raises(Refused) as refused:
        act(world, services.add, [RegisteredUnit({"sjukhus": strange})])
    assert refused.value.finding.code == "UNI-102"


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"opened": date(2026, 2, 1), "closed": date(2026, 1, 31)}, "UNI-104"),
        ({"name": "x" * 201}, "UNI-109"),
        ({"aliases": ["x"] * 21}, "UNI-109"),
        ({"name": "19811218-9876"}, "TXT-001"),
        ({"aliases": ["Gällivare"], "name": "gällivare  sjukhus"}, None),
    ],
)
def test_what_is_said_of_a_unit_is_looked_at(filled, settings, code):
    unit = next(
        one for one in db.session.scalars(select(LineUnit)) if one.values["sjukhus"] != kalix(filled).values["sjukhus"]
    )
    if code is None:
        act(filled, services.change, unit.id, **settings)
        with pytest.raises(Refused) as refused:
            act(filled, services.change, unit.id, aliases=[kalix(filled).values["sjukhus"]])
        code = "UNI-103"
    else:
        with pytest.raises(Refused) as refused:
            act(filled, services.change, unit.id, **settings)
    assert refused.value.finding.code == code


def test_a_page_that_is_out_of_date_changes_nothing(filled):
    with pytest.raises(Refused) as refused:
        act(filled, services.take_back, 1)
    assert refused.value.finding.code == "UNI-105"
    assert queries.confirmed_units(db.session, filled.item_id) is not None


def test_an_empty_register_is_not_confirmed(world):
    with pytest.raises(Refused) as refused:
        act(world, services.confirm)
    assert refused.value.finding.code == "UNI-107"


def test_nobody_else_keeps_the_register(world):
    with pytest.raises(NotFound):
        act(world, services.add, [RegisteredUnit({"sjukhus": "65016"})], by=world.other)
    with pytest.raises((Forbidden, NotFound)):
        act(world, services.confirm, by=world.flows.quality)


def test_the_page_leads_from_what_was_delivered_to_a_confirmed_register(world, signed_in):
    world.sent(beds_csv())
    client, address = signed_in(world.officer), f"/floden/{world.flow.slug}/enheter/"
    page = read(client.get(address))
    assert "Inte bekräftat än" in page.text and "Levererad för 1 mars 2026" in page.text
    keys = page.tree.xpath("//*[@name='enhet']/@value")
    assert len(keys) == 5
    added = client.post(f"{address}foreslagna", data={"enhet": keys, "revision": "0"}, follow_redirects=True)
    assert "5 enheter lades till." in read(added).text
    assert (
        "Bekräftat av regionen"
        in read(client.post(f"{address}bekrafta", data={"revision": "1"}, follow_redirects=True)).text
    )
    late = client.post(f"{address}ta-tillbaka", data={"revision": "1"})
    assert "Registret har ändrats" in read(late, 409).text
    assert f"{address}" in read(client.get(f"/floden/{world.flow.slug}/")).links


def test_a_unit_is_given_names_and_dates_on_its_page(filled, signed_in):
    client, unit = signed_in(filled.officer), kalix(filled)
    address = f"/floden/{filled.flow.slug}/enheter/{unit.id}/"
    page = read(client.get(address))
    assert page.heading == "Kalix sjukhus"
    fields = {"name": "", "aliases": "Kalix lasarett\nKX", "opened": "", "closed": "2026-06-30", "revision": "2"}
    assert client.post(address, data={**fields, "closed": "2026-06-31"}).status_code == 422
    assert "Enheten ändrades." in read(client.post(address, data=fields, follow_redirects=True)).text
    assert kalix(filled).aliases == ["Kalix lasarett", "KX"] and kalix(filled).closed == date(2026, 6, 30)
    assert client.post(address, data=fields).status_code == 409
    assert "togs bort" in read(client.post(f"{address}bort", data={"revision": "3"}, follow_redirects=True)).text
    assert client.get(address).status_code == 404


def test_a_unit_is_added_by_hand(world, signed_in):
    client, address = signed_in(world.discloser), f"/floden/{world.flow.slug}/enheter/ny/"
    read(client.get(address))
    assert client.post(address, data={"value_sjukhus": ""}).status_code == 422
    answer = client.post(address, data={"value_sjukhus": "65016", "name": "Sunderbyn"}, follow_redirects=True)
    assert "Sunderbyn" in read(answer).text
    again = client.post(address, data={"value_sjukhus": "65016"})
    assert "finns redan" in read(again, 409).text


def test_the_recipient_reads_the_register_and_another_region_does_not(filled, signed_in):
    address = f"/floden/{filled.flow.slug}/enheter/"
    page = read(signed_in(filled.flows.quality).get(address))
    assert "Kalix sjukhus" in page.text and "Lägg till en enhet" not in page.text
    assert signed_in(filled.other).get(address).status_code == 403
    assert signed_in(filled.other).post(f"{address}bekrafta", data={}).status_code in (403, 404)


def test_the_commands_fill_close_and_confirm_the_register(world, app):
    world.sent(beds_csv())
    slug = db.session.get_one(Item, world.item_id).slug

    def run(*arguments):
        return app.test_cli_runner().invoke(args=["units", *arguments])

    login = ("--as", db.session.get_one(Person, world.officer.person_id).login)
    assert "5" in run("fill", slug, *login).output
    told = json.loads(run("list", slug, *login, "--json").output)
    assert (told["confirmed"], len(told["units"]), told["proposed"]) == (False, 5, [])
    code = told["units"][0]["values"]["sjukhus"]
    assert run("close", slug, f"sjukhus={code}", "--closed", "2026-06-30", *login).exit_code == 0
    assert run("close", slug, "sjukhus=99999", "--closed", "2026-06-30", *login).exit_code == 2
    assert run("confirm", slug, *login).exit_code == 0
    assert "2026-06-30" in run("list", slug, *login).output
    assert run("confirm", "finns-inte", *login).exit_code == 2
