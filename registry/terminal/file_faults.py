"""Why a file that somebody named could not be read or written, and what to do about it. Pure."""

from pathlib import Path

from registry.findings import Text


def unreadable(path: Path, error: OSError) -> Text:
    """Why a file that somebody named could not be read, and what to do about it."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Text(
            f"Det finns ingen fil {path}. Kontrollera namnet och att du står i rätt mapp.",
            f"There is no file {path}. Check the name, and that you are in the right folder.",
        )
    return why_not(path, error, Text("kan inte läsas", "cannot be read"))


def why_not(path: Path, error: OSError, what: Text) -> Text:
    """What the system says, in words; ``what`` is what cannot be done with the file."""
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
