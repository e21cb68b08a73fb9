"""What can be done with a delivery before it meets the other side, for pages, commands and jobs alike.

Each flushes, records an event, never commits. Sending, releasing and withdrawing are in `receiving.services`.
"""

from submission_portal.deliveries.checking.kept_reading import read_for
from submission_portal.deliveries.decisions.disclosure import assess_disclosure, disclose
from submission_portal.deliveries.decisions.refusal import refuse
from submission_portal.deliveries.drafts.answering import answer, ask_again, choose_correction, explain, save
from submission_portal.deliveries.drafts.comparing import compare_again
from submission_portal.deliveries.drafts.preparing import open_version, read_again, read_own_file, start
from submission_portal.deliveries.layouts.services import keep_layout

__all__ = [
    "answer",
    "ask_again",
    "assess_disclosure",
    "choose_correction",
    "compare_again",
    "disclose",
    "explain",
    "keep_layout",
    "open_version",
    "read_again",
    "read_for",
    "read_own_file",
    "refuse",
    "save",
    "start",
]
