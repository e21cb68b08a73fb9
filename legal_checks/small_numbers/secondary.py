"""Which further cells to hide so that no primary cell can be worked out."""

from dataclasses import dataclass

import numpy as np

from legal_checks.small_numbers.equations import BoolArray
from legal_checks.small_numbers.repair import Repair, cheapest_first
from legal_checks.small_numbers.task import Task
from legal_checks.small_numbers.watch import Watch


@dataclass(frozen=True)
class Pattern:
    """Which variables are hidden (shape (variables,)), and how good that is proven to be."""

    hidden: BoolArray
    cost: float
    bound: float

    @property
    def gap(self) -> float:
        return 0.0 if self.cost <= self.bound else (self.cost - self.bound) / self.cost

    @property
    def is_proven(self) -> bool:
        """Whether no safe pattern is cheaper."""
        return self.cost <= self.bound + 1e-9


def hide_secondary(task: Task, watch: Watch) -> Pattern:
    """A pattern that protects every primary variable that can be protected."""
    watch.phase("repair")
    hidden = task.hidden_always()
    repair = Repair(task)
    order = cheapest_first(-task.truth, np.flatnonzero(task.primary))
    for done, target in enumerate(order):
        watch.step(done / order.size)
        protected = repair.protect(int(target), hidden)
        if protected is not None:
            hidden = protected
    cost = float(task.cost[hidden & ~task.primary].sum())
    return Pattern(hidden, cost, 0.0)
