"""What a new version of a model changes, on both scales."""

import copy
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest

from information_models import code_lists, definitions
from information_models.changes import Accepted, Semantic, Technical
from information_models.code_list_changes import compare_codes
from information_models.code_lists import Code, CodeList
from information_models.compatibility import compare
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
        (lambda m: m["elements"][3]["description"].update(sv="Annat."), Technical.SAME, Semantic.UNKNOWN),
        (
            lambda m: m["elements"][3]["description"].update(sv=m["elements"][3]["description"]["sv"].upper()),
            Technical.SAME,
            Semantic.EDITORIAL,
        ),
        (lambda m: m["elements"][3].update(concept_version="a" * 64), Technical.SAME, Semantic.MEANING),
        (lambda m: m["elements"][3].update(concerns_persons=True), Technical.SAME, Semantic.MEANING),
        (lambda m: m["elements"][3]["aliases"].append("Nytt"), Technical.COMPATIBLE, Semantic.EDITORIAL),
        (lambda m: m["elements"][3]["aliases"].clear(), Technical.BREAKING, Semantic.EDITORIAL),
        (lambda m: m["elements"][3].update(maximum="600"), Technical.COMPATIBLE, Semantic.SAME),
        (lambda m: m["elements"][3].update(maximum="100"), Technical.BREAKING, Semantic.SAME),
        (lambda m: m["elements"][3].update(required=False), Technical.COMPATIBLE, Semantic.SAME),
        (lambda m: m["elements"][3].update(type="decimal"), Technical.SAME, Semantic.EDITORIAL),
        (lambda m: m["elements"][3].update(type="decimal", decimals=1), Technical.COMPATIBLE, Semantic.EDITORIAL),
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
    # What is counted under the new code may have been counted under another before.
    assert (more.technical, more.semantic) == (Technical.COMPATIBLE, Semantic.UNKNOWN)
    [fewer] = compare_codes("vardform", code_lists.read(content), old)
    assert (fewer.technical, fewer.semantic) == (Technical.BREAKING, Semantic.MEANING)


