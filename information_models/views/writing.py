"""Writing models, code lists and measures: forms and uploads. Review and publication are the item pages'."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from information_models import queries, services
from information_models.definitions import Model
from information_models.finding_texts.all import FINDINGS
from information_models.formats import model_file
from information_models.forms import (
    SCHEMAS,
    CodeListForm,
    CopyForm,
    MeasuredForm,
    ModelForm,
    TextsForm,
    UploadForm,
    code_list_data,
    model_data,
)
from information_models.kinds import CODE_LIST, MEASURE, MODEL
from information_models.measure_form import MeasureForm, NewMeasureForm, measure_data, new_measure_data
from information_models.views.blueprint import blueprint
from registry import clock
from registry.actors import Actor, Role
from registry.content.strict_json import DoubledName, read_json
from registry.db import db, transaction
from registry.errors import NotFound, Refused
from registry.finding_catalogue import ReadableFinding
from registry.finding_texts import FINDINGS as ITEM_FINDINGS
from registry.findings import Finding, Place, Text
from registry.i18n import current_language
from registry.items import queries as items
from registry.items.tables import Item, Version
from registry.pages import drafts
from registry.web.forms import said_of_found
from registry.web.guards import access, current_actor
from registry.web.problems import readable
from termbank.bank.listing import MOST_OFFERED, offered
from termbank.bank.queries.term_banks import bank_of

Answer = Response | str | tuple[str, int]
LARGEST_UPLOAD = 5_000_000


@blueprint.route("/ny", methods=["GET", "POST"])
@access.roles(Role.MODELLER)
def create() -> Answer:
    """New content: a file, or a copy of a model to begin from."""
    form = UploadForm()
    if request.method == "GET":
        return _create_page(form, _copy_form(None))
    if not form.validate_on_submit():
        return _create_page(form, _copy_form(None)), 422
    read = _read_upload(form.file.data.read(LARGEST_UPLOAD + 1))
    if isinstance(read, tuple):
        return _create_page(form, _copy_form(None), read), 422
    try:
        return _take_in(
            read, anew=bool(form.anew.data), reason=form.reason.data or "", replaces=bool(form.replaces.data)
        )
    except Refused as refusal:
        refused(form, refusal)
        return _create_page(form, _copy_form(None)), 409


@blueprint.post("/ny/kopia")
@access.roles(Role.MODELLER)
def copy() -> Answer:
    """A new model as a copy of another."""
    form = _copy_form(request.form)
    if not form.validate_on_submit():
        return _create_page(UploadForm(None), form), 422
    base = next(version for version, model in queries.current_models(db.session) if model.slug == form.base.data)
    title = {"sv": form.title_sv.data, "en": form.title_en.data}
    content = {**base.content, "slug": form.slug.data, "title": title}
    try:
        with transaction() as session:
            services.create(
                session,
                current_actor(),
                clock.now(),
                kind=MODEL,
                content=content,
                organisation_id=_own_organisation(current_actor()),
            )
    except Refused as refusal:
        refused(form, refusal)
        return _create_page(UploadForm(None), form), 409
    return redirect(url_for("information_models.edit_model", slug=form.slug.data))


@blueprint.route("/<slug>/andra", methods=["GET", "POST"])
@access.roles(Role.MODELLER)
def edit_model(slug: str) -> Answer:
    """The open draft of a model, or a new version of the one in force."""
    item, base = _base(MODEL, slug)
    form = ModelForm(data=_begin(base, model_data))
    if request.method == "GET" or request.form.get("action") == "rows":
        form.add_rows()
    language = current_language()
    models = [model for _version, model in queries.current_models(db.session)]
    keys = {element.concept for model in models for element in model.elements if element.concept}
    keys |= {entry.form.concept.data for entry in form.elements if entry.form.concept.data}
    rows, are_all = offered(db.session, language, keys, form.find_concept.data or "", MOST_OFFERED)
    concepts = [(key, name) for _item_id, key, name in rows]
    if are_all:
        del form.find_concept
    elif form.find_concept.data and form.find_concept.data.strip():
        form.find_concept.description = said_of_found(sum(key not in keys for key, _name in concepts))
    lists = [
        (codes.slug, codes.title.in_language(language)) for _version, codes in queries.current_code_lists(db.session)
    ]
    form.offer(concepts, lists)
    return _edit(item, base, form, form.content, "information_models/model_form.html", "information_models.model")


@blueprint.route("/kodlistor/<slug>/andra", methods=["GET", "POST"])
@access.roles(Role.MODELLER)
def edit_code_list(slug: str) -> Answer:
    """The open draft of a code list, or a new version of the one in force."""
    item, base = _base(CODE_LIST, slug)
    form = CodeListForm(data=_begin(base, code_list_data))
    del form.anew
    return _edit(
        item, base, form, form.content, "information_models/code_list_form.html", "information_models.code_list"
    )


@blueprint.route("/matt/<slug>/andra", methods=["GET", "POST"])
@access.roles(Role.MODELLER)
def edit_measure(slug: str) -> Answer:
    """The open draft of a measure, or a new version of the one in force."""
    item, base = _base(MEASURE, slug)
    form = MeasureForm(data=_begin(base, measure_data))
    if request.method == "GET" or request.form.get("action") == "rows":
        form.add_rows()
    _offer(form, base.content)
    return _edit(item, base, form, form.content, "information_models/measure_form.html", "information_models.measure")


@blueprint.route("/matt/nytt", methods=["GET", "POST"])
@access.roles(Role.MODELLER)
def create_measure() -> Answer:
    """A new measure of the model that ``modell`` names."""
    chosen = _current_model(request.values.get("modell") or request.form.get("model"))
    form = NewMeasureForm(data=new_measure_data(chosen))
    del form.anew, form.reason
    action = request.form.get("action", "")
    if request.method == "GET" or action == "rows":
        form.add_rows()
    _offer(form, {})
    findings: list[ReadableFinding] = []
    status = 200
    if request.method == "POST" and action not in ("rows", "find"):
        status = 422
        if form.validate_on_submit():
            content = form.content(form.slug.data, {})
            found = problems_of(MEASURE, content, anew=True)
            findings = form.tell([readable(finding) for finding in found])
            if action == "save" and not found:
                try:
                    return _take_in(content, anew=True, reason="", is_new=True)
                except Refused as refusal:
                    refused(form, refusal)
                    status = 409
            elif not found:
                status = 200
    page = render_template(
        "information_models/measure_form.html",
        form=form,
        item=None,
        base=None,
        title_of=None,
        findings=findings,
        was_checked=request.method == "POST" and action == "check" and status == 200,
        url=url_for("information_models.index"),
    )
    return (page, status) if status != 200 else page


def _current_model(slug: str | None) -> Model:
    """The published model of that name, or the first one. Raises `NotFound` where there is none."""
    models = [model for _version, model in queries.current_models(db.session)]
    found = next((model for model in models if model.slug == slug), models[0] if models else None)
    if found is None:
        raise NotFound(MODEL)
    return found


def _terms(slugs: Sequence[str]) -> dict[str, Text]:
    """Terms by concept: as in force, or for what is withdrawn as it was."""
    terms = {slug: concept.title for slug, concept in bank_of(db.session, filter(None, slugs)).concepts.items()}
    for slug in slugs:
        if slug not in terms and (version := items.latest_published(db.session, "concept", slug)):
            terms[slug] = queries.wording_of(version).term
    return terms


def _offer(form: MeasureForm, before: Mapping[str, Any]) -> None:
    """Give a measure's form what there is to choose among: the columns of its model, as it is bound to it."""
    bound = items.versions_by_hash(db.session, [hash_]) if (hash_ := before.get("model_version")) else {}
    pinned = bound.get(before.get("model_version", ""))
    is_same = pinned is not None and form.model.data == before["model"]
    model = queries.model_of(pinned) if pinned is not None and is_same else _current_model(form.model.data)
    models = [(one.slug, one.title) for _version, one in queries.current_models(db.session)]
    if model.slug not in dict(models):
        models.append((model.slug, model.title))
    form.offer(
        model,
        models,
        _terms([*(element.concept or "" for element in model.elements), *(form.concepts.data or ())]),
        [(one.slug, one.title) for _version, one in queries.current_measures(db.session)],
    )


