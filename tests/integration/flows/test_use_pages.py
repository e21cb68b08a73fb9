"""The pages about uses as each reader sees them."""

import pytest

from registry.actors import Role
from registry.db import db, transaction
from registry.items.lifecycle import State
from registry.items.tables import Item, Version
from registry.paging import SIZE
from registry.starter import RECIPIENT
from submission_portal.flows import suspending
from submission_portal.flows.agreeing import services
from tests.conftest import NOW
from tests.factories.flows import DAILY
from tests.factories.legal_answers import example_answers
from tests.factories.uses import UseWorld
from tests.pages import read
from tests.statements import counted

TITLE = "Nationell uppföljning av vårdplatser"


@pytest.fixture
def world(organisations, actor) -> UseWorld:
    return UseWorld.load(organisations, actor)


def stored(version_id: str) -> Version:
    db.session.expire_all()
    return db.session.get_one(Version, version_id)


def address(version_id: str) -> str:
    version = stored(version_id)
    return f"/anvandningar/{version.item.slug}/version/{version.number}/"


def answered() -> dict[str, str]:
    answers = example_answers(counts_persons=False)
    return {f"q_{key}": one.choice for key, one in answers.items()} | {
        f"q_{key}_reason": one.reason for key, one in answers.items()
    }


def form_of(**changes: str) -> dict[str, str]:
    return {
        "title_sv": TITLE,
        "audience": "recipient",
        "purpose_sv": "Följa vårdplatserna.",
        "ground_title_sv": "Uppdrag",
        "ground_reference": "S2023/1",
        "ground_valid_to": "2027-12-31",
        "threshold": "5",
        "zeros": "published",
        "policy_source": "AIHW",
        "retention_months": "24",
        "valid_from": "2026-11-01",
        "valid_to": "2027-12-31",
        **changes,
    }


def test_a_use_goes_from_the_lines_page_to_being_in_force(world, signed_in):
    line = world.line()
    region = signed_in(world.flows.norrbotten)
    page = region.post(
        f"/anvandningar/foresla/?linje={line.item.slug}",
        data=form_of(recipient=world.flows.recipient, needs="riktvarden/faststalld-vardplats"),
    )
    assert page.status_code == 302, page.text
    address = page.location
    shown = read(region.get(address))
    assert TITLE in shown.text and "Fastställda vårdplatser" in shown.text
    assert region.post(f"{address}skicka").status_code == 302
    decided = {"outcome": "approve", "reason": "Granskat."}
    for who, aspect in (
        (world.flows.quality, services.QUALITY),
        (world.flows.legal, services.LEGAL),
        (world.officer, services.ACCEPTANCE),
    ):
        client = signed_in(who)
        assert f"besluta/{aspect}" in client.get(address).text
        assert client.post(f"{address}besluta/{aspect}", data=decided | answered()).status_code == 302
    assert "Gäller sedan båda sidor har godkänt" in read(region.get(address)).text
    assert TITLE in read(region.get("/anvandningar/")).text


def test_what_is_missing_in_a_draft_is_said_before_it_is_sent(world, signed_in):
    version_id = world.propose(world.line(), retention={"months": None})
    client = signed_in(world.flows.norrbotten)
    assert "hur länge uppgifterna bevaras" in read(client.get(address(version_id))).text
    answer = client.post(f"{address(version_id)}skicka")
    assert answer.status_code == 422 and stored(version_id).state == State.DRAFT


def test_the_form_begins_with_what_it_takes_the_place_of(world, signed_in):
    line = world.carried_line()
    client = signed_in(world.flows.norrbotten)
    page = read(client.get(f"/anvandningar/foresla/?linje={line.item.slug}&ersatter=public"))
    assert page.find("//input[@name='audience' and @value='public' and @checked]")
    [retention] = page.find("//input[@name='retention_months']")
    assert not retention.get("value")
    assert "Den ersätter: Öppen publicering" in page.text


