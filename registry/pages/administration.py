"""Pages for administrators: people, the roles they hold, and the audit log.

The registry's own administrators and those of regions have the same pages; what each sees and may do in them is settled by
`registry.identity.authority`, and asked by the services again. How a region gets its first one is in `appointments`.
"""

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField
from wtforms.validators import Length

from registry import clock, events, references
from registry.actors import ROLE_LABELS, ROLES_OF, Actor, Role
from registry.db import db, transaction
from registry.errors import Invalid, NotFound, Refused
from registry.i18n import read
from registry.identity import authority, password_links, queries, services
from registry.identity.tables import Organisation, Person
from registry.paging import page_of
from registry.web.forms import Form, required
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable

blueprint = Blueprint("administration", __name__, url_prefix="/administration")
PAGE = 100
NO_ROLE = "none"
ADMINISTRATORS = (Role.ADMINISTRATOR, Role.REGION_ADMINISTRATOR)


class RoleForm(Form):
    """A role in an organisation."""

    role = SelectField(
        _l("Role"),
        description=_l(
            "In a region: data officer, disclosing officer, region administrator. At a recipient: quality reviewer, legal "
            "reviewer, recipient. At the stewardship: terminologist, modeller, administrator, and those who deliver what "
            "others have published."
        ),
    )
    organisation = SelectField(_l("Organisation"))

    def fill(self, database: Session, actor: Actor) -> "RoleForm":
        """Offer the organisations whose roles the actor gives, and the roles that there are in them, in the reader's language."""
        places = [one for one in queries.organisations(database) if authority.may_give_roles(actor, one)]
        kinds = {one.kind for one in places}
        roles = [role for role in Role if any(role in ROLES_OF[kind] for kind in kinds)]
        self.role.choices = [(role.value, read(role.label).capitalize()) for role in roles]
        self.organisation.choices = [(one.id, read(one.name)) for one in places]
        if len(kinds) == 1:
            self.role.description = ""  # every role fits every organisation that is offered
        return self


class GrantForm(RoleForm):
    """A role for somebody who has an account already."""

    login = StringField(
        _l("User name"),
        [required(_l("Write a user name.")), Length(max=120)],
        render_kw={"autocomplete": "off"},
        description=_l("Whoever changes work keeps their account: what they have done is known by it."),
    )


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

    def fill(self, database: Session, actor: Actor) -> "PersonForm":
        """As of any role; a central administrator may leave it out, for who is to be proposed as a region's administrator."""
        super().fill(database, actor)
        if authority.is_central(actor):
            self.role.choices.append((NO_ROLE, _("No role yet")))
        return self


@blueprint.get("/")
@access.roles(*ADMINISTRATORS)
def index() -> str:
    return _page(PersonForm().fill(db.session, current_actor()))


@blueprint.post("/personer")
@access.roles(*ADMINISTRATORS)
def create() -> Response | tuple[str, int]:
    form = PersonForm().fill(db.session, current_actor())
    if not form.validate_on_submit():
        return _page(form), 422
    now = clock.now()
    try:
        with transaction() as database:
            person = services.create_person(
                database, current_actor(), now, login=form.login.data or "", name=form.name.data or ""
            )
            if form.role.data != NO_ROLE:
                organisation = database.get_one(Organisation, form.organisation.data)
                services.give_role(
                    database, current_actor(), now, person=person, organisation=organisation, role=Role(form.role.data)
                )
                database.refresh(person, ["memberships"])
            code = password_links.make(database, current_actor(), now, person=person)
            person_id = person.id
    except Invalid as error:
        _mark(form, error)
        return _page(form), 422
    return _link_page(person_id, code, now)


@blueprint.post("/roller")
@access.roles(*ADMINISTRATORS)
def grant() -> Response | tuple[str, int]:
    """Give a role to somebody by their user name, who may not have been in the reader's sight before."""
    form = GrantForm(prefix="grant").fill(db.session, current_actor())
    if not form.validate_on_submit():
        return _page(grant_form=form), 422
    person = queries.person_by_login(db.session, form.login.data or "")
    if person is None:
        form.login.errors = [_("There is no user %(login)s.", login=form.login.data)]
        return _page(grant_form=form), 422
    person_id = person.id
    try:
        _give(person_id, form)
    except Invalid as error:
        _mark(form, error)
        return _page(grant_form=form), 422
    except Refused as refusal:
        return _page(grant_form=form, refusal=refusal), 409
    flash(_("The role is given."), "ok")
    return redirect(url_for("administration.show", person_id=person_id))


@blueprint.get("/personer/<person_id>")
@access.roles(*ADMINISTRATORS)
def show(person_id: str) -> str:
    return _person_page(person_id)


@blueprint.post("/personer/<person_id>/roller")
@access.roles(*ADMINISTRATORS)
def give_role(person_id: str) -> Response | tuple[str, int]:
    form = RoleForm().fill(db.session, current_actor())
    if not form.validate_on_submit():
        return _person_page(person_id, form), 422
    try:
        _give(_person(person_id).id, form)
    except Invalid as error:
        _mark(form, error)
        return _person_page(person_id, form), 422
    except Refused as refusal:
        return _person_page(person_id, form, refusal), 409
    flash(_("The role is given."), "ok")
    return redirect(url_for("administration.show", person_id=person_id))


