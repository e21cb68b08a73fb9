"""A flow's content field by field, and its days, one on either side."""

from datetime import date, timedelta

import pytest

from registry.findings import Text
from registry.items.lifecycle import State
from registry.items.outlines import Mention, Word
from registry.provenance import Provenance
from submission_portal.flows.content import UNKNOWN_DAY, depends_on, faults, outline, parse, read, title
from submission_portal.flows.policy import Policy, Zeros
from submission_portal.flows.standing import Validity, notices, refusal
from tests.unit.submission_portal.flows.test_content import COMPLETE, use_of

EMPTY = {"content_schema": "flow/1"}

DAY = timedelta(days=1)


def changed(**changes):
    parts = {name: {**COMPLETE[name], **value} for name, value in changes.items() if isinstance(value, dict)}
    return {**COMPLETE, **changes, **parts}


def told(**changes):
    return {one.code: [place.field for place in one.places] for one in parse(changed(**changes))[1]}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, {}),
        ({"policy": {"threshold": 0}}, {}),
        ({"policy": {"threshold": 100}}, {}),
        ({"policy": {"threshold": -1}}, {"FLOW-005": ["policy.threshold"]}),
        ({"policy": {"threshold": 101}}, {"FLOW-005": ["policy.threshold"]}),
        ({"policy": {"threshold": None}}, {"FLOW-005": ["policy.threshold"]}),
        ({"policy": {"threshold": True}}, {"FLOW-005": ["policy.threshold"], "FLOW-007": ["policy.threshold"]}),
        ({"policy": {"zeros": None}}, {"FLOW-001": ["policy.zeros"]}),
        ({"policy": {"zeros": "supressed"}}, {"FLOW-001": ["policy.zeros"], "FLOW-007": ["policy.zeros"]}),
        ({"policy": {"source": " "}}, {"FLOW-001": ["policy.source"]}),
        ({"automatic": None}, {"FLOW-001": ["automatic"]}),
        ({"automatic": False}, {}),
        ({"automatic": "false"}, {"FLOW-001": ["automatic"], "FLOW-007": ["automatic"]}),
        ({"model": ""}, {"FLOW-001": ["model_version"]}),
        ({"model_version": "a" * 63}, {"FLOW-001": ["model_version"]}),
        ({"discloser": "", "recipient": ""}, {"FLOW-001": ["discloser", "recipient"]}),
        ({"title": {"sv": ""}}, {"FLOW-001": ["title"]}),
        ({"legal_ground": {"title": {"sv": " "}, "reference": "", "valid_to": None}},
         {"FLOW-001": ["legal_ground.title", "legal_ground.reference", "legal_ground.valid_to"]}),
        ({"valid_from": None, "valid_to": None}, {"FLOW-001": ["valid_from", "valid_to"]}),
        ({"valid_to": "2026-01-01"}, {}),
        ({"valid_to": "2025-12-31"}, {"FLOW-002": ["valid_to"]}),
        ({"legal_ground": {"valid_to": "2026-01-01"}}, {"FLOW-004": ["legal_ground.valid_to"]}),
        ({"legal_ground": {"valid_to": "2025-12-31"}}, {"FLOW-003": ["legal_ground.valid_to"]}),
        ({"legal_ground": {"valid_to": "2026-12-30"}}, {"FLOW-004": ["legal_ground.valid_to"]}),
        ({"legal_ground": {"valid_to": "2027-01-01"}}, {}),
        ({"valid_from": None, "legal_ground": {"valid_to": "2025-12-31"}},
         {"FLOW-001": ["valid_from"], "FLOW-004": ["legal_ground.valid_to"]}),
        ({"recipient": COMPLETE["discloser"]}, {"FLOW-006": ["recipient"]}),
        ({"valid_from": "2026-02-30"}, {"FLOW-001": ["valid_from"], "FLOW-007": ["valid_from"]}),
        ({"okant": 1}, {"FLOW-007": ["okant"]}),
        ({"purpose": {"sv": "x" * 4001}}, {"FLOW-007": ["purpose.sv"]}),
        ({"title": {"sv": "x" * 160}}, {}),
        ({"title": {"sv": "x" * 161}}, {"FLOW-007": ["title.sv"]}),
    ],
)  # fmt: skip
def test_each_part_is_judged_on_either_side(changes, found):
    assert told(**changes) == found


