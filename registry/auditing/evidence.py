"""What a check of the log says: what was compared, by kind, and what does not hold."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What is compared; the values are what machines are told."""

    EVENTS = "events"
    NODES = "nodes"
    SEALS = "seals"
    ROWS = "rows"
    HEADS = "heads"
    RECEIPTS = "receipts"
    OBJECTS = "objects"


class Flaw(StrEnum):
    """Why something does not hold; the values are what machines are told."""

    MISSING = "missing"
    OUT_OF_ORDER = "out_of_order"
    CHANGED = "changed"
    NODE_DIFFERS = "node_differs"
    SEALS_DIFFER = "seals_differ"
    SEALS_WITHOUT_EVENT = "seals_without_event"
    ROW_CHANGED = "row_changed"
    ROW_MISSING = "row_missing"
    ROW_UNSEALED = "row_unsealed"
    ROW_RETURNED = "row_returned"
    HEAD_DIFFERS = "head_differs"
    HEAD_AHEAD = "head_ahead"
    HEAD_NOT_SIGNED = "head_not_signed"
    HEAD_UNKNOWN = "head_unknown"
    RECEIPT_DIFFERS = "receipt_differs"
    RECEIPT_WITHOUT_EVENT = "receipt_without_event"
    OBJECT_DIFFERS = "object_differs"


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that does not hold. ``where`` names it: the number of an event, a table and the key of a row, an object."""

    kind: Kind
    flaw: Flaw
    where: str
    detail: str = ""

    def as_dict(self) -> dict[str, str]:
        told = {"kind": self.kind.value, "flaw": self.flaw.value, "where": self.where}
        return told | ({"detail": self.detail} if self.detail else {})


MOST = 1000
"""So many flaws of a kind are named; all are counted."""


@dataclass(slots=True)
class Evidence:
    """Gathered while a check goes on."""

    compared: Counter[str] = field(default_factory=Counter)
    """How many of each kind were compared; rows also by table, as ``rows:delivery``."""
    flaws: Counter[Kind] = field(default_factory=Counter)
    named: list[Found] = field(default_factory=list)

    def count(self, kind: Kind, number: int = 1, of: str = "") -> None:
        self.compared[kind] += number
        if of:
            self.compared[f"{kind}:{of}"] += number

    def add(self, kind: Kind, flaw: Flaw, where: str, detail: str = "") -> None:
        self.flaws[kind] += 1
        if self.flaws[kind] <= MOST:
            self.named.append(Found(kind, flaw, where, detail))

    @property
    def holds(self) -> bool:
        return not self.flaws

    @property
    def totals(self) -> Mapping[Kind, int]:
        return {kind: self.compared[kind] for kind in Kind if kind in self.compared}

    def of(self, kind: Kind) -> Sequence[Found]:
        return [one for one in self.named if one.kind == kind]
