"""Information models and code lists as resources for machines, and the JSON Schema that a delivery conforms to."""

from flask import Response

from information_models import definitions, queries
from information_models.formats import delivery_schema, json_schema
from information_models.kinds import CODE_LIST, MODEL
from registry.api.items import add_items, published_version
from registry.api.principals import Anyone
from registry.api.resources import Resources
from registry.db import db
from registry.errors import Invalid
from registry.findings import Text

MEDIA_TYPE = "application/schema+json"
_HEAD = {
    "number": 1,
    "state": "published",
    "valid_from": "2026-01-01",
    "valid_to": None,
    "published_at": "2026-01-01T08:00:00Z",
    "content_hash": "0" * 64,
}

models = Resources(
    "models",
    __name__,
    description=Text(
        "Informationsmodeller: vad en leverans innehåller.", "Information models: what a delivery has in it."
    ),
)
code_lists = Resources(
    "code-lists",
    __name__,
    description=Text("Kodverk: vilka värden ett element kan ha.", "Code lists: which values an element may have."),
)
add_items(
    models,
    "/models",
    MODEL,
    one="model",
    several="models",
    example={
        **_HEAD,
        "id": "faststallda-vardplatser-per-sjukhus",
        "title": {"sv": "Fastställda vårdplatser per sjukhus", "en": "Established beds per hospital"},
        "content": {"content_schema": "model/1", "slug": "faststallda-vardplatser-per-sjukhus", "elements": []},
    },
)
add_items(
    code_lists,
    "/code-lists",
    CODE_LIST,
    one="code list",
    several="code lists",
    example={
        **_HEAD,
        "id": "vardformer",
        "title": {"sv": "Vårdformer", "en": "Care forms"},
        "content": {"content_schema": "code_list/1", "slug": "vardformer", "codes": []},
    },
)


@models.get("/models/<slug>/versions/<int:number>/schema", needs=Anyone.PUBLIC)
@models.response(
    200,
    {"type": "object", "additionalProperties": True},
    content_type=MEDIA_TYPE,
    description="The schema (JSON Schema 2020-12) of a delivery: an array of records.",
    example={"$schema": json_schema.DIALECT, "type": "array", "items": {"$ref": "#/$defs/record"}},
)
def show_model_schema(slug: str, number: int) -> Response:
    """The JSON Schema of a version of a model.

    JSON that conforms to it is a delivery. Codes have their names as `title`, and `examples` has a delivery that conforms. The same version gives the same bytes, whatever has been published since.
    """
    version = published_version(MODEL, slug, number)
    if findings := definitions.problems(version.content):
        raise Invalid(findings)
    [loaded] = queries.load_versions(db.session, [version])
    return Response(delivery_schema.write(loaded), content_type=MEDIA_TYPE)
