"""A whole file against its model, as a data officer meets it."""

import time
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from information_models.columns import check
from information_models.starter.loading import starter_model
from registry.findings import Severity

pytestmark = pytest.mark.usefixtures("either_way")

ESTABLISHED = "faststallda-vardplatser-per-sjukhus"


def established(**columns):
    default = {
        "dag": ["2017-01-01", "2017-01-01"],
        "sjukhus": ["Gällivare sjukhus", "65014"],
        "faststallda": ["103", "59"],
        "varav_tekniska": ["12", "5"],
    }
    return pl.DataFrame({**default, **columns}).with_columns(pl.int_range(4, 4 + pl.len()).alias("__row"))


def findings(checked) -> dict[str, list[int]]:
    return {finding.code: [place.row for place in finding.places] for finding in checked.findings}


def test_a_right_file_has_no_findings_and_says_what_was_checked():
    checked = check(starter_model(ESTABLISHED), established(), region="25")
    assert checked.findings == ()
    assert checked.frame["sjukhus"].to_list() == ["65012", "65014"]
    assert checked.frame["faststallda"].to_list() == [103, 59]
    assert checked.frame["faststallda__status"].to_list() == ["observed", "observed"]
    assert checked.frame["__region"].to_list() == ["25", "25"]
    assert str(checked.frame["dag__first"][0]) == "2017-01-01"
    ran = {(run.code, run.subject) for run in checked.checks_run}
    assert {("ROW-005", "sjukhus"), ("ROW-008", ""), ("ROW-009", "sjukhus"), ("RULE-001", "tekniska-ingar")} <= ran
    assert checked.checks_not_run == ()


def test_an_empty_cell_is_a_question_and_never_zero():
    checked = check(starter_model(ESTABLISHED), established(faststallda=[None, "–"]))
    [finding] = checked.findings
    assert (finding.code, finding.severity) == ("ROW-004", Severity.QUESTION)
    assert [(place.row, place.field) for place in finding.places] == [(4, "faststallda"), (5, "faststallda")]
    assert checked.frame["faststallda"].to_list() == [None, None]
    assert checked.frame["faststallda__status"].to_list() == [None, None]


def test_zero_closed_and_not_reported_are_told_apart():
    frame = established(
        dag=["2017-01-01"] * 3,
        sjukhus=["65012", "65014", "65015"],
        faststallda=["0", "Stängd", "ej rapporterat"],
        varav_tekniska=["0", "0", "0"],
    )
    checked = check(starter_model(ESTABLISHED), frame)
    assert checked.findings == ()
    assert checked.frame["faststallda"].to_list() == [0, None, None]
    assert checked.frame["faststallda__status"].to_list() == ["observed", "closed", "not_reported"]


def test_a_column_that_may_be_left_out_is_not_reported_and_its_checks_did_not_run():
    checked = check(starter_model(ESTABLISHED), established().drop("varav_tekniska"))
    assert checked.findings == ()
    assert checked.frame["varav_tekniska__status"].to_list() == ["not_reported", "not_reported"]
    assert [(skipped.code, skipped.subject) for skipped in checked.checks_not_run] == [
        ("COL-002", "varav_tekniska"),
        ("ROW-009", "sjukhus"),
        ("RULE-001", "tekniska-ingar"),
    ]


def test_a_missing_required_column_is_one_finding():
    checked = check(starter_model(ESTABLISHED), established().drop("faststallda"))
    assert [(finding.code, finding.places[0].field) for finding in checked.findings] == [("COL-001", "faststallda")]


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"dag": [None, "2017-01-01"]}, "ROW-001"),
        ({"faststallda": ["många", "59"]}, "ROW-002"),
        ({"faststallda": ["103,5", "59"]}, "ROW-002"),
        *(({"faststallda": [mark, "59"]}, "ROW-004") for mark in ("", "NULL", "NaN", "none", "<NA>", "NA", "\\N")),
        ({"faststallda": ["-1", "59"]}, "ROW-003"),
        ({"faststallda": ["99999999999999999", "59"]}, "ROW-003"),
        ({"sjukhus": ["Okänt sjukhus", "65014"]}, "ROW-005"),
        ({"dag": ["2017", "2017-01-01"]}, "ROW-007"),
        ({"dag": ["2017-02-29", "2017-01-01"]}, "ROW-007"),
        ({"sjukhus": ["Visby lasarett", "65014"]}, "ROW-009"),
        ({"varav_tekniska": ["104", "5"]}, "RULE-001"),
    ],
)
def test_each_fault_has_its_code_and_its_row(columns, code):
    assert findings(check(starter_model(ESTABLISHED), established(**columns), region="25")) == {code: [4]}


def test_the_same_cell_twice_is_found_on_both_rows():
    frame = established(sjukhus=["65014", "Kalix sjukhus"])
    [finding] = check(starter_model(ESTABLISHED), frame).findings
    assert finding.code == "ROW-008"
    assert [(place.row, dict(place.key)) for place in finding.places] == [
        (4, {"dag": "2017-01-01", "sjukhus": "65014"}),
        (5, {"dag": "2017-01-01", "sjukhus": "Kalix sjukhus"}),
    ]


