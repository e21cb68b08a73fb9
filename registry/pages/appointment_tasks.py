"""Tasks about the regions' administrators: regions without one, and proposals that wait."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from registry.actors import Actor, Role
from registry.i18n import read, show_datetime
from registry.identity import appointing, authority, queries
from registry.identity.tables import Appointment
from registry.plugin import Task


def tasks(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """For central administrators, and for those of a region that somebody else is proposed for who may object; five statements
    at most."""
    if not actor.has_role(Role.ADMINISTRATOR, Role.REGION_ADMINISTRATOR, Role.DISCLOSING_OFFICER):
        return []
    proposals = [_proposal(session, actor, now, one) for one in appointing.open_ones(session, now)]
    return [one for one in [*proposals, _regions_without(session, actor, now)] if one is not None]


def _proposal(session: Session, actor: Actor, now: datetime, one: Appointment) -> Task | None:
    if appointing.may_object(actor, one) and not authority.is_central(actor):
        return _to_object(one, now)
    if not appointing.may_withdraw(actor, one):
        return None
    may_confirm = appointing.objection(session, actor, now, one) is None
    return _task(
        one,
        "mine" if may_confirm else "others",
        _("Somebody is proposed as administrator of %(name)s.", name=read(one.organisation.name)),
        _("Waits for you") if may_confirm else _("Waits for another administrator"),
    )


def _to_object(one: Appointment, now: datetime) -> Task:
    """For the region: its administrators, and its disclosing officers where it was given time."""
    text = _("Central administrators propose an administrator of your region. Object if it is wrong.")
    if now < one.opens_at:
        return _task(one, "mine", text, _("Object before %(when)s", when=show_datetime(one.opens_at)))
    return _task(one, "mine", text, _("May be confirmed at any time"))


def _task(one: Appointment, group: str, text: str, status: str) -> Task:
    return Task(
        group,
        "flow",
        _("Administrator of %(name)s", name=read(one.organisation.name)),
        url_for("appointments.region", code=one.organisation.code),
        text,
        ("wait", status),
        one.proposed_at,
    )


def _regions_without(session: Session, actor: Actor, now: datetime) -> Task | None:
    if not authority.is_central(actor):
        return None
    regions = queries.organisations(session, authority.REGION)
    have = queries.administrators_of(session, [one.id for one in regions])
    proposed = {one.organisation_id for one in appointing.open_ones(session, now)}
    count = sum(one.id not in have and one.id not in proposed for one in regions)
    if not count:
        return None
    return Task(
        "mine",
        "flow",
        _("Regions without an administrator"),
        url_for("appointments.index"),
        ngettext(
            "One region has nobody who can give its roles. Two administrators appoint one together.",
            "%(num)d regions have nobody who can give their roles. Two administrators appoint one together.",
            count,
        ),
        ("wait", _("Waits for you")),
    )
