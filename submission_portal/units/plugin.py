"""What this sub-package gives to the house. Its pages are with deliveries, which know what was delivered."""

from registry.plugin import Plugin
from submission_portal.units import acts, event_texts
from submission_portal.units.api import resources
from submission_portal.units.finding_texts import TEXTS
from submission_portal.units.powers import UNITS

plugin = Plugin(
    name="units",
    resources=(resources,),
    acts=acts.ACTS,
    powers=(UNITS,),
    finding_texts=TEXTS,
    event_texts=event_texts.TEXTS,
)
