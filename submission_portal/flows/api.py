"""An organisation's delivery lines and their uses, as resources for its machine clients."""

from collections.abc import Mapping
from typing import Any

import marshmallow as ma
from flask import url_for
from sqlalchemy import Select, or_
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import MachineClient, Scope
from registry.api.fields import Day, Whole, bilingual
from registry.api.items import PUBLIC_STATES, VersionHeadSchema, as_data
from registry.api.paging import PageArguments, asked_for, page_answer, page_schema
from registry.api.principals import current_client
from registry.api.resources import Resources
from registry.api.schemas import OrganisationSchema
from registry.db import db
from registry.errors import NotFound
from registry.findings import Text
from registry.identity import queries as identity
from registry.items import queries as items
from registry.items.tables import Item, Version
from registry.paging import page_of
from submission_portal.flows.carryover import KIND
from submission_portal.flows.content import read
from submission_portal.flows.uses import queries as uses
from submission_portal.flows.uses.standing import StandingUse

resources = Resources(
    "lines",
    __name__,
    description=Text(
        "Organisationens leveranslinjer, och vad det levererade får användas till.",
        "The organisation's delivery lines, and what may be done with what is delivered.",
    ),
)
_REGION = {"kind": "region", "code": "08", "name": {"sv": "Region Kalmar län", "en": "Region Kalmar"}}
_RECIPIENT = {
    "kind": "recipient",
    "code": "nationell-uppfoljning",
    "name": {"sv": "Nationell uppföljning", "en": "National follow-up"},
}
_LINE = {
    "id": "kalmar-disponibla-vardplatser",
    "number": 1,
    "title": {"sv": "Disponibla vårdplatser, Kalmar", "en": "Available beds, Kalmar"},
    "state": "published",
    "valid_from": "2026-01-01",
    "valid_to": None,
    "published_at": "2026-01-01T08:00:00Z",
    "content_hash": "0" * 64,
    "discloser": _REGION,
    "recipient": _RECIPIENT,
    "model": "disponibla-vardplatser",
    "model_version": "1" * 64,
    "model_schema": "/api/v1/models/disponibla-vardplatser/versions/1/schema",
    "periodicity": ["month"],
    "channels": ["file", "api"],
    "is_automatic": True,
}
_USE = {
    "id": "use:5f0c2c1f6a3e4b0d9b8e7a6c5d4e3f21",
    "title": {"sv": "Nationell uppföljning", "en": "National follow-up"},
    "recipient": _RECIPIENT,
    "audience": "recipient",
    "purpose": {"sv": "Att följa tillgången på vårdplatser.", "en": "To follow the supply of beds."},
    "version_hash": "2" * 64,
    "valid_from": "2026-01-01",
    "sunset": "2027-12-31",
    "retention_months": 60,
    "is_withdrawn": False,
}


class LineSchema(VersionHeadSchema):
    """A delivery line: what one organisation delivers to another."""

    discloser = ma.fields.Nested(OrganisationSchema, required=True, metadata={"description": "Who delivers."})
    recipient = ma.fields.Nested(OrganisationSchema, required=True, metadata={"description": "Who receives."})
    model = ma.fields.String(required=True, metadata={"description": "The id of the information model."})
    model_version = ma.fields.String(required=True, metadata={"description": "The hash of the model's version."})
    model_schema = ma.fields.String(
        required=True,
        allow_none=True,
        metadata={
            "description": "Where the JSON Schema of what is delivered is; null where that version is not published."
        },
    )
    periodicity = ma.fields.List(
        ma.fields.String(), required=True, metadata={"description": "Kinds of periods; none: those that the model has."}
    )
    channels = ma.fields.List(
        ma.fields.String(), required=True, metadata={"description": "By which ways it is delivered."}
    )
    is_automatic = ma.fields.Boolean(
        required=True, metadata={"description": "Whether what raises no finding goes straight through."}
    )


