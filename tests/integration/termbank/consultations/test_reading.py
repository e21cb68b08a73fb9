"""What each reader of a consultation comes to: one's own answer, all answers, and back from an act that is refused."""

from datetime import timedelta

import pytest

from registry import clock
from registry.actors import Role
from registry.db import db, transaction
from registry.errors import Refused
from registry.items import queries as items
from termbank.consultations import queries, services
from termbank.consultations.acts import record
from termbank.consultations.services import AskedText, Letter
from termbank.consultations.tables import Consultation, ConsultationState
from termbank.consultations.tally import Part, Position, Verdict
from tests.conftest import NOW
from tests.integration.termbank.consultations.acts import AFTER, DEFINITION, LAST, SLUG, reread, send
from tests.pages import read


def test_whoever_sent_an_answer_reads_it_whole_before_anybody_else_does(
    opened, officers, organisations, terminologist, signed_in, client
):
    opinion = send(opened, officers["24"], organisations["24"], Position.OPPOSES, reason="Räknas annorlunda.")
    address = f"/termbank/remisser/{opened}/"
    mine = signed_in(officers["24"])
    page = read(mine.get(address))
    assert f"{address}svar/{opinion}/" in page.links
    assert "Lämna ett tillägg för Region Västerbotten" in page.text
    assert "Räknas annorlunda." in read(mine.get(f"{address}svar/{opinion}/")).text
    for other in (client, signed_in(officers["25"]), signed_in(terminologist)):
        assert other.get(f"{address}svar/{opinion}/").status_code == 404
        assert opinion not in read(other.get(f"{address}svar/")).text
    with transaction() as session:
        one = session.get_one(Consultation, opened)
        one.closes_on = clock.today() - timedelta(days=1)
        record(session, terminologist, NOW, one, "ConsultationExtended")
    assert "Räknas annorlunda." in read(client.get(f"{address}svar/{opinion}/")).text
    assert f"{address}svar/{opinion}/" in read(client.get(f"{address}svar/")).links


def test_a_draft_of_an_answer_is_seen_by_those_who_may_write_on_it_and_by_nobody_else(
    opened, officers, organisations, actor, signed_in, client
):
    writer = actor("skribent", (Role.DATA_OFFICER, "24"))
    send(opened, writer, organisations["24"], Position.SUPPORTS, is_sent=False)
    address = f"/termbank/remisser/{opened}/"
    assert "Fortsätt med svaret för Region Västerbotten" in read(signed_in(officers["24"]).get(address)).text
    assert "är inte lämnat" not in read(signed_in(officers["25"]).get(address)).text
    assert "är inte lämnat" not in read(client.get(address)).text


def test_who_was_not_asked_is_told_so_before_answering(opened, actor, signed_in):
    other = actor("utlamnare01", (Role.DISCLOSING_OFFICER, "01"))
    assert "Er organisation är inte tillfrågad" in read(signed_in(other).get(f"/termbank/remisser/{opened}/svara")).text


def test_an_act_that_is_refused_says_why_on_the_page_of_the_consultation(opened, terminologist, signed_in):
    client, address = signed_in(terminologist), f"/termbank/remisser/{opened}/"
    for path in ("skicka-ut", "ta-bort", "avsluta"):
        answer = client.post(f"{address}{path}")
        assert answer.status_code == 302 and answer.location.endswith(address)
        page = read(client.get(address)).text
        assert "Remissen har kommit längre" in page or "Svaren är dolda" in page
    assert reread(opened).state == ConsultationState.OPEN


def test_what_was_written_stays_where_a_consultation_was_settled_meanwhile(opened, officers, terminologist, signed_in):
    client = signed_in(officers["24"])
    address = f"/termbank/remisser/{opened}/svara"
    read(client.get(address))
    with transaction() as session:
        services.settle(session, terminologist, AFTER, session.get_one(Consultation, opened))
    own = next(iter(officers["24"].organisations(Role.DISCLOSING_OFFICER)))
    sent = {"organisation": own, "position_1_term": "supports", "general": "Lång text."}
    page = read(client.post(address, data={**sent, "action": "send"}), 409)
    assert "Remissen har kommit längre" in page.text and "Lång text." in page.text


def test_two_who_respond_to_one_answer_are_told(opened, officers, organisations, terminologist):
    opinion_id = send(opened, officers["24"], organisations["24"], Position.OPPOSES)
    with transaction() as session:
        one = session.get_one(Consultation, opened)
        seen = queries.stamp_of_verdicts(queries.sent(one)[0])
        services.judge(
            session, terminologist, AFTER, one, opinion_id, {DEFINITION: (Verdict.NOTED, "Läst.")}, seen=seen
        )
    with transaction() as session, pytest.raises(Refused) as refusal:
        one = session.get_one(Consultation, opened)
        services.judge(
            session, terminologist, AFTER, one, opinion_id, {DEFINITION: (Verdict.DECLINED, "Nej.")}, seen=seen
        )
    assert refusal.value.finding.code == "CONS-013"


