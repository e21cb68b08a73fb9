"""Errors to HTTP, in one place: a calm page for people, RFC 9457 problem details for machines, never a bare 500.

A page says what happened, where it leaves the reader, and what to do next. Nothing internal is shown.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from registry.actors import PUBLIC
from registry.api import problems as machines
from registry.api.addresses import is_for_machines
from registry.db import db
from registry.errors import BeingMade, Busy, Forbidden, Invalid, NotFound, Refused
from registry.finding_catalogue import ReadableFinding
from registry.findings import Finding
from registry.i18n import current_language, show_date, show_size
from registry.outages import Outage, outage_of
from registry.web.unreadable import UnreadableForm

DAYS = frozenset({"valid_from", "valid_to", "sunset", "withdrawn_on", "earliest", "day"})
"""Parameters of findings that are days (ISO 8601)."""
SECRETS = frozenset({"current", "new", "again", "code"})
"""Names of the fields that passwords and codes are written in, besides those with ``password`` in them."""
AWAY_SECONDS, BUSY_SECONDS, FULL_SECONDS, MADE_SECONDS = 5, 30, 120, 5
"""After how long a program may ask again."""
log = structlog.get_logger("registry.web")
Page = Callable[[Any], Any]


def readable(finding: Finding) -> ReadableFinding:
    """A finding in the reader's language; the days that it names as its parameters are written as people write them."""
    params = {
        name: show_date(str(value)) if name in DAYS and value else value for name, value in finding.params.items()
    }
    result: ReadableFinding = current_app.extensions["registry"].catalogue.read(
        replace(finding, params=params), current_language()
    )
    return result


def wants_json() -> bool:
    best = request.accept_mimetypes.best_match(["text/html", "application/json", "application/problem+json"])
    return best in ("application/json", "application/problem+json")


def written() -> list[str]:
    """What somebody wrote in a form of ours that could not be taken: shown to them again, and kept nowhere.

    Only sentences (no choices, ids or passwords), and only from our own pages: another site must not put words here.
    """
    if not request.form or urlsplit(request.origin or "").netloc != request.host:
        return []
    fields = request.form.items(multi=True)
    return [text for name, text in fields if " " in text.strip() and "password" not in name and name not in SECRETS]


def problem(
    status: int,
    title: str,
    text: str,
    mend: str = "",
    findings: tuple[Finding, ...] = (),
    kept: Sequence[str] = (),
    *,
    is_page: bool | None = None,
) -> Response:
    """The answer for a problem, as a page or as ``application/problem+json``: by what is accepted, where ``is_page`` does not say.
    ``kept``: what was `written`."""
    if wants_json() if is_page is None else not is_page:
        body = {"type": "about:blank", "title": title, "status": status, "detail": text, "mend": mend}
        if findings:
            body["findings"] = [finding.as_dict() for finding in findings]
        answer = make_response(jsonify(body), status)
        answer.content_type = "application/problem+json"
        return answer
    page = render_template(
        "problem.html",
        status=status,
        heading=title,
        text=text,
        mend=mend,
        findings=[readable(one) for one in findings],
        kept=kept,
    )
    answer = make_response(page, status)
    if kept:
        answer.headers["Cache-Control"] = "no-store"
    return answer


def later(status: int, title: str, text: str, mend: str, seconds: int, *, is_page: bool | None = None) -> Response:
    """The answer for what can be asked again: as `problem`, with the time to wait for those who go by a clock."""
    answer = problem(status, title, text, mend, is_page=is_page)
    answer.headers["Retry-After"] = str(seconds)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def later_made(*, is_page: bool | None = None) -> Response:
    """The answer for what is being made (`registry.meanwhile`): a browser asks again by itself."""
    answer = later(
        503,
        _("It is being prepared"),
        _(
            "There is so much in it that it takes a while. It is prepared once for everybody, and kept until something changes."
        ),
        _("Wait: this page asks again by itself, until it is ready. You may leave it and come back."),
        MADE_SECONDS,
        is_page=is_page,
    )
    answer.headers["Refresh"] = str(MADE_SECONDS)
    return answer


def _outage(what: Outage) -> Response:
    if what is Outage.STORAGE_FULL:
        return later(
            507,
            _("The registry's disk is full"),
            _("What you sent could not be kept. Everything that was received before is kept."),
            _("Tell the administrator. When there is room again, do your last step once more."),
            FULL_SECONDS,
        )
    return later(
        503,
        _("The registry cannot answer right now"),
        _("Its database is restarting or has too much to do. Your last step may not have been kept."),
        _(
            "Wait a few seconds and open the page again. Look whether your last step was kept before you do it once more."
        ),
        AWAY_SECONDS,
    )


