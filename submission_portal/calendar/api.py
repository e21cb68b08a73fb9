"""When deliveries are due and who has delivered, which is published for every line."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import marshmallow as ma

from registry import clock
from registry.api.fields import Day, Moment, Whole
from registry.api.paging import PageArguments, page_answer, page_schema
from registry.api.principals import Anyone
from registry.api.resources import Resources
from registry.api.schemas import OrganisationSchema
from registry.db import db
from registry.findings import Text
from registry.identity import queries as identity
from registry.identity.tables import Organisation
from registry.paging import page_of_sequence
from submission_portal.calendar.punctuality import DueState
from submission_portal.calendar.queries import Entry, entries, lines_of

resources = Resources(
    "calendar",
    __name__,
    description=Text("Sista dagar för leveranser.", "Last days of deliveries."),
)
FIRST_YEAR, LAST_YEAR = 2000, 2100
STATES = {
    DueState.AWAY: "the region does not take part in the period",
    DueState.RUNNING: "the period is not over",
    DueState.DUE: "it is over, and can still be delivered in time",
    DueState.MISSING: "its last day has passed, and it has not been delivered as a whole",
    DueState.IN_TIME: "delivered in time",
    DueState.LATE: "delivered after its last day",
}
_DUE = {
    "line": "kalmar-disponibla-vardplatser",
    "discloser": {"kind": "region", "code": "08", "name": {"sv": "Region Kalmar län", "en": "Region Kalmar"}},
    "period": "2026-12",
    "first": "2026-12-01",
    "last": "2026-12-31",
    "due": "2027-01-18",
    "state": "running",
    "delivered_at": None,
}


class DueArguments(PageArguments):
    """Which last days."""

    year = Whole(
        validate=ma.validate.Range(min=FIRST_YEAR, max=LAST_YEAR),
        metadata={
            "description": "The year that the last days are in; this year where none is asked for.",
            "example": 2027,
        },
    )
    line = ma.fields.String(
        validate=ma.validate.Length(1, 200),
        metadata={"description": "Of this line.", "example": "kalmar-disponibla-vardplatser"},
    )


class DueSchema(ma.Schema):
    """A period of a line, and when it is due."""

    line = ma.fields.String(required=True, metadata={"description": "The delivery line."})
    discloser = ma.fields.Nested(OrganisationSchema, required=True, metadata={"description": "Who delivers."})
    period = ma.fields.String(required=True, metadata={"description": "As periods are written: 2026-12."})
    first = Day(required=True, metadata={"description": "The period's first day."})
    last = Day(required=True, metadata={"description": "The period's last day."})
    due = Day(required=True, metadata={"description": "The last day to deliver it, until midnight in Sweden."})
    state = ma.fields.String(
        required=True,
        validate=ma.validate.OneOf([one.value for one in DueState]),
        metadata={"description": "; ".join(f"{one.value}: {text}" for one, text in STATES.items()) + "."},
    )
    delivered_at = Moment(
        required=True, allow_none=True, metadata={"description": "When it was delivered as a whole; null: it is not."}
    )


@resources.get("/due-dates", needs=Anyone.PUBLIC)
@resources.arguments(DueArguments, location="query")
@resources.response(
    200, page_schema(DueSchema), example={"items": [_DUE], "page": 1, "limit": 50, "pages": 1, "total": 1}
)
def list_due_dates(asked: Mapping[str, Any]) -> Any:
    """What is due, and who has delivered it.

    The periods whose last day is in a year, by that day. That something was delivered is published for every line, and nothing of
    what it was.
    """
    year = asked.get("year") or clock.today().year
    lines = [one for one in lines_of(db.session) if asked.get("line") in (None, one.version.item.slug)]
    found = entries(db.session, lines, date(year, 1, 1), date(year, 12, 31), clock.now())
    disclosers = {one.id: one for one in identity.organisations(db.session)}
    page = page_of_sequence(found, asked["page"], asked["limit"])
    return page_answer(page.of(lambda one: _row(one, disclosers)), asked)


def _row(entry: Entry, disclosers: Mapping[str, Organisation]) -> dict[str, Any]:
    period = entry.expected.period
    return {
        "line": entry.of.version.item.slug,
        "discloser": disclosers[entry.of.line.discloser],
        "period": str(period),
        "first": period.first,
        "last": period.last,
        "due": entry.due,
        "state": entry.state.value,
        "delivered_at": entry.outcome.at,
    }
