"""What the pages of review show, put together from queries: plain values, ready for the templates."""

from dataclasses import dataclass, replace
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from information_models.definitions import LoadedModel
from registry import hands
from registry.actors import Actor, Role
from registry.findings import Severity, Text
from registry.i18n import read
from registry.identity.tables import Organisation
from registry.items import queries as items
from submission_portal.deliveries.checking.remaining import findings_of
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.pages.findings import ShownFinding
from submission_portal.deliveries.pages.view import DeliveryView
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.acts import line
from submission_portal.flows.pages import flow_of, name_of
from submission_portal.followup import acts
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.versions import to_decide
from submission_portal.review import queries, services
from submission_portal.review.tables import DeliveryDecision


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
    ]
    return sorted(found, key=lambda one: one.since.timestamp() if one.since else 0.0)


def _flows(session: Session, actor: Actor, names: dict[str, Organisation]) -> list[Waiting]:
    found = []
    waiting = queries.flows_in_review(session, actor)
    acted_in = hands.acted_for(session, actor, hands.Side.DISCLOSER, {line(one.item_id) for one, _needs in waiting})
    for version, awaited in waiting:
        flow = flow_of(version)
        mine = [need for need in awaited if actor.has_role(need.role, organisation_id=flow.recipient)]
        taken = any(decision.person_id == actor.person_id for decision in version.decisions)
        is_outside = not actor.belongs_to(version.organisation_id) and line(version.item_id) not in acted_in
        is_mine = bool(mine) and not taken and is_outside
        waits = ", ".join(read(need.role.label) for need in awaited)
        found.append(
            Waiting(
                "flow",
                read(items.titled(version)),
                url_for("flows.version", slug=version.item.slug, number=version.number),
                read(name_of(names, flow.discloser)),
                _("A region proposes a flow. It waits for: %(who)s.", who=waits),
                version.submitted_at,
                is_mine,
                _status(is_mine),
            )
        )
    return found


def _deliveries(session: Session, actor: Actor, names: dict[str, Organisation]) -> list[Waiting]:
    deliveries = queries.deliveries_in_review(session, actor)
    asked = queries.open_requests(session, [one.id for one in deliveries])
    flows = items.versions_by_hash(session, list({one.flow_version_hash for one in deliveries}))
    stopped = services.objections(session, actor, deliveries)
    found = []
    for delivery in deliveries:
        warnings = [one for _key, one in findings_of(delivery.assessment) if one.severity is Severity.WARNING]
        may = services.may_review(actor, delivery) and stopped[delivery.id] is None
        waits_for_region = delivery.id in asked
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
                text if warnings else _("The flow sends every delivery to a reviewer."),
                delivery.sent_at,
                may and not waits_for_region,
                ("wait", _("Waits for the region's answer")) if waits_for_region else _status(may),
            )
        )
    return found


def _tables(session: Session, actor: Actor) -> list[Waiting]:
    tables = to_decide(session, actor)
    measures = items.versions_by_hash(session, list({one.measure_version_hash for one in tables}))
    stopped = acts.objections(session, actor, tables)
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
                _about_table(table),
                table.composed_at,
                is_mine,
                ("warn", _("Carried over, to be decided")) if table.is_carried_over else _status(is_mine),
            )
        )
    return found


def _about_table(table: TableVersion) -> str:
    if table.is_carried_over:
        return str(_("Open to everybody since before publishing was a decision."))
    if not table.hidden:
        return str(_("Nothing in it is hidden."))
    return str(ngettext("One figure is hidden.", "%(num)d figures are hidden.", table.hidden))


def _status(is_mine: bool) -> tuple[str, str]:
    return ("wait", _("Waits for you")) if is_mine else ("idle", _("Waits for others"))


def release_in_words(delivery: Delivery, decision: DeliveryDecision | None) -> str:
    """Whether a sent delivery is released, and on whose decision."""
    match DeliveryState(delivery.state):
        case DeliveryState.RELEASED | DeliveryState.REPLACED if decision:
            return str(_("Released: both sides have decided"))
        case DeliveryState.RELEASED | DeliveryState.REPLACED:
            return str(_("Released: the region decided, under the flow that the recipient has approved"))
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