def _do_without_database() -> None:
    """End what was under way, and let the page that says so be written without asking the database who reads it."""
    with suppress(SQLAlchemyError):
        db.session.rollback()
    with suppress(SQLAlchemyError):
        db.session.close()
    g.actor, g.person, g.demonstration = PUBLIC, None, g.get("demonstration", False)


def sign_in_ended(text: str, status: int) -> Response:
    """The answer to a form that was sent by somebody who is not signed in any more."""
    return problem(
        status,
        _("The form was too old"),
        text,
        _("Sign in, open the page again and try once more."),
        kept=written(),
    )


def init_app(app: Flask) -> None:
    def answers(*errors: type[Exception] | int) -> Callable[[Page], Page]:
        """Register what answers people; programs that ask the interface for machines get `registry.api.problems`."""

        def register(page: Page) -> Page:
            def answer(error: Exception) -> Any:
                return machines.answer_to(error) if is_for_machines(request.path) else page(error)

            for one in errors:
                app.register_error_handler(one, answer)
            return page

        return register

    @answers(NotFound, HTTPStatus.NOT_FOUND)
    def not_found(_error: Exception) -> Response:
        return problem(
            404,
            _("The page does not exist"),
            _("The address may be wrong, or what it led to may belong to another organisation."),
            _("Go to the start page, or search the term bank."),
        )

    @answers(Forbidden, HTTPStatus.FORBIDDEN)
    def forbidden(_error: Exception) -> Response:
        return problem(
            403,
            _("You do not have the role for this"),
            _("The page exists, but it takes a role that your account does not hold."),
            _("Ask your administrator if you should have it."),
        )

    @answers(Refused)
    def refused(error: Refused) -> Response:
        read = readable(error.finding)
        return problem(409, read.title, read.body, read.mend, (error.finding,))

    @answers(Invalid)
    def invalid(error: Invalid) -> Response:
        return problem(
            422,
            _("Some things must be mended first"),
            _("Nothing has been sent. These are the things that stop it:"),
            "",
            error.findings,
        )

    @answers(CSRFError)
    def forged(_error: Exception) -> Response:
        return sign_in_ended(
            _("You have signed out or signed in elsewhere since the page was opened, so nothing was saved."), 400
        )

    @answers(RequestEntityTooLarge)
    def too_large(_error: Exception) -> Response:
        return problem(
            413,
            _("The file is too large"),
            _(
                "The largest file that can be sent is %(size)s. Nothing was kept.",
                size=show_size(app.config["UPLOAD_BYTES"]),
            ),
            _("Split it by period, or remove sheets that are not part of the delivery."),
        )

    @answers(UnreadableForm)
    def unreadable_form(_error: Exception) -> Response:
        return problem(
            400,
            _("The request could not be read"),
            _(
                "A part of the form cannot be read: the name of a file, for instance, has signs in another encoding than UTF-8. Nothing was changed."
            ),
            _("Go back and try again. Give a file that you send a name of plain letters and digits first."),
        )

    @answers(HTTPException)
    def other(error: HTTPException) -> Response | HTTPException:
        if error.code is None or error.code < 400:
            return error
        titles: dict[int, str] = {
            400: _("The request could not be read"),
            405: _("The page cannot be used that way"),
            429: _("Too many requests"),
        }
        return problem(
            error.code,
            titles.get(error.code, _("It did not work")),
            _("Nothing was changed."),
            _("Go back and try again."),
        )

    @answers(Busy)
    def busy(_error: Exception) -> Response:
        return later(
            503,
            _("Many large files are being sent right now"),
            _("The registry takes few at a time. Yours was not kept."),
            _("Wait half a minute and send it again."),
            BUSY_SECONDS,
        )

    @answers(BeingMade)
    def being_made(_error: Exception) -> Response:
        return later_made()

    @app.errorhandler(SQLAlchemyError)
    @app.errorhandler(Exception)
    def fault(error: Exception) -> Any:
        if (what := outage_of(error)) is not None:
            log.warning("outage", what=what.value, endpoint=request.endpoint, error=type(error).__name__)
            _do_without_database()
            return machines.answer_to(error, what) if is_for_machines(request.path) else _outage(what)
        db.session.rollback()
        log.exception("unhandled", endpoint=request.endpoint, error=type(error).__name__)
        if app.testing or app.debug:
            raise error
        if is_for_machines(request.path):
            return machines.answer_to(error)
        return problem(
            500,
            _("Something is wrong with the registry"),
            _("It is our fault, not yours. Nothing was changed by your last step."),
            _("Try again in a while. If it happens again, tell the administrator what you did and at what time."),
        )
