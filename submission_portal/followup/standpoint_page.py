"""What a table version's page shows a region's people of what the region thinks of its being open without a decision."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from registry.actors import Actor, Role
from registry.findings import Finding
from registry.identity import queries as identity
from registry.identity.tables import Organisation
from submission_portal.followup.forms import StandpointForm
from submission_portal.followup.standpoints import READERS, asked_of, objection, said_in
from submission_portal.followup.tables import TableStandpoint


@dataclass(frozen=True, slots=True)
class RegionsStandpoint:
    """One of the reader's regions: what it has said, the last first, and the form with which the reader speaks for it."""

    region: Organisation
    said: Sequence[TableStandpoint]
    is_asked: bool
    form: StandpointForm | None
    objection: Finding | None


def regions_standpoints(
    session: Session, actor: Actor, slug: str, number: int, stating: tuple[str, StandpointForm] | None = None
) -> list[RegionsStandpoint]:
    """Those of the reader's regions that are asked about the version, or have said something of it. Nothing, and no statement,
    for others. ``stating``: what somebody has written for the region with a code, to be shown again."""
    own = actor.organisations(*READERS)
    if not own:
        return []
    asked = {
        one.organisation_id
        for one in asked_of(session, actor)
        if (one.table.measure_slug, one.table.number) == (slug, number)
    }
    said = said_in(session, slug, number, own)
    wanted = asked | set(said)
    stopped = objection(session, actor, slug) if asked else None
    speaks_for = asked & actor.organisations(Role.DISCLOSING_OFFICER)
    return [
        RegionsStandpoint(
            region,
            said.get(region.id, ()),
            region.id in asked,
            _form(region, stating) if region.id in speaks_for and stopped is None else None,
            stopped if region.id in speaks_for else None,
        )
        for region in (identity.organisations(session) if wanted else ())
        if region.id in wanted
    ]


def form_for(code: str) -> StandpointForm:
    """The form as it was sent, for one region: a page may have several."""
    return StandpointForm(ids=f"{code}-")


def _form(region: Organisation, stating: tuple[str, StandpointForm] | None) -> StandpointForm:
    if stating is not None and stating[0] == region.code:
        return stating[1]
    return StandpointForm(formdata=None, ids=f"{region.code}-")
