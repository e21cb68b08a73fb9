"""Pages for the administrator: people, the roles they hold, and the audit log; and everybody's own account page."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import PasswordField, SelectField, StringField
from wtforms.validators import Length

from registry import clock, events, references
from registry.actors import ROLE_LABELS, Role
from registry.db import db, transaction
from registry.errors import Invalid, NotFound, Refused
from registry.i18n import read
from registry.identity import known_browsers, password_links, passwords, queries, services, signing_in
from registry.identity.tables import Organisation, Person
from registry.pages.password_fields import new_password, password_again
from registry.pages.sign_in import busy, know, secret
from registry.paging import page_of
from registry.web.forms import Form, required
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable

blueprint = Blueprint("administration", __name__, url_prefix="/administration")
account = Blueprint("account", __name__, url_prefix="/konto")
PAGE = 100


class RoleForm(Form):
    """A role in an organisation."""

    role = SelectField(
        _l("Role"),
        description=_l(
            "In a region: data officer, disclosing officer. At a recipient: quality reviewer, legal reviewer, recipient. "
            "At the stewardship: terminologist, modeller, administrator, and those who deliver what others have published."
        ),
    )
    organisation = SelectField(_l("Organisation"))

    def fill(self, database: Session) -> "RoleForm":
        """Offer every role and every organisation, in the reader's language."""
        self.role.choices = [(role.value, read(role.label).capitalize()) for role in Role]
        self.organisation.choices = [(one.id, read(one.name)) for one in queries.organisations(database)]
        return self


class PersonForm(RoleForm):
    """A new person with a first role."""

    login = StringField(
        _l("User name"), [required(_l("Write a user name.")), Length(max=120)], render_kw={"autocomplete": "off"}
    )
    name = StringField(
        _l("Name"),
        [required(_l("Write the person's name.")), Length(max=200)],
        description=_l("Kept apart from everything else, so that it can be erased."),
    )


class PasswordForm(Form):
    """A new password of one's own."""

    current = PasswordField(
        _l("Present password"),
        [required(_l("Write your present password."))],
        render_kw={"autocomplete": "current-password"},
    )
    new = new_password()
    again = password_again()


@blueprint.get("/")
@access.roles(Role.ADMINISTRATOR)
def index() -> str:
    return _page(PersonForm().fill(db.session))


@blueprint.post("/personer")
@access.roles(Role.ADMINISTRATOR)
def create() -> Response | tuple[str, int]:
    form = PersonForm().fill(db.session)
    if not form.validate_on_submit():
        return _page(form), 422
    now = clock.now()
    try:
        with transaction() as database:
            person = services.create_person(
                database, current_actor(), now, login=form.login.data or "", name=form.name.data or ""
            )
            organisation = database.get_one(Organisation, form.organisation.data)
            services.give_role(
                database, current_actor(), now, person=person, organisation=organisation, role=Role(form.role.data)
            )
            code = password_links.make(database, current_actor(), now, person=person)
            person_id = person.id
    except Invalid as error:
        _mark(form, error)
        return _page(form), 422
    return _link_page(person_id, code, now)


@blueprint.get("/personer/<person_id>")
@access.roles(Role.ADMINISTRATOR)
def show(person_id: str) -> str:
    return _person_page(person_id)


@blueprint.post("/personer/<person_id>/roller")
@access.roles(Role.ADMINISTRATOR)
def give_role(person_id: str) -> Response | tuple[str, int]:
    form = RoleForm().fill(db.session)
    if not form.validate_on_submit():
        return _person_page(person_id, form), 422
    try:
        with transaction() as database:
            services.give_role(
                database, current_actor(), clock.now(), person=_person(person_id),
                organisation=database.get_one(Organisation, form.organisation.data), role=Role(form.role.data),
            )  # fmt: skip
    except Invalid as error:
        _mark(form, error)
        return _person_page(person_id, form), 422
    flash(_("The role is given."), "ok")
    return redirect(url_for("administration.show", person_id=person_id))


