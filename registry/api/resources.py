"""A package's resources for machines: what `flask_smorest.Blueprint` is, with the manners of the house.

    resources = Resources("concepts", __name__, description=Text("Begrepp …", "Concepts …"))

    @resources.get("/concepts/<slug>", needs=Anyone.PUBLIC)        # or Anyone.CLIENT, or a `Scope`
    @resources.response(200, ConceptSchema, example=…)
    def show_concept(slug):
        \"\"\"A concept.

        The version that is published, and … \"\"\"

They are given in a package's ``api.py`` and named in its plug-in (``Plugin.resources``). What comes with it:

* who asks is settled before anything else (`principals`), from a token alone: no cookie, no session, no form's token;
* every error is a problem with findings, in the language of ``Accept-Language`` (`problems`);
* an unknown parameter is 400, ``Content-Digest`` is looked at, ``Idempotency-Key`` where ``idempotent`` says so;
* ``ETag`` and ``If-None-Match`` on what is read; `require_match` on what is changed;
* the operation is in the OpenAPI document, with its scope and every status that it can have (`document`).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import flask_smorest
import marshmallow as ma
from flask import Response, g, request
from marshmallow import Schema

from registry.actors import Scope
from registry.api import arguments, idempotency, principals
from registry.api.addresses import PREFIX
from registry.api.content import check_digest
from registry.api.finding_texts import FINDINGS
from registry.api.principals import Anyone
from registry.api.problems import NotTaken
from registry.findings import Text

View = TypeVar("View", bound=Callable[..., Any])
HOUSE = "house"
"""Key in the notes of an operation that `document` reads."""
METHODS_WITH_CONTENT = ("POST", "PUT", "PATCH")


class Resources(flask_smorest.Blueprint):
    """Resources of one kind, under `/api/v1`."""

    ARGUMENTS_PARSER = arguments.Parser()

    def __init__(self, name: str, import_name: str, *, description: Text) -> None:
        super().__init__(f"api-{name}", import_name, url_prefix=PREFIX, description=description.en)
        self.tag = name
        self.before_request(principals.authenticate)
        self.after_request(principals.say_rate)
        self.after_request(_tag)
        self._prepare_doc_cbks.append(_house_doc)

    def route(
        self,
        rule: str,
        *,
        needs: Scope | Anyone,
        idempotent: bool = False,
        takes: tuple[str, ...] = (),
        changes_version: bool = False,
        **options: Any,
    ) -> Callable[[View], View]:
        """As `flask_smorest`'s, and: ``needs`` is the scope that is asked for, or `Anyone`;
        ``idempotent`` takes an ``Idempotency-Key``; ``takes`` are media types of content that is no JSON schema's;
        ``changes_version`` says in the document that ``If-Match`` is looked at (`require_match`)."""

        def declare(view: View) -> View:
            notes = {
                "needs": needs,
                "idempotent": idempotent,
                "takes": takes,
                "changes_version": changes_version,
                "has_content": any(one in METHODS_WITH_CONTENT for one in options.get("methods", ())),
                "has_place": "<" in rule,
                "operation": view.__name__,
            }
            guarded = _guarded(view, notes)
            options.setdefault("tags", [self.tag])
            super(Resources, self).route(rule, **options)(guarded)
            return guarded

        return declare

    def arguments(self, schema: Any, *, location: str = "json", **options: Any) -> Callable[[View], View]:
        """As `flask_smorest`'s; what cannot be used is 400 in an address or header, 422 in content."""
        status = 422 if location in ("json", "form", "files") else 400
        made: Callable[[View], View] = super().arguments(
            schema, location=location, **{"error_status_code": status, **options}
        )
        return made

    def response(self, status: int, schema: Any = None, **options: Any) -> Callable[[View], View]:
        """As `flask_smorest`'s."""
        made: Callable[[View], View] = super().response(status, schema, **options)
        return made

    def alt_response(self, status: int, response: Any = None, **options: Any) -> Callable[[View], View]:
        """As `flask_smorest`'s."""
        made: Callable[[View], View] = super().alt_response(status, response, **options)
        return made

    def get(self, rule: str, **options: Any) -> Callable[[View], View]:
        """What is read; `route` says which options there are."""
        return self.route(rule, methods=("GET",), **options)

    def post(self, rule: str, **options: Any) -> Callable[[View], View]:
        """What is made."""
        return self.route(rule, methods=("POST",), **options)

    def put(self, rule: str, **options: Any) -> Callable[[View], View]:
        """What is put in the place of something."""
        return self.route(rule, methods=("PUT",), **options)

    def patch(self, rule: str, **options: Any) -> Callable[[View], View]:
        """What is changed."""
        return self.route(rule, methods=("PATCH",), **options)

    def delete(self, rule: str, **options: Any) -> Callable[[View], View]:
        """What is taken away."""
        return self.route(rule, methods=("DELETE",), **options)


