"""The pages about flows: the list, a flow, its versions with review and decision, and the form to propose one."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from legal_checks.secrecy.assessment import Assessment
from legal_checks.secrecy.questions import Side
from registry import clock
from registry.db import db, transaction
from registry.errors import Forbidden, Invalid, NotFound, Refused
from registry.findings import Finding, Severity
from registry.i18n import current_language
from registry.i18n import read as in_language
from registry.identity import queries as identity
from registry.identity.actors import Actor, Role
from registry.items import queries as items
from registry.items import services as item_services
from registry.items.diff import outline_diff
from registry.items.kinds import CHANGE_LABELS, Outcome, Requirement, State
from registry.items.tables import Item, Version
from registry.items.views import CommentForm, ReasonForm
from registry.web.guards import access, current_actor
from registry.web.problems import readable
from submission_portal.flows import content, pages, queries, services
from submission_portal.flows.carryover import KIND
from submission_portal.flows.forms import DecisionForm, FlowForm, fields_of
from submission_portal.flows.impact import impact
from submission_portal.legal_desk.question_pages import question_rows

blueprint = Blueprint("flows", __name__, template_folder="templates")
DELIVERING = (Role.DATA_OFFICER, Role.DISCLOSING_OFFICER)


@blueprint.get("/floden/")
@access.public
def index() -> str:
    """Every flow in force, by model, and what the reader's own organisations are working on."""
    session, actor = db.session, current_actor()
    versions = queries.published_flows(session)
    names = pages.organisation_names(session)
    chosen = request.args.get("organisation", "")
    present = {version.organisation_id for version in versions}
    if chosen in present:
        versions = [version for version in versions if version.organisation_id == chosen]
    return render_template(
        "flows/index.html",
        groups=pages.model_groups(session, versions, clock.today()),
        chosen=chosen if chosen in present else "",
        disclosers=[one for one in names.values() if one.id in present],
        working=queries.unpublished_flows(session, actor),
        names=names,
        may_propose=actor.has_role(Role.DATA_OFFICER),
        count=len(versions),
    )


@blueprint.get("/floden/<slug>/")
@access.public
def show(slug: str) -> str:
    """A flow: who decided what, what it binds, on which ground and until when, and where it stands today."""
    session, actor = db.session, current_actor()
    item = queries.flow_item(session, slug)
    versions = items.versions_of(session, item, actor)
    if not versions:
        raise NotFound("flow")
    version = next((one for one in reversed(versions) if one.published_at), versions[-1])
    standing = queries.standing_of(session, [version], clock.today())[version.id]
    model, wordings = queries.bound_versions(session, standing.flow)
    return render_template(
        "flows/show.html",
        item=item,
        version=version,
        versions=versions,
        flow=standing.flow,
        standing=standing,
        on_record=pages.on_record(session, standing.rows),
        model=model,
        wordings=wordings,
        names=pages.organisation_names(session),
        decisions=pages.decisions(version),
        people=_people(session, actor, version),
        working=items.open_version(session, item) if _is_inside(actor, version) else None,
        is_author=actor.has_role(Role.DATA_OFFICER, organisation_id=version.organisation_id),
        is_inside=_is_inside(actor, version),
        titled=pages.titled,
        change_labels=CHANGE_LABELS,
        **_questions(session, actor, version),
    )


@blueprint.route("/floden/foresla/", methods=["GET", "POST"])
@access.roles(Role.DATA_OFFICER)
def propose() -> Response | str | tuple[str, int]:
    """Propose a flow; it begins as a draft that only the region sees."""
    session, actor = db.session, current_actor()
    form = FlowForm()
    models = _offer(session, actor, form)
    if request.method == "GET":
        _suggest(session, form, models)
    if form.validate_on_submit():
        slugs = {version.content_hash: version.item.slug for version in models}
        with transaction() as session:
            version = services.propose(
                session, actor, clock.now(), content=form.content(slugs), reason=form.reason.data or ""
            )
            slug, number = version.item.slug, version.number
        flash(_("The flow is kept as a draft. Read it through, and send it to review."), "ok")
        return redirect(url_for("flows.version", slug=slug, number=number))
    page = render_template("flows/edit.html", form=form, item=None, version=None, findings=[], affected=None)
    return (page, 422) if form.errors else page


