"""Measures: which figures the follow-up shows, and from which element of which model they come.

A measure is administered content (``measure/1``). It says what is summed and what never is, where the country's figure
comes from, whether the figures concern persons, which published totals are known, and which other series it must not
be joined with. `submission_portal.followup` composes its tables from this. Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from information_models.content_words import WORDS
from information_models.definitions import Model, Role
from information_models.finding_texts.all import FINDINGS
from information_models.same_counts import SHAPE, SameCount
from registry.content import shapes
from registry.content.schemas import ContentSchema, EarlierSchema
from registry.finding_texts import MISSHAPEN
from registry.findings import Finding, Place, Text
from registry.period import PeriodKind

CONTENT_SCHEMA, WITHOUT_SAME_COUNTS = "measure/2", "measure/1"


class Aggregation(StrEnum):
    """What may be done with the values over places. Nothing is ever summed over time."""

    SUM = "sum"
    """Counts are summed from the smaller place to the larger."""
    AS_PUBLISHED = "as_published"
    """Rates are shown row by row, as published; never summed and never averaged."""
    RATIO = "ratio"
    """A rate of two counts: both are summed first, and then divided. Never a mean of the rates of the parts."""


class Country(StrEnum):
    """Where the country's figure comes from."""

    SUM = "sum"
    """The sum of the regions (of a ratio: the sums of both its counts, divided), shown when all are there."""
    PUBLISHED = "published"
    """The row for the country, as it was published."""
    NONE = "none"
    """There is none."""


@dataclass(frozen=True, slots=True)
class KnownTotal:
    """A total that somebody has published, to be compared with our sum: a difference is explained, never removed."""

    period: str
    region: str
    value: Decimal
    explanation: Text
    source: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NotJoined:
    """Another measure that looks like the same series but is not, and why."""

    measure: str
    reason: Text


@dataclass(frozen=True)
class Measure:
    """A version of a measure.

    ``element`` is the value of the model; ``where`` picks rows by code (``None``: the row states nothing there);
    ``dimensions`` are the places below the region, from the larger to the smaller; ``region_element`` says the region
    of a row where the model has such an element, otherwise the region is that of the model's places.
    """

    slug: str
    title: Text
    description: Text
    unit: Text
    model: str
    model_version: str | None
    element: str
    period_element: str
    period_kinds: tuple[PeriodKind, ...]
    aggregation: Aggregation
    country: Country
    denominator: str | None = None
    per: int = 1
    """Of a ratio: ``element`` is so many per ``per`` of ``denominator``."""
    region_element: str | None = None
    dimensions: tuple[str, ...] = ()
    where: Mapping[str, str | None] | None = None
    decimals: int = 0
    concerns_persons: bool = False
    already_published: bool = False
    """The figures reproduce a publication: what they disclose is disclosed, and nothing is hidden here."""
    concepts: tuple[str, ...] = ()
    concept_versions: tuple[str, ...] = ()
    known_totals: tuple[KnownTotal, ...] = ()
    not_joined: tuple[NotJoined, ...] = ()
    same_count_as: tuple[SameCount, ...] = ()
    """Elements of other models that the measure counts the same as; where it says nothing, what has one concept is one count."""
    notes: tuple[Text, ...] = ()
    source: Mapping[str, Any] | None = None

    @property
    def needs_protection(self) -> bool:
        """Whether small numbers are looked for before a table of this measure is published."""
        return self.concerns_persons and not self.already_published

    @property
    def is_summed(self) -> bool:
        """Whether values are summed over places, a ratio's two counts each for itself."""
        return self.aggregation is not Aggregation.AS_PUBLISHED

    @property
    def counted(self) -> tuple[str, ...]:
        """The elements that the figures are made of: what is counted and, of a ratio, what that is divided by."""
        return (self.element, self.denominator) if self.denominator else (self.element,)

    @property
    def is_ratio(self) -> bool:
        return self.aggregation is Aggregation.RATIO

    def content(self) -> dict[str, Any]:
        """The measure as content: one that counts the same as nothing else as ``measure/1``, so that what was written before is
        as it was, byte for byte."""
        same = [one.content() for one in self.same_count_as]
        return {
            "content_schema": CONTENT_SCHEMA if same else WITHOUT_SAME_COUNTS,
            **({"same_count_as": same} if same else {}),
            "slug": self.slug,
            "title": self.title.as_dict(),
            "description": self.description.as_dict(),
            "unit": self.unit.as_dict(),
            "decimals": self.decimals,
            "model": self.model,
            "model_version": self.model_version,
            "element": self.element,
            **({"denominator": self.denominator, "per": self.per} if self.is_ratio else {}),
            "period_element": self.period_element,
            "period_kinds": [kind.value for kind in self.period_kinds],
            "region_element": self.region_element,
            "dimensions": list(self.dimensions),
            "where": dict(self.where or {}),
            "aggregation": self.aggregation.value,
            "country": self.country.value,
            "concerns_persons": self.concerns_persons,
            "already_published": self.already_published,
            "concepts": list(self.concepts),
            "concept_versions": list(self.concept_versions),
            "known_totals": [
                {
                    "period": total.period,
                    "region": total.region,
                    "value": str(total.value),
                    "explanation": total.explanation.as_dict(),
                    "source": dict(total.source),
                }
                for total in self.known_totals
            ],
            "not_joined": [{"measure": other.measure, "reason": other.reason.as_dict()} for other in self.not_joined],
            "notes": [note.as_dict() for note in self.notes],
            "source": dict(self.source) if self.source else None,
        }


