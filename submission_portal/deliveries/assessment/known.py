"""What the register knows that an assessment is made with. Frames and policies; nothing is queried. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from information_models.definitions import LoadedModel
from registry.findings import Text
from submission_portal.deliveries.lifecycle import CorrectionKind


@dataclass(frozen=True, slots=True)
class DeliveryBefore:
    """What was delivered before in the same flow: typed rows and what the period is called."""

    frame: pl.DataFrame
    period: str


@dataclass(frozen=True, slots=True)
class Past:
    """What was delivered longer ago: the rows of many earlier periods, and those of the same period last year."""

    frame: pl.DataFrame
    year_before: DeliveryBefore | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """The delivery that this one corrects."""

    frame: pl.DataFrame
    kind: CorrectionKind
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Law:
    """What the registry knows that bears on the law."""

    threshold: int = 0
    facts: Mapping[str, str | int] = field(default_factory=dict)
    undescribed: tuple[Text, ...] = ()
    """The terms of concepts for which the region has no application statement in force."""


def concepts_counted(loaded: LoadedModel) -> tuple[str, ...]:
    """The concepts of what the model counts (slugs): of each a region should have said how it applies the wording."""
    return tuple(dict.fromkeys(element.concept for element in loaded.model.values if element.concept))


def terms_of(loaded: LoadedModel, slugs: Iterable[str]) -> tuple[Text, ...]:
    """What concepts are called; a slug where the model has no wording of it."""
    return tuple(loaded.wordings[slug].term if slug in loaded.wordings else Text(slug, slug) for slug in slugs)
