"""Needs: what assignments asked for, and what a model gives of it."""

import json

from information_models import needs
from information_models.needs import Level, answer, answers, level_of
from information_models.starter.loading import assignments, model_contents, starter_model, starter_wordings
from information_models.starter.shipped_code_lists import FOLDER
from registry.content.faults import faults
from registry.content.places import Words
from registry.finding_texts import MISSHAPEN
from registry.findings import Text
from registry.period import PeriodKind

X = Text("x", "x")
MODELS = [starter_model(slug).model for slug in model_contents()]


def need(concept, level, period):
    return needs.Need("a/b", X, concept, level, period)


def test_the_needs_that_ship_are_seven_assignments_and_name_concepts_that_exist():
    assert faults(needs.SHAPE, json.loads((FOLDER / "needs.json").read_text("utf-8")), MISSHAPEN, Words()) == ()
    assert len(assignments()) == 7
    named = {one.concept for assignment in assignments() for one in assignment.needs if one.concept}
    assert named <= starter_wordings().keys()


def test_a_model_says_how_fine_its_places_are():
    assert {model.slug: level_of(model) for model in MODELS} == {
        "dagliga-vardplatser-per-avdelning": Level.WARD,
        "disponibla-vardplatser-per-region-ar": Level.REGION,
        "faststallda-vardplatser-per-sjukhus": Level.HOSPITAL,
        "manadsuppgifter-per-sjukhus": Level.HOSPITAL,
        "publicerade-kvoter": Level.REGION,
    }


def test_a_finer_model_answers_a_coarser_need_in_full():
    daily = starter_model("dagliga-vardplatser-per-avdelning").model
    assert answer(need("disponibel-vardplats", Level.HOSPITAL, PeriodKind.MONTH), daily).is_full


def test_a_coarser_model_answers_in_part_and_says_what_lacks():
    yearly = starter_model("disponibla-vardplatser-per-region-ar").model
    given = answer(need("disponibel-vardplats", Level.HOSPITAL, PeriodKind.MONTH), yearly)
    assert given.in_words.sv == "bara på en högre nivå och mer sällan"
    ordered = answers(need("disponibel-vardplats", Level.HOSPITAL, PeriodKind.MONTH), MODELS)
    assert [one.is_full for one in ordered] == [True, True, False]


def test_what_no_model_counts_is_answered_by_none():
    assert answers(need("vardtid", Level.CLINIC, PeriodKind.MONTH), MODELS) == ()
    assert answers(need(None, Level.REGION, None), MODELS) == ()


def test_a_need_by_procedure_is_met_by_no_model_of_places():
    assert not any(
        one.is_full for one in answers(need("disponibel-vardplats", Level.PROCEDURE, PeriodKind.DAY), MODELS)
    )
