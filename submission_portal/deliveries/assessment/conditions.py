"""The conditions of a standing disclosure decision, as data that a machine can hold a delivery against. Pure.

A region decides once, under conditions, that the deliveries of a line may be handed out. Four conditions are always there: no
warning without a cited explanation, no new units or codes, not later than so many days after the period, and for each element that
counts persons how many small numbers there may be. What is counted is what would stand for the days once the delivery is sent, so
that a limit is not passed by parts or by corrections. Nothing is estimated: each condition has a limit and a value.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import polars as pl

from information_models.definitions import LoadedModel, Model
from registry.content import shapes
from registry.content.faults import faults
from registry.content.places import Words
from registry.findings import Finding, Text
from submission_portal.deliveries.assessment.history import unit_elements, units_only_in
from submission_portal.deliveries.finding_texts.all import FINDINGS

CONTENT_SCHEMA = "disclosure_conditions/1"
MOST_DAYS = 3660
MOST_SMALL = 100_000
HIGHEST_BELOW = 100
LONGEST_GROUND = 2000
NAMED = 20
"""So many new units are named; the count is always whole."""


class Condition(StrEnum):
    """What is judged; the names are stored and handed out."""

    WARNINGS = "warnings"
    NEW_UNITS = "new_units"
    SMALL_NUMBERS = "small_numbers"
    NOT_LATER_THAN = "not_later_than"

    @property
    def label(self) -> Text:
        return LABELS[self]


LABELS = {
    Condition.WARNINGS: Text("Varningar utan åberopad förklaring", "Warnings without a cited explanation"),
    Condition.NEW_UNITS: Text("Nya enheter och koder", "New units and codes"),
    Condition.SMALL_NUMBERS: Text("Små tal", "Small numbers"),
    Condition.NOT_LATER_THAN: Text("Dagar efter periodens slut", "Days after the end of the period"),
}


class Small(StrEnum):
    """How many small numbers an element may have."""

    NONE = "none"
    AT_MOST = "at_most"
    AS_PROTECTED = "as_protected"
    """As many as there are: the uses hide them before anything is published, which the decision says why is enough."""


@dataclass(frozen=True, slots=True)
class SmallNumbers:
    """How many values above zero and below ``below`` an element may have, counted at a level: elements of the model's key."""

    element: str
    level: tuple[str, ...]
    below: int
    rule: Small
    most: int = 0
    ground: str = ""
    """Why it is enough that the uses protect them; only of `Small.AS_PROTECTED`."""

    @property
    def limit(self) -> int | None:
        """The highest count that is met; ``None`` where any is."""
        return {Small.NONE: 0, Small.AT_MOST: self.most, Small.AS_PROTECTED: None}[self.rule]

    def as_dict(self) -> dict[str, Any]:
        return {
            "element": self.element,
            "level": list(self.level),
            "below": self.below,
            "rule": self.rule.value,
            "most": self.most,
            "ground": self.ground,
        }


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a standing decision demands of each delivery."""

    latest_days: int
    """So many days after the last day of each of its periods, at most."""
    small_numbers: tuple[SmallNumbers, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "content_schema": CONTENT_SCHEMA,
            "latest_days": self.latest_days,
            "small_numbers": [one.as_dict() for one in self.small_numbers],
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Conditions":
        """Conditions as they were stored, or as `problems` found nothing wrong with."""
        return cls(
            stored["latest_days"],
            tuple(
                SmallNumbers(
                    one["element"],
                    tuple(one["level"]),
                    one["below"],
                    Small(one["rule"]),
                    one.get("most", 0),
                    one.get("ground", "").strip(),
                )
                for one in stored["small_numbers"]
            ),
        )


SHAPE = shapes.record(
    {
        "latest_days": {"type": "integer", "minimum": 0, "maximum": MOST_DAYS},
        "small_numbers": shapes.list_of(
            shapes.record(
                {
                    "element": {"type": "string", "pattern": shapes.NAME},
                    "level": {**shapes.list_of({"type": "string"}, least=1), "uniqueItems": True},
                    "below": {"type": "integer", "minimum": 2, "maximum": HIGHEST_BELOW},
                    "rule": shapes.one_of(Small),
                },
                {
                    "most": {"type": "integer", "minimum": 0, "maximum": MOST_SMALL},
                    "ground": {"type": "string", "maxLength": LONGEST_GROUND},
                },
            ),
            most=100,
        ),
    },
    {"content_schema": {"const": CONTENT_SCHEMA}},
)
WORDS = Words(
    {
        "latest_days": Text("dagar efter periodens slut", "days after the end of the period"),
        "small_numbers": Text("små tal", "small numbers"),
        "element": Text("dataelement", "element"),
        "level": Text("nivå", "level"),
        "below": Text("gräns för små tal", "limit of small numbers"),
        "rule": Text("regel", "rule"),
        "most": Text("högsta antal", "highest count"),
        "ground": Text("skäl", "ground"),
    }
)


def problems(content: Any, model: Model) -> tuple[Finding, ...]:
    """What keeps ``content`` from being conditions on deliveries under the model: its shape, an element that counts persons and is
    left out or named twice, one that the model lacks, a level that is not of its key, and protection without a ground."""
    if found := faults(SHAPE, content, FINDINGS["DIS-001"], WORDS):
        return found
    conditions = Conditions.from_dict(content)
    counted = persons(model)
    named = [one.element for one in conditions.small_numbers]
    missing = [name for name in counted if named.count(name) != 1]
    unknown = sorted({name for name in named if name not in model.by_name or name not in counted})
    findings = []
    if missing:
        findings.append(FINDINGS.found("DIS-002", {"elements": ", ".join(missing)}))
    if unknown:
        findings.append(FINDINGS.found("DIS-003", {"elements": ", ".join(unknown), "known": ", ".join(counted) or "–"}))
    for one in conditions.small_numbers:
        if one.element in unknown:
            continue
        if not _is_countable(model, one):
            findings.append(FINDINGS.found("DIS-004", {"element": one.element, "key": ", ".join(model.key)}))
        if one.rule is Small.AS_PROTECTED and not one.ground:
            findings.append(FINDINGS.found("DIS-005", {"element": one.element}))
    return tuple(findings)


def persons(model: Model) -> list[str]:
    """The values that count persons, in the model's order: each has a condition on small numbers."""
    return [element.name for element in model.values if element.concerns_persons]


