"""The sender's own cells: as they stood in the file, where the rows hold them in another form, and what was said about them.

Beside the model's columns the reading keeps ``__written_<element>`` where a text was brought to another form, and
``__formulas`` with the elements whose cell is a formula that holds no value. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from information_models.definitions import Element, ElementType, LoadedModel
from information_models.values import period_of
from registry.finding_catalogue import AnswerKind, Scope
from registry.findings import Finding, Place, Severity, Text, changed_places
from registry.period import PeriodKind
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.date_order import TOLD, in_order
from submission_portal.deliveries.reading.expected_columns import expected_column
from submission_portal.deliveries.reading.looks_of_periods import Look, look_of
from submission_portal.deliveries.reading.table import FORMULAS, ROW, written_name


@dataclass(frozen=True, slots=True)
class Said:
    """What the sender said about the empty cells of an element: by row, the word."""

    element: str
    count: int
    cells: tuple[tuple[int, str], ...]

    def as_dict(self) -> dict[str, object]:
        return {"element": self.element, "count": self.count, "cells": [list(each) for each in self.cells]}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Said":
        return cls(data["element"], data["count"], tuple((int(row), word) for row, word in data["cells"]))


def as_text(rows: pl.DataFrame, name: str) -> pl.Series:
    """A column of rows as texts: a long file's columns are enumerations."""
    return rows[name].cast(pl.String)


def as_written(rows: pl.DataFrame, name: str) -> pl.Series:
    """A column of rows with every cell as it was in the file."""
    text = as_text(rows, name)
    if written_name(name) not in rows.columns:
        return text
    written = as_text(rows, written_name(name))
    return text.zip_with(written.is_null(), written)


def quoting(findings: Iterable[Finding], rows: pl.DataFrame) -> list[Finding]:
    """The findings with the cells that they quote as they stood in the file."""
    numbers = rows[ROW].to_numpy()

    def quoted(place: Place) -> Place:
        name = place.field or ""
        if place.row is None or place.value is None or written_name(name) not in rows.columns:
            return place
        at = int(numbers.searchsorted(place.row))
        if at >= rows.height or numbers[at] != place.row or rows[name][at] != place.value:
            return place
        return replace(place, value=as_written(rows[at], name)[0])

    return [replace(finding, places=changed_places(finding.places, quoted)) for finding in findings]


def asked_once(findings: Sequence[Finding], rows: pl.DataFrame) -> list[Finding]:
    """The findings without questions about cells that are empty only because a formula holds no value: FIL-009 stops those."""
    if FORMULAS not in rows.columns:
        return list(findings)
    with_formulas = rows.filter(pl.col(FORMULAS).is_not_null())
    formulas = {
        (row, name)
        for row, names in zip(with_formulas[ROW], as_text(with_formulas, FORMULAS), strict=True)
        for name in names.split()
    }
    left = []
    for finding in findings:
        if FINDINGS.of(finding).scope is Scope.EMPTY_CELL:
            places = tuple(place for place in finding.places if (place.row, place.field) not in formulas)
            if not places:
                continue
            finding = replace(finding, places=places)
        left.append(finding)
    return left


def written_once(loaded: LoadedModel, findings: Sequence[Finding], rows: pl.DataFrame) -> list[Finding]:
    """Empty cells of a column in which every name stands once, above its rows, are told as that (STR-017)."""
    told = []
    for finding in findings:
        name = str(finding.params.get("element", ""))
        is_required = FINDINGS.of(finding).scope is Scope.EMPTY_CELL and finding.severity is Severity.ERROR
        if is_required and name in rows.columns and name != loaded.model.period_element:
            filled = rows[name].drop_nulls()
            if rows[name][0] is not None and filled.n_unique() == filled.len():
                finding = FINDINGS.found("STR-017", finding.params, finding.places)
        told.append(finding)
    return told


MOST_LOOKED_AT = 2_000
"""Of so many wrong cells each is looked at; of more only where all look alike."""


