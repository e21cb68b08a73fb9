"""What this sub-package gives to the house."""

from registry.plugin import Plugin
from submission_portal.deliveries.acts import for_discloser
from submission_portal.receiving import event_texts
from submission_portal.receiving.api.guide import GUIDE
from submission_portal.receiving.api.resources import resources
from submission_portal.receiving.auditing import AUDITOR
from submission_portal.receiving.cli import deliveries
from submission_portal.receiving.uploads import services as uploads
from submission_portal.receiving.uploads.finding_texts import TEXTS
from submission_portal.receiving.uploads.resources import resources as upload_resources
from submission_portal.receiving.views import blueprint

plugin = Plugin(
    name="receiving",
    blueprints=(blueprint,),
    resources=(resources, upload_resources),
    guides=(GUIDE,),
    commands=(deliveries,),
    auditors=(AUDITOR,),
    job_handlers={uploads.FORGET: uploads.forget},
    daily_jobs=(uploads.FORGET,),
    finding_texts=TEXTS,
    acts={"DeliverySent": for_discloser, "DeliveryWithdrawn": for_discloser},
    event_texts=event_texts.TEXTS,
)
