"""Where acts meet: a region's deliveries in every state in which two acts can want the same one, and the acts.

Everything is made once per test process and copied back before each interleaving, rows and files.

``x`` is a file that was read in, withdrawn, and read in again as ``draft``: the worker has still to tidy after the
withdrawn one, and would erase what the draft rests on. So it is with the files of ``replacement`` and ``in_review``, and
with ``y``, that is to be put in the place of the draft's file. ``standing`` is released and published; ``replacement`` and
``rival`` may be sent in its place, ``correction`` for one of its rows. Where somebody composes, ``waiting`` has been
released, and the tables are still to be composed with it.
"""

import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, select, update

from registry import clock, jobs, storage
from registry.actors import SYSTEM, Actor, Role
from registry.auditing import chain as log_chain
from registry.db import db, transaction
from registry.items.tables import Item, Version
from registry.jobs import Job, JobRun
from registry.starter import RECIPIENT
from registry.storage import StoredObject
from registry.stored import verifying
from submission_portal.deliveries import services
from submission_portal.deliveries.lifecycle import STANDING
from submission_portal.deliveries.tables import Delivery, NumberSeries, Receipt
from submission_portal.deliveries.tidying import tidy
from submission_portal.flows.audiences import Audience
from submission_portal.followup.keeping import is_stale
from submission_portal.followup.plans import planned_by_slug
from submission_portal.followup.table_series import main_series
from submission_portal.followup.tables import TableState, TableVersion
from submission_portal.followup.versions import latest_version
from submission_portal.forwarding.jobs import forward_release
from submission_portal.forwarding.queries import release_of
from submission_portal.forwarding.services import PUBLISH
from submission_portal.receiving import services as receiving
from submission_portal.review import services as review
from submission_portal.review.tables import DeliveryOutcome
from tests.by_hand import by_hand
from tests.conftest import NOW
from tests.factories.deliveries import DeliveryWorld, beds_csv, one_row_csv
from tests.races.scheduler import Act
from tests.races.serial import Serial
from tests.snapshots import remembered

MEASURE = "faststallda-vardplatser"
LATER = datetime(2035, 1, 1, tzinfo=UTC)
ACTS = (
    "start", "read again", "tidy", "withdraw", "disclose", "send", "release", "replace", "compose",
    "send another", "withdraw what is corrected",
)  # fmt: skip
DECISIVE = (
    ("tidy", "read again", 4),
    ("read again", "tidy", 3),
    ("tidy", "start", 4),
    ("start", "start", 1),
    ("send", "withdraw", 2),
    ("send", "send another", 3),
    ("send another", "withdraw what is corrected", 6),
    ("withdraw", "compose", 4),
    ("tidy", "copy", 10),
)
"""Interleavings that once lost something, or would without a lock: two acts, and the step of the first at which the second
comes."""
FILES = {
    "x": beds_csv(day="2026-02-01"),
    "y": beds_csv({"Kalix sjukhus": 60}, day="2026-02-01"),
    "standing": beds_csv(day="2026-01-01"),
    "replacement": beds_csv({"Kalix sjukhus": 60}, day="2026-01-01"),
    "rival": beds_csv({"Kalix sjukhus": 61}, day="2026-01-01"),
    "correction": one_row_csv("Kalix sjukhus", 60, day="2026-01-01"),
    "waiting": beds_csv(day="2025-12-01"),
    "in_review": beds_csv(day="2026-02-01", note="kopia"),
}


