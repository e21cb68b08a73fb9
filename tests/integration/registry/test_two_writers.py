"""Two people write in one draft, whatever it is a draft of: neither takes away in silence what the other wrote."""

import pytest

from registry.actors import Role
from registry.db import db
from registry.items import queries as items
from registry.items.tables import Version
from registry.starter import STEWARD
from tests.factories import starter
from tests.factories.change_sets import make_set
from tests.factories.uses import UseWorld
from tests.integration.flows.test_pages import SLUG, form_of_line
from tests.integration.flows.test_use_pages import form_of
from tests.integration.information_models.test_writing import ADDRESS, DAILY, form_data, upload
from tests.integration.termbank.test_terms_and_senses import posted_again
from tests.pages import read


@pytest.fixture
def world(organisations, actor) -> UseWorld:
    return UseWorld.load(organisations, actor)


@pytest.fixture
def writers(world, signed_in, actor):
    second = actor("uppgiftslamnare2", (Role.DATA_OFFICER, "25"))
    return signed_in(world.flows.norrbotten), signed_in(second)


def hidden(page) -> dict[str, str]:
    return {name: page.find(f"//input[@name='{name}']")[0].get("value") for name in ("started_from", "began_with")}


def content_of(kind: str, slug: str) -> dict:
    db.session.expire_all()
    draft: Version = items.open_version(db.session, items.item_by_slug(db.session, kind, slug))
    return {**draft.content, "reason": draft.reason}


def a_line(world, client) -> tuple[str, str, str, dict[str, object]]:
    form = form_of_line(world.flows)
    assert client.post("/floden/foresla/", data=form).status_code == 302
    return "flow", SLUG, f"/floden/{SLUG}/andra/", form


def a_use(world, client) -> tuple[str, str, str, dict[str, object]]:
    form = form_of(recipient=world.flows.recipient)
    made = client.post(f"/anvandningar/foresla/?linje={world.line().item.slug}", data=form)
    slug = made.location.split("/anvandningar/")[1].split("/")[0]
    return "use", slug, f"/anvandningar/{slug}/andra/", form


@pytest.mark.parametrize("made", [a_line, a_use])
def test_who_saves_second_sees_both_and_may_keep_both(world, writers, made):
    first, second = writers
    kind, slug, address, form = made(world, first)
    seen = hidden(read(second.get(address)))
    assert (
        first.post(address, data={**form, **hidden(read(first.get(address))), "title_sv": "Deras titel"}).status_code
        == 302
    )
    mine = {**form, **seen, "title_en": "My title", "reason": "Mitt skäl"}
    page = read(second.post(address, data=mine), 409)
    assert "Någon annan hann före" in page.text and "Deras titel" in page.text
    assert page.find("//input[@name='whose' and @value='both' and @checked]")
    assert content_of(kind, slug)["title"]["sv"] == "Deras titel", "nothing is overwritten by a refused form"
    assert second.post(address, data={**mine, **hidden(page), "whose": "both"}).status_code == 302
    kept = content_of(kind, slug)
    assert (kept["title"], kept["reason"]) == ({"sv": "Deras titel", "en": "My title"}, "Mitt skäl")


def test_where_both_changed_the_same_the_writer_chooses_and_a_third_change_is_seen_again(world, writers):
    first, second = writers
    kind, slug, address, form = a_line(world, first)
    mine = {**form, **hidden(read(second.get(address))), "title_sv": "Min titel", "reason": "Mitt"}
    theirs = {**form, **hidden(read(first.get(address))), "title_sv": "Deras titel", "reason": "Deras"}
    assert first.post(address, data=theirs).status_code == 302
    page = read(second.post(address, data=mine), 409)
    titles = page.find("//input[@value='theirs' and contains(@name, 'title')]/@name")
    choosing = {**mine, **hidden(page), "whose": "both", **dict.fromkeys(titles, "theirs"), "whose-reason": "mine"}
    again = {**form, **hidden(read(first.get(address))), "title_sv": "Deras titel", "valid_to": "2027-03-31"}
    assert first.post(address, data={**again, "reason": "Deras"}).status_code == 302
    page = read(second.post(address, data=choosing), 409)
    assert second.post(address, data={**choosing, **hidden(page)}).status_code == 302
    kept = content_of(kind, slug)
    assert (kept["title"]["sv"], kept["valid_to"], kept["reason"]) == ("Deras titel", "2027-03-31", "Mitt")


@pytest.mark.parametrize("made", [a_line, a_use])
def test_what_is_written_stays_in_its_fields_where_somebody_else_has_sent_the_draft(world, writers, made):
    first, second = writers
    _kind, slug, address, form = made(world, first)
    mine = {**form, **hidden(read(second.get(address))), "title_sv": "Min titel"}
    begins = "/floden/" if made is a_line else "/anvandningar/"
    assert first.post(f"{begins}{slug}/version/1/skicka").status_code == 302
    answer = second.post(address, data=mine)
    page = read(answer, answer.status_code)
    assert answer.status_code in (409, 422)
    assert page.find("//input[@name='title_sv']")[0].get("value") == "Min titel"


