"""What this sub-package gives to the house."""

from registry.plugin import Plugin
from submission_portal.entry import acts, event_texts
from submission_portal.entry.finding_texts import TEXTS
from submission_portal.entry.powers import ENTRY
from submission_portal.entry.views import blueprint

plugin = Plugin(
    name="entry",
    blueprints=(blueprint,),
    acts=acts.ACTS,
    powers=(ENTRY,),
    finding_texts=TEXTS,
    event_texts=event_texts.TEXTS,
)
