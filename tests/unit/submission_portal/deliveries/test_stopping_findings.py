"""Where in a file that is refused something was found, in few words."""

from flask import Flask
from flask_babel import Babel

from registry.findings import Place
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.pages.names import PLACES_SHOWN
from submission_portal.deliveries.pages.stopping_findings import places_told


def told(*places):
    app = Flask("pages")
    Babel(app)
    with app.test_request_context():
        return places_told(FINDINGS.found("PER-001", {}, places))


def test_cells_below_each_other_are_told_as_one_place():
    rows = [Place(None, row, column) for row in (2, 3, 4, 9) for column in ("H", "B")]
    assert told(*rows) == (("cells H2–H4", "cell H9", "cells B2–B4", "cell B9"), 0)


def test_what_differs_in_more_than_its_row_stays_apart():
    places = (
        Place("Blad", 2, "H"), Place("Annat", 3, "H"), Place("Annat", 4, "H", field="comment"), Place(row=5),
        Place(row=6), Place(field="file_name"),
    )  # fmt: skip
    assert told(*places) == (
        (
            "Sheet Blad, cell H2",
            "Sheet Annat, cell H3",
            "Sheet Annat, cell H4, a comment",
            "rows 5–6",
            "the file's name",
        ),
        0,
    )


def test_what_is_not_listed_is_counted_by_place():
    places = [Place(None, row, "H") for start in range(PLACES_SHOWN + 3) for row in (start * 10 + 1, start * 10 + 2)]
    shown, more = told(*places)
    assert len(shown) == PLACES_SHOWN and more == 6
