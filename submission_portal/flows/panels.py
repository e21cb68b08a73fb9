"""Flows on the start page: an end that comes near, and a new decision that is needed."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from legal_checks.data_protection import GroundStanding
from registry import clock, dependants
from registry.actors import Actor, Role
from registry.finding_catalogue import AnswerKind
from registry.findings import Finding
from registry.i18n import read
from registry.items import queries as items
from registry.items import withdrawing
from registry.plugin import Task
from registry.web.problems import readable
from submission_portal.flows import queries
from submission_portal.flows.carryover import KIND
from submission_portal.flows.content import read as read_flow
from submission_portal.flows.finding_texts import FINDINGS
from submission_portal.flows.uses.queries import uses_of_organisation


def panel(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """What either side of a flow should see coming; a bounded number of statements, whatever there is."""
    own = actor.organisations(Role.DATA_OFFICER)
    if not own:
        return [
            *_ending_at_the_recipient(session, actor, now),
            *_withdrawn_at_the_recipient(session, actor, now),
            *_proposed(session, actor),
        ]
    versions = queries.flows_of_organisations(session, own)
    coming = [
        _task(standing, finding)
        for standing in queries.standing_of(session, versions, clock.today(now)).values()
        for finding in ([standing.refusal] if standing.refusal else standing.notices)
        if FINDINGS.of(finding).answer is not AnswerKind.WAIT
    ]
    return [*coming, *_proposed(session, actor)]


def _proposed(session: Session, actor: Actor) -> list[Task]:
    """One line for each version that is proposed to be withdrawn and that flows of the actor's organisations rest on.

    Told before it is decided, to everybody on either side, so that they can object.
    """
    own = actor.organisations()
    entries = [one for one in items.proposed_withdrawals(session) if one.version.item.kind != KIND]
    if not own or not entries:
        return []
    reached = dependants.versions_above_each(session, [one.version.ref for one in entries])
    parties = [
        flow
        for flow in queries.published_flows(session)
        if flow.ref in reached and own & {flow.organisation_id, read_flow(flow.content).recipient}
    ]
    tasks = []
    for entry in entries:
        count = sum(entry.version.ref in reached[flow.ref] for flow in parties)
        kind = items.kind_named(entry.version.item.kind)
        # Whoever proposed it or decides on it is told by the items' own panel.
        if count and entry.proposed_by != actor.person_id and not withdrawing.may_decide(actor, entry.version, kind):
            text = ngettext(
                "One line that you are a party to rests on it. Nothing is decided yet.",
                "%(num)d lines that you are a party to rest on it. Nothing is decided yet.",
                count,
            )
            url = url_for("items.withdrawal", version_id=entry.version_id)
            status = ("info", _("Withdrawal proposed"))
            tasks.append(
                Task("others", kind.knot, read(items.titled(entry.version)), url, text, status, entry.proposed_at)
            )
    return tasks


def _withdrawn_at_the_recipient(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """One line for the recipient's reviewers, however many flows rest on something that has been withdrawn."""
    own = actor.organisations(Role.QUALITY_REVIEWER, Role.LEGAL_REVIEWER)
    if not own:
        return []
    versions = [flow for flow in queries.published_flows(session) if read_flow(flow.content).recipient in own]
    standings = queries.standing_of(session, versions, clock.today(now)).values()
    count = sum(
        any(FINDINGS.of(notice).answer is AnswerKind.NEW_VERSION for notice in one.notices) for one in standings
    )
    if not count:
        return []
    title = ngettext(
        "One line rests on something that has been withdrawn",
        "%(num)d lines rest on something that has been withdrawn",
        count,
    )
    text = _("They go on under what was approved. The regions are asked to propose new versions, which you decide on.")
    return [Task("others", "flow", title, url_for("flows.index"), text, ("warn", _("Needs a new decision")), None)]


def _ending_at_the_recipient(session: Session, actor: Actor, now: datetime) -> list[Task]:
    """One line for the recipient's legal reviewer, however many flows' grounds come to their end."""
    own = actor.organisations(Role.LEGAL_REVIEWER)
    if not own:
        return []
    today = clock.today(now)
    mine = uses_of_organisation(session, own)
    ending = [
        one.use.ground for one in mine
        if not (one.is_to_be_decided or one.is_withdrawn) and one.use.ground.standing(today) is not GroundStanding.VALID
    ]  # fmt: skip
    if not ending:
        return []
    title = ngettext(
        "The legal ground of one use ends soon or has ended",
        "The legal grounds of %(num)d uses end soon or have ended",
        len(ending),
    )
    text = _("The regions are told too. Nothing is disclosed for a use without a valid ground.")
    first = min(ground.valid_to for ground in ending)
    return [Task("others", "flow", title, url_for("flows.index"), text, ("warn", _("Look ahead")), first)]


def _task(standing: queries.Standing, finding: Finding) -> Task:
    told = readable(finding)
    is_new = FINDINGS.of(finding).answer is AnswerKind.NEW_VERSION
    if finding is standing.refusal:
        kind = ("stop", _("Takes no deliveries"))
    else:
        kind = ("warn", _("Needs a new decision") if is_new else _("Look ahead"))
    url = url_for("flows.show", slug=standing.version.item.slug)
    return Task("mine", "flow", read(standing.flow.title), url, f"{told.title}. {told.mend}", kind, standing.sunset)
