"""What the pages of review show, put together from queries: plain values, ready for the templates."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from information_models.definitions import LoadedModel
from legal_checks.compilations.rules import rule
from registry import clock, hands
from registry.actors import Actor, Role
from registry.findings import Severity, Text
from registry.hands import Side
from registry.i18n import read, show_datetime
from registry.identity.tables import Organisation
from registry.items import queries as items
from submission_portal.deliveries.assessment.remaining import findings_of
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.pages.findings import ShownFinding
from submission_portal.deliveries.pages.view import DeliveryView
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.acts import line
from submission_portal.flows.pages import flow_of, name_of
from submission_portal.flows.parties import parties_of
from submission_portal.followup import acts
from submission_portal.followup.compilations import deciding as compilations
from submission_portal.followup.compilations.views import ClosedView, closed_views
from submission_portal.followup.corrected import corrections_since
from submission_portal.followup.standpoints import last_said
from submission_portal.followup.tables import Stance, TableVersion
from submission_portal.followup.versions import to_be_released, to_decide
from submission_portal.review import judging, queries
from submission_portal.review.tables import DeliveryClaim, DeliveryDecision


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing in the queue. ``is_mine``: this reader can decide it now."""

    knot: str
    title: str
    url: str
    source: str
    text: str
    since: datetime | None
    is_mine: bool
    status: tuple[str, str]

    def days_in_words(self, now: datetime) -> str:
        """For how many days it has waited; empty where it is not known since when."""
        if self.since is None:
            return ""
        days = (now - self.since).days
        return str(ngettext("since yesterday", "for %(num)d days", days) if days else _("since today"))


def queue(session: Session, actor: Actor, names: dict[str, Organisation]) -> list[Waiting]:
    """Everything that waits at the actor's organisations, oldest first; a bounded number of statements."""
    found = [
        *_flows(session, actor, names),
        *_deliveries(session, actor, names),
        *_tables(session, actor),
        *_compilations(session, actor),
    ]
    return sorted(found, key=lambda one: one.since.timestamp() if one.since else 0.0)


def _flows(session: Session, actor: Actor, names: dict[str, Organisation]) -> list[Waiting]:
    found = []
    waiting = queries.flows_in_review(session, actor)
    acted_in = hands.acted_for(
        session, actor, hands.Side.DISCLOSER, {line(parties_of(one).line) for one, _needs in waiting}
    )
    for version, awaited in waiting:
        parties, kind = parties_of(version), items.kind_named(version.item.kind)
        mine = [
            need
            for need in awaited
            if Side(need.side) is Side.RECIPIENT and actor.has_role(need.role, organisation_id=parties.recipient)
        ]
        taken = actor.person_id == version.author_id or any(
            decision.person_id == actor.person_id for decision in version.decisions
        )
        is_outside = not actor.belongs_to(parties.discloser) and line(parties.line) not in acted_in
        is_mine = bool(mine) and not taken and is_outside
        waits = ", ".join(read(need.role.label) for need in awaited)
        found.append(
            Waiting(
                "flow",
                read(items.titled(version)),
                kind.review_url(version) if kind.review_url else kind.url(version.item),
                read(name_of(names, parties.discloser)),
                _("%(kind)s. It waits for: %(who)s.", kind=read(kind.label), who=waits),
                version.submitted_at,
                is_mine,
                _status(is_mine),
            )
        )
    return found


def _deliveries(session: Session, actor: Actor, names: dict[str, Organisation]) -> list[Waiting]:
    deliveries = queries.deliveries_in_review(session, actor)
    ids = [one.id for one in deliveries]
    asked = queries.open_requests(session, ids)
    flows = items.versions_by_hash(session, list({one.flow_version_hash for one in deliveries}))
    now = clock.now()
    stopped = judging.objections(session, actor, deliveries, now)
    held, points = queries.held_claims(session, ids, now), queries.open_points(session, ids)
    found = []
    for delivery in deliveries:
        warnings = [one for _key, one in findings_of(delivery.assessment) if one.severity is Severity.WARNING]
        may = judging.may_review(actor, delivery) and stopped[delivery.id] is None
        left = points.get(delivery.id, [])
        waits_for_region = delivery.id in asked or (bool(left) and all(one.returned_at for one in left))
        flow = flows.get(delivery.flow_version_hash)
        text = ngettext(
            "One warning with an explanation to read.",
            "%(num)d warnings with explanations to read.",
            len(warnings),
        )
        found.append(
            Waiting(
                "delivery",
                f"{delivery.number}: {read(flow_of(flow).title)}" if flow else str(delivery.number),
                url_for("review.delivery", reference=delivery.number),
                read(name_of(names, delivery.organisation_id)),
                text if warnings else _("The line sends every delivery to a reviewer."),
                delivery.sent_at,
                may and not waits_for_region,
                _status_of_delivery(held.get(delivery.id), actor, is_mine=may, waits_for_region=waits_for_region),
            )
        )
    return found


