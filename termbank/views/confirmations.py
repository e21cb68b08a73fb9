"""One page on which a region confirms all its statements."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from registry import clock
from registry.db import db, transaction
from registry.errors import NotFound, Refused
from registry.i18n import current_language, read
from registry.identity import queries as identity
from registry.identity.tables import Organisation
from registry.paging import page_of_sequence
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable
from termbank.confirmations.queries import to_confirm
from termbank.confirmations.services import MAY_CONFIRM, confirm
from termbank.forms.confirmations import ConfirmForm
from termbank.presentation.confirmations import confirm_rows
from termbank.views.blueprint import blueprint

MOST_ON_A_PAGE = 100
"""More than any region applies concepts today: all of its statements are ticked on one page."""
Answer = Response | str | tuple[str, int]


@blueprint.route("/tillampningar/bekrafta", methods=["GET", "POST"])
@access.roles(*MAY_CONFIRM)
def confirm_statements() -> Answer:
    """A region's statements in force, with what changed around each; what is ticked is confirmed in one act."""
    actor, now = current_actor(), clock.now()
    own = [one for one in identity.organisations(db.session) if one.id in actor.organisations(*MAY_CONFIRM)]
    region = _chosen(own)
    form, status = ConfirmForm(), 200
    if form.validate_on_submit():
        try:
            with transaction() as session:
                number = confirm(session, actor, now, organisation_id=region.id, stamps=form.statements.data or ())
            flash(ngettext("One statement is confirmed.", "%(num)d statements are confirmed.", number), "ok")
            return redirect(url_for("termbank.confirm_statements", region=region.code))
        except Refused as refusal:
            form.form_errors.append(readable(refusal.finding).in_full)
            status = 409
    elif request.method == "POST":
        status = 422
    rows = confirm_rows(to_confirm(db.session, region.id), now, current_language())
    page = page_of_sequence(rows, page_asked_for(), MOST_ON_A_PAGE)
    ticked = set(form.statements.data or ())
    return render_template(
        "termbank/confirm.html", form=form, page=page, ticked=ticked, region=read(region.name), code=region.code,
        others=[(read(one.name), one.code) for one in own if one.id != region.id], waiting=sum(row.is_due for row in rows),
    ), status  # fmt: skip


def _chosen(own: list[Organisation]) -> Organisation:
    code = request.args.get("region")
    if not own:
        raise NotFound("region")
    return next((one for one in own if one.code == code), own[0])
