"""A table's figures held against all that other tables tell of the same persons, in other periods and by other models.

`protecting` makes each group of one period safe, with the measures of the same model. Here the groups are joined over
time and across models (`linked_counts`), and what would be worked out of all of them is hidden too. Measures that could not
be joined are named: of them nobody may say that nothing can be worked out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from time import monotonic

import polars as pl

from submission_portal.flows.audiences import Audience
from submission_portal.followup.basis import Basis
from submission_portal.followup.composition import compose, compose_counts
from submission_portal.followup.figures import Figure, Status, read_figures
from submission_portal.followup.finding_texts import FINDINGS
from submission_portal.followup.inner_cells import REGIONS, Country, Plan
from submission_portal.followup.linked_counts import CountedFigures, link
from submission_portal.followup.plans import PlannedMeasure
from submission_portal.followup.protecting import Exposed, Protection
from submission_portal.followup.published_cells import PublishedCells
from submission_portal.followup.related_measures import RelatedMeasure, only, same_elements
from submission_portal.followup.small_number_rules import Rules

NOT_CHECKED = "FOL-049"
SECONDS = 600.0
"""Given to hide more; what is exposed when they end stops the table."""


@dataclass(frozen=True)
class Own:
    """The figures of the measure that is being composed, of one of its elements, with what protects them so far."""

    basis: Basis
    audience: Audience
    element: str
    counts: Sequence[Figure]
    protection: Protection
    published: PublishedCells


def linked(own: Own, rows: pl.DataFrame, related: Sequence[RelatedMeasure]) -> Protection:
    """The protection with what must be hidden beside, so that no hidden figure is worked out of all the tables together."""
    basis, made = own.basis, own.protection
    rules = basis.rules[own.audience]
    others, apart = _others(own, rows, related, rules)
    observed = {one.key: one.value for one in own.counts if one.status is Status.OBSERVED and one.value is not None}
    gone = made.hidden | {key for key in observed if own.published.hides(key)}
    shown = frozenset(key for key in observed if key not in gone)
    before = {key for key in shown if own.published.has_shown(key, observed[key])}
    figures = _counted(
        basis.measure,
        own.element,
        own.counts,
        shown,
        frozenset(key for key in gone if _is_small(observed.get(key), rules)),
    )
    end = monotonic() + SECONDS
    found = link(figures, others, shown - before, lambda: monotonic() < end)
    names = list(dict.fromkeys((*apart, *found.apart)))
    return replace(
        made,
        secondary=(*made.secondary, *found.hidden),
        exposed=(*made.exposed, *(Exposed(key, f"{low:g}", f"{high:g}") for key, low, high in found.exposed)),
        findings=(*made.findings, *(FINDINGS.found(NOT_CHECKED, {"measure": name}) for name in names), *found.findings),
        apart=tuple(names),
        linked=found.hidden,
    )


def _others(
    own: Own, rows: pl.DataFrame, related: Sequence[RelatedMeasure], rules: Rules
) -> tuple[list[CountedFigures], list[str]]:
    """What the other measures count of the same, and the slugs of those whose counts cannot be told."""
    others: list[CountedFigures] = []
    apart: list[str] = []
    for other in related:
        pairs = same_elements(own.basis.measure, other.measure)
        for element in (theirs for ours, theirs in pairs if ours == own.element):
            newest = other.newest_first if other.is_linked else own.basis.newest_first
            counted = _other(other, own.audience, element, other.rows if other.is_linked else rows, newest, rules)
            if counted is not None:
                others.append(counted)
            elif other.is_linked:
                apart.append(other.measure.slug)
    return others, apart


def _other(
    other: RelatedMeasure,
    audience: Audience,
    element: str,
    rows: pl.DataFrame,
    newest_first: Sequence[str],
    rules: Rules,
) -> CountedFigures | None:
    """Its counts of an element now, which of them are known by what an audience has of it, and which hidden ones are small."""
    plan, expected = other.measure.plan, other.measure.expected
    needed = {plan.value, plan.period, plan.denominator, plan.region, *plan.dimensions, *plan.where} - {None}
    if not rows.height:
        return _counted(other.measure, element, (), frozenset(), frozenset())
    if not needed <= set(rows.columns):
        return None
    if not plan.is_summed:
        rates = read_figures(compose(plan, rows, newest_first, expected))
        published = other.published[audience]
        told = {one.key for one in rates if one.value is not None and published.has_shown(one.key, one.value)}
        step = Decimal(1).scaleb(-other.measure.measure.decimals)
        rated = _counted(other.measure, element, rates, frozenset(told), frozenset())
        return replace(rated, are_rates=True, step=step)
    counts = read_figures(compose_counts(only(plan, element), rows, newest_first, expected))
    figures = counts if plan.denominator is None else read_figures(compose(plan, rows, newest_first, expected))
    published = other.published[audience]
    told = {one.key for one in figures if one.value is not None and published.has_shown(one.key, one.value)}
    values = {one.key: one.value for one in counts if one.status is Status.OBSERVED}
    small = frozenset(
        key for key in published.hidden - told if key in other.primary or _is_small(values.get(key), rules)
    )
    return _counted(other.measure, element, counts, frozenset(told), small)


def _counted(
    measure: PlannedMeasure, element: str, counts: Sequence[Figure], known: frozenset[str], small: frozenset[str]
) -> CountedFigures:
    plan, of_model = measure.plan, measure.model.element(element)

    def is_counted(figure: Figure) -> bool:
        wanted = measure.expected(REGIONS, "00", figure.period)
        return wanted is None or figure.region in wanted

    return CountedFigures(
        measure.slug,
        measure.model_slug,
        element,
        tuple(_kinds(measure, plan)),
        counts,
        known,
        small,
        Decimal(1).scaleb(-of_model.decimals),
        plan.is_summed,
        plan.country is Country.SUM,
        measure.measure.same_count_as if element == measure.measure.element else (),
        is_counted=is_counted,
    )


def _kinds(measure: PlannedMeasure, plan: Plan) -> Iterator[str]:
    """What the places are codes of: the list where there is one, since columns of two models have names of their own."""
    for name in plan.dimensions:
        element = measure.model.by_name.get(name)
        yield (element.code_list if element is not None else None) or name


def _is_small(value: Decimal | None, rules: Rules) -> bool:
    return value is not None and (0 < value < rules.threshold or (value == 0 and rules.zeros_are_sensitive))
