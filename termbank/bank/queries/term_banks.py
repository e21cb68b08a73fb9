"""The concepts of the term bank, read: all that are in force and coming, or those around some of them.

Searches and lists read rows (`termbank.bank.listing`); files, checks and pages of concepts read these.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import Session

from registry import clock, events
from registry.items import queries as items
from registry.items.tables import Item, Version
from registry.swedish import sort_key
from termbank.bank import neighbours
from termbank.bank.neighbours import located as _located
from termbank.bank.projection import spelled
from termbank.bank.queries.published_schemes import with_shipped
from termbank.bank.tables import ConceptSearch
from termbank.concepts.concept import Concept
from termbank.concepts.schemes import Scheme
from termbank.concepts.settling import keys_by_id
from termbank.definitions.linking import Linker
from termbank.notions import CONCEPT, SCHEME

CHANGES = ("VersionPublished", "VersionWithdrawn")
"""The events after which something else is published than before."""


@dataclass(frozen=True)
class TermBank:
    """The concepts in force by slug, in Swedish order, with their versions; and what is coming, which applies later."""

    versions: Mapping[str, Version]
    concepts: Mapping[str, Concept]
    coming: Mapping[str, Version] = field(default_factory=dict)
    """The next version of each concept that has one with a first day to come."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Slugs by the ids that content names: of every published concept, and of the schemes."""
    schemes: tuple[Scheme, ...] = ()

    @cached_property
    def known(self) -> Mapping[str, Concept]:
        """Every published concept, in force or else coming, in Swedish order: what is listed, and what a draft may name."""
        if self.coming.keys() <= self.concepts.keys():
            return self.concepts
        found = {**{slug: self.concept_of(version) for slug, version in self.coming.items()}, **self.concepts}
        return dict(sorted(found.items(), key=lambda one: sort_key(one[1].title.sv)))

    def scheme_named(self, slug: str) -> Scheme | None:
        """The published scheme with this key."""
        return next((one for one in self.schemes if one.slug == slug), None)

    def concept_of(self, version: Version) -> Concept:
        """A version's content, with the keys of the published concepts that it names."""
        return _located(concept_of(version), self.keys)

    def changed(self, proposed: Iterable[Version], withdrawn: Iterable[str]) -> "TermBank":
        """The bank as it would be with these versions published, in Swedish order, and these concepts gone."""
        versions = {**self.versions, **{version.item.slug: version for version in proposed}}
        gone = set(withdrawn)
        keys = {**self.keys, **{version.item_id: slug for slug, version in versions.items()}}
        read = {slug: _located(concept_of(version), keys) for slug, version in versions.items() if slug not in gone}
        concepts = dict(sorted(read.items(), key=lambda one: sort_key(one[1].title.sv)))
        coming = {slug: one for slug, one in self.coming.items() if slug not in gone}
        return TermBank({slug: versions[slug] for slug in concepts}, concepts, coming, keys, self.schemes)

    @cached_property
    def linker(self) -> Linker:
        return Linker(self.concepts)

    @cached_property
    def narrower(self) -> Mapping[str, tuple[str, ...]]:
        """Slugs of the narrower concepts, by the slug of the broader one, in Swedish order."""
        found: dict[str, list[str]] = {}
        for slug, concept in self.concepts.items():
            for above in concept.broader:
                found.setdefault(above, []).append(slug)
        return {slug: tuple(below) for slug, below in found.items()}

    @cached_property
    def related(self) -> Mapping[str, tuple[str, ...]]:
        """Related concepts both ways, whichever of the two names the other."""
        found: dict[str, set[str]] = {slug: set() for slug in self.concepts}
        for slug, concept in self.concepts.items():
            for other in concept.related:
                if other in found:
                    found[slug].add(other)
                    found[other].add(slug)
        return {slug: tuple(sorted(others, key=list(self.concepts).index)) for slug, others in found.items()}


def term_bank(session: Session, scheme: str | None = None, on: date | None = None) -> TermBank:
    """All concepts in force on a day (today), of one scheme or all, with what is coming; one statement."""
    return _bank(items.published_versions(session, CONCEPT, on, SCHEME), on or clock.today(), scheme)


def bank_around(session: Session, item: Item, concept: Concept, on: date | None = None) -> TermBank:
    """The concepts around one, as far as its page needs them (`termbank.bank.neighbours`); one statement."""
    return _bank(neighbours.around(session, item, concept, on), on or clock.today(), None)


def bank_concerned(session: Session, looked_at: Mapping[str, Concept], on: date | None = None) -> TermBank:
    """The concepts that a check of some, by the ids of their items, looks at (`termbank.bank.neighbours.concerned`)."""
    return _bank(neighbours.concerned(session, looked_at, on), on or clock.today(), None)


def bank_of(session: Session, slugs: Iterable[str], on: date | None = None) -> TermBank:
    """The concepts with these keys, and the schemes; a statement for each five hundred."""
    return _bank(neighbours.with_keys(session, slugs, on), on or clock.today(), None)


