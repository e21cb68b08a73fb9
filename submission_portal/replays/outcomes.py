"""Delivered rows under the checks of another version: what that would stop, as counts by region, element and fault. Pure.

No cell and no row leaves this. Of elements that concern persons it is only said that something would be stopped: whoever tries
one limit after another would otherwise read small numbers out of where and how often it happens.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl

from information_models import columns
from information_models.definitions import LoadedModel
from information_models.elements import Element, Role, ValueStatus
from registry.findings import Finding, Severity

WORDS = {ValueStatus.CLOSED: "stängd", ValueStatus.NOT_REPORTED: "ej rapporterat"}
"""How a cell says why it has no value."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """A fault that the new version finds in what one region delivered, and the version before did not."""

    region: str
    """The organisation's id."""
    finding: Finding
    """Without places, and so without what stands in any cell."""
    cells: int
    deliveries: int


@dataclass(frozen=True)
class Outcome:
    """What came out of a replay."""

    regions: tuple[str, ...] = ()
    """Those whose deliveries were tried."""
    deliveries: int = 0
    rows: int = 0
    stopped: tuple[Stopped, ...] = ()
    persons: tuple[str, ...] = ()
    """Elements and rules about persons that something would be stopped for, wherever and however often."""
    skipped: Mapping[str, int] = field(default_factory=dict)
    """How many deliveries could not be tried, by why: ``rows``, ``model``."""
    is_unsound: bool = False
    """The version has faults, so that nothing can be checked against it."""

    def as_dict(self) -> dict[str, Any]:
        return {
            "regions": list(self.regions),
            "deliveries": self.deliveries,
            "rows": self.rows,
            "stopped": [
                {
                    "region": one.region,
                    "finding": one.finding.as_dict(),
                    "cells": one.cells,
                    "deliveries": one.deliveries,
                }
                for one in self.stopped
            ],
            "persons": list(self.persons),
            "skipped": dict(self.skipped),
            "is_unsound": self.is_unsound,
        }

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Outcome":
        return cls(
            tuple(stored["regions"]),
            int(stored["deliveries"]),
            int(stored["rows"]),
            tuple(
                Stopped(
                    str(one["region"]), Finding.from_dict(one["finding"]), int(one["cells"]), int(one["deliveries"])
                )
                for one in stored["stopped"]
            ),
            tuple(stored["persons"]),
            dict(stored["skipped"]),
            bool(stored["is_unsound"]),
        )


def as_cells(loaded: LoadedModel, rows: pl.DataFrame) -> pl.DataFrame:
    """Typed rows as the texts of a file, under the names of the elements of the version that they were delivered under."""
    return pl.DataFrame([_cells(element, rows) for element in loaded.model.elements if element.name in rows.columns])


def _cells(element: Element, rows: pl.DataFrame) -> pl.Series:
    column = rows[element.name]
    texts = column.dt.to_string("%Y-%m-%d") if column.dtype == pl.Date else column.cast(pl.String)
    status = f"{element.name}__status"
    if element.role is not Role.VALUE or status not in rows.columns:
        return texts.alias(element.name)
    said = rows[status].cast(pl.String)
    words = said.replace_strict({one.value: word for one, word in WORDS.items()}, default=None, return_dtype=pl.String)
    return pl.select(pl.coalesce(pl.lit(texts), pl.lit(words))).to_series().alias(element.name)


def newly_stopped(
    old: LoadedModel, new: LoadedModel, rows: pl.DataFrame, region: str | None
) -> list[tuple[Finding, int]]:
    """The errors that the new version finds in rows and the version that they were delivered under does not, each with how many
    cells."""
    cells = as_cells(old, rows)
    if not cells.width or not cells.height:
        return []
    before: Counter[tuple[object, ...]] = Counter()
    for one in _errors(old, cells, region):
        before.update(_each(one))
    found = []
    for one in _errors(new, cells, region):
        count = sum((Counter(_each(one)) - before).values())
        if count:
            found.append((replace(one, places=()), count))
    return found


def _errors(loaded: LoadedModel, cells: pl.DataFrame, region: str | None) -> list[Finding]:
    checked = columns.check(loaded, cells, region=region)
    return [one for one in checked.findings if one.severity is Severity.ERROR]


def _each(one: Finding) -> list[tuple[object, ...]]:
    what = (one.code, one.params.get("element"), one.params.get("rule"))
    return [(*what, place.row) for place in one.places] or [(*what, None)]


def concerns_persons(old: LoadedModel, new: LoadedModel, finding: Finding) -> bool:
    """Whether a fault is about an element that concerns persons in either version, or a rule that names one."""
    persons = {one.name for loaded in (old, new) for one in loaded.model.elements if one.concerns_persons}
    rule = finding.params.get("rule")
    named = {str(finding.params.get("element") or "")}
    if rule is not None:
        named |= {name for one, made in new.model.compiled_rules if one.id == rule for name in made.elements}
    return bool(named & persons)


def subject_of(finding: Finding) -> str:
    """The element or the rule that a fault is about."""
    return str(finding.params.get("rule") or finding.params.get("element") or "")


class Counting:
    """Gathers what comes out, delivery by delivery."""

    def __init__(self) -> None:
        self._regions: dict[str, None] = {}
        self._deliveries = self._rows = 0
        self._stopped: dict[tuple[str, str, str], Stopped] = {}
        self._persons: dict[str, None] = {}
        self._skipped: Counter[str] = Counter()

    def skip(self, why: str) -> None:
        self._skipped[why] += 1

    def add(
        self, region: str, rows: int, found: Iterable[tuple[Finding, int]], old: LoadedModel, new: LoadedModel
    ) -> None:
        """One delivery of a region: how many rows it has, and what stops it."""
        self._regions[region] = None
        self._deliveries += 1
        self._rows += rows
        for finding, cells in found:
            if concerns_persons(old, new, finding):
                self._persons[subject_of(finding)] = None
                continue
            key = (region, finding.code, subject_of(finding))
            before = self._stopped.get(key, Stopped(region, finding, 0, 0))
            self._stopped[key] = replace(before, cells=before.cells + cells, deliveries=before.deliveries + 1)

    def outcome(self) -> Outcome:
        stopped: Sequence[Stopped] = sorted(self._stopped.values(), key=lambda one: (one.region, one.finding.code))
        return Outcome(
            tuple(self._regions),
            self._deliveries,
            self._rows,
            tuple(stopped),
            tuple(sorted(self._persons)),
            self._skipped,
        )