@blueprint.post("/personer/<person_id>/roller/ta-bort")
@access.roles(Role.ADMINISTRATOR)
def take_role(person_id: str) -> Response | tuple[str, int]:
    role, organisation_id = request.form.get("role", ""), request.form.get("organisation", "")
    try:
        with transaction() as database:
            organisation = queries.organisation(database, organisation_id)
            if organisation is None or role not in set(Role):
                raise NotFound("membership")
            services.take_role(
                database,
                current_actor(),
                clock.now(),
                person=_person(person_id),
                organisation=organisation,
                role=Role(role),
            )
    except Refused as refusal:
        return _person_page(person_id, refusal=refusal), 409
    flash(_("The role is taken away."), "ok")
    return redirect(url_for("administration.show", person_id=person_id))


@blueprint.get("/personer/<person_id>/stang")
@access.roles(Role.ADMINISTRATOR)
def confirm_close(person_id: str) -> str:
    """What closing the account means, asked before it is done."""
    return _confirm_page(person_id, "close")


@blueprint.post("/personer/<person_id>/stang")
@access.roles(Role.ADMINISTRATOR)
def close(person_id: str) -> Response | tuple[str, int]:
    try:
        with transaction() as database:
            services.disable_person(database, current_actor(), clock.now(), person=_person(person_id))
    except Refused as refusal:
        return _confirm_page(person_id, "close", refusal), 409
    flash(_("The account is closed, and every sign-in has ended."), "ok")
    return redirect(url_for("administration.show", person_id=person_id))


@blueprint.post("/personer/<person_id>/oppna")
@access.roles(Role.ADMINISTRATOR)
def reopen(person_id: str) -> Response | tuple[str, int]:
    try:
        with transaction() as database:
            services.reopen_person(database, current_actor(), clock.now(), person=_person(person_id))
    except Refused as refusal:
        return _person_page(person_id, refusal=refusal), 409
    flash(_("The account is open again, with the roles that it has."), "ok")
    return redirect(url_for("administration.show", person_id=person_id))


@blueprint.get("/personer/<person_id>/radera-namn")
@access.roles(Role.ADMINISTRATOR)
def confirm_erase_name(person_id: str) -> str:
    """What erasing the name means, asked before it is done."""
    return _confirm_page(person_id, "erase_name")


@blueprint.post("/personer/<person_id>/radera-namn")
@access.roles(Role.ADMINISTRATOR)
def erase_name(person_id: str) -> Response:
    with transaction() as database:
        services.erase_name(database, current_actor(), clock.now(), person=_person(person_id))
    flash(_("The name is erased. The log keeps an id that names nobody."), "ok")
    return redirect(url_for("administration.show", person_id=person_id))


@blueprint.post("/personer/<person_id>/losenord")
@access.roles(Role.ADMINISTRATOR)
def make_password_link(person_id: str) -> Response | tuple[str, int]:
    """A new link with which the person chooses a password: the answer shows it, and nothing else ever does."""
    now = clock.now()
    try:
        with transaction() as database:
            code = password_links.make(
                database, current_actor(), now, person=_person(person_id), at_once="at_once" in request.form
            )
    except Refused as refusal:
        return _person_page(person_id, refusal=refusal), 409
    return _link_page(person_id, code, now)


@blueprint.get("/logg")
@access.roles(Role.ADMINISTRATOR)
def log() -> str:
    """The audit log, newest first."""
    page = page_of(db.session, select(events.Event).order_by(events.Event.number.desc()), page_asked_for(), PAGE)
    subjects = references.describe(db.session, current_actor(), [row.subject for row in page.rows])
    return render_template(
        "identity/log.html", page=page, subjects=subjects, accounts=_accounts(page.rows), head=events.head(db.session),
        people=queries.person_labels(db.session, [row.person_id for row in page.rows]),
        event_texts=current_app.extensions["registry"].event_texts,
    )  # fmt: skip


