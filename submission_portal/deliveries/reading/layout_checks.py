"""Checks of what has been answered about an export, and of what is left to ask about its cells. Pure."""

from collections.abc import Iterator

from registry.findings import Finding, Param, Place, Text
from registry.period import Period
from submission_portal.deliveries.checks import Check
from submission_portal.deliveries.reading.file_case import FileCase
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.grid_rows import cells_at
from submission_portal.deliveries.reading.layouts.bare_periods import FILE, GROUP, SENDER, SHEET, TITLE
from submission_portal.deliveries.reading.needs import HEADED
from submission_portal.deliveries.reading.sheets import letter, shortened


def columns_across(case: FileCase) -> Iterator[Finding]:
    """Columns that stand across, of which nobody has said which element they are, and those that may be a period together."""
    for one in case.mapped.columns:
        if len(one.letters) > 1 or "{" in one.pattern or one.part:
            params: dict[str, Param] = {"heading": one.heading}
            row = case.mapping.header_row
            yield FINDINGS.found("STR-037", params, [Place(case.sheet.name, row, each) for each in one.letters])


def unknown_texts(case: FileCase) -> Iterator[Finding]:
    """Texts that are no codes of their element, and may be said to be."""
    by_element: dict[str, list[Place]] = {}
    for one in case.mapped.values:
        place = Place(case.sheet.name, one.row, one.letter, one.element, one.text)
        by_element.setdefault(one.element, []).append(place)
    for element, places in by_element.items():
        yield FINDINGS.found("STR-038", {"element": _label(case, element)}, places)


def empty_under_names(case: FileCase) -> Iterator[Finding]:
    """Columns in which only the first row of each group says what it is about."""
    for one in case.mapped.fills:
        place = Place(case.sheet.name, one.row, one.letter, one.element)
        yield FINDINGS.found("STR-039", {"element": _label(case, one.element), "cells": one.empty}, (place,))


def drift(case: FileCase) -> Iterator[Finding]:
    """Columns that the layout knows nothing of, and that nothing is missing for."""
    asked = {each for one in case.mapped.columns for each in one.letters}
    new = [at for at in (case.shape.new if case.shape is not None else ()) if letter(at) not in asked]
    if new and case.shape is not None:
        headings = [case.shape.headings[at] for at in new]
        places = [
            Place(case.sheet.name, case.mapping.header_row, letter(at), None, heading)
            for at, heading in zip(new, headings, strict=True)
        ]
        yield FINDINGS.found("STR-040", {"headings": ", ".join(headings)}, places)


def not_in_export(case: FileCase) -> Iterator[Finding]:
    """Elements that the sender has said are not in the export."""
    if case.mapped.absent:
        named = ", ".join(_label(case, name) for name in case.mapped.absent)
        places = [Place(case.sheet.name, field=name) for name in case.mapped.absent]
        yield FINDINGS.found("STR-041", {"elements": named}, places)


def counted_otherwise(case: FileCase) -> Iterator[Finding]:
    """Columns of figures whose headings say that they count in something else than the model does."""
    for one in case.mapped.factors:
        place = Place(case.sheet.name, case.mapping.header_row, one.letter, one.element, one.heading)
        params: dict[str, Param] = {"heading": one.heading, "element": _label(case, one.element)}
        if one.earlier_factor in ("", "1"):
            yield FINDINGS.found("STR-042", params, (place,))


def counted_otherwise_before(case: FileCase) -> Iterator[Finding]:
    """Columns of figures of an element that the layout has multiplied under another heading."""
    for one in case.mapped.factors:
        if one.earlier_factor not in ("", "1"):
            place = Place(case.sheet.name, case.mapping.header_row, one.letter, one.element, one.heading)
            params: dict[str, Param] = {
                "heading": one.heading,
                "element": _label(case, one.element),
                "earlier": one.earlier,
            }
            yield FINDINGS.found("STR-050", params, (place,))


def period_of_headings(case: FileCase) -> Iterator[Finding]:
    """Headings that name days of no month, or months of no year, where nothing says which, or says several."""
    for one in case.mapped.times:
        place = Place(case.sheet.name, case.mapping.header_row)
        yield FINDINGS.found("STR-043", {"headings": ", ".join(one.headings)}, (place,))


def period_read_elsewhere(case: FileCase) -> Iterator[Finding]:
    """The year, or the year and the month, of such headings, and where it was read."""
    time = case.laid.time if case.laid is not None else None
    if time is not None and time.is_known:
        place = Place(case.sheet.name, case.mapping.header_row)
        period = _YEARS_ABOVE if time.source == GROUP else _in_words(time.written)
        yield FINDINGS.found("STR-044", {"period": period, "source": _SOURCES[time.source]}, (place,))


