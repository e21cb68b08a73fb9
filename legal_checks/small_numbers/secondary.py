"""Which further cells to hide so that no primary cell can be worked out, at least cost.

A master problem proposes a pattern from the conditions known so far; an attacker takes it on; each success of the
attacker is a new condition (a cut), and is repaired to give a safe pattern at once. The proposals' costs are lower
bounds, the safe patterns' costs upper ones; when they meet, the pattern is proven cheapest.
"""

from dataclasses import dataclass

import numpy as np

from legal_checks.small_numbers.certificates import FAR_RADII, NEAR_RADII, Certifier
from legal_checks.small_numbers.covering import Cover
from legal_checks.small_numbers.cuts import Cut, cut_from_alpha, needs_of
from legal_checks.small_numbers.derivation import derive
from legal_checks.small_numbers.equations import BoolArray, FloatArray
from legal_checks.small_numbers.exposure import Alternatives, all_can_move, knowledge_of, unmet
from legal_checks.small_numbers.master import Master
from legal_checks.small_numbers.moves import Move
from legal_checks.small_numbers.product_moves import ProductMoves
from legal_checks.small_numbers.repair import Repairer
from legal_checks.small_numbers.task import Task
from legal_checks.small_numbers.watch import OF_A_PROGRAM, OF_A_VARIABLE, OF_AN_INTERVAL, Watch

CUTS_PER_ROUND = 150
"""Proofs looked for in one round; those left over are found in the next, if they still hold."""
POLISHING_ROUNDS = 30
ROUNDINGS = 3
"""Times that a relaxation is rounded off and attacked before the master is asked for whole patterns."""
MOST_REPAIRS = 30
"""A proposal with more exposed cells than this is too far from safe to be repaired one cell after the other."""
FAR = 0.25
"""A proposal for a large table that leaves more than this share of the needs unmet is rather made safe as a whole."""
HALF = 0.5
"""Share of the time that the first polishing may take; what is then still far from safe needs the rest."""
MANY = 60
"""More exposed cells than this are repaired by product moves first, where every attack takes linear programs."""
PATIENCE_EXACT, PATIENCE_WIDE, PATIENCE_LARGE = 2, 16, 32
"""Repairs between two attacks at most, by what an attack costs beside a repair: linear algebra, programs, a large table."""
LARGE = 20_000
"""A larger table gets a safe pattern made of product moves, and a bound without attacks, before any search."""
SEARCHABLE = 40_000
"""A large table up to this size is searched if time is left."""
PROVABLE = 5000
"""Tables of fewer variables are searched until the optimum is proven, larger ones until the gap is good enough."""
GOOD_ENOUGH = 0.01
PRESENT = 1e-6
"""A fraction larger than this counts as hidden when the relaxation's support is attacked."""


@dataclass(frozen=True)
class Pattern:
    """Which variables are hidden (shape (variables,)), how good that is proven to be, and moves that make it safe."""

    hidden: BoolArray
    cost: float
    bound: float
    rounds: int = 0
    moves: tuple[Move, ...] = ()

    @property
    def gap(self) -> float:
        """(cost − bound) / cost."""
        return 0.0 if self.is_proven else (self.cost - self.bound) / self.cost

    @property
    def is_proven(self) -> bool:
        """Whether no safe pattern is cheaper."""
        return self.cost <= self.bound + 1e-6 * max(1.0, self.cost)


def hide_secondary(task: Task, watch: Watch) -> Pattern:
    """A pattern that meets every need that can be met, cheapest if time allows."""
    if not task.candidates().any() or not task.primary.any():
        return Pattern(task.hidden_always(), 0.0, 0.0)
    return _Search(task, watch).run()


