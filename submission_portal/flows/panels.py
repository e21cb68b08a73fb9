"""Flows on the start page: an end that comes near, and a new decision that is needed."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from legal_checks.data_protection import GroundStanding
from registry import clock
from registry.findings import Finding
from registry.i18n import read
from registry.identity.actors import Actor, Role
from registry.plugin import Task
from registry.web.problems import readable
from submission_portal.flows import queries
from submission_portal.flows.content import read as read_flow


def panel(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """What a region's data officer should see coming; two statements, whatever there is."""
    own = actor.organisations(Role.DATA_OFFICER)
    if not own:
        return _ending_at_the_recipient(session, actor, now)
    versions = queries.flows_of_organisations(session, own)
    return [
        _task(standing, finding)
        for standing in queries.standing_of(session, versions, clock.today(now)).values()
        for finding in ([standing.refusal] if standing.refusal else standing.notices)
        if finding.code != "FLOW-104"
    ]


def _ending_at_the_recipient(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """One line for the recipient's legal reviewer, however many flows' grounds come to their end."""
    own = actor.organisations(Role.LEGAL_REVIEWER)
    if not own:
        return []
    today = clock.today(now)
    flows = [read_flow(version.content) for version in queries.published_flows(session)]
    ending = [
        flow for flow in flows if flow.recipient in own and flow.ground.standing(today) is not GroundStanding.VALID
    ]
    if not ending:
        return []
    title = ngettext(
        "The legal ground of one flow ends soon or has ended",
        "The legal grounds of %(num)d flows end soon or have ended",
        len(ending),
    )
    text = _("The regions are told too. A flow without a valid ground takes no deliveries.")
    first = min(flow.ground.valid_to for flow in ending)
    return [Task("others", "flow", title, url_for("flows.index"), text, ("warn", _("Look ahead")), first)]


def _task(standing: queries.Standing, finding: Finding) -> Task:
    told = readable(finding)
    kind = ("stop", _("Stopped")) if finding is standing.refusal else ("warn", _("Look ahead"))
    url = url_for("flows.show", slug=standing.version.item.slug)
    return Task(
        "mine", "flow", read(standing.flow.title), url, f"{told.title}. {told.mend}", kind, standing.flow.sunset
    )
