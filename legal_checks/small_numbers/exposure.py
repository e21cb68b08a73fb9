"""Which cells a pattern leaves too certain, and how an attacker gets at them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isinf

import numpy as np

from legal_checks.small_numbers.attack_words import KNOWN, SHOWN, STEP_BY_STEP, SumName, attack_in_words
from legal_checks.small_numbers.cuts import Need, needs_of
from legal_checks.small_numbers.derivation import derive
from legal_checks.small_numbers.equations import BoolArray, FloatArray, IntArray
from legal_checks.small_numbers.grid import Grid
from legal_checks.small_numbers.intervals import TOLERANCE, Knowledge, attack_intervals
from legal_checks.small_numbers.moves import Move
from legal_checks.small_numbers.product_moves import ProductMoves
from legal_checks.small_numbers.proofs import Prover
from legal_checks.small_numbers.table import Cell
from legal_checks.small_numbers.task import Task
from legal_checks.small_numbers.watch import Watch
from registry.findings import Text

Alternatives = tuple[Need, ...]

MOST_PROOFS = 500
"""Exposed cells whose attack is spelled out; of more, the further ones say that it goes step by step or together."""

MOST_ATTAINED = 40_000
"""Larger tables are not asked beforehand which widths can be reached: that takes as long as an audit."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """A primary cell that is too certain: the attacker's interval (``highest`` ``None``: no end) and the attack."""

    cell: Cell
    lowest: float
    highest: float | None
    attack: Text


@dataclass(frozen=True)
class Exposed:
    """Exposed variables (a mask) with the attacker's intervals. Shapes (variables,)."""

    knowledge: Knowledge
    shown: BoolArray
    mask: BoolArray
    lowest: FloatArray
    highest: FloatArray
    by_bounds: BoolArray


def knowledge_of(task: Task, hidden: BoolArray) -> Knowledge:
    """What an attacker has when a pattern is published."""
    return Knowledge(task.matrix, task.lower, task.upper, task.unknown(hidden), task.truth)


def unmet(
    task: Task,
    needs: list[Alternatives],
    hidden: BoolArray,
    watch: Watch | None = None,
    moves: Sequence[Move] = (),
) -> list[Alternatives]:
    """Those of ``needs`` that the pattern ``hidden`` does not meet; ``moves`` may show that some are met."""
    knowledge = knowledge_of(task, hidden)
    unknown = knowledge.unknown
    missing: list[Alternatives] = []
    exact = [need for need in needs if need[0].level == 0]
    if exact:
        derivation = derive(knowledge, task.truth)
        if derivation is None:
            raise AssertionError("the true table does not satisfy its own equations")
        known = derivation.derived | ~unknown
        missing += [need for need in exact if known[need[0].target]]
    wide = [need for need in needs if need[0].level > 0]
    if wide:
        targets = np.zeros(task.truth.size, dtype=bool)
        targets[[need[0].target for need in wide]] = True
        reached = attack_intervals(
            knowledge,
            targets & unknown,
            witness=task.truth,
            moves=moves,
            enough=(task.lowest, task.highest),
            watch=watch,
        )
        if reached is None:
            raise AssertionError("the true table does not satisfy its own equations")
        for alternatives in wide:
            (need,) = alternatives
            far = reached.highest if need.sign > 0 else reached.lowest
            if need.sign * (far[need.target] - task.truth[need.target]) < need.level - TOLERANCE:
                missing.append(alternatives)
    return missing


def all_can_move(task: Task) -> bool:
    """Whether every demand is met when all is hidden: any count, and the sums it is in, can then be more or less."""
    everything = task.hidden_always() | task.candidates()
    no_bounds = not task.lower.any() and bool(np.isinf(task.upper).all()) and not task.known.any()
    return no_bounds and task.matrix is task.system.matrix and bool(everything.all())


def attainable(task: Task, watch: Watch | None = None) -> Task:
    """The task without the widths that no pattern gives: what is left of such a demand is that the cell is not derived.

    Of a task of ``MOST_ATTAINED`` variables or more nothing is looked into.
    """
    everything = task.hidden_always() | task.candidates()
    if task.truth.size >= MOST_ATTAINED:
        return task
    if all_can_move(task):
        return task
    wide = [need for need in needs_of(task) if need[0].level > 0]
    moves = _moves_within(task, everything, wide)
    lowest, highest = task.lowest.copy(), task.highest.copy()
    for (need,) in unmet(task, wide, everything, watch, moves):
        (highest if need.sign > 0 else lowest)[need.target] = task.truth[need.target]
    return replace(task, lowest=lowest, highest=highest)


