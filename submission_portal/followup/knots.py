"""The stations of the thread as they stand behind a figure: decisions, deliveries, flows, models, applications, concepts.

Pages and the command line show the same knots. What a knot says may be said to anybody: numbers, dates and hashes, never
what a draft held or what stands in another region's file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from registry import clock
from registry.findings import Text
from registry.identity.tables import Organisation
from registry.items.tables import Version
from registry.period import Period
from submission_portal.deliveries import fingerprints
from submission_portal.deliveries.spans import span_label
from submission_portal.deliveries.tables import Delivery
from submission_portal.followup.figures import Figure
from submission_portal.followup.plans import PlannedMeasure
from submission_portal.followup.tables import TableVersion
from submission_portal.forwarding.tables import Release
from submission_portal.review.tables import DeliveryDecision, DeliveryOutcome

MANY = 3
"""More deliveries, flows or statements than this are listed; fewer get a knot of their own."""

Fact = tuple[Text, str | date | Text]
"""What it is, and the value: words, a day, or a hash of 64 hex digits."""


@dataclass(frozen=True, slots=True)
class Link:
    """Something that a knot leads to. ``hash`` identifies it beyond doubt."""

    text: Text
    url: str | None = None
    ref: str = ""
    hash: str = ""
    note: Text | None = None
    knot: str = ""


@dataclass(frozen=True, slots=True)
class Knot:
    """One station of the thread. ``knot`` is its name in the locator; ``links`` are its parts where there are several."""

    knot: str
    title: Text
    text: Text | None = None
    url: str | None = None
    ref: str = ""
    facts: tuple[Fact, ...] = ()
    links: tuple[Link, ...] = ()


def figure_title(measure: PlannedMeasure, figure: Figure) -> Text:
    """What a figure is about, in words.

    The measure, the place from the smaller to the larger, and the period.
    """
    places = [measure.label(name, code) for name, code in zip(measure.plan.dimensions, figure.place, strict=False)]
    region = measure.label("region", figure.region)
    parts = [*reversed(places), region]
    where_sv, where_en = ", ".join(one.sv for one in parts), ", ".join(one.en for one in parts)
    title = measure.measure.title
    return Text(
        f"{title.sv}: {where_sv}, {figure.period.label('sv')}", f"{title.en}: {where_en}, {figure.period.label('en')}"
    )


def table_facts(table: TableVersion) -> tuple[Fact, ...]:
    day = clock.local(table.published_at).date() if table.published_at else ""
    return (
        (Text("Tabellversion", "Table version"), str(table.number)),
        (Text("Publicerad", "Published"), day),
        (Text("Innehållets kontrollsumma", "Content hash"), table.content_hash),
    )


def decision_knot(
    table: TableVersion | None,
    releases: Sequence[Release],
    deliveries: dict[str, Delivery],
    flows: Sequence[Version],
    organisations: dict[str, Organisation],
) -> Knot:
    facts: list[Fact] = []
    for flow in flows if len(flows) == 1 else ():
        facts += [
            (_aspect(decision.aspect), clock.local(decision.decided_at).date())
            for decision in flow.decisions
            if decision.outcome == "approve"
        ]
    links: list[Link] = []
    for release in releases if len(releases) <= MANY else ():
        delivery = deliveries.get(release.delivery_id)
        decided = _disclosed(delivery) if delivery else []
        released = clock.local(release.released_at).date()
        if len(releases) == 1:
            facts += [*decided, (Text("Frisläppt", "Released"), released)]
        elif delivery is not None:
            links.append(_decided_link(delivery, decided, released))
    reviewed = _reviewed(deliveries)
    facts += [(Text("Granskning", "Review"), clock.local(one).date()) for one in reviewed[:MANY]]
    if table is not None and table.decided_by and table.published_at:
        facts.append((Text("Tabell, juridik", "Table, legal"), clock.local(table.published_at).date()))
    if len(releases) > MANY:
        text = Text(
            f"{len(releases)} leveranser frisläppta, var och en under sitt godkända dataflöde",
            f"{len(releases)} deliveries released, each under its approved flow",
        )
    elif reviewed:
        text = Text(
            "Frisläppt efter granskning, under ett godkänt dataflöde", "Released after review, under an approved flow"
        )
    else:
        text = Text(
            "Frisläppt utan anmärkning, under ett godkänt dataflöde",
            "Released without findings, under an approved flow",
        )
    title = Text(
        "Regionen om utlämnandet, mottagaren om mottagandet", "The region on disclosure, the recipient on receipt"
    )
    return Knot("decision", title, text, facts=tuple(facts), links=tuple(links))


def _disclosed(delivery: Delivery) -> list[Fact]:
    """The region's own decision to disclose, as far as it is open."""
    decision = delivery.disclosure
    if decision is None:
        return []
    facts: list[Fact] = [(Text("Utlämnande", "Disclosure"), clock.local(decision.decided_at).date())]
    if decision.registry_number:
        facts.append((Text("Diarienummer", "Registry number"), decision.registry_number))
    return facts


def _decided_link(delivery: Delivery, decided: Sequence[Fact], released: date) -> Link:
    """The decisions on one delivery among several, in a line."""
    day = Period.day(released)
    number = next((str(value) for name, value in decided if name.sv == "Diarienummer"), "")
    disclosed = f", {number}" if number else ""
    return Link(
        Text(
            f"{delivery.number}: frisläppt {day.label('sv')}{disclosed}",
            f"{delivery.number}: released {day.label('en')}{disclosed}",
        ),
        url_for("followup.trace", ref=delivery.number or ""),
        f"delivery:{delivery.id}",
    )


