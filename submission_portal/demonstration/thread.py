"""The main job, once, on the bundled figures: the same services that the web pages and the commands call.

Every step is idempotent: interrupted half-way, it goes on where it was; performed, it is not performed again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy.orm import Session

from information_models import measures
from registry import clock, events, jobs
from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.findings import Text
from registry.identity import queries as identity
from registry.identity.tables import InstanceMark
from registry.items import queries as items
from registry.items.lifecycle import Outcome, State
from registry.items.tables import Item, Version
from registry.provenance import Provenance
from registry.starter import RECIPIENT
from submission_portal.deliveries import services as deliveries
from submission_portal.deliveries.assessment.remaining import remaining
from submission_portal.deliveries.lifecycle import DeliveryState
from submission_portal.deliveries.tables import Delivery
from submission_portal.demonstration import boundary_cases, figures, people
from submission_portal.demonstration.answers import MADE_UP, REASONS, answers
from submission_portal.demonstration.flows import (
    DAILY,
    HALF_YEAR_RATES,
    MONTHLY_RATES,
    NORRBOTTEN,
    LinePlan,
    available_beds,
)
from submission_portal.flows import services as lines
from submission_portal.flows.agreeing import services as uses
from submission_portal.flows.audiences import Audience
from submission_portal.followup.deciding import counts_persons
from submission_portal.followup.tables import TableState
from submission_portal.followup.versions import all_awaiting, all_standing, version_to_review
from submission_portal.legal_desk import services as legal_desk
from submission_portal.receiving import services as receiving
from submission_portal.review import services as review
from submission_portal.review.tables import DeliveryOutcome

NORRBOTTEN_EXPLANATION = (
    "Regionfullmäktige beslutade (§ 8, dnr 3754-2017) att tekniska vårdplatser från 1 mars 2018 inte räknas som "
    "fastställda. Ordalydelsen är densamma, tillämpningen är ny. Återgivet ur publicerad källa."
)
PERFORMED = "demonstration_performed"
QUALITY_REVIEWER, LEGAL_REVIEWER = "kvalitetsgranskare", "rattsgranskare"
SLUG_OF = {Audience.RECIPIENT: "uppfoljning", Audience.PUBLIC: "publicering"}
FIRST_DAY, WEEK = date(2026, 10, 5), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was done: what, what came of it, and the path of the page that shows it."""

    what: Text
    path: str | None = None


Tell = Callable[[Told], None]


@dataclass(frozen=True, slots=True)
class Planned:
    """A file to deliver in a line."""

    plan: LinePlan
    file_name: str
    data: bytes
    explanation: str = ""
    is_protected_and_published: bool = False

    @property
    def registry_number(self) -> str:
        return self.plan.registry_number or f"DEMO-{self.plan.slug}"


def is_performed(session: Session) -> bool:
    return session.get(InstanceMark, PERFORMED) is not None


def planned() -> Iterator[Planned]:
    """Every delivery of the demonstration, in the order in which it is made."""
    yield Planned(NORRBOTTEN, "faststallda_fore_2018-03-01.csv", figures.norrbotten(figures.DAY_BEFORE))
    yield Planned(
        NORRBOTTEN, "faststallda_fran_2018-03-01.csv", figures.norrbotten(figures.CHANGE_DAY), explanation=NORRBOTTEN_EXPLANATION
    )  # fmt: skip
    names = {one.code: one.name_sv for one in identity.organisations(db.session, "region")}
    for code, data in figures.available_beds():
        yield Planned(available_beds(code, names[code]), f"disponibla_{code}_2014-2015.csv", data)
    yield Planned(HALF_YEAR_RATES, "overbelaggningar_halvar_2013-2016.csv", figures.half_year_rates())
    yield Planned(MONTHLY_RATES, "kvoter_manad_2017-2018.csv", figures.monthly_rates())
    first, second = figures.daily_wards(FIRST_DAY, 7), figures.daily_wards(FIRST_DAY + WEEK, 7)
    yield Planned(DAILY, "dagliga_2026-v41_pahittade.csv", first, MADE_UP, is_protected_and_published=True)
    yield Planned(DAILY, "dagliga_2026-v42_pahittade.csv", second, MADE_UP)


