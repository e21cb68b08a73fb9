"""A version of a flow: the evidence, the decisions, and the panel for whoever may decide."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from legal_checks.secrecy.questions import Side
from registry import clock, dependants, hands
from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.errors import Invalid, Refused
from registry.findings import Finding, Severity
from registry.i18n import read, show_date
from registry.items import queries as items
from registry.items import steps
from registry.items.kinds import Requirement
from registry.items.lifecycle import CHANGE_LABELS, Outcome, State
from registry.items.tables import Version
from registry.items.withdrawal_notices import notice_of
from registry.pages.items import CommentForm, PublishForm, ReasonForm, difference
from registry.web.guards import access, current_actor
from registry.web.page_addresses import address_of_all
from registry.web.problems import readable
from submission_portal.flows import assessing, content, pages, queries, services
from submission_portal.flows.acts import line
from submission_portal.flows.carryover import KIND
from submission_portal.flows.forms import DecisionForm
from submission_portal.flows.readers import answers_behind, is_inside, people_in
from submission_portal.flows.views.blueprint import blueprint
from submission_portal.legal_questions.question_pages import question_rows


@blueprint.get("/floden/<slug>/version/<int:number>/")
@access.public
def version(slug: str, number: int) -> str:
    """A version of a flow with what it changes, the evidence and the decisions; the decision panel for who may decide."""
    return _version_page(_version(db.session, slug, number))


@blueprint.post("/floden/<slug>/version/<int:number>/skicka")
@access.roles(Role.DATA_OFFICER)
def submit(slug: str, number: int) -> Response | tuple[str, int]:
    """Send a draft to the recipient's reviewers."""
    try:
        with transaction() as session:
            sent = services.submit(session, current_actor(), clock.now(), _version(session, slug, number))
            has_one_in_force = queries.approved_version(session, sent.item) is not None
    except Invalid as invalid:
        return _version_page(_version(db.session, slug, number), stopped=invalid.findings), 422
    if has_one_in_force:
        said = _("The line has been sent to review. Until it is decided, deliveries go on under the version in force.")
    else:
        said = _(
            "The line has been sent to review. Nothing can be delivered until the line and a use of it are approved."
        )
    flash(said, "ok")
    return redirect(url_for("flows.version", slug=slug, number=number))


@blueprint.post("/floden/<slug>/version/<int:number>/besluta/<aspect>")
@access.roles(Role.QUALITY_REVIEWER, Role.LEGAL_REVIEWER)
def decide(slug: str, number: int, aspect: str) -> Response | tuple[str, int]:
    """Decide one aspect. What somebody wrote comes back with the page, whatever stops the decision."""
    form = DecisionForm()
    if not form.validate_on_submit():
        version, asked = _version(db.session, slug, number), list[Finding]()
        if aspect == services.LEGAL and not form.lets_nothing_through():
            left = services.assess_flow(db.session, version, clock.now(), form.answers(), form.replies())
            asked = form.ask(left.findings)
        return _version_page(version, forms={aspect: form}, asked=asked), 422
    try:
        with transaction() as session:
            version = _version(session, slug, number)
            services.decide(
                session,
                current_actor(),
                clock.now(),
                version,
                aspect=aspect,
                outcome=Outcome(form.outcome.data),
                reason=form.reason.data or "",
                answers=form.answers(),
                replies=form.replies(),
            )
            is_published, first = version.state == State.PUBLISHED, version.valid_from
            is_coming = version.is_coming(clock.today())
    except Invalid as invalid:
        asked = form.ask(invalid.findings)
        return _version_page(_version(db.session, slug, number), forms={aspect: form}, asked=asked), 422
    except Refused as refusal:
        page = _version_page(
            _version(db.session, slug, number), forms={aspect: form}, refusal=refusal.finding, kept=form
        )
        return page, 409
    if is_coming:
        told = _("Your decision is recorded. The line is approved, and applies from %(day)s.", day=show_date(first))
    elif is_published:
        told = _("Your decision is recorded. The line is approved, and is in force.")
    else:
        told = _("Your decision is recorded.")
    flash(told, "ok")
    return redirect(url_for("flows.version", slug=slug, number=number))


