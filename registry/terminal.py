"""How commands end: errors become a clear message and an exit status, in one place.

0: it worked. 1: something was found to be wrong. 2: the command could not be carried out as given.
"""

import os
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

import click
from flask import current_app
from sqlalchemy.exc import OperationalError, ProgrammingError

from registry.errors import Forbidden, Invalid, NotFound, Refused, RegistryError
from registry.findings import Finding, ReadableFinding


def terminal_language() -> str:
    """``"sv"`` or ``"en"`` by the terminal's locale; English where that says nothing."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "sv" if value.lower().startswith("sv") else "en"
    return "en"


def fail(message: str, status: int = 2) -> NoReturn:
    """Say what is wrong on standard error, and end with ``status``."""
    click.echo(message, err=True)
    raise SystemExit(status)


def guard(command: click.Command) -> click.Command:
    """Let every command in ``command`` end with a sentence where the database has no tables yet."""
    if isinstance(command, click.Group):
        for one in command.commands.values():
            guard(one)
    elif command.callback is not None and not hasattr(command.callback, "is_guarded"):
        command.callback = _guarded(command.callback)
    return command


def _guarded(run: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(run)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            return run(*args, **kwargs)
        except (OperationalError, ProgrammingError) as error:
            if not _lacks_tables(error):
                raise
            fail(
                "The database has no tables yet. Run `make run`, or `flask --app wsgi database upgrade` and `… starter`, first."
            )

    guarded.is_guarded = True  # type: ignore[attr-defined]
    return guarded


def _lacks_tables(error: Exception) -> bool:
    words = str(error).lower()
    return "no such table" in words or ("relation" in words and "does not exist" in words)


def read_finding(finding: Finding) -> ReadableFinding:
    result: ReadableFinding = current_app.extensions["registry"].catalogue.read(finding, terminal_language())
    return result


def show_error(error: RegistryError) -> NoReturn:
    """End the command the way the error deserves."""
    match error:
        case Refused():
            read = read_finding(error.finding)
            fail(f"{read.title} ({read.code}). {read.body} {read.mend}", 1)
        case Invalid():
            lines = [
                f"{read.title} ({read.code}). {read.body} {read.mend}" for read in map(read_finding, error.findings)
            ]
            fail("\n".join(lines), 1)
        case NotFound():
            fail(f"Not found: {error.what or 'there is no such thing, or this user may not see it'}.", 2)
        case Forbidden():
            fail("This user does not have the role for that.", 2)
        case _:
            fail(str(error), 2)
