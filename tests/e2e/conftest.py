"""A real browser on a real instance: the demonstration, served as `make run` serves it.

The demonstration is performed once per test run; each test process works on a copy of its own, and tests that decide
what others read have one besides (`serving`), so that nobody's decision is another's surprise. Without Chromium the tests skip, except in CI, where they fail.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Cookie, Page, Response, expect, sync_playwright
from playwright.sync_api import Error as BrowserError

from tests.demonstration import copied
from tests.e2e.walk import Seen

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "test-results"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
PATIENCE, CLOSING = 240.0, 30.0
expect.set_options(timeout=30_000)  # as long as a click waits: a busy machine is no fault of what is tested


@dataclass(frozen=True)
class Instance:
    """A demonstration that is being served."""

    address: str
    password: str
    folder: Path


class Visitor:
    """Somebody at a browser: one context with its cookies, and every complaint of the browser kept."""

    def __init__(self, context: BrowserContext, instance: Instance, size: dict[str, int], scheme: str) -> None:
        self.context, self.instance = context, instance
        self.login: str | None = None
        self.answer: Response | None = None
        """What the server answered when a path was opened last."""
        self.complaints: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_viewport_size(size)
        self.page.emulate_media(color_scheme=scheme)
        self.page.on("console", self._keep)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, path: str) -> Page:
        """Open a path; fails where the server does."""
        answer = self.page.goto(self.instance.address + path)
        assert answer is not None and answer.status < 500, f"{path}: {answer and answer.status}"
        self.answer = answer
        return self.page

    def sign_in(self, login: str) -> "Visitor":
        """Sign in through the page, as everybody does."""
        self.go("/logga-in")
        self.page.locator("input[name=login]").fill(login)
        self.page.locator("input[name=password]").fill(self.instance.password)
        self.page.locator("main button[type=submit]").click()
        self.page.wait_for_url(lambda url: "/logga-in" not in url)
        self.login = login
        return self

    def speak(self, language: str) -> "Visitor":
        self.context.add_cookies([{"name": "language", "value": language, "url": self.instance.address}])
        return self

    def _keep(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """The demonstration that the tests of a process share."""
    with serving(tmp_path_factory, "served") as served:
        yield served


@contextmanager
def serving(tmp_path_factory: pytest.TempPathFactory, name: str) -> Iterator[Instance]:
    """A copy of the demonstration, performed, served on a free port. ``REGISTRY_AT`` uses one that is served already."""
    if address := os.environ.get("REGISTRY_AT"):
        folder = Path(os.environ["REGISTRY_INSTANCE"])
        yield Instance(address.rstrip("/"), (folder / "demonstration_password").read_text().strip(), folder)
        return
    folder = copied(tmp_path_factory, name)
    with _served(folder) as address:
        yield Instance(address, (folder / "demonstration_password").read_text().strip(), folder)


class Contexts:
    """Browsers' contexts that are used again, since a new one fetches every style and script anew.

    What comes back has no page and no cookie. Whoever signed in before is signed in again with the cookies of then.
    """

    def __init__(self, launch: Callable[[list[str]], Browser]) -> None:
        self._launch = launch
        self._mark = f"--registry-tests={uuid4().hex}"
        self._chromium = launch([self._mark])
        self._free: dict[str, list[BrowserContext]] = {}
        self._options: dict[BrowserContext, str] = {}
        self._cookies: dict[tuple[str, str], list[Cookie]] = {}

    def take(self, options: dict[str, object]) -> BrowserContext:
        """One with these options that nobody uses now."""
        free = self._free.setdefault(repr(sorted(options.items())), [])
        if free:
            return free.pop()
        context = self._chromium.new_context(locale="sv-SE", **options)
        self._options[context] = repr(sorted(options.items()))
        return context

    def give_back(self, context: BrowserContext) -> None:
        """Close its pages, forget its cookies, and keep it for the next.

        Chromium has been seen not to answer that a page is closed, for as long as anybody waited: then it is ended, and the next
        test begins with another.
        """
        if context not in self._options:
            return  # of a browser that has been ended
        patience = threading.Timer(CLOSING, self._end)
        patience.start()
        try:
            for page in context.pages:
                page.close()
            context.clear_cookies()
            self._free[self._options[context]].append(context)
        except BrowserError:
            for known in (self._free, self._options, self._cookies):
                known.clear()
            self._chromium = self._launch([self._mark])
        finally:
            patience.cancel()

    def close(self) -> None:
        self._chromium.close()

    def _end(self) -> None:
        """Kill the browser's processes, which are told by an argument of their own. From another thread than the browser's."""
        for one in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                if self._mark.encode() in one.read_bytes().split(b"\0"):
                    os.kill(int(one.parent.name), signal.SIGKILL)

    def sign_in(self, one: Visitor, login: str) -> Visitor:
        """With the cookies of an earlier time where they are still good, otherwise through the page."""
        address = one.instance.address
        if cookies := self._cookies.get((address, login)):
            one.context.add_cookies(cookies)
            if one.context.request.get(f"{address}/uppgifter/", max_redirects=0).status == 200:
                one.login = login
                return one
        one.sign_in(login)
        self._cookies[address, login] = [kept for kept in one.context.cookies() if kept["name"] != "language"]
        return one


@pytest.fixture(scope="session")
def contexts() -> Iterator[Contexts]:
    """The contexts that the tests of a process share one after the other, of the system's Chromium; ``CHROMIUM`` names another
    program."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None or not Path(program).exists():
        message = "Chromium is not installed (Debian: chromium); set CHROMIUM to use another program"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    with sync_playwright() as playwright:
        shared = Contexts(lambda more: playwright.chromium.launch(executable_path=program, args=[*ARGUMENTS, *more]))
        yield shared
        shared.close()


