"""Published statements of how regions apply a wording, made in one step."""

from collections.abc import Mapping
from datetime import date, datetime

from registry.db import transaction
from registry.items import queries as items
from registry.items.starter import load_published
from termbank.applications.questions import QUESTIONS
from termbank.bank.queries.term_banks import concept_of
from termbank.notions import APPLICATION, CONCEPT
from termbank.starter.load import region_organisation
from tests.conftest import NOW


def stated(
    concept: str, code: str, answers: Mapping[str, str], *, valid_from: date | None = None, now: datetime = NOW,
    number: int = 1,
) -> None:  # fmt: skip
    """Publish that the region ``code`` answers the questions of ``concept`` so (*yes* to the others), from a day on."""
    with transaction() as session:
        version = items.current_by_slug(session, CONCEPT, concept)
        term = concept_of(version).title
        content = {
            "content_schema": "application/1", "concept": concept, "term": term.as_dict(), "region": code,
            "concept_version": version.content_hash, "valid_from": valid_from.isoformat() if valid_from else None,
            "valid_to": None, "provenance": "own",
            "answers": [
                {"question": one.id, "answer": answers.get(one.id, "yes"), "text": {"sv": "", "en": ""}}
                for one in QUESTIONS[concept]
            ],
            "decision": {
                "body": {"sv": "Regiondirektören", "en": "Director"}, "registry_number": f"R{code}",
            },
        }  # fmt: skip
        load_published(
            session, now, kind=APPLICATION, slug=f"{concept}.{code}.{number}", content=content,
            organisation_id=region_organisation(session, code).id, valid_from=valid_from,
        )  # fmt: skip