_SLUGS = shapes.list_of({"type": "string", "pattern": shapes.SLUG}, most=50)
_NAME = {"type": "string", "pattern": shapes.NAME}

_FIELDS = {
    "slug": {"type": "string", "pattern": shapes.SLUG},
    "title": shapes.TEXT,
    "description": shapes.TEXT,
    "unit": shapes.TEXT,
    "decimals": {"type": "integer", "minimum": 0, "maximum": 6},
    "model": {"type": "string", "pattern": shapes.SLUG},
    "model_version": {"type": ["string", "null"], "pattern": shapes.HASH},
    "element": _NAME,
    "period_element": _NAME,
    "period_kinds": shapes.list_of(shapes.one_of(PeriodKind), least=1),
    "region_element": shapes.optional(_NAME),
    "dimensions": shapes.list_of(_NAME, most=5),
    "where": {
        "type": "object",
        "propertyNames": {"pattern": shapes.NAME},
        "additionalProperties": {"type": ["string", "null"]},
    },
    "aggregation": shapes.one_of(Aggregation),
    "country": shapes.one_of(Country),
    "concerns_persons": shapes.BOOLEAN,
    "already_published": shapes.BOOLEAN,
    "concepts": _SLUGS,
    "concept_versions": shapes.list_of({"type": "string", "pattern": shapes.HASH}),
    "known_totals": shapes.list_of(
        shapes.record(
            {
                "period": {"type": "string"},
                "region": {"type": "string"},
                "value": {"type": "string", "pattern": shapes.NUMBER},
                "explanation": shapes.TEXT,
                "source": {**shapes.SOURCE, "type": "object"},
            }
        ),
        most=500,
    ),
    "not_joined": shapes.list_of(
        shapes.record({"measure": {"type": "string", "pattern": shapes.SLUG}, "reason": shapes.TEXT}), most=20
    ),
    "notes": shapes.list_of(shapes.TEXT, most=50),
    "source": shapes.SOURCE,
}
_OF_RATIOS = {
    "denominator": shapes.optional(_NAME),
    "per": {"type": "integer", "minimum": 1, "maximum": 100_000},
}


def _shape(name: str, **more: Any) -> dict[str, Any]:
    return shapes.record({"content_schema": {"const": name}, **_FIELDS, **more}, _OF_RATIOS)


