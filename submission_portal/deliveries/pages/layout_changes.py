"""What follows from an answer about an export that is another than before: the break, filled in for a person to declare."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from registry.i18n import read
from registry.plugin import Task
from submission_portal.deliveries.layouts.changed import ChangedAnswers
from submission_portal.deliveries.reading.layouts.content import LayoutBreak


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """A message with the changed answers in words, and where each thing that follows is filled in."""

    title: str
    body: str
    told: tuple[str, ...] = ()
    acts: tuple[tuple[str, str], ...] = ()
    """What is done, and its address."""


def change_shown(change: ChangedAnswers | None, asked: Sequence[Task] = ()) -> ChangeShown | None:
    """What to say; ``None`` where nothing was changed. ``asked``: what packages above say that is left to do about it."""
    if change is None:
        return None
    told = tuple(map(read, change.told))
    if change.kind is LayoutBreak.NONE:
        return _of_wrong_answer(change, told)
    if not change.is_answered:
        title = _("A changed answer breaks the series")
        body = _("When the next file has been read with the new answers, the day and the words are filled in here.")
        return ChangeShown(title, body)
    if not told:
        return ChangeShown(
            _("The answers are the same as before"), _("What was asked again was answered in the same way: no break.")
        )
    if change.kind is LayoutBreak.SOURCE:
        title = _("A change of source breaks the series")
        if not asked:
            return ChangeShown(title, _("It is declared, so readers are told from which day."), told)
        body = _(
            "Declare it, so that readers are told from which day. The day, the cause and the answers are filled in."
        )
        return ChangeShown(title, body, told, tuple((one.text, one.url) for one in asked))
    from_day = change.first.isoformat() if change.first else None
    acts = tuple(
        (
            _("State how %(element)s is applied", element=read(label)),
            url_for(
                "termbank.state_application",
                slug=concept,
                fran=from_day,
                kalla=change.layout.source,
                skal=change.in_words.sv[:LONGEST_REASON],
            ),
        )
        for concept, label in change.concepts
    )
    body = _("State how your region applies the wording now. What you said last, the day and the reason are filled in.")
    return ChangeShown(_("A changed application breaks the series"), body, told, acts)


LONGEST_REASON = 1_000
"""Characters of what is brought along in an address."""


def _of_wrong_answer(change: ChangedAnswers, told: tuple[str, ...]) -> ChangeShown | None:
    if not told:
        return None
    lists = url_for("deliveries.layout", identifier=change.layout.id, _anchor="lasta")
    body = _("The answer was wrong: what was read with it is replaced.")
    return ChangeShown(_("A wrong answer was corrected"), body, told, ((_("See what was read with it"), lists),))
