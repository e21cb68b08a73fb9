"""The stations of the thread as they stand behind a figure: decisions, deliveries, flows, models, applications, concepts.

Pages and the command line show the same nodes. What a node says may be said to anybody: numbers, dates and hashes, never
what a draft held or what stands in another region's file.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from information_models.queries import model_of
from registry import clock
from registry.findings import Text
from registry.identity.tables import Organisation
from registry.items import queries as items
from registry.items.tables import Version
from registry.paging import Page, page_of_sequence
from registry.period import Period
from registry.references import Described, Edge
from submission_portal.deliveries import fingerprints
from submission_portal.deliveries.spans import span_label
from submission_portal.deliveries.tables import Delivery
from submission_portal.followup.figures import Figure
from submission_portal.followup.plans import PlannedMeasure
from submission_portal.followup.queries import decided_at
from submission_portal.followup.reach import Reach
from submission_portal.followup.tables import TableVersion
from submission_portal.forwarding.queries import releases_where
from submission_portal.forwarding.tables import DECIDED, Release

MANY = 3
"""More deliveries, flows or statements than this are listed; fewer get a node of their own."""

Fact = tuple[Text, str | date | Text]
"""What it is, and the value: words, a day, or a hash of 64 hex digits."""


@dataclass(frozen=True, slots=True)
class FigureTarget:
    """A figure of a measure, by its key."""

    measure: str
    key: str


@dataclass(frozen=True, slots=True)
class TableTarget:
    """A published version of a measure's table."""

    measure: str
    number: int


@dataclass(frozen=True, slots=True)
class DeliveryTarget:
    """A delivery that was received, by its number."""

    number: str


Target = FigureTarget | TableTarget | DeliveryTarget | Version | Described
"""What a node or a link leads to; `addresses.url_of` has its page. `Described` is what a resolver has told of it."""


@dataclass(frozen=True, slots=True)
class Link:
    """Something that a node leads to. ``hash`` identifies it beyond doubt."""

    text: Text
    leads_to: Target | None = None
    ref: str = ""
    hash: str = ""
    note: Text | None = None
    knot: str = ""


NOTHING: Page[Link] = Page((), 1, 0)


@dataclass(frozen=True, slots=True)
class TraceNode:
    """One station of the thread. ``knot`` is its name in the locator; ``listed`` are its parts where there are several.

    ``name`` is that of the list of parts among those of its trace (`reach.Reach`).
    """

    knot: str
    title: Text
    text: Text | None = None
    leads_to: Target | None = None
    ref: str = ""
    facts: tuple[Fact, ...] = ()
    listed: Page[Link] = NOTHING
    name: str = ""


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
    day = clock.local(table.release_at).date() if table.release_at else ""
    return (
        (Text("Tabellversion", "Table version"), str(table.number)),
        (Text("Publicerad", "Published"), day),
        (Text("Innehållets kontrollsumma", "Content hash"), table.content_hash),
    )


def decision_node(
    session: Session,
    behind: ColumnElement[bool],
    deliveries: Page[Delivery],
    flows: Page[Version],
    table: TableVersion | None,
) -> TraceNode:
    """The decisions behind the releases that ``behind`` is true of, whose deliveries and flows are given."""
    facts: list[Fact] = []
    for flow in flows.rows if flows.total == 1 else ():
        facts += [
            (_aspect(decision.aspect), clock.local(decision.decided_at).date())
            for decision in flow.decisions
            if decision.outcome == "approve"
        ]
    links: list[Link] = []
    if deliveries.total <= MANY:
        by_id = {one.id: one for one in deliveries.rows}
        for release in releases_where(session, behind):
            delivery = by_id.get(release.delivery_id)
            decided = _disclosed(delivery) if delivery else []
            released = clock.local(release.released_at).date()
            if deliveries.total == 1:
                facts += [*decided, (Text("Frisläppt", "Released"), released)]
            elif delivery is not None:
                links.append(_decided_link(delivery, decided, released))
    reviewed = _reviewed(session, behind)
    facts += [(Text("Granskning", "Review"), clock.local(one).date()) for one in reviewed]
    if table is not None and (given := decided_at(session, table)) is not None:
        facts.append((Text("Tabell, juridik", "Table, legal"), clock.local(given).date()))
    if deliveries.total > MANY:
        text = Text(
            f"{deliveries.total} leveranser frisläppta, var och en på sin godkända leveranslinje",
            f"{deliveries.total} deliveries released, each on its approved delivery line",
        )
    elif reviewed:
        text = Text(
            "Frisläppt efter granskning, på en godkänd leveranslinje",
            "Released after review, on an approved delivery line",
        )
    else:
        text = Text(
            "Frisläppt utan anmärkning, på en godkänd leveranslinje",
            "Released without findings, on an approved delivery line",
        )
    title = Text(
        "Regionen om utlämnandet, mottagaren om mottagandet", "The region on disclosure, the recipient on receipt"
    )
    return TraceNode("decision", title, text, facts=tuple(facts), listed=page_of_sequence(links, 1))


