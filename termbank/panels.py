"""The term bank on the start page: boundary cases and consultations that wait for an organisation's answers."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import Actor, Role
from registry.findings import Text
from registry.i18n import current_language, read, show_date
from registry.identity import queries as identity
from registry.items import queries as items
from registry.items.lifecycle import CHANGE_LABELS, Change
from registry.items.tables import Version
from registry.plugin import Task
from registry.references import Described
from termbank.bank.queries.term_banks import concept_of
from termbank.bank.queries.versions import changing_meaning
from termbank.boundary_cases import queries
from termbank.comparing.queries import MAY_ANSWER, to_answer
from termbank.confirmations.queries import to_confirm
from termbank.confirmations.services import MAY_CONFIRM
from termbank.consultations import queries as consultations
from termbank.news.following import recent_news
from termbank.presentation.texts import term

SOON = timedelta(days=7)
"""How long before its last day a consultation is reminded of."""


def panel(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """What waits for an organisation that the actor writes for: answers, and statements to confirm."""
    return [
        *_boundary_cases(session, actor, now),
        *_consultations(session, actor, now),
        *_statements(session, actor, now),
        *_differences(session, actor),
        *_coming_meanings(session, actor),
        *_news(session, actor, now),
    ]


def _consultations(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """One line for each consultation that asks an organisation of the actor; it warns when the last day is near."""
    today = clock.today(now)
    tasks = {}
    for organisation_id in sorted(actor.organisations(*consultations.MAY_WRITE)):
        for one, addressee in consultations.waiting_for(session, organisation_id):
            last = consultations.last_day(one, addressee)
            status = (
                ("stop", _("Late"))
                if last < today
                else ("warn", _("Ends soon"))
                if last - today <= SOON
                else ("info", _("Waits for your answer"))
            )
            text = _(
                "Consultation %(number)s. Last day for answers: %(day)s.",
                number=one.registry_number,
                day=show_date(last),
            )
            url = url_for("termbank.consultation", consultation_id=one.id)
            tasks[one.id] = Task("mine", "concept", one.title, url, text, status, last)
    return list(tasks.values())


def _statements(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """One line for each region of the actor that has statements to confirm."""
    tasks = []
    for region in identity.organisations(session, "region"):
        if not actor.has_role(*MAY_CONFIRM, organisation_id=region.id):
            continue
        due = [one for one in to_confirm(session, region.id, clock.today(now)) if one.is_due(now)]
        if due:
            text = ngettext(
                "%(region)s: one statement has not been confirmed since something changed, or for a year.",
                "%(region)s: %(num)d statements have not been confirmed since something changed, or for a year.",
                len(due),
                region=read(region.name),
            )
            url = url_for("termbank.confirm_statements", region=region.code)
            tasks.append(
                Task("mine", "application", _("Confirm statements"), url, text, ("info", _("To be confirmed")))
            )
    return tasks


def _differences(session: Session, actor: Actor) -> list[Task]:
    """One line for each region of the actor with differences that go out unanswered."""
    tasks = []
    for region in identity.organisations(session, "region"):
        if not actor.has_role(*MAY_ANSWER, organisation_id=region.id):
            continue
        waiting = [one for one in to_answer(session, region.id) if not one.notice.is_out]
        if waiting:
            first = min(one.notice.last_day for one in waiting)
            text = ngettext(
                "%(region)s: one difference goes out as unanswered after %(day)s.",
                "%(region)s: %(num)d differences go out as unanswered, the first after %(day)s.",
                len(waiting),
                region=read(region.name),
                day=show_date(first),
            )
            url = url_for("termbank.answer_differences", region=region.code)
            status = ("warn", _("Waits for your answer"))
            tasks.append(Task("mine", "application", _("Not comparable with others"), url, text, status, first))
    return tasks


def _coming_meanings(session: Session, actor: Actor) -> list[Task]:
    """One line for each wording whose meaning is about to change and that concerns the actor: a region that applies it, or a
    reviewer where something rests on it."""
    is_reviewer = actor.has_role(Role.QUALITY_REVIEWER, Role.LEGAL_REVIEWER)
    own = actor.organisations(*MAY_CONFIRM)
    if not own and not is_reviewer:
        return []
    return [
        Task(
            "others", "concept", term(concept_of(version), current_language()),
            url_for("items.review", version_id=version.id), _transition(version),
            ("info", read(CHANGE_LABELS[Change(version.change or Change.MEANING)]).capitalize()), version.transition_until,
        )
        for version in changing_meaning(session, own, is_reviewer=is_reviewer)
    ]  # fmt: skip


def _transition(version: Version) -> str:
    if version.transition_until is None:
        return str(_("A proposal changes what is counted. Read what it touches, and comment on it."))
    day = show_date(version.transition_until)
    return str(_("A proposal changes what is counted. What rests on it ought to have moved by %(day)s.", day=day))


def _news(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """One line for each thing that was published lately of what the actor follows."""
    if not actor.is_signed_in:
        return []
    return [
        Task(
            "done", "concept", read(items.titled(version)), items.kind_named(version.item.kind).url(version.item),
            _("You follow this. It was published %(day)s.", day=show_date(version.published_at)),
            ("ok", _("Published")), version.published_at,
        )
        for version in recent_news(session, actor, now)
    ]  # fmt: skip


def _boundary_cases(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """One line for each round that a region of the actor has not answered."""
    waiting = {
        one.id: one
        for region in sorted(actor.organisations(Role.DATA_OFFICER))
        for one in queries.unanswered(session, region, clock.today(now))
    }
    return [
        Task(
            "mine", "concept", _("Boundary cases for %(term)s", term=term(concept_of(one.version), current_language())),
            url_for("termbank.boundary_round", round_id=one.id),
            _("Count the cases by the wording, before it is decided."), ("warn", _("Waits for your answers")), one.closes_on,
        )
        for one in waiting.values()
    ]  # fmt: skip


def describe_consultations(session: Session, actor: Actor, ids: list[str]) -> Mapping[str, Described]:
    """Consultations as references: those that the actor may see."""
    return {
        one.id: Described(
            Text("Remiss", "Consultation"), Text(one.title, one.title),
            url_for("termbank.consultation", consultation_id=one.id), "concept",
        )
        for one in consultations.by_ids(session, actor, ids)
    }  # fmt: skip


def describe_boundary_rounds(session: Session, actor: Actor, ids: list[str]) -> Mapping[str, Described]:
    """Rounds of boundary cases as references: those that the actor may see."""
    label = Text("Gränsfall", "Boundary cases")
    return {
        one.id: Described(label, label, url_for("termbank.boundary_round", round_id=one.id), "concept")
        for one in queries.by_ids(session, actor, ids)
    }
