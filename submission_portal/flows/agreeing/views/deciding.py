"""A version of a use: what it says, what stands against it, and the panel for whoever may decide, submit or withdraw."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from legal_checks.secrecy.questions import Side as AnsweringSide
from registry import clock
from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.errors import Invalid, Refused
from registry.findings import Finding, Severity
from registry.hands import Side
from registry.i18n import read as in_language
from registry.i18n import show_date
from registry.items import queries as items
from registry.items import steps
from registry.items.kinds import Requirement
from registry.items.lifecycle import CHANGE_LABELS, Outcome, State
from registry.items.tables import Version
from registry.items.withdrawal_notices import notice_of
from registry.pages.items import CommentForm, difference
from registry.web.guards import access, current_actor
from registry.web.problems import readable
from submission_portal.flows import assessing
from submission_portal.flows import pages as line_pages
from submission_portal.flows.agreeing import services
from submission_portal.flows.agreeing.forms import UseDecisionForm, WithdrawalForm
from submission_portal.flows.agreeing.register import check_against_register
from submission_portal.flows.agreeing.views.blueprint import blueprint
from submission_portal.flows.agreeing.views.reading import about, is_author, may_withdraw, use_item, use_page
from submission_portal.flows.content import read as read_line
from submission_portal.flows.readers import is_inside, people_in
from submission_portal.flows.uses.content import parse, read
from submission_portal.flows.uses.queries import KIND
from submission_portal.legal_questions.question_pages import question_rows


@blueprint.get("/anvandningar/<slug>/version/<int:number>/")
@access.public
def version(slug: str, number: int) -> str:
    """A version of a use with what it changes and the decisions; the decision panel for who may decide."""
    return _version_page(_version(db.session, slug, number))


@blueprint.post("/anvandningar/<slug>/version/<int:number>/skicka")
@access.roles(*services.AUTHORS_OF_EITHER)
def submit(slug: str, number: int) -> Response | tuple[str, int]:
    """Send a draft to both sides."""
    try:
        with transaction() as session:
            services.submit(session, current_actor(), clock.now(), _version(session, slug, number))
    except Invalid as invalid:
        return _version_page(_version(db.session, slug, number), stopped=invalid.findings), 422
    flash(_("The use waits for the recipient's two reviewers and for the region's disclosing officer."), "ok")
    return redirect(url_for("uses.version", slug=slug, number=number))


@blueprint.post("/anvandningar/<slug>/version/<int:number>/besluta/<aspect>")
@access.roles(Role.QUALITY_REVIEWER, Role.LEGAL_REVIEWER, Role.DISCLOSING_OFFICER)
def decide(slug: str, number: int, aspect: str) -> Response | tuple[str, int]:
    """Decide one aspect. What somebody wrote comes back with the page, whatever stops the decision."""
    form = UseDecisionForm()
    if not form.validate_on_submit():
        version, asked = _version(db.session, slug, number), list[Finding]()
        if aspect == services.LEGAL and not form.lets_nothing_through():
            left = services.assess_use(db.session, version, clock.now(), form.answers(), form.replies())
            asked = form.ask(left.findings)
        return _version_page(version, forms={aspect: form}, asked=asked), 422
    try:
        with transaction() as session:
            version = _version(session, slug, number)
            services.decide(
                session, current_actor(), clock.now(), version, aspect=aspect, outcome=Outcome(form.outcome.data),
                reason=form.reason.data or "", answers=form.answers(), replies=form.replies(),
            )  # fmt: skip
            is_published, first = version.state == State.PUBLISHED, version.valid_from
    except Invalid as invalid:
        asked = form.ask(invalid.findings)
        return _version_page(_version(db.session, slug, number), forms={aspect: form}, asked=asked), 422
    except Refused as refusal:
        version = _version(db.session, slug, number)
        return _version_page(version, forms={aspect: form}, refusal=refusal.finding, kept=form), 409
    told = _("Your decision is recorded.")
    if is_published:
        told = _(
            "Your decision is recorded. Both sides have approved: the use applies from %(day)s.", day=show_date(first)
        )
    flash(told, "ok")
    return redirect(url_for("uses.version", slug=slug, number=number))


@blueprint.post("/anvandningar/<slug>/version/<int:number>/aterta")
@access.roles(*services.AUTHORS_OF_EITHER)
def withdraw(slug: str, number: int) -> Response | tuple[str, int]:
    """Give the use up, or take it back: either side alone, at once. A draft is taken back by the side that wrote it."""
    form = WithdrawalForm(ids="aterta-")
    if not form.validate_on_submit():
        return use_page(use_item(db.session, slug), withdrawal_form=form), 422
    try:
        with transaction() as session:
            services.withdraw(
                session, current_actor(), clock.now(), _version(session, slug, number), reason=form.reason.data or ""
            )
    except Refused as refusal:
        item = use_item(db.session, slug)
        return use_page(item, withdrawal_form=form, stopped=readable(refusal.finding)), 409
    flash(_("The use is withdrawn. Nothing more is disclosed for it."), "ok")
    return redirect(url_for("uses.version", slug=slug, number=number))


def _version_page(
    version: Version,
    *,
    forms: dict[str, UseDecisionForm] | None = None,
    asked: Sequence[Finding] = (),
    stopped: Sequence[Finding] = (),
    refusal: Finding | None = None,
    kept: UseDecisionForm | None = None,
) -> str:
    session, actor = db.session, current_actor()
    versions = items.versions_of(session, version.item, actor)
    before = next((one for one in reversed(versions) if one.number < version.number and one.published_at), None)
    mine = _may_decide(session, actor, version)
    chosen = {need.aspect: (forms or {}).get(need.aspect) or UseDecisionForm(formdata=None) for need in mine}
    for aspect, form in chosen.items():
        form.outcome.id, form.reason.id = f"{aspect}-outcome", f"{aspect}-reason"  # somebody may hold two roles
    findings = _findings(session, version)
    legal = chosen.get(services.LEGAL)
    comments = items.latest_comments(session, version)
    fields = difference(items.kind_named(KIND), before, version)
    objection = _objection(session, actor, version)
    return render_template(
        "uses/version.html",
        **about(session, actor, version)
        | {
            "people": people_in(session, actor, version, comments.rows),
        },
        item=version.item,
        version=version,
        before=before,
        change_labels=CHANGE_LABELS,
        changed=[(in_language(field.label), field.tokens) for field in fields if field.is_changed],
        earlier=line_pages.earlier_decisions(version),
        comments=comments,
        comment_form=CommentForm(formdata=None),
        deciding=chosen,
        mine=mine,
        is_author=is_author(actor, version),
        is_inside=is_inside(actor, version),
        findings=[readable(one) for one in (stopped or findings)] if version.is_open else [],
        may_send=is_author(actor, version)
        and version.is_being_written
        and not any(one.severity is Severity.ERROR for one in findings),
        refusal=readable(refusal) if refusal else None,
        objection=readable(objection) if objection else None,
        kept=kept,
        asked=asked,
        ask_rows=question_rows(db.session, [], legal, AnsweringSide.RECIPIENT) if legal else [],
        counts_persons=_counts_persons(session, version),
        withdrawal=notice_of(session, actor, version),
        may_withdraw=may_withdraw(actor, version),
        withdrawal_form=WithdrawalForm(formdata=None, ids="aterta-"),
    )


def _findings(session: Session, version: Version) -> list[Finding]:
    """What the content lacks, and what does not hold against the register, of what is not decided yet."""
    if not version.is_open:
        return []
    return [*parse(version.content)[1], *check_against_register(session, read(version.content), version.item_id)]


def _counts_persons(session: Session, version: Version) -> bool | None:
    bound = items.version_by_hash(session, read(version.content).line_version)
    return assessing.counts_persons(session, read_line(bound.content)) if bound is not None else None


def _version(session: Session, slug: str, number: int) -> Version:
    return items.version_numbered(session, current_actor(), use_item(session, slug), number)


def _objection(session: Session, actor: Actor, version: Version) -> Finding | None:
    """Said to somebody who may not decide because of which side they are on, while there is something to decide."""
    if version.state != State.IN_REVIEW:
        return None
    found = [
        services.one_sided(session, actor, version, Side(need.side))
        for need in steps.awaited(version)
        if _holds(actor, version, need)
    ]
    return next((one for one in found if one is not None), None)


def _may_decide(session: Session, actor: Actor, version: Version) -> list[Requirement]:
    """What this actor may decide now; the service asks the same again."""
    if version.state != State.IN_REVIEW or items.has_contributed(session, version, actor.person_id):
        return []
    if any(decision.person_id == actor.person_id for decision in steps.decisions_of_round(version)):
        return []
    return [
        need
        for need in steps.awaited(version)
        if _holds(actor, version, need) and services.one_sided(session, actor, version, Side(need.side)) is None
    ]


def _holds(actor: Actor, version: Version, need: Requirement) -> bool:
    return actor.has_role(need.role, organisation_id=steps.deciding_organisation(version, need))
