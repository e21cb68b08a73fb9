"""The index of a line's periods, as its two sides read it."""

from datetime import date

import pytest
import time_machine

from registry.actors import Role
from registry.db import db
from registry.period import PeriodKind
from submission_portal.deliveries.lifecycle import CorrectionKind
from submission_portal.deliveries.periods import index_of_periods
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.content import read as read_line
from tests.conftest import NOW
from tests.factories.deliveries import MONTHLY, MONTHLY_ROWS, DeliveryWorld, beds_csv, monthly_csv
from tests.pages import read
from tests.statements import counted

KALIX, PITEA = "Kalix sjukhus", "Piteå sjukhus"
TODAY = date(2026, 11, 2)


def part_csv(name: str, count: int, day: str = "2026-03-01") -> bytes:
    return f"Dag;Sjukhus;Fastställda vårdplatser\r\n{day};{name};{count}\r\n".encode()


def address(world: DeliveryWorld) -> str:
    return f"/floden/{world.flow.slug}/perioder/"


def rows(page) -> list[list[str]]:
    return [
        [" ".join("".join(cell.itertext()).split()) for cell in row.xpath("./th|./td")]
        for row in page.find("//tbody/tr")
    ]


@pytest.mark.parametrize("side", ["officer", "quality"])
def test_both_sides_read_what_is_delivered_in_which_part_by_which_road(world, signed_in, side):
    world.divide(KALIX, PITEA)
    kalix = world.sent(part_csv(KALIX, 59))
    reader = world.officer if side == "officer" else world.flows.quality
    page = read(signed_in(reader).get(address(world)))
    first, second = rows(page)
    assert first[:5] == ["1 mars 2026 1 av 2 delar", KALIX, "Frisläppt", "L-2026-0001", "Fil"]
    assert second[1:3] == [PITEA, "Saknas än så länge"]
    assert f"/leveranser/{world.delivery(kalix).number}/" in page.links
    assert ("Leverera" in second[3]) is (side == "officer")


def test_the_index_is_newest_first_with_the_lines_parts_in_their_order(any_app, world):
    world.divide(KALIX, PITEA)
    first, second = world.sent(part_csv(PITEA, 172)), world.sent(part_csv(KALIX, 59, "2026-03-02"))
    line = read_line(world.approved.content)
    page = index_of_periods(db.session, world.officer, world.item_id, line, (PeriodKind.DAY,), TODAY, 1)
    assert [one.name for one in page.rows] == ["2026-03-02", "2026-03-01"]
    assert [[part.part for part in one.parts] for one in page.rows] == [list(line.parts.codes)] * 2
    assert [[part.is_missing for part in one.parts] for one in page.rows] == [[False, True], [True, False]]
    assert [one.standing for one in page.rows] == [1, 1]
    assert page.rows[0].parts[0].delivery.id == second and page.rows[1].parts[1].delivery.id == first


def test_a_file_that_mixes_several_parts_is_not_counted_as_a_part(world, signed_in):
    world.divide(KALIX, PITEA)
    world.sent(part_csv(KALIX, 59))
    world.start(beds_csv(), "blandad.csv")
    first, second, mixed = rows(read(signed_in(world.officer).get(address(world))))
    assert first[0] == "1 mars 2026 1 av 2 delar"
    assert (second[1], second[2]) == (PITEA, "Saknas än så länge")
    assert mixed[1] == "Inte delad"


def test_what_is_missing_leads_to_reading_in_a_file_of_that_part(world, signed_in):
    world.divide(KALIX, PITEA)
    kalix = world.sent(part_csv(KALIX, 59))
    client = signed_in(world.officer)
    [link] = [one for one in read(client.get(address(world))).links if "?del=" in one]
    form = read(client.get(link))
    [chosen] = form.find("//select[@name='part']/option[@selected]")
    assert chosen.text == PITEA and chosen.get("value") != world.delivery(kalix).part


def test_corrections_are_told_with_what_they_correct(world, signed_in):
    first = world.sent(beds_csv())
    corrected = part_csv(KALIX, 60)
    world.sent(corrected, corrects=first, correction_kind=CorrectionKind.CORRECTION)
    [row] = rows(read(signed_in(world.officer).get(address(world))))
    assert row[1:4] == ["Hel", "Frisläppt", "L-2026-0001, rättad genom L-2026-0002"]


def test_a_whole_period_from_before_the_line_was_divided_lacks_no_part(world, signed_in):
    world.sent(beds_csv())
    world.divide(KALIX, PITEA)
    [row] = rows(read(signed_in(world.officer).get(address(world))))
    assert row[1:3] == ["Hel", "Frisläppt"]


def test_drafts_are_the_regions_own(world, signed_in):
    world.start(part_csv(KALIX, 59))
    assert "Utkast" in rows(read(signed_in(world.officer).get(address(world))))[0][3]
    assert "Inget har levererats än" in read(signed_in(world.flows.quality).get(address(world))).text


def test_months_that_are_over_are_expected_where_the_line_has_no_other_periods(organisations, actor, signed_in):
    world = DeliveryWorld.load(organisations, actor, MONTHLY)
    world.sent(monthly_csv(*(row for row in MONTHLY_ROWS if "jan" in row)))
    with time_machine.travel(NOW, tick=False):
        shown = rows(read(signed_in(world.officer).get(address(world))))
    assert [(row[0], row[2]) for row in shown[:2]] == [
        ("oktober 2026", "Saknas än så länge"),
        ("september 2026", "Saknas än så länge"),
    ]
    assert [shown[-1][0], shown[-2][0], len(shown)] == ["januari 2018", "januari 2026", 11]


@pytest.mark.parametrize(
    ("who", "status"), [(("12", Role.DATA_OFFICER), 403), (("25", Role.MODELLER), 403), (None, 302)]
)
def test_others_do_not_read_it(world, signed_in, client, actor, who, status):
    world.sent()
    reader = client if who is None else signed_in(actor("reader", (who[1], who[0])))
    assert reader.get(address(world)).status_code == status


def test_the_index_costs_the_same_whatever_it_holds(world, signed_in):
    world.divide(KALIX, PITEA)
    client = signed_in(world.officer)
    costs = []
    for number in range(1, 4):
        world.sent(part_csv(KALIX, 50 + number, f"2026-03-0{number}"))
        read(client.get(address(world)))
        with counted() as statements:
            read(client.get(address(world)))
        costs.append(len(statements))
    assert len(set(costs)) == 1
    assert db.session.query(Delivery).count() == 3


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_index_is_a_proper_page_in_both_languages(world, signed_in, language):
    world.divide(KALIX, PITEA)
    world.sent(part_csv(KALIX, 59))
    client = signed_in(world.officer)
    client.set_cookie("language", language)
    read(client.get(address(world)))
    assert address(world) in read(client.get(f"/floden/{world.flow.slug}/")).links