def _reviewed(deliveries: Mapping[str, Delivery]) -> list[datetime]:
    """When the recipient's reviewers released those deliveries that had something to read in them."""
    session = next((object_session(one) for one in deliveries.values()), None)
    if session is None:
        return []
    query = select(DeliveryDecision.decided_at).where(
        DeliveryDecision.delivery_id.in_(deliveries), DeliveryDecision.outcome == DeliveryOutcome.RELEASE
    )
    return list(session.scalars(query.order_by(DeliveryDecision.decided_at)))


def _aspect(aspect: str) -> Text:
    return {
        "quality": Text("Flöde, kvalitet", "Flow, quality"),
        "legal": Text("Flöde, juridik", "Flow, legal"),
    }.get(aspect, Text(f"Flöde, {aspect}", f"Flow, {aspect}"))


def delivery_knot(
    releases: Sequence[Release], deliveries: dict[str, Delivery], organisations: dict[str, Organisation]
) -> Knot:
    found = [deliveries[release.delivery_id] for release in releases if release.delivery_id in deliveries]
    if len(found) == 1:
        one = found[0]
        return Knot(
            "delivery",
            Text(f"Leverans {one.number}", f"Delivery {one.number}"),
            url=url_for("followup.trace", ref=one.number or ""),
            ref=f"delivery:{one.id}",
            facts=delivery_facts(one, organisations),
        )
    links = tuple(
        Link(
            Text(
                f"{one.number}, {organisations[one.organisation_id].name.sv}",
                f"{one.number}, {organisations[one.organisation_id].name.en}",
            ),
            url_for("followup.trace", ref=one.number or ""),
            f"delivery:{one.id}",
            one.file_sha256 if _shows_hash(one) else "",
            next((Text(f"rättar {number}", f"corrects {number}") for _, number in _corrected(one)), None),
        )
        for one in found
    )
    return Knot("delivery", Text(f"{len(found)} leveranser", f"{len(found)} deliveries"), links=links)


def delivery_facts(delivery: Delivery, organisations: dict[str, Organisation]) -> tuple[Fact, ...]:
    region = organisations[delivery.organisation_id].name
    received = clock.local(delivery.sent_at).date() if delivery.sent_at else ""
    return (
        (Text("Lämnad av", "Delivered by"), region),
        (Text("Mottagen", "Received"), received),
        (Text("Period", "Period"), Text(span_label(delivery.period, "sv"), span_label(delivery.period, "en"))),
        *([(Text("Filens kontrollsumma", "Hash of the file"), delivery.file_sha256)] if _shows_hash(delivery) else []),
        *_corrected(delivery),
    )


def _shows_hash(delivery: Delivery) -> bool:
    session = object_session(delivery)
    return session is not None and fingerprints.are_public(session, delivery.model_version_hash)


def _corrected(delivery: Delivery) -> list[Fact]:
    """The number of the delivery that this one corrects or replaces."""
    session = object_session(delivery)
    earlier = (
        session.get(Delivery, delivery.corrects_delivery_id) if session and delivery.corrects_delivery_id else None
    )
    return [(Text("Rättar", "Corrects"), earlier.number)] if earlier is not None and earlier.number else []


def flow_knot(flows: Sequence[Version]) -> Knot:
    if len(flows) == 1:
        flow = flows[0]
        title = flow.content["title"]
        return Knot(
            "flow",
            Text(f"{title['sv']}, version {flow.number}", f"{title['en']}, version {flow.number}"),
            url=version_url(flow),
            ref=flow.ref,
            facts=((Text("Innehållets kontrollsumma", "Content hash"), flow.content_hash),),
        )
    links = tuple(
        Link(
            Text(
                f"{one.content['title']['sv']}, version {one.number}",
                f"{one.content['title']['en']}, version {one.number}",
            ),
            version_url(one),
            one.ref,
            one.content_hash,
        )
        for one in flows
    )
    return Knot("flow", Text(f"{len(flows)} dataflöden", f"{len(flows)} data flows"), links=links)


def model_knot(models: Sequence[Version]) -> Knot:
    newest = models[-1]
    title = newest.content["title"]
    links = tuple(
        Link(Text(f"version {one.number}", f"version {one.number}"), version_url(one), one.ref, one.content_hash)
        for one in models[:-1]
    )
    return Knot(
        "model",
        Text(f"{title['sv']}, version {newest.number}", f"{title['en']}, version {newest.number}"),
        url=version_url(newest),
        ref=newest.ref,
        facts=((Text("Innehållets kontrollsumma", "Content hash"), newest.content_hash),),
        links=links,
    )


def version_url(version: Version) -> str | None:
    kind = current_app.extensions["registry"].item_kinds.get(version.item.kind)
    return kind.url(version.item) if kind else None


def deliveries_of(session: Session, releases: Sequence[Release]) -> dict[str, Delivery]:
    ids = [release.delivery_id for release in releases]
    return {one.id: one for one in session.scalars(select(Delivery).where(Delivery.id.in_(ids)))}


def organisations_by_id(session: Session, ids: Sequence[str]) -> dict[str, Organisation]:
    return {one.id: one for one in session.scalars(select(Organisation).where(Organisation.id.in_(ids)))}
