"""What is known of a model's elements, for who has to say which of them a column is: the definition, how the region applies the
wording, and where readings are known to contradict each other."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from information_models.definitions import Element, LoadedModel
from registry.i18n import read
from registry.items import queries as items
from submission_portal.deliveries.pages.layout_cards import Meaning
from termbank.applications.statement import ANSWER_TEXTS, Answer
from termbank.bank.queries import statements
from termbank.bank.queries.term_banks import concept_of
from termbank.confirmations.holding import holding

MOST_SHOWN = 4
"""So many answers and contradictions of an element are beside the choice; the rest are on the concept's page."""


def meanings_of(
    session: Session, loaded: LoadedModel, elements: Iterable[str], organisation_id: str, on: date
) -> dict[str, Meaning]:
    """By element what is known of it; ``on``: the day on which the region's statement is in force."""
    model = loaded.model
    return {
        name: _meaning(session, loaded, model.element(name), organisation_id, on)
        for name in dict.fromkeys(elements)
        if name in model.by_name
    }


def _meaning(session: Session, loaded: LoadedModel, element: Element, organisation_id: str, on: date) -> Meaning:
    wording = loaded.wordings.get(element.concept or "")
    if wording is None:
        return Meaning(read(element.description))
    definition = read(wording.definition) if wording.definition is not None else read(element.description)
    version = items.version_by_hash(session, wording.version) if wording.version else None
    problems = concept_of(version).problems if version is not None else ()
    stated = statements.application_at(session, wording.slug, organisation_id, on)
    if stated is None:
        return Meaning(definition, problems=tuple(read(one.text) for one in problems[:MOST_SHOWN]))
    application = statements.application_of(stated)
    said = [
        f"{read(application.question(one.question))} {read(ANSWER_TEXTS[one.answer])}. {read(one.text)}".strip()
        for one in application.answers
        if one.answer is not Answer.NOT_STATED
    ]
    since = application.valid_from.isoformat() if application.valid_from else ""
    known = holding(session, [one := statements.Stated(stated, application)])
    of_wording = ""
    if wording.version and not known.holds(one, wording.version):
        of_wording = ", ".join(map(str, known.numbers(one))) or "?"
    told = tuple(read(problem.text) for problem in problems[:MOST_SHOWN])
    return Meaning(definition, tuple(said[:MOST_SHOWN]), since, told, of_wording)
