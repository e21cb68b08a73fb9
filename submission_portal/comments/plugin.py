"""What this sub-package gives to the house."""

from registry.findings import Text
from registry.plugin import Plugin
from submission_portal.comments.finding_texts import TEXTS
from submission_portal.comments.services import both_sides, the_region, the_reviewers
from submission_portal.comments.views import blueprint

plugin = Plugin(
    name="comments",
    blueprints=(blueprint,),
    finding_texts=TEXTS,
    event_texts={
        "DeliveryCommented": Text("Någon kommenterade en leverans.", "Somebody commented on a delivery."),
    },
    tells={
        "DeliveryCommented": (both_sides,),
        "CompletionAsked": (the_region,),
        "DeliveryReleased": (the_region,),
        "DeliveryRefused": (the_region,),
        "DeliveryPutToReview": (the_reviewers,),
        "DeliveryWithdrawn": (the_reviewers,),
    },
    unseen_events=("DeliveryCommented",),
)
