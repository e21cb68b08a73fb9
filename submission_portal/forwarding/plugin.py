"""What this sub-package gives to the house."""

from registry.plugin import Plugin
from submission_portal.forwarding import event_texts, examining, finding_texts
from submission_portal.forwarding.jobs import forward_release, tidy_store
from submission_portal.forwarding.kept import NATIONAL
from submission_portal.forwarding.resolvers import LISTING, describe_releases
from submission_portal.forwarding.services import FORWARD, TIDY

plugin = Plugin(
    name="forwarding",
    job_handlers={FORWARD: forward_release, TIDY: tidy_store},
    examiners=(examining.EXAMINER,),
    resolvers={"release": describe_releases},
    finding_texts=finding_texts.TEXTS,
    listings={"release": LISTING},
    event_texts=event_texts.TEXTS,
    kept=(NATIONAL,),
)