def _edit(
    item: Item,
    base: Version,
    form: TextsForm,
    content_of: Callable[[str, Mapping[str, Any]], dict[str, Any]],
    template: str,
    endpoint: str,
) -> Answer:
    """Show, check or save a form of any kind."""
    action = request.form.get("action", "")
    findings: list[ReadableFinding] = []
    status, start = 200, drafts.start_of(base)
    if request.method == "POST" and action not in ("rows", "find"):
        if not form.validate_on_submit():
            status = 422
        else:
            content = content_of(item.slug, base.content)
            anew = bool(form.anew.data) if "anew" in form else False
            found = problems_of(item.kind, content, anew=anew)
            findings = [readable(finding) for finding in found]
            if isinstance(form, MeasureForm) and action == "check":
                findings = form.tell(findings)
            is_readable = not items.kind_named(item.kind).schema.faults(content)
            if action == "save" and is_readable:
                try:
                    return _saved(item, content, anew=anew, reason=form.reason.data or "")
                except Refused as refusal:
                    refused(form, refusal)
                    bound = services.shelf(db.session, item.kind, content).bind(item.kind, content, anew=anew)
                    status, start = 409, drafts.after(refusal, start, item, bound)
            elif not is_readable:
                status = 422
    page = render_template(
        template,
        form=form,
        item=item,
        base=base,
        start=start,
        title_of=items.kind_named(item.kind).title(base.content),
        findings=findings,
        was_checked=request.method == "POST" and action == "check" and status == 200 and not form.errors,
        url=url_for(endpoint, slug=item.slug),
    )
    return (page, status) if status != 200 else page


