"""The page on which both sides talk about a delivery."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import SelectField, TextAreaField
from wtforms.validators import Length

from registry import clock
from registry.db import db, transaction
from registry.errors import Refused
from registry.findings import Finding
from registry.i18n import read
from registry.identity import queries as identity
from registry.web.forms import Form, required
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable
from submission_portal.comments.finding_texts import LONGEST
from submission_portal.comments.services import OFFICERS, comment, comments_on, side_of
from submission_portal.deliveries.queries import REVIEWERS, delivery_for
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.pages import organisation_names

blueprint = Blueprint("comments", __name__, template_folder="templates")
WHOLE = "leveransen"


class CommentForm(Form):
    """What somebody says, and about what."""

    about = SelectField(_l("About"), [required(_l("Choose what it is about."))])
    text = TextAreaField(
        _l("Comment"),
        [required(_l("Write something.")), Length(max=LONGEST)],
        description=_l("The region and the recipient's reviewers read it. It cannot be changed afterwards."),
    )


@blueprint.get("/leveranser/<reference>/kommentarer")
@access.roles(*OFFICERS, *REVIEWERS)
def of_delivery(reference: str) -> str:
    """What was said about a delivery."""
    return _page(delivery_for(db.session, current_actor(), reference))


@blueprint.post("/leveranser/<reference>/kommentarer")
@access.roles(*OFFICERS, *REVIEWERS)
def write(reference: str) -> Response | tuple[str, int]:
    """Say something about it."""
    delivery = delivery_for(db.session, current_actor(), reference)
    form = _form(delivery)
    if not form.validate_on_submit():
        return _page(delivery, form), 422
    try:
        with transaction() as session:
            comment(
                session, current_actor(), clock.now(), delivery_for(session, current_actor(), reference),
                text=form.text.data or "", about="" if form.about.data == WHOLE else form.about.data,
            )  # fmt: skip
    except Refused as refused:
        return _page(delivery_for(db.session, current_actor(), reference), form, refused.finding), 409
    flash(_("The comment is kept, and the other side is told."), "ok")
    return redirect(url_for("comments.of_delivery", reference=reference))


def _form(delivery: Delivery) -> CommentForm:
    form = CommentForm()
    form.about.choices = [(WHOLE, _("The whole delivery")), *_findings(delivery).items()]
    return form


def _findings(delivery: Delivery) -> dict[str, str]:
    """What the delivery's findings are called, by key; several of one title are told apart by what they are about."""
    found = {key: readable(finding) for key, finding in delivery.assessment.keyed}
    return {key: f"{one.title} ({key})" for key, one in found.items()}


def _page(delivery: Delivery, form: CommentForm | None = None, stopped: Finding | None = None) -> str:
    page, titles = comments_on(db.session, delivery, page_asked_for()), _findings(delivery)
    people = identity.person_labels(db.session, [one.person_id for one in page.rows])
    names = organisation_names(db.session)
    return render_template(
        "comments/delivery.html",
        delivery=delivery,
        reference=delivery.number or delivery.id,
        page=page.of(
            lambda one: {
                "text": one.text,
                "about": titles.get(one.about, "") if one.about else "",
                "by": read(people[one.person_id]),
                "organisation": read(names[one.organisation_id].name),
                "at": one.written_at,
            }
        ),
        form=form or (_form(delivery) if delivery.number and side_of(current_actor(), delivery) else None),
        is_answered=form is not None,
        stopped=readable(stopped) if stopped else None,
    )
