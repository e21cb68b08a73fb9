"""The nodes of rules: bounds, scales, three values, and words."""

from decimal import Decimal

import polars as pl
import pytest
from sqlglot import exp

from information_models import rule_nodes as nodes
from information_models.rule_nodes import LARGEST, Node, RuleError, Variable
from registry.findings import Text

VARIABLES = {
    "a": Variable("a", "number", Text("Antal", "Count"), 0, Decimal(-5), Decimal(500)),
    "b": Variable("b", "number", Text("Belopp", "Amount"), 2, Decimal("-0.25"), Decimal("50.5")),
    "t": Variable("t", "text", Text("IVA-plats", "ICU bed")),
}


def of(name):
    return nodes.variable(name, VARIABLES, [])


def literal(text):
    return nodes.literal(exp.Literal(this=text, is_string=False))


def word(text):
    return nodes.literal(exp.Literal(this=text, is_string=True))


def number_with(low, high, scale=0):
    return Node("number", pl.lit(1), lambda _: 1, "x", "x", scale, low, high)


def bounds(node):
    return node.scale, node.low, node.high


def on_columns(node, **values):
    frame = pl.DataFrame({name: [value] for name, value in values.items()}, strict=False)
    return frame.select(node.polars.alias("out"))["out"].to_list()[0]


def code_of(act):
    with pytest.raises(RuleError) as error:
        act()
    return error.value.finding.code, dict(error.value.finding.params)


def test_a_variable_is_an_integer_of_its_smallest_unit_within_its_bounds():
    asked = []
    node = nodes.variable("b", VARIABLES, asked)
    assert (node.kind, bounds(node), node.sv, node.en, asked) == ("number", (2, -25, 5050), "belopp", "amount", ["b"])
    assert node.run({"b": 125}) == 125
    assert on_columns(node, __scaled_b=125) == 125
    assert bounds(of("a")) == (0, -5, 500)
    assert (Variable("x", "number", Text("", "")).low, Variable("x", "number", Text("", "")).high) == (0, 0)


def test_a_text_is_itself_and_an_abbreviation_keeps_its_capitals():
    node = of("t")
    assert (node.kind, node.sv, node.en, bounds(node)) == ("text", "IVA-plats", "ICU bed", (0, 0, 0))
    assert (node.run({"t": "x"}), on_columns(node, t="x")) == ("x", "x")


@pytest.mark.parametrize(
    ("label", "said"), [("Antal", "antal"), ("IVa", "IVa"), ("I", "i"), ("Iv A", "iv A"), ("", "")]
)
def test_a_label_within_a_sentence_begins_with_a_small_letter(label, said):
    node = nodes.variable("x", {"x": Variable("x", "text", Text(label, label))}, [])
    assert (node.sv, node.en) == (said, said)


def test_an_unknown_name_is_refused():
    assert code_of(lambda: of("z")) == ("RULE-107", {"name": "z"})


@pytest.mark.parametrize(("text", "expected"), [
    ("0", (0, 0, 0)), ("12", (0, 12, 12)), ("1.50", (2, 150, 150)), ("0.000001", (6, 1, 1)), ("9" * 15, (0, 10**15 - 1, 10**15 - 1)),
])  # fmt: skip
def test_a_literal_keeps_its_decimals(text, expected):
    node = literal(text)
    assert bounds(node) == expected
    assert (node.run({}), on_columns(node, x=1)) == (expected[1], expected[1])
    assert (node.sv, node.en) == (text.replace(".", ","), text)


@pytest.mark.parametrize("text", ["1e3", "0.0000001", "1" * 16, ".5", "1."])
def test_a_literal_of_another_form_is_refused(text):
    assert code_of(lambda: literal(text)) == ("RULE-108", {"literal": text})


def test_a_text_literal_is_quoted_as_each_language_quotes():
    node = word("x")
    assert (node.kind, node.sv, node.en, node.run({})) == ("text", "«x»", "“x”", "x")


