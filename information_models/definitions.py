"""Information models: which elements a delivery has, what they mean, and what must hold for them.

A model is administered content (``model/3``). Each element is bound to a concept version, so that a figure can be led
back to a wording; the model's lockfile names every concept version that those wordings rest on. This definition is the
reference: `columns` checks whole files against it, and `formats` writes it as JSON Schema, Excel template and model file.
Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from information_models.code_lists import CodeList
from information_models.content_words import WORDS
from information_models.elements import (
    LARGEST_NUMBER,
    LEAST_PERIODS,
    LONGEST_TEXT,
    MOST_PERIODS,
    MOST_SHARE,
    Element,
    ElementType,
    Role,
    Rule,
    Thresholds,
    TotalRows,
    ValueStatus,
)
from information_models.finding_texts.all import FINDINGS
from information_models.patterns import is_pattern
from information_models.rules import Compiled, RuleError, compile_rule
from registry.content import shapes
from registry.content.schemas import ContentSchema, EarlierSchema
from registry.content.values import decimal_of, written_decimal
from registry.finding_texts import MISSHAPEN
from registry.findings import Finding, Place, Severity, Text
from registry.period import PeriodKind

CONTENT_SCHEMA, WITHOUT_REASONS, WITHOUT_THRESHOLDS = "model/3", "model/2", "model/1"
__all__ = [
    "CONTENT_SCHEMA",
    "LARGEST_NUMBER",
    "LONGEST_TEXT",
    "SCHEMA",
    "Element",
    "ElementType",
    "LoadedModel",
    "Model",
    "Role",
    "Rule",
    "Thresholds",
    "TotalRows",
    "ValueStatus",
    "Wording",
    "missing_code_lists",
    "problems",
    "read",
]


@dataclass(frozen=True)
class Model:
    """A version of an information model."""

    slug: str
    title: Text
    description: Text
    elements: tuple[Element, ...]
    key: tuple[str, ...]
    period_element: str
    region_element: str | None = None
    rules: tuple[Rule, ...] = ()
    total_rows: TotalRows = TotalRows.LEAVE_OUT
    lockfile: tuple[str, ...] = ()
    source: Mapping[str, Any] | None = None
    stated_thresholds: Thresholds | None = None
    """What the model says of when a value differs much; ``None`` where it leaves that to the registry."""

    @property
    def thresholds(self) -> Thresholds:
        """Those that the model states, or the registry's."""
        return self.stated_thresholds or Thresholds()

    @cached_property
    def by_name(self) -> Mapping[str, Element]:
        return {element.name: element for element in self.elements}

    def element(self, name: str) -> Element:
        """Raises ``KeyError`` where the model has no such element."""
        return self.by_name[name]

    @property
    def values(self) -> tuple[Element, ...]:
        return tuple(element for element in self.elements if element.role is Role.VALUE)

    @property
    def dimensions(self) -> tuple[Element, ...]:
        return tuple(element for element in self.elements if element.role is Role.DIMENSION)

    @property
    def concerns_persons(self) -> bool:
        return any(element.concerns_persons for element in self.elements)

    @cached_property
    def compiled_rules(self) -> tuple[tuple[Rule, Compiled], ...]:
        variables = {element.name: element.variable() for element in self.elements}
        return tuple((rule, compile_rule(rule.expression, variables)) for rule in self.rules)

    def content(self) -> dict[str, Any]:
        """The model as content: one that gives no reasons of persons as ``model/2``, and one that states no thresholds either as
        ``model/1``, so that what was written before is as it was, byte for byte."""
        stated = self.stated_thresholds
        named = WITHOUT_THRESHOLDS if stated is None else WITHOUT_REASONS
        if any(element.persons_reason for element in self.elements):
            named = CONTENT_SCHEMA
        return {
            "content_schema": named,
            "slug": self.slug,
            "title": self.title.as_dict(),
            "description": self.description.as_dict(),
            "source": dict(self.source) if self.source else None,
            "period_element": self.period_element,
            "region_element": self.region_element,
            "elements": [_element_content(element) for element in self.elements],
            "key": list(self.key),
            "rules": [
                {
                    "id": rule.id,
                    "severity": rule.severity.value,
                    "expression": rule.expression,
                    "text": rule.text.as_dict(),
                    "reason": rule.reason.as_dict(),
                }
                for rule in self.rules
            ],
            "total_rows": self.total_rows.value,
            "lockfile": list(self.lockfile),
            **({"thresholds": None} if named == CONTENT_SCHEMA else {}),
            **({} if stated is None else {"thresholds": _thresholds_content(stated)}),
        }


