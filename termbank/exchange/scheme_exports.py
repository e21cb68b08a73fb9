"""What is written of a scheme, in whatever format: its concepts and statements as they were published, and what is gone. Pure."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from termbank.applications.statement import Application
from termbank.concepts.concept import Concept
from termbank.concepts.schemes import Scheme
from termbank.concepts.version_chain import PublishedVersion

WITHDRAWN = "withdrawn"
"""The state of a concept that is no longer used."""


@dataclass(frozen=True, slots=True)
class PublishedConcept:
    """A concept version with what the register knows about it. ``item_id`` is the concept's opaque identifier."""

    slug: str
    item_id: str
    number: int
    content_hash: str
    state: str
    valid_from: date | None
    concept: Concept
    coming: "Coming | None" = None
    """The version that takes its place on a day to come, where one is published."""
    replaced_by: str = ""
    """The key of the concept that is used instead of one that was withdrawn."""
    versions: tuple[PublishedVersion, ...] = ()
    """The versions of it that were published, as `version_chain.chain` gives them."""
    goes_on: bool = False
    """Whether this version is described as it was, while the concept goes on with another."""

    @property
    def is_withdrawn(self) -> bool:
        return self.state == WITHDRAWN


@dataclass(frozen=True, slots=True)
class Coming:
    """A published version with its first day to come."""

    content_hash: str
    number: int
    valid_from: date


@dataclass(frozen=True, slots=True)
class PublishedApplication:
    """An application statement with what the register knows about it."""

    item_id: str
    number: int
    content_hash: str
    application: Application


@dataclass(frozen=True, slots=True)
class SchemeExport:
    """What is written of a scheme: some of its concepts and the statements on them.

    ``base`` is the address of the instance. ``known`` gives the item ids, by slug, of concepts that are not described but
    may be pointed at; relations to any other concept are left out.
    """

    scheme: Scheme
    concepts: Sequence[PublishedConcept]
    applications: Sequence[PublishedApplication]
    base: str
    known: Mapping[str, str] = field(default_factory=dict)
    bases: Mapping[str, str] = field(default_factory=dict)
    """By slug, where the names of concepts begin whose scheme has a base of its own."""
    earlier_bases: tuple[str, ...] = ()
    """Where names of the scheme and its concepts began before; empty for those of the instance."""
    gone: Sequence[PublishedConcept] = ()
    """Concepts that were withdrawn, as they were last: machines that know them read that they are no longer used, and what is."""

    @property
    def key(self) -> Hashable:
        """Everything that the file is made of: the same key gives the same bytes."""
        return (
            self.base,
            self.scheme,
            tuple(
                (one.item_id, one.content_hash, one.state, one.valid_from, one.coming, one.replaced_by, one.versions)
                for one in (*self.concepts, *self.gone)
            ),
            tuple((one.item_id, one.content_hash) for one in self.applications),
            tuple(self.known.items()),
            tuple(self.bases.items()),
            self.earlier_bases,
        )

    @property
    def slugs(self) -> frozenset[str]:
        """The concepts that may be pointed at."""
        return frozenset(self.known) | {one.slug for one in (*self.concepts, *self.gone)}
