"""Models for machines and for filling in: the formats, and the content itself."""

import json

from flask import Response, request

from information_models import definitions, queries
from information_models.formats.all import format_named
from information_models.kinds import CODE_LIST, MEASURE, MODEL
from information_models.views.blueprint import blueprint
from registry.db import db
from registry.errors import Invalid, NotFound
from registry.i18n import current_language
from registry.items import queries as items
from registry.items.tables import Version
from registry.web.guards import access, current_actor


@blueprint.get("/<slug>/version/<int:number>/<format_name>")
@access.public
def download(slug: str, number: int, format_name: str) -> Response:
    """A version of a model in one of the formats. The same version gives the same bytes.

    The Excel template is in the reader's language, and for one region where ``region`` names it.
    """
    chosen = format_named(format_name)
    if chosen is None:
        raise NotFound("format")
    version = _version(MODEL, slug, number)
    if findings := definitions.problems(version.content):
        raise Invalid(findings)
    [loaded] = queries.load_versions(db.session, [version])
    if chosen.name == "xlsx-template":
        from information_models.formats import workbook  # and with it a library that only this format needs

        region = request.args.get("region")
        data = workbook.write(
            loaded, language=current_language(), region=region if region in set(loaded.regions.values()) else None
        )
        return _file(data, chosen.media_type, chosen.file_name(loaded))
    return _file(chosen.write(loaded), chosen.media_type, chosen.file_name(loaded))


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
    return _file(text.encode(), "application/json", f"{slug}-{version.number}.json")


def _file(data: bytes, media_type: str, name: str) -> Response:
    answer = Response(data, mimetype=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
