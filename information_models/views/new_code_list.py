"""A new code list, written in a form."""

from flask import render_template, request

from information_models import code_lists, queries
from information_models.forms import NewCodeListForm
from information_models.kinds import CODE_LIST
from information_models.views import writing
from information_models.views.blueprint import blueprint
from registry.actors import Role
from registry.db import db
from registry.errors import Refused
from registry.findings import Finding
from registry.i18n import current_language
from registry.web.guards import access
from registry.web.problems import readable


@blueprint.route("/kodlistor/ny", methods=["GET", "POST"])
@access.roles(Role.MODELLER)
def create_code_list() -> writing.Answer:
    """A new code list, written in a form."""
    form = NewCodeListForm()
    del form.anew
    form.offer(
        [(one.slug, one.title.in_language(current_language())) for _, one in queries.current_code_lists(db.session)]
    )
    findings: tuple[Finding, ...] = ()
    status, is_checked = 200, False
    if request.method == "POST" and not form.validate_on_submit():
        status = 422
    elif request.method == "POST":
        content = form.new_content()
        findings = writing.problems_of(CODE_LIST, content, anew=False)
        is_readable = not code_lists.SCHEMA.faults(content)
        is_checked = request.form.get("action") == "check"
        if is_readable and not is_checked:
            try:
                return writing.created(CODE_LIST, content, form.reason.data or "")
            except Refused as refusal:
                writing.refused(form, refusal)
                status = 409
        elif not is_readable:
            status = 422
    page = render_template(
        "information_models/new_code_list.html",
        form=form,
        findings=[readable(finding) for finding in findings],
        was_checked=is_checked and status == 200,
        example=next((version for version, _ in queries.current_code_lists(db.session)), None),
    )
    return (page, status) if status != 200 else page
