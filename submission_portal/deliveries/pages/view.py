"""What the page about a delivery shows, put together from what is stored with it: plain values for the templates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from information_models.definitions import LoadedModel
from registry.findings import Severity
from registry.i18n import current_language, read
from submission_portal.deliveries.checking.remaining import findings_of, remaining
from submission_portal.deliveries.lifecycle import STATE_LABELS, STATE_SIGNS, DeliveryState
from submission_portal.deliveries.pages.changes import ChangeRow, change_row, corrected_row
from submission_portal.deliveries.pages.findings import ShownFinding, answered_cells, shown_finding
from submission_portal.deliveries.pages.stages import StageRow, stage_rows, sums_read
from submission_portal.deliveries.spans import span_label
from submission_portal.deliveries.tables import Delivery

REPLACED = ("COR-005", "COR-006", "COR-007", "COR-008")


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
    replaced: tuple[ShownFinding, ...] = ()
    """What a replacement takes away and adds, row by row."""
    preview: Mapping[str, Any] = field(default_factory=dict)
    sums: str = ""
    """The rows that were read as sums."""
    not_run: tuple[tuple[str, str], ...] = ()


def view_of(delivery: Delivery, loaded: LoadedModel, typed: Mapping[str, str] | None = None) -> DeliveryView:
    """The page's values in the reader's language.

    ``typed`` are explanations that were written but could not be kept, by finding key: they are shown again.
    """
    left = {one.key: one.needs for one in remaining(delivery.assessment, delivery.explanations)}
    shown = [
        shown_finding(delivery, loaded, key, finding, left.get(key, ""), typed or {})
        for key, finding in findings_of(delivery.assessment)
    ]
    earlier_changes = delivery.assessment.get("changes", ())
    answered = [one for one in shown if not one.needs and one.text.severity is not Severity.INFO]
    answered += answered_cells(delivery, loaded)
    return DeliveryView(
        state_label=read(STATE_LABELS[DeliveryState(delivery.state)]),
        state_sign=STATE_SIGNS[DeliveryState(delivery.state)],
        stages=tuple(stage_rows(delivery)),
        to_do=tuple(one for one in shown if one.needs),
        answered=tuple(answered),
        said=tuple(one for one in shown if not one.needs and one.text.severity is Severity.INFO),
        changes=tuple(change_row(delivery, loaded, each) for each in earlier_changes),
        corrected=tuple(corrected_row(delivery, loaded, each) for each in delivery.assessment.get("corrected", ())),
        replaced=tuple(one for one in shown if one.code in REPLACED),
        preview=delivery.reading.get("preview", {}),
        sums=sums_read(delivery.reading.get("preview", {})),
        not_run=tuple(
            (read(one["what"]), read(one["why"]))
            for stage in delivery.assessment.get("stages", ())
            for one in stage["not_run"]
            if stage["status"] != "idle"
        ),
    )


def period_label(delivery: Delivery) -> str:
    """The period in words, empty where it is not known yet."""
    return span_label(delivery.period, current_language())