def _without_same_counts(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """``measure/1`` did not say what else counts the same."""
    return {**content, "content_schema": CONTENT_SCHEMA, "same_count_as": []}


SCHEMA = ContentSchema(
    CONTENT_SCHEMA,
    _shape(CONTENT_SCHEMA, same_count_as=SHAPE),
    MISSHAPEN,
    WORDS,
    (EarlierSchema(WITHOUT_SAME_COUNTS, _shape(WITHOUT_SAME_COUNTS), _without_same_counts),),
)
"""What is written; `problems` says what it means that cannot be."""


def read(content: Mapping[str, Any]) -> Measure:
    """The measure in ``content``, which ``problems`` found nothing wrong with."""
    content = SCHEMA.lift(content)
    return Measure(
        slug=content["slug"],
        title=Text.from_dict(content["title"]),
        description=Text.from_dict(content["description"]),
        unit=Text.from_dict(content["unit"]),
        decimals=content["decimals"],
        model=content["model"],
        model_version=content["model_version"],
        element=content["element"],
        denominator=content.get("denominator"),
        per=content.get("per", 1),
        period_element=content["period_element"],
        period_kinds=tuple(PeriodKind(kind) for kind in content["period_kinds"]),
        region_element=content["region_element"],
        dimensions=tuple(content["dimensions"]),
        where=content["where"],
        aggregation=Aggregation(content["aggregation"]),
        country=Country(content["country"]),
        concerns_persons=content["concerns_persons"],
        already_published=content["already_published"],
        concepts=tuple(content["concepts"]),
        concept_versions=tuple(content["concept_versions"]),
        known_totals=tuple(
            KnownTotal(
                total["period"],
                total["region"],
                Decimal(total["value"]),
                Text.from_dict(total["explanation"]),
                total["source"],
            )
            for total in content["known_totals"]
        ),
        not_joined=tuple(
            NotJoined(other["measure"], Text.from_dict(other["reason"])) for other in content["not_joined"]
        ),
        same_count_as=tuple(SameCount.read(one) for one in content["same_count_as"]),
        notes=tuple(Text.from_dict(note) for note in content["notes"]),
        source=content["source"],
    )


def problems(content: Any, model: Model | None = None) -> tuple[Finding, ...]:
    """What keeps ``content`` from being a measure; with ``model``, also what does not agree with that."""
    if findings := SCHEMA.faults(content):
        return findings
    measure = read(content)
    found = [*_own_problems(measure)]
    if model is not None:
        found.extend(_problems_with(measure, model))
    return tuple(found)


def _problem(code: str, name: str, **params: str) -> Finding:
    return FINDINGS.found(code, {"name": name, **params}, (Place(field=name),))


def _own_problems(measure: Measure) -> Iterator[Finding]:
    if not measure.is_summed and measure.country is Country.SUM:
        yield _problem("MEA-002", measure.slug)
    if measure.is_ratio and not measure.denominator:
        yield FINDINGS.found("MEA-005", {"name": measure.slug}, (Place(field="denominator"),))
    for one in measure.same_count_as:
        if (one.model, one.element) == (measure.model, measure.element):
            yield FINDINGS.found("MEA-011", {"name": one.element, "model": one.model}, (Place(field="same_count_as"),))
    if measure.denominator and (not measure.is_ratio or measure.denominator == measure.element):
        yield FINDINGS.found("MEA-006", {"name": measure.denominator}, (Place(field="denominator"),))


def _problems_with(measure: Measure, model: Model) -> Iterator[Finding]:
    for name in (measure.element, *((measure.denominator,) if measure.denominator else ())):
        value = model.by_name.get(name)
        if value is None or value.role is not Role.VALUE:
            yield _problem("MEA-001", name, model=model.slug)
        else:
            if value.concerns_persons and not measure.concerns_persons:
                yield _problem("MEA-003", name)
            if measure.is_summed and not value.additive:
                yield _problem("MEA-002", measure.slug)
    others = (measure.period_element, *measure.dimensions, *(measure.where or {}))
    for name in (*others, *((measure.region_element,) if measure.region_element else ())):
        element = model.by_name.get(name)
        if element is None or element.role is not Role.DIMENSION:
            yield _problem("MEA-001", name, model=model.slug)
