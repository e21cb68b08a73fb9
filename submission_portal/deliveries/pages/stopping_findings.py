"""Findings that stop a file from being kept, with where in the file they are, in words."""

from dataclasses import dataclass

from flask_babel import gettext as _

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
    """The first places, in words."""

    @property
    def more(self) -> int:
        """How many places are not listed."""
        return self.count - len(self.places)


def stopping_finding(finding: Finding) -> StoppingFinding:
    places = tuple(place_in_words(place) for place in finding.places[:PLACES_SHOWN])
    return StoppingFinding(readable(finding), finding.count, places)


def place_in_words(place: Place) -> str:
    """Where in a file something was found: the sheet, the cell or the row, and the part of the file."""
    words = []
    if place.sheet:
        words.append(_("Sheet %(name)s", name=place.sheet))
    if place.row and place.column:
        words.append(_("cell %(cells)s", cells=f"{place.column}{place.row}"))
    elif place.row:
        words.append(_("row %(row)s", row=place.row))
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
