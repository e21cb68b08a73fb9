"""Needs: which figures government assignments have asked for, and which models can answer them.

No region is asked for more than a need that is stated, nor twice for the same. So each need says what is wanted, at
which level and how often, and `answer` says for a model whether it gives that: in full, in part and what lacks, or not
at all. The needs are those that the assignments had in the spring of 2024; nothing here says that they are in force
today. Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from information_models.definitions import Model
from registry.content import shapes
from registry.findings import Text
from registry.period import PeriodKind


class Level(IntEnum):
    """Places from the largest to the smallest."""

    COUNTRY = 0
    REGION = 1
    HOSPITAL = 2
    CLINIC = 3
    """A clinic or medical area."""
    WARD = 4
    PROCEDURE = 5
    """What is done with the patient: no place at all, and so met by no model of places."""

    @property
    def label(self) -> Text:
        return LEVEL_LABELS[self]


LEVEL_LABELS: Mapping[Level, Text] = {
    Level.COUNTRY: Text("riket", "the country"),
    Level.REGION: Text("region", "region"),
    Level.HOSPITAL: Text("sjukhus", "hospital"),
    Level.CLINIC: Text("klinik eller verksamhetsområde", "clinic or medical area"),
    Level.WARD: Text("avdelning", "ward"),
    Level.PROCEDURE: Text("vårdåtgärd", "procedure"),
}
PLACES: Mapping[str, Level] = {"huvudman": Level.REGION, "sjukhus": Level.HOSPITAL, "vardenhet": Level.WARD}
"""The level that a dimension bound to a concept gives."""

FINENESS = (
    PeriodKind.YEAR,
    PeriodKind.HALF_YEAR,
    PeriodKind.TERM,
    PeriodKind.MONTH,
    PeriodKind.WEEK,
    PeriodKind.DAY,
    PeriodKind.SHIFT,
)


@dataclass(frozen=True, slots=True)
class Need:
    """One figure that is wanted. ``key`` names it for ever (``assignment/figure``); ``concept`` is ``None`` where no concept
    stands for it."""

    key: str
    what: Text
    concept: str | None
    level: Level
    period: PeriodKind | None
    limits: Text | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """A government assignment with its needs. ``reference`` is its registry number, or empty."""

    slug: str
    title: Text
    reference: str
    purpose: Text
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model gives of a need. ``time_suffices`` is ``None`` where nobody said how often it is needed.

    The limits of a need ("without intensive care") are for people to read; they are not judged here.
    """

    model: str
    level_suffices: bool
    time_suffices: bool | None

    @property
    def is_full(self) -> bool:
        return self.level_suffices and self.time_suffices is True

    @property
    def in_words(self) -> Text:
        return _WORDS[self.level_suffices, self.time_suffices]


_WORDS: Mapping[tuple[bool, bool | None], Text] = {
    (True, True): Text("nivå och tid räcker", "level and time suffice"),
    (True, False): Text("bara mer sällan", "only less often"),
    (True, None): Text("nivån räcker; hur ofta är inte angivet", "the level suffices; how often is not stated"),
    (False, True): Text("bara på en högre nivå", "only at a higher level"),
    (False, False): Text("bara på en högre nivå och mer sällan", "only at a higher level and less often"),
    (False, None): Text(
        "bara på en högre nivå; hur ofta är inte angivet", "only at a higher level; how often is not stated"
    ),
}


def answer(need: Need, model: Model) -> Answer | None:
    """What ``model`` gives of ``need``; ``None`` where it does not count the concept at all."""
    if need.concept is None or not any(element.concept == need.concept for element in model.values):
        return None
    finest = max(FINENESS.index(kind) for kind in model.element(model.period_element).period_kinds)
    suffices = None if need.period is None else finest >= FINENESS.index(need.period)
    return Answer(model.slug, level_of(model) >= need.level, suffices)


def level_of(model: Model) -> Level:
    """The smallest place that every row of the model states."""
    named = [element.concept or "" for element in model.dimensions if element.required]
    places = [PLACES[concept] for concept in named if concept in PLACES]
    return max(places, default=Level.COUNTRY)


def answers(need: Need, models: Sequence[Model]) -> tuple[Answer, ...]:
    """Every model that gives something of ``need``, those that give all of it first."""
    found = [given for model in models if (given := answer(need, model))]
    return tuple(sorted(found, key=lambda given: (not given.is_full, not given.level_suffices)))


SHAPE = shapes.list_of(
    shapes.record(
        {
            "slug": {"type": "string", "pattern": shapes.SLUG},
            "title": shapes.TEXT,
            "reference": {"type": "string"},
            "purpose": shapes.TEXT,
            "needs": shapes.list_of(
                shapes.record(
                    {
                        "key": {"type": "string", "pattern": shapes.SLUG},
                        "what": shapes.TEXT,
                        "concept": {"type": ["string", "null"], "pattern": shapes.SLUG},
                        "level": {"enum": [level.name.lower() for level in Level]},
                        "period": {"enum": [None, *(kind.value for kind in PeriodKind)]},
                    },
                    {"limits": shapes.optional(shapes.TEXT)},
                )
            ),
        }
    )
)


def read(content: Sequence[Mapping[str, Any]]) -> tuple[Assignment, ...]:
    """The assignments in ``content``, which has the `SHAPE`."""
    return tuple(
        Assignment(
            one["slug"],
            Text.from_dict(one["title"]),
            one["reference"],
            Text.from_dict(one["purpose"]),
            tuple(
                Need(
                    f"{one['slug']}/{need['key']}",
                    Text.from_dict(need["what"]),
                    need["concept"],
                    Level[need["level"].upper()],
                    PeriodKind(need["period"]) if need["period"] else None,
                    Text.from_dict(need["limits"]) if need.get("limits") else None,
                )
                for need in one["needs"]
            ),
        )
        for one in content
    )
