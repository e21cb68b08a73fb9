"""Composing a table version: rows from the national store, figures, breaks, findings, protection.

Reads; writes nothing. The same basis and the same store give the same bytes, which is how a reviewer can be shown a
table before protection without that table being kept anywhere.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import combinations

import polars as pl

from registry.findings import Finding, Place
from registry.period import Period
from submission_portal.flows.audiences import Audience
from submission_portal.followup.basis import Basis
from submission_portal.followup.breaks import (
    COUNTRY,
    Break,
    Stand,
    Statement,
    application_breaks,
    coverage_breaks,
    meaning_breaks,
    source_breaks,
)
from submission_portal.followup.composition import compose, compose_counts, unmixed
from submission_portal.followup.figures import SCHEMA, Figure, Status, figure_key, read_figures
from submission_portal.followup.finding_texts import FINDINGS
from submission_portal.followup.inner_cells import (
    REGIONS,
    Country,
    region_of,
    rows_that_count,
    unclear,
    units_there,
)
from submission_portal.followup.linking import Own, linked
from submission_portal.followup.protecting import (
    Around,
    Group,
    Protection,
    as_counts,
    both,
    groups_of,
    hide,
    protect_figures,
    protect_ratios,
    told_before,
)
from submission_portal.followup.published_cells import PublishedCells
from submission_portal.followup.related_measures import RelatedMeasure, counted, only, related_figures, with_rows
from submission_portal.followup.small_number_rules import PROTECTED, Rules
from submission_portal.followup.totals import differences, finding, told_elsewhere
from submission_portal.forwarding.sinks import RELEASE, Sink
from submission_portal.forwarding.tables import Release
from termbank.comparing.comparability import Verdict, compare

TWICE = "FOL-003"
UNCLEAR = "FOL-017"
LEFT_OUT, APART, REWORDED = "FOL-044", "FOL-045", "FOL-046"
TOLD = 20
"""Places named in a finding; its count says how many there are."""


@dataclass(frozen=True)
class View:
    """What one audience gets of a table: ``shown`` (`figures.SCHEMA`), with its breaks and findings.

    ``findings`` are for readers; those of the protection, which may tell of hidden cells, stay with the protection. A region's
    view of its own figures hides nothing.
    """

    shown: pl.DataFrame
    breaks: tuple[Break, ...]
    findings: tuple[Finding, ...]
    protection: Protection = field(default_factory=Protection)
    rules: Rules | None = None

    def releases(self) -> list[str]:
        """Ids of the releases that some figure was made from. Others of the same model have nothing in this measure."""
        return sorted(self.shown["releases"].explode().drop_nulls().unique().to_list())

    def parquet(self) -> bytes:
        """The figures as readers may have them."""
        out = BytesIO()
        self.shown.write_parquet(out, compression="zstd", statistics=False)
        return out.getvalue()


@dataclass(frozen=True)
class Composed:
    """A table version before it is kept. ``full`` has every value and is never written anywhere as a whole.

    ``views``: what each protected audience gets. ``regions``: by region code, what the region itself gets.
    """

    full: pl.DataFrame
    views: Mapping[Audience, View]
    regions: Mapping[str, View]


def compose_version(
    basis: Basis,
    sink: Sink,
    published: Mapping[Audience, PublishedCells],
    related: Sequence[RelatedMeasure] = (),
    withheld: frozenset[str] = frozenset(),
) -> Composed:
    """The table that a basis gives its audiences. ``published``: what readers already have of it; ``related``: and of related
    measures; ``withheld``: keys of what is hidden from a narrower audience on other releases."""
    rows = released_rows(basis, sink)
    full = _figures(basis, rows)
    figures = read_figures(full)
    breaks = find_breaks(basis, figures, units_there(basis.measure.plan, rows, basis.newest_first))
    doubtful = (*_left_out(basis), *_twice(basis, rows), *_unclear(basis, rows), *_mixed(basis, figures))
    views = {}
    for audience, protection in _protections(basis, rows, figures, published, related, withheld).items():
        shown = hide(full, protection.hidden)
        findings = (*_totals(basis, read_figures(shown)), *doubtful)
        views[audience] = View(shown, breaks, findings, protection, basis.rules[audience])
    has_regions = Audience.OWN_REGION in basis.audiences
    regions = _of_regions(basis, rows, full, breaks, has_doubts=bool(doubtful)) if has_regions else {}
    return Composed(full, views, regions)


def compose_series(
    bases: Sequence[Basis],
    sink: Sink,
    published: Mapping[Audience, PublishedCells],
    related: Sequence[RelatedMeasure] = (),
) -> Composed:
    """What all the audiences of a series get, each on its own releases. ``full`` is of the first basis."""
    made: list[Composed] = []
    withheld: frozenset[str] = frozenset()
    related = with_rows(related, lambda releases: rows_of(releases, sink))
    for basis in bases:
        composed = compose_version(basis, sink, published, related, withheld)
        withheld = withheld.union(*(view.protection.hidden for view in composed.views.values()))
        made.append(composed)
    views = {audience: view for one in made for audience, view in one.views.items()}
    return Composed(made[0].full, views, {code: view for one in made for code, view in one.regions.items()})


def _of_regions(
    basis: Basis, rows: pl.DataFrame, full: pl.DataFrame, breaks: Sequence[Break], *, has_doubts: bool
) -> dict[str, View]:
    """Each region's own figures, undamaged, with what is said of them alone."""
    views = {}
    for code in sorted(set(full["region"].unique().to_list()) - {COUNTRY}):
        own = rows.filter(region_of(basis.measure.plan) == code) if has_doubts else rows.clear()
        views[code] = View(
            full.filter(pl.col("region") == code),
            tuple(one for one in breaks if one.region == code),
            (*_twice(basis, own), *_unclear(basis, own)) if has_doubts else (),
        )
    return views


