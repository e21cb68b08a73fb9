"""`flask --app wsgi followup compilations …`: what rules close, and deciding it, as on the pages of the legal desk.

Exit status 0: it worked. 1: something forbids it, or is left to answer. 2: it could not be carried out as given.
"""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from legal_checks.compilations.rules import rule
from registry import clock
from registry.actors import PUBLIC, Actor, Role
from registry.db import db, transaction
from registry.errors import Forbidden, Invalid, NotFound
from registry.findings import Text
from registry.terminal.speech import fail, read, say, these
from submission_portal.deliveries.cli.arguments import JSON, actor_named, answers_in, replies_in
from submission_portal.deliveries.cli.telling import as_findings, tell_findings
from submission_portal.followup.compilations import deciding
from submission_portal.followup.compilations.closing import WHAT_OPENS, ClosedPart
from submission_portal.followup.compilations.deciding import Extent
from submission_portal.followup.compilations.refusals import Road, has_news, note_refusals
from submission_portal.followup.compilations.shown import ShownTable
from submission_portal.followup.compilations.tables import Outcome
from submission_portal.followup.compilations.views import ClosedView, closed_views, view_named
from submission_portal.followup.compilations.words import READERS, extent_words, part_words, view_words
from submission_portal.followup.plans import PlannedMeasure
from submission_portal.followup.versions import REVIEWERS

compilations = AppGroup(
    "compilations", help="Compilations over several regions that rules close, and deciding about them."
)
AS = click.option("--as", "login", required=True, help="User name of a reviewer at the recipient.")
MEASURE, VIEW = click.argument("measure"), click.argument("view")


@compilations.command("list")
@AS
@JSON
def list_compilations(login: str, as_json: bool) -> None:
    """List what rules close in the tables of the user's recipient, and what has been decided about it."""
    actor = actor_named(login)
    if not actor.has_role(*REVIEWERS):
        raise Forbidden(Role.LEGAL_REVIEWER)
    found = closed_views(db.session, actor)
    if as_json:
        click.echo(json.dumps([_as_row(one) for one in found], ensure_ascii=False, indent=2))
        return
    if not found:
        say(Text("Ingen regel stänger något i tabellerna nu.", "No rule closes anything in the tables now."))
    for one in found:
        _tell(one)


@compilations.command()
@MEASURE
@VIEW
@click.option(
    "--outcome",
    type=click.Choice([one.value for one in Outcome]),
    required=True,
    help="Open exactly what is named, or keep it closed.",
)
@click.option(
    "--region", "regions", multiple=True, metavar="CODE", help="A region to open, by its county code; repeat it."
)
@click.option("--least-age", type=click.IntRange(min=0), default=0, help="How many days ago periods must have ended.")
@click.option("--until", metavar="DAY", help="The last day on which it is open, such as 2027-06-30.")
@click.option("--reason", required=True, help="Why; kept with the decision.")
@click.option(
    "--answers",
    "file",
    type=click.Path(path_type=Path, allow_dash=True),
    help="JSON: question → choice, reason; - is standard input. To keep it closed needs none.",
)
@click.option(
    "--reply", "replies", multiple=True, metavar="RULE=TEXT", help="How answers go together where a rule asks."
)
@AS
@JSON
def decide(
    measure: str,
    view: str,
    outcome: str,
    regions: tuple[str, ...],
    least_age: int,
    until: str | None,
    reason: str,
    file: Path | None,
    replies: tuple[str, ...],
    login: str,
    as_json: bool,
) -> None:
    """Decide about VIEW of MEASURE, named as the list does: rule/audience/level/kind of period.

    For example: fine-geography/public/1/day. The decision takes the place of the one before.
    """
    actor, extent = actor_named(login), Extent(frozenset(regions), least_age, _day(until) if until else None)
    answers, said = answers_in(file) if file else None, replies_in(replies)
    try:
        with transaction() as session:
            one = _named(actor, measure, view)
            deciding.decide_view(
                session,
                actor,
                clock.now(),
                one.measure,
                one.view,
                outcome=Outcome(outcome),
                reason=reason,
                extent=extent,
                answers=answers,
                replies=said,
            )
    except Invalid as error:
        if as_json:
            told = {"decided": False, "findings": as_findings(tuple(error.findings))}
            click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            tell_findings(tuple(error.findings))
        raise SystemExit(1) from None
    _tell_changed(actor, measure, view, as_json=as_json)


