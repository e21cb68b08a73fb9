"""The reviewers' pages, as each side sees them."""

import pytest

from registry.actors import Role
from registry.db import transaction
from registry.starter import RECIPIENT
from submission_portal.deliveries.tables import Delivery
from submission_portal.review import services
from submission_portal.review.tables import DeliveryOutcome
from tests.conftest import NOW
from tests.pages import read


def test_the_queue_shows_what_waits_and_how_long(world, in_review, signed_in):
    world.flows.submit()
    page = read(signed_in(world.flows.quality).get("/granskning/"))
    assert "2 saker väntar på ditt beslut" in page.text
    assert world.delivery(in_review).number in page.text
    assert "En varning med en förklaring att läsa." in page.text


def test_the_public_reads_who_decides_what(world, client):
    page = read(client.get("/granskning/"))
    assert "Två sidor beslutar var för sig" in page.text
    assert "Fastställda vårdplatser, Norrbotten" in page.text


def test_the_evidence_stands_beside_the_decision(world, in_review, signed_in):
    number = world.delivery(in_review).number
    page = read(signed_in(world.flows.quality).get(f"/granskning/leverans/{number}/"))
    assert "En avdelning är stängd för ombyggnad." in page.text
    assert "RN 2026/17" in page.text
    assert "Kalix sjukhus" in page.text
    assert page.find("//form[@id='beslutet']")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_review_page_is_a_proper_page_in_both_languages(world, in_review, signed_in, client, language):
    number = world.delivery(in_review).number
    for actor in (world.flows.quality, world.flows.legal, world.officer):
        browser = signed_in(actor)
        browser.set_cookie("language", language)
        read(browser.get("/granskning/"))
        read(browser.get(f"/granskning/leverans/{number}/"))
        read(browser.get("/uppgifter/"))
    client.set_cookie("language", language)
    read(client.get("/granskning/"))


def test_a_reviewer_releases_through_the_page(world, in_review, signed_in):
    number = world.delivery(in_review).number
    answer = signed_in(world.flows.quality).post(
        f"/granskning/leverans/{number}/besluta",
        data={"outcome": "release", "reason": "Förklaringen räcker."},
        follow_redirects=True,
    )
    page = read(answer)
    assert "Leveransen frisläppt" in page.text
    assert world.delivery(in_review).state == "released"


def test_a_question_goes_to_the_region_and_its_answer_comes_back(world, in_review, signed_in):
    number = world.delivery(in_review).number
    reviewer = signed_in(world.flows.quality)
    reviewer.post(
        f"/granskning/leverans/{number}/besluta", data={"outcome": "ask", "reason": "När öppnar avdelningen?"}
    )
    region = signed_in(world.officer)
    assert "Mottagaren frågar om leveransen." in read(region.get("/uppgifter/")).text
    page = read(region.get(f"/granskning/leverans/{number}/"))
    assert "När öppnar avdelningen?" in page.text
    assert not page.find("//form[@id='beslutet']")
    region.post(f"/granskning/leverans/{number}/svara", data={"answer": "I september."})
    assert "I september." in read(reviewer.get(f"/granskning/leverans/{number}/")).text


def test_the_region_does_not_decide_on_its_own_delivery(world, in_review, signed_in):
    number = world.delivery(in_review).number
    answer = signed_in(world.officer).post(
        f"/granskning/leverans/{number}/besluta", data={"outcome": "release", "reason": "Vi litar på oss."}
    )
    read(answer, status=403)
    assert world.delivery(in_review).state == "in_review"


def test_another_region_is_not_told_that_the_delivery_exists(world, in_review, signed_in):
    number = world.delivery(in_review).number
    read(signed_in(world.other).get(f"/granskning/leverans/{number}/"), status=404)


def test_whoever_decides_second_gets_a_clear_page_and_loses_no_text(world, in_review, signed_in, actor):
    number = world.delivery(in_review).number
    late = signed_in(actor("late", (Role.QUALITY_REVIEWER, RECIPIENT)))
    read(late.get(f"/granskning/leverans/{number}/"))
    with transaction() as session:
        delivery = session.get_one(Delivery, in_review)
        services.decide_delivery(
            session, world.flows.quality, NOW, delivery, outcome=DeliveryOutcome.RELEASE, reason="Först."
        )
    answer = late.post(
        f"/granskning/leverans/{number}/besluta", data={"outcome": "refuse", "reason": "En lång text som tog tid."}
    )
    page = read(answer, status=409)
    assert "Leveransen granskas inte längre" in page.text
    assert "En lång text som tog tid." in page.text


def test_a_decision_without_reasons_comes_back_with_what_is_missing(world, in_review, signed_in):
    number = world.delivery(in_review).number
    answer = signed_in(world.flows.quality).post(f"/granskning/leverans/{number}/besluta", data={"outcome": "release"})
    assert "Skriv skälen, eller vad du frågar efter." in read(answer, status=422).text
