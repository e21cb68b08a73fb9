"""What a new version of a measure changes, field by field."""

import copy
from dataclasses import fields, replace

import pytest

from information_models import measures
from information_models.changes import Accepted, Semantic
from information_models.measure_changes import compare_measures
from information_models.measures import Aggregation, Country, Measure
from information_models.starter.loading import measure_contents
from registry.findings import Text
from registry.period import PeriodKind

YES, UNKNOWN, NO = Accepted
SAME, EDITORIAL, UNSURE, MEANING = Semantic
MEASURE = replace(
    measures.read(copy.deepcopy(next(iter(measure_contents().values())))), period_kinds=(PeriodKind.MONTH,), decimals=1
)
CHANGES = {
    "slug": ("annat", NO, MEANING),
    "title": (Text("Annat", "Other"), YES, EDITORIAL),
    "description": (Text("Annat.", "Other."), YES, UNSURE),
    "unit": (Text("dygn", "days"), YES, MEANING),
    "model": ("annan", YES, MEANING),
    "element": ("annat", YES, MEANING),
    "period_element": ("annat", YES, MEANING),
    "period_kinds": ((PeriodKind.YEAR,), NO, MEANING),
    "aggregation": (Aggregation.RATIO, YES, MEANING),
    "country": (Country.NONE, NO, MEANING),
    "denominator": ("disponibla", YES, MEANING),
    "per": (1000, YES, MEANING),
    "region_element": ("region", YES, MEANING),
    "dimensions": (("avdelning",), NO, MEANING),
    "where": ({"vardform": "somatik"}, YES, MEANING),
    "decimals": (2, NO, EDITORIAL),
    "concerns_persons": (True, YES, MEANING),
    "already_published": (not MEASURE.already_published, YES, MEANING),
    "concepts": (("annat",), YES, MEANING),
    "concept_versions": (("b" * 64,), YES, MEANING),
    "same_count_as": (({"model": "annan"},), YES, UNSURE),
    "known_totals": (({"period": "2018"},), YES, EDITORIAL),
    "not_joined": (({"measure": "annat"},), YES, UNSURE),
    "notes": ((Text("Obs", "Note"),), YES, UNSURE),
    "source": ({"title": "Annan"}, YES, EDITORIAL),
    "model_version": ("b" * 64, YES, UNSURE),
}


def rated(field, value, **more):
    found = list(compare_measures(MEASURE, replace(MEASURE, **{field: value}), **more))
    return [(one.path, one.backward, one.semantic) for one in found]


@pytest.mark.parametrize("field", CHANGES)
def test_a_change_of_one_field_is_one_difference(field):
    value, backward, semantic = CHANGES[field]
    assert rated(field, value) == [(field, backward, semantic)]


def test_no_field_of_a_measure_changes_unseen():
    """A field that nobody has judged is for people to judge."""
    assert set(CHANGES) == {one.name for one in fields(Measure)}


def test_what_only_widens_goes_on_working():
    [(_, backward, semantic)] = rated("period_kinds", (PeriodKind.MONTH, PeriodKind.YEAR))
    assert (backward, semantic) == (YES, EDITORIAL)
    [(_, backward, semantic)] = rated("dimensions", (*MEASURE.dimensions, "avdelning"))
    assert (backward, semantic) == (NO, UNSURE)
    [(_, backward, semantic)] = rated("decimals", 0)
    assert (backward, semantic) == (YES, EDITORIAL)


def test_a_wording_or_a_model_that_changed_editorially_changes_no_meaning():
    assert rated("concept_versions", ("b" * 64,), editorial=frozenset({"b" * 64}))[0][2] is EDITORIAL
    assert rated("model_version", "b" * 64, model_meaning=MEANING)[0][2] is MEANING
    assert rated("model_version", "b" * 64, model_meaning=SAME)[0][2] is SAME


def test_a_unit_in_other_letters_is_the_same_unit():
    assert rated("unit", Text(MEASURE.unit.sv.upper(), MEASURE.unit.en))[0][2] is EDITORIAL
