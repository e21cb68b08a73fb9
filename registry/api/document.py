"""The OpenAPI document, made from the resources themselves: what it says of an operation is what the operation does.

It is put together when it is first asked for: neither commands nor other requests wait for it.
"""

import re
from collections.abc import Mapping
from copy import deepcopy
from http import HTTPStatus
from typing import Any

import flask_smorest
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask, current_app, url_for

from registry.actors import SCOPE_LABELS, Scope
from registry.api.addresses import PREFIX, ROOT, TOKENS, VERSION
from registry.api.finding_texts import TEXTS
from registry.api.principals import Anyone
from registry.api.problems import MEDIA_TYPE
from registry.api.resources import HOUSE, Resources
from registry.api.schemas import ProblemSchema

OPENAPI = "3.1.0"
SCHEME = "client_credentials"
KEPT = "api_document"
LICENCE = {"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/en/"}
DESCRIPTION = """\
**Svenska.** Registrets gränssnitt för maskiner: begrepp, informationsmodeller, kodverk, leveranslinjer och leveranser. Det gör
samma saker som webbsidorna, med samma kontroller. En begäran som tas emot besvaras med 2xx även när kontrollen hittar fel i en
fil; problem+json betyder att ingenting togs emot. Tal med decimaler skrivs som text. Tidpunkter är RFC 3339 i UTC.

*Begränsningar:* en organisations klienter når bara organisationens egna leveranser; förklaringar och beslut görs av personer;
antalet förfrågningar per minut är begränsat och står i rubrikerna RateLimit; största innehåll är {bytes} byte.

**English.** The registry's interface for machines: concepts, information models, code lists, delivery lines and deliveries. It does
the same things as the pages, with the same checks. A request that is taken is answered with 2xx, whatever the check finds in a
file; problem+json means that nothing was taken. Numbers with decimals are texts. Moments are RFC 3339 in UTC.

*Limits and known problems:* an organisation's clients reach that organisation's deliveries only; explanations and decisions are
made by persons; the number of requests a minute is limited and said in the RateLimit headers; the largest content is {bytes} bytes.
"""
OCTETS = "application/octet-stream"
_STATUS_WORDS = {
    400: "The request cannot be read: a parameter, a header or the content.",
    401: "No access token, or one that is not valid.",
    403: "The token has not the scope, or a person has to do it.",
    404: "There is nothing at the address that the client may know of.",
    409: "A rule or another request stands in the way; nothing was changed.",
    412: "It was changed since the version that If-Match names.",
    413: "The content is too large.",
    415: "The content is of a type that is not taken.",
    422: "The content can be read but not kept.",
    428: "If-Match is missing.",
    429: "Too many requests; Retry-After says how long to wait.",
    500: "A fault of the registry.",
    503: "Too much to do; Retry-After says how long to wait.",
}


class _Document(flask_smorest.Api):
    """`flask_smorest`'s, which only writes: errors, routes and commands are the house's own."""

    ERROR_SCHEMA = ProblemSchema
    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """`registry.api.problems` answers errors."""

    def _register_doc_blueprint(self) -> None:
        """`registry.api.info` serves the document."""

    def _register_responses(self) -> None:
        for status, words in _STATUS_WORDS.items():
            schema = self.ma_plugin.resolver.resolve_schema_dict(ProblemSchema)
            content = {MEDIA_TYPE: {"schema": schema, "examples": {"problem": {"value": _example(status)}}}}
            self.spec.components.response(HTTPStatus(status).name, {"description": words, "content": content})


def document(app: Flask) -> dict[str, Any]:
    """The document for the host that is asked. A fresh copy: whoever gets it may change it."""
    if KEPT not in app.extensions:
        app.extensions[KEPT] = _made(app)
    told = deepcopy(app.extensions[KEPT])
    home = url_for("api-pages.index", _external=True)
    told["info"]["contact"] = {
        "name": app.config["CONTACT_NAME"],
        "url": url_for("pages.about", _external=True),
        "email": app.config["CONTACT_EMAIL"],
    }
    told["info"]["termsOfService"] = f"{home}#niva"
    told["externalDocs"] = {"description": "Guide, service level (SLA) and limits", "url": home}
    root = home.removesuffix(f"{ROOT}/")
    told["servers"] = [{"url": f"{root}{PREFIX}", "description": "This registry"}]
    flow = told["components"]["securitySchemes"][SCHEME]["flows"]["clientCredentials"]
    flow["tokenUrl"] = f"{root}{TOKENS}"
    return dict(told)


def resources_of(app: Flask) -> tuple[Resources, ...]:
    """All resources of the house."""
    found: tuple[Resources, ...] = app.extensions["registry"].resources
    return found


