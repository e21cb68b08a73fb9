"""Periods without rows on the page about a delivery: each gap with its unit, what may be answered, and what was."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from registry.i18n import read, show_figure
from submission_portal.deliveries.assessment.gap import ALL, AS_BEFORE, CLOSED, ENDED, NOT_REPORTED, Gap, unanswered
from submission_portal.deliveries.pages.choices import Choice
from submission_portal.deliveries.tables import Delivery

GAPS_SHOWN = 40
"""So many gaps can be answered one by one on the page; more are answered together."""


@dataclass(frozen=True, slots=True)
class GapField:
    """One gap as a field: its name in the form, what it is called, and what may be answered."""

    name: str
    id: str
    label: str
    choices: tuple[Choice, ...]
    answer: str
    """What was answered about it."""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class GapQuestion:
    """The gaps that are asked about together: a field for all, and one each where they are few."""

    for_all: GapField | None
    fields: tuple[GapField, ...]


def meanings_of_gaps(*, may_have_ended: bool) -> tuple[Choice, ...]:
    """Why a unit has no row."""
    closed = Choice(CLOSED, _("Closed"), _("The unit had no open beds."))
    not_reported = Choice(NOT_REPORTED, _("Not reported"), _("There were beds, but the number is not known."))
    ended = Choice(ENDED, _("Ended"), _("The unit does not exist any more, and is not expected next time."))
    return (closed, not_reported, ended) if may_have_ended else (closed, not_reported)


def gap_question(delivery: Delivery, gaps: Sequence[Gap], count: int) -> GapQuestion:
    """What is asked, or was answered, about ``count`` gaps, of which so many are kept."""
    for_all = None
    if count > 1:
        choices = meanings_of_gaps(may_have_ended=all(gap.reaches_end for gap in gaps))
        if any(gap.offered for gap in gaps):
            as_before = Choice(
                AS_BEFORE, _("As last time"), _("Where the unit had a gap last time: as it was answered then.")
            )
            choices = (as_before, *choices)
        group = gaps[0].group
        answer = delivery.gap_answers.get(group) or delivery.gap_answers.get(ALL, "")
        for_all = GapField(
            f"lucka-{group}", f"lucka-{group}", _("All %(count)s gaps", count=show_figure(count)), choices, answer
        )
    shown = gaps if count <= GAPS_SHOWN else ()
    return GapQuestion(for_all, tuple(_field(delivery, gap, number) for number, gap in enumerate(shown)))


def gaps_asked(delivery: Delivery, *, is_within: bool) -> tuple[Gap, ...]:
    """The gaps that nothing has been said about."""
    return tuple(
        gap for gap in unanswered(delivery.assessment.gaps, delivery.gap_answers) if gap.is_within is is_within
    )


def gaps_answered(delivery: Delivery, *, is_within: bool) -> tuple[Gap, ...]:
    """The gaps that something has been said about."""
    answers = delivery.gap_answers
    return tuple(gap for gap in delivery.assessment.gaps if gap.is_within is is_within and gap.answered(answers))


def gaps_told(delivery: Delivery, gaps: Sequence[Gap]) -> str:
    """What was answered, gap by gap."""
    words = {CLOSED: _("closed"), NOT_REPORTED: _("not reported"), ENDED: _("ended")}
    told = [
        f"{read(gap.place.label)}: {words[gap.answered(delivery.gap_answers)]}"
        for gap in gaps[:GAPS_SHOWN]
        if gap.place.label
    ]
    if len(gaps) > GAPS_SHOWN:
        told.append(_("and %(count)s more", count=show_figure(len(gaps) - GAPS_SHOWN)))
    return "; ".join(told)


def _field(delivery: Delivery, gap: Gap, number: int) -> GapField:
    choices = meanings_of_gaps(may_have_ended=gap.reaches_end)
    given = gap.answered(delivery.gap_answers)
    labels = {choice.value: choice.label for choice in choices}
    hint = _("Last time: %(answer)s.", answer=labels[gap.offered].lower()) if gap.offered in labels else ""
    name = read(gap.place.label) if gap.place.label else gap.key
    return GapField(f"lucka-{gap.key}", f"lucka-{int(gap.is_within)}-{number}", name, choices, given, hint)
