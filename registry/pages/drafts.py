"""What a form that changes a draft began with: which draft, and what it said, so that nobody's words are overwritten unseen.

A form carries the hash of what its writer had before them. Where the draft says something else by the time it is saved, it
is not saved: the page shows both, with what the writer wrote still in its fields, and saving once more replaces the draft.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from registry.db import db
from registry.errors import Refused
from registry.findings import Language
from registry.i18n import current_language
from registry.items import queries as items
from registry.items.diff import FieldDiff
from registry.items.outlines import Content
from registry.items.services import Start
from registry.items.steps import ChangedMeanwhile
from registry.items.tables import Item, Version
from registry.pages.items import DRAFT_ASKED_FOR, content_difference

FIELD = "started_from"


@dataclass(frozen=True, slots=True)
class FormStart:
    """What the form has in its hidden field, and what its draft says beside what was written, where that was not kept."""

    value: str
    number: int | None = None
    fields: Sequence[FieldDiff] = ()


def base_of(item: Item) -> Version:
    """The version that a form goes on with or begins from: the draft that the address asks for (``?utkast=``), if any."""
    return items.begun_from(items.versions_of(db.session, item), request.args.get(DRAFT_ASKED_FOR))


def start_of(base: Version | None) -> FormStart:
    """What the form began with: as it says itself, or where it is shown for the first time, what there is now."""
    return FormStart(request.form.get(FIELD) or (base.content_hash if base else ""))


def start() -> Start:
    """The same, for the service that keeps the draft."""
    return Start(request.args.get(DRAFT_ASKED_FOR), request.form.get(FIELD) or None)


def after(refusal: Refused, shown: FormStart, item: Item | None, content: Content) -> FormStart:
    """What to show once the draft was not kept: both, where somebody else has changed it meanwhile.

    In the reader's language, or in the other one where they differ only there.
    """
    if item is None or not isinstance(refusal, ChangedMeanwhile):
        return shown
    now = base_of(item)
    kind, own = items.kind_named(item.kind), current_language()
    languages: tuple[Language, ...] = (own, "en" if own == "sv" else "sv")
    told = (content_difference(kind, now.content, content, language) for language in languages)
    changed = ([field for field in fields if field.is_changed] for fields in told)
    return FormStart(now.content_hash, now.number, next((fields for fields in changed if fields), []))
