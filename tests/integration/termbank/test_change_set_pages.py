"""The pages of change sets, as terminologists use them: put in, check, send, decide, publish, move."""

from dataclasses import replace

import pytest

from registry.db import db, transaction
from registry.items import queries as items
from registry.items.change_sets import writing
from registry.items.lifecycle import Outcome
from registry.items.tables import ChangeSet, Version
from termbank import services
from termbank.bank.queries import term_banks
from tests.conftest import NOW
from tests.factories.change_sets import begin_in, decide_set, make_set, revise, states_in, submit_set
from tests.factories.concepts import defined, in_own_words, related
from tests.integration.termbank.test_concept_lifecycle import SLUG
from tests.integration.termbank.test_concepts_together import DEFINITION, _published_alone
from tests.pages import read


@pytest.fixture
def item(terminologist):
    return items.item_by_slug(db.session, "concept", SLUG)


@pytest.fixture
def owner(organisations):
    return organisations["forvaltare"].id


def _reworded(terminologist, set_id, item, sv="patient på en annan avdelning", en="patient in another ward") -> str:
    version_id = begin_in(terminologist, set_id, item.id)
    one = term_banks.concept_of(db.session.get_one(Version, version_id))
    revise(terminologist, version_id, in_own_words(one, definitions=defined(sv, en)).as_content())
    return version_id


def test_from_the_concepts_page_to_publication(item, terminologist, colleague, signed_in, client):
    author, decider = signed_in(terminologist), signed_in(colleague)
    page = read(author.get(f"/termbank/begrepp/{SLUG}/", follow_redirects=True))
    assert f"/andringspaket/lagg-till/{item.id}" in page.links
    page = read(author.get(f"/andringspaket/lagg-till/{item.id}"))
    page = read(
        author.post(
            f"/andringspaket/lagg-till/{item.id}",
            data={"what": "begin", "into": "nytt", "title": "Utlokalisering"},
            follow_redirects=True,
        )
    )
    address = page.url
    assert "Utlokalisering" in page.text
    set_id = db.session.query(ChangeSet).one().id
    assert "Innehållet är detsamma, ord för ord." in page.text
    version = db.session.query(Version).filter(Version.change_set_id == set_id).one()
    one = term_banks.concept_of(version)
    revise(terminologist, version.id, in_own_words(one, definitions=DEFINITION).as_content())
    page = read(author.post(f"{address}kontrollera"))
    assert "Inget hindrar paketet" in page.text
    page = read(author.post(f"{address}skicka", data={f"klass-{version.id}": "editorial"}, follow_redirects=True))
    assert "Granskas" in page.text and not page.find("//form[starts-with(@id,'beslutet-')]")
    assert "Utlokalisering" in read(decider.get("/uppgifter/")).text
    page = read(decider.get(address))
    manifest = page.find("//input[@name='manifest']/@value")[0]
    page = read(
        decider.post(
            f"{address}besluta/wording",
            data={"outcome": "approve", "reason": "Läst och rätt.", "manifest": manifest},
            follow_redirects=True,
        )
    )
    assert "Läst och rätt." in page.text
    page = read(decider.post(f"{address}publicera", data={"valid_from": "2027-01-01"}, follow_redirects=True))
    assert states_in(set_id) == ["published", "published"]
    assert "Utlokalisering" in read(client.get("/andringspaket/")).text
    read(client.get(address))


@pytest.mark.parametrize(
    ("language", "words"), [("sv", "Den som bidragit beslutar inte"), ("en", "Who has contributed")]
)
def test_who_worked_on_it_is_told_why_they_do_not_decide(
    item, terminologist, colleague, owner, signed_in, language, words
):
    set_id = make_set(terminologist, owner, "Utlokalisering")
    _reworded(colleague, set_id, item)
    submit_set(terminologist, set_id)
    client = signed_in(colleague)
    client.set_cookie("language", language)
    page = read(client.get(f"/andringspaket/{set_id}/"))
    assert not page.find("//form[starts-with(@id,'beslutet-')]")
    answer = client.post(
        f"/andringspaket/{set_id}/besluta/wording", data={"outcome": "approve", "reason": "Mina egna skäl."}
    )
    page = read(answer, status=409)
    assert "Mina egna skäl." in page.text
    answer = client.post(
        f"/andringspaket/{set_id}/besluta/wording",
        data={
            "outcome": "approve", "reason": "Mina skäl.",
            "manifest": db.session.get_one(ChangeSet, set_id).manifest_hash,
        },
    )  # fmt: skip
    assert words in read(answer, status=409).text