@pytest.mark.parametrize(("kind", "expected", "result", "sv", "en"), [
    (exp.Add, (2, -525, 55050), 800, "antal plus belopp", "count plus amount"),
    (exp.Sub, (2, -5550, 50025), 600, "antal minus belopp", "count minus amount"),
    (exp.Mul, (2, -25250, 2525000), 700, "antal gånger belopp", "count times amount"),
])  # fmt: skip
def test_arithmetic_keeps_scale_and_bounds(kind, expected, result, sv, en):
    node = nodes.arithmetic(kind, of("a"), of("b"))
    assert (node.kind, bounds(node), node.sv, node.en) == ("number", expected, sv, en)
    assert node.run({"a": 7, "b": 100}) == result
    assert on_columns(node, __scaled_a=7, __scaled_b=100) == result
    assert node.run({"a": None, "b": 100}) is None
    assert node.run({"a": 7, "b": None}) is None


def test_the_sides_are_brought_to_one_scale_whichever_is_finer():
    left = nodes.arithmetic(exp.Sub, of("b"), of("a"))
    assert (bounds(left), left.run({"a": 7, "b": 100})) == ((2, -50025, 5550), -600)


def test_bounds_of_a_product_come_from_every_corner():
    assert bounds(nodes.arithmetic(exp.Mul, number_with(-3, 2), number_with(-5, 4)))[1:] == (-12, 15)
    assert bounds(nodes.arithmetic(exp.Mul, number_with(2, 3, 1), number_with(4, 5, 2))) == (3, 8, 15)


def test_a_negated_number_has_its_bounds_the_other_way():
    node = nodes.negated(of("b"))
    assert (bounds(node), node.sv, node.en) == ((2, -5050, 25), "−belopp", "−amount")
    assert (node.run({"b": 3}), node.run({"b": None}), on_columns(node, __scaled_b=3)) == (-3, None, -3)


@pytest.mark.parametrize("node", [number_with(0, LARGEST), number_with(-LARGEST, 0)])
def test_what_fits_in_the_largest_integer_is_taken(node):
    assert bounds(nodes.arithmetic(exp.Add, node, number_with(0, 0))) == bounds(node)


@pytest.mark.parametrize("act", [
    lambda: nodes.arithmetic(exp.Add, number_with(0, LARGEST), number_with(0, 1)),
    lambda: nodes.arithmetic(exp.Sub, number_with(-LARGEST, 0), number_with(0, 1)),
    lambda: nodes.arithmetic(exp.Mul, number_with(0, LARGEST), number_with(0, 2)),
    lambda: nodes.arithmetic(exp.Add, number_with(0, LARGEST), number_with(0, 0, 1)),
    lambda: nodes.variable("x", {"x": Variable("x", "number", Text("", ""), 0, Decimal(0), Decimal(LARGEST + 1))}, []),
    lambda: nodes.comparison(exp.LT, number_with(-LARGEST, 0), number_with(0, 0, 1)),
])  # fmt: skip
def test_what_could_overflow_is_refused(act):
    assert code_of(act)[0] == "RULE-110"


COMPARED = [
    (exp.EQ, (False, True, False), "är lika med", "equals"),
    (exp.NEQ, (True, False, True), "är inte lika med", "does not equal"),
    (exp.LT, (True, False, False), "är lägre än", "is lower than"),
    (exp.LTE, (True, True, False), "är högst", "is at most"),
    (exp.GT, (False, False, True), "är högre än", "is higher than"),
    (exp.GTE, (False, True, True), "är minst", "is at least"),
]


@pytest.mark.parametrize(("kind", "truths", "sv", "en"), COMPARED)
def test_comparisons_are_exact_at_the_border_and_across_scales(kind, truths, sv, en):
    node = nodes.comparison(kind, of("b"), literal("2"))
    assert (node.kind, node.sv, node.en) == ("truth", f"belopp {sv} 2", f"amount {en} 2")
    assert tuple(node.run({"b": value}) for value in (199, 200, 201)) == truths
    assert tuple(on_columns(node, __scaled_b=value) for value in (199, 200, 201)) == truths
    assert node.run({"b": None}) is None