@compilations.command()
@MEASURE
@VIEW
@click.option("--reason", required=True, help="Why; kept with the decision.")
@AS
@JSON
def end(measure: str, view: str, reason: str, login: str, as_json: bool) -> None:
    """End the decision that stands on VIEW of MEASURE: what it opened is closed."""
    actor = actor_named(login)
    with transaction() as session:
        one = _named(actor, measure, view)
        deciding.end_decision(session, actor, clock.now(), one.measure, one.view, reason=reason)
    _tell_changed(actor, measure, view, as_json=as_json)


def note_refused(shown: ShownTable, parts: Sequence[ClosedPart]) -> None:
    """Leave an event where a command asks for a compilation that is closed to everybody."""
    if has_news(db.session, PUBLIC, clock.now(), shown, parts):
        with transaction() as session:
            note_refusals(session, PUBLIC, clock.now(), shown, parts, Road.COMMAND)


def print_closed(planned: PlannedMeasure, parts: Sequence[ClosedPart]) -> None:
    """What needs a decision before it is shown, by which rule, and what opens it; on standard error."""
    for part in parts:
        rule, what = part.rule, part_words(planned, part)
        say(
            Text(
                f"Kräver beslut: {what.sv}. {rule.title.sv} ({rule.citation.sv}).",
                f"Needs a decision: {what.en}. {rule.title.en} ({rule.citation.en}).",
            ),
            err=True,
        )
    if parts:
        say(WHAT_OPENS, err=True)


def _named(actor: Actor, measure: str, view: str) -> ClosedView:
    """The closed view that is meant. Ends the command where there is none."""
    try:
        return view_named(db.session, actor, measure, view)
    except NotFound:
        there = these(one.view.name for one in closed_views(db.session, actor) if one.view.measure_slug == measure)
        fail(
            Text(
                f"Ingen regel stänger {view} av måttet {measure}. {there.sv}",
                f"No rule closes {view} of the measure {measure}. {there.en}",
            )
        )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(Text(f"{text} är ingen dag. Skriv 2027-06-30.", f"{text} is no day. Write 2027-06-30."))


def _tell_changed(actor: Actor, measure: str, view: str, *, as_json: bool) -> None:
    found = [
        one for one in closed_views(db.session, actor) if (one.view.measure_slug, one.view.name) == (measure, view)
    ]
    if as_json:
        click.echo(json.dumps(_as_row(found[0]) if found else None, ensure_ascii=False, indent=2))
        return
    for one in found:
        _tell(one)


def _tell(one: ClosedView) -> None:
    view = one.view
    click.echo(f"{view.measure_slug} {view.name}")
    what, who, closes = view_words(one.measure, view.level, view.period_kind), READERS[view.audience], rule(view.rule)
    say(Text(f"    {what.sv}, {who.sv}. {closes.title.sv} ({closes.citation.sv}).",
             f"    {what.en}, {who.en}. {closes.title.en} ({closes.citation.en})."))  # fmt: skip
    if one.part is not None:
        part = part_words(one.measure, one.part)
        say(Text(f"    slutet: {part.sv}", f"    closed: {part.en}"))
    click.echo(f"    {read(_state(one))}")


def _state(one: ClosedView) -> Text:
    if one.standing is None:
        return Text("väntar på beslut", "waits for a decision")
    if one.standing.has_run_out(clock.today()):
        day = one.standing.valid_until
        return Text(f"beslutet löpte ut {day}", f"the decision ran out {day}")
    if one.standing.outcome == Outcome.KEEP_CLOSED:
        return Text("förblir sluten", "kept closed")
    extent = extent_words(one.measure, one.standing)
    return Text(f"öppnad: {extent.sv}", f"opened: {extent.en}")


def _as_row(one: ClosedView) -> dict[str, Any]:
    standing = one.standing
    return {
        "measure": one.view.measure_slug,
        "view": one.view.name,
        "awaits": one.awaits,
        "is_open": one.is_open,
        "closed": one.part.as_dict() if one.part else None,
        "decision": {
            "id": standing.id,
            "outcome": standing.outcome,
            "regions": standing.regions,
            "least_age": standing.least_age,
            "valid_until": standing.valid_until.isoformat() if standing.valid_until else None,
            "reason": standing.reason,
            "decided_at": standing.decided_at.isoformat(),
        }
        if standing
        else None,
    }
