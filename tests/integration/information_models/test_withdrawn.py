"""A withdrawn model, code list or measure: its page says so, and what is bound to it says that it is."""

import pytest

from registry.actors import Role
from registry.db import db, transaction
from registry.items import queries, withdrawing
from registry.starter import STEWARD
from tests.conftest import NOW
from tests.pages import read

WHY = "Den går inte att lämna uppgifter i."
MODEL = "dagliga-vardplatser-per-avdelning"
PAGES = (
    ("model", MODEL, f"/modeller/{MODEL}/"),
    ("code_list", "sjukhus", "/modeller/kodlistor/sjukhus/"),
    ("measure", "utlokaliserade-patienter", "/modeller/matt/utlokaliserade-patienter/"),
)


def _withdraw(proposer, decider, kind, slug) -> None:
    with transaction() as session:
        version = queries.current_by_slug(session, kind, slug)
        entry = withdrawing.propose(session, proposer, NOW, version, reason=WHY)
        withdrawing.decide(session, decider, NOW, entry, is_granted=True, reason="Granskat.")
    db.session.expire_all()


@pytest.mark.parametrize(("kind", "slug", "path"), PAGES)
@pytest.mark.parametrize(
    ("language", "words"), [("sv", "Den här versionen återtogs"), ("en", "This version was withdrawn")]
)
def test_its_own_page_says_since_when_and_why(modeller, colleague, client, kind, slug, path, language, words):
    _withdraw(modeller, colleague, kind, slug)
    client.set_cookie("language", language)
    page = read(client.get(path))
    assert words in page.text and WHY in page.text
    read(client.get("/modeller/"))


@pytest.mark.parametrize(("kind", "slug", "path"), PAGES)
def test_whoever_may_withdraw_finds_the_way_and_nobody_else_does(modeller, data_officer, signed_in, kind, slug, path):
    version = queries.current_by_slug(db.session, kind, slug)
    address = f"/granskning/version/{version.id}/atertagande/"
    page = read(signed_in(modeller).get(path))
    assert address in page.links
    read(signed_in(modeller).get(address))
    assert address not in read(signed_in(data_officer).get(path)).links


def test_a_model_says_which_of_its_wordings_and_lists_are_withdrawn(modeller, colleague, actor, client):
    _withdraw(modeller, colleague, "code_list", "sjukhus")
    terminologists = [actor(f"terminolog-{number}", (Role.TERMINOLOGIST, STEWARD)) for number in (1, 2)]
    _withdraw(*terminologists, "concept", "disponibel-vardplats")
    page = read(client.get(f"/modeller/{MODEL}/"))
    assert "Ordalydelsen är återtagen." in page.text
    assert page.text.count("version 1, återtagen") == 2
    assert "nyare ordalydelse är publicerad" not in page.text


def test_the_modellers_start_page_names_what_is_no_longer_in_force(modeller, colleague, signed_in):
    _withdraw(modeller, colleague, "code_list", "sjukhus")
    assert "som inte längre gäller" in read(signed_in(modeller).get("/uppgifter/")).text
