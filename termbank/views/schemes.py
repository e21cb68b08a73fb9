"""Concept schemes: the page of each, and its form. Review and publication are the item pages'."""

from flask import current_app, flash, redirect, render_template, request, url_for
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
from registry.paging import page_of_sequence
from registry.web.guards import access, current_actor
from registry.web.negotiation import format_asked_for, located_at, negotiates
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable
from termbank import services
from termbank.bank.queries import published_schemes, term_banks
from termbank.exchange.names import Names
from termbank.formats import FORMATS
from termbank.forms.scheme import SchemeForm, scheme_data
from termbank.news.following import follows
from termbank.notions import SCHEME
from termbank.presentation import past as presented
from termbank.presentation.offers import Offered, offers_then, scheme_offers
from termbank.views.addresses import day_gone_by
from termbank.views.blueprint import blueprint
from termbank.views.downloads import scheme_file
from termbank.views.writing import stewardship

Answer = Response | str | tuple[str, int]


@blueprint.get("/system/<slug>/")
@access.public
@negotiates
def scheme(slug: str) -> Answer:
    """A scheme: what it is, how its concepts may be used, and its files. To machines its file, in the format that they accept."""
    session, actor = db.session, current_actor()
    item = items.item_by_slug(session, SCHEME, slug)
    versions = items.versions_of(session, item, actor) if item else []
    if item is None or not versions:
        raise NotFound("scheme")
    version = items.foremost(versions)
    today = clock.today()
    is_published = any(one.is_in_force(today) or one.is_coming(today) for one in versions)
    if wanted := format_asked_for(FORMATS if is_published else ()):
        place = url_for("termbank.download_scheme", scheme=slug, extension=wanted.extension)
        return located_at(place, scheme_file(slug, wanted))
    shown = published_schemes.scheme_of(version)
    offered = scheme_offers(session, shown) if version.published_at else Offered([])
    return render_template(
        "termbank/scheme.html", is_followed=follows(session, actor, item), item=item, version=version, scheme=shown,
        number=term_banks.number_in_force(session, item),
        iri=Names(str(current_app.config["BASE_ADDRESS"])).scheme(shown), downloads=offered.groups, is_known=offered.is_known, language=current_language(),
        open_version=next((one for one in versions if not one.published_at and one.ended_at is None), None),
        may_write=actor.has_role(Role.TERMINOLOGIST, organisation_id=item.organisation_id), today=today,
    )  # fmt: skip


@blueprint.get("/system/<slug>/som-det-var")
@access.public
def scheme_then(slug: str) -> str:
    """A scheme as it was when a day (``den``, as 2026-03-01) was over: its concepts, each with the version that applied, and its files."""
    session, language = db.session, current_language()
    scheme = published_schemes.scheme_named(session, slug)
    if scheme is None:
        raise NotFound("scheme")
    day = day_gone_by(request.args.get("den", ""))
    then = presented.scheme_then(scheme, day, str(current_app.config["BASE_ADDRESS"]), language)
    page = page_of_sequence(then.rows, page_asked_for())
    return render_template(
        "termbank/scheme_then.html", scheme=then.scheme, day=day, page=page, rows=page.rows, today=clock.today(),
        withdrawn=then.withdrawn, downloads=offers_then(then.scheme, then.losses, day) if then.rows else [],
        language=language,
    )  # fmt: skip


@blueprint.route("/system/nytt", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def create_scheme() -> Answer:
    """A new scheme."""
    return _scheme_form(None)


@blueprint.route("/system/<slug>/andra", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def edit_scheme(slug: str) -> Answer:
    """The open draft of a scheme, or a new version of the one in force."""
    item = items.item_by_slug(db.session, SCHEME, slug)
    if item is None:
        raise NotFound("scheme")
    current_actor().require(Role.TERMINOLOGIST, organisation_id=item.organisation_id, is_known=True)
    return _scheme_form(item)


def _scheme_form(item: Item | None) -> Answer:
    actor = current_actor()
    base = drafts.base_of(item) if item else None
    form = SchemeForm(data=scheme_data(published_schemes.scheme_of(base)) if base else {"languages": "sv en"})
    status, start = 200, drafts.start_of(base)
    if form.validate_on_submit():
        try:
            with transaction() as session:
                kept = session.get(Item, item.id) if item else None
                version = services.draft_scheme(
                    session, actor, clock.now(), item=kept, scheme=form.scheme(),
                    organisation_id=kept.organisation_id if kept else stewardship(actor), reason=form.reason.data or "",
                    start=drafts.start(),
                )  # fmt: skip
                identifier = version.id
            flash(_("The draft is kept. Read it through, then send it to review."), "ok")
            return redirect(url_for("items.review", version_id=identifier))
        except Refused as refusal:
            form.form_errors.append(readable(refusal.finding).in_full)
            start = drafts.after(refusal, start, item, form.scheme().as_content())
        except Invalid as invalid:
            form.form_errors += [readable(finding).title for finding in invalid.findings]
        status = 409
    elif request.method == "POST":
        status = 422
    is_published = item is not None and items.standing_version(db.session, item) is not None
    page = render_template(
        "termbank/scheme_form.html", form=form, item=item, base=base, start=start, is_published=is_published
    )
    return (page, status) if status != 200 else page