@account.route("/", methods=["GET", "POST"])
@access.signed_in
def show_own() -> Response | str | tuple[str, int]:
    """One's own roles, password and browsers."""
    form = PasswordForm()
    if not form.is_submitted():
        return _own_page(form)
    if not form.validate_on_submit():
        return _own_page(form), 422
    now, person = clock.now(), _person(current_actor().person_id or "")
    login, about = person.login, queries.words_about(db.session, person)
    try:
        fits = signing_in.own_password_fits(now, person=person, password=form.current.data or "", secret=secret())
        if isinstance(fits, signing_in.Slowed):
            form.current.errors = [readable(fits.finding).in_full]
            return make_response(_own_page(form), 429, {"Retry-After": str(fits.seconds)})
        if not fits:
            form.current.errors = [_("That is not your present password.")]
            return _own_page(form), 422
        hashed = passwords.hashed(form.new.data or "", about)
    except Invalid as error:
        form.new.errors = [f"{told.body} {told.mend}" for told in map(readable, error.findings)]
        return _own_page(form), 422
    except passwords.Busy:
        return busy()
    with transaction() as database:
        person = _person(current_actor().person_id or "")
        services.set_password(database, current_actor(), now, person=person, password_hash=hashed)
        browser = known_browsers.remember(database, now, person_id=person.id, instead_of=None)
    session.clear()
    flash(_("Your password is changed. Sign in with the new one."), "ok")
    answer = redirect(url_for("identity.sign_in"))
    know(answer, login, browser)
    return answer


@account.post("/logga-ut-overallt")
@access.signed_in
def sign_out_everywhere() -> Response:
    """End one's sign-ins in all browsers, this one too."""
    with transaction() as database:
        actor = current_actor()
        services.sign_out_everywhere(database, actor, clock.now(), person=_person(actor.person_id or ""))
    session.clear()
    flash(_("You are signed out everywhere."), "ok")
    return redirect(url_for("identity.sign_in"))


def _own_page(form: PasswordForm) -> str:
    person = _person(current_actor().person_id or "")
    return render_template(
        "identity/account.html", form=form, person=person, roles=ROLE_LABELS,
        organisations={one.id: one for one in queries.organisations(db.session)},
        browsers=known_browsers.count(db.session, clock.now(), person_id=person.id),
    )  # fmt: skip


def _link_page(person_id: str, code: str, now: datetime) -> Response:
    """The one page that shows a link: no cookie carries it, and no browser keeps it."""
    person = _person(person_id)
    page = render_template(
        "identity/link.html", person=person, name=_name(person), link=password_links.address(request.host_url, code),
        until=now + timedelta(hours=password_links.HOURS),
    )  # fmt: skip
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(form: PersonForm) -> str:
    sought = request.args.get("q", "").strip()[:120]
    return render_template(
        "identity/administration.html", form=form, page=queries.page_of_people(db.session, page_asked_for(), sought), sought=sought, organisations=queries.organisations(db.session), roles=ROLE_LABELS,
    )  # fmt: skip


def _person_page(person_id: str, form: RoleForm | None = None, refusal: Refused | None = None) -> str:
    person = _person(person_id)
    return render_template(
        "identity/person.html", person=person, form=form or RoleForm(formdata=None).fill(db.session), name=_name(person),
        roles=ROLE_LABELS, refusal=readable(refusal.finding) if refusal else None,
    )  # fmt: skip


def _confirm_page(person_id: str, act: str, refusal: Refused | None = None) -> str:
    person = _person(person_id)
    held = [f"{read(ROLE_LABELS[Role(one.role)])}, {read(one.organisation.name)}" for one in person.memberships]
    return render_template(
        "identity/confirm.html", person=person, name=_name(person), act=act, roles_held=held,
        is_own=person.id == current_actor().person_id, refusal=readable(refusal.finding) if refusal else None,
    )  # fmt: skip


def _accounts(rows: Sequence[events.Event]) -> dict[str, Person]:
    """The people that events are about, by subject; one statement."""
    wanted = {row.subject.removeprefix("person:") for row in rows if row.subject.startswith("person:")}
    return {f"person:{one.id}": one for one in db.session.scalars(select(Person).where(Person.id.in_(wanted)))}


def _mark(form: RoleForm, error: Invalid) -> None:
    """Put each finding on the field that it is about."""
    for finding in error.findings:
        told = readable(finding)
        field = form[told.field or "login"]
        field.errors = [*field.errors, f"{told.body} {told.mend}"]


def _person(person_id: str) -> Person:
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound("person")
    return person


def _name(person: Person) -> str:
    return person.named.name if person.named else read(queries.NAMELESS)
