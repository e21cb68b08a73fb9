"""The pilot's question guide runs as a consultation, and what a region answers there begins its statements of application."""

from datetime import timedelta

import pytest

from registry import clock
from registry.actors import Role
from registry.db import db
from termbank.consultations import queries
from termbank.consultations.tables import Consultation
from termbank.consultations.tally import Part
from tests.pages import read

pytestmark = pytest.mark.usefixtures("term_bank")
NEW = "/termbank/remisser/ny?mall=bilaga8"


@pytest.fixture
def guide(signed_in, terminologist, organisations) -> str:
    """The guide, sent out to Västerbotten; its address."""
    client = signed_in(terminologist)
    page = read(client.get(NEW))
    ticked = [one.get("value") for one in page.find("//input[@name='texts' and @checked]")]
    assert len(ticked) == 9, "the nine concepts of annex 8"
    assert "Efter Socialstyrelsens delredovisning, mars 2024, bilaga 8" in page.text
    form = {
        "title": "Frågeguide", "registry_number": "Dnr 1/2026", "letter": "Vi frågar.", "texts": ticked, "asks_application": "y",
        "closes_on": (clock.today() + timedelta(days=30)).isoformat(), "organisations": [organisations["24"].id],
    }  # fmt: skip
    address = client.post(NEW, data=form).location
    assert client.post(f"{address}skicka-ut").status_code == 302
    return address


def test_each_question_is_answered_by_yes_or_no_and_becomes_a_statement(guide, signed_in, actor, organisations):
    both = actor("vasterbotten", (Role.DISCLOSING_OFFICER, "24"), (Role.DATA_OFFICER, "24"))
    client = signed_in(both)
    one = db.session.query(Consultation).one()
    asked = {(text.item.slug, text.question): text.number for text in one.texts if text.question}
    number = asked["faststalld-vardplats", "technical-beds-counted"]
    page = read(client.get(f"{guide}svara"))
    assert "Räknas tekniska vårdplatser in?" in page.text
    assert not page.find(f"//*[@name='quoted_{number}_question']")
    form = {
        "organisation": organisations["24"].id, "started_from": queries.stamp(one, organisations["24"].id), "action": "send",
        f"position_{number}_question": "partly", f"reason_{number}_question": "Bara på två sjukhus",
    }  # fmt: skip
    answer = client.post(f"{guide}svara", data=form)
    assert answer.status_code == 302, read(answer, answer.status_code).text
    page = read(client.get(guide))
    [url] = [link for link in page.links if "remiss=" in link]
    state = read(client.get(url, follow_redirects=True))
    [chosen] = state.find("//input[@name='answer_technical_beds_counted' and @checked]")
    assert chosen.get("value") == "partly"
    assert state.find("//input[@name='words_technical_beds_counted']")[0].get("value") == "Bara på två sjukhus"


def test_the_form_asks_the_questions_and_leaves_positions_on_wordings_in_force_aside(
    guide, signed_in, actor, organisations
):
    officer = actor("vasterbotten", (Role.DATA_OFFICER, "24"))
    client = signed_in(officer)
    folded = "//details[.//*[starts-with(@name, 'position_')]]"
    page = read(client.get(f"{guide}svara"))
    assert "Svara på det som rör er organisation." in page.text
    assert page.find(folded) and not page.find(f"{folded}[@open]")
    assert not page.find("//details//*[contains(@name, '_question')]"), "a question was folded away"
    assert not page.find("//p[@class='definition' and text()='Räknas tekniska vårdplatser in?']"), (
        "said in the heading already"
    )
    form = {
        "organisation": organisations["24"].id, "started_from": queries.stamp(db.session.query(Consultation).one(), organisations["24"].id),
        "action": "keep", "position_1_term": "supports",
    }  # fmt: skip
    assert client.post(f"{guide}svara", data=form).status_code == 302
    assert len(read(client.get(f"{guide}svara")).find(f"{folded}[@open]")) == 1
    refused = client.post(f"{guide}svara", data=form | {"position_1_term": "", "reason_1_term": "Utan ståndpunkt"})
    assert len(read(refused, refused.status_code).find(f"{folded}[@open]")) == 1, "the field to mend is hidden"


def test_how_a_region_applies_a_wording_gets_no_verdict(guide, signed_in, actor, organisations):
    officer = actor("vasterbotten", (Role.DISCLOSING_OFFICER, "24"))
    one = db.session.query(Consultation).one()
    number = next(text.number for text in one.texts if text.question)
    form = {
        "organisation": organisations["24"].id, "started_from": queries.stamp(one, organisations["24"].id), "action": "send",
        f"position_{number}_question": "no", "position_1_term": "supports",
    }  # fmt: skip
    signed_in(officer).post(f"{guide}svara", data=form)
    db.session.expire_all()
    (opinion,) = queries.sent(db.session.query(Consultation).one())
    assert {part.part for part in opinion.parts} == {Part.TERM, Part.QUESTION}
    assert [part.part for part in queries.to_judge(opinion)] == [Part.TERM]


def test_the_guide_can_be_had_as_a_word_file(guide, client):
    assert client.get(f"{guide}remiss.docx").data[:2] == b"PK"