def named_by_looks(loaded: LoadedModel, findings: Sequence[Finding], rows: pl.DataFrame) -> list[Finding]:
    """Cells that are no periods of their column are told as what they look like (STR-030), where that is known."""
    told: list[Finding] = []
    for finding in findings:
        element = loaded.model.by_name.get(str(finding.params.get("element", "")))
        is_about_cells = FINDINGS.of(finding).scope is Scope.CELL and finding.severity is Severity.ERROR
        if is_about_cells and element is not None and element.type in _PERIODS and element.name in rows.columns:
            told += _by_looks(element, finding, rows)
        else:
            told.append(finding)
    return told


_PERIODS = (ElementType.PERIOD, ElementType.DATE)


def _by_looks(element: Element, finding: Finding, rows: pl.DataFrame) -> list[Finding]:
    kinds = element.period_kinds or (PeriodKind.DAY,)
    wrong = [text for text in as_text(rows, element.name).unique().drop_nulls() if not _is_of(text, kinds)]
    looks = {text: look for text in sorted(wrong) if (look := look_of(text, kinds)) is not None}
    names = {look.looks for look in looks.values()}
    if len(names) == 1 and len(looks) == len(wrong):
        return [_as_look(finding, next(iter(looks.values())), finding.places)]
    if not names or len(finding.places) > MOST_LOOKED_AT:
        return [finding]
    found: dict[Text | None, list[Place]] = {}
    for place in finding.places:
        look = looks.get(place.value or "")
        found.setdefault(look.looks if look else None, []).append(place)
    first = {look.looks: look for look in reversed(looks.values())}
    return [
        replace(finding, places=tuple(places)) if name is None else _as_look(finding, first[name], tuple(places))
        for name, places in found.items()
    ]


def _as_look(finding: Finding, look: Look, places: Sequence[Place]) -> Finding:
    return FINDINGS.found("STR-030", {**finding.params, **look.params()}, places)


def _is_of(text: str, kinds: Sequence[PeriodKind]) -> bool:
    period = period_of(text)
    return period is not None and period.kind in kinds


def said_of(
    rows: pl.DataFrame, answered: pl.DataFrame, answers: Mapping[str, Mapping[str, str]], most: int
) -> tuple[Said, ...]:
    """Per element the cells that got a word; at most ``most`` are listed."""
    found = []
    for element in answers:
        if element not in rows.columns:
            continue
        now = as_text(answered, element)
        differs = as_text(rows, element).ne_missing(now)
        if differs.any():
            cells = zip(rows[ROW].filter(differs).head(most), now.filter(differs).head(most), strict=True)
            found.append(Said(element, int(differs.sum()), tuple(cells)))
    return tuple(found)


def with_dates_answered(
    loaded: LoadedModel,
    rows: pl.DataFrame | None,
    findings: Sequence[Finding],
    answers: Mapping[str, Mapping[str, str]],
) -> tuple[pl.DataFrame | None, list[Finding]]:
    """Rows and reading findings once the sender has said in which order the dates are written; the question is then told."""
    left = []
    for finding in findings:
        name = next((field for place in finding.places if (field := place.field)), "")
        order = answers.get(name, {}).get("*", "")
        if FINDINGS.stored(finding).answer is not AnswerKind.DATE_ORDER or order not in TOLD:
            left.append(finding)
            continue
        left.append(FINDINGS.found(TOLD[order], finding.params, finding.places))
        element = loaded.model.by_name.get(name)
        column = expected_column(loaded, element) if element is not None else None
        if rows is not None and column is not None and written_name(name) in rows.columns:
            stood = rows[written_name(name)].unique().drop_nulls().to_list()
            now = {text: in_order(column, text, order) for text in stood}
            read = as_text(rows, written_name(name)).replace_strict(
                list(now), list(now.values()), default=None, return_dtype=pl.String
            )
            text = as_text(rows, name)
            rows = rows.with_columns(text.zip_with(read.is_null(), read).alias(name))
    return rows, left
