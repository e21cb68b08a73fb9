"""Progress, cancellation and limits, for long work.

A search is limited by the work that it does, which is counted, so that it ends in the same place on every machine. The
unit is a second of the machine on which the weights below were measured; the clock stops what takes `PATIENCE` times as long.
"""

from collections.abc import Callable
from time import monotonic

Progress = Callable[[str, float], None]
"""Called with the name of the phase and the share of it that is done (0 … 1)."""


PATIENCE = 4.0
"""So many times longer than its work should take may a search take by the clock: on a slow machine, or a busy one."""
OF_AN_ITERATION = 4e-8
"""Work of one simplex iteration of the master problem, for each of its rows and columns (20 to 64 ns were measured)."""
OF_A_VARIABLE = 4e-6
"""Work of an attack that derives cells, for each variable of the table (3.7 µs)."""
OF_A_PROGRAM = 5e-3
"""Work of a linear program about one cell: a cut, a repair or an end of an interval (4.6 ms)."""
OF_A_WIDE_REPAIR = 4.5e-2
"""Work of a repair that gives a cell a width: its program has bounds, and is tried farther and farther away (44 ms)."""
OF_AN_INTERVAL = 1e-3
"""Work of deciding about one width in an attack on a whole pattern (0.3 to 1.2 ms: one program is a witness for many)."""
OF_A_PRODUCT_MOVE = 1.5e-3
"""Work of looking for a product move (1.2 to 1.7 ms)."""


class StoppedError(Exception):
    """The caller asked to stop, or the time is up: nothing may be concluded. Never leaves the public functions."""


class Watch:
    """Tells the caller how far the work is, asks whether to go on, and keeps the time per phase.

    ``phase`` and ``step`` raise ``StoppedError`` when the caller has cancelled; running out of work never does: what
    to do then is for the search to decide, by ``is_over``.
    """

    def __init__(
        self,
        time_limit: float | None = None,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self.started = monotonic()
        self.budget, self.done = time_limit, 0.0
        self._progress, self._cancelled = progress, cancelled
        self._phase, self._entered = "", self.started
        self.seconds: dict[str, float] = {}

    def limit(self, work: float) -> None:
        """Sets the limit anew, counted from the start."""
        self.budget = work

    def spend(self, work: float) -> None:
        """Counts work that was done."""
        self.done += work

    def phase(self, name: str) -> None:
        """A new phase begins; the time since the last one began is added to that one."""
        self._close()
        self._phase = name
        self.step(0.0)

    def step(self, share: float = 0.0) -> None:
        """Somewhere within the phase."""
        if self._cancelled is not None and self._cancelled():
            raise StoppedError
        if self._progress is not None:
            self._progress(self._phase, share)

    def end(self) -> dict[str, float]:
        """Seconds per phase, once the work is done."""
        self._close()
        self._phase = ""
        return self.seconds

    def remaining(self, share: float = 1.0) -> float | None:
        """Seconds by the clock until ``share`` of the work should be done on the slowest machine, never negative; ``None``
        without a limit. For solvers that cannot count."""
        if self.budget is None:
            return None
        return max(0.0, self.started + share * PATIENCE * self.budget - monotonic())

    def is_over(self, share: float = 1.0) -> bool:
        """Whether ``share`` of the work has been done, or the patience of the clock has ended."""
        if self.budget is None:
            return False
        return self.done >= share * self.budget or self.remaining(share) == 0.0

    def _close(self) -> None:
        now = monotonic()
        if self._phase:
            self.seconds[self._phase] = self.seconds.get(self._phase, 0.0) + now - self._entered
        self._entered = now
