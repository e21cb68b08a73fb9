"""The starter content: the 35 concepts of the bed domain, examples of proposals, and Norrbotten's two statements.

Official wordings are rendered in the registry's own words and say so. Proposals are examples made up by the registry.
Norrbotten's statements are reproduced from a published source; no region has stated anything here. Nothing is
backdated: what is measured has its dates, what is recorded is recorded now.
"""

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.identity import queries as identity
from registry.identity.tables import Organisation
from registry.items import queries as items
from registry.items.lifecycle import Change
from registry.items.starter import load_proposal, load_published
from registry.starter import STEWARD
from termbank.applications.question_sets import shipped
from termbank.applications.questions import QUESTIONS
from termbank.applications.statement import read as read_application
from termbank.bank.neighbours import concept_of
from termbank.concepts.schemes import SHIPPED
from termbank.notions import APPLICATION, CONCEPT, QUESTION_SET, SCHEME

FOLDER = Path(__file__).parent
PROPOSAL_REASON = (
    "Exempel på förslag, påhittat av registret för demonstration. / "
    "Example of a proposal, made up by the registry for demonstration."
)
REPRODUCED_REASON = (
    "Återgiven ur publicerad källa; regionen har inte redovisat något här. / "
    "Reproduced from a published source; the region has stated nothing here."
)


@lru_cache(maxsize=1)
def concept_documents() -> tuple[dict[str, Any], ...]:
    """The concepts as shipped: ``slug``, ``official`` and ``proposal`` (content or ``None``)."""
    return tuple(json.loads(path.read_text("utf-8")) for path in sorted((FOLDER / "vardplatser").glob("*.json")))


@lru_cache(maxsize=1)
def application_documents() -> tuple[dict[str, Any], ...]:
    """The statements as shipped, without the hash of the wording they apply."""
    return tuple(json.loads(path.read_text("utf-8")) for path in sorted((FOLDER / "applications").glob("*.json")))


def load_concepts(session: Session, actor: Actor, now: datetime) -> None:
    """Publish the schemes, and each official wording as version 1. What is there already is left alone."""
    steward = steward_organisation(session)
    for scheme in SHIPPED:
        load_published(
            session, now, kind=SCHEME, slug=scheme.slug, content=scheme.as_content(),
            organisation_id=steward.id, valid_from=None,
        )  # fmt: skip
    for document in concept_documents():
        load_published(
            session, now, kind=CONCEPT, slug=document["slug"], content=document["official"],
            organisation_id=steward.id, valid_from=None,
        )  # fmt: skip


def load_question_sets(session: Session, actor: Actor, now: datetime) -> None:
    """Publish the questions that regions were asked before question sets were items, each as version 1."""
    steward = steward_organisation(session)
    for slug in QUESTIONS:
        concept = items.item_by_slug(session, CONCEPT, slug)
        if concept is None:
            raise LookupError(f"the concept {slug} is not loaded")
        term = concept_of(items.versions_of(session, concept)[0]).title
        load_published(
            session, now, kind=QUESTION_SET, slug=slug, content=shipped(slug, term).as_content(),
            organisation_id=steward.id, valid_from=None,
        )  # fmt: skip


def load_proposals(session: Session, actor: Actor, now: datetime) -> None:
    """Put each example of a proposal to review as version 2, where nothing else has happened to the concept."""
    for document in concept_documents():
        if document["proposal"]:
            load_proposal(
                session, now, kind=CONCEPT, slug=document["slug"], content=document["proposal"],
                change=Change.MEANING, reason=PROPOSAL_REASON,
            )  # fmt: skip


def load_applications(session: Session, actor: Actor, now: datetime) -> None:
    """Publish the reproduced application statements, bound to the first version of their concept."""
    for document in application_documents():
        content = document["content"]
        concept = items.item_by_slug(session, CONCEPT, content["concept"])
        if concept is None:
            raise LookupError(f"the concept {content['concept']} is not loaded")
        wording = items.versions_of(session, concept)[0]
        content = {**content, "concept_version": wording.content_hash}
        region = region_organisation(session, document["organisation"])
        load_published(
            session, now, kind=APPLICATION, slug=document["slug"], content=content, organisation_id=region.id,
            valid_from=read_application(content).valid_from, reason=REPRODUCED_REASON,
        )  # fmt: skip


def steward_organisation(session: Session) -> Organisation:
    """The organisation that keeps the term bank. Raises ``LookupError`` before the organisations are loaded."""
    steward = identity.organisation_by_code(session, STEWARD, "steward")
    if steward is None:
        raise LookupError("the organisations are not loaded")
    return steward


def region_organisation(session: Session, code: str) -> Organisation:
    """A region by its county code. Raises ``LookupError`` before the organisations are loaded."""
    region = identity.organisation_by_code(session, code)
    if region is None:
        raise LookupError(f"the region {code} is not loaded")
    return region
