"""Signing in and out, and choosing a password with a link."""

import math
from datetime import timedelta
from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import HiddenField, PasswordField, StringField

from registry import clock
from registry.db import db, transaction
from registry.errors import Invalid, Refused
from registry.identity import known_browsers, password_links, passwords, queries, services, signing_in
from registry.identity.tables import Person
from registry.pages.password_fields import new_password, password_again
from registry.web.cookies import keep
from registry.web.forms import Form, required
from registry.web.guards import TOKEN, access, current_actor
from registry.web.problems import problem, readable

blueprint = Blueprint("identity", __name__)


class SignInForm(Form):
    """User name and password."""

    login = StringField(
        _l("User name"),
        [required(_l("Write your user name."))],
        render_kw={"autocomplete": "username", "autocapitalize": "none"},
    )
    password = PasswordField(
        _l("Password"), [required(_l("Write your password."))], render_kw={"autocomplete": "current-password"}
    )


class CodeForm(Form):
    """The code of a link with which a password is chosen; a script takes it from the link."""

    code = StringField(
        _l("Code"),
        [required(_l("Write the code."))],
        description=_l("What comes after # in the link. The whole link will do too."),
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )


class ChooseForm(Form):
    """A first or a new password, chosen with the code of a link."""

    code = HiddenField()
    second = StringField(
        _l("Code from whoever proposed you"),
        [required(_l("Write the code."))],
        description=_l(
            "You are appointed administrator of a region. One administrator has given you the link, and the other a code."
        ),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    new = new_password()
    again = password_again()

    @classmethod
    def of_link(cls, code: str, *, needs_second: bool, is_empty: bool = False) -> "ChooseForm":
        """The form for a link: without the second code where it needs none."""
        form = cls(formdata=None, code=code) if is_empty else cls()
        if not needs_second:
            del form.second
        return form


@blueprint.route("/logga-in", methods=["GET", "POST"])
@access.public
def sign_in() -> Response | str | tuple[str, int]:
    if current_actor().is_signed_in and request.method == "GET":
        return redirect(url_for("web.tasks"))
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("sign_in.html", form=form, ended=request.args.get("ended"), refusal=None)
    login = (form.login.data or "").strip().lower()
    try:
        outcome = signing_in.sign_in(
            clock.now(),
            login=login,
            password=form.password.data or "",
            address=request.remote_addr or "",
            browser=request.cookies.get(known_browsers.cookie_of(login), ""),
            secret=secret(),
            lasts=_lasts(),
        )
    except passwords.Busy:
        return busy()
    if isinstance(outcome, signing_in.Welcome):
        return _welcome(outcome, login, own_address(request.args.get("next")) or url_for("web.tasks"))
    finding = outcome.finding if isinstance(outcome, signing_in.Slowed) else outcome
    answer = make_response(render_template("sign_in.html", form=form, ended=None, refusal=readable(finding)), 401)
    if isinstance(outcome, signing_in.Slowed):
        answer.status_code, answer.headers["Retry-After"] = 429, str(outcome.seconds)
    return answer


@blueprint.get(password_links.PATH)
@access.public
def password_link() -> str:
    """Where a link with which a password is chosen leads; the code comes with the form that is posted from here."""
    return render_template("identity/choose_password.html", code_form=CodeForm(), form=None, refusal=None)


@blueprint.post(password_links.PATH)
@access.public
def choose_password() -> Response | tuple[str, int]:
    """First the code alone, then the password that was chosen with it."""
    given = CodeForm()
    if not given.validate_on_submit():
        return render_template("identity/choose_password.html", code_form=given, form=None, refusal=None), 422
    code = given.code.data or ""
    try:
        person = password_links.person_of(db.session, clock.now(), code=code)
        needs_second = password_links.needs_second(db.session, clock.now(), code=code)
        form = ChooseForm.of_link(code, needs_second=needs_second, is_empty="new" not in request.form)
        if "new" not in request.form:
            return _choosing(form, person)
        if not form.validate_on_submit():
            return _choosing(form, person, 422)
        second = form.second.data or "" if needs_second else ""
        if (found := password_links.objection(db.session, clock.now(), code=code, second=second)) is not None:
            form.second.errors = [readable(found).in_full]
            return _choosing(form, person, 422)
        about = queries.words_about(db.session, person)
        db.session.rollback()
        hashed = passwords.hashed(form.new.data or "", about)
        with transaction() as database:
            person = password_links.use(database, clock.now(), code=code, password_hash=hashed, second=second)
            login = person.login
            welcome = signing_in.begin(database, clock.now(), person=person, browser=None, lasts=_lasts())
    except Refused as refused:
        told = readable(refused.finding)
        page = render_template(
            "identity/choose_password.html", code_form=CodeForm(formdata=None), form=None, refusal=told
        )
        return page, 410
    except Invalid as error:
        form.new.errors = [told.body + " " + told.mend for told in map(readable, error.findings)]
        return _choosing(form, password_links.person_of(db.session, clock.now(), code=code), 422)
    except passwords.Busy:
        return busy()
    answer = _welcome(welcome, login, url_for("web.tasks"))
    flash(_("Your password is chosen, and you are signed in."), "ok")
    return answer


@blueprint.post("/logga-ut")
@access.public
def sign_out() -> Response:
    actor, token = current_actor(), session.pop(TOKEN, None)
    if token:
        with transaction() as database:
            services.sign_out(database, actor, clock.now(), token=token)
    session.clear()
    flash(_("You have signed out."), "ok")
    return redirect(url_for("web.start"))


def secret() -> str:
    """The instance's key, with which counts of tries are kept."""
    return str(current_app.secret_key)


def busy() -> Response:
    """The answer where so many passwords are being verified that this one's turn did not come."""
    answer = problem(
        503,
        _("Many are signing in right now"),
        _("Your password was not looked at, and nothing was changed."),
        _("Wait a few seconds and try again."),
    )
    answer.headers["Retry-After"] = str(math.ceil(passwords.PATIENCE))
    return answer


def _choosing(form: ChooseForm, person: Person, status: int = 200) -> Response:
    page = render_template("identity/choose_password.html", code_form=None, form=form, login=person.login, refusal=None)
    answer = make_response(page, status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _welcome(welcome: signing_in.Welcome, login: str, target: str) -> Response:
    """Into the registry with a session of one's own, in a browser that is known to the account from now on."""
    session.clear()
    session[TOKEN] = welcome.token
    answer = redirect(target)
    know(answer, login, welcome.browser)
    return answer


def know(answer: Response, login: str, token: str) -> None:
    """Let the browser keep what the account knows it by; it is sent to the page for signing in only."""
    keep(answer, known_browsers.cookie_of(login), token, days=known_browsers.DAYS, path=url_for("identity.sign_in"))


def _lasts() -> timedelta:
    return timedelta(hours=current_app.config["SESSION_HOURS"])


def own_address(target: str | None) -> str | None:
    """``target`` if it stays on this registry: a path, never another host."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or "\\" in target:
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc or any(ord(sign) < 32 for sign in target) else target