@blueprint.route("/floden/<slug>/andra/", methods=["GET", "POST"])
@access.roles(Role.DATA_OFFICER)
def edit(slug: str) -> Response | str | tuple[str, int]:
    """Change a draft, or begin the flow's next version from the one in force; what rests on that one is shown first."""
    session, actor = db.session, current_actor()
    item = _own_item(session, actor, slug)
    draft = items.open_version(session, item)
    if draft is not None and draft.state != State.DRAFT:
        return redirect(url_for("flows.version", slug=slug, number=draft.number))
    base = draft or queries.approved_version(session, item) or items.versions_of(session, item, actor)[-1]
    form = FlowForm()
    models = _offer(session, actor, form, keep=base)
    if request.method == "GET":
        form.fill(base.content)
        form.reason.data = draft.reason if draft else ""
        _mark(form, content.parse(base.content)[1] if draft else [])
    elif form.validate_on_submit():
        slugs = {version.content_hash: version.item.slug for version in models}
        stated = form.content(slugs, base.content["provenance"]) | {"discloser": item.organisation_id}
        with transaction() as session:
            item = _own_item(session, actor, slug)
            draft = items.open_version(session, item)
            if draft is None:
                saved = services.propose_successor(
                    session, actor, clock.now(), item=item, content=stated, reason=form.reason.data or ""
                )
            else:
                saved = item_services.revise_draft(
                    session, actor, clock.now(), draft, content=stated, reason=form.reason.data or ""
                )
            number = saved.number
        flash(_("The draft is kept. Read it through, and send it to review."), "ok")
        return redirect(url_for("flows.version", slug=slug, number=number))
    in_force = queries.approved_version(session, item)
    affected = impact(session, actor, in_force.ref) if in_force else None
    page = render_template(
        "flows/edit.html", form=form, item=item, version=base, is_draft=draft is not None, affected=affected
    )
    return (page, 422) if form.errors and request.method == "POST" else page


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
            services.submit(session, current_actor(), clock.now(), _version(session, slug, number))
    except Invalid as invalid:
        return _version_page(_version(db.session, slug, number), stopped=invalid.findings), 422
    flash(
        _("The flow has been sent to review. Nothing can be delivered in it until both reviewers have approved."), "ok"
    )
    return redirect(url_for("flows.version", slug=slug, number=number))


@blueprint.post("/floden/<slug>/version/<int:number>/besluta/<aspect>")
@access.roles(Role.QUALITY_REVIEWER, Role.LEGAL_REVIEWER)
def decide(slug: str, number: int, aspect: str) -> Response | tuple[str, int]:
    """Decide one aspect. What somebody wrote comes back with the page, whatever stops the decision."""
    form = DecisionForm()
    if not form.validate_on_submit():
        return _version_page(_version(db.session, slug, number), forms={aspect: form}), 422
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
            is_published = version.state == State.PUBLISHED
    except Invalid as invalid:
        asked = form.ask(invalid.findings)
        return _version_page(_version(db.session, slug, number), forms={aspect: form}, asked=asked), 422
    except Refused as refusal:
        page = _version_page(
            _version(db.session, slug, number), forms={aspect: form}, refusal=refusal.finding, kept=form
        )
        return page, 409
    flash(
        _("Your decision is recorded. Both have approved, and the flow is in force.")
        if is_published
        else _("Your decision is recorded."),
        "ok",
    )
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
    return render_template(
        "flows/version.html",
        item=version.item,
        version=version,
        versions=versions,
        before=before,
        flow=flow,
        fields=outline_diff(
            kind.outline(before.content) if before else (), kind.outline(version.content), current_language()
        ),
        model=model,
        wordings=wordings,
        names=pages.organisation_names(session),
        decisions=pages.decisions(version),
        earlier=pages.earlier_decisions(version),
        people=_people(session, actor, version),
        deciding=chosen,
        needs={need.aspect: need for need in mine},
        is_author=own,
        findings=[readable(one) for one in (stopped or findings)] if version.state == State.DRAFT else [],
        may_send=own and version.state == State.DRAFT and not any(one.severity is Severity.ERROR for one in findings),
        affected=impact(session, actor, before.ref) if before and version.state != State.PUBLISHED else None,
        on_record=pages.on_record(session, queries.standing_of(session, [before], clock.today())[before.id].rows)
        if before and before.state == State.PUBLISHED
        else [],
        refusal=readable(refusal) if refusal else None,
        kept=kept,
        asked=asked,
        ask_rows=question_rows([], legal, Side.RECIPIENT) if legal else [],
        titled=pages.titled,
        change_labels=CHANGE_LABELS,
        is_inside=_is_inside(actor, version),
        counts_persons=services.counts_persons(session, flow),
        withdraw_form=ReasonForm(formdata=None),
        comment_form=CommentForm(formdata=None),
        **_questions(session, actor, version),
    )