def _disclosed(delivery: Delivery) -> list[Fact]:
    """The region's own decision to disclose, as far as it is open."""
    decision = delivery.disclosure
    if decision is None:
        return []
    facts: list[Fact] = [(Text("Utlämnande", "Disclosure"), clock.local(decision.decided_at).date())]
    if decision.registry_number:
        facts.append((Text("Diarienummer", "Registry number"), decision.registry_number))
    if decision.standing_disclosure is not None:
        taken = clock.local(decision.standing_disclosure.decided_at).date()
        facts.append((Text("Enligt stående beslut av", "Under the standing decision of"), taken))
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
        DeliveryTarget(delivery.number or ""),
        f"delivery:{delivery.id}",
    )


def _reviewed(session: Session, behind: ColumnElement[bool]) -> list[datetime]:
    """When the recipient's reviewers released the first of those deliveries that had something to read in them."""
    query = (
        select(Edge.recorded_at)
        .join(Release, Edge.from_ref == "release:" + Release.id)
        .where(behind, Edge.role == DECIDED)
    )
    return list(session.scalars(query.order_by(Edge.recorded_at).limit(MANY)))


def _aspect(aspect: str) -> Text:
    return {
        "quality": Text("Leveranslinje, kvalitet", "Delivery line, quality"),
        "legal": Text("Leveranslinje, juridik", "Delivery line, legal"),
    }.get(aspect, Text(f"Leveranslinje, {aspect}", f"Delivery line, {aspect}"))


def delivery_node(session: Session, found: Page[Delivery]) -> TraceNode:
    """The deliveries: a node of its own for one, a list for several."""
    organisations = organisations_by_id(session, [one.organisation_id for one in found.rows])
    corrected = _corrected(session, found.rows)
    if found.total == 1:
        one = found.rows[0]
        return TraceNode(
            "delivery",
            Text(f"Leverans {one.number}", f"Delivery {one.number}"),
            leads_to=DeliveryTarget(one.number or ""),
            ref=f"delivery:{one.id}",
            facts=delivery_facts(session, one, organisations),
        )

    public = fingerprints.public_among(session, found.rows)

    def link(one: Delivery) -> Link:
        name, number = organisations[one.organisation_id].name, corrected.get(one.id)
        return Link(
            Text(f"{one.number}, {name.sv}", f"{one.number}, {name.en}"),
            DeliveryTarget(one.number or ""),
            f"delivery:{one.id}",
            one.file_sha256 if one.id in public else "",
            Text(f"rättar {number}", f"corrects {number}") if number else None,
        )

    return TraceNode(
        "delivery",
        Text(f"{found.total} leveranser", f"{found.total} deliveries"),
        listed=found.of(link),
        name="delivery",
    )


