"""What each check of a header finds: at which column, of which element, called by its label or else by its name."""

from dataclasses import replace

import pytest

from submission_portal.deliveries.reading.expected import Expected, ExpectedColumn
from submission_portal.deliveries.reading.file_case import FileCase
from submission_portal.deliveries.reading.heading_checks import HEADINGS
from submission_portal.deliveries.reading.limits import Limits, Way, no_progress
from tests.factories.delivery_files import csv_lines

PLACE = ExpectedColumn("place", ("Place", "Ställe"), "Plats")
WARD = ExpectedColumn("ward", ("Avdelning",), "Avdelning")
BEDS = ExpectedColumn("beds", ("Disponibla", "Beds"), "Vårdplatser", is_key=False, is_value=True)
USED = ExpectedColumn("used", ("Belagda",), "Belagda", is_key=False, is_value=True, is_required=False)


def found(*headings, columns=(PLACE, WARD, BEDS, USED), above=()):
    data = csv_lines(*above, ";".join(headings), ";".join("x" * len(headings)))
    case = FileCase(data, "a.csv", Expected(columns), None, Way(Limits(), no_progress, lambda _bytes: None))
    if case.header is None:
        return [next(iter(check.run(case))) for check in HEADINGS[:1]]
    return [finding for check in HEADINGS for finding in check.run(case)]


def told(*headings, **more):
    return [
        (one.code, [(place.row, place.column, place.field, place.value) for place in one.places])
        for one in found(*headings, **more)
    ]


ALL = ("Place", "Avdelning", "Disponibla", "Belagda")


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (ALL, []),
        (ALL[:3], []),
        ((*ALL, "Telefon", "Fax"), [("STR-002", [(1, "E", None, "Telefon"), (1, "F", None, "Fax")])]),
        ((*ALL, "", "Fax"), [("STR-010", [(1, "E", None, None)]), ("STR-002", [(1, "F", None, "Fax")])]),
        (("Place", "Avdelning", "Belagda"), [("STR-024", [(1, None, "beds", None)])]),
        (("Place", "Disponibla"), [("STR-036", [(1, None, "ward", None)])]),
        (("Place", "Avdelning", "Disponibl"), [("STR-005", [(1, "C", "beds", "Disponibl")])]),
        (("Place", "Avdelning", "Disponibla", "Belagde"), [("STR-005", [(1, "D", "used", "Belagde")])]),
        (("Stalle", "Avdelning", "Disponibla"), [("STR-006", [(1, "A", None, "Stalle")])]),
        (("StÃ¤lle", "Avdelning", "Disponibla", "Fax"),
         [("STR-026", [(1, "A", None, "StÃ¤lle")]), ("STR-002", [(1, "D", None, "Fax")])]),
    ],
)  # fmt: skip
def test_a_header_is_told_where_it_is_not_that_of_the_model(headings, expected):
    assert told(*headings) == expected


def test_a_heading_of_several_elements_names_them():
    columns = (ExpectedColumn("a", ("Hall",), "Hallen"), ExpectedColumn("b", ("Håll",)), WARD)
    ambiguous = next(
        one for one in found("Avdelning", "Häll", "Hall", "Hall", columns=columns) if one.code == "STR-007"
    )
    assert (ambiguous.params["elements"], ambiguous.params["heading"]) == ("Hallen / b", "Häll")
    assert [(place.row, place.column, place.value) for place in ambiguous.places] == [(1, "B", "Häll")]


@pytest.mark.parametrize(("label", "called"), [("Vårdplatser", "Vårdplatser"), ("", "beds")])
def test_an_element_is_called_by_its_label_or_its_name(label, called):
    columns = (PLACE, WARD, replace(BEDS, label=label, headings=("Platser å",)), USED)
    [missing] = found("Place", "Avdelning", "Belagda", columns=columns)
    assert (missing.params["element"], missing.params["headings"]) == (called, missing.params["headings"])
    assert "Platser å" in missing.params["headings"]
    [without] = found("Place", "Avdelning", "Platser a", columns=columns)
    assert (without.code, without.params["element"]) == ("STR-006", called)
    [garbled] = found("Place", "Avdelning", "Platser Ã¥", columns=columns)
    assert (garbled.code, garbled.params["element"], garbled.params["heading"]) == ("STR-026", called, "Platser Ã¥")


def test_without_a_header_every_element_is_named():
    [none] = found("x", "y", columns=(PLACE, replace(BEDS, label="")))
    assert (none.code, none.params["expected"], none.places[0].row) == ("STR-001", "Plats, beds", None)


def test_places_are_in_the_row_of_the_header():
    assert told(*ALL, "Fax", above=("Titel", "")) == [("STR-002", [(3, "E", None, "Fax")])]
