"""The pages that every kind of item shares: review with decision panel, comparison of two versions, and the acts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import DateField, RadioField, SelectField, TextAreaField
from wtforms.validators import Length, Optional

from registry import clock, dependants
from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.errors import Invalid, NotFound, Refused
from registry.findings import Finding, Language, Severity, Text
from registry.i18n import current_language, read, show_date
from registry.identity import queries as identity
from registry.items import queries, services, steps, withdrawing
from registry.items.change_sets import queries as change_sets
from registry.items.diff import FieldDiff, outline_diff
from registry.items.kinds import ItemKind, Requirement
from registry.items.lifecycle import CHANGE_LABELS, STATE_LABELS, Change, Outcome, State, class_named
from registry.items.mentions import names_of
from registry.items.outlines import Content
from registry.items.tables import Decision, Version
from registry.items.withdrawal_notices import notice_of
from registry.pages.touched import TouchedRows, touched_rows
from registry.pages.warnings import warned
from registry.plugin import Evidence, House
from registry.web.forms import Form, required
from registry.web.guards import access, current_actor
from registry.web.page_addresses import address_of_all, page_asked_for
from registry.web.problems import readable
from registry.web.revalidation import revalidate

DRAFT_ASKED_FOR = "utkast"
"""In the address of a form: the id of the draft that is changed, where an item has several."""
blueprint = Blueprint("items", __name__)
revalidate(blueprint)


class DecisionForm(Form):
    """One decision on one aspect."""

    outcome = RadioField(
        _l("Decision"),
        [required(_l("Choose a decision."))],
        choices=[
            (Outcome.APPROVE.value, _l("Approve")),
            (Outcome.RETURN.value, _l("Return for completion")),
            (Outcome.REJECT.value, _l("Reject")),
        ],
    )
    reason = TextAreaField(
        _l("Reasons"),
        [required(_l("Write the reasons.")), Length(max=5000)],
        description=_l("Shown to everyone who may see the version."),
    )


class SubmitForm(Form):
    """Sending a draft to review."""

    change = SelectField(
        _l("What does the version change?"),
        choices=[
            (Change.EDITORIAL.value, _l("Editorial: nothing is counted differently")),
            (Change.NARROWER.value, _l("Narrower: less is counted")),
            (Change.WIDER.value, _l("Wider: more is counted")),
            (Change.DIFFERENT.value, _l("Different: something else is counted")),
            (Change.UNKNOWN.value, _l("Unclear: it cannot be told what is counted differently")),
            (Change.MEANING.value, _l("Meaning: something may be counted differently")),
        ],
    )

    overruling = TextAreaField(
        _l("Why it is editorial all the same"),
        [Optional(), Length(max=5000)],
        description=_l("Only where the registry computes more. Shown to everybody whom the version concerns."),
    )
    transition_until = DateField(
        _l("Transition until"),
        [Optional()],
        description=_l("By when what rests on it ought to have moved, where the meaning changes. It stops nothing."),
    )


class PublishForm(Form):
    """Publishing a decided version."""

    valid_from = DateField(_l("Valid from"), [required(_l("Give the day from which the version applies."))])


class ReasonForm(Form):
    """Withdrawing a version that binds nobody yet, or a kind that the author's side withdraws alone."""

    reason = TextAreaField(_l("Reasons"), [required(_l("Write the reasons.")), Length(max=5000)])


class CommentForm(Form):
    """A remark."""

    text = TextAreaField(_l("Comment"), [required(_l("Write something first.")), Length(max=5000)])


@blueprint.get("/granskning/version/<version_id>")
@access.public
def review(version_id: str) -> str | Response:
    """A version with what it changes, what rests on its predecessor, what was said and decided, and what to do.

    A kind with a review page of its own is sent there.
    """
    version = queries.version_for(db.session, current_actor(), version_id)
    kind = queries.kind_named(version.item.kind)
    return redirect(kind.review_url(version)) if kind.review_url else _review_page(version)


@blueprint.post("/granskning/version/<version_id>/skicka")
@access.signed_in
def submit(version_id: str) -> Response | tuple[str, int]:
    form = SubmitForm()
    try:
        with transaction() as session:
            actor = current_actor()
            version = queries.version_for(session, actor, version_id)
            change = Change.NEW if _published_before(session, actor, version) is None else _named_change(form)
            services.submit(
                session, actor, clock.now(), version, change=change, transition_until=form.transition_until.data,
                overruling=form.overruling.data or "",
            )  # fmt: skip
    except Refused as refusal:
        told = readable(refusal.finding)
        if told.field not in form:
            raise
        form[told.field].errors = [told.in_full]
        return _review_page(queries.version_for(db.session, current_actor(), version_id), forms={"submit": form}), 409
    except Invalid as invalid:
        version = queries.version_for(db.session, current_actor(), version_id)
        return _review_page(version, forms={"submit": form}, stopped=invalid.findings), 422
    flash(_("The version has been sent to review."), "ok")
    return redirect(url_for("items.review", version_id=version_id))


