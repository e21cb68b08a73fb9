"""The loop over checks: what ran, what did not and why, and what the checks of a delivery find in a case."""

from datetime import date

import polars as pl
import pytest

from information_models.starter.loading import starter_model
from information_models.typed_rows import TypedRows
from registry.finding_catalogue import Stage
from registry.findings import Finding, Severity, Text
from submission_portal.deliveries.assessment.case import AFTER_ROWS, NO_HISTORY, Case
from submission_portal.deliveries.assessment.correction_checks import CORRECTIONS
from submission_portal.deliveries.assessment.gap_checks import GAPS
from submission_portal.deliveries.assessment.history_checks import HISTORY, same_values
from submission_portal.deliveries.assessment.known import Corrected, DeliveryBefore
from submission_portal.deliveries.assessment.law_checks import LAW
from submission_portal.deliveries.assessment.row_checks import ROWS
from submission_portal.deliveries.assessment.stages import run_stage
from submission_portal.deliveries.checks import Check, Need, run_checks
from submission_portal.deliveries.finding_texts.all import FINDINGS

MONTHLY = starter_model("manadsuppgifter-per-sjukhus")
FIRST = {"2018-01": date(2018, 1, 1), "2018-02": date(2018, 2, 1), "2018-03": date(2018, 3, 1)}
TOLD = Text("därför", "therefore")


def row(period, *, hospital="65016", beds="298.7", status="observed", number=2):
    return {
        "manad": period,
        "manad__first": FIRST[period],
        "sjukhus": hospital,
        "vardform": "somatisk",
        "disponibla": beds and float(beds),
        "disponibla__status": status,
        "__row": number,
        "__sheet": None,
    }


def case(now, before):
    return Case(MONTHLY, TypedRows.of(pl.DataFrame(now)), earlier=DeliveryBefore(pl.DataFrame(before), "2018-01"))


def test_the_same_values_as_in_the_period_before_are_noticed():
    now = [row("2018-02"), row("2018-02", hospital="25001", beds="7.7", number=3)]
    before = [row("2018-01", hospital="25001", beds="7.7"), row("2018-01", number=3)]
    [found] = same_values(case(now, before))
    assert (found.code, found.severity, [place.row for place in found.places]) == ("HIS-004", Severity.WARNING, [2, 3])
    assert "januari 2018" in FINDINGS.read(found, "sv").body and "January 2018" in FINDINGS.read(found, "en").body


def test_the_same_values_are_noticed_though_another_column_is_empty():
    empty = {"overbelaggningar": None, "overbelaggningar__status": "not_reported"}
    [found] = same_values(case([row("2018-02") | empty], [row("2018-01") | empty]))
    assert found.code == "HIS-004"


@pytest.mark.parametrize(
    "now",
    [
        [row("2018-02", beds="298.8")],
        [row("2018-02", hospital="25001")],
        [row("2018-02"), row("2018-03", number=3)],
        [row("2018-02", beds=None, status="closed")],
    ],
    ids=["a value", "a unit", "a period more", "closed"],
)
def test_a_single_cell_that_differs_is_enough(now):
    assert list(same_values(case(now, [row("2018-01")]))) == []


def test_what_has_no_values_at_all_is_not_the_same_as_before():
    closed = {"beds": None, "status": "closed"}
    frames = [
        pl.DataFrame([row(period, **closed)]).cast({"disponibla": pl.Float64}) for period in ("2018-02", "2018-01")
    ]
    assert list(same_values(Case(MONTHLY, TypedRows.of(frames[0]), earlier=DeliveryBefore(frames[1], "2018-01")))) == []


