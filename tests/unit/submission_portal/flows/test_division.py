"""What a line's deliveries may be divided by."""

import pytest

from information_models.starter.loading import starter_model
from registry.period import PeriodKind
from submission_portal.flows.content import Parts, read
from submission_portal.flows.division import as_codes, dividing_elements, part_label, unfitting

BEDS = starter_model("faststallda-vardplatser-per-sjukhus")
MONTHLY = starter_model("manadsuppgifter-per-sjukhus")
HOSPITALS = BEDS.code_list(BEDS.model.element("sjukhus"))
KALIX = HOSPITALS.resolve("Kalix sjukhus").code
SKANE = next(code.code for code in HOSPITALS.codes if code.parent == "12")
LINE = {
    "content_schema": "line/1",
    "title": {"sv": "Linje", "en": "Line"},
    "discloser": "a",
    "recipient": "b",
    "model": "m",
    "model_version": "f" * 64,
    "parts": None,
    "periodicity": [],
    "channels": ["file"],
    "valid_from": "2026-01-01",
    "valid_to": "2026-12-31",
    "automatic": True,
    "provenance": "own",
}


def line(element="sjukhus", codes=(KALIX,), periodicity=()):
    return read({**LINE, "parts": {"element": element, "codes": list(codes)}, "periodicity": list(periodicity)})


def found(stated, region="25", loaded=BEDS) -> list[str]:
    return [one.code for one in unfitting(stated, loaded, region)]


def test_a_period_is_divided_by_what_rows_are_told_apart_by_with_a_code_list():
    assert [one.name for one in dividing_elements(BEDS)] == ["sjukhus"]
    assert [one.name for one in dividing_elements(MONTHLY)] == ["sjukhus", "vardform"]


def test_parts_are_kept_by_their_codes_each_once():
    parts = as_codes(BEDS, Parts("sjukhus", ("kalix sjukhus", KALIX, "Månsjukhuset")), "25")
    assert parts == Parts("sjukhus", (KALIX, "Månsjukhuset")), "what is not known stays as it was written"


def test_parts_that_are_not_named_are_those_of_the_region():
    codes = as_codes(BEDS, Parts("sjukhus", ()), "25").codes
    assert KALIX in codes and SKANE not in codes
    assert as_codes(BEDS, Parts("sjukhus", ()), None).codes == ()


def test_what_the_model_cannot_be_divided_by_keeps_what_was_written():
    assert as_codes(BEDS, Parts("dag", ("x",)), "25") == Parts("dag", ("x",))


@pytest.mark.parametrize(
    ("stated", "region", "codes"),
    [
        (line(), "25", []),
        (line(element="dag"), "25", ["FLOW-013"]),
        (line(element="finns-inte"), "25", ["FLOW-013"]),
        (line(codes=("Månsjukhuset",)), "25", ["FLOW-014"]),
        (line(codes=(SKANE,)), "25", ["FLOW-014"]),
        (line(codes=(SKANE,)), None, []),
        (line(periodicity=(PeriodKind.DAY,)), "25", []),
        (line(periodicity=(PeriodKind.WEEK,)), "25", ["FLOW-015"]),
        (read(LINE), "25", []),
    ],
)
def test_what_does_not_fit_the_model(stated, region, codes):
    assert found(stated, region) == codes


def test_a_part_is_called_as_the_code_list_says():
    assert part_label(BEDS, Parts("sjukhus", (KALIX,)), KALIX).sv == "Kalix sjukhus"
    assert part_label(BEDS, Parts("sjukhus", ("x",)), "x").sv == "x"
    assert part_label(BEDS, Parts("dag", ("x",)), "x").sv == "x"
