"""How far statements can be compared, with which reasons, and when it is said that they cannot."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry.findings import Text
from termbank.comparing.degrees import DAYS_TO_ANSWER, Degree, Judgement, Side, judge, notice
from tests.factories.concepts import ALL_YES, statement

PUBLISHED = date(2026, 11, 1)
LAST = PUBLISHED + timedelta(days=DAYS_TO_ANSWER)


def here(**more):
    return replace(statement(ALL_YES, region="24"), **more)


def there(answers=ALL_YES, **more):
    return replace(statement(answers, region="25"), **more)


def test_the_same_answers_are_comparable_without_more_words():
    assert judge(here(), there()) == Judgement(Degree.SAME)


def test_one_different_answer_is_not_comparable_and_says_who_answers_what():
    found = judge(here(), there({**ALL_YES, "technical-beds-counted": ("no", "bara på IVA")}))
    assert found.degree is Degree.NOT_COMPARABLE
    (reason,) = found.reasons
    assert reason.sv == "Räknas tekniska vårdplatser in? Västerbotten: ja; Norrbotten: nej (bara på IVA)."
    assert reason.en == "Are technical beds counted? Västerbotten: yes; Norrbotten: no (bara på IVA)."


def test_silence_cannot_be_told_and_names_the_question():
    found = judge(here(), there({**ALL_YES, "must-be-available": "not_stated"}))
    assert found.degree is Degree.UNKNOWN
    assert [one.en.partition("?")[0] for one in found.reasons] == ["Must the beds also be available"]


def test_a_difference_outweighs_reservation_and_silence():
    other = there(
        {**ALL_YES, "technical-beds-counted": "no", "must-be-available": "not_stated"}, measuring_time="07:00"
    )
    found = judge(here(measuring_time="06:00"), other)
    assert (found.degree, len(found.reasons)) == (Degree.NOT_COMPARABLE, 1)


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (
            {"measuring_time": "06:00"},
            {"measuring_time": "07:00"},
            "Mäts klockan: Västerbotten 06:00, Norrbotten 07:00.",
        ),
        ({"source_system": "A"}, {"source_system": "B"}, "Källsystem: Västerbotten A, Norrbotten B."),
        ({"concept_version": "b" * 64}, {}, "De vilar på olika versioner av ordalydelsen."),
    ],
)
def test_what_is_measured_otherwise_is_a_reservation(left, right, said):
    found = judge(here(**left), there(**right))
    assert found.degree is Degree.RESERVED
    assert [one.sv for one in found.reasons] == [said]


@pytest.mark.parametrize("field", ["measuring_time", "source_system"])
def test_what_one_of_them_does_not_say_is_no_reservation(field):
    assert judge(here(**{field: "06:00"}), there()).degree is Degree.SAME
    assert judge(here(), there(**{field: "06:00"})).degree is Degree.SAME
    assert judge(here(**{field: "06:00"}), there(**{field: "06:00"})).degree is Degree.SAME


def test_one_region_over_time_is_told_by_before_and_then():
    found = judge(there(), there({**ALL_YES, "technical-beds-counted": "no"}))
    assert found.reasons[0].sv.endswith("förut: ja; sedan: nej.")
    assert found.reasons[0].en.endswith("before: yes; then: no.")


def side(region="24", published=PUBLISHED, is_reproduced=False, answer=""):
    return Side(region, published, is_reproduced, answer)


def test_a_difference_goes_out_when_both_have_answered():
    assert not notice([side(), side("25", answer="Därför")], PUBLISHED).is_out
    out = notice([side(answer="Så"), side("25", answer="Därför")], PUBLISHED)
    assert (out.is_out, out.unanswered) == (True, ())


def test_after_fourteen_days_it_goes_out_and_names_who_has_not_answered():
    sides = [side(), side("25", PUBLISHED - timedelta(days=3), answer="Därför")]
    before, after = notice(sides, LAST), notice(sides, LAST + timedelta(days=1))
    assert (before.is_out, before.last_day) == (False, LAST)
    assert (after.is_out, after.unanswered) == (True, ("24",))
    assert DAYS_TO_ANSWER == 14


def test_two_statements_of_one_region_are_answered_once():
    assert notice([side("25"), side("25")], PUBLISHED).unanswered == ("25",)
    assert notice([side("25"), side("25", answer="Beslutat")], PUBLISHED).is_out


def test_what_was_published_elsewhere_is_out_already_and_unanswered():
    out = notice([side(is_reproduced=True), side("25", is_reproduced=True)], PUBLISHED)
    assert (out.is_out, out.unanswered) == (True, ("24", "25"))
    assert not notice([side(is_reproduced=True), side("25")], PUBLISHED).is_out


@pytest.mark.parametrize(
    ("words", "sv", "en"),
    [
        (Text("", ""), "nej", "no"),
        (Text("bara IVA", "ICU only"), "nej (bara IVA)", "no (ICU only)"),
        (Text("bara IVA", ""), "nej (bara IVA)", "no (bara IVA)"),
        (Text("", "ICU only"), "nej (ICU only)", "no (ICU only)"),
    ],
)
def test_the_words_of_an_answer_stand_in_for_those_of_the_other_language(words, sv, en):
    other = there({**ALL_YES, "technical-beds-counted": "no"})
    answers = tuple(
        replace(one, text=words) if one.question == "technical-beds-counted" else one for one in other.answers
    )
    (reason,) = judge(here(), replace(other, answers=answers)).reasons
    assert reason.sv.endswith(f"Norrbotten: {sv}.") and reason.en.endswith(f"Norrbotten: {en}.")
