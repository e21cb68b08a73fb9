"""What this sub-package gives to the house."""

from legal_checks.small_numbers.finding_texts import FINDING_TEXTS as SMALL_NUMBER_TEXTS
from registry.plugin import Plugin
from submission_portal.legal_desk import compilation_views, event_texts
from submission_portal.legal_desk.cli import legal_group
from submission_portal.legal_desk.finding_texts import TEXTS
from submission_portal.legal_desk.views import blueprint

VIEWS = (compilation_views,)
"""Read so that their routes are on the blueprint."""

plugin = Plugin(
    name="legal_desk",
    blueprints=(blueprint,),
    commands=(legal_group,),
    finding_texts=(*SMALL_NUMBER_TEXTS, *TEXTS),
    event_texts=event_texts.TEXTS,
    unseen_events=("TableDecided", "HiddenValuesRead"),
)
