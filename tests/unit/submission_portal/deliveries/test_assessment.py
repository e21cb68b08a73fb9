"""Six stages over frames: what each finds, what it says that it did not run, and what would be sent."""

import sys
from datetime import date

import polars as pl
import pytest

from information_models.starter.loading import starter_model
from registry.findings import Finding, Place, Severity, Text
from registry.period import PeriodKind
from submission_portal.deliveries.assessment.assess import assess
from submission_portal.deliveries.assessment.corners import corner
from submission_portal.deliveries.assessment.known import DeliveryBefore, Law
from submission_portal.deliveries.assessment.outcome import PLACES_KEPT, Assessment, finding_key
from submission_portal.deliveries.assessment.remaining import findings_of, remaining
from submission_portal.deliveries.checking.offline import check_file
from submission_portal.deliveries.content_hashes import content_hash_of
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.lifecycle import LIFECYCLE, DeliveryAct, DeliveryState, after
from submission_portal.deliveries.reading.expectations import expected_of
from submission_portal.deliveries.reading.looks_of_periods import look_of
from submission_portal.deliveries.reading.needs import AFTER_COLUMNS, AFTER_FILE
from submission_portal.deliveries.reading.reader import read
from tests.factories.assessments import DAILY, HEAD, assessed, codes, day, rows_of, statuses, typed

MONTHLY = starter_model("manadsuppgifter-per-sjukhus")


def test_a_right_delivery_has_a_typed_frame_a_period_and_nothing_left():
    found = assessed(day(1), day(2), law=Law(5))
    assert found.is_complete
    assert (found.period, found.rows) == ("2026-10-01/2026-10-02", 2)
    assert statuses(found)["rows"] == statuses(found)["consistency"] == "ok"
    assert found.frame["disponibla"].to_list() == [20, 20]


def test_a_short_file_is_looked_at_one_by_one():
    """Each expression that Polars carries out costs as much as hundreds of values; they were 121 once."""
    made = []

    def note(_frame, event, called) -> None:
        if event == "c_call" and called.__name__ == "collect":
            made.append(called)

    sys.setprofile(note)
    try:
        assessed(day(1), day(2), law=Law(5))
    finally:
        sys.setprofile(None)
    assert len(made) <= 10


def test_every_stage_that_does_not_run_says_why():
    found = assessed(day(1), day(2, beds=""))
    by_name = {stage.name: stage for stage in found.stages}
    assert by_name["history"].status == by_name["law"].status == "idle"
    assert by_name["history"].not_run[0][1].sv and by_name["law"].not_run[0][1].en
    assert by_name["rows"].status == "stop"


def test_where_the_structure_is_wrong_nothing_after_it_runs_and_it_says_so():
    _, found = check_file(DAILY, "a.csv", b"Dag;Sjukhus\r\n2026-10-01;exempel-norra\r\n")
    assert statuses(found) == {
        "file": "ok",
        "structure": "stop",
        "rows": "idle",
        "consistency": "idle",
        "history": "idle",
        "law": "idle",
    }


def test_the_stages_of_the_reading_say_what_ran_and_what_did_not():
    reading, found = check_file(DAILY, "a.csv", b"Dag;Sjukhus\r\n2026-10-01;exempel-norra\r\n")
    file, structure = found.stages[:2]
    ran = [one.code for one in reading.checks if one.why_not is None]
    assert file.ran + structure.ran == len(ran) > 20
    assert {why for _what, why in structure.not_run} == {AFTER_COLUMNS}
    assert structure.not_run[0][0].en == "dates with the day first"
    _, unread = check_file(DAILY, "a.csv", b"%PDF-1.7")
    assert [(stage.status, stage.not_run[0][1]) for stage in unread.stages[1:3]] == [
        ("idle", AFTER_FILE),
        ("idle", AFTER_COLUMNS),
    ]


def test_a_reading_by_an_earlier_version_still_has_its_stages():
    reading, found = check_file(DAILY, "a.csv", b"%PDF-1.7")
    earlier = assess(DAILY, None, reading_findings=reading.findings)
    assert statuses(earlier) == statuses(found)
    assert [stage.ran for stage in earlier.stages[:2]] == [1, 0]


