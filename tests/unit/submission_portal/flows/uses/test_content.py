"""What a use's content is, and what keeps it from being sent to be decided."""

from datetime import date

import pytest

from registry.content.canonical import canonical
from registry.findings import Text
from registry.items.outlines import Word
from registry.provenance import Provenance
from submission_portal.flows.audiences import Audience
from submission_portal.flows.policy import Policy, Zeros
from submission_portal.flows.uses.content import (
    LONGEST_RETENTION,
    UNKNOWN_DAY,
    depends_on,
    faults,
    outline,
    parse,
    read,
    title,
)

COMPLETE = {
    "content_schema": "use/1",
    "title": {"sv": "Nationell uppföljning", "en": "National follow-up"},
    "line": "1" * 32,
    "line_version": "b" * 64,
    "discloser": "d" * 32,
    "recipient": "e" * 32,
    "audience": "recipient",
    "purpose": {"sv": "Uppföljning", "en": "Follow-up"},
    "needs": ["uppdrag/disponibla"],
    "legal_ground": {"title": {"sv": "Uppdrag", "en": "Assignment"}, "reference": "S2023/1", "valid_to": "2026-12-31"},
    "policy": {"threshold": 5, "zeros": "published", "source": "AIHW"},
    "retention": {"months": 24},
    "covers_from": "2025-01-01",
    "succeeds": "",
    "valid_from": "2026-01-01",
    "valid_to": "2026-12-31",
    "provenance": "own",
}


def changed(**changes):
    parts = {name: {**COMPLETE[name], **value} for name, value in changes.items() if isinstance(value, dict)}
    return {**COMPLETE, **changes, **parts}


def told(**changes):
    return {one.code: [place.field for place in one.places] for one in parse(changed(**changes))[1]}


def test_complete_content_has_nothing_to_say_and_stays_as_it_is():
    normal, findings = parse(COMPLETE)
    assert findings == [] and normal == COMPLETE and canonical(normal)


def test_an_empty_draft_can_be_kept_and_names_everything_that_is_missing():
    normal, findings = parse({})
    [missing] = [one for one in findings if one.code == "USE-001"]
    assert [place.field for place in missing.places] == [
        "title", "line", "recipient", "purpose", "legal_ground.title", "legal_ground.reference", "legal_ground.valid_to",
        "policy.source", "policy.zeros", "retention.months", "valid_from", "valid_to",
    ]  # fmt: skip
    assert missing.params["missing"].sv.startswith("namn, leveranslinje, mottagare")
    assert canonical(normal) and normal["audience"] == "recipient" and normal["policy"]["threshold"] == -1


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"valid_to": "2026-01-01"}, {}),
        ({"valid_to": "2025-12-31"}, {"USE-002": ["valid_to"]}),
        ({"legal_ground": {"valid_to": "2025-12-31"}}, {"USE-003": ["legal_ground.valid_to"]}),
        ({"legal_ground": {"valid_to": "2026-01-01"}}, {"USE-004": ["legal_ground.valid_to"]}),
        ({"legal_ground": {"valid_to": "2026-12-30"}}, {"USE-004": ["legal_ground.valid_to"]}),
        ({"legal_ground": {"valid_to": "2027-01-01"}}, {}),
        ({"policy": {"threshold": 0}}, {}),
        ({"policy": {"threshold": -1}}, {"USE-005": ["policy.threshold"]}),
        ({"policy": {"threshold": 100}}, {}),
        ({"policy": {"threshold": 101}}, {"USE-005": ["policy.threshold"]}),
        ({"recipient": "d" * 32}, {"USE-006": ["recipient"]}),
        ({"retention": {"months": 0}}, {}),
        ({"retention": {"months": -1}}, {"USE-008": ["retention.months"]}),
        ({"retention": {"months": LONGEST_RETENTION}}, {}),
        ({"retention": {"months": LONGEST_RETENTION + 1}}, {"USE-008": ["retention.months"]}),
        ({"retention": {"months": None}}, {"USE-001": ["retention.months"]}),
        ({"covers_from": None}, {}),
        ({"covers_from": "2025-02-30"}, {"USE-007": ["covers_from"]}),
        ({"audience": "own_region"}, {"USE-007": ["audience"]}),
        ({"okant": 1}, {"USE-007": ["okant"]}),
        ({"purpose": {"sv": "x" * 4001}}, {"USE-007": ["purpose.sv"]}),
    ],
)
def test_each_part_is_judged_on_either_side(changes, found):
    assert told(**changes) == found


def test_a_use_is_read_as_values():
    use = read(COMPLETE)
    assert (use.title, use.line, use.line_version) == (
        Text("Nationell uppföljning", "National follow-up"), "1" * 32, "b" * 64,
    )  # fmt: skip
    assert (use.audience, use.needs, use.retention_months) == (Audience.RECIPIENT, ("uppdrag/disponibla",), 24)
    assert (use.policy, use.provenance) == (Policy(5, Zeros.PUBLISHED, Text("AIHW", "AIHW")), Provenance.OWN)
    assert (use.covers_from, use.valid_from, use.valid_to) == (date(2025, 1, 1), date(2026, 1, 1), date(2026, 12, 31))
    draft = read(parse({})[0])
    assert (draft.valid_from, draft.valid_to, draft.ground.valid_to, draft.covers_from) == (*(UNKNOWN_DAY,) * 3, None)
    assert title(COMPLETE) == use.title and depends_on(COMPLETE) == ("b" * 64,) and depends_on(parse({})[0]) == ()
    assert [one.code for one in faults([])] == ["USE-007"]


def test_the_sunset_is_the_uses_end_or_its_grounds_whichever_comes_first():
    assert read(changed(legal_ground={"valid_to": "2026-06-30"})).sunset == date(2026, 6, 30)
    assert read(changed(legal_ground={"valid_to": "2027-06-30"})).sunset == date(2026, 12, 31)


def test_a_use_is_outlined_part_by_part():
    rows = {label.en: value for label, value in outline(COMPLETE)}
    assert rows["Audience"] == Word("mottagaren", "the recipient")
    assert (rows["Needs"], rows["Kept after the end, months"], rows["Threshold for small numbers"]) == (
        "uppdrag/disponibla", "24", "5",
    )  # fmt: skip
    assert rows["Covers earlier periods from"] == "2025-01-01"
    said_nothing = {label.en: value for label, value in outline(parse({})[0])}
    assert said_nothing["Kept after the end, months"] == "" and len(said_nothing) == len(rows) == 14
