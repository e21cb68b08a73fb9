"""Code lists as values: spellings, regions, periods, and what is told of what does not fit."""

import copy
from dataclasses import replace
from datetime import date

import pytest

from information_models import code_lists
from information_models.code_lists import Code, CodeList, folded
from information_models.definitions import Element, ElementType, Role
from registry.findings import Text
from registry.period import Period

T = Text("x", "x")


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


def place(concept, required=True):
    return element(concept, role=Role.DIMENSION, type=ElementType.TEXT, concept=concept, required=required)