def test_what_ran_and_what_did_not_follows_from_what_is_needed():
    met, unmet = (Need(lambda _case, _found, is_met=is_met: is_met, lambda _case: TOLD) for is_met in (True, False))
    of_no_concern = Need(lambda _case, _found: False, lambda _case: None)
    checks = (
        Check("HIS-001", (met,), lambda _case: [FINDINGS.found("HIS-001", {"period": TOLD})]),
        Check("HIS-002", (met, unmet), lambda _case: []),
        Check("HIS-003", (of_no_concern,), lambda _case: []),
        Check("COR-003", (met,), lambda _case: []),
    )
    outcomes = run_checks(checks, "a case")
    assert [(one.code, len(one.findings), one.why_not) for one in outcomes] == [
        ("HIS-001", 1, None),
        ("HIS-002", 0, TOLD),
        ("COR-003", 0, None),
    ]
    stage = run_stage("history", outcomes)
    assert (stage.status, stage.ran, [why for _, why in stage.not_run]) == ("warn", 2, [TOLD])
    assert stage.not_run[0][0] == FINDINGS["HIS-002"].looks_for


def test_a_check_sees_what_was_found_before_it():
    sound = Need(lambda _case, found: not found, lambda _case: AFTER_ROWS)
    checks = (
        Check("COR-003", (sound,), lambda _case: [FINDINGS.found("COR-003")]),
        Check("HIS-001", (sound,), lambda _case: []),
    )
    assert [one.why_not for one in run_checks(checks, "a case")] == [None, AFTER_ROWS]
    assert [one.why_not for one in run_checks(checks, "a case", [FINDINGS.found("ROW-014")])] == [AFTER_ROWS] * 2


def test_a_check_that_finds_another_code_is_a_broken_contract():
    with pytest.raises(ValueError, match="HIS-001"):
        run_checks((Check("HIS-001", (), lambda _case: [FINDINGS.found("COR-003")]),), "a case")


def test_nothing_ran_where_there_is_no_delivery_before():
    stage = run_stage(
        "history", run_checks((*CORRECTIONS, *HISTORY), Case(MONTHLY, TypedRows.of(pl.DataFrame([row("2018-02")]))))
    )
    assert (stage.status, stage.ran, stage.not_run) == ("idle", 0, ((Text("", ""), NO_HISTORY),))


def test_every_check_of_a_delivery_has_an_entry_that_says_what_it_looks_for():
    for stages, checks in (
        ((Stage.ROWS,), ROWS),
        ((Stage.CONSISTENCY, Stage.HISTORY), GAPS),
        ((Stage.CORRECTION,), CORRECTIONS),
        ((Stage.HISTORY,), HISTORY),
        ((Stage.LAW,), LAW),
    ):
        assert all(FINDINGS[check.code].stage in stages and FINDINGS[check.code].looks_for for check in checks)
    codes = [check.code for check in (*ROWS, *GAPS, *CORRECTIONS, *HISTORY, *LAW)]
    assert len(codes) == len(set(codes))


def test_units_are_named_in_the_readers_language():
    before, now = [row("2018-01")], [row("2018-02"), row("2018-02", hospital="exempel-norra", number=3)]
    found = run_checks(HISTORY, case(now, before))[0].findings[0]
    assert found.places[0].label.sv.endswith("Somatisk sluten vård")
    assert found.places[0].label.en.endswith("Somatic in-patient care")
    assert dict(found.places[0].key) == {"sjukhus": "exempel-norra", "vardform": "somatisk"}
    assert Finding.from_dict(found.as_dict()) == found


def test_a_finding_that_was_stored_in_pairs_is_still_read():
    stored = {
        "code": "HIS-001",
        "severity": "warning",
        "params": {"period_sv": "januari 2018", "period_en": "January 2018"},
        "places": [{"value": "Kalix sjukhus, Somatik"}],
    }
    found = Finding.from_dict(stored)
    assert "January 2018" in FINDINGS.read(found, "en").body and "januari 2018" in FINDINGS.read(found, "sv").body
    assert found.places[0].value == "Kalix sjukhus, Somatik"


def test_what_a_correction_changes_needs_something_that_is_corrected():
    with pytest.raises(LookupError):
        _ = Case(MONTHLY, TypedRows.of(pl.DataFrame([row("2018-02")]))).of_corrected
    first, last = date(2018, 1, 1), date(2018, 1, 31)
    corrected = Corrected(pl.DataFrame([row("2018-01")]), "correction", first, last)
    assert Case(MONTHLY, TypedRows.of(pl.DataFrame([row("2018-01")])), corrected=corrected).is_correction
