"""Importing a file into a scheme: the file, what would be done, and the change set that does it.

Nothing is kept between the pages: the page that tells what would be done carries the file, and what is made is what it told.
"""

import base64
import zlib
from dataclasses import dataclass

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from registry import clock
from registry.actors import Role
from registry.content import canonical as canonical_content
from registry.db import db, transaction
from registry.errors import NotFound, Refused
from registry.findings import Finding
from registry.i18n import current_language
from registry.items import queries as items
from registry.items.change_sets.examining import AT_MOST
from registry.web.guards import access, current_actor
from registry.web.problems import readable
from termbank import importing, queries
from termbank.exchange.planning import Plan
from termbank.finding_texts.all import FINDINGS
from termbank.forms.importing import ImportForm, MakeSetForm
from termbank.notions import SCHEME
from termbank.presentation.importing import report_of
from termbank.schemes import Scheme
from termbank.views.blueprint import blueprint

MOST_PACKED = 1_500_000
"""Characters of a packed file that a page carries."""
MOST_UNPACKED = 64 * 2**20
Answer = Response | str | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it was given."""

    name: str
    data: bytes
    is_whole: bool


@blueprint.route("/system/<slug>/las-in", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def import_file(slug: str) -> Answer:
    """Choose a file, and be told what importing it would do."""
    scheme, _organisation = _scheme(slug)
    form = ImportForm()
    if not form.validate_on_submit():
        return _form_page(scheme, form, 422 if request.method == "POST" else 200)
    upload = form.file.data
    data = upload.read() if upload else b""
    if not data:
        form.file.errors = [*form.file.errors, _("Choose a file.")]
        return _form_page(scheme, form, 422)
    given = Given((upload.filename or "")[-200:], data, bool(form.whole.data))
    plan = _plan(scheme, given)
    if plan.unreadable is not None:
        form.file.errors = [*form.file.errors, readable(plan.unreadable).in_full]
        return _form_page(scheme, form, 422)
    return _report_page(scheme, given, plan)


@blueprint.post("/system/<slug>/las-in/andringspaket")
@access.roles(Role.TERMINOLOGIST)
def make_set_of_file(slug: str) -> Answer:
    """Make the change set that the page told of; where anything has changed meanwhile, tell it anew."""
    scheme, organisation_id = _scheme(slug)
    form = MakeSetForm()
    given = _unpacked(form)
    if given is None:
        return redirect(url_for("termbank.import_file", slug=slug))
    plan = _plan(scheme, given)
    if not form.validate_on_submit():
        return _report_page(scheme, given, plan, form, status=422)
    if form.seen.data != fingerprint(plan):
        return _report_page(scheme, given, plan, form, FINDINGS.found("IMPORT-026"), 409)
    if len(plan.to_do) > AT_MOST:
        return _report_page(scheme, given, plan, form, _too_many(plan), 409)
    try:
        with transaction() as session:
            made = importing.make_change_set(
                session, current_actor(), clock.now(), plan, organisation_id=organisation_id, title=form.title.data or ""
            ).id  # fmt: skip
    except Refused as refused:
        return _report_page(scheme, given, plan, form, refused.finding, 409)
    flash(_("The change set is made. Read it through, then send it to review."), "ok")
    return redirect(url_for("items.change_set", set_id=made))


def fingerprint(plan: Plan) -> str:
    """A hash of everything that a plan would do."""
    told = [
        [one.fate.value, one.name, one.item, one.before.as_content() if one.before else None, one.after.as_content() if one.after else None]
        for one in plan.concepts
    ]  # fmt: skip
    return canonical_content.content_hash(canonical_content.canonical({"plan": told}))


def _scheme(slug: str) -> tuple[Scheme, str]:
    """A published scheme with the organisation that owns it, for one of its terminologists."""
    item = items.item_by_slug(db.session, SCHEME, slug)
    scheme = queries.scheme_named(db.session, slug)
    if item is None or scheme is None:
        raise NotFound("scheme")
    current_actor().require(Role.TERMINOLOGIST, organisation_id=item.organisation_id, is_known=True)
    return scheme, item.organisation_id


def _plan(scheme: Scheme, given: Given) -> Plan:
    base = str(current_app.config["BASE_ADDRESS"])
    reading = importing.read(db.session, given.data, given.name, base)
    return importing.plan(db.session, current_actor(), reading, scheme, base, cited=given.name, whole=given.is_whole)


def _form_page(scheme: Scheme, form: ImportForm, status: int) -> Answer:
    page = render_template("termbank/import_form.html", scheme=scheme, form=form)
    return (page, status) if status != 200 else page


def _report_page(
    scheme: Scheme,
    given: Given,
    plan: Plan,
    form: MakeSetForm | None = None,
    stopped: Finding | None = None,
    status: int = 200,
) -> Answer:
    form = form or MakeSetForm(formdata=None, title=given.name)
    packed = base64.b64encode(zlib.compress(given.data, 9)).decode()
    form.packed.data, form.name.data, form.seen.data = packed, given.name, fingerprint(plan)
    form.whole_file.data = "1" if given.is_whole else ""
    limit = _too_many(plan) if len(plan.to_do) > AT_MOST or len(packed) > MOST_PACKED else None
    if stopped is None:
        stopped = limit if plan.to_do else FINDINGS.found("IMPORT-025")
    page = render_template(
        "termbank/import_report.html", scheme=scheme, name=given.name, form=form, whole=given.is_whole,
        report=report_of(plan, importing.titles(db.session), current_language()),
        stopped=readable(stopped) if stopped else None, may_make=bool(plan.to_do) and limit is None,
    )  # fmt: skip
    return (page, status) if status != 200 else page


def _too_many(plan: Plan) -> Finding:
    return FINDINGS.found("IMPORT-024", {"number": len(plan.to_do), "most": AT_MOST})


def _unpacked(form: MakeSetForm) -> Given | None:
    """The file that the page carried, or ``None`` where it carried none that can be read."""
    try:
        unpacking = zlib.decompressobj()
        data = unpacking.decompress(base64.b64decode(form.packed.data or "", validate=True), MOST_UNPACKED)
    except (ValueError, zlib.error):
        return None
    if not data or unpacking.unconsumed_tail:
        return None
    return Given((form.name.data or "")[-200:], data, form.whole_file.data == "1")
