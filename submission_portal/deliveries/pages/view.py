"""What the page about a delivery shows, put together from what is stored with it: plain values for the templates."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _

from information_models.definitions import LoadedModel
from registry.finding_catalogue import AnswerKind, Evidence, Stage
from registry.findings import Severity
from registry.i18n import read
from submission_portal.deliveries.assessment.remaining import (
    findings_of,
    is_header_asked,
    may_be_read_otherwise,
    questions_of_export,
    remaining,
)
from submission_portal.deliveries.lifecycle import DeliveryState, state_told
from submission_portal.deliveries.pages.cells import attempt_told
from submission_portal.deliveries.pages.changes import ChangeRow, OutlierRow, change_row, corrected_row, outlier_row
from submission_portal.deliveries.pages.file_reading import FileReading, file_reading
from submission_portal.deliveries.pages.findings import ShownFinding, answered_cells, answered_gaps, shown_finding
from submission_portal.deliveries.pages.kept_explanations import Kept
from submission_portal.deliveries.pages.names import factors_of
from submission_portal.deliveries.pages.stages import StageRow, stage_rows
from submission_portal.deliveries.reading.older_encodings import CHOICES
from submission_portal.deliveries.tables import Delivery


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """Everything on the page about a delivery."""

    state_label: str
    state_sign: str
    stages: tuple[StageRow, ...]
    to_do: tuple[ShownFinding, ...]
    answered: tuple[ShownFinding, ...]
    said: tuple[ShownFinding, ...]
    changes: tuple[ChangeRow, ...]
    corrected: tuple[ChangeRow, ...]
    year_changes: tuple[ChangeRow, ...] = ()
    outliers: tuple[OutlierRow, ...] = ()
    replaced: tuple[ShownFinding, ...] = ()
    """What a replacement takes away and adds, row by row."""
    reading: FileReading = field(default_factory=FileReading)
    not_run: tuple[tuple[str, str], ...] = ()
    compared_with: str = ""
    """The period of the delivery that the changes are from, by its stored name."""

    sheets: tuple[str, ...] = ()
    """The sheets to choose from, while that is what remains."""
    attempt: str = ""
    """What became of the cells of the attempt before."""
    has_cells: bool = False
    """Whether something was found, or was before."""
    readings: tuple[tuple[str, str, str], ...] = ()
    """Name, label, headings and cells of the encodings to choose from, while it is asked."""

    questions: int = 0
    """How many questions there are about columns and names, while they hold the delivery up."""
    asks_header: bool = False
    """Whether it is asked which row has the headings."""
    may_be_read_otherwise: bool = False
    """Whether the sender may say which row has the headings, and what figures are counted in."""

    @property
    def has_answers(self) -> bool:
        """Whether something on the page can be answered, and not only mended in the file."""
        may_answer = (
            one.needs != "mend" or one.entry.answer is AnswerKind.CHOSEN_ANEW
            for one in self.to_do
            if one.entry.answer is not AnswerKind.LAYOUT
        )
        return bool(self.answered) or any(may_answer)

    @property
    def also_said(self) -> tuple[ShownFinding, ...]:
        """What is said besides what a correction changes, which has a section of its own."""
        return tuple(one for one in self.said if one.entry.evidence is not Evidence.CORRECTED)

    @property
    def before_deciding(self) -> tuple[ShownFinding, ...]:
        """What a disclosing officer should know: what bears on the law, and what was answered or explained."""
        law = [one for one in self.said if one.entry.stage is Stage.LAW]
        return (*law, *(one for one in self.answered if one.entry.evidence is not Evidence.ROWS))


def view_of(
    delivery: Delivery,
    loaded: LoadedModel,
    typed: Mapping[str, str] | None = None,
    kept: Kept | None = None,
    *,
    goes: bool = False,
) -> DeliveryView:
    """The page's values in the reader's language; ``goes``: a standing decision covers the delivery.

    ``typed`` are explanations that were written but could not be kept, by finding key: they are shown again. ``kept`` are those
    of earlier deliveries.
    """
    left = {one.key: one.needs for one in remaining(delivery.assessment, delivery.explanations)}
    shown = [
        shown_finding(delivery, loaded, key, finding, left.get(key, ""), typed or {}, kept or Kept())
        for key, finding in findings_of(delivery.assessment)
    ]
    answered = [one for one in shown if not one.needs and one.text.severity is not Severity.INFO]
    answered += [*answered_cells(delivery, loaded), *answered_gaps(delivery)]
    sign, label = state_told(DeliveryState(delivery.state), goes=goes)
    return DeliveryView(
        state_label=read(label),
        state_sign=sign,
        stages=tuple(stage_rows(delivery, goes=goes)),
        to_do=tuple(one for one in shown if one.needs),
        answered=tuple(answered),
        said=tuple(one for one in shown if not one.needs and one.text.severity is Severity.INFO),
        changes=tuple(change_row(delivery, loaded, each) for each in delivery.assessment.changes),
        corrected=tuple(corrected_row(delivery, loaded, each) for each in delivery.assessment.corrected),
        year_changes=tuple(change_row(delivery, loaded, each) for each in delivery.assessment.year_changes),
        outliers=tuple(outlier_row(delivery, loaded, each) for each in delivery.assessment.outliers),
        replaced=tuple(one for one in shown if one.entry.evidence is Evidence.ROWS),
        reading=file_reading(
            delivery.reading.preview,
            loaded,
            _layout_named(delivery),
            delivery.layout_version.content if delivery.layout_version is not None else None,
            factors_of(delivery),
        ),
        compared_with=_compared_with(delivery),
        attempt=attempt_told(delivery.assessment.attempt),
        has_cells=bool(shown) or delivery.cells_key is not None,
        sheets=_sheets(delivery),
        questions=questions_of_export(delivery.assessment, delivery.reading.mapped) if delivery.is_working else 0,
        asks_header=delivery.is_working and is_header_asked(delivery.reading.preview, delivery.reading.mapped),
        may_be_read_otherwise=delivery.is_working and may_be_read_otherwise(delivery.reading.preview),
        readings=tuple(
            (one.encoding, CHOICES[one.encoding], "; ".join((*one.headings, *one.cells)))
            for one in delivery.reading.preview.readings
            if delivery.is_working and one.encoding in CHOICES
        ),
        not_run=tuple(
            (read(what), read(why))
            for stage in delivery.assessment.stages
            for what, why in stage.not_run
            if stage.status != "idle"
        ),
    )


def _layout_named(delivery: Delivery) -> str | None:
    """The answers about the export that the file was read by."""
    version = delivery.layout_version
    if version is None:
        return None
    named: str = _("%(source)s, version %(number)s", source=version.layout.source, number=version.number)
    return named


def _compared_with(delivery: Delivery) -> str:
    history = next((stage for stage in delivery.assessment.stages if stage.name == Stage.HISTORY), None)
    return str(history.facts.get("period", "")) if history else ""


def _sheets(delivery: Delivery) -> tuple[str, ...]:
    names = delivery.reading.preview.sheets
    return names if delivery.is_working and not delivery.row_count and len(names) > 1 else ()
