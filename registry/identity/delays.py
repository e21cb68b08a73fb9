"""How long somebody waits who has tried to sign in and failed: a delay that grows, has an end, and is forgotten.

Nobody is locked out. Each failure beyond a number of free ones doubles the wait before the next try, up to a longest
one, and one failure is forgotten per stretch of time. What is counted is said in `tries`; what an attacker gains and an
honest person meets is in ADR 19.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Slowing:
    """``free`` failures without a wait, then 2, 4, 8 … seconds up to ``longest``; one is forgotten per ``forgets``."""

    free: int
    longest: timedelta
    forgets: timedelta

    def wait(self, failures: int) -> timedelta:
        """How long the next try waits after so many failures.

        >>> [int(ONE_ACCOUNT_FROM_ONE_PLACE.wait(n).total_seconds()) for n in (0, 4, 5, 6, 12, 13, 14, 10_000)]
        [0, 0, 2, 4, 256, 512, 900, 900]
        """
        if failures < self.free:
            return timedelta(0)
        return min(self.longest, timedelta(seconds=2 ** min(failures - self.free + 1, 30)))

    def remembered(self, failures: int, since: datetime, now: datetime) -> tuple[int, datetime]:
        """What is left of ``failures`` counted until ``since``, and the moment until which they are counted then.

        >>> day = datetime(2026, 11, 2)
        >>> ONE_ACCOUNT_FROM_ONE_PLACE.remembered(5, day, day + timedelta(minutes=31))
        (3, datetime.datetime(2026, 11, 2, 0, 30))
        """
        forgotten = max(0, (now - since) // self.forgets)
        return (0, now) if forgotten >= failures else (failures - forgotten, since + forgotten * self.forgets)


ONE_ACCOUNT_FROM_ONE_PLACE = Slowing(free=5, longest=timedelta(minutes=15), forgets=timedelta(minutes=15))
"""Tries at one account from one address, or from one browser that has signed in to it before."""
ONE_ACCOUNT = Slowing(free=20, longest=timedelta(minutes=1), forgets=timedelta(minutes=3))
"""Tries at one account from all browsers that it does not know, wherever they are."""
ONE_PLACE = Slowing(free=20, longest=timedelta(minutes=5), forgets=timedelta(minutes=3))
"""Accounts that have been tried in vain from one address, in browsers that they do not know."""
