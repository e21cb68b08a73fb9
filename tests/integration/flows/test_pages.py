"""The flows' pages as each reader sees them."""

import pytest
import time_machine
from sqlalchemy import select

from registry.actors import Role
from registry.db import db
from registry.items.lifecycle import Change, Outcome, State
from registry.items.tables import Version
from registry.paging import SIZE
from tests.factories.deliveries import BED_HOSPITALS
from tests.factories.flows import DAILY, succeed
from tests.factories.legal_answers import example_answers
from tests.pages import read
from tests.statements import counted

SLUG = "norrbotten-faststallda-vardplatser-per-sjukhus"
DAILY_SLUG = "norrbotten-dagliga-vardplatser-per-avdelning"


def form_of_answers(counts_persons: bool) -> dict[str, str]:
    answers = example_answers(counts_persons=counts_persons)
    return {f"q_{key}": one.choice for key, one in answers.items()} | {
        f"q_{key}_reason": one.reason for key, one in answers.items()
    }


def test_the_public_reads_flows_in_force_and_nothing_else(world, client):
    world.approve()
    world.submit(DAILY)
    page = read(client.get("/floden/"))
    assert "Fastställda vårdplatser, Norrbotten" in page.text
    assert f"/floden/{DAILY_SLUG}/" not in " ".join(page.links)
    assert client.get(f"/floden/{DAILY_SLUG}/").status_code == 404


def test_a_list_of_many_flows_goes_on_over_pages_and_each_flow_is_on_one(world, client):
    for _number in range(SIZE + 2):
        world.approve()
    first = read(client.get("/floden/"))
    [following] = first.find("//nav[contains(@class, 'pagination')]//a[@rel='next']/@href")
    pages = [first, read(client.get(following))]
    shown = [[link for link in page.links if link.startswith("/floden/norrbotten-")] for page in pages]
    assert [len(links) for links in shown] == [SIZE, 2] and len({*shown[0], *shown[1]}) == SIZE + 2
    assert all(f"Fastställda vårdplatser per sjukhus {SIZE + 2}" in page.text for page in pages)


def test_a_published_flow_says_who_decided_what_it_binds_and_until_when(world, client):
    world.approve()
    page = read(client.get(f"/floden/{SLUG}/"))
    assert "Region Norrbotten" in page.text
    assert "Kvalitet: godkänd" in page.text
    assert "Juridik: godkänd" in page.text
    assert "31 december 2027" in page.text
    assert "AIHW" in page.text
    assert "quality" not in page.text, "names of those who decided are for who is signed in"


def test_the_public_does_not_read_the_answers_behind_the_approval(world, client, signed_in):
    world.approve()
    assert "Är uppgiften allmän handling" not in read(client.get(f"/floden/{SLUG}/")).text
    assert "Är uppgiften allmän handling" in read(signed_in(world.norrbotten).get(f"/floden/{SLUG}/")).text


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_flow_page_is_a_proper_page_in_both_languages(world, signed_in, language):
    world.approve()
    succeed(world.model().item, Change.MEANING, description={"sv": "Ändrad.", "en": "Changed."})
    world.submit(DAILY)
    for actor in (world.norrbotten, world.legal):
        client = signed_in(actor)
        client.set_cookie("language", language)
        for path in ("/floden/", f"/floden/{SLUG}/", f"/floden/{SLUG}/version/1/", f"/floden/{DAILY_SLUG}/version/1/"):
            read(client.get(path))
    client = signed_in(world.norrbotten)
    client.set_cookie("language", language)
    read(client.get("/floden/foresla/"))
    read(client.get(f"/floden/{SLUG}/andra/"))


def test_a_flow_shows_what_has_changed_since_and_leads_to_the_difference(world, client):
    world.approve()
    succeed(world.model().item, Change.MEANING, description={"sv": "Ny avgränsning.", "en": "New limits."})
    page = read(client.get(f"/floden/{SLUG}/"))
    assert "Linjen fortsätter under det som är godkänt" in page.text
    # What people call the change, and what the registry computes of it, stand beside each other.
    assert "Registret räknar fram: tekniskt oförändrad, betydelsen avgörs av människor." in page.text
    comparison = next(link for link in page.links if link.startswith("/jamfor/") and "fran=1" in link)
    assert "Ny avgränsning." in read(client.get(comparison)).text


