"""Code lists, models, measures and needs as values: defaults, bounds, and what is told of what does not fit."""

import copy
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from information_models import code_lists, counted_rows, definitions, measures, needs
from information_models.code_lists import Code, CodeList, folded
from information_models.compatibility import Technical, compare
from information_models.definitions import Element, ElementType, LoadedModel, Model, Role, missing_code_lists
from information_models.formats.losses import of_json_schema, of_workbook
from information_models.measures import Aggregation, Country
from information_models.needs import Level, Need, answer, answers, level_of
from information_models.rules import Variable
from information_models.starter.loading import code_list_contents, measure_contents, model_contents, starter_model
from registry.content import shapes
from registry.findings import Text
from registry.formats import Options
from registry.period import Period, PeriodKind

T = Text("x", "x")
SLUG = "dagliga-vardplatser-per-avdelning"


def codes_of(found):
    return [(one.code, [place.field for place in one.places]) for one in found]


# Code lists


def test_texts_are_compared_without_case_spaces_or_how_letters_are_composed():
    assert folded("A\u030aRE  x") == folded("åre X") == "åre x"


CODES = (
    Code("a", Text("Alfa", "Alpha"), parent="25", aliases=("first", "FÖRST")),
    Code("b", Text("Beta", "Beta"), parent="24"),
    Code("t", Text("Prov", "Trial"), parent="25", test=True),
)
LIST = CodeList("l", T, T, CODES)


def test_a_code_is_found_by_any_of_its_spellings():
    for text in ("a", "ALFA", " alpha ", "first", "först"):
        assert LIST.resolve(text) is CODES[0]
    assert LIST.resolve("gamma") is None
    assert list(CODES[0].names()) == ["a", "Alfa", "Alpha", "first", "FÖRST"]


@pytest.mark.parametrize(
    ("slug", "parent_list", "region", "offered"),
    [
        ("l", None, None, "ab"), ("l", None, "25", "ab"), ("l", "other", "25", "ab"), ("l", "regioner", None, "ab"),
        ("l", "regioner", "25", "at"), ("l", "regioner", "99", ""), ("regioner", None, "b", "b"), ("regioner", None, "t", "t"),
        ("regioner", None, None, "ab"),
    ],
)  # fmt: skip
def test_a_form_offers_the_codes_of_its_region_and_trials_to_nobody_else(slug, parent_list, region, offered):
    codes = replace(LIST, slug=slug, parent_list=parent_list)
    assert "".join(code.code for code in codes.offered_in(region)) == offered


@pytest.mark.parametrize(
    ("first", "last", "valid"),
    [(None, None, True), ("2024-03-31", None, True), ("2024-04-01", None, False), (None, "2024-03-01", True),
     (None, "2024-02-29", False), ("2024-04-01", "2024-05-01", False)],
)  # fmt: skip
def test_a_code_is_valid_in_a_period_of_which_it_has_a_day(first, last, valid):
    dates = {"valid_from": first and date.fromisoformat(first), "valid_to": last and date.fromisoformat(last)}
    assert replace(CODES[0], **dates).is_valid(Period.parse("2024-03")) is valid


FULL_LIST = {
    "content_schema": "code_list/1", "slug": "l", "title": {"sv": "x", "en": "x"}, "description": {"sv": "x", "en": "x"},
    "source": {"title": "x"}, "parent_list": "regioner",
    "codes": [
        {
            "code": "a", "label": {"sv": "Alfa", "en": "Alpha"}, "valid_from": "2024-01-01", "valid_to": "2024-01-01",
            "parent": "25", "aliases": ["first"], "local": True, "test": True, "note": {"sv": "x", "en": "x"}, "concept": "plats",
        }
    ],
}  # fmt: skip


def test_a_code_list_is_read_and_written_with_everything_in_it():
    assert code_lists.problems(FULL_LIST) == ()
    assert code_lists.read(FULL_LIST).content() == FULL_LIST


def test_what_a_code_leaves_out_is_not_stated():
    short = {**FULL_LIST, "codes": [{"code": "a", "label": {"sv": "Alfa", "en": "Alpha"}}], "source": None}
    assert code_lists.read(short).codes == (Code("a", Text("Alfa", "Alpha")),)
    assert code_lists.read(short).content()["codes"] == [
        {
            "code": "a", "label": {"sv": "Alfa", "en": "Alpha"}, "valid_from": None, "valid_to": None, "parent": None,
            "aliases": [], "local": False, "note": None, "concept": None,
        }
    ]  # fmt: skip