def test_both_sides_are_asked_to_decide_on_what_is_open_to_everybody(world, client, signed_in):
    line = world.carried_line()
    proposed_at = f"/anvandningar/foresla/?linje={line.item.slug}&ersatter=public"
    for who in (world.officer, world.flows.legal):
        page = read(signed_in(who).get("/anvandningar/"))
        assert "Öppet för alla utan beslut" in page.text
        assert proposed_at in page.links
    everybody = read(client.get("/anvandningar/"))
    assert "Öppet för alla utan beslut" not in everybody.text and proposed_at not in everybody.links


def test_each_side_reads_what_is_its_own(world, signed_in, actor):
    world.approve(world.line())
    assert "Det vi lämnar, och till vad" in read(signed_in(world.officer).get("/anvandningar/")).text
    assert "Det vi får, och vad vi får göra med det" in read(signed_in(world.flows.legal).get("/anvandningar/")).text
    other = read(signed_in(actor("skane", (Role.DISCLOSING_OFFICER, "12"))).get("/anvandningar/")).text
    assert "Det vi lämnar" not in other and TITLE in other


def test_a_draft_is_its_own_sides(world, client, signed_in, actor):
    version_id = world.propose(world.line())
    assert client.get(address(version_id)).status_code == 404
    assert signed_in(world.flows.legal).get(address(version_id)).status_code == 404
    assert signed_in(actor("skane", (Role.DATA_OFFICER, "12"))).get(address(version_id)).status_code == 404


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_about_uses_is_a_proper_page_in_both_languages(world, signed_in, language):
    line = world.line()
    in_force, waiting = world.approve(line), world.submit(line, title={"sv": "En till", "en": "Another"})
    slug = stored(in_force).item.slug
    for who in (world.flows.norrbotten, world.flows.legal, world.officer):
        client = signed_in(who)
        client.set_cookie("language", language)
        for path in (
            "/anvandningar/",
            f"/anvandningar/{slug}/",
            address(in_force),
            address(waiting),
            "/anvandningar/foresla/",
        ):
            read(client.get(path))
    client = signed_in(world.flows.norrbotten)
    client.set_cookie("language", language)
    for path in (f"/anvandningar/foresla/?linje={line.item.slug}", f"/anvandningar/{slug}/andra/"):
        read(client.get(path))


def test_a_decision_without_reasons_comes_back_with_what_is_missing(world, signed_in):
    version_id = world.submit(world.line())
    answer = signed_in(world.officer).post(f"{address(version_id)}besluta/acceptance", data={"outcome": "approve"})
    assert answer.status_code == 422 and "Skriv skälen" in read(answer, 422).text
    assert stored(version_id).decisions == []


def test_the_region_withdraws_from_the_uses_page(world, signed_in):
    version_id = world.approve(world.line(), covers_from="2026-01-01")
    client = signed_in(world.officer)
    assert client.post(f"{address(version_id)}aterta", data={"reason": "Vi tar tillbaka."}).status_code == 302
    assert stored(version_id).state == State.WITHDRAWN
    text = read(client.get(address(version_id))).text
    assert "Vi tar tillbaka." in text and "Godkänd, och återtagen därefter" in text
    assert "skulle omfattas" not in text


def test_a_use_is_suspended_and_resumed_from_its_page(world, signed_in, actor):
    slug = stored(world.approve(world.line())).item.slug
    first, second = world.flows.quality, actor("quality-2", (Role.QUALITY_REVIEWER, RECIPIENT))
    assert signed_in(first).post(f"/anvandningar/{slug}/stoppa", data={"reason": "Fel."}).status_code == 302
    again = signed_in(first).post(f"/anvandningar/{slug}/oppna", data={"reason": "Nej."})
    assert again.status_code == 409 and "Be en kollega" in again.text
    assert "Användningen är stoppad tills vidare" in read(signed_in(second).get(f"/anvandningar/{slug}/")).text
    assert signed_in(second).post(f"/anvandningar/{slug}/oppna", data={"reason": "Rättat."}).status_code == 302


