"""Code lists, models and measures as content: what ships is right, and what is wrong is said."""

import copy
import dataclasses

import polars as pl
import pytest

from information_models import code_lists, definitions, measures
from information_models.columns import check
from information_models.finding_texts.all import FINDINGS
from information_models.formats import model_file
from information_models.outlines import of_code_list, of_measure, of_model
from information_models.patterns import is_pattern
from information_models.starter.loading import measure_contents, model_contents, starter_model
from information_models.starter.shipped_code_lists import code_list_contents, starter_code_list
from registry.content.canonical import canonical
from registry.findings import Severity
from registry.period import Period
from tests.record_conformance import Conformance

MODELS = sorted(model_contents())


def model_content():
    return copy.deepcopy(model_contents()["dagliga-vardplatser-per-avdelning"])


def codes_of(found):
    return [finding.code for finding in found]


@pytest.mark.parametrize("slug", sorted(code_list_contents()))
def test_every_code_list_that_ships_is_right_and_reads_back_the_same(slug):
    content = code_list_contents()[slug]
    assert code_lists.problems(content) == ()
    assert canonical(code_lists.read(content).content()) == canonical(content)
    assert of_code_list(content)


@pytest.mark.parametrize("slug", MODELS)
def test_every_model_that_ships_is_right_and_reads_back_the_same(slug):
    content = model_contents()[slug]
    assert definitions.problems(content) == ()
    assert canonical(definitions.read(content).content()) == canonical(content)
    assert of_model(content)
    assert definitions.missing_code_lists(starter_model(slug).model, tuple(starter_model(slug).code_lists)) == ()


@pytest.mark.parametrize("slug", sorted(measure_contents()))
def test_every_measure_that_ships_agrees_with_its_model(slug):
    content = measure_contents()[slug]
    assert measures.problems(content, starter_model(content["model"]).model) == ()
    assert canonical(measures.read(content).content()) == canonical(content)
    assert of_measure(content)


def test_beds_are_not_persons_and_patients_are():
    concerned = {slug: {e.name for e in starter_model(slug).model.elements if e.concerns_persons} for slug in MODELS}
    assert concerned == {
        "dagliga-vardplatser-per-avdelning": {"belagda", "overbelaggningar", "utlokaliserade"},
        "disponibla-vardplatser-per-region-ar": set(),
        "faststallda-vardplatser-per-sjukhus": set(),
        "manadsuppgifter-per-sjukhus": {"overbelaggningar", "utlokaliserade"},
        "publicerade-kvoter": {"varde"},
    }


def test_headings_of_one_model_mean_one_element_each():
    for slug in MODELS:
        seen: dict[str, str] = {}
        for element in starter_model(slug).model.elements:
            for heading in {code_lists.folded(heading) for heading in element.headings()}:
                assert seen.setdefault(heading, element.name) == element.name, (slug, heading)


def test_there_are_21_regions_and_every_hospital_lies_in_one():
    regions = starter_code_list("regioner")
    assert len(regions.real) == 21
    assert all(code.parent in regions.by_code for code in starter_code_list("sjukhus").codes)
    assert all(code.local == code.code.startswith("L") for code in starter_code_list("sjukhus").real)


def test_a_code_is_valid_in_a_period_that_it_touches():
    west = starter_code_list("regioner").by_code["14"]
    assert not west.is_valid(Period.parse("1997"))
    assert west.is_valid(Period.parse("1998-01-01"))
    assert west.is_valid(Period.parse("1997-W52")) is False
    assert starter_code_list("regioner").resolve(" västra  götaland ").code == "14"


def test_a_published_total_is_two_more_than_the_sum_of_the_regions():
    [total] = measures.read(measure_contents()["disponibla-vardplatser"]).known_totals
    assert (total.period, int(total.value)) == ("2015", 23_883 + 2)


def test_rates_are_never_summed_and_the_two_series_are_not_joined():
    half, month = (
        measures.read(measure_contents()[s]) for s in ("overbelaggningar-per-100", "overbelaggningar-per-100-manad")
    )
    assert not half.is_summed and half.country is measures.Country.PUBLISHED
    assert half.not_joined[0].measure == month.slug and month.not_joined[0].measure == half.slug
    assert half.concerns_persons and not half.needs_protection


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda m: m.pop("key"), "MOD-001"),
        (lambda m: m.update(okant=1), "MOD-001"),
        (lambda m: m["elements"][0].update(type="ordinal"), "MOD-001"),
        (lambda m: m["elements"].append(m["elements"][3]), "MOD-002"),
        (lambda m: m["elements"][1].update(code_list=None), "MOD-003"),
        (lambda m: m["elements"][0].update(period_kinds=[]), "MOD-004"),
        (lambda m: (m["elements"][3].update(type="text"), m["rules"].clear()), "MOD-005"),
        (lambda m: m["elements"][3].update(decimals=1), "MOD-006"),
        (lambda m: m["elements"][3].update(minimum="600"), "MOD-007"),
        (lambda m: m["elements"][3].update(maximum="9999999999999"), "MOD-008"),
        (lambda m: m["elements"][2].update(pattern="(a+)+"), "MOD-009"),
        (lambda m: m.update(key=["dag", "belagda"]), "MOD-010"),
        (lambda m: m.update(period_element="sjukhus"), "MOD-011"),
        (lambda m: m.update(region_element="avdelning"), "MOD-012"),
        (lambda m: m["rules"].append(m["rules"][0]), "MOD-013"),
        (lambda m: m["rules"][0].update(expression="belagda / disponibla < 2"), "RULE-102"),
    ],
)
def test_a_wrong_model_is_told_what_is_wrong(change, code):
    content = model_content()
    change(content)
    assert codes_of(definitions.problems(content)) == [code]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda c: c["codes"].append(c["codes"][0]), "LIST-001"),
        (lambda c: c["codes"][1]["aliases"].append("STOCKHOLM"), "LIST-002"),
        (lambda c: c["codes"][0].update(valid_from="2020-01-01", valid_to="2019-01-01"), "LIST-003"),
        (lambda c: c["codes"][0].update(valid_from="2020-02-30"), "MOD-001"),
        (lambda c: c["codes"][0].update(parent="00"), "LIST-004"),
    ],
)
def test_a_wrong_code_list_is_told_what_is_wrong(change, code):
    content = copy.deepcopy(code_list_contents()["regioner"])
    change(content)
    assert codes_of(code_lists.problems(content)) == [code]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda m: m.update(element="avdelning"), "MEA-001"),
        (lambda m: m.update(element="finns_inte"), "MEA-001"),
        (lambda m: m.update(dimensions=["finns_inte"]), "MEA-001"),
        (lambda m: m.update(dimensions=["belagda"]), "MEA-001"),
        (lambda m: m.update(concerns_persons=False), "MEA-003"),
        (lambda m: m.update(aggregation="as_published", country="sum"), "MEA-002"),
    ],
)
def test_a_measure_that_disagrees_with_its_model_is_told_so(change, code):
    content = copy.deepcopy(measure_contents()["utlokaliserade-patienter"])
    change(content)
    assert codes_of(measures.problems(content, starter_model(content["model"]).model)) == [code]


