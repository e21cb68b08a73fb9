"""Writing the term bank: drafts of concepts and of application statements, and what stops them on their way.

The lifecycle itself is `registry.items`. What a single content cannot tell (that relations lead somewhere, that no
other statement claims the same days) is looked at here when a version is submitted and once more when it is
published, by handlers in the same transaction, whichever page or command sent it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from registry import clock
from registry.actors import SYSTEM_IDS, Actor
from registry.errors import Invalid
from registry.events import Happening
from registry.findings import Finding, Place, Severity
from registry.items import queries as items
from registry.items import services as lifecycle
from registry.items.kinds import MemberFinding, SetCheck, SetMember
from registry.items.lifecycle import State
from registry.items.services import Start
from registry.items.tables import Item, Version
from registry.swedish import folded
from termbank import queries, skos, wording
from termbank.applications import Application, overlaps, unasked
from termbank.concepts import Concept, Relation, Term, slug_of
from termbank.finding_texts.all import FINDINGS
from termbank.notions import APPLICATION, CONCEPT, HIERARCHICAL, QUESTION_SET, SCHEME, RelationKind, TermStatus
from termbank.numbers import next_number
from termbank.question_sets import QuestionSet
from termbank.question_sets import read as read_question_set
from termbank.schemes import Scheme
from termbank.vocabularies.conditions import OF_A_CONCEPT, findings
from termbank.vocabularies.graphs import triples_in
from termbank.vocabularies.index import vocabulary_of


def draft_concept(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    item: Item | None,
    concept: Concept,
    organisation_id: str,
    reason: str,
    start: Start | None = None,
) -> Version:
    """Keep what an author wrote: a new concept (``item`` is ``None``), a new version, or a change to the open draft.

    The key of a new concept is its number. Raises `Refused` where another version is in review.
    """
    if item is None:
        return lifecycle.create_item(
            session, actor, now, kind=CONCEPT, slug=str(next_number(session)),
            content=concept.as_content(), organisation_id=organisation_id, reason=reason,
        )  # fmt: skip
    return lifecycle.keep_draft(session, actor, now, item, content=concept.as_content(), reason=reason, start=start)


def draft_scheme(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    item: Item | None,
    scheme: Scheme,
    organisation_id: str,
    reason: str,
    start: Start | None = None,
) -> Version:
    """Keep what an author wrote of a scheme: a new one (``item`` is ``None``), a new version, or a change to its draft."""
    if item is None:
        return lifecycle.create_item(
            session, actor, now, kind=SCHEME, slug=_free_scheme_key(session, scheme),
            content=scheme.as_content(), organisation_id=organisation_id, reason=reason,
        )  # fmt: skip
    return lifecycle.keep_draft(session, actor, now, item, content=scheme.as_content(), reason=reason, start=start)


def draft_question_set(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    item: Item | None,
    questions: QuestionSet,
    organisation_id: str,
    reason: str,
    start: Start | None = None,
) -> Version:
    """Keep what an author wrote of the questions on a concept, whose key is theirs: the first (``item`` is ``None``), or others."""
    if item is None:
        return lifecycle.create_item(
            session, actor, now, kind=QUESTION_SET, slug=questions.concept, content=questions.as_content(),
            organisation_id=organisation_id, reason=reason,
        )  # fmt: skip
    return lifecycle.keep_draft(session, actor, now, item, content=questions.as_content(), reason=reason, start=start)


def draft_application(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    item: Item | None,
    application: Application,
    organisation_id: str,
    reason: str,
    start: Start | None = None,
) -> Version:
    """Keep a region's statement: a new one (``item`` is ``None``), a correction of one, or a change to its draft."""
    if item is None:
        return lifecycle.create_item(
            session, actor, now, kind=APPLICATION,
            slug=queries.next_application_slug(session, application.concept, application.region),
            content=application.as_content(), organisation_id=organisation_id, reason=reason,
        )  # fmt: skip
    return lifecycle.keep_draft(session, actor, now, item, content=application.as_content(), reason=reason, start=start)


