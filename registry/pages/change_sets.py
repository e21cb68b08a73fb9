"""Change sets: the list of them, and one with its members, its checks, its decisions and what can be done with it."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from registry import clock, dependants
from registry.actors import SYSTEM, Actor
from registry.db import db, transaction
from registry.dependants import Group
from registry.errors import Invalid, NotFound, Refused
from registry.findings import Text
from registry.i18n import show_date
from registry.identity import queries as identity
from registry.items.change_sets import deciding, examining, jobs, queries, writing
from registry.items.change_sets.acts import Decide, Publish, SetAct, Submit
from registry.items.change_sets.examining import Examination
from registry.items.change_sets.queries import Member
from registry.items.lifecycle import OPEN, Outcome, State, class_named
from registry.items.steps import ChangedMeanwhile, first_day_after
from registry.items.tables import ChangeSet, Version
from registry.pages import change_set_rows, drafts
from registry.pages.items import DecisionForm, PublishForm, blueprint
from registry.pages.touched import touched_rows
from registry.web.forms import Form, required
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable

VIEW, WRONG = "visa", "fel"
"""The parameter of an address that shows only what errors were found in, and its value."""
CLASS = "klass-"
"""Before the id of a version in the name of the field that gives its class."""


class SetForm(Form):
    """What a change set is called, and why it is made."""

    title = StringField(
        _l("Name"),
        [required(_l("Write a name.")), Length(max=writing.LONGEST_TITLE)],
        description=_l("What the changes are about together, in a few words."),
    )
    reason = TextAreaField(_l("Reasons"), [Length(max=5000)], description=_l("Shown to everyone who may see the set."))


class TransitionForm(Form):
    """By when what rests on the changes ought to have moved."""

    transition_until = DateField(
        _l("Transition until"),
        [Optional()],
        description=_l("By when what rests on it ought to have moved, where the meaning changes. It stops nothing."),
    )


@blueprint.get("/andringspaket/")
@access.public
def change_sets() -> str:
    """The sets that the reader may see: those that are open first."""
    session, actor = db.session, current_actor()
    page = queries.sets_for(session, actor, page_asked_for())
    counts = queries.counts_of(session, page.rows)
    return render_template(
        "items/change_sets.html",
        page=page.of(lambda one: (one, change_set_rows.counted(counts[one.id]))),
        organisations={one.id: one for one in identity.organisations(session)},
        may_write=bool(actor.organisations(*queries.author_roles())),
    )


@blueprint.route("/andringspaket/nytt", methods=["GET", "POST"])
@access.signed_in
def new_change_set() -> Response | str | tuple[str, int]:
    """A set with nothing in it yet. Raises `Forbidden` for whoever writes nothing."""
    form = SetForm()
    if form.validate_on_submit():
        try:
            with transaction() as session:
                actor = current_actor()
                own = sorted(actor.organisations(*queries.author_roles()))
                made = writing.create(
                    session, actor, clock.now(), organisation_id=own[0] if own else "",
                    title=form.title.data or "", reason=form.reason.data or "",
                ).id  # fmt: skip
        except Refused as refusal:
            form.title.errors = [readable(refusal.finding).body]
            return render_template("items/change_set_form.html", form=form, change_set=None), 409
        flash(_("The change set is made. Put changes into it from the pages of what they change."), "ok")
        return redirect(url_for("items.change_set", set_id=made))
    page = render_template("items/change_set_form.html", form=form, change_set=None)
    return (page, 422) if request.method == "POST" else page


@blueprint.route("/andringspaket/<set_id>/namn", methods=["GET", "POST"])
@access.signed_in
def describe_change_set(set_id: str) -> Response | str | tuple[str, int]:
    """Another name, other reasons."""
    change_set = queries.set_for(db.session, current_actor(), set_id)
    form = SetForm(title=change_set.title, reason=change_set.reason)
    start, status = drafts.FormStart(request.form.get(drafts.FIELD, change_set.mark)), 422
    url = url_for("items.change_set", set_id=set_id)
    if form.validate_on_submit():
        try:
            with transaction() as session:
                writing.describe(
                    session, current_actor(), clock.now(), queries.set_for(session, current_actor(), set_id),
                    title=form.title.data or "", reason=form.reason.data or "", started_from=request.form.get(drafts.FIELD),
                )  # fmt: skip
        except ChangedMeanwhile as refusal:
            form.form_errors.append(readable(refusal.finding).in_full)
            there, status = queries.set_for(db.session, current_actor(), set_id), 409
            start = drafts.overtaken(
                there.mark,
                url,
                [
                    (Text("Namn", "Name"), there.title, form.title.data or ""),
                    (Text("Skäl", "Reasons"), there.reason, form.reason.data or ""),
                ],
            )
        else:
            return redirect(url)
    page = render_template("items/change_set_form.html", form=form, change_set=change_set, start=start)
    return (page, status) if request.method == "POST" else page


@blueprint.get("/andringspaket/<set_id>/")
@access.public
def change_set(set_id: str) -> str:
    """A set with what it changes, what was found of it, how far the decisions are, and what can be done."""
    return _page(_asked_for(set_id))


@blueprint.post("/andringspaket/<set_id>/kontrollera")
@access.signed_in
def check_change_set(set_id: str) -> Response | str | tuple[str, int]:
    """Check the whole now, or have the worker check a large one."""
    change_set = _asked_for(set_id)
    if not examining.is_large(queries.count_of(db.session, change_set)):
        return _page(change_set, examination=examining.examine(db.session, change_set))
    try:
        with transaction(bookkeeping=True) as session:
            jobs.ask(session, clock.now(), queries.set_for(session, current_actor(), set_id))
    except Refused as refused:
        return _stopped(set_id, refused)
    return redirect(url_for("items.change_set", set_id=set_id))


@blueprint.post("/andringspaket/<set_id>/skicka")
@access.signed_in
def submit_change_set(set_id: str) -> Response | tuple[str, int]:
    """Keep what each change is said to be, and send the set to review unless only that was asked for."""
    _asked_for(set_id)
    try:
        _classify(set_id)
        if request.form.get("step") == "keep":
            flash(_("Kept."), "ok")
            return redirect(url_for("items.change_set", set_id=set_id))
        return _taken(
            set_id, Submit(TransitionForm().transition_until.data), _("The change set has been sent to review.")
        )
    except (Refused, Invalid) as stopped:
        return _stopped(set_id, stopped)


@blueprint.post("/andringspaket/<set_id>/besluta/<aspect>")
@access.signed_in
def decide_change_set(set_id: str, aspect: str) -> Response | tuple[str, int]:
    form = DecisionForm(ids=f"{aspect}-")
    if not form.validate_on_submit():
        return _page(_asked_for(set_id), forms={aspect: form}), 422
    reason = form.reason.data or ""
    act = Decide(aspect, Outcome(form.outcome.data), reason, request.form.get("manifest", ""))
    try:
        return _taken(set_id, act, _("Your decision is recorded."))
    except (Refused, Invalid) as stopped:
        return _stopped(set_id, stopped, forms={aspect: form}, kept=reason)


@blueprint.post("/andringspaket/<set_id>/publicera")
@access.signed_in
def publish_change_set(set_id: str) -> Response | tuple[str, int]:
    form = PublishForm()
    if not form.validate_on_submit():
        return _page(_asked_for(set_id), forms={"publish": form}), 422
    told = _("The change set is published, and applies from %(day)s.", day=show_date(form.valid_from.data))
    try:
        return _taken(set_id, Publish(form.valid_from.data), told)
    except (Refused, Invalid) as stopped:
        return _stopped(set_id, stopped, forms={"publish": form})


def _taken(set_id: str, act: SetAct, told: str) -> Response:
    """Take the act, and lead back to the page; of a large set it shows how far the worker has come."""
    if jobs.take(set_id, current_actor(), act):
        flash(told, "ok")
    return redirect(url_for("items.change_set", set_id=set_id))


@blueprint.post("/andringspaket/<set_id>/dra-tillbaka")
@access.signed_in
def call_back_change_set(set_id: str) -> Response | tuple[str, int]:
    return _done(set_id, writing.call_back, _("The change set is called back. Go on with it, and send it again."))


@blueprint.post("/andringspaket/<set_id>/aterta")
@access.signed_in
def withdraw_change_set(set_id: str) -> Response | tuple[str, int]:
    return _done(set_id, writing.withdraw, _("The change set is given up. What was in it stays readable."))


@blueprint.post("/andringspaket/<set_id>/ta-ut/<version_id>")
@access.signed_in
def take_out_of_change_set(set_id: str, version_id: str) -> Response | tuple[str, int]:
    def act(session: Session, actor: Actor, now: datetime, found: ChangeSet) -> None:
        members = [one for one in queries.members_of(session, found) if one.version.id == version_id]
        if not members:
            raise NotFound("version")
        writing.take_out(session, actor, now, found, members[0])

    return _done(set_id, act, _("Taken out of the set."))


def _done(set_id: str, act: Callable[..., None], told: str) -> Response | tuple[str, int]:
    try:
        with transaction() as session:
            act(session, current_actor(), clock.now(), queries.set_for(session, current_actor(), set_id))
    except Refused as refusal:
        return _stopped(set_id, refusal)
    flash(told, "ok")
    return redirect(url_for("items.change_set", set_id=set_id))


def _asked_for(set_id: str) -> ChangeSet:
    return queries.set_for(db.session, current_actor(), set_id)


def _classify(set_id: str) -> None:
    """Keep the classes that the form gives. Nothing is written where it gives none."""
    given = {name.removeprefix(CLASS): value for name, value in request.form.items() if name.startswith(CLASS)}
    if not given:
        return
    with transaction() as session:
        found = queries.set_for(session, current_actor(), set_id)
        told = [
            (version, class_named(given[version.id]))
            for version in queries.versions_in(session, found)
            if version.id in given
        ]
        writing.classify(session, current_actor(), clock.now(), found, told)


def _stopped(
    set_id: str, stopped: Refused | Invalid, *, forms: Mapping[str, Form] | None = None, kept: str = ""
) -> tuple[str, int]:
    """The page with what stopped the act: a rule, or what was found of the whole."""
    db.session.rollback()
    change_set = _asked_for(set_id)
    if isinstance(stopped, Refused):
        return _page(change_set, forms=forms, refusal=stopped, kept=kept), 409
    large = examining.is_large(queries.count_of(db.session, change_set))
    found = None if large else examining.examine(db.session, change_set)
    return _page(change_set, forms=forms, examination=found), 409


def _page(
    change_set: ChangeSet,
    *,
    forms: Mapping[str, Form] | None = None,
    refusal: Refused | None = None,
    kept: str = "",
    examination: Examination | None = None,
) -> str:
    session, actor, given = db.session, current_actor(), forms or {}
    writes = _writes(session, actor, change_set)
    only_errors = request.args.get(VIEW) == WRONG
    page = queries.page_of_members(session, change_set, page_asked_for(), only_errors=only_errors)
    ids = [member.version.item_id for member in page.rows]
    told = examining.told_of(examination, ids) if examination else None
    if told is None and _is_told(actor, change_set):
        told = examining.told(session, change_set, ids)
    rows = change_set_rows.member_rows(session, actor, change_set, page.rows, told, writes=writes)
    aspects = change_set_rows.aspect_rows(session, change_set)
    is_shown = change_set.is_open and not examining.is_large(queries.count_of(session, change_set))
    members = queries.members_of(session, change_set) if is_shown else []
    touched = touched_rows([member.version.item for member in members])
    job = jobs.working(session, change_set)
    mine = change_set_rows.deciding(session, actor, change_set, aspects) if job is None else []
    decisions = [one.decision for one in aspects if one.decision]
    refused = refusal.finding if refusal else jobs.broken_off(session, change_set)
    return render_template(
        "items/change_set.html",
        change_set=change_set,
        page=page.of(lambda member: rows[page.rows.index(member)]),
        aspects=aspects,
        deciding=[
            (one, given.get(one.requirement.aspect) or DecisionForm(formdata=None, ids=f"{one.requirement.aspect}-"))
            for one in mine
        ],
        people=identity.person_labels(session, [change_set.author_id, *(one.person_id for one in decisions)]),
        organisations={one.id: one for one in identity.organisations(session)},
        findings=[readable(one) for one in told.of_the_whole] if told else [],
        more_findings=told.number_of_the_whole - len(told.of_the_whole) if told else 0,
        resting=_resting(session, members),
        touched=touched.rows,
        is_touched_cut=touched.is_cut,
        has_classes=page.pages > 1 or any(row.choices for row in rows),
        transition_form=TransitionForm(formdata=None),
        is_checked=examination is not None,
        is_told=told is not None,
        errors=told.errors if told else 0,
        wrong_url=url_for("items.change_set", set_id=change_set.id, visa=WRONG) if told and not examination else None,
        only_errors=only_errors,
        stages=change_set_rows.work_stages(job) if job else [],
        left=queries.left_behind(session, change_set) if writes else [],
        publish_form=given.get("publish") or PublishForm(formdata=None, valid_from=_first_day(session, change_set)),
        may_publish=job is None
        and change_set.state == State.DECIDED
        and deciding.may_publish(actor, change_set, queries.kinds_in(session, change_set)),
        is_writer=writes and job is None,
        contributed=actor.is_signed_in and actor.person_id in queries.contributors(session, change_set),
        refusal=readable(refused) if refused else None,
        kept=kept,
        class_prefix=CLASS,
    )


def _resting(session: Session, members: list[Member]) -> list[Group]:
    """What rests on any published version of what the set changes, counted by kind: also what only others may open."""
    if not members:
        return []
    published = session.scalars(
        select(Version.content_hash).where(
            Version.item_id.in_([one.version.item_id for one in members]), Version.published_at.is_not(None)
        )
    )
    return dependants.counted(session, SYSTEM, [f"version:{one}" for one in published])


def _writes(session: Session, actor: Actor, change_set: ChangeSet) -> bool:
    return queries.may_write(actor, change_set.organisation_id) and all(
        actor.may(*kind.author_roles, organisation_id=change_set.organisation_id)
        for kind in queries.kinds_in(session, change_set)
    )


def _is_told(actor: Actor, change_set: ChangeSet) -> bool:
    """Whether what was found before is shown: of what is in review or decided, and of a set that the worker checks."""
    is_fixed = change_set.state in (State.IN_REVIEW, State.DECIDED) or change_set.is_imported
    return change_set.is_open and is_fixed and actor.belongs_to(change_set.organisation_id)


def _first_day(session: Session, change_set: ChangeSet) -> date:
    """The day that is proposed: today, or the first that all predecessors leave free."""
    items = select(Version.item_id).where(Version.change_set_id == change_set.id, Version.state.in_(OPEN))
    newest = session.scalar(
        select(func.max(Version.valid_from)).where(Version.item_id.in_(items), Version.state == State.PUBLISHED)
    )
    earliest = first_day_after(newest)
    return max(filter(None, (clock.today(), earliest)))