@blueprint.post("/granskning/version/<version_id>/besluta/<aspect>")
@access.signed_in
def decide(version_id: str, aspect: str) -> Response | str | tuple[str, int]:
    form = DecisionForm(ids=f"{aspect}-")
    if not form.validate_on_submit():
        version = queries.version_for(db.session, current_actor(), version_id)
        return _review_page(version, forms={aspect: form}), 422
    try:
        with transaction() as session:
            version = queries.version_for(session, current_actor(), version_id)
            services.decide(
                session, current_actor(), clock.now(), version,
                requirement=aspect, outcome=Outcome(form.outcome.data), reason=form.reason.data or "",
            )  # fmt: skip
    except Refused as refusal:
        version = queries.version_for(db.session, current_actor(), version_id)
        return _review_page(version, refusal=refusal, kept=form.reason.data), 409
    flash(_("Your decision is recorded."), "ok")
    return redirect(url_for("items.review", version_id=version_id))


@blueprint.post("/granskning/version/<version_id>/publicera")
@access.signed_in
def publish(version_id: str) -> Response | tuple[str, int]:
    form = PublishForm()
    if not form.validate_on_submit():
        return _review_page(queries.version_for(db.session, current_actor(), version_id), forms={"publish": form}), 422
    try:
        with transaction() as session:
            version = queries.version_for(session, current_actor(), version_id)
            services.publish(session, current_actor(), clock.now(), version, valid_from=form.valid_from.data)
            target = queries.kind_named(version.item.kind).url(version.item)
            is_coming, first = version.is_coming(clock.today()), version.valid_from
    except Refused as refusal:
        told = readable(refusal.finding)
        form.valid_from.errors = [f"{told.body} {told.mend}"]
        return _review_page(queries.version_for(db.session, current_actor(), version_id), forms={"publish": form}), 409
    if is_coming:
        flash(_("The version is published, and applies from %(day)s.", day=show_date(first)), "ok")
    else:
        flash(_("The version is published."), "ok")
    return redirect(target)


@blueprint.post("/granskning/version/<version_id>/aterta")
@access.signed_in
def withdraw(version_id: str) -> Response | tuple[str, int]:
    form = ReasonForm(ids="aterta-")
    if not form.validate_on_submit():
        return _review_page(queries.version_for(db.session, current_actor(), version_id), forms={"withdraw": form}), 422
    with transaction() as session:
        version = queries.version_for(session, current_actor(), version_id)
        withdrawing.withdraw(session, current_actor(), clock.now(), version, reason=form.reason.data or "")
    flash(_("The version is withdrawn."), "ok")
    return redirect(url_for("items.review", version_id=version_id))


@blueprint.post("/granskning/version/<version_id>/kommentera")
@access.signed_in
def comment(version_id: str) -> Response | tuple[str, int]:
    form = CommentForm()
    if not form.validate_on_submit():
        return _review_page(queries.version_for(db.session, current_actor(), version_id), forms={"comment": form}), 422
    with transaction() as session:
        version = queries.version_for(session, current_actor(), version_id)
        services.comment(session, current_actor(), clock.now(), version, text=form.text.data or "")
    flash(_("Your comment is kept."), "ok")
    return redirect(url_for("items.review", version_id=version_id) + "#kommentarer")


@blueprint.get("/granskning/version/<version_id>/kommentarer/")
@access.public
def comments(version_id: str) -> str:
    """Everything that was said about a version, page by page. For those who may read it on the version's own page."""
    session, actor = db.session, current_actor()
    version = queries.version_for(session, actor, version_id)
    kind = queries.kind_named(version.item.kind)
    if kind.review_url and not actor.is_signed_in:
        raise NotFound("comments")
    page = queries.comments_on(session, version, page_asked_for())
    return render_template(
        "items/comments.html", version=version, kind=kind, name=kind.title(version.content), page=page,
        people=identity.person_labels(session, [one.person_id for one in page.rows]),
        version_url=kind.review_url(version) if kind.review_url else url_for("items.review", version_id=version.id),
    )  # fmt: skip