def _is_countable(model: Model, one: SmallNumbers) -> bool:
    """Whether the level is of the key, with the period; above the level of the rows only what can be added up is counted."""
    is_of_key = set(one.level) <= set(model.key) and model.period_element in one.level
    return is_of_key and (set(one.level) == set(model.key) or model.element(one.element).additive)


@dataclass(frozen=True, slots=True)
class Judged:
    """One condition with its value."""

    condition: Condition
    limit: int | None
    found: int
    is_met: bool
    element: str = ""
    names: tuple[Text, ...] = ()
    """New units, or the keys of warnings: the first of them."""

    def as_dict(self) -> dict[str, Any]:
        """As it is kept with a delivery, and handed out."""
        return {
            "condition": self.condition.value,
            "limit": self.limit,
            "found": self.found,
            "met": self.is_met,
            **({"element": self.element} if self.element else {}),
            **({"names": [one.as_dict() for one in self.names]} if self.names else {}),
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Judged":
        return cls(
            Condition(stored["condition"]),
            stored["limit"],
            stored["found"],
            stored["met"],
            stored.get("element", ""),
            tuple(Text.from_dict(one) for one in stored.get("names", ())),
        )


@dataclass(frozen=True, slots=True)
class Facts:
    """What conditions are held against.

    ``rows``: what would stand for the days; ``own``: those that the delivery brings; ``known``: those of earlier periods, and of
    what it corrects, ``None`` where there are none. ``uncited``: the keys of the warnings that cite no explanation which a person
    has kept for their rule, units and period.
    """

    rows: pl.DataFrame
    own: pl.DataFrame
    known: pl.DataFrame | None
    today: date
    uncited: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a standing decision came to for a delivery: why it is not about it at all, or each condition with its value."""

    decision_id: str
    objection: Finding | None = None
    conditions: tuple[Judged, ...] = ()

    @property
    def covers(self) -> bool:
        """Whether the delivery may be sent under the decision."""
        return self.objection is None and bool(self.conditions) and not unmet(self.conditions)

    def as_dict(self) -> dict[str, Any]:
        return {
            "decision": self.decision_id,
            "objection": self.objection.as_dict() if self.objection else None,
            "conditions": [one.as_dict() for one in self.conditions],
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Judgement":
        return cls(
            stored["decision"],
            Finding.from_dict(stored["objection"]) if stored["objection"] else None,
            tuple(Judged.from_dict(one) for one in stored["conditions"]),
        )


def judge(conditions: Conditions, facts: Facts, loaded: LoadedModel) -> tuple[Judged, ...]:
    """Each condition with its value."""
    new = new_units(loaded, facts.own, facts.known)
    return (
        _limited(Condition.WARNINGS, 0, len(facts.uncited), names=[Text(key, key) for key in facts.uncited]),
        _limited(Condition.NEW_UNITS, 0, len(new), names=new),
        _timely(conditions.latest_days, facts, f"{loaded.model.period_element}__last"),
        *(_small(one, facts.rows, loaded.model) for one in conditions.small_numbers),
    )


def unmet(judged: Iterable[Judged]) -> list[Judged]:
    """Those that are not met."""
    return [one for one in judged if not one.is_met]


def new_units(loaded: LoadedModel, own: pl.DataFrame, known: pl.DataFrame | None) -> list[Text]:
    """The units and codes of a delivery that no earlier one has; all of them where there is none to know them from."""
    before = own.clear() if known is None else known
    units = [label for _key, label in units_only_in(loaded, own, before)]
    at_hand = {*unit_elements(loaded), loaded.model.period_element}
    coded = [one for one in loaded.model.dimensions if one.code_list and one.name not in at_hand]
    codes = []
    for element in coded:
        if element.name in own.columns:
            there = set(before[element.name].drop_nulls()) if element.name in before.columns else set()
            codes += [f"{element.name}: {code}" for code in sorted(set(own[element.name].drop_nulls()) - there)]
    return [*units, *(Text(one, one) for one in codes)]


def _limited(condition: Condition, limit: int, found: int, *, names: Sequence[Text] = (), element: str = "") -> Judged:
    return Judged(condition, limit, found, found <= limit, element, tuple(names[:NAMED]))


def _timely(latest_days: int, facts: Facts, last: str) -> Judged:
    """The days since the oldest of the delivery's periods ended. A period that has not ended is not met either: what is counted
    before its last day is no count of it."""
    ends = facts.own[last].drop_nulls() if last in facts.own.columns else pl.Series([], dtype=pl.Date)
    ages = [(facts.today - day).days for day in ends.unique()]
    if not ages:
        return Judged(Condition.NOT_LATER_THAN, latest_days, 0, is_met=False)
    found = min(ages) if min(ages) < 0 else max(ages)
    return Judged(Condition.NOT_LATER_THAN, latest_days, found, 0 <= found <= latest_days)


def _small(one: SmallNumbers, rows: pl.DataFrame, model: Model) -> Judged:
    found = small_numbers(one, rows, model)
    limit = one.limit
    return Judged(Condition.SMALL_NUMBERS, limit, found, limit is None or found <= limit, one.element)


def small_numbers(one: SmallNumbers, rows: pl.DataFrame, model: Model) -> int:
    """How many values of the element are above zero and below the limit at the level, decimals too.

    Rows are of the model's key; at a level above it their values are added up. An empty cell is no value.
    """
    if one.element not in rows.columns:
        return 0
    value = pl.col(one.element).cast(pl.Float64)
    counted = rows.select(*one.level, value).filter(pl.col(one.element).is_not_null())
    if set(one.level) != set(model.key):
        counted = counted.group_by(one.level).agg(pl.col(one.element).sum())
    return counted.filter((pl.col(one.element) > 0) & (pl.col(one.element) < one.below)).height
