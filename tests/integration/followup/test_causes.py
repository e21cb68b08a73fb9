"""The other three causes of a break, from the register to the page, never mixed."""

from datetime import date

import pytest

from information_models.starter.loading import measure_contents
from registry.actors import PUBLIC, SYSTEM
from registry.db import db, transaction
from registry.identity.services import create_organisation
from registry.identity.tables import Organisation
from registry.items.lifecycle import Change
from submission_portal.followup.breaks import Cause
from submission_portal.followup.gateway import current_table
from submission_portal.followup.queries import breaks_of, figures_of
from tests.by_hand import by_hand
from tests.factories.released_figures import ESTABLISHED_AFTER, NOW, established, outplaced, publish, run_worker
from tests.pages import read
from tests.shown import as_shown

MODEL, MEASURE = "faststallda-vardplatser-per-sjukhus", "faststallda-vardplatser"
CONCEPT = "faststalld-vardplats"


def reworded(world, change: Change) -> None:
    """A new wording, a model version bound to it, and a delivery under that."""
    world.release("25", MODEL, established("2018-03-01", ESTABLISHED_AFTER), "2018-03-01")
    with by_hand() as session:
        world.publish_concept(session, CONCEPT, "a bed that is staffed", change=change, valid_from=date(2018, 4, 1))
        world.publish_model(session, MODEL)
    world.release("25", MODEL, established("2018-04-01", ESTABLISHED_AFTER), "2018-04-01")
    run_worker()


@pytest.mark.usefixtures("app")
def test_a_wording_with_another_meaning_breaks_the_series_and_the_page_shows_the_words(world, client):
    reworded(world, Change.MEANING)
    (only,) = breaks_of(current_table(db.session, MEASURE, PUBLIC))
    assert (only.cause, only.on, only.concept) == (Cause.WORDING, date(2018, 4, 1), CONCEPT)
    page = read(client.get(f"/uppfoljning/{MEASURE}/brott/25/2018-04-01/wording?concept={CONCEPT}"))
    assert page.heading == "Ändrad ordalydelse: Norrbotten, 1 april 2018"
    assert "Tillagt" in page.text
    assert "bed that is staffed" in page.text


def test_an_editorial_change_breaks_nothing(app, world):
    reworded(world, Change.EDITORIAL)
    assert breaks_of(current_table(db.session, MEASURE, PUBLIC)) == ()


@pytest.fixture
def example(app, world):
    with transaction() as session:
        create_organisation(session, SYSTEM, NOW, kind="region", code="99", name_sv="Exempel", name_en="Example")
    world.organisations["99"] = db.session.query(Organisation).filter_by(code="99").one()
    return world


def test_a_hospital_that_leaves_is_a_change_of_coverage_and_is_named(example, client):
    both = {("exempel-norra", "Medicin"): 12, ("exempel-sodra", "Medicin"): 15}
    one = {("exempel-norra", "Medicin"): 12}
    model = "dagliga-vardplatser-per-avdelning"
    example.release("99", model, outplaced("2026-10-19", both), "2026-10-19", provenance="made_up")
    example.release("99", model, outplaced("2026-10-20", one), "2026-10-20", provenance="made_up")
    run_worker()
    (only,) = breaks_of(current_table(db.session, "utlokaliserade-patienter", PUBLIC))
    assert (only.cause, only.before, only.after) == (
        Cause.COVERAGE,
        "exempel-norra exempel-sodra",
        "exempel-norra",
    )
    page = read(client.get("/uppfoljning/utlokaliserade-patienter/brott/99/2026-10-20/coverage"))
    assert "Ingår inte längre: Södra exempelsjukhuset" in page.text


def test_so_is_one_that_leaves_a_measure_of_whole_regions(example, client):
    slug = "disponibla-regionvis"
    body = measure_contents()["utlokaliserade-patienter"] | {"slug": slug, "element": "disponibla", "dimensions": []}
    with by_hand() as session:
        publish(session, "measure", slug, body | {"concerns_persons": False}, example.steward)
    both = {("exempel-norra", "Medicin"): 12, ("exempel-norra", "Kirurgi"): 8, ("exempel-sodra", "Medicin"): 15}
    one = {("exempel-norra", "Medicin"): 12, ("exempel-norra", "Kirurgi"): 8}
    model = "dagliga-vardplatser-per-avdelning"
    example.release("99", model, outplaced("2026-10-19", both), "2026-10-19", provenance="made_up")
    example.release("99", model, outplaced("2026-10-20", one), "2026-10-20", provenance="made_up")
    run_worker()
    table = current_table(db.session, slug, PUBLIC)
    assert {one.key: one.value for one in figures_of(as_shown(table))} == {"99/2026-10-19": 60, "99/2026-10-20": 40}
    (only,) = breaks_of(table)
    assert (only.cause, only.before, only.after) == (Cause.COVERAGE, "exempel-norra exempel-sodra", "exempel-norra")
    page = read(client.get(f"/uppfoljning/{slug}/brott/99/2026-10-20/coverage"))
    assert "Ingår inte längre: Södra exempelsjukhuset" in page.text
