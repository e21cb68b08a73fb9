"""`flask --app wsgi legal tables …`: what waits for the recipient's legal reviewer, and deciding it, as on the pages.

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
from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.errors import Forbidden, Invalid, NotFound
from registry.findings import Text
from registry.identity import queries as identity
from registry.terminal.commands import read_finding
from registry.terminal.speech import fail, read, say
from submission_portal.deliveries.cli.arguments import JSON, actor_named, answers_in, replies_in
from submission_portal.deliveries.cli.telling import as_findings, tell_findings
from submission_portal.followup.queries import count_of_releases, findings_of
from submission_portal.followup.release_times import moment_of, read_time, written
from submission_portal.followup.standpoints import said_of
from submission_portal.followup.tables import TableState, TableVersion
from submission_portal.followup.versions import (
    REVIEWERS,
    latest_decision,
    to_be_released,
    to_decide,
    version_to_review_named,
)
from submission_portal.legal_desk import services

tables = AppGroup(
    "tables", help="Tables of the follow-up: what waits for the recipient's legal reviewer, and deciding it."
)
AS = click.option("--as", "login", required=True, help="User name of a reviewer at the recipient.")
TABLE = click.argument("name", metavar="TABLE")
STATES = {
    TableState.AWAITING_REVIEW: Text("väntar på beslut", "waits for a decision"),
    TableState.PUBLISHED: Text("publicerad", "published"),
    TableState.REFUSED: Text("avslagen eller stoppad", "refused or stopped"),
    TableState.SUPERSEDED: Text("ersatt av en senare version", "superseded by a later version"),
}
CARRIED_OVER = Text("öppen utan beslut, ska beslutas", "open without a decision, to be decided")


@tables.command("list")
@AS
@JSON
def list_tables(login: str, as_json: bool) -> None:
    """List what waits for a decision, and what is decided and not yet released."""
    actor = actor_named(login)
    if not actor.has_role(*REVIEWERS):
        raise Forbidden(Role.LEGAL_REVIEWER)
    found = [*to_decide(db.session, actor), *to_be_released(db.session, actor)]
    if as_json:
        rows = [_as_row(one) for one in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for one in found:
        click.echo(f"{_name(one):48} {read(_state(one))}")
        click.echo(f"    {read(_facts(one))}")


@tables.command()
@TABLE
@AS
@JSON
def show(name: str, login: str, as_json: bool) -> None:
    """Show a table version: where it is, what was found, what was decided. Nothing that it hides is told.

    TABLE is its id, or its measure and number, such as utlokaliserade-patienter/2.
    """
    actor = actor_named(login)
    _tell(actor, _table(db.session, actor, name, login), as_json=as_json)


@tables.command()
@TABLE
@click.option(
    "--outcome",
    type=click.Choice([services.PUBLISH, services.RECIPIENT, services.REFUSE]),
    required=True,
    help="For everybody, for the recipient alone, or for nobody.",
)
@click.option("--reason", required=True, help="Why; kept with the table.")
@click.option(
    "--answers",
    "file",
    type=click.Path(path_type=Path, allow_dash=True),
    help="JSON: question → choice, reason; - is standard input. A refusal needs none.",
)
@click.option(
    "--reply", "replies", multiple=True, metavar="RULE=TEXT", help="How answers go together where a rule asks."
)
@click.option("--release-at", metavar="TIME", help="From when, in Swedish time: 2026-12-01T08:00. Otherwise at once.")
@AS
@JSON
def decide(
    name: str,
    outcome: str,
    reason: str,
    file: Path | None,
    replies: tuple[str, ...],
    release_at: str | None,
    login: str,
    as_json: bool,
) -> None:
    """Decide for the recipient who may have a table, and from when."""
    actor, moment = actor_named(login), _moment(release_at) if release_at else None
    if moment is not None and outcome != services.PUBLISH:
        fail(Text("Bara det som publiceras har en tid: ta bort --release-at.",
                  "Only what is published has a time: leave out --release-at."))  # fmt: skip
    answers, said = answers_in(file) if file else None, replies_in(replies)

    def do(session: Session, now: datetime, found: TableVersion) -> None:
        services.decide_table(
            session, actor, now, found, outcome=outcome, reason=reason, answers=answers, replies=said, release_at=moment
        )

    _change(actor, name, login, do, as_json=as_json)


@tables.command()
@TABLE
@click.option("--release-at", metavar="TIME", help="The new time, in Swedish time: 2026-12-01T08:00.")
@click.option("--now", "is_now", is_flag=True, help="Publish at once.")
@AS
@JSON
def move(name: str, release_at: str | None, is_now: bool, login: str, as_json: bool) -> None:
    """Let an embargo end earlier or later, or now. What has been released is moved no more."""
    if is_now == bool(release_at):
        fail(Text("Ange antingen --release-at TID eller --now.", "Give either --release-at TIME or --now."))
    actor, moment = actor_named(login), _moment(release_at) if release_at else None

    def do(session: Session, now: datetime, found: TableVersion) -> None:
        services.move_release(session, actor, now, found, moment)

    _change(actor, name, login, do, as_json=as_json)


@tables.command()
@TABLE
@click.option("--reason", required=True, help="Why; kept with the table.")
@AS
@JSON
def stop(name: str, reason: str, login: str, as_json: bool) -> None:
    """Stop a table before its release. Nobody gets it, and what is published now stands."""
    actor = actor_named(login)

    def do(session: Session, now: datetime, found: TableVersion) -> None:
        services.stop_release(session, actor, now, found, reason)

    _change(actor, name, login, do, as_json=as_json)


def _change(
    actor: Actor,
    name: str,
    login: str,
    do: Callable[[Session, datetime, TableVersion], None],
    *,
    as_json: bool,
) -> None:
    """Do something with a table and tell what it came to; where answers are missing, which."""
    try:
        with transaction() as session:
            table_id = _table(session, actor, name, login).id
            found = services.table_to_change(session, actor, table_id)
            do(session, clock.now(), found)
    except Invalid as error:
        if as_json:
            told = {"decided": False, "findings": as_findings(tuple(error.findings))}
            click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            tell_findings(tuple(error.findings))
        raise SystemExit(1) from None
    _tell(actor, version_to_review_named(db.session, actor, table_id), as_json=as_json)


def _tell(actor: Actor, table: TableVersion, *, as_json: bool) -> None:
    session = db.session
    decision, earlier = services.decision_on(session, table.id), latest_decision(session, table)
    objection = services.objection(session, actor, table)
    if as_json:
        told = _as_row(table) | {
            "hash": table.content_hash,
            "deliveries": count_of_releases(session, table),
            "is_safe": table.protection.is_safe,
            "findings": as_findings(findings_of(table)),
            "objection": objection.code if objection else None,
            "reason": table.reason,
            "decision": {
                "outcome": decision.outcome,
                "reason": decision.reason,
                "decided_at": decision.decided_at.isoformat(),
                "answers": decision.assessment.as_dict()["answers"],
            }
            if decision
            else None,
            "standpoints": _standpoints(session, table),
            "answers_before": {"number": earlier[0].number, "answers": earlier[1].assessment.as_dict()["answers"]}
            if earlier and earlier[0].id != table.id
            else None,
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    click.echo(f"{_name(table)}  {table.content_hash}")
    say(_state(table))
    say(_facts(table))
    if decision is not None:
        when = written(decision.decided_at).replace("T", " ")
        say(Text(f"Beslutad {when}: {decision.reason}", f"Decided {when}: {decision.reason}"))
    if not table.protection.is_safe:
        say(
            Text(
                "Dolda celler kan räknas ut: den kan inte publiceras.",
                "Hidden cells can be worked out: it cannot be published.",
            )
        )
    tell_findings(findings_of(table))
    if objection is not None:
        one = read_finding(objection)
        click.echo(f"\n{one.code} {one.title}. {one.mend}")


def _standpoints(session: Session, table: TableVersion) -> list[dict[str, str]]:
    """What regions have said of its being open without a decision, each region's last first."""
    codes = {one.id: one.code for one in identity.organisations(session)}
    return [
        {
            "region": codes[region],
            "stance": one.stance,
            "reason": one.reason,
            "stated_at": one.stated_at.isoformat(),
        }
        for region, said in said_of(session, table).items()
        for one in said
    ]


