"""Where those meet who decide about a table and those whose figures are in it: two versions of a measure, and the acts.

The first version is published, and the second rests on one release more. In the scene ``waiting`` it waits for a decision, in
``embargo`` it is decided and comes out at `MINUTE`. Where somebody composes, a third release is in the national store, and the
third version is still to be made of it. All figures are made up.

The clock is the scene's own: it stands where it is put.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from registry import clock, jobs
from registry.actors import PUBLIC, Actor, Role
from registry.auditing import chain as log_chain
from registry.db import db, transaction
from registry.events import Event
from registry.jobs import Job, JobRun
from registry.starter import RECIPIENT
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.audiences import Audience
from submission_portal.followup.gateway import SHOWN, current_table
from submission_portal.followup.keeping import is_stale
from submission_portal.followup.plans import planned_by_slug
from submission_portal.followup.queries import rests_on_withdrawn
from submission_portal.followup.table_series import main_series
from submission_portal.followup.tables import TableDecision, TableState, TableVersion
from submission_portal.followup.versions import latest_version
from submission_portal.forwarding.jobs import forward_release
from submission_portal.forwarding.services import FORWARD, PUBLISH
from submission_portal.forwarding.tables import Release
from submission_portal.legal_desk import services as legal_desk
from submission_portal.receiving import services as receiving
from tests.by_hand import by_hand
from tests.factories.legal_answers import example_answers
from tests.factories.released_figures import NOW, World, outplaced, run_worker
from tests.races.scheduler import Act
from tests.races.serial import Serial
from tests.snapshots import remembered

MODEL, MEASURE = "dagliga-vardplatser-per-avdelning", "utlokaliserade-patienter"
MINUTE = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
LATER = MINUTE + timedelta(days=1)
AFTERWARDS = LATER + timedelta(days=1)
ANSWERS = example_answers(counts_persons=True)
WARDS = {
    ("exempel-norra", "Medicin"): 12,
    ("exempel-norra", "Kirurgi"): 3,
    ("exempel-norra", "Ortopedi"): 9,
    ("exempel-sodra", "Medicin"): 7,
    ("exempel-sodra", "Kirurgi"): 8,
    ("exempel-sodra", "Ortopedi"): None,
}
ACTS = {
    "waiting": ("withdraw", "withdraw the first", "publish", "publish later", "recipient", "refuse", "compose"),
    "embargo": ("withdraw", "withdraw the first", "move later", "move to now", "stop", "compose"),
}
"""The acts of each scene."""


@dataclass
class TableScene:
    """One of the two scenes, and the ids of what is in it."""

    app: Flask
    name: str
    time: "Clock"
    officer: Actor
    reviewers: tuple[Actor, Actor]
    table: str
    deliveries: Mapping[str, str]
    more: str
    """The release that has been forwarded where somebody composes."""
    serials: dict[tuple[str, str], Serial] = field(default_factory=dict)

    def restore(self, first: str, second: str) -> None:
        remembered(f"tables meet: {self.name}", lambda: None)
        self.time.set(NOW)
        if "compose" in (first, second):
            forward_release(JobRun("0" * 32, {"release": self.more}, NOW, 1))
        self._put_off(but=PUBLISH if "compose" in (first, second) else "")
        db.session.rollback()

    def _put_off(self, but: str) -> None:
        """Let no job be due but those of a kind: the acts are what happens."""
        with by_hand() as session:
            waiting = update(Job).where(Job.state == "waiting")
            session.execute(waiting.values(due_at=AFTERWARDS))
            session.execute(waiting.where(Job.kind == but).values(due_at=NOW))

    def act(self, name: str, other: str, *, is_second: bool = False) -> Act:
        reviewer = self.reviewers[is_second]
        make: Mapping[str, Callable[[], Act]] = {
            "withdraw": lambda: self._withdraw("second"),
            "withdraw the first": lambda: self._withdraw("first"),
            "publish": lambda: self._decide(reviewer, legal_desk.PUBLISH),
            "publish later": lambda: self._decide(reviewer, legal_desk.PUBLISH, release_at=MINUTE),
            "recipient": lambda: self._decide(reviewer, legal_desk.RECIPIENT),
            "refuse": lambda: self._decide(reviewer, legal_desk.REFUSE),
            "move later": lambda: self._move(reviewer, LATER),
            "move to now": lambda: self._move(reviewer, None),
            "stop": lambda: self._stop(reviewer),
            "compose": lambda: self._compose,
        }
        return make[name]()

    def _withdraw(self, which: str) -> Act:
        def act() -> str:
            with transaction() as session:
                delivery = session.get_one(Delivery, self.deliveries[which])
                receiving.withdraw(session, self.officer, clock.now(), delivery, reason="Fel fil.")
            return "withdrawn"

        return act

    def _decide(self, reviewer: Actor, outcome: str, **given: Any) -> Act:
        def act() -> str:
            with transaction() as session:
                found = legal_desk.table_to_change(session, reviewer, self.table)
                legal_desk.decide_table(
                    session, reviewer, clock.now(), found, outcome=outcome, reason="Läst.", answers=ANSWERS, **given
                )
            return "decided"

        return act

    def _move(self, reviewer: Actor, release_at: datetime | None) -> Act:
        def act() -> str:
            with transaction() as session:
                found = legal_desk.table_to_change(session, reviewer, self.table)
                legal_desk.move_release(session, reviewer, clock.now(), found, release_at)
            return "moved"

        return act

    def _stop(self, reviewer: Actor) -> Act:
        def act() -> str:
            with transaction() as session:
                found = legal_desk.table_to_change(session, reviewer, self.table)
                legal_desk.stop_release(session, reviewer, clock.now(), found, "Fel underlag.")
            return "stopped"

        return act

    def _compose(self) -> str:
        jobs.run_next()  # where the job is held by somebody's change, the worker comes back for it later
        return "the worker had its turn"

    def shown(self, on: datetime) -> str | None:
        """The version that everybody has at a moment."""
        db.session.rollback()
        found = current_table(db.session, MEASURE, PUBLIC, on)
        return found.id if found else None

    def state(self) -> tuple[object, ...]:
        """As it is once the worker has done what it was asked for: an act may hold the job from which the worker composes."""
        with by_hand() as session:
            session.execute(update(Job).where(Job.state == "waiting", Job.kind != FORWARD).values(due_at=NOW))
        jobs.drain()
        db.session.rollback()
        tables = db.session.scalars(select(TableVersion).order_by(TableVersion.number, TableVersion.audience))
        return tuple(
            (one.number, str(one.audience), str(one.state), one.release_at, one.ended_at, one.decided_by is not None)
            for one in tables
        )

    def violations(self) -> list[str]:
        session, found = db.session, []
        session.rollback()
        self._are_decided_once(found)
        self._rest_on_nothing_withdrawn(found)
        unfinished = select(Job).where(Job.kind != FORWARD, (Job.state != "done") | Job.error.is_not(None))
        found += [f"job {one.kind} is {one.state}: {one.error}" for one in session.scalars(unfinished)]
        latest, measure = latest_version(session, MEASURE), planned_by_slug(session, MEASURE)
        if (
            latest is None
            or measure is None
            or is_stale(session, main_series(session, measure), {Audience.PUBLIC: latest})
        ):
            found.append("the table is not composed of what there is")
        if not log_chain.verify(session).is_intact:
            found.append("the audit log's chain is broken")
        session.rollback()
        return found

    def _are_decided_once(self, found: list[str]) -> None:
        db.session.rollback()
        per_table = select(TableDecision.table_version_id).group_by(TableDecision.table_version_id)
        twice = db.session.scalars(per_table.having(func.count() > 1)).all()
        found += [f"decided twice: {one}" for one in twice]
        for kind in ("TableDecided", "TablePublished", "TableReleaseStopped"):
            told = select(Event.subject).where(Event.type == kind).group_by(Event.subject).having(func.count() > 1)
            found += [f"{kind} told twice of {one}" for one in db.session.scalars(told)]
        standing = (
            select(TableVersion.audience)
            .where(TableVersion.state == TableState.PUBLISHED, TableVersion.ended_at.is_(None))
            .group_by(TableVersion.audience, TableVersion.region_id).having(func.count() > 1)
        )  # fmt: skip
        found += [f"two versions stand for {one}" for one in db.session.scalars(standing)]

    def _rest_on_nothing_withdrawn(self, found: list[str]) -> None:
        """No figure is given to anybody that rests on a withdrawn release by a decision that was taken after it was withdrawn,
        and none that is to come rests on one."""
        db.session.rollback()
        numbers = {(one.type, one.subject): one.number for one in db.session.scalars(select(Event))}
        taken_back = {
            one: numbers["ReleaseWithdrawn", f"release:{one}"]
            for one in db.session.scalars(select(Release.id).where(Release.withdrawn_at.is_not(None)))
        }
        for table in db.session.scalars(select(TableVersion).where(TableVersion.state.in_(SHOWN))):
            if table.release_at is None or not rests_on_withdrawn(db.session, table):
                continue
            decided = numbers.get(("TableDecided", table.ref), 0)
            if any(decided > withdrawn for withdrawn in taken_back.values()):
                found.append(f"{table.number} for {table.audience} was decided after a release in it was withdrawn")
            if table.release_at > self.time.now():
                found.append(f"{table.number} for {table.audience} is to come, and rests on a withdrawn release")


class Clock:
    """A clock that stands where it is put."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._moment = NOW
        monkeypatch.setattr(clock, "now", self.now)

    def now(self) -> datetime:
        return self._moment

    def set(self, moment: datetime) -> None:
        self._moment = moment


