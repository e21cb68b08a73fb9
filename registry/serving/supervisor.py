"""Keeps the web processes and the worker running: what dies is started again, what hangs is ended first.

This process binds the socket, so that a busy port is told at once, and so that clients wait in its line, unrefused, while a
web process is started again. It imports nothing of the application and has no threads. What it starts ends with it, however
it ends (`lifeline`).
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from registry.findings import Text
from registry.root import ROOT
from registry.serving import lifeline
from registry.terminal.speech import say

PATIENCE = 15.0
"""Seconds that processes have to end by themselves."""
STEADY = 60.0
"""A process that has lived so many seconds is started again at once when it dies."""
SLOWEST = 30.0
"""The longest wait before a process is started again, in seconds; it doubles from half a second with each early death."""
SILENCE = 120.0
"""A process that says nothing for so many seconds hangs, and is killed. What a worker had begun is taken by the next."""
HOPELESS = 3
"""So many web processes that end by themselves before any has answered end everything: the reason stands above."""


@dataclass
class Child:
    """A process to keep running, and what is known of it. ``first`` is the command of its first start, where another."""

    name: Text
    command: Sequence[str]
    descriptors: tuple[int, ...] = ()
    beats: bool = False
    """Whether it is given a pipe, ``--beat``, to say on that it is well (`beats`)."""
    serves: bool = False
    """Whether it answers requests: where no such process can be started, nothing can."""
    first: Sequence[str] = ()
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    heard: float = 0.0
    due: float = 0.0
    deaths: int = 0
    has_beaten: bool = False
    listens_at: int | None = None


class Supervisor:
    """Starts children, and starts them again."""

    def __init__(self) -> None:
        self.children: list[Child] = []
        self._far_end, self._near_end = os.pipe()

    def start(self, child: Child, *descriptors: int) -> "subprocess.Popen[bytes]":
        """Start a child and keep it. ``descriptors`` are passed on this first time only."""
        self.children.append(child)
        return self._start(child, child.first or child.command, descriptors)

    def _start(
        self, child: Child, command: Sequence[str], descriptors: Sequence[int] = ()
    ) -> "subprocess.Popen[bytes]":
        passed = [*child.descriptors, *descriptors, self._far_end]
        beat = None
        if child.beats:
            child.listens_at, beat = os.pipe()
            os.set_blocking(child.listens_at, False)
            os.set_blocking(beat, False)
            passed.append(beat)
            command = [*command, "--beat", str(beat)]
        # A session of its own: Ctrl-C in the terminal reaches this process only, which then ends the others in order.
        child.process = subprocess.Popen(  # noqa: S603
            command,
            cwd=ROOT,
            env=os.environ | {lifeline.NAME: str(self._far_end)},
            start_new_session=True,
            pass_fds=passed,
        )
        if beat is not None:
            os.close(beat)
        child.started = child.heard = time.monotonic()
        return child.process

    def look_after(self) -> bool:
        """Look once after all children; ``False`` where going on is hopeless."""
        now = time.monotonic()
        for child in self.children:
            self._listen(child, now)
            if child.process is None:
                if now >= child.due:
                    self._start(child, child.command)
            elif child.process.poll() is not None:
                if not self._plan_again(child, now):
                    return False
            elif child.beats and now - child.heard > SILENCE:
                say(
                    Text(f"{child.name.sv} svarar inte och avslutas.", f"{child.name.en} hangs and is ended."), err=True
                )
                child.process.kill()
                child.process.wait()
        return True

    def _listen(self, child: Child, now: float) -> None:
        if child.listens_at is not None:
            try:
                if os.read(child.listens_at, 4096):
                    child.heard, child.has_beaten = now, True
            except BlockingIOError:
                return

    def _plan_again(self, child: Child, now: float) -> bool:
        status = child.process.returncode if child.process is not None else 0
        if child.listens_at is not None:
            os.close(child.listens_at)
            child.listens_at = None
        child.process = None
        child.deaths = 1 if now - child.started > STEADY else child.deaths + 1
        child.due = now + (min(SLOWEST, 0.5 * 2 ** (child.deaths - 1)) if child.deaths > 1 else 0.0)
        is_hopeless = status > 0 and child.serves and not any(one.serves and one.has_beaten for one in self.children)
        if is_hopeless and child.deaths >= HOPELESS:
            say(
                Text(f"{child.name.sv} kan inte startas; se ovan.", f"{child.name.en} cannot be started; see above."),
                err=True,
            )
            return False
        how = f"signal {-status}" if status < 0 else f"status {status}"
        say(
            Text(
                f"{child.name.sv} avslutades av sig själv ({how}) och startas om.",
                f"{child.name.en} ended by itself ({how}) and is started again.",
            ),
            err=True,
        )
        return True

    def end(self) -> None:
        """End all children: those that do not within `PATIENCE` are killed."""
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises ``OSError`` where the port is in use or the address is not this machine's."""
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listening.bind(address)
        listening.listen(1024)
    except OSError:
        listening.close()
        raise
    listening.setblocking(False)
    return listening


def web(listening: socket.socket, threads: int, ready: int) -> Child:
    """A web process on a socket that listens; it answers when the pipe ``ready`` is closed."""
    command = [
        sys.executable, "-m", "registry.serving.process", "--descriptor", str(listening.fileno()),
        "--threads", str(threads), "--ready", str(ready),
    ]  # fmt: skip
    return Child(Text("En webbprocess", "A web process"), command, (listening.fileno(), ready), beats=True, serves=True)


def worker(*, prepares: Sequence[str], tells: int) -> Child:
    """The process that runs jobs. The first time it prepares the instance and says on the pipe ``tells`` that it has."""
    first = _flask("prepare", *prepares, "--then-work", str(tells))
    return Child(Text("Arbetaren", "The worker"), _flask("worker"), beats=True, first=first)


def _flask(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
