"""The submission portal's plug-in: those of its sub-packages, merged.

Their order is that of the lists on the start page.
"""

import submission_portal.calendar.plugin
import submission_portal.comments.plugin
import submission_portal.deliveries.plugin
import submission_portal.demonstration.plugin
import submission_portal.entry.plugin
import submission_portal.flows.plugin
import submission_portal.followup.plugin
import submission_portal.forwarding.plugin
import submission_portal.legal_desk.plugin
import submission_portal.legal_questions.plugin
import submission_portal.receiving.plugin
import submission_portal.replays.plugin
import submission_portal.review.plugin
import submission_portal.units.plugin
import submission_portal.webhooks.plugin
from registry.plugin import merge

plugin = merge(
    "submission_portal",
    (
        submission_portal.legal_questions.plugin.plugin,
        submission_portal.flows.plugin.plugin,
        submission_portal.units.plugin.plugin,
        submission_portal.deliveries.plugin.plugin,
        submission_portal.calendar.plugin.plugin,
        submission_portal.entry.plugin.plugin,
        submission_portal.comments.plugin.plugin,
        submission_portal.webhooks.plugin.plugin,
        submission_portal.receiving.plugin.plugin,
        submission_portal.replays.plugin.plugin,
        submission_portal.review.plugin.plugin,
        submission_portal.legal_desk.plugin.plugin,
        submission_portal.forwarding.plugin.plugin,
        submission_portal.followup.plugin.plugin,
        submission_portal.demonstration.plugin.plugin,
    ),
)
