"""The files that a scheme or a concept can be had as, for pages to offer."""

from collections.abc import Hashable, Sequence
from datetime import date

from flask import current_app, url_for
from sqlalchemy.orm import Session

from registry.i18n import current_language
from registry.web.downloads import Group, grouped
from termbank.bank.past import PastScheme
from termbank.bank.queries import exports, term_banks
from termbank.bank.queries.exports import export_of
from termbank.bank.queries.statements import Stated, published_statements
from termbank.bank.queries.term_banks import TermBank
from termbank.concepts.schemes import Scheme
from termbank.formats import FORMATS

MOST_OFFERED = 64
_offered: dict[Hashable, list[Group]] = {}


def scheme_offers(session: Session, scheme: Scheme) -> list[Group]:
    """A scheme's files, and what each cannot carry. What was found before is kept until something else is published."""
    key = (scheme, current_language(), _base(), term_banks.state_of(session))
    if key not in _offered:
        bank, stated = term_banks.term_bank(session, scheme.slug), published_statements(session)
        groups = grouped(
            FORMATS,
            export_of(bank, stated, scheme, _base(), withdrawn=exports.gone(session)),
            lambda one: url_for("termbank.download_scheme", scheme=scheme.slug, extension=one.extension),
        )
        while len(_offered) >= MOST_OFFERED:
            _offered.pop(next(iter(_offered)), None)
        _offered[key] = groups
    return _offered[key]


def offers_then(then: PastScheme, day: date) -> list[Group]:
    """The files of a scheme as it was on a day."""
    return grouped(
        FORMATS,
        then.export(_base()),
        lambda one: url_for(
            "termbank.download_scheme", scheme=then.scheme.slug, extension=one.extension, den=day.isoformat()
        ),
    )


def concept_offers(bank: TermBank, stated: Sequence[Stated], scheme: Scheme, slug: str) -> list[Group]:
    """The files of one concept in force, with the statements on it."""
    return grouped(
        FORMATS,
        export_of(bank, stated, scheme, _base(), slug),
        lambda one: url_for("termbank.download_concept", slug=slug, extension=one.extension),
    )


def _base() -> str:
    return str(current_app.config["BASE_ADDRESS"])
