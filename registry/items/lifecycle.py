"""The life of a version: its states, the acts that move it from one to another, and what people decide on the way.

One table (`LIFECYCLE`) is the whole state machine, for every kind of item.
"""

from collections.abc import Mapping
from enum import StrEnum

from registry.findings import Text


class State(StrEnum):
    """Where a version is in its life."""

    DRAFT = "draft"
    RETURNED = "returned"
    """Its author mends it, as a draft, with what the reviewers said."""
    IN_REVIEW = "in_review"
    DECIDED = "decided"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Change(StrEnum):
    """What a version changes, in the judgement of a person."""

    NEW = "new"
    EDITORIAL = "editorial"
    """Nothing that anybody counts becomes different; dependants are carried over on record."""
    MEANING = "meaning"
    """Something may be counted differently, and nobody has said how; dependants need a new decision."""
    NARROWER = "narrower"
    """Less is counted than before; a change of meaning, as are those below."""
    WIDER = "wider"
    DIFFERENT = "different"
    """Something else is counted, neither less nor more of the same."""
    UNKNOWN = "unknown"
    """Nobody can tell what it changes."""

    @property
    def is_of_meaning(self) -> bool:
        """Whether what rests on the item needs a new decision: all that is neither new nor editorial."""
        return self not in (Change.NEW, Change.EDITORIAL)


class Outcome(StrEnum):
    """What somebody decided about a version in review."""

    APPROVE = "approve"
    RETURN = "return"
    """Back to the author for completion."""
    REJECT = "reject"


class WithdrawalOutcome(StrEnum):
    """What became of a proposal to withdraw a published version."""

    WITHDRAWN = "withdrawn"
    KEPT = "kept"
    """Whoever decided kept the version in force."""
    TAKEN_BACK = "taken_back"
    """The proposer thought better of it."""


class Act(StrEnum):
    """What moves a version from one state to another."""

    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"
    PUBLISH = "publish"
    SUPERSEDE = "supersede"
    WITHDRAW = "withdraw"
    REINSTATE = "reinstate"
    """A version that was to be superseded goes on, since the one that was coming was withdrawn before its first day."""


LIFECYCLE: Mapping[tuple[State, Act], State] = {
    (State.DRAFT, Act.SUBMIT): State.IN_REVIEW,
    (State.DRAFT, Act.WITHDRAW): State.WITHDRAWN,
    (State.RETURNED, Act.SUBMIT): State.IN_REVIEW,
    (State.RETURNED, Act.WITHDRAW): State.WITHDRAWN,
    (State.IN_REVIEW, Act.APPROVE): State.DECIDED,
    (State.IN_REVIEW, Act.RETURN): State.RETURNED,
    (State.IN_REVIEW, Act.REJECT): State.REJECTED,
    (State.IN_REVIEW, Act.WITHDRAW): State.WITHDRAWN,
    (State.DECIDED, Act.PUBLISH): State.PUBLISHED,
    (State.DECIDED, Act.RETURN): State.RETURNED,
    (State.DECIDED, Act.WITHDRAW): State.WITHDRAWN,
    (State.PUBLISHED, Act.SUPERSEDE): State.SUPERSEDED,
    (State.PUBLISHED, Act.WITHDRAW): State.WITHDRAWN,
    (State.SUPERSEDED, Act.REINSTATE): State.PUBLISHED,
}
"""The whole state machine: anything that is not here is refused."""

STATE_LABELS: Mapping[State, Text] = {
    State.DRAFT: Text("Utkast", "Draft"),
    State.RETURNED: Text("Tillbakalämnad", "Returned"),
    State.IN_REVIEW: Text("Granskas", "In review"),
    State.DECIDED: Text("Beslutad", "Decided"),
    State.PUBLISHED: Text("Publicerad", "Published"),
    State.SUPERSEDED: Text("Ersatt", "Superseded"),
    State.REJECTED: Text("Avslagen", "Rejected"),
    State.WITHDRAWN: Text("Återtagen", "Withdrawn"),
}

CHANGE_LABELS: Mapping[Change, Text] = {
    Change.NEW: Text("ny", "new"),
    Change.EDITORIAL: Text("redaktionell ändring", "editorial change"),
    Change.MEANING: Text("ändrad betydelse", "change of meaning"),
    Change.NARROWER: Text("snävare betydelse", "narrower meaning"),
    Change.WIDER: Text("vidare betydelse", "wider meaning"),
    Change.DIFFERENT: Text("annan betydelse", "different meaning"),
    Change.UNKNOWN: Text("oklar ändring av betydelsen", "unclear change of meaning"),
}
CLASSES = (Change.EDITORIAL, Change.NARROWER, Change.WIDER, Change.DIFFERENT, Change.UNKNOWN, Change.MEANING)
"""What a person may say that a version changes in the one before it."""


def class_named(value: str | None) -> Change:
    """The class that was said; a change of meaning where nothing readable was. What follows another version is never new,
    and taking it for editorial would carry dependants over unasked.

    >>> class_named("wider"), class_named("new"), class_named(None)
    (<Change.WIDER: 'wider'>, <Change.MEANING: 'meaning'>, <Change.MEANING: 'meaning'>)
    """
    return next((one for one in CLASSES if one.value == value), Change.MEANING)


BEING_WRITTEN = (State.DRAFT, State.RETURNED)
"""Its author's to change; nobody else reads it."""
OPEN = (*BEING_WRITTEN, State.IN_REVIEW, State.DECIDED)
"""Being worked on: neither published nor ended."""
PUBLIC_STATES = frozenset({State.PUBLISHED, State.SUPERSEDED})
WITH_PROPOSALS = PUBLIC_STATES | {State.IN_REVIEW, State.DECIDED}
"""For kinds whose proposals are shown to all, marked as proposals."""
