"""Rules across the fields of a row: boolean SQL expressions, read with sqlglot, translated by us.

A rule such as ``belagda <= disponibla + overbelaggningar`` is bounded in length, parsed as PostgreSQL, and accepted
only where every node is one that this module translates. It becomes an exact integer computation: decimals are scaled
by a power of ten, and a rule whose largest possible value does not fit 64 bits is refused when it is written, so that
nothing overflows when it runs. The same tree is run on Polars columns (`as_polars`), on one record (`judge`) and is
told in words (`in_words`).

NULL (closed, not reported, unreadable) follows SQL's three-valued logic; a row for which a rule is neither true nor
false is *not judged*, never a violation. ``/`` is left out, and so are functions: nothing here can reach a file, a
network or a clock. `pl.sql_expr` is never used.
"""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import polars as pl
import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from registry.findings import Finding, Language, Severity, Text

LONGEST = 500
DEEPEST = 20
LARGEST = 2**63 - 1
_ALLOWED_CHARACTERS = re.compile(r"[A-Za-z0-9_ÅÄÖåäöÉé .,'()<>=!+*\n-]*")

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
        self.finding = Finding(code, Severity.ERROR, params)


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


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule's expression, ready to run. ``elements`` are the names it mentions, in the order they appear."""

    elements: tuple[str, ...]
    node: Node

    def as_polars(self) -> pl.Expr:
        """True, false or null per row. Number columns must be integers scaled to their element's decimals
        (``<name>`` → ``scaled(name)``)."""
        return self.node.polars

    def judge(self, record: Mapping[str, Value]) -> bool | None:
        """The same for one record of scaled integers and texts."""
        verdict = self.node.run(record)
        return None if verdict is None else bool(verdict)

    def in_words(self, language: Language) -> str:
        return self.node.en if language == "en" else self.node.sv


def scaled(name: str) -> str:
    """The column that holds the element's value as an integer of its smallest unit."""
    return f"__scaled_{name}"


def compile_rule(expression: str, variables: Mapping[str, Variable]) -> Compiled:
    """Translates ``expression``. Raises `RuleError` where it is not a boolean expression over ``variables``."""
    if len(expression) > LONGEST:
        raise RuleError("RULE-101", longest=LONGEST)
    if not _ALLOWED_CHARACTERS.fullmatch(expression) or "--" in expression or not expression.strip():
        raise RuleError("RULE-102")
    if _depth(expression) > DEEPEST:
        raise RuleError("RULE-103", deepest=DEEPEST)
    try:
        trees = sqlglot.parse(expression, dialect="postgres")
    except (SqlglotError, RecursionError) as error:
        raise RuleError("RULE-104") from error
    if len(trees) != 1 or trees[0] is None:
        raise RuleError("RULE-104")
    names: list[str] = []
    try:
        node = _translate(trees[0], variables, names)
    except RecursionError as error:
        raise RuleError("RULE-103", deepest=DEEPEST) from error
    if node.kind != "truth":
        raise RuleError("RULE-105")
    return Compiled(tuple(dict.fromkeys(names)), node)


def _depth(expression: str) -> int:
    """How deep parentheses and NOTs nest, at most."""
    depth = deepest = 0
    for character in expression:
        depth += (character == "(") - (character == ")")
        deepest = max(deepest, depth)
    return max(deepest, len(re.findall(r"(?i)\bnot\b", expression)))


def _translate(tree: exp.Expr, variables: Mapping[str, Variable], names: list[str]) -> Node:
    def inner(child: exp.Expr) -> Node:
        return _translate(child, variables, names)

    # A node that carries more than what is translated here (a future option of the parser) is refused, not ignored.
    known = _TRANSLATED.get(type(tree))
    if known is None or any(value for name, value in tree.args.items() if name not in known):
        raise RuleError("RULE-106", node=type(tree).__name__)
    match tree:
        case exp.Paren():
            child = inner(tree.this)
            return child if child.kind != "truth" else _with_words(child, f"({child.sv})", f"({child.en})")
        case exp.Column() if isinstance(tree.this, exp.Identifier) and not tree.this.args.get("quoted"):
            return _variable(tree.name, variables, names)
        case exp.Literal():
            return _literal(tree)
        case exp.Neg():
            return _negated(_number(inner(tree.this)))
        case exp.Add() | exp.Sub() | exp.Mul():
            return _arithmetic(type(tree), _number(inner(tree.this)), _number(inner(tree.expression)))
        case exp.EQ() | exp.NEQ() | exp.LT() | exp.LTE() | exp.GT() | exp.GTE():
            return _comparison(type(tree), inner(tree.this), inner(tree.expression))
        case exp.Between():
            return _between(inner(tree.this), inner(tree.args["low"]), inner(tree.args["high"]))
        case exp.In() if tree.expressions:
            return _one_of(inner(tree.this), [inner(item) for item in tree.expressions])
        case exp.Is() if isinstance(tree.expression, exp.Null):
            missing = _is_missing(inner(tree.this))
            return _present(missing) if tree.args.get("negate") else missing
        case exp.And() | exp.Or():
            return _joined(type(tree), _truth(inner(tree.this)), _truth(inner(tree.expression)))
        case exp.Not():
            return _not(_truth(inner(tree.this)))
        case _:
            raise RuleError("RULE-106", node=type(tree).__name__)


