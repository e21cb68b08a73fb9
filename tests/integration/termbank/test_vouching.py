"""A proposal is not published as a rendering of the source's wording, whichever way it goes."""

from dataclasses import replace

import pytest

from registry.db import db
from registry.errors import Invalid
from registry.items import queries as items
from registry.items.lifecycle import State
from registry.items.tables import ChangeSet, Version
from termbank.bank.queries import term_banks
from tests.factories.change_sets import begin_in, make_set, revise, submit_set
from tests.factories.concepts import defined
from tests.integration.termbank.test_writing_concepts import successor
from tests.pages import read

SLUG = "vardtid"
OWN = {
    "definition_sv": "tid som ett vårdtillfälle pågår",
    "definition_en": "time that a stay lasts",
    "reason": "Förslag",
}


@pytest.mark.parametrize(
    "origin", [{"origin": "proposal", "rendering": ""}, {"origin": "official"}], ids=["proposal", "still the source's"]
)
def test_other_words_with_the_fields_of_the_source_left_are_kept_as_a_draft_and_not_sent(
    signed_in, terminologist, origin
):
    writer = signed_in(terminologist)
    answer = successor(writer, SLUG, **OWN, **origin)
    assert answer.status_code == 302
    review = read(writer.get(answer.location))
    assert "Källan anges för andra ord" in review.text, "the writer reads it before sending"
    sent = read(writer.post(f"{answer.location}/skicka", data={"change": "meaning"}), 422)
    assert "Källan anges för andra ord" in sent.text
    assert db.session.get_one(Version, answer.location.rpartition("/")[2]).state == State.DRAFT


@pytest.mark.parametrize(
    "fields",
    [
        {
            "origin": "official",
            "source_verification_sv": "I källan 2026",
            "source_verification_en": "In the source 2026",
        },
        {"origin": "proposal", "rendering": "", "source_title": ""},
    ],
    ids=["read anew", "without the source"],
)
def test_words_that_were_read_anew_or_name_no_source_are_sent(signed_in, terminologist, fields):
    writer = signed_in(terminologist)
    answer = successor(writer, SLUG, **OWN, **fields)
    assert answer.status_code == 302
    assert writer.post(f"{answer.location}/skicka", data={"change": "meaning"}).status_code == 302


def test_the_form_says_it_at_the_field_where_it_is_mended(signed_in, terminologist):
    page = read(successor(signed_in(terminologist), SLUG, **OWN, action="check"))
    assert page.find("//a[@href='#source_verification_sv']")
    assert page.find("//*[@id='om-source_verification_sv']//strong[contains(., 'Källan anges för andra ord')]")


def test_nor_in_a_change_set(terminologist, organisations, app):
    item = items.item_by_slug(db.session, "concept", SLUG)
    one = term_banks.concept_of(items.current(db.session, item))
    change_set = make_set(terminologist, organisations["forvaltare"].id)
    version = begin_in(terminologist, change_set, item.id)
    revise(terminologist, version, replace(one, definitions=defined("annat", "other")).as_content())
    with pytest.raises(Invalid) as stopped:
        submit_set(terminologist, change_set)
    assert "TERM-016" in {one.code for one in stopped.value.findings}
    assert db.session.get_one(ChangeSet, change_set).state == State.DRAFT
