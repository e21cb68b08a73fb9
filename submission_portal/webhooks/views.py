"""Webhooks, for who administers a region: made, given other secrets, turned off and on, withdrawn, and what was sent to them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField

from registry import clock
from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.errors import Invalid, Refused
from registry.i18n import read
from registry.identity import queries as accounts
from registry.identity.tables import Organisation
from registry.web.forms import Form, required
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable
from submission_portal.deliveries.lifecycle import STATE_LABELS, DeliveryState
from submission_portal.webhooks import posting, queries, sending, services
from submission_portal.webhooks.noticing import STOPPED
from submission_portal.webhooks.signing import secret_of
from submission_portal.webhooks.tables import GIVEN_UP, SENT, WAITING, Webhook, WebhookMessage

blueprint = Blueprint("webhooks", __name__, template_folder="templates", url_prefix="/administration/webhookar")
Act = Callable[..., object]


class WebhookForm(Form):
    """A new webhook."""

    url = StringField(
        _l("Address"),
        [required(_l("Write where the messages are to be sent."))],
        description=_l(
            "Where the receiving system listens. It begins with https:// and can be reached from the internet."
        ),
        render_kw={"autocomplete": "off", "inputmode": "url"},
    )
    organisation = SelectField(_l("Organisation"))

    def fill(self, database: Session, actor: Actor) -> "WebhookForm":
        """Offer the regions that the actor administers."""
        self.organisation.choices = [(one.id, read(one.name)) for one in queries.administered(database, actor)]
        return self


@dataclass(frozen=True, slots=True)
class WebhookRow:
    """A webhook as the list shows it."""

    address: str
    url: str
    organisation: str
    status: tuple[str, str]
    last_sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message as the page of its webhook shows it."""

    id: str
    what: str
    """What the delivery came into, in words; its machine's names follow."""
    type: str
    delivery: str
    happened_at: datetime
    status: tuple[str, str]
    answer: str
    may_be_sent_again: bool


@blueprint.get("/")
@access.roles(Role.REGION_ADMINISTRATOR)
def index() -> str:
    return _list_page()


@blueprint.post("/")
@access.roles(Role.REGION_ADMINISTRATOR)
def create() -> Response | tuple[str, int]:
    form = WebhookForm().fill(db.session, current_actor())
    if not form.validate_on_submit():
        return _list_page(form), 422
    db.session.rollback()  # nothing is held while the name is asked for
    try:
        judged = services.judge(form.url.data or "")
        with transaction() as database:
            organisation = database.get_one(Organisation, form.organisation.data)
            made = services.create_webhook(
                database, current_actor(), clock.now(), organisation=organisation, judged=judged
            )
            webhook_id = made.id
    except Invalid as error:
        told = readable(error.findings[0])
        form.url.errors = [*form.url.errors, f"{told.body} {told.mend}"]
        return _list_page(form), 422
    except Refused as refusal:
        return _list_page(form, refusal), 409
    return _secret_page(webhook_id)


@blueprint.get("/<webhook_id>")
@access.roles(Role.REGION_ADMINISTRATOR)
def show(webhook_id: str) -> str:
    return _webhook_page(webhook_id)


@blueprint.post("/<webhook_id>/hemlighet")
@access.roles(Role.REGION_ADMINISTRATOR)
def rotate(webhook_id: str) -> Response | tuple[str, int]:
    refusal = _done(webhook_id, services.rotate_secret)
    return (_webhook_page(webhook_id, refusal), 409) if refusal else _secret_page(webhook_id)


@blueprint.post("/<webhook_id>/av")
@access.roles(Role.REGION_ADMINISTRATOR)
def turn_off(webhook_id: str) -> Response | tuple[str, int]:
    return _changed(webhook_id, services.turn_off, _("The webhook is turned off."))


@blueprint.post("/<webhook_id>/pa")
@access.roles(Role.REGION_ADMINISTRATOR)
def turn_on(webhook_id: str) -> Response | tuple[str, int]:
    return _changed(webhook_id, services.turn_on, _("The webhook is turned on. What happens from now on is sent."))


@blueprint.get("/<webhook_id>/ta-bort")
@access.roles(Role.REGION_ADMINISTRATOR)
def confirm_withdraw(webhook_id: str) -> str:
    """What withdrawing means, asked before it is done."""
    return render_template(
        "webhooks/withdraw.html", webhook=queries.webhook_seen_by(db.session, current_actor(), webhook_id)
    )


@blueprint.post("/<webhook_id>/ta-bort")
@access.roles(Role.REGION_ADMINISTRATOR)
def withdraw(webhook_id: str) -> Response | tuple[str, int]:
    return _changed(webhook_id, services.withdraw, _("The webhook is withdrawn, and nothing more is sent to it."))