@blueprint.get("/jamfor/<item_id>")
@access.public
def compare(item_id: str) -> str:
    """Any two versions of an item, field by field and word by word."""
    actor = current_actor()
    item = queries.item_by_id(db.session, item_id)
    versions = queries.versions_of(db.session, item, actor) if item else []
    if not item or not versions:
        raise NotFound("item")
    numbers = [version.number for version in versions]
    first = request.args.get("fran", type=int) or (numbers[-2] if len(numbers) > 1 else numbers[-1])
    second = request.args.get("till", type=int) or numbers[-1]
    before = next((version for version in versions if version.number == first), None)
    after = next((version for version in versions if version.number == second), None)
    if before is None or after is None:
        raise NotFound("version")
    kind = queries.kind_named(item.kind)
    fields = difference(kind, before, after)
    return render_template(
        "items/compare.html", item=item, kind=kind, before=before, after=after, name=kind.title(after.content),
        choices=[(one.number, _standing(one)) for one in versions],
        fields=fields, differing=sum(field.is_changed for field in fields),
    )  # fmt: skip


def _standing(version: Version) -> str:
    """Where a version is in its life, in words that follow its number."""
    today = clock.today()
    if version.is_coming(today):
        return str(_("applies from %(day)s", day=show_date(version.valid_from)))
    return read(STATE_LABELS[State.PUBLISHED if version.is_in_force(today) else State(version.state)]).lower()


def _review_page(
    version: Version,
    *,
    forms: dict[str, Form] | None = None,
    refusal: Refused | None = None,
    kept: str | None = None,
    stopped: Sequence[Finding] = (),
) -> str:
    actor, session = current_actor(), db.session
    kind = queries.kind_named(version.item.kind)
    before = _published_before(session, actor, version)
    comments = queries.latest_comments(session, version)
    people = identity.person_labels(
        session,
        [version.author_id, *(d.person_id for d in version.decisions), *(c.person_id for c in comments.rows)],
    )
    forms = forms or {}
    is_member = version.change_set_id is not None and version.is_open
    chosen = {
        need.aspect: forms.get(need.aspect) or DecisionForm(ids=f"{need.aspect}-")
        for need in (() if kind.review_url or is_member else _mine(session, actor, version, kind))
    }
    if kept and chosen:
        next(iter(chosen.values())).reason.data = kept
    own = actor.has_role(*kind.author_roles, organisation_id=version.organisation_id)
    touched = touched_rows([version.item]) if version.is_open else TouchedRows()
    warnings = warned(session, actor, [(kind, version)] if version.is_open else []).get(version.id, [])
    # What keeps a draft from being sent is said with what else does.
    stopping = [one for one in warnings if version.is_being_written and one.severity is Severity.ERROR]
    warnings = [one for one in warnings if one not in stopping]
    publish_form = forms.get("publish") or PublishForm(valid_from=_first_day(before))
    taken = {decision.aspect: decision for decision in steps.decisions_of_round(version)}
    return render_template(
        "items/review.html", warnings=warnings, touched=touched.rows, is_touched_cut=touched.is_cut, version=version, kind=kind, name=kind.title(version.content), before=before,
        fields=difference(kind, before, version), affected=dependants.affected(session, actor, _refs_before(session, version)),
        url_of=address_of_all(version.item_id, before=version.number), people=people,
        organisations={one.id: one for one in identity.organisations(session)},
        aspects=[_aspect_row(version, need, taken.get(need.aspect)) for need in kind.requirements_for(version.content)],
        earlier=[one for one in version.decisions if one not in taken.values()],
        deciding=[(need, chosen[need.aspect]) for need in kind.requirements_for(version.content) if need.aspect in chosen], is_author=own, is_mine=actor.person_id == version.author_id, findings=[*_findings(kind, version), *stopping], stopped=list(map(readable, stopped)),
        submit_form=forms.get("submit") or SubmitForm(change=Change.MEANING.value),
        graver=steps.computed_graver(session, kind, version) if version.is_open else (), publish_form=publish_form,
        evidence=_evidence(session, actor, version),
        may_publish=version.state == State.DECIDED and not is_member and (own or _may_decide_any(actor, version, kind)),
        withdraw_form=forms.get("withdraw") or ReasonForm(ids="aterta-"), comment_form=forms.get("comment") or CommentForm(),
        comments=comments, refusal=readable(refusal.finding) if refusal else None, state_labels=STATE_LABELS, change_labels=CHANGE_LABELS,
        item_url=kind.url(version.item), edit_url=edit_url_of(kind, version) if own else None,
        change_set=change_sets.set_of(session, actor, version), is_member=is_member, may_join=own and kind.joins_sets,
        newer=queries.overtaken_by(session, version) if version.is_open else None,
        may_withdraw=version.state == State.PUBLISHED and withdrawing.may_propose(actor, version, kind),
        withdrawal=notice_of(session, actor, version), role_label=Role.label, own_page=kind.review_url(version) if kind.review_url else None,
    )  # fmt: skip