def test_a_model_file_carries_everything_and_refuses_to_be_changed():
    loaded = starter_model("manadsuppgifter-per-sjukhus")
    data = model_file.write(loaded)
    assert model_file.read(data) == loaded
    [changed] = model_file.read(data.replace(b'"3000"', b'"3001"'))
    assert changed.code == "FMT-002"
    for broken in (b"", b"PK\x03\x04", b"[]", b'{"content_schema": "model/1"}', "å".encode("latin-1")):
        [finding] = model_file.read(broken)
        assert finding.code == "FMT-001"


def test_every_finding_text_can_be_read_in_both_languages():
    catalogue = FINDINGS
    content = model_content()
    content["elements"][3].update(minimum="600", decimals=2)
    content["rules"][0]["expression"] = "okand < 1"
    for finding in definitions.problems(content):
        for language in ("sv", "en"):
            read = catalogue.read(finding, language)
            assert read.title and read.body and read.mend and read.severity is Severity.ERROR


@pytest.mark.parametrize("pattern", ["[A-Z]{2}[0-9]{4,10}", "SE[0-9]{10}-[A-Za-z0-9]{1,18}", "[a-z-]{1,3}"])
def test_the_small_pattern_language_takes_classes_and_counts(pattern):
    assert is_pattern(pattern)


@pytest.mark.parametrize(
    "pattern", ["", "(a)", "a*", "a+", "a|b", ".", r"\d", "^a", "a$", "[z-a]", "[a-Z]", "a{5,2}", "[]", "a" * 101]
)
def test_the_small_pattern_language_takes_nothing_that_engines_differ_on(pattern):
    assert not is_pattern(pattern)


def test_control_characters_and_numbers_that_are_no_integers_have_no_place_in_content():
    for change in (
        lambda m: m["title"].update(sv="a\u0000b"),
        lambda m: m["title"].update(sv="a\ud800"),
        lambda m: m["elements"][3].update(decimals="1.0"),
    ):
        content = model_content()
        change(content)
        assert codes_of(definitions.problems(content)) == ["MOD-001"]


def test_a_thousand_faults_are_told_as_a_hundred_and_that_there_are_more():
    content = model_content()
    content["lockfile"] = ["x" + str(number) for number in range(1000)]
    found = definitions.problems(content)
    assert len(found) == 101 and "fler än 100" in found[-1].params["problem"].sv


def test_a_hospital_that_lies_nowhere_belongs_to_no_region():
    hospitals = starter_code_list("sjukhus")
    stray = dataclasses.replace(
        hospitals, codes=(dataclasses.replace(hospitals.codes[0], parent=None), *hospitals.codes[1:])
    )
    loaded = dataclasses.replace(starter_model("faststallda-vardplatser-per-sjukhus"), code_lists={"sjukhus": stray})
    code = hospitals.codes[0].code
    frame = pl.DataFrame({"dag": ["2018-03-01"], "sjukhus": [code], "faststallda": ["1"], "varav_tekniska": ["0"]})
    assert codes_of(check(loaded, frame, region="01").findings) == ["ROW-009"]
    record = {"dag": "2018-03-01", "sjukhus": code, "faststallda": 1, "varav_tekniska": 0}
    assert codes_of(Conformance(loaded).check(record, region="01")) == ["ROW-009"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda m: m.pop("denominator"), "MEA-005"),
        (lambda m: m.update(denominator=m["element"]), "MEA-006"),
        (lambda m: m.update(aggregation="sum"), "MEA-006"),
        (lambda m: m.update(denominator="sjukhus"), "MEA-001"),
        (lambda m: m.update(denominator="utlokaliserade", concerns_persons=False), "MEA-003"),
    ],
)
def test_a_ratio_needs_a_denominator_of_its_own(change, code):
    content = copy.deepcopy(measure_contents()["overbelaggningar-per-100-sjukhus"])
    change(content)
    assert code in codes_of(measures.problems(content, starter_model(content["model"]).model))