def _moves_within(task: Task, hidden: BoolArray, needs: Sequence[Alternatives]) -> list[Move]:
    """Moves of hidden cells alone that are found by their shape: each is a witness that a need is met, and spares programs."""
    if not needs:
        return []
    products = ProductMoves(replace(task, must_show=task.must_show | ~hidden))
    return [move for need in needs if (move := products.protect(need, hidden)) is not None]


def find_exposed(task: Task, hidden: BoolArray, watch: Watch | None = None, moves: Sequence[Move] = ()) -> Exposed:
    """The primary variables whose demands the pattern does not meet, by an attack that trusts nothing before it.

    ``moves`` are tried as witnesses; what they do not show is attacked.
    """
    knowledge = knowledge_of(task, hidden)
    derivation = derive(knowledge, task.truth)
    if derivation is None:
        raise AssertionError("the true table does not satisfy its own equations")
    mask = task.primary & (derivation.derived | ~knowledge.unknown)
    for alternatives in unmet(task, [need for need in needs_of(task) if need[0].level > 0], hidden, watch, moves):
        mask[alternatives[0].target] = True
    lowest, highest = task.truth.copy(), task.truth.copy()
    loose = mask & knowledge.unknown & ~derivation.derived
    if loose.any():
        reached = attack_intervals(knowledge, loose, witness=task.truth, watch=watch)
        if reached is None:
            raise AssertionError("the true table does not satisfy its own equations")
        lowest[loose], highest[loose] = reached.lowest[loose], reached.highest[loose]
    return Exposed(knowledge, ~hidden, mask, lowest, highest, derivation.by_bounds)


def describe(exposed: Exposed, grid: Grid, variable: IntArray, numbers: IntArray, name: SumName) -> list[Exposure]:
    """Each exposed cell among ``numbers``, in words. ``variable`` gives the variable of each cell of the grid."""
    prover = Prover(exposed.knowledge)
    words: dict[int, Text] = {}
    found = []
    for number in numbers:
        which = int(variable[number])
        if not exposed.mask[which]:
            continue
        if which not in words:
            words[which] = _words(exposed, prover if len(words) < MOST_PROOFS else None, which, name)
        lowest, highest = round(float(exposed.lowest[which]), 6), round(float(exposed.highest[which]), 6)
        found.append(Exposure(grid.cell(int(number)), lowest, None if isinf(highest) else highest, words[which]))
    return found


def _words(exposed: Exposed, prover: Prover | None, target: int, name: SumName) -> Text:
    knowledge = exposed.knowledge
    if exposed.shown[target]:
        return SHOWN
    if not knowledge.unknown[target] or _is_known_so_far(exposed, target):
        return KNOWN
    if prover is None:
        return STEP_BY_STEP if exposed.by_bounds[target] else attack_in_words(None, None, False, 0, name)
    upper = lower = None
    if not isinf(exposed.highest[target]):
        upper = prover.prove(target, 1, float(exposed.highest[target]))
    if upper is None:
        lower = prover.prove(target, -1, float(exposed.lowest[target]))
    proof = upper or lower
    is_the_sum, seen = False, 0
    if proof is not None and len(proof.rows) == 1:
        row = slice(knowledge.matrix.indptr[proof.rows[0]], knowledge.matrix.indptr[proof.rows[0] + 1])
        columns, data = knowledge.matrix.indices[row], knowledge.matrix.data[row]
        is_the_sum = bool(data[columns == target][0] < 0)
        seen = int((~knowledge.unknown[columns]).sum())
    return attack_in_words(upper, lower, is_the_sum, seen, name)


def _is_known_so_far(exposed: Exposed, target: int) -> bool:
    """Whether the attacker's interval is what was known beforehand."""
    before = exposed.knowledge.lower[target], exposed.knowledge.upper[target]
    return bool(np.allclose(before, (exposed.lowest[target], exposed.highest[target]), rtol=0, atol=TOLERANCE))
