"""`flask --app wsgi uses …`: what may be done with what is delivered; proposing, deciding, suspending and withdrawing it.

Exit status 0: it worked. 1: something forbids it, or is left to answer. 2: it could not be carried out as given.
"""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from registry import clock
from registry.content.strict_json import DoubledName, read_json
from registry.db import db, transaction
from registry.findings import Text
from registry.identity import queries as identity
from registry.identity.cli import acting
from registry.items import queries as items
from registry.items.lifecycle import STATE_LABELS, Outcome, State
from registry.items.tables import Item, Version
from registry.terminal.commands import read_finding
from registry.terminal.files import read_file
from registry.terminal.speech import fail, read, say
from submission_portal.flows import suspending
from submission_portal.flows.agreeing import pages, services
from submission_portal.flows.carryover import KIND as LINE
from submission_portal.flows.pages import organisation_names
from submission_portal.flows.uses.queries import use_item
from submission_portal.legal_questions.answers import read as read_answers

uses = AppGroup("uses", help="Uses: what may be done with what is delivered, decided by both sides.")
USE = click.argument("slug", metavar="USE")
AS = click.option("--as", "login", required=True, help="User name of whoever acts.")
REASON = click.option("--reason", required=True, help="Why; both sides read it.")
JSON = click.option("--json", "as_json", is_flag=True, help="For machines.")
FILE = click.Path(path_type=Path, allow_dash=True)
ASPECTS = (services.QUALITY, services.LEGAL, services.ACCEPTANCE)
TO_BE_DECIDED = Text("överförd, ska beslutas", "carried over, to be decided")
IN_FORCE = Text("gäller till och med", "in force until")
OVER = Text("upphört eller återtaget", "ended or withdrawn")


@uses.command("list")
@click.option("--line", "of_line", metavar="LINE", help="Only the uses of this delivery line.")
@JSON
def list_uses(of_line: str | None, as_json: bool) -> None:
    """List the uses of the lines in force, carried-over ones too, and until when each lasts."""
    session = db.session
    lines = [one for one in pages.all_lines(session) if of_line in (None, one.item.slug)]
    if of_line is not None and not lines:
        fail(
            Text(
                f"Det finns ingen leveranslinje {of_line} som gäller. `flask --app wsgi flows list` räknar upp dem.",
                f"There is no delivery line {of_line} in force. `flask --app wsgi flows list` lists them.",
            )
        )
    rows = pages.rows_of_lines(session, lines, organisation_names(session))
    if as_json:
        click.echo(json.dumps([_as_row(one) for one in rows], ensure_ascii=False, indent=2))
        return
    for one in rows:
        name = _as_row(one)["use"] or one.standing.ref
        click.echo(f"{name:60} {read(one.recipient)}, {read(one.use.audience.label)}: {_stands(one)}")