class _Search:
    def __init__(self, task: Task, watch: Watch) -> None:
        self.task, self.watch = task, watch
        self.needs = needs_of(task)
        self.master = Master(task, watch)
        self.certifier = Certifier(task)
        self.repairer = Repairer(task)
        self.nearby = Repairer(task, task.cost <= np.median(task.cost[task.candidates()]), only_near=True)
        self.best: BoolArray | None = None
        self.best_cost = float("inf")
        self.moves: tuple[Move, ...] = ()
        self.bound = 0.0
        self.rounds = self.rounded_off = 0
        self.used = task.hidden_always()
        self.stuck = False
        self.relaxed: FloatArray = np.ones(task.truth.size)
        self.hot: list[Alternatives] = []
        self.products = ProductMoves(task)
        self.is_large = task.truth.size > LARGE
        is_small = task.truth.size < PROVABLE
        self.goal = 0.0 if is_small else GOOD_ENOUGH
        self.step_gap = 0.0 if is_small else GOOD_ENOUGH / 3

    def run(self) -> Pattern:
        watch = self.watch
        watch.phase("relax")
        self.needs = self._possible()
        self.master.add(self._equation_cuts())
        x = self._relaxation()
        if self.task.truth.size >= PROVABLE:
            self._cover_by_products(x)
        watch.phase("search")
        self.stuck = self.is_large and (self.task.truth.size > SEARCHABLE or watch.is_over(0.8))
        while not self._is_done() and not self.stuck and not watch.is_over(0.9):
            self._round()
        best = self.best
        if best is None:
            start = self.task.hidden_always() if x is None else x >= 0.5
            best = self._repaired(start, self._unmet(self.needs, start))
        cost = self.master.cost(best)
        return Pattern(best, cost, min(self.bound, cost), self.rounds, self.moves)

    def _possible(self) -> list[Alternatives]:
        """The needs that some pattern meets: those that hiding everything meets. Of widths, `attainable` has left only those."""
        task = self.task
        everything = task.hidden_always() | task.candidates()
        if all_can_move(task):
            return self.needs
        exact = [need for need in self.needs if need[0].level == 0]
        impossible = set(unmet(self.task, exact, everything, self.watch))
        return [need for need in self.needs if need not in impossible]

    def _equation_cuts(self) -> list[Cut]:
        """The cuts of single equations: each need of each primary cell, in each equation the cell is in."""
        task, matrix, cuts = self.task, self.task.matrix, []
        by_column = matrix.tocsc()
        free = task.hidden_always() & ~task.known & (task.lower < task.truth) & (task.truth < task.upper)
        company = (matrix != 0) @ free.astype(np.float64)
        for alternatives in self.needs:
            target, level = alternatives[0].target, alternatives[0].level
            for row in by_column.indices[by_column.indptr[target] : by_column.indptr[target + 1]]:
                if level == 0 and company[row] > free[target]:
                    continue  # another cell that is hidden in any case moves either way
                part = slice(matrix.indptr[row], matrix.indptr[row + 1])
                columns = matrix.indices[part]
                alpha = matrix.data[part] / matrix.data[part][columns == target][0]
                cut = cut_from_alpha(task, tuple((need, alpha) for need in alternatives), columns)
                if cut is not None:
                    cuts.append(cut)
        return cuts

    def _relaxation(self) -> FloatArray | None:
        """The relaxation's pattern once no lone cell and no attack on its support is left, or time is."""
        x: FloatArray | None = None
        while True:
            self.watch.step()
            relaxed = self.master.relax(self.watch.remaining(0.4))
            if relaxed is None:
                return x
            self.bound, x = max(self.bound, relaxed[0]), relaxed[1]
            self.relaxed = x
            if self.watch.is_over(0.4):
                return x
            if self.master.add(self.master.lone_cells(x)):
                continue
            if self.is_large:
                return x
            if self.hot and self.master.add(self._attack(x > PRESENT, self.hot)[0]):
                continue
            cuts, self.hot = self._attack(x > PRESENT, self.needs)
            if not self.master.add(cuts) and not self._round_off(x):
                return x

    def _round_off(self, x: FloatArray) -> int:
        """Cuts that the relaxation violates once it is rounded off; how many are new. They cost a program, where the same cuts
        found by proposals of the master cost a search each. An attack on widths is dearer than that."""
        is_exact = all(alternatives[0].level == 0 for alternatives in self.needs)
        if self.task.truth.size < PROVABLE or self.rounded_off >= ROUNDINGS or not is_exact:
            return 0
        self.rounded_off += 1
        hidden = self.task.hidden_always() | (x >= 0.5)
        cuts, _ = self._attack(hidden, self.needs)
        return self.master.add([*cuts, *self.master.lone_cells(hidden.astype(np.float64))])

    def _attack(self, hidden: BoolArray, needs: list[Alternatives]) -> tuple[list[Cut], list[Alternatives]]:
        """The cuts that a pattern violates, and those of ``needs`` that it does not meet."""
        missing = self._unmet(needs, hidden)
        cuts: list[Cut] = []
        for radii in (NEAR_RADII, FAR_RADII):
            for alternatives in missing:
                if len(cuts) >= CUTS_PER_ROUND or self.watch.is_over(0.9):
                    break
                cut = self.certifier.cut(alternatives, hidden, radii)
                self.watch.spend(OF_A_PROGRAM)
                if cut is not None:
                    cuts.append(cut)
            if cuts:
                break
        return cuts, missing

    def _unmet(self, needs: list[Alternatives], hidden: BoolArray) -> list[Alternatives]:
        """Those of the needs that a pattern does not meet; the work is counted."""
        wide = sum(need[0].level > 0 for need in needs)
        self.watch.spend(OF_AN_INTERVAL * wide + OF_A_VARIABLE * self.task.truth.size * (wide < len(needs)))
        return unmet(self.task, needs, hidden, self.watch)

    def _round(self) -> None:
        """One proposal of the master, attacked; then the best pattern among the cells that proposals have used."""
        self.watch.step()
        self.rounds += 1
        proposal = self.master.solve(self.step_gap, self._some_seconds(), self.best)
        if proposal is None:
            self.stuck = True
            return
        self.bound = max(self.bound, proposal.bound)
        hidden = proposal.hidden
        cuts, missing = self._attack(hidden, self.needs)
        self.master.add([*cuts, *self.master.lone_cells(hidden.astype(np.float64))])
        if not missing:
            self._keep(self._without_the_known(hidden))
            self.stuck = self.step_gap < 1e-6
            self.step_gap /= 4
            return
        if missing[0][0].level > 0 and self._is_far(missing):
            self._cover(hidden)
            return
        if self.best is None or len(missing) <= MOST_REPAIRS:
            self._keep(self._repaired(hidden, missing))
        self.used |= hidden
        if self.best is not None:
            self.used |= self.best
        self._polish(self.used)

    def _cover_by_products(self, relaxed: FloatArray | None) -> None:
        """A safe pattern made of product moves, thinned out where there will be no search."""
        always, needs = self.task.hidden_always(), self.needs
        likely = always.astype(np.float64) if relaxed is None else relaxed
        if not any(alternatives[0].level for alternatives in needs):
            needs = unmet(self.task, needs, always, self.watch)
        cover = Cover(self.task, needs)
        cover.build(self.products, likely >= 0.5, self.watch)
        if self.is_large:
            self.watch.phase("search")
            cover.thin(self.products, np.minimum(likely, 0.9), self.watch, 0.8)
        self._keep(self._repaired(cover.hidden, cover.unmet()), cover.moves)

    def _cover(self, proposal: BoolArray) -> None:
        """A safe pattern made from a proposal that is far from safe, thinned out as long as there is time."""
        cover = Cover(self.task, self.needs)
        cover.build(self.repairer, proposal, self.watch, 0.9)
        if self.watch.is_over(0.9):
            return
        of_the_relaxed = Repairer(self.task, self.relaxed > 0)
        cover.thin(of_the_relaxed, np.minimum(self.relaxed, 0.9), self.watch, 0.9)
        self._keep(self._without_the_known(cover.hidden), cover.moves)

    def _polish(self, within: BoolArray) -> None:
        """The cheapest safe pattern inside ``within``, as far as some rounds of the small master problem find it."""
        proposal, missing = None, self.needs
        for _ in range(POLISHING_ROUNDS):
            if self._is_done() or self.watch.is_over(HALF if self.rounds == 1 else 0.85):
                break
            self.watch.step()
            proposal = self.master.solve(self.goal / 10, self._some_seconds(), None, within)
            if proposal is None or self.master.cost(proposal.hidden) >= self.best_cost:
                return
            cuts, missing = self._attack(proposal.hidden, self.needs)
            self.master.add([*cuts, *self.master.lone_cells(proposal.hidden.astype(np.float64))])
            if not missing:
                self._keep(self._without_the_known(proposal.hidden))
                return
        if proposal is not None and self._is_far(missing):
            self._cover(proposal.hidden)
        elif proposal is not None:
            self._keep(self._repaired(proposal.hidden, missing))

    def _is_far(self, missing: list[Alternatives]) -> bool:
        """Whether a proposal for a table that is not proven cheapest in any case leaves too much open to be repaired."""
        return self.goal > 0 and len(missing) > FAR * len(self.needs)

    def _some_seconds(self) -> float | None:
        remaining = self.watch.remaining(0.9)
        return None if remaining is None else remaining / 4

    def _repaired(self, hidden: BoolArray, missing: list[Alternatives]) -> BoolArray:
        """``hidden`` and what must be hidden besides to meet every need; then what is known anyway is shown.

        Every move made is a witness for other cells too. Beyond that, one more hidden cell may free many, so
        everything is attacked again after some repairs: counted, not timed, so that the outcome is the same everywhere.
        """
        is_wide = any(alternatives[0].level > 0 for alternatives in missing)
        if is_wide and len(missing) > MANY:
            cover = Cover(self.task, missing)
            cover.build(self.products, hidden, self.watch)
            hidden, missing = hidden | cover.hidden, cover.unmet()
        hidden = hidden.copy()
        most_patience = PATIENCE_LARGE if self.is_large else PATIENCE_WIDE if is_wide else PATIENCE_EXACT
        repairs, patience = 0, most_patience if self.is_large else 1
        while missing:
            self.watch.step()
            move = self.nearby.protect(missing[0], hidden) or self.repairer.protect(missing[0], hidden)
            self.watch.spend(self.repairer.work)
            missing = missing[1:]
            if move is not None:
                hidden[move.columns] = True
                missing = [one for one in missing if not move.meets(one)]
            repairs += 1
            if repairs >= patience and missing:
                missing = self._unmet(missing, hidden)
                repairs, patience = 0, min(2 * patience, most_patience)
        return self._without_the_known(hidden)

    def _without_the_known(self, hidden: BoolArray) -> BoolArray:
        """Shows the secondary cells that can be worked out: an attacker has them already."""
        task = self.task
        derivation = derive(knowledge_of(task, hidden), task.truth)
        if derivation is None:
            raise AssertionError("the true table does not satisfy its own equations")
        return hidden & ~(derivation.derived & task.candidates())

    def _keep(self, hidden: BoolArray, moves: tuple[Move, ...] = ()) -> None:
        cost = self.master.cost(hidden)
        if cost < self.best_cost:
            self.best, self.best_cost, self.moves = hidden, cost, moves

    def _is_done(self) -> bool:
        return self.best is not None and self.best_cost * (1 - self.goal) <= self.bound + 1e-6 * max(
            1.0, self.best_cost
        )
