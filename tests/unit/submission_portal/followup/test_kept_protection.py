"""What is kept of a table's protection: read back as it was, also from earlier releases, and compared by what reviewers read."""

from dataclasses import replace

import pytest

from registry.findings import Finding, Severity
from submission_portal.followup.kept_protection import KeptProtection
from submission_portal.followup.protecting import Exposed, Protection
from submission_portal.followup.schemas import TableSchema
from submission_portal.followup.small_number_rules import Rules

MADE = Protection(
    primary=("b", "a"),
    secondary=("d", "c"),
    exposed=(Exposed("a", "1", "4"),),
    findings=(Finding("small-numbers-empty-table", Severity.INFO),),
    groups=2,
)
KEPT = KeptProtection.of(MADE, Rules(5), 3)


def test_what_is_kept_is_in_order_and_read_back_as_it_was():
    assert (KEPT.primary, KEPT.secondary, KEPT.groups, KEPT.method) == (("a", "b"), ("c", "d"), 2, 3)
    assert KEPT.is_safe == MADE.is_safe
    assert KeptProtection.from_dict(KEPT.as_dict()) == KEPT
    assert KEPT.as_dict()["rules"] == {**Rules(5).as_dict(), "method": 3}


def test_of_a_table_that_says_nothing_nothing_is_known():
    assert KeptProtection.from_dict({}) == KeptProtection()
    assert KeptProtection().as_dict() == {
        "is_safe": False, "groups": 0, "primary": [], "secondary": [], "findings": [], "exposed": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, True), ({"rules": Rules(7)}, True), ({"method": 9}, True), ({"groups": 1}, True),
        ({"is_safe": not KEPT.is_safe}, False), ({"primary": ("a",)}, False), ({"secondary": ()}, False),
        ({"findings": ()}, False), ({"exposed": ()}, False),
    ],
)  # fmt: skip
def test_reviewers_read_the_same_whatever_a_table_was_made_by(change, same):
    assert KEPT.says_the_same_as(replace(KEPT, **change)) is same


def test_a_downloaded_table_may_have_no_source():
    assert TableSchema().validate({"source": None}) == {}
    assert TableSchema().validate({"title": None})
