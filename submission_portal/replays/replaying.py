"""Trying a proposed version on what was really delivered: asked for, done by the worker, and kept as counts.

What counts is what stands: the current releases, read as they were accepted. The spellings and headings of the files are not kept
with them, so that other spellings cannot be tried. Who asks is an event: whoever tries one limit after another is seen.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from information_models import definitions, queries
from information_models.definitions import LoadedModel
from information_models.kinds import CODE_LIST, MODEL
from registry import clock, events, jobs, storage
from registry.actors import Actor, Role
from registry.db import reading, transaction
from registry.errors import NotFound, Refused
from registry.identity.tables import Organisation
from registry.items.tables import Version
from registry.jobs import Job, JobRun
from registry.locks import holding
from submission_portal.deliveries.stored_rows import rows_from
from submission_portal.forwarding.queries import current_releases
from submission_portal.forwarding.tables import Release
from submission_portal.replays.outcomes import Counting, Outcome, newly_stopped
from submission_portal.replays.tables import VersionReplay

REPLAY = "replays.replay-version"
KINDS = (MODEL, CODE_LIST)
AT_ONCE = 20
"""After so many deliveries it is said how far the work is."""
ROWS, MODELS = "rows", "model"
"""Why a delivery is skipped: its rows are not to be had; the version that it came under cannot be read."""


def may_ask(actor: Actor, version: Version) -> bool:
    """Whether the actor has a proposed version tried, and sees what comes out: who writes and decides on it."""
    return (
        version.item.kind in KINDS
        and version.is_open
        and actor.has_role(Role.MODELLER, organisation_id=version.organisation_id)
    )


def ask(session: Session, actor: Actor, now: datetime, version: Version) -> VersionReplay:
    """Have the version tried, unless it is being tried. Raises `NotFound` for whoever may not."""
    if not may_ask(actor, version):
        raise NotFound("version")
    replay = session.scalar(holding(select(VersionReplay).where(VersionReplay.version_id == version.id)))
    if replay is not None and working(session, replay) is not None:
        return replay
    if replay is None:
        replay = VersionReplay(
            version_id=version.id, organisation_id=version.organisation_id, asked_by=str(actor.person_id), asked_at=now
        )
        session.add(replay)
    replay.asked_by, replay.asked_at = str(actor.person_id), now
    job = jobs.enqueue(
        session, REPLAY, now=now, payload={"version": version.id}, organisation_id=version.organisation_id
    )
    replay.work_id = job.id if job else None
    events.record(
        session, "DeliveriesReplayed", actor=actor, now=now, subject=version.ref,
        organisation_id=version.organisation_id, data={"version": version.id, "content_hash": version.content_hash},
    )  # fmt: skip
    return replay


def run(job: JobRun) -> None:
    """Handler of `REPLAY`. What came out before stays until all of it has come out anew."""
    version_id = str(job.payload["version"])
    with reading() as session:
        replay, version = session.get(VersionReplay, version_id), session.get(Version, version_id)
        if replay is None or version is None or replay.work_id != job.id:
            return
        content_hash = version.content_hash
        outcome = _outcome(session, job, version)
    with transaction(bookkeeping=True) as session:
        held = session.scalars(holding(select(VersionReplay).where(VersionReplay.version_id == version_id))).one()
        if held.work_id == job.id:
            held.work_id, held.replayed_at = None, clock.now()
            held.content_hash, held.outcome = content_hash, outcome.as_dict()


def replay_of(session: Session, version: Version) -> VersionReplay | None:
    """The last replay of a version."""
    return session.get(VersionReplay, version.id)


def working(session: Session, replay: VersionReplay) -> Job | None:
    """The job that does it now, if any."""
    job = session.get(Job, replay.work_id) if replay.work_id else None
    return job if job is not None and job.state in jobs.OPEN else None


def _outcome(session: Session, job: JobRun, version: Version) -> Outcome:
    if version.item.kind == MODEL and _is_unsound(session, version):
        return Outcome(is_unsound=True)
    proposed = _Proposed(session, version)
    releases = current_releases(session, proposed.models)
    codes = {one.id: one.code for one in session.scalars(select(Organisation))}
    counting = Counting()
    for done, release in enumerate(releases):
        if not done % AT_ONCE:
            job.progress(ROWS, done, len(releases))
        pair = proposed.versions(release)
        if pair is None:
            counting.skip(MODELS)
            continue
        try:
            rows = rows_from(storage.read(session, release.parquet_key))
        except (NotFound, Refused):
            counting.skip(ROWS)
            continue
        old, new = pair
        found = newly_stopped(old, new, rows, codes.get(release.organisation_id))
        counting.add(release.organisation_id, rows.height, found, old, new)
    return counting.outcome()


def _is_unsound(session: Session, version: Version) -> bool:
    """Whether nothing can be checked against a model: a draft may be kept with faults, and without its lists."""
    if definitions.problems(version.content):
        return True
    [loaded] = queries.load_versions(session, [version])
    return bool(definitions.missing_code_lists(loaded.model, [*loaded.code_lists]))


class _Proposed:
    """Which models a version is tried on, and what their deliveries would be checked against."""

    def __init__(self, session: Session, version: Version) -> None:
        self._session, self._version = session, version
        self._old: dict[str, LoadedModel | None] = {}
        if version.item.kind == MODEL:
            self.models = [version.item.slug]
            self._new = queries.load_versions(session, [version])[0]
        else:
            slug = version.item.slug
            self.models = [
                model.slug
                for _version, model in queries.current_models(session)
                if any(one.code_list == slug for one in model.elements)
            ]

    def versions(self, release: Release) -> tuple[LoadedModel, LoadedModel] | None:
        """The version that a release came under, and what it would be checked against."""
        hash_ = release.model_version_hash
        if hash_ not in self._old:
            self._old[hash_] = self._loaded(hash_)
        old = self._old[hash_]
        if old is None:
            return None
        if self._version.item.kind == MODEL:
            return old, self._new
        lists: Mapping[str, object] = {self._version.item.slug: queries.code_list_of(self._version)}
        return old, replace(old, code_lists={**old.code_lists, **lists}, content_hash=None)  # type: ignore[dict-item]

    def _loaded(self, hash_: str) -> LoadedModel | None:
        try:
            loaded = queries.load_model(self._session, hash_)
        except NotFound:
            return None
        return None if definitions.missing_code_lists(loaded.model, [*loaded.code_lists]) else loaded
