"""Machine clients, for who administers an organisation: made, changed to new secrets or keys, renewed and revoked.

Which organisations those are is settled by `registry.identity.authority`, and asked by the services again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from registry import clock
from registry.actors import SCOPE_LABELS, Actor, Role, Scope
from registry.api.addresses import TOKENS
from registry.db import db, transaction
from registry.errors import Invalid, NotFound, Refused
from registry.i18n import read, show_date
from registry.identity import queries as accounts
from registry.identity.client_tables import MOST_CREDENTIALS, SECRET, Client, Credential
from registry.identity.clients import queries, services
from registry.identity.clients.keys import thumbprint
from registry.identity.tables import Organisation
from registry.web.forms import CheckBoxesField, Form, required
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable

blueprint = Blueprint("clients", __name__, url_prefix="/administration/klienter")
ADMINISTRATORS = (Role.ADMINISTRATOR, Role.REGION_ADMINISTRATOR)
LASTS = timedelta(days=365)
"""For how long a client is proposed to be valid."""
KEY_HINT = _l(
    "As PEM or JWK. Leave it empty to get a secret instead. A private key never leaves your system: never paste it here."
)


class ClientForm(Form):
    """A new client."""

    name = StringField(
        _l("Name"),
        [required(_l("Write which system it is."))],
        description=_l("Which system it is. The name is shown beside what it has done."),
        render_kw={"autocomplete": "off"},
    )
    organisation = SelectField(_l("Organisation"))
    scopes = CheckBoxesField(_l("What it may do"))
    expires_on = DateField(_l("Until"), [required(_l("Give the last day."))])
    public_key = TextAreaField(_l("Public key, if the system has one"), [Optional()], description=KEY_HINT)

    def fill(self, database: Session, actor: Actor) -> "ClientForm":
        """Offer the organisations whose clients the actor makes, and the scopes, in the reader's language."""
        made = queries.administered(database, actor)
        places = [one for one in accounts.organisations(database) if one.id in made]
        self.organisation.choices = [(one.id, read(one.name)) for one in places]
        self.scopes.choices = [(scope.value, read(label).capitalize()) for scope, label in SCOPE_LABELS.items()]
        return self


class CredentialForm(Form):
    """Another secret or key."""

    public_key = TextAreaField(_l("Public key, if the system has one"), [Optional()], description=KEY_HINT)


class RenewForm(Form):
    """Another last day."""

    expires_on = DateField(_l("Until"), [required(_l("Give the last day."))])


@dataclass(frozen=True, slots=True)
class CredentialRow:
    """A secret or key that is valid, as the page shows it."""

    id: str
    label: str
    thumbprint: str
    since: datetime
    until: date
    """The last day on which it is valid, if only a part of it."""


@dataclass(frozen=True, slots=True)
class ClientRow:
    """A client as the list shows it."""

    name: str
    url: str
    organisation: str
    scopes: str
    status: tuple[str, str]
    last_used_at: datetime | None


@blueprint.get("/")
@access.roles(*ADMINISTRATORS)
def index() -> str:
    return _list_page()


@blueprint.post("/")
@access.roles(*ADMINISTRATORS)
def create() -> Response | tuple[str, int]:
    form = ClientForm().fill(db.session, current_actor())
    if not form.validate_on_submit():
        return _list_page(form), 422
    try:
        with transaction() as database:
            made = services.create_client(
                database, current_actor(), clock.now(),
                organisation=database.get_one(Organisation, form.organisation.data), name=form.name.data or "",
                scopes=[Scope(one) for one in form.scopes.data or ()], expires_on=form.expires_on.data,
                public_key=form.public_key.data or "",
            )  # fmt: skip
    except Invalid as error:
        _mark(form, error)
        return _list_page(form), 422
    except Refused as refusal:
        return _list_page(form, refusal), 409
    return _made_page(made)


@blueprint.get("/<client_id>")
@access.roles(*ADMINISTRATORS)
def show(client_id: str) -> str:
    return _client_page(client_id)


@blueprint.post("/<client_id>/hemligheter")
@access.roles(*ADMINISTRATORS)
def add_credential(client_id: str) -> Response | tuple[str, int]:
    form = CredentialForm()
    try:
        with transaction() as database:
            made = services.add_credential(
                database, current_actor(), clock.now(), client=_client(client_id), public_key=form.public_key.data or ""
            )
    except Invalid as error:
        _mark(form, error)
        return _client_page(client_id, credential_form=form), 422
    except Refused as refusal:
        return _client_page(client_id, credential_form=form, refusal=refusal), 409
    return _made_page(made)


@blueprint.post("/<client_id>/hemligheter/avsluta")
@access.roles(*ADMINISTRATORS)
def end_credential(client_id: str) -> Response | tuple[str, int]:
    def act(database: Session, client: Client) -> None:
        services.end_credential(
            database, current_actor(), clock.now(), client=client, credential_id=request.form.get("credential", "")
        )

    return _changed(client_id, act, _("It is ended, and with it the client's tokens."))