def test_reasons_are_not_taken_away_either(world, writers):
    first, second = writers
    kind, slug, address, form = a_line(world, first)
    mine = {**form, **hidden(read(second.get(address))), "reason": "Mitt skäl"}
    theirs = {**form, **hidden(read(first.get(address))), "reason": "Deras skäl"}
    assert first.post(address, data=theirs).status_code == 302
    page = read(second.post(address, data=mine), 409)
    assert "Deras" in page.text and content_of(kind, slug)["reason"] == "Deras skäl"
    assert second.post(address, data={**mine, **hidden(page), "whose": "own"}).status_code == 302
    assert content_of(kind, slug)["reason"] == "Mitt skäl"


@pytest.mark.parametrize("began", ["", "inte-base64!", "eJwDAAAAAAE=", "eJyrVkrOzytJzStRsqpWKkpNLM7PU7JSUqqtBQB5dgjS"])
def test_a_form_that_says_nothing_readable_of_what_it_began_with_offers_no_joining(world, writers, began):
    first, second = writers
    _kind, _slug, address, form = a_line(world, first)
    mine = {**form, **hidden(read(second.get(address))), "title_en": "Mine", "began_with": began}
    assert (
        first.post(address, data={**form, **hidden(read(first.get(address))), "title_sv": "Deras"}).status_code == 302
    )
    page = read(second.post(address, data=mine), 409)
    assert not page.find("//input[@name='whose' and @value='both']")
    assert page.find("//input[@name='whose' and @value='own' and @checked]")


def test_questions_that_somebody_else_wrote_first_are_not_overwritten_by_a_form_that_began_with_none(
    organisations, signed_in, actor
):
    starter.term_bank()
    first, second = (signed_in(actor(name, (Role.TERMINOLOGIST, STEWARD))) for name in ("terminolog", "terminolog2"))
    address = "/termbank/fragor/teknisk-vardplats/andra"
    forms = [posted_again(read(one.get(address))) for one in (first, second)]
    assert forms[1]["started_from"] == "", "there is no question set of the concept yet"
    assert first.post(address, data={**forms[0], "reason": "Deras"}).status_code == 302
    assert "Deras" in read(second.post(address, data={**forms[1], "reason": "Mina"}), 409).text


def test_a_file_does_not_take_the_place_of_a_draft_that_somebody_else_wrote_in(organisations, signed_in, actor):
    starter.models()
    first, second = (signed_in(actor(name, (Role.MODELLER, STEWARD))) for name in ("informatiker", "informatiker2"))
    content = first.get(ADDRESS + "version/1/innehall.json").json
    assert upload(first, {**content, "title": {"sv": "Deras", "en": "Theirs"}}).status_code == 302
    page = read(upload(second, {**content, "title": {"sv": "Min", "en": "Mine"}}), 409)
    assert "Version 2 är ett utkast som någon annan har skrivit i" in page.text
    assert page.find("//input[@name='replaces' and @type='checkbox']")
    assert content_of("model", DAILY)["title"]["sv"] == "Deras"
    assert upload(second, {**content, "title": {"sv": "Min", "en": "Mine"}}, replaces="y").status_code == 302
    assert content_of("model", DAILY)["title"]["sv"] == "Min"


def test_the_name_of_a_change_set_is_not_taken_away_either(organisations, signed_in, actor):
    starter.term_bank()
    people = [actor(name, (Role.TERMINOLOGIST, STEWARD)) for name in ("terminolog", "terminolog2")]
    first, second = map(signed_in, people)
    address = f"/andringspaket/{make_set(people[0], organisations['forvaltare'].id, 'Sängar')}/namn"
    forms = [posted_again(read(one.get(address))) for one in (first, second)]
    assert first.post(address, data={**forms[0], "title": "Deras namn"}).status_code == 302
    page = read(second.post(address, data={**forms[1], "title": "Mitt namn"}), 409)
    assert "Deras" in page.text and "Någon annan hann före" in page.text
    assert second.post(address, data=posted_again(page)).status_code == 302
    assert "Mitt namn" in read(first.get(address.removesuffix("namn"))).text


def test_two_who_change_different_elements_of_a_model_keep_both(organisations, signed_in, actor):
    starter.models()
    first, second = (signed_in(actor(name, (Role.MODELLER, STEWARD))) for name in ("informatiker", "informatiker2"))
    address = ADDRESS + "andra"
    forms = [{**form_data(read(one.get(address))), "action": ["save"]} for one in (first, second)]
    assert first.post(address, data={**forms[0], "elements-3-label_sv": ["Deras rubrik"]}).status_code == 302
    mine = {**forms[1], "elements-4-label_sv": ["Min rubrik"], "title_en": ["My title"]}
    page = read(second.post(address, data=mine), 409)
    again = {**mine, **{name: [said] for name, said in hidden(page).items()}, "whose": ["both"]}
    assert second.post(address, data=again).status_code == 302
    kept = content_of("model", DAILY)
    labels = [one["label"]["sv"] for one in kept["elements"]]
    assert (labels[3], labels[4], kept["title"]["en"]) == ("Deras rubrik", "Min rubrik", "My title")
