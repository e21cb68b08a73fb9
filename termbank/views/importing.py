"""Importing a file into a scheme: the file, what would be done, and the change set that does it."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from registry import clock
from registry.actors import Role
from registry.db import db, transaction
from registry.errors import Invalid, NotFound, Refused
from registry.findings import Text
from registry.i18n import current_language
from registry.items import queries as items
from registry.items.tables import Item
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable
from termbank.bank.queries import published_schemes
from termbank.concepts.schemes import Scheme
from termbank.exchange.planning import Fate
from termbank.forms.importing import ImportForm, MakeSetForm
from termbank.imports import files, importing
from termbank.imports import queries as imports
from termbank.imports.tables import ConceptImport, Stage
from termbank.notions import SCHEME
from termbank.presentation.importing import HEADINGS, LISTED, Report, concept_row, import_row, report_of, work_stages
from termbank.views.blueprint import blueprint
from termbank.views.searched_files import searched_of

Answer = Response | str | tuple[str, int]
VIEW = "visa"
"""The parameter of an address that says which concepts are listed, and on which page its number."""


@blueprint.route("/system/<slug>/las-in", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def import_file(slug: str) -> Answer:
    """Send in a file, and be told what importing it would do."""
    scheme, item = _scheme(slug)
    form = ImportForm()
    is_valid, upload = form.validate_on_submit(), form.file.data
    data = upload.read() if is_valid and upload else b""
    if is_valid and not data:
        form.file.errors = [*form.file.errors, _("Choose a file.")]
    if not data:
        return _form_page(scheme, item, form, 422 if request.method == "POST" else 200)
    searched = searched_of(form, data, upload.filename or "", item.organisation_id)
    if searched is None:
        return _form_page(scheme, item, form, 422)
    with transaction(bookkeeping=not searched.is_answered) as session:
        made = files.receive(
            session, current_actor(), clock.now(), scheme=session.get_one(Item, item.id), file=searched,
            is_whole=bool(form.whole.data),
        )  # fmt: skip
        import_id, is_left = made.id, made.work_id is not None
    if not is_left and (fault := files.tell(import_id)) is not None:
        files.discard(import_id)
        form.file.errors = [*form.file.errors, readable(fault).in_full]
        return _form_page(scheme, item, form, 422)
    return redirect(url_for("termbank.import_report", slug=slug, import_id=import_id))


@blueprint.get("/system/<slug>/las-in/<import_id>/")
@access.roles(Role.TERMINOLOGIST)
def import_report(slug: str, import_id: str) -> Answer:
    """How far the import has come, what would become of each concept, and what came of it."""
    return _page(slug, import_id)


@blueprint.post("/system/<slug>/las-in/<import_id>/andringspaket")
@access.roles(Role.TERMINOLOGIST)
def make_set_of_file(slug: str, import_id: str) -> Answer:
    """Make the change set that the page told of; where anything has changed meanwhile, tell it anew."""
    _own, item = _scheme(slug)
    form = MakeSetForm()
    if not form.validate_on_submit():
        return _page(slug, import_id, form, 422)
    made = None
    try:
        with transaction(bookkeeping=True) as session:
            one = imports.import_for(session, current_actor(), item, import_id)
            is_small = files.ask_to_make(
                session, current_actor(), clock.now(), one, title=form.title.data or "", seen=form.seen.data or ""
            )
        if is_small:
            made = files.make(import_id, current_actor())
    except (Refused, Invalid) as stopped:
        db.session.rollback()
        finding = stopped.finding if isinstance(stopped, Refused) else stopped.findings[0]
        form.form_errors.append(readable(finding).in_full)
        return _page(slug, import_id, form, 409)
    if made is None:
        return redirect(url_for("termbank.import_report", slug=slug, import_id=import_id))
    flash(_("The change set is made. Read it through, then send it to review."), "ok")
    return redirect(url_for("items.change_set", set_id=made))


def _scheme(slug: str) -> tuple[Scheme, Item]:
    """A published scheme, for one of the terminologists of the organisation that owns it."""
    item = items.item_by_slug(db.session, SCHEME, slug)
    scheme = published_schemes.scheme_named(db.session, slug)
    if item is None or scheme is None:
        raise NotFound("scheme")
    current_actor().require(Role.TERMINOLOGIST, organisation_id=item.organisation_id, is_known=True)
    return scheme, item


def _form_page(scheme: Scheme, item: Item, form: ImportForm, status: int) -> Answer:
    earlier = [
        import_row(
            one.name, url_for("termbank.import_report", slug=item.slug, import_id=one.id), one.stage, one.size, one.sent_at
        )
        for one in imports.newest(db.session, item)
    ]  # fmt: skip
    page = render_template("termbank/import_form.html", scheme=scheme, form=form, earlier=earlier)
    return (page, status) if status != 200 else page


def _page(slug: str, import_id: str, form: MakeSetForm | None = None, status: int = 200) -> Answer:
    session = db.session
    scheme, item = _scheme(slug)
    one = imports.import_for(session, current_actor(), item, import_id)
    job, stopped = imports.working(session, one), imports.stopped(session, one)
    report = report_of(one.told, current_language()) if one.told else None
    if form is None:
        form = MakeSetForm(formdata=None, title=one.title or one.name)
    form.seen.data = one.fingerprint
    may_make = one.stage == Stage.TOLD and job is None
    try:
        if may_make:
            importing.require_doable(report.to_do if report else 0)
    except Refused as refused:
        may_make, stopped = False, stopped or refused.finding
    page = render_template(
        "termbank/import_report.html", scheme=scheme, one=one, form=form, report=report,
        listed=_listed(one, report, slug) if report else None,
        stopped=readable(stopped) if stopped else None, is_failed=one.stage == Stage.FAILED, may_make=may_make,
        stages=work_stages(job.progress) if job else [], here=url_for("termbank.import_report", slug=slug, import_id=one.id),
    )  # fmt: skip
    return (page, status) if status != 200 else page


def _listed(one: ConceptImport, report: Report, slug: str) -> Mapping[str, Any]:
    """The concepts that the same would become of, in pages, with the ways to the others."""
    counts = {fate: number for fate, _heading, number in report.counts}
    there = [fate for fate in LISTED if counts[fate]]
    asked = request.args.get(VIEW, "")
    fate = Fate(asked) if asked in {each.value for each in there} else (there or LISTED)[0]
    language = current_language()
    page = imports.page_of_fate(db.session, one, fate, page_asked_for())
    return {
        "heading": HEADINGS[fate],
        "page": page.of(lambda row: concept_row(Text(row.title_sv, row.title_en), row.told, language)),
        "ways": [
            (HEADINGS[each], counts[each], each is fate, url_for("termbank.import_report", slug=slug, import_id=one.id, visa=each.value))
            for each in there
        ],
    }  # fmt: skip
