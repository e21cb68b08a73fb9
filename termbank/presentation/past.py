"""A scheme on a day gone by, as its page shows it."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from registry.db import db
from registry.findings import Language
from registry.meanwhile import MEANWHILE
from registry.web.downloads import Losses, losses_of
from termbank.bank import past
from termbank.bank.queries import term_banks
from termbank.concepts.concept import Concept, Definition
from termbank.concepts.schemes import Scheme
from termbank.formats import FORMATS
from termbank.presentation import texts

MOST_KEPT = 8
_kept: dict[Hashable, "SchemeThen"] = {}
"""Pages of large schemes that were asked for, as long as nothing else is published."""


@dataclass(frozen=True, slots=True)
class RowThen:
    """A concept as it was."""

    slug: str
    label: str
    number: int
    definition: Definition | None

    @property
    def url(self) -> str:
        """The page of the version that applied."""
        return url_for("termbank.concept_version", slug=self.slug, number=self.number)


@dataclass(frozen=True, slots=True)
class SchemeThen:
    """What the page of a scheme on a day shows, and what its files cannot carry."""

    scheme: Scheme
    rows: Sequence[RowThen]
    withdrawn: Sequence[RowThen]
    losses: Losses


def scheme_then(scheme: Scheme, day: date, base: str, language: Language) -> SchemeThen:
    """A scheme as it was when the day was over. A large one is read once for all of its pages; raises `BeingMade` meanwhile."""
    if not term_banks.is_large(db.session, scheme):
        return _read(scheme, day, base, language)
    key = (scheme, day, base, language, term_banks.state_of(db.session))

    def read() -> SchemeThen:
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        found = _kept[key] = _read(scheme, day, base, language)
        return found

    return _kept.get(key) or MEANWHILE.made(key, read)


def _read(scheme: Scheme, day: date, base: str, language: Language) -> SchemeThen:
    then = past.scheme_on(db.session, scheme, day)
    versions = then.bank.versions
    return SchemeThen(
        then.scheme,
        [_row(slug, versions[slug].number, concept, language) for slug, concept in then.bank.concepts.items()],
        [_row(one.slug, one.number, one.concept, language) for one in then.withdrawn],
        losses_of(FORMATS, then.export(base), language) if then.bank.concepts else {},
    )


def _row(slug: str, number: int, concept: Concept, language: Language) -> RowThen:
    return RowThen(slug, texts.term(concept, language), number, texts.best(concept.definitions, language))