class UseSchema(ma.Schema):
    """What one recipient may do with what a line delivers."""

    id = ma.fields.String(
        required=True, attribute="ref", metadata={"description": "How a decision to disclose names it."}
    )
    title = bilingual(required=True, attribute="use.title", metadata={"description": "What it is called."})
    recipient = ma.fields.Nested(OrganisationSchema, required=True, metadata={"description": "Who answers for it."})
    audience = ma.fields.String(
        required=True, attribute="use.audience.value", metadata={"description": "Who reads what comes of it."}
    )
    purpose = bilingual(required=True, attribute="use.purpose", metadata={"description": "What it is for."})
    version_hash = ma.fields.String(
        required=True, metadata={"description": "The hash of the version that was approved."}
    )
    valid_from = Day(
        required=True, attribute="first_day", metadata={"description": "From when something may be disclosed for it."}
    )
    sunset = Day(required=True, metadata={"description": "The last day on which something may be disclosed for it."})
    retention_months = Whole(
        required=True,
        allow_none=True,
        attribute="use.retention_months",
        metadata={"description": "How long after that it may stand in figures; null: nothing was said."},
    )
    is_withdrawn = ma.fields.Boolean(required=True, metadata={"description": "Whether it was taken back."})


class UsesSchema(ma.Schema):
    """The uses of a line."""

    items = ma.fields.List(ma.fields.Nested(UseSchema), required=True, metadata={"description": "The uses."})


_PAGE = {"items": [_LINE], "page": 1, "limit": 50, "pages": 1, "total": 1}


@resources.get("/lines", needs=Scope.READ_DELIVERIES)
@resources.arguments(PageArguments, location="query")
@resources.response(200, page_schema(LineSchema), example=_PAGE)
def list_lines(asked: Mapping[str, Any]) -> Any:
    """The organisation's lines.

    Those that the client's organisation delivers or receives by, in force or approved and coming, by id.
    """
    page = page_of(db.session, _own_lines(current_client()).order_by(Item.slug), **asked_for(asked))
    return page_answer(page.of(_line), asked)


@resources.get("/lines/<slug>", needs=Scope.READ_DELIVERIES)
@resources.response(200, LineSchema, example=_LINE)
def show_line(slug: str) -> dict[str, Any]:
    """A line.

    The version in force or, where none is yet, the one that is approved and coming. Another organisation's is not found.
    """
    return _line(_own_line(db.session, current_client(), slug))


@resources.get("/lines/<slug>/uses", needs=Scope.READ_DELIVERIES)
@resources.response(200, UsesSchema, example={"items": [_USE]})
def list_line_uses(slug: str) -> dict[str, Any]:
    """The uses of a line.

    To who delivers, every use that the line has or had; to who receives, its own. A decision to disclose names them.
    """
    client = current_client()
    line = _own_line(db.session, client, slug)
    shown = [
        one
        for one in uses.uses_of_line(db.session, line.item_id, clock.today())
        if client.organisation_id in (line.organisation_id, one.use.recipient)
    ]
    return {"items": [_use(one) for one in shown]}


def _own_lines(client: MachineClient) -> Select[Version]:
    """The lines that an organisation is a side of."""
    own = client.organisation_id
    is_side = or_(Version.organisation_id == own, Version.deciding_organisation_id == own)
    return items.standing_of_kind(KIND).where(is_side)


def _own_line(session: Session, client: MachineClient, slug: str) -> Version:
    version = session.scalar(_own_lines(client).where(Item.slug == slug))
    if version is None:
        raise NotFound("line")
    return version


def delivered_line(session: Session, client: MachineClient, slug: str) -> Version:
    """A line that the client's organisation delivers. Raises `NotFound`, also for one that it receives by."""
    version = _own_line(session, client, slug)
    if version.organisation_id != client.organisation_id:
        raise NotFound("line")
    return version


def _line(version: Version) -> dict[str, Any]:
    line = read(version.content)
    return {
        **as_data(version),
        "discloser": identity.organisation(db.session, line.discloser),
        "recipient": identity.organisation(db.session, line.recipient),
        "model": line.model,
        "model_version": line.model_version,
        "model_schema": _schema_of(line.model, line.model_version),
        "periodicity": [one.value for one in line.periodicity],
        "channels": [one.value for one in line.channels],
        "is_automatic": line.is_automatic,
    }


def _schema_of(model: str, version_hash: str) -> str | None:
    version = items.version_by_hash(db.session, version_hash)
    if version is None or version.state not in PUBLIC_STATES:
        return None
    return url_for("api-models.show_model_schema", slug=model, number=version.number)


def _use(one: StandingUse) -> dict[str, Any]:
    return {
        "ref": one.ref,
        "use": one.use,
        "recipient": identity.organisation(db.session, one.use.recipient),
        "version_hash": one.version_hash,
        "first_day": one.first_day,
        "sunset": one.sunset,
        "is_withdrawn": one.is_withdrawn,
    }
