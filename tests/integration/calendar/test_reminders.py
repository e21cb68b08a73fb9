"""Reminders of last days: once for each line, period and kind, to whom it concerns, and as other messages are told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from sqlalchemy import select

from registry import jobs
from registry.db import db, transaction
from registry.events import Event
from registry.items.tables import Item
from registry.jobs import JobRun
from registry.messages.tables import Message
from registry.period import PeriodKind
from submission_portal.calendar.reminding import REMIND, SOON, run
from submission_portal.calendar.tables import DueReminder
from submission_portal.flows.timetables import agreeing
from submission_portal.flows.timetables.due_days import Formula, Unit
from tests.by_hand import by_hand
from tests.conftest import NOW
from tests.factories.deliveries import DeliveryWorld, beds_csv
from tests.pages import read

LAST_DAY = datetime(2026, 11, 13, 12, tzinfo=UTC)
"""Ten working days after October 2026."""
TYPES = ("DeliveryDueSoon", "DeliveryMissing")


@pytest.fixture
def agreed(organisations, actor) -> DeliveryWorld:
    with time_machine.travel(NOW, tick=False):
        world = DeliveryWorld.load(organisations, actor)
        formula = Formula(PeriodKind.MONTH, 10, Unit.WORKING_DAYS, is_once=True)
        with transaction() as session:
            item = session.get_one(Item, world.item_id)
            agreeing.propose_rule(
                session, world.officer, NOW, item, first=date(2026, 10, 1), formula=formula, reason="Som avtalat."
            )
        with transaction() as session:
            agreeing.agree(session, world.flows.quality, NOW, session.get_one(Item, world.item_id))
        yield world


def reminded(moment) -> list[str]:
    """What the worker's daily job reminds of at a moment, by the types of the events."""
    before = set(db.session.scalars(select(Event.number)))
    with time_machine.travel(moment, tick=False):
        with by_hand() as session:
            jobs.enqueue(session, REMIND, now=moment, payload={"at": moment.isoformat()})
        jobs.drain()
        db.session.rollback()
        found = select(Event.type).where(Event.type.in_(TYPES), Event.number.not_in(before))
        return list(db.session.scalars(found))


def told(person) -> list[str]:
    mine = select(Message.type).where(Message.person_id == person.person_id, Message.type.in_(TYPES))
    return sorted(db.session.scalars(mine))


def test_a_period_is_reminded_of_once_as_due_and_once_as_missing(agreed, signed_in):
    assert reminded(LAST_DAY - SOON - timedelta(days=1)) == []
    assert reminded(LAST_DAY - SOON) == ["DeliveryDueSoon"]
    assert reminded(LAST_DAY) == []
    assert told(agreed.officer) == ["DeliveryDueSoon"] and told(agreed.flows.quality) == []
    assert reminded(LAST_DAY + timedelta(days=1)) == ["DeliveryMissing"]
    assert reminded(LAST_DAY + timedelta(days=2)) == []
    assert told(agreed.officer) == ["DeliveryDueSoon", "DeliveryMissing"]
    assert told(agreed.flows.quality) == ["DeliveryMissing"]
    assert told(agreed.other) == [] and told(agreed.discloser) == []
    page = read(signed_in(agreed.officer).get("/meddelanden/"))
    assert "ska lämnas inom några dagar" in page.text and f"/kalender/linjer/{agreed.flow.slug}/" in page.links


def test_what_is_delivered_is_reminded_of_no_more(agreed):
    agreed.sent(beds_csv(day="2026-10-01"))
    assert reminded(LAST_DAY - SOON) == []
    assert reminded(LAST_DAY + timedelta(days=1)) == []


def test_what_has_been_missing_for_long_is_not_reminded_of_afterwards(agreed):
    assert reminded(LAST_DAY + timedelta(days=15)) == []


def test_two_workers_at_once_remind_once(any_app, agreed):
    moment, start = LAST_DAY - SOON, Barrier(2)

    def work(number: int) -> None:
        with any_app.app_context():
            start.wait(timeout=20)
            run(JobRun(str(number), {}, moment, 1))
            db.session.close()

    with time_machine.travel(moment, tick=False), ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    db.session.rollback()
    assert len(db.session.scalars(select(DueReminder)).all()) == 1
    assert db.session.scalars(select(Event.type).where(Event.type.in_(TYPES))).all() == ["DeliveryDueSoon"]
    assert told(agreed.officer) == ["DeliveryDueSoon"]
