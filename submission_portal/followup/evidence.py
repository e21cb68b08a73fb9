"""What the legal reviewer sees of a table before it is published: before and after, side by side, and the proof.

Values before protection are composed again from the releases each time and kept nowhere; only the recipient's own
reviewers get them, and the reading is logged. Rows are places with their sums, columns are periods; periods in which
nothing is hidden are counted, not shown. Of the others a page shows some, the latest first, and only the rows behind
those are read and composed.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import polars as pl
import structlog
from deltalake.exceptions import DeltaError
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from registry.actors import Actor, Role
from registry.errors import NotFound
from registry.findings import Finding, Text
from registry.items.queries import versions_by_hash
from registry.paging import Page, page_of_sequence
from registry.period import Period
from submission_portal.flows.audiences import Audience
from submission_portal.followup.basis import Basis
from submission_portal.followup.composing import compose_figures, released_rows
from submission_portal.followup.downloads import number
from submission_portal.followup.explaining import hidden_cells_in, reasons_of
from submission_portal.followup.figures import Figure, Status, read_figures
from submission_portal.followup.frames import frame_of
from submission_portal.followup.hidden_cells import PERIODS as PERIODS_LOOKED_INTO
from submission_portal.followup.hidden_cells import WayToPublish
from submission_portal.followup.hidden_words import WhyHidden, WhyInPeriod, Words
from submission_portal.followup.plans import PlannedMeasure, planned
from submission_portal.followup.queries import count_of_releases, findings_of, made_from
from submission_portal.followup.related_measures import counted
from submission_portal.followup.table_series import basis_of_table
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.versions import composed_with
from submission_portal.forwarding.jobs import national_store
from submission_portal.forwarding.queries import releases_where
from submission_portal.forwarding.sinks import RELEASE
from submission_portal.forwarding.tables import Release

log = structlog.get_logger("registry.followup")

Cell = tuple[str | Text, str, str | Text]
"""What is written in a cell, its mark (``""``, ``primary``, ``secondary``, ``hidden`` or ``missing``), and of a ratio before
protection its numerator and denominator: ``2 / 30``. They are never in what is published."""
NOTHING_THERE: Cell = ("", "", "")
PERIODS, CELLS = 12, 600
"""Periods on a page at most; fewer where the regions with something hidden have so many figures in one period that there would
be more cells than this."""
SHOWN = 20
"""Figures that can be worked out, and deliveries, that a page names; it says how many there are."""


@dataclass(frozen=True, slots=True)
class EvidenceTable:
    """One region's figures for the periods in which something is hidden. ``foot`` is the region's own row."""

    region: Text
    columns: tuple[Period, ...]
    rows: tuple[tuple[Text, tuple[Cell, ...]], ...]
    foot: tuple[Text, tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Audit:
    """What an attacker who knows every sum could still work out: ``exposed``, the first of ``total``, as (figure, from, to, by
    which region that knows its own figures).

    ``regions``: how many regions were tried so; ``None`` where none were, in tables of an earlier release.
    """

    is_safe: bool
    groups: int
    exposed: tuple[tuple[Text, str, str | None, Text | None], ...]
    total: int
    regions: int | None
    not_checked: tuple[str, ...] = ()
    """Measures of the same concept that the figures could not be joined with: of them nothing is promised."""


@dataclass(frozen=True, slots=True)
class AudienceEvidence:
    """What is hidden from one audience in the same composition, and by which rules."""

    table: TableVersion
    threshold: int
    zeros_are_sensitive: bool
    primary: int
    secondary: int


@dataclass(frozen=True, slots=True)
class TableEvidence:
    """Everything a decision on a table version needs. ``before`` and ``after`` have the same shape."""

    table: TableVersion
    title: Text
    unit: Text
    threshold: int
    before: tuple[EvidenceTable, ...]
    after: tuple[EvidenceTable, ...]
    lost: int
    page: Page[str]
    """The periods that ``before`` and ``after`` show, of all in which something is hidden, the latest first."""
    primary: int
    secondary: int
    periods: int
    untouched_periods: int
    parts: tuple[Text, ...]
    """What a ratio is made of, its numerator first; empty for other measures."""
    counted: tuple[Text, ...]
    """Of these the ones that are held against the threshold."""
    audiences: tuple[AudienceEvidence, ...]
    """Each that gets a version by a decision, the narrower first."""
    audit: Audit
    why: tuple[WhyInPeriod, ...]
    """Of the periods that the page shows: why each hidden cell is hidden."""
    is_explained: bool
    """Whether a worker has looked into the hidden cells that the page shows."""
    closest: WhyHidden | None
    """Of all small numbers the one that a reader knows most closely; without its value."""
    looked_at: int
    """Of how many periods, the latest, the two are."""
    innermost: Text | None
    """What the innermost places of the table are called."""
    ways: tuple[WayToPublish, ...]
    """How the version is published, and other ways, with what each loses."""
    findings: tuple[Finding, ...]
    deliveries: tuple[str, ...]
    """Ids of the first deliveries that the table rests on."""
    delivery_count: int


def evidence(session: Session, actor: Actor, table: TableVersion, number: int = 1) -> TableEvidence:
    """The evidence for a decision on ``table``, with page ``number`` of the periods in which something is hidden.

    Raises ``NotFound`` for anybody but the recipient's reviewers: others are not told that there is anything.
    """
    reviewers = (Role.LEGAL_REVIEWER, Role.QUALITY_REVIEWER)
    if not actor.may(*reviewers, organisation_id=table.organisation_id):
        raise NotFound("table")
    version = versions_by_hash(session, [table.measure_version_hash])[table.measure_version_hash]
    measure, frame = planned(session, version), frame_of(session, table)
    primary, secondary = set(table.protection.primary), set(table.protection.secondary)
    log.info("evidence_read", table=table.id, person=actor.person_id)
    touched = frame.filter(pl.col("key").is_in(list(primary | secondary)))
    page = _page(frame, touched, number)
    is_shown = pl.col("period").is_in(list(page.rows))
    shown = frame.filter(is_shown)
    spots = _spots(touched.filter(is_shown))
    releases = releases_where(session, Release.id.in_(shown["releases"].explode().drop_nulls().unique().to_list()))
    basis = basis_of_table(session, measure, table, releases)
    rows = _rows(basis)
    lost = len(releases) - (rows[RELEASE].n_unique() if rows.height else 0)
    composed, *counts = compose_figures(basis, rows.clear() if lost else rows, page.rows)
    full, made_of = read_figures(composed), _made_of(*counts)
    marks = dict.fromkeys(primary, "primary") | dict.fromkeys(secondary, "secondary")
    rules = table.protection.rules or basis.rules[Audience(table.audience)]
    looked_into = reasons_of(session, table) if touched.height else None
    say = Words(
        lambda key: label_of_key(measure, key),
        lambda code: measure.label("region", code),
        _values(measure, full, *counts),
        rules,
        frozenset(primary),
        frozenset(table.protection.linked),
    )
    why = _why(session, table, page, say) if looked_into is not None and not lost else ()
    return TableEvidence(
        table=table,
        title=measure.measure.title,
        unit=measure.measure.unit,
        threshold=rules.threshold,
        before=()
        if lost
        else _tables(
            measure,
            full,
            spots,
            lambda one: (_written(one), marks.get(one.key) or _missing(one), made_of.get(one.key, "")),
        ),
        after=_tables(measure, read_figures(shown), spots, _as_read),
        lost=lost,
        page=page,
        primary=len(primary),
        secondary=len(secondary),
        periods=frame["period"].n_unique(),
        untouched_periods=frame["period"].n_unique() - page.total,
        parts=_labels(measure, (measure.plan.value, measure.plan.denominator)) if measure.plan.denominator else (),
        counted=_labels(measure, counted(measure)),
        audiences=tuple(_of_audience(basis, one) for one in composed_with(session, table)),
        audit=_audit(measure, table, frame),
        why=why,
        is_explained=len(why) == len(page.rows),
        closest=replace(say, values={}).of(looked_into.closest) if looked_into and looked_into.closest else None,
        looked_at=min(PERIODS_LOOKED_INTO, page.total),
        innermost=_labels(measure, measure.plan.dimensions[-1:])[0] if measure.plan.dimensions else None,
        ways=tuple(looked_into.ways) if looked_into else (),
        findings=(*findings_of(table), *table.protection.findings),
        deliveries=tuple(session.scalars(_deliveries(table).order_by(Release.delivery_id).limit(SHOWN))),
        delivery_count=count_of_releases(session, table),
    )


def lost_releases(session: Session, table: TableVersion) -> int:
    """How many of the releases that a table rests on have no rows in the national store."""
    by_table: dict[str | None, set[str]] = {}
    for name, release in session.execute(
        select(Release.national_table, Release.id).where(Release.id.in_(made_from(table)))
    ):
        by_table.setdefault(name, set()).add(release)
    store, lost = national_store(), 0
    for name, wanted in by_table.items():
        try:
            there = store.releases(name) if name else set()
        except UNREADABLE:
            there = set()
        lost += len(wanted - there)
    return lost


UNREADABLE = (DeltaError, OSError, pl.exceptions.PolarsError)


def _rows(basis: Basis) -> pl.DataFrame:
    """The rows of the releases in the basis; none where the national store cannot be read."""
    try:
        return released_rows(basis, national_store())
    except UNREADABLE:
        log.error("national_store_unreadable", measure=basis.measure.slug)
        return pl.DataFrame()


def periods_shown(session: Session, table: TableVersion, number: int) -> list[str]:
    """The periods that page ``number`` of a version's evidence shows."""
    frame, kept = frame_of(session, table), table.protection
    touched = frame.filter(pl.col("key").is_in([*kept.primary, *kept.secondary]))
    return list(_page(frame, touched, number).rows)


