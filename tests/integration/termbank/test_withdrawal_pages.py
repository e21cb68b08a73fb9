"""Withdrawing a published wording through the pages: seen, written, checked, decided by somebody else, and told to all."""

import pytest
from rdflib import OWL, SKOS, Graph
from rdflib.namespace import DCTERMS
from sqlalchemy import select

from registry.actors import SYSTEM, Role
from registry.db import db, transaction
from registry.items import queries, withdrawing
from registry.items.lifecycle import State
from registry.items.tables import Version, Withdrawal
from registry.starter import STEWARD
from termbank.bank import listing
from termbank.bank.indexing import load_index
from termbank.bank.tables import DefinitionUse
from tests.conftest import NOW
from tests.pages import read

SLUG, WHY = "faststalld-vardplats", "Den räknas in på ett håll och bort på ett annat."


@pytest.fixture
def version(term_bank) -> Version:
    found = queries.current_by_slug(db.session, "concept", SLUG)
    assert found is not None
    return found


@pytest.fixture
def address(version) -> str:
    return f"/granskning/version/{version.id}/atertagande/"


def _propose(client, address, reason=WHY, replaced_by="", **more):
    return client.post(address, data={"reason": reason, "replaced_by": replaced_by, **more}, follow_redirects=True)


def _decide(client, address, outcome="withdraw", reason="Granskat.", **more):
    return client.post(f"{address}besluta", data={"outcome": outcome, "reason": reason, **more}, follow_redirects=True)


def _state(version) -> str:
    db.session.expire_all()
    return db.session.get_one(Version, version.id).state


def test_the_way_goes_from_the_concept_through_what_rests_on_it_to_the_decision(
    version, address, terminologist, colleague, signed_in, client
):
    author, other = signed_in(terminologist), signed_in(colleague)
    assert address in read(author.get(f"/termbank/begrepp/{SLUG}/", follow_redirects=True)).links
    page = read(author.get(address))
    assert "Vad som vilar på versionen" in page.text and "Tillämpning" in page.text
    page = read(_propose(author, address, step="check"))
    assert "Kontrollera innan du föreslår" in page.text and WHY in page.text
    assert queries.withdrawals_of(db.session, version) == [], "a check records nothing"
    page = read(_propose(author, address))
    assert "Återtagandet är föreslaget." in read(author.get(address)).text or "Återtagande föreslaget" in page.text
    assert _state(version) == State.PUBLISHED
    task = read(other.get("/uppgifter/"))
    assert address in task.links
    page = read(_decide(other, address, step="check"))
    assert "Kontrollera innan du beslutar" in page.text
    assert _state(version) == State.PUBLISHED
    read(_decide(other, address))
    assert _state(version) == State.WITHDRAWN
    page = read(client.get(f"/termbank/begrepp/{SLUG}/", follow_redirects=True))
    assert "Den här versionen återtogs" in page.text and WHY in page.text
    assert "Inget har tagit dess plats." in page.text
    assert "terminolog2" not in page.text.split("Inget har tagit dess plats.")[0]


def test_what_is_used_instead_is_named_and_linked(version, address, terminologist, colleague, signed_in, client):
    other = queries.item_by_slug(db.session, "concept", "disponibel-vardplats")
    _propose(signed_in(terminologist), address, replaced_by=other.id)
    _decide(signed_in(colleague), address)
    page = read(client.get(f"/termbank/begrepp/{SLUG}/", follow_redirects=True))
    assert "I stället: disponibel vårdplats, version 1" in page.text
    assert f"/termbank/begrepp/{other.address}/" in page.links
    client.set_cookie("language", "en")
    page = read(client.get(f"/termbank/begrepp/{SLUG}/", follow_redirects=True))
    assert "This version was withdrawn on" in page.text and "Instead: available bed, version 1" in page.text


def test_the_rest_of_the_term_bank_reads_on_without_it(version, address, terminologist, colleague, signed_in, client):
    _propose(signed_in(terminologist), address)
    _decide(signed_in(colleague), address)
    for path in (
        "",
        "?ordning=hierarki",
        "begrepp/disponibel-vardplats/",
        "tillampningar/",
        f"begrepp/{SLUG}/version/1/",
    ):
        read(client.get(f"/termbank/{path}", follow_redirects=True))
    read(signed_in(terminologist).get(f"/termbank/begrepp/{SLUG}/andra"))
    assert client.get("/termbank/termbank.ttl").status_code in (200, 404)


def test_kept_in_force_is_said_with_its_reasons(version, address, terminologist, colleague, signed_in):
    _propose(signed_in(terminologist), address)
    page = read(_decide(signed_in(colleague), address, outcome="keep", reason="Den används av flera."))
    assert "Gäller även i fortsättningen" in page.text and "Den används av flera." in page.text
    assert _state(version) == State.PUBLISHED