_made: dict[tuple[str, str], tuple[Any, ...]] = {}


def scene_of(
    name: str,
    app: Flask,
    organisations: Mapping[str, Any],
    actor: Callable[..., Actor],
    monkeypatch: pytest.MonkeyPatch,
) -> TableScene:
    """A scene on the application's database, made the first time that it is asked for."""
    time = Clock(monkeypatch)
    key = (str(db.engine.url), name)
    if key not in _made:
        _made[key] = _make(name, organisations, actor)
    return TableScene(app, name, time, *_made[key])


def _make(name: str, organisations: Mapping[str, Any], actor: Callable[..., Actor]) -> tuple[Any, ...]:
    world = World.load(dict(organisations))
    world.grown("tables meet: region", world.add_example_region)
    organisations.update(world.organisations)  # type: ignore[attr-defined]
    officer = actor("uppgifter", (Role.DATA_OFFICER, "99"))
    reviewers = (actor("legal-1", (Role.LEGAL_REVIEWER, RECIPIENT)), actor("legal-2", (Role.LEGAL_REVIEWER, RECIPIENT)))
    first = _released(world, "2026-10-19")
    run_worker(publish=False)
    _publish(reviewers[0])
    second = _released(world, "2026-10-20")
    run_worker(publish=False)
    if name == "embargo":
        _publish(reviewers[0], release_at=MINUTE)
    table = latest_version(db.session, MEASURE)
    assert table is not None and table.number == 2 and table.hidden
    third = _released(world, "2026-10-21")
    found = (officer, reviewers, table.id, {"first": first.delivery_id, "second": second.delivery_id}, third.id)
    remembered(f"tables meet: {name}", lambda: None)
    return found


def _released(world: World, day: str) -> Release:
    return world.release("99", MODEL, outplaced(day, WARDS), day, provenance="made_up")


def _publish(reviewer: Actor, **given: Any) -> None:
    with transaction() as session:
        found = latest_version(session, MEASURE)
        assert found is not None
        legal_desk.decide_table(
            session, reviewer, NOW, found, outcome=legal_desk.PUBLISH, reason="Läst.", answers=ANSWERS, **given
        )
