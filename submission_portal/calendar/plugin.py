"""What this sub-package gives to the house."""

from collections.abc import Mapping

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.actors import Actor
from registry.findings import Text
from registry.items.queries import titled
from registry.items.tables import Version
from registry.plugin import MenuEntry, Plugin
from registry.references import Described
from submission_portal.calendar import reminding
from submission_portal.calendar.api import resources
from submission_portal.calendar.cli import calendar
from submission_portal.calendar.panels import tasks
from submission_portal.calendar.views import joining, lines, reading
from submission_portal.calendar.views.blueprint import blueprint
from submission_portal.flows.queries import APPROVED

ROUTES = (reading, lines, joining)
"""The modules that give the blueprint its pages."""


def describe_lines(session: Session, _actor: Actor, ids: list[str]) -> Mapping[str, Described]:
    """Approved lines as references, which are public, with the page of their last days."""
    rows = session.scalars(
        select(Version).where(Version.item_id.in_(ids), Version.state.in_(APPROVED)).order_by(Version.number)
    )
    return {
        one.item_id: Described(
            Text("Leveranslinje", "Delivery line"), titled(one), url_for("calendar.line", slug=one.item.slug), "flow"
        )
        for one in rows
    }


plugin = Plugin(
    name="calendar",
    blueprints=(blueprint,),
    resources=(resources,),
    commands=(calendar,),
    panels=(tasks,),
    resolvers={"flow": describe_lines},
    job_handlers={reminding.REMIND: reminding.run},
    daily_jobs=(reminding.REMIND,),
    tells={
        "DeliveryDueSoon": (reminding.the_senders,),
        "DeliveryMissing": (reminding.senders_and_reviewers,),
    },
    event_texts={
        "DeliveryDueSoon": Text("En leverans ska lämnas inom några dagar.", "A delivery is due within a few days."),
        "DeliveryMissing": Text(
            "En leverans saknas: dess sista dag har passerat.", "A delivery is missing: its last day has passed."
        ),
    },
    unseen_events=("DeliveryDueSoon", "DeliveryMissing"),
    menu=(MenuEntry(_l("Calendar"), "calendar.index", 36),),
)
