"""Rules on compilations: what each marks, by what it knows a measure, and on either side of each bound."""

import pytest

from legal_checks.compilations.rules import RULES, Subject, rule, rules_for
from legal_checks.secrecy.named_provisions import PROVISIONS_BY_ID


def ids(subject: Subject, audience: str = "public") -> list[str]:
    return [one.id for one in rules_for(subject, audience)]


def test_each_rule_cites_what_is_known_and_says_all_in_both_languages():
    assert len({one.id for one in RULES}) == len(RULES)
    for one in RULES:
        assert set(one.provisions) <= set(PROVISIONS_BY_ID)
        assert one.source and one.regions >= 2
        for text in (one.title, one.says, one.opens, one.citation):
            assert text.sv and text.en


@pytest.mark.parametrize(
    "concepts, names, is_marked",
    [
        ({"intensivvardsplats"}, ("platser",), True),
        ({"disponibel-vardplats"}, ("iva-platser",), True),
        ({"disponibel-vardplats"}, ("platser", "intensivvard_belagda"), True),
        ({"disponibel-vardplats"}, ("disponibla-vardplatser",), False),
        (set(), ("aktiva",), False),
    ],
)
def test_intensive_care_is_known_by_concept_or_by_name(concepts, names, is_marked):
    assert ("intensive-care-capacity" in ids(Subject.of(frozenset(concepts), *names))) is is_marked


def test_measures_that_two_versions_describe_are_marked_by_what_either_means():
    was, now = Subject.of(frozenset({"intensivvardsplats"})), Subject.of(frozenset(), "platser")
    assert "intensive-care-capacity" not in ids(now)
    assert "intensive-care-capacity" in ids(was | now)


@pytest.mark.parametrize(
    "rule_id, level, kind, age, is_marked",
    [
        ("near-real-time", 0, "day", 13, True),
        ("near-real-time", 0, "day", 14, False),
        ("near-real-time", 0, "month", 0, True),
        ("near-real-time", 1, "year", -30, True),
        ("fine-geography", 0, "day", 5000, False),
        ("fine-geography", 1, "day", 5000, True),
        ("fine-geography", 2, "week", 5000, True),
        ("fine-geography", 1, "month", 0, False),
        ("intensive-care-capacity", 0, "year", 5000, True),
    ],
)
def test_a_rule_marks_by_level_kind_of_period_and_age(rule_id, level, kind, age, is_marked):
    assert rule(rule_id).marks_cell(level, kind, age) is is_marked


def test_ordinary_follow_up_is_marked_by_no_rule():
    """Regions and hospitals by month or year, once the month is two weeks gone."""
    for one in rules_for(Subject.of(frozenset({"disponibel-vardplats"}), "disponibla-vardplatser-manad"), "public"):
        for level in (0, 1):
            assert not one.marks_cell(level, "month", 14)
            assert not one.marks_cell(level, "year", 400)
