"""Rows that are corrected or replaced: what is kept, added, changed and gone, row by row."""

from datetime import date

import polars as pl
import pytest

from information_models.starter.loading import starter_model
from information_models.typed_rows import TypedRows
from registry.findings import Place, Text
from submission_portal.deliveries.assessment import corrections
from submission_portal.deliveries.assessment.assess import assess
from submission_portal.deliveries.assessment.case import Case
from submission_portal.deliveries.assessment.correction_checks import CORRECTIONS
from submission_portal.deliveries.assessment.corrections import ChangedValue
from submission_portal.deliveries.assessment.known import Corrected
from submission_portal.deliveries.checks import run_checks
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.lifecycle import CorrectionKind
from submission_portal.deliveries.reading.expectations import expected_of
from submission_portal.deliveries.reading.reader import read

DAILY = starter_model("dagliga-vardplatser-per-avdelning")
VALUES = ("disponibla", "belagda", "overbelaggningar", "utlokaliserade")


def row(day=1, ward="Medicin", number=2, *, month=10, status="observed", **values):
    when = date(2026, month, day)
    given = {name: values.get(name, 10) for name in VALUES}
    return {
        "__sheet": None, "__row": number, "dag": when.isoformat(), "dag__first": when, "dag__last": when,
        "sjukhus": "65016", "avdelning": ward, **given,
        **{f"{name}__status": "observed" if value is not None else status for name, value in given.items()},
    }  # fmt: skip


def frame(*rows):
    integers = dict.fromkeys(VALUES, pl.Int64) | {"__sheet": pl.String, "avdelning": pl.String}
    return pl.DataFrame(rows, schema_overrides=integers)


def rows_of(found):
    return [tuple(one) for one in found.select("avdelning", "dag", "__row").rows()]


BEFORE = frame(row(1, "A", 2), row(2, "A", 3), row(1, "B", 4))


def test_rows_of_the_same_key_are_put_in_the_place_of_others_in_the_order_of_the_rows():
    new = frame(row(2, "A", 1), row(1, "C", 5))
    assert rows_of(corrections.merged(DAILY, BEFORE, new)) == [
        ("A", "2026-10-02", 1), ("A", "2026-10-01", 2), ("B", "2026-10-01", 4), ("C", "2026-10-01", 5),
    ]  # fmt: skip
    assert rows_of(corrections.kept_rows(DAILY, BEFORE, new)) == [("A", "2026-10-01", 2), ("B", "2026-10-01", 4)]
    assert rows_of(corrections.added_rows(DAILY, BEFORE, new)) == [("C", "2026-10-01", 5)]


def test_a_key_that_is_not_stated_is_the_same_as_one_that_is_not_stated():
    blank = frame(row(1, None, 2))
    assert corrections.kept_rows(DAILY, blank, blank).height == 0
    assert corrections.changed_values(DAILY, blank, frame(row(1, None, 2, belagda=11)))[0].now == "11"


def test_rows_of_another_key_cannot_be_told_apart():
    assert corrections.has_same_key(DAILY, BEFORE, BEFORE)
    assert not corrections.has_same_key(DAILY, BEFORE.drop("avdelning"), BEFORE)
    assert not corrections.has_same_key(DAILY, BEFORE.with_columns(pl.lit(1).alias("avdelning")), BEFORE)


@pytest.mark.parametrize(
    ("gone", "sv", "en"),
    [
        (0, "inga", "none"),
        (1, "W0", "W0"),
        (8, "; ".join(f"W{number}" for number in range(8)), "; ".join(f"W{number}" for number in range(8))),
        (9, "; ".join(f"W{number}" for number in range(8)) + " och 1 till",
         "; ".join(f"W{number}" for number in range(8)) + " and 1 more"),
    ],
)  # fmt: skip
def test_what_is_wholly_gone_is_named_and_after_eight_counted(gone, sv, en):
    before = frame(row(1, "Kvar", 1), *(row(1, f"W{number}", number + 2) for number in range(gone)))
    told = corrections.gone_labels(DAILY, before, before.head(1), ["avdelning"])
    assert told == Text(sv, en)


