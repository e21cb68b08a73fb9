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


def mark(instance: Path, database: str) -> None:
    """``database`` is the address, without its password, of the database that is being filled, and was empty before."""
    (instance / MARK).write_text(f"{database}\n")
    sync_folder(instance)


def was_filling(instance: Path) -> str:
    """The address of the database that the interrupted restoration was filling."""
    return (instance / MARK).read_text().strip()


def unmark(instance: Path) -> None:
    (instance / MARK).unlink()
    sync_folder(instance)
