"""What a form that changes a draft began with: which draft, and what it said, so that nobody's words are overwritten unseen.

A form carries the mark (`Version.mark`) of what its writer had before them. Where the draft says something else by the time it
is saved, it is not saved: the page shows both, with what the writer wrote still in its fields, and the writer chooses. They save
what both of them wrote, where it is known what both began from; they let their own take the place of the other's; or they leave
what there is.
"""

import binascii
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask import request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.content import canonical as canonical_content
from registry.content.strict_json import DoubledName, read_json
from registry.db import db
from registry.errors import Invalid, Refused
from registry.events import Event
from registry.findings import Language, Text
from registry.i18n import current_language, read
from registry.identity import queries as identity
from registry.items import queries as items
from registry.items.diff import FieldDiff, word_diff
from registry.items.merging import Conflict, Side
from registry.items.outlines import Content
from registry.items.services import BothWritten, Start, Together, Written, merged_with
from registry.items.steps import ChangedMeanwhile
from registry.items.tables import Item, Version
from registry.pages.both_changed import Choice, choices_of
from registry.pages.items import DRAFT_ASKED_FOR, content_difference
from registry.web.guards import current_actor

FIELD, BEGAN = "started_from", "began_with"
"""The fields of a form: the mark, and what was before the writer in full, so that two drafts of it can be put together."""
WHOSE = "whose"
"""The field in which a writer chooses what to save (`BOTH` or `OWN`)."""
BOTH, OWN = "both", "own"
CHOSEN = "whose-"
"""Before the place that both changed in the name of the field in which the writer chooses."""
MOST_CARRIED = 60_000
"""So many characters of what a writer began with go with the form. Of more, two drafts cannot be put together."""
MOST_UNPACKED = 5_000_000


@dataclass(frozen=True, slots=True)
class FormStart:
    """What the form has in its hidden fields, and what its draft says beside what was written, where that was not kept."""

    value: str
    began: str = ""
    is_overtaken: bool = False
    number: int | None = None
    fields: Sequence[FieldDiff] = ()
    who: str = ""
    when: datetime | None = None
    url: str = ""
    """The page of what there is now."""
    whose: str = ""
    """What is chosen: to save both, or the writer's own."""
    may_join: bool = False
    choices: Sequence[Choice] = ()
    """The places that both changed, where both are saved."""
    together: Sequence[FieldDiff] = ()
    """What would become of what there is now, were both saved as it is chosen."""
    kept: Mapping[str, str] = field(default_factory=dict)
    """What was chosen, while the page shows something else."""


def base_of(item: Item) -> Version:
    """The version that a form goes on with or begins from: the draft that the address asks for (``?utkast=``), if any."""
    return items.begun_from(items.versions_of(db.session, item), request.args.get(DRAFT_ASKED_FOR))


def start_of(base: Version | None) -> FormStart:
    """What the form began with: as it says itself, or where it is shown for the first time, what there is now."""
    if FIELD in request.form:
        chosen = {name: said for name, said in request.form.items() if name == WHOSE or name.startswith(CHOSEN)}
        return FormStart(request.form[FIELD], request.form.get(BEGAN, ""), kept=chosen)
    return FormStart(base.mark, _packed(base)) if base else FormStart("")


def start() -> Start:
    """The same, for the service that keeps the draft."""
    began = _unpacked(request.form.get(BEGAN, "")) if request.form.get(WHOSE) == BOTH else None
    together = Together(began, _chosen()) if began is not None else None
    return Start(request.args.get(DRAFT_ASKED_FOR), request.form.get(FIELD), together)


def after(refusal: Refused, shown: FormStart, item: Item | None, content: Content) -> FormStart:
    """What to show once the draft was not kept: both, where somebody else has changed it meanwhile.

    In the reader's language, or in the other one where they differ only there.
    """
    if item is None or not isinstance(refusal, ChangedMeanwhile):
        return shown
    now, own = base_of(item), current_language()
    mine = Written(content, request.form.get("reason", "").strip())
    languages: tuple[Language, ...] = (own, "en" if own == "sv" else "sv")
    told = (_differences(now, mine, language) for language in languages)
    both = _both(db.session, item, now, mine)
    who, when = _last_hand(db.session, now)
    return FormStart(
        now.mark,
        shown.began,
        True,
        now.number,
        next((fields for fields in told if fields), []),
        who,
        when,
        url_for("items.review", version_id=now.id),
        BOTH if both is not None else OWN,
        both is not None,
        _choices(item, both) if both is not None else (),
        _differences(now, both.written, own) if both is not None else (),
    )