def test_a_place_that_need_not_be_stated_is_part_of_the_key_as_not_stated():
    row = {
        "period": "2018-09",
        "region": "01",
        "vardform": "somatisk",
        "matt": "utlokaliserade_per_100",
        "varde": "3,6",
    }
    model = starter_model("publicerade-kvoter")
    assert findings(check(model, pl.DataFrame([row, row]))) == {"ROW-008": [1, 2]}
    rows = [{**row, "sjukhus": None}, {**row, "sjukhus": "Danderyds sjukhus AB, Stockholm"}]
    assert findings(check(model, pl.DataFrame(rows))) == {}


def test_a_code_must_have_been_valid_then():
    frame = pl.DataFrame({"ar": ["1997", "1998"], "region": ["14", "Västra Götaland"], "disponibla": ["4151", "4032"]})
    assert findings(check(starter_model("disponibla-vardplatser-per-region-ar"), frame)) == {"ROW-006": [1]}


def test_swedish_numbers_are_read_and_too_many_decimals_are_not_rounded():
    frame = pl.DataFrame(
        {
            "manad": ["2026-10"] * 3,
            "sjukhus": ["65016", "65013", "65014"],
            "vardform": ["Somatik", "somatisk", "Somatisk slutenvård"],
            "disponibla": ["1 245,5", "245,50", "12,345"],
            "overbelaggningar": ["0", "1,25", "0"],
            "utlokaliserade": ["0", "0,0", "0"],
        }
    )
    checked = check(starter_model("manadsuppgifter-per-sjukhus"), frame)
    assert findings(checked) == {"ROW-010": [3]}
    assert [str(value) for value in checked.frame["disponibla"]] == ["1245.50", "245.50", "None"]


def test_total_rows_are_compared_and_left_out():
    frame = established(
        dag=["2017-01-01"] * 3,
        sjukhus=["65012", "65014", "Summa"],
        faststallda=["103", "59", "163"],
        varav_tekniska=["12", "5", "17"],
    )
    checked = check(starter_model(ESTABLISHED), frame)
    assert findings(checked) == {"SUM-001": [6], "SUM-002": [6]}
    assert next(one for one in checked.findings if one.code == "SUM-002").params["element"] == "faststallda"
    assert checked.frame.height == 2


def test_a_file_without_rows_is_said_to_have_none():
    assert "ROW-014" in findings(check(starter_model(ESTABLISHED), established().head(0)))


def test_a_warning_carries_the_values_that_it_is_about():
    frame = pl.DataFrame(
        {
            "dag": ["2026-10-01"],
            "sjukhus": ["65016"],
            "avdelning": ["Avd 3"],
            "disponibla": ["10"],
            "belagda": ["14"],
            "overbelaggningar": ["2"],
            "utlokaliserade": ["1"],
        }
    )
    [finding] = check(starter_model("dagliga-vardplatser-per-avdelning"), frame).findings
    assert (finding.code, finding.severity, finding.params["rule"]) == ("RULE-002", Severity.WARNING, "belagda-ryms")
    assert finding.places[0].key == (("belagda", "14"), ("disponibla", "10"), ("overbelaggningar", "2"))


def test_two_hundred_thousand_rows_take_a_few_seconds_and_none_is_left_unchecked():
    size = 200_000
    days = pl.date_range(pl.date(2020, 1, 1), pl.date(2026, 12, 31), eager=True).dt.to_string("%Y-%m-%d")
    frame = pl.DataFrame({"n": range(size)}).select(
        days.gather([n % len(days) for n in range(size)]).alias("dag"),
        pl.lit("Sunderby sjukhus").alias("sjukhus"),
        (pl.lit("Avdelning ") + (pl.col("n") // len(days)).cast(pl.String)).alias("avdelning"),
        (pl.col("n") % 30).cast(pl.String).alias("disponibla"),
        (pl.col("n") % 37).cast(pl.String).alias("belagda"),
        pl.lit("3").alias("overbelaggningar"),
        pl.lit(None, pl.String).alias("utlokaliserade"),
    )
    begun = time.process_time()
    checked = check(starter_model("dagliga-vardplatser-per-avdelning"), frame, region="25")
    assert time.process_time() - begun < 15  # a second or two
    assert len(next(one for one in checked.findings if one.code == "ROW-004").places) == size


@pytest.mark.parametrize(
    ("bounds", "is_valid"),
    [
        ({"valid_to": date(2017, 1, 1)}, True),
        ({"valid_to": date(2016, 12, 31)}, False),
        ({"valid_from": date(2017, 1, 1)}, True),
        ({"valid_from": date(2017, 1, 2)}, False),
    ],
)
def test_a_code_is_valid_on_its_first_and_its_last_day(bounds, is_valid):
    loaded = starter_model(ESTABLISHED)
    hospitals = loaded.code_lists["sjukhus"]
    codes = tuple(replace(code, **bounds) if code.code == "65014" else code for code in hospitals.codes)
    dated = replace(loaded, code_lists={**loaded.code_lists, "sjukhus": replace(hospitals, codes=codes)})
    assert ("ROW-006" not in findings(check(dated, established()))) is is_valid