@pytest.mark.parametrize(("language", "words"), [("sv", "Skriv skälen."), ("en", "Write the reasons.")])
def test_an_empty_reason_comes_back_with_the_field_marked(version, address, terminologist, signed_in, language, words):
    client = signed_in(terminologist)
    client.set_cookie("language", language)
    for given in ({"step": "check"}, {}):
        page = read(_propose(client, address, reason="   ", **given), status=422)
        assert words in page.text
    assert queries.withdrawals_of(db.session, version) == []


def test_back_from_the_check_what_was_written_is_still_there(address, terminologist, signed_in):
    page = read(_propose(signed_in(terminologist), address, step="change"))
    assert page.find("//textarea[@name='reason']")[0].text.strip() == WHY


def test_the_proposer_has_no_panel_to_decide_and_may_take_it_back(version, address, terminologist, signed_in):
    client = signed_in(terminologist)
    page = read(_propose(client, address))
    assert not page.find("//form[@id='beslutet']")
    answer = _decide(client, address)
    assert "Den som föreslår beslutar inte" in read(answer, status=409).text
    page = read(client.post(f"{address}ta-tillbaka", follow_redirects=True))
    assert "Förslaget är tillbakataget." in client.get(address).text or "Tillbakataget" in page.text
    assert _state(version) == State.PUBLISHED


def test_whoever_comes_second_is_told_and_loses_no_text(version, address, terminologist, colleague, actor, signed_in):
    _propose(signed_in(terminologist), address)
    page = read(_propose(signed_in(colleague), address, reason="Mina egna skäl."), status=409)
    assert "Återtagandet är redan föreslaget" in page.text and "Mina egna skäl." in page.text
    third = signed_in(actor("terminolog3", (Role.TERMINOLOGIST, STEWARD)))
    _decide(signed_in(colleague), address)
    page = read(_decide(third, address, outcome="keep", reason="Jag tycker annat."), status=409)
    assert "Förslaget är redan avgjort" in page.text and "Jag tycker annat." in page.text


def test_a_reader_of_another_organisation_sees_a_proposal_and_decides_nothing(
    version, address, terminologist, actor, signed_in, client
):
    stranger = signed_in(actor("annan", (Role.TERMINOLOGIST, "25")))
    assert "Du har inte rollen för det här" in read(stranger.get(address), status=403).text
    read(_propose(stranger, address), status=403)
    assert client.get(address).status_code in (302, 401, 403)
    _propose(signed_in(terminologist), address)
    page = read(stranger.get(address))
    assert WHY in page.text and not page.find("//form[@id='beslutet']")
    read(_decide(stranger, address), status=403)
    assert (
        "Det är föreslaget att den här versionen återtas"
        in read(stranger.get(f"/termbank/begrepp/{SLUG}/", follow_redirects=True)).text
    )
    assert (
        "föreslaget"
        not in read(client.get(f"/termbank/begrepp/{SLUG}/", follow_redirects=True)).text.split("Definition")[0]
    )


@pytest.mark.parametrize(
    ("language", "words"), [("sv", "Versionen gäller inte"), ("en", "The version is not in force")]
)
def test_a_draft_is_not_withdrawn_here(version, colleague, terminologist, signed_in, language, words):
    proposal = next(one for one in queries.in_review(db.session, terminologist, kinds=["concept"]))
    client = signed_in(terminologist)
    client.set_cookie("language", language)
    assert words in read(client.get(f"/granskning/version/{proposal.id}/atertagande/"), status=409).text


def test_the_old_way_alone_is_refused_in_words(version, terminologist, signed_in):
    answer = signed_in(terminologist).post(f"/granskning/version/{version.id}/aterta", data={"reason": WHY})
    assert "Det som är publicerat återtas inte av en ensam" in read(answer, status=409).text


def test_an_application_is_proposed_by_the_region_and_decided_by_its_disclosing_officer(
    term_bank, actor, signed_in, client
):
    officer = signed_in(actor("uppgifter-25", (Role.DATA_OFFICER, "25")))
    discloser = signed_in(actor("utlamnare-25", (Role.DISCLOSING_OFFICER, "25")))
    stated = next(one for one in queries.current_versions(db.session, "application") if ".25." in one.item.slug)
    address = f"/granskning/version/{stated.id}/atertagande/"
    assert address in read(officer.get(f"/termbank/tillampningar/{stated.item.slug}/")).links
    assert address in read(discloser.get(f"/termbank/tillampningar/{stated.item.slug}/")).links
    _propose(officer, address)
    read(_decide(discloser, address))
    page = read(client.get(f"/termbank/tillampningar/{stated.item.slug}/"))
    assert "Den här versionen återtogs" in page.text


