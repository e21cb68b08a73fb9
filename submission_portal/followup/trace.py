"""The way from a figure back to the wording, and from anything on that way forward to the figures.

    figure → decisions → delivery → flow → model → application → concept

A trace is the same for pages and for the command line: a list of knots, nearest first, each with facts and links. What
a knot may say depends on who asks. Anybody may know that a published figure rests on a delivery with a number and a
hash; who wrote what in a draft, or what another region's file holds, is nobody else's.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from information_models import definitions
from registry import references
from registry.errors import NotFound
from registry.findings import Text
from registry.identity.actors import Actor
from registry.items.queries import versions_by_hash
from submission_portal.deliveries.tables import Delivery
from submission_portal.followup.figures import Figure
from submission_portal.followup.knots import (
    Fact,
    Knot,
    Link,
    decision_knot,
    deliveries_of,
    delivery_facts,
    delivery_knot,
    figure_title,
    flow_knot,
    model_knot,
    organisations_by_id,
    table_facts,
)
from submission_portal.followup.plans import MEASURE, PlannedMeasure, planned
from submission_portal.followup.queries import figure_of, figures_on_release, tables_on_release
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.wording_knots import (
    application_knots,
    applied_knots,
    concept_knots,
    concept_knots_of_model,
)
from submission_portal.forwarding.queries import releases_by_id
from submission_portal.forwarding.tables import Release

FIGURES = 60
"""Figures named on the trace of a delivery; the table has them all."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything known of one thing: what it rests on (``back``) and what rests on it (``forward``)."""

    ref: str
    kind: Text
    title: Text
    url: str | None
    back: tuple[Knot, ...]
    forward: tuple[Link, ...] = field(default=())
    provenance: str = "own"
    knot: str = "figure"
    facts: tuple[Fact, ...] = ()


THREAD = ("concept", "application", "model", "flow", "delivery", "decision", "figure")


def along_the_thread(links: Sequence[Link]) -> list[tuple[str, list[Link]]]:
    """Links by the knot that they belong to, in the order of the thread; the order within a knot is kept."""
    groups: dict[str, list[Link]] = {}
    for link in links:
        groups.setdefault(link.knot or "figure", []).append(link)
    return sorted(groups.items(), key=lambda group: THREAD.index(group[0]))


def figure_address(measure_slug: str, key: str) -> str:
    """The page of a figure in the newest published table."""
    return url_for("followup.figure", slug=measure_slug, key=key)


def trace_figure(session: Session, table: TableVersion, key: str) -> Trace:
    """The trace of a figure in a published table version. Raises ``NotFound``."""
    figure = figure_of(session, table, key)
    versions = versions_by_hash(session, [table.measure_version_hash])
    measure = planned(session, versions[table.measure_version_hash])
    title = figure_title(measure, figure)
    here = Knot(
        "figure",
        title,
        url=figure_address(measure.slug, key),
        ref=f"figure:{table.id}/{key}",
        facts=table_facts(table),
    )
    back = (here, *back_from(session, table, figure.releases, measure, figure))
    return Trace(here.ref, Text("Siffra", "Figure"), title, here.url, back, (), table.provenance, "figure")


def trace_table(session: Session, table: TableVersion) -> Trace:
    """The trace of a whole table version."""
    measure = planned(session, versions_by_hash(session, [table.measure_version_hash])[table.measure_version_hash])
    name = measure.measure.title
    title = Text(f"{name.sv}, tabellversion {table.number}", f"{name.en}, table version {table.number}")
    url = url_for("followup.version", slug=table.measure_slug, number=table.number)
    here = Knot("figure", title, url=url, ref=table.ref, facts=table_facts(table))
    releases = [one.release_id for one in table.releases]
    back = (here, *back_from(session, table, releases, measure, None))
    return Trace(
        table.ref, Text("Tabell", "Table"), title, url, back, (), table.provenance, "figure", table_facts(table)
    )


