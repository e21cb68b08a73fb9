"""Two people with the same draft in front of them: neither overwrites the other unseen."""

import pytest

from registry.db import db
from registry.items import queries as items
from registry.items.tables import Version
from tests.factories.change_sets import begin_in, make_set
from tests.integration.termbank.test_concept_lifecycle import SLUG
from tests.integration.termbank.test_terms_and_senses import kept, posted_again
from tests.pages import read

pytestmark = pytest.mark.usefixtures("term_bank")
ADDRESS = f"/termbank/begrepp/{SLUG}/andra"


def _form(client, address=ADDRESS, **written):
    return {**posted_again(read(client.get(address))), "action": "save", "origin": "proposal", **written}


@pytest.mark.parametrize(("language", "title"), [("sv", "Någon annan hann före"), ("en", "Somebody else was first")])
def test_who_saves_second_sees_both_and_loses_nothing(signed_in, terminologist, colleague, language, title):
    first, second = signed_in(terminologist), signed_in(colleague)
    second.set_cookie("language", language)
    kept(first.post(ADDRESS, data=_form(first, definition_sv="patient på annan plats")))
    theirs = _form(second, definition_sv="patient på en annan enhet")
    kept(first.post(ADDRESS, data=_form(first, definition_sv="patient på annan avdelning")))
    page = read(second.post(ADDRESS, data=theirs), status=409)
    assert title in page.text
    assert page.find("//textarea[@name='definition_sv']")[0].text.strip() == "patient på en annan enhet"
    removed, added = (
        "".join(text for one in page.find(f"//dl[@class='changes']//{name}") for text in one.itertext())
        for name in ("del", "ins")
    )
    assert "avdelning" in removed and "enhet" in added
    version = kept(second.post(ADDRESS, data={**posted_again(page), "action": "save"}))
    assert "patient på en annan enhet" in version.content_text, "saved once more, it replaces the draft"


def test_a_check_in_between_does_not_hide_what_somebody_else_wrote(signed_in, terminologist, colleague):
    first, second = signed_in(terminologist), signed_in(colleague)
    kept(first.post(ADDRESS, data=_form(first, definition_sv="patient på annan plats")))
    theirs = _form(second, definition_sv="patient på en annan enhet")
    kept(first.post(ADDRESS, data=_form(first, definition_sv="patient på annan avdelning")))
    checked = read(second.post(ADDRESS, data={**theirs, "action": "check"}))
    read(second.post(ADDRESS, data={**posted_again(checked), "action": "save"}), status=409)


def test_a_draft_that_somebody_else_began_meanwhile_is_seen_too(signed_in, terminologist, colleague):
    first, second = signed_in(terminologist), signed_in(colleague)
    mine, theirs = (_form(one, definition_sv=text) for one, text in ((first, "min"), (second, "deras")))
    kept(first.post(ADDRESS, data=mine))
    assert "Det du skrev är inte sparat" in read(second.post(ADDRESS, data=theirs), status=409).text


def test_the_draft_in_a_change_set_is_changed_and_not_the_one_beside_it(signed_in, terminologist, organisations):
    client = signed_in(terminologist)
    alone = kept(client.post(ADDRESS, data=_form(client, definition_sv="patient på annan plats")))
    item = items.item_by_slug(db.session, "concept", SLUG)
    in_set = begin_in(terminologist, make_set(terminologist, organisations["forvaltare"].id), item.id)
    page = read(client.get(f"/granskning/version/{in_set}"))
    (address,) = {link for link in page.links if "utkast=" in link}
    saved = kept(client.post(address, data=_form(client, address, definition_sv="patient på en annan enhet")))
    assert saved.id == in_set
    before, after = (db.session.get_one(Version, one).content_text for one in (alone.id, in_set))
    assert "annan plats" in before and "annan enhet" in after
