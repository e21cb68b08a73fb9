"""The term bank for machines: SKOS files, and what the identifiers in them lead to."""

from collections.abc import Hashable

from flask import current_app, redirect, request, url_for
from flask import render_template as render
from werkzeug.wrappers import Response as AnyResponse

from registry.db import db
from registry.errors import NotFound
from registry.formats import DEFAULTS, Format, Option, Options
from registry.i18n import current_language
from registry.items import queries as items
from registry.items.tables import Item
from registry.web.downloads import file_answer
from registry.web.guards import access, current_actor
from termbank import past, queries
from termbank.formats import FORMATS
from termbank.notions import APPLICATION, CONCEPT
from termbank.skos import Names, SchemeExport
from termbank.views.addresses import concept_at, day_gone_by
from termbank.views.blueprint import blueprint
from termbank.vocabulary import VOCABULARY

KEPT = 128
_written: dict[Hashable, bytes] = {}
"""Files that were written before, by everything that they are made of: the same versions give the same bytes."""


@blueprint.get("/<scheme>.<extension>")
@access.public
def download_scheme(scheme: str, extension: str) -> AnyResponse:
    """A whole scheme, its concepts and the statements on them; with ``den`` (as 2026-03-01) as it was when that day was over."""
    scheme, extension = _parted(scheme, extension)
    if "den" in request.args:
        return _scheme_then(scheme, extension, request.args["den"])
    bank = queries.term_bank(db.session, scheme)
    chosen = bank.scheme_named(scheme)
    if chosen is None:
        raise NotFound("scheme")
    source = queries.export_of(
        bank, queries.statements(db.session), chosen, _base(), withdrawn=queries.gone(db.session)
    )
    return _file(source, extension, scheme)


def _scheme_then(scheme: str, extension: str, written: str) -> AnyResponse:
    chosen = queries.scheme_named(db.session, scheme)
    if chosen is None:
        raise NotFound("scheme")
    day = day_gone_by(written)
    then = past.scheme_on(db.session, scheme, day)
    source = queries.export_of(then.bank, then.stated, chosen, _base(), withdrawn=then.withdrawn)
    return _file(source, extension, f"{scheme}-{day.isoformat()}")


@blueprint.get("/begrepp/<slug>.<extension>")
@access.public
def download_concept(slug: str, extension: str) -> AnyResponse:
    """One concept in force, with the statements on it. Its relations stay; what they lead to is in the scheme's file.

    One that was withdrawn is written as it was last, and says so.
    """
    slug, extension = _parted(slug, extension)
    bank = queries.term_bank(db.session)
    slug = concept_at(db.session, slug).item.slug
    withdrawn = queries.gone(db.session, [slug]) if slug not in bank.concepts else []
    found = bank.concepts.get(slug) or next((one.concept for one in withdrawn), None)
    if found is None:
        raise NotFound("concept")
    scheme = bank.scheme_named(found.scheme.key)
    if scheme is None:
        raise NotFound("scheme")
    source = queries.export_of(bank, queries.statements(db.session, slug), scheme, _base(), slug, withdrawn)
    return _file(source, extension, slug)


@blueprint.get("/id/<any(concept, application):kind>/<identifier>")
@access.public
def identified(kind: str, identifier: str) -> AnyResponse:
    """Where an identifier in an export leads: the page for people, the file for who asks for triples."""
    item = items.item_by_id(db.session, identifier)
    if item is None or item.kind != kind or not items.versions_of(db.session, item, current_actor()):
        raise NotFound(kind)
    if kind == APPLICATION:
        return redirect(url_for("termbank.application", slug=item.slug), 303)
    return redirect(_wanted(item), 303)


@blueprint.get("/id/version/<content_hash>")
@access.public
def identified_version(content_hash: str) -> AnyResponse:
    """Where a version's identifier leads."""
    version = items.version_by_hash(db.session, content_hash)
    if version is None or version.item.kind not in (CONCEPT, APPLICATION):
        raise NotFound("version")
    if not any(one.id == version.id for one in items.versions_of(db.session, version.item, current_actor())):
        raise NotFound("version")
    if version.item.kind == CONCEPT:
        return redirect(url_for("termbank.concept_version", slug=version.item.slug, number=version.number), 303)
    return redirect(url_for("termbank.application", slug=version.item.slug, version=version.number), 303)


@blueprint.get("/id/scheme/<slug>")
@access.public
def identified_scheme(slug: str) -> AnyResponse:
    """Where a scheme's identifier leads."""
    if queries.scheme_named(db.session, slug) is None:
        raise NotFound("scheme")
    wanted = _wanted_format()
    if wanted:
        return redirect(url_for("termbank.download_scheme", scheme=slug, extension=wanted.extension), 303)
    return redirect(url_for("termbank.scheme", slug=slug), 303)


@blueprint.get("/ns")
@access.public
def vocabulary() -> str:
    """The few classes and properties that the exports use besides SKOS."""
    names = Names(_base())
    return render(
        "termbank/vocabulary.html", terms=VOCABULARY, namespace=str(names.vocabulary), language=current_language()
    )


def _parted(key: str, extension: str) -> tuple[str, str]:
    """A key, which has no dot, and an extension, which may have some."""
    key, _, rest = f"{key}.{extension}".partition(".")
    return key, rest


def _base() -> str:
    return str(current_app.config["BASE_ADDRESS"])


def _file(source: SchemeExport, extension: str, name: str) -> AnyResponse:
    chosen = next((one for one in FORMATS if one.extension == extension), None)
    if chosen is None:
        raise NotFound("format")
    options = Options(current_language()) if Option.LANGUAGE in chosen.takes else DEFAULTS
    key = (source.key, name, extension, options)
    data = _written.get(key)
    if data is None:
        data = chosen.content(source, options)
        if len(_written) >= KEPT:
            _written.pop(next(iter(_written)), None)
        _written[key] = data
    return file_answer(data, chosen.media_type, chosen.file_name(name))


def _wanted(item: Item) -> str:
    wanted = _wanted_format()
    if wanted and (items.current(db.session, item) is not None or queries.gone(db.session, [item.slug])):
        return url_for("termbank.download_concept", slug=item.slug, extension=wanted.extension)
    return url_for("termbank.concept", slug=item.slug)


def _wanted_format() -> Format[SchemeExport] | None:
    """The triples' format that the reader asks for rather than a page."""
    names = [one.media_type for one in FORMATS]
    best = request.accept_mimetypes.best_match(["text/html", *names], default="text/html")
    return next((one for one in FORMATS if one.media_type == best), None)
