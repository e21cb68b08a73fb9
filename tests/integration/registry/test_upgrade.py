"""An instance that an earlier release left is upgraded, and every row stays.

What is read of it afterwards, and the same on PostgreSQL, is in `tests/soak/operations/test_upgrades.py`.
"""

from tests.grown import grown_instance
from tests.moved import differences
from tests.upgrades import on_sqlite, upgrade_and_compare


def test_a_grown_instance_is_upgraded_and_keeps_every_row(tmp_path):
    upgrade_and_compare(on_sqlite(grown_instance(tmp_path)))


def test_the_comparison_sees_tables_rows_and_values_that_are_not_as_they_were():
    before = {"kept": {(1,): {"id": 1, "word": "a"}, (2,): {"id": 2, "word": "b"}}, "gone": {}}
    after = {"kept": {(1,): {"id": 1, "word": "c", "new": 0}, (3,): {"id": 3, "word": "d", "new": 0}}, "new": {}}
    found = differences(before, after)
    assert len(found) == 3 and all("gone" in one or "was 'a', is 'c'" in one for one in found)
    assert len(differences(before, after, {"kept.word": lambda _rows, was, now: (was, now) == ("a", "c")})) == 2
    assert len(differences(before, after, {"kept.word": lambda _rows, was, now: now is None})) == 3
