"""Which part of its period a file is, judged by its rows, where the line is delivered in parts. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from information_models.definitions import Element, LoadedModel
from information_models.presentation import PERIOD_LABELS
from information_models.values import period_of
from registry.findings import Finding, Param, Place, Text
from registry.period import PeriodKind
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.table import ROW, SHEET
from submission_portal.flows.content import Parts
from submission_portal.flows.division import dividing_element, listed

WHOLE = ""
"""The part of a delivery that is its whole period."""
NAMED = 12
"""So many parts are named in a finding."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The part that a file is: its code, `WHOLE`, or ``None`` where its rows do not settle it; and what is wrong with that."""

    part: str | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """A code of the dividing element, and the first row that has it."""

    code: str
    row: int | None
    sheet: str | None
    text: str


def judged(
    loaded: LoadedModel,
    parts: Parts | None,
    rows: pl.DataFrame | None,
    *,
    stated: str = "",
    corrected: str | None = None,
) -> Judged:
    """The part that rows of texts are of.

    ``stated`` is what the sender said that it is, if anything; ``corrected`` the part of the delivery that is corrected or
    replaced, ``None`` where nothing is. What corrects a whole period is of the whole, however the line is divided since.
    """
    if corrected == WHOLE:
        return Judged(WHOLE)
    if parts is None:
        return Judged(corrected or WHOLE)
    element = dividing_element(loaded, parts.element)
    seen = _seen(loaded, element, rows) if element is not None else []
    if element is None or not seen:  # no row names a part: the checks of rows say so
        return Judged(corrected or None)
    if expected := corrected or stated:
        other = [one for one in seen if one.code != expected]
        if other:
            code = "DEL-034" if corrected else "DEL-033"
            params = {"expected": _label(loaded, element, expected), "found": _named(loaded, element, other)}
            return Judged(corrected or None, (_finding(code, params, element, other),))
    elif len(seen) > 1:
        params = {"element": element.label, "found": _named(loaded, element, seen)}
        return Judged(None, (_finding("DEL-031", params, element, seen),))
    code = seen[0].code
    if code not in parts.codes and corrected is None:
        there = [Seen(one, None, None, one) for one in parts.codes]
        params = {"found": _label(loaded, element, code), "parts": _named(loaded, element, there)}
        return Judged(None, (_finding("DEL-032", params, element, seen),))
    return Judged(code)


def unlike_periods(
    loaded: LoadedModel, periodicity: Sequence[PeriodKind], rows: pl.DataFrame | None
) -> tuple[Finding, ...]:
    """Rows about other kinds of periods than the line has; a line that names none has those of its model."""
    name = loaded.model.period_element
    if rows is None or not periodicity or name not in rows.columns:
        return ()
    first: dict[PeriodKind, Place] = {}
    for text, row, sheet in _first_rows(rows, name):
        period = period_of(text)
        if period is not None and period.kind not in periodicity:
            first.setdefault(period.kind, Place(sheet, row, field=name, value=text))
    if not first:
        return ()
    params: dict[str, Param] = {
        "found": listed(PERIOD_LABELS[kind] for kind in first),
        "periods": listed(PERIOD_LABELS[kind] for kind in periodicity),
    }
    return (FINDINGS.found("DEL-035", params, tuple(first.values())),)


def of_part(frame: pl.DataFrame, parts: Parts | None, part: str | None) -> pl.DataFrame | None:
    """The rows of a period that are of one part; all of them where there is none, and ``None`` where rows do not say."""
    if parts is None or not part:
        return frame
    if parts.element not in frame.columns:
        return None
    return frame.filter(pl.col(parts.element).cast(pl.String) == part)


def _seen(loaded: LoadedModel, element: Element, rows: pl.DataFrame | None) -> list[Seen]:
    """The codes that rows name, in the order of their first rows; texts that mean no code are told by the checks of rows."""
    if rows is None or element.name not in rows.columns:
        return []
    codes = loaded.code_list(element)
    found: dict[str, Seen] = {}
    for text, row, sheet in _first_rows(rows, element.name):
        code = codes.resolve(text)
        if code is not None:
            found.setdefault(code.code, Seen(code.code, row, sheet, text))
    return list(found.values())


def _first_rows(rows: pl.DataFrame, name: str) -> list[tuple[str, int | None, str | None]]:
    """Each different text of a column, with its first row and sheet."""
    at = [pl.col(each).first() if each in rows.columns else pl.lit(None).alias(each) for each in (ROW, SHEET)]
    return rows.drop_nulls(name).group_by(name, maintain_order=True).agg(at).select(name, ROW, SHEET).rows()


def _finding(code: str, params: Mapping[str, Param], element: Element, seen: Sequence[Seen]) -> Finding:
    places = [Place(one.sheet, one.row, field=element.name, value=one.text) for one in seen]
    return FINDINGS.found(code, params, places)


def _label(loaded: LoadedModel, element: Element, code: str) -> Text:
    known = loaded.code_list(element).by_code.get(code)
    return known.label if known is not None else Text(code, code)


def _named(loaded: LoadedModel, element: Element, seen: Sequence[Seen]) -> Text:
    shown = listed(_label(loaded, element, one.code) for one in seen[:NAMED])
    left = len(seen) - NAMED
    return Text(f"{shown.sv} och {left} till", f"{shown.en} and {left} more") if left > 0 else shown
