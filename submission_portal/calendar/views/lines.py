"""The last days of one line: what is agreed on, what is proposed, and the steps by which both sides agree."""

from collections.abc import Callable
from datetime import date, timedelta

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from registry import clock
from registry.actors import Actor
from registry.db import db, transaction
from registry.errors import NotFound, Refused
from registry.findings import Finding
from registry.hands import Side
from registry.i18n import show_date, show_period
from registry.items.tables import Item
from registry.period import PeriodKind
from registry.web.forms import Form
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable
from submission_portal.calendar import pages
from submission_portal.calendar.forms import AnswerForm, ExceptionForm, RuleForm, TakeBackForm
from submission_portal.calendar.queries import LineOfCalendar, entries
from submission_portal.calendar.views.blueprint import blueprint
from submission_portal.flows import queries as flows
from submission_portal.flows.content import read as read_line
from submission_portal.flows.pages import organisation_names
from submission_portal.flows.timetables import agreeing
from submission_portal.flows.timetables.due_days import Formula, Unit
from submission_portal.flows.timetables.finding_texts import FINDINGS
from submission_portal.flows.timetables.queries import open_proposal, proposals, timetable_of

BEHIND, AHEAD = timedelta(days=130), timedelta(days=400)
SHOWN = 20


@blueprint.get("/kalender/linjer/<slug>/")
@access.public
def line(slug: str) -> str:
    """A line's rule and exceptions, its next periods, what is proposed, and forms for whoever may agree."""
    return _page(flows.flow_item(db.session, slug))


@blueprint.post("/kalender/linjer/<slug>/regel")
@access.roles(*agreeing.MAY_AGREE)
def propose_rule(slug: str) -> Response | tuple[str, int]:
    """Propose a formula."""
    form = _rule_form(flows.flow_item(db.session, slug))

    def act(session: Session, item: Item) -> object:
        return agreeing.propose_rule(
            session,
            current_actor(),
            clock.now(),
            item,
            first=form.since.data,
            formula=Formula(PeriodKind(form.per.data), form.delay.data, Unit(form.unit.data), bool(form.is_once.data)),
            reason=form.reason.data or "",
        )

    return _take(slug, form, act, _("The proposal waits for the other side."), rule_form=form)


@blueprint.post("/kalender/linjer/<slug>/undantag")
@access.roles(*agreeing.MAY_AGREE)
def propose_exception(slug: str) -> Response | tuple[str, int]:
    """Propose another last day for one period."""
    form = _exception_form(flows.flow_item(db.session, slug))

    def act(session: Session, item: Item) -> object:
        first, _slash, last = str(form.period.data).partition("/")
        exemption = agreeing.Exemption((date.fromisoformat(first), date.fromisoformat(last)), form.due_day.data)
        return agreeing.propose_exception(
            session, current_actor(), clock.now(), item, exemption=exemption, reason=form.reason.data or ""
        )

    return _take(slug, form, act, _("The proposal waits for the other side."), exception_form=form)


@blueprint.post("/kalender/linjer/<slug>/svar")
@access.roles(*agreeing.MAY_AGREE)
def answer(slug: str) -> Response | tuple[str, int]:
    """Agree to what the other side proposed, or decline it."""
    form = AnswerForm(ids="svar-")

    def act(session: Session, item: Item) -> object:
        if form.outcome.data == "agree":
            return agreeing.agree(session, current_actor(), clock.now(), item)
        return agreeing.decline(session, current_actor(), clock.now(), item, reason=form.reason.data or "")

    return _take(slug, form, act, _("Your answer is kept."), answer_form=form)


@blueprint.post("/kalender/linjer/<slug>/ta-tillbaka")
@access.roles(*agreeing.MAY_AGREE)
def take_back(slug: str) -> Response | tuple[str, int]:
    """Take back what one's own side proposed."""

    def act(session: Session, item: Item) -> object:
        return agreeing.take_back(session, current_actor(), clock.now(), item)

    return _take(slug, TakeBackForm(), act, _("The proposal is taken back."))


def _take(
    slug: str, form: Form, act: Callable[[Session, Item], object], told: str, **forms: Form
) -> Response | tuple[str, int]:
    if not form.validate_on_submit():
        return _page(flows.flow_item(db.session, slug), **forms), 422
    try:
        with transaction() as session:
            act(session, flows.flow_item(session, slug))
    except Refused as refused:
        return _page(flows.flow_item(db.session, slug), stopped=refused.finding, **forms), 409
    flash(told, "ok")
    return redirect(url_for("calendar.line", slug=slug))


def _rule_form(item: Item) -> RuleForm:
    form = RuleForm(ids="regel-")
    form.offer(_possible_kinds(item))
    return form


def _exception_form(item: Item) -> ExceptionForm:
    form = ExceptionForm(ids="undantag-")
    today, timetable = clock.today(), timetable_of(db.session, item.id)
    near = timetable.periods(today - BEHIND, today + AHEAD)
    form.period.choices = [
        (
            f"{one.period.first}/{one.period.last}",
            _("%(period)s, now %(day)s", period=show_period(one.period), day=show_date(one.due)),
        )
        for one in near
    ]
    return form


def _possible_kinds(item: Item) -> tuple[PeriodKind, ...]:
    version = flows.approved_version(db.session, item)
    if version is None:
        raise NotFound("flow")
    return agreeing.possible_kinds(db.session, read_line(version.content))


def _page(
    item: Item,
    *,
    rule_form: Form | None = None,
    exception_form: Form | None = None,
    answer_form: Form | None = None,
    stopped: Finding | None = None,
) -> str:
    session, actor, now = db.session, current_actor(), clock.now()
    version = flows.approved_version(session, item, clock.today()) or flows.approved_version(session, item)
    if version is None:
        raise NotFound("flow")
    names, today = organisation_names(session), clock.today()
    shown = LineOfCalendar(version, read_line(version.content), timetable_of(session, item.id))
    found = entries(session, [shown], today - BEHIND, today + AHEAD, now)
    waiting = open_proposal(session, item.id)
    sides = agreeing.sides_of(session, actor, item)
    history = proposals(session, item.id, page_asked_for())
    may = _what_may_be_done(actor, waiting.side if waiting else None, sides)
    if may != "propose" and (rule_form or exception_form):
        stopped = stopped or FINDINGS.found("DUE-003")
    if may != "answer" and answer_form:
        stopped = stopped or FINDINGS.found("DUE-008")
    return render_template(
        "calendar/line.html",
        item=item,
        shown=shown,
        provenance=shown.line.provenance if shown.is_made_up else None,
        rules=[(one.first, pages.rule_in_words(one.formula)) for one in shown.timetable.rules],
        rows=[pages.entry_row(one, names) for one in found[:SHOWN]],
        waiting=pages.proposal_row(waiting, names) if waiting else None,
        history=history.of(lambda one: pages.proposal_row(one, names)),
        may=may,
        forms=[one for one in (rule_form, exception_form, answer_form) if one is not None and stopped is None],
        rule_form=rule_form or _rule_form(item),
        exception_form=exception_form or (_exception_form(item) if shown.timetable.is_agreed else None),
        answer_form=answer_form or AnswerForm(ids="svar-"),
        stopped=readable(stopped) if stopped else None,
        discloser=names[shown.line.discloser],
        recipient=names[shown.line.recipient],
    )


def _what_may_be_done(actor: Actor, side: str | None, sides: list[Side]) -> str:
    """Which forms the page has for the reader: to propose, to answer, to take back, or none."""
    if not sides:
        return ""
    if side is None:
        return "propose"
    return "take_back" if Side(side) in sides else "answer"