def _protections(
    basis: Basis,
    rows: pl.DataFrame,
    figures: Sequence[Figure],
    published: Mapping[Audience, PublishedCells],
    related: Sequence[RelatedMeasure],
    withheld: frozenset[str],
) -> dict[Audience, Protection]:
    """What each audience does not get, the narrower first: what is kept from it is kept from the wider too. So whoever has all
    their tables has what the narrowest has, and that is safe."""
    audiences = [one for one in PROTECTED if one in basis.audiences]
    if not basis.measure.measure.needs_protection:
        return dict.fromkeys(audiences, Protection())
    found: dict[Audience, Protection] = {}
    before: Audience | None = None
    for audience in audiences:
        if before is not None and _is_same_for(basis, published, related, before, audience):
            made = found[before]
        else:
            kept_back = withheld | (found[before].hidden if before is not None else frozenset())
            known = replace(published[audience], withheld=kept_back)
            made = _protection(basis, audience, rows, figures, known, related)
        found[audience] = made
        before = audience
    return {
        audience: replace(made, findings=(*basis.policy_findings(audience), *made.findings, *told_before(made.told)))
        for audience, made in found.items()
    }


def _is_same_for(
    basis: Basis,
    published: Mapping[Audience, PublishedCells],
    related: Sequence[RelatedMeasure],
    one: Audience,
    other: Audience,
) -> bool:
    """Whether two audiences have had the same, and are protected by the same policies: what hides enough for one does so for
    the other."""
    return (
        basis.rules[one] == basis.rules[other]
        and published[one] == published[other]
        and all(of.published[one] == of.published[other] for of in related)
    )


def _protection(
    basis: Basis,
    audience: Audience,
    rows: pl.DataFrame,
    figures: Sequence[Figure],
    published: PublishedCells,
    related: Sequence[RelatedMeasure],
) -> Protection:
    """Of counts as they are shown; of a ratio as if its numerators were shown, for the denominators may be known, and
    where those are of persons the other way round as well. A total that somebody has published hides nothing."""
    rules = basis.rules[audience]
    published = _with_told_elsewhere(basis, figures, published)
    if not rows.height:
        return protect_figures(figures, rules, published)

    def protect(one: CountsAround) -> Protection:
        if not basis.measure.plan.is_ratio:
            made = protect_figures(figures, rules, published, one.around)
            return linked(Own(basis, audience, one.element, figures, made, published), rows, related)
        made = protect_ratios(figures, one.counts, rules, published, one.around)
        there = {each.key for each in figures if each.status is Status.OBSERVED}
        counts = [each for each in one.counts if each.key in there]
        seen = as_counts(published, figures, one.counts)
        return linked(Own(basis, audience, one.element, counts, made, seen), rows, related)

    found, *more = [protect(one) for one in _counts_around(basis, audience, rows, figures, related)]
    return both(found, *more) if more else found


def groups_for(
    basis: Basis,
    audience: Audience,
    rules: Rules,
    rows: pl.DataFrame,
    published: PublishedCells,
    related: Sequence[RelatedMeasure],
) -> Iterator[tuple[str, Group]]:
    """The groups in which an audience's table is protected by some rules, each with the element whose counts it holds."""
    if not rows.height:
        return
    figures = read_figures(_figures(basis, rows))
    published = _with_told_elsewhere(basis, figures, published)
    for one in _counts_around(basis, audience, rows, figures, related):
        seen = as_counts(published, figures, one.counts) if basis.measure.plan.is_ratio else published
        for group in groups_of(one.counts, rules, seen, one.around):
            yield one.element, group


@dataclass(frozen=True)
class CountsAround:
    """The counts of one element that a table tells, and what they stand among."""

    element: str
    counts: Sequence[Figure]
    around: Around


