"""What several of the flows' pages need to know about a version and its reader."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from legal_checks.secrecy.questions import Side
from registry.actors import Actor, Role
from registry.identity import queries as identity
from registry.items.tables import Comment, Version
from submission_portal.flows import queries
from submission_portal.flows.parties import parties_of
from submission_portal.legal_questions import words
from submission_portal.legal_questions.question_pages import question_rows


def answers_behind(session: Session, actor: Actor, version: Version) -> dict[str, object]:
    """The answers behind the legal approval. Their reasons are the recipient's and the discloser's to read."""
    kept = queries.assessment_of(session, version) if is_inside(actor, version) else None
    assessment = kept.assessment if kept else None
    return {
        "question_rows": question_rows(session, [(Side.RECIPIENT, assessment)]) if assessment else [],
        "replies": words.shown(session, assessment).replies(assessment) if assessment else [],
    }


def is_inside(actor: Actor, version: Version) -> bool:
    """Whether the actor belongs to the discloser or the recipient."""
    parties = parties_of(version)
    return actor.belongs_to(parties.discloser) or actor.belongs_to(parties.recipient)


def is_officer_of_discloser(actor: Actor, version: Version) -> bool:
    """Whether the actor prepares or discloses what the line delivers."""
    return actor.has_role(Role.DATA_OFFICER, Role.DISCLOSING_OFFICER, organisation_id=version.organisation_id)


def sees_deliveries(actor: Actor, version: Version) -> bool:
    """Whether the actor prepares or discloses what the line delivers, or reviews it."""
    sends = is_officer_of_discloser(actor, version)
    reviewers = (Role.QUALITY_REVIEWER, Role.LEGAL_REVIEWER)
    return sends or actor.has_role(*reviewers, organisation_id=parties_of(version).recipient)


def people_in(session: Session, actor: Actor, version: Version, comments: Sequence[Comment] = ()) -> dict[str, object]:
    """Names of those who wrote and decided, for who is signed in; the public reads roles and organisations."""
    if not actor.is_signed_in:
        return {}
    wanted = [
        version.author_id,
        *(decision.person_id for decision in version.decisions),
        *(comment.person_id for comment in comments),
    ]
    return dict(identity.person_labels(session, wanted))
