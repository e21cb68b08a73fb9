"""`flask --app wsgi prepare`: everything that an instance needs before it is served. What is there already is left alone."""

import os
from pathlib import Path

import click
import structlog
from flask import current_app

from registry import clock, migrate, ownership
from registry.auditing.jobs import sign_log
from registry.backup import half_restored
from registry.cli import work_until_stopped
from registry.db import db
from registry.errors import Refused
from registry.findings import Text
from registry.serving import beats, lifeline
from registry.starter import load_starter_content
from registry.terminal.speech import fail
from registry.web.warming import compile_templates


@click.command("prepare")
@click.option(
    "--demonstration", is_flag=True, help="Perform the main job once on the bundled figures, and tell how to sign in."
)
@click.option("--port", default=8000, show_default=True, help="Where the demonstration's pages will be served.")
@click.option("--then-work", type=int, hidden=True, help="Say on this descriptor that all is ready, and be the worker.")
@click.option("--beat", type=int, hidden=True, help="A pipe that is written to as long as the process is well.")
def prepare_command(demonstration: bool, port: int, then_work: int | None, beat: int | None) -> None:
    """Migrate, load the starter content, compile the pages."""
    lifeline.hold()
    beats.keep_beating(beat)
    refuse_half_restored()
    ownership.repair(current_app.config["INSTANCE"], *_database_file())
    if not migrate.is_current():
        migrate.upgrade()
    load_starter_content()
    db.session.close()
    _sign_what_there_is()
    compile_templates(current_app)
    if demonstration:
        _perform_demonstration(port)
        db.session.close()
    db.engine.dispose()
    if then_work is not None:
        os.write(then_work, b"!")
        os.close(then_work)
        work_until_stopped()


def _sign_what_there_is() -> None:
    """See that there is a key to sign with. One that is lost holds nothing up: receipts are signed later, and the log says so."""
    try:
        sign_log(clock.now())
    except Refused as refusal:
        structlog.get_logger("registry.signing").error("nothing_to_sign_with", finding=refusal.finding.code)


def refuse_half_restored() -> None:
    """End the command where a restoration of the instance has begun and not ended."""
    if half_restored.is_half_restored(current_app.config["INSTANCE"]):
        fail(half_restored.TEXT)


def _database_file() -> list[Path]:
    address = db.engine.url
    return [Path(address.database)] if address.get_backend_name() == "sqlite" and address.database else []


def _perform_demonstration(port: int) -> None:
    """Run the command of that name, which a package above gives: performed once, it only tells how to sign in."""
    context = click.get_current_context()
    command = current_app.cli.get_command(context, "demonstration")
    if command is None:
        fail(Text("Det här registret har ingen demonstration.", "This registry has no demonstration."))
    context.invoke(command, port=port)
