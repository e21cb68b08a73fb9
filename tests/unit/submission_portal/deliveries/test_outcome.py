"""What an assessment comes to: stages, keys, what is kept of it, what is left to do, and what a finding is about."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from information_models.checks import Checked, CheckNotRun, CheckRun
from information_models.starter.loading import starter_model
from information_models.typed_rows import TypedRows
from registry.errors import Refused
from registry.findings import Finding, Place, Severity, Text
from submission_portal.deliveries.assessment import identity
from submission_portal.deliveries.assessment.case import (
    EARLIER,
    KNOWN_LAW,
    NO_HISTORY,
    NOT_CHOSEN,
    OFFLINE,
    SOUND,
    TODAY,
    USUAL,
    WHOLE,
    Case,
)
from submission_portal.deliveries.assessment.identity import MOST_KEPT, row_keys
from submission_portal.deliveries.assessment.known import Corrected, Law
from submission_portal.deliveries.assessment.law_checks import LAW
from submission_portal.deliveries.assessment.outcome import PLACES_KEPT, Assessment, Stage, finding_key
from submission_portal.deliveries.assessment.remaining import (
    findings_of,
    has_warnings,
    lapsed_explanations,
    remaining,
)
from submission_portal.deliveries.assessment.row_checks import ROWS
from submission_portal.deliveries.assessment.stages import checks_stage, idle, read_stage, run_stage, sorted_by_stage
from submission_portal.deliveries.checks import Check, CheckOutcome, Need, found_by, run_checks
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.lifecycle import CorrectionKind
from submission_portal.deliveries.pages.answer_fields import answers_of, correction_of, explanations_of, gap_answers_of
from submission_portal.deliveries.reading.needs import AFTER_FILE
from tests.unit.submission_portal.deliveries.test_corrections import frame, row

DAILY = starter_model("dagliga-vardplatser-per-avdelning")
ERROR, QUESTION, WARNING, INFO = (
    Finding(code, severity)
    for code, severity in (
        ("ROW-002", Severity.ERROR), ("ROW-004", Severity.QUESTION), ("HIS-002", Severity.WARNING), ("TIM-002", Severity.INFO),
    )
)  # fmt: skip


def test_what_is_left_comes_gravest_first_and_says_what_it_needs():
    assessment = Assessment(findings=(INFO, WARNING, QUESTION, ERROR))
    assert [key for key, _ in findings_of(assessment)] == ["ROW-002", "ROW-004", "HIS-002", "TIM-002"]
    assert [(one.key, one.needs, one.finding) for one in remaining(assessment, {})] == [
        ("ROW-002", "mend", ERROR), ("ROW-004", "answer", QUESTION), ("HIS-002", "explain", WARNING),
    ]  # fmt: skip
    assert [one.needs for one in remaining(assessment, {"HIS-002": " "})] == ["mend", "answer", "explain"]
    assert [one.needs for one in remaining(assessment, {"HIS-002": "x"})] == ["mend", "answer"]
    assert has_warnings(assessment) and not has_warnings(Assessment(findings=(ERROR, QUESTION, INFO)))


def test_an_explanation_lapses_where_its_finding_is_about_something_else_too():
    given = {"a": "text"}
    assert lapsed_explanations(given, {"a": ["1"]}, {"a": ["1", "2"]}) == given
    assert lapsed_explanations(given, {"a": ["1", "2"]}, {"a": ["2", "1"]}) == {}
    assert lapsed_explanations(given, {}, {"a": ["1"]}) == {}
    assert lapsed_explanations(given, {"a": ["1"]}, {}) == {}
    assert lapsed_explanations({}, {"a": ["1"]}, {"a": ["2"]}) == {}


def test_the_scheme_of_a_content_hash_is_kept_where_there_is_one():
    one = Assessment(findings=(INFO,), content_hash_scheme="columns/1")
    assert one.as_dict()["content_hash_scheme"] == "columns/1"
    assert Assessment.from_dict(one.as_dict()).content_hash_scheme == "columns/1"
    assert "content_hash_scheme" not in Assessment(findings=(INFO,)).as_dict()


def test_an_assessment_is_complete_where_nothing_has_to_be_mended_or_answered():
    for findings, complete in (((), True), ((WARNING, INFO), True), ((QUESTION,), False), ((ERROR,), False)):
        assert Assessment(findings=findings, typed=TypedRows.of(frame(row()))).is_complete is complete
        assert not Assessment(findings=findings).is_complete
    first, last = date(2026, 10, 1), date(2026, 10, 31)
    assert (Assessment(first=first, last=last).period, Assessment(first=first).period, Assessment(last=last).period) == (
        "2026-10", "", "",
    )  # fmt: skip


def test_a_finding_is_known_by_its_rule_and_what_it_is_about():
    for code, params, field, key in (
        ("ROW-002", {}, "belagda", "ROW-002.belagda"), ("ROW-002", {}, None, "ROW-002"), ("HIS-002", {}, "belagda", "HIS-002"),
        ("COR-001", {}, "belagda", "COR-001"), ("FIL-009", {}, "belagda", "FIL-009"),
        ("RULE-002", {"rule": "ryms"}, "belagda", "RULE-002.ryms"),
    ):  # fmt: skip
        assert finding_key(Finding(code, Severity.ERROR, params, (Place(row=1), Place(field=field)))) == key


def many(count):
    return Finding(
        "ROW-002",
        Severity.ERROR,
        {"element": "x"},
        tuple(Place(row=number, value="v" * 300) for number in range(count)),
    )


@pytest.mark.parametrize(("count", "kept", "told"), [(199, 199, None), (PLACES_KEPT, 200, None), (201, 200, 201)])
def test_places_are_kept_up_to_two_hundred_and_counted_whole(count, kept, told):
    assessment = Assessment(stages=(Stage("rows", "stop"),), findings=(many(count),))
    [finding] = assessment.as_kept().findings
    assert (len(finding.places), finding.params.get("count")) == (kept, told)
    assert finding.params["element"] == "x" and len(finding.places[0].value) < 300


def test_what_says_nothing_is_stored_as_nothing_but_explanations():
    assert Assessment().as_dict() == {}
    said = {"explained": {"a": ["1"]}, "lapsed": {}}
    assert Assessment(explained={"a": ("1",)}).as_dict() == said
    assert Assessment(lapsed={"a": "x"}).as_dict() == {"explained": {}, "lapsed": {"a": "x"}}
    assert Assessment.from_dict({}) == Assessment()
    assert Assessment.from_dict(said).explained == {"a": ("1",)}
    assert set(Assessment(findings=(INFO,)).as_dict()) == set(Assessment(stages=(Stage("rows", "ok"),)).as_dict())


def test_a_stage_is_stored_and_read_again_also_from_before_it_had_everything():
    full = Stage("rows", "warn", 3, (Text("å", "a"),), ((Text("b", "b"), Text("c", "c")),), {"rows": 2})
    assert Stage.from_dict(full.as_dict()) == full
    assert Stage.from_dict({"name": "rows", "status": "ok"}) == Stage("rows", "ok")


def test_a_stage_has_the_sign_of_its_gravest_finding():
    nothing = {"file": [], "structure": []}
    for findings, sign in (
        ([], "ok"),
        ([INFO], "ok"),
        ([WARNING, INFO], "warn"),
        ([QUESTION], "stop"),
        ([ERROR], "stop"),
    ):
        assert read_stage("file", {**nothing, "file": findings}, (), {"a": 1}) == Stage("file", sign, 1, facts={"a": 1})


def test_a_stage_of_the_reading_did_not_run_where_the_file_could_not_be_read():
    broken = {"file": [ERROR], "structure": []}
    assert read_stage("structure", broken, (), {}) == idle("structure", AFTER_FILE)
    assert read_stage("file", broken, (), {}).status == "stop"
    assert read_stage("structure", {"file": [WARNING], "structure": []}, (), {}) == Stage("structure", "ok", 1)
    assert read_stage("structure", {"file": [ERROR], "structure": [WARNING]}, (), {}) == Stage("structure", "warn", 1)
    ran = [one.code for one in FINDINGS if one.stage.value == "structure"][:2]
    told = read_stage("structure", broken, [CheckOutcome(code) for code in ran], {})
    assert (told.status, told.ran) == ("ok", 2)
    waits = [CheckOutcome(ran[0], why_not=AFTER_FILE)]
    assert read_stage("structure", {"file": [], "structure": [ERROR]}, waits, {}) == idle("structure", AFTER_FILE)


def test_findings_are_sorted_by_stage():
    why = Text("x", "x")
    assert idle("law", why) == Stage("law", "idle", not_run=((Text("", ""), why),))
    sorted_ = sorted_by_stage([ERROR, WARNING, Finding("GONE-1", Severity.INFO)])
    assert {name: [one.code for one in found] for name, found in sorted_.items()} == {
        "file": [], "structure": [], "rows": ["ROW-002", "GONE-1"], "consistency": [], "history": ["HIS-002"], "law": [],
    }  # fmt: skip


def test_a_stage_of_checks_says_what_ran_and_what_did_not():
    why = Text("w", "w")
    ran, waits = CheckOutcome("HIS-001", (WARNING,)), CheckOutcome("HIS-002", why_not=why)
    other = CheckOutcome("LEG-001")
    found = run_stage("history", [ran, waits, other], {"a": 1})
    assert (found.status, found.ran, found.facts) == ("warn", 1, {"a": 1})
    entry = FINDINGS["HIS-002"]
    assert found.not_run == ((entry.looks_for or entry.title, why),)
    assert run_stage("history", [waits]) == idle("history", why)
    assert run_stage("history", [other]) == Stage("history", "ok")
    plain = next(one for one in FINDINGS if one.looks_for is None and one.stage.value == "rows")
    assert (
        run_stage("rows", [CheckOutcome(plain.code), CheckOutcome(plain.code, why_not=why)]).not_run[0][0]
        == plain.title
    )


def test_a_stage_of_the_models_checks_has_three_examples_and_what_ran_besides():
    runs = tuple(CheckRun("ROW-002", name, Text(name, name), 1, 0) for name in ("a", "a", "b", "c", "d"))
    missed = (
        CheckNotRun("ROW-003", "x", Text("x", "x"), Text("y", "y")),
        CheckNotRun("ROW-008", "x", Text("q", "q"), Text("y", "y")),
    )
    checked = Checked(TypedRows.of(frame(row())), (), (*runs, CheckRun("ROW-008", "", Text("k", "k"), 1, 0)), missed)
    found = checks_stage("rows", checked, [ERROR], {"n": 1}, [CheckOutcome("TIM-001"), CheckOutcome("HIS-001")])
    assert (found.ran, found.status, found.facts) == (
        5 + len([1 for one in ("TIM-001",) if FINDINGS[one].stage.value == "rows"]),
        "stop",
        {"n": 1},
    )
    assert [text.sv for text in found.examples] == ["a", "b", "c"]
    assert [what.sv for what, _ in found.not_run] == ["x"]


# Checks and what they need


def outcomes(*checks, found_before=()):
    return run_checks([Check(*one) for one in checks], None, found_before)


def test_the_first_need_that_is_not_met_says_why():
    met, why = Need(lambda *_: True, lambda _: Text("no", "no")), Text("w", "w")
    unmet, foreign = Need(lambda *_: False, lambda _: why), Need(lambda *_: False, lambda _: None)
    ran = outcomes(
        ("HIS-002", (met,), lambda _: [WARNING]),
        ("ROW-004", (met, unmet, foreign), None),
        ("X", (foreign, unmet), None),
    )
    assert ran == (CheckOutcome("HIS-002", (WARNING,)), CheckOutcome("ROW-004", why_not=why))
    assert found_by(ran) == [WARNING]
    seen = []
    counting = Need(lambda _case, found: seen.append(len(found)) or True, lambda _: None)
    outcomes(
        ("HIS-002", (counting,), lambda _: [WARNING, WARNING]),
        ("HIS-001", (counting,), lambda _: []),
        found_before=[ERROR],
    )
    assert seen == [1, 3]
    with pytest.raises(ValueError, match="HIS-001"):
        outcomes(("HIS-001", (), lambda _: [WARNING]))


def test_what_checks_need_of_a_case():
    case = Case(DAILY, TypedRows.of(frame(row())))
    assert [SOUND.is_met(case, [one]) for one in (ERROR, QUESTION, WARNING)] == [False, True, True]
    assert [WHOLE.is_met(case, [one]) for one in (ERROR, QUESTION, WARNING)] == [False, False, True]
    assert not WHOLE.is_met(replace(case, read_in=(QUESTION,)), [])
    assert not TODAY.is_met(case, []) and TODAY.is_met(replace(case, today=date(2026, 1, 1)), [])
    assert not KNOWN_LAW.is_met(case, []) and KNOWN_LAW.is_met(replace(case, law=Law()), [])
    assert (KNOWN_LAW.why_not(case), TODAY.why_not(case)) == (OFFLINE, None)
    assert EARLIER.why_not(case) == NO_HISTORY
    assert EARLIER.why_not(replace(case, has_history=False)) == OFFLINE
    assert EARLIER.why_not(replace(case, is_chosen=False)) == NOT_CHOSEN
    span = (date(2026, 10, 1), date(2026, 10, 1))
    assert EARLIER.why_not(replace(case, corrected=Corrected(frame(row()), CorrectionKind.CORRECTION, *span))) is None
    replacing = replace(case, corrected=Corrected(frame(row()), CorrectionKind.REPLACEMENT, *span))
    assert EARLIER.why_not(replacing) == NO_HISTORY
    assert (USUAL.why_not(replacing), USUAL.why_not(case)) == (None, NO_HISTORY)


def found(checks, **settings):
    rows = frame(row(1, "A", 2, **settings.pop("values", {})), row(2, "A", 3), row(3, "A", 4))
    case = Case(DAILY, TypedRows.of(rows), **settings)
    return {one.code: one for one in found_by(run_checks(checks, case))}


def test_persons_of_a_day_that_has_not_begun_cannot_have_been_counted():
    told = found(ROWS, today=date(2026, 10, 2))
    assert {code: [place.row for place in one.places] for code, one in told.items()} == {"TIM-001": [4]}
    assert told["TIM-001"].places[0] == Place(None, 4, field="dag", value="2026-10-03")
    assert told["TIM-001"].params["today"] == "2026-10-02"
    assert found(ROWS, today=date(2026, 10, 3)) == {} and found(ROWS) == {}


def test_a_period_that_is_not_over_may_be_right():
    month = pl.col("dag__first").dt.month_start()
    rows = frame(row(2, "A", 2)).with_columns(month.alias("dag__first"), month.dt.month_end().alias("dag__last"))
    for today, code in (
        (date(2026, 9, 30), "TIM-001"),
        (date(2026, 10, 1), "TIM-002"),
        (date(2026, 10, 30), "TIM-002"),
    ):
        assert [one.code for one in found_by(run_checks(ROWS, Case(DAILY, TypedRows.of(rows), today=today)))] == [code]
    assert found_by(run_checks(ROWS, Case(DAILY, TypedRows.of(rows), today=date(2026, 10, 31)))) == []
    assert found_by(run_checks(ROWS, Case(DAILY, TypedRows.of(rows.drop("dag__last")), today=date(2026, 1, 1)))) == []
    assert [
        one.code
        for one in found_by(
            run_checks(ROWS, Case(DAILY, TypedRows.of(rows.drop("dag__first")), today=date(2026, 1, 1)))
        )
    ] == ["TIM-002"]


@pytest.mark.parametrize(("value", "is_small"), [(0, False), (1, True), (4, True), (5, False), (None, False)])
def test_persons_above_zero_and_below_the_threshold_are_small(value, is_small):
    told = found(LAW, law=Law(5), values={"belagda": value, "disponibla": 1})
    assert list(told) == (["LEG-001"] if is_small else [])
    if is_small:
        assert told["LEG-001"].places == (Place(None, 2, field="belagda"),)
        assert told["LEG-001"].params["below"] == 5


def test_rates_are_no_persons_and_concepts_without_a_statement_are_named():
    elements = tuple(replace(one, additive=False) for one in DAILY.model.elements)
    rates = replace(DAILY, model=replace(DAILY.model, elements=elements))
    assert found_by(run_checks(LAW, Case(rates, TypedRows.of(frame(row(1, "A", 2, belagda=1))), law=Law(5)))) == []
    assert found_by(run_checks(LAW, Case(DAILY, TypedRows.of(frame(row()).drop("belagda")), law=Law(5)))) == []
    [told] = found_by(
        run_checks(
            LAW, Case(DAILY, TypedRows.of(frame(row())), law=Law(0, undescribed=(Text("å", "a"), Text("b", "c"))))
        )
    )
    assert (told.code, told.params["concepts"]) == ("LEG-002", Text("å, b", "a, c"))


# What a finding is about


KEYS = pl.DataFrame({"__row": [2, 3], "unit": ["65016/A", "65016/B"], "period": ["2026-10-01", "2026-10-02"]})


def about(code, *places, **params):
    return identity.about(Finding(code, Severity.ERROR, params, places), DAILY, KEYS)


def test_a_finding_is_about_what_its_scope_names():
    assert about("ROW-002", Place(row=2, field="belagda")) == ["ROW-002|belagda|65016/A|2026-10-01"]
    assert about("ROW-002", Place(row=9, field="belagda")) == ["ROW-002|belagda||"]
    assert about("ROW-002", Place(row=2), Place(row=3), Place(row=3)) == [
        "ROW-002||65016/A|2026-10-01", "ROW-002||65016/B|2026-10-02",
    ]  # fmt: skip
    assert about("RULE-002", Place(row=2, field="belagda"), rule="ryms") == ["RULE-002.ryms||65016/A|2026-10-01"]
    assert about("HIS-001", Place(key=(("sjukhus", "65016"), ("avdelning", "A")))) == ["HIS-001||65016/A|"]
    assert about("HIS-001", Place(key=(("sjukhus", "65016"),))) == ["HIS-001||65016/|"]
    assert about("HIS-001", Place()) == ["HIS-001|||"]
    assert about("HIS-001") == ["HIS-001|||"]
    column = next(one.code for one in FINDINGS if one.scope.value == "column")
    assert about(column, Place(row=2, field="belagda")) == [f"{column}|belagda||"]


def test_rows_are_known_by_unit_and_period():
    rows = frame(row(1, "A", 2), row(2, None, 3))
    assert row_keys(DAILY, TypedRows.of(rows)).rows() == [(2, "65016/A", "2026-10-01"), (3, "65016/", "2026-10-02")]
    assert row_keys(DAILY, TypedRows.of(rows.drop("sjukhus", "avdelning"))).rows() == [
        (2, "", "2026-10-01"),
        (3, "", "2026-10-02"),
    ]


@pytest.mark.parametrize(("count", "kept"), [(MOST_KEPT - 1, 199), (MOST_KEPT, 200), (MOST_KEPT + 1, 1)])
def test_two_hundred_things_are_kept_and_of_more_a_hash_of_all(count, kept):
    places = [Place(key=(("sjukhus", f"{number:03d}"),)) for number in range(count)]
    texts = about("HIS-001", *reversed(places))
    assert len(texts) == kept and texts == sorted(texts)
    assert about("HIS-001", *places) == texts and about("HIS-001", *places[1:]) != texts


@pytest.mark.parametrize("code", ["ROW-002", "RULE-002", "COR-002", "HIS-004"])
@pytest.mark.parametrize("count", [2, MOST_KEPT + 7])
def test_places_that_are_made_when_asked_for_are_about_the_same(code, count):
    rows = frame(*(row(1 + number % 28, f"A{number}", 2 + number) for number in range(count)))
    lazy = TypedRows.of(rows).places(np.arange(count) != 1, "belagda")
    keys = row_keys(DAILY, TypedRows.of(rows))
    told = [Finding(code, Severity.ERROR, {"rule": "ryms"}, places) for places in (lazy, tuple(lazy))]
    assert identity.about(told[0], DAILY, keys) == identity.about(told[1], DAILY, keys)
    assert len(lazy) == count - 1 and lazy[0] == Place(row=2, field="belagda")


# The fields of the page


def test_the_fields_of_the_page_are_read_by_their_names():
    form = {
        "tom-disponibla": "closed", "cell-disponibla-17": "zero", "cell-a-b-3": "closed", "cell-disponibla-18": "",
        "datum-manad": "day_first", "tom-dag": "", "other": "closed", "annat-tom-": "closed",
    }  # fmt: skip
    assert answers_of(form) == {
        "disponibla": {"*": "closed", "17": "zero"}, "a-b": {"3": "closed"}, "manad": {"*": "day_first"},
    }  # fmt: skip
    assert answers_of({"cell-a-3": "closed", "tom-a": "zero", "cell-a-4": "zero"}) == {
        "a": {"3": "closed", "*": "zero", "4": "zero"}
    }
    assert explanations_of({"forklaring-a": " b ", "forklaring-c": "", "d": "e"}) == {"a": "b", "c": ""}
    assert gap_answers_of({"lucka-a": "closed", "lucka-b": "", "lucka-c": "wrong", "x": "closed"}) == {
        "a": "closed",
        "b": "",
        "c": "wrong",
    }, "what is no answer is told, and not dropped here"
    assert correction_of({"rattelse": ""}) is None
    with pytest.raises(Refused):
        correction_of({"rattelse": "corection"})
