"""Pages of the legal desk: small numbers, and the review of a table in which some are hidden."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import zip_longest
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from legal_checks.secrecy.questions import Side
from registry import clock, references
from registry.actors import Role
from registry.db import db, transaction
from registry.errors import Invalid, Refused
from registry.findings import Finding, Text
from registry.i18n import read, show_datetime
from registry.identity import queries as identity
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable
from registry.web.revalidation import revalidate
from submission_portal.flows.audiences import Audience
from submission_portal.flows.pages import organisation_names
from submission_portal.followup.charts import short_period
from submission_portal.followup.deciding import assess_table, counts_persons
from submission_portal.followup.evidence import Cell, EvidenceTable, evidence, periods_shown
from submission_portal.followup.explaining import ask_for_missing
from submission_portal.followup.gateway import SHOWN
from submission_portal.followup.queries import disclosers_of, rests_on_withdrawn
from submission_portal.followup.standpoints import said_of
from submission_portal.followup.suspended import stopped_now
from submission_portal.followup.tables import TableDecision, TableState, TableVersion
from submission_portal.followup.versions import (
    REVIEWERS,
    composed_with,
    latest_decision,
    version_to_review,
    waiting_for_recipient,
)
from submission_portal.legal_desk import services
from submission_portal.legal_desk.forms import (
    CHOICE_HINTS,
    HINTS_OF_APART,
    HINTS_OF_CARRIED_OVER,
    HINTS_OF_RECIPIENTS,
    ReleaseForm,
    StopForm,
    TableDecisionForm,
)
from submission_portal.legal_desk.newer_basis import newer_basis
from submission_portal.legal_desk.practice import PRACTICES
from submission_portal.legal_desk.progress import progress_of
from submission_portal.legal_desk.ways import way_rows
from submission_portal.legal_questions import words
from submission_portal.legal_questions.question_pages import question_rows

blueprint = Blueprint("legal_desk", __name__, template_folder="templates")
revalidate(blueprint)
SHOWN_DELIVERIES = 12
LOOK = "look"
"""The button that says what is left, and decides nothing."""


@blueprint.get("/rattsfragor/smatal/")
@access.public
def small_numbers() -> str:
    """What small numbers are, how they are protected here, and what is known about practice elsewhere."""
    return render_template("legal_desk/small_numbers.html", practices=PRACTICES)


@blueprint.get("/granskning/tabell/<table_id>/")
@access.roles(*REVIEWERS)
def table(table_id: str) -> str:
    """A table before and after hiding, with the proof and the questions. That somebody read what it hides is logged first."""
    actor = current_actor()
    with transaction() as session:
        found = version_to_review(session, actor, table_id)
        if found.hidden:
            services.log_reading(session, actor, clock.now(), found)
            ask_for_missing(session, clock.now(), found, periods_shown(session, found, page_asked_for()))
    return _table_page(table_id)


@blueprint.post("/granskning/tabell/<table_id>/besluta")
@access.roles(Role.LEGAL_REVIEWER)
def decide(table_id: str) -> Response | str | tuple[str, int]:
    """Publish or refuse, or look at what is left. What was written comes back with the page, whatever stops it."""
    form = TableDecisionForm()
    if LOOK in request.form:
        found = version_to_review(db.session, current_actor(), table_id)
        return _table_page(table_id, form=form, asked=form.ask(_left_to_answer(form, found)))
    if not form.validate_on_submit():
        found = version_to_review(db.session, current_actor(), table_id)
        left = () if form.lets_nothing_through() else _left_to_answer(form, found)
        return _table_page(table_id, form=form, asked=form.ask(left)), 422
    try:
        with transaction() as session:
            found = services.table_to_change(session, current_actor(), table_id)
            services.decide_table(
                session,
                current_actor(),
                clock.now(),
                found,
                outcome=form.outcome.data,
                reason=form.reason.data or "",
                answers=form.answers(),
                replies=form.replies(),
                release_at=form.release_at.moment,
            )
    except Invalid as invalid:
        asked = form.ask(invalid.findings)
        return _table_page(table_id, form=form, asked=asked), 422
    except Refused as refusal:
        return _table_page(table_id, form=form, refusal=refusal.finding), 409
    flash(_("Your decision is recorded."), "ok")
    return redirect(url_for("legal_desk.table", table_id=table_id))


@blueprint.post("/granskning/tabell/<table_id>/flytta")
@access.roles(Role.LEGAL_REVIEWER)
def move(table_id: str) -> Response | tuple[str, int]:
    """Let an embargo end at another time, or now."""
    form = ReleaseForm()

    def do(session: Session, found: TableVersion) -> None:
        services.move_release(session, current_actor(), clock.now(), found, form.release_at.moment)

    return _change_release(table_id, do, _("The time is changed."), release_form=form)


@blueprint.post("/granskning/tabell/<table_id>/stoppa")
@access.roles(Role.LEGAL_REVIEWER)
def stop(table_id: str) -> Response | tuple[str, int]:
    """Stop a table before its release."""
    form = StopForm()

    def do(session: Session, found: TableVersion) -> None:
        services.stop_release(session, current_actor(), clock.now(), found, form.reason.data)

    return _change_release(table_id, do, _("The table is stopped. Nobody gets it."), stop_form=form)


def _change_release(
    table_id: str,
    do: Callable[[Session, TableVersion], None],
    told: str,
    *,
    release_form: ReleaseForm | None = None,
    stop_form: StopForm | None = None,
) -> Response | tuple[str, int]:
    """Do what one of the two forms says with a table whose release lies ahead, and go back to it."""
    form = release_form or stop_form
    page = partial(_table_page, table_id, release_form=release_form, stop_form=stop_form)
    if form is None or not form.validate_on_submit():
        return page(), 422
    try:
        with transaction() as session:
            do(session, services.table_to_change(session, current_actor(), table_id))
    except Refused as refusal:
        return page(refusal=refusal.finding), 409
    flash(told, "ok")
    return redirect(url_for("legal_desk.table", table_id=table_id))


def _left_to_answer(form: TableDecisionForm, found: TableVersion) -> Sequence[Finding]:
    persons = counts_persons(db.session, found)
    return assess_table(clock.now(), form.answers(), form.replies(), concerns_persons=persons).findings


def _table_page(
    table_id: str,
    *,
    form: TableDecisionForm | None = None,
    asked: Sequence[Finding] = (),
    refusal: Finding | None = None,
    release_form: ReleaseForm | None = None,
    stop_form: StopForm | None = None,
) -> str:
    session, actor, now = db.session, current_actor(), clock.now()
    found = version_to_review(session, actor, table_id)
    seen = evidence(session, actor, found, page_asked_for())
    decision = services.decision_on(session, table_id)
    disclosers = disclosers_of(session, [found])[found.id]
    said = said_of(session, found) if found.is_carried_over else {}
    is_legal = actor.has_role(Role.LEGAL_REVIEWER, organisation_id=found.organisation_id)
    is_open = found.state == TableState.AWAITING_REVIEW or found.awaits_its_first_decision
    is_ahead = found.release_at is not None and found.release_at > now and found.state in SHOWN
    objection = services.objection(session, actor, found) if is_legal and (is_open or is_ahead) else None
    may_decide = is_legal and is_open and objection is None
    kept = form
    earlier = latest_decision(session, found) if may_decide and form is None else None
    if may_decide and form is None:
        form = TableDecisionForm.empty(earlier[1].assessment if earlier else None)
    if form is not None and found.is_carried_over:
        form.offer((services.PUBLISH, services.REFUSE))
        del form.release_at
    elif form is not None and found.audience == Audience.RECIPIENT:
        form.offer((services.RECIPIENT, services.REFUSE))
        del form.release_at
    may_move = is_legal and is_ahead and objection is None
    assessment = decision.assessment if decision else None
    theirs = services.discloser_assessment(session, found)
    given = [(Side.DISCLOSER, theirs)] if theirs else []
    refs = [f"delivery:{one}" for one in seen.deliveries[:SHOWN_DELIVERIES]]
    described = references.describe(session, actor, refs)
    names = organisation_names(session)
    return render_template(
        "legal_desk/table.html",
        table=found,
        seen=seen,
        tables=list(zip_longest(map(_shown, seen.before), map(_shown, seen.after))),
        ways=way_rows(seen),
        why=[(short_period(one.period), one) for one in seen.why],
        closest=(short_period(seen.closest.period), seen.closest) if seen.closest else None,
        disclosers=[one for one in names.values() if one.id in disclosers],
        recipient=names[found.organisation_id],
        deliveries=[described[ref] for ref in refs if ref in described],
        more_deliveries=seen.delivery_count - len(refs),
        decision=decision,
        said=[(names[key], standpoints) for key, standpoints in said.items()],
        people=identity.person_labels(
            session,
            [
                decision.person_id if decision else None,
                found.decided_by,
                *(one.person_id for standpoints in said.values() for one in standpoints),
            ],
        ),
        form=form if may_decide else None,
        progress=progress_of(form, _left_to_answer(form, found)) if may_decide and form else None,
        kept=_written(kept) if kept is not None and not may_decide else [],
        refusal=readable(refusal) if refusal else None,
        objection=readable(objection) if objection else None,
        asked=asked,
        ask_rows=question_rows(session, given, form, Side.RECIPIENT) if may_decide and form else [],
        rows=question_rows(session, [*given, (Side.RECIPIENT, assessment)])
        if assessment and assessment.answers
        else [],
        replies=[one for one in words.shown(session, assessment).replies(assessment) if one[1]] if assessment else [],
        is_open=is_open,
        is_ahead=is_ahead,
        newer=newer_basis(session, actor, found) if is_open or is_ahead else None,
        stopped=stopped_now(session, found) if is_open or is_ahead else [],
        outcome=_outcome(found, decision, is_open=is_open, is_ahead=is_ahead),
        release_form=(release_form or ReleaseForm(formdata=None, data={"release_at": _clock(found.release_at)}))
        if may_move
        else None,
        stop_form=(stop_form or StopForm(formdata=None, ids="stopp-")) if may_move else None,
        hints=_hints(session, found),
        earlier=earlier[0].number if earlier else None,
        counts_persons=counts_persons(session, found),
        is_read=any(one.state in SHOWN for one in composed_with(session, found)),
    )


def _written(form: TableDecisionForm) -> list[tuple[str, str]]:
    """All that somebody wrote in a form that can be sent no more, by what it was written for."""
    told = [(str(form.reason.label.text), form.reason.data or "")]
    told += [(read(question.text), reason.data or "") for question, _choice, reason in form.question_fields()]
    told += [(_("Your reply"), reply) for reply in form.replies().values()]
    return [(name, text) for name, text in told if text.strip()]


def _hints(session: Session, found: TableVersion) -> Mapping[str, Any]:
    """What each choice of the decision leads to, beside it."""
    if found.is_carried_over:
        return HINTS_OF_CARRIED_OVER
    if found.audience == Audience.RECIPIENT:
        return HINTS_OF_RECIPIENTS
    other = waiting_for_recipient(session, found)
    return HINTS_OF_APART if other is not None and other.content_hash != found.content_hash else CHOICE_HINTS


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the decision led to, under both sides; ``is_joined``: both have decided that it goes on."""

    words: str
    is_joined: bool = False