def test_what_is_missing_is_named_in_words():
    [missing] = [one for one in parse(changed(automatic=None, valid_to=None))[1] if one.code == "FLOW-001"]
    assert missing.params["missing"] == Text(
        "sista dag, om leveranser utan fynd går rakt igenom",
        "last day, whether deliveries without findings go straight through",
    )


def test_content_is_normalised_and_a_draft_keeps_what_could_be_read():
    normal, _ = parse(changed(
        title={"sv": "  Namn ", "en": ""}, discloser=" a  b ", recipient=7, policy={"source_en": " x ", "source": " y\nz "},
        provenance="wrong", purpose=None, legal_ground=3,
    ))  # fmt: skip
    assert normal["title"] == {"sv": "Namn", "en": "Namn"}
    assert (normal["discloser"], normal["recipient"], normal["provenance"]) == ("a b", "", Provenance.OWN)
    assert normal["purpose"] == {"sv": "", "en": ""}
    assert normal["legal_ground"] == {"title": {"sv": "", "en": ""}, "reference": "", "valid_to": None}
    assert normal["policy"] == {"threshold": 5, "zeros": "published", "source": "y z", "source_en": "x"}
    assert "source_en" not in parse(COMPLETE)[0]["policy"]
    assert parse({**EMPTY, "policy": {"threshold": "5"}})[0]["policy"]["threshold"] == -1
    assert parse({**EMPTY, "title": {"sv": "x" * 200}, "discloser": "y" * 5000})[0]["title"]["sv"] == "x" * 160
    assert len(parse({**EMPTY, "discloser": "y" * 5000})[0]["discloser"]) == 4000
    assert [one.code for one in faults([])] == ["FLOW-007"]


def test_a_flow_is_read_as_values():
    flow = read(parse(COMPLETE)[0])
    assert (flow.title, flow.model, flow.model_version) == (Text("Vårdplatser", "Beds"), COMPLETE["model"], "a" * 64)
    assert (flow.is_automatic, flow.provenance) == (True, Provenance.OWN)
    assert (flow.valid_from, flow.valid_to) == (date(2026, 1, 1), date(2026, 12, 31))
    use = use_of(parse(COMPLETE)[0])
    assert (use.policy, use.sunset) == (Policy(5, Zeros.PUBLISHED, Text("AIHW", "AIHW")), date(2026, 12, 31))
    assert read(parse(changed(automatic=False))[0]).is_automatic is False
    assert read(parse(changed(automatic=None))[0]).is_automatic is False
    draft = use_of(parse(EMPTY)[0])
    assert (draft.valid_from, draft.valid_to, draft.ground.valid_to) == (UNKNOWN_DAY,) * 3
    assert draft.policy.zeros is Zeros.HIDDEN
    assert Policy.from_dict({"threshold": 3, "zeros": "hidden", "source": "å", "source_en": "a"}).source == Text(
        "å", "a"
    )
    assert title(parse(COMPLETE)[0]) == Text("Vårdplatser", "Beds")
    assert depends_on(parse(COMPLETE)[0]) == ("a" * 64,) and depends_on(parse(EMPTY)[0]) == ()


