"""The command that is the worker."""

import signal
from types import FrameType

import click
from flask import current_app

from registry import jobs
from registry.backup import half_restored
from registry.findings import Text
from registry.plugin import begin_process
from registry.serving import beats, lifeline
from registry.terminal.speech import fail, say


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
