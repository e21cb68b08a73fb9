"""What the commands about deliveries and tables are given: who acts, which delivery, answers, whether a machine reads it."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
from sqlalchemy.orm import Session

from legal_checks.secrecy.rules import RULES, Answer
from registry.actors import Actor
from registry.content.strict_json import DoubledName, read_json
from registry.db import db
from registry.errors import Invalid, NotFound
from registry.findings import Text
from registry.identity import queries as identity
from registry.identity.cli import no_user
from registry.terminal.files import read_file
from registry.terminal.speech import fail, these
from submission_portal.deliveries import queries
from submission_portal.deliveries.cli.telling import tell_findings
from submission_portal.deliveries.reading.layouts.bare_periods import told
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.uses.queries import use_item
from submission_portal.flows.uses.standing import USE
from submission_portal.legal_questions.answers import read as read_answers

REPLIED_TO = frozenset(rule.code for rule in RULES)
JSON = click.option("--json", "as_json", is_flag=True, help="For machines.")


def period_told(_context: click.Context, _option: click.Parameter, given: str) -> str:
    """What --period says; ends the command where it is no year, nor a year and a month."""
    if given and told(given) is None:
        fail(
            Text(
                f"--period {given[:40]} är varken ett år (2026) eller ett år och en månad (2026-03).",
                f"--period {given[:40]} is neither a year (2026) nor a year and a month (2026-03).",
            )
        )
    return given


PERIOD = click.option(
    "--period",
    default="",
    callback=period_told,
    help="The year, or year and month (2026-03), of headings that do not say it.",
)
_ANSWERS = Text(
    'Skriv {"fråga": {"choice": "…", "reason": "…"}}; sidan /rattsfragor/ räknar upp frågorna.',
    'Write {"question": {"choice": "…", "reason": "…"}}; the page /rattsfragor/ lists the questions.',
)


def actor_named(login: str) -> Actor:
    """The person with a user name; ends the command where there is none."""
    actor = identity.actor_by_login(db.session, login)
    if actor is None:
        fail(no_user(login))
    return actor


def delivery_named(actor: Actor, reference: str) -> Delivery:
    """The delivery by its id or number; ends the command where the actor may see none."""
    try:
        return queries.delivery_for(db.session, actor, reference)
    except NotFound:
        fail(
            Text(
                f"Det finns ingen leverans {reference} som användaren får se. "
                "`flask --app wsgi deliveries list --as ANVÄNDARE` räknar upp dem.",
                f"There is no delivery {reference} that this user may see. "
                "`flask --app wsgi deliveries list --as USER` lists them.",
            )
        )


def refs_named(session: Session, names: Sequence[str]) -> list[str]:
    """References of uses, each given as it is or by the key in the use's address."""
    found = {name: use_item(session, name) for name in names}
    return [name if item is None else f"{USE}:{item.id}" for name, item in found.items()]


def answers_in(file: Path) -> dict[str, Answer]:
    """The answers to the control questions in a JSON file, or on standard input (``-``); ends the command where they cannot
    be read."""
    given = click.open_file("-", "rb").read() if str(file) == "-" else read_file(file)
    try:
        return read_answers(read_json(given, takes_unfit=False))
    except Invalid as error:
        tell_findings(error.findings)
        raise SystemExit(2) from None
    except DoubledName as error:
        fail(
            Text(
                f"{file} har {error.name} två gånger i samma objekt. Låt bara det ena stå kvar.",
                f"{file} has {error.name} twice in the same object. Keep only one of them.",
            )
        )
    except json.JSONDecodeError as error:
        fail(
            Text(
                f"{file} är inte giltig JSON: felet finns på rad {error.lineno}, tecken {error.colno}. {_ANSWERS.sv}",
                f"{file} is not valid JSON: the fault is in line {error.lineno}, column {error.colno}. {_ANSWERS.en}",
            )
        )
    except (ValueError, RecursionError):
        fail(
            Text(
                f"Svaren i {file} har fel form. {_ANSWERS.sv}",
                f"The answers in {file} have the wrong form. {_ANSWERS.en}",
            )
        )


def replies_in(given: Iterable[str]) -> dict[str, str]:
    """What is said to the rules that ask, each given as RULE=TEXT; ends the command where one is not, or no such rule asks."""
    return dict(map(_replied, given))


def _replied(text: str) -> tuple[str, str]:
    code, equals, words = text.partition("=")
    if not equals or not words.strip():
        fail(
            Text(
                f'{text} har inte formen REGEL=TEXT. Skriv till exempel SEC-107="det som häver är …".',
                f'{text} is not of the form RULE=TEXT. Write for instance SEC-107="what lifts it is …".',
            )
        )
    if code.strip() not in REPLIED_TO:
        there = these(sorted(REPLIED_TO))
        fail(Text(f"Ingen regel {code.strip()} frågar. {there.sv}", f"No rule {code.strip()} asks. {there.en}"))
    return code.strip(), words.strip()