def test_each_fault_of_a_code_list_points_at_its_code():
    content = copy.deepcopy(FULL_LIST)
    content["codes"] += [
        {"code": "b", "label": {"sv": "Beta", "en": "beta"}, "valid_from": "2024-01-02", "valid_to": "2024-01-01"},
        {"code": "b", "label": {"sv": "Beta", "en": "ALFA"}},
    ]
    assert codes_of(code_lists.problems(content)) == [
        ("LIST-003", ["codes[1]"]), ("LIST-001", ["codes[2]"]), ("LIST-002", ["codes[2]"]),
    ]  # fmt: skip
    last = code_lists.problems(content)[-1]
    assert (last.params["name"], last.params["code"], last.params["other"]) == ("alfa", "b", "a")
    assert codes_of(code_lists.problems({**FULL_LIST, "parent_list": None})) == [("LIST-004", ["codes[0]"])]


# Models


def element(name="n", **more):
    return Element(name, T, T, more.pop("role", Role.VALUE), more.pop("type", ElementType.INTEGER), **more)


def test_an_element_as_rules_see_it():
    assert element(minimum=Decimal(1), decimals=2).variable() == Variable(
        "n", "number", T, 2, Decimal(1), Decimal(10**12)
    )
    assert element(maximum=Decimal(1)).variable() == Variable("n", "number", T, 0, -Decimal(10**12), Decimal(1))
    assert element(type=ElementType.CODE).variable() == Variable("n", "text", T)
    assert [kind.value for kind in ElementType if element(type=kind).is_number] == ["integer", "decimal"]


def test_what_an_element_leaves_out_has_its_default():
    content = copy.deepcopy(model_contents()[SLUG])
    content["elements"] = [
        {name: one[name] for name in ("name", "label", "description", "role", "type")} for one in content["elements"]
    ]
    read = definitions.read(content).elements[3]
    assert read == Element(read.name, read.label, read.description, Role.VALUE, ElementType.INTEGER)
    assert (read.required, read.concerns_persons, read.decimals, read.max_length, read.additive) == (
        True,
        False,
        0,
        200,
        True,
    )


def model_problems(change):
    content = copy.deepcopy(model_contents()[SLUG])
    change(content["elements"], content)
    return codes_of(definitions.problems(content))


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda e, m: e[3].update(minimum="500"), []),
        (lambda e, m: e[3].update(minimum="501"), [("MOD-007", ["disponibla"])]),
        (lambda e, m: e[3].update(maximum=None, minimum="501"), []),
        (lambda e, m: e[3].update(maximum="1000000000000"), []),
        (lambda e, m: e[3].update(maximum="1000000000001"), [("MOD-008", ["disponibla"])]),
        (lambda e, m: e[3].update(minimum="-1000000000001"), [("MOD-008", ["disponibla"])]),
        (lambda e, m: e[2].update(code_list="sjukhus"), [("MOD-003", ["avdelning"])]),
        (lambda e, m: e[2].update(period_kinds=["day"]), [("MOD-004", ["avdelning"])]),
        (lambda e, m: e[2].update(decimals=1), []),
        (lambda e, m: e[2].update(pattern="[a-z]"), []),
        (lambda e, m: m.update(region_element=None), []),
        (lambda e, m: m.update(region_element="finns-inte"), [("MOD-012", ["finns-inte"])]),
        (lambda e, m: m.update(period_element="finns-inte"), [("MOD-011", ["finns-inte"])]),
        (lambda e, m: m.update(key=["dag", "finns-inte"]), [("MOD-010", ["finns-inte"])]),
        (lambda e, m: m["rules"][0].update(expression="x < 1"), [("RULE-107", ["belagda-ryms"])]),
    ],
)  # fmt: skip
def test_a_model_is_judged_on_either_side_of_its_bounds(change, found):
    assert model_problems(change) == found


def loaded_with(codes, region="r"):
    coded = element("r", role=Role.DIMENSION, type=ElementType.CODE, code_list="l")
    return LoadedModel(Model("m", T, T, (coded, element()), ("r",), "p", region), {"l": codes})


def test_the_region_of_a_code_is_itself_or_its_parent():
    assert loaded_with(LIST).regions == {"a": "a", "b": "b", "t": "t"}
    below = replace(LIST, parent_list="regioner", codes=(*CODES, Code("c", T)))
    assert loaded_with(below).regions == {"a": "25", "b": "24", "t": "25"}
    assert loaded_with(LIST, None).regions == {}
    with pytest.raises(ValueError, match="no code list"):
        loaded_with(LIST).code_list(element())


