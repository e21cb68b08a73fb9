"""`flask --app wsgi flows …`: list the flows with what stops them, suspend one at once, resume it."""

import json

import click
from flask.cli import AppGroup

from registry import clock
from registry.db import db, transaction
from registry.errors import NotFound
from registry.findings import Text
from registry.hands import Side
from registry.identity.cli import acting
from registry.items.tables import Item
from registry.terminal.speech import fail, read, say
from submission_portal.flows import queries, suspending

flows = AppGroup("flows", help="Delivery lines: what is suspended, and by whom.")
SUSPENDED = Text("stoppad av", "suspended by")
AS = click.option("--as", "login", required=True, help="User name of whoever decides for a side.")
REASON = click.option("--reason", required=True, help="Why; both sides read it.")


@flows.command("list")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def list_flows(as_json: bool) -> None:
    """List the lines in force or coming, and which are suspended, by which side and since when."""
    versions = queries.published_flows(db.session)
    stopped = suspending.lasting_of(db.session, [one.item_id for one in versions])
    rows = [
        {
            "flow": version.item.slug,
            "suspended": [
                {"side": str(one.side), "since": one.suspended_at.isoformat()}
                for one in stopped.get(version.item_id, ())
            ],
        }
        for version in versions
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for version in versions:
        sides = ", ".join(
            f"{read(Side(one.side).label)} {clock.today(one.suspended_at)}" for one in stopped.get(version.item_id, ())
        )
        click.echo(version.item.slug + (f"  {read(SUSPENDED)}: {sides}" if sides else ""))


@flows.command()
@click.argument("flow")
@REASON
@AS
def suspend(flow: str, reason: str, login: str) -> None:
    """Suspend a line at once, for the side that the user decides for."""
    actor, item = acting(login), _flow(flow)
    with transaction() as session:
        suspending.suspend(session, actor, clock.now(), session.merge(item), reason=reason)
    say(Text(f"{flow} är stoppad tills vidare.", f"{flow} is suspended."))


@flows.command()
@click.argument("flow")
@REASON
@AS
def resume(flow: str, reason: str, login: str) -> None:
    """Resume a line for the side that suspended it: another person than the one who did."""
    actor, item = acting(login), _flow(flow)
    with transaction() as session:
        suspending.resume(session, actor, clock.now(), session.merge(item), reason=reason)
        left = bool(suspending.lasting(session, item.id))
    if left:
        say(Text("Den andra sidan har också stoppat linjen.", "The other side has suspended the line too."))
    else:
        say(Text(f"{flow} är öppen igen.", f"{flow} is open again."))


def _flow(slug: str) -> Item:
    try:
        return queries.flow_item(db.session, slug)
    except NotFound:
        fail(
            Text(
                f"Det finns ingen linje {slug}. `flask --app wsgi flows list` räknar upp dem.",
                f"There is no line {slug}. `flask --app wsgi flows list` lists them.",
            )
        )
