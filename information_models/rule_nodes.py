"""What a rule is translated into: nodes that can be run on columns, on a record, and told in words.

Each builder takes nodes and gives a node; it refuses what does not fit together or could overflow. Pure.
"""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import polars as pl
from sqlglot import exp

from information_models.finding_texts.all import FINDINGS
from registry.findings import Text

LARGEST = 2**63 - 1

Kind = Literal["number", "text"]


@dataclass(frozen=True, slots=True)
class Variable:
    """An element as a rule sees it. ``low`` and ``high`` bound a number; ``decimals`` is its scale."""

    name: str
    kind: Kind
    label: Text
    decimals: int = 0
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)


class RuleError(ValueError):
    """An expression that is no rule. ``finding`` says why."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.finding = FINDINGS.found(code, params)


Value = int | str | bool | None


@dataclass(frozen=True, slots=True)
class Node:
    """A translated expression: how to run it on columns, on a record, and how to say it.

    ``kind`` is ``number`` (an integer scaled by 10^``scale``, within ``low``…``high``), ``text`` or ``truth``.
    """

    kind: Literal["number", "text", "truth"]
    polars: pl.Expr
    run: Callable[[Mapping[str, Value]], Value]
    sv: str
    en: str
    scale: int = 0
    low: int = 0
    high: int = 0


def scaled(name: str) -> str:
    """The column that holds the element's value as an integer of its smallest unit."""
    return f"__scaled_{name}"


def variable(name: str, variables: Mapping[str, Variable], names: list[str]) -> Node:
    found = variables.get(name)
    if found is None:
        raise RuleError("RULE-107", name=name)
    names.append(name)
    sv, en = _quoted(found.label)
    if found.kind == "text":
        return Node("text", pl.col(name).cast(pl.String), operator.itemgetter(name), sv, en)
    size = 10**found.decimals
    return _bounded(
        Node(
            "number",
            pl.col(scaled(name)),
            operator.itemgetter(name),
            sv,
            en,
            found.decimals,
            int(found.low * size),
            int(found.high * size),
        )
    )


def literal(tree: exp.Literal) -> Node:
    text: str = tree.this
    if tree.is_string:
        return Node("text", pl.lit(text), lambda _: text, f"«{text}»", f"“{text}”")
    if not re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,6})?", text):
        raise RuleError("RULE-108", literal=text)
    scale = len(text.partition(".")[2])
    value = int(text.replace(".", ""))
    return Node("number", pl.lit(value, pl.Int64), lambda _: value, text.replace(".", ","), text, scale, value, value)


def arithmetic(kind: type[exp.Expr], left: Node, right: Node) -> Node:
    if kind is exp.Mul:
        corners = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
        return _bounded(
            Node(
                "number",
                left.polars * right.polars,
                _strict(operator.mul, left, right),
                f"{left.sv} gånger {right.sv}",
                f"{left.en} times {right.en}",
                left.scale + right.scale,
                min(corners),
                max(corners),
            )
        )
    left, right = _aligned(left, right)
    if kind is exp.Add:
        return _bounded(
            Node(
                "number",
                left.polars + right.polars,
                _strict(operator.add, left, right),
                f"{left.sv} plus {right.sv}",
                f"{left.en} plus {right.en}",
                left.scale,
                left.low + right.low,
                left.high + right.high,
            )
        )
    return _bounded(
        Node(
            "number",
            left.polars - right.polars,
            _strict(operator.sub, left, right),
            f"{left.sv} minus {right.sv}",
            f"{left.en} minus {right.en}",
            left.scale,
            left.low - right.high,
            left.high - right.low,
        )
    )


def negated(child: Node) -> Node:
    run = child.run

    def negate(record: Mapping[str, Value]) -> Value:
        value = run(record)
        return None if value is None else -value  # type: ignore[operator]  # numbers only, see _number

    return Node("number", -child.polars, negate, f"−{child.sv}", f"−{child.en}", child.scale, -child.high, -child.low)


_COMPARISONS: Mapping[type[exp.Expr], tuple[Callable[..., bool], str, str]] = {
    exp.EQ: (operator.eq, "är lika med", "equals"),
    exp.NEQ: (operator.ne, "är inte lika med", "does not equal"),
    exp.LT: (operator.lt, "är lägre än", "is lower than"),
    exp.LTE: (operator.le, "är högst", "is at most"),
    exp.GT: (operator.gt, "är högre än", "is higher than"),
    exp.GTE: (operator.ge, "är minst", "is at least"),
}