def test_the_parts_of_a_model_and_the_lists_that_it_lacks():
    model = loaded_with(LIST).model
    assert [one.name for one in model.values] == ["n"] and [one.name for one in model.dimensions] == ["r"]
    assert not model.concerns_persons
    assert replace(model, elements=(*model.elements, element("q", concerns_persons=True))).concerns_persons
    twice = replace(
        model, elements=(*model.elements, replace(model.elements[0], name="s", code_list="k"), model.elements[0])
    )
    assert missing_code_lists(twice, ()) == ("l", "k")
    assert missing_code_lists(twice, ("l",)) == ("k",)


# What a new version changes, in words


@pytest.mark.parametrize(
    ("change", "forth", "back"),
    [
        (lambda m: m.update(total_rows="refuse"), ("", "summarader tas inte längre emot", "total rows are no longer accepted"),
         ("", "summarader tas emot", "total rows are accepted")),
        (lambda m: m["elements"][3].update(concerns_persons=True), ("disponibla", "rör personer", "concerns persons"),
         ("disponibla", "rör inte längre personer", "no longer concerns persons")),
        (lambda m: m["elements"][3].update(required=False), ("disponibla", "får lämnas bort", "may be left out"),
         ("disponibla", "krävs nu", "is now required")),
        (lambda m: m["elements"][3].update(aliases=["Ny"]),
         ("disponibla", "känns inte längre igen som «Disponibla»", "is no longer recognised as «Disponibla»"),
         ("disponibla", "känns inte längre igen som «Ny»", "is no longer recognised as «Ny»")),
    ],
)  # fmt: skip
def test_a_difference_is_said_in_words_either_way(change, forth, back):
    def tidy(content):
        content["elements"][3]["aliases"] = ["Disponibla"]

    def both(content):
        tidy(content)
        change(content)

    contents = []
    for make in (tidy, both):
        content = copy.deepcopy(model_contents()[SLUG])
        make(content)
        contents.append(LoadedModel(definitions.read(content), starter_model(SLUG).code_lists))
    [there] = compare(*contents).differences
    [here] = compare(*reversed(contents)).differences
    assert (there.subject, there.what.sv, there.what.en) == forth
    assert (here.subject, here.what.sv, here.what.en) == back


def test_bounds_that_are_tighter_at_one_end_and_looser_at_the_other_are_tighter():
    narrow, wide = element(minimum=Decimal(1), maximum=Decimal(9)), element(minimum=Decimal(0), maximum=Decimal(8))
    for one, other in ((narrow, wide), (wide, narrow)):
        models = [LoadedModel(Model("m", T, T, (each,), ("n",), "p"), {}) for each in (one, other)]
        [found] = compare(*models).differences
        assert (found.what.en, found.technical) == ("has tighter limits", Technical.BREAKING)


# Measures


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


def of_places(*places, kinds=(PeriodKind.MONTH,), counts="plats"):
    period = element("p", role=Role.DIMENSION, type=ElementType.PERIOD, period_kinds=kinds)
    return Model("m", T, T, (period, *places, element(concept=counts)), ("p",), "p")


def test_the_level_of_a_model_is_the_smallest_place_that_every_row_states():
    assert level_of(of_places()) is Level.COUNTRY
    assert level_of(of_places(place("huvudman"), place("annat"))) is Level.REGION
    assert level_of(of_places(place("vardenhet", required=False), place("sjukhus"))) is Level.HOSPITAL
    assert [level.label.en for level in Level] == [
        "the country",
        "region",
        "hospital",
        "clinic or medical area",
        "ward",
        "procedure",
    ]


@pytest.mark.parametrize(
    ("level", "period", "kinds", "suffices", "full", "words"),
    [
        (Level.HOSPITAL, PeriodKind.MONTH, (PeriodKind.MONTH,), (True, True), True, "level and time suffice"),
        (Level.WARD, PeriodKind.MONTH, (PeriodKind.MONTH,), (False, True), False, "only at a higher level"),
        (Level.REGION, PeriodKind.DAY, (PeriodKind.MONTH,), (True, False), False, "only less often"),
        (Level.REGION, PeriodKind.DAY, (PeriodKind.MONTH, PeriodKind.SHIFT), (True, True), True, "level and time suffice"),
        (Level.HOSPITAL, None, (PeriodKind.MONTH,), (True, None), False, "the level suffices; how often is not stated"),
        (Level.WARD, None, (PeriodKind.MONTH,), (False, None), False, "only at a higher level; how often is not stated"),
        (Level.WARD, PeriodKind.DAY, (PeriodKind.YEAR,), (False, False), False, "only at a higher level and less often"),
    ],
)  # fmt: skip
def test_a_need_is_answered_by_level_and_time(level, period, kinds, suffices, full, words):
    given = answer(Need(T, "plats", level, period), of_places(place("sjukhus"), kinds=kinds))
    assert (given.level_suffices, given.time_suffices) == suffices
    assert (given.is_full, given.in_words.en, given.model) == (full, words, "m")