def test_what_stops_the_set_stands_beside_what_it_was_found_in(item, terminologist, owner, signed_in):
    set_id = make_set(terminologist, owner, "Utlokalisering")
    version_id = begin_in(terminologist, set_id, item.id)
    one = term_banks.concept_of(db.session.get_one(Version, version_id))
    revise(
        terminologist, version_id, replace(one, relations=(*one.relations, *related(related=("patient",)))).as_content()
    )
    page = read(signed_in(terminologist).post(f"/andringspaket/{set_id}/skicka"), status=409)
    (told,) = page.find(f"//article[@id='andring-{version_id}']//*[contains(., 'SKOS-S27') and @class='count']")
    assert told is not None
    assert states_in(set_id) == ["draft", "draft"]


def test_an_overtaken_draft_is_moved_from_three_columns(item, terminologist, colleague, owner, signed_in):
    set_id = make_set(terminologist, owner, "Utlokalisering")
    mine = _reworded(terminologist, set_id, item, "min egen definition", "my own definition")
    published = term_banks.concept_of(items.current(db.session, item))
    _published_alone(terminologist, colleague, item, in_own_words(published, definitions=DEFINITION))
    client = signed_in(terminologist)
    page = read(client.get(f"/andringspaket/{set_id}/"))
    assert f"/granskning/version/{mine}/flytta" in page.links
    page = read(client.get(f"/granskning/version/{mine}/flytta"))
    assert "min egen definition" in page.text and "vårdas på en annan avdelning" in page.text
    onto = page.find("//input[@name='onto']/@value")[0]
    names = sorted(set(page.find("//input[@type='radio']/@name")))
    assert names
    legends = [" ".join("".join(one.itertext()).split()) for one in page.find("//legend")]
    assert legends and all("[" not in one for one in legends), "places are told as readers know them"
    chosen = dict.fromkeys(names, "theirs")
    page = read(client.post(f"/granskning/version/{mine}/flytta", data={"onto": onto, "step": "look", **chosen}))
    assert all(one.get("checked") is not None for one in page.find("//input[@type='radio'][@value='theirs']"))
    page = read(client.post(f"/granskning/version/{mine}/flytta", data={"onto": onto, **chosen}, follow_redirects=True))
    assert "Utlokalisering" in page.text
    read(client.get(f"/granskning/version/{mine}"))
    assert client.get(f"/granskning/version/{mine}/flytta").status_code == 404
    versions = items.versions_of(db.session, item)
    assert term_banks.concept_of(versions[-1]).definitions == DEFINITION
    changed = [one for one in versions[1:] if one.published_at and one.changes_meaning]
    page = read(client.get(f"/termbank/begrepp/{SLUG}/", follow_redirects=True))
    assert page.text.count("Ordalydelsen fick ändrad betydelse") == len(changed), (
        "a draft that was moved changed nothing"
    )


def test_a_draft_is_put_in_and_taken_out_again(item, terminologist, owner, signed_in):
    with transaction() as session:
        one = term_banks.concept_of(items.current(session, session.merge(item)))
        draft = services.draft_concept(
            session, terminologist, NOW, item=session.merge(item), concept=in_own_words(one, definitions=DEFINITION),
            organisation_id=owner, reason="Prövning",
        ).id  # fmt: skip
    set_id = make_set(terminologist, owner, "Utlokalisering")
    client = signed_in(terminologist)
    assert f"/andringspaket/lagg-till/{item.id}" in read(client.get(f"/granskning/version/{draft}")).links
    page = read(
        client.post(
            f"/andringspaket/lagg-till/{item.id}", data={"what": "draft", "into": set_id}, follow_redirects=True
        )
    )
    assert f"/granskning/version/{draft}" in page.links
    page = read(client.get(f"/granskning/version/{draft}"))
    assert f"/andringspaket/{set_id}/" in page.links and "/skicka" not in str(page.find("//form/@action"))
    read(client.post(f"/andringspaket/{set_id}/ta-ut/{draft}", follow_redirects=True))
    assert states_in(set_id) == ["draft"]
    answer = client.post(f"/andringspaket/lagg-till/{item.id}", data={"what": "withdraw", "into": set_id})
    assert "Skäl saknas" in read(answer, status=409).text


