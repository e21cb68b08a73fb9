"""The same rows as a file and as JSON get the same verdict in each cell: no road to the registry is more lenient than another."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from information_models.formats.json_schema import schema
from information_models.starter.loading import starter_model
from registry.findings import Severity
from submission_portal.deliveries.assessment.assess import assess
from submission_portal.deliveries.reading.expectations import expected_of
from submission_portal.deliveries.reading.reader import read
from tests.record_conformance import Conformance, read_records

DAILY = starter_model("dagliga-vardplatser-per-avdelning")
CONFORMANCE, VALIDATOR, EXPECTED = Conformance(DAILY), Draft202012Validator(schema(DAILY)), expected_of(DAILY)
NAMES = [element.name for element in DAILY.model.elements]
VALUES = [element.name for element in DAILY.model.values]
HOSPITALS = ["65014", "65016"]
STOPPING = (Severity.ERROR, Severity.QUESTION)

NUMBERS = st.one_of(
    st.integers(-3, 60), st.sampled_from([10**9, 10**14, Decimal("2.5"), Decimal("-0.5"), "closed", "not_reported", ""])
)
RECORDS = st.fixed_dictionaries(
    {
        "dag": st.sampled_from(
            ["2026-10-01", "2026-10-02", "2026-02-30", "2026-10", "2026", "2026-W40", "0000-01-01", "i går", ""]
        ),
        "sjukhus": st.sampled_from([*HOSPITALS, "99999", ""]),
        "avdelning": st.sampled_from(
            [
                "Medicin",
                "Total ortopedi",
                "Summa",
                "TOTALT",
                "Slutsumma",
                "Alla avdelningar",
                "Summan",
                "Å" * 300,
                "stängd",
                "",
            ]
        ),
        **dict.fromkeys(VALUES, NUMBERS),
    }
).map(lambda record: adds_up_to_nothing(record))


CALLED_SUM = "Total ortopedi"


def adds_up_to_nothing(record: dict) -> dict:
    """A ward that is called a sum, with more beds than all the others in a file have."""
    return record | ({VALUES[0]: 1009} if record["avdelning"] == CALLED_SUM else {})


def between_clean(records) -> list[dict]:
    """The records after two of one ward, so that no column looks as if each name stood once above its rows: that is asked of the
    whole column (STR-039) before any cell is judged."""
    ward = clean(0)
    return [ward, ward | {"dag": "2026-10-04"}, *records, clean(1)]


def clean(at: int) -> dict:
    ward = {"dag": "2026-10-03", "sjukhus": HOSPITALS[0], "avdelning": f"Avd {at}"}
    return ward | dict.fromkeys(VALUES, 7 + 11 * at)


def written(value) -> str:
    """A value as a Swedish file writes it."""
    return {"closed": "stängd", "not_reported": "ej rapporterat"}.get(str(value), str(value).replace(".", ","))


def verdicts_of_file(records) -> dict[int, set[tuple[str, str]]]:
    """By record what stops it, cell by cell; a row that is set aside as a sum is refused as one."""
    lines = [";".join(NAMES), *(";".join(written(record[name]) for name in NAMES) for record in records)]
    reading = read("\r\n".join([*lines, ""]).encode(), "okt.csv", EXPECTED)
    found = assess(DAILY, reading.frame, reading_findings=reading.findings, letters=reading.letters)
    by_record: dict[int, set[tuple[str, str]]] = {at: set() for at in range(len(records))}
    for finding in found.findings:
        for place in finding.places:
            if finding.severity in STOPPING and place.row is not None and place.field:
                by_record[place.row - 2].add((same_code(finding.code), place.field))
    for row in reading.preview.sum_rows:
        by_record[row - 2] = {("sum", "avdelning")}
    assert not reading.preview.note_rows and reading.preview.data_rows + len(reading.preview.sum_rows) == len(records)
    return by_record


def verdicts_of_json(records) -> dict[int, set[tuple[str, str]]]:
    text = json.dumps([{name: as_json(value) for name, value in record.items()} for record in records])
    return {
        at: {
            (same_code(finding.code), finding.places[0].field or "")
            for finding in CONFORMANCE.check(record)
            if finding.severity in STOPPING
        }
        for at, record in enumerate(read_records(text))
    }


def as_json(value):
    return float(value) if isinstance(value, Decimal) else value


def same_code(code: str) -> str:
    """A period that is told as what it looks like is still no period."""
    return {"SUM-003": "sum", "STR-030": "ROW-007"}.get(code, code)


def assert_same(records) -> None:
    records = between_clean(records)
    by_file, by_json = verdicts_of_file(records), verdicts_of_json(records)
    for at, record in enumerate(records):
        told = by_json[at]
        is_without_key = any(field in ("dag", "sjukhus") for _code, field in told)
        if ("sum", "avdelning") in told or (is_without_key and record["avdelning"] == CALLED_SUM):
            told = {("sum", "avdelning")}  # set aside: what else is in its row is nobody's figure
        assert by_file[at] == told, record


@settings(max_examples=25, deadline=None)
@given(st.lists(RECORDS, min_size=4, max_size=8))
def test_each_cell_gets_the_same_verdict_in_a_file_and_as_json(records):
    assert_same(records)


@pytest.mark.soak
@settings(max_examples=1_000, deadline=None)
@given(st.lists(RECORDS, min_size=1, max_size=12))
def test_each_cell_of_very_many_gets_the_same_verdict(records):
    assert_same(records)


@settings(max_examples=10, deadline=None)
@given(st.lists(RECORDS, min_size=4, max_size=8))
def test_what_the_json_schema_refuses_is_refused_in_the_file(records):
    """The schema alone says less than `conformance` (no calendar, no rules), but nothing that a file gets past."""
    records = between_clean(records)
    instances = [{name: as_json(value) for name, value in record.items()} for record in records]
    refused = {
        (int(error.path[0]), str(error.path[1])) for error in VALIDATOR.iter_errors(instances) if len(error.path) > 1
    }
    by_file = verdicts_of_file(records)
    for at, field in refused:
        assert ("sum", "avdelning") in by_file[at] or field in {name for _code, name in by_file[at]}