def back_from(
    session: Session,
    table: TableVersion | None,
    release_ids: Sequence[str],
    measure: PlannedMeasure,
    figure: Figure | None,
) -> tuple[Knot, ...]:
    """The knots behind figures of ``measure`` that stand on these releases."""
    releases = sorted(releases_by_id(session, list(release_ids)).values(), key=lambda one: (one.period_first, one.id))
    deliveries = deliveries_of(session, releases)
    organisations = organisations_by_id(session, [one.organisation_id for one in releases])
    hashes = {one.flow_version_hash for one in releases} | {one.model_version_hash for one in releases}
    versions = versions_by_hash(session, sorted(hashes))
    models = [versions[one] for one in dict.fromkeys(r.model_version_hash for r in releases) if one in versions]
    flows = [versions[one] for one in dict.fromkeys(r.flow_version_hash for r in releases) if one in versions]
    return (
        decision_knot(table, releases, deliveries, flows, organisations),
        delivery_knot(releases, deliveries, organisations),
        flow_knot(flows),
        model_knot(models or [versions_by_hash(session, [measure.model_hash])[measure.model_hash]]),
        *application_knots(session, measure, releases, organisations, figure),
        *concept_knots(session, measure, models),
    )


def trace_delivery(session: Session, actor: Actor, delivery: Delivery) -> Trace:
    """The trace of a delivery that has been received. Raises ``NotFound`` where the actor may not know of it: before it is
    released, those concerned may; from then on anybody, as of its receipt."""
    release = session.scalar(select(Release).where(Release.delivery_id == delivery.id))
    tables = tables_on_release(session, release.id) if release else []
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
    facts = delivery_facts(delivery, organisations)
    here = Knot("delivery", title, url=concerned.url if concerned else None, ref=f"delivery:{delivery.id}", facts=facts)
    back = [here]
    if flow:
        back.append(flow_knot([flow]))
    if model:
        back.append(model_knot([model]))
        region = organisations[delivery.organisation_id]
        concepts = [one.concept for one in definitions.read(model.content).values if one.concept]
        span = (delivery.period_first, delivery.period_last) if delivery.period_first and delivery.period_last else None
        back += applied_knots(session, list(dict.fromkeys(concepts)), {region.code: region.name}, span)
        back += concept_knots_of_model(session, model)
    forward = []
    measures = _planned_of(session, tables)
    for table in tables:
        measure = measures[table.measure_version_hash]
        if table.ended_at is None and release is not None:
            forward += _figure_links(session, measure, table, release.id)
        forward.append(table_link(measure, table))
    return Trace(
        here.ref,
        Text("Leverans", "Delivery"),
        title,
        here.url,
        tuple(back),
        tuple(forward),
        delivery.provenance,
        "delivery",
        facts,
    )


def table_link(measure: PlannedMeasure, table: TableVersion) -> Link:
    """A published table version as a link."""
    name = measure.measure.title
    return Link(
        Text(f"{name.sv}, tabellversion {table.number}", f"{name.en}, table version {table.number}"),
        url_for("followup.version", slug=table.measure_slug, number=table.number),
        table.ref,
        table.content_hash,
        Text("gäller", "current") if table.ended_at is None else Text("ersatt", "superseded"),
    )


def _figure_links(session: Session, measure: PlannedMeasure, table: TableVersion, release_id: str) -> list[Link]:
    """The figures of whole regions and of the country that stand on a release; those of smaller places are theirs."""
    found = figures_on_release(session, table, release_id)
    return [
        Link(
            figure_title(measure, one),
            figure_address(measure.slug, one.key),
            f"figure:{table.id}/{one.key}",
            knot="figure",
        )
        for one in found[:FIGURES]
    ]


def _planned_of(session: Session, tables: Sequence[TableVersion]) -> dict[str, PlannedMeasure]:
    versions = versions_by_hash(session, sorted({table.measure_version_hash for table in tables}))
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