def test_a_formula_does_not_keep_the_rows_from_being_checked_in_the_same_go():
    from tests.factories.delivery_files import workbook

    def fill(book):
        sheet = book.active
        sheet.delete_rows(1, 9)
        sheet.append(HEAD.split(";"))
        sheet.append(["2026-10-01", "exempel-norra", "Medicin", 20, "=1+1", 0, "många"])

    _, found = check_file(DAILY, "a.xlsx", workbook(fill))
    assert {"FIL-009", "ROW-002"} <= set(codes(found))
    assert found.frame is None and not found.is_complete


def test_answers_go_into_the_cells_and_zero_is_observed():
    lines = (day(1, beds=""), day(2, beds=""), day(3, beds=""))
    answers = {"disponibla": {"*": "closed", "3": "zero", "4": "not_reported"}}
    frame = assessed(*lines, answers=answers).frame
    assert frame["disponibla__status"].to_list() == ["closed", "observed", "not_reported"]
    assert frame["disponibla"].to_list() == [None, 0, None]


def test_an_answer_never_changes_a_cell_that_holds_something():
    frame = assessed(day(1), answers={"disponibla": {"*": "closed", "2": "zero"}}).frame
    assert frame["disponibla"].to_list() == [20]


def test_the_sums_a_file_states_do_not_become_rows():
    found = assessed(day(1), day(2), "Summa;;;40;36;0;4")
    assert found.rows == 2
    assert "FIL-011" in codes(found)


def test_small_numbers_about_persons_are_told_to_the_region_and_beds_are_not_persons():
    found = assessed(day(1, beds=3, occupied=3, outplaced=2), law=Law(5))
    about = [finding.places[0].field for finding in found.findings if finding.code == "LEG-001"]
    assert "utlokaliserade" in about and "disponibla" not in about


def test_the_law_is_never_said_to_be_in_order_where_something_is_small_or_nothing_was_looked_for():
    small, none, unknown = (
        assessed(day(1, occupied=occupied, outplaced=occupied), law=Law(threshold))
        for occupied, threshold in ((2, 5), (20, 1), (20, 0))
    )
    assert [statuses(one)["law"] for one in (small, none, unknown)] == ["info", "ok", "idle"]
    (stage,) = (one for one in unknown.stages if one.name == "law")
    assert "småtal" in stage.not_run[0][1].sv


def monthly(*lines, **settings):
    head = "Sjukhus;Månad;Vårdform;Disponibla vårdplatser;Överbeläggningar;Utlokaliserade"
    reading = read("\r\n".join([head, *lines]).encode(), "a.csv", expected_of(MONTHLY))
    found = assess(MONTHLY, reading.frame, reading_findings=reading.findings, letters=reading.letters, **settings)
    return reading, found


@pytest.mark.parametrize("written", ["0,9", "0,1", "4,5", "4,9", "1", "4"])
def test_a_mean_above_zero_and_below_the_threshold_is_a_small_number(written):
    _, found = monthly(f"Kalix sjukhus;feb 2018;Somatik;2;{written};5", law=Law(5))
    assert [one.places[0].field for one in found.findings if one.code == "LEG-001"] == ["overbelaggningar"]


@pytest.mark.parametrize("written", ["0", "0,0", "5", "5,1"])
def test_zero_and_the_threshold_itself_are_not_small(written):
    _, found = monthly(f"Kalix sjukhus;feb 2018;Somatik;2;{written};5", law=Law(5))
    assert "LEG-001" not in codes(found)


def test_persons_cannot_be_counted_beforehand_and_beds_may_be_decided_ahead():
    today = date(2026, 11, 25)
    assert codes(monthly("Kalix sjukhus;april 2027;Somatik;50;6;6", today=today)[1]) == ["TIM-001"]
    assert codes(monthly("Kalix sjukhus;november 2026;Somatik;50;6;6", today=today)[1]) == ["TIM-002"]
    assert codes(monthly("Kalix sjukhus;oktober 2026;Somatik;50;6;6", today=today)[1]) == []
    beds = starter_model("faststallda-vardplatser-per-sjukhus")
    data = "Dag;Sjukhus;Fastställda vårdplatser\n2027-01-01;Kalix sjukhus;59\n".encode()
    _, found = check_file(beds, "a.csv", data, today=today)
    assert [(one.code, one.severity) for one in found.findings] == [("TIM-002", Severity.WARNING)]


