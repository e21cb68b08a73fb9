"""What the kit itself answers with: problems, findings, and what the interface and a client are."""

import marshmallow as ma

from registry.api.fields import Moment, bilingual
from registry.finding_catalogue import AnswerKind
from registry.findings import Severity


class PlaceSchema(ma.Schema):
    """Where a finding is: a cell, a row, a field of the request."""

    sheet = ma.fields.String(metadata={"description": "The sheet of a workbook."})
    row = ma.fields.Integer(metadata={"description": "The row in the file, from 1."})
    column = ma.fields.String(metadata={"description": "The letter or heading of the column."})
    field = ma.fields.String(metadata={"description": "The element, the parameter, or a JSON Pointer (RFC 6901)."})
    value = ma.fields.String(metadata={"description": "What is there."})
    key = ma.fields.Dict(
        keys=ma.fields.String(), values=ma.fields.String(), metadata={"description": "The dimensions of a cell."}
    )
    label = bilingual(metadata={"description": "What the place is called."})


class FindingSchema(ma.Schema):
    """Something that a check has found."""

    code = ma.fields.String(required=True, metadata={"description": "Which finding it is; it stays the same for ever."})
    severity = ma.fields.String(
        required=True,
        validate=ma.validate.OneOf([one.value for one in Severity]),
        metadata={"description": "How much it holds up: an error is mended, a question answered, a warning explained."},
    )
    title = ma.fields.String(required=True, metadata={"description": "What it is, in the language asked for."})
    text = ma.fields.String(required=True, metadata={"description": "What was found."})
    mend = ma.fields.String(required=True, metadata={"description": "How to mend it."})
    params = ma.fields.Dict(
        keys=ma.fields.String(), required=True, metadata={"description": "What the text was made of, as data."}
    )
    places = ma.fields.List(ma.fields.Nested(PlaceSchema), required=True, metadata={"description": "Where it is."})


class ProblemSchema(ma.Schema):
    """Why a request was not taken (RFC 9457)."""

    type = ma.fields.String(
        required=True, metadata={"format": "uri", "description": "Which kind of problem, at an address that says more."}
    )
    title = ma.fields.String(required=True, metadata={"description": "What it is, in the language asked for."})
    status = ma.fields.Integer(required=True, metadata={"description": "The status of the answer."})
    detail = ma.fields.String(required=True, metadata={"description": "What was wrong, and how to mend it."})
    instance = ma.fields.String(
        required=True, metadata={"format": "uri-reference", "description": "What was asked for."}
    )
    findings = ma.fields.List(
        ma.fields.Nested(FindingSchema), required=True, metadata={"description": "What stops the request, as data."}
    )
    waits_for = ma.fields.String(
        validate=ma.validate.OneOf([AnswerKind.DISCLOSURE.value]),
        metadata={
            "description": "disclosure: the region decides first, in the portal; the same request is sent again then."
        },
    )
    error = ma.fields.String(
        metadata={"description": "With 401 and 403: the error of RFC 6750, invalid_token or insufficient_scope."}
    )
    scope = ma.fields.String(metadata={"description": "With insufficient_scope: the scope that is needed."})


class ApiInfoSchema(ma.Schema):
    """What this interface is (REST API profile, VER.06)."""

    api_name = ma.fields.String(required=True, metadata={"description": "What it is called."})
    api_version = ma.fields.String(required=True, metadata={"description": "Its version (SemVer)."})
    api_released = ma.fields.Date(required=True, metadata={"description": "When this version was released."})
    api_documentation = ma.fields.Url(required=True, metadata={"description": "Where it is described."})
    api_status = ma.fields.String(
        required=True,
        validate=ma.validate.OneOf(["active", "deprecated"]),
        metadata={"description": "Whether it is to be used, or there is a later version to change to."},
    )


class OrganisationSchema(ma.Schema):
    """An organisation, by its kind and code."""

    kind = ma.fields.String(required=True, metadata={"description": "region, recipient or steward."})
    code = ma.fields.String(required=True, metadata={"description": "A region's county code; a short name of others."})
    name = bilingual(required=True, metadata={"description": "What it is called."})


class ClientSchema(ma.Schema):
    """The machine client that asks."""

    client_id = ma.fields.String(required=True, metadata={"description": "Under which id its acts are recorded."})
    organisation = ma.fields.Nested(OrganisationSchema, required=True, metadata={"description": "For whom it acts."})
    scopes = ma.fields.List(
        ma.fields.String(), required=True, metadata={"description": "What the token that was shown allows."}
    )
    token_expires_at = Moment(required=True, metadata={"description": "When the token ends."})
