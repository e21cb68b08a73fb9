"""Measures as values: what they need, by themselves and with their model, and totals beside their parts."""

import copy
from dataclasses import replace

from information_models import counted_rows, measures
from information_models.code_lists import Code, CodeList
from information_models.definitions import Element, ElementType, Role
from information_models.kinds import parse_measure
from information_models.measures import Aggregation
from information_models.starter.loading import measure_contents, starter_model
from registry.findings import Text

T = Text("x", "x")


def codes_of(found):
    return [(one.code, [place.field for place in one.places]) for one in found]


# Code lists


def element(name="n", **more):
    return Element(name, T, T, more.pop("role", Role.VALUE), more.pop("type", ElementType.INTEGER), **more)


def measure(slug="utlokaliserade-patienter", **changes):
    return measures.read(copy.deepcopy(measure_contents()[slug]) | changes)


def test_what_a_measure_needs():
    for persons, published, needed in ((True, False, True), (True, True, False), (False, False, False)):
        assert measure(concerns_persons=persons, already_published=published).needs_protection is needed
    assert [one for one in Aggregation if measure(aggregation=one.value).is_summed] == [
        Aggregation.SUM,
        Aggregation.RATIO,
    ]
    assert [one for one in Aggregation if measure(aggregation=one.value).is_ratio] == [Aggregation.RATIO]
    assert (measure().per, measure(per=100).per) == (1, 100)


def test_a_measure_is_written_with_its_denominator_only_as_a_ratio():
    ratio = measure(aggregation="ratio", denominator="belagda", per=100).content()
    assert (ratio["denominator"], ratio["per"]) == ("belagda", 100)
    assert "denominator" not in measure(denominator="belagda").content()
    total = {
        "period": "2024",
        "region": "25",
        "value": "1.50",
        "explanation": {"sv": "x", "en": "y"},
        "source": {"title": "z"},
    }
    other = {"measure": "m", "reason": {"sv": "x", "en": "y"}}
    full = measure(
        known_totals=[total], not_joined=[other], notes=[{"sv": "x", "en": "y"}], where=None, source={"title": "z"}
    )
    content = full.content()
    assert (content["known_totals"], content["not_joined"], content["where"]) == ([total], [other], {})
    assert (content["notes"], content["source"]) == ([{"sv": "x", "en": "y"}], {"title": "z"})


def measure_problems(slug="utlokaliserade-patienter", with_model=True, change=None, **changes):
    content = copy.deepcopy(measure_contents()[slug]) | changes
    model = starter_model(content["model"]).model
    if change is not None:
        model = replace(model, elements=tuple(replace(one, **change.get(one.name, {})) for one in model.elements))
    return codes_of(measures.problems(content, model if with_model else None))


def test_a_measure_is_judged_by_itself_and_with_its_model():
    ratio = {"aggregation": "ratio", "denominator": "belagda"}
    assert measure_problems() == []
    assert measure_problems(**ratio) == []
    assert measure_problems(aggregation="ratio") == [("MEA-005", ["denominator"])]
    assert measure_problems(denominator="belagda") == [("MEA-006", ["denominator"])]
    assert measure_problems(aggregation="ratio", denominator="utlokaliserade") == [("MEA-006", ["denominator"])]
    assert measure_problems(aggregation="ratio", denominator="avdelning") == [("MEA-001", ["avdelning"])]
    assert measure_problems(aggregation="ratio", denominator="avdelning", with_model=False) == []
    assert measure_problems(aggregation="as_published", country="published") == []
    assert measure_problems(aggregation="as_published", country="sum") == [("MEA-002", ["utlokaliserade-patienter"])]
    assert measure_problems(concerns_persons=False) == [("MEA-003", ["utlokaliserade"])]
    assert measure_problems(concerns_persons=False, **ratio) == [
        ("MEA-003", ["utlokaliserade"]),
        ("MEA-003", ["belagda"]),
    ]
    rate = {"utlokaliserade": {"additive": False}}
    assert measure_problems(change=rate) == [("MEA-002", ["utlokaliserade-patienter"])]
    assert measure_problems(change=rate, aggregation="as_published", country="none") == []
    for name in ("period_element", "region_element"):
        assert measure_problems(**{name: "belagda"}) == [("MEA-001", ["belagda"])]
    assert measure_problems(where={"finns_inte": "x"}) == [("MEA-001", ["finns_inte"])]
    assert measure_problems(region_element="sjukhus") == []


