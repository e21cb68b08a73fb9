"""A delivery line as its register of units needs it: the item, and the model that says what a unit is."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from information_models.definitions import LoadedModel
from information_models.queries import load_model
from registry import clock
from registry.errors import NotFound
from registry.identity import queries as identity
from registry.items.tables import Item, Version
from submission_portal.flows import content as flow_content
from submission_portal.flows import queries as flows


@dataclass(frozen=True, slots=True)
class Line:
    """The line whose units are kept."""

    item: Item
    loaded: LoadedModel
    region: str | None
    """The code of the region that delivers; its units lie there. ``None`` for others than regions."""


def line_of(session: Session, slug: str) -> tuple[Item, Version]:
    """A line and its version in force, or the newest that was approved. Raises `NotFound`."""
    item = flows.flow_item(session, slug)
    version = flows.approved_version(session, item, clock.today()) or flows.approved_version(session, item)
    if version is None:
        raise NotFound("flow")
    return item, version


def kept_line(session: Session, item: Item, version: Version) -> Line:
    """The line with the model that a version of it binds."""
    sender = identity.organisation(session, item.organisation_id)
    loaded = load_model(session, flow_content.read(version.content).model_version)
    return Line(item, loaded, sender.code if sender is not None and sender.kind == "region" else None)
