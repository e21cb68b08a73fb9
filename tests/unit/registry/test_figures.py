"""Figures as people write them."""

import pytest

from registry.i18n import show_figure


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        ("420.25", 1, "420,3"),
        ("420.35", 1, "420,4"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "\u22123"),
    ],
)
def test_a_half_is_rounded_up_as_people_and_the_ratios_do(value, decimals, shown):
    assert show_figure(value, decimals) == shown


def test_a_figure_longer_than_any_is_still_written():
    assert show_figure("9" * 40 + ".25", 1).endswith("9,3")
