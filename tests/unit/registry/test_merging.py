"""Three contents become one: what only one side changed is taken, and only what both changed is asked about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.items.merging import Side, merged

TEXTS = st.text("ab ,é", max_size=12)
CONTENTS = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("xyz"), inner, max_size=3),
    max_leaves=12,
)
OBJECTS = st.dictionaries(st.sampled_from("xyz"), CONTENTS, max_size=3)


@given(OBJECTS, OBJECTS)
def test_what_only_one_side_changed_is_taken_from_it(base, changed):
    assert merged(base, changed, base).content == changed
    assert merged(base, base, changed).content == changed
    assert merged(base, changed, changed).content == changed
    assert merged(base, changed, base).conflicts == merged(base, base, changed).conflicts == ()


@given(OBJECTS, OBJECTS, OBJECTS)
def test_without_a_conflict_it_does_not_matter_which_side_is_whose(base, one, other):
    merge, turned = merged(base, one, other), merged(base, other, one)
    assert [conflict.path for conflict in merge.conflicts] == [conflict.path for conflict in turned.conflicts]
    if not merge.conflicts:
        assert merge.content == turned.content


@given(OBJECTS, OBJECTS, OBJECTS)
def test_choosing_theirs_everywhere_is_what_the_other_side_sees_as_mine(base, one, other):
    merge = merged(base, one, other)
    chosen = {conflict.path: Side.THEIRS for conflict in merge.conflicts}
    assert merged(base, one, other, chosen).content == merged(base, other, one).content


def test_a_comma_passes_a_definition_that_is_being_rewritten_elsewhere():
    base = {"definition": "plats i en rad som är bemannad"}
    comma = {"definition": "plats i en rad, som är bemannad"}
    mine = {"definition": "vårdplats i en rad som är bemannad"}
    merge = merged(base, comma, mine)
    assert merge.content == {"definition": "vårdplats i en rad, som är bemannad"}
    assert merge.conflicts == ()


def test_both_rewriting_the_same_words_is_a_conflict_and_mine_until_somebody_chooses():
    base, theirs, mine = ({"terms": {"sv": word}} for word in ("säng", "bädd", "brits"))
    merge = merged(base, theirs, mine)
    assert merge.content == mine
    (conflict,) = merge.conflicts
    assert (conflict.path, conflict.base, conflict.theirs, conflict.mine) == ("terms.sv", "säng", "bädd", "brits")
    assert merged(base, theirs, mine, {"terms.sv": Side.THEIRS}).content == theirs


def test_entries_of_a_list_are_taken_from_both():
    base, theirs, mine = {"notes": ["a", "b"]}, {"notes": ["x", "a", "b"]}, {"notes": ["a", "b", "y"]}
    assert merged(base, theirs, mine).content == {"notes": ["x", "a", "b", "y"]}


def test_changes_that_touch_are_a_conflict():
    assert [one.path for one in merged({"a": ["1"]}, {"a": ["1", "2"]}, {"a": ["1", "3"]}).conflicts] == ["a"]
    assert merged({"a": ["1"]}, {"a": ["1", "2"]}, {"a": ["1", "2"]}).conflicts == ()


def test_a_field_that_one_side_removed_goes_and_one_that_the_other_changed_is_asked_about():
    assert merged({"a": 1, "b": 1}, {"b": 1}, {"a": 1, "b": 2}).content == {"b": 2}
    (conflict,) = merged({"a": 1}, {}, {"a": 2}).conflicts
    assert (conflict.theirs, conflict.mine) == (None, 2)
    assert merged({"a": 1}, {}, {"a": 2}, {"a": Side.THEIRS}).content == {}


def test_texts_in_a_list_of_objects_are_woven_where_the_objects_are_the_same():
    def said(sv, en):
        return {"definitions": [{"language": "en", "text": en}, {"language": "sv", "text": sv}]}

    base, theirs, mine = (
        said("säng på avdelning", "bed in ward"),
        said("säng, på avdelning", "bed, in ward"),
        said("säng på enhet", "bed in unit"),
    )
    merge = merged(base, theirs, mine)
    assert (merge.content, merge.conflicts) == (said("säng, på enhet", "bed, in unit"), ())
    both = merged(base, said("brits", "bed in ward"), said("bädd", "bed in ward"))
    assert [conflict.path for conflict in both.conflicts] == ["definitions[1].text"]


def test_objects_that_differ_in_more_than_one_field_are_not_mixed():
    one, other, third = ({"related": [{"kind": kind, "to": to}]} for kind, to in (("a", "1"), ("b", "2"), ("c", "3")))
    merge = merged(one, other, third)
    assert [conflict.path for conflict in merge.conflicts] == ["related"] and merge.content == third


@pytest.mark.parametrize(
    ("base", "theirs", "mine"),
    [
        ([1], [2], [3]),
        ([{"text": "a"}], [2], [3]),
        ([1], [{"text": "a"}], [{"text": "b"}]),
        ([{"text": "a"}], [{"text": "b"}], [{"word": "c"}]),
        ([{"text": "a"}], [{"text": "b"}], [{"text": "c"}, {"text": "d"}]),
    ],
)
def test_entries_that_are_not_the_same_object_are_chosen_between_as_a_whole(base, theirs, mine):
    [conflict] = merged({"list": base}, {"list": theirs}, {"list": mine}).conflicts
    assert (conflict.path, conflict.base, conflict.theirs, conflict.mine) == ("list", base, theirs, mine)
