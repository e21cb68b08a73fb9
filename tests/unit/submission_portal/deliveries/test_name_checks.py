"""Names that senders give to units: sums under another name, and names that are garbled."""

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from information_models.starter.loading import starter_model
from information_models.typed_rows import TypedRows
from submission_portal.deliveries.assessment.assess import assess
from submission_portal.deliveries.assessment.case import Case
from submission_portal.deliveries.assessment.name_checks import NAMES
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.reading.expectations import expected_of
from submission_portal.deliveries.reading.older_encodings import ungarbled
from submission_portal.deliveries.reading.reader import read
from tests.factories.delivery_files import csv_lines

pytestmark = pytest.mark.usefixtures("either_way")

DAILY = starter_model("dagliga-vardplatser-per-avdelning")
HEAD = "Dag;Sjukhus;Avdelning;Disponibla vårdplatser;Belagda vårdplatser;Överbeläggningar;Utlokaliserade patienter"


def told(*rows, code):
    reading = read(csv_lines(HEAD, *rows), "okt.csv", expected_of(DAILY))
    found = assess(DAILY, reading.frame, reading_findings=reading.findings, letters=reading.letters)
    return next((finding for finding in found.findings if finding.code == code), None)


def row(ward, *figures, day=1):
    return ";".join([f"2026-10-{day:02}", "65016", ward, *map(str, figures)])


WARDS = (row("Medicin", 20, 18, 1, 0), row("Kirurgi", 21, 19, 1, 2))


@pytest.mark.parametrize("name", ["Hela sjukhuset", "Alla", "Sunderby sjukhus", "SoS"])
def test_a_sum_under_another_name_is_asked_about(name):
    found = told(*WARDS, row(name, 41, 37, 2, 2), code="STR-031")
    assert [(place.row, place.column, place.value) for place in found.places] == [(4, "C", name)]
    assert FINDINGS.read(found, "sv").title == "En rad verkar vara en summa av de andra: Avdelning"


@pytest.mark.parametrize(
    "figures", [(42, 37, 2, 2), (41, 37, 2, 1), (0, 0, 0, 0)], ids=["more beds", "fewer outplaced", "nothing"]
)
def test_a_ward_that_is_no_sum_is_left_alone(figures):
    assert told(*WARDS, row("Geriatrik", *figures), code="STR-031") is None


def test_two_wards_that_are_alike_sum_nothing():
    assert told(row("Medicin", 20, 18, 1, 3), row("Kirurgi", 20, 18, 1, 3), code="STR-031") is None


def test_few_figures_may_add_up_by_chance():
    assert told(row("A", 1, 2, 0, 0), row("B", 2, 1, 0, 0), row("C", 3, 3, 0, 0), code="STR-031") is None


def test_a_ward_that_is_a_sum_on_one_day_of_several_is_left_alone():
    others = [row(ward, 20, 18, 1, 2, day=2) for ward in ("Medicin", "Kirurgi", "Geriatrik")]
    assert told(*WARDS, row("Geriatrik", 41, 37, 2, 2), *others, code="STR-031") is None


@settings(max_examples=8, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(30, 60), st.integers(10, 29), st.integers(1, 9), st.integers(1, 9)),
        min_size=2,
        max_size=6,
    ),
    st.integers(1, 5),
)
def test_every_sum_of_at_least_two_wards_is_found(figures, days):
    rows = [row(f"Avd {at}", *each, day=day) for day in range(1, days + 1) for at, each in enumerate(figures)]
    sums = [row("Hela", *map(sum, zip(*figures, strict=True)), day=day) for day in range(1, days + 1)]
    assert told(*rows, *sums, code="STR-031").places[0].value == "Hela"


@pytest.mark.parametrize(
    ("written", "meant"), [("Ã–ron", "Öron"), ("N&auml", "Nä"), ("KÃ¤rl och thorax", "Kärl och thorax")]
)
def test_a_garbled_name_is_told_with_what_it_was_meant_to_be(written, meant):
    found = told(row(written, 20, 18, 1, 0), row("Medicin", 21, 19, 1, 0), code="STR-032")
    assert (found.params["written"], found.params["meant"], len(found.places)) == (written, meant, 1)


@pytest.mark.parametrize("name", ["Öron, näsa, hals", "R&D", "Ångström", "Müller–Næss", "É", "Avd 1", "”Medicin”"])
def test_a_name_as_people_write_it_is_not_garbled(name):
    assert ungarbled(name) is None