def _counts_around(
    basis: Basis,
    audience: Audience,
    rows: pl.DataFrame,
    figures: Sequence[Figure],
    related: Sequence[RelatedMeasure],
) -> Iterator[CountsAround]:
    measure, plan = basis.measure, basis.measure.plan
    for element in counted(measure):
        counts = figures
        if plan.is_ratio:
            counts = read_figures(compose_counts(only(plan, element), rows, basis.newest_first, measure.expected))
        others = related_figures(related, audience, element, rows, basis.newest_first)
        yield CountsAround(element, counts, Around(plan.dimensions, others, lambda figure: _belongs(basis, figure)))


def _with_told_elsewhere(basis: Basis, figures: Sequence[Figure], published: PublishedCells) -> PublishedCells:
    told = told_elsewhere(figures, basis.measure.measure.known_totals, basis.measure.measure.decimals)
    return replace(published, told=told, told_by_others=told)


def compose_figures(basis: Basis, rows: pl.DataFrame, periods: Collection[str]) -> tuple[pl.DataFrame, ...]:
    """The figures of some periods alone, with every value; of ratios also the counts that they are made of, numerators first.

    A figure is made from rows of its own period only, so that those of the others are not needed.
    """
    measure = basis.measure
    if rows.height:
        rows = rows.filter(pl.col(measure.plan.period).cast(pl.String).is_in(list(periods)))
    figures = _figures(basis, rows)
    if measure.plan.denominator is None or not rows.height:
        return (figures,)
    parts = (measure.plan.value, measure.plan.denominator)
    plans = [only(measure.plan, element) for element in parts]
    return figures, *(compose_counts(plan, rows, basis.newest_first, measure.expected) for plan in plans)


def _figures(basis: Basis, rows: pl.DataFrame) -> pl.DataFrame:
    if not rows.height:
        return pl.DataFrame(schema=SCHEMA)
    return unmixed(compose(basis.measure.plan, rows, basis.newest_first, basis.measure.expected), basis.groups)


def released_rows(basis: Basis, sink: Sink) -> pl.DataFrame:
    """The rows of the releases in the basis that have what the measure is made of, from every table of the store that holds some
    of them."""
    return rows_of(basis.readable, sink)


def rows_of(releases: Sequence[Release], sink: Sink) -> pl.DataFrame:
    """The rows of some releases, as the store has them."""
    by_table: dict[str, list[str]] = {}
    for release in releases:
        if release.national_table:
            by_table.setdefault(release.national_table, []).append(release.id)
    frames = [sink.read(table, ids) for table, ids in sorted(by_table.items())]
    return pl.concat(frames, how="diagonal_relaxed") if frames else pl.DataFrame()


Units = Mapping[tuple[str, Period], frozenset[str]]
"""Units behind the figures of regions, by region and period."""


def find_breaks(basis: Basis, figures: Sequence[Figure], units: Units) -> tuple[Break, ...]:
    """The breaks that stand between shown figures, each by its own cause. ``units``: those that have no figures."""
    shown = [one for one in figures if one.status is Status.OBSERVED]
    span: dict[str, tuple[Period, Period]] = {}
    for figure in shown:
        low, high = span.get(figure.region, (figure.period, figure.period))
        span[figure.region] = (min(low, figure.period), max(high, figure.period))

    def differ(one: Statement, other: Statement) -> bool:
        verdict = compare(basis.applications[one.version_hash], basis.applications[other.version_hash]).verdict
        return verdict is Verdict.DIFFERENT

    stands = _stands(basis, figures, units)
    found = (
        *application_breaks(basis.statements, differ),
        *meaning_breaks([one for one in stands if one.models], basis.shifts, basis.wordings.valid_from),
        *coverage_breaks(stands),
        *source_breaks(basis.source_changes),
    )
    return tuple(
        sorted(
            one
            for one in found
            if one.region in span and span[one.region][0].first < one.on <= span[one.region][1].last
        )
    )


