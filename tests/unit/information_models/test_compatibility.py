"""What a new version of a model changes, on both scales."""

import copy
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest

from information_models import code_lists, definitions
from information_models.code_lists import Code, CodeList
from information_models.compatibility import Semantic, Technical, compare, compare_codes
from information_models.definitions import Element, ElementType, LoadedModel, Model, Role, Rule, TotalRows
from information_models.starter.loading import model_contents, starter_model
from information_models.starter.shipped_code_lists import code_list_contents
from registry.findings import Severity, Text
from registry.period import PeriodKind

SLUG = "dagliga-vardplatser-per-avdelning"


def changed(change) -> LoadedModel:
    content = copy.deepcopy(model_contents()[SLUG])
    change(content)
    return LoadedModel(definitions.read(content), starter_model(SLUG).code_lists)


def test_the_same_content_is_the_same_on_both_scales():
    found = compare(starter_model(SLUG), changed(lambda m: None))
    assert (found.differences, found.technical, found.semantic) == ((), Technical.SAME, Semantic.SAME)


@pytest.mark.parametrize(
    ("change", "technical", "semantic"),
    [
        (lambda m: m["elements"][3]["description"].update(sv="Annat."), Technical.SAME, Semantic.EDITORIAL),
        (lambda m: m["elements"][3].update(concept_version="a" * 64), Technical.SAME, Semantic.MEANING),
        (lambda m: m["elements"][3].update(concerns_persons=True), Technical.SAME, Semantic.MEANING),
        (lambda m: m["elements"][3]["aliases"].append("Nytt"), Technical.COMPATIBLE, Semantic.EDITORIAL),
        (lambda m: m["elements"][3]["aliases"].pop(), Technical.BREAKING, Semantic.EDITORIAL),
        (lambda m: m["elements"][3].update(maximum="600"), Technical.COMPATIBLE, Semantic.SAME),
        (lambda m: m["elements"][3].update(maximum="100"), Technical.BREAKING, Semantic.SAME),
        (lambda m: m["elements"][3].update(required=False), Technical.COMPATIBLE, Semantic.SAME),
        (lambda m: m["elements"][3].update(type="decimal"), Technical.COMPATIBLE, Semantic.EDITORIAL),
        (lambda m: m["elements"].pop(), Technical.BREAKING, Semantic.MEANING),
        (lambda m: m["elements"].append({**m["elements"][6], "name": "ny"}), Technical.BREAKING, Semantic.EDITORIAL),
        (
            lambda m: m["elements"].append({**m["elements"][6], "name": "ny", "required": False}),
            Technical.COMPATIBLE,
            Semantic.EDITORIAL,
        ),
        (lambda m: m.update(key=["dag", "sjukhus"]), Technical.BREAKING, Semantic.MEANING),
        (lambda m: m["rules"][0].update(severity="error"), Technical.BREAKING, Semantic.SAME),
        (lambda m: m["rules"].pop(), Technical.COMPATIBLE, Semantic.SAME),
        (lambda m: m.update(total_rows="refuse"), Technical.BREAKING, Semantic.SAME),
    ],
)
def test_each_change_has_its_place_on_both_scales(change, technical, semantic):
    found = compare(starter_model(SLUG), changed(change))
    assert (found.technical, found.semantic) == (technical, semantic), found.differences


def test_a_wording_that_people_classed_as_editorial_changes_no_meaning():
    after = changed(lambda m: m["elements"][3].update(concept_version="a" * 64))
    assert compare(starter_model(SLUG), after, editorial=frozenset({"a" * 64})).semantic is Semantic.EDITORIAL


def test_codes_that_go_break_and_codes_that_come_do_not():
    old = code_lists.read(code_list_contents()["vardform"])
    content = copy.deepcopy(code_list_contents()["vardform"])
    content["codes"].append({"code": "rattspsykiatrisk", "label": {"sv": "Rättspsykiatrisk", "en": "Forensic"}})
    [more] = compare_codes("vardform", old, code_lists.read(content))
    assert (more.technical, more.semantic) == (Technical.COMPATIBLE, Semantic.EDITORIAL)
    [fewer] = compare_codes("vardform", code_lists.read(content), old)
    assert (fewer.technical, fewer.semantic) == (Technical.BREAKING, Semantic.MEANING)


