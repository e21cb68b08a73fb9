"""The questions on how a wording is applied: their page and their form. Review and publication are the item pages'."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from registry import clock
from registry.actors import Role
from registry.db import db, transaction
from registry.errors import Invalid, NotFound, Refused
from registry.i18n import current_language
from registry.items import queries as items
from registry.items.tables import Item, Version
from registry.pages import drafts
from registry.web.forms import whole_number
from registry.web.guards import access, current_actor
from registry.web.problems import readable
from termbank import services
from termbank.applications.question_sets import QuestionSet, read, shipped
from termbank.bank.queries import statements, term_banks
from termbank.forms.question_set import QuestionSetForm, question_set_data
from termbank.notions import QUESTION_SET
from termbank.presentation.texts import term
from termbank.views.addresses import concept_at
from termbank.views.blueprint import blueprint

Answer = Response | str | tuple[str, int]


@blueprint.get("/fragor/<slug>/")
@access.public
def question_set(slug: str) -> str:
    """The questions on a concept: the version in force, or the one that ``version`` names."""
    session, actor = db.session, current_actor()
    concept = concept_at(session, slug).item
    item = items.item_by_slug(session, QUESTION_SET, concept.slug)
    versions = items.versions_of(session, item, actor) if item else []
    number = request.args.get("version", type=whole_number)
    version = next((one for one in versions if one.number == number), None)
    version = version or (items.foremost(versions) if versions else None)
    asked = read(version.content) if version else _shipped_on(concept)
    return render_template(
        "termbank/question_set.html", item=item, version=version, versions=versions, asked=asked,
        open_version=items.open_of(versions), slug=concept.slug,
        may_write=actor.has_role(Role.TERMINOLOGIST, organisation_id=(item or concept).organisation_id),
    )  # fmt: skip


@blueprint.route("/fragor/<slug>/andra", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def edit_question_set(slug: str) -> Answer:
    """A new version of the questions on a concept, their open draft, or the first that are written."""
    concept = concept_at(db.session, slug).item
    item = items.item_by_slug(db.session, QUESTION_SET, concept.slug)
    current_actor().require(Role.TERMINOLOGIST, organisation_id=(item or concept).organisation_id, is_known=True)
    wording = items.standing_version(db.session, concept)
    if wording is None:
        raise NotFound("concept")
    return _form(wording, item)


def _shipped_on(concept: Item) -> QuestionSet:
    """What is asked on a concept that has no question set of its own. Raises `NotFound` where it is not published."""
    wording = items.standing_version(db.session, concept)
    if wording is None:
        raise NotFound("question_set")
    return shipped(concept.slug, term_banks.concept_of(wording).title)


def _form(wording: Version, item: Item | None) -> Answer:
    base = drafts.base_of(item) if item else None
    title = term_banks.concept_of(wording).title
    before = read(base.content) if base else statements.questions_on(db.session, wording)[1]
    form = QuestionSetForm(data=question_set_data(before))
    status, start = 200, drafts.start_of(base)
    if request.method == "POST" and request.form.get("action") == "rows":
        form.add_rows()
    elif form.validate_on_submit():
        written = form.question_set(wording.item.slug, title, before)
        try:
            with transaction() as session:
                version = services.draft_question_set(
                    session, current_actor(), clock.now(), item=session.get(Item, item.id) if item else None, questions=written,
                    organisation_id=wording.organisation_id, reason=form.reason.data or "", start=drafts.start(),
                )  # fmt: skip
                identifier = version.id
            flash(_("The draft is kept. Read it through, then send it to review."), "ok")
            return redirect(url_for("items.review", version_id=identifier))
        except Refused as refusal:
            form.form_errors.append(readable(refusal.finding).in_full)
            start = drafts.after(refusal, start, item, written.as_content())
        except Invalid as invalid:
            form.form_errors += [readable(finding).title for finding in invalid.findings]
        status = 409
    elif request.method == "POST":
        status = 422
    else:
        form.add_rows()
    page = render_template(
        "termbank/question_set_form.html", form=form, item=item, start=start, wording=wording,
        term=term(term_banks.concept_of(wording), current_language()), slug=wording.item.slug,
    )  # fmt: skip
    return (page, status) if status != 200 else page