def form_of_line(world, **changes) -> dict[str, object]:
    form = {
        "discloser": world.discloser,
        "model_version": world.model().content_hash,
        "recipient": world.recipient,
        "title_sv": "Fastställda vårdplatser",
        "channels": ["file", "api"],
        "valid_from": "2026-11-01",
        "valid_to": "2027-06-30",
        "automatic": "y",
    }
    return {name: value for name, value in (form | changes).items() if value is not None}


def test_a_region_proposes_a_line_through_the_form_and_sends_it(world, signed_in):
    client = signed_in(world.norrbotten)
    answer = client.post("/floden/foresla/", data=form_of_line(world, valid_to=None))
    assert answer.headers["Location"].endswith(f"/floden/{SLUG}/version/1/")
    page = read(client.get(answer.headers["Location"]))
    assert "Något återstår innan det kan skickas" in page.text
    assert "Ännu inte ifyllt: sista dag." in page.text
    read(client.get(f"/floden/{SLUG}/andra/"))
    assert client.post(f"/floden/{SLUG}/andra/", data=form_of_line(world)).status_code == 302
    client.post(f"/floden/{SLUG}/version/1/skicka")
    page = read(client.get(f"/floden/{SLUG}/version/1/"))
    assert "Granskas" in page.text and "fil, maskin till maskin" in page.text.lower()
    kept = db.session.scalar(select(Version).where(Version.content_text.contains("line/1"))).content
    assert (kept["channels"], kept["parts"], kept["periodicity"]) == (["file", "api"], None, [])


@pytest.mark.parametrize("is_second", [False, True])
def test_who_sends_a_version_is_told_under_what_deliveries_go_on_meanwhile(world, signed_in, is_second):
    if is_second:
        world.approve_line()
    client = signed_in(world.norrbotten)
    address = f"/floden/{SLUG}/andra/" if is_second else "/floden/foresla/"
    made = client.post(address, data=form_of_line(world))
    page = read(client.post(f"{made.location}skicka", follow_redirects=True))
    assert ("Tills den är beslutad fortsätter leveranserna under den version som gäller." in page.text) is is_second
    assert ("Inget kan levereras förrän" in page.text) is not is_second


def test_a_line_in_parts_is_proposed_by_the_names_of_its_parts(world, signed_in):
    client = signed_in(world.norrbotten)
    parts = {"parts_element": "sjukhus", "parts_codes": "Kalix sjukhus\r\nPiteå sjukhus\r\n", "periodicity": ["day"]}
    page = read(client.post("/floden/foresla/", data=form_of_line(world, **parts), follow_redirects=True))
    assert "I delar, en fil för varje sjukhus" in page.text
    assert "Kalix sjukhus, Piteå sjukhus" in page.text
    form = read(client.get(f"/floden/{SLUG}/andra/"))
    assert form.find("//textarea[@name='parts_codes']")[0].text.split("\n")[-2:] == ["Kalix sjukhus", "Piteå sjukhus"]


def test_parts_that_are_not_named_are_all_that_the_region_has(world, signed_in):
    client = signed_in(world.norrbotten)
    page = read(
        client.post("/floden/foresla/", data=form_of_line(world, parts_element="sjukhus"), follow_redirects=True)
    )
    assert all(name in page.text for name in BED_HOSPITALS)
    assert "Skånes universitetssjukhus" not in page.text


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"parts_element": "sjukhus", "parts_codes": "Kalix sjukhus\nMånsjukhuset"},
            "Finns inte bland regionens koder",
        ),
        ({"parts_element": "avdelning", "parts_codes": "Medicin"}, "Modellen kan inte delas upp så"),
        ({"periodicity": ["week"]}, "Modellen har inte vecka."),
    ],
)
def test_what_the_model_does_not_have_keeps_a_line_from_being_sent(world, signed_in, changes, told):
    client = signed_in(world.norrbotten)
    page = read(client.post("/floden/foresla/", data=form_of_line(world, **changes), follow_redirects=True))
    assert told in page.text
    assert read(client.post(f"/floden/{SLUG}/version/1/skicka"), status=422).text.count(told) == 1