def _stands(basis: Basis, figures: Sequence[Figure], without_figures: Units) -> list[Stand]:
    """What each shown figure of a whole region (or the country) stood on. A summed country has the models of none: its regions
    have."""
    model_of = {release.id: release.model_version_hash for release in basis.releases}
    measure = basis.measure
    units: dict[tuple[str, Period], set[str]] = {}
    codes: dict[tuple[str, Period], set[str]] = {}
    chosen = {code for code in measure.plan.where.values() if code}
    for figure in figures:
        codes.setdefault((figure.region, figure.period), {figure.region, *chosen}).update(figure.place)
        if figure.status not in (Status.OBSERVED, Status.CLOSED, Status.UNDEFINED):
            continue
        if len(figure.place) == 1:
            units.setdefault((figure.region, figure.period), set()).add(figure.place[0])
        elif not figure.place and not figure.is_country and _belongs(basis, figure):
            units.setdefault((COUNTRY, figure.period), set()).add(figure.region)
    behind_whole = {where: frozenset(codes) for where, codes in units.items()} | dict(without_figures)
    stands = []
    for figure in figures:
        if figure.place or figure.status is not Status.OBSERVED:
            continue
        is_sum = measure.plan.is_summed and (bool(measure.plan.parts_at(0)) or figure.is_country)
        where = (figure.region, figure.period)
        behind = behind_whole.get(where, frozenset()) if is_sum else frozenset()
        is_of_regions = figure.is_country and measure.plan.country is Country.SUM
        models = () if is_of_regions else sorted({model_of[one] for one in figure.releases if one in model_of})
        stands.append(
            Stand(
                figure.region,
                figure.period.first,
                figure.period.last,
                tuple(models),
                behind,
                frozenset(codes[where]) | without_figures.get(where, frozenset()),
            )
        )
    return stands


def _belongs(basis: Basis, figure: Figure) -> bool:
    wanted = basis.measure.expected(REGIONS, COUNTRY, figure.period)
    return wanted is None or figure.region in wanted


def _totals(basis: Basis, figures: Sequence[Figure]) -> list[Finding]:
    parts = {str(one.period): one.delivered for one in figures if one.is_country and not one.place}
    compared = differences(figures, basis.measure.totals, parts, basis.measure.measure.decimals)
    return [said for one in compared if (said := finding(one)) is not None]


def _left_out(basis: Basis) -> list[Finding]:
    """Releases of model versions that lack what the measure is made of: they have no figure in it, and that is said."""
    left = {one.id for one in basis.releases} - {one.id for one in basis.readable}
    if not left:
        return []
    numbers = {one.version_hash: one.number for one in basis.footings.versions}
    versions = sorted({numbers.get(one.model_version_hash, 0) for one in basis.releases if one.id in left})
    said: dict[str, str | int] = {
        "releases": len(left),
        "versions": ", ".join(map(str, versions)),
        "element": basis.measure.measure.element,
    }
    return [FINDINGS.found(LEFT_OUT, said)]


def _mixed(basis: Basis, figures: Sequence[Figure]) -> list[Finding]:
    """Figures made of what does not mean the same: not shown where their parts count another concept or in another unit,
    shown and told of where the wording changed between them."""
    model_of = {release.id: release.model_version_hash for release in basis.releases}
    apart, reworded = [], []
    for figure in figures:
        models = sorted({model_of[one] for one in figure.releases if one in model_of})
        if len({basis.groups.get(one, 0) for one in figure.releases}) > 1:
            apart.append(figure.key)
        elif any(_has_shifted(basis, one, other, figure) for one, other in combinations(models, 2)):
            reworded.append(figure.key)
    return [
        FINDINGS.found(code, {"cells": len(keys)}, tuple(Place(key=(("figure", key),)) for key in keys[:TOLD]))
        for code, keys in ((APART, apart), (REWORDED, reworded))
        if keys
    ]


def _has_shifted(basis: Basis, one: str, other: str, figure: Figure) -> bool:
    codes = {figure.region, *figure.place}
    return any(not shift.codes or shift.codes & codes for shift in basis.shifts(one, other))


def _twice(basis: Basis, rows: pl.DataFrame) -> list[Finding]:
    """Rows that several current releases hold; the newest counts, and that is said. A correction means to."""
    plan = basis.measure.plan
    if not rows.height:
        return []
    rows = rows_that_count(plan, rows.filter(~pl.col(RELEASE).is_in(list(basis.amends))))
    key = [name for name in (plan.period, plan.region, *plan.dimensions, *plan.key) if name and name in rows.columns]
    doubled = (
        rows.group_by(list(dict.fromkeys(key)), maintain_order=True)
        .agg(pl.col(RELEASE).n_unique().alias("count"))
        .filter(pl.col("count") > 1)
    )
    if not doubled.height:
        return []
    places = tuple(
        Place(key=tuple((name, str(row[name])) for name in dict.fromkeys(key)))
        for row in doubled.head(TOLD).iter_rows(named=True)
    )
    return [FINDINGS.found(TWICE, {"cells": doubled.height}, places)]


def _unclear(basis: Basis, rows: pl.DataFrame) -> list[Finding]:
    """Cells of which there is no figure, since their rows may not be added: of a measure that was made before that was
    looked at, or of rows of an older model."""
    plan = basis.measure.plan
    cells = unclear(plan, rows, basis.newest_first) if rows.height else rows
    if not cells.height:
        return []
    keys = sorted(figure_key(region, period, plan.dimensions, place) for region, place, period in cells.iter_rows())
    places = tuple(Place(key=(("figure", key),)) for key in keys[:TOLD])
    return [FINDINGS.found(UNCLEAR, {"cells": cells.height}, places)]
