"""The page of a line's flow file: what is in it, how it is used, and the file itself."""

from pathlib import Path

from flask import Response, current_app, render_template, url_for

from registry import clock
from registry.db import db, transaction
from registry.errors import Forbidden, Refused
from registry.findings import Finding
from registry.items.tables import Version
from registry.pages.signing_keys import ADDRESS
from registry.signing.queries import key_ring
from registry.web.guards import access, current_actor
from registry.web.problems import readable
from submission_portal.deliveries.flow_exports.gathering import gather
from submission_portal.deliveries.flow_exports.services import READERS, hand_out
from submission_portal.deliveries.views.blueprint import blueprint
from submission_portal.flows import content as flow_content
from submission_portal.units.lines import line_of


@blueprint.get("/floden/<slug>/flodesfil")
@access.roles(*READERS)
def flow_file(slug: str) -> str:
    """What a flow file is, and a button for it."""
    return _page(_version_for_readers(slug))


@blueprint.post("/floden/<slug>/flodesfil")
@access.roles(*READERS)
def fetch_flow_file(slug: str) -> Response | tuple[str, int]:
    """The flow file, signed."""
    version, actor, now = _version_for_readers(slug), current_actor(), clock.now()
    file = gather(db.session, version, now, str(current_app.config["BASE_ADDRESS"]))
    try:
        with transaction() as session:
            kept = session.get_one(Version, version.id)
            data = hand_out(session, actor, now, kept, file, Path(current_app.config["INSTANCE"]))
    except Refused as refused:
        return _page(_version_for_readers(slug), refused.finding), 409
    name = f"{slug}-{clock.today(now).isoformat()}.flodesfil.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, mimetype="application/json", headers=headers)


def _version_for_readers(slug: str) -> Version:
    item, version = line_of(db.session, slug)
    if not current_actor().has_role(*READERS, organisation_id=item.organisation_id):
        raise Forbidden("flow")
    return version


def _page(version: Version, refusal: Finding | None = None) -> str:
    ring = key_ring(db.session).by_kid.values()
    return render_template(
        "deliveries/flow_file.html",
        item=version.item,
        line=flow_content.read(version.content),
        keys=[key.kid for key in ring if key.retired_at is None],
        keys_address=str(current_app.config["BASE_ADDRESS"]).rstrip("/") + ADDRESS,
        units_address=url_for("deliveries.units", slug=version.item.slug),
        refusal=readable(refusal) if refusal is not None else None,
    )
