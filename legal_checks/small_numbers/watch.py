"""Progress, cancellation and time, for long work."""

from collections.abc import Callable
from time import monotonic

Progress = Callable[[str, float], None]
"""Called with the name of the phase and the share of it that is done (0 … 1)."""


class StoppedError(Exception):
    """The caller asked to stop, or the time is up: nothing may be concluded. Never leaves the public functions."""


class Watch:
    """Tells the caller how far the work is, asks whether to go on, and keeps the time per phase.

    ``phase`` and ``step`` raise ``StoppedError`` when the caller has cancelled; running out of time never does: what
    to do then is for the work to decide, by ``remaining``.
    """

    def __init__(
        self,
        time_limit: float | None = None,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self.started = monotonic()
        self.deadline = None if time_limit is None else self.started + time_limit
        self._progress, self._cancelled = progress, cancelled
        self._phase, self._entered = "", self.started
        self.seconds: dict[str, float] = {}

    def limit(self, seconds: float) -> None:
        """Sets the time limit anew, counted from the start."""
        self.deadline = self.started + seconds

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
        """Seconds until ``share`` of the whole time has passed, never negative; ``None`` without a limit."""
        if self.deadline is None:
            return None
        return max(0.0, self.started + share * (self.deadline - self.started) - monotonic())

    def is_over(self, share: float = 1.0) -> bool:
        remaining = self.remaining(share)
        return remaining is not None and remaining <= 0

    def _close(self) -> None:
        now = monotonic()
        if self._phase:
            self.seconds[self._phase] = self.seconds.get(self._phase, 0.0) + now - self._entered
        self._entered = now
