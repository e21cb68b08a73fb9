"""The story that explains the registry: 799 became 746, and no bed moved."""

from datetime import date

import pytest

from registry.actors import PUBLIC, SYSTEM
from registry.db import db, transaction
from submission_portal.followup.breaks import Cause
from submission_portal.followup.gateway import current_table
from submission_portal.followup.queries import breaks_of, figure_of, figures_of, findings_of
from submission_portal.followup.tables import TableState, TableVersion
from submission_portal.forwarding.services import ask_for_tables, withdraw_release
from submission_portal.forwarding.tables import Release
from tests.by_hand import by_hand
from tests.factories.released_figures import ESTABLISHED_AFTER, NOW, established, run_worker
from tests.shown import as_shown

MODEL, MEASURE = "faststallda-vardplatser-per-sjukhus", "faststallda-vardplatser"


@pytest.fixture
def norrbotten(any_app, world):
    return world.norrbotten()


def test_two_deliveries_become_two_figures_with_a_break_between_them(norrbotten):
    table = current_table(db.session, MEASURE, PUBLIC)
    values = {str(one.period): one.value for one in figures_of(as_shown(table), are_whole=True)}
    assert values == {"2018-02-28": 799, "2018-03-01": 746}
    (only,) = breaks_of(table)
    assert (only.cause, only.on, only.region) == (Cause.APPLICATION, date(2018, 3, 1), "25")
    assert only.before != only.after
    assert table.provenance == "reproduced"


def test_both_deliveries_make_one_version_of_the_table(norrbotten):
    assert [
        one.number for one in db.session.query(TableVersion).filter_by(measure_slug=MEASURE, audience="public")
    ] == [1]


def test_every_figure_names_the_release_that_it_stands_on(norrbotten):
    before, after = norrbotten
    table = current_table(db.session, MEASURE, PUBLIC)
    assert figure_of(as_shown(table), "25/2018-02-28").releases == (before.id,)
    assert figure_of(as_shown(table), "25/2018-03-01").releases == (after.id,)
    assert len(figures_of(as_shown(table), region="25")) == 12


def test_a_correction_of_one_row_changes_one_hospital_and_the_sum(norrbotten, world):
    _, after = norrbotten
    one_row = established("2018-03-01", (91, 54, 30, 167, 405))[2:3]
    correction = world.release("25", MODEL, one_row, "2018-03-01", corrects=after, kind="correction")
    run_worker()
    table = current_table(db.session, MEASURE, PUBLIC)
    assert table.number == 2
    assert figure_of(as_shown(table), "25/2018-03-01").value == 747
    assert set(figure_of(as_shown(table), "25/2018-03-01").releases) == {after.id, correction.id}
    assert figure_of(as_shown(table), "25/2018-02-28").value == 799
    assert findings_of(table) == (), "a correction is meant to hold a cell that is there already"
    earlier = db.session.query(TableVersion).filter_by(measure_slug=MEASURE, audience="public", number=1).one()
    assert earlier.state == TableState.SUPERSEDED
    assert figure_of(as_shown(earlier), "25/2018-03-01").value == 746, "what was published stays as it was"


def test_a_correction_of_a_correction_counts_last_and_goes_with_what_it_stands_on(norrbotten, world):
    _, after = norrbotten
    first = world.release(
        "25",
        MODEL,
        established("2018-03-01", (91, 54, 30, 167, 405))[2:3],
        "2018-03-01",
        corrects=after,
        kind="correction",
    )
    world.release(
        "25",
        MODEL,
        established("2018-03-01", (91, 54, 31, 167, 405))[2:3],
        "2018-03-01",
        corrects=first,
        kind="correction",
    )
    run_worker()
    assert figure_of(as_shown(current_table(db.session, MEASURE, PUBLIC)), "25/2018-03-01").value == 748
    replacing = world.release(
        "25", MODEL, established("2018-03-01", ESTABLISHED_AFTER), "2018-03-01", corrects=first, kind="replacement"
    )
    run_worker()
    whole = figure_of(as_shown(current_table(db.session, MEASURE, PUBLIC)), "25/2018-03-01")
    assert (whole.value, whole.releases) == (746, (replacing.id,))


def test_a_withdrawn_correction_lets_the_rows_that_it_corrected_count_again(norrbotten, world):
    _, after = norrbotten
    one_row = established("2018-03-01", (91, 54, 30, 167, 405))[2:3]
    correction = world.release("25", MODEL, one_row, "2018-03-01", corrects=after, kind="correction").id
    run_worker()
    with transaction() as session:
        withdraw_release(
            session, SYSTEM, NOW, release=session.get_one(Release, correction), reason="it was right before"
        )
    run_worker()
    assert figure_of(as_shown(current_table(db.session, MEASURE, PUBLIC)), "25/2018-03-01").value == 746


def test_a_replacement_takes_the_place_of_the_whole_delivery(norrbotten, world):
    _, after = norrbotten
    other = established("2018-03-01", (90, 54, 29, 167, 405))
    replacing = world.release("25", MODEL, other, "2018-03-01", corrects=after, kind="replacement")
    run_worker()
    table = current_table(db.session, MEASURE, PUBLIC)
    assert figure_of(as_shown(table), "25/2018-03-01").releases == (replacing.id,)
    assert db.session.get(Release, after.id).superseded_at is not None


def test_a_withdrawn_release_leaves_the_table_and_the_earlier_version_stays_readable(norrbotten):
    _, after = norrbotten
    with transaction() as session:
        withdraw_release(session, SYSTEM, NOW, release=session.get_one(Release, after.id), reason="wrong month")
    run_worker()
    table = current_table(db.session, MEASURE, PUBLIC)
    assert [str(one.period) for one in figures_of(as_shown(table), are_whole=True)] == ["2018-02-28"]
    assert breaks_of(table) == ()


def test_composing_again_on_the_same_grounds_changes_nothing(norrbotten):
    with by_hand() as session:
        ask_for_tables(session, NOW, MODEL)
    run_worker()
    assert db.session.query(TableVersion).filter_by(measure_slug=MEASURE, audience="public").count() == 1
