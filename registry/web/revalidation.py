"""Answering a reader who has a page already with a word: it is unchanged (304), before anything is composed.

What the public reads follows from the code, the settings, the language, the day, the address and what the register holds. The
register changes only in transactions that an event tells of (`db.transaction` refuses others), so the hash of the newest link of
the log stands for all of it, but for what becomes public as time passes: of that each package says what there is now
(`Plugin.public_state`), and names the events that only prepare it (`Plugin.unseen_events`), so that a tag tells nobody that
something is to come. A page's entity tag is a hash over these; it is made from one row of the database.

    revalidate(blueprint)        every public page and file of a blueprint
    @revalidated                 one view

Not tagged: what is answered to anybody with a session (the answer may hold a name, a message or a token), what sets a cookie,
and views that show something which no event tells of (`/health`): they are not to be named here. A reader who is signed in gets
``no-store``, as before. ADR 20 tells why the log's head and not each page's own parts.
"""

import hashlib
import sys
from collections.abc import Callable
from functools import cache, wraps
from typing import Any, TypeVar

from flask import Blueprint, Response, current_app, g, request, session
from sqlalchemy import Select, select

from registry import clock
from registry.db import db
from registry.events import GENESIS, Event
from registry.i18n import current_language
from registry.plugin import House
from registry.root import ROOT
from registry.settings import SETTINGS

View = TypeVar("View", bound=Callable[..., Any])
UNSEEN = ("SignedIn", "SignedOut", "SignInFailed", "PasswordChanged")
"""Events after which everything that the public reads is as it was."""
SUFFIXES = (".py", ".html", ".po", ".css", ".js", ".svg", ".json", ".csv", ".yaml", ".toml", ".txt")
"""The files of the house that answers are made from."""
NOT_SHOWN = ("SECRET_KEY", "DATABASE_URL", "INSTANCE", "LOG_LEVEL")
"""Settings that no answer depends on."""


_LOG = Event.__table__.c


def revalidate(blueprint: Blueprint) -> None:
    """Tag every public answer of a blueprint, and answer 304 where the reader has it already."""
    blueprint.before_request(_answer_unchanged)
    blueprint.after_request(_tag)


def revalidated(view: View) -> View:
    """The same for one view."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> Any:
        unchanged = _answer_unchanged()
        return unchanged if unchanged is not None else _tag(current_app.make_response(view(*args, **kwargs)))

    return answer  # type: ignore[return-value]


def _answer_unchanged() -> Response | None:
    """An empty answer where the reader's tag is that of what would be answered; ``None`` where it has to be composed."""
    g.entity_tag = None
    view = current_app.view_functions[request.endpoint or ""]
    if request.method not in ("GET", "HEAD") or getattr(view, "access", "") != "public" or session:
        return None
    g.entity_tag = entity_tag()
    has = request.if_none_match
    # A proxy that compresses weakens tags; `*` asks whether there is anything at all, which only the view knows.
    if has.star_tag or not has.contains_weak(g.entity_tag):
        return None
    answer = Response(status=304)
    answer.set_etag(g.entity_tag)
    return answer


def _tag(response: Response) -> Response:
    """Give an answer the tag that was made before it was composed: what changed meanwhile changes the next tag."""
    if (
        g.get("entity_tag")
        and response.status_code == 200
        and not session
        and not response.headers.getlist("Set-Cookie")
    ):
        response.set_etag(g.entity_tag)
    return response


def entity_tag() -> str:
    """The tag of what this request would be answered with."""
    parts = (
        build(),
        *(str(current_app.config[one.name]) for one in SETTINGS if one.name not in NOT_SHOWN),
        current_language(),
        clock.today().isoformat(),
        last_change(),
        request.url,
        request.headers.get("Accept", ""),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def last_change() -> str:
    """The hash of the newest link of the log after which something that the public reads may be another than before it, with
    what there is now of what becomes public as time passes."""
    house: House = current_app.extensions["registry"]
    if "newest" not in house.kept_statements:
        house.kept_statements["newest"] = _newest(house)
    found = db.session.execute(house.kept_statements["newest"], {"on": clock.now()}).one()
    return ":".join(str(one) if one is not None else GENESIS for one in found)


def _newest(house: House) -> Select[Any]:
    """Of columns, and made once: putting a statement of entities together takes longer than running it."""
    unseen = (*UNSEEN, *house.unseen_events)
    newest = select(_LOG.hash).where(_LOG.type.not_in(unseen)).order_by(_LOG.number.desc()).limit(1)
    return select(newest.scalar_subquery(), *(state.scalar_subquery() for state in house.public_states))


@cache
def build() -> str:
    """A hash over all code, templates, translations and content that is shipped, and over the libraries' versions.

    Made once in each process: a process serves what it was started with.
    """
    digest = hashlib.sha256(sys.version.encode())
    folders = [folder for folder in sorted(ROOT.iterdir()) if (folder / "__init__.py").exists()]
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in SUFFIXES]
    for path in (ROOT / "requirements.txt", ROOT / "wsgi.py", *files):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
