"""Who may use a page. Every view says so, in one of three ways, and a guard test proves that none forgot.

    @bp.get("/floden/")
    @access.public
    def list_flows(): ...

The guard looks at the role; which organisation's rows the actor may have is for the query or service to settle.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import g, redirect, request, session, url_for
from flask_babel import gettext

from registry import clock
from registry.actors import PUBLIC, Actor, Role
from registry.db import db
from registry.errors import Forbidden
from registry.identity import queries, services
from registry.web import problems

View = TypeVar("View", bound=Callable[..., Any])
TOKEN = "sign_in"  # noqa: S105  (a key in the cookie)


class access:  # noqa: N801  (reads as words where it is used)
    """The three declarations."""

    @staticmethod
    def public(view: View) -> View:
        """Anybody."""
        view.access = "public"  # type: ignore[attr-defined]
        return view

    @staticmethod
    def signed_in(view: View) -> View:
        """Anybody who is signed in."""
        return _guarded(view, "signed_in", lambda actor: True)

    @staticmethod
    def roles(*roles: Role) -> Callable[[View], View]:
        """Whoever holds one of the roles, in any organisation."""

        def declare(view: View) -> View:
            return _guarded(view, "roles:" + ",".join(sorted(roles)), lambda actor: actor.has_role(*roles))

        return declare


def only_asks(view: View) -> View:
    """Declare that a view changes nothing by any method: programs may use POST for long questions, without a form's token."""
    view.only_asks = True  # type: ignore[attr-defined]
    return view


def for_machines(view: View) -> View:
    """Declare that a view is no page: programs ask it, without cookies or a form's token."""
    view.is_for_machines = True  # type: ignore[attr-defined]
    return view


def current_actor() -> Actor:
    """Who asks: read once per request. The public where nobody is signed in or the sign-in was ended elsewhere."""
    if "actor" not in g:
        g.actor, g.person = PUBLIC, None
        if token := session.get(TOKEN):
            person = services.person_signed_in(db.session, clock.now(), token=token)
            if person is not None:
                g.actor, g.person = queries.actor_of(person), person
            else:
                session.pop(TOKEN, None)
                g.sign_in_ended = True
    actor: Actor = g.actor
    return actor


def may_open(view: Callable[..., Any]) -> bool:
    """Whether the actor would get past the view's guard: menus and knots lead only where the reader may go."""
    declared, actor = getattr(view, "access", "public"), current_actor()
    if declared.startswith("roles:"):
        return actor.has_role(*(Role(role) for role in declared.removeprefix("roles:").split(",")))
    return declared == "public" or actor.is_signed_in


def _guarded(view: View, declaration: str, is_allowed: Callable[[Actor], bool]) -> View:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        actor = current_actor()
        if not actor.is_signed_in:
            if g.get("sign_in_ended") and problems.written():
                return problems.sign_in_ended(
                    gettext("Your sign-in was ended elsewhere, or its time ran out, so nothing was saved."), 401
                )
            target = request.full_path.rstrip("?") if request.method == "GET" else None
            return redirect(url_for("identity.sign_in", next=target, ended="1" if g.get("sign_in_ended") else None))
        if not is_allowed(actor):
            raise Forbidden(declaration)
        return view(*args, **kwargs)

    guarded.access = declaration  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]