def test_a_year_far_back_is_asked_about():
    today = date(2026, 11, 25)
    assert codes(monthly("Kalix sjukhus;1925-12;Somatik;50;6;6", today=today)[1]) == ["TIM-003"]
    assert codes(monthly("Kalix sjukhus;1926-01;Somatik;50;6;6", today=today)[1]) == []


@pytest.mark.parametrize(
    ("written", "looks"),
    [
        ("2026-02-29", "a day that does not exist"),
        ("2026-09-31 06:00", "a day that does not exist"),
        ("20260931", "a day that does not exist"),
        ("31/9 2026", "a day that does not exist"),
        ("31.9.2026", "a day that does not exist"),
        ("2026-12-32", "a day that does not exist"),
        ("2026-01-32", "a day that does not exist"),
        ("2026-10-01", None),
        ("2026-10-00", "a day that does not exist"),
        ("2026-13-01", None),
        ("2026-00-10", None),
        ("0000-02-30", None),
        ("2024-02-29", None),
        ("2610010600", "a date with two digits for the year"),
        ("2610012400", "a date with two digits for the year"),
        ("2610012500", None),
        ("2610010660", None),
        ("9999990600", None),
    ],
)
def test_days_that_do_not_exist_and_short_years_with_a_time_are_told_as_that(written, looks):
    found = look_of(written, (PeriodKind.DAY,))
    assert (found.looks.en if found else None) == looks


def test_cells_are_quoted_and_shown_as_they_stand_in_the_file():
    _, found = monthly("Kalix sjukhus;feb 2018;Somatik;298,7;6;6", "Kalix sjukhus;jan 2018;Somatik;2 998,712;6;6")
    (fine,) = [one for one in found.findings if one.code == "ROW-010"]
    assert fine.places[0].value == "2 998,712"
    assert found.corners[finding_key(fine)].rows == (
        (2, ("Kalix sjukhus", "feb 2018", "Somatik", "298,7", "6", "6")),
        (3, ("Kalix sjukhus", "jan 2018", "Somatik", "2 998,712", "6", "6")),
    )


def test_advice_about_a_period_names_only_what_the_model_takes():
    _, found = monthly("Kalix sjukhus;2018-H1;Somatik;2;6;6")
    (half_year,) = [one for one in found.findings if one.code == "STR-030"]
    assert half_year.params["advice"] == Text(
        "Lämna uppgifterna för en månad: 2026-10.", "Deliver the figures for a month: 2026-10."
    )
    _, found = monthly("Kalix sjukhus;i höstas;Somatik;2;6;6")
    (wrong,) = [one for one in found.findings if one.code == "ROW-007"]
    assert wrong.params["forms"] == Text("2026-10", "2026-10")


def test_a_hospital_written_once_above_its_rows_is_told_as_that():
    lines = ("Kalix sjukhus;jan 2018;Somatik;20;6;6", ";feb 2018;Somatik;20;6;6", ";mars 2018;Somatik;20;6;6")
    assert codes(monthly(*lines)[1]) == ["STR-039"]
    _, found = monthly(lines[0], lines[0].replace("jan", "april"), *lines[1:])
    assert codes(found) == ["ROW-001"], "elsewhere every row has its name, and only some lack it"


def test_a_total_row_under_the_regions_name_is_a_sum_and_said_to_be():
    rows = ("Gällivare sjukhus;jan 2018;Somatik;78,4;6,2;5,4", "Kalix sjukhus;jan 2018;Somatik;49,2;6,6;5,1")
    sums = ("Region Norrbotten;jan 2018;Somatik;127,6;12,8;10,5", "Totalt;;;127,6;12,8;10,5")
    reading, found = monthly(*rows, *sums)
    assert codes(found) == ["FIL-011"]
    names = ("Region Norrbotten, jan 2018, Somatik", "Totalt")
    assert (reading.preview.sum_rows, reading.preview.sum_texts) == ((4, 5), names)
    assert found.findings[0].params == {"compared": 6, "differing": 0}