def test_a_row_is_placed_by_its_key_with_labels_and_the_period_last():
    label = DAILY.code_lists["sjukhus"].by_code["65016"].label
    assert corrections.row_places(DAILY, frame(row(2, "B", 9), row(1, None, 8))) == (
        Place(
            label=Text(f"{label.sv}, 1 oktober 2026", f"{label.en}, 1 October 2026"),
            key=(("sjukhus", "65016"), ("avdelning", ""), ("dag", "2026-10-01")),
        ),
        Place(
            label=Text(f"{label.sv}, B, 2 oktober 2026", f"{label.en}, B, 2 October 2026"),
            key=(("sjukhus", "65016"), ("avdelning", "B"), ("dag", "2026-10-02")),
        ),
    )
    assert corrections.key_label(DAILY, (("sjukhus", "x"), ("avdelning", ""))) == Text("x", "x")


def test_a_value_that_differs_is_told_before_and_after_as_it_is_shown():
    now = frame(
        row(1, "A", 7, disponibla=None, status="closed"),
        row(2, "A", 6, disponibla=0, belagda=None, status="not_reported"),
        row(1, "B", 5, utlokaliserade=None, status="other"),
        row(1, "C", 4),
    )
    assert corrections.changed_values(DAILY, BEFORE, now) == (
        ChangedValue(5, "utlokaliserade", "10", "–"),
        ChangedValue(6, "disponibla", "10", "0"),
        ChangedValue(6, "belagda", "10", "ej rapporterat"),
        ChangedValue(7, "disponibla", "10", "stängd"),
    )
    assert corrections.changed_values(DAILY, BEFORE.drop("disponibla"), now)[-1].element == "belagda"
    assert corrections.value_places(DAILY, [ChangedValue(7, "disponibla", "10", "stängd")]) == (
        Place(row=7, field="disponibla", value="10 → stängd"),
    )
    assert ChangedValue.from_dict(ChangedValue(7, "x", "1", "2").as_dict()) == ChangedValue(7, "x", "1", "2")


def test_a_changed_value_is_called_by_the_whole_key_of_its_row():
    now = frame(row(1, "A", 6, belagda=11), row(1, "B", 7, belagda=11))
    first, second = corrections.changed_values(DAILY, BEFORE, now)
    assert (first.label.sv, second.label.en) == (
        "Sunderby sjukhus, A, 1 oktober 2026",
        "Sunderby sjukhus, B, 1 October 2026",
    )
    assert ChangedValue.from_dict(first.as_dict()).label == first.label
    assert ChangedValue.from_dict({"row": 1, "element": "x", "before": "1", "now": "2"}).label is None


def test_the_first_two_hundred_changed_values_are_called_by_their_key():
    before, now = (frame(*(row(1, f"{ward:03}", ward, belagda=beds) for ward in range(2, 203))) for beds in (10, 11))
    named = [one.label is not None for one in corrections.changed_values(DAILY, before, now)]
    assert named == [True] * 200 + [False]


def test_a_column_that_the_file_lacks_keeps_its_earlier_values():
    before = frame(
        row(1, "A", 2),
        row(2, "A", 3, belagda=None, status="closed"),
        row(3, "A", 4, belagda=None, status="not_reported"),
    )
    typed = frame(*(row(day, "A", day + 1) for day in (1, 2, 3, 9)))
    texts = typed.select("__row", "dag", "sjukhus", "avdelning", pl.lit("1").alias("disponibla"))
    whole = corrections.completed(DAILY, before, typed, texts)
    assert whole["belagda"].to_list() == ["10", "stängd", "ej rapporterat", None], (
        "the row that is new has nothing there"
    )
    assert whole["disponibla"].to_list() == ["1"] * 4
    assert corrections.completed(DAILY, before.drop("belagda"), typed, texts).columns[-1] == "utlokaliserade"


