"""Elements, limits and rows in words."""

from dataclasses import replace
from decimal import Decimal

import pytest

from information_models.definitions import Model
from information_models.elements import Element, ElementType, Role
from information_models.presentation import figure, kinds_in_words, limits_in_words, row_in_words
from registry.findings import Text
from registry.period import PeriodKind

NUMBER = Element("n", Text("Antal", "Count"), Text("", ""), Role.VALUE, ElementType.DECIMAL)
WORD = replace(NUMBER, type=ElementType.TEXT, max_length=50)


@pytest.mark.parametrize(
    ("element", "sv", "en"),
    [
        (NUMBER, "", ""),
        (replace(NUMBER, minimum=Decimal(0)), "minst 0", "at least 0"),
        (replace(NUMBER, maximum=Decimal("-2000.5")), "högst -2\u00a0000,5", "at most -2,000.5"),
        (replace(NUMBER, minimum=Decimal(1000)), "minst 1\u00a0000", "at least 1,000"),
        (replace(NUMBER, minimum=Decimal(0), maximum=Decimal(1500)), "0–1\u00a0500", "0–1,500"),
        (replace(NUMBER, minimum=Decimal(1500), maximum=Decimal(2000)), "1\u00a0500–2\u00a0000", "1,500–2,000"),
        (replace(NUMBER, decimals=1), "högst 1 decimal", "at most 1 decimal"),
        (replace(NUMBER, decimals=2), "högst 2 decimaler", "at most 2 decimals"),
        (
            replace(NUMBER, type=ElementType.INTEGER, maximum=Decimal(9), decimals=2),
            "högst 9, högst 2 decimaler",
            "at most 9, at most 2 decimals",
        ),
        (WORD, "högst 50 tecken", "at most 50 characters"),
        (replace(WORD, pattern="[a-z]{2}"), "högst 50 tecken, formen [a-z]{2}", "at most 50 characters, the form [a-z]{2}"),
        (replace(WORD, type=ElementType.CODE, pattern="[a-z]{2}", minimum=Decimal(1), decimals=1), "", ""),
    ],
)  # fmt: skip
def test_limits_are_said_in_both_languages(element, sv, en):
    assert limits_in_words(element) == Text(sv, en)


def test_kinds_of_periods_are_said_with_an_example_of_each():
    element = replace(NUMBER, type=ElementType.PERIOD, period_kinds=(PeriodKind.MONTH, PeriodKind.SHIFT))
    assert kinds_in_words(element) == Text(
        "månad (2026-10) eller arbetspass (2026-10-01/natt)", "month (2026-10) or shift (2026-10-01/natt)"
    )
    assert kinds_in_words(NUMBER) == Text("", "")


@pytest.mark.parametrize(
    ("number", "sv", "en"),
    [("0", "0", "0"), ("999", "999", "999"), ("1000", "1\u00a0000", "1,000"), ("-1234567.50", "-1\u00a0234\u00a0567,50",
     "-1,234,567.50"), ("0.5", "0,5", "0.5")],
)  # fmt: skip
def test_a_number_is_written_as_people_write_it(number, sv, en):
    assert (figure(number, "sv"), figure(number, "en")) == (sv, en)


def element(name, sv, en, role=Role.DIMENSION):
    return Element(name, Text(sv, en), Text("", ""), role, ElementType.TEXT)


@pytest.mark.parametrize(
    ("key", "sv", "en"),
    [
        (("a",), "En rad per dag säger: ort, vårdform och antal.", "One row per day says: place, care form and count."),
        (("a", "b"), "En rad per dag och ort säger: vårdform och antal.", "One row per day and place says: care form and count."),
        (("a", "b", "c"), "En rad per dag, ort och vårdform säger: antal.", "One row per day, place and care form says: count."),
    ],
)  # fmt: skip
def test_a_row_is_said_as_a_sentence(key, sv, en):
    elements = (
        element("a", "Dag", "Day"),
        element("b", "Ort", "Place"),
        element("c", "Vårdform", "Care form"),
        element("d", "Antal", "Count", Role.VALUE),
    )
    assert row_in_words(Model("m", Text("", ""), Text("", ""), elements, key, "a")) == Text(sv, en)