def _evidence(session: Session, actor: Actor, version: Version) -> list[Evidence]:
    """What the packages know of a version that is not published."""
    house: House = current_app.extensions["registry"]
    given = (give(session, actor, version) for give in house.evidence) if version.is_open else ()
    return [one for one in given if one is not None]


@dataclass(frozen=True, slots=True)
class AspectRow:
    """One aspect of the review: how it stands, as a status and its word, and the decision where there is one."""

    label: Text
    status: tuple[str, str]
    decision: Decision | None


def _aspect_row(version: Version, need: Requirement, decision: Decision | None) -> AspectRow:
    if decision is not None:
        words = {Outcome.APPROVE: _("Approved"), Outcome.RETURN: _("Returned"), Outcome.REJECT: _("Rejected")}
        outcome = Outcome(decision.outcome)
        status = ("ok" if outcome is Outcome.APPROVE else "stop", words[outcome])
    elif version.state == State.IN_REVIEW:
        status = ("wait", _("Waits for %(role)s", role=read(need.role.label)))
    else:
        status = ("idle", _("Not asked yet"))
    return AspectRow(need.label, status, decision)


def _published_before(session: Session, actor: Actor, version: Version) -> Version | None:
    """The latest version before ``version`` that was published: what it changes.

    One that was withdrawn is passed over where the one before it goes on in its place.
    """
    versions = [one for one in queries.versions_of(session, version.item, actor) if one.number < version.number]
    published = [one for one in reversed(versions) if one.published_at]
    return next((one for one in published if one.state == State.PUBLISHED), published[0] if published else None)


def edit_url_of(kind: ItemKind, version: Version) -> str | None:
    """Where a version that is being written is changed. One in a change set says that it is the one that is meant."""
    if kind.edit_url is None or version.change_set_id is None:
        return kind.edit_url(version.item) if kind.edit_url else None
    return f"{kind.edit_url(version.item)}?{DRAFT_ASKED_FOR}={version.id}"


def _refs_before(session: Session, version: Version) -> list[str]:
    """Every version before this one that something may rest on still: who has not moved to the last one is affected too."""
    versions = queries.versions_of(session, version.item)
    return [one.ref for one in versions if one.number < version.number and one.published_at]


def _first_day(before: Version | None) -> date:
    """The day that is proposed for a publication: today, or the first that the version before it leaves free."""
    earliest = steps.first_day_after(before.valid_from) if before else None
    return max(filter(None, (clock.today(), earliest)))


def _named_change(form: SubmitForm) -> Change:
    """What the sender says that the version changes."""
    return class_named(form.change.data)


def difference(kind: ItemKind, before: Version | None, after: Version) -> list[FieldDiff]:
    """What the one version says beside the other, with the items that they mention by their names."""
    return content_difference(kind, before.content if before else None, after.content)


def content_difference(
    kind: ItemKind, before: Content | None, after: Content, language: Language | None = None
) -> list[FieldDiff]:
    """The same of two contents, whether they are kept or not, in the reader's language or in another."""
    old, new = kind.outline(before) if before is not None else (), kind.outline(after)
    return outline_diff(old, new, language or current_language(), names_of(db.session, current_actor(), (*old, *new)))


def _mine(session: Session, actor: Actor, version: Version, kind: ItemKind) -> list[Requirement]:
    """What this actor may decide now: their role, somebody else's version, and nothing decided by them this round."""
    if version.state != State.IN_REVIEW or actor.person_id == version.author_id:
        return []
    taken = steps.decisions_of_round(version)
    if any(decision.person_id == actor.person_id for decision in taken):
        return []
    return [
        need
        for need in steps.awaited(version)
        if actor.has_role(need.role, organisation_id=steps.deciding_organisation(version, need))
    ]


def _may_decide_any(actor: Actor, version: Version, kind: ItemKind) -> bool:
    return any(
        actor.has_role(need.role, organisation_id=steps.deciding_organisation(version, need))
        for need in kind.requirements_for(version.content)
    )


def _findings(kind: ItemKind, version: Version) -> list:  # type: ignore[type-arg]
    if not version.is_being_written:
        return []
    return [readable(finding) for finding in kind.parse(version.content)[1]]
