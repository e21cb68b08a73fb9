"""Withdrawing a measure, a code list or a statement takes no published figure away."""

import pytest

from registry.actors import PUBLIC, Role
from registry.db import db, transaction
from registry.items import queries, withdrawing
from registry.starter import STEWARD
from submission_portal.followup.breaks import Cause
from submission_portal.followup.gateway import current_table
from submission_portal.followup.queries import breaks_of
from tests.conftest import NOW
from tests.factories.released_figures import run_worker
from tests.pages import read

MEASURE = "faststallda-vardplatser"


@pytest.fixture
def withdraw(actor):
    modellers = [actor(f"informatiker-{number}", (Role.MODELLER, STEWARD)) for number in (1, 2)]
    region = [actor("uppgifter", (Role.DATA_OFFICER, "25")), actor("utlamnare", (Role.DISCLOSING_OFFICER, "25"))]

    def act(kind: str, slug: str):
        proposer, decider = region if kind == "application" else modellers
        with transaction() as session:
            version = queries.current_by_slug(session, kind, slug)
            entry = withdrawing.propose(session, proposer, NOW, version, reason="Den läses på två sätt.")
            withdrawing.decide(session, decider, NOW, entry, is_granted=True, reason="Granskat.")
        db.session.expire_all()

    return act


def _reads(client, *paths) -> None:
    for path in paths:
        read(client.get(path))


def test_a_withdrawn_measure_keeps_its_published_figures_and_says_that_it_is_withdrawn(norrbotten, withdraw, client):
    before = client.get(f"/uppfoljning/{MEASURE}/tabell.json").data
    withdraw("measure", MEASURE)
    for path in (f"/uppfoljning/{MEASURE}", f"/modeller/matt/{MEASURE}/"):
        page = read(client.get(path))
        assert "Den här versionen återtogs" in page.text and "Den läses på två sätt." in page.text
    assert client.get(f"/uppfoljning/{MEASURE}/tabell.json").data == before
    _reads(client, "/uppfoljning/", "/modeller/", f"/uppfoljning/{MEASURE}/region/25", "/spar/L-2026-0001")


def test_the_follow_up_reads_on_when_the_list_of_regions_is_withdrawn(norrbotten, withdraw, client):
    withdraw("code_list", "regioner")
    _reads(client, "/uppfoljning/", f"/uppfoljning/{MEASURE}", "/modeller/", "/modeller/kodlistor/regioner/", "/")


def test_the_follow_up_reads_on_when_the_model_is_withdrawn(norrbotten, withdraw, client):
    model = queries.current_by_slug(db.session, "measure", MEASURE).content["model"]
    withdraw("model", model)
    _reads(client, "/", "/floden/", "/uppfoljning/", f"/uppfoljning/{MEASURE}", f"/modeller/matt/{MEASURE}/")


def test_a_withdrawn_statement_has_the_tables_composed_anew_without_it(norrbotten, withdraw):
    earlier = current_table(db.session, MEASURE, PUBLIC)
    assert [one.cause for one in breaks_of(earlier)] == [Cause.APPLICATION]
    stated = queries.current_versions(db.session, "application")
    withdraw("application", stated[-1].item.slug)
    run_worker()
    later = current_table(db.session, MEASURE, PUBLIC)
    assert (later.number, breaks_of(later)) == (earlier.number + 1, ())
