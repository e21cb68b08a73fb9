"""The files that a scheme or a concept can be had as, for pages to offer."""

from collections.abc import Sequence
from datetime import date

from flask import current_app, url_for

from registry.web.downloads import Group, grouped
from termbank.formats import FORMATS
from termbank.past import PastScheme
from termbank.queries import Stated, TermBank, export_of
from termbank.schemes import Scheme
from termbank.skos import PublishedConcept


def scheme_offers(
    bank: TermBank, stated: Sequence[Stated], scheme: Scheme, withdrawn: Sequence[PublishedConcept]
) -> list[Group]:
    """A scheme's files, and what each cannot carry."""
    return grouped(
        FORMATS,
        export_of(bank, stated, scheme, _base(), withdrawn=withdrawn),
        lambda one: url_for("termbank.download_scheme", scheme=scheme.slug, extension=one.extension),
    )


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
