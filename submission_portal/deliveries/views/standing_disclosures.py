"""The pages of standing disclosure decisions: the region's list, one decision, taking one, renewing and withdrawing it."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from information_models.queries import load_model
from legal_checks.finding_texts import FINDING_TEXTS
from legal_checks.secrecy.questions import Side
from registry import clock
from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.errors import Invalid, NotFound, Refused
from registry.findings import Finding, Severity
from registry.i18n import read
from registry.identity import queries as identity
from registry.items import queries as items
from registry.items.tables import Item
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable
from submission_portal.deliveries.pages.standing_disclosures import condition_rows, decision_rows, line_title
from submission_portal.deliveries.standing_disclosures import deciding, queries
from submission_portal.deliveries.standing_disclosures.forms import StandingDisclosureForm, WithdrawalForm, form_class
from submission_portal.deliveries.standing_disclosures.resting import why_over
from submission_portal.deliveries.tables import StandingDisclosure
from submission_portal.deliveries.views.blueprint import blueprint
from submission_portal.flows import queries as flows
from submission_portal.flows.queries import Standing
from submission_portal.flows.uses.queries import that_may_be_named, uses_in_versions
from submission_portal.flows.uses.standing import highest_threshold
from submission_portal.legal_questions.question_pages import question_rows

OF_QUESTIONS = frozenset(entry.code for entry in FINDING_TEXTS)
"""What is found of the answers, and stands at the questions."""


@blueprint.get("/staende-beslut/")
@access.roles(*queries.READERS)
def standing_disclosures() -> str:
    """The region's standing decisions, and the lines that one can be taken for."""
    session, actor, on = db.session, current_actor(), clock.today()
    page = queries.list_decisions(session, actor, page=page_asked_for())
    deciding_for = actor.organisations(Role.DISCLOSING_OFFICER)
    lines = [one for one in flows.open_flows(session, actor, on) if one.organisation_id in deciding_for]
    return render_template(
        "deliveries/standing_disclosures.html",
        page=page,
        rows=decision_rows(session, page.rows, on),
        lines=[(one.item.slug, line_title(one)) for one in lines],
    )


@blueprint.get("/staende-beslut/<decision_id>/")
@access.roles(*queries.READERS)
def standing_disclosure(decision_id: str) -> str:
    """One decision: what it is about, its conditions, its answers, and what has gone under it."""
    session, actor, on = db.session, current_actor(), clock.today()
    decision = queries.decision_for(session, actor, decision_id)
    loaded = load_model(session, decision.model_version_hash)
    version = items.version_by_hash(session, decision.line_version_hash)
    over = why_over(session, decision, on)
    gone = queries.gone_under(session, decision)
    uses = uses_in_versions(session, list(decision.named.items()))
    may_decide = actor.may_decide(Role.DISCLOSING_OFFICER, organisation_id=decision.organisation_id)
    return render_template(
        "deliveries/standing_disclosure.html",
        decision=decision,
        row=decision_rows(session, [decision], on)[0],
        line=version,
        conditions=condition_rows(decision, loaded),
        over=readable(over) if over else None,
        uses=[uses[key] for key in decision.named.items() if key in uses],
        gone=gone,
        questions=question_rows(session, [(Side.DISCLOSER, decision.assessment)]),
        organisations={one.id: one for one in identity.organisations(session)},
        people=identity.person_labels(session, [decision.person_id, decision.withdrawn_by]),
        renewed=session.get(StandingDisclosure, decision.renews_id) if decision.renews_id else None,
        may_withdraw=may_decide and not deciding.is_over(decision, on),
        may_renew=may_decide and version is not None,
    )


@blueprint.route("/staende-beslut/nytt/<slug>/", methods=["GET", "POST"])
@access.roles(Role.DISCLOSING_OFFICER)
def decide_standing(slug: str) -> Answer | str | tuple[str, int]:
    """Take a standing decision for a line; renewing one begins from what it says."""
    session, actor = db.session, current_actor()
    item = flows.flow_item(session, slug)
    if not actor.has_role(Role.DISCLOSING_OFFICER, organisation_id=item.organisation_id):
        raise NotFound("flow")
    renewed = _renewed(session, actor, item)
    try:
        bound = deciding.line_today(session, item, clock.today())
    except Refused as refused:
        return _closed_page(item, refused.finding), 409
    form = _form(session, bound, renewed)
    if request.method == "GET":
        return _deciding_page(session, item, bound, form, renewed)
    if not form.validate_on_submit():
        loaded = load_model(session, bound.flow.model_version)
        assessed = deciding.assess_answers(loaded, clock.today(), form.answers(), form.replies())
        findings = () if assessed.is_complete else assessed.findings
        return _deciding_page(session, item, bound, form, renewed, findings=findings), 422
    try:
        with transaction() as writing:
            made = deciding.decide(
                writing,
                actor,
                clock.now(),
                writing.get_one(Item, item.id),
                uses=form.uses.data or (),
                valid_from=form.valid_from.data,
                valid_to=form.valid_to.data,
                conditions=form.conditions(load_model(writing, bound.flow.model_version).model),
                answers=form.answers(),
                replies=form.replies(),
                registry_number=form.registry_number.data or "",
                reason=form.reason.data or "",
                renews=renewed,
            ).id
    except Invalid as invalid:
        return _deciding_page(db.session, item, bound, form, renewed, findings=invalid.findings), 422
    except Refused as refused:
        left = form.tell([refused.finding])
        return _deciding_page(db.session, item, bound, form, renewed, refusal=left[0] if left else None), 409
    flash(_("Decided. Deliveries that meet the conditions can be sent without a decision of their own."), "ok")
    return redirect(url_for("deliveries.standing_disclosure", decision_id=made))


