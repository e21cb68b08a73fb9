"""Walking the pages of an instance as people do: from the start page, by the links, as the public and in each role.

readers(database)                      one account for each role that somebody holds
found = addresses(client, rules, 3)    what can be read from the start page on, so many addresses of each kind
"""

import re
import sqlite3
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from argon2 import PasswordHasher
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map

PUBLIC = "public"
PASSWORD = "a password for tests only"
LINK = re.compile(r'<a\b[^>]*?\shref="(/[^"#]*)')
NOT_WALKED = ("static", "assets.", "web.language")
"""Endpoints that no page is behind; a change of language would change every page that comes after it."""

Read = Callable[[str], tuple[int, str, bytes]]
"""(address) → status, media type, body."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What makes two addresses of one kind: the view, the kind of file, and which parameters are given."""

    endpoint: str
    file: str
    asked: tuple[str, ...]


def readers(instance: Path) -> Mapping[str, str]:
    """A login for each role, with `PASSWORD` set, cheap to check: role → login. The newest account that can sign in."""
    cheap = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    with closing(sqlite3.connect(instance / "registry.db")) as database, database:
        rows = database.execute(
            "SELECT membership.role, person.login FROM membership JOIN person ON person.id = membership.person_id"
            " WHERE person.disabled_at IS NULL ORDER BY person.created_at, person.login"
        )
        found = dict(rows.fetchall())
        database.executemany(
            "UPDATE person SET password_hash = ? WHERE login = ?", [(cheap, one) for one in found.values()]
        )
    return found


def addresses(read: Read, rules: Map, most: int, start: Iterable[str] = ("/",)) -> list[str]:
    """Addresses found by following links from ``start``, in the order in which they were found, ``most`` of each kind.

    Redirects count as what they are. Raises ``AssertionError`` where a link leads to a server error.
    """
    adapter = rules.bind("localhost")
    waiting, seen, taken, found = deque(start), set(start), Counter[Kind](), list[str]()
    while waiting:
        address = waiting.popleft()
        kind = kind_of(adapter, address)
        if kind is None or taken[kind] >= most:
            continue
        taken[kind] += 1
        status, media_type, body = read(address)
        assert status < 500, f"a link leads to {address}: {status}"
        found.append(address)
        if media_type == "text/html":
            for link in links(body):
                if link not in seen:
                    seen.add(link)
                    waiting.append(link)
    return found


def links(body: bytes) -> Iterator[str]:
    """Where a page's links lead within the registry."""
    for found in LINK.findall(body.decode()):
        yield unescape(found)


def kind_of(adapter: object, address: str) -> Kind | None:
    """The kind of an address; ``None`` where no page is behind it."""
    parts = urlsplit(address)
    try:
        endpoint, values = adapter.match(parts.path, method="GET")  # type: ignore[attr-defined]
    except HTTPException:
        return None
    if endpoint.startswith(NOT_WALKED):
        return None
    file = str(values.get("extension") or values.get("format_name") or values.get("kind") or "")
    if endpoint == "followup.trace":
        file = (
            str(values["ref"]).partition(":")[0] if ":" in values["ref"] else re.sub(r"[0-9].*", "", values["ref"])[:2]
        )
    return Kind(endpoint, file, tuple(sorted({name for name, _ in parse_qsl(parts.query)})))