def days_beyond(case: FileCase) -> Iterator[Finding]:
    """Days with values that the month does not have; empty columns of them are what a sheet for every month has."""
    laid = case.laid
    if laid is None or laid.time is None:
        return
    for at, day in laid.beyond.items():
        cells = enumerate(cells_at(case.sheet.rows, at, case.found.data))
        filled = [(number, cell) for number, cell in cells if cell]
        places = [
            Place(case.sheet.name, case.found.data[number] + 1, letter(at), None, shortened(cell))
            for number, cell in filled[:MOST_PLACES]
        ]
        if places:
            yield FINDINGS.found("STR-045", {"day": day, "month": _in_words(laid.time.written)}, places)


def doubled_measures(case: FileCase) -> Iterator[Finding]:
    """Measures that are there more than once for the same place (and period)."""
    measures = case.laid.measures if case.laid is not None else None
    by_measure: dict[str, list[Place]] = {}
    at = letter(measures.measure_at) if measures is not None else ""
    for one in measures.doubled if measures is not None else ():
        places = by_measure.setdefault(one.measure, [])
        for index in (one.first, one.index):
            places.append(Place(case.sheet.name, index + 1, at, None, shortened(one.measure)))
    for measure, places in by_measure.items():
        yield FINDINGS.found("STR-046", {"measure": shortened(measure)}, tuple(dict.fromkeys(places))[:MOST_PLACES])


def values_without_measure(case: FileCase) -> Iterator[Finding]:
    """Rows that have values and name no measure, in a file with a measure on each row; a row that sums them all is none."""
    laid = case.laid
    measures = laid.measures if laid is not None else None
    if laid is None or measures is None:
        return
    aside = {*case.found.sums, *case.found.notes}
    places = [
        Place(case.sheet.name, index + 1, letter(measures.measure_at))
        for index in measures.nameless
        if index not in aside
    ]
    if places:
        heading = laid.shown_headings.get(measures.measure_at, "")
        yield FINDINGS.found("STR-047", {"heading": shortened(heading)}, places[:MOST_PLACES])


def measures_on_rows(case: FileCase) -> Iterator[Finding]:
    """Files with a measure on each row, and which measures those are."""
    laid = case.laid
    if laid is not None and laid.measures is not None:
        at = laid.measures.measure_at
        heading = shortened(laid.shown_headings.get(at, ""))
        named = ", ".join(shortened(each) for each in list(laid.measures.rows_of)[:MOST_NAMED])
        place = Place(case.sheet.name, case.mapping.header_row, letter(at), None, heading)
        yield FINDINGS.found("STR-048", {"heading": heading, "measures": named}, (place,))


def no_heading_row(case: FileCase) -> Iterator[Finding]:
    """Files without headings, as somebody has said, and what each column was read as."""
    if case.laid is not None and case.laid.is_headless:
        read = [(one.letter, _label(case, one.element)) for one in case.mapping.columns if one.element]
        told = "; ".join(f"{at} = {label}" for at, label in read)
        yield FINDINGS.found("STR-049", {"read": f"{told}." if told else ""}, (Place(case.sheet.name, 1),))


def _in_words(period: str) -> Text:
    return Text(Period.parse(period).label("sv"), Period.parse(period).label("en"))


_YEARS_ABOVE = Text("året ovanför var och en", "the year above each of them")
_SOURCES = {
    TITLE: Text("raderna ovanför rubrikerna", "the rows above the headings"),
    GROUP: Text("raden ovanför rubrikerna", "the row above the headings"),
    SHEET: Text("bladets namn", "the sheet's name"),
    FILE: Text("filens namn", "the file's name"),
    SENDER: Text("ert svar för filen", "your answer for the file"),
}
MOST_PLACES, MOST_NAMED = 200, 20
"""So many places of a finding, and measures in its text, are told; the rest are alike."""

LAYOUT = (
    Check("STR-037", HEADED, columns_across),
    Check("STR-038", HEADED, unknown_texts),
    Check("STR-039", HEADED, empty_under_names),
    Check("STR-040", HEADED, drift),
    Check("STR-041", HEADED, not_in_export),
    Check("STR-042", HEADED, counted_otherwise),
    Check("STR-043", HEADED, period_of_headings),
    Check("STR-044", HEADED, period_read_elsewhere),
    Check("STR-045", HEADED, days_beyond),
    Check("STR-046", HEADED, doubled_measures),
    Check("STR-047", HEADED, values_without_measure),
    Check("STR-048", HEADED, measures_on_rows),
    Check("STR-049", HEADED, no_heading_row),
    Check("STR-050", HEADED, counted_otherwise_before),
)


def _label(case: FileCase, element: str) -> str:
    column = next((one for one in case.model.columns if one.name == element), None)
    return column.label or element if column is not None else element
