"""A scheme on a day gone by, as its page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from registry.findings import Language
from termbank.bank.queries.term_banks import TermBank
from termbank.concepts.concept import Concept, Definition
from termbank.exchange.scheme_exports import PublishedConcept
from termbank.presentation import texts


@dataclass(frozen=True, slots=True)
class RowThen:
    """A concept as it was: ``url`` leads to the version that applied."""

    label: str
    url: str
    number: int
    definition: Definition | None


def rows_then(bank: TermBank, concepts: Iterable[tuple[str, Concept]], language: Language) -> list[RowThen]:
    return [_row(slug, bank.versions[slug].number, concept, language) for slug, concept in concepts]


def withdrawn_then(withdrawn: Iterable[PublishedConcept], language: Language) -> list[RowThen]:
    return [_row(one.slug, one.number, one.concept, language) for one in withdrawn]


def _row(slug: str, number: int, concept: Concept, language: Language) -> RowThen:
    url = url_for("termbank.concept_version", slug=slug, number=number)
    return RowThen(texts.term(concept, language), url, number, texts.best(concept.definitions, language))
