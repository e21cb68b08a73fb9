"""Reading flows: the list, and a flow with its decisions, what it binds and where it stands."""

from flask import render_template, request

from registry import clock
from registry.actors import Role
from registry.db import db
from registry.errors import NotFound
from registry.finding_catalogue import ReadableFinding
from registry.items import queries as items
from registry.items.lifecycle import CHANGE_LABELS, State
from registry.items.tables import Item
from registry.items.withdrawal_notices import notice_of
from registry.paging import page_of_sequence
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable
from submission_portal.flows import pages, queries, suspending
from submission_portal.flows.agreeing import pages as use_pages
from submission_portal.flows.agreeing import services as use_services
from submission_portal.flows.forms import SuspensionForm
from submission_portal.flows.readers import (
    answers_behind,
    is_inside,
    is_officer_of_discloser,
    people_in,
    sees_deliveries,
)
from submission_portal.flows.uses.queries import that_may_be_named
from submission_portal.flows.views.blueprint import blueprint
from termbank.news.following import follows


@blueprint.get("/floden/")
@access.public
def index() -> str:
    """Every flow in force, by model, and what the reader's own organisations are working on."""
    session, actor = db.session, current_actor()
    names = pages.organisation_names(session)
    places = {id_: place for place, id_ in enumerate(names)}
    listed = queries.list_of_flows(session, request.args.get("organisation", ""), page_asked_for(), places)
    return render_template(
        "flows/index.html",
        page=listed.page,
        groups=pages.grouped_flows(session, listed, names, clock.today()),
        chosen=listed.chosen,
        disclosers=[one for one in names.values() if one.id in listed.disclosers],
        working=queries.unpublished_flows(session, actor),
        names=names,
        may_propose=actor.has_role(Role.DATA_OFFICER),
    )


@blueprint.get("/floden/<slug>/")
@access.public
def show(slug: str) -> str:
    """A flow: who decided what, what it binds, on which ground and until when, and where it stands today."""
    return flow_page(queries.flow_item(db.session, slug))


def flow_page(
    item: Item, *, suspension_form: SuspensionForm | None = None, stopped: ReadableFinding | None = None
) -> str:
    """The page of a flow; ``stopped``: why it could not be suspended or resumed as asked."""
    session, actor = db.session, current_actor()
    versions = items.versions_of(session, item, actor)
    if not versions:
        raise NotFound("flow")
    version = items.foremost(versions)
    standing = queries.standing_of(session, [version], clock.today())[version.id]
    model, wordings = queries.bound_versions(session, standing.flow)
    listed = page_of_sequence(versions[::-1], page_asked_for())
    on_record = pages.on_record(session, actor, standing.rows)
    decisions = pages.decisions(version)
    named = that_may_be_named(standing.uses, clock.today())
    refusal = standing.refusal or suspending.all_suspended(session, named)
    names = pages.organisation_names(session)
    return render_template(
        "flows/show.html",
        item=item,
        is_followed=follows(session, actor, item),
        version=version,
        versions=listed,
        version_steps=pages.version_steps(listed.rows, version, "flows.version"),
        validity=pages.validity(version.content.get("valid_from"), version.content.get("valid_to")),
        refusal=readable(refusal) if refusal and version.state == State.PUBLISHED else None,
        notices=[readable(one) for one in standing.notices],
        flow=standing.flow,
        reads_periods=sees_deliveries(actor, version),
        fetches_flow_file=is_officer_of_discloser(actor, version),
        division=pages.division_of(session, standing.flow),
        uses=use_pages.rows(session, [version], {version.item_id: standing.uses}, names),
        may_propose_use=version.state == State.PUBLISHED and use_services.may_propose(actor, version),
        standing=standing,
        on_record=on_record,
        is_carried_over=bool(on_record) and not any(one.must_reconfirm for one in on_record),
        withdrawal=notice_of(session, actor, version),
        model=model,
        wordings=wordings,
        names=names,
        decisions=decisions,
        is_approved=all(one.kind == "ok" for one in decisions),
        people=people_in(session, actor, version),
        working=items.open_version(session, item) if is_inside(actor, version) else None,
        is_author=actor.has_role(Role.DATA_OFFICER, organisation_id=version.organisation_id),
        is_inside=is_inside(actor, version),
        titled=items.titled,
        change_labels=CHANGE_LABELS,
        suspended=pages.suspended(session, actor, item, is_inside(actor, version)),
        suspension_form=suspension_form or SuspensionForm(formdata=None),
        stopped=stopped,
        **answers_behind(session, actor, version),
    )
