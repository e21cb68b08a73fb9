"""A file of every kind of column and fault, and all that is said of it: what ran, on how many rows, where, and what is left."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from information_models.code_lists import Code
from information_models.columns import check
from information_models.definitions import LoadedModel, TotalRows
from information_models.finding_texts.all import FINDINGS
from information_models.frames import lookup, prepared
from registry.findings import Place, Text
from tests.unit.information_models.whole_model import ELEMENTS, MODEL, REGIONS, ROW, faults

pytestmark = pytest.mark.usefixtures("either_way")


def of_rows(*changes, lack=(), **more):
    rows = [{name: value for name, value in (ROW | change).items() if name not in lack} for change in changes]
    return check(MODEL, pl.DataFrame(rows, schema_overrides=dict.fromkeys(ROW, pl.String)), **more)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"manad": "2018"}, [("ROW-007", [(1, "manad", "2018")])]),
        ({"manad": None}, [("ROW-001", [(1, "manad", None)])]),
        ({"manad": " 2018-07 "}, []),
        ({"region": "N"}, []),
        ({"region": " nord"}, []),
        ({"region": "Väst"}, [("ROW-005", [(1, "region", "Väst")])]),
        ({"region": ""}, [("ROW-001", [(1, "region", None)])]),
        ({"region": "12", "manad": "2018-05"}, [("ROW-006", [(1, "region", "12")])]),
        ({"region": "12", "manad": "2018-06"}, []),
        ({"region": "99", "manad": "2018-02"}, []),
        ({"region": "99", "manad": "2018-03"}, [("ROW-006", [(1, "region", "99")])]),
        ({"avd": None}, []),
        ({"avd": "1234567890"}, [("ROW-011", [(1, "avd", "1234567890")])]),
        ({"avd": "123456789"}, []),
        ({"avd": "a\u0007"}, [("ROW-011", [(1, "avd", "a\u0007")])]),
        ({"slag": "abcd"}, [("ROW-011", [(1, "slag", "abcd")])]),
        ({"slag": "AB"}, [("ROW-011", [(1, "slag", "AB")])]),
        ({"dag": "2018-02-30"}, [("ROW-012", [(1, "dag", "2018-02-30")])]),
        ({"dag": "2018-02"}, [("ROW-012", [(1, "dag", "2018-02")])]),
        ({"jamfort": "2017-01"}, [("ROW-007", [(1, "jamfort", "2017-01")])]),
        ({"jamfort": None, "dag": None, "slag": None, "andel": None}, []),
        ({"andel": "0,55"}, [("ROW-010", [(1, "andel", "0,55")])]),
        ({"andel": "0,50"}, []),
        ({"andel": "stängd"}, [("ROW-002", [(1, "andel", "stängd")])]),
        ({"andel": "ej rapporterat"}, [("ROW-002", [(1, "andel", "ej rapporterat")])]),
        ({"andel": "–"}, []),
        ({"andel": "x"}, [("ROW-002", [(1, "andel", "x")])]),
        ({"andel": "1" + "0" * 12}, []),
        ({"andel": "1" + "0" * 11 + "1,1"}, [("ROW-003", [(1, "andel", "1" + "0" * 11 + "1,1")])]),
        ({"andel": "1" + "0" * 13}, [("ROW-003", [(1, "andel", "1" + "0" * 13)])]),
        ({"andel": "1" + "0" * 13 + ",25"}, [("ROW-003", [(1, "andel", "1" + "0" * 13 + ",25")])]),
        ({"antal": "stängd", "medel": "stängd"}, []),
        ({"antal": None}, [("ROW-004", [(1, "antal", None)])]),
        ({"antal": "–"}, [("ROW-004", [(1, "antal", "–")])]),
        ({"antal": "många"}, [("ROW-002", [(1, "antal", "många")])]),
        ({"antal": "10,5"}, [("ROW-002", [(1, "antal", "10,5")])]),
        ({"antal": "10,0"}, []),
        ({"antal": "101,5"}, [("ROW-002", [(1, "antal", "101,5")])]),
        ({"antal": "-1"}, [("ROW-003", [(1, "antal", "-1")])]),
        ({"antal": "0", "medel": "0"}, []),
        ({"antal": "100"}, [("RULE-002", [(1, "antal", "100")])]),
        ({"antal": "101"}, [("ROW-003", [(1, "antal", "101")])]),
        ({"antal": "000000000000000049"}, []),
        ({"antal": "49", "medel": "10,0"}, [("ROW-003", [(1, "medel", "10,0")])]),
        ({"medel": "-0,5"}, []),
        ({"medel": "-0,6"}, [("ROW-003", [(1, "medel", "-0,6")])]),
        ({"medel": "1,55"}, [("ROW-010", [(1, "medel", "1,55")])]),
        ({"antal": "1", "medel": "1,1"}, [("RULE-001", [(1, "medel", "1,1")])]),
        ({"antal": "1", "medel": "1,0"}, []),
    ],
)  # fmt: skip
def test_each_cell_is_judged_on_either_side_of_its_bounds(change, expected):
    assert faults(of_rows(change)) == expected


def test_the_frame_has_values_in_their_canonical_form_and_null_for_what_is_wrong():
    rows = (
        {"region": "N", "avd": " B ", "medel": "-0,5"},
        {
            "region": "Väst",
            "manad": "x",
            "dag": "x",
            "jamfort": "x",
            "slag": "X",
            "andel": "x",
            "antal": "x",
            "medel": "stängd",
        },
        {"antal": "ej rapporterat", "medel": "0,07", "andel": None},
        {"antal": "–", "medel": "1,50", "andel": "-12"},
    )
    frame = of_rows(*rows).frame
    assert frame.columns == [
        "__sheet", "__row", "__region", "manad", "manad__first", "manad__last", "region", "avd", "slag", "dag", "jamfort",
        "andel", "antal", "antal__status", "medel", "medel__status",
    ]  # fmt: skip
    assert frame["__row"].to_list() == [1, 2, 3, 4]
    assert frame["region"].to_list() == ["01", None, "01", "01"] == frame["__region"].to_list()
    assert frame["manad__first"].to_list()[:2] == [date(2018, 7, 1), None]
    assert frame["manad__last"].to_list()[:2] == [date(2018, 7, 31), None]
    assert (frame["avd"].to_list()[0], frame["dag"].to_list()[:2]) == ("B", [date(2018, 7, 1), None])
    assert (frame["jamfort"].to_list()[:2], frame["slag"].to_list()[:2]) == (["2017", None], ["ab", None])
    assert frame["andel"].to_list() == [Decimal("0.5"), None, None, Decimal("-12.0")]
    assert frame["antal"].to_list() == [10, None, None, None]
    assert frame["antal__status"].to_list() == ["observed", None, "not_reported", None]
    assert frame["medel"].to_list() == [Decimal("-0.5"), None, None, Decimal("1.5")]
    assert frame["medel__status"].to_list() == ["observed", "closed", None, "observed"]
    assert frame.schema["medel"] == pl.Decimal(18, 1) and frame.schema["antal"] == pl.Int64


def ran(checked):
    return {(one.code, one.subject): (one.judged, one.found, one.not_judged) for one in checked.checks_run}


def not_ran(checked):
    return {(one.code, one.subject): one.why.en for one in checked.checks_not_run}


def test_what_ran_is_told_with_rows_and_faults():
    checked = of_rows(
        {}, {"region": "Väst", "avd": "B"}, {"antal": "x", "avd": "C"}, {"antal": "60", "avd": "D"}, region="01"
    )
    told = ran(checked)
    assert told["ROW-005", "region"] == (4, 1, 0)
    assert told["ROW-006", "region"] == (3, 0, 0)
    assert told["ROW-002", "antal"] == (4, 1, 0)
    assert told["ROW-003", "antal"] == (4, 0, 0)
    assert told["ROW-004", "antal"] == (4, 0, 0)
    assert told["ROW-010", "medel"] == (4, 0, 0)
    assert told["ROW-009", "region"] == (4, 0, 0)
    assert told["ROW-008", ""] == (3, 0, 0)
    assert told["RULE-001", "ryms"] == (3, 0, 1)
    assert told["RULE-001", "snal"] == (3, 1, 1)
    assert told["SUM-001", ""] == (4, 0, 0)
    assert not_ran(checked) == {}
    assert ("ROW-010", "antal") not in told and ("ROW-001", "avd") not in told and ("ROW-001", "andel") not in told
    subject = next(one.what for one in checked.checks_run if (one.code, one.subject) == ("ROW-002", "antal"))
    assert subject.sv.startswith("Antal: ") and subject.en.startswith("ANTAL: ")
    general = next(one.what for one in checked.checks_run if one.code == "ROW-008")
    looked_for = FINDINGS["ROW-008"].looks_for
    assert (general.sv, general.en) == (looked_for.sv.capitalize(), looked_for.en.capitalize())


def test_what_could_not_run_says_why():
    lacking = not_ran(of_rows({}, lack=("manad",)))
    assert lacking["ROW-006", "region"] == "the file lacks a column for the period"
    assert lacking["ROW-008", "manad"] == "the file lacks the column"
    no_region = not_ran(of_rows({}, lack=("region",)))
    assert no_region["ROW-009", ""] == "the model or the file has no column for the region"
    assert no_region["ROW-008", "region"] == "the file lacks the column"
    assert not_ran(of_rows({}))["ROW-009", "region"] == "no disclosing region is stated"
    assert not_ran(of_rows({}, lack=("antal",)))["RULE-001", "ryms"] == "the file lacks the column antal"
    assert not_ran(of_rows({}, lack=("medel",)))["RULE-001", "ryms"] == "the file lacks the column medel"


def test_columns_that_are_missing_are_faults_only_where_they_are_required():
    assert faults(of_rows({}, lack=("avd", "andel", "dag"))) == []
    assert faults(of_rows({}, lack=("antal",))) == [("COL-001", [(None, "antal", None)])]
    frame = of_rows({}, lack=("antal", "avd", "andel")).frame
    assert (frame["antal"].to_list(), frame["antal__status"].to_list()) == ([None], [None])
    assert frame.schema["andel"] == pl.Decimal(18, 1)


def test_a_file_without_rows_or_without_periods_is_told():
    empty = check(MODEL, pl.DataFrame(schema=dict.fromkeys(ROW, pl.String)))
    assert [one.code for one in empty.findings] == ["ROW-014"]
    without = of_rows({}, lack=("manad",))
    assert without.frame["manad__first"].to_list() == [None]
    assert [one.code for one in of_rows({}).findings] == []


def test_the_region_of_every_row_is_the_disclosers():
    checked = of_rows({}, {"region": "12"}, {"region": None, "avd": "B"}, {"region": "Väst", "avd": "C"}, region="01")
    assert [rows for code, rows in faults(checked) if code == "ROW-009"] == [[(2, "region", "12")]]


def test_rows_of_the_same_key_are_told_together_in_order_and_only_they():
    rows = (
        {"avd": "B"},
        {"avd": "A"},
        {"avd": None},
        {"avd": "B"},
        {"avd": ""},
        {"region": "Väst"},
        {"region": "Väst"},
    )
    [doubled] = [one for one in of_rows(*rows).findings if one.code == "ROW-008"]
    assert [place.row for place in doubled.places] == [3, 5, 1, 4]
    assert doubled.places[-1].key == (("manad", "2018-07"), ("region", "01"), ("avd", "B"))
    assert doubled.places[0].key[-1] == ("avd", "")


@pytest.mark.parametrize(
    ("andel", "is_doubled"),
    [("0,5", True), ("x", False), ("0,55", False), ("1" + "0" * 13, False)],
)
def test_rows_are_the_same_by_a_number_only_where_it_can_be_read(andel, is_doubled):
    model = LoadedModel(replace(MODEL.model, key=("manad", "region", "andel")), MODEL.code_lists)
    rows = pl.DataFrame([ROW | {"andel": andel}] * 2, schema_overrides={"andel": pl.String})
    assert ("ROW-008" in dict(faults(check(model, rows)))) is is_doubled


def test_a_row_with_a_word_for_a_total_is_compared_with_what_it_sums_and_left_out():
    parts = ({"avd": "A", "antal": "10", "medel": "1,0"}, {"avd": "B", "antal": "20", "medel": "2,0"})
    other = {"avd": "A", "manad": "2018-08", "antal": "40", "medel": "4,0"}

    def told(**total):
        checked = of_rows(*parts, other, {"avd": "Summa"} | total)
        assert checked.frame.height == 3
        return [one for one in faults(checked) if one[0] != "SUM-001"]

    assert told(antal="30", medel="3,0") == []
    assert told(antal="31", medel="3,0") == [("SUM-002", [(4, "antal", "31")])]
    assert told(antal="30", medel="3,2") == []
    assert told(antal="30", medel="3,3") == [("SUM-002", [(4, "medel", "3,3")])]
    assert told(antal="30", medel="2,7") == [("SUM-002", [(4, "medel", "2,7")])]
    assert told(antal="x", medel="") == []
    everything = {"manad": "Totalt", "region": "summa", "antal": "70", "medel": "7,0"}
    assert told(**everything) == []
    assert told(**everything | {"antal": "69"}) == [("SUM-002", [(4, "antal", "69")])]


def test_total_rows_may_be_refused_and_rates_are_not_summed():
    rows = pl.DataFrame([ROW | {"avd": "A"}, ROW | {"avd": "Summa", "antal": "99", "medel": "9,9"}])
    refusing = LoadedModel(replace(MODEL.model, total_rows=TotalRows.REFUSE), MODEL.code_lists)
    checked = check(refusing, rows)
    assert faults(checked) == [("SUM-003", [(2, None, None)])]
    assert ("SUM-002", "antal") not in ran(checked) and checked.frame.height == 1
    rates = tuple(replace(one, additive=one.name != "medel") for one in ELEMENTS)
    checked = check(LoadedModel(replace(MODEL.model, elements=rates), MODEL.code_lists), rows)
    assert [code for code, _ in faults(checked)] == ["SUM-001", "SUM-002"]
    assert ran(checked)["SUM-002", "antal"] == (1, 1, 0) and ("SUM-002", "medel") not in ran(checked)


def test_a_total_row_of_a_column_that_is_not_there_is_not_compared():
    checked = of_rows({"avd": "A", "antal": "10"}, {"avd": "Summa", "antal": "11"}, lack=("medel",))
    assert [code for code, _ in faults(checked)] == ["COL-001", "SUM-001", "SUM-002"]
    assert ("SUM-002", "medel") not in ran(checked)


def test_a_total_row_is_compared_by_the_dimensions_that_are_there():
    rows = (
        {"avd": "A", "antal": "10"},
        {"avd": "B", "manad": "2018-08", "antal": "5"},
        {"avd": "Summa", "antal": "11"},
    )
    found = dict(faults(of_rows(*rows, lack=("region", "medel"))))
    assert found["SUM-002"] == [(3, "antal", "11")]
    assert "SUM-002" not in dict(faults(of_rows(*rows[:2], rows[2] | {"antal": "10"}, lack=("region", "medel"))))


def test_a_code_that_is_called_as_a_total_is_no_total():
    lists = {"regioner": replace(REGIONS, codes=(*REGIONS.codes, Code("00", Text("Riket", "Total"))))}
    checked = check(LoadedModel(MODEL.model, lists), pl.DataFrame([ROW | {"region": "total"}]))
    assert (checked.frame["region"].to_list(), faults(checked)) == (["00"], [])


def test_progress_is_told_column_by_column():
    told = []
    check(MODEL, pl.DataFrame([ROW]), progress=lambda done, of: told.append((done, of)))
    assert told == [(number, 9) for number in range(10)]


def test_rows_keep_the_numbers_and_sheets_that_they_have():
    plain = prepared(MODEL, pl.DataFrame({"avd": [" a ", "", None], "other": [1, 2, 3]}))
    assert list(plain.cells) == ["avd"]
    assert (plain.numbers.to_list(), plain.sheets.to_list()) == ([1, 2, 3], [None] * 3)
    assert plain.cells["avd"].at(plain.every()) == ["a", None, None]
    numbered = prepared(MODEL, pl.DataFrame({"avd": ["a"], "__row": [7], "__sheet": ["Blad"]}))
    assert (numbered.numbers.to_list(), numbered.sheets.to_list()) == ([7], ["Blad"])
    assert list(numbered.places(numbered.every(), "avd")) == [Place(sheet="Blad", row=7, field="avd", value="a")]
    assert lookup(pl.Series("x", ["a", "b"]), {}, pl.String).to_list() == [None, None]
    assert lookup(pl.Series("x", ["a", "b"]), {"a": "1"}, pl.String).to_list() == ["1", None]
