"""Do the pages say the same after a change that should not show? For whoever rewrites templates, or moves what makes them.

python tests/tools/same_pages.py record INSTANCE FILE            read pages of a copy of INSTANCE as each role, sv and en
python tests/tools/same_pages.py record INSTANCE FILE EARLIER    the same addresses as in EARLIER, with the code of today
python tests/tools/same_pages.py compare BEFORE AFTER            what differs; exit status 1 if anything

Two addresses of each kind are read, and for each role only what no reader before it was shown. Whitespace counts where
a reader could see it: between words and beside what stands within a line, not at the edges of blocks.
"""

import difflib
import json
import re
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import html5lib
import time_machine

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

import wsgi  # noqa: E402  # after the path is set
from registry.db import db  # noqa: E402
from registry.migrate import upgrade  # noqa: E402
from tests.walks import PASSWORD, PUBLIC, addresses, readers  # noqa: E402

Pages = Mapping[str, str]
"""``"role language address"`` → the page."""
MOST_OF_A_KIND = 2
BLOCK = re.compile(
    "address|article|aside|blockquote|body|br|caption|circle|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form"
    "|h[1-6r]|head|header|html|legend|li|link|main|meta|nav|ol|optgroup|option|p|path|rect|script|section|summary|symbol"
    "|table|tbody|td|tfoot|th|thead|title|tr|ul|use"
)
"""Whitespace beside and at the edges of these does not show."""
FRAME = re.compile("select|svg")
"""Whitespace within these does not show; beside them it does."""
EDGE = "\x00"
TOKEN = re.compile(r'(name="csrf_token"[^>]*value=)"[^"]*"')
SPACES = re.compile(r"[ \t\r\n\f]+")
MAIN = re.compile(r"<main.*</main>", re.DOTALL)
SHOWN_LINES = 10


def recorded(instance: Path, earlier: Pages | None = None) -> dict[str, str]:
    """Pages of a copy of ``instance``, read at the moment of its last event; at the addresses of ``earlier`` if given."""
    pages: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "instance"
        shutil.copytree(instance, copy)
        with wsgi.create_app({"INSTANCE": copy}).app_context():
            upgrade()
        logins = readers(copy)
        with time_machine.travel(_last_event(copy), tick=True):
            for role in (PUBLIC, *logins):
                pages |= _read_as(role, logins.get(role, ""), copy, earlier)
    return pages if earlier is not None else _each_shown_once(pages)


def _last_event(instance: Path) -> datetime:
    with closing(sqlite3.connect(instance / "registry.db")) as database:
        (moment,) = database.execute("SELECT max(recorded_at) FROM event").fetchone()
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


def _read_as(role: str, login: str, instance: Path, earlier: Pages | None) -> dict[str, str]:
    app = wsgi.create_app({"INSTANCE": instance, "WTF_CSRF_ENABLED": False, "LOG_LEVEL": "ERROR"})
    app.config["WTF_CSRF_ENABLED"] = False
    client, found, pages = app.test_client(), list[str](), dict[str, str]()
    if login:
        answer = client.post("/logga-in", data={"login": login, "password": PASSWORD})
        assert answer.status_code == 302, answer.text
    for language in ("sv", "en"):
        client.get(f"/sprak/{language}")
        beginning = f"{role} {language} "

        def read(address: str, beginning: str = beginning) -> tuple[int, str, bytes]:
            answer = client.get(address)
            if answer.mimetype == "text/html":
                pages[beginning + address] = f"{answer.status_code}\n" + TOKEN.sub(r'\1""', answer.text)
            return answer.status_code, answer.mimetype, answer.data

        if earlier is not None:
            found = [key.removeprefix(beginning) for key in earlier if key.startswith(beginning)]
        if found:
            for address in found:
                read(address)
        elif earlier is None:
            found = addresses(read, app.url_map, MOST_OF_A_KIND)
    with app.app_context():
        db.engine.dispose()
    return pages


def _each_shown_once(pages: Pages) -> dict[str, str]:
    seen, kept = set[tuple[str, str]](), dict[str, str]()
    for key, page in pages.items():
        language, main = key.split(" ")[1], MAIN.search(page)
        shown = (language, main[0] if main else page)
        if shown not in seen:
            seen.add(shown)
            kept[key] = page
    return kept


def differences(before: Pages, after: Pages) -> Iterator[str]:
    """The pages that say something else, each with the first lines that differ."""
    for key in sorted(before.keys() | after.keys()):
        if key not in before or key not in after:
            yield f"{key}: only {'after' if key in after else 'before'}"
            continue
        old, new = said(before[key]), said(after[key])
        if old != new:
            lines = list(difflib.unified_diff(old, new, n=0, lineterm=""))[2 : SHOWN_LINES + 2]
            yield "\n    ".join([key, *(line[:300] for line in lines)])


def said(page: str) -> list[str]:
    """What a page says, a line for each block, without whitespace that does not show.

    >>> said("<p>One <b>two</b>.</p> <p> Three") == said("<p>One <b>two</b>.</p><p>Three</p>")
    True
    >>> said("<p>One <b>two</b>.</p>") == said("<p>One <b>two</b> .</p>")
    False
    """
    tree = html5lib.parse(page, treebuilder="lxml", namespaceHTMLElements=False).getroot()
    text = SPACES.sub(" ", "".join(_pieces(tree)))
    return re.sub(f" *{EDGE}[ {EDGE}]*", "\n", text).split("\n")


def _pieces(element: Any) -> Iterator[str]:
    if isinstance(element.tag, str):
        name = element.tag.rpartition("}")[2]
        outer = EDGE if BLOCK.fullmatch(name) else ""
        inner = EDGE if outer or FRAME.fullmatch(name) else ""
        attributes = "".join(f" {key}={SPACES.sub(' ', value)!r}" for key, value in sorted(element.attrib.items()))
        yield f"{outer}<{name}{attributes}>{inner}{element.text or ''}"
        for child in element:
            yield from _pieces(child)
        yield f"{inner}</{name}>{outer}"
    yield element.tail or ""


def main(arguments: list[str]) -> int:
    match arguments:
        case ["record", instance, file, *earlier] if len(earlier) < 2:
            pages = recorded(Path(instance), json.loads(Path(earlier[0]).read_text()) if earlier else None)
            Path(file).write_text(json.dumps(pages, ensure_ascii=False))
            print(f"{len(pages)} pages")
            return 0
        case ["compare", before, after]:
            found = list(differences(json.loads(Path(before).read_text()), json.loads(Path(after).read_text())))
            print("\n".join([*found, f"{len(found)} pages differ"]))
            return 1 if found else 0
        case _:
            print(__doc__)
            return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
