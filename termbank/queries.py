"""Reading the term bank: what is in force, what is proposed, and how regions apply it.

A page reads all current concepts at once: they are hundreds, and every definition links to others.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, lazyload, load_only

from registry import clock, events
from registry.actors import Actor
from registry.content import canonical as canonical_content
from registry.items import queries as items
from registry.items.lifecycle import State
from registry.items.tables import Item, Version
from registry.paging import Page, page_of_sequence
from registry.references import Edge
from registry.swedish import sort_key
from termbank import neighbours, skos
from termbank import schemes as scheme_content
from termbank.applications import Application
from termbank.applications import read as read_application_content
from termbank.concepts import Concept
from termbank.linking import Linker
from termbank.neighbours import located as _located
from termbank.notions import APPLICATION, CONCEPT, QUESTION_SET, SCHEME
from termbank.projection import spelled
from termbank.question_sets import QuestionSet, shipped
from termbank.question_sets import read as read_question_set
from termbank.regions import region_name
from termbank.scheme_names import earlier_bases
from termbank.schemes import SHIPPED, Scheme
from termbank.settling import keys_by_id
from termbank.tables import ConceptNumber, ConceptSearch, TermRow
from termbank.version_chain import PublishedVersion, chain

MOST_PROPOSALS = 100
MOST_OPEN = 1_000
"""Concepts that are being written, of which a form knows: those that were changed last."""
CHANGES = ("VersionPublished", "VersionWithdrawn")
"""The events after which something else is published than before."""
Chains = Mapping[str, tuple[PublishedVersion, ...]]
"""The published versions of concepts, by the ids of their items."""
NO_CHAINS: Chains = {}


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


@dataclass(frozen=True, slots=True)
class Stated:
    """A published application statement with its version."""

    version: Version
    application: Application


def term_bank(session: Session, scheme: str | None = None, on: date | None = None) -> TermBank:
    """All concepts in force on a day (today), of one scheme or all, with what is coming; one statement."""
    return _bank(items.published_versions(session, CONCEPT, on, SCHEME), on or clock.today(), scheme)


def bank_around(session: Session, item: Item, concept: Concept, on: date | None = None) -> TermBank:
    """The concepts around one, as far as its page needs them (`termbank.neighbours`); one statement."""
    return _bank(neighbours.around(session, item, concept, on), on or clock.today(), None)


def bank_concerned(session: Session, looked_at: Mapping[str, Concept], on: date | None = None) -> TermBank:
    """The concepts that a check of some, by the ids of their items, looks at (`termbank.neighbours.concerned`)."""
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
    of_scheme = or_(ConceptSearch.scheme_id == scheme.id, ConceptSearch.scheme_key == scheme.slug)
    query = select(func.count()).select_from(ConceptSearch).join(Version, Version.id == ConceptSearch.version_id)
    return session.scalar(query.where(of_scheme, items.in_force())) or 0


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
    known_schemes = tuple(_with_shipped(version for version in every if version.item.kind == SCHEME))

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


def numbers(session: Session, slugs: Collection[str]) -> dict[str, int]:
    """The numbers of concepts by slug; one statement."""
    rows = session.execute(
        select(Item.slug, ConceptNumber.number)
        .join(ConceptNumber, ConceptNumber.item_id == Item.id)
        .where(Item.kind == CONCEPT, Item.slug.in_(slugs))
    )
    return dict(rows.all())


def schemes(session: Session) -> list[Scheme]:
    """The published schemes by key, then those that ship and are not loaded yet."""
    return _with_shipped(items.standing_versions(session, SCHEME))


def _with_shipped(versions: Iterable[Version]) -> list[Scheme]:
    found = {version.item_id: scheme_of(version) for version in reversed(list(versions))}
    there = {one.slug for one in found.values()}
    return [*reversed(found.values()), *(one for one in SHIPPED if one.slug not in there)]


def scheme_named(session: Session, slug: str) -> Scheme | None:
    """The published scheme with this key."""
    return next((one for one in schemes(session) if one.slug == slug), None)


def scheme_of(version: Version) -> Scheme:
    """The version's content as a scheme, with the key and id of its item."""
    return scheme_content.read(version.content, version.item.slug, version.item_id)


