"""Needs as values: the level of a model, and what answers a need."""

from dataclasses import replace

import pytest

from information_models import needs
from information_models.definitions import Element, ElementType, Model, Role
from information_models.needs import Level, Need, answer, answers, level_of
from registry.findings import Text
from registry.period import PeriodKind

T = Text("x", "x")


def element(name="n", **more):
    return Element(name, T, T, more.pop("role", Role.VALUE), more.pop("type", ElementType.INTEGER), **more)


def place(concept, required=True):
    return element(concept, role=Role.DIMENSION, type=ElementType.TEXT, concept=concept, required=required)


def of_places(*places, kinds=(PeriodKind.MONTH,), counts="plats"):
    period = element("p", role=Role.DIMENSION, type=ElementType.PERIOD, period_kinds=kinds)
    return Model("m", T, T, (period, *places, element(concept=counts)), ("p",), "p")


def test_the_level_of_a_model_is_the_smallest_place_that_every_row_states():
    assert level_of(of_places()) is Level.COUNTRY
    assert level_of(of_places(place("huvudman"), place("annat"))) is Level.REGION
    assert level_of(of_places(place("vardenhet", required=False), place("sjukhus"))) is Level.HOSPITAL
    assert [level.label.en for level in Level] == [
        "the country",
        "region",
        "hospital",
        "clinic or medical area",
        "ward",
        "procedure",
    ]


@pytest.mark.parametrize(
    ("level", "period", "kinds", "suffices", "full", "words"),
    [
        (Level.HOSPITAL, PeriodKind.MONTH, (PeriodKind.MONTH,), (True, True), True, "level and time suffice"),
        (Level.WARD, PeriodKind.MONTH, (PeriodKind.MONTH,), (False, True), False, "only at a higher level"),
        (Level.REGION, PeriodKind.DAY, (PeriodKind.MONTH,), (True, False), False, "only less often"),
        (Level.REGION, PeriodKind.DAY, (PeriodKind.MONTH, PeriodKind.SHIFT), (True, True), True, "level and time suffice"),
        (Level.HOSPITAL, None, (PeriodKind.MONTH,), (True, None), False, "the level suffices; how often is not stated"),
        (Level.WARD, None, (PeriodKind.MONTH,), (False, None), False, "only at a higher level; how often is not stated"),
        (Level.WARD, PeriodKind.DAY, (PeriodKind.YEAR,), (False, False), False, "only at a higher level and less often"),
    ],
)  # fmt: skip
def test_a_need_is_answered_by_level_and_time(level, period, kinds, suffices, full, words):
    given = answer(Need("a/b", T, "plats", level, period), of_places(place("sjukhus"), kinds=kinds))
    assert (given.level_suffices, given.time_suffices) == suffices
    assert (given.is_full, given.in_words.en, given.model) == (full, words, "m")


def test_answers_come_with_the_fullest_first():
    far = replace(of_places(place("huvudman")), slug="far")
    rare = replace(of_places(place("sjukhus"), kinds=(PeriodKind.YEAR,)), slug="rare")
    full = replace(of_places(place("sjukhus")), slug="full")
    other = of_places(place("sjukhus"), counts="annat")
    need = Need("a/b", T, "plats", Level.HOSPITAL, PeriodKind.MONTH)
    assert [one.model for one in answers(need, (far, other, rare, full))] == ["full", "rare", "far"]
    assert answers(Need("a/b", T, None, Level.REGION, None), (of_places(counts=None),)) == ()


def test_needs_are_read_with_what_they_leave_out():
    both = {"sv": "x", "en": "x"}
    one = {"key": "b", "what": both, "concept": None, "level": "ward", "period": None}
    other = {"key": "c", "what": both, "concept": "plats", "level": "region", "period": "month", "limits": both}
    content = [{"slug": "s", "title": both, "reference": "r", "purpose": both, "needs": [one, other]}]
    [assignment] = needs.read(content)
    assert assignment.needs == (
        Need("s/b", T, None, Level.WARD, None),
        Need("s/c", T, "plats", Level.REGION, PeriodKind.MONTH, T),
    )


# What files cannot carry
