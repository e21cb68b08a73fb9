"""Editions of other vocabularies: the list, each edition with its concepts, a concept of it, and what a newer one changed."""

from collections.abc import Iterator

from flask import flash, redirect, render_template, request, url_for
from flask import stream_with_context as streamed
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from registry import clock, storage
from registry.actors import Role
from registry.db import db, end_reading, transaction
from registry.errors import Invalid, NotFound, Refused
from registry.i18n import current_language, show_date
from registry.items import queries as items
from registry.items.tables import Version
from registry.paging import Page, page_of_sequence
from registry.web.downloads import file_answer
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable
from termbank import services as bank_services
from termbank.bank.queries import published_schemes, term_banks
from termbank.diagrams import drawn_resources
from termbank.diagrams.drawing import draw
from termbank.editions import comparing, content, queries, searching
from termbank.editions.adopting import adopt
from termbank.editions.comparing import Difference
from termbank.editions.rows import CONCEPT
from termbank.editions.tables import EditionResource
from termbank.editions.writing import triples_of
from termbank.finding_texts.all import FINDINGS
from termbank.forms.editions import AdoptForm
from termbank.notions import EDITION
from termbank.presentation import edition_diagrams
from termbank.presentation import editions as presentation
from termbank.presentation.diagrams import words
from termbank.presentation.editions import Named, ShownEdition
from termbank.views.blueprint import blueprint
from termbank.views.writing import stewardship

Answer = Response | str | tuple[str, int]
VIEWS = ("begrepp", "toppar", "samlingar")


@blueprint.get("/utgavor/")
@access.public
def editions() -> str:
    """The editions in force; those that are worked on, and files that were sent in, for those who write them."""
    session, actor, language = db.session, current_actor(), current_language()
    may_write = actor.has_role(Role.TERMINOLOGIST)
    page = queries.published(session, page_asked_for()).of(
        lambda one: (one, content.read(one.content), content.title(one.content))
    )
    return render_template(
        "termbank/editions.html", page=page, language=language, may_write=may_write,
        drafts=queries.being_worked_on(session, actor).of(lambda one: (one, content.title(one.content))) if may_write else None,
        files=queries.sent_in(session, actor).of(lambda one: presentation.file_row(session, one, language)) if may_write else None,
    )  # fmt: skip


@blueprint.get("/utgavor/<slug>/")
@access.public
def edition(slug: str) -> str:
    """An edition as it is in force, or as it is being decided on, with its concepts."""
    return _edition_page(slug, None)


@blueprint.get("/utgavor/<slug>/version/<int:number>/")
@access.public
def edition_version(slug: str, number: int) -> str:
    """One version of an edition, with its concepts."""
    return _edition_page(slug, number)


@blueprint.get("/utgavor/<slug>/begrepp")
@access.public
def edition_concept(slug: str) -> Response:
    """Where the concept with an IRI (``?iri=``) is in the edition that is in force: an address that outlives editions."""
    version, _versions = _version(slug, None)
    iri = request.args.get("iri", "")
    return redirect(url_for("termbank.edition_resource", slug=slug, number=version.number, iri=iri))


@blueprint.get("/utgavor/<slug>/version/<int:number>/begrepp")
@access.public
def edition_resource(slug: str, number: int) -> str:
    """A concept, collection or scheme of an edition; with ``relation``, all others that it leads to in one way."""
    session = db.session
    shown, _versions = shown_edition(slug, number)
    one = queries.resource(session, shown.file, request.args.get("iri", ""))
    name, spoken = presentation.name_of(one, shown.language)
    group = request.args.get("relation", "")
    if group in queries.GROUPS:
        page = queries.others(session, one, group, shown.language, page_asked_for(), presentation.SHOWN)
        return render_template(
            "termbank/edition_relation.html", shown=shown, one=shown.named(one), page=page.of(shown.named),
            label=presentation.GROUP_TEXTS[group].in_language(shown.language),
        )  # fmt: skip
    labels, said = presentation.texts(session, shown, one)
    was = _before(shown, one)
    reworded, number_left = presentation.rewordings(session, shown, one, was[1]) if was else ([], 0)
    return render_template(
        "termbank/edition_concept.html", shown=shown, one=one, name=name, spoken=spoken, labels=labels, said=said,
        kind=presentation.RESOURCE_TEXTS[one.kind].in_language(shown.language),
        drawing=_drawing(shown, one) if one.kind == CONCEPT else None,
        diagram_url=shown.address("edition_diagram", iri=one.iri),
        groups=presentation.groups(session, shown, one), statements=presentation.statements(session, one),
        adopted=_adopted(one), may_adopt=one.kind == CONCEPT and current_actor().has_role(Role.TERMINOLOGIST),
        before=_address_before(was), reworded=reworded, number_left=number_left,
    )  # fmt: skip


