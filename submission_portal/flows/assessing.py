"""The recipient's answers to the control questions: no legal approval of a line or a use is recorded without them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from information_models.definitions import read as read_model
from legal_checks.secrecy.assessment import Assessment, assess
from legal_checks.secrecy.questions import Side
from legal_checks.secrecy.rules import Answer, Circumstances
from registry import clock, events
from registry.actors import Actor, Role
from registry.errors import Invalid
from registry.items import queries as items
from registry.items import steps
from registry.items.tables import Version
from submission_portal.flows.content import Line
from submission_portal.flows.tables import FlowAssessment
from submission_portal.legal_questions.words import keep as keep_words


def assess_line(
    session: Session, line: Line, now: datetime, answers: Mapping[str, Answer], replies: Mapping[str, str]
) -> Assessment:
    """The recipient's answers held against the questions, with what the registry knows about what the line delivers."""
    circumstances = Circumstances(
        side=Side.RECIPIENT,
        on=clock.today(now),
        concerns_persons=counts_persons(session, line),
        is_compilation=True,
    )
    return assess(answers, circumstances, replies)


def counts_persons(session: Session, line: Line) -> bool:
    """Whether the model that the line binds has elements that concern persons."""
    model = items.version_by_hash(session, line.model_version)
    return model is not None and read_model(model.content).concerns_persons


def keep(
    session: Session, actor: Actor, now: datetime, version: Version, assessment: Assessment, recipient: str
) -> None:
    """Keep the answers of the recipient's legal reviewer, who approves the version in the same transaction.

    Raises `Invalid` with what is not answered, `Forbidden` for others, `Refused` where somebody's are kept in this round.
    """
    if not assessment.is_complete:
        raise Invalid(assessment.findings)
    actor.require_decider(Role.LEGAL_REVIEWER, organisation_id=recipient, is_known=True)
    current = version.round
    taken = select(FlowAssessment.id).where(FlowAssessment.version_id == version.id, FlowAssessment.round == current)
    if session.scalar(taken) is not None:
        raise steps.refused("ITEM-006")
    assessment = keep_words(session, now, assessment)
    session.add(
        FlowAssessment(
            version_id=version.id,
            organisation_id=recipient,
            round=current,
            person_id=actor.person_id,
            assessment=assessment,
            recorded_at=now,
        )
    )
    session.flush()
    events.record(
        session,
        "FlowAssessed",
        actor=actor,
        now=now,
        subject=version.ref,
        organisation_id=recipient,
        data={"version": version.id, "asked": [result.code for result in assessment.asks]},
    )


def has_answers(session: Session, actor: Actor, version: Version) -> bool:
    """Whether the actor's answers are kept in the version's current round."""
    query = select(FlowAssessment.id).where(
        FlowAssessment.version_id == version.id,
        FlowAssessment.round == version.round,
        FlowAssessment.person_id == actor.person_id,
    )
    return session.scalar(query) is not None
