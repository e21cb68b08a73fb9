"""What stands outside the resources: tokens, what the server can do, the OpenAPI document, and the page for people about it."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, json, jsonify, render_template, request, url_for

from registry.actors import SCOPE_LABELS
from registry.api import oauth
from registry.api.addresses import METADATA, PREFIX, REVOCATION, ROOT, TOKENS
from registry.api.document import current_document
from registry.api.finding_texts import FINDINGS
from registry.api.guides import HOST, Guide
from registry.errors import NotFound
from registry.finding_catalogue import FindingEntry, Stage
from registry.findings import Severity, Text
from registry.i18n import read
from registry.web.guards import access, for_machines
from registry.web.revalidation import revalidated

blueprint = Blueprint("api-pages", __name__)
_OF_DELIVERIES = (Stage.FILE, Stage.CORRECTION, Stage.DELIVERY, Stage.FLOW)
"""Stages whose errors a request is answered with, besides the problems of the kit itself."""
_PARAMETER = re.compile(r"\{[^}]*\}")


DOCS = Path(__file__).resolve().parents[2] / "docs" / "api"
DOCUMENTS = {
    "deliveries": Text("Handledning: leveranser för maskiner", "Guide: deliveries for machines"),
    "receipts": Text("Pröva ett kvitto utan registret", "Checking a receipt without the registry"),
    "rest": Text("Hur gränssnittet svarar", "How the interface answers"),
    "term-bank": Text("Termbanken för maskiner", "The term bank for machines"),
    "followup": Text("Uppföljningen för maskiner", "The follow-up for machines"),
}
"""The documents in ``docs/api`` that the page leads to, where the instance runs from a checkout."""


@dataclass(frozen=True, slots=True)
class ShownGuide:
    """A guide in the reader's language. ``steps``: what each is called and says, and its example at this address; ``files``: what is
    fetched beside it, and where."""

    title: str
    lead: str
    steps: tuple[tuple[str, str, str], ...]
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """A line of the page: what may be asked, and what it needs."""

    method: str
    path: str
    summary: str
    scopes: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of problem, at the anchor that its type leads to."""

    anchor: str
    code: str
    title: str
    text: str
    mend: str


@blueprint.get(f"{ROOT}/")
@access.public
@revalidated
def index() -> str:
    """What a supplier's developer needs to begin."""
    return render_template(
        "api/index.html",
        operations=_operations(current_document()),
        problems=[_problem(one) for one in FINDINGS],
        delivery_problems=[
            _problem(one) for one in current_app.extensions["registry"].catalogue if _is_of_deliveries(one)
        ],
        scopes=[(scope.value, read(label)) for scope, label in SCOPE_LABELS.items()],
        guides=[_guide(one) for one in current_app.extensions["registry"].guides],
        documents=[(name, read(label)) for name, label in DOCUMENTS.items() if (DOCS / f"{name}.md").is_file()],
        rate=current_app.config["API_RATE"],
        public_rate=current_app.config["API_PUBLIC_RATE"],
        upload_bytes=current_app.config["UPLOAD_BYTES"],
        contact=(current_app.config["CONTACT_NAME"], current_app.config["CONTACT_EMAIL"]),
    )


@blueprint.get(f"{ROOT}/docs/<name>.md")
@access.public
def document(name: str) -> Response:
    """One of the documents for machines, as it was written for this version."""
    path = DOCS / f"{name}.md"
    if name not in DOCUMENTS or not path.is_file():
        raise NotFound("document")
    return Response(path.read_bytes(), mimetype="text/plain")


@blueprint.get(f"{PREFIX}/openapi.json")
@access.public
@for_machines
@revalidated
def openapi() -> Response:
    """The OpenAPI document of this instance."""
    answer = Response(json.dumps(current_document(), ensure_ascii=False, sort_keys=False), mimetype="application/json")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@blueprint.get(METADATA)
@access.public
@for_machines
def metadata() -> Response:
    """What the authorization server can do (RFC 8414)."""
    return jsonify(oauth.metadata())


@blueprint.post(TOKENS)
@access.public
@for_machines
def token() -> Response:
    """A token for a client that shows who it is."""
    return oauth.give_token()


@blueprint.post(REVOCATION)
@access.public
@for_machines
def revoke() -> Response:
    """The end of a token (RFC 7009)."""
    return oauth.revoke_token()


def _guide(one: Guide) -> ShownGuide:
    root = request.host_url.rstrip("/")
    return ShownGuide(
        read(one.title),
        read(one.lead),
        tuple((read(step.title), read(step.text), step.example.replace(HOST, root)) for step in one.steps),
        tuple((url_for(file.endpoint), read(file.label)) for file in one.files),
    )


def _problem(one: FindingEntry) -> Problem:
    return Problem(one.code.lower(), one.code, _open(read(one.title)), _open(read(one.body)), _open(read(one.mend)))


def _is_of_deliveries(one: FindingEntry) -> bool:
    """Whether a file, or a step with a delivery, may be refused for it."""
    return one.severity is Severity.ERROR and one.stage in _OF_DELIVERIES and one.code not in FINDINGS


def _open(text: str) -> str:
    """A text of the catalogue with its parameters left open."""
    return _PARAMETER.sub("…", text)


def _operations(told: dict[str, Any]) -> list[Operation]:
    return [
        Operation(
            method.upper(),
            path,
            one["summary"],
            ", ".join(scope for each in one["security"] for scopes in each.values() for scope in scopes),
        )
        for path, operations in told["paths"].items()
        for method, one in operations.items()
        if method in ("get", "post", "put", "patch", "delete")
    ]
