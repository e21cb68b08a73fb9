"""What makes the first visitor's page as quick as the second's. Gunicorn can read this module as its configuration.

Compiling a template takes longer than any page may: they are compiled when the instance is prepared and kept in its
folder. What a process keeps for itself (texts, models, frames of figures) it reads before it answers: one page of each
kind that a visitor can follow links to from the start page; what takes too long is left to the background.
"""

import re
import threading
import time
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from registry.plugin import begin_process

if TYPE_CHECKING:
    from flask import Flask

LINK = re.compile(r'href="(/[^"#]*)')
SECONDS = 2.0
"""Given to reading pages before the first answer."""


def post_worker_init(worker: Any) -> None:
    """Gunicorn's hook, for those who start gunicorn themselves: the process answers when this returns."""
    begin_process(worker.wsgi)
    read_before_the_first_visitor(worker.wsgi)


def read_before_the_first_visitor(app: "Flask") -> None:
    """Read one page of each kind, for `SECONDS` at most; the rest is left to a thread in the background."""
    pages, deadline = read_one_page_of_each_kind(app), time.monotonic() + SECONDS
    for _ in pages:
        if time.monotonic() > deadline:
            threading.Thread(target=deque, args=(pages, 0), name="warming", daemon=True).start()
            break


def compile_templates(app: "Flask") -> None:
    """Compile every template, or find that it is compiled already."""
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)


def read_one_page_of_each_kind(app: "Flask") -> Iterator[str]:
    """Read the public pages, one for each view and kind of file, from the start page outwards; each one's address."""
    client, adapter = app.test_client(use_cookies=False), app.url_map.bind("localhost")
    client.get("/", headers={"Accept-Language": "en"}).close()
    waiting, seen = deque(["/"]), set[tuple[str, str]]()
    while waiting:
        path = waiting.popleft()
        kind = _kind(adapter, path.partition("?")[0])
        if kind is None or kind in seen:
            continue
        seen.add(kind)
        with client.get(path, headers={"Accept-Language": "sv"}) as answer:
            if answer.mimetype == "text/html":
                waiting.extend(LINK.findall(answer.get_data(as_text=True).replace("&amp;", "&")))
        yield path


def _kind(adapter: Any, path: str) -> tuple[str, str] | None:
    """The view behind an address of ours, with the kind of file where it gives several; ``None`` for no page."""
    from werkzeug.exceptions import HTTPException

    try:
        endpoint, values = adapter.match(path, method="GET")
    except HTTPException:
        return None
    if endpoint.startswith(("static", "assets.", "web.language")):
        return None
    return endpoint, str(values.get("extension") or values.get("format_name") or "")
