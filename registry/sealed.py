"""What of a table the log proves: said by each table itself, as ``__proof__``."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Sealed:
    """Every row is sealed by the event that decides it: the event carries a hash of what stands in it.

    ``but_for`` names columns outside the proof: bookkeeping that decides nothing, and what must be possible to erase.
    ``by`` names the columns by which rows are sealed together, where that is not each row by its primary key. ``told`` names columns
    that the log tells in the clear beside the hash, so that where things stand can be made again from the log alone.
    """

    but_for: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


class Outside(StrEnum):
    """Why the rows of a table are not sealed."""

    LOG = "the log itself, and what proves it"
    NAMED = "named by its hash in what is sealed, and compared with it"
    DERIVED = "made again at any time from what is sealed"
    PASSING = "work on its way, kept until it is done; it decides nothing"
    ERASABLE = "of a person, who may have it erased"


Proof = Sealed | Outside
