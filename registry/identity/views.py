"""Signing in and out."""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import PasswordField, StringField

from registry import clock
from registry.db import transaction
from registry.findings import Finding
from registry.identity import services
from registry.web.forms import Form, required
from registry.web.guards import TOKEN, access, current_actor
from registry.web.problems import readable

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


@blueprint.route("/logga-in", methods=["GET", "POST"])
@access.public
def sign_in() -> Response | str | tuple[str, int]:
    if current_actor().is_signed_in and request.method == "GET":
        return redirect(url_for("web.tasks"))
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("sign_in.html", form=form, ended=request.args.get("ended"), refusal=None)
    with transaction() as database:
        outcome = services.sign_in(
            database,
            clock.now(),
            login=form.login.data,
            password=form.password.data,
            address=request.remote_addr or "",
            lasts=timedelta(hours=current_app.config["SESSION_HOURS"]),
        )
    if isinstance(outcome, Finding):
        status = 429 if outcome.code == "SIGN-002" else 401
        return render_template("sign_in.html", form=form, ended=None, refusal=readable(outcome)), status
    session.clear()
    session[TOKEN] = outcome
    return redirect(own_address(request.args.get("next")) or url_for("web.tasks"))


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


def own_address(target: str | None) -> str | None:
    """``target`` if it stays on this registry: a path, never another host."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or "\\" in target:
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc or any(ord(sign) < 32 for sign in target) else target
