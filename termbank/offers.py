"""The files that a scheme or a concept can be had as, for pages to offer."""

from collections.abc import Hashable, Sequence
from datetime import date

from flask import current_app, url_for
from sqlalchemy.orm import Session

from registry.i18n import current_language
from registry.web.downloads import Group, grouped
from termbank import queries
from termbank.formats import FORMATS
from termbank.past import PastScheme
from termbank.queries import Stated, TermBank, export_of
from termbank.schemes import Scheme

MOST_OFFERED = 64
_offered: dict[Hashable, list[Group]] = {}


def scheme_offers(session: Session, scheme: Scheme) -> list[Group]:
    """A scheme's files, and what each cannot carry. What was found before is kept until something else is published."""
    key = (scheme, current_language(), _base(), queries.state_of(session))
    if key not in _offered:
        bank, stated = queries.term_bank(session, scheme.slug), queries.statements(session)
        groups = grouped(
            FORMATS,
            export_of(bank, stated, scheme, _base(), withdrawn=queries.gone(session)),
            lambda one: url_for("termbank.download_scheme", scheme=scheme.slug, extension=one.extension),
        )
        while len(_offered) >= MOST_OFFERED:
            _offered.pop(next(iter(_offered)), None)
        _offered[key] = groups
    return _offered[key]


def offers_then(then: PastScheme, scheme: Scheme, day: date) -> list[Group]:
    """The files of a scheme as it was on a day."""
    return grouped(
        FORMATS,
        export_of(then.bank, then.stated, scheme, _base(), withdrawn=then.withdrawn),
        lambda one: url_for(
            "termbank.download_scheme", scheme=scheme.slug, extension=one.extension, den=day.isoformat()
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