def _corrected(*lines, before=BEFORE):
    text = "\r\n".join(lines).encode()
    reading = read(text, "a.csv", expected_of(DAILY))
    corrected = Corrected(before, CorrectionKind.CORRECTION, date(2026, 10, 1), date(2026, 10, 31))
    return assess(
        DAILY, reading.frame, reading_findings=reading.findings, reading_checks=reading.checks, corrected=corrected
    )


def test_a_correction_may_hold_only_its_key_and_what_is_wrong():
    found = _corrected("Dag;Sjukhus;Avdelning;Belagda", "2026-10-01;Sunderby sjukhus;A;11")
    assert [finding.code for finding in found.findings] == ["STR-025", "COR-001"]
    assert found.corrected == (ChangedValue(2, "belagda", "10", "11"),)
    assert found.frame.select(VALUES).row(0) == (10, 11, 10, 10) and found.is_complete
    told = FINDINGS.read(found.findings[0], "en").body
    assert "Disponibla" in told and "Utlokaliserade" in told and "Belagda" not in told


def test_whole_rows_are_judged_also_of_a_correction_in_part():
    rule = _corrected("Dag;Sjukhus;Avdelning;Disponibla;Överbeläggningar", "2026-10-01;Sunderby sjukhus;A;1;10")
    whole = _corrected(
        "Dag;Sjukhus;Avdelning;Disponibla;Belagda;Överbeläggningar;Utlokaliserade",
        "2026-10-01;Sunderby sjukhus;A;1;10;10;10",
    )
    assert {finding.code for finding in rule.findings} - {"STR-025"} == {finding.code for finding in whole.findings}


def test_a_row_that_is_new_needs_all_its_figures():
    found = _corrected("Dag;Sjukhus;Avdelning;Belagda", "2026-10-09;Sunderby sjukhus;Ny;11")
    assert {finding.code for finding in found.findings} >= {"STR-025", "ROW-004"} and not found.is_complete


def test_a_correction_cannot_lack_what_says_which_row_it_is_about():
    found = _corrected("Dag;Sjukhus;Belagda", "2026-10-01;Sunderby sjukhus;11")
    assert "STR-036" in {finding.code for finding in found.findings} and found.frame is None


def test_a_whole_delivery_lacks_no_column():
    text = b"Dag;Sjukhus;Avdelning;Belagda\r\n2026-10-01;Sunderby sjukhus;A;11\r\n"
    reading = read(text, "a.csv", expected_of(DAILY))
    replaced = Corrected(BEFORE, CorrectionKind.REPLACEMENT, date(2026, 10, 1), date(2026, 10, 31))
    for corrected in (None, replaced):
        found = assess(
            DAILY, reading.frame, reading_findings=reading.findings, reading_checks=reading.checks, corrected=corrected
        )
        assert [finding.code for finding in found.findings] == ["STR-024"] * 3
        assert [stage.status for stage in found.stages] == ["ok", "stop", "idle", "idle", "idle", "idle"]


def found(kind, now, before=BEFORE, span=(date(2026, 10, 1), date(2026, 10, 31))):
    case = Case(DAILY, TypedRows.of(now), corrected=Corrected(before, kind, *span))
    return {one.findings[0].code: one.findings[0] for one in run_checks(CORRECTIONS, case) if one.findings}


CORRECTION, REPLACEMENT = CorrectionKind.CORRECTION, CorrectionKind.REPLACEMENT


def test_a_correction_says_what_it_changes_adds_and_leaves():
    told = found(CORRECTION, frame(row(1, "A", 2, belagda=11), row(1, "C", 3)))
    assert set(told) == {"COR-001", "COR-002"}
    assert told["COR-001"].params == {"kept": 2}
    assert told["COR-001"].places == (Place(row=2, field="belagda", value="10 → 11"),)
    assert told["COR-002"].places == (Place(None, 3),)


