"""What the texts of a consultation are called. A question says nothing without the concept that it is about."""

from collections.abc import Mapping, Sequence

from registry.findings import Language
from termbank.consultations.tables import ConsultationText
from termbank.consultations.tally import PART_TEXTS, Part


def names_of(texts: Sequence[ConsultationText], language: Language) -> dict[int, str]:
    """What each text is called, by its number: the term, or for a question the term of its concept and the question."""
    terms = {text.item_id: _in(text.texts.get(Part.TERM, {}), language) for text in texts if not text.question}
    return {text.number: _named(text, terms.get(text.item_id, ""), language) for text in texts}


def headings_of(texts: Sequence[ConsultationText], language: Language) -> dict[tuple[int, Part], str]:
    """What each part of each text is called: ``3. bed: the definition``, and of a question ``4. bed: Is it counted?``."""
    names = names_of(texts, language)
    return {
        (text.number, part): f"{text.number}. {names[text.number]}"
        if part is Part.QUESTION
        else f"{text.number}. {names[text.number]}: {PART_TEXTS[part].in_language(language).lower()}"
        for text in texts
        for part in Part
        if part in text.texts
    }


def _named(text: ConsultationText, term: str, language: Language) -> str:
    if not text.question:
        return term
    question = _in(text.texts.get(Part.QUESTION, {}), language)
    return f"{term}: {question}" if term else question


def _in(wording: Mapping[str, str], language: Language) -> str:
    return wording.get(language) or next(iter(wording.values()), "")
