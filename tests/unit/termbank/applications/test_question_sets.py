"""Questions on how a wording is applied: their reading, their checks, and the ids that answers are compared by."""

import pytest

from registry.findings import Text
from termbank.applications.question_sets import (
    ID_LENGTH,
    MOST_QUESTIONS,
    QuestionSet,
    free_id,
    new_questions,
    outline,
    parse,
    read,
    shipped,
    title,
)
from termbank.applications.questions import Question

ASKED = Question("beds-counted", Text("Räknas platsen?", "Is the bed counted?"), Text("Källa", "Source"))
BED = Text("vårdplats", "bed")


def question_set(*questions: Question) -> QuestionSet:
    return QuestionSet("vardplats", BED, questions)


def codes(one: QuestionSet) -> list[str]:
    return [finding.code for finding in parse(one.as_content())[1]]


def test_content_gives_the_set_back():
    whole = question_set(ASKED, Question("other", Text("Annat?", "Other?"), Text("", "")))
    assert read(whole.as_content()) == whole
    assert codes(whole) == []


@pytest.mark.parametrize(
    "content", [None, {}, {"content_schema": "application/1"}, {"content_schema": "question-set/1"}]
)
def test_content_of_another_shape_is_findings_and_no_set(content):
    one, findings = parse(content)
    assert one is None
    assert {finding.code for finding in findings} == {"QSET-001"}


def test_a_set_asks_something():
    assert codes(question_set()) == ["QSET-002"]


def test_two_questions_do_not_share_an_id():
    found = parse(question_set(ASKED, ASKED, ASKED).as_content())[1]
    assert [(one.code, one.params["question"]) for one in found] == [("QSET-003", "beds-counted")]


@pytest.mark.parametrize("text", [Text("Räknas den?", ""), Text("", "Is it counted?"), Text("", "")])
def test_a_question_is_asked_in_both_languages(text):
    found = parse(question_set(ASKED, Question("second", text, Text("", ""))).as_content())[1]
    assert [(one.code, one.params["number"]) for one in found] == [("QSET-004", 2)]


def test_there_are_bounds_on_questions_and_ids():
    many = [Question(f"q-{number}", ASKED.text, ASKED.source) for number in range(MOST_QUESTIONS + 1)]
    assert codes(question_set(*many[:-1])) == []
    assert codes(question_set(*many)) == ["QSET-001"]
    assert codes(question_set(Question("a" * ID_LENGTH, ASKED.text, ASKED.source))) == []
    assert codes(question_set(Question("a" * (ID_LENGTH + 1), ASKED.text, ASKED.source))) == ["QSET-001"]


def test_blanks_that_nobody_sees_are_read_away():
    content = question_set(ASKED).as_content()
    content["questions"][0]["text"]["sv"] = " Räknas\x0bplatsen? "
    assert "\x0b" not in read(content).questions[0].text.sv


def test_the_title_says_what_the_questions_are_about():
    assert title(question_set(ASKED).as_content()) == Text("Frågor om vårdplats", "Questions on bed")
    only = QuestionSet("vardplats", Text("vårdplats", ""), (ASKED,))
    assert title(only.as_content()) == Text("Frågor om vårdplats", "Questions on vårdplats")
    english = QuestionSet("vardplats", Text("", "bed"), (ASKED,))
    assert title(english.as_content()) == Text("Frågor om bed", "Questions on bed")


def test_the_outline_labels_questions_by_their_ids():
    rows = outline(question_set(ASKED, Question("bare", Text("Annat?", "Other?"), Text("", ""))).as_content())
    assert [label.en for label, _ in rows] == ["Concept", "beds-counted", "beds-counted, source", "bare"]
    assert rows[1][1] == ASKED.text


def test_what_was_asked_before_is_read_by_the_concepts_name():
    before = shipped("faststalld-vardplats", BED)
    assert next(one.id for one in before.questions) == "technical-beds-counted"
    assert [one.id for one in shipped("vardtid", BED).questions] == ["as-worded"]
    assert codes(before) == []


def test_what_is_asked_anew_is_told_from_what_was_asked_in_other_words():
    mended = Question(ASKED.id, Text("Räknas platsen in?", "Is the bed counted in?"), ASKED.source)
    added = Question("added", Text("Mer?", "More?"), ASKED.source)
    assert new_questions([ASKED], [mended, added]) == (added,)
    assert new_questions([ASKED, added], [mended]) == ()


def test_a_new_question_gets_an_id_of_its_own():
    assert free_id("beds", []) == "beds"
    assert free_id("beds", ["beds"]) == "beds-2"
    assert free_id("beds", ["beds", "beds-2"]) == "beds-3"
    assert len(free_id("a" * 90, ["a" * (ID_LENGTH - 4)])) <= ID_LENGTH
    assert free_id("a" * 90, []) == "a" * (ID_LENGTH - 4)
    assert free_id("a" * (ID_LENGTH - 5) + "-b", []) == "a" * (ID_LENGTH - 5)


def test_a_set_asks_thirty_questions_with_ids_of_sixty_characters_at_most():
    def asked(*ids: str) -> list[str]:
        return codes(question_set(*(Question(each, ASKED.text, ASKED.source) for each in ids)))

    assert asked(*(f"q-{number}" for number in range(30))) == asked("a" * 60) == []
    assert asked(*(f"q-{number}" for number in range(31))) == asked("a" * 61) == ["QSET-001"]
    assert free_id("a" * 57, []) == free_id("a" * 56, []) == "a" * 56


def test_a_question_may_be_without_a_source():
    content = question_set(ASKED).as_content()
    del content["questions"][0]["source"]
    assert parse(content) == (question_set(Question(ASKED.id, ASKED.text, Text("", ""))), ())


@pytest.mark.parametrize("place", [0, 1])
def test_a_question_is_named_by_its_place(place):
    asked = [ASKED, Question("second", ASKED.text, ASKED.source)]
    asked[place] = Question("bare", Text("", "x"), Text("", ""))
    (found,) = parse(question_set(*asked).as_content())[1]
    assert found.params == {"number": place + 1} and found.places[0].field == "questions"


@pytest.mark.parametrize("source", [Text("Källa", ""), Text("", "Source")])
def test_a_source_in_one_language_is_in_the_outline(source):
    rows = outline(question_set(Question("q", ASKED.text, source)).as_content())
    assert rows[1:] == [(Text("q", "q"), ASKED.text), (Text("q, källa", "q, source"), source)]


def test_an_id_does_not_end_with_a_hyphen_and_is_never_empty():
    assert free_id("-a-", ["a", "a-2"]) == "a-3"
    assert free_id("---", ["question"]) == "question-2"