def test_parts_that_nothing_divides_the_period_by_are_asked_about(world, signed_in):
    answer = signed_in(world.norrbotten).post("/floden/foresla/", data=form_of_line(world, parts_codes="Kalix sjukhus"))
    assert "Välj ovan vad som delar upp perioden" in read(answer, status=422).text


def test_only_the_quality_reviewer_decides_on_a_line(world, signed_in):
    version_id = world.submit_line()
    legal = read(signed_in(world.legal).get(f"/floden/{SLUG}/version/1/"))
    assert not legal.find("//form[starts-with(@id, 'beslutet-')]")
    answer = signed_in(world.quality).post(
        f"/floden/{SLUG}/version/1/besluta/quality",
        data={"outcome": "approve", "reason": "Delarna är rätt."},
        follow_redirects=True,
    )
    assert "Linjen är godkänd och gäller" in read(answer).text
    assert db.session.get_one(Version, version_id, populate_existing=True).state == State.PUBLISHED


def test_an_approved_line_without_a_use_says_so_and_leads_to_proposing_one(world, signed_in):
    world.approve_line()
    page = read(signed_in(world.norrbotten).get(f"/floden/{SLUG}/"))
    assert "Ingen användning gäller" in page.text
    assert f"/anvandningar/foresla/?linje={SLUG}" in page.links
    assert f"/leveranser/ny/{SLUG}/" not in page.links


def test_the_uses_of_a_line_live_on_when_its_next_version_is_a_line_alone(world, client):
    world.approve()
    world.approve_line(item_slug=SLUG)
    page = read(client.get(f"/floden/{SLUG}/"))
    assert "version 2" in page.text and "Ingen användning gäller" not in page.text
    assert "Nationell uppföljning av vårdplatser." in page.text and "Överförd, ska beslutas" in page.text


def test_nobody_else_may_send_a_regions_draft(world, signed_in, actor):
    world.propose()
    stranger = signed_in(actor("stranger", (Role.DATA_OFFICER, "01")))
    assert stranger.post(f"/floden/{SLUG}/version/1/skicka").status_code == 404
    assert stranger.get(f"/floden/{SLUG}/andra/").status_code == 403


def test_a_reviewer_decides_beside_the_evidence(world, signed_in):
    version_id = world.submit()
    client = signed_in(world.quality)
    page = read(client.get(f"/floden/{SLUG}/version/1/"))
    assert "Ditt beslut: Kvalitet" in page.text
    assert "Ditt beslut: Juridik" not in page.text
    client.post(
        f"/floden/{SLUG}/version/1/besluta/quality", data={"outcome": "approve", "reason": "Behovet är tydligt."}
    )
    answer = signed_in(world.legal).post(
        f"/floden/{SLUG}/version/1/besluta/legal",
        data={"outcome": "approve", "reason": "Grunden gäller.", **form_of_answers(False)},
        follow_redirects=True,
    )
    assert "Linjen är godkänd och gäller" in read(answer).text
    assert db.session.get_one(Version, version_id).state == State.PUBLISHED


def test_unanswered_questions_come_back_on_their_fields_with_the_text_kept(world, signed_in):
    world.submit()
    answer = signed_in(world.legal).post(
        f"/floden/{SLUG}/version/1/besluta/legal",
        data={"outcome": "approve", "reason": "Min långa motivering.", "q_persons": "yes"},
    )
    page = read(answer, status=422)
    assert page.text.count("Välj ett svar.") >= 5
    assert "Är en säkerhetsskyddsanalys gjord?: Välj ett svar." in page.text, "the summary says which question"
    assert "Min långa motivering." in page.text
    assert page.find("//input[@name='q_persons' and @value='yes' and @checked]")