def delivery_facts(session: Session, delivery: Delivery, organisations: Mapping[str, Organisation]) -> tuple[Fact, ...]:
    region = organisations[delivery.organisation_id].name
    received = clock.local(delivery.sent_at).date() if delivery.sent_at else ""
    shows_hash = fingerprints.are_public(session, delivery)
    return (
        (Text("Lämnad av", "Delivered by"), region),
        (Text("Mottagen", "Received"), received),
        (Text("Period", "Period"), Text(span_label(delivery.period, "sv"), span_label(delivery.period, "en"))),
        *([(Text("Filens kontrollsumma", "Hash of the file"), delivery.file_sha256)] if shows_hash else []),
        *((Text("Rättar", "Corrects"), number) for number in _corrected(session, [delivery]).values()),
        *_layout_facts(delivery),
    )


def _layout_facts(delivery: Delivery) -> list[Fact]:
    """The answers about its export that the file was read by."""
    version = delivery.layout_version
    if version is None:
        return []
    named = Text(
        f"{version.layout.source}, version {version.number}", f"{version.layout.source}, version {version.number}"
    )
    return [(Text("Läst med svar om exporten", "Read by answers about the export"), named)]


def _corrected(session: Session, deliveries: Sequence[Delivery]) -> dict[str, str]:
    """For those deliveries that correct or replace another: its number. One statement."""
    wanted = {one.id: one.corrects_delivery_id for one in deliveries if one.corrects_delivery_id}
    query = select(Delivery.id, Delivery.number).where(Delivery.id.in_(set(wanted.values())))
    numbers = {identifier: number for identifier, number in session.execute(query) if number}
    return {one: numbers[corrected] for one, corrected in wanted.items() if corrected in numbers}


def flow_node(flows: Page[Version]) -> TraceNode:
    if flows.total == 1:
        flow = flows.rows[0]
        return TraceNode(
            "flow",
            items.titled(flow),
            leads_to=flow,
            ref=flow.ref,
            facts=((Text("Innehållets kontrollsumma", "Content hash"), flow.content_hash),),
        )
    return TraceNode(
        "flow",
        Text(f"{flows.total} leveranslinjer", f"{flows.total} delivery lines"),
        listed=flows.of(lambda one: Link(items.titled(one), one, one.ref, one.content_hash)),
        name="flow",
    )


def model_node(models: Sequence[Version], reach: Reach, elements: Sequence[str] = ()) -> TraceNode:
    """The model, by its newest version; the others, the newest first, as its parts. ``models``: the oldest first; ``elements``:
    those whose footing in the newest one is told."""
    *earlier, newest = models
    listed = reach.take(earlier if reach.is_whole else earlier[::-1], "model")
    return TraceNode(
        "model",
        items.titled(newest),
        leads_to=newest,
        ref=newest.ref,
        facts=((Text("Innehållets kontrollsumma", "Content hash"), newest.content_hash), *_footings(newest, elements)),
        listed=listed.of(
            lambda one: Link(Text(f"version {one.number}", f"version {one.number}"), one, one.ref, one.content_hash)
        ),
        name="model",
    )


def _footings(version: Version, elements: Sequence[str]) -> Iterator[Fact]:
    """What some elements stand on in a version of the model, beside the wording: what they are, their unit, their codes."""
    model = model_of(version)
    for name in elements:
        element = model.by_name.get(name)
        if element is None:
            continue
        sv, en = element.label.sv, element.label.en
        yield Text(f"{sv} är", f"{en} is"), element.description
        if element.unit:
            yield Text(f"Enhet för {sv}", f"Unit of {en}"), element.unit
        if element.code_list_version:
            yield Text(f"Kodlista för {sv}", f"Code list of {en}"), element.code_list_version


def deliveries_of(session: Session, releases: Sequence[Release]) -> dict[str, Delivery]:
    ids = [release.delivery_id for release in releases]
    return {one.id: one for one in session.scalars(select(Delivery).where(Delivery.id.in_(ids)))}


def organisations_by_id(session: Session, ids: Sequence[str]) -> dict[str, Organisation]:
    return {one.id: one for one in session.scalars(select(Organisation).where(Organisation.id.in_(ids)))}
