"""Commands of the foundation: the audit log, the worker, the database."""

import json
import signal
from types import FrameType

import click
from flask.cli import AppGroup

from registry import events, jobs
from registry.db import db

audit = AppGroup("audit", help="The audit log.")


@audit.command()
@click.option("--head", help="A chain head that you hold from before, on a receipt for instance.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def verify(head: str | None, as_json: bool) -> None:
    """Walk the whole chain; exit status 1 where it does not hold."""
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
        click.echo(f"Broken at event {result.broken_at}: {result.reason}. The {result.broken_at - 1} before it hold.")
    elif result.head_found is False:
        click.echo(f"The chain of {result.events} events holds in itself, but does not contain the head {head}.")
    else:
        click.echo(f"Intact: {result.events} events, head {result.head}.")
        if head:
            click.echo("The head you gave is in the chain.")
    if not result.is_intact:
        raise SystemExit(1)


@audit.command("head")
def show_head() -> None:
    """The hash of the newest event."""
    click.echo(events.head(db.session))


@click.command()
@click.option("--once", is_flag=True, help="Run what is due, then end.")
def worker(once: bool) -> None:
    """Run the jobs that changes have asked for."""
    if once:
        click.echo(f"{jobs.drain()} jobs run.")
        return
    stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    jobs.work(should_stop=lambda: stopping)