@pytest.mark.parametrize("names", [("Medicin", "MEDICIN"), ("Avd  1", "Avd 1"), ("Avd 1", "Avd-1")])
def test_names_that_differ_by_case_spaces_or_hyphens_alone_are_asked_about(names):
    first, second = names
    others = row("Kirurgi", 3, 1, 0, 0), row("Avd 12", 3, 1, 0, 0)
    found = told(row(first, 20, 18, 1, 0), row(second, 21, 18, 1, 0, day=2), *others, code="STR-033")
    assert sorted(place.value for place in found.places) == sorted(names)


def test_the_same_name_at_two_hospitals_in_two_ways_is_left_alone():
    elsewhere = row("MEDICIN", 21, 18, 1, 0).replace("65016", "65014")
    assert told(row("Medicin", 20, 18, 1, 0), elsewhere, code="STR-033") is None


@pytest.mark.parametrize("name", ["Medel", "Medelvärde", "Genomsnitt per dag", "Average", "max"])
def test_a_row_that_is_called_a_mean_is_asked_about(name):
    assert [place.value for place in told(*WARDS, row(name, 20, 18, 1, 1), code="STR-034").places] == [name]


@pytest.mark.parametrize("name", ["Medelhav", "Maxillofacial", "Minnesmottagning", "Snittkirurgi", "Medicin"])
def test_a_ward_whose_name_begins_like_that_is_left_alone(name):
    assert told(*WARDS, row(name, 20, 18, 1, 1), code="STR-034") is None


def checked(loaded, **columns):
    """What the checks of names find in typed rows that have these columns alone."""
    count = len(next(iter(columns.values())))
    frame = pl.DataFrame(
        {**columns, "__row": range(2, count + 2), "__sheet": pl.Series([None] * count, dtype=pl.String)}
    )
    case = Case(loaded, TypedRows.of(frame))
    return [finding.code for check in NAMES for finding in check.run(case)]


WHOLE = {
    "dag": [f"2026-10-0{day}" for day in (1, 2, 3) for _ in range(3)],
    "sjukhus": ["65016"] * 9,
    "avdelning": ["A1", "a1", "Ã–ron"] * 3,
    "disponibla": [20, 21, 41, 20, 21, 41, 19, 21, 40],
}
OTHERS = ["STR-032", "STR-033"]


def test_sums_are_looked_for_where_the_whole_key_and_a_figure_are_in_the_file():
    assert checked(DAILY, **WHOLE) == ["STR-031", *OTHERS]
    assert checked(DAILY, **{**WHOLE, "disponibla": [20, 21, 40] * 3}) == OTHERS
    for missing, expected in (("avdelning", []), ("sjukhus", OTHERS), ("dag", OTHERS), ("disponibla", OTHERS)):
        assert checked(DAILY, **{name: cells for name, cells in WHOLE.items() if name != missing}) == expected, missing
    alone = replace(DAILY, model=replace(DAILY.model, key=("avdelning",)))
    assert checked(alone, **WHOLE) == OTHERS, "nothing tells sums apart"


def test_what_does_not_add_up_is_not_asked_to():
    rate = replace(DAILY.model.element("belagda"), additive=False)
    elements = tuple(rate if each.name == rate.name else each for each in DAILY.model.elements)
    of_rates = replace(DAILY, model=replace(DAILY.model, elements=elements))
    assert checked(of_rates, **WHOLE, belagda=[1, 1, 1] * 3) == ["STR-031", *OTHERS]
    assert checked(DAILY, **WHOLE, belagda=[1, 1, 1] * 3) == OTHERS


def test_empty_cells_are_no_figures_of_a_sum():
    two_days = {name: cells[:6] for name, cells in WHOLE.items()}
    empty = pl.Series([None] * 9, dtype=pl.Int64)
    assert checked(DAILY, **two_days, belagda=empty[:6], overbelaggningar=[0] * 6) == OTHERS
    assert checked(DAILY, **WHOLE, belagda=empty) == ["STR-031", *OTHERS]


def test_two_rows_that_are_alike_are_no_day_on_which_a_name_is_a_sum():
    rows = {name: [*cells, *cells[:1], *cells[2:3]] for name, cells in WHOLE.items()}
    rows |= {"dag": [*WHOLE["dag"], "2026-10-04", "2026-10-04"], "disponibla": [*WHOLE["disponibla"], 20, 20]}
    assert checked(DAILY, **rows) == OTHERS
