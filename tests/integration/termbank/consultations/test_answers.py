"""What is answered in a consultation: who sends, when it counts, who sees it, and how it is tallied."""

from datetime import timedelta

import pytest

from registry.actors import Role
from registry.db import transaction
from registry.errors import Forbidden, NotFound, Refused
from termbank.consultations import documents, queries, services
from termbank.consultations.tables import Consultation
from termbank.consultations.tally import Position
from tests.integration.termbank.consultations.acts import AFTER, DEFINITION, LAST, OPENED, at_hour, reread, send


def test_a_consultation_is_tallied_as_a_clerk_would(opened, officers, organisations, terminologist, actor):
    for code, position, now in (
        ("24", Position.SUPPORTS, OPENED),
        ("25", Position.SUPPORTS_WITH_CHANGE, OPENED),
        ("03", Position.ABSTAINS, at_hour(LAST, 23)),
        ("08", Position.OPPOSES, AFTER),
    ):
        send(opened, officers[code], organisations[code], position, now)
    other = actor("utlamnare01", (Role.DISCLOSING_OFFICER, "01"))
    send(opened, other, organisations["01"], Position.OPPOSES)
    one = reread(opened)
    assert documents.counted(queries.tally_of(one)) == (
        "4 av 5 svarade, 1 för sent; 3 i sak. 1 som inte var tillfrågad har också svarat."
    )


def test_others_answers_are_hidden_until_nobody_who_was_asked_still_writes(
    opened, officers, organisations, terminologist
):
    send(opened, officers["24"], organisations["24"], Position.OPPOSES, reason="Vi räknar annorlunda.")
    with transaction() as session:
        one = session.get_one(Consultation, opened)
        addressee = next(other for other in one.addressees if other.organisation_id == organisations["25"].id)
        services.extend(session, terminologist, OPENED, one, addressee.id, until=LAST + timedelta(days=5))
    one = reread(opened)
    assert queries.shown(one, officers["25"], LAST + timedelta(days=5)) == []
    assert queries.shown(one, terminologist, LAST + timedelta(days=5)) == []
    assert len(queries.shown(one, officers["24"], LAST)) == 1
    assert len(queries.shown(one, officers["25"], LAST + timedelta(days=6))) == 1
    send(opened, officers["25"], organisations["25"], Position.SUPPORTS, at_hour(LAST + timedelta(days=5)))
    assert queries.tally_of(reread(opened)).late == 0


def test_many_write_one_with_the_mandate_sends_and_what_is_sent_does_not_change(opened, officers, organisations, actor):
    writer = actor("uppgiftslamnare24", (Role.DATA_OFFICER, "24"))
    first = send(opened, writer, organisations["24"], Position.OPPOSES, is_sent=False)
    with pytest.raises(Forbidden):
        send(opened, writer, organisations["24"], Position.OPPOSES)
    assert send(opened, officers["24"], organisations["24"], Position.SUPPORTS) == first
    later = send(opened, officers["24"], organisations["24"], Position.OPPOSES)
    assert later != first
    one = reread(opened)
    assert [queries.is_addition(one, opinion) for opinion in queries.sent(one)] == [False, True]
    assert queries.tally_of(one).by_part[DEFINITION] == {Position.SUPPORTS: 1}
    with pytest.raises(NotFound):
        send(opened, writer, organisations["25"], Position.SUPPORTS, is_sent=False)


def test_an_opinion_is_about_words_that_stand_in_the_text(opened, officers, organisations):
    with pytest.raises(Refused) as refusal:
        send(opened, officers["24"], organisations["24"], Position.OPPOSES, quoted="ord som inte finns")
    assert refusal.value.finding.code == "CONS-010"
    send(opened, officers["24"], organisations["24"], Position.OPPOSES, quoted="sluten vård")


def test_who_sent_it_out_opens_no_answer_before_the_others(opened, officers, organisations, terminologist, signed_in):
    opinion = send(opened, officers["24"], organisations["24"], Position.OPPOSES, reason="Hemligt än.")
    page = signed_in(terminologist).get(f"/termbank/remisser/{opened}/svar/{opinion}/bemot")
    assert page.status_code == 404