def test_a_correction_that_corrects_nothing_says_so_and_one_that_adds_does_not():
    assert set(found(CORRECTION, frame(row(1, "A", 2)))) == {"COR-003"}
    assert set(found(CORRECTION, frame(row(1, "C", 2)))) == {"COR-002"}
    assert set(found(CORRECTION, frame(row(1, "A", 2, belagda=1)))) == {"COR-001"}


@pytest.mark.parametrize(
    ("day", "month", "is_outside"),
    [(1, 10, False), (31, 10, False), (30, 9, True), (1, 11, True)],
)
def test_a_row_about_another_time_than_what_is_corrected_is_told(day, month, is_outside):
    told = found(CORRECTION, frame(row(day, "A", 6, month=month)))
    assert ("COR-004" in told) == is_outside
    if is_outside:
        assert told["COR-004"].places == (Place(None, 6, field="dag"),)
        assert told["COR-004"].params["period"] == Text("oktober 2026", "October 2026")


def test_a_replacement_says_what_disappears_comes_and_changes():
    now = frame(
        row(1, "A", 2, belagda=None, status="closed"), row(2, "A", 3, disponibla=7), row(3, "C", 4), row(1, "B", 5)
    )
    told = found(REPLACEMENT, now.filter(pl.col("avdelning") != "B"))
    assert set(told) == {"COR-005", "COR-006", "COR-007", "COR-009"}
    label = DAILY.code_lists["sjukhus"].by_code["65016"].label
    assert told["COR-005"].params == {
        "before": 3, "units": Text(f"{label.sv}, B", f"{label.en}, B"), "periods": Text("inga", "none"),
    }  # fmt: skip
    assert [place.key[1] for place in told["COR-005"].places] == [("avdelning", "B")]
    assert [place.key[1] for place in told["COR-006"].places] == [("avdelning", "C")]
    assert told["COR-007"].places == (Place(row=2, field="belagda", value="10 → stängd"),)
    assert told["COR-009"].params == {"kept": 0}
    assert found(REPLACEMENT, now)["COR-009"].params == {"kept": 1}
    assert set(found(REPLACEMENT, BEFORE)) == set()


def test_a_value_that_was_missing_before_does_not_disappear():
    blank = frame(row(1, "A", 2, belagda=None, status="closed"))
    now = frame(row(1, "A", 2, belagda=None, status="not_reported"))
    assert set(found(REPLACEMENT, now, blank)) == {"COR-009"}
    assert set(found(REPLACEMENT, frame(row(1, "A", 2)), blank)) == {"COR-009"}
    assert set(found(REPLACEMENT, blank, frame(row(1, "A", 2)))) == {"COR-007", "COR-009"}


def test_a_replacement_of_another_key_is_told_as_that_and_compared_no_further():
    told = found(REPLACEMENT, BEFORE, BEFORE.drop("avdelning"))
    assert {code: dict(one.params) for code, one in told.items()} == {"COR-008": {"before": 3}}


def test_a_case_that_corrects_nothing_has_nothing_that_is_corrected():
    case = Case(DAILY, TypedRows.of(BEFORE))
    assert (case.is_correction, case.is_replacement, case.is_comparable, case.changed) == (False, False, False, ())
    assert case.standing is BEFORE and case.before.height == 0 and case.changes == ()
    assert case.period_before == ""
    with pytest.raises(LookupError):
        _ = case.of_corrected
    replacing = Case(
        DAILY, TypedRows.of(BEFORE), corrected=Corrected(BEFORE, REPLACEMENT, date(2026, 10, 1), date(2026, 10, 1))
    )
    assert (replacing.is_correction, replacing.is_replacement, replacing.is_comparable) == (False, True, True)
    assert replacing.standing is BEFORE
