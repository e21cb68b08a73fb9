"""Claims and points on the pages, as each side sees them."""

import pytest

from registry import clock
from registry.actors import Role
from registry.db import db, transaction
from registry.starter import RECIPIENT
from submission_portal.deliveries.tables import Delivery
from submission_portal.review import claims, points
from submission_portal.review.points import Anchor
from tests.conftest import NOW
from tests.factories.deliveries import one_row_csv
from tests.pages import read


@pytest.fixture
def address(world, in_review) -> str:
    return f"/granskning/leverans/{world.delivery(in_review).number}/"


def test_a_delivery_goes_back_and_forth_through_the_pages(world, in_review, signed_in, address):
    reviewer, region = signed_in(world.flows.quality), signed_in(world.officer)
    assert reviewer.post(f"{address}ta").status_code == 302
    page = read(reviewer.get(address))
    assert "du, som kvalitetsgranskare" in page.text and page.find("//form[@id='beslutet']")
    seen = read(region.get(address)).text
    assert "kvalitetsgranskare" in seen and "Inte återlämnad än" not in seen
    assert "Tagen av dig" in read(reviewer.get("/granskning/")).text

    key = next(key for key, one in world.delivery(in_review).assessment.keyed if one.severity == "warning")
    given = {"about": f"fynd:{key}", "row": "3", "text": "Stämmer 20 platser?"}
    assert reviewer.post(f"{address}punkter", data=given).status_code == 302
    page = read(reviewer.get(address))
    assert "Kalix sjukhus" in "".join(page.find("//article[@id='punkt-1']")[0].itertext())
    assert "Stämmer 20 platser?" not in read(region.get(address)).text, "the region reads it when it is returned"
    released = reviewer.post(f"{address}besluta", data={"outcome": "release", "reason": "Ja."})
    assert "Öppna punkter finns kvar" in read(released, 409).text

    assert reviewer.post(f"{address}aterlamna").status_code == 302
    assert "återlämnades till regionen" in read(region.get("/meddelanden/")).text
    assert "en punkt att svara på" in read(region.get("/uppgifter/")).text
    own = f"/leveranser/{world.delivery(in_review).number}/"
    assert "Återlämnad för komplettering: en punkt att svara på" in read(region.get(own)).text
    link = f"//a[@href='{address}#punkter']"
    assert read(region.get(own)).find(link) and not read(reviewer.get(own)).find(link)
    assert "Väntar på regionens svar" in read(reviewer.get("/granskning/")).text
    asked = read(region.get(address))
    assert "Stämmer 20 platser?" in asked.text
    number = world.delivery(in_review).number
    (begin,) = [one for one in asked.links if f"rattar={number}" in one]
    assert "En rättelse av enstaka rader" in read(region.get(begin)).text
    empty = read(region.post(f"{address}punkter/1/svara", data={"correction": "", "text": ""}), 409)
    assert "Skäl saknas" in empty.text
    region.post(f"{address}punkter/1/svara", data={"correction": "", "text": "Ja, ombyggnad till hösten."})
    assert "Ja, ombyggnad till hösten." in read(reviewer.get(address)).text
    assert "väntar på regionens svar" not in read(region.get(own)).text
    reviewer.post(f"{address}besluta", data={"outcome": "release", "reason": "Ja."})
    assert world.delivery(in_review).state == "released"


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        ({"about": "leveransen", "text": ""}, 422, "Skriv vad regionen ska svara på"),
        ({"about": "fynd:X", "text": "Vad?"}, 422, "Gäller"),
        ({"about": "leveransen", "row": "sju", "text": "Vad?"}, 422, "Rad i regionens fil"),
        ({"about": "leveransen", "row": "99", "text": "Vad?"}, 409, "har inte det som punkten gäller"),
        ({"about": "leveransen", "text": "811218-9876"}, 409, "personnummer"),
    ],
)
def test_a_point_that_cannot_be_kept_says_why_and_comes_back(world, signed_in, address, given, status, words):
    page = read(signed_in(world.flows.quality).post(f"{address}punkter", data=given), status)
    assert words in page.text
    assert (page.find("//textarea[@id='punkt-text']")[0].text or "").strip() == given["text"]


def test_a_colleague_reads_what_another_has_taken_and_is_told_who(world, in_review, signed_in, address, actor):
    with transaction() as session:
        claims.claim(session, world.flows.quality, clock.now(), session.get_one(Delivery, in_review))
    colleague = signed_in(actor("kollega", (Role.QUALITY_REVIEWER, RECIPIENT)))
    page = read(colleague.get(address))
    assert "Någon annan har tagit leveransen" in page.text and not page.find("//form[@id='beslutet']")
    assert "Tagen av en kvalitetsgranskare" in read(colleague.get("/granskning/")).text
    assert "Någon annan har tagit" in read(colleague.post(f"{address}ta"), 409).text
    assert "Kalix sjukhus" in read(signed_in(world.flows.legal).get(address)).text


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_with_points_is_a_proper_page_in_both_languages(world, in_review, signed_in, address, language):
    with transaction() as session:
        delivery = session.get_one(Delivery, in_review)
        points.write(session, world.flows.quality, NOW, delivery, text="Vad?", anchor=Anchor("", "faststallda", 3))
        points.return_for_completion(session, world.flows.quality, NOW, delivery)
    db.session.rollback()
    for who in (world.flows.quality, world.flows.legal, world.officer):
        browser = signed_in(who)
        browser.set_cookie("language", language)
        read(browser.get(address))


def test_a_correction_of_what_is_in_review_is_not_said_to_go_straight_through(world, in_review, signed_in):
    row = one_row_csv("Piteå sjukhus", 171, day="2026-04-01")
    correction = world.start(row, corrects=in_review, correction_kind="correction")
    world.disclose(correction)
    text = read(signed_in(world.officer).get(f"/leveranser/{correction}/skicka/")).text
    assert "så en granskare beslutar också om den" in text and "rakt igenom" not in text
    world.send(correction)
    assert world.delivery(correction).state == "in_review"