def _questions(session: Session, actor: Actor, version: Version) -> dict[str, object]:
    """The answers behind the legal approval. Their reasons are the recipient's and the discloser's to read."""
    kept = queries.assessment_of(session, version) if _is_inside(actor, version) else None
    assessment = Assessment.from_dict(kept.assessment) if kept else None
    return {
        "question_rows": question_rows([(Side.RECIPIENT, assessment)]) if assessment else [],
        "replies": [
            (readable(Finding(result.code, Severity.QUESTION)), result.reply)
            for result in (assessment.asks if assessment else ())
        ],
    }


def _version(session: Session, slug: str, number: int) -> Version:
    return items.version_numbered(session, current_actor(), queries.flow_item(session, slug), number)


def _own_item(session: Session, actor: Actor, slug: str) -> Item:
    """The flow, if the actor is a data officer of its discloser. Raises `Forbidden`."""
    item = queries.flow_item(session, slug)
    if not actor.has_role(Role.DATA_OFFICER, organisation_id=item.organisation_id):
        raise Forbidden(KIND)
    return item


def _may_decide(session: Session, actor: Actor, version: Version) -> list[Requirement]:
    """What this actor may decide now; the service asks the same again."""
    if version.state != State.IN_REVIEW or actor.belongs_to(version.organisation_id):
        return []
    if items.has_contributed(session, version, actor.person_id):
        return []
    if any(decision.person_id == actor.person_id for decision in item_services.decisions_of_round(version)):
        return []
    return [
        need
        for need in item_services.awaited(version)
        if actor.has_role(need.role, organisation_id=item_services.deciding_organisation(version, need))
    ]


def _is_inside(actor: Actor, version: Version) -> bool:
    """Whether the actor belongs to the discloser or the recipient."""
    return actor.belongs_to(version.organisation_id) or actor.belongs_to(version.content["recipient"])


def _people(session: Session, actor: Actor, version: Version) -> dict[str, object]:
    """Names of those who wrote and decided, for who is signed in; the public reads roles and organisations."""
    if not actor.is_signed_in:
        return {}
    wanted = [
        version.author_id,
        *(decision.person_id for decision in version.decisions),
        *(comment.person_id for comment in version.comments),
    ]
    return dict(identity.person_labels(session, wanted))


def _offer(session: Session, actor: Actor, form: FlowForm, keep: Version | None = None) -> list[Version]:
    """Fill the form's choices; gives back the model versions on offer.

    ``keep``: the version being changed, whose own model version stays on offer though a newer one is in force.
    """
    own = [one for one in identity.organisations(session) if actor.has_role(Role.DATA_OFFICER, organisation_id=one.id)]
    if keep is not None:
        own = [one for one in own if one.id == keep.organisation_id]
    models = items.current_versions(session, "model")
    if keep is not None and keep.content["model_version"] not in {one.content_hash for one in models}:
        bound = items.version_by_hash(session, keep.content["model_version"])
        models = [*models, bound] if bound else models
    recipients = identity.organisations(session, "recipient")
    form.offer(
        [(one.id, in_language(one.name)) for one in own],
        [(one.content_hash, in_language(pages.titled(one))) for one in models],
        [(one.id, in_language(one.name)) for one in recipients],
    )
    return models


def _suggest(session: Session, form: FlowForm, models: Sequence[Version]) -> None:
    """Begin the form with what is known: the model that the reader came from, today, and a usual threshold."""
    wanted = request.args.get("modell")
    form.model_version.data = next((one.content_hash for one in models if one.item.slug == wanted), None)
    form.threshold.data = 5
    form.valid_from.data = clock.today()


def _mark(form: FlowForm, findings: Sequence[Finding]) -> None:
    """Put what a draft still lacks on its fields."""
    for finding in findings:
        if finding.severity is not Severity.ERROR:
            continue
        for name in fields_of(finding):
            if name in form:
                form[name].errors = [*form[name].errors, readable(finding).title]