def test_texts_are_only_equal_or_not():
    assert nodes.comparison(exp.EQ, of("t"), word("x")).run({"t": "x"}) is True
    assert nodes.comparison(exp.NEQ, of("t"), word("x")).run({"t": "x"}) is False
    for kind in (exp.LT, exp.LTE, exp.GT, exp.GTE):
        assert code_of(lambda kind=kind: nodes.comparison(kind, of("t"), word("x")))[0] == "RULE-109"
    truth = nodes.is_missing(of("t"))
    for left, right in ((of("a"), of("t")), (of("t"), of("a")), (truth, truth), (truth, of("t"))):
        assert code_of(lambda left=left, right=right: nodes.comparison(exp.EQ, left, right))[0] == "RULE-109"


def test_missing_and_present():
    missing = nodes.is_missing(of("a"))
    assert (missing.run({"a": None}), missing.run({"a": 0})) == (True, False)
    assert (on_columns(missing, __scaled_a=None), on_columns(missing, __scaled_a=0)) == (True, False)
    assert (missing.sv, missing.en) == ("antal saknas", "count is missing")
    present = nodes.present(missing)
    assert (present.run({"a": None}), present.run({"a": 0})) == (False, True)
    assert (on_columns(present, __scaled_a=None), on_columns(present, __scaled_a=0)) == (False, True)
    assert (present.sv, present.en) == ("antal finns", "count is present")
    assert code_of(lambda: nodes.is_missing(missing))[0] == "RULE-109"


def said(value):
    return Node("truth", pl.lit(value, pl.Boolean), lambda _: value, "s", "e")


@pytest.mark.parametrize(("kind", "sv", "en", "decisive"), [
    (exp.And, "s och s", "e and e", False), (exp.Or, "s eller s", "e or e", True),
])  # fmt: skip
def test_and_and_or_know_three_values(kind, sv, en, decisive):
    for one in (True, False, None):
        for other in (True, False, None):
            node = nodes.joined(kind, said(one), said(other))
            both = {one, other}
            expected = decisive if decisive in both else (None if None in both else not decisive)
            assert node.run({}) is expected
            assert on_columns(node, x=1) is expected
    assert (node.sv, node.en, node.kind) == (sv, en, "truth")


def test_negation_of_a_truth():
    for value, expected in ((True, False), (False, True), (None, None)):
        node = nodes.negation(said(value))
        assert (node.run({}), on_columns(node, x=1)) == (expected, expected)
    assert (node.sv, node.en) == ("det gäller inte att s", "it is not so that e")


def test_between_takes_both_ends_and_one_of_each_item():
    node = nodes.between(of("a"), literal("2"), literal("4"))
    assert [node.run({"a": value}) for value in (1, 2, 4, 5)] == [False, True, True, False]
    assert (node.sv, node.en) == ("antal är mellan 2 och 4", "count is between 2 and 4")
    some = nodes.one_of(of("a"), [literal("1"), literal("3"), literal("7")])
    assert [some.run({"a": value}) for value in (1, 2, 3, 7)] == [True, False, True, True]
    assert (some.sv, some.en) == ("antal är 1, 3 eller 7", "count is 1, 3 or 7")
    one = nodes.one_of(of("t"), [word("x")])
    assert (one.run({"t": "x"}), one.sv, one.en) == (True, "IVA-plats är «x»", "ICU bed is “x”")


def test_only_what_is_asked_for_is_taken():
    assert nodes.number(of("a")).kind == "number"
    assert nodes.truth(said(True)).kind == "truth"
    assert code_of(lambda: nodes.number(of("t")))[0] == "RULE-109"
    assert code_of(lambda: nodes.truth(of("a")))[0] == "RULE-105"
