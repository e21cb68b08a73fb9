"""What the legal reviewer sees of a table before it is published: before and after, side by side, and the proof.

Values before protection are composed again from the releases each time and kept nowhere; only the recipient's own
reviewers get them, and the reading is logged. Rows are places with their sums, columns are periods; periods in which
nothing is hidden are counted, not shown.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import polars as pl
import structlog
from sqlalchemy.orm import Session

from registry.errors import NotFound
from registry.findings import Finding, Text
from registry.identity.actors import Actor, Role
from registry.items.queries import versions_by_hash
from registry.period import Period
from submission_portal.followup.composing import compose_figures
from submission_portal.followup.downloads import number
from submission_portal.followup.figures import Figure, Status, read_figures
from submission_portal.followup.grounds import grounds_of
from submission_portal.followup.plans import PlannedMeasure, planned
from submission_portal.followup.queries import findings_of, frame_of, made_from, published
from submission_portal.followup.siblings import counted
from submission_portal.followup.tables import TableVersion
from submission_portal.forwarding.jobs import national_store
from submission_portal.forwarding.queries import releases_where
from submission_portal.forwarding.tables import Release

log = structlog.get_logger("registry.followup")

Cell = tuple[str | Text, str, str | Text]
"""What is written in a cell, its mark (``""``, ``primary``, ``secondary``, ``hidden`` or ``missing``), and of a ratio before
protection its numerator and denominator: ``2 / 30``. They are never in what is published."""
NOTHING_THERE: Cell = ("", "", "")


@dataclass(frozen=True, slots=True)
class EvidenceTable:
    """One region's figures for the periods in which something is hidden. ``foot`` is the region's own row."""

    region: Text
    columns: tuple[Period, ...]
    rows: tuple[tuple[Text, tuple[Cell, ...]], ...]
    foot: tuple[Text, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Audit:
    """What an attacker who knows every sum could still work out. ``exposed``: (figure, from, to); empty is safe."""

    is_safe: bool
    groups: int
    exposed: tuple[tuple[Text, str, str | None], ...]


@dataclass(frozen=True, slots=True)
class TableEvidence:
    """Everything a decision on a table version needs. ``before`` and ``after`` have the same shape."""

    table: TableVersion
    title: Text
    unit: Text
    threshold: int
    before: tuple[EvidenceTable, ...]
    after: tuple[EvidenceTable, ...]
    primary: int
    secondary: int
    periods: int
    untouched_periods: int
    parts: tuple[Text, ...]
    """What a ratio is made of, its numerator first; empty for other measures."""
    counted: tuple[Text, ...]
    """Of these the ones that are held against the threshold."""
    audit: Audit
    findings: tuple[Finding, ...]
    deliveries: tuple[str, ...]
    """Ids of the deliveries that the table rests on."""


def evidence(session: Session, actor: Actor, table: TableVersion) -> TableEvidence:
    """The evidence for a decision on ``table``.

    Raises ``NotFound`` for anybody but the recipient's reviewers: others are not told that there is anything.
    """
    reviewers = (Role.LEGAL_REVIEWER, Role.QUALITY_REVIEWER)
    if not actor.is_system and not actor.has_role(*reviewers, organisation_id=table.organisation_id):
        raise NotFound("table")
    version = versions_by_hash(session, [table.measure_version_hash])[table.measure_version_hash]
    measure = planned(session, version)
    releases = releases_where(session, Release.id.in_(made_from(table)))
    grounds = grounds_of(session, measure, releases)
    composed, *counts = compose_figures(grounds, national_store())
    full, made_of = read_figures(composed), _made_of(*counts)
    shown = {figure.key: figure for figure in read_figures(frame_of(session, table))}
    primary, secondary = set(table.protection["primary"]), set(table.protection["secondary"])
    log.info("evidence_read", table=table.id, person=actor.person_id)
    touched = [figure for figure in full if figure.key in primary | secondary]
    marks = dict.fromkeys(primary, "primary") | dict.fromkeys(secondary, "secondary")
    periods = {figure.period for figure in full}
    return TableEvidence(
        table=table,
        title=measure.measure.title,
        unit=measure.measure.unit,
        threshold=grounds.rules.threshold,
        before=_tables(
            measure,
            full,
            touched,
            lambda one: (_written(one), marks.get(one.key) or _missing(one), made_of.get(one.key, "")),
        ),
        after=_tables(measure, full, touched, lambda one: _as_read(shown.get(one.key, one))),
        primary=len(primary),
        secondary=len(secondary),
        periods=len(periods),
        untouched_periods=len(periods - {figure.period for figure in touched}),
        parts=_labels(measure, (measure.plan.value, measure.plan.denominator)) if measure.plan.denominator else (),
        counted=_labels(measure, counted(measure)),
        audit=_audit(measure, table, {figure.key: figure for figure in full}),
        findings=(*findings_of(table), *(Finding.from_dict(one) for one in table.protection["findings"])),
        deliveries=tuple(sorted(release.delivery_id for release in releases)),
    )


def has_been_published_before(session: Session, table: TableVersion) -> bool:
    """Whether readers already have an earlier version of the table."""
    return session.scalar(published(table.measure_slug).limit(1)) is not None


def _tables(
    measure: PlannedMeasure, full: Sequence[Figure], touched: Iterable[Figure], cell: Callable[[Figure], Cell]
) -> tuple[EvidenceTable, ...]:
    by_region: dict[str, set[Period]] = {}
    for figure in touched:
        by_region.setdefault(figure.region, set()).add(figure.period)
    tables = []
    for region, periods in sorted(by_region.items()):
        columns = tuple(sorted(periods))
        by_place: dict[tuple[str, ...], dict[Period, Figure]] = {}
        for figure in full:
            if figure.region == region and figure.period in periods:
                by_place.setdefault(figure.place, {})[figure.period] = figure
        rows = [
            (place_label(measure, place), tuple(cell(found[one]) if one in found else NOTHING_THERE for one in columns))
            for place, found in sorted(by_place.items())
        ]
        whole = next((row for place, row in zip(sorted(by_place), rows, strict=True) if not place), None)
        name = measure.label("region", region)
        tables.append(
            EvidenceTable(
                name,
                columns,
                tuple(row for row in rows if row is not whole),
                (name, whole[1] if whole else tuple(NOTHING_THERE for _ in columns)),
            )
        )
    return tuple(tables)


def place_label(measure: PlannedMeasure, place: Sequence[str]) -> Text:
    """A place from the larger to the smaller, in words."""
    labels = [measure.label(name, code) for name, code in zip(measure.plan.dimensions, place, strict=False)]
    return Text(", ".join(one.sv for one in labels), ", ".join(one.en for one in labels))


def _written(figure: Figure) -> str | Text:
    if figure.value is None:
        return figure.status.label
    return Text(number(figure.value, "sv"), number(figure.value, "en"))


def _missing(figure: Figure) -> str:
    return "" if figure.status is Status.OBSERVED else "missing"


def _as_read(figure: Figure) -> Cell:
    if figure.status is Status.HIDDEN:
        return figure.status.label, "hidden", ""
    return _written(figure), _missing(figure), ""


def _made_of(above: pl.DataFrame | None = None, below: pl.DataFrame | None = None) -> dict[str, Text]:
    """Numerator and denominator by figure key, where both are there."""
    if above is None or below is None:
        return {}
    over = {one.key: one.value for one in read_figures(below)}
    pairs = [(one.key, one.value, over.get(one.key)) for one in read_figures(above)]
    return {
        key: Text(*(f"{number(top, language)} / {number(bottom, language)}" for language in ("sv", "en")))
        for key, top, bottom in pairs
        if top is not None and bottom is not None
    }


def _labels(measure: PlannedMeasure, elements: Sequence[str]) -> tuple[Text, ...]:
    return tuple(measure.model.element(name).label for name in elements)


def _audit(measure: PlannedMeasure, table: TableVersion, figures: dict[str, Figure]) -> Audit:
    exposed = []
    for one in table.protection["exposed"]:
        figure = figures.get(one["key"])
        place = place_label(measure, figure.place) if figure else Text(one["key"], one["key"])
        exposed.append((place, one["lowest"], one["highest"]))
    return Audit(bool(table.protection["is_safe"]), int(table.protection["groups"]), tuple(exposed))
