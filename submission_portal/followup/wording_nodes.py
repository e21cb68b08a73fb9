"""The two stations that are about words: how a wording was applied, and the wording itself."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from information_models import definitions
from registry.findings import Text
from registry.items.queries import titled, versions_by_hash
from registry.items.tables import Version
from registry.period import Period
from registry.swedish import sort_key
from submission_portal.followup.figures import Figure
from submission_portal.followup.incomparable import Incomparables
from submission_portal.followup.incomparable_pairs import incomparables
from submission_portal.followup.plans import PlannedMeasure
from submission_portal.followup.reach import Reach
from submission_portal.followup.trace_nodes import Fact, Link, TraceNode
from termbank.applications.meanings import Meanings
from termbank.applications.regions import region_name
from termbank.applications.statement import Application
from termbank.bank.queries.meanings import meanings_of
from termbank.bank.queries.statements import published_statements
from termbank.bank.queries.term_banks import concept_of

MOST_PAIRS = 5
"""Pairs of regions that are named of a concept; its matrix has them all."""


def application_nodes(
    session: Session,
    measure: PlannedMeasure,
    codes: Collection[str],
    figure: Figure | None,
    reach: Reach,
) -> list[TraceNode]:
    """How the regions concerned (by code) applied the words at the time."""
    if figure is not None and not figure.is_country:
        codes = {figure.region}
    names = {code: measure.label("region", code) for code in codes}
    span = (figure.period.first, figure.period.last) if figure is not None else None
    counted_by = measure.measure.concept_versions
    return applied_nodes(session, measure.measure.concepts, names, span, reach, counted_by)


def applied_nodes(
    session: Session,
    concepts: Sequence[str],
    regions: Mapping[str, Text],
    span: tuple[date, date] | None,
    reach: Reach,
    counted_by: Sequence[str] = (),
) -> list[TraceNode]:
    """How these regions (by code, with their names) applied these concepts, in a span of days where one is given; each statement with
    the version of the wording that it was made for. ``counted_by`` are hashes of the wordings that are counted by."""
    nodes = []
    known, meanings = incomparables(session, concepts, counted_by), meanings_of(session, concepts)
    for number, concept in enumerate(concepts, 1):
        links = []
        term = Text(concept, concept)
        for stated in published_statements(session, concept):
            applied = stated.application
            term = applied.term
            if applied.region not in regions or (span is not None and not _overlaps(applied, *span)):
                continue
            region, of = regions[applied.region], _of_wording(applied, meanings[concept])
            links.append(
                Link(
                    Text(f"{region.sv}: {_span(applied, 'sv')}{of.sv}", f"{region.en}: {_span(applied, 'en')}{of.en}"),
                    stated.version,
                    stated.version.ref,
                    stated.version.content_hash,
                )
            )
        name = f"application-{number}"
        apart = _apart(known, concept, regions, span)
        if len(links) == 1:
            nodes.append(
                TraceNode(
                    "application",
                    links[0].text,
                    leads_to=links[0].leads_to,
                    ref=links[0].ref,
                    facts=((Text("Innehållets kontrollsumma", "Content hash"), links[0].hash), *apart),
                )
            )
        elif links:
            nodes.append(
                TraceNode(
                    "application",
                    Text(f"Tillämpningar av {term.sv}", f"Applications of {term.en}"),
                    facts=apart,
                    listed=reach.take(links, name),
                    name=name,
                )
            )
    if not nodes:
        text = Text(
            "Ingen tillämpning är redovisad för regionen och tiden.",
            "No application is stated for the region and the time.",
        )
        return [TraceNode("application", Text("Ej redovisad", "Not stated"), text)]
    return nodes


def _of_wording(applied: Application, known: Meanings) -> Text:
    """For which version of the wording a statement was made."""
    number = known.number(applied.concept_version)
    if number is None:
        return Text("", "")
    return Text(f" (version {number} av ordalydelsen)", f" (version {number} of the wording)")


def _apart(
    known: Incomparables, concept: str, regions: Mapping[str, Text], span: tuple[date, date] | None
) -> tuple[Fact, ...]:
    """Which regions are not comparable in a concept at the end of a span (today): with the one, or of these with each other."""
    day = span[1] if span else known.as_of
    pairs = [pair.regions for pair in known.pairs if pair.concept == concept and pair.holds_on(day)]
    if len(regions) == 1:
        others = [region_name(other) for pair in pairs for other in pair if regions.keys() & set(pair) - {other}]
        names = ", ".join(sorted(others, key=sort_key))
        return ((Text("Inte jämförbar med", "Not comparable with"), Text(names, names)),) if names else ()
    inside = [pair for pair in pairs if regions.keys() >= set(pair)]
    said = [
        Text(*(f"{region_name(one)} {word} {region_name(other)}" for word in ("och", "and"))) for one, other in inside
    ]
    if not said:
        return ()
    more = len(said) - MOST_PAIRS
    return (
        (
            Text("Inte jämförbara", "Not comparable"),
            Text(
                "; ".join(one.sv for one in said[:MOST_PAIRS]) + (f"; och {more} par till" if more > 0 else ""),
                "; ".join(one.en for one in said[:MOST_PAIRS]) + (f"; and {more} more pairs" if more > 0 else ""),
            ),
        ),
    )


def concept_nodes(session: Session, measure: PlannedMeasure, models: Sequence[Version]) -> list[TraceNode]:
    """The wordings that the measure is about, and whatever its values are bound to in the models, older ones too."""
    wanted = set(measure.measure.concepts)
    hashes = [
        element.concept_version
        for model in models
        for element in definitions.read(model.content).elements
        if element.concept_version and (element.concept in wanted or element.name in measure.measure.counted)
    ]
    hashes += list(measure.measure.concept_versions)
    return _concepts(session, list(dict.fromkeys(hashes)))


def concept_nodes_of_model(session: Session, model: Version) -> list[TraceNode]:
    elements = definitions.read(model.content).elements
    return _concepts(session, list(dict.fromkeys(one.concept_version for one in elements if one.concept_version)))


def _concepts(session: Session, hashes: Sequence[str]) -> list[TraceNode]:
    nodes = []
    for version in sorted(versions_by_hash(session, hashes).values(), key=lambda one: (one.item.slug, one.number)):
        if version.item.kind != "concept":
            continue
        concept = concept_of(version)
        nodes.append(
            TraceNode(
                "concept",
                titled(version),
                concept.definition,
                version,
                version.ref,
                ((Text("Innehållets kontrollsumma", "Content hash"), version.content_hash),),
            )
        )
    return nodes


def _overlaps(applied: Application, first: date, last: date) -> bool:
    return (applied.valid_from is None or applied.valid_from <= last) and (
        applied.valid_to is None or applied.valid_to >= first
    )


def _span(applied: Application, language: str) -> str:
    def words(day: date) -> str:
        return Period.day(day).label(language)

    first, last = applied.valid_from, applied.valid_to
    if first and last:
        return f"{words(first)}–{words(last)}"
    if first:
        return f"{'från' if language == 'sv' else 'from'} {words(first)}"
    if last:
        return f"{'till' if language == 'sv' else 'until'} {words(last)}"
    return "tills vidare" if language == "sv" else "until further notice"