@blueprint.post("/<webhook_id>/skicka-igen")
@access.roles(Role.REGION_ADMINISTRATOR)
def send_again(webhook_id: str) -> Response | tuple[str, int]:
    """Send the message that is named once more, or all that were given up."""
    sent = 0

    def act(database: Session, actor: Actor, now: datetime, *, webhook: Webhook) -> None:
        nonlocal sent
        message_id = request.form.get("message", "")
        sent = services.send_again(database, actor, now, webhook=webhook, message_id=message_id)

    if (refusal := _done(webhook_id, act)) is not None:
        return _webhook_page(webhook_id, refusal), 409
    flash(ngettext("%(num)d message is being sent again.", "%(num)d messages are being sent again.", sent), "ok")
    return redirect(url_for("webhooks.show", webhook_id=webhook_id))


def _done(webhook_id: str, act: Act) -> Refused | None:
    """Carry out an act on a webhook; why it was refused, where it was."""
    try:
        with transaction() as database:
            webhook = queries.webhook_seen_by(database, current_actor(), webhook_id)
            act(database, current_actor(), clock.now(), webhook=webhook)
    except Refused as refusal:
        return refusal
    return None


def _changed(webhook_id: str, act: Act, said: str) -> Response | tuple[str, int]:
    if (refusal := _done(webhook_id, act)) is not None:
        return _webhook_page(webhook_id, refusal), 409
    flash(said, "ok")
    return redirect(url_for("webhooks.show", webhook_id=webhook_id))


def _list_page(form: WebhookForm | None = None, refusal: Refused | None = None) -> str:
    actor = current_actor()
    page = queries.page_of_webhooks(db.session, actor, page_asked_for()).of(_row)
    return render_template(
        "webhooks/index.html",
        page=page,
        form=form or WebhookForm(formdata=None).fill(db.session, actor),
        refusal=readable(refusal.finding) if refusal else None,
    )


def _webhook_page(webhook_id: str, refusal: Refused | None = None) -> str:
    webhook = queries.webhook_seen_by(db.session, current_actor(), webhook_id)
    page = queries.page_of_messages(db.session, webhook, page_asked_for())
    return render_template(
        "webhooks/webhook.html",
        webhook=webhook,
        status=_status(webhook),
        maker=accounts.person_labels(db.session, [webhook.created_by])[webhook.created_by],
        counts=queries.counts_of(db.session, webhook),
        page=page.of(lambda one: _message(one, webhook)),
        refusal=readable(refusal.finding) if refusal else None,
        days=sending.PATIENCE.days,
        kept_days=sending.KEPT.days,
        hours=services.OVERLAP.days * 24,
    )


def _secret_page(webhook_id: str) -> Response:
    """The one page that shows a secret: no cookie carries it, and no browser keeps it."""
    webhook = queries.webhook_seen_by(db.session, current_actor(), webhook_id)
    secret = secret_of(str(current_app.secret_key), webhook.id, webhook.secret_number)
    answer = make_response(render_template("webhooks/secret.html", webhook=webhook, secret=secret))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _row(webhook: Webhook) -> WebhookRow:
    page = url_for("webhooks.show", webhook_id=webhook.id)
    return WebhookRow(webhook.url, page, read(webhook.organisation.name), _status(webhook), webhook.last_sent_at)


def _status(webhook: Webhook) -> tuple[str, str]:
    """Kind of tag and words."""
    if webhook.withdrawn_at is not None:
        return "idle", _("Withdrawn for good")
    if webhook.turned_off_at is not None:
        return "stop", _("Turned off")
    return ("stop", _("Failing")) if webhook.failing_since is not None else ("ok", _("On"))


def _message(one: WebhookMessage, webhook: Webhook) -> MessageRow:
    status = {
        WAITING: ("wait", _("Waits")),
        SENT: ("ok", _("Was taken")),
        GIVEN_UP: ("stop", _("Given up")),
    }[one.status]
    return MessageRow(
        one.id,
        _state(one.state),
        one.type,
        one.delivery_id,
        one.happened_at,
        status,
        _answer(one.answer),
        webhook.is_on and one.status != WAITING,
    )


def _state(state: str) -> str:
    if state == STOPPED:
        remains: str = _("Something remains in it")
        return remains
    return read(STATE_LABELS[DeliveryState(state)])


def _answer(answer: str) -> str:
    """What the last try was answered with, in words."""
    words: dict[str, str] = {
        "": "",
        posting.UNRESOLVED: _("The name leads to no address."),
        posting.PRIVATE: _("The name leads to an internal address."),
        posting.TIMED_OUT: _("No answer within five seconds."),
        posting.UNTRUSTED: _("The certificate is not valid for the name."),
        posting.BROKEN: _("The connection was refused or broke."),
        posting.NO_ANSWER: _("What was answered is not HTTP."),
        sending.OFF: _("The webhook was off."),
    }
    if answer in words:
        return words[answer]
    if answer.startswith("3"):
        return str(_("Answered %(status)s: redirects are not followed.", status=answer))
    return str(_("Answered %(status)s.", status=answer))
