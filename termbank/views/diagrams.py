"""Concept diagrams: around a concept, and of a scheme from its top; each with a list that says the same, and as an SVG file."""

from flask import current_app, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from registry import clock
from registry.db import db
from registry.errors import NotFound
from registry.i18n import current_language, show_date
from registry.paging import Page
from registry.web.downloads import file_answer
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from termbank.bank.addresses import address_name
from termbank.bank.queries import published_schemes
from termbank.bank.tables import TermRow
from termbank.concepts.schemes import Scheme
from termbank.diagrams import drawn_concepts
from termbank.diagrams.drawing import draw, draw_file
from termbank.diagrams.drawn_concepts import DEEPEST, DrawnConcepts
from termbank.presentation import diagrams
from termbank.presentation.diagrams import steps_asked_for
from termbank.presentation.texts import concept_url
from termbank.views.addresses import ConceptAt, versions_at
from termbank.views.blueprint import blueprint

STEPS, LEVELS = 2, 2
"""How far a diagram goes where the address does not say."""
SVG = "image/svg+xml"


@blueprint.get("/begrepp/<slug>/diagram")
@access.public
def concept_diagram(slug: str) -> str:
    """The concepts around one, so many steps (``djup``) away."""
    language = current_language()
    at, name, found = _around(slug)
    diagram = diagrams.surrounding(found, language, at.item.slug)
    title = _("Concept diagram: %(term)s", term=name)
    return render_template(
        "termbank/diagram.html", heading=title, back=(name, concept_url(at.item.slug)), page=None,
        drawing=draw(diagram, diagrams.words(title), id="begreppsdiagram"), remarks=diagrams.remarks(diagram, found.is_cut),
        rows=diagrams.told(diagram, found.concepts, language, concept_url, _diagram_url), steps=_steps(), deepest=DEEPEST,
        address=url_for("termbank.concept_diagram", slug=slug), is_scheme=False,
        file_url=url_for("termbank.concept_diagram_file", slug=address_name(at.number, found.concepts[at.item.slug]), djup=_steps()),
    )  # fmt: skip


@blueprint.get("/begrepp/<slug>/diagram.svg")
@access.public
def concept_diagram_file(slug: str) -> Response:
    """The same as a file that stands alone."""
    at, name, found = _around(slug)
    diagram = diagrams.surrounding(found, current_language(), at.item.slug, _whole_url)
    scheme = published_schemes.scheme_named(db.session, found.concepts[at.item.slug].scheme.key)
    own = url_for("termbank.concept_diagram", slug=address_name(at.number, found.concepts[at.item.slug]))
    said = diagrams.words(
        _("Concept diagram: %(term)s", term=name), _source(scheme, own, diagrams.remarks(diagram, found.is_cut))
    )
    return file_answer(draw_file(diagram, said).encode(), SVG, f"{at.number}.svg")


@blueprint.get("/system/<slug>/diagram")
@access.public
def scheme_diagram(slug: str) -> str:
    """A scheme from its top, so many levels (``djup``) down; the concepts at the top in pages."""
    language, scheme = current_language(), _scheme(slug)
    tops, found = _of_scheme(scheme)
    diagram = diagrams.surrounding(found, language)
    title = _("Concept diagram: %(term)s", term=scheme.title.in_language(language))
    return render_template(
        "termbank/diagram.html", heading=title, back=(scheme.title.in_language(language), url_for("termbank.scheme", slug=slug)), page=tops,
        drawing=draw(diagram, diagrams.words(title), id="begreppsdiagram") if diagram.nodes else None,
        remarks=diagrams.remarks(diagram, found.is_cut), rows=diagrams.told(diagram, found.concepts, language, concept_url, _diagram_url),
        steps=_steps(), deepest=DEEPEST, address=url_for("termbank.scheme_diagram", slug=slug), is_scheme=True,
        file_url=url_for("termbank.scheme_diagram_file", slug=slug, djup=_steps(), sida=tops.number),
    )  # fmt: skip


@blueprint.get("/system/<slug>/diagram.svg")
@access.public
def scheme_diagram_file(slug: str) -> Response:
    """The same as a file that stands alone."""
    scheme = _scheme(slug)
    tops, found = _of_scheme(scheme)
    if not found.concepts:
        raise NotFound("scheme")
    diagram = diagrams.surrounding(found, current_language(), "", _whole_url)
    told = diagrams.remarks(diagram, found.is_cut)
    if tops.pages > 1:
        told.append(_("Page %(number)s of %(pages)s.", number=tops.number, pages=tops.pages))
    title = _("Concept diagram: %(term)s", term=scheme.title.in_language(current_language()))
    said = diagrams.words(title, _source(scheme, url_for("termbank.scheme_diagram", slug=slug), told))
    return file_answer(draw_file(diagram, said).encode(), SVG, f"{slug}.svg")


def _around(slug: str) -> tuple[ConceptAt, str, DrawnConcepts]:
    """A concept of which something is published, what it is called, and what is around it. Raises ``NotFound``."""
    session, language = db.session, current_language()
    at, _versions = versions_at(session, current_actor(), slug)
    found = drawn_concepts.around(session, at.item, _steps(), language)
    if at.item.slug not in found.concepts:
        raise NotFound("concept")
    return at, found.concepts[at.item.slug].title.in_language(language), found


def _scheme(slug: str) -> Scheme:
    scheme = published_schemes.scheme_named(db.session, slug)
    if scheme is None:
        raise NotFound("scheme")
    return scheme


def _of_scheme(scheme: Scheme) -> tuple[Page[TermRow], DrawnConcepts]:
    return drawn_concepts.of_scheme(db.session, current_actor(), scheme, _steps(), current_language(), page_asked_for())


def _steps() -> int:
    return steps_asked_for(request.args.get("djup"), STEPS)


def _diagram_url(slug: str) -> str:
    return url_for("termbank.concept_diagram", slug=slug)


def _whole_url(slug: str) -> str:
    return whole(concept_url(slug))


def whole(address: str) -> str:
    """An address of this instance as it stands in a file."""
    return f"{str(current_app.config['BASE_ADDRESS']).rstrip('/')}{address}"


def _source(scheme: Scheme | None, address: str, told: list[str]) -> list[str]:
    """What stands at the foot of a file: remarks, where it comes from, and when it was drawn."""
    title = scheme.title.in_language(current_language()) if scheme else _("Term bank")
    return [
        *told,
        _("Source: %(source)s, %(address)s", source=title, address=whole(address)),
        drawn_today(),
    ]


def drawn_today() -> str:
    """When a file was drawn, in words."""
    return str(_("Drawn %(day)s.", day=show_date(clock.today())))