def _made(app: Flask) -> dict[str, Any]:
    api = _Document(
        spec_kwargs={
            "title": "Vårdplatsregistret",
            "version": VERSION,
            "openapi_version": OPENAPI,
            "marshmallow_plugin": MarshmallowPlugin(schema_name_resolver=_schema_name),
            "info": {
                "description": DESCRIPTION.format(bytes=app.config["UPLOAD_BYTES"]),
                "license": LICENCE,
                "x-limitations": "Own organisation only; requests a minute limited; decisions are made by persons.",
                "x-sla": {
                    "availability": "Set by who operates the registry; see termsOfService.",
                    "responseTime": "Reads within a second; a delivery of 400 rows within a few.",
                    "support": "See contact.",
                },
            },
        }
    )
    commands = dict(app.cli.commands)
    api.init_app(app)
    app.cli.commands.clear()
    app.cli.commands.update(commands)
    flows = {
        "clientCredentials": {"tokenUrl": TOKENS, "scopes": {one.value: text.en for one, text in SCOPE_LABELS.items()}}
    }
    api.spec.components.security_scheme(
        SCHEME, {"type": "oauth2", "description": "OAuth 2.0 client credentials (RFC 6749, 4.4).", "flows": flows}
    )
    for blueprint in resources_of(app):
        blueprint.register_views_in_doc(api, app, api.spec, name=blueprint.name, parameters=[])
        api.spec.tag({"name": blueprint.tag, "description": blueprint.description})
    told: dict[str, Any] = api.spec.to_dict()
    paths: dict[str, Any] = {}
    for path, operations in told["paths"].items():
        paths[path.removeprefix(PREFIX)] = {
            method: _operation(one) if method in ("get", "post", "put", "patch", "delete", "head", "options") else one
            for method, one in operations.items()
        }
    told["paths"] = dict(sorted(paths.items()))
    _with_examples(told)
    return told


def _operation(told: Mapping[str, Any]) -> dict[str, Any]:
    """An operation with what the house says of it: its scope, what it may be refused with, the headers that it looks at."""
    operation = dict(told)
    notes = operation.pop(f"x-{HOUSE}", {})
    operation["operationId"] = notes["operation"]
    operation.setdefault("description", operation.get("summary", ""))
    operation["security"] = _security(notes["needs"])
    parameters = list(operation.get("parameters", ()))
    if notes["idempotent"]:
        parameters.append(
            _header("Idempotency-Key", "Sent again with the same request, it gives the same answer.", 200)
        )
    if notes["changes_version"]:
        parameters.append(_header("If-Match", "The ETag of the version that is changed.", 200, required=True))
    if notes["has_content"]:
        parameters.append(_header("Content-Digest", "The digest of the content (RFC 9530).", 400))
    operation["parameters"] = parameters
    if notes["takes"]:
        binary = {"type": "string", "format": "binary"}
        # Programs that make clients know this one; the others are said in words.
        known = [OCTETS] if OCTETS in notes["takes"] else notes["takes"]
        content = {one: {"schema": binary} for one in known}
        body = operation.setdefault("requestBody", {"required": True, "content": {}})
        body["content"] = {**content, **body["content"]}
        body.setdefault("description", f"A file, with its type in Content-Type: {', '.join(notes['takes'])}.")
    responses = {str(code): value for code, value in operation.get("responses", {}).items()}
    for status in _statuses(notes):
        responses.setdefault(str(status), {"$ref": f"#/components/responses/{HTTPStatus(status).name}"})
    operation["responses"] = dict(sorted(responses.items()))
    return operation


def _security(needs: Scope | Anyone) -> list[dict[str, list[str]]]:
    if needs is Anyone.PUBLIC:
        return []
    return [{SCHEME: [needs.value] if isinstance(needs, Scope) else []}]


def _statuses(notes: Mapping[str, Any]) -> list[int]:
    """What an operation may be refused with beside what it says itself."""
    return [
        400, 429, 500, 503,
        *(() if notes["needs"] is Anyone.PUBLIC else (401, 403)),
        *((404,) if notes["has_place"] else ()),
        *((413, 415, 422) if notes["has_content"] else ()),
        *((409, 422) if notes["idempotent"] else ()),
        *((412, 428) if notes["changes_version"] else ()),
    ]  # fmt: skip


def _header(name: str, description: str, longest: int, *, required: bool = False) -> dict[str, Any]:
    schema = {"type": "string", "maxLength": longest}
    return {"name": name, "in": "header", "required": required, "description": description, "schema": schema}


def _with_examples(value: Any) -> None:
    """Say single examples as the one among several, as the profile looks for them (DOK.15)."""
    if isinstance(value, dict):
        if "schema" in value and "example" in value and "in" not in value:
            value["examples"] = {"example": {"value": value.pop("example")}}
        for inner in value.values():
            _with_examples(inner)
    elif isinstance(value, list):
        for inner in value:
            _with_examples(inner)


def _schema_name(schema: Any) -> str:
    name = schema if isinstance(schema, str) else getattr(schema, "__name__", type(schema).__name__)
    return re.sub(r"Schema$", "", str(name))


def _example(status: int) -> dict[str, Any]:
    """A problem of that status, as it is answered in English."""
    entry = next(one for one in TEXTS if one.code == _EXAMPLES.get(status, "API-019"))
    said = {"title": entry.title.en, "text": entry.body.en, "mend": entry.mend.en}
    return {
        "type": f"https://registret.example{ROOT}/#{entry.code.lower()}",
        "title": said["title"],
        "status": status,
        "detail": f"{said['text']} {said['mend']}",
        "instance": f"{PREFIX}/client",
        "findings": [{"code": entry.code, "severity": entry.severity.value, "params": {}, "places": [], **said}],
    }


_EXAMPLES = {
    401: "API-012", 403: "API-023", 404: "API-001", 409: "API-010", 412: "API-016", 413: "API-020", 415: "API-006",
    422: "API-024", 428: "API-017", 429: "API-015", 500: "API-022", 503: "API-021",
}  # fmt: skip


def current_document() -> dict[str, Any]:
    """The document of the application that answers."""
    return document(current_app._get_current_object())  # type: ignore[attr-defined]
