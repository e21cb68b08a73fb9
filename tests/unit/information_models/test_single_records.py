"""One record at a time, in an exchange format: each field on either side of its bounds."""

from dataclasses import replace
from decimal import Decimal

import polars as pl
import pytest

from information_models.columns import check
from information_models.definitions import LoadedModel, Rule
from registry.findings import Severity
from tests.record_conformance import Conformance, read_records
from tests.unit.information_models.whole_model import CONFORMANCE, MODEL, ROW, T, codes, faults

RECORD = {
    "manad": "2018-07", "region": "01", "avd": "A", "slag": "ab", "dag": "2018-07-01", "jamfort": "2017", "andel": 0.5,
    "antal": 10, "medel": Decimal("1.5"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"manad": "2018"}, [("ROW-007", "manad", "2018")]),
        ({"manad": "2018-13"}, [("ROW-007", "manad", "2018-13")]),
        ({"manad": 7}, [("ROW-007", "manad", "7")]),
        ({"manad": None}, [("ROW-001", "manad", None)]),
        ({"manad": ""}, [("ROW-001", "manad", None)]),
        ({"jamfort": "2017-01"}, [("ROW-007", "jamfort", "2017-01")]),
        ({"jamfort": None, "slag": None, "dag": None, "andel": None, "avd": None}, []),
        ({"region": "N"}, [("ROW-005", "region", "N")]),
        ({"region": "12", "manad": "2018-05"}, [("ROW-006", "region", "12")]),
        ({"region": "12", "manad": "2018-06"}, []),
        ({"region": "12", "manad": "x"}, [("ROW-007", "manad", "x")]),
        ({"region": ""}, [("ROW-001", "region", None)]),
        ({"avd": "1234567890"}, [("ROW-011", "avd", "1234567890")]),
        ({"avd": 7}, [("ROW-011", "avd", "7")]),
        ({"slag": ""}, [("ROW-011", "slag", "")]),
        ({"dag": "2018-02-30"}, [("ROW-012", "dag", "2018-02-30")]),
        ({"dag": "2018-02"}, [("ROW-012", "dag", "2018-02")]),
        ({"antal": "closed", "medel": "not_reported"}, []),
        ({"antal": None}, [("ROW-004", "antal", None)]),
        ({"antal": ""}, [("ROW-004", "antal", None)]),
        ({"antal": "10"}, [("ROW-002", "antal", "10")]),
        ({"antal": True}, [("ROW-002", "antal", "True")]),
        ({"antal": 10.0}, []),
        ({"antal": 10.5}, [("ROW-002", "antal", "10.5")]),
        ({"antal": float("inf")}, [("ROW-002", "antal", "inf")]),
        ({"antal": 0, "medel": 0}, []),
        ({"antal": -1}, [("ROW-003", "antal", "-1")]),
        ({"antal": 101}, [("ROW-003", "antal", "101")]),
        ({"antal": 100}, [("RULE-002", "antal", None)]),
        ({"medel": Decimal("-0.6")}, [("ROW-003", "medel", "-0.6")]),
        ({"medel": Decimal("-0.5")}, []),
        ({"medel": Decimal("1.55")}, [("ROW-010", "medel", "1.55")]),
        ({"medel": Decimal("1.50")}, []),
        ({"andel": Decimal(10**13) + Decimal("0.25")}, [("ROW-003", "andel", "10000000000000.25")]),
        ({"andel": Decimal(10**12) - Decimal("0.75")}, [("ROW-010", "andel", "999999999999.25")]),
        ({"andel": "closed"}, [("ROW-002", "andel", "closed")]),
        ({"antal": 1, "medel": Decimal("1.1")}, [("RULE-001", "medel", None)]),
        ({"antal": 1, "medel": 1}, []),
        ({"antal": 1, "medel": "closed"}, []),
        ({"extra": 1}, [("ROW-013", "extra", None)]),
        ({"avd": "x" * 300}, [("ROW-011", "avd", "x" * 200)]),
    ],
)  # fmt: skip
def test_a_record_is_judged_on_either_side_of_its_bounds(change, expected):
    found = CONFORMANCE.check(RECORD | change)
    assert [(one.code, one.places[0].field, one.places[0].value) for one in found] == expected


def test_a_field_that_is_left_out_is_missing_only_where_it_is_required():
    without = {name: value for name, value in RECORD.items() if name not in ("avd", "slag", "dag", "jamfort", "andel")}
    assert codes(without) == []
    del without["antal"], without["manad"]
    assert codes(without) == [("ROW-001", "manad"), ("ROW-004", "antal")]


def test_a_record_is_the_disclosers():
    assert codes(RECORD, region="01") == []
    assert codes(RECORD, region="12") == [("ROW-009", "region")]
    assert codes(RECORD | {"region": "x"}, region="12") == [("ROW-005", "region")]


def test_a_rule_about_no_element_has_no_place():
    always = Rule("aldrig", Severity.ERROR, "1 > 2", T, T)
    loaded = LoadedModel(replace(MODEL.model, rules=(always,)), MODEL.code_lists)
    [found] = Conformance(loaded).check(RECORD)
    assert (found.code, found.places[0].field) == ("RULE-001", None)
    checked = check(loaded, pl.DataFrame([ROW, ROW | {"avd": "B"}]))
    assert faults(checked) == [("RULE-001", [(1, None, None), (2, None, None)])]


@pytest.mark.parametrize("text", ["{}", "[1]", "[{}, []]", "3"])
def test_records_are_an_array_of_objects(text):
    with pytest.raises(ValueError, match="array of objects"):
        read_records(text)
    assert read_records('[{"a": 0.10}]') == [{"a": Decimal("0.10")}]
