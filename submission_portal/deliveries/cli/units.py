"""`flask --app wsgi units …`: a line's register of units, read, filled from its deliveries, changed and confirmed."""

import json
from collections.abc import Callable
from datetime import datetime

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import Actor
from registry.db import db, transaction
from registry.errors import Forbidden, NotFound
from registry.findings import Text
from registry.terminal.speech import fail, read, say
from submission_portal.deliveries.cli.arguments import JSON, actor_named
from submission_portal.deliveries.unit_proposals import proposals_for
from submission_portal.units import queries, services
from submission_portal.units.lines import Line, kept_line, line_of
from submission_portal.units.powers import KEEPERS
from submission_portal.units.tables import UnitRegister
from submission_portal.units.unit import key_text

units = AppGroup("units", help="The units of a delivery line: which rows are expected.")
AS = click.option("--as", "login", required=True, help="User name of the region's data officer or disclosing officer.")
DAY = click.DateTime(["%Y-%m-%d"])
CONFIRMED = Text("bekräftat", "confirmed")
NOT_CONFIRMED = Text("inte bekräftat", "not confirmed")


@units.command("list")
@click.argument("flow")
@AS
@JSON
def list_units(flow: str, login: str, as_json: bool) -> None:
    """List a line's units, and those that its latest deliveries have and the register lacks."""
    kept = _kept(db.session, actor_named(login), flow)
    register = queries.register_of(db.session, kept.item.id)
    known = queries.units_of_line(db.session, kept.item.id)
    missing = proposals_for(db.session, kept).missing
    is_confirmed = register is not None and register.confirmed_at is not None
    if as_json:
        told = {
            "confirmed": is_confirmed,
            "units": [
                {
                    "values": dict(one.values),
                    "name": one.name,
                    "aliases": list(one.aliases),
                    "opened": one.opened.isoformat() if one.opened else None,
                    "closed": one.closed.isoformat() if one.closed else None,
                }
                for one in known
            ],
            "proposed": [dict(one.unit.values) for one in missing],
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    click.echo(read(CONFIRMED if is_confirmed else NOT_CONFIRMED))
    for unit in known:
        days = f"  {unit.opened or ''}–{unit.closed or ''}" if unit.opened or unit.closed else ""
        click.echo(f"  {read(services.label_of(kept.loaded, unit))}{days}")
    for one in missing:
        click.echo(f"+ {read(one.label)}")


@units.command()
@click.argument("flow")
@AS
def fill(flow: str, login: str) -> None:
    """Add every unit that the line's latest deliveries have and the register lacks."""
    actor = actor_named(login)
    found = [one.unit for one in proposals_for(db.session, _kept(db.session, actor, flow)).missing]
    if found:
        _act(actor, flow, lambda session, now, kept: services.add(session, actor, now, kept, found))
    say(Text(f"{len(found)} enheter lades till.", f"{len(found)} units were added."))


@units.command()
@click.argument("flow")
@click.argument("values", nargs=-1, required=True, metavar="ELEMENT=VALUE…")
@click.option("--opened", type=DAY, help="The unit's first day.")
@click.option("--closed", type=DAY, help="The unit's last day.")
@AS
def close(flow: str, values: tuple[str, ...], opened: datetime | None, closed: datetime | None, login: str) -> None:
    """Say from when to when a unit exists, named by all its elements: sjukhus=24010 avdelning=K1."""
    actor = actor_named(login)
    given = dict(one.partition("=")[::2] for one in values)

    def act(session: Session, now: datetime, kept: Line) -> UnitRegister:
        key = key_text(given)
        found = queries.units_by_key(session, kept.item.id, [key]).get(key)
        if found is None:
            raise NotFound("unit")
        return services.change(
            session,
            actor,
            now,
            kept,
            found.id,
            name=found.name,
            aliases=found.aliases,
            opened=opened.date() if opened else found.opened,
            closed=closed.date() if closed else found.closed,
        )

    _act(actor, flow, act)
    say(Text("Enhetens datum är ändrade.", "The unit's dates are changed."))


@units.command()
@click.argument("flow")
@AS
def confirm(flow: str, login: str) -> None:
    """Confirm for the region that the register has the line's units: they are expected from now on."""
    actor = actor_named(login)
    _act(actor, flow, lambda session, now, kept: services.confirm(session, actor, now, kept))
    say(Text("Enheterna är bekräftade.", "The units are confirmed."))


def _act(actor: Actor, flow: str, act: Callable[[Session, datetime, Line], UnitRegister]) -> None:
    try:
        with transaction() as session:
            act(session, clock.now(), _kept(session, actor, flow))
    except NotFound:
        fail(Text("Registret har ingen sådan enhet.", "The register has no such unit."))


def _kept(session: Session, actor: Actor, flow: str) -> Line:
    """The line, where the actor keeps its register; ends the command where there is none."""
    try:
        kept = kept_line(session, *line_of(session, flow))
        actor.require(*KEEPERS, organisation_id=kept.item.organisation_id, is_known=True)
    except (NotFound, Forbidden):
        fail(
            Text(
                f"Det finns ingen linje {flow} vars enheter användaren för. `flask --app wsgi flows list` räknar upp linjerna.",
                f"There is no line {flow} whose units this user keeps. `flask --app wsgi flows list` lists the lines.",
            )
        )
    return kept
