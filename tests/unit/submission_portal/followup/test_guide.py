"""What the documents say of the follow-up is so."""

import re
from pathlib import Path

from submission_portal.followup.breaks import Cause
from submission_portal.followup.figures import Status
from submission_portal.followup.finding_texts import TEXTS
from submission_portal.followup.tables import TableState

DOCS = Path(__file__).parents[4] / "docs"
GUIDE = (DOCS / "guides" / "recipient.md").read_text()
HOW = (DOCS / "followup.md").read_text()


def test_every_status_is_explained_in_the_guide():
    for status in set(Status) - {Status.OBSERVED}:
        assert status.label.sv in GUIDE


def test_every_cause_is_explained_in_both():
    for cause in Cause:
        assert cause.value in GUIDE.lower()
        assert cause.value in HOW.lower()


def test_every_state_and_every_finding_that_is_named_exists():
    codes = {text.code for text in TEXTS}
    assert set(re.findall(r"FOL-[0-9]{3}", HOW)) <= codes
    for state in TableState:
        assert f"`{state.value}`" in HOW


def test_every_module_that_is_named_exists():
    root = DOCS.parent / "submission_portal"
    for name in set(re.findall(r"`((?:forwarding|followup)/)?([a-z_]+\.py)`", HOW)):
        folder, module = name
        assert (root / (folder or "followup/") / module).exists(), module
