"""What a region has said once for its deliveries, for its machine clients to read: layouts, standing disclosure decisions, and the
flow file by which it checks its files itself."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import marshmallow as ma
from flask import Response, current_app
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from information_models.queries import load_model
from registry import clock
from registry.actors import MachineClient, Scope
from registry.api.fields import Day, Moment, Whole
from registry.api.paging import PageArguments, asked_for, page_answer, page_schema
from registry.api.principals import current_client
from registry.api.resources import Resources
from registry.db import db, transaction
from registry.errors import NotFound
from registry.findings import Finding, Text
from registry.items.tables import Item, Version
from registry.paging import page_of
from submission_portal.deliveries.flow_exports.gathering import gather
from submission_portal.deliveries.flow_exports.services import FETCHES, hand_out
from submission_portal.deliveries.standing_disclosures.resting import why_over_each
from submission_portal.deliveries.tables import ExportLayout, StandingDisclosure
from submission_portal.flows.api import delivered_line

resources = Resources(
    "said-once",
    __name__,
    description=Text(
        "Vad regionen har svarat om sina exporter, och dess stående beslut om utlämnande.",
        "What the region has answered about its exports, and its standing disclosure decisions.",
    ),
)
_LAYOUT = {
    "id": "5f0c2c1f6a3e4b0d9b8e7a6c5d4e3f21",
    "line": "kalmar-disponibla-vardplatser",
    "source": "Vårdadministrativa systemet",
    "number": 2,
    "content_hash": "3" * 64,
    "model": "disponibla-vardplatser",
    "model_version": "1" * 64,
    "changed_at": "2026-11-02T08:00:00Z",
}
_CONTENT = {"columns": [{"heading": "inskr 06", "element": "belagda"}], "absent": ["utlokaliserade"]}
_DECISION = {
    "id": "0c1d2e3f4a5b46c7988990a1b2c3d4e5",
    "line_version": "0" * 64,
    "model_version": "1" * 64,
    "uses": [{"use": "use:5f0c2c1f6a3e4b0d9b8e7a6c5d4e3f21", "version": "2" * 64}],
    "conditions": {"latest_days": 45, "small_numbers": []},
    "valid_from": "2026-01-01",
    "valid_to": "2026-12-31",
    "registry_number": "RN 2026/17",
    "decided_at": "2026-01-01T08:00:00Z",
    "withdrawn_at": None,
    "is_in_force": True,
    "stopped_by": None,
}

_FLOW_FILE = {
    "format": "flow-file/1",
    "content": {"slug": "kalmar-disponibla-vardplatser"},
    "signature": {"alg": "Ed25519", "kid": "9UB6zGkK3Yw7lC0pZ3D8vJ1xq2m4tT5uR6sN7oP8aBc", "value": "c2lnbmF0dXI"},
}


class LayoutSchema(ma.Schema):
    """What has been answered about the exports of one source system."""

    id = ma.fields.String(required=True, metadata={"description": "Its id, for addresses."})
    line = ma.fields.String(required=True, metadata={"description": "The delivery line."})
    source = ma.fields.String(required=True, metadata={"description": "What the region calls the source system."})
    number = Whole(required=True, metadata={"description": "The version's number, from 1."})
    content_hash = ma.fields.String(required=True, metadata={"description": "Hash of the answers."})
    model = ma.fields.String(required=True, metadata={"description": "The id of the information model."})
    model_version = ma.fields.String(
        required=True, metadata={"description": "Hash of the model's version that it was answered for."}
    )
    changed_at = Moment(required=True, metadata={"description": "When the version was made."})


class LayoutContentSchema(LayoutSchema):
    """A layout with its answers."""

    layout = ma.fields.Dict(
        keys=ma.fields.String(),
        required=True,
        metadata={"description": "The answers, as `layouts export` writes them: headings, codes, what is not there."},
    )


class NamedUseSchema(ma.Schema):
    """A use that a decision names."""

    use = ma.fields.String(required=True, metadata={"description": "The use, as /lines/{id}/uses has it."})
    version = ma.fields.String(required=True, metadata={"description": "Hash of the version that was named."})


class StandingDisclosureSchema(ma.Schema):
    """A decision that deliveries of a line may be handed out under conditions."""

    id = ma.fields.String(required=True, metadata={"description": "Its id, as a delivery's decision names it."})
    line_version = ma.fields.String(required=True, metadata={"description": "Hash of the version of the line."})
    model_version = ma.fields.String(required=True, metadata={"description": "Hash of the version of the model."})
    uses = ma.fields.List(ma.fields.Nested(NamedUseSchema), required=True, metadata={"description": "What it names."})
    conditions = ma.fields.Dict(
        keys=ma.fields.String(),
        required=True,
        metadata={"description": "What a delivery has to meet, as it was decided: at the latest when, small numbers."},
    )
    valid_from = Day(required=True, metadata={"description": "Its first day."})
    valid_to = Day(required=True, metadata={"description": "Its last day."})
    registry_number = ma.fields.String(required=True, metadata={"description": "The region's number of it."})
    decided_at = Moment(required=True, metadata={"description": "When it was decided."})
    withdrawn_at = Moment(required=True, allow_none=True, metadata={"description": "When it was withdrawn."})
    is_in_force = ma.fields.Boolean(required=True, metadata={"description": "Whether deliveries go under it today."})
    stopped_by = ma.fields.String(
        required=True,
        allow_none=True,
        metadata={
            "description": "Why none goes under it today, as the code of a finding: withdrawn (DIS-010), over or to come (DIS-011), "
            "what it rests on is not what it was (DIS-012)."
        },
    )


class SignatureSchema(ma.Schema):
    """The signature of a flow file."""

    alg = ma.fields.String(required=True, metadata={"description": "Ed25519."})
    kid = ma.fields.String(
        required=True, metadata={"description": "Which key, as /.well-known/signing-keys.json has it."}
    )
    value = ma.fields.String(required=True, metadata={"description": "The signature, in base64url."})


class FlowFileSchema(ma.Schema):
    """What `kontrollera` checks a line's files with. Keep the bytes as they come: written in another way they are refused."""

    format = ma.fields.String(required=True, metadata={"description": "Its format, flow-file/1."})
    content = ma.fields.Dict(
        keys=ma.fields.String(),
        required=True,
        metadata={"description": "Model, code lists, units, layouts and earlier deliveries of the line; for programs."},
    )
    signature = ma.fields.Nested(SignatureSchema, required=True, metadata={"description": "Over all of it."})


