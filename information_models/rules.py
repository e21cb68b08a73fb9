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

import re
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from information_models import rule_nodes as nodes
from information_models.rule_nodes import Node, RuleError, Value, Variable, scaled
from registry.findings import Language

__all__ = ["Compiled", "RuleError", "Value", "Variable", "compile_rule", "scaled"]

LONGEST = 500
DEEPEST = 20
_ALLOWED_CHARACTERS = re.compile(r"[A-Za-z0-9_ÅÄÖåäöÉé .,'()<>=!+*\n-]*")


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
            is_simple = isinstance(tree.this, exp.Column | exp.Literal | exp.Paren)
            return child if is_simple else nodes.with_words(child, f"({child.sv})", f"({child.en})")
        case exp.Column() if isinstance(tree.this, exp.Identifier) and not tree.this.args.get("quoted"):
            return nodes.variable(tree.name, variables, names)
        case exp.Literal():
            return nodes.literal(tree)
        case exp.Neg():
            return nodes.negated(nodes.number(inner(tree.this)))
        case exp.Add() | exp.Sub() | exp.Mul():
            return nodes.arithmetic(type(tree), nodes.number(inner(tree.this)), nodes.number(inner(tree.expression)))
        case exp.EQ() | exp.NEQ() | exp.LT() | exp.LTE() | exp.GT() | exp.GTE():
            return nodes.comparison(type(tree), inner(tree.this), inner(tree.expression))
        case exp.Between():
            return nodes.between(inner(tree.this), inner(tree.args["low"]), inner(tree.args["high"]))
        case exp.In() if tree.expressions:
            return nodes.one_of(inner(tree.this), [inner(item) for item in tree.expressions])
        case exp.Is() if isinstance(tree.expression, exp.Null):
            missing = nodes.is_missing(inner(tree.this))
            return nodes.present(missing) if tree.args.get("negate") else missing
        case exp.And() | exp.Or():
            return nodes.joined(type(tree), nodes.truth(inner(tree.this)), nodes.truth(inner(tree.expression)))
        case exp.Not():
            return nodes.negation(nodes.truth(inner(tree.this)))
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
