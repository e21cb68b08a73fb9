"""What rows are compared with: the delivery before, the units and days that were expected, what is corrected or replaced."""

from datetime import date

import polars as pl
import pytest

from information_models.starter.loading import starter_model
from registry.findings import Severity
from submission_portal.deliveries.assessment.assess import assess
from submission_portal.deliveries.assessment.known import Corrected, DeliveryBefore
from submission_portal.deliveries.assessment.outcome import Assessment
from submission_portal.deliveries.assessment.usual import Delivered, units_of, usual_of
from submission_portal.deliveries.content_hashes import content_hash_of
from submission_portal.deliveries.lifecycle import CorrectionKind
from submission_portal.deliveries.reading.expectations import expected_of
from submission_portal.deliveries.reading.reader import read
from tests.factories.assessments import DAILY, assessed, codes, day, statuses, typed


def test_a_replacement_under_another_key_has_to_be_looked_at():
    earlier = typed(day(1)).drop("avdelning")
    corrected = Corrected(earlier, "replacement", date(2026, 10, 1), date(2026, 10, 1))
    severities = {one.code: one.severity for one in assessed(day(1), corrected=corrected).findings}
    assert severities["COR-008"] is Severity.WARNING


def test_a_large_change_of_the_mean_is_a_warning_and_small_counts_are_left_alone():
    earlier = DeliveryBefore(typed(day(1), day(2)), "2026-09")
    found = assessed(day(8, beds=14, occupied=12), day(9, beds=14, occupied=12, outplaced=1), earlier=earlier)
    changes = {change.element: (change.before, change.now, change.percent) for change in found.changes}
    assert changes == {"disponibla": ("20", "14", "-30.0"), "belagda": ("18", "12", "-33.3")}
    assert "HIS-002" in codes(found)


def test_units_that_came_and_went_are_told_apart():
    before = typed(day(1), day(1, ward="Kirurgi"))
    usual = usual_of([Delivered(units_of(DAILY, before), period="2026-09")])
    found = assessed(day(8), day(8, ward="Geriatrik"), earlier=DeliveryBefore(before, "2026-09"), usual=usual)
    severities = {finding.code: finding.severity for finding in found.findings}
    assert severities["GAP-002"] is Severity.QUESTION
    assert severities["HIS-003"] is Severity.INFO
    assert not found.is_complete


def test_what_is_said_of_a_gap_is_rows_that_say_so():
    lines = (day(1), day(2), day(5))
    asked = assessed(*lines)
    assert [(gap.first, gap.last, gap.count) for gap in asked.gaps] == [("2026-10-03", "2026-10-04", 2)]
    assert (codes(asked), asked.rows, statuses(asked)["consistency"]) == (["GAP-001"], 3, "stop")
    found = assessed(*lines, gap_answers={asked.gaps[0].key: "not_reported"})
    assert found.is_complete and codes(found) == []
    rows = (
        found.frame.sort("dag")
        .select("dag", "sjukhus", "avdelning", "__region", "disponibla", "disponibla__status")
        .rows()
    )
    assert rows[2:4] == [
        (f"2026-10-0{number}", "exempel-norra", "Medicin", rows[0][3], None, "not_reported") for number in (3, 4)
    ]
    assert Assessment.from_dict(found.as_dict()).gaps == found.gaps


@pytest.mark.parametrize("word", ["closed", "not_reported"])
def test_rows_that_an_answer_makes_are_to_everybody_after_what_the_same_rows_in_the_file_would_be(word):
    answered = assessed(day(1), day(2), day(5), gap_answers={"*": word})
    said = {"closed": "stängd", "not_reported": "ej rapporterat"}[word]
    blank = [";".join([*day(number).split(";")[:3], *[said] * len(DAILY.model.values)]) for number in (3, 4)]
    written = assessed(day(1), day(2), *blank, day(5))
    assert content_hash_of(DAILY, answered.typed) == content_hash_of(DAILY, written.typed)
    columns = [name for name in answered.frame.columns if name != "__row"]
    assert answered.frame.select(columns).sort("dag").equals(written.frame.select(columns).sort("dag"))


def test_a_correction_is_asked_for_no_rows_that_it_leaves_out():
    standing = typed(*(day(number) for number in range(1, 6)))
    known = Corrected(standing, CorrectionKind.CORRECTION, date(2026, 10, 1), date(2026, 10, 5))
    found = assessed(day(1, occupied=17), day(5, occupied=17), corrected=known)
    assert found.gaps == () and "GAP-001" not in codes(found)


def test_months_are_not_compared_with_half_years():
    rates = starter_model("publicerade-kvoter")

    def assessed_rates(*lines, **settings):
        text = "\r\n".join(["Period;Region;Sjukhus;Vårdform;Mått;Värde", *lines])
        reading = read(text.encode(), "a.csv", expected_of(rates))
        return assess(rates, reading.frame, reading_findings=reading.findings, letters=reading.letters, **settings)

    half_years = assessed_rates("2016-H1;01;;somatisk;overbelaggningar_per_100;2,1").frame
    months = "2017-10;01;;somatisk;overbelaggningar_per_100;4,0", "2017-11;00;;somatisk;overbelaggningar_per_100;4,2"
    found = assessed_rates(*months, earlier=DeliveryBefore(half_years, "2016-H1"))
    assert not [code for code in codes(found) if code.startswith("HIS")]
    later = assessed_rates(
        "2017-H1;01;;somatisk;overbelaggningar_per_100;4,0", earlier=DeliveryBefore(half_years, "2016-H1")
    )
    assert "HIS-002" in codes(later)


