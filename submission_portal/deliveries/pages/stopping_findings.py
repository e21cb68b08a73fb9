"""Findings that stop a file from being kept, with where in the file they are, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from flask_babel import ngettext

from registry.finding_catalogue import ReadableFinding
from registry.findings import Finding, Place
from registry.web.problems import readable
from submission_portal.deliveries.pages.names import PLACES_SHOWN


@dataclass(frozen=True, slots=True)
class StoppingFinding:
    """A finding of an upload that was not kept: of what was in the file, only where it was is told."""

    text: ReadableFinding
    count: int
    places: tuple[str, ...]
    """The first places, in words; cells below each other are one."""
    more: int
    """How many places are not listed."""


def stopping_finding(finding: Finding) -> StoppingFinding:
    return StoppingFinding(readable(finding), finding.count, *places_told(finding))


def places_told(finding: Finding) -> tuple[tuple[str, ...], int]:
    """The first places of a finding in words, and how many places are not among them."""
    runs = _runs(finding.places)[:PLACES_SHOWN]
    return tuple(_in_words(*run) for run in runs), finding.count - sum(last - first + 1 for _, first, last in runs)


def _runs(places: Iterable[Place]) -> list[tuple[Place, int, int]]:
    """Places that differ in their row alone, where rows follow on each other: one of them, the first and the last row."""
    alike: dict[Place, list[int]] = {}
    for place in places:
        alike.setdefault(replace(place, row=None), []).append(place.row or 0)
    runs: list[tuple[Place, int, int]] = []
    for place, rows in alike.items():
        first = last = rows[0]
        for row in rows[1:]:
            if row != last + 1:
                runs.append((place, first, last))
                first = row
            last = row
        runs.append((place, first, last))
    return runs


def _in_words(place: Place, first: int, last: int) -> str:
    """Where in a file something was found: the sheet, the cells or the rows (0: none), and the part of the file."""
    words = []
    if place.sheet:
        words.append(_("Sheet %(name)s", name=place.sheet))
    if first and place.column:
        cells = f"{place.column}{first}" if first == last else f"{place.column}{first}–{place.column}{last}"
        words.append(ngettext("cell %(cells)s", "cells %(cells)s", last - first + 1, cells=cells))
    elif first:
        row = f"{first}" if first == last else f"{first}–{last}"
        words.append(ngettext("row %(row)s", "rows %(row)s", last - first + 1, row=row))
    if place.field in (names := part_names()):
        words.append(names[place.field])
    return ", ".join(words)


def part_names() -> dict[str, str]:
    """What the parts of a file are called, by the names that the search for identity numbers gives them."""
    return {
        "file_name": _("the file's name"),
        "comment": _("a comment"),
        "properties": _("the document's properties"),
        "defined_names": _("names of sheets or defined names"),
        "shared_strings": _("text left in the file that no cell shows"),
        "formulas": _("formulas"),
        "sheet_settings": _("headers, footers, links or lists of a sheet"),
        "pivot_cache": _("the memory of a pivot table"),
        "drawings": _("drawings"),
        "pictures": _("pictures"),
        "file": _("the file as a whole"),
        "part_name": _("the names of the file's parts"),
        "other_parts": _("other parts of the file"),
    }
