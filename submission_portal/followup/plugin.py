"""What this sub-package gives to the house."""

from registry.plugin import Plugin
from submission_portal.followup.finding_texts import TEXTS
from submission_portal.followup.jobs import on_version_published, publish_tables
from submission_portal.forwarding.services import PUBLISH

plugin = Plugin(
    name="followup",
    job_handlers={PUBLISH: publish_tables},
    finding_texts=TEXTS,
    event_handlers={"VersionPublished": (on_version_published,)},
)