@dataclass
class Scene:
    """The world and the ids of what is in it, by the names above."""

    app: Flask
    world: DeliveryWorld
    careful: str
    second_reviewer: Actor
    ids: dict[str, str]
    readings: dict[str, Any]
    keys: dict[str, list[str]]
    """What the worker is to tidy after a file that was withdrawn."""
    later: set[str] = field(default_factory=set)
    """The jobs that do so: an act runs them, or nobody does."""
    serials: dict[tuple[str, str], Serial] = field(default_factory=dict)
    """What is known of pairs of acts (`serial`); each database has points of its own."""

    def restore(self, first: str, second: str) -> None:
        """Everything as it was made; the draft is disclosed already, unless that is what somebody is about to do."""
        _restore(self.app)
        if "disclose" not in (first, second):
            self.world.disclose(self.ids["draft"])
        if "compose" in (first, second):
            self._release_what_waits(workers=(first, second).count("compose"))
        db.session.rollback()

    def _release_what_waits(self, workers: int) -> None:
        """Put ``waiting`` into the national store; the jobs that compose the tables with it are the only ones that are due."""
        with transaction() as session:
            receiving.send(session, self.world.officer, NOW, session.get_one(Delivery, self.ids["waiting"]))
        release = release_of(db.session, self.ids["waiting"])
        assert release is not None
        forward_release(JobRun("0" * 32, {"release": release.id}, NOW, 1))
        with by_hand() as session:
            session.execute(update(Job).where(Job.state == "waiting", Job.kind != PUBLISH).values(due_at=LATER))
            (payload,) = session.scalars(select(Job.payload).where(Job.state == "waiting", Job.kind == PUBLISH))
            for _ in range(workers - 1):
                jobs.enqueue(session, PUBLISH, now=NOW, payload=payload)
            # Due before whatever another act asks for, so that it is what the worker takes.
            session.execute(update(Job).where(Job.kind == PUBLISH).values(due_at=NOW - timedelta(days=1)))

    def act(self, name: str, other: str, *, is_second: bool = False) -> Act:
        """An act on what it and the ``other`` act both want; of two equal acts the second wants its rival's."""
        make: Mapping[str, Callable[[], Act]] = {
            "start": lambda: self._start(
                {"send": "x", "withdraw": "x", "disclose": "x"}.get(other, self._file_of(other))
            ),
            "read again": lambda: self._read_again("replacement" if other == "replace" else "draft"),
            "tidy": lambda: self._tidy(self._file_of(other)),
            "withdraw": lambda: self._withdraw({"replace": "replacement", "release": "in_review", "compose": "waiting"}.get(other, "draft")),
            "withdraw what is corrected": lambda: self._withdraw("standing"),
            "disclose": lambda: self._disclose,
            "send": lambda: self._send("draft"),
            "send another": lambda: self._send("correction"),
            "release": lambda: self._release(self.second_reviewer if is_second else self.world.flows.quality),
            "replace": lambda: self._send("rival" if is_second and other == "replace" else "replacement"),
            "compose": lambda: self._compose,
            "copy": lambda: self._copy,
        }  # fmt: skip
        return make[name]()

    def _start(self, file: str) -> Act:
        flow = self.careful if file == "in_review" else self.world.item_id

        def act() -> str:
            with transaction() as session:
                corrects = session.get_one(Delivery, self.ids["standing"]) if file == "replacement" else None
                made = services.start(
                    session, self.world.officer, NOW, flow_item=session.get_one(Item, flow), file_name="platser.csv",
                    data=FILES[file], reading=self.readings[file], corrects=corrects,
                    correction_kind="replacement" if corrects else None,
                )  # fmt: skip
                return next((name for name, one in self.ids.items() if one == made.id), "a new draft")

        return act

    def _read_again(self, which: str) -> Act:
        def act() -> str:
            with transaction() as session:
                delivery = session.get_one(Delivery, self.ids[which])
                found = services.read_again(
                    session, self.world.officer, NOW, delivery, file_name="y.csv", data=FILES["y"],
                    reading=self.readings["y"],
                )  # fmt: skip
                return "read again" if found.id == delivery.id else "received before"

        return act

    def _file_of(self, other: str) -> str:
        """The file that both acts are about: one that was withdrawn, and is put in, or used by what is sent."""
        files = {
            "replace": "replacement",
            "release": "in_review",
            "start": "y",
            "read again": "y",
            "compose": "y",
            "copy": "y",
        }
        return files.get(other, "y" if other == "tidy" else "x")

    def _tidy(self, file: str) -> Act:
        def act() -> str:
            with suppress(jobs.PutOff):
                tidy(JobRun("0" * 32, {"keys": self.keys[file][:1]}, NOW, 1))
            return "tidied"

        return act

    def _withdraw(self, which: str) -> Act:
        def act() -> str:
            with transaction() as session:
                delivery = session.get_one(Delivery, self.ids[which])
                receiving.withdraw(session, self.world.officer, NOW, delivery, reason="Fel fil.")
                return "withdrawn"

        return act

    def _disclose(self) -> str:
        self.world.disclose(self.ids["draft"])
        return "disclosed"

    def _send(self, which: str) -> Act:
        def act() -> str:
            with transaction() as session:
                delivery = session.get_one(Delivery, self.ids[which])
                if services.compare_again(session, self.world.officer, NOW, delivery):
                    return "compared again"
                found = receiving.send(session, self.world.officer, NOW, delivery)
                return "received" if found.delivery_id == delivery.id else "received before"

        return act

    def _release(self, reviewer: Actor) -> Act:
        def act() -> str:
            with transaction() as session:
                delivery = session.get_one(Delivery, self.ids["in_review"])
                review.decide_delivery(
                    session, reviewer, NOW, delivery, outcome=DeliveryOutcome.RELEASE, reason="Granskad."
                )
                return "released"

        return act

    def _compose(self) -> str:
        jobs.run_next()  # where the job is held by somebody's change, the worker comes back for it later
        return "the worker had its turn"

    def _copy(self) -> str:
        """As a backup does it: hold tidying, copy the database, then the files that it names."""
        with by_hand() as session:
            storage.hold_tidying(session, clock.now(), clock.now() + timedelta(minutes=5))
        keys = db.session.scalars(select(StoredObject.key)).all()
        db.session.rollback()
        lacks = [key for key in keys if storage.files().digest(key) is None]
        with by_hand() as session:
            storage.release_tidying(session)
        return f"a copy that lacks {len(lacks)} files"

    def state(self) -> tuple[object, ...]:
        """What came of it, in words that do not depend on who got which number."""
        db.session.rollback()
        known = {identifier: name for name, identifier in self.ids.items()}
        rows = db.session.scalars(select(Delivery)).all()
        tables = sorted(db.session.scalars(select(TableVersion.state)))
        return (
            *(str(state) for state in tables),
            *sorted(
                (known.get(one.id, "new"), str(one.state), one.number is not None, one.file_sha256, bool(one.file_key))
                for one in rows
            ),
        )

    def violations(self) -> list[str]:
        """What must never be, once the worker has done what it was asked for."""
        db.session.rollback()
        with by_hand() as session:
            due = (Job.state == "waiting", Job.id.not_in(self.later))
            session.execute(update(Job).where(*due).values(due_at=NOW))
        jobs.drain()
        session, found = db.session, []
        session.rollback()
        is_unfinished = ((Job.state != "done") & Job.id.not_in(self.later)) | Job.error.is_not(None)
        unfinished = session.scalars(select(Job).where(is_unfinished)).all()
        found += [f"job {one.kind} is {one.state}: {one.error}" for one in unfinished]
        found += [f"stored: {one.fault} {one.key} {one.owner}" for one in verifying.verify(session).differences]
        numbers = sorted(session.scalars(select(Receipt.number)))
        last = session.scalar(select(func.sum(NumberSeries.last))) or 0
        if numbers != [f"L-2026-{number:04d}" for number in range(1, last + 1)]:
            found.append(f"numbers {numbers}, and the series is at {last}")
        for delivery in session.scalars(select(Delivery)):
            is_released = release_of(session, delivery.id) is not None
            name = f"{delivery.number or delivery.id} ({delivery.state})"
            if (delivery.receipt is not None) != (delivery.number is not None):
                found.append(f"{name}: a number without a receipt, or the other way round")
            if delivery.state in ("released", "replaced") and not is_released:
                found.append(f"{name} has no release")
            if delivery.state in STANDING and delivery.corrects_delivery_id:
                corrected = session.get_one(Delivery, delivery.corrects_delivery_id)
                fitting = STANDING if delivery.correction_kind == "correction" else (*STANDING, "replaced")
                if corrected.state not in fitting:
                    found.append(f"{name} corrects {corrected.number} ({corrected.state})")
        same = (
            select(Delivery.file_sha256).where(Delivery.state.in_(STANDING))
            .group_by(Delivery.flow_item_id, Delivery.file_sha256, Delivery.sheet).having(func.count() > 1)
        )  # fmt: skip
        found += [f"one file, two receipts: {one}" for one in session.scalars(same)]
        if not log_chain.verify(session).is_intact:
            found.append("the audit log's chain is broken")
        found += self._tables(session)
        session.rollback()
        return found

    def _tables(self, session: Any) -> list[str]:
        found = []
        states = session.execute(
            select(TableVersion.number, TableVersion.state).where(
                TableVersion.measure_slug == MEASURE, TableVersion.audience == Audience.RECIPIENT
            )
        ).all()
        if sorted(number for number, _ in states) != list(range(1, len(states) + 1)):
            found.append(f"table versions {states}")
        if sum(state == TableState.PUBLISHED for _, state in states) != 1:
            found.append(f"published table versions: {states}")
        latest, measure = latest_version(session, MEASURE), planned_by_slug(session, MEASURE)
        if (
            latest is None
            or measure is None
            or is_stale(session, main_series(session, measure), {Audience.PUBLIC: latest})
        ):
            found.append("the table is not composed of what there is")
        return found


