"""A region says what it thinks of a table that rests on its deliveries and is open without a decision."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from registry import clock
from registry.actors import Role
from registry.db import transaction
from registry.errors import NotFound, Refused
from registry.identity import queries as identity
from registry.identity.tables import Organisation
from registry.web.guards import access, current_actor
from submission_portal.followup.finding_texts import FINDINGS
from submission_portal.followup.forms import StandpointForm
from submission_portal.followup.standpoint_page import form_for
from submission_portal.followup.standpoints import NOT_ASKED, asked_of, state_standpoint
from submission_portal.followup.tables import Stance, TableVersion
from submission_portal.followup.views.blueprint import AS_EVERYBODY, blueprint
from submission_portal.followup.views.tables import version_page


@blueprint.post("/uppfoljning/<slug>/versioner/<int:number>/standpunkt/<code>")
@access.roles(Role.DISCLOSING_OFFICER)
def standpoint(slug: str, number: int, code: str) -> Response | tuple[str, int]:
    """Accept or object. What was written comes back with the page, whatever stops it."""
    form: StandpointForm = form_for(code)
    if not form.validate_on_submit():
        return version_page(slug, number, stating=(code, form)), 422
    try:
        with transaction() as session:
            organisation = _region(session, code)
            state_standpoint(
                session,
                current_actor(),
                clock.now(),
                table=_table(session, slug, number, organisation),
                organisation=organisation,
                stance=Stance(form.stance.data),
                reason=form.reason.data or "",
            )
    except Refused as refusal:
        return version_page(slug, number, stating=(code, form), refusal=refusal.finding), 409
    flash(_("What the region thinks is recorded. The recipient's legal reviewer reads it."), "ok")
    return redirect(url_for("followup.version", slug=slug, number=number, **AS_EVERYBODY))


def _region(session: Session, code: str) -> Organisation:
    found = identity.organisation_by_code(session, code)
    if found is None or found.id not in current_actor().organisations(Role.DISCLOSING_OFFICER):
        raise NotFound("region")
    return found


def _table(session: Session, slug: str, number: int, organisation: Organisation) -> TableVersion:
    """The version that the region is asked about. Raises ``Refused`` where it is not (any more): somebody has decided."""
    for one in asked_of(session, current_actor()):
        if (one.table.measure_slug, one.table.number, one.organisation_id) == (slug, number, organisation.id):
            return one.table
    raise Refused(FINDINGS.found(NOT_ASKED, {"number": number}))
