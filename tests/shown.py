"""A table version as tests look into it: whole, or as some reader has it."""

from registry.actors import SYSTEM, Actor
from registry.db import db
from submission_portal.followup.compilations.gate import shown_to
from submission_portal.followup.compilations.shown import ShownTable
from submission_portal.followup.plans import last_planned
from submission_portal.followup.tables import TableVersion


def as_shown(table: TableVersion, actor: Actor = SYSTEM) -> ShownTable:
    """``table`` as ``actor`` has it: whole, where nobody is named."""
    measure = last_planned(db.session, table.measure_slug)
    assert measure is not None
    return shown_to(db.session, measure, table, actor)
