"""A template that somebody has filled in is read like any other file, and checked against the model that it came from."""

import io
from datetime import date

import openpyxl
import pytest

from information_models.columns import check
from information_models.formats import workbook
from information_models.starter.loading import starter_model
from submission_portal.deliveries.reading.expectations import expected_of
from submission_portal.deliveries.reading.reader import read

ROWS = {
    "dagliga-vardplatser-per-avdelning": [
        [date(2026, 10, 1), "Sunderby sjukhus", "Avd 1", 20, 18, 0, 1],
        [date(2026, 10, 1), "65015", "Avd 2", "stängd", "stängd", "ej rapporterat", 0],
    ],
    "faststallda-vardplatser-per-sjukhus": [
        [date(2018, 3, 1), "Gällivare sjukhus", 91, 0],
        [date(2018, 3, 1), "Kalix sjukhus", 54, "ej rapporterat"],
    ],
    "disponibla-vardplatser-per-region-ar": [[2015, "Region Norrbotten", 687]],
    "manadsuppgifter-per-sjukhus": [["2026-10", "Piteå sjukhus", "Somatisk sluten vård", 145.5, 2.25, 0]],
    "publicerade-kvoter": [
        ["2016-H1", "Riket", None, "Somatisk sluten vård", "Överbeläggningar per 100 disponibla vårdplatser", 3.5]
    ],
}


@pytest.mark.parametrize("slug", sorted(ROWS))
def test_a_filled_in_template_is_read_without_a_remark(slug):
    loaded = starter_model(slug)
    book = openpyxl.load_workbook(io.BytesIO(workbook.write(loaded)))
    for number, row in enumerate(ROWS[slug], start=2):
        for column, value in enumerate(row, start=1):
            book.worksheets[0].cell(number, column).value = value
    filled = io.BytesIO()
    book.save(filled)
    reading = read(filled.getvalue(), "mall.xlsx", expected_of(loaded))
    assert reading.findings == ()
    checked = check(loaded, reading.frame)
    assert checked.findings == ()
    assert checked.frame.height == len(ROWS[slug])