def problems_of(kind: str, content: Mapping[str, Any], *, anew: bool) -> tuple[Finding, ...]:
    """Everything that the content would be stopped for in review."""
    bound = services.shelf(db.session, kind, content).bind(kind, content, anew=anew)
    return (*items.kind_named(kind).parse(bound)[1], *services.disagreements(db.session, kind, bound))


def _saved(item: Item, content: Mapping[str, Any], *, anew: bool, reason: str) -> Response:
    with transaction() as session:
        version = services.save(
            session,
            current_actor(),
            clock.now(),
            item=session.get_one(Item, item.id),
            content=content,
            reason=reason,
            anew=anew,
            start=drafts.start(),
        )
        identifier = version.id
    flash(_("The draft is kept. Read it through, then send it to review."), "ok")
    return redirect(url_for("items.review", version_id=identifier))


def _copy_form(data: Any) -> CopyForm:
    form = CopyForm(data)
    form.base.choices = [
        (model.slug, model.title.in_language(current_language()))
        for _version, model in queries.current_models(db.session)
    ]
    return form


def _create_page(upload: UploadForm, copied: CopyForm, findings: tuple[Finding, ...] = ()) -> str:
    return render_template(
        "information_models/create.html",
        upload=upload,
        copied=copied,
        asks_to_replace=bool(upload.replaces.data) or bool(upload.form_errors),
        measured=_measured().modell,
        findings=[readable(finding) for finding in findings],
        examples=_examples(),
    )


def _measured() -> MeasuredForm:
    form = MeasuredForm(None, meta={"csrf": False})
    form.modell.choices = [
        (model.slug, model.title.in_language(current_language()))
        for _version, model in queries.current_models(db.session)
    ]
    return form


