"""Sending in an edition: its file, how far it has been read and what came of it, and what is said of it in a draft."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from registry import clock
from registry.actors import Role
from registry.db import db, transaction
from registry.errors import Invalid, NotFound, Refused
from registry.i18n import current_language
from registry.items import queries as items
from registry.items.tables import Item
from registry.pages import drafts
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable
from termbank.concepts.concept import is_web_address
from termbank.editions import checks, comparing, content, files, queries, services
from termbank.editions.content import COUNTS, Edition, FileNamed, is_a_date
from termbank.editions.tables import EditionFile, Reading
from termbank.forms.editions import EditionFileForm, EditionForm, edition_data
from termbank.notions import EDITION
from termbank.presentation import editions as presentation
from termbank.presentation.vocabulary_checks import OutcomeRow, found_row, left_out, not_run, outcome_rows, summed
from termbank.views.blueprint import blueprint
from termbank.views.scheme_checks import CHECK
from termbank.views.searched_files import searched_of
from termbank.views.writing import stewardship

Answer = Response | str | tuple[str, int]


@blueprint.route("/utgavor/ny", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def create_edition() -> Answer:
    """Send in a file: of a new vocabulary, or of a newer edition of one that is here (``?utgava=``)."""
    actor = current_actor()
    item = _own(request.args["utgava"]) if request.args.get("utgava") else None
    form = EditionFileForm()
    sent, searched = form.file.data, None
    is_valid = form.validate_on_submit()
    if is_valid and (not sent or not sent.filename):
        form.file.errors = [*form.file.errors, _("Choose a file.")]
        is_valid = False
    if is_valid:
        owner = item.organisation_id if item else stewardship(actor)
        searched = searched_of(form, sent.read(), sent.filename, owner)
    if searched is not None:
        with transaction(bookkeeping=not searched.is_answered) as session:
            file = files.receive(
                session, actor, clock.now(), organisation_id=owner, file=searched, base=(form.base.data or "").strip(),
                item_id=item.id if item else None,
            )  # fmt: skip
            identifier = file.id
        return redirect(url_for("termbank.edition_file", file_id=identifier))
    title = content.title(items.foremost(items.versions_of(db.session, item, actor)).content) if item else None
    page = render_template("termbank/edition_new.html", form=form, item=item, of=title, language=current_language())
    return (page, 422) if request.method == "POST" else page


@blueprint.get("/utgavor/filer/<int:file_id>/")
@access.roles(Role.TERMINOLOGIST)
def edition_file(file_id: int) -> str:
    """How far a file has been read, what it holds, and what it would change; or why it could not be read."""
    session, language = db.session, current_language()
    file = queries.sent_file(session, current_actor(), file_id)
    item = session.get(Item, file.item_id) if file.item_id else None
    now = items.standing_version(session, item) if item else None
    before = queries.file_of(session, now) if now else None
    is_ready = file.state == Reading.READY
    differences = []
    if is_ready and before is not None and before.id != file.id:
        counted = comparing.counts(session, before, file)
        differences = [(presentation.DIFFERENCE_TEXTS[one].in_language(language), counted[one]) for one in counted]
    resting = queries.resting_on(session, file)
    return render_template(
        "termbank/edition_file.html", row=presentation.file_row(session, file, language), file=file, item=item,
        of=content.title(now.content) if now else None, counts=presentation.counted(file.counts or {}, language),
        is_ready=is_ready, differences=differences, resting=resting,
        resting_title=queries.title_of(resting) if resting else None,
        summary=summed(_outcomes(file)), is_being_checked=checks.is_waiting(session, file),
        is_same=before is not None and before.id == file.id, may_remove=resting is None and file.state != Reading.REMOVED,
    )  # fmt: skip


@blueprint.post("/utgavor/filer/<int:file_id>/kontrollera")
@access.roles(Role.TERMINOLOGIST)
def check_edition_file(file_id: int) -> Answer:
    """Have a file checked by the worker, as ``termbank check`` does."""
    actor = current_actor()
    with transaction(bookkeeping=True) as session:
        checks.ask(session, actor, clock.now(), queries.sent_file(session, actor, file_id))
    return redirect(url_for("termbank.edition_check", file_id=file_id))


@blueprint.get("/utgavor/filer/<int:file_id>/kontroll/")
@access.roles(Role.TERMINOLOGIST)
def edition_check(file_id: int) -> str:
    """What the checks of a file came to, and in pages what one of them found."""
    session = db.session
    file = queries.sent_file(session, current_actor(), file_id)
    if file.state != Reading.READY:
        raise NotFound("file")
    rows, resting = _outcomes(file), queries.resting_on(session, file)
    chosen = next((one for one in rows if one.code == request.args.get(CHECK) and one.number), None)
    page = checks.page_of_check(session, file, chosen.code, page_asked_for()) if chosen else None

    def address(iri: str) -> str:
        if resting is None or not is_web_address(iri):
            return ""
        return url_for("termbank.edition_resource", slug=resting.item.slug, number=resting.number, iri=iri)

    return render_template(
        "termbank/edition_check.html", file=file, rows=rows, chosen=chosen, resting=resting,
        resting_title=queries.title_of(resting) if resting else None,
        page=page.of(lambda row: found_row(row.finding, address)) if page else None, not_run=not_run(),
        note=left_out(page.total, chosen.number) if page and chosen else "",
        is_being_checked=checks.is_waiting(session, file), here=url_for("termbank.edition_check", file_id=file_id),
    )  # fmt: skip


def _outcomes(file: EditionFile) -> list[OutcomeRow]:
    return outcome_rows(
        checks.counted(file).items(),
        lambda code: url_for("termbank.edition_check", file_id=file.id, kontroll=code),
    )


@blueprint.post("/utgavor/filer/<int:file_id>/ta-bort")
@access.roles(Role.TERMINOLOGIST)
def remove_edition_file(file_id: int) -> Answer:
    """Take a file and its rows away, unless a version rests on it."""
    actor = current_actor()
    queries.sent_file(db.session, actor, file_id)
    try:
        with transaction(bookkeeping=True) as session:
            files.remove(session, actor, clock.now(), queries.sent_file(session, actor, file_id))
        flash(_("The file and its rows are being removed."), "ok")
    except Refused as refusal:
        flash(readable(refusal.finding).in_full, "stop")
        return redirect(url_for("termbank.edition_file", file_id=file_id))
    return redirect(url_for("termbank.editions"))


@blueprint.route("/utgavor/filer/<int:file_id>/beskriv", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def describe_edition(file_id: int) -> Answer:
    """A draft of an edition with this file: what is said of it begins with what the file says of itself."""
    file = queries.sent_file(db.session, current_actor(), file_id)
    if file.state != Reading.READY:
        raise NotFound("file")
    return _edition_form(db.session.get(Item, file.item_id) if file.item_id else None, file)


@blueprint.route("/utgavor/<slug>/andra", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def edit_edition(slug: str) -> Answer:
    """Change what is said of an edition: its draft, or a new version with the same file."""
    return _edition_form(_own(slug), None)


def _edition_form(item: Item | None, file: EditionFile | None) -> Answer:
    actor = current_actor()
    base = drafts.base_of(item) if item else None
    was = content.read(base.content) if base else None
    named, relative = _named(file) if file else (was.file, was.base) if was else (None, "")
    if named is None:
        raise NotFound("file")
    form = EditionForm(data=_begin(was, file))
    status, start = 200, drafts.start_of(base)
    if form.validate_on_submit():
        edition = form.edition(named, relative)
        try:
            with transaction() as session:
                kept = session.get(Item, item.id) if item else None
                version = services.draft_edition(
                    session, actor, clock.now(), item=kept, edition=edition, reason=form.reason.data or "",
                    organisation_id=kept.organisation_id if kept else _organisation(file), start=drafts.start(),
                )  # fmt: skip
                identifier = version.id
            flash(_("The draft is kept. Read it through, then send it to review."), "ok")
            return redirect(url_for("items.review", version_id=identifier))
        except Refused as refusal:
            form.form_errors.append(readable(refusal.finding).in_full)
            start = drafts.after(refusal, start, item, edition.as_content())
        except Invalid as invalid:
            form.form_errors += [readable(finding).title for finding in invalid.findings]
        status = 409
    elif request.method == "POST":
        status = 422
    page = render_template("termbank/edition_form.html", form=form, item=item, base=base, start=start, file=named)
    return (page, status) if status != 200 else page


def _begin(was: Edition | None, file: EditionFile | None) -> dict[str, str]:
    """What the form begins with: what is said now, with the date of the new file; or what a file says of itself."""
    said = queries.described(db.session, file) if file else {}
    date = said.get("date", "")[:10]
    own = {"date": date if is_a_date(date) else ""}
    if was is not None:
        return edition_data(was) | (own if file else {})
    return own | {
        "title_sv": said.get("title", ""),
        "source": said.get("source", ""),
        "licence": said.get("licence", ""),
    }


def _named(file: EditionFile) -> tuple[FileNamed, str]:
    counts = {kind: (file.counts or {}).get(kind, 0) for kind in COUNTS}
    return FileNamed(file.sha256, file.name, file.size, counts), file.base


def _organisation(file: EditionFile | None) -> str:
    if file is None:
        raise NotFound("file")
    return file.organisation_id


def _own(slug: str) -> Item:
    """An edition that the actor writes. Raises ``NotFound`` and ``Forbidden``."""
    item = items.item_by_slug(db.session, EDITION, slug)
    if item is None:
        raise NotFound("edition")
    current_actor().require(Role.TERMINOLOGIST, organisation_id=item.organisation_id, is_known=True)
    return item