def test_an_empty_legal_decision_is_told_everything_that_is_missing_at_once(world, signed_in):
    world.submit(DAILY)
    client, address = signed_in(world.legal), f"/floden/{DAILY_SLUG}/version/1/besluta/legal"
    page = read(client.post(address, data={}), status=422)
    assert page.text.count("?: Välj ett svar.") == 6, "the six questions, in the summary"
    assert "Välj ett beslut." in page.text
    assert "Skriv skälen." in page.text
    assert not page.find("//textarea[starts-with(@name, 'reply_')]"), "nothing is said against answers not given"
    refused = read(client.post(address, data={"outcome": "reject"}), status=422)
    assert "Välj ett svar." not in refused.text


def test_answers_that_do_not_go_together_are_asked_about(world, signed_in):
    world.submit(DAILY)
    answers = form_of_answers(True) | {"q_persons": "no"}
    answer = signed_in(world.legal).post(
        f"/floden/{DAILY_SLUG}/version/1/besluta/legal", data={"outcome": "approve", "reason": "Granskat.", **answers}
    )
    page = read(answer, status=422)
    assert "Modellen räknar personer" in page.text
    assert page.find("//textarea[@name='reply_sec_101']")


def test_when_two_decide_at_once_one_wins_and_the_others_text_is_kept(world, signed_in, actor):
    other = actor("other-quality", (Role.QUALITY_REVIEWER, "nationell-uppfoljning"))
    version_id = world.submit()
    late = signed_in(other)
    read(late.get(f"/floden/{SLUG}/version/1/"))
    world.decide(version_id, "quality")
    answer = late.post(
        f"/floden/{SLUG}/version/1/besluta/quality", data={"outcome": "return", "reason": "En lång text som tog tid."}
    )
    page = read(answer, status=409)
    assert "Beslutet är redan fattat" in page.text
    assert "En lång text som tog tid." in page.text


def test_somebody_with_both_roles_is_offered_both_decisions_and_may_take_one(world, signed_in, actor):
    both = actor(
        "both", (Role.QUALITY_REVIEWER, "nationell-uppfoljning"), (Role.LEGAL_REVIEWER, "nationell-uppfoljning")
    )
    world.submit()
    client = signed_in(both)
    page = read(client.get(f"/floden/{SLUG}/version/1/"))
    assert len(page.find("//form[starts-with(@id, 'beslutet-')]")) == 2
    client.post(f"/floden/{SLUG}/version/1/besluta/quality", data={"outcome": "approve", "reason": "Granskat."})
    assert not read(client.get(f"/floden/{SLUG}/version/1/")).find("//form[starts-with(@id, 'beslutet-')]")


def test_a_flow_that_was_decided_elsewhere_can_still_be_published(world, signed_in):
    """Decided through the pages that all items share, which do not publish by themselves."""
    version_id = world.submit()
    world.decide(version_id, "legal")
    client = signed_in(world.quality)
    client.post(
        f"/granskning/version/{version_id}/besluta/quality",
        data={"outcome": "approve", "reason": "Behovet är tydligt."},
    )
    page = read(client.get(f"/floden/{SLUG}/version/1/"))
    assert "Den är godkänd." in page.text
    client.post(f"/granskning/version/{version_id}/publicera", data={"valid_from": "2026-01-01"})
    assert db.session.get_one(Version, version_id, populate_existing=True).state == State.PUBLISHED


def test_a_region_withdraws_its_flow_and_it_stays_readable(world, signed_in, client):
    version_id = world.approve()
    region = signed_in(world.norrbotten)
    read(region.get(f"/floden/{SLUG}/version/1/"))
    region.post(f"/granskning/version/{version_id}/aterta", data={"reason": "Behovet har upphört."})
    page = read(client.get(f"/floden/{SLUG}/"))
    assert "Återtagen" in page.text
    assert "Behovet har upphört." in page.text
    read(region.get(f"/floden/{SLUG}/andra/"))


def test_a_refused_flow_can_be_proposed_anew(world, signed_in):
    version_id = world.submit()
    world.decide(version_id, "quality", Outcome.REJECT)
    client = signed_in(world.norrbotten)
    page = read(client.get(f"/floden/{SLUG}/"))
    assert f"/floden/{SLUG}/andra/" in page.links
    read(client.get(f"/floden/{SLUG}/andra/"))


