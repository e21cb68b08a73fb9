"""The whole registry, as it is served, under each attack by slow clients: readers are answered, an honest upload succeeds.

The server's own deadlines are in force. Memory and files are looked at before and after.
"""

import os
import re
import socket
import subprocess
import threading
import time
from datetime import date
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest

from submission_portal.demonstration.figures import daily_wards
from tests.demonstration import copied
from tests.integration.registry.test_supervisor import PATIENCE, Served
from tests.slow_clients import ATTACKS, eventually, read, under_attack

FLOW = "/leveranser/ny/exempelregionen-dagliga-vardplatser/"
CONNECTIONS = 300
SECONDS = 2.0
"""Of each attack, by default."""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    folder = copied(tmp_path_factory, "attacked")
    found = Served(folder)
    found.folder = folder
    try:
        assert eventually(lambda: "Serving on" in found.log.read_text(), seconds=PATIENCE), found.log.read_text()
        yield found
    finally:
        found.process.terminate()
        found.process.wait(30)


def memory(served) -> int:
    """Resident bytes of the web processes."""
    pids = served.children("serving.process")
    found = subprocess.run(["ps", "-o", "rss=", *(f"-p{pid}" for pid in pids)], capture_output=True, text=True)
    return sum(int(size) for size in found.stdout.split()) * 1024


def files(served) -> int:
    return sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in served.children("serving.process"))


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_readers_are_answered_under_attack(served, soak, attack):
    pids, opened = set(served.children("serving.process")), files(served)
    before, deadline, readings = memory(served), 0.0, 0
    with under_attack(served.port, attack, CONNECTIONS):
        deadline = time.monotonic() + SECONDS * soak
        while time.monotonic() < deadline:
            reading = read(served.port, "/", 2, timeout=60)
            assert reading.failures == []
            readings += 1
        assert memory(served) < before + 300 * 2**20
    assert readings > 0
    assert set(served.children("serving.process")) == pids
    assert eventually(lambda: files(served) <= opened + 20, seconds=90)


def signed_in(served) -> tuple[str, str]:
    """The cookie of a data officer, and the token of the upload's form."""
    connection = HTTPConnection("127.0.0.1", served.port, timeout=60)

    def ask(method, path, body=None, **headers):
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer, answer.read().decode()

    def token(page):
        return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]

    def session_of(answer):
        sent = (one.partition(";")[0] for one in answer.headers.get_all("Set-Cookie", ()))
        return next((one for one in sent if one.startswith("registry=")), None)

    answer, page = ask("GET", "/logga-in")
    cookie = session_of(answer)
    login = {
        "login": "uppgiftslamnare-99", "csrf_token": token(page),
        "password": (served.folder / "demonstration_password").read_text().strip(),
    }  # fmt: skip
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer, _ = ask("POST", "/logga-in", urlencode(login), Cookie=cookie, **form)
    assert answer.status == 302
    cookie = session_of(answer)
    answer, page = ask("GET", FLOW, Cookie=cookie)
    return session_of(answer) or cookie, token(page)


def test_an_honest_upload_over_a_slow_line_succeeds_under_attack(served, soak):
    """A megabyte at a quarter of a megabit a second, twice the least rate: a file with a comment that makes it that long."""
    cookie, token = signed_in(served)
    lines = daily_wards(date(2026, 11, 9), 7)
    data = lines + b"\r\n" * ((int(2**19 * max(1.0, soak)) - len(lines)) // 2)
    boundary = b"--of-the-form"
    body = (
        boundary + b'\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n' + token.encode() + b"\r\n" + boundary
        + b'\r\nContent-Disposition: form-data; name="file"; filename="platser.csv"\r\nContent-Type: text/csv\r\n\r\n'
        + data + b"\r\n" + boundary + b"--\r\n"
    )  # fmt: skip
    head = (
        f"POST {FLOW} HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\nCookie: {cookie}\r\nConnection: close\r\n"
        f"Content-Type: multipart/form-data; boundary={boundary[2:].decode()}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    answer = bytearray()

    def upload() -> None:
        with socket.create_connection(("127.0.0.1", served.port), timeout=120) as one:
            one.sendall(head)
            for start in range(0, len(body), 8192):
                one.sendall(body[start : start + 8192])
                time.sleep(0.25)
            while part := one.recv(65536):
                answer.extend(part)

    thread = threading.Thread(target=upload)
    (bodies,) = [attack for attack in ATTACKS if attack.name == "bodies one byte a second"]
    with under_attack(served.port, bodies, 2 * CONNECTIONS):
        thread.start()
        thread.join()
    assert answer.startswith(b"HTTP/1.1 302"), bytes(answer[:2000])
