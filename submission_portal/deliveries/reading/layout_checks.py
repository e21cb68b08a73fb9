"""Checks of what has been answered about an export, and of what is left to ask about its cells. Pure."""

from collections.abc import Iterator

from registry.findings import Finding, Param, Place
from submission_portal.deliveries.checks import Check
from submission_portal.deliveries.reading.file_case import FileCase
from submission_portal.deliveries.reading.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.needs import HEADED
from submission_portal.deliveries.reading.sheets import letter


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
        yield FINDINGS.found("STR-042", params, (place,))


LAYOUT = (
    Check("STR-037", HEADED, columns_across),
    Check("STR-038", HEADED, unknown_texts),
    Check("STR-039", HEADED, empty_under_names),
    Check("STR-040", HEADED, drift),
    Check("STR-041", HEADED, not_in_export),
    Check("STR-042", HEADED, counted_otherwise),
)


def _label(case: FileCase, element: str) -> str:
    column = next((one for one in case.model.columns if one.name == element), None)
    return column.label or element if column is not None else element
