"""The page of every cell that something was found in, and its files."""

import polars as pl
from flask import Response, render_template, request
from sqlalchemy.orm import Session

from information_models.definitions import LoadedModel
from information_models.queries import load_model
from registry import storage
from registry.db import db, end_reading
from registry.errors import NotFound, Refused
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from submission_portal.deliveries import queries
from submission_portal.deliveries.annotating import caged, fresh
from submission_portal.deliveries.assessment.found_cells import Change, found_cells
from submission_portal.deliveries.checking.kept_reading import kept_rows
from submission_portal.deliveries.pages import cell_files
from submission_portal.deliveries.pages.cells import PARAMETERS, Cells
from submission_portal.deliveries.pages.names import label_of
from submission_portal.deliveries.part_names import part_name, period_label
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.views.blueprint import blueprint
from submission_portal.deliveries.views.delivery import INSIDE
from submission_portal.deliveries.views.parts import flow_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/leveranser/<reference>/fynd/")
@access.roles(*INSIDE)
def cells(reference: str) -> str:
    """All cells of all findings, in pages, narrowed by rule, element, unit and what became of them since the attempt before."""
    session = db.session
    delivery = queries.delivery_for(session, current_actor(), reference)
    loaded = load_model(session, delivery.model_version_hash)
    shown = _cells(session, delivery, loaded).page(_asked(), page_asked_for())
    return render_template(
        "deliveries/cells.html",
        delivery=delivery,
        shown=shown,
        period=period_label(delivery, part_name(session, delivery)),
        **flow_of(session, delivery),
    )


@blueprint.get("/leveranser/<reference>/fynd.csv")
@access.roles(*INSIDE)
def cells_csv(reference: str) -> Response:
    """The chosen cells for a spreadsheet."""
    delivery, found = _found(reference)
    return _file(delivery, cell_files.as_csv(found.rows(found.chosen(_asked()))), "text/csv", "csv")


@blueprint.get("/leveranser/<reference>/fynd.json")
@access.roles(*INSIDE)
def cells_json(reference: str) -> Response:
    """The chosen cells for a program."""
    delivery, found = _found(reference)
    data = cell_files.as_json(delivery, found.rows(found.chosen(_asked())))
    return _file(delivery, data, "application/json", "json")


@blueprint.get("/leveranser/<reference>/fynd.xlsx")
@access.roles(*INSIDE)
def cells_workbook(reference: str) -> Response:
    """The sender's own workbook with the cells marked; where the file was no workbook, or cannot be written anew, one made of the
    rows that were read."""
    session = db.session
    delivery, found = _found(reference)
    asked = found.chosen(_asked())
    left = asked.filter(pl.col("change") != Change.MENDED).height
    rows = found.rows(asked)
    data = None
    if delivery.reading.preview.file_kind == "xlsx":
        original = storage.read(session, delivery.file_key)
        sheet, notes = delivery.sheet, cell_files.notes_of(rows, all_=left, is_own=True)
        end_reading(session)
        data = caged.annotated(original, sheet, notes)
    if data is None:
        loaded = load_model(session, delivery.model_version_hash)
        notes = cell_files.notes_of(rows, all_=left, is_own=False)
        data = fresh.workbook(_rows(session, delivery), notes, cell_files.row_heading(), _labels(loaded))
    return _file(delivery, data, XLSX, "xlsx")


def _found(reference: str) -> tuple[Delivery, Cells]:
    session = db.session
    delivery = queries.delivery_for(session, current_actor(), reference)
    return delivery, _cells(session, delivery, load_model(session, delivery.model_version_hash))


def _cells(session: Session, delivery: Delivery, loaded: LoadedModel) -> Cells:
    """What was kept of every cell; of a delivery that an earlier release of the registry checked, the first of each finding."""
    kept = queries.cells_of_attempt(session, delivery)
    if kept is not None:
        return Cells(delivery, loaded, kept, is_partial=False)
    return Cells(delivery, loaded, found_cells(loaded, delivery.assessment.keyed, None), is_partial=True)


def _rows(session: Session, delivery: Delivery) -> pl.DataFrame | None:
    """The rows as texts, while they are there; of what was sent the accepted rows."""
    try:
        rows = kept_rows(session, delivery)
        return rows if rows is not None else queries.rows_of(session, delivery)
    except (NotFound, Refused):
        return None


def _labels(loaded: LoadedModel) -> dict[str, str]:
    return {element.name: label_of(loaded, element.name) for element in loaded.model.elements}


def _asked() -> dict[str, str]:
    return {name: request.args.get(name, "") for name in PARAMETERS.values()}


def _file(delivery: Delivery, data: bytes, media_type: str, ending: str) -> Response:
    answer = Response(data, mimetype=media_type)
    name = f"fynd-{delivery.number or delivery.id[:8]}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
