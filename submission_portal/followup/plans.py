"""A published measure made ready to be composed and shown: its plan, its code lists, the words of its codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from information_models import code_lists, counted_rows, definitions, measures
from information_models.code_lists import CodeList
from information_models.definitions import Model
from information_models.measures import Measure
from registry.content.canonical import parse
from registry.findings import Language, Text
from registry.items.queries import current_by_slug, current_versions, latest_published, versions_by_hash
from registry.items.tables import Version
from registry.period import Period
from registry.swedish import folded
from submission_portal.deliveries.senders import REGION_LIST
from submission_portal.followup.breaks import COUNTRY
from submission_portal.followup.downloads import Names
from submission_portal.followup.inner_cells import REGIONS, Country, Plan
from submission_portal.followup.totals import PublishedTotal

MEASURE = "measure"
THE_COUNTRY = Text("Riket", "Sweden")


@dataclass(frozen=True)
class PlannedMeasure:
    """One version of a measure with everything that composing and showing it needs from the register."""

    measure: Measure
    version_hash: str
    model: Model
    model_hash: str
    lists: Mapping[str, CodeList]
    regions: CodeList
    regions_hash: str
    plan: Plan = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "plan", _plan(self.measure, self.model, self.lists))

    @property
    def slug(self) -> str:
        return self.measure.slug

    @property
    def model_slug(self) -> str:
        return self.model.slug

    def label(self, dimension: str, code: str) -> Text:
        """What a code of a dimension is called; a code without a list is its own name."""
        if dimension == REGIONS:
            if code == COUNTRY:
                return THE_COUNTRY
            known = self.regions.by_code.get(code)
            return known.label if known else Text(code, code)
        codes = self.lists.get(dimension)
        known = codes.by_code.get(code) if codes else None
        return known.label if known else Text(code, code)

    def places_in(self, region: str) -> list[Text]:
        """The names of the places below a region that the code lists know."""
        return [
            code.label
            for codes in self.lists.values()
            if codes.parent_list == REGION_LIST
            for code in codes.codes
            if code.parent == region
        ]

    def regions_named(self, text: str) -> list[str]:
        """The codes of the regions, or the country, that ``text`` may mean: its code, its name, or part of its name."""
        wanted = folded(text.strip())
        names = {COUNTRY: THE_COUNTRY} | {code.code: code.label for code in self.regions.codes}
        exact = [
            code for code, name in names.items()
            if wanted in (code, folded(name.sv), folded(name.en), folded(name.sv.removeprefix("Region ")))
        ]  # fmt: skip
        return exact or [code for code, name in names.items() if wanted and wanted in folded(f"{name.sv} {name.en}")]

    def expected(self, dimension: str, region: str, period: Period) -> frozenset[str] | None:
        """The units that the code lists know for a region and period; ``None`` where no list says."""
        if dimension == REGIONS:
            return frozenset(code.code for code in self.regions.codes if code.is_valid(period) and not code.test)
        codes = self.lists.get(dimension)
        if codes is None or codes.parent_list != REGION_LIST:
            return None
        units = frozenset(
            code.code for code in codes.codes if code.parent == region and code.is_valid(period) and not code.test
        )
        return units or None

    @property
    def totals(self) -> tuple[PublishedTotal, ...]:
        """Published totals of the country."""
        return tuple(
            PublishedTotal(one.period, one.value, str(one.source.get("title", "")))
            for one in self.measure.known_totals
            if one.region == COUNTRY
        )

    def names(self, language: Language) -> Names:
        """The words of all codes for a download."""
        dimensions = tuple(
            (name, self.model.element(name).label.in_language(language)) for name in self.plan.dimensions
        )
        labels: dict[str, Mapping[str, str]] = {
            name: {code.code: code.label.in_language(language) for code in codes.codes}
            for name, codes in self.lists.items()
        }
        # Last: an element may be called what the regions are called here, and its list need not know the country.
        labels[REGIONS] = (
            dict(labels.get(REGIONS, {}))
            | {code.code: code.label.in_language(language) for code in self.regions.codes}
            | {COUNTRY: THE_COUNTRY.in_language(language)}
        )
        return Names(dimensions, labels)


def planned(session: Session, version: Version) -> PlannedMeasure:
    """The measure in ``version`` with its model and code lists.

    Raises ``LookupError`` where the model that it names has no published version.
    """
    measure = measures.read(version.content)
    model_version = _model_version(session, measure)
    if model_version is None:
        raise LookupError(f"the model {measure.model} of the measure {measure.slug} is not published")
    region_version = latest_published(session, "code_list", REGION_LIST)
    if region_version is None:
        raise LookupError(f"the code list {REGION_LIST} is not published")
    model = read_model(model_version.content_hash, model_version.content_text)
    by_element = {element.name: element for element in model.elements if element.code_list}
    hashes = {element.code_list_version for element in by_element.values() if element.code_list_version}
    versions = {one.item.slug: one for one in versions_by_hash(session, sorted(hashes)).values()}
    lists = {}
    for name, element in by_element.items():
        found = versions.get(element.code_list or "") or latest_published(session, "code_list", element.code_list or "")
        if found is not None:
            lists[name] = read_code_list(found.content_hash, found.content_text)
    return PlannedMeasure(
        measure,
        version.content_hash,
        model,
        model_version.content_hash,
        lists,
        read_code_list(region_version.content_hash, region_version.content_text),
        region_version.content_hash,
    )


def planned_by_slug(session: Session, slug: str) -> PlannedMeasure | None:
    """The published measure with this slug."""
    version = current_by_slug(session, MEASURE, slug)
    return planned(session, version) if version else None


def last_planned(session: Session, slug: str) -> PlannedMeasure | None:
    """The measure as it is published, or as it was when it was withdrawn: what was published of it can still be read."""
    version = latest_published(session, MEASURE, slug)
    return planned(session, version) if version else None


def measures_of_model(session: Session, model_slug: str) -> list[Version]:
    """The published measures whose figures come from a model, by slug."""
    return [
        version for version in current_versions(session, MEASURE) if measures.read(version.content).model == model_slug
    ]


def _plan(measure: Measure, model: Model, lists: Mapping[str, CodeList]) -> Plan:
    region = measure.region_element or model.region_element
    codes = lists.get(region or "")
    parents: dict[str, str] = {}
    if codes is not None and codes.parent_list == REGION_LIST:
        parents = {code.code: code.parent for code in codes.codes if code.parent}
    units = (name for name in counted_rows.free(measure, model) if name in lists)
    return Plan(
        value=measure.element,
        denominator=measure.denominator if measure.is_ratio else None,
        per=measure.per,
        decimals=measure.decimals,
        period=measure.period_element,
        period_kinds=measure.period_kinds,
        region=region,
        dimensions=measure.dimensions,
        where=dict(measure.where or {}),
        key=model.key,
        unit=next((name for name in units if lists[name].parent_list == REGION_LIST), None),
        regions=parents,
        country=Country(measure.country.value),
        is_summed=measure.is_summed,
    )


def _model_version(session: Session, measure: Measure) -> Version | None:
    if measure.model_version:
        pinned = versions_by_hash(session, [measure.model_version]).get(measure.model_version)
        if pinned is not None:
            return pinned
    return latest_published(session, "model", measure.model)


@lru_cache(maxsize=64)
def read_model(content_hash: str, text: str) -> Model:
    """The model in a version's text; read once while it is in use."""
    return definitions.read(_parsed(text))


@lru_cache(maxsize=64)
def read_code_list(content_hash: str, text: str) -> CodeList:
    """As `read_model`."""
    return code_lists.read(_parsed(text))


def _parsed(text: str) -> Mapping[str, Any]:
    parsed: Mapping[str, Any] = parse(text)
    return parsed