def _page(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"items": [row], "page": 1, "limit": 50, "pages": 1, "total": 1}


@resources.get("/lines/<slug>/layouts", needs=Scope.READ_DELIVERIES)
@resources.arguments(PageArguments, location="query")
@resources.response(200, page_schema(LayoutSchema), example=_page(_LAYOUT))
def list_line_layouts(asked: Mapping[str, Any], slug: str) -> Any:
    """The layouts of a line.

    What its region has answered about the exports of each source system; files are read by them.
    """
    line = delivered_line(db.session, current_client(), slug)
    found = select(ExportLayout).where(ExportLayout.flow_item_id == line.item_id)
    ordered = found.options(selectinload(ExportLayout.versions)).order_by(ExportLayout.source, ExportLayout.id)
    return page_answer(page_of(db.session, ordered, **asked_for(asked)).of(_layout), asked)


@resources.get("/layouts/<layout_id>", needs=Scope.READ_DELIVERIES)
@resources.response(200, LayoutContentSchema, example=_LAYOUT | {"layout": _CONTENT})
def show_layout(layout_id: str) -> dict[str, Any]:
    """A layout.

    The version in use, with its answers. Another organisation's is not found.
    """
    found = _own_layout(db.session, current_client(), layout_id)
    return {**_layout(found), "layout": found.current.content.as_dict()}


@resources.get("/lines/<slug>/standing-disclosures", needs=Scope.READ_DELIVERIES)
@resources.arguments(PageArguments, location="query")
@resources.response(200, page_schema(StandingDisclosureSchema), example=_page(_DECISION))
def list_line_standing_disclosures(asked: Mapping[str, Any], slug: str) -> Any:
    """The standing disclosure decisions of a line.

    The newest first. A delivery that meets the conditions of the one that is in force goes under it when it is sent.
    """
    line = delivered_line(db.session, current_client(), slug)
    found = select(StandingDisclosure).where(StandingDisclosure.line_item_id == line.item_id)
    newest = found.order_by(StandingDisclosure.decided_at.desc(), StandingDisclosure.id)
    page = page_of(db.session, newest, **asked_for(asked))
    over = why_over_each(db.session, list(page.rows), clock.today())
    return page_answer(page.of(lambda one: _decision(one, over[one.id])), asked)


@resources.get("/lines/<slug>/flow-file", needs=FETCHES)
@resources.response(200, FlowFileSchema, example=_FLOW_FILE)
@resources.alt_response(409, "CONFLICT")
def show_line_flow_file(slug: str) -> Response:
    """The flow file of a line, signed.

    By it `kontrollera` says of a file what the registry would, on a machine of the region's own. It holds the region's earlier
    figures: keep it as deliveries are kept. Each time is on record, and each file is as of now; fetch it before a new period.
    """
    client, now = current_client(), clock.now()
    version = delivered_line(db.session, client, slug)
    file = gather(db.session, version, now, str(current_app.config["BASE_ADDRESS"]))
    version_id = version.id
    with transaction() as session:
        instance = Path(current_app.config["INSTANCE"])
        data = hand_out(session, client, now, session.get_one(Version, version_id), file, instance)
    return Response(data, mimetype="application/json")


def _own_layout(session: Session, client: MachineClient, layout_id: str) -> ExportLayout:
    own = ExportLayout.organisation_id == client.organisation_id
    found = session.scalar(select(ExportLayout).where(ExportLayout.id == layout_id, own))
    if found is None:
        raise NotFound("layout")
    return found


def _layout(found: ExportLayout) -> dict[str, Any]:
    current = found.current
    return {
        "id": found.id,
        "line": db.session.get_one(Item, found.flow_item_id).slug,
        "source": found.source,
        "number": current.number,
        "content_hash": current.content_hash,
        "model": load_model(db.session, current.model_version_hash).model.slug,
        "model_version": current.model_version_hash,
        "changed_at": current.created_at,
    }


def _decision(one: StandingDisclosure, stop: Finding | None) -> dict[str, Any]:
    return {
        "id": one.id,
        "line_version": one.line_version_hash,
        "model_version": one.model_version_hash,
        "uses": one.uses,
        "conditions": one.conditions.as_dict(),
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "registry_number": one.registry_number,
        "decided_at": one.decided_at,
        "withdrawn_at": one.withdrawn_at,
        "is_in_force": stop is None,
        "stopped_by": stop.code if stop is not None else None,
    }
