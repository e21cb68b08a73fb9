"""Which part of a period a file is, and which kinds of periods a line takes."""

import polars as pl
import pytest

from information_models.starter.loading import starter_model
from registry.period import PeriodKind
from submission_portal.deliveries.parts import NAMED, WHOLE, judged, of_part, unlike_periods
from submission_portal.flows.content import Parts

BEDS = starter_model("faststallda-vardplatser-per-sjukhus")
RATES = starter_model("publicerade-kvoter")
HOSPITALS = BEDS.code_list(BEDS.model.element("sjukhus"))
KALIX, PITEA, SUNDERBY = (
    HOSPITALS.resolve(name).code for name in ("Kalix sjukhus", "Piteå sjukhus", "Sunderby sjukhus")
)
DIVIDED = Parts("sjukhus", (KALIX, PITEA))


def rows(*names: str | None) -> pl.DataFrame:
    return pl.DataFrame(
        {"__row": range(2, 2 + len(names)), "__sheet": [None] * len(names), "sjukhus": names},
        schema={"__row": pl.Int64, "__sheet": pl.String, "sjukhus": pl.String},
    )


def codes(found) -> list[str]:
    return [one.code for one in found.findings]


@pytest.mark.parametrize("text", [KALIX, "Kalix sjukhus", "  KALIX  sjukhus "])
def test_a_part_is_known_by_its_code_or_any_name_of_it(text):
    assert judged(BEDS, DIVIDED, rows(text, "Kalix sjukhus")) == judged(BEDS, DIVIDED, rows(KALIX))
    assert judged(BEDS, DIVIDED, rows(text)).part == KALIX


def test_a_line_that_is_delivered_whole_has_no_parts():
    assert judged(BEDS, None, rows(KALIX, PITEA)) == judged(BEDS, None, None)
    assert judged(BEDS, None, rows(KALIX)).part == WHOLE


def test_several_parts_are_told_with_the_first_row_of_each():
    found = judged(BEDS, DIVIDED, rows(KALIX, KALIX, PITEA))
    assert (found.part, codes(found)) == (None, ["DEL-031"])
    assert [place.row for place in found.findings[0].places] == [2, 4]


def test_so_many_parts_are_named_and_the_rest_counted():
    every = [code.code for code in HOSPITALS.codes[: NAMED + 2]]
    named = judged(BEDS, DIVIDED, rows(*every)).findings[0].params["found"]
    assert named.sv.endswith("och 2 till") and named.en.endswith("and 2 more")
    assert "till" not in judged(BEDS, DIVIDED, rows(*every[:NAMED])).findings[0].params["found"].sv.split()


def test_a_part_that_the_line_does_not_have():
    found = judged(BEDS, DIVIDED, rows(SUNDERBY))
    assert (found.part, codes(found)) == (None, ["DEL-032"])
    assert found.findings[0].params["parts"].sv == "Kalix sjukhus, Piteå sjukhus"


@pytest.mark.parametrize("names", [(), (None,), ("Månsjukhuset",)])
def test_rows_that_name_no_part_settle_none_and_are_told_by_their_own_checks(names):
    found = judged(BEDS, DIVIDED, rows(*names))
    assert (found.part, found.findings) == (None, ())


def test_rows_that_could_not_be_read_settle_no_part():
    assert judged(BEDS, DIVIDED, None).part is None
    assert judged(BEDS, DIVIDED, rows(KALIX).drop("sjukhus")).part is None


def test_a_part_that_was_stated_is_held_against_every_row():
    assert judged(BEDS, DIVIDED, rows(KALIX), stated=KALIX).part == KALIX
    found = judged(BEDS, DIVIDED, rows(KALIX, PITEA), stated=KALIX)
    assert codes(found) == ["DEL-033"]
    assert [place.row for place in found.findings[0].places] == [3], "the row that is of another part"


def test_what_is_corrected_says_which_part_it_is():
    assert judged(BEDS, DIVIDED, rows(KALIX), corrected=KALIX).part == KALIX
    other = judged(BEDS, DIVIDED, rows(PITEA), corrected=KALIX, stated=PITEA)
    assert (other.part, codes(other)) == (KALIX, ["DEL-034"])


def test_what_corrects_a_whole_period_is_of_the_whole():
    assert judged(BEDS, DIVIDED, rows(KALIX, SUNDERBY), corrected=WHOLE) == judged(BEDS, None, None)


def test_a_part_that_the_line_has_no_more_may_still_be_corrected():
    assert judged(BEDS, DIVIDED, rows(SUNDERBY), corrected=SUNDERBY).part == SUNDERBY
    assert judged(BEDS, None, rows(SUNDERBY), corrected=SUNDERBY).part == SUNDERBY


@pytest.mark.parametrize(
    ("kinds", "found"),
    [
        ((), ()),
        ((PeriodKind.MONTH,), ("DEL-035",)),
        ((PeriodKind.MONTH, PeriodKind.HALF_YEAR), ()),
    ],
)
def test_periods_of_other_kinds_than_the_lines(kinds, found):
    frame = pl.DataFrame({"__row": [2, 3, 4], "__sheet": ["Blad"] * 3, "period": ["2016-H1", "2018-03", "2018-04"]})
    told = unlike_periods(RATES, kinds, frame)
    assert tuple(one.code for one in told) == found
    assert [place.row for one in told for place in one.places] == ([2] if found else [])


def test_the_rows_of_a_part_are_taken_out_of_a_whole_period():
    frame = pl.DataFrame({"sjukhus": [KALIX, PITEA], "antal": [1, 2]})
    assert of_part(frame, DIVIDED, KALIX)["antal"].to_list() == [1]
    assert of_part(frame, DIVIDED, None) is frame and of_part(frame, None, KALIX) is frame
    assert of_part(frame.drop("sjukhus"), DIVIDED, KALIX) is None
