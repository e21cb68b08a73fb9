"""What a machine answers about a delivery: rows as its findings name them, and gaps that there are."""

from collections.abc import Mapping
from typing import Any

from registry.errors import Refused
from submission_portal.deliveries.assessment.gap import unknown_gap
from submission_portal.deliveries.reading.records import KINDS, row_at
from submission_portal.deliveries.tables import Delivery

Cells = Mapping[str, Mapping[str, str]]


def said_of(delivery: Delivery, said: Mapping[str, Any]) -> tuple[Cells | None, Mapping[str, str] | None]:
    """The answers about cells, by row number, and about gaps. Raises `Refused` for a gap that was not found.

    A machine is told, where the page, whose fields are those of the findings, has nothing else to send.
    """
    cells, gaps = said.get("cells"), said.get("gaps")
    if gaps is not None and (unknown := unknown_gap(delivery.assessment.gaps, gaps)) is not None:
        raise Refused(unknown)
    preview = delivery.reading.preview
    if cells is not None and preview.file_kind in KINDS:
        headings = {one.element: one.heading for one in preview.columns if one.element}
        cells = {
            element: {row_at(row, headings.get(element, element)): word for row, word in given.items()}
            for element, given in cells.items()
        }
    return cells, gaps