@blueprint.post("/<client_id>/fornya")
@access.roles(*ADMINISTRATORS)
def renew(client_id: str) -> Response | tuple[str, int]:
    form = RenewForm()
    if not form.validate_on_submit():
        return _client_page(client_id, renew_form=form), 422

    def act(database: Session, client: Client) -> None:
        services.renew_client(database, current_actor(), clock.now(), client=client, expires_on=form.expires_on.data)

    try:
        return _changed(client_id, act, _("The client is valid until the new day."))
    except Invalid as error:
        _mark(form, error)
        return _client_page(client_id, renew_form=form), 422


@blueprint.get("/<client_id>/sparra")
@access.roles(*ADMINISTRATORS)
def confirm_revoke(client_id: str) -> str:
    """What revoking means, asked before it is done."""
    return render_template("identity/client_end.html", client=_client(client_id))


@blueprint.post("/<client_id>/sparra")
@access.roles(*ADMINISTRATORS)
def revoke(client_id: str) -> Response | tuple[str, int]:
    def act(database: Session, client: Client) -> None:
        services.revoke_client(database, current_actor(), clock.now(), client=client)

    return _changed(client_id, act, _("The client is revoked, and its tokens have ended."))


def _changed(client_id: str, act: Callable[[Session, Client], None], said: str) -> Response | tuple[str, int]:
    """What an act on a client leads to: its page, with what was done or why it was refused."""
    try:
        with transaction() as database:
            act(database, _client(client_id))
    except Refused as refusal:
        return _client_page(client_id, refusal=refusal), 409
    flash(said, "ok")
    return redirect(url_for("clients.show", client_id=client_id))


def _list_page(form: ClientForm | None = None, refusal: Refused | None = None) -> str:
    actor, now = current_actor(), clock.now()
    if form is None:
        form = ClientForm(formdata=None, expires_on=clock.today(now) + LASTS).fill(db.session, actor)
    page = queries.page_of_clients(db.session, actor, page_asked_for()).of(lambda one: _row(one, now))
    return render_template(
        "identity/clients.html", page=page, form=form, refusal=readable(refusal.finding) if refusal else None
    )


def _row(client: Client, now: datetime) -> ClientRow:
    return ClientRow(
        client.name,
        url_for("clients.show", client_id=client.id),
        read(client.organisation.name),
        _scopes(client),
        _status(client, now),
        client.last_used_at,
    )


def _client_page(
    client_id: str,
    *,
    credential_form: CredentialForm | None = None,
    renew_form: RenewForm | None = None,
    refusal: Refused | None = None,
) -> str:
    client, now = _client(client_id), clock.now()
    credentials = [_credential(one) for one in client.valid_credentials(now)]
    until = max(client.last_day, clock.today(now) + LASTS)
    return render_template(
        "identity/client.html", client=client, status=_status(client, now), is_open=client.is_open(now),
        scopes=_scopes(client), credentials=credentials, may_add=len(credentials) < MOST_CREDENTIALS,
        last_day=show_date(client.last_day),
        maker=accounts.person_labels(db.session, [client.created_by])[client.created_by],
        credential_form=credential_form or CredentialForm(formdata=None),
        renew_form=renew_form or RenewForm(formdata=None, expires_on=until),
        refusal=readable(refusal.finding) if refusal else None, overlap=services.OVERLAP.days,
    )  # fmt: skip


def _made_page(made: services.NewCredential) -> Response:
    """The one page that shows a secret: no cookie carries it, and no browser keeps it."""
    client = db.session.get_one(Client, made.client_id)
    page = render_template(
        "identity/client_secret.html", client=client, secret=made.secret, address=request.host_url.rstrip("/") + TOKENS
    )
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _credential(one: Credential) -> CredentialRow:
    return CredentialRow(
        one.id,
        _("Secret") if one.kind == SECRET else _("Public key"),
        thumbprint(one.public_key) if one.public_key else "",
        one.created_at,
        clock.today(one.expires_at - timedelta(seconds=1)),
    )


def _status(client: Client, now: datetime) -> tuple[str, str]:
    """Kind of tag and words."""
    if client.revoked_at is not None:
        return "stop", _("Revoked")
    return ("ok", _("Valid")) if client.is_open(now) else ("idle", _("Its last day has passed"))


def _scopes(client: Client) -> str:
    return ", ".join(read(SCOPE_LABELS[one]) for one in Scope if one in client.held_scopes)


def _client(client_id: str) -> Client:
    """A client that is this administrator's business. Raises `NotFound`."""
    client = queries.client_seen_by(db.session, current_actor(), client_id)
    if client is None:
        raise NotFound("client")
    return client


def _mark(form: Form, error: Invalid) -> None:
    """Put each finding on the field that it is about."""
    for finding in error.findings:
        told = readable(finding)
        field = form[told.field or "name"]
        field.errors = [*field.errors, f"{told.body} {told.mend}"]
