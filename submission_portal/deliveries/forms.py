"""Forms of deliveries: a file, a step of a page, the region's decision."""

import re
from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from registry.web.forms import CheckBoxesField, Form, required
from submission_portal.deliveries.lifecycle import CorrectionKind
from submission_portal.legal_questions.question_forms import QuestionForm

_REVISION = re.compile("[0-9]{1,9}")
FILE_TYPES = ".csv,.txt,.tsv,.skv,.xlsx,.json,.ndjson,.jsonl,.parquet,.gz"


def seen_revision(text: str | None) -> int | None:
    """Which revision of a delivery a page showed; ``None`` where the field says none.

    >>> seen_revision("12"), seen_revision(""), seen_revision("9" * 5000), seen_revision("٣")
    (12, None, None, None)
    """
    return int(text) if text and _REVISION.fullmatch(text) else None


class UploadForm(Form):
    """A file to check. What it corrects may be stated from the start."""

    file = FileField(
        _l("File"),
        description=_l("CSV or XLSX, as your system gives it: title rows, sum rows and decimal commas are read."),
        render_kw={"accept": FILE_TYPES},
    )
    kind = RadioField(
        _l("What is the file?"),
        choices=[
            (CorrectionKind.CORRECTION.value, _l("A correction of single rows")),
            (CorrectionKind.REPLACEMENT.value, _l("A replacement of the whole delivery")),
        ],
        validate_choice=False,
    )
    part = SelectField(
        _l("Which part of the period is it?"),
        [Optional()],
        validate_choice=False,
        description=_l("May be left to be read from the rows. What you choose is held against them."),
    )
    identity_answer = TextAreaField(
        _l("What is it, if not identity numbers?"),
        [Length(max=1000)],
        description=_l("Your answer stands with the delivery. Write no numbers in it. Choose the same file once more."),
    )
    identity_asked = HiddenField()
    """Which file was asked about (`identity_refusals.keyed_hash`)."""
    revision = HiddenField()

    def offer_parts(self, parts: Sequence[tuple[str, str]]) -> None:
        """The parts of the line, by code; none where a period is delivered whole."""
        self.part.choices = [("", _l("As the rows say")), *parts]

    @property
    def stated_part(self) -> str:
        """The code of the part that was chosen; empty for none, and for one that was not offered."""
        offered = {str(code) for code, *_label in self.part.choices or ()}
        return self.part.data if self.part.data in offered else ""


class SheetForm(Form):
    """Which sheet of a workbook holds the figures."""

    sheet = RadioField(_l("Sheet"), [required(_l("Choose a sheet."))])
    revision = HiddenField()


class RevisionForm(Form):
    """A step that needs nothing but that its page was up to date."""

    revision = HiddenField()

    @property
    def seen(self) -> int | None:
        return seen_revision(self.revision.data)


class DisclosureForm(QuestionForm):
    """The region's decision on whether the rows may be handed out."""

    uses = CheckBoxesField(
        _l("What the figures may be used for"),
        description=_l("The delivery may be used for what you tick, and for nothing else."),
    )
    outcome = RadioField(
        _l("Decision"),
        [required(_l("Choose a decision."))],
        choices=[("disclose", _l("May be handed out")), ("keep", _l("May not be handed out"))],
    )
    registry_number = StringField(
        _l("Registry number"),
        [Length(max=80)],
        description=_l("The number that the region's own register has given the decision."),
    )
    reason = TextAreaField(
        _l("Reasons"),
        [required(_l("Write the reasons.")), Length(max=4000)],
        description=_l("Goes with the delivery. Write nothing about individuals."),
    )
    revision = HiddenField()
    refusals = ("keep",)
