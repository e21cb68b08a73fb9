"""`flask --app wsgi serve`: make the instance ready, then run web server and worker until Ctrl-C.

Two processes besides this one, each a fresh program (nothing that has threads is ever forked): gunicorn, and the
worker, which is started again if it dies. When this process is told to stop, both do.
"""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from types import FrameType

import click
from flask import current_app

from registry import migrate
from registry.db import db
from registry.findings import Text
from registry.settings import ROOT
from registry.starter import load_starter_content
from registry.terminal import fail, say

HOST = "127.0.0.1"
PATIENCE = 15.0


@click.command("serve")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--host", default=HOST, show_default=True, help="A demonstration is served on loopback only.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1))
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1))
@click.option(
    "--demonstration", is_flag=True, help="Perform the main job once on the bundled figures, and tell how to sign in."
)
def serve_command(port: int, host: str, workers: int, threads: int, demonstration: bool) -> None:
    """Migrate, load the starter content, then serve with a worker until stopped."""
    if demonstration and host not in ("127.0.0.1", "::1", "localhost"):
        fail(
            Text(
                "En demonstration har konton som vem som helst får använda, så den körs bara på den egna datorn. Ta bort --host.",
                "A demonstration has accounts that anybody may use, so it is served on loopback only. Leave out --host.",
            )
        )
    _require_free(host, port)
    if not migrate.is_current():
        migrate.upgrade()
    load_starter_content()
    db.session.close()
    db.engine.dispose()
    if demonstration:
        _perform_demonstration(port)
        db.session.close()
        db.engine.dispose()
    raise SystemExit(_supervise(host, port, workers, threads))


def _perform_demonstration(port: int) -> None:
    """Run the command of that name, which a package above gives: performed once, it only tells how to sign in."""
    context = click.get_current_context()
    command = current_app.cli.get_command(context, "demonstration")
    if command is None:
        fail(Text("Det här registret har ingen demonstration.", "This registry has no demonstration."))
    context.invoke(command, port=port)


def _supervise(host: str, port: int, workers: int, threads: int) -> int:
    stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    web = _start(
        [sys.executable, "-m", "gunicorn", "wsgi:create_app()", "--bind", f"{host}:{port}", "--workers", str(workers),
         "--threads", str(threads), "--worker-class", "gthread", "--log-level", "warning", "--timeout", "120",
         "--graceful-timeout", "5", "--no-control-socket"]
    )  # fmt: skip
    worker = _start(_flask("worker"))
    worker_started = time.monotonic()
    if _wait_until_up(web, host, port, lambda: stopping):
        say(
            Text(
                f"Registret finns på http://{host}:{port}/  (Ctrl-C stoppar allt)",
                f"Serving on http://{host}:{port}/  (Ctrl-C stops everything)",
            )
        )
    status = 0
    while not stopping:
        if web.poll() is not None:
            say(
                Text("Webbservern avslutades av sig själv; se ovan.", "The web server ended by itself; see above."),
                err=True,
            )
            status = 1
            break
        if worker.poll() is not None:
            time.sleep(max(0.0, 2.0 - (time.monotonic() - worker_started)))
            say(
                Text(
                    "Arbetaren avslutades av sig själv och startas om.",
                    "The worker ended by itself and is started again.",
                ),
                err=True,
            )
            worker, worker_started = _start(_flask("worker")), time.monotonic()
        time.sleep(0.2)
    _end([web, worker])
    say(Text("Stoppat.", "Stopped."))
    return status


def _start(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    # A session of its own: Ctrl-C in the terminal reaches this process only, which then ends the others in order.
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True)  # noqa: S603


def _end(processes: "Sequence[subprocess.Popen[bytes]]") -> None:
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_up(web: "subprocess.Popen[bytes]", host: str, port: int, should_stop: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and web.poll() is None and not should_stop():
        with socket.socket() as probe:
            probe.settimeout(0.5)
            if probe.connect_ex((host, port)) == 0:
                return True
        time.sleep(0.1)
    return False


def _require_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            fail(
                Text(
                    f"Port {port} används av ett annat program. Välj en annan: make run PORT={port + 1}",
                    f"Port {port} is in use by another program. Choose another one: make run PORT={port + 1}",
                )
            )


def _flask(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
