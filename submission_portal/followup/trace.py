"""The way from a figure back to the wording, and from anything on that way forward to the figures.

    figure → decisions → delivery → use → flow → model → application → concept

A trace is the same for pages and for the command line: a list of nodes, nearest first, each with facts and links; a page names
the newest of many and leads to the rest (`reach`). What a node may say depends on who asks. Anybody may know that a published figure rests on a delivery with a number and a
hash; who wrote what in a draft, or what another region's file holds, is nobody else's.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, asc, desc, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from information_models import definitions
from registry import references
from registry.actors import Actor
from registry.errors import NotFound
from registry.findings import Text
from registry.identity.tables import Organisation
from registry.items.queries import versions_by_hash
from registry.items.tables import Version
from registry.paging import Page, page_of_sequence
from registry.provenance import Provenance
from submission_portal.deliveries.tables import Delivery
from submission_portal.followup.compilations.gate import shown_to
from submission_portal.followup.compilations.shown import ShownTable
from submission_portal.followup.compilations.words import rule_words
from submission_portal.followup.figures import Figure
from submission_portal.followup.gateway import current_on_release, versions_by_id, versions_on_release
from submission_portal.followup.plans import MEASURE, PlannedMeasure, planned
from submission_portal.followup.queries import (
    figure_of,
    figures_on_release,
    made_from,
)
from submission_portal.followup.reach import EVERYTHING, Reach
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.trace_nodes import (
    Fact,
    FigureTarget,
    Link,
    TableTarget,
    Target,
    TraceNode,
    decision_node,
    deliveries_of,
    delivery_facts,
    delivery_node,
    figure_title,
    flow_node,
    model_node,
    organisations_by_id,
    table_facts,
)
from submission_portal.followup.use_nodes import use_nodes
from submission_portal.followup.wording_nodes import (
    application_nodes,
    applied_nodes,
    concept_nodes,
    concept_nodes_of_model,
)
from submission_portal.forwarding.queries import releases_by_id
from submission_portal.forwarding.tables import Release

FORWARD = "framat-"
"""What the names of the lists of what rests on something begin with, before their kind."""


@dataclass(frozen=True, slots=True)
class Resting:
    """What rests on something, of one kind, by the station of the thread that it belongs to."""

    knot: str
    listed: Page[Link]
    kind: str = "figure"

    @property
    def name(self) -> str:
        """The list's name among those of its trace (`reach.Reach`)."""
        return f"{FORWARD}{self.kind}"


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything known of one thing: what it rests on (``back``) and what rests on it (``forward``), along the thread."""

    ref: str
    kind: Text
    title: Text
    leads_to: Target | None
    back: tuple[TraceNode, ...]
    forward: tuple[Resting, ...] = field(default=())
    provenance: Provenance = Provenance.OWN
    knot: str = "figure"
    facts: tuple[Fact, ...] = ()
    closed: tuple[ShownTable, str] | None = None
    """The table and the key of the figure that the trace is of, where the figure is closed to the reader."""

    def list_named(self, name: str) -> TraceNode | Resting | None:
        """The list of this name, where the trace has it."""
        lists: tuple[TraceNode | Resting, ...] = (*self.back, *self.forward)
        return next((one for one in lists if one.name and one.name == name), None)


def trace_figure(session: Session, shown: ShownTable, key: str, reach: Reach = EVERYTHING) -> Trace:
    """The trace of a figure in a published table version. Raises ``NotFound``."""
    table, figure = shown.table, figure_of(shown, key)
    versions = versions_by_hash(session, [table.measure_version_hash])
    measure = planned(session, versions[table.measure_version_hash])
    title = figure_title(measure, figure)
    here = TraceNode(
        "figure",
        title,
        leads_to=FigureTarget(measure.slug, key),
        ref=f"figure:{table.id}/{key}",
        facts=(*table_facts(table), *_closed_fact(shown, key)),
    )
    back = (here, *back_from(session, table, Release.id.in_(figure.releases), measure, figure, reach))
    closed = (shown, key) if shown.rules_closing(key) else None
    kind = Text("Siffra", "Figure")
    return Trace(here.ref, kind, title, here.leads_to, back, (), table.provenance, "figure", closed=closed)


def _closed_fact(shown: ShownTable, key: str) -> tuple[Fact, ...]:
    """By which rules the figure is closed to the reader; nothing where it is open."""
    rules = shown.rules_closing(key)
    return ((Text("Sluten sammanställning", "Closed compilation"), rule_words(rules)),) if rules else ()


def trace_table(session: Session, table: TableVersion, reach: Reach = EVERYTHING) -> Trace:
    """The trace of a whole table version."""
    measure = planned(session, versions_by_hash(session, [table.measure_version_hash])[table.measure_version_hash])
    name = measure.measure.title
    title = Text(f"{name.sv}, tabellversion {table.number}", f"{name.en}, table version {table.number}")
    target = TableTarget(table.measure_slug, table.number)
    here = TraceNode("figure", title, leads_to=target, ref=table.ref, facts=table_facts(table))
    back = (here, *back_from(session, table, Release.id.in_(made_from(table)), measure, None, reach))
    return Trace(
        table.ref, Text("Tabell", "Table"), title, target, back, (), table.provenance, "figure", table_facts(table)
    )


def back_from(
    session: Session,
    table: TableVersion | None,
    behind: ColumnElement[bool],
    measure: PlannedMeasure,
    figure: Figure | None,
    reach: Reach,
) -> tuple[TraceNode, ...]:
    """The nodes behind figures of ``measure`` that stand on the releases that ``behind`` is true of.

    For machines the oldest first; on pages the newest, since they are what is listed of many.
    """
    direction = asc if reach.is_whole else desc
    delivered = select(Delivery).join(Release, Release.delivery_id == Delivery.id).where(behind)
    deliveries = reach.select(session, delivered.order_by(direction(Release.period_first), Release.id), "delivery")
    models = _versions(session, _hashes(session, Release.model_version_hash, behind))
    flow_hashes = reach.take(
        _hashes(session, Release.flow_version_hash, behind)[:: 1 if reach.is_whole else -1], "flow"
    )
    flows = Page(_versions(session, flow_hashes.rows), flow_hashes.number, flow_hashes.total, flow_hashes.size)
    codes = session.scalars(
        select(Organisation.code).join(Release, Release.organisation_id == Organisation.id).where(behind).distinct()
    )
    return (
        decision_node(session, behind, deliveries, flows, table),
        delivery_node(session, deliveries),
        *use_nodes(session, behind, table, reach),
        flow_node(flows),
        model_node(models or _versions(session, [measure.model_hash]), reach, measure.measure.counted),
        *application_nodes(session, measure, set(codes), figure, reach),
        *concept_nodes(session, measure, models),
    )


def _hashes(session: Session, column: InstrumentedAttribute[str], behind: ColumnElement[bool]) -> list[str]:
    """The versions named in a column of these releases, each once, in the order in which they came into use."""
    query = select(column).where(behind).group_by(column).order_by(func.min(Release.period_first), column)
    return list(session.scalars(query))


def _versions(session: Session, hashes: Sequence[str]) -> list[Version]:
    found = versions_by_hash(session, hashes)
    return [found[one] for one in hashes if one in found]


def trace_delivery(session: Session, actor: Actor, delivery: Delivery, reach: Reach = EVERYTHING) -> Trace:
    """The trace of a delivery that has been received. Raises ``NotFound`` where the actor may not know of it: before it is
    released, those concerned may; from then on anybody, as of its receipt."""
    release = session.scalar(select(Release).where(Release.delivery_id == delivery.id))
    is_concerned = (
        actor.is_system or actor.belongs_to(delivery.organisation_id) or actor.belongs_to(delivery.recipient_id)
    )
    if delivery.number is None or not (release or is_concerned):
        raise NotFound("delivery")
    organisations = organisations_by_id(session, [delivery.organisation_id])
    versions = versions_by_hash(session, [delivery.flow_version_hash, delivery.model_version_hash])
    flow, model = versions.get(delivery.flow_version_hash), versions.get(delivery.model_version_hash)
    concerned = references.describe(session, actor, [f"delivery:{delivery.id}"]).get(f"delivery:{delivery.id}")
    title = Text(f"Leverans {delivery.number}", f"Delivery {delivery.number}")
    facts = delivery_facts(session, delivery, organisations)
    here = TraceNode("delivery", title, leads_to=concerned, ref=f"delivery:{delivery.id}", facts=facts)
    back = [here, *(use_nodes(session, Release.id == release.id, None, reach) if release else ())]
    if flow:
        back.append(flow_node(page_of_sequence([flow], 1)))
    if model:
        back.append(model_node([model], reach))
        region = organisations[delivery.organisation_id]
        concepts = [one.concept for one in definitions.read(model.content).values if one.concept]
        span = (delivery.period_first, delivery.period_last) if delivery.period_first and delivery.period_last else None
        counted_by = [one.concept_version for one in definitions.read(model.content).values if one.concept_version]
        back += applied_nodes(
            session, list(dict.fromkeys(concepts)), {region.code: region.name}, span, reach, counted_by
        )
        back += concept_nodes_of_model(session, model)
    resting = _figures_and_tables(session, actor, release.id, reach) if release else None
    return Trace(
        here.ref,
        Text("Leverans", "Delivery"),
        title,
        here.leads_to,
        tuple(back),
        (resting,) if resting and resting.listed.total else (),
        delivery.provenance,
        "delivery",
        facts,
    )


def _figures_and_tables(session: Session, actor: Actor, release_id: str, reach: Reach) -> Resting:
    """What rests on a release: the figures of each table that is current now, the table, and its earlier versions.

    Of figures those of whole regions and of the country; those of smaller places are theirs.
    """
    current = current_on_release(session, release_id, actor)
    measures = _planned_of(session, list(current.values()))
    entries: list[tuple[str, Figure | None]] = []
    for table_id in session.scalars(versions_on_release(release_id, actor)):
        if table_id in current:
            table = current[table_id]
            shown = shown_to(session, measures[table.measure_version_hash], table, actor)
            entries += [(table_id, one) for one in figures_on_release(shown, release_id)]
        entries.append((table_id, None))
    listed = reach.take(entries, f"{FORWARD}figure")
    tables = versions_by_id(session, list({table_id for table_id, _ in listed.rows}), actor)
    measures |= _planned_of(session, [one for one in tables.values() if one.measure_version_hash not in measures])

    def link(entry: tuple[str, Figure | None]) -> Link:
        table, figure = tables[entry[0]], entry[1]
        measure = measures[table.measure_version_hash]
        return table_link(measure, table) if figure is None else _figure_link(measure, table, figure)

    return Resting("figure", listed.of(link))


def table_link(measure: PlannedMeasure, table: TableVersion) -> Link:
    """A published table version as a link."""
    name = measure.measure.title
    return Link(
        Text(f"{name.sv}, tabellversion {table.number}", f"{name.en}, table version {table.number}"),
        TableTarget(table.measure_slug, table.number),
        table.ref,
        table.content_hash,
        Text("gäller", "current") if table.is_current() else Text("ersatt", "superseded"),
    )


def _figure_link(measure: PlannedMeasure, table: TableVersion, figure: Figure) -> Link:
    """A figure of a table version as a link."""
    title = figure_title(measure, figure)
    return Link(title, FigureTarget(measure.slug, figure.key), f"figure:{table.id}/{figure.key}", knot="figure")


def _planned_of(session: Session, tables: Sequence[TableVersion]) -> dict[str, PlannedMeasure]:
    hashes = sorted({table.measure_version_hash for table in tables})
    versions = versions_by_hash(session, hashes) if hashes else {}
    return {one: planned(session, version) for one, version in versions.items() if version.item.kind == MEASURE}


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind some releases: delivery numbers, and the hashes of flow and model versions, oldest first."""

    numbers: tuple[str, ...]
    flow_hashes: tuple[str, ...]
    model_hashes: tuple[str, ...]


def deliveries_behind(session: Session, release_ids: Sequence[str]) -> Behind:
    """The deliveries, flows and models behind releases, each once."""
    releases = sorted(releases_by_id(session, list(release_ids)).values(), key=lambda one: (one.period_first, one.id))
    deliveries = deliveries_of(session, releases)
    numbers = [deliveries[one.delivery_id].number for one in releases if one.delivery_id in deliveries]
    return Behind(
        tuple(dict.fromkeys(number for number in numbers if number)),
        tuple(dict.fromkeys(one.flow_version_hash for one in releases)),
        tuple(dict.fromkeys(one.model_version_hash for one in releases)),
    )
