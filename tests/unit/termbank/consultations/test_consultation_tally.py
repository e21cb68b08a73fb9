"""Who has answered, and what they think."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from termbank.consultations.tally import ON_QUESTIONS, ON_WORDINGS, Answer, Part, Position, positions_on, tally

LAST = date(2026, 12, 1)
ASKED = dict.fromkeys(("a", "b", "c", "d", "e"), LAST)
TERM, DEFINITION = (1, Part.TERM), (1, Part.DEFINITION)


def answer(addressee, position, day=LAST):
    return Answer(addressee, day, {DEFINITION: position})


def test_four_of_five_one_late_three_on_substance_and_the_sixth_apart():
    found = tally(
        ASKED,
        [
            answer("a", Position.SUPPORTS),
            answer("b", Position.SUPPORTS_WITH_CHANGE),
            answer("c", Position.ABSTAINS),
            answer("d", Position.OPPOSES, date(2026, 12, 2)),
            answer(None, Position.OPPOSES),
        ],
    )
    assert (found.answered, found.addressed, found.late, found.on_substance, found.others) == (4, 5, 1, 3, 1)
    assert found.by_part[DEFINITION] == dict.fromkeys(ON_WORDINGS, 1)


def test_more_time_makes_an_answer_timely_and_the_last_day_is_included():
    asked = ASKED | {"d": date(2026, 12, 2)}
    assert tally(asked, [answer("d", Position.OPPOSES, date(2026, 12, 2)), answer("a", Position.SUPPORTS)]).late == 0


def test_a_term_and_its_definition_are_counted_apart_and_the_first_answer_counts():
    both = Answer("a", LAST, {TERM: Position.SUPPORTS, DEFINITION: Position.OPPOSES})
    found = tally(ASKED, [answer("a", Position.SUPPORTS, date(2026, 12, 3)), both])
    assert found.by_part == {TERM: {Position.SUPPORTS: 1}, DEFINITION: {Position.OPPOSES: 1}}
    assert (found.answered, found.late) == (1, 0)


@given(st.lists(st.tuples(st.sampled_from([*ASKED, None]), st.sampled_from(Position), st.integers(1, 9)), max_size=9))
def test_nobody_is_counted_twice_or_left_out(given_answers):
    answers = [answer(who, position, date(2026, 12, day)) for who, position, day in given_answers]
    found = tally(ASKED, answers)
    assert found.answered == len({one.addressee for one in answers} - {None})
    assert found.late <= found.answered <= found.addressed
    assert found.on_substance <= found.answered
    assert sum(found.by_part.get(DEFINITION, {}).values()) == found.answered
    assert found.others == sum(one.addressee is None for one in answers)


def test_wordings_and_questions_are_answered_each_in_its_way():
    assert positions_on(Part.TERM) == positions_on(Part.DEFINITION) == ON_WORDINGS
    assert positions_on(Part.QUESTION) == ON_QUESTIONS
    assert set(ON_WORDINGS) | set(ON_QUESTIONS) == set(Position)
    assert not set(ON_WORDINGS) & set(ON_QUESTIONS)


def test_who_cannot_say_takes_no_stand_and_who_says_no_does():
    def stands(position):
        return Answer("a", date(2026, 1, 1), {(1, Part.QUESTION): position}).is_on_substance

    assert not stands(Position.NOT_STATED)
    assert not stands(Position.ABSTAINS)
    assert stands(Position.NO)
    assert stands(Position.YES)
