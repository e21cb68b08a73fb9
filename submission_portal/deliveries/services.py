"""What can be done with a delivery before it meets the other side, for pages, commands and jobs alike.

Each flushes, records an event, never commits. Sending, releasing and withdrawing are in `receiving.services`.
"""

from submission_portal.deliveries.checking.kept_reading import read_for
from submission_portal.deliveries.decisions.disclosure import assess_disclosure, disclose
from submission_portal.deliveries.decisions.refusal import refuse
from submission_portal.deliveries.drafts.preparing import (
    answer,
    ask_again,
    choose_correction,
    compare_again,
    explain,
    open_version,
    read_again,
    save,
    start,
)

__all__ = [
    "answer",
    "ask_again",
    "assess_disclosure",
    "choose_correction",
    "compare_again",
    "disclose",
    "explain",
    "open_version",
    "read_again",
    "read_for",
    "refuse",
    "save",
    "start",
]