def _as_row(table: TableVersion) -> dict[str, Any]:
    return {
        "id": table.id,
        "table": _name(table),
        "measure": table.measure_slug,
        "number": table.number,
        "audience": str(table.audience),
        "state": str(table.state),
        "is_carried_over": table.is_carried_over,
        "is_undecided": table.state == TableState.AWAITING_REVIEW or table.awaits_its_first_decision,
        "figures": table.figures,
        "hidden": table.hidden,
        "composed_at": table.composed_at.isoformat(),
        "release_at": table.release_at.isoformat() if table.release_at else None,
    }


def _name(table: TableVersion) -> str:
    return f"{table.measure_slug}/{table.number}"


def _state(table: TableVersion) -> Text:
    if table.awaits_its_first_decision:
        return CARRIED_OVER
    if table.release_at is not None and table.release_at > clock.now() and table.published_at is not None:
        when = written(table.release_at).replace("T", " ")
        return Text(f"beslutad, publiceras {when}", f"decided, published {when}")
    return STATES[TableState(table.state)]


def _facts(table: TableVersion) -> Text:
    whom, when = table.audience_label, clock.today(table.composed_at)
    return Text(
        f"för {whom.sv}; siffror: {table.figures}, dolda: {table.hidden}; sattes samman {when}",
        f"for {whom.en}; figures: {table.figures}, hidden: {table.hidden}; composed {when}",
    )


def _table(session: Session, actor: Actor, name: str, login: str) -> TableVersion:
    try:
        return version_to_review_named(session, actor, name)
    except NotFound:
        fail(
            Text(
                f"Det finns ingen tabell {name} som {login} granskar. `flask --app wsgi legal tables list --as {login}` räknar "
                "upp det som väntar.",
                f"There is no table {name} that {login} reviews. `flask --app wsgi legal tables list --as {login}` lists what "
                "waits.",
            )
        )


def _moment(text: str) -> datetime:
    try:
        time = read_time(text)
    except ValueError:
        fail(
            Text(
                f"{text} är ingen tid. Skriv den som 2026-12-01T08:00.",
                f"{text} is no time. Write it as 2026-12-01T08:00.",
            )
        )
    return moment_of(time) or fail(
        Text(
            f"Klockan ställs fram då, så {text} finns inte. Välj en annan tid.",
            f"Clocks are put forward then, so there is no {text}. Choose another time.",
        )
    )
