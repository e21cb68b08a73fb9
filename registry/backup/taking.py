"""Taking a backup while the registry is in use.

Tidying is held off, so that nothing is erased that the snapshot names; the database is copied first, then what it names.
Everything is written beside the target and gets its name when it is whole and on disk: an interrupted backup is never
mistaken for one. The backup is then recorded in the audit log, with its manifest's hash; that event is not in the backup,
whose head is the snapshot's own.
"""

import errno
import fcntl
import os
import shutil
import sqlite3
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from registry import clock, events, storage
from registry.actors import SYSTEM
from registry.auditing import chain as log_chain
from registry.backup import manifest
from registry.backup.databases import FOLDER as DATABASE
from registry.backup.databases import DatabaseBackup, database_backup, revision_of
from registry.backup.finding_texts import FINDINGS
from registry.backup.kept import (
    Copying,
    FileEntry,
    KeptStore,
    Overtaken,
    Stopped,
    copy_file,
    files_below,
    hashed,
    settle_on_disk,
    sync_folder,
)
from registry.backup.manifest import Manifest
from registry.db import db, transaction
from registry.findings import Text
from registry.root import ROOT
from registry.settings import SERVED, SETTINGS

HOLD = timedelta(hours=2)
"""So long tidying is held off at a time; it is renewed while the backup goes on, and runs out where that was killed."""
RENEWED_AFTER = HOLD / 4
log = structlog.get_logger("registry.backup")
SNAPSHOTS = 5
"""Snapshots taken before a file that keeps vanishing under them must be something else than tidying."""
PARTIAL, LOCK, KEY = ".partial", "backup.lock", "secret_key"
NOT_KEPT = frozenset({"templates", "uploads", "unfinished", "questions", SERVED, LOCK, "restoring"})
"""What an instance makes again by itself: compiled pages, places of uploads that wait, triples to ask of, locks and marks; and
sealed parts of files that are not whole, which are nobody's yet (ADR 67)."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that is whole: where, its manifest and that one's hash, and how many files it shares with an earlier one.

    ``is_recorded`` is false where the database could no longer be reached to write it into the log.
    """

    folder: Path
    manifest: Manifest
    manifest_hash: str
    linked: int
    is_recorded: bool = True


def take(target: Path, *, after: Path | None = None) -> Taken:
    """Take a backup into ``target``, a folder that does not exist or is empty.

    ``after`` is an earlier backup on the same file system: objects that have not changed are linked from it. Raises
    ``Stopped`` where it cannot be done; nothing that looks like a backup is left then.
    """
    target = target.absolute()
    earlier = _earlier(after)
    _require_place(target)
    instance: Path = current_app.config["INSTANCE"]
    partial = target.with_name(target.name + PARTIAL)
    with alone(instance), _tidying_held() as step:
        try:
            with _made(partial):
                made, linked = _fill(partial, instance, step, after, earlier)
                digest = manifest.write(partial, made)
                settle_on_disk(partial)
                partial.rename(target)
                sync_folder(target.parent)
        except OSError as error:
            raise _cannot_write(target, error) from error
        except sqlite3.OperationalError as error:
            raise _sqlite_stopped(target, error) from error
    return Taken(target, made, digest, linked, _record(digest, made))