def test_answers_come_with_the_fullest_first():
    far = replace(of_places(place("huvudman")), slug="far")
    rare = replace(of_places(place("sjukhus"), kinds=(PeriodKind.YEAR,)), slug="rare")
    full = replace(of_places(place("sjukhus")), slug="full")
    other = of_places(place("sjukhus"), counts="annat")
    need = Need(T, "plats", Level.HOSPITAL, PeriodKind.MONTH)
    assert [one.model for one in answers(need, (far, other, rare, full))] == ["full", "rare", "far"]
    assert answers(Need(T, None, Level.REGION, None), (of_places(counts=None),)) == ()


def test_needs_are_read_with_what_they_leave_out():
    both = {"sv": "x", "en": "x"}
    one = {"what": both, "concept": None, "level": "ward", "period": None}
    other = {"what": both, "concept": "plats", "level": "region", "period": "month", "limits": both}
    content = [{"slug": "s", "title": both, "reference": "r", "purpose": both, "needs": [one, other]}]
    [assignment] = needs.read(content)
    assert assignment.needs == (Need(T, None, Level.WARD, None), Need(T, "plats", Level.REGION, PeriodKind.MONTH, T))


# What files cannot carry


def losses(found):
    return {one.code: one.params["number"] for one in found}


def test_what_a_file_leaves_out_is_counted():
    dated = (
        Code("a", T, valid_from=date(2024, 1, 1), parent="25", aliases=("x", "y")),
        Code("b", T, valid_to=date(2024, 1, 1), parent="24"),
        Code("c", T, parent="24"),
    )
    loaded = LoadedModel(
        of_places(
            element("d", type=ElementType.DECIMAL, unit=T, aliases=("q",)),
            element("e", type=ElementType.DATE),
            element("s", type=ElementType.PERIOD, period_kinds=(PeriodKind.SHIFT,)),
            element("t", type=ElementType.TEXT, pattern="[a-z]"),
        ),
        {"l": CodeList("l", T, T, dated, parent_list="regioner")},
    )
    book = losses(of_workbook(loaded, Options(region="25")))
    assert {code: book.get(code) for code in ("FMT-005", "FMT-006", "FMT-007", "FMT-009", "FMT-010", "FMT-013")} == {
        "FMT-005": 2, "FMT-006": 1, "FMT-007": 3, "FMT-009": 2, "FMT-010": 1, "FMT-013": 1,
    }  # fmt: skip
    assert (book["FMT-003"], book["FMT-008"], losses(of_json_schema(loaded, Options()))["FMT-008"]) == (1, 1, 1)
    assert "FMT-005" not in losses(of_workbook(loaded, Options())) and "FMT-004" not in book
    schema = losses(of_json_schema(loaded, Options()))
    assert {code: schema.get(code) for code in ("FMT-004", "FMT-007", "FMT-009", "FMT-010", "FMT-011")} == {
        "FMT-004": None, "FMT-007": 3, "FMT-009": 2, "FMT-010": 1, "FMT-011": 2,
    }  # fmt: skip


def test_the_pieces_of_schemas():
    assert shapes.list_of(shapes.STRING) == {"type": "array", "items": shapes.STRING, "minItems": 0, "maxItems": 10_000}
    assert shapes.record({"a": 1}, {"b": 2}) == {
        "type": "object", "required": ["a"], "additionalProperties": False, "properties": {"a": 1, "b": 2},
    }  # fmt: skip
    assert shapes.STRING["minLength"] == 1 and shapes.STRING["maxLength"] == 5_000


def test_the_bounds_of_content_are_those_of_its_schema():
    of_list = code_list_contents()["regioner"]
    assert code_lists.problems({**of_list, "codes": []})
    assert codes_of(measures.problems(measure().content() | {"decimals": 7}))
    assert Country("sum") is Country.SUM
