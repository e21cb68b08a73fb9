"""The forms with which a legal reviewer decides about a table, and moves or stops what is decided and not yet released."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField, Field, RadioField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from legal_checks.secrecy.assessment import Assessment
from registry.web.forms import Form, required
from submission_portal.followup.release_times import FORM, moment_of
from submission_portal.legal_desk.services import PUBLISH, RECIPIENT, REFUSE
from submission_portal.legal_questions.question_forms import QuestionForm, reply_name


def is_shown_by_clocks(_form: Form, field: Field) -> None:
    """The time must be one that Swedish clocks show."""
    if field.data is not None and moment_of(field.data) is None:
        raise ValidationError(gettext("Clocks are put forward then, so there is no such time. Choose another."))


class ReleaseTimeField(DateTimeLocalField):
    """A minute in Swedish time; nothing for now."""

    def __init__(self, label: Any, **arguments: Any) -> None:
        super().__init__(label, [Optional(), is_shown_by_clocks], format=FORM, **arguments)

    @property
    def moment(self) -> datetime | None:
        return moment_of(self.data) if self.data is not None else None

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(gettext("Write the time as 2026-12-01T08:00.")) from error


class TableDecisionForm(QuestionForm):
    """For whom a table is, and from when; or for nobody."""

    outcome = RadioField(
        _l("Decision"),
        [required(_l("Choose a decision."))],
        choices=[
            (PUBLISH, _l("For everybody")),
            (RECIPIENT, _l("For the recipient alone")),
            (REFUSE, _l("Refuse")),
        ],
    )
    release_at = ReleaseTimeField(
        _l("Publish at"),
        description=_l("Swedish time, such as 2026-12-01 08:00. Leave it empty to publish at once."),
    )
    reason = TextAreaField(
        _l("Reasons"),
        [required(_l("Write the reasons.")), Length(max=5000)],
        description=_l("Required. Kept with the table."),
    )
    refusals = (REFUSE,)

    def offer(self, outcomes: Iterable[str]) -> None:
        """Offer these outcomes only."""
        self.outcome.choices = [one for one in self.outcome.choices if one[0] in set(outcomes)]

    @classmethod
    def empty(cls, earlier: Assessment | None) -> "TableDecisionForm":
        """A form without a decision, with the answers and replies that were given to an earlier version of the table."""
        data: dict[str, Any] = {}
        if earlier is not None:
            for question, answer in earlier.answers.items():
                data |= {f"q_{question}": answer.choice, f"q_{question}_reason": answer.reason}
            data |= {reply_name(result.code): result.reply for result in earlier.asks}
        return cls(formdata=None, data=data)


class ReleaseForm(Form):
    """Move a release that lies ahead."""

    release_at = ReleaseTimeField(_l("Publish at"), description=_l("Swedish time. Leave it empty to publish at once."))


class StopForm(Form):
    """Stop a release that lies ahead."""

    reason = TextAreaField(_l("Reasons"), [required(_l("Write the reasons.")), Length(max=5000)])


CHOICE_HINTS: Mapping[str, Any] = {
    PUBLISH: _l("Also for the recipient. What everybody has been given cannot be taken back."),
    RECIPIENT: _l("The follow-up's own people read it; for everybody else it is refused."),
    REFUSE: _l("What is published before it stays."),
}
HINTS_OF_APART: Mapping[str, Any] = {
    PUBLISH: _l(
        "What everybody has been given cannot be taken back. The recipient's own version is decided by itself."
    ),
    RECIPIENT: _l(
        "The follow-up's own people read their own version, in which less is hidden. For everybody it is refused."
    ),
    REFUSE: _l("What is published before it stays. The recipient's own version is decided by itself."),
}
HINTS_OF_RECIPIENTS: Mapping[str, Any] = {
    RECIPIENT: _l("The follow-up's own people read it. It changes nothing for everybody else."),
    REFUSE: _l("What is published before it stays."),
}
HINTS_OF_CARRIED_OVER: Mapping[str, Any] = {
    PUBLISH: _l("It stays as it is, and is decided."),
    REFUSE: _l("It is closed, and so are the versions before it that were opened in the same way."),
}
