"""The files that a scheme or a concept can be had as, for pages to offer."""

from collections.abc import Sequence
from datetime import date

from flask import current_app, url_for
from flask_babel import gettext as _

from registry.web.downloads import Offer, offers
from termbank.formats import FORMATS
from termbank.past import PastScheme
from termbank.queries import Stated, TermBank, export_of
from termbank.schemes import Scheme


def scheme_offers(
    bank: TermBank, stated: Sequence[Stated], schemes: Sequence[Scheme]
) -> list[tuple[Scheme, list[Offer]]]:
    """Each scheme with its files, and what each file cannot carry."""
    base = str(current_app.config["BASE_ADDRESS"])
    return [
        (
            scheme,
            offers(
                FORMATS,
                export_of(bank, stated, scheme, base),
                lambda one, slug=scheme.slug: url_for(  # type: ignore[misc]
                    "termbank.download_scheme", scheme=slug, extension=one.extension
                ),
            ),
        )
        for scheme in schemes
    ]


def offers_then(then: PastScheme, scheme: Scheme, day: date) -> list[Offer]:
    """The files of a scheme as it was on a day."""
    base = str(current_app.config["BASE_ADDRESS"])
    return offers(
        FORMATS,
        export_of(then.bank, then.stated, scheme, base, withdrawn=then.withdrawn),
        lambda one: url_for(
            "termbank.download_scheme", scheme=scheme.slug, extension=one.extension, den=day.isoformat()
        ),
    )


def concept_offers(bank: TermBank, stated: Sequence[Stated], scheme: Scheme, slug: str) -> list[Offer]:
    """The files of one concept in force, with the statements on it."""
    source = export_of(bank, stated, scheme, str(current_app.config["BASE_ADDRESS"]), slug)
    listed = offers(
        FORMATS, source, lambda one: url_for("termbank.download_concept", slug=slug, extension=one.extension)
    )
    return [one._replace(label=_("Download as %(format)s", format=one.label)) for one in listed]