def open_versions(session: Session, actor: Actor, most: int | None = MOST_OPEN) -> dict[str, Version]:
    """Concept versions being worked on that ``actor`` may see, by slug: proposals, and one's own drafts; those that were changed
    last. Where one is worked on both by itself and in a change set, the former."""
    rows = session.scalars(
        select(Version)
        .join(Item)
        .where(
            Item.kind == CONCEPT,
            items.is_open(),
            items.visible(actor),
        )
        .order_by(Version.change_set_id.is_(None).desc(), Version.changed_at.desc(), Version.id)
        .limit(most)
    )
    in_order = sorted(rows, key=lambda version: version.change_set_id is None)
    return {version.item.slug: version for version in in_order}


def concept_of(version: Version) -> Concept:
    """The version's content as a concept, which names others as it was written (`TermBank.concept_of` knows their keys).

    Content never changes, so what was read once is kept."""
    return neighbours.concept_of(version)


def application_of(version: Version) -> Application:
    """The version's content as an application statement."""
    return _read_application(version.content_text)


def applications_of(session: Session, concept_slug: str) -> list[Version]:
    """Published statements on a concept, by region and then by beginning; one statement."""
    return [stated.version for stated in statements(session, concept_slug)]


def application_at(session: Session, concept_slug: str, organisation_id: str, on: date) -> Version | None:
    """How an organisation applied a concept on the day ``on``: the statement that began last and has not ended."""
    begun = [
        stated
        for stated in statements(session, concept_slug, organisation_id)
        if (stated.application.valid_from or date.min) <= on
    ]
    if not begun:
        return None
    latest = max(begun, key=lambda stated: stated.application.valid_from or date.min)
    return latest.version if on <= (latest.application.valid_to or date.max) else None


def statements(session: Session, concept_slug: str | None = None, organisation_id: str | None = None) -> list[Stated]:
    """Published statements, read; by concept, region and beginning. One statement."""
    query = select(Version).join(Item).where(Item.kind == APPLICATION, Version.state == State.PUBLISHED)
    if concept_slug is not None:
        query = query.where(Item.slug.startswith(f"{concept_slug}.", autoescape=True))
    if organisation_id is not None:
        query = query.where(Version.organisation_id == organisation_id)
    return in_order(Stated(version, application_of(version)) for version in session.scalars(query))


def page_of_applied(session: Session, number: int, concept_slug: str | None = None) -> Page[tuple[str, str]]:
    """A page of the concepts in force with the regions that apply them, as (key, county code): concepts in Swedish order, and
    regions by name. Only keys are read of what is not on the page."""
    query = select(Item.slug).join(Version).where(Item.kind == APPLICATION, Version.state == State.PUBLISHED)
    if concept_slug is not None:
        query = query.where(Item.slug.startswith(f"{concept_slug}.", autoescape=True))
    applied = {(parts[0], parts[1]) for slug in session.scalars(query) if len(parts := slug.split(".")) == 3}
    slugs = sorted({slug for slug, _region in applied})
    order: dict[str, bytes] = {}
    for start in range(0, len(slugs), neighbours.AT_ONCE):
        names = (
            select(Item.slug, TermRow.sort_key)
            .join(Version, Version.item_id == Item.id)
            .join(TermRow, and_(TermRow.version_id == Version.id, TermRow.names_sv))
            .where(Item.kind == CONCEPT, Item.slug.in_(slugs[start : start + neighbours.AT_ONCE]), items.in_force())
        )
        order |= dict(session.execute(names).all())
    there = [one for one in applied if one[0] in order]
    return page_of_sequence(
        sorted(there, key=lambda one: (order[one[0]], one[0], sort_key(region_name(one[1])))), number
    )


