"""The forms of consultations: the letter, an answer, a letter that came in, more time, and what came of an answer."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Length, Optional

from registry import clock
from registry.errors import Refused
from registry.findings import Language
from registry.web.forms import CheckBoxesField, Form, required
from registry.web.problems import readable
from termbank.concepts.concept import TEXT_LENGTH
from termbank.consultations.answers import Said, Written
from termbank.consultations.caged import LetterFile, letter_file
from termbank.consultations.queries import to_judge
from termbank.consultations.services import Letter
from termbank.consultations.tables import ConsultationText, Opinion
from termbank.consultations.tally import (
    PART_TEXTS,
    POSITION_TEXTS,
    VERDICT_TEXTS,
    Asked,
    Part,
    Position,
    Verdict,
    positions_on,
)
from termbank.consultations.text_names import headings_of
from termbank.finding_texts.all import FINDINGS
from termbank.forms.fields import lines, tidy

LETTER_LENGTH = 20_000
ANSWER_LENGTH = 10_000
"""Reasons of an answer, and the wording that it proposes."""
QUESTION_LENGTH = 1_000
"""As much as a statement of application has room for."""


class ConsultationForm(Form):
    """What is asked, of whom, and until when."""

    started_from = HiddenField()
    title = StringField(_l("Title"), [required(_l("Give the consultation a title.")), Length(max=200)])
    registry_number = StringField(_l("Registry number"), [required(_l("Give the registry number.")), Length(max=100)])
    letter = TextAreaField(
        _l("Letter"),
        [required(_l("Write what is asked, and why.")), Length(max=LETTER_LENGTH)],
        description=_l("What is asked, and why. It stands first on the page and in the Word file."),
    )
    closes_on = DateField(
        _l("Last day for answers"),
        [required(_l("Choose the last day."))],
        description=_l("The day is included, Swedish time."),
    )
    find = StringField(
        _l("Find wordings"),
        [Optional(), Length(max=200)],
        description=_l("Among those that you work on and those in force. What is ticked stays."),
    )
    texts = CheckBoxesField(_l("Wordings that are asked about"), [required(_l("Choose at least one wording."))])
    asks_application = BooleanField(
        _l("Ask also how each wording is applied"),
        description=_l(
            "The questions of each concept, as for a statement of application, whose answers a region can state then."
        ),
    )
    organisations = CheckBoxesField(_l("Organisations that are asked"), [Optional()])
    others = TextAreaField(
        _l("Others who are asked"),
        [Optional(), Length(max=TEXT_LENGTH * 10)],
        description=_l("One on each line. They need no account: you record their letters here."),
    )

    def validate_closes_on(self, field: Any) -> None:
        if field.data and field.data < clock.today():
            raise ValidationError(_("The day has passed. Choose today or a later one."))

    def validate_others(self, field: Any) -> None:
        if any(len(line) > 200 for line in lines(field.data)):
            raise ValidationError(_("At most %(number)s characters on a line.", number=200))

    def letter_written(self) -> Letter:
        """What the form says of the consultation itself. Call it when the form has validated."""
        return Letter(
            tidy(self.registry_number.data), tidy(self.title.data), self.letter.data or "", self.closes_on.data
        )


class AnswerForm(Form):
    """An organisation's answer; the fields for each part of each text are added by `with_parts`."""

    organisation = SelectField(_l("Organisation"), [required(_l("Choose the organisation."))])
    started_from = HiddenField()
    general = TextAreaField(_l("In general"), [Optional(), Length(max=LETTER_LENGTH)])
    registry_number = StringField(_l("Your own registry number"), [Optional(), Length(max=100)])
    last = ("general", "registry_number")


class LetterForm(Form):
    """An answer that came as a letter; the fields for each part are added by `with_parts`."""

    addressee = SelectField(_l("Who has answered"), [Optional()])
    name = StringField(
        _l("Somebody who was not asked"),
        [Optional(), Length(max=200)],
        description=_l("Only where nobody is chosen above."),
    )
    file = FileField(
        _l("The letter as a file"),
        description=_l(
            "PDF, Word (.docx), OpenDocument (.odt), text or a picture, at most 20 MiB, without macros. It is kept as it came, and only "
            "the sender's side and whoever wrote it can open it. Texts are looked through for identity numbers, but PDFs and pictures are not."
        ),
    )
    received_on = DateField(_l("Came in on"), [required(_l("Give the day on which the letter came in."))])
    general = TextAreaField(_l("In general"), [Optional(), Length(max=LETTER_LENGTH)])
    registry_number = StringField(_l("Registry number of the letter"), [Optional(), Length(max=100)])
    last = ("general", "registry_number")

    is_correction = False
    """Whether it is known already who wrote it."""
    letter: LetterFile | None = None
    """The file, once the form has validated: looked into before anything is written, so that nobody waits for it."""

    def validate_file(self, field: Any) -> None:
        if not getattr(field.data, "filename", ""):
            return
        try:
            self.letter = letter_file(_own_name(field.data.filename), field.data.read())
        except Refused as refusal:
            raise ValidationError(readable(refusal.finding).in_full) from None

    def validate_name(self, field: Any) -> None:
        if self.is_correction:
            return
        if bool(tidy(field.data)) == bool(self.addressee.data):
            raise ValidationError(_("Choose who answered, or write a name: one of the two."))


class ExtensionForm(Form):
    """More time for one addressee."""

    addressee = SelectField(_l("Addressee"), [required(_l("Choose the addressee."))])
    until = DateField(_l("New last day"), [required(_l("Choose the last day."))])