def _tables(session: Session, actor: Actor) -> list[Waiting]:
    """What is to be decided, and what is decided and not yet released but has been corrected meanwhile."""
    waiting, ahead = to_decide(session, actor), to_be_released(session, actor)
    corrected = {one for one, found in corrections_since(session, [*waiting, *ahead]).items() if found}
    tables = [*waiting, *(one for one in ahead if one.id in corrected)]
    measures = items.versions_by_hash(session, list({one.measure_version_hash for one in tables}))
    stopped = acts.objections(session, actor, tables)
    last = last_said(session, [one for one in tables if one.is_carried_over])
    objecting = Counter(key for (key, _region), one in last.items() if one.stance == Stance.OBJECT)
    found = []
    for table in tables:
        measure = measures.get(table.measure_version_hash)
        name = items.kind_named(measure.item.kind).title(measure.content) if measure else None
        is_mine = actor.has_role(Role.LEGAL_REVIEWER, organisation_id=table.organisation_id) and not stopped[table.id]
        found.append(
            Waiting(
                "figure",
                _(
                    "%(name)s, table version %(number)s",
                    name=read(name) if name else table.measure_slug,
                    number=table.number,
                ),
                url_for("legal_desk.table", table_id=table.id),
                "",
                _about_table(table, is_corrected=table.id in corrected, objecting=objecting[table.id]),
                table.composed_at,
                is_mine,
                _status_of_table(table, is_mine=is_mine),
            )
        )
    return found


def _compilations(session: Session, actor: Actor) -> list[Waiting]:
    """The compilations that rules close and nobody has decided about, one line for each measure and rule."""
    if not actor.has_role(Role.LEGAL_REVIEWER):
        return []
    waiting: dict[tuple[str, str], list[ClosedView]] = {}
    for one in closed_views(session, actor):
        if one.awaits:
            waiting.setdefault((one.view.measure_slug, one.view.rule), []).append(one)
    found = []
    for (slug, rule_id), views in waiting.items():
        measure = views[0].measure
        is_mine = compilations.objection(session, actor, measure) is None
        text = ngettext(
            "%(rule)s. One compilation is closed until you decide.",
            "%(rule)s. %(num)d compilations are closed until you decide.",
            len(views),
            rule=read(rule(rule_id).title),
        )
        title = _("%(measure)s: compilation", measure=read(measure.measure.title))
        url = url_for("legal_desk.compilations", _anchor=slug)
        found.append(Waiting("figure", title, url, "", text, views[0].table.composed_at, is_mine, _status(is_mine)))
    return found


def _about_table(table: TableVersion, *, is_corrected: bool, objecting: int) -> str:
    said = [] if table.is_carried_over else [_("For %(whom)s", whom=read(table.audience_label)) + "."]
    if is_corrected:
        said.append(_("Rests on figures that have been corrected since."))
    if table.release_at is not None and table.release_at > clock.now():
        said.append(_("It is published %(when)s as it is, unless it is stopped.", when=show_datetime(table.release_at)))
    elif table.is_carried_over:
        said.append(_("Open to everybody since before publishing was a decision."))
        if objecting:
            said.append(ngettext("One region objects to it.", "%(num)d regions object to it.", objecting))
    elif not table.hidden:
        said.append(_("Nothing in it is hidden."))
    else:
        said.append(ngettext("One figure is hidden.", "%(num)d figures are hidden.", table.hidden))
    return " ".join(map(str, said))


def _status_of_table(table: TableVersion, *, is_mine: bool) -> tuple[str, str]:
    if table.release_at is not None and table.release_at > clock.now():
        return "warn", _("Corrected since")
    return ("warn", _("Carried over, to be decided")) if table.is_carried_over else _status(is_mine)


def _status_of_delivery(
    claim: DeliveryClaim | None, actor: Actor, *, is_mine: bool, waits_for_region: bool
) -> tuple[str, str]:
    if waits_for_region:
        return "wait", _("Waits for the region's answer")
    if claim is None:
        return _status(is_mine)
    if claim.person_id == actor.person_id:
        return "wait", _("Taken by you")
    return "idle", _("Taken by a %(role)s", role=read(Role(claim.role).label))


def _status(is_mine: bool) -> tuple[str, str]:
    return ("wait", _("Waits for you")) if is_mine else ("idle", _("Waits for others"))


def release_in_words(delivery: Delivery, decision: DeliveryDecision | None) -> str:
    """Whether a sent delivery is released, and on whose decision."""
    match DeliveryState(delivery.state):
        case DeliveryState.RELEASED | DeliveryState.REPLACED if decision:
            return str(_("Released: both sides have decided"))
        case DeliveryState.RELEASED | DeliveryState.REPLACED:
            return str(_("Released: the region decided, under the line that the recipient has approved"))
        case DeliveryState.REFUSED | DeliveryState.WITHDRAWN:
            return str(_("Not released"))
        case _other:
            return str(_("Released when both sides have decided"))


def findings(view: DeliveryView) -> list[ShownFinding]:
    """What was found in a sent delivery and what the region said to it, what it had to say something to first."""
    shown = [*view.to_do, *view.answered, *view.said]
    return [replace(one, text=replace(one.text, mend="")) for one in shown]  # how to mend it was said to the sender


@dataclass(frozen=True, slots=True)
class Compared:
    """A value beside the one before it."""

    unit: str
    label: Text
    before: str
    now: str
    percent: str


def compared(delivery: Delivery, loaded: LoadedModel) -> list[Compared]:
    """The values that changed much since the last delivery of the flow, with the model's own labels."""
    labels = {element.name: element.label for element in loaded.model.elements}
    return [
        Compared(
            read(each.unit),
            labels.get(each.element, Text(each.element, each.element)),
            each.before,
            each.now,
            each.percent,
        )
        for each in delivery.assessment.changes
    ]
