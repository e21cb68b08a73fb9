"""What this sub-package gives to the house."""

from registry.findings import Text
from registry.plugin import Plugin
from submission_portal.replays import evidence, replaying
from submission_portal.replays.views import blueprint

plugin = Plugin(
    name="replays",
    blueprints=(blueprint,),
    job_handlers={replaying.REPLAY: replaying.run},
    evidence=(evidence.of_version,),
    event_texts={
        "DeliveriesReplayed": Text(
            "En föreslagen version prövades på det som levererats.",
            "A proposed version was tried on what was delivered.",
        ),
    },
    unseen_events=("DeliveriesReplayed",),
)
