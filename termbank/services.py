"""Writing the term bank: drafts of concepts and of application statements, and what stops them on their way.

The lifecycle itself is `registry.items`. What a single content cannot tell (that relations lead somewhere, that no
other statement claims the same days) is looked at here when a version is submitted and once more when it is
published, by handlers in the same transaction, whichever page or command sent it.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from registry.actors import SYSTEM_IDS, Actor
from registry.errors import Invalid
from registry.events import Happening
from registry.findings import Finding, Place, Severity
from registry.items import queries as items
from registry.items import services as lifecycle
from registry.items.lifecycle import State
from registry.items.services import Start
from registry.items.tables import Item, Version
from termbank import checking
from termbank.applications.question_sets import QuestionSet
from termbank.applications.question_sets import read as read_question_set
from termbank.applications.statement import Application, overlaps, unasked
from termbank.bank.numbers import next_number
from termbank.bank.queries import statements, term_banks
from termbank.concepts.concept import Concept, slug_of
from termbank.concepts.schemes import Scheme
from termbank.finding_texts.all import FINDINGS
from termbank.notions import APPLICATION, CONCEPT, QUESTION_SET, SCHEME


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
            slug=statements.next_application_slug(session, application.concept, application.region),
            content=application.as_content(), organisation_id=organisation_id, reason=reason,
        )  # fmt: skip
    return lifecycle.keep_draft(session, actor, now, item, content=application.as_content(), reason=reason, start=start)


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
    claimed = statements.claimed(session, application.concept, organisation_id, but_item=version_or_item_id)
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
    if kind == CONCEPT and "change_set" in happening.data:  # checked with its set
        return
    version = session.get(Version, str(happening.data["version"]))
    if version is None:
        return
    if kind == CONCEPT:
        found = checking.concept_findings(
            session,
            version.item.slug,
            term_banks.concept_of(version),
            version.valid_from,
            writer=version.organisation_id,
        )
    elif kind == QUESTION_SET:
        found = question_set_findings(session, version.item, read_question_set(version.content))
    else:
        found = application_findings(
            session, version.item_id, statements.application_of(version), version.organisation_id
        )
    if errors := [finding for finding in found if finding.severity is Severity.ERROR]:
        raise Invalid(errors)
    if kind == APPLICATION and version.state == State.PUBLISHED:
        version.valid_from = statements.application_of(version).valid_from


def _free_scheme_key(session: Session, scheme: Scheme) -> str:
    named = slug_of(scheme.title.sv) or slug_of(scheme.title.en) or SCHEME
    key, number = named, 1
    while items.item_by_slug(session, SCHEME, key):
        number += 1
        key = f"{named}-{number}"
    return key