def _version_page(
    version: Version,
    *,
    forms: dict[str, DecisionForm] | None = None,
    asked: Sequence[Finding] = (),
    stopped: Sequence[Finding] = (),
    refusal: Finding | None = None,
    kept: DecisionForm | None = None,
) -> str:
    session, actor = db.session, current_actor()
    kind = items.kind_named(KIND)
    versions = items.versions_of(session, version.item, actor)
    before = next((one for one in reversed(versions) if one.number < version.number and one.published_at), None)
    flow = pages.flow_of(version)
    model, wordings = queries.bound_versions(session, flow)
    mine = _may_decide(session, actor, version)
    chosen = {need.aspect: (forms or {}).get(need.aspect) or DecisionForm(formdata=None) for need in mine}
    for aspect, form in chosen.items():
        form.outcome.id, form.reason.id = f"{aspect}-outcome", f"{aspect}-reason"  # somebody may hold both roles
    own = actor.has_role(Role.DATA_OFFICER, organisation_id=version.organisation_id)
    findings = [*content.parse(version.content)[1], *services.check_against_register(session, flow)]
    legal = chosen.get(services.LEGAL)
    comments = items.latest_comments(session, version)
    decisions = pages.decisions(version)
    objection = _objection(session, actor, version)
    affected = (
        dependants.affected(session, actor, [before.ref], implied=True)
        if before and version.state != State.PUBLISHED
        else None
    )
    return render_template(
        "flows/version.html",
        item=version.item,
        version=version,
        versions=versions,
        before=before,
        flow=flow,
        carried=pages.carried_use(version),
        division=pages.division_of(session, flow),
        changed=[(read(field.label), field.tokens) for field in difference(kind, before, version) if field.is_changed],
        model=model,
        wordings=wordings,
        names=pages.organisation_names(session),
        decisions=decisions,
        is_approved=all(one.kind == "ok" for one in decisions),
        earlier=pages.earlier_decisions(version),
        people=people_in(session, actor, version, comments.rows),
        comments=comments,
        deciding=chosen,
        mine=mine,
        is_author=own,
        findings=[readable(one) for one in (stopped or findings)] if version.is_being_written else [],
        may_send=own and version.is_being_written and not any(one.severity is Severity.ERROR for one in findings),
        affected=affected,
        affected_count=sum(group.total + group.unseen for group in affected or ()),
        url_of=address_of_all(version.item_id, version=before.number) if before else None,
        on_record=pages.on_record(session, actor, queries.standing_of(session, [before], clock.today())[before.id].rows)
        if before and before.state == State.PUBLISHED
        else [],
        refusal=readable(refusal) if refusal else None,
        objection=readable(objection) if objection else None,
        kept=kept,
        asked=asked,
        ask_rows=question_rows(db.session, [], legal, Side.RECIPIENT) if legal else [],
        titled=items.titled,
        change_labels=CHANGE_LABELS,
        is_inside=is_inside(actor, version),
        counts_persons=assessing.counts_persons(session, flow),
        withdrawal=notice_of(session, actor, version),
        withdraw_form=ReasonForm(formdata=None),
        publish_form=PublishForm(formdata=None, valid_from=flow.valid_from),
        comment_form=CommentForm(formdata=None),
        **answers_behind(session, actor, version),
    )


def _version(session: Session, slug: str, number: int) -> Version:
    return items.version_numbered(session, current_actor(), queries.flow_item(session, slug), number)


def _objection(session: Session, actor: Actor, version: Version) -> Finding | None:
    """Said to a reviewer who may not decide because of what they have done, while there is something to decide."""
    needed = {need.role for need in items.kind_named(KIND).requirements}
    if version.state != State.IN_REVIEW or not actor.has_role(*needed):
        return None
    return _acted_for_discloser(session, actor, version)


def _acted_for_discloser(session: Session, actor: Actor, version: Version) -> Finding | None:
    return hands.objection(session, actor, hands.Side.RECIPIENT, line(version.item_id))


def _may_decide(session: Session, actor: Actor, version: Version) -> list[Requirement]:
    """What this actor may decide now; the service asks the same again."""
    if version.state != State.IN_REVIEW or actor.belongs_to(version.organisation_id):
        return []
    if _acted_for_discloser(session, actor, version) is not None:
        return []
    if items.has_contributed(session, version, actor.person_id):
        return []
    if any(decision.person_id == actor.person_id for decision in steps.decisions_of_round(version)):
        return []
    return [
        need
        for need in steps.awaited(version)
        if actor.has_role(need.role, organisation_id=steps.deciding_organisation(version, need))
    ]
