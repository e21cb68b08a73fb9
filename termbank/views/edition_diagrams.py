"""Concept diagrams of editions: around a concept, as a page with a list that says the same, and as an SVG file."""

from flask import render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from registry.db import db
from registry.errors import NotFound
from registry.web.downloads import file_answer
from registry.web.guards import access
from termbank.diagrams import drawn_resources
from termbank.diagrams.drawing import draw, draw_file
from termbank.diagrams.drawn_concepts import DEEPEST
from termbank.diagrams.drawn_resources import DrawnResources
from termbank.editions import queries
from termbank.editions.rows import CONCEPT
from termbank.editions.tables import EditionResource
from termbank.presentation import diagrams, edition_diagrams
from termbank.presentation.diagrams import steps_asked_for
from termbank.presentation.editions import ShownEdition, name_of
from termbank.views.blueprint import blueprint
from termbank.views.diagrams import SVG, drawn_today, whole
from termbank.views.editions import shown_edition

STEPS = 2
"""How far a diagram goes where the address does not say."""


@blueprint.get("/utgavor/<slug>/version/<int:number>/diagram")
@access.public
def edition_diagram(slug: str, number: int) -> str:
    """The concepts around one of an edition (``iri``), so many steps (``djup``) away."""
    shown, one, found = _around(slug, number)

    def page_of(other: EditionResource) -> str:
        return shown.address("edition_resource", iri=other.iri)

    def diagram_of(other: EditionResource) -> str:
        return shown.address("edition_diagram", iri=other.iri)

    figure = edition_diagrams.diagram(shown, found, one, page_of)
    name = name_of(one, shown.language)[0]
    title = _("Concept diagram: %(term)s", term=name)
    return render_template(
        "termbank/diagram.html", heading=title, back=(name, page_of(one)), page=None,
        drawing=draw(figure, diagrams.words(title), id="begreppsdiagram"), remarks=diagrams.remarks(figure, found.is_cut),
        rows=edition_diagrams.told(shown, found, figure, diagram_of), steps=_steps(), deepest=DEEPEST,
        address=shown.address("edition_diagram"), kept=[("iri", one.iri)], is_scheme=False,
        file_url=shown.address("edition_diagram_file", iri=one.iri, djup=_steps()),
    )  # fmt: skip


@blueprint.get("/utgavor/<slug>/version/<int:number>/diagram.svg")
@access.public
def edition_diagram_file(slug: str, number: int) -> Response:
    """The same as a file that stands alone."""
    shown, one, found = _around(slug, number)
    figure = edition_diagrams.diagram(
        shown, found, one, lambda other: whole(shown.address("edition_resource", iri=other.iri))
    )
    title = _("Concept diagram: %(term)s", term=name_of(one, shown.language)[0])
    source = _(
        "Source: %(source)s, %(address)s",
        source=", ".join(filter(None, (shown.title.in_language(shown.language), shown.edition.source, shown.edition.date))),
        address=whole(shown.address("edition_diagram", iri=one.iri)),
    )  # fmt: skip
    said = diagrams.words(title, [*diagrams.remarks(figure, found.is_cut), source, drawn_today()])
    return file_answer(draw_file(figure, said).encode(), SVG, f"{slug}-{one.number}.svg")


def _around(slug: str, number: int) -> tuple[ShownEdition, EditionResource, DrawnResources]:
    """A concept of an edition, and what is around it. Raises ``NotFound``."""
    shown, _versions = shown_edition(slug, number)
    one = queries.resource(db.session, shown.file, request.args.get("iri", ""))
    if one.kind != CONCEPT:
        raise NotFound("concept")
    return shown, one, drawn_resources.around(db.session, one, _steps(), shown.language)


def _steps() -> int:
    return steps_asked_for(request.args.get("djup"), STEPS)
