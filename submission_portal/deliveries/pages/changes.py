"""Values that a delivery changes: beside the delivery before, and of what it corrects or replaces."""

from dataclasses import dataclass

from flask_babel import gettext as _

from information_models.definitions import LoadedModel
from registry.finding_catalogue import Evidence
from registry.i18n import current_language, read, show_figure
from submission_portal.deliveries.assessment.answers import ANSWERS
from submission_portal.deliveries.assessment.corrections import ChangedValue
from submission_portal.deliveries.assessment.history import Change
from submission_portal.deliveries.assessment.past import Outlier
from submission_portal.deliveries.assessment.weekdays import weekday_names
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.pages.answers import answer_words
from submission_portal.deliveries.pages.names import cell_told, label_of
from submission_portal.deliveries.spans import span_label
from submission_portal.deliveries.tables import Delivery


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A large change beside the delivery before."""

    unit: str
    element: str
    where: str
    before: str
    now: str
    percent: str


def change_row(delivery: Delivery, loaded: LoadedModel, each: Change) -> ChangeRow:
    """A stored change (`history.Change`) as shown."""
    return ChangeRow(
        unit=read(each.unit),
        element=label_of(loaded, each.element),
        where=cell_told(delivery, each.element, each.place.row or 0),
        before=show_figure(each.before),
        now=show_figure(each.now),
        percent=f"{show_figure(each.percent)} %" if each.percent else "–",
    )


@dataclass(frozen=True, slots=True)
class OutlierRow:
    """A value with what is usual for its unit."""

    unit: str
    element: str
    where: str
    period: str
    value: str
    median: str
    mad: str
    score: str
    count: str


def outlier_row(delivery: Delivery, loaded: LoadedModel, each: Outlier) -> OutlierRow:
    """A stored value far from the usual (`past.Outlier`) as shown."""
    weekday = read(weekday_names((each.weekday,))) if each.weekday else ""
    return OutlierRow(
        unit=read(each.unit),
        element=label_of(loaded, each.element),
        where=cell_told(delivery, each.element, each.place.row or 0),
        period=span_label(each.period, current_language()),
        value=show_figure(each.value),
        median=show_figure(each.median),
        mad=show_figure(each.mad),
        score=show_figure(each.score) if each.score else "–",
        count=f"{each.count} {weekday}".rstrip(),
    )


def corrected_row(delivery: Delivery, loaded: LoadedModel, each: ChangedValue) -> ChangeRow:
    """A stored value before and after (`corrections.ChangedValue`) as shown."""
    return ChangeRow(
        unit=read(each.label) if each.label is not None else _row_label(delivery, each.row),
        element=label_of(loaded, each.element),
        where=cell_told(delivery, each.element, each.row),
        before=_value(loaded, each.element, each.before),
        now=_value(loaded, each.element, each.now),
        percent="",
    )


def _value(loaded: LoadedModel, element: str, value: str) -> str:
    """A value before or after a correction: a figure as short as it can be written, or why there is none."""
    found = {text: word for word, text in ANSWERS.items()}.get(value)
    if found in ("closed", "not_reported"):
        return answer_words()[found]
    if element in loaded.model.by_name and loaded.model.element(element).is_number:
        return show_figure(value.rstrip("0").rstrip(".") if "." in value else value)
    return value


def _row_label(delivery: Delivery, row: int) -> str:
    """What a row is called of which an earlier version kept no key: its first cells."""
    for key, corner in delivery.assessment.corners.items():
        if key in FINDINGS and FINDINGS[key].evidence is Evidence.CORRECTED:
            cells = dict(corner.rows).get(row, ())
            if cells:
                return ", ".join(cell for cell in cells[:2] if cell)
    told: str = _("row %(row)s", row=row)
    return told
