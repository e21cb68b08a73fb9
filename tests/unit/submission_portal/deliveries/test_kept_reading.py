"""How a file was read, as it is kept with the delivery and read again."""

from information_models.starter.loading import starter_model
from registry.content.canonical import canonical, parse
from submission_portal.deliveries.reading.expectations import expected_of
from submission_portal.deliveries.reading.kept import KeptReading
from submission_portal.deliveries.reading.reader import read
from submission_portal.deliveries.reading.sheets import Preview

DAILY = expected_of(starter_model("dagliga-vardplatser-per-avdelning"))
FILE = (
    "Oktober\r\nDag;Sjukhus;Avdelning;Disponibla;Belagda;Överbeläggningar;Utlokaliserade;Kommentar\r\n"
    "2026-10-01;exempel-norra;Medicin;20;18;0;1;\r\nSumma;;;20;18;0;1;\r\n"
).encode()


def test_a_reading_is_the_same_when_it_is_read_again():
    reading = read(FILE, "a.csv", DAILY)
    kept = KeptReading.of(reading)
    assert kept.preview == reading.preview and kept.preview.totals and kept.preview.sum_texts == ("Summa",)
    assert kept.findings and kept.checks and kept.letters["dag"] == "A"
    again = KeptReading.from_dict(parse(canonical(kept.as_dict())))
    assert again.preview == kept.preview
    assert again.letters == kept.letters
    assert [one.as_dict() for one in again.findings] == [one.as_dict() for one in kept.findings]
    assert [(one.code, one.why_not) for one in again.checks] == [(one.code, one.why_not) for one in kept.checks]
    assert again.as_dict() == kept.as_dict()


def test_what_an_earlier_version_kept_is_read():
    """It counted no lines and no totals, kept no checks, and could leave the rows of a long file unread."""
    stored = {
        "preview": {
            "file_kind": "xlsx",
            "sheet": "Data",
            "columns": [{"letter": "A", "heading": None, "element": None}],
        },
        "findings": [],
        "letters": {"dag": "A"},
        "awaits_rows": True,
    }
    kept = KeptReading.from_dict(stored)
    assert (kept.preview.sheet, kept.preview.lines, kept.preview.totals) == ("Data", None, ())
    assert (kept.preview.columns[0].heading, kept.preview.columns[0].how) == ("", "")
    assert kept.awaits_rows and KeptReading.from_dict(kept.as_dict()).awaits_rows
    assert KeptReading.from_dict({}) == KeptReading(Preview())
