"""What a fault in content says: the value, the place and the near miss, cut where it is long."""

import pytest

from registry.content import shapes
from registry.content.faults import LONGEST_SHOWN, MOST_SHOWN, faults
from registry.content.places import Words, in_words
from registry.finding_catalogue import FindingEntry, Scope, Stage
from registry.findings import Severity, Text

ENTRY = FindingEntry("X-1", Severity.ERROR, Stage.ITEMS, Scope.ITEM, Text("", ""), Text("", ""), Text("", ""))
NOTHING = Words()


def told(shape, content):
    found = faults(shape, content, ENTRY, NOTHING)
    return [(one.params["path"], one.params["problem"].sv, one.params["problem"].en) for one in found]


@pytest.mark.parametrize(
    ("shape", "content", "sv", "en"),
    [
        ({"const": "a/1"}, "b", 'ska vara något av: "a/1" – inte "b"', 'must be one of: "a/1" – not "b"'),
        ({"enum": ["a", "b"]}, {}, 'ska vara något av: "a", "b" – inte {…}', 'must be one of: "a", "b" – not {…}'),
        ({"enum": [1]}, [1, 2], "ska vara något av: 1 – inte […]", "must be one of: 1 – not […]"),
        ({"enum": [1]}, (1, 2), "ska vara något av: 1 – inte […]", "must be one of: 1 – not […]"),
        ({"enum": [1]}, None, "ska vara något av: 1 – inte null", "must be one of: 1 – not null"),
        ({"enum": [1]}, False, "ska vara något av: 1 – inte false", "must be one of: 1 – not false"),
        (shapes.INTEGER, "5", 'har fel typ: ska vara ett heltal, inte "5"', 'has the wrong type: must be an integer, not "5"'),
        (shapes.INTEGER, 1.0, "har fel typ: ska vara ett heltal, inte 1.0", "has the wrong type: must be an integer, not 1.0"),
        ({"type": ["null", "string"]}, 5, "har fel typ: ska vara en text, inte 5", "has the wrong type: must be a text, not 5"),
        ({"type": "array"}, "a", 'har fel typ: ska vara en lista, inte "a"', 'has the wrong type: must be a list, not "a"'),
        ({"type": "object"}, [], "har fel typ: ska vara ett objekt, inte […]", "has the wrong type: must be an object, not […]"),
        ({"pattern": "^a$"}, "b", "har inte formen ^a$", "does not have the form ^a$"),
        ({"pattern": "^a$"}, "a\n", "har inte formen ^a$", "does not have the form ^a$"),
        ({"pattern": shapes.HASH}, "b", "är ingen kontrollsumma", "is no hash"),
        ({"minItems": 1}, [], "är tomt", "is empty"),
        ({"minLength": 1}, "", "är tomt", "is empty"),
        ({"maxLength": 2}, "abc", "är längre än 2", "is longer than 2"),
        ({"maxItems": 2}, [1, 2, 3], "är längre än 2", "is longer than 2"),
        ({"minimum": 2}, 1, "ska vara minst 2", "must be at least 2"),
        ({"maximum": 2}, 3, "ska vara högst 2", "must be at most 2"),
        ({"uniqueItems": True}, [1, 1], "samma värde förekommer två gånger", "the same value occurs twice"),
        ({"multipleOf": 2}, 3, "har fel form", "has the wrong form"),
        ({"not": {"type": "string"}}, "a", "har styrtecken", "has control characters"),
        (shapes.DAY, "2026-02-30", "är inget datum som finns", "is no date that exists"),
        (shapes.DAY, "20260228", "ska vara ett datum som 2026-01-31", "must be a date such as 2026-01-31"),
    ],
)  # fmt: skip
def test_a_problem_is_said_in_both_languages(shape, content, sv, en):
    assert told(shape, content) == [("$", sv, en)]


@pytest.mark.parametrize(
    ("shape", "content"),
    [
        (shapes.DAY, "2026-02-28"),
        (shapes.DAY_OR_NONE, None),
        ({"pattern": "^a$"}, "a"),
        ({"pattern": "^a$"}, 7),
        ({"format": "date"}, 7),
        ({"type": "array"}, ("a",)),
        (shapes.optional(shapes.STRING), None),
        ({"maxLength": 2}, "ab"),
        ({"minimum": 2, "maximum": 2}, 2),
        # Extra fields are only told where a schema refuses them, not where it says what they are like.
        ({"properties": {}, "additionalProperties": {"type": "string"}}, {"a": "b"}),
    ],
)
def test_what_fits_is_no_fault(shape, content):
    assert told(shape, content) == []


def test_an_extra_field_of_the_wrong_form_is_told_as_that():
    shape = {"properties": {}, "additionalProperties": {"type": "string"}}
    [(path, _, english)] = told(shape, {"a": 1})
    assert (path, english) == ("a", "has the wrong type: must be a text, not 1")


