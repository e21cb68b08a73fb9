"""What this sub-package gives to the house."""

from registry.plugin import Plugin
from submission_portal.forwarding import event_texts
from submission_portal.forwarding.jobs import forward_release, tidy_store
from submission_portal.forwarding.resolvers import LISTING, describe_releases
from submission_portal.forwarding.services import FORWARD, TIDY

plugin = Plugin(
    name="forwarding",
    job_handlers={FORWARD: forward_release, TIDY: tidy_store},
    resolvers={"release": describe_releases},
    listings={"release": LISTING},
    event_texts=event_texts.TEXTS,
)