def concept_findings(session: Session, slug: str, concept: Concept, on: date | None = None) -> list[Finding]:
    """What the scheme says of a concept before it is submitted: SKOS conditions, relations, taken terms, wording. Those
    concepts are looked at that a finding could name (`termbank.neighbours.concerned`).

    It is asked as the scheme is on a day (today), and once more as it will be when everything published has come.
    """
    item = items.item_by_slug(session, CONCEPT, slug)
    item_id = item.id if item else ""
    bank = queries.bank_concerned(session, item_id, concept, on)
    concept = queries.located(session, concept, bank)
    found = _findings_within(bank, slug, concept)
    if bank.coming:
        told = {_key(finding) for finding in found}
        later = _findings_within(queries.bank_concerned(session, item_id, concept, date.max), slug, concept)
        found += [finding for finding in later if _key(finding) not in told]
    return found


def _findings_within(bank: queries.TermBank, slug: str, concept: Concept) -> list[Finding]:
    scheme = bank.scheme_named(concept.scheme.key)
    of_scheme = _scheme_findings({slug: concept}, bank, scheme) if scheme is not None else []
    return [*_among_others(bank, slug, concept), *of_scheme]


def _among_others(bank: queries.TermBank, slug: str, concept: Concept) -> list[Finding]:
    """What the other concepts say of this one, without looking at the scheme as a whole."""
    if bank.scheme_named(concept.scheme.key) is None:
        named = concept.scheme.key or concept.scheme.item
        return [FINDINGS.found("TERM-014", {"scheme": named}, (Place(field="scheme"),))]
    others = {other: one for other, one in bank.known.items() if other != slug}
    return [
        *_unknown_relations(concept, {*others, slug}),
        *_homographs(concept, others),
        *wording.check(slug, concept, others),
    ]


def application_findings(
    session: Session, version_or_item_id: str, application: Application, organisation_id: str
) -> list[Finding]:
    """What other statements, and the concept, say of a statement before it is submitted."""
    found = []
    wording_version = items.version_by_hash(session, application.concept_version)
    if (
        wording_version is None
        or wording_version.item.kind != CONCEPT
        or wording_version.item.slug != application.concept
        or wording_version.state not in (State.PUBLISHED, State.SUPERSEDED)
    ):
        found.append(FINDINGS.found("APPL-010", {}, (Place(field="concept"),)))
    found += _on_its_questions(session, application)
    claimed = queries.claimed(session, application.concept, organisation_id, but_item=version_or_item_id)
    return [*found, *overlaps(application, [one.application for one in claimed])]


def _on_its_questions(session: Session, application: Application) -> list[Finding]:
    """What the version of the question set that a statement names says of its answers."""
    if not application.question_set:
        return []
    version = items.version_by_hash(session, application.question_set)
    if (
        version is None
        or version.item.kind != QUESTION_SET
        or version.item.slug != application.concept
        or not version.published_at
    ):
        return [FINDINGS.found("APPL-012", {}, (Place(field="answers"),))]
    return unasked(application, [one.id for one in read_question_set(version.content).questions])


def question_set_findings(session: Session, item: Item, questions: QuestionSet) -> list[Finding]:
    """What the register says of questions before they are submitted: that their concept is there, and is theirs."""
    concept = items.item_by_slug(session, CONCEPT, questions.concept)
    if concept is not None and item.slug == concept.slug and items.standing_version(session, concept):
        return []
    return [FINDINGS.found("QSET-005", {"concept": questions.concept}, (Place(field="concept"),))]


def check_version(session: Session, happening: Happening) -> None:
    """Handler of ``VersionSubmitted`` and ``VersionPublished``. Raises `Invalid` with what stops the version.

    A statement's days are part of what the region decided, so a published one begins on its own first day.

    The registry's own starter content is loaded concept by concept, each naming others that come later; it is checked
    as a whole by its tests.
    """
    kind = happening.data.get("kind")
    if happening.person_id in SYSTEM_IDS or kind not in (CONCEPT, APPLICATION, QUESTION_SET):
        return
    version = session.get(Version, str(happening.data["version"]))
    if version is None or (kind == CONCEPT and version.change_set_id is not None):  # checked with its set
        return
    if kind == CONCEPT:
        found = concept_findings(session, version.item.slug, queries.concept_of(version), version.valid_from)
    elif kind == QUESTION_SET:
        found = question_set_findings(session, version.item, read_question_set(version.content))
    else:
        found = application_findings(session, version.item_id, queries.application_of(version), version.organisation_id)
    if errors := [finding for finding in found if finding.severity is Severity.ERROR]:
        raise Invalid(errors)
    if kind == APPLICATION and version.state == State.PUBLISHED:
        version.valid_from = queries.application_of(version).valid_from


