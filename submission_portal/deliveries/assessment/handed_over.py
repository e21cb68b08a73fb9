"""The small numbers that a delivery would hand over, by element and place, under the rule of each use. Pure.

Counted before anything is sent, on the region's own machine and for its disclosing officer: rows go to the recipient as they are,
and what a use hides it hides when a table is published.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from information_models.definitions import LoadedModel
from registry.findings import Text
from submission_portal.deliveries.assessment.history import unit_elements, unit_label

FOUND = "__found_"
"""Columns of counts: one for each rule."""


@dataclass(frozen=True, slots=True)
class UseRule:
    """What one use takes for small: above zero and below ``threshold``, and zero too where ``zeros_are_small``."""

    title: Text
    threshold: int
    zeros_are_small: bool = False

    def as_dict(self) -> dict[str, object]:
        return {"title": self.title.as_dict(), "threshold": self.threshold, "zeros_are_small": self.zeros_are_small}

    @property
    def words(self) -> Text:
        """What is small, in words."""
        if not self.threshold and not self.zeros_are_small:
            return Text("inget räknas som småtal", "nothing counts as small")
        if self.zeros_are_small:
            return Text(f"under {self.threshold}, noll också", f"below {self.threshold}, zero too")
        return Text(f"över 0 och under {self.threshold}", f"above 0 and below {self.threshold}")


@dataclass(frozen=True, slots=True)
class SmallInPlace:
    """Of one place: ``found`` small values by rule, of ``values``."""

    place: Text
    codes: tuple[str, ...]
    values: int
    found: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SmallOfElement:
    """Of one element: in all, and in each place that has some, the most first."""

    element: str
    label: Text
    values: int
    found: tuple[int, ...]
    places: tuple[SmallInPlace, ...]


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What would be handed over: each element that counts persons, under each of ``rules``."""

    rules: tuple[UseRule, ...]
    elements: tuple[SmallOfElement, ...]

    @property
    def found(self) -> tuple[int, ...]:
        """By rule, in all elements together."""
        return tuple(sum(one.found[at] for one in self.elements) for at in range(len(self.rules)))


def handed_over(loaded: LoadedModel, rows: pl.DataFrame, rules: Iterable[UseRule]) -> HandedOver:
    """Counts in typed rows. A rate is no count of anybody, and an empty cell is no value."""
    asked = tuple(rules)
    counted = [
        _of_element(loaded, rows, element.name, element.label, asked)
        for element in loaded.model.values
        if element.concerns_persons and element.additive and element.name in rows.columns
    ]
    return HandedOver(asked, tuple(counted))


def columns_needed(loaded: LoadedModel) -> tuple[str, ...]:
    """The columns of typed rows that are counted in."""
    return (*unit_elements(loaded), *(one.name for one in loaded.model.values if one.concerns_persons))


def _of_element(
    loaded: LoadedModel, rows: pl.DataFrame, name: str, label: Text, rules: Sequence[UseRule]
) -> SmallOfElement:
    units = [one for one in unit_elements(loaded) if one in rows.columns]
    value = pl.col(name).cast(pl.Float64)
    counts = [_is_small(value, rule).sum().cast(pl.Int64).alias(f"{FOUND}{at}") for at, rule in enumerate(rules)]
    there = rows.filter(pl.col(name).is_not_null())
    grouped = there.select(*units, name).group_by(units or [pl.lit(0)]).agg(pl.len().alias(FOUND), *counts)
    places = [
        SmallInPlace(
            unit_label(loaded, units, row[: len(units)]) if units else Text("", ""),
            tuple("" if code is None else str(code) for code in row[: len(units)]),
            row[-len(rules) - 1],
            tuple(row[len(row) - len(rules) :]),
        )
        for row in grouped.rows()
    ]
    found = tuple(sum(one.found[at] for one in places) for at in range(len(rules)))
    some = sorted((one for one in places if any(one.found)), key=lambda one: (-max(one.found), one.place.sv, one.codes))
    return SmallOfElement(name, label, there.height, found, tuple(some))


def _is_small(value: pl.Expr, rule: UseRule) -> pl.Expr:
    below = (value > 0) & (value < rule.threshold)
    return below | (value == 0) if rule.zeros_are_small else below
