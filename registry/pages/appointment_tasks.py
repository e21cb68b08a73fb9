"""Tasks about the regions' administrators: regions without one, and proposals that wait."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from registry.actors import Actor, Role
from registry.i18n import read
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
    if not appointing.may_withdraw(actor, one):
        return None
    may_confirm = authority.is_central(actor) and appointing.objection(session, actor, now, one) is None
    is_region = authority.may_give_roles(actor, one.organisation)
    name = read(one.organisation.name)
    text = _("Somebody is proposed as administrator of %(name)s.", name=name)
    if is_region:
        text = _("Central administrators propose an administrator beside you. Object if it is wrong.")
    return Task(
        "mine" if may_confirm or is_region else "others",
        "flow",
        _("Administrator of %(name)s", name=name),
        url_for("appointments.region", code=one.organisation.code),
        text,
        ("wait", _("Waits for you") if may_confirm or is_region else _("Waits for another administrator")),
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