@blueprint.post("/personer/<person_id>/roller/ta-bort")
@access.roles(*ADMINISTRATORS)
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
    if not authority.may_see(current_actor(), db.session.get_one(Person, person_id)):
        return redirect(url_for("administration.index"))
    return redirect(url_for("administration.show", person_id=person_id))


@blueprint.get("/personer/<person_id>/stang")
@access.roles(*ADMINISTRATORS)
def confirm_close(person_id: str) -> str:
    """What closing the account means, asked before it is done."""
    return _confirm_page(person_id, "close")


@blueprint.post("/personer/<person_id>/stang")
@access.roles(*ADMINISTRATORS)
def close(person_id: str) -> Response | tuple[str, int]:
    try:
        with transaction() as database:
            services.disable_person(database, current_actor(), clock.now(), person=_person(person_id))
    except Refused as refusal:
        return _confirm_page(person_id, "close", refusal), 409
    flash(_("The account is closed, and every sign-in has ended."), "ok")
    return redirect(url_for("administration.show", person_id=person_id))


@blueprint.post("/personer/<person_id>/oppna")
@access.roles(*ADMINISTRATORS)
def reopen(person_id: str) -> Response | tuple[str, int]:
    try:
        with transaction() as database:
            services.reopen_person(database, current_actor(), clock.now(), person=_person(person_id))
    except Refused as refusal:
        return _person_page(person_id, refusal=refusal), 409
    flash(_("The account is open again, with the roles that it has."), "ok")
    return redirect(url_for("administration.show", person_id=person_id))


@blueprint.get("/personer/<person_id>/radera-namn")
@access.roles(*ADMINISTRATORS)
def confirm_erase_name(person_id: str) -> str:
    """What erasing the name means, asked before it is done."""
    return _confirm_page(person_id, "erase_name")


@blueprint.post("/personer/<person_id>/radera-namn")
@access.roles(*ADMINISTRATORS)
def erase_name(person_id: str) -> Response | tuple[str, int]:
    try:
        with transaction() as database:
            services.erase_name(database, current_actor(), clock.now(), person=_person(person_id))
    except Refused as refusal:
        return _confirm_page(person_id, "erase_name", refusal), 409
    flash(_("The name is erased. The log keeps an id that names nobody."), "ok")
    return redirect(url_for("administration.show", person_id=person_id))


@blueprint.post("/personer/<person_id>/losenord")
@access.roles(*ADMINISTRATORS)
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


def _link_page(person_id: str, code: str, now: datetime) -> Response:
    """The one page that shows a link: no cookie carries it, and no browser keeps it."""
    person = _person(person_id)
    page = render_template(
        "identity/link.html", login=person.login, name=_name(person), link=password_links.address(request.host_url, code),
        until=now + password_links.LASTS, onwards=url_for("administration.show", person_id=person.id),
    )  # fmt: skip
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _give(person_id: str, form: RoleForm) -> None:
    with transaction() as database:
        services.give_role(
            database, current_actor(), clock.now(), person=database.get_one(Person, person_id),
            organisation=database.get_one(Organisation, form.organisation.data), role=Role(form.role.data),
        )  # fmt: skip


def _page(
    form: PersonForm | None = None, *, grant_form: GrantForm | None = None, refusal: Refused | None = None
) -> str:
    actor, sought = current_actor(), request.args.get("q", "").strip()[:120]
    is_central = authority.is_central(actor)
    places = None if is_central else actor.organisations(Role.REGION_ADMINISTRATOR)
    return render_template(
        "identity/administration.html", form=form or PersonForm(formdata=None).fill(db.session, actor),
        grant_form=grant_form or GrantForm(formdata=None, prefix="grant").fill(db.session, actor),
        page=queries.page_of_people(db.session, page_asked_for(), sought, places), sought=sought, is_central=is_central,
        roles=ROLE_LABELS, refusal=readable(refusal.finding) if refusal else None,
    )  # fmt: skip


def _person_page(person_id: str, form: RoleForm | None = None, refusal: Refused | None = None) -> str:
    person, actor = _person(person_id), current_actor()
    given = {one.id for one in authority.places_of(person) if authority.may_give_roles(actor, one)}
    return render_template(
        "identity/person.html", person=person, name=_name(person), roles=ROLE_LABELS, given=given,
        form=form or RoleForm(formdata=None).fill(db.session, actor), is_own=person.id == actor.person_id,
        governs=authority.governs(actor, person), may_close=authority.may_close(actor, person),
        others=[read(one.name) for one in authority.places_of(person) if one.id not in given],
        refusal=readable(refusal.finding) if refusal else None,
    )  # fmt: skip


def _confirm_page(person_id: str, act: str, refusal: Refused | None = None) -> str:
    person = _person(person_id)
    left = [
        one for one in authority.places_of(person)
        if [admin.id for admin in queries.administrators_of(db.session, [one.id]).get(one.id, ())] == [person.id]
    ]  # fmt: skip
    held = [f"{read(ROLE_LABELS[Role(one.role)])}, {read(one.organisation.name)}" for one in person.memberships]
    return render_template(
        "identity/confirm.html", person=person, name=_name(person), act=act, roles_held=held,
        is_own=person.id == current_actor().person_id, left=left, refusal=readable(refusal.finding) if refusal else None,
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
    """Somebody whose account is this administrator's business. Raises `NotFound`."""
    person = db.session.get(Person, person_id)
    if person is None or not authority.may_see(current_actor(), person):
        raise NotFound("person")
    return person


def _name(person: Person) -> str:
    return person.named.name if person.named else read(queries.NAMELESS)
