"""Checking a backup where it lies: every file against the manifest, and the database against itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from registry import migrate
from registry.auditing import chain as log_chain
from registry.backup import manifest
from registry.backup.databases import FOLDER as DATABASE
from registry.backup.databases import database_backup
from registry.backup.finding_texts import FINDINGS
from registry.backup.kept import FileEntry, Stopped, files_below, hashed
from registry.backup.manifest import Manifest
from registry.db import db
from registry.findings import Finding, Place, Severity, Text


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check saw: the manifest, its hash, and the findings. ``is_whole``: the backup is as it was when it was taken."""

    manifest: Manifest
    manifest_hash: str
    findings: tuple[Finding, ...]

    @property
    def is_whole(self) -> bool:
        return all(self.manifest.tells_of(one) for one in self.findings if one.severity is Severity.ERROR)


def check(folder: Path, *, known_head: str | None = None) -> Checked:
    """Read the whole backup and compare it with its manifest. Changes nothing, and needs no instance.

    Raises ``Stopped`` where the folder is no backup, or one of a newer release than this.
    """
    about, digest = manifest.read(folder)
    require_known(about)
    findings = _files(folder, about)
    database = database_backup(db.engine, about.database["kind"])
    if not any(path.startswith(f"{DATABASE}/") for one in findings for path in _values(one)):
        findings += database.check(folder / DATABASE)
        with database.reader(folder / DATABASE) as session:
            if session is not None:
                findings += chain(session, about, known_head)
    findings += [one for one in about.faults if one.code not in {found.code for found in findings}]
    return Checked(about, digest, tuple(findings))


def chain(session: Session, about: Manifest, known_head: str | None = None) -> list[Finding]:
    """Whether the audit log holds, contains the head that the manifest names, and the one that somebody holds from before."""
    found = []
    seen = log_chain.verify(session, about.head)
    if seen.broken_at is not None:
        found.append(FINDINGS.found("BACK-003", {"number": seen.broken_at}))
    elif not seen.head_found or (seen.events < about.events):
        found.append(FINDINGS.found("BACK-008", {"head": about.head}))
    if known_head is not None and not log_chain.verify(session, known_head).head_found:
        found.append(FINDINGS.found("BACK-010", {"head": known_head}))
    return found


def _files(folder: Path, about: Manifest) -> list[Finding]:
    missing, damaged = [], []
    for path, entry in about.files.items():
        try:
            if (folder / path).stat(follow_symlinks=False).st_size != entry.size or _hashed(folder / path) != entry:
                damaged.append(path)
        except (FileNotFoundError, NotADirectoryError):
            missing.append(path)
    known = set(about.files) | {manifest.NAME, manifest.SUM}
    unknown = [path for path in files_below(folder) if path not in known]
    return [
        FINDINGS.found(code, places=tuple(Place(value=path) for path in paths))
        for code, paths in (
            ("BACK-005", missing),
            ("BACK-006", damaged),
            ("BACK-007", unknown),
        )
        if paths
    ]


def _hashed(path: Path) -> FileEntry | None:
    try:
        return hashed(path)
    except FileNotFoundError:
        raise
    except OSError:
        return None  # a link, a folder in its place, or a disk that cannot be read


def _values(finding: Finding) -> Iterable[str]:
    return (place.value or "" for place in finding.places)


def require_known(about: Manifest) -> None:
    """Raises ``Stopped`` where the backup is of a later release, or of a kind of database that this one does not know."""
    if about.revision not in migrate.revisions():
        raise Stopped(
            Text(
                f"Säkerhetskopian har databasens revision {about.revision}, som den här utgåvan av registret inte känner. "
                "Den togs av en senare utgåva: återställ med den.",
                f"The backup has the database's revision {about.revision}, which this release of the registry does not know. "
                "It was taken by a later release: restore with that one.",
            )
        )
    if about.database.get("kind") not in ("sqlite", "postgresql"):
        raise Stopped(
            Text(
                f"Säkerhetskopian är av en okänd databas: {about.database.get('kind')}.",
                f"The backup is of an unknown database: {about.database.get('kind')}.",
            )
        )