def test_an_unknown_use_or_line_is_not_found(world, signed_in):
    client = signed_in(world.flows.norrbotten)
    for path in ("/anvandningar/nej/", "/anvandningar/nej/andra/", "/anvandningar/foresla/?linje=nej"):
        assert client.get(path).status_code == 404


def test_the_list_costs_the_same_however_many_uses_there_are(world, client):
    line = world.line()
    world.approve(line)
    with counted() as few:
        read(client.get("/anvandningar/"))
    for number in range(SIZE + 2):
        world.approve(line, title={"sv": f"Användning {number}", "en": f"Use {number}"})
    with counted() as many:
        page = read(client.get("/anvandningar/"))
    assert len(many) <= len(few) + 1
    assert page.find("//nav[contains(@class, 'pagination')]//a[@rel='next']/@href")


def test_a_need_shows_the_uses_that_serve_it_and_the_lines_that_could(world, client):
    line = world.line()
    world.approve(line, needs=["riktvarden/faststalld-vardplats"])
    world.line(title={"sv": "En linje till", "en": "Another line"})
    address = "/anvandningar/behov/"
    assert address in read(client.get("/modeller/behov/")).links
    page = read(client.get(address))
    [row] = page.find("//section[@aria-labelledby='riktvarden']//tr[th[normalize-space()='Fastställda vårdplatser']]")
    served, could = (" ".join(cell.itertext()) for cell in row.findall("td"))
    assert TITLE in served and "Fastställda vårdplatser, Norrbotten" in served
    assert "En linje till" in could and "Fastställda vårdplatser, Norrbotten" not in could


def test_the_two_sides_are_told_what_of_the_past_it_covers_and_others_are_not(world, client, signed_in):
    version_id = world.approve(world.line(), covers_from="2026-01-01")
    assert "skulle omfattas" in read(signed_in(world.officer).get(address(version_id))).text
    assert "skulle omfattas" not in read(client.get(address(version_id))).text


def test_a_line_says_where_it_is_listed_and_on_its_page_that_its_every_use_is_suspended(world, client):
    line = world.line()
    item = stored(world.approve(line)).item
    addresses = ("/floden/", f"/floden/{line.item.slug}/")
    assert not any("Varje användning är stoppad" in read(client.get(one)).text for one in addresses)
    with transaction() as session:
        suspending.suspend(session, world.officer, NOW, session.get_one(Item, item.id), reason="Oklart.")
    for one in addresses:
        text = read(client.get(one)).text
        assert "Varje användning är stoppad tills vidare" in text and "Tar emot leveranser till" not in text, one


def test_a_suspended_use_is_among_the_tasks_with_the_line_that_it_is_of(world, signed_in):
    item = stored(world.approve(world.line())).item
    with transaction() as session:
        suspending.suspend(session, world.officer, NOW, session.get_one(Item, item.id), reason="Oklart.")
    for who in (world.officer, world.flows.quality):
        text = read(signed_in(who).get("/uppgifter/")).text
        assert f"{TITLE}, version 1 av linjen Fastställda vårdplatser" in text
        assert "Stoppad av utlämnaren. Inget nytt når mottagaren förrän den sidan öppnar den igen." in text


def test_those_who_decide_read_why_nothing_is_hidden(world, signed_in):
    why = "Uppgifterna är redan publicerade av regionen."
    policy = {"threshold": 1, "zeros": "published", "source": "Ingen", "open_reason": why}
    version = db.session.get_one(Version, world.submit(world.line(DAILY), policy=policy))
    page = read(signed_in(world.officer).get(f"/anvandningar/{version.item.slug}/version/{version.number}/"))
    assert why in page.text and "Inget döljs." in page.text