NUMBER = Element(
    "antal", Text("Antal", "Count"), Text("Antalet.", "The count."), Role.VALUE, ElementType.DECIMAL,
    concept="vardplats", concept_version="a" * 64, code_list=None, aliases=("Ant",), unit=Text("vårdplatser", "beds"),
    minimum=Decimal(0), maximum=Decimal(100), decimals=2, max_length=50, pattern="[0-9]+",
    period_kinds=(PeriodKind.MONTH,),
)  # fmt: skip
SAME, COMPATIBLE, BREAKING = Technical
UNCHANGED, EDITORIAL, MEANING = Semantic
CHANGES = [
    # field, another value, forward (technical, semantic), and back
    ("label", Text("Antalet", "Count"), (BREAKING, EDITORIAL), (BREAKING, EDITORIAL)),
    ("description", Text("Hur många.", "How many."), (SAME, EDITORIAL), (SAME, EDITORIAL)),
    ("role", Role.ATTRIBUTE, (BREAKING, MEANING), (BREAKING, MEANING)),
    ("type", ElementType.INTEGER, (BREAKING, MEANING), (COMPATIBLE, EDITORIAL)),
    ("type", ElementType.TEXT, (BREAKING, MEANING), (BREAKING, MEANING)),
    ("concept", "plats", (SAME, MEANING), (SAME, MEANING)),
    ("concept_version", "b" * 64, (SAME, MEANING), (SAME, MEANING)),
    ("code_list", "vardform", (BREAKING, MEANING), (BREAKING, MEANING)),
    ("aliases", ("Ant", "Antal platser"), (COMPATIBLE, EDITORIAL), (BREAKING, EDITORIAL)),
    ("required", False, (COMPATIBLE, UNCHANGED), (BREAKING, UNCHANGED)),
    ("concerns_persons", True, (SAME, MEANING), (SAME, MEANING)),
    ("unit", Text("patienter", "patients"), (SAME, MEANING), (SAME, MEANING)),
    ("minimum", Decimal(1), (BREAKING, UNCHANGED), (COMPATIBLE, UNCHANGED)),
    ("maximum", Decimal(99), (BREAKING, UNCHANGED), (COMPATIBLE, UNCHANGED)),
    ("decimals", 1, (BREAKING, UNCHANGED), (COMPATIBLE, UNCHANGED)),
    ("max_length", 49, (BREAKING, UNCHANGED), (COMPATIBLE, UNCHANGED)),
    ("pattern", None, (COMPATIBLE, UNCHANGED), (BREAKING, UNCHANGED)),
    ("pattern", "[1-9]+", (BREAKING, UNCHANGED), (BREAKING, UNCHANGED)),
    ("period_kinds", (PeriodKind.MONTH, PeriodKind.YEAR), (COMPATIBLE, EDITORIAL), (BREAKING, MEANING)),
    ("additive", False, (SAME, MEANING), (SAME, MEANING)),
]


def with_element(element) -> LoadedModel:
    model = Model("m", Text("M", "M"), Text("M.", "M."), (element,), ("antal",), "antal")
    return LoadedModel(model, {})


def on_both_scales(before, after):
    found = compare(with_element(before), with_element(after))
    assert len(found.differences) == 1, found.differences
    return found.technical, found.semantic


@pytest.mark.parametrize(("field", "value", "forward", "back"), CHANGES)
def test_a_change_of_one_field_is_one_difference_either_way(field, value, forward, back):
    other = replace(NUMBER, **{field: value})
    assert on_both_scales(NUMBER, other) == forward
    assert on_both_scales(other, NUMBER) == back


def test_no_field_of_an_element_changes_unseen():
    # What an element is called is who it is; another version of its code list is compared code by code.
    assert {field for field, *_ in CHANGES} | {"name", "code_list_version"} == {one.name for one in fields(Element)}


CODE = Code("65016", Text("Sunderby sjukhus", "Sunderby hospital"), parent="25")


@pytest.mark.parametrize(
    ("field", "value", "technical", "semantic"),
    [
        ("valid_from", date(2020, 1, 1), BREAKING, MEANING),
        ("valid_to", date(2020, 1, 1), BREAKING, MEANING),
        ("parent", "24", SAME, MEANING),
    ],
)
def test_a_change_of_a_code_is_one_difference_either_way(field, value, technical, semantic):
    one, other = (
        CodeList("s", Text("S", "S"), Text("", ""), (code,)) for code in (CODE, replace(CODE, **{field: value}))
    )
    for old, new in ((one, other), (other, one)):
        [found] = compare_codes("sjukhus", old, new)
        assert (found.technical, found.semantic) == (technical, semantic)
        assert "65016" in found.what.sv and "65016" in found.what.en


def codes(*found: Code) -> CodeList:
    return CodeList("s", Text("S", "S"), Text("", ""), found)


KALIX = Code("65013", Text("Kalix sjukhus", "Kalix hospital"), parent="25", aliases=("Kalix",))
RATED = [
    ("a code relabelled", [replace(CODE, label=Text("Sunderbyn", "Sunderby hospital"))], [(BREAKING, EDITORIAL), (SAME, EDITORIAL)]),
    ("and its old label kept", [replace(CODE, label=Text("Sunderbyn", "Sunderby hospital"), aliases=("Sunderby sjukhus",))],
     [(COMPATIBLE, EDITORIAL), (SAME, EDITORIAL)]),
    ("an alias more", [replace(KALIX, aliases=("Kalix", "Kalix lasarett"))], [(COMPATIBLE, EDITORIAL)]),
    ("an alias taken away", [replace(KALIX, aliases=())], [(BREAKING, EDITORIAL)]),
    ("an alias moved to another hospital", [replace(KALIX, aliases=()), replace(CODE, aliases=("Kalix",))], [(BREAKING, MEANING)]),
    ("two labels swapped", [replace(KALIX, label=CODE.label), replace(CODE, label=KALIX.label)], [(BREAKING, MEANING), (SAME, EDITORIAL)]),
    ("an end far ahead", [replace(CODE, valid_to=date(2030, 12, 31))], [(COMPATIBLE, EDITORIAL)]),
    ("an end that has passed", [replace(CODE, valid_to=date(2026, 10, 31))], [(BREAKING, MEANING)]),
    ("a first day", [replace(CODE, valid_from=date(2027, 1, 1))], [(BREAKING, MEANING)]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "rated"), [one[1:] for one in RATED], ids=[one[0] for one in RATED])