def test_a_flow_is_outlined_part_by_part():
    rows = {label.en: value for label, value in outline(parse(COMPLETE)[0])}
    assert rows == {
        "Name": Text("Vårdplatser", "Beds"),
        "Purpose": Text("Uppföljning", "Follow-up"),
        "Information model": Mention("model", COMPLETE["model"], "a" * 64),
        "Hash of the model version": "a" * 64,
        "Legal ground": Text("Uppdrag", "Assignment"),
        "Reference of the ground": "S2023/1",
        "The ground is valid until": "2026-12-31",
        "Threshold for small numbers": "5",
        "Zeros": Word("Nollor visas", "Zeros are shown"),
        "Source of the threshold": Text("AIHW", "AIHW"),
        "Valid from": "2026-01-01",
        "Valid until": "2026-12-31",
        "Deliveries without findings go straight through": Word("Ja", "Yes"),
    }
    empty = {label.en: value for label, value in outline(parse(EMPTY)[0])}
    unsaid = Word("Inte angivet", "Not stated")
    assert (empty["Zeros"], empty["Deliveries without findings go straight through"]) == (unsaid, unsaid)
    assert [
        empty[name] for name in ("Information model", "The ground is valid until", "Valid from", "Valid until")
    ] == [""] * 4


FLOW = read(parse(COMPLETE)[0])


@pytest.mark.parametrize(
    ("validity", "day", "code", "said"),
    [
        (Validity(State.PUBLISHED, None), date(2026, 1, 1), None, None),
        (Validity(State.PUBLISHED, None), date(2025, 12, 31), "FLOW-104", "2026-01-01"),
        (Validity(State.PUBLISHED, date(2026, 3, 1)), date(2026, 3, 1), None, None),
        (Validity(State.PUBLISHED, date(2026, 3, 1)), date(2026, 2, 28), "FLOW-104", "2026-03-01"),
        (Validity(State.PUBLISHED, date(2025, 3, 1)), date(2025, 12, 31), "FLOW-104", "2026-01-01"),
        (Validity(State.SUPERSEDED, None, date(2026, 6, 1)), date(2026, 6, 1), None, None),
        (Validity(State.SUPERSEDED, None, date(2026, 6, 1)), date(2026, 6, 2), "FLOW-103", "2026-06-01"),
        (Validity(State.PUBLISHED, None), date(2026, 12, 31), None, None),
        (Validity(State.PUBLISHED, None), date(2027, 1, 1), "FLOW-105", "2026-12-31"),
        (Validity(State.WITHDRAWN, None), date(2026, 2, 1), "FLOW-102", None),
        (Validity(State.DRAFT, None), date(2026, 2, 1), "FLOW-101", None),
    ],
)
def test_a_delivery_is_taken_on_exactly_these_days(validity, day, code, said):
    found = refusal(FLOW, validity, day)
    assert (found and found.code) == code
    if said:
        assert set(found.params.values()) == {said}


@pytest.mark.parametrize(("before", "days"), [(90, 90), (91, None), (0, 0), (1, 1), (-1, None)])
def test_an_end_is_told_from_ninety_days_ahead_until_it_comes(before, days):
    found = notices(FLOW, [], FLOW.valid_to, [], FLOW.valid_to - before * DAY)
    assert [(one.code, one.params["days"]) for one in found] == ([] if days is None else [("FLOW-106", days)])


def test_what_is_to_come_is_told_with_its_first_day():
    day = date(2026, 3, 1)
    assert [one.code for one in notices(FLOW, [], FLOW.valid_to, [day], day)] == ["FLOW-107"]
    assert [one.code for one in notices(FLOW, [], FLOW.valid_to, [day + DAY], day)] == ["FLOW-108"]
    assert [one.code for one in notices(FLOW, [], FLOW.valid_to, [None, day + DAY], day)] == ["FLOW-107"]
    assert notices(FLOW, [], FLOW.valid_to, [], day) == ()
    both = notices(FLOW, [], FLOW.valid_to, [day + 2 * DAY, day + DAY], day, [day, day - DAY])
    assert [(one.code, one.params.get("valid_from"), one.params.get("withdrawn_on")) for one in both] == [
        ("FLOW-109", None, "2026-02-28"), ("FLOW-108", "2026-03-02", None),
    ]  # fmt: skip
