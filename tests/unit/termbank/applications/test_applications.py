"""Application statements: their reading, their dates, and whether two of them claim the same days."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.findings import Text
from termbank.applications.statement import (
    MEASURING_LENGTH,
    Answer,
    Answered,
    in_force,
    is_of_today,
    outline,
    overlaps,
    parse,
    read,
    title,
    unasked,
)
from tests.factories.concepts import ALL_YES, statement


def codes(application) -> set[str]:
    return {finding.code for finding in parse(application.as_content())[1]}


def test_content_gives_the_statement_back():
    whole = statement(
        {**ALL_YES, "technical-beds-counted": ("partly", "bara IVA")}, first="2018-03-01", last="2020-12-31"
    )
    assert read(whole.as_content()) == whole
    assert codes(whole) == set()


@pytest.mark.parametrize(
    "content", [None, {}, {"content_schema": "concept/1"}, {"content_schema": "application/1", "answers": 3}]
)
def test_content_of_another_shape_is_findings_and_no_statement(content):
    read_as, findings = parse(content)
    assert read_as is None
    assert {finding.code for finding in findings} == {"APPL-001"}


def test_a_date_that_is_none_is_content_of_another_shape():
    content = {**statement(ALL_YES).as_content(), "valid_from": "in March"}
    assert parse(content)[0] is None


def test_the_region_is_a_county_code():
    assert codes(statement(ALL_YES, region="77")) == {"APPL-003"}
    assert codes(statement(ALL_YES, region="99")) == set(), "reserved for trials"


def test_a_statement_does_not_end_before_it_begins():
    assert codes(statement(ALL_YES, first="2018-03-01", last="2018-02-28")) == {"APPL-004"}


def test_a_question_that_is_not_asked_is_found():
    assert codes(statement({**ALL_YES, "favourite-colour": "yes"})) == {"APPL-005"}


def test_every_question_has_one_answer():
    assert codes(statement({"technical-beds-counted": "yes"})) == {"APPL-007"}
    twice = replace(statement(ALL_YES), answers=(*statement(ALL_YES).answers, Answered("must-be-available", Answer.NO)))
    assert codes(twice) == {"APPL-007"}


def test_a_statement_that_states_nothing_is_found():
    assert codes(statement(dict.fromkeys(ALL_YES, "not_stated"))) == {"APPL-008"}


def test_partly_needs_words():
    assert codes(statement({**ALL_YES, "must-be-available": "partly"})) == {"APPL-009"}


def test_a_concept_without_questions_of_its_own_has_a_general_one():
    assert codes(statement({"as-worded": "yes"}, concept="vardtid")) == set()


def test_two_statements_that_follow_each_other_do_not_overlap():
    before, after = statement(ALL_YES, last="2018-02-28"), statement(ALL_YES, first="2018-03-01")
    assert overlaps(after, [before]) == []
    assert overlaps(before, [after]) == []


def test_a_statement_without_an_end_gives_way_to_the_next():
    assert overlaps(statement(ALL_YES, first="2020-01-01"), [statement(ALL_YES, first="2018-03-01")]) == []


def test_days_that_two_statements_claim_are_an_overlap():
    found = overlaps(statement(ALL_YES, first="2018-02-01"), [statement(ALL_YES, last="2018-02-28")])
    assert [finding.code for finding in found] == ["APPL-006"]


def test_the_same_first_day_twice_is_an_overlap():
    assert overlaps(statement(ALL_YES, first="2018-03-01"), [statement(ALL_YES, first="2018-03-01", last="2018-12-31")])
    assert overlaps(statement(ALL_YES), [statement(ALL_YES)])


def test_other_regions_and_other_concepts_are_no_overlap():
    others = [statement(ALL_YES, region="24"), statement({"as-worded": "yes"}, concept="vardtid")]
    assert overlaps(statement(ALL_YES), others) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2016-12-31", None),
        ("2017-01-01", 0),
        ("2018-02-28", 0),
        ("2018-03-01", 1),
        ("2020-12-31", 1),
        ("2021-01-01", None),
    ],
)
def test_the_statement_in_force_on_a_day_began_last_and_has_not_ended(day, expected):
    series = [statement(ALL_YES, first="2017-01-01"), statement(ALL_YES, first="2018-03-01", last="2020-12-31")]
    assert in_force(series, date.fromisoformat(day)) == (None if expected is None else series[expected])


def test_a_statement_with_an_unknown_beginning_applies_to_all_days_before_its_end():
    series = [statement(ALL_YES, last="2018-02-28")]
    assert in_force(series, date(1990, 1, 1)) is series[0]
    assert in_force(series, date(2018, 3, 1)) is None


def test_the_title_says_what_where_and_when():
    content = statement(ALL_YES, first="2018-03-01").as_content()
    assert title(content) == Text(
        "fastställd vårdplats i Norrbotten, från 1 mars 2018", "established bed in Norrbotten, from 1 March 2018"
    )
    content = statement(ALL_YES, first="2016-01-01", last="2018-02-28").as_content()
    assert title(content).sv == "fastställd vårdplats i Norrbotten, från 1 januari 2016 till 28 februari 2018"
    content = statement(ALL_YES, last="2018-02-28").as_content()
    assert title(content).en == "established bed in Norrbotten, until 28 February 2018"


def test_the_outline_has_questions_answers_and_the_decision():
    rows = outline(statement({**ALL_YES, "technical-beds-counted": ("partly", "bara IVA")}).as_content())
    shown = {label.sv: value.sv if isinstance(value, Text) else value for label, value in rows}
    assert shown["Räknas tekniska vårdplatser in?"] == "Delvis: bara IVA"
    assert shown["Diarienummer"] == "3754-2017"
    assert shown["Gäller från"] == "Framgår inte"


def test_an_answer_that_was_not_given_is_not_stated():
    assert statement({}).answer_to("technical-beds-counted").answer is Answer.NOT_STATED


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted(statement(ALL_YES).as_content())), ANYTHING, max_size=6))
def test_whatever_comes_in_is_findings_and_never_a_crash(parts):
    parsed, findings = parse({**statement(ALL_YES).as_content(), **parts})
    assert parsed is not None or {finding.code for finding in findings} == {"APPL-001"}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"valid_to": "2026-02-30"}, "valid_to"),
        ({"valid_until": None}, "valid_until"),
        ({"provenance": "owned"}, "provenance"),
        ({"answers": [{"question": "tekniska", "answer": "maybe"}]}, "answers[0].answer"),
        ({"decision": {"body": {"sv": "a", "en": "b"}, "number": "1"}}, "decision.number"),
    ],
)
def test_what_is_written_wrong_is_refused_with_its_place(changes, path):
    parsed, findings = parse({**statement(ALL_YES).as_content(), **changes})
    assert parsed is None
    assert [finding.places[0].field for finding in findings] == [path]


def asked(**more):
    """A statement on a version of a question set, with its questions as they were asked."""
    answers = (
        Answered("new", Answer.YES, asked=Text("Nytt?", "New?")),
        Answered("other", Answer.NO, asked=Text("A?", "O?")),
    )
    return replace(statement(ALL_YES), answers=answers, question_set="c" * 64, **more)


def test_a_statement_on_a_question_set_keeps_its_questions_as_they_were_asked():
    one = asked(measuring_time="06:00", source_system="Vårdsystem", answered_by="Produktionsstatistik")
    assert read(one.as_content()) == one
    assert codes(one) == set()
    assert one.questions == ("new", "other")
    assert one.question("new") == Text("Nytt?", "New?")
    labels = {label.en: said for label, said in outline(one.as_content())}
    assert (labels["Measured at"], labels["Source system"]) == ("06.00", "Vårdsystem")
    assert labels["Who answers for the facts"] == "Produktionsstatistik"
    assert "New?" in labels


def test_an_earlier_statement_is_read_with_the_questions_of_its_time():
    content = {**statement(ALL_YES).as_content(), "content_schema": "application/1"}
    one = read(content)
    assert one == statement(ALL_YES)
    assert one.questions[0] == "technical-beds-counted"
    assert one.question("technical-beds-counted").en == "Are technical beds counted?"
    assert parse({**content, "measuring_time": "06:00"})[0] is None, "the earlier schema knew no measuring time"
    assert {finding.code for finding in parse(content)[1]} == set()
    assert not is_of_today(content)
    assert is_of_today(one.as_content())


@pytest.mark.parametrize("said", ["00:00", "06:00", "19:59", "23:59"])
def test_a_time_of_day_is_hours_and_minutes(said):
    assert codes(asked(measuring_time=said)) == set()


@pytest.mark.parametrize("said", ["24:00", "6:00", "06:60", "06.00", "06:00 varje dag", "kl 06:00"])
def test_what_is_no_time_of_day_is_found(said):
    assert codes(asked(measuring_time=said)) == {"APPL-011"}


def test_how_it_is_measured_has_a_bound():
    assert parse(asked(source_system="s" * MEASURING_LENGTH).as_content())[0] is not None
    assert parse(asked(source_system="s" * (MEASURING_LENGTH + 1)).as_content())[0] is None


def test_answers_are_held_against_the_questions_of_their_set():
    assert unasked(asked(), ["new", "other"]) == []
    assert [finding.code for finding in unasked(asked(), ["new"])] == ["APPL-005"]
    assert [finding.code for finding in unasked(asked(), ["new", "other", "third"])] == ["APPL-007"]