@blueprint.get("/utgavor/<slug>/version/<int:number>/skillnader")
@access.public
def edition_differences(slug: str, number: int) -> str:
    """The concepts that are new, changed or gone since the edition before."""
    session = db.session
    shown, versions = shown_edition(slug, number)
    earlier = queries.before(versions, shown.version)
    file = queries.file_of(session, earlier) if earlier else None
    asked = request.args.get("visa", "")
    if earlier is None or file is None:
        raise NotFound("edition")
    chosen = Difference(asked) if asked in list(Difference) else Difference.NEW
    page = comparing.page(session, file, shown.file, chosen, shown.language, page_asked_for())
    was = ShownEdition(earlier, content.read(earlier.content), file, shown.language)
    return render_template(
        "termbank/edition_differences.html", shown=shown, was=was, chosen=chosen.value,
        page=page.of(was.named if chosen is Difference.GONE else shown.named),
        differences=presentation.differences(session, shown, file),
    )  # fmt: skip


@blueprint.get("/utgavor/<slug>/version/<int:number>/fil")
@access.public
def edition_source(slug: str, number: int) -> Response:
    """The file as it was sent in."""
    shown, _versions = shown_edition(slug, number)
    data = storage.read(db.session, shown.file.object_key)
    return file_answer(data, "application/octet-stream", _ascii(shown.file.name))


@blueprint.get("/utgavor/<slug>/version/<int:number>/tripler.nt")
@access.public
def edition_triples(slug: str, number: int) -> Response:
    """Every triple that is kept of the file."""
    shown, _versions = shown_edition(slug, number)

    def pieces() -> Iterator[bytes]:
        for piece in triples_of(db.session, shown.file):
            end_reading(db.session)
            yield piece.encode()

    answer = Response(streamed(pieces()), mimetype="application/n-triples")
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}-{number}.nt"'
    return answer


@blueprint.route("/utgavor/<slug>/version/<int:number>/ta-over", methods=["GET", "POST"])
@access.roles(Role.TERMINOLOGIST)
def adopt_concept(slug: str, number: int) -> Answer:
    """Make a draft of ours of a concept of an edition: with an exact mapping to it, and everything that it says."""
    actor, language = current_actor(), current_language()
    shown, _versions = shown_edition(slug, number)
    one = queries.resource(db.session, shown.file, request.args.get("iri", ""))
    if one.kind != CONCEPT:
        raise NotFound("concept")
    form = AdoptForm()
    form.scheme.choices = [
        (scheme.slug, scheme.title.in_language(language)) for scheme in published_schemes.schemes(db.session)
    ]
    status = 200
    if form.validate_on_submit():
        made = adopt(presentation.mirrored(db.session, one), shown.edition, form.scheme.data)
        name, number_left = presentation.name_of(one, language)[0], made.left
        try:
            with transaction() as session:
                version = bank_services.draft_concept(
                    session, actor, clock.now(), item=None, concept=made.concept, organisation_id=stewardship(actor),
                    reason=_("Taken over from %(edition)s.", edition=shown.title.in_language(language)),
                )  # fmt: skip
                identifier = version.id
            if number_left:
                told = readable(FINDINGS.found("EDITION-015", {"number": number_left, "concept": name}))
                flash(told.body, "info")
            flash(_("The draft is kept. Read it through, then send it to review."), "ok")
            return redirect(url_for("items.review", version_id=identifier))
        except Refused as refusal:
            form.form_errors.append(readable(refusal.finding).in_full)
        except Invalid as invalid:
            form.form_errors += [readable(finding).title for finding in invalid.findings]
        status = 409
    elif request.method == "POST":
        status = 422
    page = render_template(
        "termbank/edition_adopt.html", shown=shown, form=form, one=shown.named(one), adopted=_adopted(one)
    )
    return (page, status) if status != 200 else page


