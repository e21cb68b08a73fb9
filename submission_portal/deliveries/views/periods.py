"""The page of a line's periods, for both its sides."""

from flask import render_template

from information_models.queries import load_model
from registry import clock
from registry.actors import Role
from registry.db import db
from registry.errors import Forbidden, NotFound
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from submission_portal.deliveries.lifecycle import DeliveryState, state_told
from submission_portal.deliveries.periods import index_of_periods
from submission_portal.deliveries.queries import REVIEWERS
from submission_portal.deliveries.standing_disclosures.judging import going
from submission_portal.deliveries.views.blueprint import blueprint
from submission_portal.flows import content as flow_content
from submission_portal.flows import queries as flows
from submission_portal.flows.channels import LABELS as CHANNELS
from submission_portal.flows.division import period_kinds
from submission_portal.flows.pages import part_names
from submission_portal.flows.readers import sees_deliveries
from submission_portal.flows.uses import queries as uses

OFFICERS = (Role.DATA_OFFICER, Role.DISCLOSING_OFFICER)


@blueprint.get("/floden/<slug>/perioder/")
@access.roles(*OFFICERS, *REVIEWERS)
def periods(slug: str) -> str:
    """What has been delivered in a line, by period and part, and what is missing so far."""
    session, actor = db.session, current_actor()
    item = flows.flow_item(session, slug)
    version = flows.approved_version(session, item, clock.today()) or flows.approved_version(session, item)
    if version is None:
        raise NotFound("flow")
    line = flow_content.read(version.content)
    if not sees_deliveries(actor, version):
        raise Forbidden("flow")
    kinds = line.periodicity or period_kinds(load_model(session, line.model_version))
    page = index_of_periods(session, actor, item.id, line, kinds, clock.today(), page_asked_for())
    shown = [part.delivery for period in page.rows for part in period.parts if part.delivery is not None]
    goes = going(session, shown, clock.today())
    takes_files = uses.refusal(session, version, clock.today()) is None
    return render_template(
        "deliveries/periods.html",
        item=item,
        line=line,
        page=page,
        names=part_names(session, line),
        may_deliver=takes_files and actor.has_role(Role.DATA_OFFICER, organisation_id=item.organisation_id),
        states={one.id: state_told(DeliveryState(one.state), goes=one.id in goes) for one in shown},
        channels=CHANNELS,
    )