def _page(frame: pl.DataFrame, touched: pl.DataFrame, number: int) -> Page[str]:
    """A page of the periods in which something is hidden, the latest first."""
    texts = touched["period"].unique().to_list()
    cells = frame.join(touched.select("region", "period").unique(), on=["region", "period"], how="semi")
    most = cells.group_by("period").len()["len"].max() or 1
    return page_of_sequence(
        sorted(texts, key=Period.parse, reverse=True), number, min(PERIODS, max(1, CELLS // int(str(most))))
    )


def _spots(touched: pl.DataFrame) -> dict[str, set[Period]]:
    """The periods in which something is hidden, by region."""
    found: dict[str, set[Period]] = {}
    for region, period in touched.select("region", "period").unique().iter_rows():
        found.setdefault(region, set()).add(Period.parse(period))
    return found


def _deliveries(table: TableVersion) -> Select[str]:
    return select(Release.delivery_id).where(Release.id.in_(made_from(table)))


def _tables(
    measure: PlannedMeasure,
    figures: Sequence[Figure],
    spots: Mapping[str, Collection[Period]],
    cell: Callable[[Figure], Cell],
) -> tuple[EvidenceTable, ...]:
    by_region: dict[str, dict[tuple[str, ...], dict[Period, Figure]]] = {}
    for figure in figures:
        if figure.period in spots.get(figure.region, ()):
            by_region.setdefault(figure.region, {}).setdefault(figure.place, {})[figure.period] = figure
    tables = []
    for region, periods in sorted(spots.items()):
        columns, by_place = tuple(sorted(periods)), by_region.get(region, {})
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


def _why(session: Session, table: TableVersion, page: Page[str], say: Words) -> tuple[WhyInPeriod, ...]:
    """The periods in the order of the tables' columns."""
    found = hidden_cells_in(session, table, list(page.rows))
    return tuple(say.in_period(period, found[period]) for period in sorted(found, key=Period.parse))


def _values(
    measure: PlannedMeasure,
    figures: Sequence[Figure],
    above: pl.DataFrame | None = None,
    below: pl.DataFrame | None = None,
) -> dict[str, dict[str, Decimal | None]]:
    """The values of each element by figure key: of a ratio those of its counts."""
    plan = measure.plan
    if above is None or below is None or plan.denominator is None:
        return {plan.value: {one.key: one.value for one in figures}}
    parts = ((plan.value, above), (plan.denominator, below))
    return {name: {one.key: one.value for one in read_figures(counts)} for name, counts in parts}


def label_of_key(measure: PlannedMeasure, key: str) -> Text:
    """A figure's place, named from the region where it is the region's own, and without the region otherwise."""
    region, _, *place = key.split("/")
    codes = [code.replace("%2F", "/").replace("%25", "%") for code in place[1::2]]
    return place_label(measure, codes) if codes else measure.label("region", region)


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


def _of_audience(basis: Basis, table: TableVersion) -> AudienceEvidence:
    kept = table.protection
    rules = kept.rules or basis.rules[Audience(table.audience)]
    return AudienceEvidence(
        table, rules.threshold, rules.zeros_are_sensitive, len(set(kept.primary)), len(set(kept.secondary))
    )


def _audit(measure: PlannedMeasure, table: TableVersion, frame: pl.DataFrame) -> Audit:
    kept, exposed = table.protection, []
    first = kept.exposed[:SHOWN]
    places = dict(frame.filter(pl.col("key").is_in([one.key for one in first])).select("key", "place").iter_rows())
    for one in first:
        place = place_label(measure, places[one.key]) if one.key in places else Text(one.key, one.key)
        by = measure.label("region", one.by) if one.by else None
        exposed.append((place, one.lowest, one.highest, by))
    return Audit(kept.is_safe, kept.groups, tuple(exposed), len(kept.exposed), kept.regions, kept.apart)
