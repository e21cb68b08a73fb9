"""Files that somebody named on the command line: read and written, or the command ends with a sentence."""

from pathlib import Path

from registry.findings import Text
from registry.ownership import for_the_user
from registry.terminal.file_faults import unreadable as unreadable
from registry.terminal.file_faults import why_not
from registry.terminal.speech import fail


def read_file(path: Path) -> bytes:
    """The bytes of a file that somebody named; ends the command with a sentence where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        fail(unreadable(path, error))


def write_file(path: Path, data: bytes) -> None:
    """Write the file that somebody asked for; ends the command with a sentence where it cannot be written."""
    try:
        with for_the_user():
            path.write_bytes(data)
    except FileNotFoundError:
        fail(Text(f"{path} kan inte skrivas: mappen {path.parent} finns inte. Skapa den först.",
                  f"{path} cannot be written: there is no folder {path.parent}. Make it first."))  # fmt: skip
    except OSError as error:
        fail(why_not(path, error, Text("kan inte skrivas", "cannot be written")))
