"""The manifest of a change set: one text for what is decided, whatever the order it was put together in."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.content.canonical import content_hash
from registry.items.manifests import Line, MemberAct, lines_of, manifest

HASHES = st.text("0123456789abcdef", min_size=8, max_size=8)
LINES = st.lists(
    st.builds(
        Line,
        item=HASHES,
        version=HASHES,
        base=st.none() | HASHES,
        act=st.sampled_from(MemberAct),
        change=st.none() | st.sampled_from(["new", "editorial", "meaning"]),
        transition_until=st.none() | st.dates(),
    ),
    unique_by=lambda line: line.item,
    max_size=8,
)


@given(LINES, st.randoms())
def test_the_order_in_which_things_were_put_in_makes_no_difference(lines, random):
    shuffled = list(lines)
    random.shuffle(shuffled)
    assert manifest(shuffled) == manifest(lines)


@given(LINES)
def test_what_was_written_is_read_again(lines):
    assert sorted(lines_of(manifest(lines)), key=lambda line: line.item) == sorted(lines, key=lambda line: line.item)


@given(LINES, LINES)
def test_two_sets_have_the_same_hash_only_where_every_line_is_the_same(one, other):
    is_same = content_hash(manifest(one)) == content_hash(manifest(other))
    assert is_same == (set(one) == set(other))


def test_an_item_comes_once():
    line = Line("a", "1", None, MemberAct.PUBLISH, "new")
    with pytest.raises(ValueError):
        manifest([line, Line("a", "2", None, MemberAct.PUBLISH, "new")])


def test_a_day_of_transition_is_in_the_text_only_where_there_is_one():
    line = Line("a", "1", "0", MemberAct.PUBLISH, "narrower")
    plain = '{"content_schema":"change-set/1","members":[{"act":"publish","base":"0","class":"narrower","item":"a","version":"1"}]}'
    assert manifest([line]) == plain  # as it has been since there were manifests: their hashes are in decisions
    dated = manifest([replace(line, transition_until=date(2027, 6, 30))])
    assert '"transition_until":"2027-06-30"' in dated
    assert [one.transition_until for one in (*lines_of(plain), *lines_of(dated))] == [None, date(2027, 6, 30)]


def test_another_text_is_no_manifest():
    with pytest.raises(ValueError, match="change-set/1"):
        lines_of('{"content_schema":"change-set/2","members":[]}')
    with pytest.raises(ValueError):
        lines_of("[]")