def test_both_sides_comment_on_a_version(world, signed_in):
    version_id = world.submit()
    client = signed_in(world.quality)
    client.post(f"/granskning/version/{version_id}/kommentera", data={"text": "Vilken källa har gränsen?"})
    assert "Vilken källa har gränsen?" in read(signed_in(world.norrbotten).get(f"/floden/{SLUG}/version/1/")).text


def test_an_empty_comment_leads_back_to_the_flows_own_page_where_it_is_decided(world, signed_in):
    version_id = world.submit()
    answer = signed_in(world.legal).post(f"/granskning/version/{version_id}/kommentera", data={"text": ""})
    page = read(answer, status=422)
    assert f"/floden/{SLUG}/version/1/" in page.links
    assert not page.find("//input[@name='outcome']"), "a flow is decided where its questions are asked"


def test_a_draft_shows_what_it_lacks_and_the_affected_list_is_seen_before_a_change(world, signed_in):
    world.approve()
    client = signed_in(world.norrbotten)
    assert "Vad som vilar på den version som gäller" in read(client.get(f"/floden/{SLUG}/andra/")).text
    world.propose(DAILY, purpose={"sv": "", "en": ""}, valid_to=None)
    page = read(client.get(f"/floden/{DAILY_SLUG}/version/1/"))
    assert "Ännu inte ifyllt: ändamål, sista dag." in page.text
    read(client.get(f"/floden/{DAILY_SLUG}/"))


def test_a_ground_that_ends_soon_is_warned_about_on_the_page_and_the_start_page(world, signed_in):
    ground = {**world.content()["legal_ground"], "valid_to": "2026-12-31"}
    world.approve(legal_ground=ground, valid_to="2026-12-31")
    with time_machine.travel("2026-11-20", tick=False):
        client = signed_in(world.norrbotten)
        assert "Den rättsliga grunden upphör snart" in read(client.get(f"/floden/{SLUG}/")).text
        assert "Den rättsliga grunden upphör snart" in read(client.get("/uppgifter/")).text
    with time_machine.travel("2027-01-02", tick=False):
        page = read(client.get("/floden/"))
        assert "Den rättsliga grunden har upphört" in page.text


def test_the_legal_reviewer_is_told_once_however_many_grounds_end(world, signed_in):
    ground = {**world.content()["legal_ground"], "valid_to": "2026-12-31"}
    world.approve(legal_ground=ground, valid_to="2026-12-31")
    world.approve(DAILY, legal_ground=ground, valid_to="2026-12-31")
    with time_machine.travel("2026-11-20", tick=False):
        page = read(signed_in(world.legal).get("/uppgifter/"))
    assert "2 användningars rättsliga grund upphör snart eller har upphört" in page.text


def test_an_identity_number_in_a_proposal_is_not_kept_and_the_text_comes_back(world, signed_in):
    answer = signed_in(world.norrbotten).post(
        "/floden/foresla/",
        data={
            "discloser": world.discloser,
            "model_version": world.model().content_hash,
            "recipient": world.recipient,
            "title_sv": "Frågor till 811218-9876.",
        },
    )
    page = read(answer, status=422)
    assert "Texten har ett personnummer" in page.text
    assert page.find("//input[@name='title_sv']/@value") == ["Frågor till 811218-9876."]
    assert db.session.scalar(select(Version).where(Version.content_text.contains("811218"))) is None


def test_the_lists_cost_the_same_whatever_they_hold(world, signed_in):
    world.approve()
    world.submit(DAILY)
    few = _statements(signed_in(world.quality))
    for _flow in range(3):
        world.approve()
        world.submit(DAILY)
    assert _statements(signed_in(world.quality)) == few < 60


def _statements(client) -> int:
    """How many SQL statements the two lists cost, once the process has warmed up."""
    for _visit in range(2):
        with counted() as statements:
            for path in ("/floden/", "/granskning/"):
                read(client.get(path))
    return len(statements)


def test_the_law_as_questions_is_public_and_proper(client, app):
    for path in ("/rattsfragor/", "/rattsfragor/smatal/"):
        read(client.get(path))
    page = read(client.get("/rattsfragor/"))
    assert "Stoppar beslutet · SEC-202" in page.text and "Frågar · SEC-101" in page.text
