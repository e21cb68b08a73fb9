"""Administered items on the start page: what waits for me, what I sent to review, what came of it."""

from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from registry import clock
from registry.actors import Actor
from registry.i18n import current_language, read, show_date
from registry.items import queries, steps, withdrawing
from registry.items.lifecycle import State
from registry.items.tables import Item, Version
from registry.pages import change_set_tasks
from registry.plugin import Task

RECENT = timedelta(days=31)


def panel(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """Tasks from administered items; a bounded number of statements, whatever there is."""
    return [
        *_waiting(session, actor),
        *change_set_tasks.waiting(session, actor),
        *_withdrawals(session, actor),
        *_own(session, actor, now),
        *change_set_tasks.own(session, actor, now),
    ]


def _waiting(session: Session, actor: Actor) -> list[Task]:
    tasks = []
    for version in queries.in_review(session, actor):
        if version.author_id == actor.person_id or version.change_set_id is not None:
            continue
        if any(decision.person_id == actor.person_id for decision in steps.decisions_of_round(version)):
            continue
        for need in steps.awaited(version):
            if actor.has_role(need.role, organisation_id=steps.deciding_organisation(version, need)):
                text = _("%(what)s waits for your decision.", what=need.label.in_language(current_language()))
                tasks.append(_task("mine", version, text, ("wait", _("Waits for you")), version.submitted_at))
                break
    return tasks


def _withdrawals(session: Session, actor: Actor) -> list[Task]:
    """Proposals to withdraw what is published: one's own to wait for, others' to decide on."""
    if not actor.is_signed_in:
        return []
    tasks = []
    for entry in queries.proposed_withdrawals(session):
        if entry.change_set_id is not None:
            continue
        kind = queries.kind_named(entry.version.item.kind)
        if entry.proposed_by == actor.person_id:
            waiting = ", ".join(read(need.role.label) for need in kind.requirements_for(entry.version.content))
            group, text = "others", _("You proposed that it be withdrawn. Waits for: %(who)s.", who=waiting)
            status = ("wait", _("Withdrawal proposed"))
        elif withdrawing.may_decide(actor, entry.version, kind):
            group, text = "mine", _("It is proposed that it be withdrawn. That waits for your decision.")
            status = ("wait", _("Waits for you"))
        else:
            continue
        url = url_for("items.withdrawal", version_id=entry.version_id)
        tasks.append(_task(group, entry.version, text, status, entry.proposed_at, url))
    return tasks


def _own(session: Session, actor: Actor, now: datetime) -> list[Task]:
    if not actor.is_signed_in:
        return []
    rows = session.scalars(
        select(Version)
        .join(Item)
        .where(
            Version.author_id == actor.person_id,
            Version.changed_at > now - 6 * RECENT,
            Version.change_set_id.is_(None),
        )
        .order_by(Version.changed_at.desc())
        .options(selectinload(Version.decisions))
        .limit(50)
    )
    tasks = []
    for version in rows:
        match version.state:
            case State.DRAFT:
                tasks.append(
                    _task(
                        "mine",
                        version,
                        _("Your draft. Go on, or send it to review."),
                        ("idle", _("Draft")),
                        version.changed_at,
                    )
                )
            case State.RETURNED:
                text = _("Returned to you for completion. Mend it, and send it again.")
                tasks.append(_task("mine", version, text, ("warn", _("Returned")), version.changed_at))
            case State.IN_REVIEW:
                waiting = ", ".join(read(need.role.label) for need in steps.awaited(version))
                tasks.append(
                    _task(
                        "others",
                        version,
                        _("Waits for: %(who)s.", who=waiting),
                        ("wait", _("In review")),
                        version.submitted_at,
                    )
                )
            case State.DECIDED:
                tasks.append(
                    _task(
                        "mine", version, _("Approved. It can be published."), ("ok", _("Decided")), version.decided_at
                    )
                )
            case State.PUBLISHED if version.published_at and version.published_at > now - RECENT:
                text, status = _("Published."), ("ok", _("Published"))
                if version.is_coming(clock.today(now)):
                    text = _("Published. It applies from %(day)s.", day=show_date(version.valid_from))
                    status = ("wait", _("To come"))
                tasks.append(_task("done", version, text, status, version.published_at))
    return tasks


def _task(
    group: str, version: Version, text: str, status: tuple[str, str], when: datetime | None, url: str | None = None
) -> Task:
    kind = queries.kind_named(version.item.kind)
    title = f"{read(kind.title(version.content))}, version {version.number}"
    text = f"{read(kind.label)}. {text}"
    if url is None:
        url = kind.review_url(version) if kind.review_url else url_for("items.review", version_id=version.id)
    return Task(group, kind.knot, title, url, text, status, when)
