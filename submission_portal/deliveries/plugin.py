"""What this sub-package gives to the house."""

from flask_babel import lazy_gettext as _l

from registry.plugin import MenuEntry, Plugin
from submission_portal.deliveries import jobs, panels, preparing, sending, steps
from submission_portal.deliveries.cli import deliveries
from submission_portal.deliveries.finding_texts import TEXTS

plugin = Plugin(
    name="deliveries",
    blueprints=(steps.blueprint,),
    commands=(deliveries,),
    job_handlers={preparing.TIDY: jobs.tidy},
    event_handlers={"DeliveryReleased": (sending.on_released,)},
    panels=(panels.tasks,),
    resolvers={"delivery": panels.describe},
    finding_texts=TEXTS,
    menu=(MenuEntry(_l("Deliveries"), "deliveries.index", 35),),
)
