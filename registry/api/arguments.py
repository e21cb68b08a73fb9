"""Parameters and JSON content: what cannot be used is said with its name, its place and how to mend it."""

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import marshmallow as ma
from flask import Request, request
from webargs import core
from webargs.flaskparser import FlaskParser

from registry.api.finding_texts import FINDINGS
from registry.api.misfits import misfits, pointer
from registry.api.problems import NotTaken
from registry.content.strict_json import DoubledName, UnfitText, read_json
from registry.findings import Finding, Place, Text

GZIP = "application/gzip"
MOST_MISFITS = 50


class Parser(FlaskParser):
    """`webargs`'s, whose errors are problems. Content is JSON in the narrow sense: no name twice, no NaN, UTF-8."""

    def load_json(self, req: Request, schema: ma.Schema) -> Any:
        if not req.is_json:
            return core.missing
        try:
            value = read_json(req.get_data(cache=True), takes_constants=False, takes_unfit=False)
        except DoubledName as error:
            problem = Text(f"{error.name} finns två gånger.", f"{error.name} is there twice.")
            raise NotTaken(400, FINDINGS.found("API-005"), findings=[_misfit((error.name,), problem, True)]) from error
        except UnfitText as error:
            raise NotTaken(400, FINDINGS.found("API-019")) from error
        except (ValueError, RecursionError) as error:
            raise NotTaken(400, FINDINGS.found("API-005")) from error
        return value

    def handle_error(
        self,
        error: ma.ValidationError,
        req: Request,
        schema: ma.Schema,
        *,
        error_status_code: int | None,
        error_headers: Mapping[str, str] | None,
    ) -> NoReturn:
        messages = error.messages
        (location, inner), *_ = messages.items() if isinstance(messages, dict) else [("json", messages)]
        found = [_misfit(path, problem, location == "json") for path, problem in misfits(inner)][:MOST_MISFITS]
        finding = found[0] if len(found) == 1 else FINDINGS.found("API-024")
        raise NotTaken(error_status_code or 422, finding, findings=found)


def check_names(known: Mapping[str, bool]) -> None:
    """See that the address has no parameter that the resource does not read, and none twice. Raises `NotTaken` (400)."""
    for name, values in request.args.lists():
        if name not in known:
            params = {"name": name[:80], "known": ", ".join(sorted(known)) or "–"}
            raise NotTaken(400, FINDINGS.found("API-002", params, [Place(field=name[:80])]))
        if len(values) > 1 and not known[name]:
            raise NotTaken(400, FINDINGS.found("API-003", {"name": name}, [Place(field=name)]))


def check_type(known: Sequence[str]) -> None:
    """See that content is of a type that the resource takes; without content there is none. Raises `NotTaken` (415)."""
    given = request.mimetype
    if not known or given in known or (not given and not request.content_length):
        return
    params = {"given": given[:80] or "–", "known": ", ".join(known)}
    raise NotTaken(415, FINDINGS.found("API-006", params), headers={"Accept": ", ".join(known)})


def check_coding(known: Sequence[str]) -> None:
    """See that content is packed in no way that is not undone here (RFC 9110, 8.4): ``known`` are media types that the resource
    takes, and gzip is one of them where a file may be packed. Raises `NotTaken` (415)."""
    given = [one.strip().lower() for one in request.headers.get("Content-Encoding", "").split(",") if one.strip()]
    taken = "gzip" if GZIP in known else "identity"
    if any(one not in ("identity", taken) for one in given) or len(given) > 1:
        params = {"given": ", ".join(given)[:80], "known": taken}
        raise NotTaken(415, FINDINGS.found("API-026", params), headers={"Accept-Encoding": taken})


def _misfit(path: Sequence[str], problem: Text, is_json: bool) -> Finding:
    name = pointer(path) if is_json else ".".join(path)
    return FINDINGS.found("API-004", {"name": name or "/", "problem": problem}, [Place(field=name or "/")])
