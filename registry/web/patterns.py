"""``/patterns``: every component on one page, on made-up content, for those who build pages and for the browser tests."""

from datetime import date

from flask import Blueprint, render_template
from flask_babel import gettext as _
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from registry.findings import Place, ReadableFinding, Severity
from registry.plugin import Task
from registry.web.forms import Form, required
from registry.web.guards import access

blueprint = Blueprint("patterns", __name__)


class PatternForm(Form):
    """One field of each type."""

    term = StringField("Term", [required()], description="As the region writes it.")
    definition = TextAreaField("Definition", [required()])
    region = SelectField("Region", choices=[("25", "Norrbotten"), ("24", "Västerbotten")])
    meaning = RadioField("Meaning of the empty cells", choices=[("closed", "Closed"), ("not_reported", "Not reported")])
    levels = SelectMultipleField(
        "Levels",
        choices=[("hospital", "Hospital"), ("ward", "Ward")],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    checked = BooleanField("I have checked the file", description="Nothing leaves the region before that.")
    file = FileField("File", description="CSV or XLSX.")
    valid_from = DateField("Valid from", [Optional()])
    threshold = IntegerField("Threshold", [Optional()])
    password = PasswordField("Password")


@blueprint.get("/patterns")
@access.public
def show() -> str:
    """All components."""
    form = PatternForm(formdata=None, valid_from=date(2018, 3, 1), meaning="closed", levels=["ward"])
    wrong = PatternForm(formdata=None, prefix="wrong")
    wrong.term.errors = [_("Write a term.")]
    wrong.meaning.errors = [_("Choose what the empty cells mean.")]
    return render_template(
        "patterns/show.html", form=form, wrong=wrong, tasks=_tasks(), finding=_finding(), strand_steps=_strand()
    )


def _tasks() -> list[Task]:
    return [
        Task("mine", "delivery", _("Answer two questions about October"), "#tasks", _("A draft; nothing has left the region."), ("warn", _("6 days left")), date(2026, 11, 16)),
        Task("others", "decision", _("Outplaced patients, week 43"), "#tasks", _("The legal reviewer has it."), ("wait", _("In review")), None),
    ]  # fmt: skip


def _finding() -> ReadableFinding:
    return ReadableFinding(
        "ROW-004",
        Severity.QUESTION,
        _("An empty cell is not zero"),
        _("The number of available beds is missing."),
        _("Choose what the empty cells mean."),
        (Place(sheet="Oktober", row=17, column="D"),),
    )


def _strand() -> list[dict[str, str]]:
    return [
        {"title": _("The checks have run"), "state": "done"},
        {"title": _("You answer"), "text": _("You are here."), "state": "here"},
        {"title": _("The application changed"), "text": "2018-03-01", "state": "application-changed"},
        {"title": _("The wording changed"), "state": "wording-changed"},
        {"title": _("The coverage changed"), "state": "coverage-changed"},
        {"title": _("The source or the measuring changed"), "state": "source-changed"},
        {"title": _("The figure is shown"), "state": "next"},
    ]
