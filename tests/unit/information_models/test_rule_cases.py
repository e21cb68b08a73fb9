"""Rows for which rules hold or are broken, found or shown not to be there."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from information_models.code_lists import Code, CodeList
from information_models.elements import Element, ElementType, Role
from information_models.rule_cases import Domain, Wanted, find, texts_of
from registry.findings import Text
from registry.period import PeriodKind

T = Text("x", "x")


def number(name, low="0", high="500", decimals=0, **more):
    bounds = {"minimum": low and Decimal(low), "maximum": high and Decimal(high)}
    kind = ElementType.DECIMAL if decimals else ElementType.INTEGER
    return Element(name, T, T, Role.VALUE, kind, decimals=decimals, **bounds, **more)


FORMS = CodeList("form", T, T, (Code("a", T), Code("b", T), Code("c", T)))
DOMAIN = Domain(
    {
        "a": number("a"),
        "b": number("b"),
        "c": number("c", None, None, 2),
        "form": Element("form", T, T, Role.DIMENSION, ElementType.CODE, code_list="form"),
        "manad": Element("manad", T, T, Role.DIMENSION, ElementType.PERIOD, period_kinds=(PeriodKind.MONTH,)),
        "dag": Element("dag", T, T, Role.ATTRIBUTE, ElementType.DATE, required=False),
        "fritt": Element("fritt", T, T, Role.ATTRIBUTE, ElementType.TEXT, required=False),
    },
    {"form": FORMS},
)


@pytest.mark.parametrize(
    ("expression", "can_hold", "can_break"),
    [
        ("a <= b", True, True),
        ("a >= 0", True, False),
        ("a < 0", False, True),
        ("a <= a", True, False),
        ("a > b and b > a", False, True),
        ("a + b <= 1000", True, False),
        ("a + b <= 999", True, True),
        ("a * 7 - b = 13", True, True),
        ("a between 3 and 2", False, True),
        ("a = 1 or a <> 1", True, False),
        ("a - 1 <> a - 2", True, False),
        ("a <> 1 and a <> 2 and a between 1 and 2", False, True),
        ("a <> 0 and b <> 0 and a <> b and a + b <= 3", True, True),
        ("a is null or a >= 0", True, False),
        ("a is not null", True, True),
        ("a is null and a > 1", False, True),
        ("1 = 1", True, False),
        ("c = 0.25", True, True),
        ("c > 1000000000", True, True),
        ("2 * c = 0.01", False, True),
        ("form in ('a', 'b', 'c')", True, False),
        ("form = 'd'", False, True),
        ("form is null", False, True),
        ("not form = 'a' or a > 0", True, True),
        ("manad = '2024-05'", True, True),
        ("manad = '2024'", False, True),
        ("dag = '2024-05-15' or dag is null", True, True),
        ("fritt = 'x' and fritt = 'y'", False, True),
        ("fritt = form", True, True),
        ("a * b >= 0", True, False),
        ("a * b <= 249999", True, True),
        ("a * b > 250000", False, True),
    ],
)
def test_what_a_rule_can_come_to_is_known(expression, can_hold, can_break):
    for wanted, is_there in ((Wanted.HOLDS, can_hold), (Wanted.BROKEN, can_break)):
        found = find(DOMAIN, [(expression, wanted)])
        assert found.exists is is_there, wanted
        if is_there:
            assert DOMAIN.compiled(expression).judge(found.row) is (wanted is Wanted.HOLDS)


def test_what_neither_bounds_nor_trying_decide_is_not_said():
    assert find(DOMAIN, [("a * b = 7919", Wanted.HOLDS)]).exists is None


def test_one_rule_may_let_pass_what_another_refuses():
    found = find(DOMAIN, [("a <= b + 1", Wanted.NOT_BROKEN), ("a <= b", Wanted.BROKEN)])
    assert found.row["a"] == found.row["b"] + 1
    assert find(DOMAIN, [("a <= b", Wanted.NOT_BROKEN), ("a <= b + 1", Wanted.BROKEN)]).exists is False
    # What is missing breaks nothing.
    found = find(DOMAIN, [("a <= b", Wanted.NOT_BROKEN), ("a is not null", Wanted.BROKEN)])
    assert found.row["a"] is None


def test_a_row_is_said_as_its_cells_would_be():
    assert texts_of(DOMAIN, {"c": 25, "a": None, "form": "a", "b": 3}) == {"c": "0.25", "form": "a", "b": "3"}


NAMES = st.sampled_from(["a", "b"])
TERMS = st.one_of(
    NAMES,
    st.integers(0, 4).map(str),
    st.tuples(NAMES, st.sampled_from("+-*"), st.integers(0, 3)).map(lambda t: f"{t[0]} {t[1]} {t[2]}"),
)
ATOMS = st.one_of(
    st.tuples(TERMS, st.sampled_from(["<", "<=", ">", ">=", "=", "<>"]), TERMS).map(" ".join),
    NAMES.map("{} is null".format),
    NAMES.map("{} is not null".format),
    st.tuples(NAMES, st.integers(0, 4), st.integers(0, 4)).map(lambda t: f"{t[0]} between {t[1]} and {t[2]}"),
    st.tuples(NAMES, st.integers(0, 4), st.integers(0, 4)).map(lambda t: f"{t[0]} in ({t[1]}, {t[2]})"),
)
RULES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        inner.map("not ({})".format),
        st.tuples(inner, st.sampled_from([") and (", ") or ("]), inner).map(lambda t: f"({''.join(t)})"),
    ),
    max_leaves=3,
)
SMALL = Domain({"a": number("a", high="4"), "b": number("b", high="4")})
EVERY = [{"a": a, "b": b} for a in (None, *range(5)) for b in (None, *range(5))]


@settings(max_examples=60, deadline=None)
@given(RULES, RULES)
def test_what_is_found_is_what_trying_every_row_finds(one, other):
    rules = [SMALL.compiled(expression) for expression in (one, other)]
    said = [[rule.judge(row) for rule in rules] for row in EVERY]
    assert find(SMALL, [(one, Wanted.HOLDS)]).exists in (any(first is True for first, _ in said), None)
    assert find(SMALL, [(one, Wanted.BROKEN)]).exists in (any(first is False for first, _ in said), None)
    both = find(SMALL, [(one, Wanted.NOT_BROKEN), (other, Wanted.BROKEN)])
    # Where there are too many ways it is not said; what is said is so.
    assert both.exists in (any(first is not False and second is False for first, second in said), None)
