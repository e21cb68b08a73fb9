"""The page on which a data officer says, once, what the columns and names of an export are."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from information_models.definitions import ElementType, LoadedModel
from information_models.definitions import Role as ElementRole
from information_models.queries import load_model
from registry import clock
from registry.actors import Actor, Role
from registry.db import db, transaction
from registry.errors import NotFound, Refused
from registry.findings import Finding
from registry.identity import queries as identity
from registry.items.tables import Item
from registry.web.guards import access, current_actor
from registry.web.problems import readable
from submission_portal.deliveries import queries, services
from submission_portal.deliveries.assessment.remaining import is_header_asked, may_be_read_otherwise
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.forms import RevisionForm
from submission_portal.deliveries.layouts.queries import (
    MOST_LAYOUTS,
    is_answered_since,
    layouts_of_line,
    read_by,
    read_count,
)
from submission_portal.deliveries.pages.file_reading import file_reading
from submission_portal.deliveries.pages.layout_cards import (
    FACTOR,
    Meaning,
    answers_of,
    cards_of,
    factor_words,
    field_of,
    proposed,
)
from submission_portal.deliveries.pages.meanings import meanings_of
from submission_portal.deliveries.pages.names import factors_of, heading_told, label_of
from submission_portal.deliveries.part_names import part_name, period_label
from submission_portal.deliveries.reading.layouts.answering import (
    Answers,
    Fault,
    faults_of,
    lacking,
    layout_of,
    of_file,
)
from submission_portal.deliveries.reading.layouts.content import FACTORS, LAST_HEADER, Layout
from submission_portal.deliveries.reading.layouts.questions import Mapped
from submission_portal.deliveries.reading.sheets import Preview, column_of, letter, spans_of
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.views.blueprint import blueprint
from submission_portal.deliveries.views.parts import flow_of

SOURCE = "kallsystem"
KEPT_WHERE, ADDED, ANEW = "spara", "till", "ny"
"""Whether answers about a file that is like a known export are added to what is known of it, or are of another."""


@blueprint.route("/leveranser/<reference>/kolumner/", methods=["GET", "POST"])
@access.roles(Role.DATA_OFFICER)
def match_columns(reference: str) -> Answer | str | tuple[str, int]:
    """Say what columns and names are; the answers are kept, and the file is read with them."""
    session, actor, form = db.session, current_actor(), RevisionForm()
    delivery = queries.delivery_for(session, actor, reference)
    actor.require(*queries.PREPARES, organisation_id=delivery.organisation_id, is_known=True)
    mapped = delivery.reading.mapped
    if not delivery.is_working:
        raise NotFound("draft")
    if request.method == "GET":
        if not (mapped.is_asking or mapped.first_rows or may_be_read_otherwise(delivery.reading.preview)):
            return redirect(url_for("deliveries.show", reference=delivery.id))
        return matching_page(session, delivery, proposed(mapped))
    if not mapped.is_asking:
        return redirect(url_for("deliveries.show", reference=delivery.id))
    loaded = load_model(session, delivery.model_version_hash)
    answers, codes = answers_of(request.form, mapped), codes_of(loaded)
    if faults := faults_of(mapped, answers, codes, frozenset(loaded.model.key)):
        return matching_page(session, delivery, answers, faults), 422
    before = delivery.layout_version.content if delivery.layout_version is not None else Layout()
    where, is_of_file = request.form.get(KEPT_WHERE, ""), mapped.is_of_file
    is_unsaid = where not in (ADDED, ANEW) and bool(lacking(before, mapped))
    if is_unsaid and not is_of_file and delivery.layout_version is not None:
        finding = FINDINGS.found("LAY-016", {"source": delivery.layout_version.layout.source})
        return matching_page(session, delivery, answers, refusal=finding), 422
    is_anew = where == ANEW and delivery.layout_version is not None
    before = of_file(before, mapped) if is_anew else before
    layout = None if is_of_file else layout_of(mapped, answers, before.only(frozenset(loaded.model.by_name)), codes)
    try:
        return kept_and_read(session, actor, delivery, layout, form.seen, answers.time, is_anew=is_anew)
    except Refused as refused:
        delivery = queries.delivery_for(db.session, actor, reference)
        return matching_page(db.session, delivery, answers, refusal=refused.finding), 409


def kept_and_read(
    session: Session,
    actor: Actor,
    delivery: Delivery,
    layout: Layout | None,
    seen: int | None,
    time: str = "",
    *,
    is_anew: bool = False,
) -> Answer:
    """Keep the layout, and read the draft's file by it: both or neither. ``layout``: none where what was answered is not kept;
    ``time``: what was answered of the period of its headings; ``is_anew``: it is another export than it was read as."""
    name, reference, flow_id = delivery.file_name, delivery.id, delivery.flow_item_id
    sheet, before, model = delivery.sheet, None if is_anew else delivery.layout_version_id, delivery.model_version_hash
    of_sheet = sheet if layout is not None and layout.sheet else ""
    source = request.form.get(SOURCE, "").strip() or _free_source(session, flow_id, of_sheet)
    reading, data = services.read_own_file(session, actor, clock.now(), delivery, layout=layout, time=time or None)
    with transaction() as writing:
        if layout is not None:
            services.keep_layout(
                writing,
                actor,
                clock.now(),
                writing.get_one(Item, flow_id),
                layout,
                model_version=model,
                source=source,
                before=before,
            )
        found = services.read_again(
            writing,
            actor,
            clock.now(),
            queries.delivery_for(writing, actor, reference),
            file_name=name,
            data=data,
            sheet=sheet,
            reading=reading,
            revision=seen,
        )
        target, is_asking = found.number or found.id, found.is_working and found.reading.mapped.is_asking
    if is_asking:
        flash(_("Kept. What you answered led to more to ask."), "info")
        return redirect(url_for("deliveries.match_columns", reference=target))
    if layout is None:
        flash(_("The file was read with your answer, which is for this file only."), "ok")
    else:
        flash(_("Kept, and the file was read with your answers. They are used for the next file too."), "ok")
    return redirect(url_for("deliveries.show", reference=target))


def _is_added(known: Layout, mapped: Mapped) -> bool:
    """Whether it is chosen that answers are added to what is known: said, or taken for granted of a file with all its columns."""
    said = request.form.get(KEPT_WHERE, "")
    return said == ADDED or not (said or lacking(known, mapped))


def _free_source(session: Session, flow_item_id: str, sheet: str) -> str:
    """What an export is called that nobody has called anything: the sheet, or a name that no other of the line's has."""
    taken = {one.source.casefold() for one in layouts_of_line(session, flow_item_id)}
    named = sheet or _("Our export")
    numbered = (f"{named} {number}" for number in range(2, MOST_LAYOUTS + 2))
    return next(each for each in (named, *numbered) if each.casefold() not in taken)


