"""The inbox: what happened that concerns the reader, and whether they want a letter about it."""

from datetime import datetime

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField

from registry import clock, references
from registry.actors import Actor
from registry.db import db, transaction
from registry.errors import Refused
from registry.i18n import read
from registry.messages import choosing, telling
from registry.messages.tables import Message
from registry.plugin import Task
from registry.references import Described
from registry.web.forms import Form, required
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable

blueprint = Blueprint("messages", __name__, url_prefix="/meddelanden")
AT_ONCE, NEVER = "at_once", "never"


class MailForm(Form):
    """Letters at once, or never."""

    when = RadioField(
        _l("E-mail about new messages"),
        [required(_l("Choose whether you want e-mail."))],
        choices=[(AT_ONCE, _l("At once")), (NEVER, _l("Never"))],
    )
    address = StringField(
        _l("E-mail address"),
        description=_l("It is used for this alone, and forgotten when you choose never."),
        render_kw={"autocomplete": "email", "type": "email"},
    )


@blueprint.get("/")
@access.signed_in
def inbox() -> str:
    """What the reader was told, the newest first."""
    session, actor = db.session, current_actor()
    page = telling.inbox(session, actor, page_asked_for())
    described = references.describe(session, actor, sorted({one.subject for one in page.rows}))
    newest = max((one.told_at for one in page.rows), default=None)
    return render_template(
        "messages/inbox.html",
        page=page.of(lambda one: _row(one, described.get(one.subject))),
        unread=telling.unread(session, actor),
        newest=newest.isoformat() if newest else "",
        choice=choosing.choice_of(session, actor),
    )


@blueprint.post("/lasta")
@access.signed_in
def read_all() -> Response:
    """Mark what the page showed as read."""
    until = _moment(request.form.get("until", ""))
    if until is not None:
        with transaction(bookkeeping=True) as session:
            telling.read_all(session, current_actor(), clock.now(), until)
    return redirect(url_for("messages.inbox"))


@blueprint.route("/e-post", methods=["GET", "POST"])
@access.signed_in
def mail() -> Response | str | tuple[str, int]:
    """Choose letters at once, or never."""
    form = MailForm()
    chosen = choosing.choice_of(db.session, current_actor())
    if not form.is_submitted():
        form.when.data = AT_ONCE if chosen and chosen.is_on else NEVER
        form.address.data = chosen.address if chosen else ""
        return _mail_page(form)
    if not form.validate_on_submit():
        return _mail_page(form), 422
    try:
        with transaction() as session:
            choosing.choose(
                session, current_actor(), clock.now(),
                is_on=form.when.data == AT_ONCE, address=form.address.data or "",
            )  # fmt: skip
    except Refused as refused:
        form.address.errors = [readable(refused.finding).in_full]
        return _mail_page(form), 422
    flash(_("Your choice is kept."), "ok")
    return redirect(url_for("messages.mail"))


def tasks(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """New messages, as one line."""
    count = telling.unread(session, actor) if actor.is_signed_in else 0
    if not count:
        return []
    return [
        Task(
            "others",
            "concept",
            ngettext("One new message", "%(num)d new messages", count),
            url_for("messages.inbox"),
            _("What happened that concerns you, and what you follow."),
            ("info", _("New message")),
        )
    ]


def _row(message: Message, about: Described | None) -> dict[str, object]:
    said = current_app.extensions["registry"].event_texts[message.type]
    return {
        "text": read(said),
        "about": read(about.label) if about else "",
        "url": about.url if about else None,
        "at": message.told_at,
        "is_new": message.read_at is None,
    }


def _mail_page(form: MailForm) -> str:
    return render_template(
        "messages/mail.html",
        form=form,
        choice=choosing.choice_of(db.session, current_actor()),
        has_server=bool(current_app.config["MAIL_SERVER"]),
    )


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