def _fill(
    partial: Path,
    instance: Path,
    step: Callable[[], None],
    after: Path | None,
    earlier: Mapping[str, FileEntry],
) -> tuple[Manifest, int]:
    stores: tuple[KeptStore, ...] = current_app.extensions["registry"].kept
    database = database_backup(db.engine)
    _require_room(partial, instance, database, stores, bool(after))
    for attempt in range(1, SNAPSHOTS + 1):
        _empty(partial)
        (partial / DATABASE).mkdir(mode=0o700)
        taken_at = clock.now()
        with database.snapshot(partial / DATABASE, step) as session:
            revision, chain = revision_of(session), log_chain.verify(session)
            named = [store.named(session) for store in stores]
        faults = database.check(partial / DATABASE)
        if not chain.is_intact:
            faults.append(FINDINGS.found("BACK-003", {"number": chain.broken_at or 0}))
        files: dict[str, FileEntry] = {}
        linked = 0
        try:
            for store, what in zip(stores, named, strict=True):
                copying = _copying(store.folder, instance, partial, step, after, earlier)
                faults += store.copy(what, copying)
                files |= {f"{store.folder}/{path}": entry for path, entry in copying.files.items()}
                linked += copying.linked
        except Overtaken as overtaken:
            if attempt == SNAPSHOTS:
                raise _never_stood_still(str(overtaken)) from overtaken
            continue
        break
    files |= {f"{DATABASE}/{path}": hashed(partial / DATABASE / path) for path in files_below(partial / DATABASE)}
    has_key = _is_kept_key(instance / KEY)
    if has_key:
        files[KEY] = copy_file(instance / KEY, partial / KEY)
    made = Manifest(
        product=_product(),
        revision=revision,
        database=database.about(),
        taken_at=taken_at.isoformat(timespec="microseconds"),
        head=chain.head,
        events=chain.events,
        settings=_settings(),
        key="kept" if has_key else "environment",
        left_out=_left_out(instance, database, stores),
        faults=tuple(faults),
        files=files,
    )
    return made, linked


def _copying(
    folder: str,
    instance: Path,
    partial: Path,
    step: Callable[[], None],
    after: Path | None,
    earlier: Mapping[str, FileEntry],
) -> Copying:
    prefix = f"{folder}/"
    return Copying(
        instance / folder,
        partial / folder,
        step,
        after / folder if after else None,
        {path.removeprefix(prefix): entry for path, entry in earlier.items() if path.startswith(prefix)},
    )


@contextmanager
def _tidying_held() -> Iterator[Callable[[], None]]:
    """Hold tidying off; gives what is called from time to time so that it stays so, however long the backup takes."""
    held_at = clock.now()
    _hold(held_at)

    def step() -> None:
        nonlocal held_at
        if (moment := clock.now()) - held_at >= RENEWED_AFTER:
            held_at = moment
            _hold(moment)

    try:
        yield step
    finally:
        try:
            with transaction(bookkeeping=True) as session:
                storage.release_tidying(session)
        except SQLAlchemyError as error:  # the hold runs out by itself
            log.error("tidying_not_released", error=type(error).__name__)


def _hold(moment: datetime) -> None:
    with transaction(bookkeeping=True) as session:
        storage.hold_tidying(session, moment, moment + HOLD)


def _record(digest: str, made: Manifest) -> bool:
    data = {"head": made.head, "events": made.events, "files": len(made.files), "faults": len(made.faults)}
    try:
        with transaction() as session:
            events.record(session, "BackupTaken", actor=SYSTEM, now=clock.now(), subject=f"backup:{digest}", data=data)
    except SQLAlchemyError as error:
        log.error("backup_not_recorded", error=type(error).__name__)
        return False
    return True