def _outcome(table: TableVersion, decision: TableDecision | None, *, is_open: bool, is_ahead: bool) -> Outcome:
    if table.is_carried_over and is_open:
        return Outcome(_("Open to everybody without a decision"))
    if is_open:
        return Outcome(_("Published when the legal reviewer has decided"))
    if is_ahead:
        when = show_datetime(table.release_at)
        return Outcome(_("Published %(when)s, by the legal reviewer's decision", when=when), is_joined=True)
    if table.state != TableState.REFUSED and table.published_at is not None:
        return Outcome(_("Published by the legal reviewer's decision"), is_joined=True)
    if table.state == TableState.REFUSED and table.decided_by is None:
        return Outcome(_("Closed by the decision on a later version"))
    if decision is not None and decision.outcome == services.PUBLISH:
        if rests_on_withdrawn(db.session, table):
            return Outcome(_("Stopped before it was published: a region withdrew a delivery in it"))
        return Outcome(_("Stopped before it was published"))
    if table.decided_by is not None:
        return Outcome(_("Not published: the legal reviewer refused"))
    return Outcome(_("Never published: a newer version took over before a decision"))


def _clock(moment: datetime | None) -> datetime | None:
    """A moment as a form shows it: what Swedish clocks show, without a zone."""
    return clock.local(moment).replace(tzinfo=None) if moment else None


def _shown(part: EvidenceTable) -> dict[str, object]:
    """One region's table in the reader's language, as the component takes it."""
    return {
        "region": read(part.region),
        "columns": [short_period(period) for period in part.columns],
        "rows": [(read(heading), _cells(cells)) for heading, cells in part.rows],
        "foot": (read(part.foot[0]), _cells(part.foot[1])),
    }


def _cells(cells: Sequence[Cell]) -> list[tuple[str, str, str]]:
    return [(_said(value), mark, _said(made_of)) for value, mark, made_of in cells]


def _said(words: str | Text) -> str:
    return words if isinstance(words, str) else read(words)
