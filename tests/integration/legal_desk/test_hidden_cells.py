"""What a reviewer is told of each hidden cell: why, what a reader is left with, what showing it would open, and other ways."""

import pytest
from sqlalchemy import delete, select

from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.jobs import Job
from registry.starter import RECIPIENT
from submission_portal.followup.explaining import EXPLAIN, ask_for_reasons, hidden_cells_in, reasons_of
from submission_portal.followup.hidden_cells import CellAttack, Way
from submission_portal.followup.tables import HiddenEvidence, HiddenPeriod, TableVersion
from tests.conftest import NOW
from tests.factories.released_figures import run_worker
from tests.integration.legal_desk.conftest import DAY
from tests.pages import read

NORTH = f"99/{DAY}/sjukhus/exempel-norra"
SMALL, COVER = f"{NORTH}/avdelning/Kirurgi", f"{NORTH}/avdelning/Ortopedi"


@pytest.fixture
def legal(actor) -> Actor:
    return actor("legal", (Role.LEGAL_REVIEWER, RECIPIENT))


def test_the_worker_looks_into_what_it_has_composed(table):
    small, cover = hidden_cells_in(db.session, table, [DAY])[DAY]
    assert (small.key, small.lowest, small.highest, small.attacks) == (SMALL, "0", "12", ())
    assert (cover.key, cover.attacks) == (COVER, (CellAttack(SMALL, (NORTH,), 1),))


def test_what_is_kept_tells_no_hidden_value(table):
    """24 − 12 is public; 3 and 9 are not."""
    raw = db.session.connection().exec_driver_sql("SELECT cells FROM hidden_period").scalars().all()
    assert raw
    assert not [one for one in raw if '"3"' in one or '"9"' in one]


def test_the_ways_to_publish_are_compared_by_what_they_lose(table):
    found = reasons_of(db.session, table)
    assert found is not None
    ways = {one.way: one for one in found.ways}
    assert (ways[Way.COMPOSED].cells, ways[Way.COMPOSED].hidden, ways[Way.COMPOSED].share) == (8, 2, 31)
    assert (ways[Way.LESS_DETAIL].cells, ways[Way.LESS_DETAIL].hidden) == (3, 0)
    assert ways[Way.ROUNDED].hidden == 0 and int(ways[Way.ROUNDED].change) >= 1


@pytest.mark.parametrize(
    ("language", "why", "attack", "left"),
    [
        ("sv", "Skyddar", "= Norra exempelsjukhuset (påhittat) 24 − den här 9 − en annan cell 12 = 3.", "0–12"),
        ("en", "Protects", "24 − this one 9 − another cell 12 = 3.", "0–12"),
    ],
)
def test_the_page_says_why_with_the_numbers_of_the_attack(table, legal, signed_in, language, why, attack, left):
    client = signed_in(legal)
    client.set_cookie("language", language)
    page = read(client.get(f"/granskning/tabell/{table.id}/"))
    small, cover = (" ".join("".join(one.itertext()).split()) for one in page.find("//ol[@class='reasons']/li"))
    assert why in cover and attack in cover and left in cover
    assert "5" in small and left in small


def test_a_version_that_nobody_has_looked_into_is_looked_into_when_it_is_opened(table, legal, signed_in):
    with transaction(bookkeeping=True) as session:
        session.execute(delete(HiddenPeriod))
        session.execute(delete(HiddenEvidence))
    client, address = signed_in(legal), f"/granskning/tabell/{table.id}/"
    assert not read(client.get(address)).find("//ol[@class='reasons']")
    asked = select(Job).where(Job.kind == EXPLAIN, Job.state == "waiting")
    assert [one.payload for one in db.session.scalars(asked)] == [{"table": table.id}]
    run_worker()
    assert read(client.get(address)).find("//ol[@class='reasons']")


def test_reasons_for_another_pattern_are_not_shown(table):
    with transaction(bookkeeping=True) as session:
        session.get_one(HiddenEvidence, table.id).pattern_hash = "0" * 64
    assert reasons_of(db.session, db.session.get_one(TableVersion, table.id)) is None


def test_periods_that_were_not_looked_into_are_when_their_page_is_opened(table, legal, signed_in):
    """As where a version has more periods than are looked into at once."""
    with transaction(bookkeeping=True) as session:
        session.execute(delete(HiddenPeriod))
    read(signed_in(legal).get(f"/granskning/tabell/{table.id}/"))
    asked = select(Job).where(Job.kind == EXPLAIN, Job.state == "waiting")
    assert [one.payload for one in db.session.scalars(asked)] == [{"table": table.id, "periods": [DAY]}]
    before = reasons_of(db.session, table)
    run_worker()
    assert len(hidden_cells_in(db.session, table, [DAY])[DAY]) == 2
    assert before is not None
    assert not db.session.scalars(asked).all()


def test_only_the_latest_periods_are_looked_into_at_first(table, monkeypatch):
    monkeypatch.setattr("submission_portal.followup.explaining.PERIODS", 0)
    with transaction(bookkeeping=True) as session:
        ask_for_reasons(session, NOW, session.get_one(TableVersion, table.id))
    run_worker()
    assert hidden_cells_in(db.session, table, [DAY]) == {}
    assert reasons_of(db.session, table) is not None