def test_where_the_model_has_rows_about_regions_such_a_row_is_no_sum():
    assert expected_of(starter_model("disponibla-vardplatser-per-region-ar")).sum_names == frozenset()
    assert expected_of(starter_model("publicerade-kvoter")).sum_names == frozenset()


def test_a_formula_without_a_value_is_told_once():
    from tests.factories.delivery_files import workbook

    def fill(book):
        sheet = book.active
        sheet.delete_rows(1, 9)
        sheet.append(HEAD.split(";"))
        sheet.append(["2026-10-01", "exempel-norra", "Medicin", "=10+10", 18, 0, 2])
        sheet.append(["2026-10-02", "exempel-norra", "Medicin", None, 18, 0, 2])

    _, found = check_file(DAILY, "a.xlsx", workbook(fill))
    places = {one.code: [place.row for place in one.places] for one in found.findings}
    assert (places["FIL-009"], places["ROW-004"]) == ([2], [3]), "an empty cell is still asked about"


def test_what_was_said_about_empty_cells_is_kept_cell_by_cell():
    found = assessed(day(1, beds=""), day(2, beds=""), day(3), answers={"disponibla": {"*": "closed", "3": "zero"}})
    (said,) = found.as_dict()["said"]
    assert said == {"element": "disponibla", "count": 2, "cells": [[2, "stängd"], [3, "0"]]}
    assert found.corners["ROW-004.disponibla"].hits == ("D2", "D3")


def test_a_corner_marks_cells_that_are_named_by_their_letter_alone():
    reading = rows_of(day(1), day(2))
    shown = corner(reading.frame, reading.letters, Finding("FIL-009", Severity.ERROR, {}, (Place(row=3, column="E"),)))
    assert shown.hits == ("E3",)


def test_the_same_rows_in_another_order_have_the_same_content_hash():
    first, second = assessed(day(1), day(2)).typed, assessed(day(2), day(1)).typed
    assert content_hash_of(DAILY, first) == content_hash_of(DAILY, second)
    assert content_hash_of(DAILY, first) != content_hash_of(DAILY, assessed(day(1), day(2, beds=21)).typed)


def test_places_are_counted_whole_and_kept_in_part():
    found = assessed(*[day(1 + index % 28, ward=f"Avd {index}", beds="") for index in range(PLACES_KEPT + 50)])
    (stored,) = [each for each in found.as_dict()["findings"] if each["code"] == "ROW-004"]
    assert (len(stored["places"]), stored["params"]["count"]) == (PLACES_KEPT, PLACES_KEPT + 50)


def test_what_remains_is_errors_questions_and_warnings_without_an_explanation():
    earlier = DeliveryBefore(typed(day(1)), "2026-09")
    stored = assessed(day(8, beds=14, occupied=""), earlier=earlier).as_kept()
    assert [(one.key, one.needs) for one in remaining(stored, {})] == [
        ("ROW-004.belagda", "answer"),
        ("HIS-002", "explain"),
    ]
    assert [one.key for one in remaining(stored, {"HIS-002": "stängt"})] == ["ROW-004.belagda"]
    assert len(findings_of(stored)) >= 2


def test_a_corner_shows_the_senders_own_cells_around_what_was_found():
    reading = rows_of(day(1), day(2, beds=""), day(3))
    shown = corner(
        reading.frame, reading.letters, Finding("X", Severity.ERROR, {}, (Place(row=3, field="disponibla"),))
    )
    assert shown.hits == ("D3",)
    assert [number for number, _cells in shown.rows] == [2, 3, 4]
    assert "D" in shown.letters


def test_what_a_corner_cannot_show_is_listed_instead():
    frame = pl.DataFrame({"__row": [2, 3], "__sheet": [None, None], "a": ["x", "y"]})
    for place, is_shown in (
        (Place(row=3, value="x;y;z"), False),
        (Place(row=3, column="B", value="text"), False),
        (Place(row=3, column="A", value="y"), True),
        (Place(row=3), True),
    ):
        found = corner(frame, {"a": "A"}, Finding("X", Severity.INFO, {}, (place,)))
        assert (found is not None) is is_shown, place