def changing_meaning(session: Session, organisations: Collection[str], *, is_reviewer: bool) -> list[Version]:
    """Proposals under review or decided that change the meaning of a concept which one of ``organisations`` applies or, for a
    reviewer, on which something rests; the newest `MOST_PROPOSALS`."""
    applied = {one.application.concept for one in statements(session) if one.version.organisation_id in organisations}
    query = (
        select(Version)
        .join(Item)
        .where(Item.kind == CONCEPT, Version.state.in_((State.IN_REVIEW, State.DECIDED)))
        .order_by(Version.submitted_at.desc(), Version.id)
        .limit(MOST_PROPOSALS)
    )
    found = [one for one in session.scalars(query) if one.changes_meaning]
    rested = _rested_on(session, found) if is_reviewer else set()
    return [one for one in found if one.item.slug in applied or one.item_id in rested]


def _rested_on(session: Session, proposals: Collection[Version]) -> set[str]:
    """The items of these proposals on a published version of which something rests; two statements."""
    rows = session.execute(
        select(Version.item_id, Version.content_hash).where(
            Version.item_id.in_([one.item_id for one in proposals]), Version.published_at.is_not(None)
        )
    )
    item_of = {f"version:{hash_}": item_id for item_id, hash_ in rows}
    targets = session.scalars(select(Edge.to_ref).where(Edge.to_ref.in_(sorted(item_of))).distinct())
    return {item_of[target] for target in targets}


def statement_named(session: Session, slug: str) -> Version | None:
    """The published statement, whatever days it states."""
    return session.scalar(
        select(Version).join(Item).where(Item.kind == APPLICATION, Item.slug == slug, Version.state == State.PUBLISHED)
    )


def questions_on(session: Session, concept: Version) -> tuple[Version | None, QuestionSet]:
    """What regions are asked now on how they apply a wording: the version in force, if any, and what it says."""
    version = items.current_by_slug(session, QUESTION_SET, concept.item.slug)
    if version is not None:
        return version, read_question_set(version.content)
    return None, shipped(concept.item.slug, concept_of(concept).title)


def newest_published(session: Session, kinds: Collection[str], most: int) -> list[Version]:
    """The versions of some kinds that were published last, the newest first; withdrawn ones are left out."""
    query = (
        select(Version).join(Item).where(Item.kind.in_(kinds), Version.state.in_((State.PUBLISHED, State.SUPERSEDED)))
    )
    return list(session.scalars(query.order_by(Version.published_at.desc(), Version.id).limit(most)))


def claimed(session: Session, concept_slug: str, organisation_id: str, *, but_item: str) -> list[Stated]:
    """Statements that other items of an organisation make on a concept, published or on their way; for the checks."""
    rows = session.scalars(
        select(Version)
        .join(Item)
        .where(
            Item.kind == APPLICATION,
            Item.slug.startswith(f"{concept_slug}.", autoescape=True),
            Item.id != but_item,
            Version.organisation_id == organisation_id,
            Version.state.in_((State.IN_REVIEW, State.DECIDED, State.PUBLISHED)),
        )
    )
    return in_order(Stated(version, application_of(version)) for version in rows)


def in_order(stated: Iterable[Stated]) -> list[Stated]:
    """By concept, then region, then beginning; the one without a known beginning first."""
    return sorted(
        stated,
        key=lambda one: (one.application.concept, one.application.region, one.application.valid_from or date.min),
    )


def open_applications(session: Session, actor: Actor, concept_slug: str | None = None) -> list[Version]:
    """Statements being worked on that ``actor`` may see; newest first."""
    query = (
        select(Version)
        .join(Item)
        .where(
            Item.kind == APPLICATION,
            items.is_open(),
            items.visible(actor),
        )
        .order_by(Version.changed_at.desc())
    )
    if concept_slug is not None:
        query = query.where(Item.slug.startswith(f"{concept_slug}.", autoescape=True))
    return list(session.scalars(query))


def next_application_slug(session: Session, concept_slug: str, region: str) -> str:
    """A free slug for a region's next statement on a concept."""
    prefix = f"{concept_slug}.{region}."
    taken = set(
        session.scalars(
            select(Item.slug).where(Item.kind == APPLICATION, Item.slug.startswith(prefix, autoescape=True))
        )
    )
    number = 1
    while f"{prefix}{number}" in taken:
        number += 1
    return f"{prefix}{number}"


