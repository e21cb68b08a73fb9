"""What a flow's content is, and what keeps it from being sent to review."""

import pytest

from registry.content.canonical import canonical
from registry.findings import Text
from registry.items.outlines import Word
from submission_portal.flows import carried
from submission_portal.flows.content import depends_on, outline, parse, read
from submission_portal.flows.policy import Policy, Zeros
from submission_portal.flows.uses import content as uses

COMPLETE = {
    "content_schema": "flow/1",
    "title": {"sv": "Vårdplatser", "en": "Beds"},
    "discloser": "d" * 32,
    "recipient": "e" * 32,
    "model": "faststallda-vardplatser-per-sjukhus",
    "model_version": "a" * 64,
    "purpose": {"sv": "Uppföljning", "en": "Follow-up"},
    "legal_ground": {"title": {"sv": "Uppdrag", "en": "Assignment"}, "reference": "S2023/1", "valid_to": "2026-12-31"},
    "policy": {"threshold": 5, "zeros": "published", "source": "AIHW"},
    "valid_from": "2026-01-01",
    "valid_to": "2026-12-31",
    "automatic": True,
    "provenance": "own",
}


def use_of(flow):
    """The use that ``flow/1`` let into being."""
    return uses.read(carried.first_use(flow, "1" * 32, "b" * 64))


def _codes(**changes) -> list[str]:
    return [finding.code for finding in parse({**COMPLETE, **changes})[1]]


def test_complete_content_has_nothing_to_say_and_is_canonical():
    normal, findings = parse(COMPLETE)
    assert findings == []
    assert parse(normal)[0] == normal
    assert canonical(normal)


def test_an_empty_draft_can_be_kept_and_names_everything_that_is_missing():
    normal, findings = parse({"content_schema": "flow/1"})
    assert canonical(normal)
    missing = next(finding for finding in findings if finding.code == "FLOW-001")
    assert {place.field for place in missing.places} >= {"title", "purpose", "legal_ground.valid_to", "policy.source"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"valid_to": "2025-12-31"}, "FLOW-002"),
        ({"legal_ground": {**COMPLETE["legal_ground"], "valid_to": "2025-12-31"}}, "FLOW-003"),
        ({"legal_ground": {**COMPLETE["legal_ground"], "valid_to": "2026-06-30"}}, "FLOW-004"),
        ({"policy": {"threshold": 101, "zeros": "published", "source": "x"}}, "FLOW-005"),
        ({"policy": {"threshold": "5", "zeros": "published", "source": "x"}}, "FLOW-005"),
        ({"recipient": "d" * 32}, "FLOW-006"),
        ({"valid_from": "in spring"}, "FLOW-001"),
        ({"model_version": "short"}, "FLOW-001"),
    ],
)
def test_what_does_not_fit_is_told(changes, code):
    assert code in _codes(**changes)


def test_a_ground_needs_an_end():
    ground = {**COMPLETE["legal_ground"], "valid_to": None}
    assert _codes(legal_ground=ground) == ["FLOW-001"]


def test_the_swedish_text_stands_in_where_english_is_missing():
    normal, _ = parse({**COMPLETE, "purpose": {"sv": "Uppföljning", "en": ""}})
    assert normal["purpose"] == {"sv": "Uppföljning", "en": "Uppföljning"}


def test_the_sunset_is_the_flows_end_or_the_grounds_whichever_comes_first():
    ground = {**COMPLETE["legal_ground"], "valid_to": "2026-06-30"}
    assert use_of(parse({**COMPLETE, "legal_ground": ground})[0]).sunset.isoformat() == "2026-06-30"


def test_the_outline_names_everything_that_can_differ():
    normal, _ = parse(COMPLETE)
    labels = [label.sv for label, _value in outline(normal)]
    assert len(labels) == len(set(labels)) == 13


@pytest.mark.parametrize(
    ("codes", "said"),
    [(["65016", "65013"], ("Ja, efter sjukhus: 65016, 65013", "Yes, by sjukhus: 65016, 65013")),
     ([], ("Ja, efter sjukhus: alla", "Yes, by sjukhus: all"))],
)  # fmt: skip
def test_the_parts_of_a_line_are_told_in_the_readers_language_alone(codes, said):
    divided = {"content_schema": "line/1", "parts": {"element": "sjukhus", "codes": codes}}
    rows = {label.en: value for label, value in outline(parse(divided)[0])}
    assert rows["Delivered in parts"] == Word(*said)


def test_an_approval_binds_the_model_version():
    assert depends_on(parse(COMPLETE)[0]) == ("a" * 64,)
    assert depends_on(parse({"content_schema": "flow/1"})[0]) == ()


def test_the_source_of_the_threshold_is_said_in_both_languages():
    policy = {**COMPLETE["policy"], "source": "Praxis hos AIHW", "source_en": "Practice at AIHW"}
    normal, _ = parse({**COMPLETE, "policy": policy})
    assert use_of(normal).policy.source == Text("Praxis hos AIHW", "Practice at AIHW")
    assert Text("Praxis hos AIHW", "Practice at AIHW") in [said for _, said in outline(normal)]


def test_content_from_before_there_was_an_english_source_stays_as_it_was():
    normal, _ = parse(COMPLETE)
    assert normal["policy"] == COMPLETE["policy"]
    assert use_of(normal).policy.source == Text("AIHW", "AIHW")


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"policy": {**COMPLETE["policy"], "zeros": "supressed"}}, "policy.zeros"),
        ({"policy": {**COMPLETE["policy"], "threshold": True}}, "policy.threshold"),
        ({"policy": {**COMPLETE["policy"], "threshold": 5.0}}, "policy.threshold"),
        ({"policy": {"treshold": 5, "zeros": "hidden", "source": "x"}}, "policy.treshold"),
        ({"policy": {"threshold": 5, "zeroes": "hidden", "source": "x"}}, "policy.zeroes"),
        ({"policy": "strict"}, "policy"),
        ({"automatic": "false"}, "automatic"),
        ({"automatic": 0}, "automatic"),
        ({"automattic": False}, "automattic"),
        ({"valid_to": "2026-02-30"}, "valid_to"),
        ({"legal_ground": {**COMPLETE["legal_ground"], "valid_until": "2026-12-31"}}, "legal_ground.valid_until"),
        ({"provenance": "made up"}, "provenance"),
        ({"title": {"sv": "V" * 161, "en": "B"}}, "title.sv"),
        ({"content_schema": "flow/2"}, "content_schema"),
    ],
)
def test_what_is_written_wrong_is_refused_and_never_read_as_something_else(changes, path):
    found = [finding for finding in parse({**COMPLETE, **changes})[1] if finding.code == "FLOW-007"]
    assert [finding.places[0].field for finding in found] == [path]


def test_protection_that_a_draft_does_not_state_is_missing_and_never_taken_for_the_weaker():
    normal, findings = parse({**COMPLETE, "policy": {"threshold": 5, "source": "x"}, "automatic": None})
    missing = next(finding for finding in findings if finding.code == "FLOW-001")
    assert {place.field for place in missing.places} == {"policy.zeros", "automatic"}
    draft = use_of(normal)
    assert draft.policy.zeros is Zeros.HIDDEN and not read(normal).is_automatic


def test_what_was_stored_before_is_read_as_it_was():
    stored = {"content_schema": "flow/1", **COMPLETE, "policy": {"threshold": 5, "zeros": "hidden", "source": "x"}}
    assert use_of(stored).policy == Policy(5, Zeros.HIDDEN, Text("x", "x"))
    assert Word("Nollor döljs", "Zeros are hidden") in [said for _, said in outline(stored)]
