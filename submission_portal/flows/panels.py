"""Flows on the start page: an end that comes near, and a new decision that is needed."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry import clock
from registry.findings import Finding
from registry.i18n import read
from registry.identity.actors import Actor, Role
from registry.plugin import Task
from registry.web.problems import readable
from submission_portal.flows import queries


def panel(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """What a region's data officer should see coming; two statements, whatever there is."""
    own = actor.organisations(Role.DATA_OFFICER)
    if not own:
        return []
    versions = queries.flows_of_organisations(session, own)
    return [
        _task(standing, finding)
        for standing in queries.standing_of(session, versions, clock.today(now)).values()
        for finding in ([standing.refusal] if standing.refusal else standing.notices)
        if finding.code != "FLOW-104"
    ]


def _task(standing: queries.Standing, finding: Finding) -> Task:
    told = readable(finding)
    kind = ("stop", _("Stopped")) if finding is standing.refusal else ("warn", _("Look ahead"))
    url = url_for("flows.show", slug=standing.version.item.slug)
    return Task(
        "mine", "flow", read(standing.flow.title), url, f"{told.title}. {told.mend}", kind, standing.flow.sunset
    )
