"""How commands speak and end: in the terminal's language, with errors as clear messages and an exit status, in one place.

0: it worked. 1: something was found to be wrong. 2: the command could not be carried out as given.

What a command says is a `Text`, so that it has both languages. What click says by itself (usage, help) and the help of our
own commands is in the catalogue ``terminal`` beside the pages' texts. What is for machines (``--json``) is in neither.
The words themselves are in `registry.terminal.speech`, which a program can use that imports nothing of the application.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, NoReturn

import click
from flask import current_app
from sqlalchemy.exc import OperationalError, ProgrammingError, SQLAlchemyError

from registry.actors import Role
from registry.errors import Forbidden, Invalid, NotFound, Refused, RegistryError
from registry.finding_catalogue import ReadableFinding
from registry.findings import Finding, Text
from registry.outages import Outage, outage_of
from registry.terminal.speech import fail, terminal_language, translate


def prepare(command: click.Command) -> click.Command:
    """Let every command in ``command`` speak the terminal's language, and end with a sentence where it cannot go on."""
    translate(command)
    return _guard(command)


def _guard(command: click.Command) -> click.Command:
    if isinstance(command, click.Group):
        for one in command.commands.values():
            _guard(one)
    elif command.callback is not None and not hasattr(command.callback, "is_guarded"):
        command.callback = _guarded(command.callback)
    return command


def _guarded(run: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(run)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            return run(*args, **kwargs)
        except RegistryError as error:
            show_error(error)
        except (OperationalError, ProgrammingError) as error:
            if _lacks_tables(error):
                fail(_NO_TABLES)
            _end_for_outage(error)
            raise
        except (SQLAlchemyError, OSError) as error:
            _end_for_outage(error)
            raise

    guarded.is_guarded = True  # type: ignore[attr-defined]
    return guarded


def _end_for_outage(error: Exception) -> None:
    match outage_of(error):
        case Outage.STORAGE_FULL:
            fail(_NO_ROOM)
        case Outage.DATABASE_AWAY:
            fail(_NO_DATABASE)


_NO_ROOM = Text(
    "Disken är full, så inget sparades av det här steget. Frigör utrymme och kör kommandot igen.",
    "The disk is full, so nothing of this step was kept. Make room, and run the command again.",
)
_NO_TABLES = Text(
    "Databasen har inga tabeller ännu. Kör först `make run`, eller `flask --app wsgi database upgrade` och `flask --app wsgi starter`.",
    "The database has no tables yet. Run `make run`, or `flask --app wsgi database upgrade` and `flask --app wsgi starter`, first.",
)
_NO_DATABASE = Text(
    "Databasen svarar inte. Kontrollera att den är igång och att REGISTRY_DATABASE_URL leder till den.",
    "The database does not answer. Check that it is running, and that REGISTRY_DATABASE_URL leads to it.",
)


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
            _end([error.finding])
        case Invalid():
            _end(error.findings)
        case NotFound():
            fail(
                Text(
                    "Det som angavs finns inte, eller så får användaren inte se det. Kontrollera namnet eller numret.",
                    "What was named is not there, or this user may not see it. Check the name or the number.",
                )
            )
        case Forbidden():
            role = f" ({error})" if str(error) in set(Role) else ""
            fail(
                Text(
                    f"Användaren har inte den roll som krävs{role}. `flask --app wsgi users list` visar vem som har vilken roll.",
                    f"This user does not have the role for that{role}. `flask --app wsgi users list` shows who holds which role.",
                )
            )
        case _:
            fail(Text(str(error), str(error)))


def _end(findings: Iterable[Finding]) -> NoReturn:
    for finding in findings:
        one = read_finding(finding)
        click.echo(f"{one.title} ({one.code}). {one.body} {one.mend}", err=True)
    raise SystemExit(1)
