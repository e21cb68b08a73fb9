"""What is small for each audience, what each has been shown, and where policies differ."""

from decimal import Decimal

import polars as pl
import pytest

from registry.findings import Text
from submission_portal.flows.audiences import Audience
from submission_portal.flows.policy import Policy, Zeros
from submission_portal.followup.figures import SCHEMA, Status, read_figures
from submission_portal.followup.published_cells import PublishedCells, Settled, as_each_has
from submission_portal.followup.small_number_rules import PROTECTED, Rules, StatedPolicy, disagreements, rules_for

OF_FLOW = StatedPolicy(Policy(5, Zeros.PUBLISHED, Text("", "")))
RECIPIENTS = StatedPolicy(Policy(3, Zeros.PUBLISHED, Text("", "")), Audience.RECIPIENT)
STRICT = StatedPolicy(Policy(7, Zeros.HIDDEN, Text("", "")), Audience.PUBLIC)


def test_a_flows_policy_holds_for_every_audience_and_a_uses_for_its_own():
    assert [rules_for(one, [OF_FLOW, STRICT]) for one in PROTECTED] == [Rules(5), Rules(7, True)]
    assert [rules_for(one, [RECIPIENTS, STRICT]) for one in PROTECTED] == [Rules(3), Rules(7, True)]
    assert rules_for(Audience.PUBLIC, [RECIPIENTS]) == Rules(), "where nobody says anything, five"


def test_where_the_policies_of_an_audience_differ_both_numbers_are_said():
    threshold, zeros = disagreements(Audience.PUBLIC, [OF_FLOW, STRICT, RECIPIENTS])
    assert (threshold.code, zeros.code) == ("FOL-024", "FOL-025")
    assert threshold.params == {"audience": Audience.PUBLIC.label, "lowest": 5, "highest": 7}
    assert disagreements(Audience.RECIPIENT, [OF_FLOW, OF_FLOW, STRICT]) == ()
    (alone,) = disagreements(Audience.RECIPIENT, [OF_FLOW, RECIPIENTS])
    assert alone.params["lowest"] == 3


def frame(**cells: int | None) -> pl.DataFrame:
    rows = [
        {
            "key": key, "region": key, "place": [], "period": "2026", "value": value,
            "status": (Status.HIDDEN if value is None else Status.OBSERVED).value,
            "delivered": 1, "expected": None, "missing": [], "releases": ["r"],
        }
        for key, value in cells.items()
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=SCHEMA)


def test_what_a_version_showed_narrower_audiences_have_and_what_it_hid_wider_ones_do_not():
    of_recipient, of_public = frame(a=1, b=None, c=3), frame(a=None, b=None, c=3, d=4)
    both = as_each_has(PROTECTED, [([Audience.RECIPIENT], of_recipient), ([Audience.PUBLIC], of_public)])
    recipient, public = both[Audience.RECIPIENT], both[Audience.PUBLIC]
    assert (recipient.hidden, public.hidden) == ({"b"}, {"a", "b"})
    assert set(recipient.shown) == {"a", "c", "d"} and set(public.shown) == {"c", "d"}
    same = as_each_has(PROTECTED, [(list(PROTECTED), of_public)])
    assert same[Audience.RECIPIENT] == same[Audience.PUBLIC]


@pytest.mark.parametrize(("withheld", "holds"), [("b", True), ("a", False)])
def test_a_pattern_that_shows_what_is_withheld_from_others_does_not_hold_any_more(withheld, holds):
    settled = Settled({"a": (Decimal(8), ("r",)), "b": (None, ("r",))}, frozenset("b"), frozenset())
    cells = PublishedCells(settled=settled, withheld=frozenset([withheld]))
    assert (cells.settles(read_figures(frame(a=8, b=2))) is settled) is holds


def test_what_is_withheld_is_hidden_though_somebody_has_told_it():
    told = frozenset("a")
    assert not PublishedCells(frozenset("a"), told=told).hides("a")
    assert PublishedCells(frozenset("a"), told=told, withheld=frozenset("a")).hides("a")