def for_export(
    bank: TermBank,
    stated: Iterable[Stated],
    slugs: Iterable[str] | None = None,
    chains: Chains = NO_CHAINS,
) -> tuple[list[skos.PublishedConcept], list[skos.PublishedApplication]]:
    """What an export needs to know of the published concepts (all, or ``slugs``) and the statements on them."""
    chosen = list(bank.concepts) if slugs is None else list(slugs)
    published = [
        skos.PublishedConcept(
            slug,
            version.item_id,
            version.number,
            version.content_hash,
            State.PUBLISHED,  # it is in force, though its successor may be published already
            version.valid_from,
            bank.concepts[slug],
            coming=_next(bank.coming.get(slug)),
            versions=chains.get(version.item_id, ()),
        )
        for slug in chosen
        for version in [bank.versions[slug]]
    ]
    among = set(chosen)
    applied = [
        skos.PublishedApplication(one.version.item_id, one.version.number, one.version.content_hash, one.application)
        for one in stated
        if one.application.concept in among
    ]
    return published, applied


def gone(session: Session, slugs: Collection[str] | None = None) -> list[skos.PublishedConcept]:
    """Concepts that were published and withdrawn (all, or of ``slugs``), as they were last, with what is used instead.

    Three statements at most. Only what nothing of is in force or coming is gone.
    """
    left = select(Version.item_id).where(items.not_ended())
    query = (
        select(Version)
        .join(Item)
        .where(Item.kind == CONCEPT, Version.published_at.is_not(None), Version.item_id.not_in(left))
        .order_by(Version.number)
    )
    if slugs is not None:
        query = query.where(Item.slug.in_(sorted(slugs)))
    return as_withdrawn(session, {version.item.slug: version for version in session.scalars(query)})


def as_withdrawn(session: Session, last: Mapping[str, Version]) -> list[skos.PublishedConcept]:
    """Withdrawn concepts as they were last, by slug, with what is used instead; three statements at most."""
    if not last:
        return []
    withdrawn = items.withdrawals_by_hash(session, [version.content_hash for version in last.values()])
    concepts = {slug: concept_of(version) for slug, version in last.items()}
    named = {target.item for one in concepts.values() for target in one.targets if target.item}
    keys = {**keys_by_id(session, named), **scheme_keys(session)}
    return [
        skos.PublishedConcept(
            slug, version.item_id, version.number, version.content_hash, skos.WITHDRAWN, version.valid_from,
            _located(concepts[slug], keys),
            replaced_by=entry.replaced_by.slug if (entry := withdrawn.get(version.content_hash)) and entry.replaced_by else "",
        )
        for slug, version in sorted(last.items())
    ]  # fmt: skip


def chains_of(session: Session, item_id: str | None = None) -> Chains:
    """The published versions of one concept, or of each that has had a version which applies no longer; one statement."""
    query = select(Version).join(Item).where(Item.kind == CONCEPT, Version.published_at.is_not(None))
    if item_id is None:
        past = select(Version.item_id).where(
            Version.published_at.is_not(None), Version.state.in_((State.SUPERSEDED, State.WITHDRAWN))
        )
        query = query.where(Version.item_id.in_(past))
    else:
        query = query.where(Version.item_id == item_id)
    today = clock.today()

    def state_of(version: Version) -> State:
        applies = version.is_in_force(today) or version.is_coming(today)
        return State.PUBLISHED if applies else State(version.state)

    return chained(session.scalars(query.options(load_only(*_TOLD), lazyload(Version.item))), state_of)


def chained(versions: Iterable[Version], state_of: Callable[[Version], State]) -> Chains:
    """Published versions by their items. ``state_of``: *published* is one that applies or is to apply."""
    told: dict[str, list[PublishedVersion]] = {}
    for one in versions:
        state = state_of(one)
        told.setdefault(one.item_id, []).append(
            PublishedVersion(
                one.content_hash, one.number, state, one.valid_from, state != State.PUBLISHED, one.transition_until
            )
        )
    return {item_id: chain(of_item) for item_id, of_item in told.items()}


_TOLD = (
    Version.item_id, Version.content_hash, Version.number, Version.state, Version.valid_from, Version.valid_to,
    Version.transition_until,
)  # fmt: skip
"""What is read of a version that only its place among the others is told of."""


