"""What a data officer says of a file that was read, or was not: which row has its headings, and what its figures are counted in."""

from dataclasses import replace

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from information_models.queries import load_model
from registry import clock
from registry.actors import Role
from registry.db import db, transaction
from registry.errors import NotFound, Refused
from registry.findings import Finding
from registry.web.guards import access, current_actor
from submission_portal.deliveries import queries, services
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.forms import RevisionForm
from submission_portal.deliveries.pages.layout_cards import FACTOR, proposed
from submission_portal.deliveries.reading.layouts.answering import Answers, layout_of
from submission_portal.deliveries.reading.layouts.content import FACTORS, LAST_HEADER, NO_HEADINGS, Layout
from submission_portal.deliveries.reading.reader import Reading
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.views.blueprint import blueprint
from submission_portal.deliveries.views.matching import (
    codes_of,
    counted_fields,
    kept_and_read,
    matching_page,
    may_count_otherwise,
)


@blueprint.post("/leveranser/<reference>/rubrikrad")
@access.roles(Role.DATA_OFFICER)
def choose_header(reference: str) -> Answer | tuple[str, int]:
    """Read the draft's file with the headings in the row that its sender says; the row is kept with what is answered of them."""
    delivery, form = _draft(reference), RevisionForm()
    if request.form.get("ingen"):
        return _without_headings(delivery, form.seen)
    told = request.form.get("rad", "").strip()
    row = int(told) if told.isascii() and told.isdecimal() and len(told) < len(str(LAST_HEADER)) + 1 else 0
    if not 1 <= row <= LAST_HEADER:
        return _refused(reference, FINDINGS.found("LAY-014", {"most": LAST_HEADER}), 422)
    reading, data = _read(delivery, row)
    if row != reading.preview.header_row:
        return _refused(reference, FINDINGS.found("LAY-014", {"most": reading.preview.records or 0}), 422)
    try:
        found = _put(delivery, reading, data, form.seen)
        if not found.is_working or (not found.reading.mapped.is_asking and reading.table is None):
            return redirect(url_for("deliveries.show", reference=found.number or found.id))
        if found.reading.mapped.is_asking:
            flash(_("The headings are read from row %(row)s. Answer what is left.", row=row), "info")
            return redirect(url_for("deliveries.match_columns", reference=found.id))
        return _keep(found, reading, Answers(), found.revision)
    except Refused as refused:
        return _refused(reference, refused.finding, 409)


def _without_headings(delivery: Delivery, seen: int | None) -> Answer | tuple[str, int]:
    """Read the draft's file as one that has no headings; that is kept with what is answered of its columns."""
    reference = delivery.id
    reading, data = _read(delivery, NO_HEADINGS)
    try:
        found = _put(delivery, reading, data, seen)
    except Refused as refused:
        return _refused(reference, refused.finding, 409)
    if not found.is_working or not found.reading.mapped.is_asking:
        return redirect(url_for("deliveries.show", reference=found.number or found.id))
    flash(_("The first row is read as figures. Say what each column is."), "info")
    return redirect(url_for("deliveries.match_columns", reference=found.id))


@blueprint.post("/leveranser/<reference>/las-igen")
@access.roles(Role.DATA_OFFICER)
def read_anew(reference: str) -> Answer | tuple[str, int]:
    """Read the draft's file once more, by what has been answered since."""
    delivery, form = _draft(reference), RevisionForm()
    try:
        found = _put(delivery, *_read(delivery, 0), form.seen)
    except Refused as refused:
        return _refused(reference, refused.finding, 409)
    asks = found.is_working and found.reading.mapped.is_asking
    target = "deliveries.match_columns" if asks else "deliveries.show"
    return redirect(url_for(target, reference=found.number or found.id))


@blueprint.post("/leveranser/<reference>/raknas")
@access.roles(Role.DATA_OFFICER)
def choose_factors(reference: str) -> Answer | tuple[str, int]:
    """Read the draft's file with figures multiplied as its sender says; that is kept as an answer about the export."""
    delivery, form = _draft(reference), RevisionForm()
    if not may_count_otherwise(db.session, delivery):
        raise NotFound("draft")
    fields = counted_fields(delivery, load_model(db.session, delivery.model_version_hash))
    told = {field: request.form.get(field, said) for field, _label, said in fields}
    if not set(told.values()) <= set(FACTORS):
        found = FINDINGS.found("LAY-003", {"what": _("What is counted"), "answer": ", ".join(told.values())[:100]})
        return _refused(reference, found, 422)
    reading, _data = _read(delivery, delivery.reading.preview.header_row or 0)
    said = {field: factor for field, _label, factor in fields}
    patterns = {f"{FACTOR}{letter}": heading for letter, heading, _element in reading.mapped.patterns}
    changed = {patterns[field]: factor for field, factor in told.items() if field in patterns and factor != said[field]}
    if not changed:
        return redirect(url_for("deliveries.show", reference=delivery.id))
    try:
        return _keep(
            delivery, replace(reading, mapped=replace(reading.mapped, header=0)), Answers(factors=changed), form.seen
        )
    except Refused as refused:
        return _refused(reference, refused.finding, 409)


def _draft(reference: str) -> Delivery:
    """A draft of which the file is at hand, that the reader prepares. Raises ``NotFound`` for anything else."""
    actor = current_actor()
    delivery = queries.delivery_for(db.session, actor, reference)
    actor.require(*queries.PREPARES, organisation_id=delivery.organisation_id, is_known=True)
    if not delivery.is_working or delivery.reading.preview.file_kind not in ("csv", "xlsx"):
        raise NotFound("draft")
    return delivery


def _read(delivery: Delivery, header: int) -> tuple[Reading, bytes]:
    return services.read_own_file(db.session, current_actor(), clock.now(), delivery, header=header)


def _put(delivery: Delivery, reading: Reading, data: bytes, seen: int | None) -> Delivery:
    """The draft with its file as it was read now."""
    identifier, sheet, name = delivery.id, delivery.sheet, delivery.file_name
    with transaction() as writing:
        found = services.read_again(
            writing,
            current_actor(),
            clock.now(),
            queries.delivery_for(writing, current_actor(), identifier),
            file_name=name,
            data=data,
            sheet=sheet,
            reading=reading,
            revision=seen,
        )
        identifier = found.id
    return queries.delivery_for(db.session, current_actor(), identifier)


def _keep(delivery: Delivery, reading: Reading, answers: Answers, seen: int | None) -> Answer:
    session = db.session
    loaded = load_model(session, delivery.model_version_hash)
    before = delivery.layout_version.content if delivery.layout_version is not None else Layout()
    before = before.only(frozenset(loaded.model.by_name))
    return kept_and_read(
        session,
        current_actor(),
        delivery,
        layout_of(reading.mapped, answers, before, codes_of(loaded)),
        seen,
    )


def _refused(reference: str, finding: Finding, status: int) -> tuple[str, int]:
    delivery = queries.delivery_for(db.session, current_actor(), reference)
    return matching_page(db.session, delivery, proposed(delivery.reading.mapped), refusal=finding), status
