"""`python -m registry.serving.process`: one web process, on a socket that the supervisor has bound.

It makes the application by itself (nothing that has threads is ever forked), waits until the instance is prepared, reads a
page of each kind, and then answers.
"""

import logging
import resource
import select
import signal
import socket
from collections.abc import Mapping
from importlib import import_module
from types import FrameType
from typing import TYPE_CHECKING, Any

import click
from itsdangerous import BadData
from werkzeug.http import parse_cookie

from registry.identity import passwords
from registry.identity.clients.tokens import is_ours
from registry.plugin import begin_process
from registry.serving import beats, lifeline
from registry.serving.limits import Limits
from registry.serving.server import Server, SignedIn
from registry.web import warming
from registry.web.guards import TOKEN

if TYPE_CHECKING:
    from flask import Flask

OTHER_FILES = 256
"""Files that a web process has open besides its connections, at most."""


@click.command()
@click.option("--descriptor", required=True, type=int, help="The socket that listens.")
@click.option("--threads", default=4, type=click.IntRange(1), help="Requests that are answered at the same time.")
@click.option("--ready", type=int, help="A pipe that is closed when the instance is prepared.")
@click.option("--beat", type=int, help="A pipe that is written to as long as the process is well.")
def main(descriptor: int, threads: int, ready: int | None, beat: int | None) -> None:
    """Serve the registry until told to end."""
    lifeline.hold()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    app: Flask = import_module("wsgi").create_app()
    begin_process(app)
    server: Server | None = None
    is_told = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal is_told
        is_told = True
        if server is not None:
            server.stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while ready is not None and not is_told and not select.select([ready], [], [], 0.5)[0]:
        beats.beat(beat)
    if is_told:
        return
    warming.read_before_the_first_visitor(app)
    passwords.leave_threads(threads)
    _allow_files(app.config["CONNECTIONS"] + OTHER_FILES)
    server = Server(
        app,
        socket.socket(fileno=descriptor),
        threads=threads,
        limits=Limits.from_settings(app.config),
        is_signed_in=known_sender(app),
        on_tick=lambda: beats.beat(beat),
    )
    if not is_told:
        server.run()


def _allow_files(count: int) -> None:
    """Let this process have so many files open, as far as the system permits."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < count:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(count, hard), hard))


def known_sender(app: "Flask") -> SignedIn:
    """A test of a request's headers, without the database: whether a person who signed in or a machine client sent them."""
    by_cookie, by_token = signed_in_by_cookie(app), signed_in_by_token(app)
    return lambda headers: by_cookie(headers) or by_token(headers)


def signed_in_by_token(app: "Flask") -> SignedIn:
    """Whether a request carries a token that this instance gave a machine client lately; the database says if it is valid."""
    key = str(app.secret_key)

    def is_signed_in(headers: Mapping[str, str]) -> bool:
        scheme, _, token = headers.get("AUTHORIZATION", "").partition(" ")
        return scheme.lower() == "bearer" and is_ours(key, token.strip())

    return is_signed_in


def signed_in_by_cookie(app: "Flask") -> SignedIn:
    """A test of a request's headers, without the database: whether its cookie is ours and of somebody who signed in.

    It says whose large bodies are worth keeping until the application looks closer, and nothing else.
    """
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    name, longest = app.config["SESSION_COOKIE_NAME"], app.config["SESSION_HOURS"] * 3600

    def is_signed_in(headers: Mapping[str, str]) -> bool:
        try:
            cookie = parse_cookie(headers.get("COOKIE", "")).get(name, "")
            content: Any = serializer.loads(cookie, max_age=longest)
        except (BadData, UnicodeError):
            return False
        return isinstance(content, dict) and bool(content.get(TOKEN))

    return is_signed_in


if __name__ == "__main__":
    main()
