"""Checks of units that are told apart by names that the sender gives: sums under another name, and garbled names. Pure."""

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
import polars as pl

from information_models.cells import FEW, Cells
from information_models.definitions import ElementType
from registry.findings import Finding, Param
from submission_portal.deliveries.assessment.case import SOUND, WHOLE_FILE, Case
from submission_portal.deliveries.checks import Check
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.expected import fold
from submission_portal.deliveries.reading.older_encodings import ungarbled
from submission_portal.deliveries.reading.row_words import MEAN

LEAST_FIGURES = 3
"""A name whose figures are what the others add up to in fewer cells may be one by chance."""
LEAST_SHARE = 0.9


def sums_under_another_name(case: Case) -> Iterator[Finding]:
    """A row such as *Hela sjukhuset* beside the wards of the hospital, whose figures would count twice."""
    for name in _names(case):
        if first := _sums_among(case, name):
            mask = np.zeros(case.rows.height, dtype=bool)
            mask[first] = True
            label = case.loaded.model.element(name).label
            yield FINDINGS.found("STR-031", {"label": label}, case.rows.places(mask, name, name))


def garbled_names(case: Case) -> Iterator[Finding]:
    """Names with signs of a wrong encoding or of a web page."""
    for name in _names(case):
        texts = sorted(_names_said(case, name))
        garbled = {text: meant for text in texts if (meant := ungarbled(text)) is not None}
        if garbled:
            mask = case.rows.where(name, partial(_is_among, garbled))
            written, meant = next(iter(garbled.items()))
            params: dict[str, Param] = {
                "label": case.loaded.model.element(name).label,
                "written": written,
                "meant": meant,
            }
            yield FINDINGS.found("STR-032", params, case.rows.places(mask, name, name))


def names_alike(case: Case) -> Iterator[Finding]:
    """Names that differ by case, spaces or hyphens alone, and so are two units that are probably one."""
    for name in _names(case):
        spellings: dict[str, list[str]] = {}
        for text in sorted(_names_said(case, name)):
            spellings.setdefault(fold(text), []).append(text)
        alike = [texts for texts in spellings.values() if len(texts) > 1]
        if alike and (first := _first_rows(case, name, [text for texts in alike for text in texts])):
            mask = np.zeros(case.rows.height, dtype=bool)
            mask[first] = True
            params: dict[str, Param] = {"label": case.loaded.model.element(name).label, "names": ", ".join(alike[0])}
            yield FINDINGS.found("STR-033", params, case.rows.places(mask, name, name))


def called_a_mean(case: Case) -> Iterator[Finding]:
    """Names of means, medians and the like, which are no units."""
    for name in _names(case):
        texts = {text for text in _names_said(case, name) if MEAN.fullmatch(text)}
        if texts:
            mask = case.rows.where(name, partial(_is_among, texts))
            label = case.loaded.model.element(name).label
            yield FINDINGS.found("STR-034", {"label": label}, case.rows.places(mask, name, name))


NAMES = (
    Check("STR-031", (WHOLE_FILE, SOUND), sums_under_another_name),
    Check("STR-032", (), garbled_names),
    Check("STR-033", (), names_alike),
    Check("STR-034", (), called_a_mean),
)


def _names(case: Case) -> list[str]:
    """The elements of the key that are names."""
    elements = map(case.loaded.model.element, case.loaded.model.key)
    return [each.name for each in elements if each.type is ElementType.TEXT and each.name in case.rows.cells]


def _first_rows(case: Case, name: str, texts: Sequence[str]) -> list[int]:
    """The first row of each of these names that has a like one beside the same values of the other elements of its unit."""
    model, cells = case.loaded.model, case.rows.cells
    others = [each for each in model.key if each not in (name, model.period_element) and each in cells]
    rows = pl.DataFrame(
        [cells[name].values().cast(pl.String).alias("name"), *(_digits(cells[each]).alias(each) for each in others)]
    )
    units = (
        rows.with_row_index("at")
        .filter(pl.col("name").is_in(texts))
        .group_by("name", *others)
        .agg(pl.col("at").min())
        .with_columns(pl.col("name").map_elements(fold, return_dtype=pl.String).alias("folded"))
    )
    return sorted(units.filter(pl.len().over("folded", *others) > 1)["at"].to_list())


def _is_among(wrong: Collection[str], texts: pl.Series) -> pl.Series:
    return texts.is_in(list(wrong))


def _digits(cells: Cells) -> pl.Series:
    """A number for each row that says which value it has."""
    return cells.spread(cells.texts.cast(pl.String).fill_null("").rank("dense"))


def _sums_among(case: Case, name: str) -> list[int]:
    """The first row of each unit whose figures are what all others of the same key but ``name`` add up to."""
    model, cells = case.loaded.model, case.rows.cells
    values = [each.name for each in model.values if each.additive and each.name in cells]
    others = [each for each in model.key if each != name]
    if not values or not others or any(each not in cells for each in model.key):
        return []
    first = values[0]
    if case.rows.height <= FEW and not _has_halves([cells[each] for each in others], cells[first]):
        return []
    keys = pl.DataFrame([_digits(cells[each]).alias(each) for each in model.key])
    halves = (
        keys.select(*others, cells[first].values().alias(first))
        .group_by(others)
        .agg(pl.col(first).sum().alias("sum"), pl.col(first).max().alias("most"), pl.len())
        .select(((2 * pl.col("most") == pl.col("sum")) & (pl.col("len") > 2)).any())
    )
    if not halves.item():  # a sum is half of what it and its terms are together
        return []
    figures = keys.with_columns(cells[value].values().alias(value) for value in values)
    return _judged(figures, values, others, [each for each in model.key if each != model.period_element])


def _has_halves(others: Sequence[Cells], first: Cells) -> bool:
    """Whether one of more than two figures of some key is half of what they are together, row by row."""
    groups: dict[tuple[object, ...], list[Any]] = {}
    for *key, figure in zip(*(each.values().to_list() for each in others), first.values().to_list(), strict=True):
        groups.setdefault(tuple(key), []).append(figure)
    for figures in groups.values():
        stated = [figure for figure in figures if figure is not None]
        if len(figures) > 2 and stated and 2 * max(stated) == sum(stated):
            return True
    return False


def _names_said(case: Case, name: str) -> set[str]:
    """The different names."""
    return {text for text in case.rows.cells[name].used().to_list() if text is not None}


def _judged(figures: pl.DataFrame, values: Sequence[str], others: Sequence[str], units: Sequence[str]) -> list[int]:
    is_sum = pl.all_horizontal(
        pl.len().over(others) > 2,
        *(2 * pl.col(value).fill_null(0) == pl.col(value).sum().over(others) for value in values),
    )
    filled = pl.sum_horizontal(pl.col(value).fill_null(0) != 0 for value in values)
    found = (
        figures.select(*units, is_sum.alias("is_sum"), filled.alias("figures"))
        .with_row_index("at")
        .group_by(units)
        .agg(
            pl.col("at").min(),
            pl.col("is_sum").mean().alias("share"),
            pl.col("figures").filter(pl.col("is_sum")).sum().alias("figures"),
        )
        .filter((pl.col("share") >= LEAST_SHARE) & (pl.col("figures") >= LEAST_FIGURES))
    )
    return found["at"].to_list()