def _edition_page(slug: str, number: int | None) -> str:
    session, actor, language = db.session, current_actor(), current_language()
    version, versions = _version(slug, number)
    edition = content.read(version.content)
    file = queries.file_of(session, version)
    shown = ShownEdition(version, edition, file, language) if file else None
    query, view = request.args.get("q", "").strip()[:200], request.args.get("visa", "")
    view = view if view in VIEWS else VIEWS[0]
    earlier = queries.before(versions, version)
    was = queries.file_of(session, earlier) if earlier and file else None
    page = _rows(shown, query, view) if shown else None
    return render_template(
        "termbank/edition.html", item=version.item, version=version, versions=versions, edition=edition, shown=shown,
        title_text=content.title(version.content), query=query, view=view, language=language,
        page=page, most=searching.MOST, meant=_meant(shown, query) if shown and query and page and not page.total else [],
        counts=presentation.counted(edition.file.counts, language), file=file, published=show_date(version.published_at),
        differences=presentation.differences(session, shown, was) if shown and was else [],
        has_collections=bool(file and (file.counts or {}).get("collections")),
        has_hierarchy=bool(file and 0 < (file.counts or {}).get("tops", 0) < (file.counts or {}).get("concepts", 0)),
        open_version=next((one for one in versions if not one.published_at and one.ended_at is None), None),
        may_write=actor.has_role(Role.TERMINOLOGIST, organisation_id=version.organisation_id),
    )  # fmt: skip


def _rows(shown: ShownEdition, query: str, view: str) -> Page[Named]:
    session, number = db.session, page_asked_for()
    if query:
        found = page_of_sequence(searching.find(session, [shown.file.id], query, shown.language), number)
        hits = searching.labelled(session, found.rows, query, shown.language)
        return Page(hits, found.number, found.total).of(presentation.hit_row(shown))
    if view == "toppar":
        return queries.tops(session, shown.file, shown.language, number).of(shown.named)
    kinds = queries.COLLECTIONS if view == "samlingar" else (CONCEPT,)
    return queries.listed(session, shown.file, kinds, shown.language, number).of(shown.named)


def _meant(shown: ShownEdition, query: str) -> list[Named]:
    """What was probably meant by a query that finds nothing."""
    return [shown.named(one) for one in searching.meant(db.session, [shown.file.id], query, shown.language)]


def _version(slug: str, number: int | None) -> tuple[Version, list[Version]]:
    """The version of an edition that is asked for, or the foremost, and all that the reader may see of it."""
    item = items.item_by_slug(db.session, EDITION, slug)
    versions = items.versions_of(db.session, item, current_actor()) if item else []
    if not versions:
        raise NotFound("edition")
    if number is None:
        return items.foremost(versions), versions
    version = next((one for one in versions if one.number == number), None)
    if version is None:
        raise NotFound("version")
    return version, versions


def shown_edition(slug: str, number: int) -> tuple[ShownEdition, list[Version]]:
    """The same with its rows. Raises ``NotFound`` where they are gone."""
    version, versions = _version(slug, number)
    file = queries.file_of(db.session, version)
    if file is None:
        raise NotFound("file")
    return ShownEdition(version, content.read(version.content), file, current_language()), versions


def _drawing(shown: ShownEdition, one: EditionResource) -> Markup | None:
    """A concept with those that its relations lead to, as a diagram; ``None`` where there are none."""
    found = drawn_resources.around(db.session, one, 1, shown.language, presentation.SHOWN)
    figure = edition_diagrams.diagram(shown, found, one, lambda other: shown.address("edition_resource", iri=other.iri))
    title = _("Concept diagram: %(term)s", term=presentation.name_of(one, shown.language)[0])
    return draw(figure, words(title), id="begreppsdiagram") if figure.edges else None


def _adopted(one: EditionResource) -> list[tuple[str, str]]:
    """Our own concepts that are mapped exactly to this one, drafts too: what they are called, and where they are."""
    found = queries.adopted_as(db.session, current_actor(), one.iri)
    return [
        (
            term_banks.concept_of(version).title.in_language(current_language()),
            url_for("termbank.concept", slug=version.item.slug)
            if version.published_at
            else url_for("items.review", version_id=version.id),
        )
        for version in found
    ]


def _before(shown: ShownEdition, one: EditionResource) -> tuple[Version, EditionResource] | None:
    """The same concept in the edition before, if it is there."""
    versions = items.versions_of(db.session, shown.version.item, current_actor())
    earlier = queries.before(versions, shown.version)
    file = queries.file_of(db.session, earlier) if earlier else None
    if earlier is None or file is None:
        return None
    try:
        return earlier, queries.resource(db.session, file, one.iri)
    except NotFound:
        return None


def _address_before(was: tuple[Version, EditionResource] | None) -> str:
    if was is None:
        return ""
    version, one = was
    return url_for("termbank.edition_resource", slug=version.item.slug, number=version.number, iri=one.iri)


def _ascii(name: str) -> str:
    """A file's name as a header may carry it."""
    return "".join(one if one.isascii() and (one.isalnum() or one in "._-") else "_" for one in name) or "file"
