"""`flask --app wsgi deliveries standing …`: standing disclosure decisions, listed, shown, taken and withdrawn.

Exit status 0: it worked. 1: something forbids it, or is left to answer. 2: it could not be carried out as given.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from registry import clock
from registry.content.strict_json import DoubledName, read_json
from registry.db import db, transaction
from registry.errors import Invalid, NotFound
from registry.findings import Text
from registry.items import queries as items
from registry.items.tables import Item
from registry.terminal.commands import read_finding
from registry.terminal.files import read_file
from registry.terminal.speech import fail, read, say
from submission_portal.deliveries.cli.arguments import JSON, actor_named, answers_in, refs_named, replies_in
from submission_portal.deliveries.cli.telling import tell_findings
from submission_portal.deliveries.standing_disclosures import deciding, queries
from submission_portal.deliveries.standing_disclosures.resting import why_over_each
from submission_portal.deliveries.tables import StandingDisclosure
from submission_portal.flows.carryover import KIND as LINE

standing = AppGroup("standing", help="Standing decisions: disclosure decided once, under conditions.")
AS = click.option("--as", "login", required=True, help="User name of an officer of the region.")
FILE = click.Path(path_type=Path, allow_dash=True)
DAY = click.DateTime(["%Y-%m-%d"])
IN_FORCE = Text("gäller", "in force")


@standing.command("list")
@AS
@click.option("--line", "slug", help="Only those of this delivery line.")
@JSON
def list_(login: str, slug: str | None, as_json: bool) -> None:
    """List the standing decisions that the user may see, the newest first, and whether anything goes under them today."""
    line = _line(slug).id if slug else None
    found = queries.list_decisions(db.session, actor_named(login), line_item_id=line, per_page=1000).rows
    told = _as_rows(found)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for one, row in zip(found, told, strict=True):
        click.echo(
            f"{one.id}  {one.valid_from} – {one.valid_to}  {one.registry_number:20} {row['line']}: {_stands(row)}"
        )


@standing.command()
@click.argument("decision")
@AS
@JSON
def show(decision: str, login: str, as_json: bool) -> None:
    """Show a standing decision by its id: what it names, its conditions, and whether anything goes under it today."""
    [row] = _as_rows([_decision(decision, login)])
    if as_json:
        click.echo(json.dumps(row, ensure_ascii=False, indent=2))
        return
    for name in ("id", "line", "valid_from", "valid_to", "registry_number", "reason"):
        click.echo(f"{name}: {row[name]}")
    for use in row["uses"]:
        click.echo(f"use: {use['use']}")
    click.echo(f"latest_days: {row['conditions']['latest_days']}")
    for small in row["conditions"]["small_numbers"]:
        most = f" {small['most']}" if small["rule"] == "at_most" else ""
        click.echo(f"small_numbers: {small['element']} < {small['below']}: {small['rule']}{most}")
    click.echo(_stands(row))


@standing.command()
@click.argument("line")
@AS
@click.option("--from", "first", type=DAY, required=True, help="The first day.")
@click.option("--until", "last", type=DAY, required=True, help="The last day.")
@click.option(
    "--conditions", "conditions", type=FILE, required=True, help="JSON: disclosure_conditions/1; - is standard input."
)
@click.option("--answers", type=FILE, required=True, help="JSON: question → choice, reason.")
@click.option(
    "--reply", "replies", multiple=True, metavar="RULE=TEXT", help="How answers go together where a rule asks."
)
@click.option(
    "--use", "uses", multiple=True, required=True, metavar="REF", help="A use that it names; several may be given."
)
@click.option("--registry-number", required=True, help="The region's registry number of the decision.")
@click.option("--reason", required=True, help="Why the data may be handed out.")
@click.option("--renews", metavar="ID", help="The decision that it renews.")
@JSON
def decide(
    line: str,
    login: str,
    first: datetime,
    last: datetime,
    conditions: Path,
    answers: Path,
    replies: tuple[str, ...],
    uses: tuple[str, ...],
    registry_number: str,
    reason: str,
    renews: str | None,
    as_json: bool,
) -> None:
    """Decide for the region that deliveries of LINE may be handed out, each on these conditions."""
    actor, item = actor_named(login), _line(line)
    said, stated, given = answers_in(answers), _json_in(conditions), replies_in(replies)
    try:
        with transaction() as session:
            made = deciding.decide(
                session,
                actor,
                clock.now(),
                session.get_one(Item, item.id),
                uses=refs_named(session, uses),
                valid_from=first.date(),
                valid_to=last.date(),
                conditions=stated,
                answers=said,
                replies=given,
                registry_number=registry_number,
                reason=reason,
                renews=_decision(renews, login) if renews else None,
            ).id
    except Invalid as error:
        tell_findings(error.findings)
        raise SystemExit(1) from None
    _tell(made, as_json, Text(f"Beslutet är registrerat: {made}", f"The decision is recorded: {made}"))


@standing.command()
@click.argument("decision")
@AS
@click.option("--reason", required=True, help="Why; the region's people read it.")
@JSON
def withdraw(decision: str, login: str, reason: str, as_json: bool) -> None:
    """Withdraw a standing decision at once: what has not been sent is not sent under it."""
    actor, found = actor_named(login), _decision(decision, login)
    with transaction() as session:
        deciding.withdraw(session, actor, clock.now(), session.get_one(StandingDisclosure, found.id), reason=reason)
    _tell(found.id, as_json, Text("Beslutet är återtaget.", "The decision is withdrawn."))


def _tell(decision_id: str, as_json: bool, told: Text) -> None:
    if not as_json:
        say(told)
        return
    [row] = _as_rows([db.session.get_one(StandingDisclosure, decision_id)])
    click.echo(json.dumps(row, ensure_ascii=False, indent=2))


def _stands(row: dict[str, Any]) -> str:
    return row["says"] or read(IN_FORCE)


def _as_rows(found: list[StandingDisclosure] | Any) -> list[dict[str, Any]]:
    """Decisions for machines, each with what stops it today."""
    over = why_over_each(db.session, list(found), clock.today())
    slugs = {one.line_item_id: _slug(one.line_item_id) for one in found}
    rows = []
    for one in found:
        stop = over[one.id]
        rows.append(
            {
                "id": one.id,
                "line": slugs[one.line_item_id],
                "line_version": one.line_version_hash,
                "model_version": one.model_version_hash,
                "uses": one.uses,
                "conditions": one.conditions.as_dict(),
                "valid_from": one.valid_from.isoformat(),
                "valid_to": one.valid_to.isoformat(),
                "registry_number": one.registry_number,
                "reason": one.reason,
                "decided_at": one.decided_at.isoformat(),
                "withdrawn_at": one.withdrawn_at.isoformat() if one.withdrawn_at else None,
                "renews": one.renews_id,
                "stopped_by": stop.code if stop else None,
                "says": f"{read_finding(stop).title}. {read_finding(stop).body}" if stop else None,
            }
        )
    return rows


def _slug(item_id: str) -> str:
    return db.session.get_one(Item, item_id).slug


def _line(slug: str) -> Item:
    item = items.item_by_slug(db.session, LINE, slug)
    if item is None:
        fail(
            Text(
                f"Det finns ingen leveranslinje {slug}. `flask --app wsgi flows list` räknar upp dem.",
                f"There is no delivery line {slug}. `flask --app wsgi flows list` lists them.",
            )
        )
    return item


def _decision(decision_id: str, login: str) -> StandingDisclosure:
    try:
        return queries.decision_for(db.session, actor_named(login), decision_id)
    except NotFound:
        fail(
            Text(
                f"Det finns inget stående beslut {decision_id} som {login} får se. "
                "`flask --app wsgi deliveries standing list` räknar upp dem.",
                f"There is no standing decision {decision_id} that {login} may see. "
                "`flask --app wsgi deliveries standing list` lists them.",
            )
        )


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
