"""`flask --app wsgi calendar …`: what is due and who has delivered, agreeing on last days, taking part."""

import json
from datetime import date, datetime, timedelta

import click
from flask.cli import AppGroup

from registry import clock
from registry.db import db, transaction
from registry.errors import NotFound
from registry.findings import Text
from registry.identity import queries as identity
from registry.identity.cli import acting
from registry.identity.tables import Organisation
from registry.items.tables import Item
from registry.period import PeriodKind
from registry.terminal.speech import fail, read, say
from submission_portal.calendar.punctuality import DueState
from submission_portal.calendar.queries import Entry, entries, lines_of
from submission_portal.flows import queries as flows
from submission_portal.flows.timetables import agreeing, joining
from submission_portal.flows.timetables.due_days import COUNTED_OUT, Formula, Unit
from submission_portal.flows.timetables.participation import Step

calendar = AppGroup("calendar", help="Last days of deliveries: what is due, who has delivered, who takes part.")
AS = click.option("--as", "login", required=True, help="User name of whoever acts for a side.")
DAY = click.DateTime(["%Y-%m-%d"])


@calendar.command("list")
@click.option("--region", help="County code; all regions where none is given.")
@click.option("--from", "low", type=DAY, help="First last day to list; a year back where none is given.")
@click.option("--to", "high", type=DAY, help="Last one; 130 days ahead where none is given.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def list_due(region: str | None, low: datetime | None, high: datetime | None, as_json: bool) -> None:
    """List periods by their last day, with where they stand. Exit status 1 where something is missing."""
    today = clock.today()
    organisation = _region(region) if region else None
    lines = lines_of(db.session, organisation.id if organisation else None)
    found = entries(
        db.session,
        lines,
        low.date() if low else today - timedelta(days=366),
        high.date() if high else today + timedelta(days=130),
        clock.now(),
    )
    if as_json:
        click.echo(json.dumps([_row(one) for one in found], ensure_ascii=False, indent=2))
    else:
        for one in found:
            click.echo(f"{one.due}  {one.of.version.item.slug}  {one.expected.period}  {read(one.state.label)}")
    if any(one.state is DueState.MISSING for one in found):
        raise SystemExit(1)


@calendar.command()
@click.argument("line")
@click.option("--from", "first", type=DAY, required=True, help="Periods that begin on this day or later.")
@click.option("--per", type=click.Choice([one.value for one in COUNTED_OUT]), default="month", show_default=True)
@click.option("--delay", type=int, required=True, help="So long after the period's last day.")
@click.option("--unit", type=click.Choice([one.value for one in Unit]), default="working_days", show_default=True)
@click.option("--once", is_flag=True, help="One day of each period is enough.")
@click.option("--reason", required=True, help="Why; both sides read it.")
@AS
def propose(line: str, first: datetime, per: str, delay: int, unit: str, once: bool, reason: str, login: str) -> None:
    """Propose last days for a line. They count when a person of the other side agrees."""
    actor, item = acting(login), _line(line)
    formula = Formula(PeriodKind(per), delay, Unit(unit), once)
    with transaction() as session:
        agreeing.propose_rule(
            session, actor, clock.now(), session.merge(item), first=first.date(), formula=formula, reason=reason
        )
    say(Text("Förslaget väntar på den andra sidan.", "The proposal waits for the other side."))


@calendar.command()
@click.argument("line")
@click.option("--decline", "reason", help="Decline instead, for this reason.")
@AS
def answer(line: str, reason: str | None, login: str) -> None:
    """Agree to what the other side proposed, or decline it."""
    actor, item = acting(login), _line(line)
    with transaction() as session:
        if reason is None:
            agreeing.agree(session, actor, clock.now(), session.merge(item))
        else:
            agreeing.decline(session, actor, clock.now(), session.merge(item), reason=reason)
    say(Text("Svaret är sparat.", "The answer is kept."))


@calendar.command()
@click.argument("region")
@click.argument("step", type=click.Choice([one.value for one in Step]))
@click.option("--line", help="A line; the whole pilot where none is given.")
@click.option("--from", "first", type=DAY, required=True, help="From this day on; today at the earliest.")
@click.option("--reason", required=True, help="Why; everybody reads it.")
@AS
def participation(region: str, step: str, line: str | None, first: datetime, reason: str, login: str) -> None:
    """Have a region join, pause, resume or leave."""
    actor, organisation = acting(login), _region(region)
    item = _line(line) if line else None
    with transaction() as session:
        joining.take_step(
            session, actor, clock.now(), session.merge(organisation), Step(step),
            first=first.date(), reason=reason, item=session.merge(item) if item else None,
        )  # fmt: skip
    say(Text("Steget är antecknat.", "The step is on record."))


def _row(entry: Entry) -> dict[str, object]:
    at: datetime | None = entry.outcome.at
    due: date = entry.due
    return {
        "line": entry.of.version.item.slug,
        "period": str(entry.expected.period),
        "due": due.isoformat(),
        "state": entry.state.value,
        "delivered_at": at.isoformat() if at else None,
    }


def _region(code: str) -> Organisation:
    found = identity.organisation_by_code(db.session, code)
    return found or fail(Text(f"Det finns ingen region {code}.", f"There is no region {code}."))


def _line(slug: str) -> Item:
    try:
        return flows.flow_item(db.session, slug)
    except NotFound:
        fail(
            Text(
                f"Det finns ingen linje {slug}. `flask --app wsgi flows list` räknar upp dem.",
                f"There is no line {slug}. `flask --app wsgi flows list` lists them.",
            )
        )