def test_the_tasks_cost_the_same_however_many_proposals_wait(term_bank, terminologist, colleague, statements_counted):
    from registry.pages.item_tasks import panel

    def waiting(*slugs) -> int:
        with transaction() as session:
            for slug in slugs:
                one = queries.current_by_slug(session, "concept", slug)
                withdrawing.propose(session, terminologist, NOW, one, reason=WHY)
        db.session.rollback()
        with statements_counted() as counted:
            assert len([one for one in panel(db.session, colleague, NOW) if "återtas" in one.text]) == len(
                db.session.query(Withdrawal).all()
            )
        return len(counted)

    from flask import current_app

    with current_app.test_request_context():
        assert waiting(SLUG) == waiting("disponibel-vardplats", "teknisk-vardplats")


def test_in_a_large_term_bank_what_is_used_instead_is_searched_for(
    version, address, terminologist, signed_in, monkeypatch
):
    monkeypatch.setattr(listing, "MOST_OFFERED", 3)
    author = signed_in(terminologist)
    other = queries.item_by_slug(db.session, "concept", "utskrivningsklar-patient")

    def offered(page):
        return {one.get("value") for one in page.find("//select[@name='replaced_by']/option")}

    assert offered(read(author.get(address))) == {""}
    found = read(author.post(address, data={"sought": "utskrivningsklar", "step": "find"}))
    assert other.id in offered(found)
    checked = author.post(address, data={"reason": "Dubblett.", "replaced_by": other.id, "step": "check"})
    assert "utskrivningsklar patient" in read(checked).text


def test_what_is_withdrawn_stays_for_machines_and_says_what_is_used_instead(
    version, address, terminologist, colleague, signed_in, client
):
    other = queries.item_by_slug(db.session, "concept", "disponibel-vardplats")
    _propose(signed_in(terminologist), address, replaced_by=other.id)
    _decide(signed_in(colleague), address)
    item_id = version.item_id
    for url in ("/termbank/vardplatser.ttl", f"/termbank/begrepp/{SLUG}.ttl", "/termbank/vardplatser.xl.ttl"):
        triples = Graph().parse(data=client.get(url).data, format="turtle")
        (gone,) = [node for node in triples.subjects(OWL.deprecated) if str(node).endswith(item_id)]
        assert str(triples.value(gone, DCTERMS.isReplacedBy)).endswith(other.id)
        assert triples.value(gone, SKOS.prefLabel) is not None
        assert not list(triples.subjects(SKOS.narrower, gone)), "nothing in use leads to it"
    answer = client.get(f"/termbank/id/concept/{item_id}", headers={"Accept": "text/turtle"})
    assert answer.status_code == 303
    assert answer.location.endswith(f"/termbank/begrepp/{SLUG}.ttl")


def test_a_search_for_what_is_withdrawn_leads_to_what_is_used_instead(
    version, address, terminologist, colleague, signed_in, client
):
    term = "fastställd vårdplats"
    with transaction() as session:
        load_index(session, SYSTEM, NOW)
    assert "Används inte längre" not in read(client.get(f"/termbank/?q={term}")).text
    other = queries.item_by_slug(db.session, "concept", "disponibel-vardplats")
    _propose(signed_in(terminologist), address, replaced_by=other.id)
    _decide(signed_in(colleague), address)
    page = read(client.get(f"/termbank/?q={term}"))
    assert "Används inte längre" in page.text
    (gone,) = page.find("//li[contains(., 'Återtaget: ska inte längre användas.')]")
    assert gone.xpath(".//a/@href")[0].startswith("/termbank/begrepp/")
    assert "disponibel vårdplats" in gone.xpath(".//a/text()")


def test_definitions_no_longer_use_a_concept_that_is_withdrawn(term_bank, terminologist, colleague):
    with transaction() as session:
        load_index(session, SYSTEM, NOW)
    item_id = db.session.scalars(select(DefinitionUse.item_id).limit(1)).one()
    used = select(DefinitionUse.version_id).where(DefinitionUse.item_id == item_id)
    with transaction() as session:
        found = session.scalars(select(Version).where(Version.item_id == item_id, queries.not_ended())).one()
        entry = withdrawing.propose(session, terminologist, NOW, found, reason=WHY)
        withdrawing.decide(session, colleague, NOW, entry, is_granted=True, reason="Granskat.")
    db.session.expire_all()
    assert db.session.scalars(used).all() == []
