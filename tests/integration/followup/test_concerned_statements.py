"""A table rests on the statements of the regions and times that are in it: what others state makes no new version of it."""

from datetime import date

import pytest

from registry.actors import PUBLIC, SYSTEM
from registry.db import db, transaction
from registry.items import queries as items
from registry.items import withdrawing
from registry.references import edges_from
from submission_portal.followup.gateway import current_table
from submission_portal.followup.keeping import is_stale
from submission_portal.followup.plans import planned_by_slug
from submission_portal.followup.table_series import series_of
from submission_portal.followup.versions import newest_of
from tests.conftest import NOW
from tests.factories.released_figures import ESTABLISHED_AFTER, ESTABLISHED_BEFORE, established, run_worker
from tests.factories.statements import stated

MODEL, MEASURE, CONCEPT = "faststallda-vardplatser-per-sjukhus", "faststallda-vardplatser", "faststalld-vardplats"


@pytest.fixture
def table(app, world):
    for day, rows in (("2018-02-01", ESTABLISHED_BEFORE), ("2018-03-01", ESTABLISHED_AFTER)):
        world.release("25", MODEL, established(day, rows), day, provenance="reproduced")
    run_worker()
    return current_table(db.session, MEASURE, PUBLIC)


def number() -> int:
    run_worker()
    db.session.expire_all()
    return current_table(db.session, MEASURE, PUBLIC).number


def applied() -> set[str]:
    return {
        edge.to_ref
        for edge in edges_from(db.session, current_table(db.session, MEASURE, PUBLIC).ref)
        if edge.role == "applied"
    }


def is_outdated() -> bool:
    measure = planned_by_slug(db.session, MEASURE)
    return any(
        is_stale(db.session, one, newest_of(db.session, MEASURE, one.owner)) for one in series_of(db.session, measure)
    )


def state(code: str, first: date, which: int) -> None:
    stated(CONCEPT, code, {}, valid_from=first, number=which)


@pytest.mark.parametrize(
    ("code", "first"),
    [("12", date(2018, 2, 15)), ("12", date(2010, 1, 1)), ("25", date(2019, 1, 1)), ("25", date(2018, 3, 2))],
    ids=["another region", "another region, long ago", "the region, later", "the region, the day after"],
)
def test_a_statement_that_concerns_nothing_in_a_table_makes_no_new_version_of_it(table, code, first):
    had = applied()
    state(code, first, 7)
    assert not is_outdated()
    assert number() == table.number and applied() == had


def test_a_statement_within_its_days_does_and_so_does_one_that_is_taken_away_again(table, world):
    state("25", date(2018, 2, 15), 7)
    assert is_outdated() and number() == table.number + 1
    ours = f"version:{_hash(7)}"
    assert ours in applied()
    state("25", date(2019, 1, 1), 8)
    assert number() == table.number + 1
    with transaction() as session:
        version = items.version_by_hash(session, ours.removeprefix("version:"))
        withdrawing.take_out_of_use(session, SYSTEM, NOW, version)
    assert is_outdated() and number() == table.number + 2 and ours not in applied()


def _hash(which: int) -> str:
    return items.current_by_slug(db.session, "application", f"{CONCEPT}.25.{which}", date(2030, 1, 1)).content_hash


def test_figures_of_later_days_bring_the_statement_of_those_days_in(table, world):
    state("25", date(2019, 1, 1), 7)
    assert number() == table.number
    world.release("25", MODEL, established("2019-03-01", ESTABLISHED_AFTER), "2019-03-01", provenance="reproduced")
    assert number() > table.number and f"version:{_hash(7)}" in applied()