@blueprint.route("/staende-beslut/<decision_id>/aterta/", methods=["GET", "POST"])
@access.roles(Role.DISCLOSING_OFFICER)
def withdraw_standing(decision_id: str) -> Answer | str | tuple[str, int]:
    """Withdraw a standing decision at once."""
    session, actor = db.session, current_actor()
    decision = queries.decision_for(session, actor, decision_id)
    form = WithdrawalForm()
    if request.method == "GET":
        return _withdrawal_page(session, decision, form)
    if not form.validate_on_submit():
        return _withdrawal_page(session, decision, form), 422
    try:
        with transaction() as writing:
            held = queries.decision_for(writing, actor, decision_id)
            deciding.withdraw(writing, actor, clock.now(), held, reason=form.reason.data or "")
    except Refused as refused:
        decision = queries.decision_for(db.session, actor, decision_id)
        return _withdrawal_page(db.session, decision, form, refused.finding), 409
    flash(_("Withdrawn. Nothing more goes under it."), "ok")
    return redirect(url_for("deliveries.standing_disclosure", decision_id=decision_id))


def _renewed(session: Session, actor: Actor, item: Item) -> StandingDisclosure | None:
    """The decision of the line that is renewed, where the address names one."""
    if not (named := request.args.get("fornyar", "")):
        return None
    decision = queries.decision_for(session, actor, named)
    return decision if decision.line_item_id == item.id else None


def _form(session: Session, bound: Standing, renewed: StandingDisclosure | None) -> StandingDisclosureForm:
    """The form, filled in with what is renewed, or else with what is usual."""
    on = clock.today()
    candidates = that_may_be_named(bound.uses, on)
    model = load_model(session, bound.flow.model_version).model
    form = form_class(model, highest_threshold(candidates))()
    form.uses.choices = [(one.ref, read(one.use.title)) for one in candidates]
    if request.method != "GET":
        return form
    known = {one.ref for one in candidates}
    form.valid_from.data = on
    if renewed is not None:
        form.begin_from(renewed)
        form.uses.data = sorted(known & set(renewed.named))
        form.valid_from.data = max(on, renewed.valid_to + timedelta(days=1)) if renewed.covers_day(on) else on
    elif len(known) == 1:
        form.uses.data = sorted(known)
    return form


def _deciding_page(
    session: Session,
    item: Item,
    bound: Standing,
    form: StandingDisclosureForm,
    renewed: StandingDisclosure | None,
    *,
    findings: tuple[Finding, ...] = (),
    refusal: Finding | None = None,
) -> str:
    about_questions = [one for one in findings if one.code in OF_QUESTIONS]
    others = form.tell([one for one in findings if one not in about_questions])
    asked = form.ask(about_questions)
    on = clock.today()
    candidates = that_may_be_named(bound.uses, on)
    return render_template(
        "deliveries/decide_standing.html",
        item=item,
        line=bound.flow,
        form=form,
        renewed=renewed,
        candidates=candidates,
        latest=deciding.last_day_of(bound, candidates) if candidates else bound.flow.valid_to,
        questions=question_rows(session, [], form, Side.DISCLOSER),
        asked=[one for one in asked if one.severity is Severity.QUESTION],
        stopped=[readable(one) for one in (*others, *([refusal] if refusal else []))],
        organisations={one.id: one for one in identity.organisations(session)},
    )


def _closed_page(item: Item, finding: Finding) -> str:
    return render_template("deliveries/decide_standing.html", item=item, form=None, stopped=[readable(finding)])


def _withdrawal_page(
    session: Session, decision: StandingDisclosure, form: WithdrawalForm, refusal: Finding | None = None
) -> str:
    return render_template(
        "deliveries/withdraw_standing.html",
        decision=decision,
        row=decision_rows(session, [decision], clock.today())[0],
        form=form,
        refusal=readable(refusal) if refusal else None,
    )
