"""Commands of the foundation: the audit log, the worker, the database."""

import json
import re
import signal
from types import FrameType

import click
from flask import current_app
from flask.cli import AppGroup

from registry import events, jobs
from registry.backup import half_restored
from registry.db import db
from registry.findings import Text
from registry.plugin import begin_process
from registry.serving import beats, lifeline
from registry.terminal.speech import fail, say

_HEAD = re.compile("[0-9a-f]{64}")
audit = AppGroup("audit", help="The audit log.")
_REASONS = {
    events.Flaw.MISSING: Text("en länk saknas före den", "a link is missing before this one"),
    events.Flaw.OUT_OF_ORDER: Text("den följer inte på länken före", "it does not follow the link before it"),
    events.Flaw.CHANGED: Text("dess innehåll har ändrats", "its content was changed"),
}


@audit.command()
@click.option("--head", help="A chain head that you hold from before, on a receipt for instance.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def verify(head: str | None, as_json: bool) -> None:
    """Walk the whole chain; exit status 1 where it does not hold."""
    if head is not None:
        head = re.sub(r"\s", "", head).lower()  # a receipt prints it in groups of four
        if not _HEAD.fullmatch(head):
            fail(
                Text(
                    "Det är inget kedjehuvud: ett sådant är 64 hexadecimala siffror, 0–9 och a–f. Kopiera hela.",
                    "That is not a head: a head is 64 hexadecimal digits, 0–9 and a–f. Copy the whole of it.",
                )
            )
    result = events.verify(db.session, head)
    if as_json:
        click.echo(
            json.dumps(
                {
                    "intact": result.is_intact,
                    "events": result.events,
                    "head": result.head,
                    "broken_at": result.broken_at,
                    "reason": result.reason,
                    "head_found": result.head_found,
                }
            )
        )
    elif result.broken_at is not None:
        reason = _REASONS[result.reason or events.Flaw.CHANGED]
        say(
            Text(
                f"Bruten vid händelse {result.broken_at}: {reason.sv}. De {result.broken_at - 1} före den håller.",
                f"Broken at event {result.broken_at}: {reason.en}. The {result.broken_at - 1} before it hold.",
            )
        )
    elif result.head_found is False:
        say(
            Text(
                f"Kedjan av {result.events} händelser håller i sig, men huvudet {head} finns inte i den.",
                f"The chain of {result.events} events holds in itself, but does not contain the head {head}.",
            )
        )
    else:
        say(
            Text(
                f"Obruten: {result.events} händelser, huvud {result.head}.",
                f"Intact: {result.events} events, head {result.head}.",
            )
        )
        if head:
            say(Text("Huvudet du angav finns i kedjan.", "The head you gave is in the chain."))
    if not result.is_intact:
        raise SystemExit(1)


@audit.command("head")
def show_head() -> None:
    """The hash of the newest event."""
    click.echo(events.head(db.session))


@click.command()
@click.option("--once", is_flag=True, help="Run what is due, then end.")
@click.option("--beat", type=int, hidden=True, help="A pipe that is written to as long as the process is well.")
def worker(once: bool, beat: int | None) -> None:
    """Run the jobs that changes have asked for."""
    lifeline.hold()
    beats.keep_beating(beat)
    if half_restored.is_half_restored(current_app.config["INSTANCE"]):
        fail(half_restored.TEXT)
    if once:
        count = jobs.drain()
        say(Text(f"{count} jobb kördes.", f"{count} jobs run."))
        return
    work_until_stopped()


def work_until_stopped() -> None:
    """Run the jobs that are due until the process is told to end."""
    begin_process(current_app._get_current_object())  # type: ignore[attr-defined]
    stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    jobs.work(should_stop=lambda: stopping)