def test_the_form_of_a_set_says_what_is_missing(terminologist, signed_in, client, data_officer):
    author = signed_in(terminologist)
    read(author.get("/andringspaket/nytt"))
    assert "Skriv ett namn." in read(author.post("/andringspaket/nytt", data={"title": ""}), status=422).text
    page = read(author.post("/andringspaket/nytt", data={"title": "Tomt", "reason": "Prov"}, follow_redirects=True))
    assert "Prov" in page.text
    page = read(author.post(f"{page.url}skicka"), status=409)
    assert "Ändringspaketet är tomt" in page.text
    read(author.get(page.url.replace("skicka", "namn")))
    assert client.get("/andringspaket/nytt").status_code in (302, 401)


def test_a_set_in_review_is_called_back_and_given_up(item, terminologist, owner, signed_in):
    set_id = make_set(terminologist, owner, "Utlokalisering")
    _reworded(terminologist, set_id, item)
    submit_set(terminologist, set_id)
    client = signed_in(terminologist)
    page = read(client.post(f"/andringspaket/{set_id}/dra-tillbaka", follow_redirects=True))
    assert "Tillbakalämnad" in page.text
    read(client.post(f"/andringspaket/{set_id}/aterta", follow_redirects=True))
    assert states_in(set_id) == ["withdrawn"]
    assert "Det går inte nu" in read(client.post(f"/andringspaket/{set_id}/aterta"), status=409).text


def test_others_do_not_see_a_set_before_it_is_published(item, terminologist, owner, client, signed_in, data_officer):
    set_id = make_set(terminologist, owner, "Utlokalisering")
    _reworded(terminologist, set_id, item)
    for reader in (client, signed_in(data_officer)):
        assert reader.get(f"/andringspaket/{set_id}/").status_code == 404
        assert "Utlokalisering" not in read(reader.get("/andringspaket/")).text
        assert reader.post(f"/andringspaket/{set_id}/skicka").status_code in (302, 401, 403, 404)


def test_a_long_set_comes_page_by_page(terminologist, owner, signed_in):
    set_id = make_set(terminologist, owner, "Allt")
    versions = items.current_versions(db.session, "concept")[:24]
    with transaction() as session:
        found = session.get_one(ChangeSet, set_id)
        for version in versions:
            writing.begin(session, terminologist, NOW, found, session.merge(version).item)
    page = read(signed_in(terminologist).get(f"/andringspaket/{set_id}/"))
    assert len(page.find("//article[starts-with(@id,'andring-')]")) == 20
    page = read(signed_in(terminologist).get(f"/andringspaket/{set_id}/?sida=2"))
    assert len(page.find("//article[starts-with(@id,'andring-')]")) == len(versions) - 20


def test_what_a_rejected_set_would_have_done_is_not_told_as_done(item, terminologist, colleague, owner, signed_in):
    set_id = make_set(terminologist, owner)
    _reworded(terminologist, set_id, item)
    submit_set(terminologist, set_id)
    assert "Ändras" in read(signed_in(colleague).get(f"/andringspaket/{set_id}/")).text
    decide_set(colleague, set_id, outcome=Outcome.REJECT, reason="Behövs inte.")
    page = read(signed_in(terminologist).get(f"/andringspaket/{set_id}/"))
    assert "Skulle ändras" in page.text and "Ändras" not in page.text
    assert "Behövs inte." in page.text
