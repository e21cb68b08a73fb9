"""Forms for last days and for taking part. What they are held against is in the services."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, RadioField, SelectField, TextAreaField
from wtforms.validators import Length

from information_models.presentation import PERIOD_LABELS
from registry.i18n import read
from registry.period import PeriodKind
from registry.web.forms import Form, WholeNumberField, required
from submission_portal.flows.timetables.due_days import UNIT_LABELS
from submission_portal.flows.timetables.finding_texts import LONGEST_REASON
from submission_portal.flows.timetables.participation import STEP_LABELS


class RuleForm(Form):
    """A formula for a line's last days."""

    since = DateField(
        _l("Periods that begin on this day or later"),
        [required(_l("State a day, as in 2027-01-01."))],
        description=_l("The first of them can still be delivered in time."),
    )
    per = SelectField(_l("Counted by"), [required(_l("Choose how the periods are counted."))])
    delay = WholeNumberField(_l("So long after the period's last day"), [required(_l("State a whole number."))])
    unit = SelectField(_l("Unit"), [required(_l("Choose a unit."))])
    is_once = BooleanField(
        _l("One day of each period is enough"),
        description=_l("For what is counted on a single day. Otherwise every day of the period is to be delivered."),
    )
    reason = TextAreaField(
        _l("Reasons"),
        [required(_l("Write why.")), Length(max=LONGEST_REASON)],
        description=_l("Both sides read it."),
    )

    def offer(self, kinds: Sequence[PeriodKind]) -> None:
        """Let the line's kinds of periods be chosen, in the reader's language."""
        self.per.choices = [(one.value, read(PERIOD_LABELS[one])) for one in kinds]
        self.unit.choices = [(one.value, read(label)) for one, label in UNIT_LABELS.items()]


class ExceptionForm(Form):
    """Another last day for one period."""

    period = SelectField(_l("Period"), [required(_l("Choose a period."))])
    due_day = DateField(
        _l("Its last day"),
        [required(_l("State a day, as in 2027-01-25."))],
        description=_l("A working day after the period."),
    )
    reason = TextAreaField(
        _l("Reasons"),
        [required(_l("Write why.")), Length(max=LONGEST_REASON)],
        description=_l("Both sides read it."),
    )


class AnswerForm(Form):
    """What the other side says of a proposal. Reasons are needed to decline."""

    outcome = RadioField(
        _l("Answer"),
        [required(_l("Choose an answer."))],
        choices=[("agree", _l("Agree")), ("decline", _l("Decline"))],
    )
    reason = TextAreaField(
        _l("Reasons, if you decline"), [Length(max=LONGEST_REASON)], description=_l("Both sides read it.")
    )


class TakeBackForm(Form):
    """Taking back one's own side's proposal needs no words."""


PILOT = "pilot"


class StepForm(Form):
    """A step by which a region takes part or does not."""

    line = SelectField(_l("What it is about"), [required(_l("Choose a line, or the whole pilot."))])
    step = RadioField(_l("Step"), [required(_l("Choose a step."))])
    since = DateField(
        _l("From this day on"),
        [required(_l("State a day, as in 2027-01-01."))],
        description=_l("Today at the earliest."),
    )
    reason = TextAreaField(
        _l("Reasons"),
        [required(_l("Write why.")), Length(max=LONGEST_REASON)],
        description=_l("Everybody reads it, in the calendar."),
    )

    def offer(self, lines: Sequence[tuple[str, str]], pilot: str) -> None:
        """Let the pilot or one of the region's lines be chosen, and a step."""
        self.line.choices = [(PILOT, pilot), *lines]
        self.step.choices = [(one.value, read(label)) for one, label in STEP_LABELS.items()]