NUMBER = Element(
    "antal", Text("Antal", "Count"), Text("Antalet.", "The count."), Role.VALUE, ElementType.DECIMAL,
    concept="vardplats", concept_version="a" * 64, code_list=None, aliases=("Ant",), unit=Text("vårdplatser", "beds"),
    minimum=Decimal(0), maximum=Decimal(100), decimals=2, max_length=50, pattern="[0-9]+",
    period_kinds=(PeriodKind.MONTH,),
)  # fmt: skip
SAME, COMPATIBLE, MAY_BREAK, BREAKING = Technical
UNCHANGED, EDITORIAL, UNSURE, MEANING = Semantic
CHANGES = [
    # field, another value, forward (technical, semantic), and back
    ("label", Text("ANTAL", "Count"), (SAME, EDITORIAL), (SAME, EDITORIAL)),
    ("description", Text("Hur många.", "How many."), (SAME, UNSURE), (SAME, UNSURE)),
    ("role", Role.ATTRIBUTE, (BREAKING, MEANING), (BREAKING, MEANING)),
    ("type", ElementType.TEXT, (MAY_BREAK, MEANING), (BREAKING, MEANING)),
    ("type", ElementType.PERIOD, (BREAKING, MEANING), (BREAKING, MEANING)),
    ("concept", "plats", (SAME, MEANING), (SAME, MEANING)),
    ("concept_version", "b" * 64, (SAME, MEANING), (SAME, MEANING)),
    ("aliases", ("Ant", "Antal platser"), (COMPATIBLE, EDITORIAL), (BREAKING, EDITORIAL)),
    ("required", False, (COMPATIBLE, UNCHANGED), (BREAKING, UNCHANGED)),
    ("concerns_persons", True, (SAME, MEANING), (SAME, MEANING)),
    ("unit", Text("patienter", "patients"), (SAME, MEANING), (SAME, MEANING)),
    ("minimum", Decimal(1), (BREAKING, UNCHANGED), (COMPATIBLE, UNCHANGED)),
    ("maximum", Decimal(99), (BREAKING, UNCHANGED), (COMPATIBLE, UNCHANGED)),
    ("decimals", 1, (BREAKING, UNCHANGED), (COMPATIBLE, UNCHANGED)),
    ("period_kinds", (PeriodKind.MONTH, PeriodKind.YEAR), (COMPATIBLE, EDITORIAL), (BREAKING, MEANING)),
    ("persons_reason", Text("Bara sängar räknas.", "Only beds are counted."), (SAME, UNSURE), (SAME, UNSURE)),
    ("additive", False, (COMPATIBLE, MEANING), (COMPATIBLE, MEANING)),
]
NAMED = replace(NUMBER, type=ElementType.TEXT, role=Role.ATTRIBUTE, max_length=50, pattern=None)
CODED = replace(NUMBER, type=ElementType.CODE, role=Role.DIMENSION, code_list="s")
CHANGES_OF_OTHERS = [
    (NAMED, "max_length", 49, (BREAKING, UNCHANGED), (COMPATIBLE, UNCHANGED)),
    (NAMED, "pattern", "[A-Z]{2}", (BREAKING, UNCHANGED), (COMPATIBLE, UNCHANGED)),
    (replace(NAMED, pattern="[A-Z]{2}"), "pattern", "[A-Z]{2,3}", (MAY_BREAK, UNCHANGED), (BREAKING, UNCHANGED)),
    (replace(NAMED, pattern="[A-Z]{2}"), "pattern", "[A-Z]{3}", (BREAKING, UNCHANGED), (BREAKING, UNCHANGED)),
    # A limit that the pattern keeps below anyhow is none.
    (replace(NAMED, pattern="[A-Z]{2}"), "max_length", 2, (SAME, UNCHANGED), (SAME, UNCHANGED)),
    (replace(NAMED, pattern="[A-Z]{2}"), "max_length", 1, (BREAKING, UNCHANGED), (COMPATIBLE, UNCHANGED)),
    (CODED, "code_list", "vardform", (MAY_BREAK, MEANING), (MAY_BREAK, MEANING)),
    (replace(NUMBER, decimals=0), "type", ElementType.INTEGER, (SAME, EDITORIAL), (SAME, EDITORIAL)),
    (
        replace(NUMBER, maximum=Decimal("0.4"), decimals=0),
        "maximum",
        Decimal("0.9"),
        (SAME, UNCHANGED),
        (SAME, UNCHANGED),
    ),
    (
        replace(NUMBER, unit=Text("vårdplatser", "beds")),
        "unit",
        Text("Vårdplatser", "beds"),
        (SAME, EDITORIAL),
        (SAME, EDITORIAL),
    ),
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


@pytest.mark.parametrize(("element", "field", "value", "forward", "back"), CHANGES_OF_OTHERS)
def test_so_is_a_change_of_an_element_of_another_type(element, field, value, forward, back):
    other = replace(element, **{field: value})
    assert on_both_scales(element, other) == forward
    assert on_both_scales(other, element) == back


def test_whole_numbers_that_become_decimals_keep_their_bounds_in_sight():
    whole = replace(NUMBER, type=ElementType.INTEGER, decimals=0)
    assert on_both_scales(whole, NUMBER) == (COMPATIBLE, EDITORIAL)
    assert on_both_scales(NUMBER, whole) == (BREAKING, MEANING)
    assert on_both_scales(whole, replace(NUMBER, maximum=Decimal(99))) == (BREAKING, MEANING)


def test_no_field_of_an_element_changes_unseen():
    # What an element is called is who it is; another version of its code list is compared code by code.
    changed_fields = {field for field, *_ in CHANGES} | {field for _, field, *_ in CHANGES_OF_OTHERS}
    assert changed_fields | {"name", "code_list_version"} == {one.name for one in fields(Element)}


CODE = Code("65016", Text("Sunderby sjukhus", "Sunderby hospital"), parent="25")


IN_LIST = {
    # field, another value: forward (technical, semantic), and back
    "code": (
        "65099",
        [(COMPATIBLE, UNSURE), (BREAKING, MEANING), (BREAKING, MEANING)],
        [(COMPATIBLE, UNSURE), (BREAKING, MEANING), (BREAKING, MEANING)],
    ),
    "label": (Text("SUNDERBY sjukhus", "Sunderby hospital"), [(SAME, EDITORIAL)], [(SAME, EDITORIAL)]),
    "valid_from": (date(2020, 1, 1), [(BREAKING, MEANING)], [(COMPATIBLE, EDITORIAL)]),
    "valid_to": (date(2020, 1, 1), [(BREAKING, MEANING)], [(COMPATIBLE, EDITORIAL)]),
    "parent": ("24", [(MAY_BREAK, MEANING)], [(MAY_BREAK, MEANING)]),
    "aliases": (("Sunderbyn",), [(COMPATIBLE, EDITORIAL)], [(BREAKING, EDITORIAL)]),
    "local": (True, [(SAME, EDITORIAL)], [(SAME, EDITORIAL)]),
    "test": (True, [(SAME, UNSURE)], [(SAME, UNSURE)]),
    "note": (Text("Akutsjukhus", "Emergency hospital"), [(SAME, UNSURE)], [(SAME, UNSURE)]),
    "concept": ("sjukhus", [(SAME, MEANING)], [(SAME, MEANING)]),
}
OF_LIST = {
    "title": (Text("T", "S"), [(SAME, EDITORIAL)]),
    "description": (Text("Andra sjukhus.", ""), [(SAME, UNSURE)]),
    "parent_list": ("regioner", [(MAY_BREAK, MEANING)]),
    "source": ({"title": "Annan"}, [(SAME, EDITORIAL)]),
}


def rated(old, new, **more):
    return sorted((one.technical, one.semantic) for one in compare_codes("sjukhus", old, new, **more))


@pytest.mark.parametrize("field", IN_LIST)
def test_a_change_of_a_code_is_said_either_way(field):
    value, forth, back = IN_LIST[field]
    one, other = codes(CODE), codes(replace(CODE, **{field: value}))
    assert (rated(one, other), rated(other, one)) == (forth, back)


@pytest.mark.parametrize("field", OF_LIST)
def test_a_change_of_a_list_is_said_either_way(field):
    value, found = OF_LIST[field]
    one, other = codes(CODE), replace(codes(CODE), **{field: value})
    assert (rated(one, other), rated(other, one)) == (found, found)


def test_no_field_of_a_code_or_a_list_changes_unseen():
    assert set(IN_LIST) == {one.name for one in fields(Code)}
    assert {*OF_LIST, "slug", "codes"} == {one.name for one in fields(CodeList)}


def test_another_hospital_takes_nothing_from_the_others():
    below = replace(codes(CODE), parent_list="regioner")
    assert rated(below, replace(below, codes=(CODE, KALIX))) == [(COMPATIBLE, EDITORIAL)]


def test_where_a_code_lies_breaks_where_it_says_whose_a_row_is():
    one, other = codes(CODE), codes(replace(CODE, parent="24"))
    assert rated(one, other, places=True) == [(BREAKING, MEANING)]
    assert rated(one, other, places=False) == [(SAME, MEANING)]


def codes(*found: Code) -> CodeList:
    return CodeList("s", Text("S", "S"), Text("", ""), found)


KALIX = Code("65013", Text("Kalix sjukhus", "Kalix hospital"), parent="25", aliases=("Kalix",))
RATED = [
    ("a code relabelled", [replace(CODE, label=Text("Sunderbyn", "Sunderby hospital"))], [(BREAKING, EDITORIAL), (COMPATIBLE, EDITORIAL), (SAME, UNSURE)]),
    ("and its old label kept", [replace(CODE, label=Text("Sunderbyn", "Sunderby hospital"), aliases=("Sunderby sjukhus",))],
     [(COMPATIBLE, EDITORIAL), (SAME, UNSURE)]),
    ("an alias more", [replace(KALIX, aliases=("Kalix", "Kalix lasarett"))], [(COMPATIBLE, EDITORIAL)]),
    ("an alias taken away", [replace(KALIX, aliases=())], [(BREAKING, EDITORIAL)]),
    ("an alias moved to another hospital", [replace(KALIX, aliases=()), replace(CODE, aliases=("Kalix",))], [(BREAKING, MEANING)]),
    ("two labels swapped", [replace(KALIX, label=CODE.label), replace(CODE, label=KALIX.label)], [(BREAKING, MEANING), (SAME, UNSURE)]),
    ("a word for sums as an alias", [replace(KALIX, aliases=("Kalix", "Totalt"))], [(BREAKING, MEANING)]),
    ("a validity that lies ahead and is moved", [replace(CODE, valid_from=date(2027, 1, 1))], [(BREAKING, MEANING)]),
    ("an end far ahead", [replace(CODE, valid_to=date(2030, 12, 31))], [(COMPATIBLE, EDITORIAL)]),
    ("an end that has passed", [replace(CODE, valid_to=date(2026, 10, 31))], [(BREAKING, MEANING)]),
    ("a first day", [replace(CODE, valid_from=date(2027, 1, 1))], [(BREAKING, MEANING)]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), [one[1:] for one in RATED], ids=[one[0] for one in RATED])
def test_what_codes_are_called_and_when_they_hold_is_rated_by_what_is_read_otherwise(changes, expected):
    changed_codes = {one.code: one for one in changes}
    old = codes(CODE, KALIX)
    new = codes(*(changed_codes.get(one.code, one) for one in old.codes))
    found = list(compare_codes("sjukhus", old, new, on=date(2026, 11, 1)))
    assert [(one.technical, one.semantic) for one in found] == expected


def test_the_same_codes_are_no_difference():
    assert list(compare_codes("sjukhus", codes(CODE), codes(CODE))) == []


@pytest.mark.parametrize(("field", "semantic"), [("title", EDITORIAL), ("description", UNSURE)])
def test_what_a_reworded_description_means_is_for_people_to_judge(field, semantic):
    found = compare(starter_model(SLUG), changed(lambda m: m[field].update(en="Something else")))
    assert (found.technical, found.semantic) == (SAME, semantic)


@pytest.mark.parametrize("field", ["period_element", "region_element"])
def test_reading_period_or_region_elsewhere_is_another_meaning(field):
    model = replace(with_element(NUMBER).model, region_element="antal")
    other = replace(model, **{field: "annat"})
    found = compare(LoadedModel(model, {}), LoadedModel(other, {}))
    assert (found.technical, found.semantic) == (BREAKING, MEANING)


def test_whose_rows_may_be_is_no_longer_checked_without_a_region_element():
    model = replace(with_element(NUMBER).model, region_element="antal")
    found = compare(LoadedModel(model, {}), LoadedModel(replace(model, region_element=None), {}))
    assert (found.backward, found.forward, found.semantic) == (Accepted.YES, Accepted.UNKNOWN, MEANING)


def test_a_models_code_lists_are_compared_where_both_are_at_hand():
    coded = replace(NUMBER, type=ElementType.CODE, code_list="s")
    model = with_element(coded).model
    here, moved = (CodeList("s", Text("S", "S"), Text("", ""), (code,)) for code in (CODE, replace(CODE, parent="24")))
    [found] = compare(LoadedModel(model, {"s": here}), LoadedModel(model, {"s": moved})).differences
    assert (found.subject, found.technical, found.semantic) == ("antal", SAME, MEANING)
    placed = replace(model, region_element="antal")
    [found] = compare(LoadedModel(placed, {"s": here}), LoadedModel(placed, {"s": moved})).differences
    assert (found.subject, found.technical, found.semantic) == ("antal", BREAKING, MEANING)
    other = replace(model, elements=(replace(coded, code_list_version="c" * 64),))
    for before, after in (({}, {"s": moved}), ({"s": here}, {})):
        [found] = compare(LoadedModel(model, before), LoadedModel(other, after)).differences
        assert (found.technical, found.semantic) == (MAY_BREAK, UNSURE)


RULE = Rule("r1", Severity.WARNING, "antal > 0", Text("Något", "Some"), Text("Annars", "Or else"))

STOPS = replace(RULE, severity=Severity.ERROR)


@pytest.mark.parametrize(
    ("before", "after", "technical", "semantic"),
    [
        ((RULE,), (), COMPATIBLE, UNCHANGED),
        ((), (RULE,), COMPATIBLE, UNCHANGED),
        ((), (replace(RULE, severity=Severity.ERROR),), BREAKING, UNCHANGED),
        ((RULE,), (replace(RULE, expression="antal > 1"),), COMPATIBLE, UNCHANGED),
        ((RULE,), (replace(RULE, severity=Severity.ERROR),), BREAKING, UNCHANGED),
        # Within the bounds of the element nothing breaks it.
        ((), (replace(RULE, severity=Severity.ERROR, expression="antal >= 0"),), SAME, UNCHANGED),
        ((STOPS,), (replace(STOPS, expression="antal >= 0.01"),), COMPATIBLE, UNCHANGED),
        ((STOPS,), (replace(STOPS, expression="antal >= 0.02"),), BREAKING, UNCHANGED),
        ((STOPS,), (), COMPATIBLE, UNCHANGED),
        # What two elements multiply to is not solved.
        ((), (replace(STOPS, expression="antal * antal <> 0.0003"),), MAY_BREAK, UNCHANGED),
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


def test_headings_that_go_to_another_element_are_another_meaning():
    one, other = NUMBER, replace(NUMBER, name="stangda", label=Text("Stängda", "Closed"), aliases=())
    swapped = replace(one, label=other.label), replace(other, label=one.label)
    model = with_element(NUMBER).model
    found = compare(
        LoadedModel(replace(model, elements=(one, other)), {}), LoadedModel(replace(model, elements=swapped), {})
    )
    assert (found.technical, found.semantic) == (BREAKING, MEANING)
    assert any("«count» är stangda, tidigare antal" in one.what.sv for one in found.differences)


def test_a_longer_key_takes_what_a_shorter_one_told_apart():
    shorter, longer = (
        LoadedModel(replace(with_element(NUMBER).model, key=key), {}) for key in (("antal",), ("antal", "avd"))
    )
    found = compare(shorter, longer)
    assert (found.backward, found.forward, found.semantic) == (Accepted.YES, Accepted.NO, MEANING)
    found = compare(longer, shorter)
    assert (found.backward, found.forward, found.semantic) == (Accepted.NO, Accepted.YES, MEANING)


@pytest.mark.parametrize(
    ("old", "new", "editorial", "semantic"),
    [
        ("a", "b", (), MEANING),
        ("a", "b", ("b",), EDITORIAL),
        ("a", "ab", (), UNSURE),
        ("ab", "a", (), UNSURE),
        ("ac", "bd", ("b",), MEANING),
    ],
)
def test_a_wording_within_a_wording_is_seen(old, new, editorial, semantic):
    one, other = (
        LoadedModel(replace(with_element(NUMBER).model, lockfile=tuple(each * 64 for each in letters)), {})
        for letters in (old.replace("a", "e"), new.replace("a", "e"))
    )
    terms = {"b" * 64: Text("vårdplats", "bed")}
    found = compare(one, other, editorial=frozenset(each * 64 for each in editorial), terms=terms)
    assert (found.technical, found.semantic) == (SAME, semantic)
    assert ("vårdplats" in found.differences[0].what.sv) == (new in ("b", "ab") or old == "ab")