def _free_scheme_key(session: Session, scheme: Scheme) -> str:
    named = slug_of(scheme.title.sv) or slug_of(scheme.title.en) or SCHEME
    key, number = named, 1
    while items.item_by_slug(session, SCHEME, key):
        number += 1
        key = f"{named}-{number}"
    return key


def _unknown_relations(concept: Concept, known: set[str]) -> list[Finding]:
    """Concepts that are named and not published: nobody could go there."""
    field_of = {**dict.fromkeys(HIERARCHICAL, "broader"), RelationKind.ASSOCIATIVE: "related"}
    named = [(field_of.get(one.kind, one.kind.value), one.target) for one in concept.relations]
    named += [(f"definition_{one.language}", link.target) for one in concept.definitions for link in one.links]
    return [
        FINDINGS.found("TERM-011", {"slug": target.key or target.item}, (Place(field=field),))
        for field, target in dict.fromkeys(named)
        if not target.iri and target.key not in known
    ]


def _homographs(concept: Concept, others: Mapping[str, Concept]) -> list[Finding]:
    """Other concepts with the same preferred term, in a language where they are told apart by no homograph number."""
    own = {_sign(term): term for term in concept.terms if term.status is TermStatus.PREFERRED}
    return [
        FINDINGS.found("TERM-012", {"slug": slug, "term": term.text}, (Place(field=f"term_{term.language}"),))
        for slug, other in others.items()
        for term in other.terms
        if term.status is TermStatus.PREFERRED and _sign(term) in own
    ]


def _sign(term: Term) -> tuple[str, str, int | None]:
    return term.language, folded(term.text), term.homograph


def _scheme_findings(written: Mapping[str, Concept], bank: queries.TermBank, scheme: Scheme) -> list[Finding]:
    """Findings of `vocabularies.conditions` that the scheme has with these concepts in it, and does not have without them."""
    known = {*bank.known, *written}
    told = {slug: replace(one, relations=_told_relations(one, known)) for slug, one in written.items()}
    own = [other for other, one in bank.concepts.items() if other not in written and one.scheme.key == scheme.slug]
    before, _ = queries.for_export(bank, (), own)
    after = [*before, *(skos.PublishedConcept(slug, slug, 0, "", State.DRAFT, None, one) for slug, one in told.items())]
    old, found = (
        findings(vocabulary_of(triples_in(skos.graph(skos.SchemeExport(scheme, concepts, (), "")))), OF_A_CONCEPT)
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


def _together(session: Session, members: Sequence[SetMember]) -> list[MemberFinding]:
    """What the scheme would say of each concept of a change set, were all of them published, and gone what it withdraws."""
    proposed = [one.version for one in members if not one.is_withdrawn]
    withdrawn = [one.version.item.slug for one in members if one.is_withdrawn]
    banks = [queries.term_bank(session, on=day).changed(proposed, withdrawn) for day in (clock.today(), date.max)]
    items_of = {version.item.slug: version.item_id for version in proposed}
    written = {one.item.slug: queries.located(session, queries.concept_of(one), banks[0]) for one in proposed}
    found: dict[object, MemberFinding] = {}
    for bank in banks if banks[0].coming else banks[:1]:
        for slug, finding in _of_each(bank, written):
            found.setdefault((slug, _key(finding)), MemberFinding(items_of.get(slug), finding))
    return list(found.values())


def _of_each(bank: queries.TermBank, written: Mapping[str, Concept]) -> Iterator[tuple[str, Finding]]:
    """Findings with the slug of the concept that each is about; an empty one for what is about none of them by name."""
    for slug, concept in written.items():
        for finding in _among_others(bank, slug, concept):
            yield slug, finding
    for scheme in bank.schemes:
        own = {slug: concept for slug, concept in written.items() if concept.scheme.key == scheme.slug}
        for finding in _scheme_findings(own, bank, scheme) if own else ():
            said = {str(param) for param in finding.params.values()}
            yield next((slug for slug, one in own.items() if said & {term.text for term in one.terms}), ""), finding


CONCEPTS_TOGETHER = SetCheck(neighbours=lambda session, members: queries.published_hashes(session), findings=_together)
"""How concepts that change together are checked. Each is held against every other one, so all of them are its neighbours."""
