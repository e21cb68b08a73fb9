"""Models for machines and for filling in: the formats, and the content itself."""

import json
from dataclasses import replace

from flask import Response

from information_models import definitions, queries
from information_models.formats.all import FORMATS, stem
from information_models.kinds import CODE_LIST, MEASURE, MODEL
from information_models.views.blueprint import blueprint
from registry.db import db
from registry.errors import Invalid, NotFound
from registry.formats import format_named
from registry.items import queries as items
from registry.items.tables import Version
from registry.web.downloads import file_answer, options_asked_for
from registry.web.guards import access, current_actor


@blueprint.get("/<slug>/version/<int:number>/<format_name>")
@access.public
def download(slug: str, number: int, format_name: str) -> Response:
    """A version of a model in one of the formats. The same version gives the same bytes.

    It is in the reader's language, and for one region where ``region`` names one of the model's, if the format takes it.
    """
    chosen = format_named(FORMATS, format_name)
    if chosen is None:
        raise NotFound("format")
    version = _version(MODEL, slug, number)
    if findings := definitions.problems(version.content):
        raise Invalid(findings)
    [loaded] = queries.load_versions(db.session, [version])
    options = options_asked_for()
    if options.region not in set(loaded.regions.values()):
        options = replace(options, region=None)
    return file_answer(chosen.content(loaded, options), chosen.media_type, chosen.file_name(stem(loaded)))


@blueprint.get("/<slug>/version/<int:number>/innehall.json")
@access.public
def model_content(slug: str, number: int) -> Response:
    """The content of a version as it is kept: what a modeller changes and uploads."""
    return _content(MODEL, slug, number)


@blueprint.get("/kodlistor/<slug>/version/<int:number>/innehall.json")
@access.public
def code_list_content(slug: str, number: int) -> Response:
    return _content(CODE_LIST, slug, number)


@blueprint.get("/matt/<slug>/version/<int:number>/innehall.json")
@access.public
def measure_content(slug: str, number: int) -> Response:
    return _content(MEASURE, slug, number)


def _version(kind: str, slug: str, number: int) -> Version:
    item = items.item_by_slug(db.session, kind, slug)
    if item is None:
        raise NotFound(kind)
    return items.version_numbered(db.session, current_actor(), item, number)


def _content(kind: str, slug: str, number: int) -> Response:
    version = _version(kind, slug, number)
    text = json.dumps(version.content, ensure_ascii=False, indent=2) + "\n"
    return file_answer(text.encode(), "application/json", f"{slug}-{version.number}.json")