def _examples() -> list[tuple[str, str, None]]:
    """Published content of each kind as a download, to see what a file looks like."""
    kinds = {
        MODEL: ("information_models.model_content", _("A model as JSON")),
        CODE_LIST: ("information_models.code_list_content", _("A code list as JSON")),
        MEASURE: ("information_models.measure_content", _("A measure as JSON")),
    }
    return [
        (label, url_for(endpoint, slug=found[0].item.slug, number=found[0].number), None)
        for kind, (endpoint, label) in kinds.items()
        if (found := items.current_versions(db.session, kind))
    ]


def _read_upload(data: bytes) -> dict[str, Any] | tuple[Finding, ...]:
    """The content in an uploaded file, or what is wrong with it. A model file's own hash is not asked for: it is being
    changed."""
    if len(data) > LARGEST_UPLOAD:
        return (_unreadable("filen är större än 5 MB", "the file is larger than 5 MB"),)
    try:
        content = read_json(data)
    except DoubledName as error:
        return (
            _unreadable(f"{error.name} finns två gånger i samma objekt", f"{error.name} is twice in the same object"),
        )
    except (UnicodeDecodeError, ValueError, RecursionError):
        return (_unreadable("filen är inte JSON", "the file is not JSON"),)
    if isinstance(content, dict) and content.get("content_schema") == model_file.CONTENT_SCHEMA:
        content = content.get("model")
    kind = SCHEMAS.get(str(content.get("content_schema"))) if isinstance(content, dict) else None
    if not isinstance(content, dict) or kind is None:
        names = ", ".join(SCHEMAS)
        return (_unreadable(f"content_schema ska vara något av: {names}", f"content_schema must be one of: {names}"),)
    return items.kind_named(kind).schema.faults(content) or content


def _unreadable(sv: str, en: str) -> Finding:
    return FINDINGS.found("MOD-020", {"problem": Text(sv, en)}, (Place(field="content_schema"),))


def _take_in(
    content: dict[str, Any], *, anew: bool, reason: str, is_new: bool = False, replaces: bool = False
) -> Response:
    """The content as a draft: of the item that has its name, or (or else only, ``is_new``) of a new one.

    A file does not say what it was made from. Raises `Refused` where somebody else has written in the item's draft, unless the
    file is to take its place (``replaces``).
    """
    kind = SCHEMAS[content["content_schema"]]
    item = None if is_new else items.item_by_slug(db.session, kind, content["slug"])
    if item is not None:
        current_actor().require(Role.MODELLER, organisation_id=item.organisation_id, is_known=True)
        draft = drafts.base_of(item)
        if not replaces and draft.is_being_written and items.has_other_writers(db.session, draft, current_actor()):
            raise Refused(ITEM_FINDINGS.found("ITEM-026", {"number": draft.number}))
        return _saved(item, content, anew=anew, reason=reason)
    return created(kind, content, reason)


def created(kind: str, content: Mapping[str, Any], reason: str) -> Response:
    """A new item with the content as its first draft."""
    with transaction() as session:
        version = services.create(
            session,
            current_actor(),
            clock.now(),
            kind=kind,
            content=content,
            organisation_id=_own_organisation(current_actor()),
            reason=reason,
        )
        identifier = version.id
    flash(_("The draft is kept. Read it through, then send it to review."), "ok")
    return redirect(url_for("items.review", version_id=identifier))


def _base(kind: str, slug: str) -> tuple[Item, Version]:
    """The item and what an edit begins from: its open draft, the version in force, or the newest one."""
    item = items.item_by_slug(db.session, kind, slug)
    if item is None:
        raise NotFound(kind)
    current_actor().require(Role.MODELLER, organisation_id=item.organisation_id, is_known=True)
    return item, drafts.base_of(item)


def _begin(base: Version, data_of: Callable[[Mapping[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    reason = base.reason if base.is_being_written else ""
    return {**data_of(base.content), "reason": reason}


def _own_organisation(actor: Actor) -> str:
    """The organisation for which a modeller writes something new."""
    return sorted(actor.organisations(Role.MODELLER))[0]


def refused(form: Any, refusal: Refused) -> None:
    form.form_errors.append(readable(refusal.finding).in_full)