@dataclass(frozen=True, slots=True)
class Wording:
    """A concept's term and definition as they stood in the version that an element is bound to."""

    slug: str
    term: Text
    definition: Text | None
    version: str | None = None


@dataclass(frozen=True)
class LoadedModel:
    """A model with everything that is needed to check a file against it, and nothing else: no database, no network.

    ``code_lists`` are by slug, ``wordings`` by concept slug (empty where they were not at hand).
    """

    model: Model
    code_lists: Mapping[str, CodeList]
    wordings: Mapping[str, Wording] = field(default_factory=dict)
    content_hash: str | None = None

    def code_list(self, element: Element) -> CodeList:
        """The list of a coded element."""
        if element.code_list is None:
            raise ValueError(f"{element.name} has no code list")
        return self.code_lists[element.code_list]

    @cached_property
    def regions(self) -> Mapping[str, str]:
        """Region code by code of the region element: the code itself, or its parent where it is a hospital.

        A hospital without a parent lies nowhere, so no region can deliver for it.
        """
        if self.model.region_element is None:
            return {}
        codes = self.code_list(self.model.element(self.model.region_element))
        if codes.parent_list is None:
            return {code.code: code.code for code in codes.codes}
        return {code.code: code.parent for code in codes.codes if code.parent}


_NUMBER = {"type": ["string", "null"], "pattern": shapes.NUMBER}


def _elements(more: Mapping[str, Any]) -> dict[str, Any]:
    """The elements of a model, with fields that only later schemas have."""
    return shapes.list_of(
        shapes.record(
            {
                "name": {"type": "string", "pattern": shapes.NAME},
                "label": shapes.TEXT,
                "description": shapes.TEXT,
                "role": shapes.one_of(Role),
                "type": shapes.one_of(ElementType),
            },
            {
                "concept": {"type": ["string", "null"], "pattern": shapes.SLUG},
                "concept_version": {"type": ["string", "null"], "pattern": shapes.HASH},
                "code_list": {"type": ["string", "null"], "pattern": shapes.SLUG},
                "code_list_version": {"type": ["string", "null"], "pattern": shapes.HASH},
                "aliases": shapes.list_of({**shapes.STRING, "maxLength": 200}, most=50),
                "required": shapes.BOOLEAN,
                "concerns_persons": shapes.BOOLEAN,
                "unit": shapes.optional(shapes.TEXT),
                "minimum": _NUMBER,
                "maximum": _NUMBER,
                "decimals": {"type": "integer", "minimum": 0, "maximum": 6},
                "period_kinds": shapes.list_of(shapes.one_of(PeriodKind)),
                "max_length": {"type": "integer", "minimum": 1, "maximum": LONGEST_TEXT},
                "pattern": shapes.optional(shapes.STRING),
                "additive": shapes.BOOLEAN,
                **more,
            },
        ),
        least=1,
        most=100,
    )


_FIELDS = {
    "slug": {"type": "string", "pattern": shapes.SLUG},
    "title": shapes.TEXT,
    "description": shapes.TEXT,
    "period_element": {"type": "string"},
    "region_element": {"type": ["string", "null"]},
    "elements": _elements({}),
    "key": {**shapes.list_of({"type": "string"}, least=1), "uniqueItems": True},
    "rules": shapes.list_of(
        shapes.record(
            {
                "id": {"type": "string", "pattern": shapes.SLUG},
                "severity": {"enum": [Severity.ERROR.value, Severity.WARNING.value]},
                "expression": shapes.STRING,
                "text": shapes.TEXT,
                "reason": shapes.TEXT,
            }
        ),
        most=100,
    ),
    "total_rows": shapes.one_of(TotalRows),
    "lockfile": {**shapes.list_of({"type": "string", "pattern": shapes.HASH}), "uniqueItems": True},
}