def bank_rested_on(session: Session, slugs: Iterable[str]) -> TermBank:
    """The concepts with these keys, and all that they rest on through broader concepts and the words of Swedish definitions;
    two statements for each step on the way, however many concepts there are."""
    found: dict[str, Version] = {}
    done, waiting = set[str](), set(slugs)
    bank = _bank((), clock.today(), None)
    while waiting:
        versions = neighbours.with_keys(session, waiting)
        concepts = [concept_of(version) for version in versions if version.item.kind == CONCEPT]
        said = [("sv", one.text) for concept in concepts if (one := concept.defined_in("sv"))]
        bearing = neighbours.bearers(session, spelled(said))
        found |= {version.id: version for version in (*versions, *bearing)}
        named = {target.item for one in concepts for target in one.targets if target.item}
        keys = keys_by_id(session, named - {version.item_id for version in found.values()})
        above = {key for one in concepts for key in _located(one, keys).broader}
        bank = _bank(found.values(), clock.today(), None)
        done |= waiting
        steps = [bank.concepts[slug] for slug in waiting if slug in bank.concepts]
        used = {slug for one in steps for slug in (*one.broader, *bank.linker.used_in(one.defined_in("sv")))}
        waiting = (used | above) - done
    return bank


def number_in_force(session: Session, scheme: Item) -> int:
    """How many concepts of the scheme are in force; one statement."""
    query = select(func.count()).select_from(ConceptSearch).join(Version, Version.id == ConceptSearch.version_id)
    return session.scalar(query.where(_of_scheme(scheme.id, scheme.slug), items.in_force())) or 0


LARGE = 2_000
"""Versions of concepts from which on nobody waits for all of them to be read."""


def is_large(session: Session, scheme: Scheme) -> bool:
    """Whether reading the whole scheme, as it is or was, takes longer than a request should; one statement."""
    return _is_more(session, _of_scheme(scheme.item, scheme.slug))


def is_large_bank(session: Session) -> bool:
    """The same of all schemes."""
    return _is_more(session, true())


def _is_more(session: Session, condition: ColumnElement[bool]) -> bool:
    query = select(ConceptSearch.id).where(condition).offset(LARGE).limit(1)
    return session.scalar(query) is not None


def _of_scheme(item_id: str, key: str) -> ColumnElement[bool]:
    return or_(ConceptSearch.scheme_id == item_id, ConceptSearch.scheme_key == key)


def state_of(session: Session) -> tuple[str, str]:
    """What is published, as a key: as long as it is the same, so is everything that follows from it. One statement."""
    return clock.today().isoformat(), events.newest(session, CHANGES)


def _bank(found: Collection[Version], today: date, scheme: str | None) -> TermBank:
    return made_of(
        [version for version in found if version.is_in_force(today)],
        [version for version in found if version.is_coming(today)],
        scheme,
    )


def made_of(in_force: Collection[Version], coming: Collection[Version], scheme: str | None = None) -> TermBank:
    """The bank of these versions of concepts and schemes: of one scheme, or all."""
    every = sorted([*in_force, *coming], key=lambda version: (version.item.slug, version.number))
    keys = {version.item_id: version.item.slug for version in every}
    known_schemes = tuple(with_shipped(version for version in every if version.item.kind == SCHEME))

    def of_scheme(versions: Collection[Version]) -> list[tuple[str, Version, Concept]]:
        concepts = [version for version in versions if version.item.kind == CONCEPT]
        read = [(version.item.slug, version, _located(concept_of(version), keys)) for version in concepts]
        return [one for one in read if scheme is None or one[2].scheme.key == scheme]

    chosen = sorted(of_scheme(in_force), key=lambda one: sort_key(one[2].title.sv))
    next_ones: dict[str, Version] = {}
    for slug, version, _ in sorted(of_scheme(coming), key=lambda one: one[1].number):
        next_ones.setdefault(slug, version)
    return TermBank(
        {slug: version for slug, version, _ in chosen},
        {slug: concept for slug, _, concept in chosen},
        next_ones,
        keys,
        known_schemes,
    )


def published_hashes(session: Session) -> dict[str, str]:
    """The content hashes of all concept versions that are in force or coming, by version; one statement."""
    rows = session.execute(
        select(Version.id, Version.content_hash).join(Item).where(Item.kind == CONCEPT, items.not_ended())
    )
    return {row.id: row.content_hash for row in rows}


def located(session: Session, concept: Concept, bank: TermBank) -> Concept:
    """A concept with the keys of everything that it names, published or not; a statement only where something is not."""
    unknown = {target.item for target in concept.targets if target.item and target.item not in bank.keys}
    return _located(concept, {**bank.keys, **(keys_by_id(session, unknown) if unknown else {})})


def all_located(session: Session, concepts: Mapping[str, Concept], bank: TermBank) -> dict[str, Concept]:
    """Several concepts with the keys of everything that they name, published or not; a statement for five hundred that are not."""
    named = {target.item for one in concepts.values() for target in one.targets if target.item}
    unknown, keys = sorted(named - bank.keys.keys()), dict(bank.keys)
    for start in range(0, len(unknown), neighbours.AT_ONCE):
        keys |= keys_by_id(session, unknown[start : start + neighbours.AT_ONCE])
    return {slug: _located(one, keys) for slug, one in concepts.items()}


def located_by_id(session: Session, concept: Concept, schemes: Iterable[Scheme]) -> Concept:
    """A concept with the keys of everything that it names, published or not; one statement."""
    keys = keys_by_id(session, {target.item for target in concept.targets if target.item})
    return _located(concept, {**{one.item: one.slug for one in schemes if one.item}, **keys})


def concept_of(version: Version) -> Concept:
    """The version's content as a concept, which names others as it was written (`TermBank.concept_of` knows their keys).

    Content never changes, so what was read once is kept."""
    return neighbours.concept_of(version)
