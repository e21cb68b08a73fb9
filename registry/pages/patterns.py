"""``/patterns``: every component on one page, on made-up content, for those who build pages and for the browser tests."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from flask import Blueprint, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional

from registry.dependants import Dependant, Group, Kind
from registry.finding_catalogue import ReadableFinding
from registry.findings import Place, Severity, Text
from registry.i18n import show_figure
from registry.items.diff import FieldDiff, word_diff
from registry.items.lifecycle import State
from registry.items.tables import Comment, Version
from registry.items.withdrawal_notices import WithdrawalNotice
from registry.pages.both_changed import Choice
from registry.pages.drafts import FormStart
from registry.paging import Page
from registry.plugin import Task
from registry.references import Described
from registry.web import downloads
from registry.web.drawing import Bars, Break, Cause, Chart, Ghost, Point, Row, Series, draw, draw_bars
from registry.web.forms import CheckBoxesField, Form, required
from registry.web.guards import access

blueprint = Blueprint("patterns", __name__)


class PatternForm(Form):
    """One field of each type."""

    term = StringField(_l("Term"), [required()], description=_l("As the region writes it."))
    definition = TextAreaField(_l("Definition"), [required()])
    region = SelectField(_l("Region"), choices=[("25", "Norrbotten"), ("24", "Västerbotten")])
    meaning = RadioField(
        _l("Meaning of the empty cells"), choices=[("closed", _l("Closed")), ("not_reported", _l("Not reported"))]
    )
    levels = CheckBoxesField(_l("Levels"), choices=[("hospital", _l("Hospital")), ("ward", _l("Ward"))])
    checked = BooleanField(_l("I have checked the file"), description=_l("Nothing leaves the region before that."))
    file = FileField(_l("File"), description=_l("CSV or XLSX."))
    valid_from = DateField(_l("Valid from"), [Optional()])
    threshold = IntegerField(_l("Threshold"), [Optional()], description=_l("Hidden where 0 < value < threshold."))
    password = PasswordField(_l("Password"), render_kw={"autocomplete": "current-password"})
    again = PasswordField(_l("New password again"))


@blueprint.get("/patterns")
@access.public
def show() -> str:
    """All components."""
    form = PatternForm(formdata=None, valid_from=date(2018, 3, 1), meaning="closed", levels=["ward"])
    wrong = PatternForm(formdata=None, prefix="wrong")
    wrong.term.errors = [_("Write a term.")]
    wrong.meaning.errors = [_("Choose what the empty cells mean.")]
    return render_template(
        "patterns/show.html",
        form=form,
        wrong=wrong,
        tasks=_tasks(),
        finding=_finding(),
        strand_steps=_strand(),
        drawings=_drawings(),
        version=_version(),
        coming=Version(id="coming", state=State.PUBLISHED, number=3, valid_from=date(2030, 1, 1)),
        withdrawal=_withdrawal(),
        page=Page((), 5, 193),
        overtaken=_overtaken(),
        uses=_uses(),
        groups=_groups(),
        comments=[
            Comment(
                person_id="1",
                text=_("Does it include intensive care?"),
                written_at=datetime(2026, 11, 9, 8, 14, tzinfo=UTC),
            )
        ],
    )


def _groups() -> list[downloads.Group]:
    """Files for different readers."""
    files = [(name, "#facts") for name in ("Turtle", "RDF/XML", "JSON-LD")]
    return [
        downloads.Group(_("For people"), [downloads.Row("Excel", [("Excel", "#facts")], _("one row for each"), ())]),
        downloads.Group(_("For other tools"), [downloads.Row("SKOS", files, None, (_finding(),))]),
    ]


def _overtaken() -> FormStart:
    """A form that somebody else's draft has overtaken."""
    fields = (FieldDiff(Text("Term", "Term"), word_diff("fastställd plats", "fastställd vårdplats")),)
    choice = Choice("whose-term", _("Term"), "fastställd plats", "fastställd vårdplats", False)
    return FormStart(
        "",
        "",
        True,
        2,
        fields,
        _("another terminologist"),
        datetime(2026, 11, 9, 8, 14, tzinfo=UTC),
        "#forms",
        "both",
        True,
        (choice,),
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


def _version() -> Version:
    return Version(
        state=State.PUBLISHED,
        number=2,
        valid_from=date(2018, 3, 1),
        created_at=datetime(2026, 11, 9, 8, 14, tzinfo=UTC),
        content_hash="7c1e90b4" * 8,
    )


def _uses() -> list[Group]:
    model, delivery = Text("Informationsmodell", "Information model"), Text("Leverans", "Delivery")
    bound = Described(model, Text("Dagliga vårdplatser, version 1", "Daily beds, version 1"), "#ways")
    flow = Described(
        Text("Leveranslinje", "Delivery line"), Text("Norrbotten, version 2", "Norrbotten, version 2"), None
    )
    sent = Described(delivery, Text("L-2026-0377, Norrbotten", "L-2026-0377, Norrbotten"), None)
    return [
        Group("model", Kind(model, "model"), 1, (Dependant("version:1", bound, True),)),
        Group("delivery", Kind(delivery, "delivery"), 193, (Dependant("delivery:1", sent, False, way=(bound, flow)),)),
    ]


def _withdrawal() -> WithdrawalNotice:
    registry = _("The steward of the term bank")
    return WithdrawalNotice(
        True,
        datetime(2026, 11, 9, 8, 14, tzinfo=UTC),
        _("The wording cannot be told apart from the one that is in force."),
        Text(registry, registry),
        replacements=((Text("disponibel vårdplats, version 2", "available bed, version 2"), "#withdrawn"),),
        url="#withdrawn",
    )


def _drawings() -> dict[str, Markup]:
    before = Point(date(2017, 3, 1), date(2018, 2, 28), 799, _("before 1 March 2018"))
    after = Point(date(2018, 3, 1), date(2019, 2, 28), 746, _("from 1 March 2018"))
    changed = Break(date(2018, 3, 1), Cause.APPLICATION, _("The application changed"), _("1 March 2018"))
    steps = Chart(
        "steps", _("Established beds"), _("799 before and 746 after; the line is broken at the change."),
        (Series("Norrbotten", (before, after)),), (changed,),
        (Ghost(after.first, after.last, 746, 799, _("53 technical, not counted")),), steps=True, half=True,
    )  # fmt: skip
    region = [Decimal(value) for value in ("3.1", "3.4", "2.9", "4.4", "5.2", "4.8")]
    country = [Decimal(value) for value in ("2.6", "2.5", "2.7", "3.3", "3.6", "3.9")]
    moved = Break(date(2018, 4, 1), Cause.SOURCE, _("New care system"), _("April 2018"), frozenset({"Region"}))
    grown = Break(date(2018, 5, 1), Cause.COVERAGE, _("Two providers more"), _("May 2018"), frozenset({"Region"}))
    lines = Chart(
        "lines", _("Overcrowding per 100 available beds"), _("Two series with two breaks and a missing month."),
        (Series("Region", _months(region)), Series(_("The country"), _months([*country[:1], None, *country[2:]]))), (moved, grown),
    )  # fmt: skip
    bars = Bars(
        "bars", _("Available beds per 1,000 inhabitants"), _("Three regions and the country."),
        (Row("Norrbotten", Decimal("2.9")), Row("Jämtland Härjedalen", Decimal("2.2")), Row("Gotland", None, _("not reported"))),
        Decimal("2.4"), _("The country"),
    )  # fmt: skip
    return {
        "steps": draw(steps, show_figure, show_figure),
        "lines": draw(lines, show_figure, show_figure),
        "bars": draw_bars(bars, show_figure),
    }


def _months(values: Sequence[Decimal | None]) -> tuple[Point, ...]:
    return tuple(
        Point(date(2018, month, 1), date(2018, month, monthrange(2018, month)[1]), value, f"2018-{month:02}")
        for month, value in enumerate(values, 1)
    )
