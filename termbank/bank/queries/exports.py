"""What is written into a file of concepts: the published, the withdrawn, and the versions that each has had."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session, lazyload, load_only

from registry import clock
from registry.items import queries as items
from registry.items.lifecycle import State
from registry.items.tables import Item, Version
from termbank.bank.neighbours import located
from termbank.bank.queries.published_schemes import scheme_keys
from termbank.bank.queries.statements import Stated, published_statements
from termbank.bank.queries.term_banks import TermBank, bank_around, concept_of
from termbank.bank.scheme_names import earlier_bases
from termbank.concepts.concept import Concept
from termbank.concepts.schemes import Scheme
from termbank.concepts.settling import keys_by_id
from termbank.concepts.version_chain import PublishedVersion, chain
from termbank.exchange.scheme_exports import WITHDRAWN, Coming, PublishedApplication, PublishedConcept, SchemeExport
from termbank.notions import CONCEPT

Chains = Mapping[str, tuple[PublishedVersion, ...]]
"""The published versions of concepts, by the ids of their items."""
NO_CHAINS: Chains = {}


def for_export(
    bank: TermBank,
    stated: Iterable[Stated],
    slugs: Iterable[str] | None = None,
    chains: Chains = NO_CHAINS,
) -> tuple[list[PublishedConcept], list[PublishedApplication]]:
    """What an export needs to know of the published concepts (all, or ``slugs``) and the statements on them."""
    chosen = list(bank.concepts) if slugs is None else list(slugs)
    published = [
        PublishedConcept(
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
        PublishedApplication(one.version.item_id, one.version.number, one.version.content_hash, one.application)
        for one in stated
        if one.application.concept in among
    ]
    return published, applied


def gone(session: Session, slugs: Collection[str] | None = None) -> list[PublishedConcept]:
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


def as_withdrawn(session: Session, last: Mapping[str, Version]) -> list[PublishedConcept]:
    """Withdrawn concepts as they were last, by slug, with what is used instead; three statements at most."""
    if not last:
        return []
    withdrawn = items.withdrawals_by_hash(session, [version.content_hash for version in last.values()])
    concepts = {slug: concept_of(version) for slug, version in last.items()}
    named = {target.item for one in concepts.values() for target in one.targets if target.item}
    keys = {**keys_by_id(session, named), **scheme_keys(session)}
    return [
        PublishedConcept(
            slug, version.item_id, version.number, version.content_hash, WITHDRAWN, version.valid_from,
            located(concepts[slug], keys),
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


def export_of(
    bank: TermBank,
    stated: Iterable[Stated],
    scheme: Scheme,
    base: str,
    slug: str | None = None,
    withdrawn: Iterable[PublishedConcept] = (),
    chains: Chains = NO_CHAINS,
    before: tuple[str, ...] = (),
) -> SchemeExport:
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
    return SchemeExport(scheme, published, applied, base, known, bases, before, left)


def version_export(session: Session, version: Version, base: str) -> SchemeExport | None:
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
    one = PublishedConcept(
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
        PublishedApplication(entry.version.item_id, entry.version.number, entry.version.content_hash, entry.application)
        for entry in published_statements(session, item.slug)
        if entry.application.concept == item.slug and entry.application.concept_version == version.content_hash
    ]
    known = {slug: other.item_id for slug, other in bank.versions.items() if slug != item.slug}
    if one.replaced_by and (successor := items.item_by_slug(session, CONCEPT, one.replaced_by)):
        known[successor.slug] = successor.id
    bases, earlier = _bases(bank, {item.slug: concept}), earlier_bases(session, scheme.item, scheme.base)
    return SchemeExport(scheme, [one], said, base, known, bases, earlier)


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


def _next(coming: Version | None) -> Coming | None:
    if coming is None or coming.valid_from is None:
        return None
    return Coming(coming.content_hash, coming.number, coming.valid_from)
