"""Which regions are not comparable: on which days, and as an object of a file for machines."""

from datetime import date

from registry.findings import Text
from submission_portal.followup.incomparable import Incomparable, Incomparables

REASON = Text("Räknas tekniska vårdplatser in? Norrbotten: nej; Uppsala: ja.", "Are technical beds counted? …")
APART = Incomparables(
    date(2026, 11, 2),
    (
        Incomparable(
            "bed", ("25", "03"), None, date(2018, 3, 1), (REASON,), ("03",), (("25", date(2018, 2, 1), "Så."),)
        ),
        Incomparable("bed", ("25", "24"), date(2018, 3, 2), None, (REASON,)),
    ),
)


def test_a_file_for_machines_says_who_is_not_comparable_from_when_and_why():
    told = APART.as_dict()
    assert told["as_of"] == "2026-11-02"
    first, later = told["not_comparable"]
    assert first == {
        "concept": "bed", "regions": ["25", "03"], "from": None, "to": "2018-03-01", "reasons": [REASON.as_dict()],
        "unanswered": ["03"], "answers": [{"region": "25", "day": "2018-02-01", "text": "Så."}],
    }  # fmt: skip
    assert (later["from"], later["to"]) == ("2018-03-02", None)


def test_two_regions_are_apart_from_the_first_day_to_the_last():
    assert [APART.with_region("25", date(2018, 3, day)) for day in (1, 2)] == [("03",), ("24",)]
    assert APART.with_region("03", date(1, 1, 1)) == ("25",)
    assert APART.with_region("24", date(9999, 12, 31)) == ("25",)
    assert APART.with_region("01", date(2018, 3, 1)) == ()
