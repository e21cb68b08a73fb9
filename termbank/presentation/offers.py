"""The files that a scheme or a concept can be had as, for pages to offer."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import current_app, url_for
from sqlalchemy.orm import Session

from registry.db import db
from registry.errors import BeingMade
from registry.i18n import current_language
from registry.meanwhile import MEANWHILE
from registry.web.downloads import Group, Losses, grouped, losses_of
from termbank.bank.queries import exports, term_banks
from termbank.bank.queries.exports import export_of
from termbank.bank.queries.statements import Stated, published_statements
from termbank.bank.queries.term_banks import TermBank
from termbank.concepts.schemes import Scheme
from termbank.formats import FORMATS

MOST_OFFERED = 64
_lost: dict[Hashable, Losses] = {}


@dataclass(frozen=True, slots=True)
class Offered:
    """A scheme's files. ``is_known``: whether what each cannot carry is said, or is still being worked out."""

    groups: list[Group]
    is_known: bool = True


def scheme_offers(session: Session, scheme: Scheme) -> Offered:
    """A scheme's files, and what each cannot carry. What was found before is kept until something else is published; of a
    large scheme it is found while the reader reads the page without it."""
    language, base = current_language(), _base()
    key = (scheme, language, base, term_banks.state_of(session))

    def find() -> Losses:
        bank, stated = term_banks.term_bank(db.session, scheme.slug), published_statements(db.session)
        found = losses_of(FORMATS, export_of(bank, stated, scheme, base, withdrawn=exports.gone(db.session)), language)
        while len(_lost) >= MOST_OFFERED:
            _lost.pop(next(iter(_lost)), None)
        _lost[key] = found
        return found

    losses = _lost.get(key)
    if losses is None:
        try:
            losses = MEANWHILE.made(key, find) if term_banks.is_large(session, scheme) else find()
        except BeingMade:
            return Offered(_groups(scheme, {}), is_known=False)
    return Offered(_groups(scheme, losses))


def offers_then(scheme: Scheme, losses: Losses, day: date) -> list[Group]:
    """The files of a scheme as it was on a day."""
    return _groups(scheme, losses, day)


def _groups(scheme: Scheme, losses: Losses, day: date | None = None) -> list[Group]:
    return grouped(
        FORMATS,
        losses,
        lambda one: url_for(
            "termbank.download_scheme",
            scheme=scheme.slug,
            extension=one.extension,
            den=day.isoformat() if day else None,
        ),
    )


def concept_offers(bank: TermBank, stated: Sequence[Stated], scheme: Scheme, slug: str) -> list[Group]:
    """The files of one concept in force, with the statements on it."""
    return grouped(
        FORMATS,
        losses_of(FORMATS, export_of(bank, stated, scheme, _base(), slug), current_language()),
        lambda one: url_for("termbank.download_concept", slug=slug, extension=one.extension),
    )


def _base() -> str:
    return str(current_app.config["BASE_ADDRESS"])
