"""What the pages of consultations share: whose they are, and keeping what a form says."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from registry import clock
from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.errors import Refused
from registry.identity import queries as identity
from registry.identity.tables import Organisation
from registry.web.forms import Form
from registry.web.guards import current_actor
from registry.web.problems import readable
from termbank.consultations import queries
from termbank.consultations.tables import Consultation
from termbank.views.one_step import one_step

Answer = Response | str | tuple[str, int]
Act = Callable[..., object]
"""One step with a consultation: takes the session, the actor, now, and the consultation."""


def own_consultation(consultation_id: str) -> tuple[Actor, Consultation]:
    """A consultation that the actor's organisation sends. Raises `NotFound` or `Forbidden`."""
    actor = current_actor()
    one = queries.consultation_for(db.session, actor, consultation_id)
    actor.require(Role.TERMINOLOGIST, organisation_id=one.organisation_id, is_known=True)
    return actor, one


def writes_for(actor: Actor) -> list[Organisation]:
    """The regions and recipients on whose answers the actor may write."""
    own = actor.organisations(*queries.MAY_WRITE)
    return (
        [place for place in identity.organisations(db.session) if place.id in own and place.kind != "steward"]
        if own
        else []
    )


def filled_in(one: Consultation, form: Form, keep: Any, told: str, template: str, **shown_with: Any) -> Answer:
    """Keep what a form says and go back to the consultation; show the form again where it says something wrong."""
    status = 200
    if form.validate_on_submit():
        try:
            with transaction() as session:
                keep(session, queries.consultation_for(session, current_actor(), one.id))
            flash(told, "ok")
            return redirect(url_for("termbank.consultation", consultation_id=one.id))
        except Refused as refusal:
            form.form_errors.append(readable(refusal.finding).in_full)
            status = 409
    elif request.method == "POST":
        status = 422
    return render_template(template, one=one, form=form, **shown_with), status


def act_on(consultation_id: str, act: Act, told: str, *, after: str | None = None) -> Response:
    """One step with a consultation of one's own, and back to its page (or to ``after``); a step that is refused says why there."""
    actor, one = own_consultation(consultation_id)

    def do(session: Session) -> None:
        act(session, actor, clock.now(), queries.consultation_for(session, actor, one.id))

    return one_step(do, told, url_for("termbank.consultation", consultation_id=one.id), after=after)
