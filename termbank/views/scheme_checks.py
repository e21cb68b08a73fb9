"""The check of a whole scheme: asked for by whoever writes it, and shown with its date and everything that it found."""

from flask import current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from registry import clock
from registry.actors import Role
from registry.db import db, transaction
from registry.errors import NotFound
from registry.items import queries as items
from registry.items.tables import Item
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable
from termbank.bank.queries import published_schemes
from termbank.concepts.schemes import Scheme
from termbank.exchange.names import Names
from termbank.notions import SCHEME
from termbank.presentation import vocabulary_checks as presentation
from termbank.scheme_checks import checking
from termbank.views.blueprint import blueprint

CHECK = "kontroll"
"""The parameter of an address that says what which check found is listed."""


@blueprint.get("/system/<slug>/kontroll/")
@access.roles(Role.TERMINOLOGIST)
def scheme_check(slug: str) -> str:
    """The last check of the scheme: how far it is, what each check came to, and in pages what one of them found."""
    session = db.session
    scheme, item = _own(slug)
    check = checking.check_of(session, item)
    job = checking.working(session, check) if check else None
    found = [(str(code), int(number)) for code, number in (check.found if check else None) or ()]
    rows = presentation.outcome_rows(found, lambda code: url_for("termbank.scheme_check", slug=slug, kontroll=code))
    names = Names(str(current_app.config["BASE_ADDRESS"]))

    def address(iri: str) -> str:
        beginning = str(names.concept("", scheme.base))
        identifier = iri.removeprefix(beginning)
        return url_for("termbank.identified", kind="concept", identifier=identifier) if identifier != iri else ""

    asked = request.args.get(CHECK, "")
    chosen = next((one for one in rows if one.code == asked and one.number), None)
    page = checking.page_of_check(session, check, chosen.code, page_asked_for()) if check and chosen else None
    broken = checking.broken_off(session, check) if check else None
    return render_template(
        "termbank/scheme_check.html", scheme=scheme, slug=slug, check=check, rows=rows, chosen=chosen,
        page=page.of(lambda row: presentation.found_row(row.finding, address)) if page else None, counts=presentation.counted(check.counts if check else None),
        broken=readable(broken) if broken else None, stages=presentation.work_stages(job.progress) if job else [],
        not_run=presentation.not_run(), here=url_for("termbank.scheme_check", slug=slug),
    )  # fmt: skip


@blueprint.post("/system/<slug>/kontroll/")
@access.roles(Role.TERMINOLOGIST)
def check_scheme(slug: str) -> Response:
    """Have the whole scheme checked."""
    _scheme, item = _own(slug)
    with transaction(bookkeeping=True) as session:
        checking.ask(session, current_actor(), clock.now(), session.get_one(Item, item.id))
    return redirect(url_for("termbank.scheme_check", slug=slug))


def _own(slug: str) -> tuple[Scheme, Item]:
    """A published scheme, for one of its terminologists. Raises `NotFound` and `Forbidden`."""
    item, scheme = items.item_by_slug(db.session, SCHEME, slug), published_schemes.scheme_named(db.session, slug)
    if item is None or scheme is None:
        raise NotFound("scheme")
    current_actor().require(Role.TERMINOLOGIST, organisation_id=item.organisation_id, is_known=True)
    return scheme, item
