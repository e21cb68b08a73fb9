"""The main job, once, on the bundled figures: the same services that the web pages and the commands call.

Every step is idempotent: interrupted half-way, it goes on where it was; performed, it is not performed again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from registry import clock, events, jobs
from registry.db import db, transaction
from registry.findings import Text
from registry.identity import queries as identity
from registry.identity.actors import SYSTEM
from registry.identity.tables import InstanceMark
from registry.items import queries as items
from registry.items.kinds import Outcome, State
from registry.items.tables import Item, Version
from registry.starter import RECIPIENT
from submission_portal.deliveries import services as deliveries
from submission_portal.deliveries.tables import Delivery
from submission_portal.demonstration import figures, people
from submission_portal.demonstration.answers import REASONS, answers
from submission_portal.demonstration.flows import DAILY, NORRBOTTEN, RATES, FlowPlan, available_beds
from submission_portal.flows import services as flows

PERFORMED = "demonstration_performed"
REGISTRY_NUMBERS = {NORRBOTTEN.slug: "dnr 3754-2017 (regionfullmäktige § 8, återgivet)"}
FIRST_DAY, WEEK = date(2026, 10, 5), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was done: what, what came of it, and the path of the page that shows it."""

    what: Text
    path: str | None = None


Tell = Callable[[Told], None]


@dataclass(frozen=True, slots=True)
class Planned:
    """A file to deliver in a flow."""

    plan: FlowPlan
    file_name: str
    data: bytes


def is_performed(session: Session) -> bool:
    return session.get(InstanceMark, PERFORMED) is not None


def planned() -> Iterator[Planned]:
    """Every delivery of the demonstration, in the order in which it is made."""
    yield Planned(NORRBOTTEN, "faststallda_fore_2018-03-01.csv", figures.norrbotten(figures.DAY_BEFORE))
    yield Planned(NORRBOTTEN, "faststallda_fran_2018-03-01.csv", figures.norrbotten(figures.CHANGE_DAY))
    names = {one.code: one.name_sv for one in identity.organisations(db.session, "region")}
    for code, data in figures.available_beds():
        yield Planned(available_beds(code, names[code]), f"disponibla_{code}_2014-2015.csv", data)
    yield Planned(RATES, "overbelaggningar_halvar_2013-2016.csv", figures.half_year_rates())
    yield Planned(RATES, "kvoter_manad_2017-2018.csv", figures.monthly_rates())
    yield Planned(DAILY, "dagliga_2026-v41_pahittade.csv", figures.daily_wards(FIRST_DAY, 7))
    yield Planned(DAILY, "dagliga_2026-v42_pahittade.csv", figures.daily_wards(FIRST_DAY + WEEK, 7))


def perform(tell: Tell) -> None:
    """Propose and approve the flows, deliver the files, forward them, and publish what may be published."""
    for one in planned():
        flow = _approved_flow(one.plan, tell)
        _delivered(flow, one, tell)
        jobs.drain()
    with transaction() as session:
        if not is_performed(session):
            session.add(InstanceMark(name=PERFORMED, value=clock.now().isoformat()))
            events.record(session, "DemonstrationPerformed", actor=SYSTEM, now=clock.now(), subject="instance:this")


def _approved_flow(plan: FlowPlan, tell: Tell) -> str:
    """The flow's item id, after it was proposed by the discloser and approved by the recipient's two reviewers."""
    item = items.item_by_slug(db.session, "flow", plan.slug)
    if item is not None and items.current(db.session, item) is not None:
        return item.id
    kind, code = plan.discloser
    with transaction() as session:
        item = items.item_by_slug(session, "flow", plan.slug)
        version = items.versions_of(session, item)[-1] if item else _proposed(session, plan, kind, code)
        if version.state == State.DRAFT:
            flows.submit(session, people.actor(session, plan.proposer), clock.now(), version)
        item_id, version_id = version.item_id, version.id
    concerns_persons = plan.provenance == "made_up"
    reason = REASONS[plan.provenance]
    for login, aspect in (("kvalitetsgranskare", flows.QUALITY), ("rattsgranskare", flows.LEGAL)):
        with transaction() as session:
            version = session.get_one(Version, version_id)
            if version.state == State.IN_REVIEW and aspect not in {decision.aspect for decision in version.decisions}:
                flows.decide(
                    session, people.actor(session, login), clock.now(), version, aspect=aspect, outcome=Outcome.APPROVE,
                    reason=reason, answers=answers(plan.provenance, concerns_persons=concerns_persons),
                )  # fmt: skip
    tell(
        Told(
            Text(
                f"Flödet «{plan.title[0]}» föreslogs av utlämnaren och godkändes av mottagarens två granskare.",
                f"The flow “{plan.title[1]}” was proposed by the discloser and approved by the recipient's two reviewers.",
            ),
            f"/floden/{plan.slug}",
        )
    )
    return item_id


def _proposed(session: Session, plan: FlowPlan, kind: str, code: str) -> Version:
    discloser = identity.organisation_by_code(session, code, kind)
    recipient = identity.organisation_by_code(session, RECIPIENT, "recipient")
    model = items.current_by_slug(session, "model", plan.model)
    if discloser is None or recipient is None or model is None:
        raise LookupError(f"the starter content lacks what the flow {plan.slug} rests on")
    content = plan.content(
        discloser=discloser.id, recipient=recipient.id, model_version=model.content_hash, today=clock.today()
    )
    return flows.propose(
        session, people.actor(session, plan.proposer), clock.now(), content=content, slug=plan.slug, reason=REASONS[plan.provenance]
    )  # fmt: skip


def _delivered(flow_id: str, one: Planned, tell: Tell) -> None:
    """Check, disclose and send one file, unless it was sent before."""
    plan = one.plan
    with transaction() as session:
        flow = session.get_one(Item, flow_id)
        delivery = deliveries.start(
            session, people.actor(session, plan.proposer), clock.now(), flow_item=flow, file_name=one.file_name, data=one.data
        )  # fmt: skip
        delivery_id = delivery.id
        if delivery.number:
            return
    with transaction() as session:
        delivery = session.get_one(Delivery, delivery_id)
        deliveries.disclose(
            session, people.actor(session, plan.discloser_login), clock.now(), delivery,
            answers=answers(plan.provenance, concerns_persons=plan.provenance == "made_up"),
            registry_number=REGISTRY_NUMBERS.get(plan.slug, f"DEMO-{plan.slug}"), reason=REASONS[plan.provenance],
        )  # fmt: skip
    with transaction() as session:
        delivery = session.get_one(Delivery, delivery_id)
        receipt = deliveries.send(session, people.actor(session, plan.proposer), clock.now(), delivery)
        number = receipt.number
    tell(
        Told(
            Text(f"{one.file_name} kontrollerades, prövades och skickades: kvittens {number}.",
                 f"{one.file_name} was checked, disclosed and sent: receipt {number}."),
            f"/leveranser/{number}",
        )
    )  # fmt: skip

