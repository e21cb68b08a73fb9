"""What is killed is started again, and nothing is left behind when the supervisor itself is killed. Real processes."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from registry.serving import beats, supervisor
from registry.serving.supervisor import Child, Supervisor, bound
from tests.demonstration import copied
from tests.slow_clients import ask, eventually, read

ROOT = Path(__file__).resolve().parents[3]
TEXT = supervisor.Text("Barnet", "The child")
PATIENCE = 90.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_free(port: int) -> bool:
    try:
        bound("127.0.0.1", port).close()
    except OSError:
        return False
    return True


class Served:
    """`python -m registry.serve` on a demonstration that was performed before."""

    def __init__(self, folder: Path) -> None:
        self.port, self.log = free_port(), folder.with_suffix(".log")
        environment = os.environ | {"REGISTRY_INSTANCE": str(folder), "REGISTRY_LOG_LEVEL": "WARNING"}
        environment.pop("REGISTRY_DATABASE_URL", None)
        command = [sys.executable, "-m", "registry.serve", "--port", str(self.port), "--workers", "2"]
        with self.log.open("w") as output:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)

    def children(self, of: str = "") -> list[int]:
        found = subprocess.run(["pgrep", "-P", str(self.process.pid), "-f", of], capture_output=True, text=True)
        return [int(one) for one in found.stdout.split()]

    def is_up(self) -> bool:
        try:
            return ask(self.port, "/health", timeout=2)[0] == 200
        except OSError:
            return False


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    found = Served(copied(tmp_path_factory, "supervised"))
    try:
        assert eventually(lambda: "Serving on" in found.log.read_text(), seconds=PATIENCE), found.log.read_text()
        yield found
    finally:
        if found.process.poll() is None:
            found.process.send_signal(signal.SIGTERM)
            found.process.wait(30)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.soak
def test_a_web_process_that_is_killed_is_started_again_and_nobody_is_refused(served):
    first = set(served.children("serving.process"))
    assert len(first) == 2
    os.kill(min(first), signal.SIGKILL)
    assert read(served.port, "/health", 20).failures == []
    assert eventually(lambda: len(set(served.children("serving.process")) - first) == 1, seconds=PATIENCE)
    assert read(served.port, "/", 3, timeout=30).failures == []


@pytest.mark.soak
def test_when_all_web_processes_are_killed_readers_wait_in_line(served):
    for pid in served.children("serving.process"):
        os.kill(pid, signal.SIGKILL)
    assert read(served.port, "/health", 1, timeout=PATIENCE).failures == []
    assert re.search(r"A web process ended by itself \(signal 9\) and is started again", served.log.read_text())


@pytest.mark.soak
def test_a_worker_that_is_killed_is_started_again(served):
    (first,) = served.children("flask")
    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: served.children("flask") not in ([], [first]), seconds=PATIENCE)


@pytest.mark.soak
def test_a_supervisor_that_is_killed_takes_all_with_it(served):
    assert eventually(lambda: len(served.children()) == 3, seconds=PATIENCE)
    children = served.children()
    served.process.kill()
    served.process.wait()
    assert eventually(lambda: not any(alive(pid) for pid in children), seconds=40)
    assert is_free(served.port)


# --- the supervisor alone


def look_until(found: Supervisor, holds, seconds: float = 20.0) -> bool:
    def step() -> bool:
        found.look_after()
        return holds()

    return eventually(step, seconds=seconds)


def test_a_child_that_dies_early_again_and_again_is_given_more_time_each_time():
    child, found = Child(TEXT, [sys.executable, "-c", "raise SystemExit(3)"]), Supervisor()
    found.start(child)
    waits = []
    for deaths in (1, 2, 3, 4):
        assert look_until(found, lambda deaths=deaths: child.process is None and child.deaths == deaths)
        waits.append(round(max(0.0, child.due - time.monotonic()), 0))
    assert waits == [0.0, 1.0, 2.0, 4.0]
    found.end()


def test_a_child_that_hangs_is_ended_and_started_again(monkeypatch):
    monkeypatch.setattr(supervisor, "SILENCE", 1.0)
    says_once = "import os, sys, time; os.write(int(sys.argv[2]), b'.'); time.sleep(600)"
    child, found = Child(TEXT, [sys.executable, "-c", says_once], beats=True), Supervisor()
    first = found.start(child)
    assert look_until(found, lambda: child.process is not None and child.process.pid != first.pid)
    assert first.returncode == -signal.SIGKILL
    found.end()
    assert child.process is not None
    assert child.process.returncode == -signal.SIGTERM


BEATS = """
import sys, time
from registry.serving import beats
beats.keep_beating(int(sys.argv[2]))
time.sleep(600)
"""


def test_a_process_that_beats_from_a_thread_and_is_stopped_is_seen_and_another_takes_its_place(monkeypatch, capsys):
    child, found = Child(TEXT, [sys.executable, "-c", BEATS], beats=True), Supervisor()
    stopped = found.start(child)
    try:
        assert look_until(found, lambda: child.has_beaten, seconds=PATIENCE)
        stopped.send_signal(signal.SIGSTOP)
        monkeypatch.setattr(supervisor, "SILENCE", 2.0)
        assert look_until(found, lambda: child.process not in (None, stopped), seconds=PATIENCE)
        assert stopped.returncode == -signal.SIGKILL
        assert "The child hangs and is ended." in capsys.readouterr().err
    finally:
        found.end()


def test_the_worker_beats_both_when_it_works_and_while_it_prepares_the_instance(app, monkeypatch):
    child, told = supervisor.worker(prepares=(), tells=1), []
    assert child.beats and not child.serves
    monkeypatch.setattr(beats, "keep_beating", told.append)
    assert app.test_cli_runner().invoke(args=["worker", "--once", "--beat", "7"]).exit_code == 0
    assert told == [7]
    assert "beat" in {option.name for option in app.cli.commands["prepare"].params}


def test_web_processes_that_can_never_be_started_end_everything_with_a_word(capsys):
    child, found = Child(TEXT, [sys.executable, "-c", "raise SystemExit(1)"], beats=True, serves=True), Supervisor()
    found.start(child)
    deadline = time.monotonic() + 30
    while found.look_after():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert "cannot be started" in capsys.readouterr().err