def require_match(tag: str) -> None:
    """See that a change is of the version that is valid now, by its tag (RFC 9110, 13.1.1).

    Raises `NotTaken`: 428 where ``If-Match`` is missing, 412 where it names another version.
    """
    if "If-Match" not in request.headers:
        raise NotTaken(428, FINDINGS.found("API-017"))
    if not request.if_match.contains(tag):
        raise NotTaken(412, FINDINGS.found("API-016"))


def tagged(answer: Any, tag: str, status: int = 200, **headers: str) -> tuple[Any, int, dict[str, str]]:
    """An answer with the tag of the version that it shows, for `require_match`."""
    return answer, status, {"ETag": f'"{tag}"', **headers}


def _guarded(view: View, notes: dict[str, Any]) -> View:
    """The view behind what every resource asks of a request, in the order in which it is answered."""
    needs: Scope | Anyone = notes["needs"]
    known = _query_names(view)
    types = (*notes["takes"], *(("application/json",) if _reads_json(view) else ()))

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        principals.require(needs)
        arguments.check_names(known)
        if request.method in METHODS_WITH_CONTENT:
            arguments.check_type(types)
            arguments.check_coding(types)
            check_digest()
        if notes["idempotent"]:
            return idempotency.once(principals.current_client(), lambda: view(*args, **kwargs))
        return view(*args, **kwargs)

    guarded.access = "public" if needs is Anyone.PUBLIC else f"machines:{needs.value}"  # type: ignore[attr-defined]
    guarded.is_for_machines = True  # type: ignore[attr-defined]
    guarded._apidoc = {**getattr(view, "_apidoc", {}), HOUSE: notes}  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def _query_names(view: Callable[..., Any]) -> dict[str, bool]:
    """The parameters that a view reads from the address, and whether each may be there several times."""
    found: dict[str, bool] = {}
    for one in getattr(view, "_apidoc", {}).get("arguments", {}).get("parameters", ()):
        if one["in"] == "query":
            schema: Schema = one["schema"]() if isinstance(one["schema"], type) else one["schema"]
            found |= {
                field.data_key or name: isinstance(field, ma.fields.List) for name, field in schema.fields.items()
            }
    return found


def _reads_json(view: Callable[..., Any]) -> bool:
    return any(one["in"] == "json" for one in getattr(view, "_apidoc", {}).get("arguments", {}).get("parameters", ()))


def _tag(answer: Response) -> Response:
    """Tag what is read, and answer a reader who has it already with 304 (RFC 9110, 13.1.2)."""
    answer.headers["Vary"] = "Accept-Language, Authorization"
    if request.method in ("GET", "HEAD") and answer.status_code == 200 and not answer.is_streamed:
        if answer.get_etag()[0] is None:
            answer.add_etag()
        answer.make_conditional(request.environ)
    if g.get("token_ends") is not None:
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _house_doc(doc: dict[str, Any], doc_info: dict[str, Any], **_context: Any) -> dict[str, Any]:
    """Hand the notes on to `document`, which says them."""
    return {**doc, f"x-{HOUSE}": doc_info.get(HOUSE, {})}