_made: dict[str, Scene] = {}


def scene_of(app: Flask, organisations: Mapping[str, Any], actor: Callable[..., Actor]) -> Scene:
    """The scene on the application's database, made the first time that it is asked for."""
    key = str(db.engine.url)
    if key not in _made:
        _made[key] = _make(app, organisations, actor)
        db.session.rollback()
        remembered("races", lambda: None)
        for folder in FOLDERS:
            shutil.copytree(_instance(app) / folder, _kept(app) / folder)
    return _made[key]


FOLDERS = ("objects", "national")


def _make(app: Flask, organisations: Mapping[str, Any], actor: Callable[..., Actor]) -> Scene:
    world = DeliveryWorld.load(organisations, actor)
    (measures,) = (
        one for one in app.extensions["registry"].starter_steps if one.name == "information models: measures"
    )
    with transaction() as session:
        measures.load(session, SYSTEM, NOW)
    careful = db.session.get_one(Version, world.flows.approve(automatic=False)).item_id
    scene = Scene(app, world, careful, actor("quality-2", (Role.QUALITY_REVIEWER, RECIPIENT)), {}, {}, {})
    version = services.open_version(db.session, world.officer, NOW, world.flow)
    for name, data in FILES.items():
        scene.readings[name] = services.read_for(db.session, version, "platser.csv", data)
    ids = scene.ids
    ids["standing"] = _sent(scene, "standing")
    jobs.drain()
    ids["waiting"] = _started(scene, "waiting")
    world.disclose(ids["waiting"])
    for name in ("x", "y", "replacement", "in_review"):
        left = _started(scene, name)
        with transaction() as session:
            delivery = session.get_one(Delivery, left)
            keys = (delivery.file_key, delivery.rows_key, delivery.parquet_key)
            scene.keys[name] = [key for key in keys if key]
            receiving.withdraw(session, world.officer, NOW, delivery)
    ids["draft"] = _started(scene, "x")
    for name, kind in (("replacement", "replacement"), ("rival", "replacement"), ("correction", "correction")):
        ids[name] = _started(scene, name, corrects=ids["standing"], correction_kind=kind)
        world.disclose(ids[name])
    ids["in_review"] = _sent(scene, "in_review")
    states = {name: str(world.delivery(one).state) for name, one in ids.items()}
    assert states == {
        "standing": "released", "waiting": "disclosed", "draft": "checked", "replacement": "disclosed",
        "rival": "disclosed", "correction": "disclosed", "in_review": "in_review",
    }  # fmt: skip
    with by_hand() as session:
        session.execute(update(Job).where(Job.state == "waiting").values(due_at=LATER))
    scene.later.update(db.session.scalars(select(Job.id).where(Job.state == "waiting")))
    return scene


def _started(scene: Scene, name: str, *, corrects: str | None = None, correction_kind: str | None = None) -> str:
    flow = scene.careful if name == "in_review" else scene.world.item_id
    with transaction() as session:
        made = services.start(
            session, scene.world.officer, NOW, flow_item=session.get_one(Item, flow), file_name="platser.csv",
            data=FILES[name], corrects=session.get_one(Delivery, corrects) if corrects else None,
            correction_kind=correction_kind,
        )  # fmt: skip
        return made.id


def _sent(scene: Scene, name: str) -> str:
    delivery_id = _started(scene, name)
    scene.world.disclose(delivery_id)
    scene.world.send(delivery_id)
    return delivery_id


def _restore(app: Flask) -> None:
    db.session.rollback()
    remembered("races", lambda: None)
    for folder in FOLDERS:
        shutil.rmtree(_instance(app) / folder, ignore_errors=True)
        shutil.copytree(_kept(app) / folder, _instance(app) / folder, copy_function=os.link)


def _kept(app: Flask) -> Path:
    """Beside the instance, which others back up whole."""
    return _instance(app).with_name(f"{_instance(app).name}-kept")


def _instance(app: Flask) -> Path:
    return Path(app.config["INSTANCE"])
