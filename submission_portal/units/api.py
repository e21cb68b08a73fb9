"""The register of a line's units, for the machine clients of the region that keeps it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import marshmallow as ma

from registry.actors import Scope
from registry.api.fields import Day, Moment
from registry.api.paging import PageArguments, page_answer, page_schema
from registry.api.principals import current_client
from registry.api.resources import Resources
from registry.db import db
from registry.findings import Text
from submission_portal.flows.api import delivered_line
from submission_portal.units import queries
from submission_portal.units.tables import LineUnit

resources = Resources(
    "units",
    __name__,
    description=Text(
        "Enheterna i organisationens leveranslinjer: vilka rader som väntas.",
        "The units of the organisation's delivery lines: which rows are expected.",
    ),
)
_UNIT = {
    "values": {"sjukhus": "65014", "avdelning": "A"},
    "name": "Avdelning A",
    "aliases": ["Avd A"],
    "opened": None,
    "closed": "2026-12-31",
    "confirmed_at": "2026-11-02T08:00:00Z",
}


class UnitSchema(ma.Schema):
    """A unit that a line has rows of."""

    values = ma.fields.Dict(
        keys=ma.fields.String(),
        values=ma.fields.String(),
        required=True,
        metadata={"description": "What it is known by: a code or name for each element of the model that names units."},
    )
    name = ma.fields.String(required=True, metadata={"description": "What the region calls it; may be empty."})
    aliases = ma.fields.List(
        ma.fields.String(), required=True, metadata={"description": "Other names that are read as it."}
    )
    opened = Day(required=True, allow_none=True, metadata={"description": "Its first day, where one is known."})
    closed = Day(required=True, allow_none=True, metadata={"description": "Its last day, where one is known."})
    confirmed_at = Moment(
        required=True,
        allow_none=True,
        metadata={
            "description": "When the region confirmed that these are the line's units; null: it has not, and what is expected "
            "follows from the latest deliveries."
        },
    )


@resources.get("/lines/<slug>/units", needs=Scope.READ_DELIVERIES)
@resources.arguments(PageArguments, location="query")
@resources.response(
    200, page_schema(UnitSchema), example={"items": [_UNIT], "page": 1, "limit": 50, "pages": 1, "total": 1}
)
def list_line_units(asked: Mapping[str, Any], slug: str) -> Any:
    """The units of a line.

    As the region that delivers keeps them, by what they are called. Once they are confirmed each delivery is expected to have rows of
    those that are open.
    """
    line = delivered_line(db.session, current_client(), slug)
    register = queries.register_of(db.session, line.item_id)
    confirmed_at = register.confirmed_at if register is not None else None
    page = queries.page_of_units(db.session, line.item_id, asked["page"], asked["limit"])
    return page_answer(page.of(lambda one: _unit(one, confirmed_at)), asked)


def _unit(one: LineUnit, confirmed_at: datetime | None) -> dict[str, Any]:
    unit = one.unit
    return {
        "values": dict(unit.values),
        "name": unit.name,
        "aliases": list(unit.aliases),
        "opened": unit.opened,
        "closed": unit.closed,
        "confirmed_at": confirmed_at,
    }