def test_what_codes_are_called_and_when_they_hold_is_rated_by_what_is_read_otherwise(changes, rated):
    changed_codes = {one.code: one for one in changes}
    old = codes(CODE, KALIX)
    new = codes(*(changed_codes.get(one.code, one) for one in old.codes))
    found = list(compare_codes("sjukhus", old, new, on=date(2026, 11, 1)))
    assert [(one.technical, one.semantic) for one in found] == rated


def test_the_same_codes_are_no_difference():
    assert list(compare_codes("sjukhus", codes(CODE), codes(CODE))) == []


@pytest.mark.parametrize("field", ["title", "description"])
def test_a_reworded_model_is_an_editorial_change(field):
    found = compare(starter_model(SLUG), changed(lambda m: m[field].update(en="Something else")))
    assert (found.technical, found.semantic) == (SAME, EDITORIAL)


@pytest.mark.parametrize("field", ["period_element", "region_element"])
def test_reading_period_or_region_elsewhere_is_another_meaning(field):
    model = with_element(NUMBER).model
    other = replace(model, **{field: "annat"})
    found = compare(LoadedModel(model, {}), LoadedModel(other, {}))
    assert (found.technical, found.semantic) == (BREAKING, MEANING)


def test_a_models_code_lists_are_compared_where_both_are_at_hand():
    coded = replace(NUMBER, type=ElementType.CODE, code_list="s")
    model = with_element(coded).model
    here, moved = (CodeList("s", Text("S", "S"), Text("", ""), (code,)) for code in (CODE, replace(CODE, parent="24")))
    [found] = compare(LoadedModel(model, {"s": here}), LoadedModel(model, {"s": moved})).differences
    assert (found.subject, found.technical, found.semantic) == ("antal", SAME, MEANING)
    for before, after in (({}, {"s": moved}), ({"s": here}, {})):
        assert compare(LoadedModel(model, before), LoadedModel(model, after)).differences == ()


RULE = Rule("r1", Severity.WARNING, "antal > 0", Text("Något", "Some"), Text("Annars", "Or else"))


@pytest.mark.parametrize(
    ("before", "after", "technical", "semantic"),
    [
        ((RULE,), (), COMPATIBLE, UNCHANGED),
        ((), (RULE,), COMPATIBLE, UNCHANGED),
        ((), (replace(RULE, severity=Severity.ERROR),), BREAKING, UNCHANGED),
        ((RULE,), (replace(RULE, expression="antal > 1"),), COMPATIBLE, UNCHANGED),
        ((RULE,), (replace(RULE, severity=Severity.ERROR),), BREAKING, UNCHANGED),
        ((RULE,), (replace(RULE, text=Text("Något", "Something")),), SAME, EDITORIAL),
        ((RULE,), (replace(RULE, reason=Text("Annars", "Otherwise")),), SAME, EDITORIAL),
    ],
)
def test_a_change_of_a_rule_is_one_difference(before, after, technical, semantic):
    model = with_element(NUMBER).model
    old, new = (LoadedModel(replace(model, rules=rules), {}) for rules in (before, after))
    [found] = compare(old, new).differences
    assert (found.subject, found.technical, found.semantic) == ("r1", technical, semantic)


@pytest.mark.parametrize(("required", "in_key", "technical", "semantic"), [
    (True, False, BREAKING, EDITORIAL), (False, False, COMPATIBLE, EDITORIAL), (False, True, COMPATIBLE, MEANING),
])  # fmt: skip
def test_a_new_element_changes_meaning_only_as_part_of_the_key(required, in_key, technical, semantic):
    old = with_element(NUMBER)
    model = replace(old.model, elements=(NUMBER, replace(NUMBER, name="ny", required=required)))
    model = replace(model, key=("antal", "ny")) if in_key else model
    found = {one.subject: one for one in compare(old, LoadedModel(model, {})).differences}
    assert (found["ny"].technical, found["ny"].semantic) == (technical, semantic)


@pytest.mark.parametrize(("old", "new", "technical"), [
    (TotalRows.REFUSE, TotalRows.LEAVE_OUT, COMPATIBLE), (TotalRows.LEAVE_OUT, TotalRows.REFUSE, BREAKING),
])  # fmt: skip
def test_total_rows_that_are_refused_break_and_that_are_taken_do_not(old, new, technical):
    model = with_element(NUMBER).model
    [found] = compare(*(LoadedModel(replace(model, total_rows=rows), {}) for rows in (old, new))).differences
    assert (found.technical, found.semantic) == (technical, UNCHANGED)
