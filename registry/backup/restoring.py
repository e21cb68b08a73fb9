"""Restoring a backup into an empty instance: nothing is said to be done before everything has been verified.

The backup is checked first, and where it is damaged nothing is touched. While it is put in place the instance carries a
mark, with which it is not served; a restoration that was interrupted is simply run again.
"""

import shutil
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from registry import clock, events, migrate, storage
from registry.actors import SYSTEM
from registry.backup import half_restored, manifest
from registry.backup.checking import Checked, chain, check, require_known
from registry.backup.databases import FOLDER as DATABASE
from registry.backup.databases import DatabaseBackup, database_backup
from registry.backup.finding_texts import FINDINGS
from registry.backup.kept import KeptStore, Stopped, copy_file, settle_on_disk
from registry.backup.manifest import Manifest
from registry.backup.taking import KEY, alone
from registry.db import db, transaction
from registry.findings import Finding, Place, Severity, Text
from registry.identity.tables import PasswordLink, SignIn
from registry.stored import verifying


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restoration came to. Where ``is_done`` is false nothing was put in place, or what was put there does not hold."""

    checked: Checked
    findings: tuple[Finding, ...]
    is_done: bool
    is_upgraded: bool = False


def restore(folder: Path, *, known_head: str | None = None) -> Restored:
    """Put the backup into this instance, verify it there, and bring it to this release's revision.

    Raises ``Stopped`` where it cannot be done: a used instance, another kind of database, a full disk.
    """
    instance: Path = current_app.config["INSTANCE"]
    with alone(instance):
        return _restore(folder, instance, known_head)


def _restore(folder: Path, instance: Path, known_head: str | None) -> Restored:
    stores: tuple[KeptStore, ...] = current_app.extensions["registry"].kept
    database = database_backup(db.engine)
    _require_unused(instance, stores, database)
    about = manifest.read(folder)[0]
    require_known(about)
    _require_same_kind(about, database)
    checked = check(folder, known_head=known_head)
    if not checked.is_whole:
        return Restored(checked, checked.findings, is_done=False)
    if half_restored.is_half_restored(instance):
        _forget_attempt(instance, stores, database)
    half_restored.mark(instance, _address())
    try:
        _put_files(folder, instance, checked.manifest)
        database.restore(folder / DATABASE, dict(checked.manifest.database))
    except OSError as error:
        raise _cannot_write(instance, error) from error
    is_upgraded = not migrate.is_current()
    if is_upgraded:
        migrate.upgrade()
    findings = [
        *(one for one in checked.findings if one.severity is not Severity.ERROR),
        *verify(db.session, instance, stores, checked.manifest, known_head),
    ]
    db.session.rollback()
    is_done = all(checked.manifest.tells_of(one) for one in findings if one.severity is Severity.ERROR)
    if is_done:
        _record(checked, clock.now())
        half_restored.unmark(instance)
    return Restored(checked, tuple(findings), is_done, is_upgraded)


def verify(
    session: Session, instance: Path, stores: tuple[KeptStore, ...], about: Manifest, known_head: str | None
) -> list[Finding]:
    """Everything that a restored instance must be: its log is whole and reaches the backup's head, and what is stored agrees
    with what is known of it (`storage verify`), once each store has been settled."""
    found = chain(session, about, known_head)
    for store in stores:
        found += store.settle(session, instance / store.folder)
    places: dict[str, list[Place]] = defaultdict(list)
    for one in verifying.verify(session).differences:
        if one.fault not in verifying.SWEPT:
            code = OF_FAULTS.get(one.fault, "BACK-011")
            words = one.key if one.fault in OF_FAULTS else " ".join(filter(None, (one.fault, one.key, one.owner)))
            places[code].append(Place(value=words))
    return found + [FINDINGS.found(code, places=tuple(at)) for code, at in sorted(places.items())]


OF_FAULTS = {verifying.Fault.BYTES_MISSING: "BACK-001", verifying.Fault.BYTES_DIFFER: "BACK-002"}
"""What is reported as the backup reports it, so that a loss of before can be told from one since."""


def _put_files(folder: Path, instance: Path, about: Manifest) -> None:
    for path, entry in about.files.items():
        if path.startswith(f"{DATABASE}/"):
            continue
        if path == KEY:
            (instance / KEY).unlink(missing_ok=True)  # made when the application started
        if copy_file(folder / path, instance / path) != entry:
            raise Stopped(
                Text(
                    f"{folder / path} ändrades medan den kopierades, eller disken läser fel. Ingenting är återställt.",
                    f"{folder / path} changed while it was copied, or the disk cannot be read. Nothing is restored.",
                )
            )
    settle_on_disk(instance)


def _record(checked: Checked, now: datetime) -> None:
    """What the backup held of its own time ends: sign-ins, links to choose a password (one that was used since would open
    again), and the hold on tidying that it was taken under."""
    with transaction() as session:
        storage.release_tidying(session)
        session.execute(update(SignIn).where(SignIn.revoked_at.is_(None)).values(revoked_at=now))
        session.execute(delete(PasswordLink))
        about = checked.manifest
        events.record(
            session,
            "InstanceRestored",
            actor=SYSTEM,
            now=now,
            subject=f"backup:{checked.manifest_hash}",
            data={"head": about.head, "events": about.events, "taken_at": about.taken_at},
        )


def _require_unused(instance: Path, stores: tuple[KeptStore, ...], database: DatabaseBackup) -> None:
    """A backup is restored beside what is there, never over it. What an interrupted restoration has left may go."""
    is_again = half_restored.is_half_restored(instance)
    if not is_again or half_restored.was_filling(instance) != _address():
        database.require_empty()
    if is_again:
        return
    for store in stores:
        if (instance / store.folder).exists() and any((instance / store.folder).iterdir()):
            raise Stopped(
                Text(
                    f"{instance / store.folder} är inte tom. Återställ till en tom mapp: ange den i REGISTRY_INSTANCE.",
                    f"{instance / store.folder} is not empty. Restore into an empty folder: name it in REGISTRY_INSTANCE.",
                )
            )


def _forget_attempt(instance: Path, stores: tuple[KeptStore, ...], database: DatabaseBackup) -> None:
    db.session.close()
    database.forget_attempt()
    for store in stores:
        shutil.rmtree(instance / store.folder, ignore_errors=True)


def _address() -> str:
    return db.engine.url.render_as_string(hide_password=True)


def _require_same_kind(about: Manifest, database: DatabaseBackup) -> None:
    if about.database["kind"] != database.kind:
        names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        was, here = names[about.database["kind"]], names[database.kind]
        raise Stopped(
            Text(
                f"Säkerhetskopian är av {was}, men den här instansen använder {here}. Ändra REGISTRY_DATABASE_URL.",
                f"The backup is of {was}, but this instance uses {here}. Change REGISTRY_DATABASE_URL.",
            )
        )


def _cannot_write(instance: Path, error: OSError) -> Stopped:
    return Stopped(
        Text(
            f"{instance} kunde inte skrivas. Systemet säger: {error.strerror or error}. Rätta det och kör återställningen igen.",
            f"{instance} could not be written. The system says: {error.strerror or error}. Mend it and run the restoration again.",
        )
    )
