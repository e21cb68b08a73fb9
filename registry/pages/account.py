"""Everybody's own account page: roles, password and browsers."""

from flask import Blueprint, flash, make_response, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import PasswordField

from registry import clock
from registry.actors import ROLE_LABELS
from registry.db import db, transaction
from registry.errors import Invalid
from registry.identity import authority, known_browsers, passwords, queries, services, signing_in
from registry.identity.tables import Person
from registry.pages.password_fields import new_password, password_again
from registry.pages.sign_in import busy, know, secret
from registry.web.forms import Form, required
from registry.web.guards import access, current_actor
from registry.web.problems import readable

blueprint = Blueprint("account", __name__, url_prefix="/konto")


class PasswordForm(Form):
    """A new password of one's own."""

    current = PasswordField(
        _l("Present password"),
        [required(_l("Write your present password."))],
        render_kw={"autocomplete": "current-password"},
    )
    new = new_password()
    again = password_again()


@blueprint.route("/", methods=["GET", "POST"])
@access.signed_in
def show_own() -> Response | str | tuple[str, int]:
    """One's own roles, password and browsers."""
    form = PasswordForm()
    if not form.is_submitted():
        return _own_page(form)
    if not form.validate_on_submit():
        return _own_page(form), 422
    now, person = clock.now(), _own()
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
        person = _own()
        services.set_password(database, current_actor(), now, person=person, password_hash=hashed)
        browser = known_browsers.remember(database, now, person_id=person.id, instead_of=None)
    session.clear()
    flash(_("Your password is changed. Sign in with the new one."), "ok")
    answer = redirect(url_for("identity.sign_in"))
    know(answer, login, browser)
    return answer


@blueprint.post("/logga-ut-overallt")
@access.signed_in
def sign_out_everywhere() -> Response:
    """End one's sign-ins in all browsers, this one too."""
    with transaction() as database:
        actor = current_actor()
        services.sign_out_everywhere(database, actor, clock.now(), person=_own())
    session.clear()
    flash(_("You are signed out everywhere."), "ok")
    return redirect(url_for("identity.sign_in"))


def _own_page(form: PasswordForm) -> str:
    person = _own()
    return render_template(
        "identity/account.html", form=form, person=person, roles=ROLE_LABELS,
        organisations={one.id: one for one in queries.organisations(db.session)},
        regions=[one for one in authority.places_of(person) if one.kind == authority.REGION],
        browsers=known_browsers.count(db.session, clock.now(), person_id=person.id),
    )  # fmt: skip


def _own() -> Person:
    return db.session.get_one(Person, current_actor().person_id)
