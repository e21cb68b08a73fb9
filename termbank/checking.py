"""What the term bank says of concepts before they are sent to review or published: of one by itself, and of many together.

Those concepts are looked at that a finding could name (`termbank.bank.neighbours.concerned`), as they are in force on a day
(today), and once more as they will be when everything published has come.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from registry import clock
from registry.findings import Finding, Place, Text
from registry.items import queries as items
from registry.items.kinds import MemberFinding, SetCheck, SetMember
from registry.items.lifecycle import State
from registry.items.tables import Item, Version
from registry.swedish import folded
from termbank.bank.neighbours import concerned
from termbank.bank.queries import exports, term_banks, vouching
from termbank.bank.queries.term_banks import TermBank
from termbank.concepts.concept import Concept, Relation, Term
from termbank.concepts.schemes import Scheme
from termbank.concepts.settling import AT_ONCE
from termbank.definitions.wording import Surroundings, check_among
from termbank.exchange import skos
from termbank.exchange.scheme_exports import PublishedConcept, SchemeExport
from termbank.finding_texts.all import FINDINGS
from termbank.notions import CONCEPT, HIERARCHICAL, RelationKind, TermStatus
from termbank.vocabularies.conditions import OF_A_CONCEPT
from termbank.vocabularies.conditions import findings as scheme_conditions
from termbank.vocabularies.graphs import triples_in
from termbank.vocabularies.index import vocabulary_of

UNPUBLISHED = "TERM-011"
"""What is found of a concept that is named and not published."""
LOOKED_AROUND = 500
"""So many concepts together are looked around. Of more, nearly all are neighbours: every concept is then read."""


def concept_findings(
    session: Session, slug: str, concept: Concept, on: date | None = None, *, writer: str = ""
) -> list[Finding]:
    """What the others say of a concept before it is submitted: SKOS conditions, relations, taken terms, wording.

    ``writer`` is the organisation whose concept it is: drafts of its own are called by their terms.
    """
    item = items.item_by_slug(session, CONCEPT, slug)
    looked_at = {item.id if item else "": concept}
    bank = term_banks.bank_concerned(session, looked_at, on)
    concept = term_banks.located(session, concept, bank)
    found = [finding for _, finding in _of_each(bank, {slug: concept})]
    if item is not None:
        found += vouching.findings(concept, vouching.earlier_versions(session, [item.id]).get(item.id, ()))
    if bank.coming:
        told = {_key(finding) for finding in found}
        later = _of_each(term_banks.bank_concerned(session, looked_at, date.max), {slug: concept})
        found += [finding for _, finding in later if _key(finding) not in told]
    names = _names_of_unpublished(session, found, {writer})
    return [_named(finding, names) for finding in found]


def _together(session: Session, members: Sequence[SetMember]) -> list[MemberFinding]:
    """What would be said of each concept of a change set, were all of them published, and gone what it withdraws."""
    proposed = [one.version for one in members if not one.is_withdrawn]
    withdrawn = [one.version.item.slug for one in members if one.is_withdrawn]
    banks = [_bank(session, members, day).changed(proposed, withdrawn) for day in (clock.today(), date.max)]
    items_of = {version.item.slug: version.item_id for version in proposed}
    read = {version.item.slug: term_banks.concept_of(version) for version in proposed}
    written = term_banks.all_located(session, read, banks[0])
    found: dict[object, MemberFinding] = {}
    earlier = vouching.earlier_versions(session, list(items_of.values()))
    for slug, item_id in items_of.items():
        for finding in vouching.findings(written[slug], earlier.get(item_id, ())):
            found.setdefault((slug, _key(finding)), MemberFinding(item_id, finding))
    for bank in banks if banks[0].coming else banks[:1]:
        for slug, finding in _of_each(bank, written):
            found.setdefault((slug, _key(finding)), MemberFinding(items_of.get(slug), finding))
    writers = {one.version.organisation_id for one in members}
    names = _names_of_unpublished(session, [one.finding for one in found.values()], writers)
    return [replace(one, finding=_named(one.finding, names)) for one in found.values()]


def _neighbours(session: Session, members: Sequence[SetMember]) -> dict[str, str]:
    """The content hashes of the published versions that a check of the set reads, by version."""
    looked_at = _looked_at(members)
    found = concerned(session, looked_at)
    if any(one.is_coming(clock.today()) for one in found):
        found += concerned(session, looked_at, date.max)
    return {version.id: version.content_hash for version in found}


CONCEPTS_TOGETHER = SetCheck(_neighbours, term_banks.published_hashes, _together)
"""How concepts that change together are checked."""


def _bank(session: Session, members: Sequence[SetMember], day: date) -> TermBank:
    if len(members) > LOOKED_AROUND:
        return term_banks.term_bank(session, on=day)
    return term_banks.bank_concerned(session, _looked_at(members), day)


def _looked_at(members: Sequence[SetMember]) -> dict[str, Concept]:
    return {one.version.item_id: term_banks.concept_of(one.version) for one in members}


def _of_each(bank: TermBank, written: Mapping[str, Concept]) -> Iterator[tuple[str, Finding]]:
    """Findings with the slug of the concept that each is about; an empty one for what is about none of them by name."""
    everyone = {**bank.known, **written}
    around, homographs = Surroundings(everyone, written), _by_preferred_term(everyone)
    schemes = {one.slug: one for one in bank.schemes}
    for slug, concept in written.items():
        if concept.scheme.key not in schemes:
            named = concept.scheme.key or concept.scheme.item
            yield slug, FINDINGS.found("TERM-014", {"scheme": named}, (Place(field="scheme"),))
            continue
        for finding in _unknown_relations(concept, everyone):
            yield slug, finding
        for finding in _homographs(slug, concept, homographs):
            yield slug, finding
        for finding in check_among(slug, around):
            yield slug, finding
    for scheme in bank.schemes:
        own = {slug: concept for slug, concept in written.items() if concept.scheme.key == scheme.slug}
        if own:
            by_term = {term.text: slug for slug, one in reversed(own.items()) for term in one.terms}
            for finding in _scheme_findings(own, bank, scheme):
                said = map(str, finding.params.values())
                yield next((by_term[one] for one in said if one in by_term), ""), finding


def _unknown_relations(concept: Concept, known: Mapping[str, Concept]) -> list[Finding]:
    """Concepts that are named and not published: nobody could go there."""
    field_of = {**dict.fromkeys(HIERARCHICAL, "broader"), RelationKind.ASSOCIATIVE: "related"}
    named = [(field_of.get(one.kind, one.kind.value), one.target) for one in concept.relations]
    named += [(f"definition_{one.language}", link.target) for one in concept.definitions for link in one.links]
    return [
        FINDINGS.found(UNPUBLISHED, {"slug": target.key or target.item}, (Place(field=field),))
        for field, target in dict.fromkeys(named)
        if not target.iri and target.key not in known
    ]


def _names_of_unpublished(session: Session, found: Iterable[Finding], writers: Collection[str]) -> dict[str, Text]:
    """What the concepts are called that are named and not published, by their keys: those that once were, and drafts of the
    ``writers``. Nobody is told what others draft."""
    slugs = sorted({str(one.params["slug"]) for one in found if _has_key_alone(one)})
    names: dict[str, Text] = {}
    for start in range(0, len(slugs), AT_ONCE):
        known = or_(Version.published_at.is_not(None), Version.organisation_id.in_(writers))
        asked = (
            select(Version).join(Item).where(Item.kind == CONCEPT, Item.slug.in_(slugs[start : start + AT_ONCE]), known)
        )
        for version in session.scalars(asked.order_by(Version.number)):
            title, slug = items.kind_named(CONCEPT).title(version.content), version.item.slug
            names[slug] = Text(f"{title.sv} ({slug})", f"{title.en} ({slug})")
    return names


def _has_key_alone(finding: Finding) -> bool:
    """Whether all that a finding says of a concept is its key."""
    return set(finding.params) == {"slug"}


def _named(finding: Finding, names: Mapping[str, Text]) -> Finding:
    """The same with the concept that is not published called by its term too, where that is known."""
    if not _has_key_alone(finding):
        return finding
    slug = str(finding.params["slug"])
    return replace(finding, params={**finding.params, "slug": names.get(slug, slug)})


_Sign = tuple[str, str, int | None]


def _by_preferred_term(concepts: Mapping[str, Concept]) -> dict[_Sign, list[tuple[str, Term]]]:
    """Who is called what: (slug, term) by what tells preferred terms apart."""
    found: dict[_Sign, list[tuple[str, Term]]] = {}
    for slug, concept in concepts.items():
        for term in concept.terms:
            if term.status is TermStatus.PREFERRED:
                found.setdefault(_sign(term), []).append((slug, term))
    return found


def _homographs(slug: str, concept: Concept, everyone: Mapping[_Sign, Sequence[tuple[str, Term]]]) -> Iterable[Finding]:
    """Other concepts with the same preferred term, in a language where they are told apart by no homograph number."""
    own = dict.fromkeys(_sign(term) for term in concept.terms if term.status is TermStatus.PREFERRED)
    for sign in own:
        for other, term in everyone[sign]:
            if other != slug:
                place = Place(field=f"term_{term.language}")
                yield FINDINGS.found("TERM-012", {"slug": other, "term": term.text}, (place,))


def _sign(term: Term) -> _Sign:
    return term.language, folded(term.text), term.homograph


def _scheme_findings(written: Mapping[str, Concept], bank: TermBank, scheme: Scheme) -> list[Finding]:
    """Findings of `vocabularies.conditions` that the scheme has with these concepts in it, and does not have without them."""
    known = {*bank.known, *written}
    told = {slug: replace(one, relations=_told_relations(one, known)) for slug, one in written.items()}
    own = [other for other, one in bank.concepts.items() if other not in written and one.scheme.key == scheme.slug]
    before, _ = exports.for_export(bank, (), own)
    after = [*before, *(PublishedConcept(slug, slug, 0, "", State.DRAFT, None, one) for slug, one in told.items())]
    old, found = (
        scheme_conditions(vocabulary_of(triples_in(skos.graph(SchemeExport(scheme, concepts, (), "")))), OF_A_CONCEPT)
        for concepts in (before, after)
    )
    known_before = set(map(_key, old))
    return [finding for finding in found if _key(finding) not in known_before]


def _told_relations(concept: Concept, known: set[str]) -> tuple[Relation, ...]:
    """The relations that SKOS tells of, to what there is."""
    return tuple(
        one for one in concept.relations if one.target.iri or (one.key in known and one not in concept.contested)
    )


def _key(finding: Finding) -> tuple[str, tuple[tuple[str, str | int], ...]]:
    return finding.code, tuple(sorted((name, str(value)) for name, value in finding.params.items()))
