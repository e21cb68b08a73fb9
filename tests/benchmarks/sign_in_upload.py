"""Measures how much strangers who guess passwords slow an upload: `python tests/benchmarks/sign_in_upload.py [CHECKOUT]`.

A demonstration is served as `make run` serves it (of another checkout where one is named, to compare), and a data officer
uploads the same small file eleven times: alone, and while three guessers (``GUESSERS``) post wrong passwords as fast as they are
answered, each try for another account and from another address, so that nothing slows them but the server itself.
Prints the median and the longest time of an upload, and their ratio. Linux only: 127.0.0.0/8 is all loopback there.
"""

import contextlib
import http.client
import os
import re
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections import Counter
from itertools import count
from pathlib import Path
from threading import Event, Thread

ROOT = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2]).resolve()
PYTHON = os.environ.get("PYTHON", sys.executable)
UPLOADS, GUESSERS = 11, int(os.environ.get("GUESSERS", "3"))
FLOW = "/leveranser/ny/exempelregionen-dagliga-vardplatser/"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
FILE = "Datum;Sjukhus;Avdelning;Disponibla vårdplatser;Belagda vårdplatser;Överbeläggningar\r\n" + "".join(
    f"2026-10-{day:02};Norra sjukhuset;Avdelning 1;20;18;0\r\n" for day in range(1, 31)
)


class Caller:
    """A browser that keeps cookies and calls from an address of its own."""

    def __init__(self, port: int, address: str) -> None:
        self.port, self.address, self.cookies = port, address, dict[str, str]()

    def ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(self.address, 0))
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        connection.request(method, path, body, headers | ({"Content-Type": kind} if kind else {}))
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        connection.close()
        return answer.status, text, answer.headers.get("Location", "")

    def token(self, path: str) -> str:
        return TOKEN.search(self.ask("GET", path)[1])[1]

    def sign_in(self, login: str, password: str, token: str) -> int:
        fields = {"csrf_token": token, "login": login, "password": password}
        body = urllib.parse.urlencode(fields).encode()
        return self.ask("POST", "/logga-in", body, "application/x-www-form-urlencoded")[0]


def upload(officer: Caller, token: str) -> float:
    mark = secrets.token_hex(8)
    content = FILE + f"2026-10-31;Norra sjukhuset;Avdelning {mark};20;18;0\r\n"
    body = "".join(
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{value}\r\n'
        for name, more, value in (
            ("csrf_token", "", token),
            ("file", '; filename="o.csv"\r\nContent-Type: text/csv', content),
        )
    )
    begun = time.perf_counter()
    status, text, _ = officer.ask(
        "POST", FLOW, (body + f"--{mark}--\r\n").encode(), f"multipart/form-data; boundary={mark}"
    )
    seconds = time.perf_counter() - begun
    assert status in (302, 303), f"{status}: {text[:2000]}"
    return seconds


def guess(port: int, stopped: Event, numbers: "count[int]", told: Counter[int]) -> None:
    caller = Caller(port, "127.0.0.2")
    token = caller.token("/logga-in")
    while not stopped.is_set():
        number = next(numbers)
        caller.address = f"127.1.{number // 250 % 250 + 1}.{number % 250 + 1}"
        with contextlib.suppress(OSError, http.client.HTTPException):
            told[caller.sign_in(f"somebody-{number}", "wrong every time", token)] += 1


def measure(port: int, password: str) -> None:
    officer = Caller(port, "127.0.0.1")
    assert officer.sign_in("uppgiftslamnare-99", password, officer.token("/logga-in")) == 302
    token = officer.token(FLOW)
    upload(officer, token)
    alone = [upload(officer, token) for _ in range(UPLOADS)]
    stopped, numbers, told = Event(), count(), Counter[int]()
    guessers = [Thread(target=guess, args=(port, stopped, numbers, told)) for _ in range(GUESSERS)]
    for one in guessers:
        one.start()
    time.sleep(2)
    begun, before = time.monotonic(), sum(told.values())
    among = [upload(officer, token) for _ in range(UPLOADS)]
    rate = (sum(told.values()) - before) / (time.monotonic() - begun)
    stopped.set()
    for one in guessers:
        one.join()
    for name, times in (("alone", alone), (f"with {GUESSERS} guessers", among)):
        print(f"{name:18} median {statistics.median(times):6.3f} s   longest {max(times):6.3f} s")
    ratio = statistics.median(among) / statistics.median(alone)
    print(f"ratio of medians   {ratio:6.1f}   guesses a second {rate:.1f}   answers {dict(told)}")


def main() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", int(os.environ.get("PORT", "0"))))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder) / "instance"
        environment = os.environ | {"REGISTRY_INSTANCE": str(instance), "REGISTRY_LOG_LEVEL": "ERROR"}
        command = [PYTHON, "-m", "registry.serve", "--demonstration", "--port", str(port)]
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + 300
            while True:
                with contextlib.suppress(OSError, http.client.HTTPException):
                    if Caller(port, "127.0.0.1").ask("GET", "/health")[0] == 200:
                        break
                assert time.monotonic() < deadline and server.poll() is None, "the registry did not start"
                time.sleep(0.5)
            measure(port, (instance / "demonstration_password").read_text().strip())
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(60)


if __name__ == "__main__":
    main()