def perform(tell: Tell) -> None:
    """Propose and approve the lines and their uses, deliver the files, forward them, and publish what may be published."""
    _tell_of_starter_content(tell)
    if told := boundary_cases.send_out():
        tell(Told(told, "/termbank/gransfall/"))
    for _, together in groupby(planned(), key=lambda one: (one.plan.model, one.is_protected_and_published)):
        for one in together:
            line_id, is_new = _approved_line(one.plan)
            _deliver(line_id, one, tell, is_new=is_new)
        jobs.drain()
        if one.is_protected_and_published:
            _publish_tables(tell)
    _tell_of_figures(tell)
    with transaction() as session:
        if not is_performed(session):
            session.add(InstanceMark(name=PERFORMED, value=clock.now().isoformat()))
            events.record(session, "DemonstrationPerformed", actor=SYSTEM, now=clock.now(), subject="instance:this")


def _tell_of_starter_content(tell: Tell) -> None:
    for kind, path, sv, en in (
        ("concept", "/termbank/", "begrepp är publicerade, med källa och datum för varje återgiven ordalydelse",
         "concepts are published, with source and date for each rendered wording"),
        ("application", "/termbank/begrepp/faststalld-vardplats", "redovisade tillämpningar av «fastställd vårdplats», med beslutet de vilar på",
         "statements of how “fastställd vårdplats” is applied, with the decision they rest on"),
        ("model", "/modeller/", "informationsmodeller är publicerade, bundna till begreppens versioner",
         "information models are published, bound to versions of the concepts"),
    ):  # fmt: skip
        count = len(items.current_versions(db.session, kind))
        tell(Told(Text(f"{count} {sv}.", f"{count} {en}."), path))


def _approved_line(plan: LinePlan) -> tuple[str, bool]:
    """The line's item id, and whether it was proposed by the discloser and approved only now, with what is done with it."""
    item = items.item_by_slug(db.session, "flow", plan.slug)
    is_new = item is None or items.current(db.session, item) is None
    line_id = _line(plan) if item is None or is_new else item.id
    for audience in (Audience.RECIPIENT, Audience.PUBLIC):
        _use(plan, line_id, audience)
    return line_id, is_new


def _line(plan: LinePlan) -> str:
    with transaction() as session:
        item = items.item_by_slug(session, "flow", plan.slug)
        version = items.versions_of(session, item)[-1] if item else _proposed(session, plan)
        if version.is_being_written:
            lines.submit(session, people.actor(session, plan.proposer), clock.now(), version)
        item_id, version_id = version.item_id, version.id
    with transaction() as session:
        version = session.get_one(Version, version_id)
        if version.state == State.IN_REVIEW:
            lines.decide(
                session, people.actor(session, QUALITY_REVIEWER), clock.now(), version, aspect=lines.QUALITY,
                outcome=Outcome.APPROVE, reason=REASONS[plan.provenance],
            )  # fmt: skip
    return item_id


def _proposed(session: Session, plan: LinePlan) -> Version:
    kind, code = plan.discloser
    discloser = identity.organisation_by_code(session, code, kind)
    model = items.current_by_slug(session, "model", plan.model)
    if discloser is None or model is None:
        raise LookupError(f"the starter content lacks what the line {plan.slug} rests on")
    content = plan.line(
        discloser=discloser.id, recipient=_recipient(session), model_version=model.content_hash, today=clock.today()
    )
    return lines.propose(
        session, people.actor(session, plan.proposer), clock.now(), content=content, slug=plan.slug, reason=REASONS[plan.provenance]
    )  # fmt: skip


def _recipient(session: Session) -> str:
    recipient = identity.organisation_by_code(session, RECIPIENT, "recipient")
    if recipient is None:
        raise LookupError("the starter content lacks the recipient")
    return recipient.id


def _use(plan: LinePlan, line_id: str, audience: Audience) -> None:
    """What is done with what the line delivers, for one audience: proposed by the region, and approved by both sides."""
    slug, reason = f"{plan.slug}-{SLUG_OF[audience]}", REASONS[plan.provenance]
    with transaction() as session:
        proposer = people.actor(session, plan.proposer)
        item = items.item_by_slug(session, "use", slug)
        if item is None:
            content = plan.use(audience, line=line_id, recipient=_recipient(session), today=clock.today())
            version = uses.propose(session, proposer, clock.now(), content=content, slug=slug, reason=reason)
        else:
            version = items.versions_of(session, item)[-1]
        if version.is_being_written:
            uses.submit(session, proposer, clock.now(), version)
        version_id = version.id
    deciders = (
        (QUALITY_REVIEWER, uses.QUALITY),
        (LEGAL_REVIEWER, uses.LEGAL),
        (plan.discloser_login, uses.ACCEPTANCE),
    )
    for login, aspect in deciders:
        with transaction() as session:
            version = session.get_one(Version, version_id)
            if version.state == State.IN_REVIEW and aspect not in {decision.aspect for decision in version.decisions}:
                uses.decide(
                    session, people.actor(session, login), clock.now(), version, aspect=aspect, outcome=Outcome.APPROVE,
                    reason=reason, answers=answers(plan.provenance, concerns_persons=plan.concerns_persons),
                )  # fmt: skip


