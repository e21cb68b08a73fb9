"""Whether the log holds in itself: for a backup, of whatever release, and for whoever asks of nothing else."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from registry.auditing.evidence import Evidence, Flaw
from registry.auditing.log_check import check_log
from registry.links import GENESIS


@dataclass(frozen=True, slots=True)
class Verification:
    """What `verify` saw. ``broken_at`` is the number of the first event that does not hold; ``flaw`` says why."""

    events: int
    head: str
    broken_at: int | None = None
    flaw: Flaw | None = None
    head_found: bool | None = None

    @property
    def is_intact(self) -> bool:
        return self.broken_at is None and self.head_found is not False


def verify(session: Session, known_head: str | None = None) -> Verification:
    """Walk the log from its first event.

    ``known_head`` is the hash of an event that somebody holds from before, on a receipt for instance; the log must contain it.
    """
    evidence = Evidence()
    seen = check_log(session, evidence, hashes=[known_head] if known_head else [])
    first = min(evidence.named, key=lambda one: int(one.where), default=None)
    return Verification(
        evidence.compared["events"],
        seen.head,
        int(first.where) if first else None,
        first.flaw if first else None,
        known_head == GENESIS or known_head in seen.numbers if known_head else None,
    )