def scheme_keys(session: Session) -> dict[str, str]:
    """The keys of the published schemes by the ids of their items; one statement."""
    return {version.item_id: version.item.slug for version in items.standing_versions(session, SCHEME)}


def export_of(
    bank: TermBank,
    stated: Iterable[Stated],
    scheme: Scheme,
    base: str,
    slug: str | None = None,
    withdrawn: Iterable[skos.PublishedConcept] = (),
    chains: Chains = NO_CHAINS,
    before: tuple[str, ...] = (),
) -> skos.SchemeExport:
    """What is written of a scheme with the statements on its concepts, or of one concept of it.

    One concept's relations stay: what they lead to is described in the scheme's file. ``withdrawn`` (`gone`) are written where they
    are of the scheme; the one concept may be one of them. ``chains`` are the versions that each has had (`chains_of`),
    ``before`` is how their names began before (`scheme_names.earlier_bases`).
    """
    left = [
        replace(one, versions=chains.get(one.item_id, ())) for one in withdrawn if one.concept.scheme.key == scheme.slug
    ]
    own = [one for one, concept in bank.concepts.items() if concept.scheme.key == scheme.slug]
    published, applied = for_export(
        bank, stated, own if slug is None else [slug] if slug in bank.concepts else [], chains
    )
    known = {other: version.item_id for other, version in bank.versions.items()} if slug else {}
    bases = _bases(bank, {one.slug: one.concept for one in left})
    return skos.SchemeExport(scheme, published, applied, base, known, bases, before, left)


def version_export(session: Session, version: Version, base: str) -> skos.SchemeExport | None:
    """What is written of one version that was published: the concept as it said it, with the statements that name this version.

    ``None`` where its scheme is not published. Nine statements at most.
    """
    item, today = version.item, clock.today()
    bank = bank_around(session, item, concept_of(version))
    concept = bank.concept_of(version)
    scheme = bank.scheme_named(concept.scheme.key)
    if scheme is None:
        return None
    goes_on = item.slug in bank.known
    applies = version.is_in_force(today) or version.is_coming(today)
    last = [] if goes_on else gone(session, [item.slug])
    one = skos.PublishedConcept(
        item.slug,
        item.id,
        version.number,
        version.content_hash,
        State.PUBLISHED if applies else version.state,
        version.valid_from,
        concept,
        coming=_next(bank.coming.get(item.slug)) if version.is_in_force(today) else None,
        replaced_by=next((entry.replaced_by for entry in last), ""),
        versions=chains_of(session, item.id).get(item.id, ()),
        goes_on=goes_on,
    )
    said = [
        skos.PublishedApplication(
            entry.version.item_id, entry.version.number, entry.version.content_hash, entry.application
        )
        for entry in statements(session, item.slug)
        if entry.application.concept == item.slug and entry.application.concept_version == version.content_hash
    ]
    known = {slug: other.item_id for slug, other in bank.versions.items() if slug != item.slug}
    if one.replaced_by and (successor := items.item_by_slug(session, CONCEPT, one.replaced_by)):
        known[successor.slug] = successor.id
    bases, earlier = _bases(bank, {item.slug: concept}), earlier_bases(session, scheme.item, scheme.base)
    return skos.SchemeExport(scheme, [one], said, base, known, bases, earlier)


def _bases(bank: TermBank, others: Mapping[str, Concept]) -> dict[str, str]:
    """Where the names of concepts begin, by slug, for those of the bank and ``others`` whose scheme has a base of its own."""
    bases = {scheme.slug: scheme.base for scheme in bank.schemes if scheme.base}
    if not bases:
        return {}
    return {
        slug: bases[concept.scheme.key]
        for slug, concept in {**bank.concepts, **others}.items()
        if concept.scheme.key in bases
    }


def _next(coming: Version | None) -> skos.Coming | None:
    if coming is None or coming.valid_from is None:
        return None
    return skos.Coming(coming.content_hash, coming.number, coming.valid_from)


@lru_cache(maxsize=4096)
def _read_application(content_text: str) -> Application:
    return read_application_content(canonical_content.parse(content_text))
