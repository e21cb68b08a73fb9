"""How small numbers are treated under a use of what a region delivers. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from registry.findings import Text

HIGHEST_THRESHOLD = 100
NO_THRESHOLD = -1
"""The threshold of a draft that states none."""


class Zeros(StrEnum):
    """What happens to zeros where persons are counted."""

    PUBLISHED = "published"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Policy:
    """How small numbers are treated: values above zero and below ``threshold`` are hidden where
    persons are counted, means with decimals too.

    No Swedish provision gives a number, so the policy states where its number comes from. A draft that says nothing of
    zeros is read as hiding them, and cannot be sent to review.
    """

    threshold: int
    zeros: Zeros
    source: Text
    open_reason: Text | None = None
    """Why nothing is hidden though persons are counted; only where the threshold hides nothing."""

    @property
    def hides_nothing(self) -> bool:
        """Whether no value is hidden: there is none above zero and below one.

        >>> [Policy(count, Zeros.PUBLISHED, Text("", "")).hides_nothing for count in (-1, 0, 1, 2)]
        [False, True, True, False]
        """
        return 0 <= self.threshold <= 1

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Policy":
        """The policy in the content of a flow; older content says where the threshold comes from in Swedish only."""
        source = Text(stored["source"], stored.get("source_en") or stored["source"])
        reason = stored.get("open_reason") or ""
        said = Text(reason, stored.get("open_reason_en") or reason) if reason else None
        return cls(stored["threshold"], Zeros(stored["zeros"] or Zeros.HIDDEN), source, said)


ZERO_TEXTS = {
    Zeros.PUBLISHED: Text("Nollor visas", "Zeros are shown"),
    Zeros.HIDDEN: Text("Nollor döljs", "Zeros are hidden"),
    None: Text("Inte angivet", "Not stated"),
}