def codes_of(loaded: LoadedModel) -> Mapping[str, frozenset[str]]:
    """By element the codes of its list."""
    return {
        element.name: frozenset(code.code for code in loaded.code_list(element).codes)
        for element in loaded.model.elements
        if element.type is ElementType.CODE
    }


def matching_page(
    session: Session,
    delivery: Delivery,
    answers: Answers,
    faults: Sequence[Fault] = (),
    refusal: Finding | None = None,
) -> str:
    loaded, mapped = load_model(session, delivery.model_version_hash), delivery.reading.mapped
    errors: dict[str, list[str]] = {}
    for fault in faults:
        errors.setdefault(field_of(fault.about, mapped), []).append(_said(fault.finding, loaded))
    meanings: dict[str, Meaning] = meanings_of(
        session,
        loaded,
        (name for one in mapped.columns for name in one.choices),
        delivery.organisation_id,
        clock.today(),
    )
    sender = identity.organisation(session, delivery.organisation_id)
    region = sender.code if sender is not None and sender.kind == "region" else None
    cards = cards_of(mapped, loaded, answers, meanings, errors, region)
    preview = delivery.reading.preview
    shown = mapped.first_rows or _first_rows(preview)
    widest = max((len(cells) for _number, cells in shown), default=0)
    version = delivery.layout_version
    return render_template(
        "deliveries/columns.html",
        delivery=delivery,
        **flow_of(session, delivery),
        period=period_label(delivery, part_name(session, delivery)),
        cards=cards,
        answered=sum(one.is_answered for one in cards),
        proposals=sum(len(one.near) == 1 for one in mapped.values),
        errors=[(card.id, text) for card in cards for text in card.errors],
        refusal=readable(refusal) if refusal else None,
        letters=[letter(at) for at in range(widest)],
        rows=[(number, [*cells, *[""] * (widest - len(cells))]) for number, cells in shown],
        header_row=preview.header_row,
        asked=spans_of([each for one in mapped.columns for each in one.letters]),
        reading=file_reading(preview, loaded),
        source_field=SOURCE,
        source=request.form.get(SOURCE, ""),
        layout=version,
        rows_read=preview.data_rows,
        lacks=[heading_told(each) for each in lacking(version.content, mapped)] if version is not None else (),
        is_of_file=mapped.is_of_file,
        is_added=_is_added(version.content if version is not None else Layout(), mapped),
        is_anew=request.form.get(KEPT_WHERE) == ANEW,
        last_header=LAST_HEADER,
        is_header_asked=is_header_asked(preview, mapped),
        is_answered_since=bool(cards or preview.header_row is None) and is_answered_since(session, delivery),
        may_choose_header=preview.file_kind in ("csv", "xlsx"),
        counted=counted_fields(delivery, loaded) if may_count_otherwise(session, delivery) else (),
        factors=[(factor, factor_words(factor)) for factor in FACTORS],
    )


