"""Figures of one series are set beside each other only where they stand on the same."""

from datetime import date

import pytest

from registry.actors import PUBLIC
from registry.db import db
from registry.items.lifecycle import Change
from registry.items.queries import latest_published
from submission_portal.followup.breaks import Cause
from submission_portal.followup.figures import Status
from submission_portal.followup.gateway import current_table
from submission_portal.followup.queries import breaks_of, figure_of, figures_of, findings_of
from tests.by_hand import by_hand
from tests.factories.released_figures import ESTABLISHED_AFTER, established, publish, run_worker
from tests.pages import read
from tests.shown import as_shown

HOSPITALS = "sjukhus"
MODEL, MEASURE, VALUE = "faststallda-vardplatser-per-sjukhus", "faststallda-vardplatser", "faststallda"


def said_otherwise(world, *steps):
    """March under the model as it was, April under it with other words, as the steps class them."""
    world.release("25", MODEL, established("2018-03-01", ESTABLISHED_AFTER), "2018-03-01")
    with by_hand() as session:
        for change, element in steps:
            if "concept" in element:
                world.publish_concept(session, element["concept"], "a bed that is staffed")
            world.publish_model(session, MODEL, change=change, but={VALUE: element})
    world.release("25", MODEL, established("2018-04-01", ESTABLISHED_AFTER), "2018-04-01")
    run_worker()
    return current_table(db.session, MEASURE, PUBLIC)


OTHER_CONCEPT = {"concept": "disponibel-vardplats"}
OTHER_UNIT = {"unit": {"sv": "procent", "en": "per cent"}}
TURNED_ROUND = {"description": {"sv": "Vårdplatser som inte är fastställda.", "en": "Beds that are not established."}}


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("element", "cause", "words"),
    [
        (OTHER_CONCEPT, Cause.WORDING, "räknar ett annat begrepp"),
        (OTHER_UNIT, Cause.SOURCE, "procent efter"),
        (TURNED_ROUND, Cause.WORDING, "som inte är fastställda"),
    ],
)
def test_what_counts_something_else_is_parted_from_what_went_before(world, client, element, cause, words):
    table = said_otherwise(world, (Change.MEANING, element))
    assert {str(one.period): one.value for one in figures_of(as_shown(table), are_whole=True)} == {
        "2018-03-01": 746,
        "2018-04-01": 746,
    }
    (only,) = breaks_of(table)
    assert (only.cause, only.on, only.region, only.element) == (cause, date(2018, 4, 1), "25", VALUE)
    address = f"/uppfoljning/{MEASURE}/brott/25/2018-04-01/{cause.value}?element={VALUE}"
    assert words in read(client.get(address)).text
    listed = read(client.get(f"/uppfoljning/{MEASURE}/brott/")).text
    assert only.note.sv in listed and "Regionen har redovisat" not in listed


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("element", [OTHER_UNIT, TURNED_ROUND])
def test_what_people_classed_as_editorial_goes_on(world, element):
    assert breaks_of(said_otherwise(world, (Change.EDITORIAL, element))) == ()


@pytest.mark.usefixtures("app")
def test_what_was_changed_and_changed_back_goes_on(world):
    assert breaks_of(said_otherwise(world, (Change.MEANING, OTHER_UNIT), (Change.MEANING, {}))) == ()


@pytest.mark.usefixtures("app")
def test_an_editorial_version_after_a_change_of_meaning_hides_nothing(world):
    reworded = OTHER_UNIT | {"unit": {"sv": "procent (%)", "en": "per cent (%)"}}
    (only,) = breaks_of(said_otherwise(world, (Change.MEANING, OTHER_UNIT), (Change.EDITORIAL, reworded)))
    assert only.cause is Cause.SOURCE


@pytest.mark.usefixtures("app")
def test_another_element_that_says_something_else_parts_nothing(world):
    world.release("25", MODEL, established("2018-03-01", ESTABLISHED_AFTER), "2018-03-01")
    with by_hand() as session:
        world.publish_model(session, MODEL, change=Change.MEANING, but={"varav_tekniska": TURNED_ROUND})
    world.release("25", MODEL, established("2018-04-01", ESTABLISHED_AFTER), "2018-04-01")
    run_worker()
    assert breaks_of(current_table(db.session, MEASURE, PUBLIC)) == ()


@pytest.mark.usefixtures("app")
def test_a_code_that_moved_to_another_hospital_parts_the_region_that_has_it(world):
    with by_hand() as session:
        first = latest_published(session, "code_list", HOSPITALS).content_hash
        world.publish_model(session, MODEL, but={"sjukhus": {"code_list_version": first}})
    world.release("25", MODEL, established("2018-03-01", ESTABLISHED_AFTER), "2018-03-01")
    with by_hand() as session:
        content = latest_published(session, "code_list", HOSPITALS).content
        here = [one for one in content["codes"] if one.get("parent") == "25"]
        one, other = here[0], here[1]
        one["label"], other["label"] = other["label"], one["label"]
        one["aliases"], other["aliases"] = other.get("aliases", []), one.get("aliases", [])
        version = publish(session, "code_list", HOSPITALS, content, world.steward, change=Change.MEANING)
        world.publish_model(session, MODEL, but={"sjukhus": {"code_list_version": version.content_hash}})
    world.release("25", MODEL, established("2018-04-01", ESTABLISHED_AFTER), "2018-04-01")
    run_worker()
    (only,) = breaks_of(current_table(db.session, MEASURE, PUBLIC))
    assert (only.cause, only.region, only.element) == (Cause.SOURCE, "25", "sjukhus")
    assert one["code"] in only.note.sv


@pytest.mark.usefixtures("app")
def test_a_correction_under_another_unit_is_not_added_to_the_rest(world):
    before = world.release("25", MODEL, established("2018-03-01", ESTABLISHED_AFTER), "2018-03-01")
    with by_hand() as session:
        world.publish_model(session, MODEL, change=Change.MEANING, but={VALUE: OTHER_UNIT})
    row = established("2018-03-01", ESTABLISHED_AFTER)[2:3]
    world.release("25", MODEL, row, "2018-03-01", corrects=before, kind="correction")
    run_worker()
    table = current_table(db.session, MEASURE, PUBLIC)
    whole = figure_of(as_shown(table), "25/2018-03-01")
    assert (whole.value, whole.status) == (None, Status.INCOMPLETE)
    assert [one.code for one in findings_of(table)] == ["FOL-045"]


@pytest.mark.usefixtures("app")
def test_releases_of_a_version_without_what_is_counted_are_left_out_and_told_of(world):
    world.release("25", MODEL, established("2018-03-01", ESTABLISHED_AFTER), "2018-03-01")
    with by_hand() as session:
        world.publish_model(session, MODEL, change=Change.MEANING, but={VALUE: {"name": "platser"}})
    renamed = established("2018-04-01", ESTABLISHED_AFTER).rename(
        {VALUE: "platser", f"{VALUE}__status": "platser__status"}
    )
    world.release("25", MODEL, renamed, "2018-04-01")
    run_worker()
    table = current_table(db.session, MEASURE, PUBLIC)
    assert {str(one.period) for one in figures_of(as_shown(table))} == {"2018-03-01"}
    (only,) = findings_of(table)
    assert (only.code, only.params["releases"], only.params["versions"]) == ("FOL-044", 1, "2")
