"""`python -m registry.serve`: make the instance ready, then run web server and worker until Ctrl-C.

Two processes besides this one, each a fresh program (nothing that has threads is ever forked): the worker, which first
prepares the instance (`registry.prepare`) and is started again if it dies, and gunicorn, which begins at the same time
and answers when the instance is ready. This process imports neither the application nor what it rests on, so that a
busy port is told at once. When it is told to stop, both do.
"""

import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType

import click

from registry.findings import Text
from registry.settings import PREFIX, ROOT, keep_served_address, load
from registry.speech import fail, say, translate

HOST = "127.0.0.1"
LOOPBACK = (HOST, "::1", "localhost")
PATIENCE = 15.0
STOPPED = Text("Stoppat.", "Stopped.")
WAITS = "REGISTRY_ANSWERS_WHEN_CLOSED"
"""Tells the web server which descriptor it finds closed when the instance is ready (`registry.web.warming`)."""


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
    if demonstration and host not in LOOPBACK:
        fail(
            Text(
                "En demonstration har konton som vem som helst får använda, så den körs bara på den egna datorn. Ta bort --host.",
                "A demonstration has accounts that anybody may use, so it is served on loopback only. Leave out --host.",
            )
        )
    load()  # a setting that cannot be read is told before anything is started
    _require_free(host, port)
    if host in LOOPBACK:
        keep_served_address(_instance(), f"http://{host if ':' not in host else f'[{host}]'}:{port}/")
    raise SystemExit(_supervise(host, port, workers, threads, demonstration))


def _instance() -> Path:
    return Path(os.environ.get(f"{PREFIX}INSTANCE") or ROOT / "instance").resolve()


def _supervise(host: str, port: int, workers: int, threads: int, demonstration: bool) -> int:
    stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    (ready, tell), (wait, answer) = os.pipe(), os.pipe()
    arguments = ["--demonstration", "--port", str(port)] if demonstration else []
    worker = _start(_flask("prepare", *arguments, "--then-work", str(tell)), tell)
    worker_started = time.monotonic()
    os.environ[WAITS] = str(wait)
    web = _start(
        [sys.executable, "-m", "gunicorn", "wsgi:create_app()", "--bind", f"{host}:{port}", "--workers", str(workers),
         "--threads", str(threads), "--worker-class", "gthread", "--log-level", "warning", "--timeout", "120",
         "--graceful-timeout", "5", "--no-control-socket", "--config", "python:registry.web.warming"], wait
    )  # fmt: skip
    os.close(tell)
    if not _is_prepared(ready, lambda: stopping):
        _end([worker, web])
        if stopping:
            say(STOPPED)
            return 0
        return worker.returncode or 1
    os.close(answer)
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
    say(STOPPED)
    return status


def _start(command: Sequence[str], *descriptors: int) -> "subprocess.Popen[bytes]":
    # A session of its own: Ctrl-C in the terminal reaches this process only, which then ends the others in order.
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True, pass_fds=descriptors)  # noqa: S603


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


def _is_prepared(ready: int, should_stop: Callable[[], bool]) -> bool:
    """Whether the worker said that the instance is ready; it ends without a word where it could not make it so."""
    with os.fdopen(ready, "rb") as told:
        while not should_stop():
            if select.select([told], [], [], 0.2)[0]:
                return bool(told.read(1))
    return False


def _wait_until_up(web: "subprocess.Popen[bytes]", host: str, port: int, should_stop: Callable[[], bool]) -> bool:
    """Until the server answers; its port is open some time before that."""
    deadline = time.monotonic() + 60
    where = {"0.0.0.0": HOST, "::": "::1"}.get(host, host)  # noqa: S104  (a name to compare with, not to bind)
    while time.monotonic() < deadline and web.poll() is None and not should_stop():
        connection = HTTPConnection(where, port, timeout=10)
        try:
            connection.request("GET", "/health")
            connection.getresponse().read()
            return True
        except (OSError, HTTPException):
            time.sleep(0.05)
        finally:
            connection.close()
    return False


def _require_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
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


if __name__ == "__main__":
    translate(serve_command)
    serve_command()