@contextmanager
def alone(instance: Path) -> Iterator[None]:
    """Be the only one that backs up or restores this instance. The system lifts the lock when the process ends, however."""
    descriptor = os.open(instance / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Stopped(_BUSY) from None
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _made(partial: Path) -> Iterator[None]:
    """The folder in which the backup grows; gone again where it is not completed. One that a killed backup left is reused."""
    partial.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(partial, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Stopped(_BUSY) from None
        try:
            partial.chmod(0o700)
            yield
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
    finally:
        os.close(descriptor)


_BUSY = Text(
    "En annan säkerhetskopiering eller återställning pågår redan. Vänta tills den är klar.",
    "Another backup or restoration is under way already. Wait until it has ended.",
)


def _require_place(target: Path) -> None:
    if target.is_symlink() or (target.exists() and (not target.is_dir() or any(target.iterdir()))):
        raise Stopped(
            Text(
                f"{target} finns redan och är inte en tom mapp. Ange en ny mapp för varje säkerhetskopia.",
                f"{target} exists already and is not an empty folder. Name a new folder for each backup.",
            )
        )
    if not target.parent.is_dir():
        raise Stopped(
            Text(
                f"Mappen {target.parent} finns inte. Skapa den först.",
                f"There is no folder {target.parent}. Make it first.",
            )
        )
    if target.is_mount():
        raise Stopped(
            Text(
                f"{target} är en monterad volym. Ange en mapp i den, till exempel {target / 'backup'}.",
                f"{target} is a mounted volume. Name a folder in it, for example {target / 'backup'}.",
            )
        )


def _earlier(after: Path | None) -> Mapping[str, FileEntry]:
    return manifest.read(after)[0].files if after else {}


def _require_room(
    partial: Path, instance: Path, database: DatabaseBackup, stores: tuple[KeptStore, ...], is_linked: bool
) -> None:
    """Say before it begins that a backup will not fit. (That the disk fills up meanwhile is told when it happens.)"""
    folders = [] if is_linked else [instance / store.folder for store in stores]
    needed = database.bytes_needed() + sum(_size(folder) for folder in folders)
    free = shutil.disk_usage(partial).free
    if free < needed:
        raise Stopped(
            Text(
                f"Säkerhetskopian behöver omkring {_mebibytes(needed)} MiB, men där {partial.parent} ligger finns bara "
                f"{free // 2**20} MiB ledigt. Frigör plats, eller ange en annan disk.",
                f"The backup needs about {_mebibytes(needed)} MiB, but where {partial.parent} is there are only "
                f"{free // 2**20} MiB free. Free some space, or name another disk.",
            )
        )


def _size(folder: Path) -> int:
    size = 0
    for path in files_below(folder):
        try:
            size += (folder / path).stat().st_size
        except FileNotFoundError:
            continue  # it was tidied away while we counted
    return size


def _mebibytes(size: int) -> int:
    return -(-size // 2**20)


def _empty(folder: Path) -> None:
    for one in folder.iterdir():
        shutil.rmtree(one) if one.is_dir() and not one.is_symlink() else one.unlink()


def _left_out(instance: Path, database: DatabaseBackup, stores: tuple[KeptStore, ...]) -> tuple[str, ...]:
    known = {store.folder for store in stores} | NOT_KEPT | {KEY}
    own = Path(str(db.engine.url.database)).name if database.kind == "sqlite" else ""
    return tuple(
        sorted(
            one.name for one in instance.iterdir() if one.name not in known and not (own and one.name.startswith(own))
        )
    )


def _settings() -> dict[str, str]:
    """Every setting but those that are secret; of the database's address everything but its password."""
    values: dict[str, Any] = {one.name: current_app.config[one.name] for one in SETTINGS if not one.is_secret}
    values["DATABASE_URL"] = db.engine.url.render_as_string(hide_password=True)
    return {name: str(value) for name, value in values.items()}


def _is_kept_key(path: Path) -> bool:
    """Whether the key in use is the one in the instance's folder, and not one that was given as a setting."""
    return path.exists() and path.read_text().strip() == current_app.secret_key


def _product() -> str:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def _never_stood_still(key: str) -> Stopped:
    return Stopped(
        Text(
            f"Objektet {key} raderades medan säkerhetskopian togs, och så gick det {SNAPSHOTS} gånger. Försök igen.",
            f"The object {key} was erased while the backup was taken, and so it went {SNAPSHOTS} times. Try again.",
        )
    )


def _cannot_write(target: Path, error: OSError) -> Stopped:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return Stopped(
            Text(
                f"Disken är full: säkerhetskopian {target} blev inte av, och ingen halv ligger kvar. Frigör plats eller ange en annan disk.",
                f"The disk is full: the backup {target} was not made, and no half of one is left. Free some space, or name another disk.",
            )
        )
    words = f"{error.strerror or error} ({error.filename})" if error.filename else str(error.strerror or error)
    return Stopped(
        Text(
            f"Säkerhetskopian {target} kunde inte skrivas, och ingen halv ligger kvar. Systemet säger: {words}.",
            f"The backup {target} could not be written, and no half of one is left. The system says: {words}.",
        )
    )


def _sqlite_stopped(target: Path, error: sqlite3.OperationalError) -> Stopped:
    if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return _cannot_write(target, OSError(errno.ENOSPC, str(error)))
    return _cannot_write(target, OSError(0, str(error)))
