"""Comparability: the matrix of each concept, and what a region answers before a difference goes out."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from registry import clock
from registry.actors import Role
from registry.db import db, transaction
from registry.errors import NotFound, Refused
from registry.i18n import current_language, read
from registry.identity import queries as identity
from registry.items import queries as items
from registry.paging import page_of_sequence
from registry.swedish import sort_key
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable
from termbank.applications.regions import REGION_NAMES
from termbank.bank.queries import term_banks
from termbank.bank.queries.statements import published_statements
from termbank.comparing.degrees import DAYS_TO_ANSWER, DEGREE_TEXTS
from termbank.comparing.queries import MAY_ANSWER, matrices, matrix, to_answer
from termbank.comparing.services import answer
from termbank.forms.comparing import DifferencesForm
from termbank.notions import CONCEPT
from termbank.presentation.comparing import KINDS, answer_rows, counts_of, matrix_page
from termbank.presentation.texts import term
from termbank.views.addresses import concept_at
from termbank.views.blueprint import blueprint

Answer = Response | str | tuple[str, int]


@blueprint.get("/jamforbarhet/")
@access.public
def comparabilities() -> str:
    """Every concept that regions apply, with how many pairs of regions compare in which way."""
    actor, language = current_actor(), current_language()
    applied = sorted(
        {one.application.concept: one.application.term for one in published_statements(db.session)}.items(),
        key=lambda pair: sort_key(pair[1].in_language(language) or pair[1].sv),
    )
    page = page_of_sequence(applied, page_asked_for())
    found = matrices(db.session, [slug for slug, _term in page.rows])
    rows = [
        (
            called.in_language(language) or called.sv, url_for("termbank.comparability", slug=slug),
            ngettext("%(num)d region", "%(num)d regions", len(found[slug].regions)), counts_of(found[slug], actor),
        )
        for slug, called in page.rows
    ]  # fmt: skip
    return render_template(
        "termbank/comparabilities.html", page=page, rows=rows, may_answer=actor.has_role(*MAY_ANSWER)
    )


@blueprint.get("/begrepp/<slug>/jamforbarhet")
@access.public
def comparability(slug: str) -> str:
    """The matrix of a concept on a day, what changed over time, and the details of one region."""
    actor = current_actor()
    item = concept_at(db.session, slug).item
    version = items.current_by_slug(db.session, CONCEPT, item.slug) or items.standing_version(db.session, item)
    if version is None:
        raise NotFound("concept")
    day = request.args.get("dag", "")
    on = _day(day)
    found = matrix(db.session, item.slug, on)
    chosen = request.args.get("region", "")
    chosen = chosen if chosen in found.regions else ""
    return render_template(
        "termbank/comparability.html", slug=item.slug, term=term(term_banks.concept_of(version), current_language()), chosen=chosen,
        page=matrix_page(found, item.slug, actor, item.organisation_id, chosen, day if on else ""), day=on or clock.today(),
        wording=found.wording, is_unreadable=bool(day) and on is None, names=REGION_NAMES, silent=[name for code, name in REGION_NAMES.items() if code not in found.regions],
        legend=[(KINDS[degree][0], read(text)) for degree, text in DEGREE_TEXTS.items()], days=DAYS_TO_ANSWER,
    )  # fmt: skip


@blueprint.route("/jamforbarhet/svara", methods=["GET", "POST"])
@access.roles(Role.DISCLOSING_OFFICER)
def answer_differences() -> Answer:
    """The differences that a region has not answered; what is ticked is answered with one text."""
    actor = current_actor()
    own = [one for one in identity.organisations(db.session) if one.id in actor.organisations(*MAY_ANSWER)]
    if not own:
        raise NotFound("region")
    region = next((one for one in own if one.code == request.args.get("region")), own[0])
    form, status = DifferencesForm(), 200
    if form.validate_on_submit():
        try:
            with transaction() as session:
                number = answer(
                    session, actor, clock.now(), organisation_id=region.id, keys=form.differences.data or (),
                    text=form.text.data or "",
                )  # fmt: skip
            flash(ngettext("One difference is answered.", "%(num)d differences are answered.", number), "ok")
            return redirect(url_for("termbank.answer_differences", region=region.code))
        except Refused as refusal:
            form.form_errors.append(readable(refusal.finding).in_full)
            status = 409
    elif request.method == "POST":
        status = 422
    page = page_of_sequence(answer_rows(to_answer(db.session, region.id)), page_asked_for())
    return render_template(
        "termbank/answer_differences.html", form=form, page=page, ticked=set(form.differences.data or ()), region=read(region.name),
        code=region.code, others=[(read(one.name), one.code) for one in own if one.id != region.id], days=DAYS_TO_ANSWER,
    ), status  # fmt: skip


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
