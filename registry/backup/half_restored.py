"""A mark in the folder of an instance whose restoration has begun and not ended. Such an instance serves nobody."""

from pathlib import Path

from registry.backup.kept import sync_folder
from registry.findings import Text

MARK = "restoring"
TEXT = Text(
    "En återställning av det här registret började men blev inte klar. Kör `flask --app wsgi restore MAPP` igen.",
    "A restoration of this registry began and did not end. Run `flask --app wsgi restore FOLDER` again.",
)


def is_half_restored(instance: Path) -> bool:
    return (instance / MARK).exists()


def mark(instance: Path, of: str) -> None:
    """``of`` is the hash of the manifest that is restored."""
    (instance / MARK).write_text(f"{of}\n")
    sync_folder(instance)


def unmark(instance: Path) -> None:
    (instance / MARK).unlink()
    sync_folder(instance)