@pytest.fixture
def visitor(contexts: Contexts, instance: Instance, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visitor]]:
    """Make visitors: ``visitor()``, ``visitor("terminolog", size=PHONE, language="en", scheme="dark")``.

    Who is signed in is on no page yet. When the test fails, what each of them saw last is kept in ``test-results/``.
    """
    made: list[Visitor] = []

    def make(
        login: str | None = None,
        *,
        size: dict[str, int] = DESKTOP,
        language: str = "sv",
        scheme: str = "light",
        **options: object,
    ) -> Visitor:
        one = Visitor(contexts.take(options), instance, size, scheme).speak(language)
        made.append(one)
        return contexts.sign_in(one, login) if login else one

    yield make
    failed = getattr(request.node, "failed", False)
    for number, one in enumerate(made):
        if failed:
            _photograph(one.page, f"{request.node.name}-{number}")
        contexts.give_back(one.context)


@pytest.fixture(scope="session")
def shown() -> set[str]:
    """Elements of which axe has seen how their colours meet, in whatever language."""
    return set()


@pytest.fixture
def photograph() -> Callable[[Page, str], None]:
    """Keep a picture of a whole page in ``test-results/``, where ``PICTURES`` asks for pictures of what succeeds too."""
    return _photograph if os.environ.get("PICTURES") else lambda _page, _name: None


@pytest.fixture
def sound(shown: set[str], photograph: Callable[[Page, str], None]) -> Callable[[Page, str], None]:
    """See that axe has nothing to say of a page, that it scrolls no way but down, and `photograph` it."""
    seen = Seen(shown=shown)

    def look(page: Page, name: str) -> None:
        assert seen.in_both_schemes(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"
        photograph(page, name)

    return look


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    outcome = yield
    if outcome.get_result().failed:
        item.failed = True


def _photograph(page: Page, name: str) -> None:
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower()).strip('-')}.png"
    page.screenshot(path=path, full_page=True)


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    port = _free_port()
    environment = os.environ | {"REGISTRY_INSTANCE": str(folder), "REGISTRY_LOG_LEVEL": "WARNING"}
    environment.pop("REGISTRY_DATABASE_URL", None)
    folder.parent.mkdir(parents=True, exist_ok=True)
    log = folder.with_suffix(".log")
    command = [
        sys.executable,
        "-m",
        "registry.serve",
        "--demonstration",
        "--port",
        str(port),
        "--workers",
        "1",
    ]
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            _wait_until_up(process, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_until_up(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the registry did not start:\n{log.read_text()[-4000:]}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the registry was not up after {PATIENCE:.0f} seconds:\n{log.read_text()[-4000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
