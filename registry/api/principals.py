"""Who asks: the machine client whose token a request carries (RFC 6750), or the public where it carries none.

No cookie is read, and nothing is asked of a session: a browser that is signed in is the public here.
"""

import time
from datetime import datetime
from enum import Enum

from flask import Response, current_app, g, request

from registry import clock
from registry.actors import PUBLIC, Actor, MachineClient, Scope
from registry.api.finding_texts import FINDINGS
from registry.api.problems import NotTaken
from registry.api.rates import Buckets, Rate, Taken
from registry.db import db
from registry.identity.clients import queries

REALM = "registry"
BUCKETS = Buckets()
"""Of this process (`rates`)."""


class Anyone(Enum):
    """Who may do what needs no scope."""

    PUBLIC = "public"
    """Anybody, with or without a token."""
    CLIENT = "client"
    """Any client with a token."""


def authenticate() -> None:
    """Settle who asks, and count the request. Raises `NotTaken` for a token that is not valid (401) and for too many (429)."""
    g.actor, g.person, g.token_ends = PUBLIC, None, None
    token = _token_shown()
    if token is not None:
        found = queries.client_of_token(db.session, clock.now(), token)
        if found is None:
            count(f"address:{request.remote_addr}", public_rate())
            raise NotTaken(
                401,
                FINDINGS.found("API-012"),
                headers={"WWW-Authenticate": _challenge("invalid_token")},
                members={"error": "invalid_token"},
            )
        g.actor, g.token_ends = found
    if g.actor.is_signed_in:
        count(f"client:{g.actor.person_id}", Rate(current_app.config["API_RATE"]))
    else:
        count(f"address:{request.remote_addr}", public_rate())


def require(needs: Scope | Anyone) -> None:
    """See that the request may do what needs this. Raises `NotTaken`: 401 where it carries no token, else 403."""
    if needs is Anyone.PUBLIC:
        return
    held = current_client().scopes
    if isinstance(needs, Scope) and needs not in held:
        params = {"scope": needs.value, "held": " ".join(sorted(held)) or "–"}
        raise NotTaken(
            403,
            FINDINGS.found("API-014", params),
            headers={"WWW-Authenticate": f'{_challenge("insufficient_scope")}, scope="{needs.value}"'},
            members={"error": "insufficient_scope", "scope": needs.value},
        )


def current_client() -> MachineClient:
    """The client that asks, behind `Anyone.CLIENT` or a scope. Raises `NotTaken` where it is the public after all."""
    actor: Actor = g.actor
    if not isinstance(actor, MachineClient):
        raise NotTaken(401, FINDINGS.found("API-013"), headers={"WWW-Authenticate": _challenge()})
    return actor


def current_actor() -> Actor:
    """Who asks: a client, or the public."""
    actor: Actor = g.actor
    return actor


def token_ends() -> datetime | None:
    """When the token that the request carries ends."""
    ends: datetime | None = g.get("token_ends")
    return ends


def public_rate() -> Rate:
    return Rate(current_app.config["API_PUBLIC_RATE"])


def count(whose: str, rate: Rate) -> None:
    """Count a request. Raises `NotTaken` where there were too many."""
    taken = BUCKETS.take(whose, rate, now=time.monotonic())
    g.rate = (rate, taken)
    if taken.wait:
        params = {"limit": rate.limit, "seconds": rate.seconds}
        raise NotTaken(429, FINDINGS.found("API-015", params), headers={"Retry-After": str(taken.wait)})


def say_rate(answer: Response) -> Response:
    """Say in headers what is left (draft-ietf-httpapi-ratelimit-headers)."""
    counted: tuple[Rate, Taken] | None = g.get("rate")
    if counted is not None:
        rate, taken = counted
        answer.headers["RateLimit-Policy"] = f'"process";q={rate.limit};w={rate.seconds}'
        answer.headers["RateLimit"] = f'"process";r={taken.remaining};t={taken.full_in}'
    return answer


def _token_shown() -> str | None:
    header = request.headers.get("Authorization")
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _challenge(error: str = "") -> str:
    return f'Bearer realm="{REALM}"' + (f', error="{error}"' if error else "")
