"""The manifest of a backup: what it is of, from when, and every file in it with its size and hash.

``manifest.json`` is written last, and ``manifest.sha256`` (as ``sha256sum -c`` reads it) beside it: a folder without
both is no backup.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from registry.backup.kept import FileEntry, Stopped
from registry.findings import Finding, Text

FORMAT = "backup/1"
NAME, SUM = "manifest.json", "manifest.sha256"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. ``faults`` are what was wrong with the instance when it was taken."""

    product: str
    revision: str
    database: Mapping[str, str]
    """``kind`` (``sqlite`` or ``postgresql``), ``version`` of the server, and for PostgreSQL the ``schema``."""
    taken_at: str
    """When the snapshot of the database was taken: ISO 8601, UTC."""
    head: str
    """The newest hash of the audit log in the snapshot."""
    events: int
    settings: Mapping[str, str]
    key: str
    """``kept``: the key that signs cookies is in the backup; ``environment``: it was given to the instance as a setting."""
    left_out: tuple[str, ...]
    """What lay in the instance's folder and belongs to no store that is backed up."""
    faults: tuple[Finding, ...]
    files: Mapping[str, FileEntry]

    @property
    def size(self) -> int:
        return sum(entry.size for entry in self.files.values())

    def tells_of(self, finding: Finding) -> bool:
        """Whether what was found was so in the instance when the backup was taken."""
        return any(
            (fault.code, fault.params) == (finding.code, finding.params) and set(finding.places) <= set(fault.places)
            for fault in self.faults
        )


def write(folder: Path, manifest: Manifest) -> str:
    """Write the manifest and its hash into the backup; gives back the hash."""
    about: dict[str, Any] = {
        "format": FORMAT,
        "product": manifest.product,
        "revision": manifest.revision,
        "database": dict(manifest.database),
        "taken_at": manifest.taken_at,
        "head": manifest.head,
        "events": manifest.events,
        "settings": dict(manifest.settings),
        "key": manifest.key,
        "left_out": list(manifest.left_out),
        "faults": [finding.as_dict() for finding in manifest.faults],
        "files": {path: {"size": entry.size, "sha256": entry.sha256} for path, entry in sorted(manifest.files.items())},
    }
    data = json.dumps(about, ensure_ascii=False, indent=1).encode()
    digest = hashlib.sha256(data).hexdigest()
    (folder / NAME).write_bytes(data)
    (folder / SUM).write_text(f"{digest}  {NAME}\n")
    for name in (NAME, SUM):
        (folder / name).chmod(0o600)
        with (folder / name).open("rb+") as file:
            os.fsync(file.fileno())
    return digest


def read(folder: Path) -> tuple[Manifest, str]:
    """The manifest of a backup and its hash. Raises ``Stopped`` where the folder holds no whole backup."""
    try:
        data, told = (folder / NAME).read_bytes(), (folder / SUM).read_text(errors="replace")
    except OSError:
        raise Stopped(
            Text(
                f"{folder} är ingen hel säkerhetskopia: {NAME} eller {SUM} saknas eller kan inte läsas. "
                "En kopiering som avbröts lämnar ingen sådan efter sig. Ange en annan mapp.",
                f"{folder} is no whole backup: {NAME} or {SUM} is missing or cannot be read. "
                "A backup that was interrupted leaves none behind. Name another folder.",
            )
        ) from None
    digest = hashlib.sha256(data).hexdigest()
    if told.split() != [digest, NAME]:
        raise _damaged(folder)
    try:
        about = json.loads(data)
        known = about["format"] == FORMAT
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _damaged(folder) from None
    if not known:
        raise Stopped(
            Text(
                f"{folder} togs av en annan utgåva av registret (formatet {about['format']}; det här läser {FORMAT}). "
                "Återställ med den utgåvan eller en senare.",
                f"{folder} was taken by another release of the registry (format {about['format']}; this one reads {FORMAT}). "
                "Restore with that release or a later one.",
            )
        )
    try:
        return _from_dict(about), digest
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        raise _damaged(folder) from None


def _from_dict(about: Mapping[str, Any]) -> Manifest:
    files = {path: FileEntry(int(one["size"]), str(one["sha256"])) for path, one in about["files"].items()}
    if any(not is_within(path) for path in files):
        raise ValueError("a path leads out of the backup")
    if about["database"]["kind"] == "postgresql" and not {"schema", "version"} <= about["database"].keys():
        raise ValueError("a dump without its schema and version")
    if datetime.fromisoformat(about["taken_at"]).tzinfo is None:
        raise ValueError("a moment without a zone")
    return Manifest(
        product=str(about["product"]),
        revision=str(about["revision"]),
        database={name: str(value) for name, value in about["database"].items()},
        taken_at=str(about["taken_at"]),
        head=str(about["head"]),
        events=int(about["events"]),
        settings={name: str(value) for name, value in about["settings"].items()},
        key=str(about["key"]),
        left_out=tuple(str(name) for name in about["left_out"]),
        faults=tuple(Finding.from_dict(one) for one in about["faults"]),
        files=files,
    )


def is_within(path: str) -> bool:
    """Whether a path stays below the folder that it is relative to.

    >>> is_within("objects/a"), is_within("../a"), is_within("/etc/passwd"), is_within("objects/../../a"), is_within("")
    (True, False, False, False, False)
    """
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and "\0" not in path


def _damaged(folder: Path) -> Stopped:
    return Stopped(
        Text(
            f"Förteckningen {folder / NAME} är skadad: dess hash stämmer inte med {SUM}. Använd en annan säkerhetskopia.",
            f"The list {folder / NAME} is damaged: its hash does not agree with {SUM}. Use another backup.",
        )
    )
