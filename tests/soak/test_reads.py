"""A real server on the grown instance, read by everybody at once: no worker is lost, and no answer is a server error.

A thousand reads by default: every page that links lead to, as the public and in each role, from several threads, and in between the
five pages that once ended the web server. It is done with this Python, and with a newer one: the one that `SOAK_PYTHON` names, or
the first of python3.12 … 3.14 that has the registry's dependencies.
"""

import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from html import unescape
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest

import wsgi
from tests.grown import ROOT, grown_instance
from tests.walks import PASSWORD, PUBLIC, addresses, readers

READS = 1_000
THREADS = 6
MEASURE = "/uppfoljning/disponibla-vardplatser-manad"
FIVE = ("/uppfoljning/", MEASURE, f"{MEASURE}/region/14", f"{MEASURE}/siffra/14/2020-06", MEASURE)
"""Reading these in turn ended a worker with a segmentation fault (ADR 20)."""
NEWER = ("python3.14", "python3.13", "python3.12")
NEEDED = "import argon2, deltalake, flask_babel, polars, sqlalchemy, waitress"
CRASHED = re.compile(
    r"SIG[A-Z]{3,4}\b|Fatal Python error|ended by itself|avslutades av sig själv|Segmentation|Traceback"
)
ONE_AT_A_TIME = threading.Lock()
"""Held while signing in: who comes when half of a process's threads verify passwords is asked to come again, with 503."""
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def this_python() -> str:
    return sys.executable


def newer_python() -> str:
    """Another Python than this one, newer than 3.11, that can run the registry; skips where there is none."""
    named = os.environ.get("SOAK_PYTHON")
    candidates = [named] if named else [found for one in NEWER if (found := shutil.which(one))]
    for one in candidates:
        ready = subprocess.run([one, "-c", NEEDED], capture_output=True, text=True, check=False)
        if ready.returncode == 0:
            return one
        if named:
            pytest.fail(f"SOAK_PYTHON={named} cannot run the registry: {ready.stderr.strip().splitlines()[-1]}")
    pytest.skip("no newer Python with the registry's dependencies is installed; SOAK_PYTHON=/path/to/python names one")


@pytest.mark.parametrize("python", [this_python, newer_python], ids=["this Python", "a newer Python"])
def test_a_thousand_mixed_reads_lose_no_worker(python, soak, tmp_path):
    instance, wanted = grown_instance(tmp_path), round(READS * soak)
    logins, rules = readers(instance), wsgi.create_app({"INSTANCE": instance}).url_map
    answers: Counter[int] = Counter()
    wrong: list[str] = []

    def note(address: str, status: int) -> None:
        answers[status] += 1
        if status >= 500:
            wrong.append(f"{address}: {status}")

    with served(python(), instance) as server:
        before = server.processes()
        assert len(before) >= 2, "a server has processes of its own"

        def walk(role: str) -> list[str]:
            browser = Browser(server.port, note)
            if role != PUBLIC:
                browser.sign_in(logins[role])
            return addresses(browser.read, rules, 1, ("/", *FIVE))

        def read(number: int) -> None:
            role, chosen = roles[number % len(roles)], random.Random(number)
            browser = Browser(server.port, note)
            if role != PUBLIC:
                browser.sign_in(logins[role])
            while answers.total() < wanted:
                for address in (*chosen.sample(found[role], min(8, len(found[role]))), *FIVE):
                    browser.read(address)

        roles = [PUBLIC, *logins]
        with ThreadPoolExecutor(THREADS) as pool:
            found = dict(zip(roles, pool.map(walk, roles), strict=True))
            list(pool.map(read, range(THREADS)))
        server.assert_alive()
        lost = before - server.processes()
        assert not lost, f"{len(lost)} of the server's processes ended\n{server.log()}"
    assert not wrong, "\n".join(wrong)
    assert answers.total() >= wanted
    assert answers[200] > 0.9 * answers.total(), answers
    assert not CRASHED.findall(server.log()), server.log()


class Browser:
    """One reader's browser: cookies, a connection that is kept, and a note of every answer."""

    def __init__(self, port: int, note: Callable[[str, int], None]) -> None:
        self.port, self.note, self.cookies = port, note, dict[str, str]()

    def read(self, address: str) -> tuple[int, str, bytes]:
        status, media_type, body, _ = self._send("GET", address)
        return status, media_type, body

    def sign_in(self, login: str) -> None:
        _, _, page, _ = self._send("GET", "/logga-in")
        token = TOKEN.search(page.decode())
        assert token, "the page has no token"
        fields = {"csrf_token": unescape(token[1]), "login": login, "password": PASSWORD}
        with ONE_AT_A_TIME:
            status, _, body, _ = self._send("POST", "/logga-in", urlencode(fields))
        assert status == 302, body.decode()

    def _send(self, method: str, address: str, body: str | None = None) -> tuple[int, str, bytes, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, address, body, headers)
            answer = connection.getresponse()
            data = answer.read()
        except (OSError, HTTPException) as error:
            self.note(f"{address} ({type(error).__name__})", 599)  # no answer at all: the worker is gone
            return 599, "", b"", ""
        finally:
            connection.close()
        self.note(address, answer.status)
        for one in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(one).items()}
        return answer.status, answer.headers.get_content_type(), data, answer.headers.get("Location", "")


class Server:
    """The server as people start it, and the processes that it has started."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, logged: Path) -> None:
        self.process, self.port, self.logged = process, port, logged

    def processes(self) -> frozenset[tuple[int, str]]:
        """Every process below the one that was started: its id and when it began, so that an id taken again is another."""
        parents = {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    fields = (folder / "stat").read_text().rpartition(")")[2].split()
                except OSError:
                    continue  # it ended while we looked
                parents[int(folder.name)] = (int(fields[1]), fields[19])
        found, frontier = set(), {self.process.pid}
        while frontier:
            frontier = {pid for pid, (parent, _) in parents.items() if parent in frontier}
            found |= frontier
        return frozenset((pid, parents[pid][1]) for pid in found)

    def assert_alive(self) -> None:
        assert self.process.poll() is None, self.log()

    def log(self) -> str:
        return self.logged.read_text(errors="replace")


@contextmanager
def served(python: str, instance: Path) -> Iterator[Server]:
    port, logged = _free_port(), instance / "server.log"
    environment = os.environ | {
        "REGISTRY_INSTANCE": str(instance), "PYTHONFAULTHANDLER": "1", "REGISTRY_LOG_LEVEL": "WARNING", "LANG": "en_GB.UTF-8",
    }  # fmt: skip
    with logged.open("wb") as log:
        process = subprocess.Popen(
            [python, "-m", "registry.serve", "--port", str(port), "--workers", "2", "--threads", "4"],
            cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    server = Server(process, port, logged)
    try:
        _wait_until_up(server)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_up(server: Server) -> None:
    deadline, waited = time.monotonic() + 240, threading.Event()
    while time.monotonic() < deadline:
        server.assert_alive()
        if Browser(server.port, lambda *_: None).read("/health")[0] == 200:
            return
        waited.wait(0.2)
    pytest.fail(f"the server did not answer in four minutes\n{server.log()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
