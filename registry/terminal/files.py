"""Files that somebody named on the command line: read and written, or the command ends with a sentence."""

from pathlib import Path

from registry.findings import Text
from registry.ownership import for_the_user
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
        fail(_why_not(path, error, Text("kan inte skrivas", "cannot be written")))


def unreadable(path: Path, error: OSError) -> Text:
    """Why a file that somebody named could not be read, and what to do about it."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Text(
            f"Det finns ingen fil {path}. Kontrollera namnet och att du står i rätt mapp.",
            f"There is no file {path}. Check the name, and that you are in the right folder.",
        )
    return _why_not(path, error, Text("kan inte läsas", "cannot be read"))


def _why_not(path: Path, error: OSError, what: Text) -> Text:
    match error:
        case IsADirectoryError():
            return Text(f"{path} är en mapp. Ange en fil.", f"{path} is a folder. Name a file.")
        case PermissionError():
            return Text(
                f"{path} {what.sv}: du har inte rätt till filen eller mappen. Ändra rättigheterna eller välj en annan plats.",
                f"{path} {what.en}: you may not use the file or its folder. Change the permissions, or choose another place.",
            )
        case _:
            return Text(
                f"{path} {what.sv}. Systemet säger: {error.strerror}.",
                f"{path} {what.en}. The system says: {error.strerror}.",
            )