def test_a_corner_of_rows_that_were_not_read_in_is_none():
    frame = pl.DataFrame({"__row": [2], "__sheet": [None], "a": ["x"]}, schema_overrides={"__sheet": pl.String})
    assert corner(frame, {"a": "A"}, Finding("X", Severity.INFO, {}, (Place(row=9),))) is None


def test_findings_about_different_elements_have_keys_of_their_own():
    one, other = (Finding("ROW-004", Severity.QUESTION, {}, (Place(row=1, field=name),)) for name in "ab")
    assert finding_key(one) != finding_key(other)


def test_nothing_leads_back_from_what_has_been_received_to_the_regions_own():
    working = {DeliveryState.DRAFT, DeliveryState.CHECKING, DeliveryState.CHECKED, DeliveryState.DISCLOSED}
    for (state, _act), target in LIFECYCLE.items():
        assert state in working or target not in working
    assert after(DeliveryState.CHECKED, DeliveryAct.SEND) is None
    assert after(DeliveryState.CHECKING, DeliveryAct.SEND) is None
    assert after(DeliveryState.CHECKING, DeliveryAct.DISCLOSE) is None


def test_two_hundred_thousand_rows_are_read_and_checked_within_seconds():
    import time

    lines = [
        f"2026-{1 + index % 12:02d}-{1 + index % 28:02d};exempel-norra;Avd {index // 336};{index % 30};{index % 25};0;{index % 5}"
        for index in range(200_000)
    ]
    started = time.process_time()
    reading, found = check_file(DAILY, "a.csv", "\r\n".join([HEAD, *lines]).encode("cp1252"))
    assert (reading.preview.data_rows, found.rows) == (200_000, 200_000)
    assert time.process_time() - started < 15


@pytest.mark.parametrize("lines", [(day(1), day(2, beds="")), (day(1), "Summa;;;40;36;0;4"), (day(1, beds="många"),)])
def test_what_is_stored_of_an_assessment_is_read_as_one_again_and_stored_alike(lines):
    found = assessed(*lines, answers={"disponibla": {"*": "closed"}})
    kept = found.as_kept()
    assert kept.keyed == tuple((finding_key(one), one) for one in found.findings)
    assert (kept.stages, kept.corners, kept.said) == (found.stages, found.corners, found.said)
    assert kept.as_dict() == found.as_dict() and kept.frame is None


def test_a_finding_that_an_earlier_release_called_otherwise_keeps_its_key():
    stored = {"stages": [], "findings": [{"code": "HIS-002", "severity": "warning", "key": "HIS-002.old"}]}
    kept = Assessment.from_dict(stored)
    assert [key for key, _ in kept.keyed] == ["HIS-002.old"]
    assert remaining(kept, {"HIS-002.old": "Två avdelningar stängdes."}) == []
    assert kept.as_dict()["findings"][0]["key"] == "HIS-002.old"


def test_a_delivery_that_waits_to_be_checked_has_an_assessment_that_says_nothing():
    assert Assessment.from_dict({}) == Assessment() and Assessment().as_dict() == {}


@pytest.mark.parametrize(
    ("written", "looks"),
    [
        ("46296", "a serial day number of a spreadsheet"),
        ("2026-W40", "a week"),
        ("oktober 2026", "a month"),
        ("26-10-01", "a date with two digits for the year"),
        ("261001", "a date with two digits for the year"),
        ("06:00", "a time without a day"),
    ],
)
def test_a_day_that_cannot_be_read_is_told_as_what_it_looks_like(written, looks):
    found = assessed(day(1).replace("2026-10-01", written))
    (told,) = [finding for finding in found.findings if finding.severity is Severity.ERROR]
    assert FINDINGS.read(told, "en").title.endswith(f"looks like {looks}") and told.places[0].value == written


def test_different_looks_are_told_apart_and_what_looks_like_nothing_stays_a_wrong_period():
    lines = [
        day(number).replace(f"2026-10-0{number}", text)
        for number, text in ((1, "46296"), (2, "hej"), (3, "v. 40 2026"))
    ]
    told = {finding.places[0].value: finding.code for finding in assessed(*lines).findings}
    assert told == {"46296": "STR-030", "hej": "ROW-007", "v. 40 2026": "STR-030"}