def comparison(kind: type[exp.Expr], left: Node, right: Node) -> Node:
    if {left.kind, right.kind} == {"number"}:
        left, right = _aligned(left, right)
    elif {left.kind, right.kind} != {"text"} or kind not in (exp.EQ, exp.NEQ):
        raise RuleError("RULE-109")
    compare, sv, en = _COMPARISONS[kind]
    return Node(
        "truth",
        compare(left.polars, right.polars),  # type: ignore[arg-type]  # Polars overloads the operators
        _strict(compare, left, right),
        f"{left.sv} {sv} {right.sv}",
        f"{left.en} {en} {right.en}",
    )


def is_missing(child: Node) -> Node:
    if child.kind == "truth":
        raise RuleError("RULE-109")
    run = child.run
    return Node(
        "truth",
        child.polars.is_null(),
        lambda record: run(record) is None,
        f"{child.sv} saknas",
        f"{child.en} is missing",
    )


def joined(kind: type[exp.Expr], left: Node, right: Node) -> Node:
    """AND and OR with three values, which Polars' ``&`` and ``|`` follow as well (Kleene)."""
    decisive = kind is exp.Or
    first, second = left.run, right.run

    def run(record: Mapping[str, Value]) -> Value:
        values = (first(record), second(record))
        if decisive in values:
            return decisive
        return None if None in values else not decisive

    sv, en = ("eller", "or") if decisive else ("och", "and")
    polars = (left.polars | right.polars) if decisive else (left.polars & right.polars)
    return Node("truth", polars, run, f"{left.sv} {sv} {right.sv}", f"{left.en} {en} {right.en}")


def between(value: Node, low: Node, high: Node) -> Node:
    both = joined(exp.And, comparison(exp.GTE, value, low), comparison(exp.LTE, value, high))
    return with_words(
        both,
        f"{value.sv} är mellan {low.sv} och {high.sv}",
        f"{value.en} is between {low.en} and {high.en}",
    )


def one_of(value: Node, items: list[Node]) -> Node:
    result = comparison(exp.EQ, value, items[0])
    for item in items[1:]:
        result = joined(exp.Or, result, comparison(exp.EQ, value, item))
    return with_words(
        result,
        f"{value.sv} är {_listed([item.sv for item in items], 'eller')}",
        f"{value.en} is {_listed([item.en for item in items], 'or')}",
    )


def _listed(words: list[str], conjunction: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def present(missing: Node) -> Node:
    run = missing.run
    return Node(
        "truth",
        ~missing.polars,
        lambda record: not run(record),
        f"{missing.sv.removesuffix(' saknas')} finns",
        f"{missing.en.removesuffix(' is missing')} is present",
    )


def negation(child: Node) -> Node:
    run = child.run

    def negate(record: Mapping[str, Value]) -> Value:
        value = run(record)
        return None if value is None else not value

    return Node("truth", ~child.polars, negate, f"det gäller inte att {child.sv}", f"it is not so that {child.en}")


def _strict(compute: Callable[..., Value], left: Node, right: Node) -> Callable[[Mapping[str, Value]], Value]:
    """``compute`` where both sides are known, otherwise unknown."""
    first, second = left.run, right.run

    def run(record: Mapping[str, Value]) -> Value:
        a, b = first(record), second(record)
        return None if a is None or b is None else compute(a, b)

    return run


def _aligned(left: Node, right: Node) -> tuple[Node, Node]:
    scale = max(left.scale, right.scale)
    return _rescaled(left, scale), _rescaled(right, scale)


def _rescaled(node: Node, scale: int) -> Node:
    factor = 10 ** (scale - node.scale)
    if factor == 1:
        return node
    run = node.run

    def multiply(record: Mapping[str, Value]) -> Value:
        value = run(record)
        return None if value is None else value * factor

    return _bounded(
        Node("number", node.polars * factor, multiply, node.sv, node.en, scale, node.low * factor, node.high * factor)
    )


def _bounded(node: Node) -> Node:
    if max(abs(node.low), abs(node.high)) > LARGEST:
        raise RuleError("RULE-110")
    return node


def number(node: Node) -> Node:
    if node.kind != "number":
        raise RuleError("RULE-109")
    return node


def truth(node: Node) -> Node:
    if node.kind != "truth":
        raise RuleError("RULE-105")
    return node


def with_words(node: Node, sv: str, en: str) -> Node:
    return Node(node.kind, node.polars, node.run, sv, en, node.scale, node.low, node.high)


def _quoted(label: Text) -> tuple[str, str]:
    """Labels inside a sentence: a first capital is lowered unless the word is an abbreviation."""

    def lowered(text: str) -> str:
        return text if text[1:2].isupper() else text[:1].lower() + text[1:]

    return lowered(label.sv), lowered(label.en)
