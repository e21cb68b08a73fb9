"""What packages above know is left to do about an export's answers."""

from flask import current_app
from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.plugin import Task


def asked_about(session: Session, actor: Actor, layout_id: str) -> list[Task]:
    """What waits for the reader about a layout, as the packages above say (`Plugin.asides`)."""
    asides = current_app.extensions["registry"].asides
    return [one for aside in asides for one in aside(session, actor, f"layout:{layout_id}")]
