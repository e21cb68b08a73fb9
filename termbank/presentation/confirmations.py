"""A region's statements as the page shows them to be confirmed: each with what has changed around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from registry import clock
from registry.findings import Language
from registry.i18n import read, show_date
from registry.identity import queries as identity
from registry.items.diff import word_diff
from registry.items.tables import Version
from termbank.bank.queries.term_banks import concept_of
from termbank.confirmations.queries import ToConfirm, last_of
from termbank.presentation.statements import span


@dataclass(frozen=True, slots=True)
class ConfirmRow:
    """A statement: its tick, what it is of, and what is new since it was last confirmed."""

    stamp: str
    term: str
    url: str
    applies: str
    said: str
    is_due: bool
    wording: Sequence[tuple[str, str]]
    """The definition word by word, as it was and as it is; empty where it is the same."""
    is_reworded: bool
    number: int
    """The version of the wording that is asked about."""
    is_new_meaning: bool
    """Whether the statement is not said of that version: whether regions compare under it is unknown until it is."""
    from_day: str
    """From when that version applies, where that is still to come."""
    questions: Sequence[str]
    """What is asked now and not answered."""
    correct_url: str


def confirmed_line(session: Session, version: Version) -> str:
    """When a published statement was last confirmed, and by which organisation; empty for one that is not published."""
    last = last_of(session, version)
    if last is None:
        return str(_("Not since it was published")) if version.published_at else ""
    organisation = identity.organisation(session, last.organisation_id)
    who = read(organisation.name) if organisation else ""
    return str(_("%(day)s, by %(who)s", day=show_date(last.confirmed_at), who=who))


def confirm_rows(statements: Sequence[ToConfirm], now: datetime, language: Language) -> list[ConfirmRow]:
    """The statements, those that something has changed around first."""
    rows = [_row(one, now, language) for one in statements]
    return sorted(rows, key=lambda row: not row.is_due)


def _row(one: ToConfirm, now: datetime, language: Language) -> ConfirmRow:
    slug = one.version.item.slug
    said = one.confirmed_at
    when = show_date(said) if said else ""
    return ConfirmRow(
        stamp=one.stamp,
        term=one.application.term.in_language(language) or one.application.term.sv,
        url=url_for("termbank.application", slug=slug),
        applies=span(one.application).striptags(),
        said=_("Confirmed %(day)s.", day=when) if one.last else _("Published %(day)s, never confirmed.", day=when),
        is_due=one.is_due(now),
        wording=_diff(one.wording_before, one.wording, language) if one.has_new_wording else (),
        is_reworded=one.has_new_wording,
        number=one.wording.number if one.wording else 0,
        is_new_meaning=not one.is_said_of_wording,
        from_day=show_date(one.wording.valid_from) if one.wording and one.wording.is_coming(clock.today(now)) else "",
        questions=[question.text.in_language(language) for question in one.unanswered],
        correct_url=url_for("termbank.state_application", slug=one.application.concept),
    )


def _diff(before: Version | None, after: Version | None, language: Language) -> Sequence[tuple[str, str]]:
    texts = []
    for version in (before, after):
        definition = concept_of(version).defined_in(language) if version else None
        texts.append(definition.text if definition else "")
    return word_diff(*texts) if texts[0] != texts[1] else ()