@pytest.mark.parametrize(
    ("length", "shown"), [(LONGEST_SHOWN, "x" * 60), (LONGEST_SHOWN + 1, "x" * 60 + "…"), (200, "x" * 60 + "…")]
)
def test_a_long_value_is_cut_and_shows_that_it_is(length, shown):
    [(_, _, english)] = told(shapes.INTEGER, "x" * length)
    assert english == f'has the wrong type: must be an integer, not "{shown}"'


def test_a_long_number_is_cut():
    [(_, _, english)] = told({"enum": [1]}, 10**100)
    assert english == f"must be one of: 1 – not {'1' + '0' * 59}"


def test_unknown_fields_are_told_each_with_the_nearest_that_there_is():
    shape = shapes.record({}, {"colour": shapes.STRING, "size": shapes.INTEGER})
    assert told(shape, {"size": 1, "color": "red", "weight": 2}) == [
        ("color", "fältet finns inte i formatet: menas colour?", "the format has no such field: is colour meant?"),
        ("weight", "fältet finns inte i formatet", "the format has no such field"),
    ]


def test_only_what_is_missing_is_told_as_missing():
    shape = shapes.record({"a": shapes.STRING, "b": shapes.STRING, "c": shapes.STRING})
    [(path, swedish, english)] = told({"properties": {"x": shape}}, {"x": {"b": "1"}})
    assert (path, swedish, english) == ("x", "fältet saknas: a, c", "the field is missing: a, c")


def test_of_a_field_that_may_be_null_one_fault_is_told():
    shape = shapes.record({"a": shapes.optional(shapes.record({"b": shapes.optional(shapes.INTEGER)}))})
    assert told(shape, {"a": {"b": "x"}}) == [
        ("a.b", 'har fel typ: ska vara ett heltal, inte "x"', 'has the wrong type: must be an integer, not "x"')
    ]


@pytest.mark.parametrize(("wrong", "found"), [(MOST_SHOWN - 1, 99), (MOST_SHOWN, 100), (MOST_SHOWN + 1, 101)])
def test_faults_are_cut_after_a_hundred_and_in_the_order_of_their_places(wrong, found):
    shape = {"type": "array", "items": shapes.INTEGER}
    listed = told(shape, ["x"] * wrong)
    assert len(listed) == found
    assert [path for path, *_ in listed[:MOST_SHOWN]] == sorted(f"[{number}]" for number in range(min(wrong, 100)))
    assert (listed[-1][0] == "…") == (wrong > MOST_SHOWN)


def test_a_fault_points_at_its_path():
    [found] = faults(shapes.INTEGER, "x", ENTRY, NOTHING)
    assert [place.field for place in found.places] == ["$"]
    assert found.params["place"] == Text("Innehållet", "The content")


WORDS = Words({"size": Text("storlek", "size of it")}, {"rows": (Text("Rad", "Row"), "id")})


@pytest.mark.parametrize(
    ("path", "content", "sv", "en"),
    [
        ("$", {}, "Innehållet", "The content"),
        ("", {}, "Innehållet", "The content"),
        ("size", {}, "Storlek", "Size of it"),
        ("valid_from", {}, "Giltig från", "Valid from"),
        ("unheard", {}, "Unheard", "Unheard"),
        ("title.sv", {}, "Titel på svenska", "Title in Swedish"),
        ("size.title.en", {}, "Storlek, titel på engelska", "Size of it, title in English"),
        ("rows", {}, "Rows", "Rows"),
        ("rows[0]", {"rows": [{"id": "a"}]}, "Rad 1 (a)", "Row 1 (a)"),
        ("rows[1]", {"rows": [{"id": "a"}]}, "Rad 2", "Row 2"),
        ("rows[1].size", {"rows": [{}, {"id": ""}]}, "Rad 2, storlek", "Row 2, size of it"),
        ("rows[0].size", {"rows": [{"id": 7}]}, "Rad 1, storlek", "Row 1, size of it"),
        ("rows[0]", {"rows": ["ab"]}, "Rad 1", "Row 1"),
        ("rows[0]", {"rows": "ab"}, "Rad 1", "Row 1"),
        ("rows[0]", [], "Rad 1", "Row 1"),
        ("size[2]", {"size": [1, 2, 3]}, "Storlek, nummer 3", "Size of it, number 3"),
        ("[1].rows[0]", [{}, {"rows": [{"id": "b"}]}], "Nummer 2, Rad 1 (b)", "Number 2, Row 1 (b)"),
        ("rows[1].rows[0].size", {"rows": [{}, {"id": "a", "rows": [{"id": "b"}]}]}, "Rad 2 (a), Rad 1 (b), storlek",
         "Row 2 (a), Row 1 (b), size of it"),
    ],
)  # fmt: skip
def test_a_place_is_said_in_the_words_of_the_form(path, content, sv, en):
    assert in_words(path, content, WORDS) == Text(sv, en)