def _deliver(line_id: str, one: Planned, tell: Tell, *, is_new: bool) -> None:
    """Check, explain where asked, disclose, send, and have it reviewed where that is needed; skipped if sent before."""
    plan, officer = one.plan, one.plan.proposer
    with transaction() as session:
        line = session.get_one(Item, line_id)
        delivery = deliveries.start(
            session, people.actor(session, officer), clock.now(), flow_item=line, file_name=one.file_name, data=one.data,
            provenance=plan.provenance,
        )  # fmt: skip
        if delivery.number:
            return
        delivery_id, left = delivery.id, remaining(delivery.assessment, delivery.explanations)
    if left:
        with transaction() as session:
            explanations = {each.key: one.explanation for each in left}
            deliveries.explain(
                session, people.actor(session, officer), clock.now(), session.get_one(Delivery, delivery_id), explanations=explanations
            )  # fmt: skip
    with transaction() as session:
        deliveries.disclose(
            session, people.actor(session, plan.discloser_login), clock.now(), session.get_one(Delivery, delivery_id),
            answers=answers(plan.provenance, concerns_persons=plan.concerns_persons),
            registry_number=one.registry_number, reason=REASONS[plan.provenance],
        )  # fmt: skip
    with transaction() as session:
        receiving.send(session, people.actor(session, officer), clock.now(), session.get_one(Delivery, delivery_id))
    if db.session.get_one(Delivery, delivery_id).state == DeliveryState.IN_REVIEW:
        with transaction() as session:
            review.decide_delivery(
                session, people.actor(session, QUALITY_REVIEWER), clock.now(), session.get_one(Delivery, delivery_id),
                outcome=DeliveryOutcome.RELEASE, reason=f"{REASONS[plan.provenance]} Förklaringen hänvisar till beslutet.",
            )  # fmt: skip
    delivery = db.session.get_one(Delivery, delivery_id)
    found = ", ".join(each.finding.code for each in left)
    tell(
        Told(
            Text(
                f"{plan.title[0]}: {'linjen och två användningar godkändes; ' if is_new else ''}{one.file_name} gav kvittens {delivery.number} och "
                + (f"läses av en granskare ({found}, förklarad), sedan frisläppt." if left else "gick rakt igenom, inget att förklara."),
                f"{plan.title[1]}: {'the line and two uses were approved; ' if is_new else ''}{one.file_name} got receipt {delivery.number} and "
                + (f"was read by a reviewer ({found}, explained), then released." if left else "went straight through, nothing to explain."),
            ),
            f"/leveranser/{delivery.number}",
        )
    )  # fmt: skip


def _publish_tables(tell: Tell) -> None:
    """The legal reviewer decides on each table that waits: everybody may have it, with what is hidden in it."""
    for table_id in [table.id for table in all_awaiting(db.session)]:
        with transaction() as session:
            reviewer = people.actor(session, LEGAL_REVIEWER)
            table = version_to_review(session, reviewer, table_id)
            provenance = Provenance(table.provenance)
            legal_desk.decide_table(
                session,
                reviewer,
                clock.now(),
                table,
                outcome=legal_desk.PUBLISH,
                reason=REASONS[provenance],
                answers=answers(provenance, concerns_persons=counts_persons(session, table)),
            )
            slug, hidden = table.measure_slug, table.hidden
        if hidden:
            tell(
                Told(
                    Text("Småtal doldes i tabellen, kontrollen fann inget som går att räkna ut, och rättsgranskaren publicerade den.",
                         "Small numbers were hidden in the table, the audit found nothing that can be derived, and the legal reviewer published it."),
                    f"/uppfoljning/{slug}",
                )
            )  # fmt: skip


def _tell_of_figures(tell: Tell) -> None:
    for table in all_standing(db.session):
        measure = items.current_by_slug(db.session, "measure", table.measure_slug)
        title = measures.read(measure.content).title if measure else Text(table.measure_slug, table.measure_slug)
        waits = table.state == TableState.AWAITING_REVIEW
        tell(
            Told(
                Text(f"{title.sv}: tabellversion {table.number} " + ("väntar på rättsgranskaren." if waits else "är publicerad."),
                     f"{title.en}: table version {table.number} " + ("waits for the legal reviewer." if waits else "is published.")),
                f"/uppfoljning/{table.measure_slug}",
            )
        )  # fmt: skip