def with_parts(base: type[Form], texts: Sequence[ConsultationText], language: Language) -> type[Form]:
    """``base`` with fields for what is said of each part: ``position_…``, ``quoted_…``, ``reason_…`` and ``proposed_…``."""
    fields: dict[str, Any] = {}
    headings = headings_of(texts, language)
    for number, part in asked(texts):
        choices = [(position.value, POSITION_TEXTS[position].in_language(language)) for position in positions_on(part)]
        name = field_name((number, part))
        fields[f"position_{name}"] = RadioField(headings[number, part], [Optional()], choices=choices)
        if part is Part.QUESTION:
            fields[f"reason_{name}"] = TextAreaField(
                _("In your own words, text %(number)s", number=number), [Optional(), Length(max=QUESTION_LENGTH)]
            )
            continue
        fields[f"quoted_{name}"] = StringField(
            _("Words of text %(number)s that it is about", number=number), [Optional(), Length(max=500)],
            description=_("Copied from the text. Leave it empty for all of it."),
        )  # fmt: skip
        fields[f"reason_{name}"] = TextAreaField(
            _("Reasons, text %(number)s", number=number), [Optional(), Length(max=ANSWER_LENGTH)]
        )
        fields[f"proposed_{name}"] = TextAreaField(
            _("Proposed instead, text %(number)s", number=number), [Optional(), Length(max=ANSWER_LENGTH)]
        )
    fields["validate"] = _validate_parts(base, texts)
    return type(f"{base.__name__}_on_texts", (base,), fields)


def with_verdicts(opinion: Opinion, language: Language) -> type[Form]:
    """A form with ``verdict_…`` and ``reason_…`` for each part of an answer."""
    fields: dict[str, Any] = {"started_from": HiddenField()}
    choices = [(verdict.value, VERDICT_TEXTS[verdict].in_language(language)) for verdict in Verdict]
    for part in to_judge(opinion):
        name = field_name((part.number, Part(part.part)))
        of = PART_TEXTS[Part(part.part)].in_language(language)
        fields[f"verdict_{name}"] = RadioField(
            _("%(number)s. %(part)s", number=part.number, part=of),
            [required(_("Say what came of it."))],
            choices=choices,
        )
        fields[f"reason_{name}"] = TextAreaField(
            _("Why, text %(number)s", number=part.number), [required(_("Write why.")), Length(max=ANSWER_LENGTH)]
        )
    return type("Verdicts", (Form,), fields)


def asked(texts: Iterable[ConsultationText]) -> list[Asked]:
    """Every part that is asked about, in order."""
    return [(text.number, part) for text in texts for part in Part if part in text.texts]


def field_name(one: Asked) -> str:
    """How the fields of a part are named: ``1_term``."""
    return f"{one[0]}_{one[1].value}"


def written(form: Form, texts: Sequence[ConsultationText]) -> Written:
    """What a form made by `with_parts` says. Call it when the form has validated."""
    parts = {
        one: Said(
            Position(form[f"position_{name}"].data),
            *(_words(form, of, name) for of in SAID),
        )
        for one in asked(texts)
        for name in [field_name(one)]
        if form[f"position_{name}"].data
    }
    return Written(parts, form["general"].data or "", tidy(form["registry_number"].data))


SAID = ("quoted", "reason", "proposed")


def _words(form: Form, of: str, name: str) -> str:
    """What stands in a field of a part; nothing where the part has no such field."""
    return tidy(form[f"{of}_{name}"].data) if f"{of}_{name}" in form else ""


def answer_data(opinion: Opinion | None) -> Mapping[str, str]:
    """What the form of an answer begins with: what has been written already."""
    if opinion is None:
        return {}
    data = {"general": opinion.general, "registry_number": opinion.registry_number}
    for part in opinion.parts:
        name = field_name((part.number, Part(part.part)))
        data |= {
            f"position_{name}": part.position, f"quoted_{name}": part.quoted, f"reason_{name}": part.reason,
            f"proposed_{name}": part.proposed,
        }  # fmt: skip
    return data


def verdicts_in(form: Form, opinion: Opinion) -> dict[Asked, tuple[Verdict, str]]:
    """What a form made by `with_verdicts` says. Call it when the form has validated."""
    return {
        one: (Verdict(form[f"verdict_{field_name(one)}"].data), form[f"reason_{field_name(one)}"].data or "")
        for part in to_judge(opinion)
        for one in [(part.number, Part(part.part))]
    }


def _own_name(path: str) -> str:
    """The name of a file, without the folders that some browsers send along."""
    return path.rpartition("/")[2].rpartition("\\")[2]


def _validate_parts(base: type[Form], texts: Sequence[ConsultationText]) -> Any:
    wordings = {(text.number, part): wording for text in texts for part, wording in text.texts.items()}

    def validate(form: Form, extra_validators: Any = None) -> bool:
        """Words without a position say nothing that can be counted, and what they are about stands in the text."""
        is_valid = bool(base.validate(form, extra_validators))
        for number, part in asked(texts):
            name = field_name((number, part))
            position, quoted = form[f"position_{name}"], _words(form, "quoted", name)
            if any(_words(form, of, name) for of in SAID) and not position.data:
                position.errors = [*position.errors, _("Choose a position for what you have written.")]
                is_valid = False
            if quoted and not any(quoted in wording for wording in wordings[number, part].values()):
                field, fault = (
                    form[f"quoted_{name}"],
                    FINDINGS.found("CONS-010", {"quoted": quoted[:80], "number": number}),
                )
                field.errors = [*field.errors, readable(fault).in_full]
                is_valid = False
        return is_valid

    return validate
