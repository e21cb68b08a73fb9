"""What this sub-package gives to the house."""

from flask_babel import lazy_gettext as _l

from registry.identity.actors import Role
from registry.plugin import Begin, MenuEntry, Plugin
from submission_portal.deliveries import (
    event_texts,
    intake,
    jobs,
    listing,
    panels,
    preparing,
    queries,
    sending,
    steps,
    views,
)
from submission_portal.deliveries.cli.commands import deliveries
from submission_portal.deliveries.finding_texts import TEXTS

ROUTES = (views, intake, steps)
"""The modules that give the blueprint its pages."""

plugin = Plugin(
    name="deliveries",
    blueprints=(views.blueprint,),
    commands=(deliveries,),
    job_handlers={preparing.TIDY: jobs.tidy, queries.CHECK: jobs.check},
    event_handlers={"DeliveryReleased": (sending.on_released,)},
    panels=(panels.tasks,),
    resolvers={"delivery": panels.describe},
    listings={"delivery": listing.LISTING},
    finding_texts=TEXTS,
    event_texts=event_texts.TEXTS,
    menu=(MenuEntry(_l("Deliveries"), "deliveries.index", 35),),
    begin=(
        Begin(
            (Role.DATA_OFFICER,),
            _l("Check a file"),
            "deliveries.choose_flow",
            _l(
                "Before anything leaves the region: read it in, see what remains, and send it when the region has decided."
            ),
        ),
    ),
)
