"""Every cell of every finding, and what became of those of the attempt before."""

import pytest

from registry.findings import Place
from submission_portal.deliveries.annotating.notes import Note, Notes, column_letter, gravest
from submission_portal.deliveries.assessment.found_cells import SCHEMA, compared, counts_of, found_cells
from submission_portal.deliveries.finding_texts.all import FINDINGS
from tests.factories.assessments import DAILY, assessed, day


def cells_of(*lines, most=1000):
    found = assessed(*lines)
    return found_cells(DAILY, found.keyed, found.row_keys, most)


def rows(cells, *names):
    return cells.select(*names).rows()


TOO_FULL = day(1, beds="", occupied=18), day(2, beds="", ward="Kirurgi")


def test_each_place_is_a_row_with_its_cell_its_unit_and_its_period():
    found = cells_of(*TOO_FULL).filter(key="ROW-004.disponibla")
    assert rows(found, "row", "column", "element", "unit", "period", "change") == [
        (2, "D", "disponibla", "exempel-norra/Medicin", "2026-10-01", ""),
        (3, "D", "disponibla", "exempel-norra/Kirurgi", "2026-10-02", ""),
    ]
    assert dict(found.schema) == dict(SCHEMA)


@pytest.mark.parametrize(("most", "kept"), [(1, 1), (2, 2), (3, 2)])
def test_no_more_are_kept_than_may_be(most, kept):
    asked = [(key, one) for key, one in assessed(*TOO_FULL).keyed if key == "ROW-004.disponibla"]
    assert found_cells(DAILY, asked, None, most).height == kept


def test_what_a_place_names_by_its_key_is_its_unit():
    place = Place(key=(("sjukhus", "exempel-norra"), ("avdelning", "Medicin"), ("dag", "2026-10-01")))
    [row] = rows(
        found_cells(DAILY, [("GAP-001", FINDINGS.found("GAP-001", {"units": 1}, [place]))], None), "unit", "period"
    )
    assert row == ("exempel-norra/Medicin", "2026-10-01")


def test_a_finding_without_a_place_is_a_row_all_the_same():
    assert rows(found_cells(DAILY, [("FIL-001", FINDINGS.found("FIL-001"))], None), "key", "row") == [("FIL-001", None)]


def test_cells_are_known_again_though_their_rows_have_moved():
    before = cells_of(*TOO_FULL)
    now = cells_of(day(4), *reversed(TOO_FULL[:1]))
    asked = compared(before, now).filter(key="ROW-004.disponibla")
    assert rows(asked, "row", "unit", "change") == [
        (3, "exempel-norra/Medicin", "remaining"),
        (3, "exempel-norra/Kirurgi", "mended"),
    ]


def test_what_was_mended_before_is_not_counted_again():
    first, second = cells_of(*TOO_FULL), cells_of(TOO_FULL[0], day(2, ward="Kirurgi"))
    third = compared(compared(first, second), cells_of(day(1), day(2, ward="Kirurgi"))).filter(key="ROW-004.disponibla")
    assert rows(third, "unit", "change") == [("exempel-norra/Medicin", "mended")]


def test_a_cell_of_no_known_unit_is_known_by_what_it_says():
    def place(row, value):
        return Place(row=row, field="avdelning", column="C", value=value)

    def found(*places):
        return found_cells(DAILY, [("X", FINDINGS.found("ROW-004", {}, places))], None)

    told = compared(found(place(2, "a"), place(3, "b")), found(place(2, "a"), place(3, "c")))
    assert rows(told, "value", "change") == [("a", "remaining"), ("c", "new"), ("b", "mended")]


def test_the_counts_are_those_of_the_attempt_before_or_none():
    assert counts_of(cells_of(*TOO_FULL)) == {}
    nothing = cells_of(*TOO_FULL).clear()
    assert counts_of(nothing) == {}
    one = cells_of(*TOO_FULL)
    asking = one.filter(one["severity"] != "info").height
    assert counts_of(compared(nothing, one)) == {"new": asking, "remaining": 0, "mended": 0}
    assert counts_of(compared(one, nothing)) == {"new": 0, "remaining": 0, "mended": asking}


def test_what_is_only_said_is_not_counted():
    said = found_cells(DAILY, [("HIS-003", FINDINGS.found("HIS-003", {"period": "2026"}))], None)
    assert counts_of(compared(said.clear(), said)) == {"new": 0, "remaining": 0, "mended": 0}


def test_a_note_is_marked_in_its_cell_or_in_the_first_of_its_row():
    notes = tuple(Note(row, column, severity, "", ()) for row, column, severity in (
        (2, "D", "warning"), (2, "D", "error"), (2, "Belagda", "info"), (0, "", "info"),
    ))  # fmt: skip
    told = Notes("t", (), (), notes)
    assert {at: len(mine) for at, mine in told.by_cell.items()} == {(2, "D"): 2, (2, "A"): 1}
    assert gravest(told.by_cell[2, "D"]).severity == "error"
    assert Notes.from_dict(told.as_dict()) == told
    assert column_letter("AAAA") == "A"
