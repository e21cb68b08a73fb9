"""JSON Schema with `conformance`, and `columns`, give the same verdicts on the same rows, whatever the model."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from information_models.code_lists import Code, CodeList
from information_models.columns import check
from information_models.definitions import Element, ElementType, LoadedModel, Model, Role, Rule
from information_models.formats.json_schema import schema
from information_models.values import TOTAL
from registry.findings import Finding, Severity, Text
from registry.period import PeriodKind
from submission_portal.deliveries.checking.offline import check_file
from tests.record_conformance import Conformance
from tests.unit.conftest import whole_columns

T = Text("x", "x")
REGIONS = CodeList(
    "regioner",
    T,
    T,
    (
        Code("01", Text("Nord", "North")),
        Code("12", Text("Syd", "South"), valid_from=date(2018, 6, 1)),
        Code("99", Text("Förr", "Before"), valid_to=date(2018, 2, 28)),
    ),
)


def model(
    minimum: Decimal | None, maximum: Decimal | None, decimals: int, required: bool, pattern: str | None
) -> LoadedModel:
    elements = (
        Element("period", T, T, Role.DIMENSION, ElementType.PERIOD, period_kinds=(PeriodKind.MONTH, PeriodKind.DAY)),
        Element("region", T, T, Role.DIMENSION, ElementType.CODE, code_list="regioner"),
        Element("avdelning", T, T, Role.ATTRIBUTE, ElementType.TEXT, required=required, max_length=5, pattern=pattern),
        Element("dag", T, T, Role.ATTRIBUTE, ElementType.DATE, required=False),
        Element("antal", T, T, Role.VALUE, ElementType.INTEGER, minimum=minimum, maximum=maximum),
        Element(
            "medel", T, T, Role.VALUE, ElementType.DECIMAL, decimals=decimals, minimum=Decimal("-0.5"), maximum=maximum
        ),
        Element("andel", T, T, Role.ATTRIBUTE, ElementType.DECIMAL, decimals=1, required=required),
    )
    rules = (
        Rule("summa", Severity.ERROR, "antal + medel <= 100 or avdelning = 'ab'", T, T),
        Rule("saknas", Severity.WARNING, "not (antal is null and medel is not null)", T, T),
        Rule("region", Severity.WARNING, "region in ('01', '99') or antal between 1 and 3 * medel - 2.25", T, T),
    )
    return LoadedModel(
        Model("m", T, T, elements, ("period", "region"), "period", "region", rules), {"regioner": REGIONS}
    )


NUMBERS = st.one_of(
    st.integers(-200, 200),
    st.integers(-(10**15), 10**15),
    st.decimals(-200, 200, places=2).map(lambda number: number.normalize() + 0),
    st.decimals(-(10**14), 10**14, places=3),
)
VALUES = st.one_of(NUMBERS, st.sampled_from(["closed", "not_reported", None, "många", ""]))
RECORDS = st.fixed_dictionaries(
    {
        "period": st.sampled_from(["2018-01", "2018-03", "2018-07-01", "2018-02-30", "2018", "", "2018-13", None]),
        "region": st.sampled_from(["01", "12", "99", "77", "", None]),
        "avdelning": st.one_of(
            st.sampled_from(["ab", "abc", "abcdef", "å1", None, "", "a\u0007b"]), st.text("ab1-", max_size=6)
        ),
        "dag": st.sampled_from(["2018-01-01", "2018-02-29", "i går", None, "2018-1-1"]),
        "antal": VALUES,
        "medel": VALUES,
        "andel": st.one_of(NUMBERS, st.sampled_from([None, "", "x"])),
    }
)


def cell(value: object) -> str | None:
    """A value as a Swedish file writes it."""
    if value is None:
        return None
    if isinstance(value, int | Decimal):
        text = format(Decimal(value), "f")
        sign, digits = ("−", text[1:]) if text.startswith("-") else ("", text)
        whole, point, fraction = digits.partition(".")
        return f"{sign}{int(whole):,}".replace(",", "\u00a0") + ("," + fraction if point else "")
    return str(value)


def told(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.params, tuple(finding.places)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(RECORDS, min_size=1, max_size=6),
    st.sampled_from([None, Decimal(0), Decimal(-3)]),
    st.sampled_from([None, Decimal(100), Decimal("99.5")]),
    st.integers(1, 3),
    st.booleans(),
    st.sampled_from([None, "[a-z]{1,3}", "[a-z0-9-]{2,4}"]),
    st.sampled_from([None, "01"]),
)
def test_records_and_columns_agree(records, minimum, maximum, decimals, required, pattern, region):
    loaded = model(minimum, maximum, decimals, required, pattern)
    conformance = Conformance(loaded)
    frame = pl.DataFrame(
        {name: [cell(record[name]) for record in records] for name in records[0]},
        schema=dict.fromkeys(records[0], pl.String),
    )
    by_row: dict[int, set[tuple[str, str]]] = {row: set() for row in range(1, len(records) + 1)}
    checked = check(loaded, frame, region=region)
    with whole_columns():
        as_many = check(loaded, frame, region=region)
    assert [told(one) for one in checked.findings] == [told(one) for one in as_many.findings]
    assert checked.checks_run == as_many.checks_run and checked.checks_not_run == as_many.checks_not_run
    assert checked.frame.equals(as_many.frame)
    assert checked.frame.schema == as_many.frame.schema
    for finding in checked.findings:
        for place in finding.places:
            if finding.code != "ROW-008":  # about several rows, so no record can show it
                by_row[place.row].add((finding.code, str(finding.params.get("rule", place.field))))
    for row, record in enumerate(records, start=1):
        stated = {
            name: value for name, value in record.items() if value not in (None, "") or name in ("period", "antal")
        }
        expected = {
            (finding.code, str(finding.params.get("rule", finding.places[0].field)))
            for finding in conformance.check(stated, region=region)
        }
        assert by_row[row] == expected, record


def ward_model() -> LoadedModel:
    elements = (
        Element("ar", T, T, Role.DIMENSION, ElementType.PERIOD, period_kinds=(PeriodKind.YEAR,)),
        Element("avdelning", T, T, Role.DIMENSION, ElementType.TEXT, max_length=40),
        Element("antal", T, T, Role.VALUE, ElementType.INTEGER),
    )
    return LoadedModel(Model("m", T, T, elements, ("ar", "avdelning"), "ar", None), {})


@pytest.mark.parametrize("ward", [*TOTAL, "SUMMA", " Summa  totalt ", "Hela\u00a0regionen", "Sum"])
def test_no_road_takes_a_row_that_sums_others_for_a_ward(ward):
    loaded = ward_model()
    rows = pl.DataFrame({"ar": ["2018", "2018"], "avdelning": ["A", ward], "antal": ["1", "1"]})
    assert check(loaded, rows).frame.height == 1
    record = {"ar": "2018", "avdelning": ward, "antal": 1}
    assert [finding.code for finding in Conformance(loaded).check(record)] == ["SUM-003"]
    assert not Draft202012Validator(schema(loaded)).is_valid([record])
    assert Draft202012Validator(schema(loaded)).is_valid([{**record, "avdelning": "Summavägen"}])


@pytest.mark.parametrize(
    ("year", "is_one"),
    [("2018", True), ("0000", False), ("1000", True), ("0100", True), ("2018-01-01", False), ("0001", True)],
)
def test_no_road_takes_what_is_no_year_for_one(year, is_one):
    loaded = ward_model()
    record = {"ar": year, "avdelning": "A", "antal": 1}
    rows = pl.DataFrame({"ar": [year], "avdelning": ["A"], "antal": ["1"]})
    assert Draft202012Validator(schema(loaded)).is_valid([record]) is is_one
    assert (Conformance(loaded).check(record) == ()) is is_one
    assert (check(loaded, rows).findings == ()) is is_one
    file = f"ar;avdelning;antal\r\n{year};A;1\r\n".encode()
    _, assessment = check_file(loaded, "a.csv", file)
    assert (assessment.findings == ()) is is_one
