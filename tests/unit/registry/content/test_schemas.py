"""One kind of content: what is refused when it is written, and how what was written earlier is read."""

import pytest

from registry.content import shapes
from registry.content.canonical import ContentError
from registry.content.faults import MOST_SHOWN
from registry.content.places import Words
from registry.content.schemas import ContentSchema, EarlierSchema
from registry.finding_catalogue import FindingEntry, Scope, Stage
from registry.findings import Severity, Text
from registry.provenance import Provenance


def _shape(name, **added):
    return shapes.record(
        {"content_schema": {"const": name}, "name": shapes.STRING, **added},
        {
            "automatic": shapes.BOOLEAN,
            "kind": shapes.one_of(Provenance),
            "count": {"type": "integer", "minimum": 0, "maximum": 100},
            "from": shapes.DAY_OR_NONE,
            "slug": {"type": "string", "pattern": shapes.SLUG},
            "note": shapes.optional(shapes.TEXT),
            "rows": shapes.list_of(shapes.record({"id": shapes.STRING}), most=3),
        },
    )


BED_001 = FindingEntry(
    "BED-001", Severity.ERROR, Stage.ITEMS, Scope.ITEM, Text("{place}", "{place}"), Text("", ""), Text("", "")
)
BED = ContentSchema(
    "bed/3",
    _shape("bed/3", size={"type": ["integer", "null"]}, colour=shapes.optional(shapes.STRING)),
    BED_001,
    Words({"count": Text("antal", "number")}, {"rows": (Text("Rad", "Row"), "id")}),
    earlier=(
        EarlierSchema("bed/1", _shape("bed/1"), lambda old: {**old, "content_schema": "bed/2", "size": None}),
        EarlierSchema(
            "bed/2",
            _shape("bed/2", size={"type": ["integer", "null"]}),
            lambda old: {**old, "content_schema": "bed/3", "colour": None},
        ),
    ),
)
GOOD = {"content_schema": "bed/3", "name": "bed", "size": 2, "colour": None}


def told(**changes) -> list[tuple[str, str, str]]:
    found = BED.faults({**GOOD, **changes})
    assert all(one.code == "BED-001" and one.severity is Severity.ERROR for one in found)
    return [(one.places[0].field, one.params["problem"].sv, one.params["problem"].en) for one in found]


def test_content_that_fits_has_no_faults():
    whole = {
        "automatic": False, "kind": "made_up", "count": 100, "from": "2024-02-29", "slug": "a-1",
        "note": {"sv": "å", "en": "a"}, "rows": [{"id": "x"}],
    }  # fmt: skip
    assert told(**whole) == []


@pytest.mark.parametrize(
    ("changes", "path", "words"),
    [
        ({"automatic": "false"}, "automatic", 'must be true or false, not "false"'),
        ({"automatic": 0}, "automatic", "must be true or false, not 0"),
        ({"automatic": None}, "automatic", "must be true or false, not null"),
        ({"count": True}, "count", "must be an integer, not true"),
        ({"count": 5.0}, "count", "must be an integer, not 5.0"),
        ({"count": "5"}, "count", 'must be an integer, not "5"'),
        ({"count": -1}, "count", "must be at least 0"),
        ({"count": 101}, "count", "must be at most 100"),
        ({"kind": "made-up"}, "kind", '"own", "reproduced", "made_up" – not "made-up"'),
        ({"kind": "OWN"}, "kind", 'not "OWN"'),
        ({"automatik": True}, "automatik", "no such field: is automatic meant?"),
        ({"x": 1}, "x", "the format has no such field"),
        ({"from": "2023-02-29"}, "from", "no date that exists"),
        ({"from": "1 mars"}, "from", "must be a date such as 2026-01-31"),
        ({"from": "2024-03-01T00:00"}, "from", "must be a date such as"),
        ({"slug": "a\n"}, "slug", "must have small letters"),
        ({"note": {"sv": "å"}}, "note", "the field is missing: en"),
        ({"note": {"sv": "å", "en": "a", "de": "a"}}, "note.de", "no such field"),
        ({"note": "å"}, "note", 'must be an object, not "å"'),
        ({"rows": [{"id": "a"}, {"id": ""}]}, "rows[1].id", "is empty"),
        ({"rows": [{"id": str(number)} for number in range(4)]}, "rows", "longer than 3"),
        ({"name": "a\x00b"}, "name", "control characters"),
        ({"name": "å" * 5001}, "name", "longer than 5000"),
    ],
)
def test_a_fault_says_where_and_what(changes, path, words):
    [(where, _, english)] = told(**changes)
    assert where == path and words in english


def test_every_fault_is_told_at_once_in_the_words_of_the_form_and_in_both_languages():
    found = BED.faults({**GOOD, "count": 101, "rows": [{"id": "a"}, {"id": "b", "x": 1}]})
    assert [one.params["place"] for one in found] == [
        Text("Antal", "Number"),
        Text("Rad 2 (b), x", "Row 2 (b), x"),
    ]
    assert found[0].params["problem"].sv == "ska vara högst 100"


def test_what_is_missing_in_one_place_is_one_finding():
    found = BED.faults({"content_schema": "bed/3"})
    assert [one.params["problem"].en for one in found] == ["the field is missing: name, size, colour"]


@pytest.mark.parametrize("content", [None, [], "bed", 7, {}, {"content_schema": "bed/4"}, {"content_schema": 3}])
def test_what_is_no_such_content_is_one_fault_and_never_a_crash(content):
    [fault] = BED.faults(content)
    assert fault.params["path"] in ("$", "content_schema")


def test_a_flood_of_faults_is_cut_and_says_so():
    wrong = {f"x{number}": 1 for number in range(MOST_SHOWN + 5)}
    found = BED.faults({**GOOD, **wrong})
    assert len(found) == MOST_SHOWN + 1 and "more than 100" in found[-1].params["problem"].en


def test_a_long_wrong_value_is_not_repeated_whole():
    [(_, _, english)] = told(kind="x" * 500)
    assert len(english) < 200


def test_content_in_an_earlier_schema_is_judged_by_that_one():
    old = {"content_schema": "bed/1", "name": "bed"}
    assert BED.faults(old) == ()
    assert [one.params["path"] for one in BED.faults({**old, "size": 2})] == ["size"]


def test_old_content_is_lifted_step_by_step_and_its_own_values_stay():
    old = {"content_schema": "bed/1", "name": "bed"}
    assert BED.lift(old) == {"content_schema": "bed/3", "name": "bed", "size": None, "colour": None}
    assert old == {"content_schema": "bed/1", "name": "bed"}
    assert BED.lift({**old, "content_schema": "bed/2", "size": 4})["size"] == 4
    assert BED.lift(GOOD) == GOOD


def test_stored_content_is_read_and_not_judged():
    assert BED.lift({**GOOD, "automatic": "false"})["automatic"] == "false"


def test_content_of_another_kind_is_not_lifted():
    with pytest.raises(ContentError):
        BED.lift({"content_schema": "chair/1"})


def test_another_schema_alone_is_no_change():
    old = {"content_schema": "bed/1", "name": "bed"}
    assert BED.is_same(old, {**GOOD, "size": None})
    assert not BED.is_same(old, GOOD)