def counted(model_change=None, lists=None, **changes):
    content = copy.deepcopy(measure_contents()["disponibla-vardplatser-manad"]) | changes
    loaded = starter_model(content["model"])
    model = loaded.model
    if model_change:
        model = replace(model, elements=tuple(replace(one, **model_change.get(one.name, {})) for one in model.elements))
    return [
        (one.code, [place.field for place in one.places], one.params.get("codes") or one.params.get("columns"))
        for one in counted_rows.problems(measures.read(content), model, {**loaded.code_lists, **(lists or {})})
    ]


def care(*codes, **more):
    return {"vardform": CodeList("vardform", T, T, tuple(codes), **more)}


def test_a_total_beside_its_parts_is_found_by_its_name_or_by_its_parts():
    part = Code("p", Text("Del", "Part"), parent="w")
    whole = Code("w", Text("Hel", "Whole"))
    assert counted(where={}, lists=care(part, whole, parent_list="vardform")) == [("MEA-009", ["vardform"], "w")]
    assert counted(where={}, lists=care(part, whole, parent_list="regioner")) == []
    assert counted(where={}, lists=care(part, whole)) == []
    named = tuple(Code(str(number), Text("Totalt", f"All {number}")) for number in range(7))
    assert counted(where={}, lists=care(*named)) == [("MEA-009", ["vardform"], "0, 1, 2, 3, 4")]
    riket = Code("r", Text("Riket", "Country"))
    assert counted(where={}, lists=care(riket)) == [("MEA-009", ["vardform"], "r")]


def test_a_column_that_need_not_be_stated_may_hide_a_total():
    assert counted({"vardform": {"required": False}}, where={}) == [("MEA-008", ["vardform"], None)]
    assert counted({"sjukhus": {"required": False}}, where={}) == [("MEA-008", ["sjukhus"], None)]


def test_different_things_are_not_added():
    things = care(Code("a", T, concept="x"), Code("b", T, concept="y"), Code("c", T))
    said = {"disponibla": {"concept": None}}
    assert counted(said, things, where={}) == [("MEA-010", ["vardform"], None)]
    assert counted(None, things, where={}) == []
    one_thing = care(Code("a", T, concept="x"), Code("b", T, concept="x"), Code("c", T))
    assert counted(said, one_thing, where={}) == []
    assert counted(said, where={}) == []


def test_a_measure_of_an_element_that_is_not_there_is_judged_all_the_same():
    things = care(Code("a", T, concept="x"), Code("b", T, concept="y"))
    assert counted(None, things, where={}, element="finns_inte") == [("MEA-010", ["vardform"], None)]


def test_the_regions_own_column_may_differ_only_where_its_codes_are_regions():
    as_published = {"aggregation": "as_published", "country": "none", "dimensions": []}
    assert counted(**as_published) == [("MEA-007", ["sjukhus"], "sjukhus")]
    regions = {"sjukhus": replace(starter_model("manadsuppgifter-per-sjukhus").code_lists["sjukhus"], parent_list=None)}
    assert counted(lists=regions, **as_published) == []
    assert counted(where={}, lists=regions, **as_published) == [("MEA-007", ["vardform"], "vardform")]
    both = counted(where={}, **as_published)
    assert both == [("MEA-007", ["sjukhus", "vardform"], "sjukhus, vardform")]
    own = counted(where={}, region_element="vardform", **as_published)
    assert own == [("MEA-007", ["sjukhus"], "sjukhus")], "the measure's own before the model's"
    chosen = measure("disponibla-vardplatser-manad", region_element="vardform", **as_published)
    loaded = starter_model("manadsuppgifter-per-sjukhus")
    assert [one.params["columns"] for one in counted_rows.problems(chosen, loaded.model, loaded.code_lists)] == [
        "sjukhus"
    ]


def test_the_free_elements_are_those_that_the_measure_does_not_ask_about():
    model = starter_model("manadsuppgifter-per-sjukhus").model
    slug = "disponibla-vardplatser-manad"
    assert counted_rows.free(measure(slug, where=None, dimensions=[]), model) == ("sjukhus", "vardform")
    assert counted_rows.free(measure(slug, where={"vardform": "x"}, dimensions=["sjukhus"]), model) == ()


# Needs


def place(concept, required=True):
    return element(concept, role=Role.DIMENSION, type=ElementType.TEXT, concept=concept, required=required)


def test_persons_are_unprotected_only_where_the_publication_can_be_looked_up():
    content = measure_contents()["overbelaggningar-per-100"] | {"model_version": "0" * 64}
    assert parse_measure(content)[1] == ()
    for source in (None, content["source"] | {"url": None}):
        (only,) = parse_measure(content | {"source": source})[1]
        assert (only.code, only.places[0].field) == ("MEA-012", "source_url")
    assert parse_measure(content | {"source": None, "already_published": False})[1] == ()
