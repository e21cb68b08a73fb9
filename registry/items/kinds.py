"""What makes a kind of administered item (concept, code list, model, measure, flow …) different from another.

`registry.items` never grows a base class: a package hands it functions over plain canonical content.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select
from sqlalchemy.orm import Session

from registry.actors import Actor, Role
from registry.content.schemas import ContentSchema
from registry.findings import Finding, Language, Text
from registry.items.lifecycle import PUBLIC_STATES, Outcome, State
from registry.items.outlines import Content, OutlineRow
from registry.items.tables import Item, Version


def _always(_content: Content) -> bool:
    return True


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
    concerns: Callable[[Content], bool] = _always
    """Whether content needs the decision at all: what was written in an earlier schema may need another, and what says something
    grave one more."""


def rests_on_nothing(content: Content) -> Sequence[str]:
    """What content is bound to whose kind is never bound to any version."""
    return ()


@dataclass(frozen=True, slots=True)
class SetMember:
    """An item's part in a change set, as its kind checks it: the version that is to be published, or to be withdrawn."""

    version: Version
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class MemberFinding:
    """What was found of one item of a change set; ``item_id`` is ``None`` for what is true of the set as a whole."""

    item_id: str | None
    finding: Finding


@dataclass(frozen=True, slots=True)
class Touched:
    """Another item of the kind that a change is of concern to, and the way there in words (*its definition uses bed*)."""

    item: Item
    name: Text
    way: Text


MOST_TOUCHED = 50
"""What is listed of them. One more than this means that there are others."""


@dataclass(frozen=True, slots=True)
class SetCheck:
    """How a kind checks several items that change together, held over what is published.

    ``findings`` may take long, and reads outside of every lock. ``neighbours`` gives the published versions that it reads, as
    hashes by item: they are asked for once more under the lock, and where they are others the set is checked again. Of a large
    set nearly all are neighbours: ``everything`` gives the hashes of all that is published, and looks at no member.
    """

    neighbours: Callable[[Session, Sequence[SetMember]], Mapping[str, str]]
    everything: Callable[[Session], Mapping[str, str]]
    findings: Callable[[Session, Sequence[SetMember]], Sequence[MemberFinding]]


@dataclass(frozen=True, slots=True)
class ItemKind:
    """How one kind of item reads, checks, shows and binds its content."""

    name: str
    schema: ContentSchema
    """What content of this kind looks like: content that does not fit is never kept, not as a draft either."""
    label: Text
    author_roles: Sequence[Role]
    requirements: Sequence[Requirement]
    parse: Callable[[Content], tuple[Content, Sequence[Finding]]]
    """Normalise and check; ERROR findings keep a version from being submitted, never from being saved."""
    title: Callable[[Content], Text]
    url: Callable[[Item], str]
    outline: Callable[[Content], Sequence[OutlineRow]]
    """The content as labelled texts, in reading order: what a structural and word-level diff compares."""
    depends_on: Callable[[Content], Sequence[str]] = rests_on_nothing
    """Hashes of the versions that the content is bound to; written as "rests-on" edges on publication."""
    knot: str = "concept"
    public_states: frozenset[State] = PUBLIC_STATES
    edit_url: Callable[[Item], str] | None = None
    review_url: Callable[[Version], str] | None = None
    """The kind's own review page, where deciders need evidence that the shared one does not show."""
    is_replaced_at_once: bool = False
    """Whether a new version corrects the one before it whatever days it states, since the days are its content's own.
    Elsewhere a version is in force from its first day until the day before its successor's."""
    may_be_followed: bool = False
    """Whether people may ask to be told of what is published of an item."""
    is_withdrawn_alone: bool = False
    """Whether the author's side withdraws a published version by itself, at once: what binds nobody but its two sides.
    Elsewhere one proposes it and somebody else decides (`registry.items.withdrawing`)."""
    is_withdrawn_by_deciders: bool = False
    """Whether each side that decided withdraws a published version by itself, at once: those who hold a role that decides. It
    is an agreement that either side may leave."""
    settle: Callable[[Session, Sequence[tuple[Item, Content]]], Sequence[tuple[Content, Sequence[Finding]]]] | None = (
        None
    )
    """Fill in what only the register knows (ids of what is named by key) in some contents: each as it is kept with its item,
    in the schema that it was written in, and the findings that keep it from being kept. Without it, content is lifted to
    today's schema."""
    check_set: SetCheck | None = None
    """What is checked of the items of this kind in a change set, beside what ``parse`` says of each by itself."""
    objection: Callable[[Session, Actor, datetime, Version, Requirement, Outcome], Finding | None] | None = None
    """What forbids this actor to take this decision, beyond what holds for every kind; asked before it is recorded."""
    objects_to: Select[str] | None = None
    """Selects the items on which ``objection`` may have something to say, by id: of many, it is asked of no others. Without it,
    it is asked of all."""
    ahead: Callable[[str, date | None, Callable[[int, int], None]], Callable[[Session], None]] | None = None
    """What is made ready before a large set (its id) is published from a day, in transactions of its own; gives what is left
    for the transaction that publishes it, under whose lock nothing should take long. It is told how many versions are done,
    and how many there are. Handlers of ``ChangeSetPublished`` do the same of a small set."""

    touched: Callable[[Session, Sequence[str]], Sequence[Touched]] | None = None
    """Other items of the kind, in force or coming, that name these ones (by id) or use what they say: at most one more than
    `MOST_TOUCHED`. Beside what rests on their versions."""
    warns: Callable[[Session, Version], Sequence[Finding]] | None = None
    """What its author and whoever decides on a version that is not published are to know of what it breaks; it stops nothing."""

    graver: Callable[[Session, Version], Sequence[Text]] | None = None
    """What a version changes against the one that it was begun from, beyond how it is worded, as far as it can be computed. Where
    there is something, *editorial* is a class that needs a reason which overrules it."""

    offered: Callable[[Session, Language, Collection[str], str], tuple[Sequence[tuple[str, str]], bool]] | None = None
    """Items of the kind for a form to choose among, where there may be many: (id, name) of those with some ids and of those
    that a search finds, and whether these are all. Without it, a form lists all that are in force."""

    def requirements_for(self, content: Content) -> Sequence[Requirement]:
        """The decisions that a version with this content needs."""
        return [need for need in self.requirements if need.concerns(content)]

    @property
    def standing_requirements(self) -> Sequence[Requirement]:
        """The decisions that every version needs, whatever it says: those that many versions are decided under together."""
        return [need for need in self.requirements if need.concerns is _always]

    @property
    def joins_sets(self) -> bool:
        """Whether its versions can be part of a change set: not where its deciders need a page of their own."""
        return self.review_url is None
