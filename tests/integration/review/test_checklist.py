"""The checklist on the page of a delivery: what it says of this one, and where each line leads."""

from registry.db import transaction
from submission_portal.deliveries.tables import Delivery
from submission_portal.review import points
from submission_portal.review.points import Anchor
from tests.conftest import NOW
from tests.pages import read

LIST = "//section[@aria-labelledby='kontrollista']//li"


def listed(browser, address) -> dict[str, str]:
    """Each line of the list by its heading."""
    items = read(browser.get(address)).find(LIST)
    return {one.find("h3").xpath("string()").strip(): " ".join(one.xpath("string()").split()) for one in items}


def test_the_list_says_what_the_delivery_is_and_leads_to_it(world, in_review, signed_in):
    reviewer, address = signed_in(world.flows.quality), f"/granskning/leverans/{world.delivery(in_review).number}/"
    found = listed(reviewer, address)
    assert len(found) == 9
    assert "nya 1" in found["Varningar och förklaringar"] and "Titta på" in found["Varningar och förklaringar"]
    assert "En utlämnare beslutade" in found["Regionens prövning"] and "Klart" in found["Regionens prövning"]
    assert "Klart" in found["Punkter och frågor"]
    assert "→" in found["Summor bredvid den senast godkända perioden"]
    assert "gällde ingen tillämpning" in found["Tillämpningar"]
    page = read(reviewer.get(address))
    links = [one.get("href") for one in page.find(f"{LIST}//a") if one.get("href").startswith("#")]
    assert links and all(page.find(f"//*[@id='{one[1:]}']") for one in links), "each line leads to what is there"


def test_an_open_point_stops_a_release_in_the_list_too(world, in_review, signed_in):
    with transaction() as session:
        delivery = session.get_one(Delivery, in_review)
        points.write(session, world.flows.quality, NOW, delivery, text="Vad?", anchor=Anchor())
        address = f"/granskning/leverans/{delivery.number}/"
    found = listed(signed_in(world.flows.legal), address)
    assert "Stoppar frisläppning" in found["Punkter och frågor"] and "En punkt är öppen" in found["Punkter och frågor"]


def test_the_region_has_the_evidence_and_not_the_list(world, in_review, signed_in):
    assert listed(signed_in(world.officer), f"/granskning/leverans/{world.delivery(in_review).number}/") == {}