def test_a_correction_sends_its_own_rows_and_is_judged_against_the_whole():
    earlier = typed(day(1), day(2), day(3))
    corrected = Corrected(earlier, "correction", date(2026, 10, 1), date(2026, 10, 3))
    found = assessed(day(2, beds=21), corrected=corrected)
    assert found.frame.height == 1
    assert [(one.element, one.before, one.now) for one in found.corrected] == [("disponibla", "20", "21")]
    assert found.period == "2026-10-01/2026-10-03"
    (said,) = [finding for finding in found.findings if finding.code == "COR-001"]
    assert said.params["kept"] == 2


def test_a_column_that_a_correction_leaves_out_keeps_what_was_delivered():
    beds = starter_model("faststallda-vardplatser-per-sjukhus")
    head = "Dag;Sjukhus;Fastställda vårdplatser"

    def read_beds(text):
        reading = read(text.encode(), "a.csv", expected_of(beds))
        return assess(beds, reading.frame, reading_findings=reading.findings, letters=reading.letters), reading

    earlier, _ = read_beds(f"{head};Varav tekniska\n2026-03-01;Kalix sjukhus;59;5\n2026-03-01;Kiruna sjukhus;33;4\n")
    _, reading = read_beds(f"{head}\n2026-03-01;Kalix sjukhus;60\n")
    corrected = Corrected(earlier.frame, "correction", date(2026, 3, 1), date(2026, 3, 1))
    found = assess(beds, reading.frame, letters=reading.letters, corrected=corrected)
    assert found.frame.select("faststallda", "varav_tekniska", "varav_tekniska__status").rows() == [(60, 5, "observed")]
    assert [one.element for one in found.corrected] == ["faststallda"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (day(2), "COR-003"),
        (day(9), "COR-004"),
        (day(2, ward="Kirurgi"), "COR-002"),
    ],
)
def test_a_correction_that_corrects_nothing_strays_or_adds_is_told(line, code):
    corrected = Corrected(typed(day(1), day(2)), "correction", date(2026, 10, 1), date(2026, 10, 2))
    assert code in codes(assessed(line, corrected=corrected))


def replaced_by(*lines, **settings):
    """What a replacement by these lines comes to, where the ward of Kirurgi was answered to be closed on 2 and 3 October."""
    first = assessed(
        day(1), day(2), day(3), day(1, ward="Kirurgi"), day(4, ward="Kirurgi"), gap_answers={"*": "closed"}
    )
    corrected = Corrected(first.frame, CorrectionKind.REPLACEMENT, date(2026, 10, 1), date(2026, 10, 4))
    return assessed(*lines, corrected=corrected, **settings)


def test_a_replacement_that_leaves_the_same_gap_is_asked_about_it_and_takes_no_row_away():
    lines = (day(1), day(2), day(3), day(1, ward="Kirurgi"), day(4, ward="Kirurgi"))
    asked = replaced_by(*lines)
    assert [(gap.unit[1], gap.count, gap.offered) for gap in asked.gaps] == [("Kirurgi", 2, "closed")]
    assert codes(asked) == ["GAP-001"]
    answered = replaced_by(*lines, gap_answers={asked.gaps[0].key: "closed"})
    assert answered.is_complete and not {"COR-005", "COR-007"} & set(codes(answered))
    assert answered.frame.filter(pl.col("__row") == 0).height == 2


def test_a_replacement_without_a_unit_that_was_closed_is_asked_about_it():
    asked = replaced_by(day(1), day(2), day(3), day(4))
    [gap] = asked.gaps
    assert (gap.unit[1], gap.count, gap.offered, gap.is_within) == ("Kirurgi", 4, "closed", False)
    (gone,) = [finding for finding in asked.findings if finding.code == "COR-005"]
    assert len(gone.places) == 2, "only the days that had numbers; the others are asked about"
    closed = replaced_by(day(1), day(2), day(3), day(4), gap_answers={gap.key: "closed"})
    (lost,) = [finding for finding in closed.findings if finding.code == "COR-007"]
    assert "COR-005" not in codes(closed)
    assert len(lost.places) == 8, "numbers that become closed are told"
    assert all(place.row is None for place in lost.places), "in rows that no file has"
    assert lost.places[0].label.en.endswith("Kirurgi, 1 October 2026, Available beds: 20 → stängd")


def test_a_replacement_is_not_asked_about_units_that_only_earlier_deliveries_have():
    usual = usual_of([Delivered(units_of(DAILY, typed(day(1, ward="Geriatrik"))), period="2026-09")])
    lines = (day(1), day(2), day(3), day(1, ward="Kirurgi"), day(4, ward="Kirurgi"))
    assert {gap.unit[1] for gap in replaced_by(*lines, usual=usual).gaps} == {"Kirurgi"}
