"""What is closed, in words: of which places, by which periods, of how many regions."""

from collections.abc import Sequence

from information_models.presentation import PERIOD_LABELS
from legal_checks.compilations.rules import REGION, CompilationRule
from registry.findings import Text
from registry.period import PeriodKind
from submission_portal.deliveries.spans import span_label
from submission_portal.flows.audiences import Audience
from submission_portal.followup.compilations.closing import ClosedPart
from submission_portal.followup.compilations.tables import CompilationDecision, Outcome
from submission_portal.followup.inner_cells import REGIONS as REGIONS_NAME
from submission_portal.followup.plans import PlannedMeasure

REGIONS = Text("regioner", "regions")
READERS = {
    Audience.PUBLIC: Text("för alla", "for everybody"),
    Audience.RECIPIENT: Text("för mottagaren", "for the recipient"),
}


def level_words(measure: PlannedMeasure, level: int) -> Text:
    """What the places of a level are called."""
    dimensions = measure.plan.dimensions
    return REGIONS if level == REGION or level > len(dimensions) else measure.model.element(dimensions[level - 1]).label


def view_words(measure: PlannedMeasure, level: int, kind: str) -> Text:
    """A level of place and a kind of period: ``Sjukhus, per dag``."""
    place, period = level_words(measure, level), PERIOD_LABELS[PeriodKind(kind)]
    return Text(
        f"{place.sv[:1].upper()}{place.sv[1:]}, per {period.sv}",
        f"{place.en[:1].upper()}{place.en[1:]}, by {period.en}",
    )


def part_words(measure: PlannedMeasure, part: ClosedPart) -> Text:
    """What of a table is closed, in a line."""
    what, regions = view_words(measure, part.level, part.period_kind), len(part.regions)
    days = str(part.first) if part.first == part.last else f"{part.first}/{part.last}"
    return Text(
        f"{what.sv}: {regions} {'region' if regions == 1 else 'regioner'}, {span_label(days, 'sv')}",
        f"{what.en}: {regions} {'region' if regions == 1 else 'regions'}, {span_label(days, 'en')}",
    )


def place_words(measure: PlannedMeasure, region: str, place: Sequence[str]) -> Text:
    """A place from the smaller to the larger: ``Kirurgi, Kalix sjukhus, Region Norrbotten``."""
    inner = [measure.label(name, code) for name, code in zip(measure.plan.dimensions, place, strict=False)]
    parts = [*reversed(inner), measure.label(REGIONS_NAME, region)]
    return Text(", ".join(one.sv for one in parts), ", ".join(one.en for one in parts))


def regions_words(measure: PlannedMeasure, regions: Sequence[str]) -> Text:
    """Some regions by name, or that they are all."""
    everyone = {code.code for code in measure.regions.codes if not code.test}
    if everyone and everyone <= set(regions):
        return Text("alla regioner", "all regions")
    names = [measure.label(REGIONS_NAME, one) for one in regions]
    return Text(", ".join(one.sv for one in names), ", ".join(one.en for one in names))


def extent_words(measure: PlannedMeasure, decision: CompilationDecision) -> Text:
    """What a decision opens, in a line; nothing where it opens nothing."""
    if decision.outcome != Outcome.OPEN:
        return Text("", "")
    who, age, until = regions_words(measure, decision.regions), decision.least_age, decision.valid_until or ""
    aged = Text(f", perioder som slutade för minst {age} dagar sedan", f", periods that ended at least {age} days ago")
    ends = Text(f", till och med {span_label(str(until), 'sv')}", f", until {span_label(str(until), 'en')}")
    return Text(
        who.sv + (aged.sv if age else "") + (ends.sv if until else ""),
        who.en + (aged.en if age else "") + (ends.en if until else ""),
    )


def by_rule(parts: Sequence[ClosedPart]) -> list[tuple[CompilationRule, list[ClosedPart]]]:
    """Closed parts by the rule that closes them, in order."""
    found: dict[str, list[ClosedPart]] = {}
    for part in parts:
        found.setdefault(part.rule.id, []).append(part)
    return [(each[0].rule, each) for each in found.values()]


def rule_words(rules: tuple[CompilationRule, ...]) -> Text:
    """Rules by their citations, in a line."""
    return Text("; ".join(one.citation.sv for one in rules), "; ".join(one.citation.en for one in rules))
