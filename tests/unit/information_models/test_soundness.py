"""Models that nobody could deliver under, or that mean nothing, are refused; what is published already is checked as before."""

import copy
from dataclasses import replace

import polars as pl
import pytest

from information_models import columns, definitions, kinds, soundness
from information_models.code_lists import Code, CodeList
from information_models.definitions import LoadedModel
from information_models.starter.loading import model_contents, starter_model
from information_models.starter.shipped_code_lists import starter_code_list
from registry.findings import Text

DAILY, MONTHLY = "dagliga-vardplatser-per-avdelning", "manadsuppgifter-per-sjukhus"
T = Text("x", "x")


def changed(change, slug=DAILY):
    content = copy.deepcopy(model_contents()[slug])
    change(content)
    return content


def rule(expression, severity="warning"):
    text = {"sv": "x", "en": "x"}
    return {"id": "ny", "severity": severity, "expression": expression, "text": text, "reason": text}


def with_rule(expression):
    return lambda content: content["rules"].append(rule(expression))


def without_values(content):
    for element in content["elements"]:
        if element["role"] == "value":
            element["role"] = "attribute"


FAULTY = {
    "a label that is another's name": (lambda m: m["elements"][3]["label"].update(sv="Belagda"), ["MOD-021"]),
    "an alias that differs by marks": (lambda m: m["elements"][3]["aliases"].append("DAG:"), ["MOD-021"]),
    "a label in the other language": (lambda m: m["elements"][4]["label"].update(en="disponibla"), ["MOD-021"]),
    "no period in the key": (lambda m: m.update(key=["sjukhus", "avdelning"]), ["MOD-023"]),
    "no value": (without_values, ["MOD-024"]),
    "a rule within the bounds": (with_rule("disponibla >= 0"), ["MOD-025"]),
    "a rule that says itself": (with_rule("belagda <= belagda"), ["MOD-025"]),
    "a rule of numbers alone": (with_rule("1 = 1"), ["MOD-025"]),
    "a rule that contradicts itself": (with_rule("belagda > disponibla and belagda < disponibla"), ["MOD-026"]),
    "a rule beyond the bounds": (with_rule("disponibla > 100000"), ["MOD-026"]),
    "a day that is none": (with_rule("dag <> '2024-02-30'"), ["MOD-027"]),
    "a period of another kind": (with_rule("not (dag = '2024-02') or belagda > 0"), ["MOD-027"]),
    "a name of the checks": (lambda m: m["elements"].append({**m["elements"][3], "name": "belagda__status", "label": {"sv": "Ny", "en": "New"}, "aliases": []}), ["MOD-028"]),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTY)
def test_a_model_that_means_nothing_is_not_sent_to_review(name):
    change, codes = FAULTY[name]
    content = changed(change)
    found = [one for one in kinds.parse_model(content)[1] if one.code != "MOD-014" and one.code != "MOD-015"]
    assert [one.code for one in found] == codes
    assert all(one.places for one in found)
    # As published content it is read and checked as it was.
    assert definitions.problems(content) == ()
    loaded = LoadedModel(definitions.read(content), starter_model(DAILY).code_lists)
    row = {"dag": "2024-05-01", "sjukhus": "65016", "avdelning": "A", **{one.name: "1" for one in loaded.model.values}}
    assert columns.check(loaded, pl.DataFrame([row])).frame.height == 1


@pytest.mark.parametrize(
    "expression",
    [
        "belagda <= disponibla",
        "disponibla > 0",
        "dag <> '2024-02-29'",
        "avdelning = 'A' or belagda > 0",
        "belagda * disponibla < 10",
    ],
)
def test_a_rule_that_may_hold_and_may_be_broken_is_one(expression):
    assert [one.code for one in soundness.problems(definitions.read(changed(with_rule(expression))))] == []


def with_lists(content, **lists):
    model = definitions.read(content)
    regions = starter_code_list("regioner").by_code
    return [
        one.code
        for one in soundness.problems_with_lists(model, {**starter_model(MONTHLY).code_lists, **lists}, regions)
    ]


def test_shipped_models_are_sound():
    for slug, content in model_contents().items():
        loaded = starter_model(slug)
        assert list(soundness.problems(loaded.model)) == []
        assert with_lists(content, **loaded.code_lists) == []


@pytest.mark.parametrize(
    ("expression", "codes"),
    [
        ("vardform = 'psykiatri'", ["MOD-027"]),
        ("vardform in ('somatisk', 'finns-inte') or disponibla > 3", ["MOD-027"]),
        ("vardform = 'somatisk' or disponibla > 3", []),
        ("vardform is not null", ["MOD-025"]),
    ],
)
def test_a_rule_names_codes_that_its_element_has(expression, codes):
    forms = starter_code_list("vardform")
    first = forms.codes[0].code
    content = changed(with_rule(expression.replace("somatisk", first)), MONTHLY)
    found = with_lists(content)
    found += [one.code for one in soundness.problems(definitions.read(content))]
    assert found == codes


def test_a_list_of_no_places_is_no_region():
    def by_care_form(content):
        content["region_element"] = "vardform"

    assert with_lists(changed(by_care_form, MONTHLY)) == ["MOD-022"]
    wards = CodeList("avdelningar", T, T, (Code("A1", T, parent="65016"),), parent_list="sjukhus")
    assert with_lists(
        changed(lambda m: m["elements"][1].update(code_list="avdelningar"), MONTHLY), avdelningar=wards
    ) == ["MOD-022"]
    in_region = replace(wards, codes=(Code("A1", T, parent="25"), Code("A2", T)), parent_list="regioner")
    assert (
        with_lists(changed(lambda m: m["elements"][1].update(code_list="avdelningar"), MONTHLY), avdelningar=in_region)
        == []
    )