def overtaken(mark: str, url: str, said: Sequence[tuple[Text, str, str]]) -> FormStart:
    """The same of a form of a few texts, each with its label, as it is now and as the writer wrote it."""
    fields = [FieldDiff(label, word_diff(there, mine)) for label, there, mine in said if there != mine]
    return FormStart(mark, is_overtaken=True, fields=fields, url=url, whose=OWN)


def _differences(now: Version, mine: Written, language: Language) -> list[FieldDiff]:
    """What is there now beside what the writer wrote: the fields that differ, and the reasons."""
    kind = items.kind_named(now.item.kind)
    fields = [one for one in content_difference(kind, now.content, mine.content, language) if one.is_changed]
    reason = now.reason.strip() if now.is_being_written else ""
    if reason != mine.reason:
        fields.append(FieldDiff(_REASONS, word_diff(reason, mine.reason)))
    return fields


_REASONS = Text("Skäl för versionen", "Reasons for the version")


def _both(session: Session, item: Item, now: Version, mine: Written) -> BothWritten | None:
    """What two writers made of what both began from; ``None`` where that is not known, or what was written is not to be kept."""
    began = _unpacked(request.form.get(BEGAN, ""))
    if began is None:
        return None
    try:
        return merged_with(session, item, now, mine, Together(began, _chosen()))
    except Invalid:
        return None


def _choices(item: Item, both: BothWritten) -> list[Choice]:
    kind, chosen = items.kind_named(item.kind), _chosen()

    def field_of(_number: int, one: Conflict) -> str:
        return f"{CHOSEN}{one.path}"

    in_content = [one for one in both.conflicts if one.path != "reason"]
    found = choices_of(
        db.session, current_actor(), kind, in_content, lambda path, side: both.choosing(path, side).content, field_of, chosen
    )  # fmt: skip
    of_reasons = [
        Choice(field_of(0, one), read(_REASONS), str(one.theirs or _("(nothing)")), str(one.mine or _("(nothing)")),
               chosen.get(one.path) is Side.THEIRS)
        for one in both.conflicts if one.path == "reason"
    ]  # fmt: skip
    return [*found, *of_reasons]


def _chosen() -> dict[str, Side]:
    """Whose words the writer takes, by the place that both changed."""
    return {
        name.removeprefix(CHOSEN): Side.THEIRS
        for name, said in request.form.items()
        if name.startswith(CHOSEN) and said == Side.THEIRS.value
    }


def _last_hand(session: Session, version: Version) -> tuple[str, datetime | None]:
    """Who last changed what there is now, and when."""
    last = session.scalar(
        select(Event)
        .where(Event.subject == version.ref, Event.type.in_(_WRITES))
        .order_by(Event.number.desc())
        .limit(1)
    )
    if last is None or last.person_id is None:
        return "", version.changed_at
    label = identity.person_labels(session, [last.person_id]).get(last.person_id)
    return (read(label) if label else ""), last.recorded_at


_WRITES = ("DraftCreated", "DraftRevised", "VersionRebased", "VersionPublished")


def _packed(base: Version) -> str:
    """What the writer has before them, for the form; empty where it is too long for that."""
    began = Written(base.content, base.reason if base.is_being_written else "")
    text = canonical_content.canonical(began.as_content())
    packed = urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode()
    return packed if len(packed) <= MOST_CARRIED else ""


def _unpacked(packed: str) -> Written | None:
    """What a form says that its writer began with; ``None`` where it says nothing that can be read."""
    if not packed or len(packed) > MOST_CARRIED:
        return None
    try:
        text = zlib.decompressobj().decompress(urlsafe_b64decode(packed), MOST_UNPACKED)
        read_back = read_json(text)
        canonical_content.canonical(read_back)
    except (binascii.Error, zlib.error, UnicodeError, ValueError, RecursionError, DoubledName):
        return None
    content, reason = (
        (read_back.get(name) for name in ("content", "reason")) if isinstance(read_back, dict) else (None, None)
    )
    return Written(content, reason) if isinstance(content, dict) and isinstance(reason, str) else None