def test_whoever_is_asked_is_asked_once(terminologist, organisations):
    with transaction() as session:
        version = items.current_by_slug(session, "concept", SLUG)
        one = services.draft(
            session, terminologist, NOW, organisation_id=version.organisation_id, letter=Letter("Dnr 9", "T", "Hej", LAST),
            asked=[AskedText(version, {Part.TERM: {"sv": "x"}})], organisations=[organisations["24"]],
            others=["region  västerbotten", "Region Västerbotten County", "Förbundet", " förbundet ", ""],
        )  # fmt: skip
        named = [place.name for place in one.addressees]
    assert named.count("Region Västerbotten") == 1
    assert sum("rbundet" in name for name in named) == 1 and not any("region " in name for name in named)


def test_what_is_too_long_is_said_and_never_cut_off_by_the_browser(opened, officers, signed_in):
    client = signed_in(officers["24"])
    address = f"/termbank/remisser/{opened}/svara"
    assert "maxlength" not in client.get(address).get_data(as_text=True)
    sent = {
        "organisation": next(iter(officers["24"].organisations(Role.DISCLOSING_OFFICER))), "position_1_definition": "opposes",
        "reason_1_definition": "å" * 100_000, "action": "send",
    }  # fmt: skip
    page = read(client.post(address, data=sent), 422)
    assert "å" * 100_000 in page.text
    assert not queries.sent(reread(opened))


def test_words_that_an_opinion_is_about_are_faulted_at_their_field(opened, officers, signed_in):
    client = signed_in(officers["24"])
    sent = {
        "organisation": next(iter(officers["24"].organisations(Role.DISCLOSING_OFFICER))), "position_1_definition": "opposes",
        "quoted_1_definition": "finns inte", "action": "send",
    }  # fmt: skip
    page = read(client.post(f"/termbank/remisser/{opened}/svara", data=sent), 422)
    assert page.tree.xpath("//*[@id='quoted_1_definition-error']"), page.text


def test_a_question_stands_after_its_wording_and_says_which_concept_it_is_about(
    terminologist, officers, signed_in, organisations
):
    client = signed_in(terminologist)
    asked = [items.current_by_slug(db.session, "concept", slug).id for slug in (SLUG, "disponibel-vardplats")]
    sent = {
        "title": "Två begrepp", "registry_number": "Dnr 77", "letter": "Hej", "closes_on": LAST.isoformat(), "asks_application": "y",
        "texts": asked, "organisations": [organisations["24"].id],
    }  # fmt: skip
    answer = client.post("/termbank/remisser/ny?mall=bilaga8", data=sent)
    assert answer.status_code == 302, read(answer, answer.status_code).text
    page = read(client.get(answer.location)).text
    wanted = (
        "1. fastställd vårdplats", "2. fastställd vårdplats: Räknas tekniska vårdplatser in?", "5. disponibel vårdplats",
        "8. disponibel vårdplats: Räknas tekniska vårdplatser in?",
    )  # fmt: skip
    assert sorted(wanted, key=page.index) == list(wanted)
    client.post(f"{answer.location}skicka-ut")
    form = read(signed_in(officers["24"]).get(f"{answer.location}svara")).text
    assert all(heading in form for heading in wanted[1::2])


def test_wordings_in_force_are_found_and_asked_about_together(terminologist, organisations, signed_in):
    client = signed_in(terminologist)
    sent = {"title": "Vård", "registry_number": "Dnr 78", "letter": "Hej", "closes_on": LAST.isoformat(), "texts": []}
    found = client.post("/termbank/remisser/ny", data={**sent, "find": "sluten vård", "action": "find"})
    page = read(found)
    assert "sluten vård, version 1" in page.text
    chosen = [items.current_by_slug(db.session, "concept", slug).id for slug in ("sluten-vard", "sjukhus")]
    answer = client.post(
        "/termbank/remisser/ny", data={**sent, "texts": chosen, "organisations": [organisations["24"].id]}
    )
    assert answer.status_code == 302, read(answer, answer.status_code).text
    page = read(client.get(answer.location)).text
    assert "sjukhus" in page and "sluten vård" in page
    assert client.post("/termbank/remisser/ny", data={**sent, "texts": ["finns-inte"]}).status_code == 422