@uses.command()
@USE
@JSON
def show(slug: str, as_json: bool) -> None:
    """Show a use: what it says, and who decided what. Of a draft only that there is one."""
    item = _item(slug)
    found = [one for one in items.versions_of(db.session, item) if one.submitted_at is not None]
    if not found:
        say(Text(f"{slug} är ett utkast.", f"{slug} is a draft."))
        return
    version = items.foremost(found)
    if as_json:
        told = {
            "use": slug,
            "number": version.number,
            "state": str(version.state),
            "hash": version.content_hash,
            "content": version.content,
            "decisions": [
                {"aspect": one.aspect, "side": one.side, "outcome": str(one.outcome), "at": one.decided_at.isoformat()}
                for one in version.decisions
            ],
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    click.echo(f"{slug}  {version.number}  {read(STATE_LABELS[State(version.state)])}")
    for label, value in items.kind_named(item.kind).outline(version.content):
        click.echo(f"  {read(label)}: {read(value) if isinstance(value, Text) else value}")
    for one in version.decisions:
        click.echo(f"  {one.aspect} ({one.side}): {one.outcome} {clock.today(one.decided_at)}")


@uses.command()
@click.argument("file", type=FILE)
@click.option("--reason", default="", help="Why it is proposed; read by those who decide.")
@click.option("--submit", "is_sent", is_flag=True, help="Send it to both sides as well.")
@AS
@JSON
def propose(file: Path, reason: str, is_sent: bool, login: str, as_json: bool) -> None:
    """Propose a use, for the side that the user writes for, as a draft. FILE is its content in JSON (use/1); - is standard input.

    The line may be given by its key and the recipient by its code.
    """
    actor, content = acting(login), _by_names(_json_in(file))
    with transaction() as session:
        version = services.propose(session, actor, clock.now(), content=content, reason=reason)
        version_id, slug = version.id, version.item.slug
    if is_sent:
        with transaction() as session:
            services.submit(session, actor, clock.now(), session.get_one(Version, version_id))
    _tell(slug, as_json, Text(f"{slug} är sparad.", f"{slug} is kept."))


@uses.command()
@USE
@click.option(
    "--aspect",
    type=click.Choice(ASPECTS),
    required=True,
    help="What is decided: the recipient's quality or law, or the region's acceptance.",
)
@click.option(
    "--outcome", type=click.Choice([one.value for one in Outcome]), required=True, help="What is decided about it."
)
@click.option(
    "--answers", "file", type=FILE, help="JSON: question → choice, reason; - is standard input. For a legal approval."
)
@click.option(
    "--reply", "replies", multiple=True, metavar="RULE=TEXT", help="How answers go together where a rule asks."
)
@REASON
@AS
@JSON
def decide(
    slug: str,
    aspect: str,
    outcome: str,
    file: Path | None,
    replies: tuple[str, ...],
    reason: str,
    login: str,
    as_json: bool,
) -> None:
    """Decide one aspect of a use that waits; when all three are approved it is in force from its first day."""
    actor = acting(login)
    answers = read_answers(_json_in(file)) if file is not None else None
    said = dict(map(_replied, replies))

    def do(session: Session, now: datetime, version: Version) -> None:
        services.decide(
            session,
            actor,
            now,
            version,
            aspect=aspect,
            outcome=Outcome(outcome),
            reason=reason,
            answers=answers,
            replies=said,
        )

    _take(slug, do)
    _tell(slug, as_json, Text(f"Beslutet om {slug} är registrerat.", f"The decision on {slug} is recorded."))


@uses.command()
@USE
@REASON
@AS
@JSON
def withdraw(slug: str, reason: str, login: str, as_json: bool) -> None:
    """Withdraw a use at once, for the side that the user decides for. Nothing more is disclosed for it."""
    actor = acting(login)

    def do(session: Session, now: datetime, version: Version) -> None:
        services.withdraw(session, actor, now, version, reason=reason)

    _take(slug, do)
    _tell(slug, as_json, Text(f"{slug} är återtagen.", f"{slug} is withdrawn."))


@uses.command()
@USE
@REASON
@AS
def suspend(slug: str, reason: str, login: str) -> None:
    """Suspend a use at once, for the side that the user decides for."""
    actor, item = acting(login), _item(slug)
    with transaction() as session:
        suspending.suspend(session, actor, clock.now(), session.merge(item), reason=reason)
    say(Text(f"{slug} är stoppad tills vidare.", f"{slug} is suspended."))


@uses.command()
@USE
@REASON
@AS
def resume(slug: str, reason: str, login: str) -> None:
    """Resume a use for the side that suspended it: another person than the one who did."""
    actor, item = acting(login), _item(slug)
    with transaction() as session:
        suspending.resume(session, actor, clock.now(), session.merge(item), reason=reason)
    say(Text(f"{slug} är öppen igen för din sida.", f"{slug} is open again for your side."))


def _take(slug: str, do: Callable[[Session, datetime, Version], None]) -> None:
    """Do something with the version that waits, or else with the one in force."""
    item = _item(slug)
    with transaction() as session:
        version = items.open_version(session, item) or items.standing_version(session, item)
        if version is None:
            fail(
                Text(
                    f"{slug} har ingen version som gäller eller väntar.", f"{slug} has no version in force or waiting."
                )
            )
        do(session, clock.now(), version)


def _tell(slug: str, as_json: bool, told: Text) -> None:
    if not as_json:
        say(told)
        return
    version = items.versions_of(db.session, _item(slug))[-1]
    click.echo(json.dumps({"use": slug, "number": version.number, "state": str(version.state)}, indent=2))


def _item(slug: str) -> Item:
    item = use_item(db.session, slug)
    if item is None:
        fail(
            Text(
                f"Det finns ingen användning {slug}. `flask --app wsgi uses list` räknar upp dem.",
                f"There is no use {slug}. `flask --app wsgi uses list` lists them.",
            )
        )
    return item


def _as_row(one: pages.UseRow) -> dict[str, Any]:
    stop = one.refusal or one.suspension
    return {
        "use": one.slug,
        "ref": one.standing.ref,
        "line": one.line.item.slug,
        "title": one.title.as_dict(),
        "recipient": one.recipient.as_dict(),
        "audience": one.use.audience.value,
        "version": one.standing.version_hash,
        "valid_from": one.use.valid_from.isoformat(),
        "until": one.standing.sunset.isoformat(),
        "to_be_decided": one.standing.is_to_be_decided,
        "stopped_by": stop.code if stop is not None else None,
    }


def _stands(one: pages.UseRow) -> str:
    if one.standing.is_to_be_decided:
        return read(TO_BE_DECIDED)
    if one.is_over:
        return read(OVER)
    stop = one.refusal or one.suspension
    return read_finding(stop).title if stop is not None else f"{read(IN_FORCE)} {one.standing.sunset}"


def _by_names(content: Any) -> Any:
    """Content with the ids of the line and the recipient that it names by key and code."""
    if not isinstance(content, dict):
        return content
    named = dict(content)
    if isinstance(key := named.get("line"), str) and (item := items.item_by_slug(db.session, LINE, key)) is not None:
        named["line"] = item.id
    if isinstance(code := named.get("recipient"), str):
        found = identity.organisation_by_code(db.session, code, "recipient")
        named["recipient"] = found.id if found is not None else code
    return named


def _json_in(file: Path) -> Any:
    """What a JSON file holds, or standard input; ends the command where it cannot be read."""
    given = click.open_file("-", "rb").read() if str(file) == "-" else read_file(file)
    try:
        return read_json(given, takes_unfit=False)
    except DoubledName as error:
        fail(
            Text(
                f"{file} har {error.name} två gånger i samma objekt. Låt bara det ena stå kvar.",
                f"{file} has {error.name} twice in the same object. Keep only one of them.",
            )
        )
    except (ValueError, RecursionError) as error:
        fail(Text(f"{file} är inte giltig JSON: {error}", f"{file} is not valid JSON: {error}"))


def _replied(said: str) -> tuple[str, str]:
    code, mark, text = said.partition("=")
    if not mark or not text.strip():
        fail(Text(f"Skriv --reply REGEL=TEXT, inte {said}.", f"Write --reply RULE=TEXT, not {said}."))
    return code.strip(), text.strip()
