"""Checks of units that are told apart by names that the sender gives: sums under another name, and garbled names. Pure."""

from collections.abc import Iterator, Sequence

import polars as pl

from information_models.cells import Cells, places_in
from information_models.definitions import ElementType
from registry.findings import Finding, Param, Place
from submission_portal.deliveries.assessment.case import SOUND, WHOLE_FILE, Case
from submission_portal.deliveries.checks import Check
from submission_portal.deliveries.finding_texts import FINDINGS
from submission_portal.deliveries.reading.older_encodings import ungarbled

LEAST_FIGURES = 3
"""A name whose figures are what the others add up to in fewer cells may be one by chance."""
LEAST_SHARE = 0.9


def sums_under_another_name(case: Case) -> Iterator[Finding]:
    """A row such as *Hela sjukhuset* beside the wards of the hospital, whose figures would count twice."""
    for name in _names(case):
        if found := [_place_of(case, name, unit) for unit in _sums_among(case, name)]:
            yield FINDINGS.found("STR-031", {"label": case.loaded.model.element(name).label}, found)


def garbled_names(case: Case) -> Iterator[Finding]:
    """Names with signs of a wrong encoding or of a web page."""
    for name in _names(case):
        garbled = {text: meant for text in _texts(case, name) if (meant := ungarbled(text)) is not None}
        if garbled:
            mask = case.frame[name].is_in(list(garbled)).fill_null(value=False)
            shown = next(iter(garbled.items()))
            params: dict[str, Param] = {
                "label": case.loaded.model.element(name).label,
                "written": shown[0],
                "meant": shown[1],
            }
            yield FINDINGS.found("STR-032", params, places_in(case.frame, mask, name, name))


NAMES = (
    Check("STR-031", (WHOLE_FILE, SOUND), sums_under_another_name),
    Check("STR-032", (), garbled_names),
)


def _names(case: Case) -> list[str]:
    """The elements of the key that are names."""
    elements = map(case.loaded.model.element, case.loaded.model.key)
    return [each.name for each in elements if each.type is ElementType.TEXT and each.name in case.frame.columns]


def _cells(case: Case, name: str) -> Cells:
    return case.known_cells.get(name) or Cells.of_values(case.frame[name])


def _texts(case: Case, name: str) -> list[str]:
    return sorted(set(_cells(case, name).texts.drop_nulls().to_list()))


def _sums_among(case: Case, name: str) -> list[tuple[object, ...]]:
    """The units (values of the key but for the period) whose figures are what all others of the same key but ``name`` add up to."""
    model = case.loaded.model
    values = [each.name for each in model.values if each.additive and each.name in case.frame.columns]
    others = [each for each in model.key if each != name]
    if not values or not others:
        return []
    keys = {each: _cells(case, each).codes for each in others}
    figures = pl.DataFrame([*(keys[each].alias(each) for each in others), *(case.frame[value] for value in values)])
    first = values[0]
    groups = figures.group_by(others).agg(pl.col(first).sum().alias("sum"), pl.col(first).max().alias("most"), pl.len())
    if not groups.select(((2 * pl.col("most") == pl.col("sum")) & (pl.col("len") > 2)).any()).item():
        return []  # a sum is half of what it and its terms are together
    return _judged(case, figures, values, others, name)


def _judged(
    case: Case, figures: pl.DataFrame, values: Sequence[str], others: Sequence[str], name: str
) -> list[tuple[object, ...]]:
    units = [each for each in case.loaded.model.key if each != case.loaded.model.period_element]
    told = figures.with_columns(
        pl.len().over(others).alias("__rows"),
        *(pl.col(value).sum().over(others).alias(f"__sum_{value}") for value in values),
    )
    is_sum = pl.all_horizontal(2 * pl.col(value).fill_null(0) == pl.col(f"__sum_{value}") for value in values)
    filled = pl.sum_horizontal(pl.col(value).fill_null(0) != 0 for value in values)
    told = told.select((is_sum & (pl.col("__rows") > 2)).alias("is_sum"), filled.alias("figures"))
    judged = (
        pl.concat([case.frame.select(units), told], how="horizontal")
        .group_by(units, maintain_order=True)
        .agg(pl.col("is_sum").mean().alias("share"), pl.col("figures").filter(pl.col("is_sum")).sum().alias("figures"))
    )
    found = judged.filter((pl.col("share") >= LEAST_SHARE) & (pl.col("figures") >= LEAST_FIGURES))
    return found.select(units).rows()


def _place_of(case: Case, name: str, unit: tuple[object, ...]) -> Place:
    """The first row of a unit."""
    units = [each for each in case.loaded.model.key if each != case.loaded.model.period_element]
    mask = pl.all_horizontal(pl.col(each).eq_missing(pl.lit(value)) for each, value in zip(units, unit, strict=True))
    row = case.frame.filter(mask).row(0, named=True)
    return Place(row["__sheet"], row["__row"], field=name, value=row[name])
