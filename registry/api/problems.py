"""Errors as problem details (RFC 9457), for everything that the interface for machines answers.

``type`` names the finding by its code, at an address that explains it. ``findings`` has, as data and in words, each thing that
stops the request; a resource answers the same shape for what was found in a file that it took.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from flask import Response, current_app, json, request
from werkzeug.exceptions import HTTPException

from registry.api.addresses import ROOT
from registry.api.finding_texts import FINDINGS
from registry.errors import BeingMade, Busy, Forbidden, Invalid, NotFound, Refused
from registry.finding_catalogue import AnswerKind
from registry.findings import Finding
from registry.i18n import current_language
from registry.log import without_keys
from registry.outages import Outage

MEDIA_TYPE = "application/problem+json"
SECONDS = {Outage.STORAGE_FULL: 120}
AWAY_SECONDS, BUSY_SECONDS, MADE_SECONDS = 5, 30, 5


class NotTaken(HTTPException):
    """A request that is not taken, for a reason that is a finding.

    ``headers`` go with the answer; ``members`` are further members of the problem (RFC 9457, 3.2).
    """

    def __init__(
        self,
        status: int,
        finding: Finding,
        *,
        findings: Sequence[Finding] = (),
        headers: Mapping[str, str] | None = None,
        members: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(finding.code)
        self.code = self.status = status
        self.finding = finding
        self.findings = tuple(findings)
        self.headers = dict(headers or {})
        self.members = dict(members or {})


def finding_as_data(finding: Finding) -> dict[str, Any]:
    """A finding as machines get it: its code and parameters to act on, its text in the language asked for to show."""
    read = current_app.extensions["registry"].catalogue.read(finding, current_language())
    return {**finding.as_dict(), "title": read.title, "text": read.body, "mend": read.mend}


def problem(
    status: int,
    finding: Finding,
    *,
    findings: Sequence[Finding] = (),
    headers: Mapping[str, str] | None = None,
    members: Mapping[str, Any] | None = None,
) -> Response:
    """The answer for a request that is not taken. ``findings``: what stops it, where that is more than ``finding`` says."""
    said = finding_as_data(finding)
    stopping = findings or [finding]
    catalogue = current_app.extensions["registry"].catalogue
    waits = any(catalogue.of(one).answer is AnswerKind.DISCLOSURE for one in stopping)
    body = {
        "type": problem_type(finding.code),
        "title": said["title"],
        "status": status,
        "detail": f"{said['text']} {said['mend']}".strip(),
        "instance": quote(without_keys(request.path)),
        **({"waits_for": AnswerKind.DISCLOSURE.value} if waits else {}),
        **(members or {}),
        "findings": [finding_as_data(one) for one in stopping],
    }
    answer = Response(json.dumps(body, ensure_ascii=False, sort_keys=False), status, content_type=MEDIA_TYPE)
    answer.headers.update(headers or {})
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Language"] = current_language()
    return answer


def problem_type(code: str) -> str:
    """The address of a kind of problem: where it is explained."""
    return f"{request.host_url.rstrip('/')}{ROOT}/#{code.lower()}"


def answer_to(error: Exception, outage: Outage | None = None) -> Response:
    """The answer for an error of a request to the interface for machines."""
    if outage is not None:
        status = 507 if outage is Outage.STORAGE_FULL else 503
        return _later(status, SECONDS.get(outage, AWAY_SECONDS))
    match error:
        case NotTaken():
            return problem(
                error.status, error.finding, findings=error.findings, headers=error.headers, members=error.members
            )
        case NotFound():
            return problem(404, FINDINGS.found("API-001"))
        case Forbidden():
            return problem(403, FINDINGS.found("API-023"))
        case Refused():
            return problem(409, error.finding)
        case Invalid():
            return problem(422, FINDINGS.found("API-024"), findings=error.findings)
        case Busy():
            return _later(503, BUSY_SECONDS)
        case BeingMade():
            return _later(503, MADE_SECONDS)
        case HTTPException():
            return _of_http(error)
    return problem(500, FINDINGS.found("API-022"))


def _later(status: int, seconds: int) -> Response:
    return problem(status, FINDINGS.found("API-021"), headers={"Retry-After": str(seconds)})


def _of_http(error: HTTPException) -> Response:
    status = error.code or 500
    headers = {name: value for name, value in error.get_headers() if name.lower() in ("allow", "retry-after")}
    match status:
        case 404:
            finding = FINDINGS.found("API-001")
        case 405:
            finding = FINDINGS.found("API-018", {"method": request.method, "known": headers.get("Allow", "")})
        case 400:
            finding = FINDINGS.found("API-019")
        case 413:
            finding = FINDINGS.found("API-020", {"bytes": current_app.config["UPLOAD_BYTES"]})
        case 500:
            finding = FINDINGS.found("API-022")
        case _:
            finding = FINDINGS.found("API-025", {"status": status})
    return problem(status, finding, headers=headers)
