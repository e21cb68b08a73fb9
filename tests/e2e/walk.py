"""Walking the registry: every page that somebody can reach by following links, and what axe says of a page.

Every page is read strictly (`tests/pages.py`). axe looks at a page only where its structure is new: a page whose every
element, in its surroundings, was looked at before teaches nothing more. Contrast, which is what axe takes longest for and
which no language changes, it looks at once for each structure of an element. ``AXE=all`` makes it look at everything.
"""

import os
import re
import tempfile
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from axe_playwright_python.base import AXE_SCRIPT
from lxml import etree
from playwright.sync_api import APIRequestContext
from playwright.sync_api import Page as BrowserPage
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, RequestRedirect

import wsgi
from tests.pages import Page, check

NOT_FOLLOWED = re.compile(r"^/(sprak|static)/|^/health$")
OPTIONS = {"resultTypes": ["violations"]}
COLOURS = {"color-contrast": "[data-new]", "link-in-text-block": "a[href][data-new], [role=link][data-new]"}
"""Rules of axe that ask how colours meet, and the elements that they are asked of once `MARK_NEW` has run."""
WITHOUT_COLOURS = OPTIONS | {"rules": {rule: {"enabled": False} for rule in COLOURS}}
CONTRAST = OPTIONS | {"runOnly": {"type": "rule", "values": list(COLOURS)}}
MARK_NEW = """([known, rules]) => {
    const seen = new Set(known), found = new Set();
    const named = one => [one.localName, one.className, one.getAttribute("role"), one.getAttribute("type")].join("|");
    for (const element of document.querySelectorAll("body *:not(svg *)")) {
        const above = element.parentElement, shape = [element, above, above.parentElement].map(named).join(" < ");
        if (seen.has(shape)) continue;
        found.add(shape);
        element.setAttribute("data-new", "");
    }
    axe.configure({rules: Object.entries(rules).map(([id, selector]) => ({id, selector}))});
    return [...found];
}"""
LOOK_AT_ALL = os.environ.get("AXE") == "all"


@dataclass
class Seen:
    """The structures that axe has looked at: of pages, as they are served, and of elements, as they are shown."""

    shapes: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)

    def is_new(self, page: Page) -> bool:
        shapes = set(shapes_of(page.tree))
        if LOOK_AT_ALL or not shapes <= self.shapes:
            self.shapes |= shapes
            return True
        return False

    def in_both_schemes(self, page: BrowserPage) -> list[str]:
        """What axe finds on the page that is shown, in light and in dark; of contrast, at what is new."""
        _bring_axe(page)
        shown = page.evaluate(MARK_NEW, [[] if LOOK_AT_ALL else sorted(self.shown), COLOURS])
        if not shown:
            return violations(page, WITHOUT_COLOURS)
        found = []
        for scheme, options in (("light", OPTIONS), ("dark", CONTRAST)):
            page.emulate_media(color_scheme=scheme)
            found += [f"{scheme}: {one}" for one in violations(page, options)]
        self.shown.update(shown)
        return found


def walk(requests: APIRequestContext, address: str, start: str = "/", most_of_a_kind: int = 10) -> Iterator[Page]:
    """Pages reachable from ``start`` by links, breadth first, strictly read; files are fetched but not read.

    Of pages that one view makes (there is a trace for every figure) the first ``most_of_a_kind`` are read, no more;
    all of them with ``AXE=all``.
    """
    views = _routes()
    waiting, known, kinds = deque([(start, "the beginning")]), {start}, Counter[str]()
    while waiting:
        path, origin = waiting.popleft()
        answer = requests.get(address + path)
        assert answer.status == 200, f"{origin} leads to {path}, which answers {answer.status}"
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        page = check(answer.text(), path)
        yield page
        for link in page.links:
            if link in known or NOT_FOLLOWED.search(link):
                continue
            known.add(link)
            view = _view(views, link)
            kinds[view] += 1
            if kinds[view] <= most_of_a_kind or LOOK_AT_ALL:
                waiting.append((link, path))


@cache
def _routes() -> MapAdapter:
    """The addresses of the application, made in a thread of its own, since the browser holds this one's event loop."""
    instance = Path(tempfile.gettempdir()) / "registry-routes-only"
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: wsgi.create_app({"INSTANCE": instance}).url_map.bind("")).result()


def _view(views: MapAdapter, link: str) -> str:
    try:
        return str(views.match(unquote(link.partition("?")[0]))[0])
    except (HTTPException, RequestRedirect):
        return link


def shapes_of(tree: etree._Element) -> Iterator[str]:
    """Each element of the page as its own, its parent's and its grandparent's name, classes and role."""
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in ("path", "circle", "option"):
            continue
        chain = [element, *list(element.iterancestors())[:2]]
        yield " < ".join(
            f"{one.tag}.{one.get('class', '')}[{one.get('role', '')}{one.get('type', '')}]" for one in chain
        )


def violations(page: BrowserPage, options: dict[str, object] = OPTIONS) -> list[str]:
    """What axe finds on the page as it is shown now, one line each."""
    _bring_axe(page)
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [
        f"{one['id']} ({one['impact']}): {one['help']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for one in found
        for node in one["nodes"][:3]
    ]


def _bring_axe(page: BrowserPage) -> None:
    """The script comes in through the debugging protocol, so the page's own content security policy stays in force."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