def may_count_otherwise(session: Session, delivery: Delivery) -> bool:
    """Whether what figures are counted in may still be said here: what deliveries were read with is changed as an answer."""
    version = delivery.layout_version
    is_read = delivery.reading.preview.header_row is not None and not delivery.reading.mapped.is_asking
    if version is None or not is_read:
        return is_read
    is_open = version.break_kind is not None and read_by(session, [version.id], 1).total == 0
    return is_open or read_count(session, version.layout) == 0


def counted_fields(delivery: Delivery, loaded: LoadedModel) -> list[tuple[str, str, str]]:
    """The columns of figures of a file: the name of the field, what it is, and what was said."""
    said, figures = factors_of(delivery), (ElementType.INTEGER, ElementType.DECIMAL)
    read_as = {one.letter: one for one in delivery.reading.preview.columns if one.element in loaded.model.by_name}
    return [
        (f"{FACTOR}{at}", f"{one.heading} ({label_of(loaded, one.element)})", said.get(at, "1"))
        for at, one in read_as.items()
        if one.element is not None
        and (element := loaded.model.element(one.element)).role is ElementRole.VALUE
        and element.type in figures
    ]


def _first_rows(preview: Preview) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The heading row and the first rows under it, where nothing more was kept of the file's beginning."""
    if not preview.header_row:
        return preview.first_rows
    at = {one.letter: one.heading for one in preview.columns}
    last = max((column_of(each) for each in at), default=-1)
    return ((preview.header_row, tuple(at.get(letter(each), "") for each in range(last + 1))), *preview.first_rows)


def _said(finding: Finding, loaded: LoadedModel) -> str:
    """What is wrong, with the element called by its label."""
    what = str(finding.params.get("what", ""))
    if what in loaded.model.by_name:
        finding = replace(finding, params={**finding.params, "what": loaded.model.element(what).label})
    told = readable(finding)
    return f"{told.body} {told.mend}"