_THRESHOLDS = shapes.record(
    {
        "share": {"type": "integer", "minimum": 1, "maximum": MOST_SHARE},
        "count": {"type": "string", "pattern": shapes.NUMBER},
        "rate": {"type": "string", "pattern": shapes.NUMBER},
        "score": {"type": "string", "pattern": shapes.NUMBER},
        "periods": {"type": "integer", "minimum": LEAST_PERIODS, "maximum": MOST_PERIODS},
    }
)


def _shape(name: str, **more: Any) -> dict[str, Any]:
    return shapes.record({"content_schema": {"const": name}, **_FIELDS, **more}, {"source": shapes.SOURCE})


def _with_unknown_thresholds(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """``model/1`` did not say from where a value differs much."""
    return {**content, "content_schema": WITHOUT_REASONS, "thresholds": None}


def _without_reasons(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """``model/2`` did not say why an element is about persons, or not, against what its concept says."""
    return {**content, "content_schema": CONTENT_SCHEMA}


SCHEMA = ContentSchema(
    CONTENT_SCHEMA,
    _shape(
        CONTENT_SCHEMA,
        elements=_elements({"persons_reason": shapes.optional(shapes.TEXT)}),
        thresholds=shapes.optional(_THRESHOLDS),
    ),
    MISSHAPEN,
    WORDS,
    (
        EarlierSchema(WITHOUT_THRESHOLDS, _shape(WITHOUT_THRESHOLDS), _with_unknown_thresholds),
        EarlierSchema(
            WITHOUT_REASONS, _shape(WITHOUT_REASONS, thresholds=shapes.optional(_THRESHOLDS)), _without_reasons
        ),
    ),
)
"""What is written; `problems` says what it means that cannot be."""


def read(content: Mapping[str, Any]) -> Model:
    """The model in ``content``, which ``problems`` found nothing wrong with."""
    content = SCHEMA.lift(content)
    return Model(
        slug=content["slug"],
        title=Text.from_dict(content["title"]),
        description=Text.from_dict(content["description"]),
        source=content.get("source"),
        period_element=content["period_element"],
        region_element=content["region_element"],
        elements=tuple(_read_element(element) for element in content["elements"]),
        key=tuple(content["key"]),
        rules=tuple(
            Rule(
                rule["id"],
                Severity(rule["severity"]),
                rule["expression"],
                Text.from_dict(rule["text"]),
                Text.from_dict(rule["reason"]),
            )
            for rule in content["rules"]
        ),
        total_rows=TotalRows(content["total_rows"]),
        lockfile=tuple(content["lockfile"]),
        stated_thresholds=_read_thresholds(content["thresholds"]) if content["thresholds"] else None,
    )


def problems(content: Any) -> tuple[Finding, ...]:
    """What keeps ``content`` from being a model that files can be checked against."""
    if findings := SCHEMA.faults(content):
        return findings
    model = read(content)
    return (
        *_element_problems(model),
        *_key_problems(model),
        *_rule_problems(model),
        *_threshold_problems(model.thresholds),
    )


def _read_thresholds(content: Mapping[str, Any]) -> Thresholds:
    count, rate, score = (Decimal(content[name]) for name in ("count", "rate", "score"))
    return Thresholds(content["share"], count, rate, score, content["periods"])


def _thresholds_content(thresholds: Thresholds) -> dict[str, Any]:
    return {
        "share": thresholds.share,
        "count": written_decimal(thresholds.count),
        "rate": written_decimal(thresholds.rate),
        "score": written_decimal(thresholds.score),
        "periods": thresholds.periods,
    }


def _threshold_problems(thresholds: Thresholds) -> Iterator[Finding]:
    for name in ("count", "rate", "score"):
        if getattr(thresholds, name) <= 0:
            yield FINDINGS.found("MOD-016", {"threshold": name}, (Place(field="thresholds"),))


def _read_element(content: Mapping[str, Any]) -> Element:
    return Element(
        name=content["name"],
        label=Text.from_dict(content["label"]),
        description=Text.from_dict(content["description"]),
        role=Role(content["role"]),
        type=ElementType(content["type"]),
        concept=content.get("concept"),
        concept_version=content.get("concept_version"),
        code_list=content.get("code_list"),
        code_list_version=content.get("code_list_version"),
        aliases=tuple(content.get("aliases", ())),
        required=content.get("required", True),
        concerns_persons=content.get("concerns_persons", False),
        persons_reason=Text.from_dict(content["persons_reason"]) if content.get("persons_reason") else None,
        unit=Text.from_dict(content["unit"]) if content.get("unit") else None,
        minimum=decimal_of(content.get("minimum")),
        maximum=decimal_of(content.get("maximum")),
        decimals=content.get("decimals", 0),
        period_kinds=tuple(PeriodKind(kind) for kind in content.get("period_kinds", ())),
        max_length=content.get("max_length", LONGEST_TEXT),
        pattern=content.get("pattern"),
        additive=content.get("additive", True),
    )


def _element_content(element: Element) -> dict[str, Any]:
    return {
        "name": element.name,
        "label": element.label.as_dict(),
        "description": element.description.as_dict(),
        "role": element.role.value,
        "type": element.type.value,
        "concept": element.concept,
        "concept_version": element.concept_version,
        "code_list": element.code_list,
        "code_list_version": element.code_list_version,
        "aliases": list(element.aliases),
        "required": element.required,
        "concerns_persons": element.concerns_persons,
        **({"persons_reason": element.persons_reason.as_dict()} if element.persons_reason else {}),
        "unit": element.unit.as_dict() if element.unit else None,
        "minimum": written_decimal(element.minimum),
        "maximum": written_decimal(element.maximum),
        "decimals": element.decimals,
        "period_kinds": [kind.value for kind in element.period_kinds],
        "max_length": element.max_length,
        "pattern": element.pattern,
        "additive": element.additive,
    }


def _problem(code: str, element: str, **params: str | int) -> Finding:
    return FINDINGS.found(code, {"element": element, **params}, (Place(field=element),))


def _element_problems(model: Model) -> Iterator[Finding]:
    seen: set[str] = set()
    for element in model.elements:
        name = element.name
        if name in seen:
            yield _problem("MOD-002", name)
        seen.add(name)
        if (element.type is ElementType.CODE) != (element.code_list is not None):
            yield _problem("MOD-003", name)
        if (element.type is ElementType.PERIOD) != bool(element.period_kinds):
            yield _problem("MOD-004", name)
        if element.role is Role.VALUE and not element.is_number:
            yield _problem("MOD-005", name)
        if element.type is ElementType.INTEGER and element.decimals:
            yield _problem("MOD-006", name)
        if element.minimum is not None and element.maximum is not None and element.minimum > element.maximum:
            yield _problem("MOD-007", name)
        if any(bound is not None and abs(bound) > LARGEST_NUMBER for bound in (element.minimum, element.maximum)):
            yield _problem("MOD-008", name, largest=str(LARGEST_NUMBER))
        if element.pattern is not None and not is_pattern(element.pattern):
            yield _problem("MOD-009", name, pattern=element.pattern)


def _key_problems(model: Model) -> Iterator[Finding]:
    def kind_of(name: str | None) -> ElementType | None:
        element = model.by_name.get(name or "")
        return element.type if element else None

    for name in model.key:
        element = model.by_name.get(name)
        if element is None or element.role is not Role.DIMENSION:
            yield _problem("MOD-010", name)
    if kind_of(model.period_element) is not ElementType.PERIOD:
        yield _problem("MOD-011", model.period_element)
    if model.region_element is not None and kind_of(model.region_element) is not ElementType.CODE:
        yield _problem("MOD-012", model.region_element)


def _rule_problems(model: Model) -> Iterator[Finding]:
    variables = {element.name: element.variable() for element in model.elements}
    seen: set[str] = set()
    for rule in model.rules:
        if rule.id in seen:
            yield _problem("MOD-013", rule.id)
        seen.add(rule.id)
        try:
            compile_rule(rule.expression, variables)
        except RuleError as error:
            finding = error.finding
            yield FINDINGS.found(finding.code, {**finding.params, "rule": rule.id}, (Place(field=rule.id),))


def missing_code_lists(model: Model, code_lists: Sequence[str]) -> tuple[str, ...]:
    """Slugs of lists that the model needs and ``code_lists`` lacks."""
    needed = dict.fromkeys(element.code_list for element in model.elements if element.code_list)
    return tuple(slug for slug in needed if slug not in code_lists)
