"""Charts: what a line may join, where the marks stand, and what a reader who does not see gets."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.web import drawing
from registry.web.drawing import Bars, Break, Cause, Chart, Ghost, Point, Row, Series, draw, draw_bars, pieces
from registry.web.scales import spread, ticks

BEFORE = Point(date(2017, 3, 1), date(2018, 2, 28), 799, "före 1 mars 2018")
AFTER = Point(date(2018, 3, 1), date(2019, 2, 28), 746, "från 1 mars 2018")
CHANGE = Break(date(2018, 3, 1), Cause.APPLICATION, "Ändrad tillämpning", "1 mars 2018")


def year(number, value):
    return Point(date(number, 1, 1), date(number, 12, 31), value, str(number))


def drawn(chart):
    """The drawing for wide screens, parsed."""
    both = ElementTree.fromstring(f"<both>{draw(chart)}</both>")
    return both[0]


def lines(svg):
    return [path.get("d") for path in svg.iter("path") if "series" in path.get("class", "").split()]


def words(svg):
    return [text.text for text in svg.iter("text")]


def test_a_line_is_never_drawn_across_a_break():
    together = drawn(Chart("c", "t", "d", (Series("x", (BEFORE, AFTER)),), steps=True))
    broken = drawn(Chart("c", "t", "d", (Series("x", (BEFORE, AFTER)),), (CHANGE,), steps=True))
    assert len(lines(together)) == 1
    assert len(lines(broken)) == 2


def test_the_axis_has_the_decimals_that_its_steps_need_not_those_of_the_values():
    def axis(*values):
        years = tuple(year(2013 + number, Decimal(value)) for number, value in enumerate(values))
        svg = ElementTree.fromstring(
            f"<both>{draw(Chart('c', 't', 'd', (Series('x', years),)), '{:.1f}'.format)}</both>"
        )[0]
        return [one.text for one in svg.iter("text") if one.get("class") == "soft end"]

    assert axis("799.5", "746.0") == ["0", "200", "400", "600", "800"]
    assert axis("0.3", "0.1") == ["0.0", "0.1", "0.2", "0.3"]


def test_a_break_of_one_series_leaves_the_others_whole():
    years = tuple(year(number, number) for number in (2013, 2014, 2015))
    cut = Break(date(2014, 1, 1), Cause.COVERAGE, "Ny utförare", series=frozenset({"region"}))
    svg = drawn(Chart("c", "t", "d", (Series("region", years), Series("riket", years)), (cut,)))
    assert [path.count("L") for path in lines(svg)] == [1, 2]


def test_a_missing_value_is_a_gap_and_never_a_zero():
    svg = drawn(Chart("c", "t", "d", (Series("x", (year(2013, 5), year(2014, None), year(2015, 5))),)))
    assert lines(svg) == []
    assert len(list(svg.iter("circle"))) == 2


def test_a_single_day_that_is_not_there_is_a_gap_unless_it_regularly_is():
    days = tuple(Point(day, day, 5, str(day)) for day in (date(2026, 10, 1), date(2026, 10, 3)))
    assert lines(drawn(Chart("c", "t", "d", (Series("x", days),)))) == []
    assert len(lines(drawn(Chart("c", "t", "d", (Series("x", days, timedelta(days=1)),))))) == 1


def test_the_words_of_breaks_stand_below_each_other_only_where_they_would_meet():
    days = {"först": date(2014, 6, 1), "strax efter": date(2014, 9, 1), "långt senare": date(2019, 1, 1)}
    breaks = tuple(Break(day, Cause.APPLICATION, label) for label, day in days.items())
    years = tuple(year(number, 5) for number in range(2013, 2024))
    svg = drawn(Chart("c", "t", "d", (Series("x", years),), breaks))
    at = {text.text: float(text.get("y")) for text in svg.iter("text")}
    assert at["först"] == at["långt senare"] < at["strax efter"]


@pytest.mark.parametrize("cause", Cause)
def test_every_cause_has_its_own_mark(cause):
    svg = draw(Chart("c", "t", "d", (Series("x", (BEFORE, AFTER)),), (Break(date(2018, 3, 1), cause, "orsak"),)))
    others = [
        draw(Chart("c", "t", "d", (Series("x", (BEFORE, AFTER)),), (Break(date(2018, 3, 1), o, "orsak"),)))
        for o in Cause
    ]
    assert others.count(svg) == 1


def test_the_zero_line_is_always_there():
    svg = drawn(Chart("c", "t", "d", (Series("x", (year(2013, 1000), year(2014, 1001))),)))
    assert "0" in words(svg)
    assert [path for path in svg.iter("path") if path.get("class") == "base"]


def test_what_is_not_counted_is_shown_as_a_ghost_with_its_words():
    ghost = Ghost(AFTER.first, AFTER.last, 746, 799, "53 tekniska, inte räknade")
    svg = drawn(Chart("c", "t", "d", (Series("x", (BEFORE, AFTER)),), (CHANGE,), (ghost,), steps=True))
    assert [rect for rect in svg.iter("rect") if rect.get("class") == "ghost"]
    assert {"799", "746", "53 tekniska, inte räknade", "Ändrad tillämpning", "1 mars 2018"} <= set(words(svg))


def test_a_drawing_has_a_title_and_a_description_of_its_own():
    both = ElementTree.fromstring(
        f"<both>{draw(Chart('c', 'Vårdplatser', '799 blev 746.', (Series('x', (BEFORE,)),)))}</both>"
    )
    for svg in both:
        title, description = svg.get("aria-labelledby").split()
        assert svg.find(f"title[@id='{title}']").text == "Vårdplatser"
        assert svg.find(f"desc[@id='{description}']").text == "799 blev 746."
    assert both[0].get("aria-labelledby") != both[1].get("aria-labelledby")


def test_words_from_content_cannot_become_markup():
    svg = draw(
        Chart(
            "c",
            "<b>",
            "&",
            (Series("<script>", (BEFORE,)), Series("b", (AFTER,))),
            (Break(CHANGE.at, CHANGE.cause, "<i>"),),
        )
    )
    assert "<script>" not in svg and "<b>" not in svg and "<i>" not in svg


@pytest.mark.parametrize(("at", "runs"), [(date(2016, 1, 1), 2), (date(2016, 12, 31), 2), (date(2017, 1, 1), 1)])
def test_a_break_on_the_last_day_of_a_period_cuts_before_it(at, runs):
    cut = Break(at, Cause.WORDING, "New wording")
    assert len(pieces(Series("x", (year(2015, 2), year(2016, 3))), [cut])) == runs


def test_a_bar_chart_writes_what_is_missing_in_words():
    bars = Bars(
        "b",
        "t",
        "d",
        (Row("Norrbotten", Decimal("2.9")), Row("Gotland", None, "ej rapporterat")),
        Decimal("2.4"),
        "Riket",
    )
    svg = ElementTree.fromstring(f"<both>{draw_bars(bars)}</both>")[0]
    assert len([rect for rect in svg.iter("rect") if rect.get("class") == "bar"]) == 1
    assert {"ej rapporterat", "Riket 2.4"} <= set(words(svg))
    assert "2,90 %" in draw_bars(bars, lambda figure: f"{figure:.2f} %".replace(".", ","))


@given(st.lists(st.floats(0, 200), min_size=1, max_size=8))
def test_labels_never_overlap_and_stay_within(wanted):
    placed = spread(wanted, 20, 0, 200)
    ordered = sorted(placed)
    assert all(second - first >= 20 - 1e-6 for first, second in pairwise(ordered))
    assert max(placed) <= 200 + 1e-6


@given(st.floats(-1e6, 1e9), st.floats(-1e6, 1e9))
def test_the_axis_reaches_every_value_and_holds_zero(one, other):
    marks = ticks(min(one, other), max(one, other))
    assert 0 in marks
    low, high = min(one, other, 0), max(one, other, 0)
    slack = 1e-6 * max(high - low, 1)
    assert float(marks[0]) <= low + slack and float(marks[-1]) >= high - slack
    assert len(marks) <= 9


@pytest.mark.parametrize(("length", "classes"), [(87, "soft halo"), (88, "soft halo"), (89, "soft halo end")])
def test_the_words_of_a_ghost_begin_with_it_where_they_reach_the_edge_and_not_beyond(monkeypatch, length, classes):
    """Eight units a letter and axis figures of three letters: the area begins at 36, and 88 letters end at 740."""
    monkeypatch.setattr(drawing, "CHARACTER", 8)
    ghost = Ghost(date(2014, 1, 1), date(2014, 12, 31), 0, 100, "x" * length)
    svg = drawn(Chart("c", "t", "d", (Series("x", (year(2014, 100),)),), (), (ghost,)))
    assert [one.get("class") for one in svg.iter("text") if one.text == ghost.label] == [classes]
