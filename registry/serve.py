"""`python -m registry.serve`: make the instance ready, then run web processes and a worker until Ctrl-C.

Each is a fresh program (nothing that has threads is ever forked): the worker, which first prepares the instance
(`registry.prepare`), and the web processes (`registry.serving.process`), which begin at the same time and answer when the
instance is ready. What dies is started again (`registry.serving.supervisor`). This process imports neither the application
nor what it rests on, so that a busy port is told at once. When it is told to stop, or dies, all do.
"""

import signal

if __name__ == "__main__":
    # Until there is something to end in order, Ctrl-C ends this program at once and without a word.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import errno
import os
import select
import socket
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType

import click

from registry.findings import Text
from registry.root import ROOT
from registry.serving.supervisor import Supervisor, bound, web, worker
from registry.settings import PREFIX, keep_served_address, load
from registry.terminal.speech import fail, say, translate

HOST = "127.0.0.1"
LOOPBACK = (HOST, "::1", "localhost")
STOPPED = Text("Stoppat.", "Stopped.")


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
    listening = _bound(host, port)
    os.umask(0o077)  # as `registry.ownership` has it for the processes that make things
    if host in LOOPBACK:
        keep_served_address(_instance(), f"http://{host if ':' not in host else f'[{host}]'}:{port}/")
    raise SystemExit(_supervise(listening, host, port, workers, threads, demonstration))


def _instance() -> Path:
    return Path(os.environ.get(f"{PREFIX}INSTANCE") or ROOT / "instance").resolve()


def _supervise(listening: socket.socket, host: str, port: int, workers: int, threads: int, demonstration: bool) -> int:
    stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    (ready, tell), (wait, answer) = os.pipe(), os.pipe()
    supervisor = Supervisor()
    prepares = ["--demonstration", "--port", str(port)] if demonstration else []
    preparing = supervisor.start(worker(prepares=prepares, tells=tell), tell)
    for _ in range(workers):
        supervisor.start(web(listening, threads, wait))
    os.close(tell)
    if not _is_prepared(ready, lambda: stopping):
        supervisor.end()
        if stopping:
            say(STOPPED)
            return 0
        return abs(preparing.returncode) or 1
    os.close(answer)
    status = 0
    is_up = _answers(host, port)
    while not stopping:
        if not supervisor.look_after():
            status = 1
            break
        if next(is_up, False):
            say(
                Text(
                    f"Registret finns på http://{host}:{port}/  (Ctrl-C stoppar allt)",
                    f"Serving on http://{host}:{port}/  (Ctrl-C stops everything)",
                )
            )
        time.sleep(0.1)
    listening.close()
    supervisor.end()
    say(STOPPED)
    return status


def _is_prepared(ready: int, should_stop: Callable[[], bool]) -> bool:
    """Whether the worker said that the instance is ready; it ends without a word where it could not make it so."""
    with os.fdopen(ready, "rb") as told:
        while not should_stop():
            if select.select([told], [], [], 0.2)[0]:
                return bool(told.read(1))
    return False


def _answers(host: str, port: int) -> Iterator[bool]:
    """Asks at each step, and gives ``True`` once: when the server answers. Its port is open some time before that."""
    where = {"0.0.0.0": HOST, "::": "::1"}.get(host, host)  # noqa: S104  (a name to compare with, not to bind)
    while True:
        connection = HTTPConnection(where, port, timeout=1)
        try:
            connection.request("GET", "/health")
            connection.getresponse().read()
        except (OSError, HTTPException):
            yield False
        else:
            yield True
            return
        finally:
            connection.close()


def _bound(host: str, port: int) -> socket.socket:
    try:
        return bound(host, port)
    except socket.gaierror:
        fail(Text(f"Det finns ingen adress {host}.", f"There is no address {host}."))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            fail(
                Text(
                    f"Port {port} på {host} kan inte användas. Systemet säger: {error.strerror}.",
                    f"Port {port} on {host} cannot be used. The system says: {error.strerror}.",
                )
            )
        fail(
            Text(
                f"Port {port} används av ett annat program. Välj en annan: make run PORT={port + 1}",
                f"Port {port} is in use by another program. Choose another one: make run PORT={port + 1}",
            )
        )


if __name__ == "__main__":
    translate(serve_command)
    serve_command()