_BINARY = frozenset({"this", "expression"})
_TRANSLATED: Mapping[type[exp.Expr], frozenset[str]] = {
    exp.Paren: frozenset({"this"}),
    exp.Column: frozenset({"this"}),
    exp.Literal: frozenset({"this", "is_string"}),
    exp.Neg: frozenset({"this"}),
    exp.Not: frozenset({"this"}),
    **dict.fromkeys(
        (exp.Add, exp.Sub, exp.Mul, exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.And, exp.Or), _BINARY
    ),
    exp.Between: frozenset({"this", "low", "high"}),
    exp.In: frozenset({"this", "expressions"}),
    exp.Is: _BINARY | {"negate"},
}


def _variable(name: str, variables: Mapping[str, Variable], names: list[str]) -> Node:
    variable = variables.get(name)
    if variable is None:
        raise RuleError("RULE-107", name=name)
    names.append(name)
    sv, en = _quoted(variable.label)
    if variable.kind == "text":
        return Node("text", pl.col(name).cast(pl.String), operator.itemgetter(name), sv, en)
    size = 10**variable.decimals
    return _bounded(
        Node(
            "number",
            pl.col(scaled(name)),
            operator.itemgetter(name),
            sv,
            en,
            variable.decimals,
            int(variable.low * size),
            int(variable.high * size),
        )
    )


def _literal(tree: exp.Literal) -> Node:
    text: str = tree.this
    if tree.is_string:
        return Node("text", pl.lit(text), lambda _: text, f"«{text}»", f"“{text}”")
    if not re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,6})?", text):
        raise RuleError("RULE-108", literal=text)
    scale = len(text.partition(".")[2])
    value = int(text.replace(".", ""))
    return Node("number", pl.lit(value, pl.Int64), lambda _: value, text.replace(".", ","), text, scale, value, value)


def _arithmetic(kind: type[exp.Expr], left: Node, right: Node) -> Node:
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


def _negated(child: Node) -> Node:
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


def _comparison(kind: type[exp.Expr], left: Node, right: Node) -> Node:
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


def _is_missing(child: Node) -> Node:
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


def _joined(kind: type[exp.Expr], left: Node, right: Node) -> Node:
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


def _between(value: Node, low: Node, high: Node) -> Node:
    both = _joined(exp.And, _comparison(exp.GTE, value, low), _comparison(exp.LTE, value, high))
    return _with_words(
        both,
        f"{value.sv} är mellan {low.sv} och {high.sv}",
        f"{value.en} is between {low.en} and {high.en}",
    )


def _one_of(value: Node, items: list[Node]) -> Node:
    result = _comparison(exp.EQ, value, items[0])
    for item in items[1:]:
        result = _joined(exp.Or, result, _comparison(exp.EQ, value, item))
    return _with_words(
        result,
        f"{value.sv} är {_listed([item.sv for item in items], 'eller')}",
        f"{value.en} is {_listed([item.en for item in items], 'or')}",
    )


def _listed(words: list[str], conjunction: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def _present(missing: Node) -> Node:
    run = missing.run
    return Node(
        "truth",
        ~missing.polars,
        lambda record: not run(record),
        f"{missing.sv.removesuffix(' saknas')} finns",
        f"{missing.en.removesuffix(' is missing')} is present",
    )


def _not(child: Node) -> Node:
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


def _number(node: Node) -> Node:
    if node.kind != "number":
        raise RuleError("RULE-109")
    return node


def _truth(node: Node) -> Node:
    if node.kind != "truth":
        raise RuleError("RULE-105")
    return node


def _with_words(node: Node, sv: str, en: str) -> Node:
    return Node(node.kind, node.polars, node.run, sv, en, node.scale, node.low, node.high)


def _quoted(label: Text) -> tuple[str, str]:
    """Labels inside a sentence: a first capital is lowered unless the word is an abbreviation."""

    def lowered(text: str) -> str:
        return text if text[1:2].isupper() else text[:1].lower() + text[1:]

    return lowered(label.sv), lowered(label.en)
