"""What makes a kind of administered item (concept, code list, model, measure, flow …) different from another.

`registry.items` never grows a base class: a package hands it functions over plain canonical content.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from registry.actors import Actor, Role
from registry.findings import Finding, Text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from registry.items.tables import Item, Version

Content = Mapping[str, Any]


class State(StrEnum):
    """Where a version is in its life."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    DECIDED = "decided"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Change(StrEnum):
    """What a version changes, in the judgement of a person."""

    NEW = "new"
    EDITORIAL = "editorial"
    """Nothing that anybody counts becomes different; dependants are carried over on record."""
    MEANING = "meaning"
    """Something may be counted differently; dependants need a new decision."""


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
    (State.IN_REVIEW, Act.APPROVE): State.DECIDED,
    (State.IN_REVIEW, Act.RETURN): State.DRAFT,
    (State.IN_REVIEW, Act.REJECT): State.WITHDRAWN,
    (State.IN_REVIEW, Act.WITHDRAW): State.WITHDRAWN,
    (State.DECIDED, Act.PUBLISH): State.PUBLISHED,
    (State.DECIDED, Act.WITHDRAW): State.WITHDRAWN,
    (State.PUBLISHED, Act.SUPERSEDE): State.SUPERSEDED,
    (State.PUBLISHED, Act.WITHDRAW): State.WITHDRAWN,
    (State.SUPERSEDED, Act.REINSTATE): State.PUBLISHED,
}
"""The whole state machine: anything that is not here is refused."""

STATE_LABELS: Mapping[State, Text] = {
    State.DRAFT: Text("Utkast", "Draft"),
    State.IN_REVIEW: Text("Granskas", "In review"),
    State.DECIDED: Text("Beslutad", "Decided"),
    State.PUBLISHED: Text("Publicerad", "Published"),
    State.SUPERSEDED: Text("Ersatt", "Superseded"),
    State.WITHDRAWN: Text("Återtagen", "Withdrawn"),
}

CHANGE_LABELS: Mapping[Change, Text] = {
    Change.NEW: Text("ny", "new"),
    Change.EDITORIAL: Text("redaktionell ändring", "editorial change"),
    Change.MEANING: Text("ändrad betydelse", "change of meaning"),
}


@dataclass(frozen=True, slots=True)
class Requirement:
    """A decision that must be taken before a version is decided: by whom, for which side, on what.

    ``organisation`` tells which organisation the role must be held in: it gets the content and returns an organisation
    id, or ``None`` for the organisation that owns the item.
    """

    role: Role
    side: str  # "owner", "discloser" or "recipient"
    aspect: str  # "wording", "quality", "legal" …
    label: Text
    organisation: Callable[[Content], str | None] = lambda content: None


PUBLIC_STATES = frozenset({State.PUBLISHED, State.SUPERSEDED})
WITH_PROPOSALS = PUBLIC_STATES | {State.IN_REVIEW, State.DECIDED}
"""For kinds whose proposals are shown to all, marked as proposals."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Another item that a content names: shown by its title, and as a link."""

    kind: str
    slug: str
    version: str | None = None
    """Hash of the version that the content is bound to, where it is bound to one."""
    about: Text | None = None
    """What is said of the other item, where something is."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a mention is called, and where it leads."""

    title: Text
    url: str


OutlineRow = tuple[Text, Text | str | Mention]


@dataclass(frozen=True, slots=True)
class ItemKind:
    """How one kind of item reads, checks, shows and binds its content."""

    name: str
    content_schema: str
    label: Text
    author_roles: Sequence[Role]
    requirements: Sequence[Requirement]
    parse: Callable[[Content], tuple[Content, Sequence[Finding]]]
    """Normalise and check; ERROR findings keep a version from being submitted, never from being saved."""
    title: Callable[[Content], Text]
    url: Callable[["Item"], str]
    outline: Callable[[Content], Sequence[OutlineRow]]
    """The content as labelled texts, in reading order: what a structural and word-level diff compares."""
    depends_on: Callable[[Content], Sequence[str]] = lambda content: ()
    """Hashes of the versions that the content is bound to; written as "rests-on" edges on publication."""
    knot: str = "concept"
    public_states: frozenset[State] = PUBLIC_STATES
    edit_url: Callable[["Item"], str] | None = None
    review_url: Callable[["Version"], str] | None = None
    """The kind's own review page, where deciders need evidence that the shared one does not show."""
    is_replaced_at_once: bool = False
    """Whether a new version corrects the one before it whatever days it states, since the days are its content's own.
    Elsewhere a version is in force from its first day until the day before its successor's."""
    is_withdrawn_alone: bool = False
    """Whether the author's side withdraws a published version by itself, at once: what binds nobody but its two sides.
    Elsewhere one proposes it and somebody else decides (`registry.items.withdrawing`)."""
    objection: Callable[["Session", Actor, datetime, "Version", Requirement, Outcome], Finding | None] | None = None
    """What forbids this actor to take this decision, beyond what holds for every kind; asked before it is recorded."""
