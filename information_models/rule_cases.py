"""Rows for which rules hold or are broken, found by solving and not by trying.

A rule is a boolean expression over linear sums of whole numbers (`rules`), over texts, and over what is missing. Written as a
disjunction of clauses, each clause is a small integer program. So it can be said that a rule can never be broken, that it
can never hold, or that one rule refuses what another lets pass, and a row can be shown that does. What multiplies two elements is
no linear sum, and only its bounds are known: where these do not decide, rows are tried, and otherwise nothing is said. Pure.
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import islice, product
from math import ceil, floor

import numpy as np
import sqlglot
from sqlglot import exp

from information_models.code_lists import CodeList
from information_models.elements import Element, ElementType, Role
from information_models.rules import Compiled, Value, compile_rule
from information_models.values import day_of, period_of

MOST_CLAUSES = 400
MOST_TEXTS = 2_000
"""So many combinations of texts are tried for one clause."""
TRIES = 400
"""So many rows are tried where a rule cannot be solved."""
WINDOW = 10**5
"""Numbers are looked for near zero first: rows that people recognise."""


class Wanted(StrEnum):
    """What a row is to make of a rule."""

    HOLDS = "holds"
    BROKEN = "broken"
    NOT_BROKEN = "not_broken"
    """It holds, or cannot be judged since something is missing."""


@dataclass(frozen=True, slots=True)
class Domain:
    """What the elements may say: by name each element, and by the name of a coded one its list."""

    elements: Mapping[str, Element]
    code_lists: Mapping[str, CodeList] = field(default_factory=dict)

    def compiled(self, expression: str) -> Compiled:
        return compile_rule(expression, {name: element.variable() for name, element in self.elements.items()})

    def may_miss(self, name: str) -> bool:
        """Whether a row may lack a value: where it need not be stated, and where what is counted is closed or not reported."""
        element = self.elements[name]
        return not element.required or element.role is Role.VALUE


@dataclass(frozen=True, slots=True)
class Case:
    """What was found. ``exists`` is ``None`` where it cannot be said; ``row`` is one, as rules see it, where it does."""

    exists: bool | None
    row: Mapping[str, Value] = field(default_factory=dict)


def find(domain: Domain, wanted: Sequence[tuple[str, Wanted]], seed: int = 0) -> Case:
    """A row of which all that is wanted is true. Every expression must be a rule over the elements of the domain."""
    compiled = [(domain.compiled(expression), want) for expression, want in wanted]
    names = list(dict.fromkeys(name for rule, _want in compiled for name in rule.elements))

    def is_found(row: Mapping[str, Value]) -> bool:
        return all(_is(rule.judge(row), want) for rule, want in compiled)

    solver = _Solver(domain, names, [expression for expression, _want in wanted])
    is_certain = True
    try:
        clauses = solver.clauses(wanted)
    except _TooMany:
        clauses, is_certain = [], False
    for clause in clauses:
        row = solver.solve(clause)
        if row is None:
            continue
        if row and is_found(row):
            return Case(exists=True, row=row)
        if not row and not names and is_found({}):
            return Case(exists=True)
        is_certain = False
    if is_certain:
        return Case(exists=False)
    for row in islice(solver.guesses(random.Random(seed)), TRIES):  # noqa: S311  (no secret: the same rows every time)
        if is_found(row):
            return Case(exists=True, row=row)
    return Case(exists=None)


def texts_that_cannot_be(domain: Domain, expression: str) -> list[tuple[str, str]]:
    """Elements with texts that a rule compares them with and that they never say: codes that their lists lack, days that are none,
    periods of another kind."""
    tree = sqlglot.parse_one(expression, dialect="postgres")
    solver = _Solver(domain, list(dict.fromkeys(column.name for column in tree.find_all(exp.Column))), [expression])
    found: dict[tuple[str, str], None] = {}
    for one in tree.find_all(exp.EQ, exp.NEQ, exp.In):
        sides = [one.this, *(one.expressions if isinstance(one, exp.In) else [one.expression])]
        said = [_text(side) for side in sides if solver.is_text(side)]
        for name in (side for side in said if isinstance(side, str)):
            for text in (side[0] for side in said if isinstance(side, tuple)):
                if text not in solver.sayable(name, [text]):
                    found[name, text] = None
    return list(found)


def _is(verdict: bool | None, want: Wanted) -> bool:
    if want is Wanted.HOLDS:
        return verdict is True
    return verdict is False if want is Wanted.BROKEN else verdict is not False


class _TooMany(Exception):
    """There are too many clauses."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """Fractions of elements, and a number: what is at most zero, or equals it."""

    of: Mapping[str, Fraction]
    constant: Fraction

    def plus(self, other: "_Sum", times: int = 1) -> "_Sum":
        names = dict.fromkeys((*self.of, *other.of))
        of = {name: self.of.get(name, Fraction()) + times * other.of.get(name, Fraction()) for name in names}
        return _Sum({name: share for name, share in of.items() if share}, self.constant + times * other.constant)

    def scaled(self, by: Fraction) -> "_Sum":
        return _Sum({name: share * by for name, share in self.of.items() if share * by}, self.constant * by)


@dataclass(frozen=True, slots=True)
class _Linear:
    """``sum`` is at most zero, or below it, or zero, or anything other (``kind``); every element that was ``named`` is there."""

    sum: _Sum
    kind: str
    named: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Texts:
    """Two texts, of an element or written out, are the same or are not."""

    left: str | tuple[str]
    right: str | tuple[str]
    same: bool

    @property
    def named(self) -> frozenset[str]:
        return frozenset(one for one in (self.left, self.right) if isinstance(one, str))


@dataclass(frozen=True, slots=True)
class _Missing:
    """Something of the elements that a term names is missing, or all of it is there."""

    named: frozenset[str]
    missing: bool


@dataclass(frozen=True, slots=True)
class _Product:
    low: Fraction
    high: Fraction
    decimals: int


_Atom = _Linear | _Texts | _Missing
_Clause = tuple[_Atom, ...]


class _Solver:
    def __init__(self, domain: Domain, names: Sequence[str], expressions: Sequence[str]) -> None:
        self.domain, self.names = domain, names
        literals = [
            literal.this
            for expression in expressions
            for literal in sqlglot.parse_one(expression, dialect="postgres").find_all(exp.Literal)
        ]
        self.numbers = [Fraction(one) for one in dict.fromkeys(literals) if one.replace(".", "", 1).isdigit()]
        own = {name: self._texts(name, literals) for name in names if not domain.elements[name].is_number}
        every = [text for texts in own.values() for text in texts]
        # What one may say another may say too: they may be the same.
        self.texts = {name: list(dict.fromkeys((*own[name], *self.sayable(name, every)))) for name in own}
        self.products: dict[str, _Product] = {}

    def _texts(self, name: str, literals: Sequence[str]) -> list[str]:
        """Texts that tell the cases of an element apart: those that are named in the rules and that it may say, and others."""
        element = self.domain.elements[name]
        codes = self.domain.code_lists.get(element.code_list or "")
        if element.type is ElementType.CODE and codes is not None:
            named = self.sayable(name, literals)
            return [*named, *islice((one.code for one in codes.codes if one.code not in named), 2)]
        return self.sayable(name, (*literals, *_SAID.get(element.type, ("nagot", "annat"))))

    def sayable(self, name: str, texts: Iterable[str]) -> list[str]:
        """Those of some texts that the element may say, each once."""
        element = self.domain.elements[name]
        codes = self.domain.code_lists.get(element.code_list or "")
        different = dict.fromkeys(texts)
        if element.type is ElementType.CODE and codes is not None:
            return [one for one in different if one in codes.by_code]
        if element.type is ElementType.PERIOD:
            return [one for one in different if (found := period_of(one)) and found.kind in element.period_kinds]
        return [one for one in different if element.type is not ElementType.DATE or day_of(one)]

    # Expressions as clauses

    def clauses(self, wanted: Sequence[tuple[str, Wanted]]) -> list[_Clause]:
        """Each way in which all that is wanted comes true. Raises `_TooMany`."""
        found: list[_Clause] = [()]
        for expression, want in wanted:
            tree = sqlglot.parse_one(expression, dialect="postgres")
            ways = self._ways(tree, want is not Wanted.BROKEN)
            if want is Wanted.NOT_BROKEN:
                ways += self._unknown(tree)
            found = [(*one, *other) for one in found for other in ways]
            if len(found) > MOST_CLAUSES:
                raise _TooMany
        return found

    def _ways(self, tree: exp.Expr, truth: bool) -> list[_Clause]:
        match tree:
            case exp.Paren():
                return self._ways(tree.this, truth)
            case exp.Not():
                return self._ways(tree.this, not truth)
            case exp.And() | exp.Or():
                left, right = self._ways(tree.this, truth), self._ways(tree.expression, truth)
                return left + right if isinstance(tree, exp.Or) is truth else _all_of(left, right)
            case exp.Between():
                low = self._compared(exp.GTE, tree.this, tree.args["low"], truth)
                high = self._compared(exp.LTE, tree.this, tree.args["high"], truth)
                return _all_of(low, high) if truth else low + high
            case exp.In():
                each = [self._compared(exp.EQ, tree.this, one, truth) for one in tree.expressions]
                if truth:
                    return [way for ways in each for way in ways]
                found: list[_Clause] = [()]
                for ways in each:
                    found = _all_of(found, ways)
                return found
            case exp.Is():
                named = frozenset(column.name for column in tree.this.find_all(exp.Column))
                return [(_Missing(named, missing=truth is not bool(tree.args.get("negate"))),)]
            case _:
                return self._compared(type(tree), tree.this, tree.expression, truth)

    def _unknown(self, tree: exp.Expr) -> list[_Clause]:
        """Each way in which it cannot be said whether an expression holds: something that decides is missing."""
        match tree:
            case exp.Paren() | exp.Not():
                return self._unknown(tree.this)
            case exp.And() | exp.Or():
                decides_not = isinstance(tree, exp.And)
                left, right = self._unknown(tree.this), self._unknown(tree.expression)
                found = _all_of(left, right)
                found += _all_of(left, self._ways(tree.expression, decides_not))
                return found + _all_of(self._ways(tree.this, decides_not), right)
            case exp.Between():
                low = exp.GTE(this=tree.this, expression=tree.args["low"])
                high = exp.LTE(this=tree.this, expression=tree.args["high"])
                return self._unknown(exp.And(this=low, expression=high))
            case exp.In():
                either: exp.Expr = exp.EQ(this=tree.this, expression=tree.expressions[0])
                for one in tree.expressions[1:]:
                    either = exp.Or(this=either, expression=exp.EQ(this=tree.this, expression=one))
                return self._unknown(either)
            case exp.Is():
                return []
            case _:
                named = dict.fromkeys(column.name for column in tree.find_all(exp.Column))
                return [(_Missing(frozenset({name}), missing=True),) for name in named if self.domain.may_miss(name)]

    def _compared(self, kind: type[exp.Expr], left: exp.Expr, right: exp.Expr, truth: bool) -> list[_Clause]:
        kind = kind if truth else _OPPOSITE[kind]
        named = frozenset(one.name for side in (left, right) for one in side.find_all(exp.Column))
        if self.is_text(left):
            return [(_Texts(_text(left), _text(right), same=kind is exp.EQ),)]
        difference = self._sum(left).plus(self._sum(right), -1)
        turned = difference.scaled(Fraction(-1))
        of: dict[type[exp.Expr], list[tuple[_Sum, str]]] = {
            exp.EQ: [(difference, "zero")],
            exp.NEQ: [(difference, "other")],
            exp.LTE: [(difference, "most")],
            exp.LT: [(difference, "below")],
            exp.GTE: [(turned, "most")],
            exp.GT: [(turned, "below")],
        }
        return [(_Linear(one, how, named),) for one, how in of[kind]]

    def is_text(self, tree: exp.Expr) -> bool:
        """Whether an expression is an element that is no number, or a written text."""
        if isinstance(tree, exp.Paren):
            return self.is_text(tree.this)
        if isinstance(tree, exp.Column):
            return not self.domain.elements[tree.name].is_number
        return isinstance(tree, exp.Literal) and bool(tree.is_string)

    def _sum(self, tree: exp.Expr) -> _Sum:
        match tree:
            case exp.Paren():
                return self._sum(tree.this)
            case exp.Column():
                return _Sum({tree.name: Fraction(1)}, Fraction())
            case exp.Literal():
                return _Sum({}, Fraction(tree.this))
            case exp.Neg():
                return self._sum(tree.this).scaled(Fraction(-1))
            case exp.Mul():
                left, right = self._sum(tree.this), self._sum(tree.expression)
                if left.of and right.of:
                    return self._product(left, right)
                return right.scaled(left.constant) if not left.of else left.scaled(right.constant)
            case _:
                return self._sum(tree.this).plus(self._sum(tree.expression), -1 if isinstance(tree, exp.Sub) else 1)

    def _product(self, left: _Sum, right: _Sum) -> _Sum:
        """A product of elements as an unknown of its own, of which its bounds are known: where not even that comes true, nothing
        does."""
        (a, b, one), (c, d, other) = self._range(left), self._range(right)
        corners = [a * c, a * d, b * c, b * d]
        name = f"*{len(self.products)}"
        self.products[name] = _Product(min(corners), max(corners), one + other)
        return _Sum({name: Fraction(1)}, Fraction())

    def _range(self, one: _Sum) -> tuple[Fraction, Fraction, int]:
        """Least, most, and decimals of a sum."""
        low = high = one.constant
        decimals = _decimals(one.constant)
        for name, share in one.of.items():
            least, most, scale = self._limits(name)
            low += min(share * least, share * most)
            high += max(share * least, share * most)
            decimals = max(decimals, scale + _decimals(share))
        return low, high, decimals

    def _limits(self, name: str) -> tuple[Fraction, Fraction, int]:
        if (known := self.products.get(name)) is not None:
            return known.low, known.high, known.decimals
        element = self.domain.elements[name]
        return Fraction(element.low), Fraction(element.high), element.decimals

    # Clauses as rows

    def solve(self, clause: _Clause) -> dict[str, Value] | None:
        """A row of the clause; empty where its numbers cannot be trusted; ``None`` where there is none."""
        there = {name for atom in clause if not (isinstance(atom, _Missing) and atom.missing) for name in atom.named}
        missing: set[str] = set()
        for atom in clause:
            if isinstance(atom, _Missing) and atom.missing and not (atom.named & missing):
                free = [name for name in sorted(atom.named - there) if self.domain.may_miss(name)]
                if not free:
                    return None
                missing.add(free[0])
        texts = next(self._text_rows([atom for atom in clause if isinstance(atom, _Texts)], missing), None)
        if texts is None:
            return None
        linear = [atom for atom in clause if isinstance(atom, _Linear)]
        numbers = self._solved(linear, missing, WINDOW)
        if numbers is None and any(
            self._bounds(name, WINDOW) != self._bounds(name, None) for name in self._own(missing)
        ):
            numbers = self._solved(linear, missing, None)
        return None if numbers is None else {**dict.fromkeys(self.names), **texts, **numbers}

    def _text_rows(self, atoms: Sequence[_Texts], missing: set[str]) -> Iterator[dict[str, Value]]:
        asked = [name for name in self.texts if any(name in atom.named for atom in atoms)]
        others: dict[str, Value] = {
            name: (texts[0] if texts else None)
            for name, texts in self.texts.items()
            if name not in missing and name not in asked
        }
        rows = product(*(self.texts[name] for name in asked))
        for said in islice(rows, MOST_TEXTS):
            row = dict(zip(asked, said, strict=True))

            def means(one: str | tuple[str], row: Mapping[str, str] = row) -> str:
                return row[one] if isinstance(one, str) else one[0]

            if all((means(atom.left) == means(atom.right)) is atom.same for atom in atoms):
                yield {**others, **row}

    def _solved(self, atoms: Sequence[_Linear], missing: set[str], window: int | None) -> dict[str, Value] | None:
        """The numbers, as whole numbers of their elements' smallest unit. What may be anything but zero is left to see, and divided
        into below and above where it is zero all the same."""
        numbers = self._programmed([one for one in atoms if one.kind != "other" or not one.sum.of], missing, window)
        if not numbers:
            return numbers
        for atom in atoms:
            if atom.kind == "other" and self._sum_of(atom.sum, numbers) == 0:
                others = [one for one in atoms if one is not atom]
                for side in (atom.sum, atom.sum.scaled(Fraction(-1))):
                    apart = self._solved([*others, _Linear(side, "below", atom.named)], missing, window)
                    if apart is not None:
                        return apart
                return None
        return numbers

    def _sum_of(self, one: _Sum, numbers: Mapping[str, Value]) -> Fraction | None:
        """What a sum comes to; ``None`` where a product is part of it."""
        if any(name not in numbers for name in one.of):
            return None
        each = (
            share * Fraction(int(numbers[name] or 0), 10 ** self._limits(name)[2]) for name, share in one.of.items()
        )
        return one.constant + sum(each)

    def _programmed(self, atoms: Sequence[_Linear], missing: set[str], window: int | None) -> dict[str, Value] | None:
        """The same, of whole sums."""
        own = self._own(missing)
        names = [*own, *dict.fromkeys(name for atom in atoms for name in atom.sum.of if name in self.products)]
        if any(not atom.sum.of and not _holds(atom) for atom in atoms):
            return None
        atoms = [atom for atom in atoms if atom.sum.of]
        if not names:
            return {}
        size = {name: 10 ** self._limits(name)[2] for name in names}
        low, high = zip(*(self._bounds(name, window) for name in names), strict=True)
        if any(least > most for least, most in zip(low, high, strict=True)):
            return None
        if any(self._least(atom) > 0 or (atom.kind == "below" and self._least(atom) == 0) for atom in atoms):
            return None
        rows, upper, lower = [], [], []
        for atom in atoms:
            if not atom.sum.of:
                continue
            shares = {name: share / size[name] for name, share in atom.sum.of.items()}
            whole = np.lcm.reduce([one.denominator for one in (*shares.values(), atom.sum.constant)], dtype=object)
            rows.append([float(shares.get(name, Fraction()) * whole) for name in names])
            limit = float(-atom.sum.constant * whole)
            upper.append(limit - 1 if atom.kind == "below" else limit)
            lower.append(limit if atom.kind == "zero" else -np.inf)
        from scipy.optimize import Bounds, LinearConstraint, milp  # the application starts without it

        found = milp(
            np.zeros(len(names)),
            integrality=np.ones(len(names)),
            bounds=Bounds(np.array(low, dtype=float), np.array(high, dtype=float)),
            constraints=[LinearConstraint(np.array(rows), np.array(lower), np.array(upper))] if rows else [],
        )
        if found.x is not None:
            return {name: round(value) for name, value in zip(names, found.x, strict=True) if name in own}
        return None if found.status == _INFEASIBLE else {}

    def _own(self, missing: set[str]) -> list[str]:
        """The numbers that are there."""
        return [name for name in self.names if name not in self.texts and name not in missing]

    def _least(self, atom: _Linear) -> Fraction:
        """What the sum of an atom is at least; of one that is to be zero, how far from it at least."""
        low, high, _decimals = self._range(atom.sum)
        return max(low, -high) if atom.kind == "zero" else low

    def _bounds(self, name: str, window: int | None) -> tuple[int, int]:
        least, most, decimals = self._limits(name)
        low, high = ceil(least * 10**decimals), floor(most * 10**decimals)
        if window is not None and name not in self.products and low <= window and high >= -window:
            low, high = max(low, -window), min(high, window)
        return low, high

    # Rows by trying

    def guesses(self, chance: random.Random) -> Iterator[dict[str, Value]]:
        """Rows of values near bounds, near what the rules name, and of chance; the same ones for the same seed."""
        pools: dict[str, list[Value]] = {}
        for name in self.names:
            element = self.domain.elements[name]
            pool: list[Value] = [*self.texts.get(name, ())]
            if element.is_number:
                size = 10**element.decimals
                low, high = self._bounds(name, None)
                near = [low, low + 1, high - 1, high, 0, 1, 2, size, *(int(one * size) for one in self.numbers)]
                near += [one + step for one in near for step in (-1, 1)]
                pool = [one for one in dict.fromkeys(near) if low <= one <= high]
                pool += [chance.randint(max(low, -WINDOW), max(low, min(high, WINDOW))) for _ in range(8)]
            pools[name] = [*pool, *([None] if self.domain.may_miss(name) else [])] or [None]
        while True:
            yield {name: chance.choice(pool) for name, pool in pools.items()}


_INFEASIBLE = 2
_SAID = {
    ElementType.PERIOD: (
        *("2024", "2024-H1", "2024-T1", "2024-05", "2024-W20", "2024-05-15", "2024-05-15/natt", "2023"),
        *("2023-H1", "2023-05", "2023-W20", "2023-05-15", "2023-05-15/natt"),
    ),
    ElementType.DATE: ("2024-05-15", "2023-05-15"),
}
"""What periods and days may say, beside what rules name."""
_OPPOSITE: Mapping[type[exp.Expr], type[exp.Expr]] = {
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
    exp.LT: exp.GTE,
    exp.GTE: exp.LT,
    exp.GT: exp.LTE,
    exp.LTE: exp.GT,
}


def _decimals(one: Fraction) -> int:
    """How many decimals a fraction of powers of ten has; what rules write has few."""
    return next(count for count in range(40) if (one * 10**count).denominator == 1)


def _all_of(left: Sequence[_Clause], right: Sequence[_Clause]) -> list[_Clause]:
    found = [(*one, *other) for one in left for other in right]
    if len(found) > MOST_CLAUSES:
        raise _TooMany
    return found


def _text(tree: exp.Expr) -> str | tuple[str]:
    """An element by its name, a written text as a tuple of it."""
    if isinstance(tree, exp.Paren):
        return _text(tree.this)
    return str(tree.name) if isinstance(tree, exp.Column) else (str(tree.this),)


def _holds(atom: _Linear) -> bool:
    constant = atom.sum.constant
    return {"zero": constant == 0, "most": constant <= 0, "below": constant < 0, "other": constant != 0}[atom.kind]


def texts_of(domain: Domain, row: Mapping[str, Value]) -> dict[str, str]:
    """A row as cells of a file: numbers with their decimals, and nothing where something is missing."""
    said = {}
    for name, value in row.items():
        if value is None:
            continue
        decimals = domain.elements[name].decimals
        said[name] = str(Decimal(value).scaleb(-decimals)) if isinstance(value, int) else str(value)
    return said
