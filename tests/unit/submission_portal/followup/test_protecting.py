"""Small numbers in a published table: hidden, and not to be worked out."""

from dataclasses import replace
from decimal import Decimal

import polars as pl

from legal_checks.small_numbers import protection
from legal_checks.small_numbers.protection import protect
from registry.findings import Text
from registry.period import Period
from submission_portal.flows.policy import Policy as FlowPolicy
from submission_portal.flows.policy import Zeros
from submission_portal.followup.composition import compose, compose_counts
from submission_portal.followup.figures import Figure, Status, read_figures
from submission_portal.followup.inner_cells import Country, Plan
from submission_portal.followup.protecting import Around, both, hide, protect_figures, protect_ratios
from submission_portal.followup.published_cells import PublishedCells, settled_by
from submission_portal.followup.small_number_rules import Rules
from submission_portal.forwarding.sinks import DISCLOSER, RELEASE

WARDS = {
    ("norra", "medicin"): 12,
    ("norra", "kirurgi"): 3,
    ("norra", "ortopedi"): 9,
    ("mellersta", "medicin"): 7,
    ("mellersta", "kirurgi"): 8,
    ("sodra", "medicin"): 6,
    ("sodra", "kirurgi"): 0,
}


def table(wards: dict[tuple[str, str], int | None], day: str = "2026-10-19") -> pl.DataFrame:
    rows = pl.DataFrame(
        {
            "dag": day,
            "sjukhus": [hospital for hospital, _ in wards],
            "avdelning": [ward for _, ward in wards],
            "utlokaliserade": list(wards.values()),
            "utlokaliserade__status": ["closed" if value is None else "observed" for value in wards.values()],
            RELEASE: "r1",
            DISCLOSER: "99",
        },
        schema_overrides={"utlokaliserade": pl.Int64},
    )
    plan = Plan("utlokaliserade", "dag", None, ("sjukhus", "avdelning"), country=Country.NONE)
    return compose(plan, rows, ["r1"], lambda dimension, region, period: None)


def values(frame: pl.DataFrame) -> dict[str, Decimal | None]:
    return {figure.key: figure.value for figure in read_figures(frame)}


def key(hospital: str, ward: str) -> str:
    return f"99/2026-10-19/sjukhus/{hospital}/avdelning/{ward}"


def test_a_small_number_is_hidden_with_what_it_takes_to_keep_it_hidden():
    frame = table(WARDS)
    protection = protect_figures(read_figures(frame), Rules(5))
    assert protection.primary == (key("norra", "kirurgi"),)
    assert protection.secondary, "alone in its sum it could be subtracted"
    assert protection.is_safe
    hospital = [shown for name, shown in values(hide(frame, protection.hidden)).items() if "/norra/" in name]
    assert sum(shown is None for shown in hospital) >= 2


def test_hidden_figures_carry_no_value_and_look_alike():
    frame = table(WARDS)
    protection = protect_figures(read_figures(frame), Rules(5))
    hidden = [figure for figure in read_figures(hide(frame, protection.hidden)) if figure.key in protection.hidden]
    assert {(figure.value, figure.status.value) for figure in hidden} == {(None, "hidden")}


def test_zero_and_closed_are_shown():
    frame = table(WARDS | {("sodra", "ortopedi"): None})
    shown = {
        figure.key: figure
        for figure in read_figures(hide(frame, protect_figures(read_figures(frame), Rules(5)).hidden))
    }
    assert shown[key("sodra", "kirurgi")].value == 0
    assert shown[key("sodra", "ortopedi")].status.value == "closed"


def test_a_table_without_small_numbers_hides_nothing():
    frame = table({name: 10 + number for number, name in enumerate(WARDS)})
    protection = protect_figures(read_figures(frame), Rules(5))
    assert (protection.primary, protection.secondary, protection.is_safe) == ((), (), True)


def test_what_an_earlier_version_hid_stays_hidden_after_a_correction():
    before = table(WARDS)
    first = protect_figures(read_figures(before), Rules(5))
    published = PublishedCells.of([hide(before, first.hidden)])
    corrected = table(WARDS | {("norra", "kirurgi"): 30})
    again = protect_figures(read_figures(corrected), Rules(5), published)
    assert first.hidden <= again.hidden
    assert again.primary == (), "no longer small, and still not told"


def test_the_same_figures_published_again_hide_the_same():
    frame = table(WARDS)
    first = protect_figures(read_figures(frame), Rules(5))
    shown = hide(frame, first.hidden)
    again = protect_figures(read_figures(frame), Rules(5), PublishedCells.of([shown]))
    assert again.hidden == first.hidden
    assert again.is_safe
    settled = settled_by(shown, first.primary, first.secondary)
    kept = protect_figures(read_figures(frame), Rules(5), PublishedCells.of([shown], settled))
    assert (kept.primary, kept.secondary) == (first.primary, first.secondary)


def test_a_group_is_looked_at_again_as_soon_as_one_of_its_figures_stands_on_another_release(monkeypatch):
    frame = table(WARDS)
    first = protect_figures(read_figures(frame), Rules(5))
    shown = hide(frame, first.hidden)
    earlier = PublishedCells.of([shown], settled_by(shown, first.primary, first.secondary))
    searched = []
    monkeypatch.setattr(protection, "protect", lambda problem, **_: searched.append(problem) or protect(problem))
    protect_figures(read_figures(frame), Rules(5), earlier)
    assert searched == []
    corrected = table(WARDS | {("sodra", "medicin"): 16})
    corrected = corrected.with_columns(pl.lit(["r2"]).alias("releases"))
    protect_figures(read_figures(corrected), Rules(5), earlier)
    assert len(searched) == 1


def test_a_value_that_a_correction_makes_small_is_not_hidden_behind_what_readers_already_have():
    """Version 1 showed everything; hiding an unchanged neighbour in version 2 would hide nothing."""
    harmless = WARDS | {("norra", "kirurgi"): 6}
    before = table(harmless)
    published = values(before)
    after = table(WARDS)
    protection = protect_figures(read_figures(after), Rules(5), PublishedCells.of([before]))
    now = values(hide(after, protection.hidden))
    unchanged = {key for key, value in published.items() if value == values(after)[key]}
    assert now[key("norra", "kirurgi")] is None
    assert not unchanged & protection.hidden
    assert now["99/2026-10-19/sjukhus/norra"] is None, "the sum that changed with it is hidden instead"
    assert protection.is_safe


def test_a_region_that_is_not_in_the_countrys_sum_is_not_what_another_is_hidden_behind():
    """A made-up region's small number beside a real one's: the country's sum knows the real one only."""
    month = Period.parse("2026-10")
    values = {"00": "36", "01": "12", "03": "3", "04": "21", "99": "2"}
    figures = [
        Figure(f"{region}/2026-10", region, (), month, Decimal(value), Status.OBSERVED, 1, None, (), ())
        for region, value in values.items()
    ]
    protection = protect_figures(figures, Rules(5), around=Around(is_counted=lambda figure: figure.region != "99"))
    assert set(protection.primary) == {"03/2026-10", "99/2026-10"}
    assert len(protection.hidden & {"00/2026-10", "01/2026-10", "04/2026-10"}) == 2, (
        "one alone would know what it hides"
    )
    assert (protection.groups, protection.is_safe) == (2, True)


def test_days_are_protected_each_by_itself():
    frame = pl.concat([table(WARDS), table(dict.fromkeys(WARDS, 20), "2026-10-20")])
    protection = protect_figures(read_figures(frame), Rules(5))
    assert protection.groups == 2
    assert all("2026-10-19" in hidden for hidden in protection.hidden)


def test_means_with_decimals_are_small_below_the_threshold():
    month = Period.parse("2026-10")
    values = {("a",): "4.2", ("b",): "17.5", ("c",): "0", (): "21.7"}
    figures = [
        Figure(
            "/".join(("99", "2026-10", *place)), "99", place, month, Decimal(value), Status.OBSERVED, 1, None, (), ()
        )
        for place, value in values.items()
    ]
    protection = protect_figures(figures, Rules(5))
    assert protection.primary == ("99/2026-10/a",)
    assert len(protection.secondary) == 1
    assert protection.is_safe


RATE = Plan("over", "manad", None, ("sjukhus",), country=Country.NONE, denominator="beds", per=100, decimals=1)


def ratios(hospitals: dict[str, tuple[int, int]]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The ratios and their numerators, of made-up hospitals: beds and patients."""
    rows = pl.DataFrame(
        {
            "manad": "2026-10",
            "sjukhus": list(hospitals),
            "beds": [beds for beds, _ in hospitals.values()],
            "over": [over for _, over in hospitals.values()],
            RELEASE: "r1",
            DISCLOSER: "99",
        }
    )
    return (
        compose(RATE, rows, ["r1"], lambda dimension, region, period: None),
        compose_counts(RATE, rows, ["r1"], lambda dimension, region, period: None),
    )


def rate_key(hospital: str) -> str:
    return f"99/2026-10/sjukhus/{hospital}"


def test_a_ratio_is_hidden_where_its_numerator_is_small_whatever_the_ratio_is():
    frame, counts = ratios({"liten": (20, 3), "stor": (900, 30), "mellan": (400, 12), "annan": (300, 9)})
    assert values(frame)[rate_key("liten")] == Decimal("15.0")
    protection = protect_ratios(read_figures(frame), read_figures(counts), Rules(5))
    assert protection.primary == (rate_key("liten"),)
    assert protection.secondary, "the sum of the others would tell it"
    assert protection.is_safe


def test_a_low_ratio_of_many_patients_is_shown():
    frame, counts = ratios({"stor": (900, 6), "mellan": (800, 7)})
    assert all(value < 1 for value in values(frame).values())
    assert protect_ratios(read_figures(frame), read_figures(counts), Rules(5)).hidden == frozenset()


def test_a_ratio_that_was_shown_and_is_the_same_is_not_what_another_is_hidden_behind():
    frame, _ = ratios({"liten": (20, 30), "stor": (900, 30), "mellan": (400, 12)})
    earlier = PublishedCells.of([frame])
    small, smaller = ratios({"liten": (20, 3), "stor": (900, 30), "mellan": (400, 12)})
    protection = protect_ratios(read_figures(small), read_figures(smaller), Rules(5), earlier)
    assert rate_key("liten") in protection.primary
    assert not {rate_key("stor"), rate_key("mellan")} & protection.hidden
    assert "99/2026-10" in protection.secondary


def test_a_total_that_somebody_has_published_is_not_what_another_is_hidden_behind():
    """Hiding it would hide nothing; where that is all there was to hide behind, there is no pattern to publish."""
    before, after = table(WARDS | {("norra", "kirurgi"): 6}), table(WARDS)
    total = "99/2026-10-19/sjukhus/norra"
    earlier = PublishedCells.of([before])
    unaware = protect_figures(read_figures(after), Rules(5), earlier)
    assert total in unaware.hidden and unaware.is_safe
    assert not protect_figures(read_figures(after), Rules(5), replace(earlier, told=frozenset({total}))).is_safe
    fresh = protect_figures(read_figures(after), Rules(5), PublishedCells(told=frozenset({total})))
    assert total not in fresh.hidden and fresh.is_safe


def test_a_total_that_was_hidden_until_somebody_published_it_hides_nothing_any_more():
    frame = table(WARDS | {("norra", "medicin"): 0, ("norra", "ortopedi"): 0})
    first = protect_figures(read_figures(frame), Rules(5))
    shown = hide(frame, first.hidden)
    total = "99/2026-10-19/sjukhus/norra"
    assert total in first.hidden
    earlier = PublishedCells.of([shown], settled_by(shown, first.primary, [*first.secondary, total]))
    earlier = replace(earlier, settled=replace(earlier.settled, primary=earlier.settled.primary - {total}))
    assert earlier.settles(read_figures(frame)) is not None
    assert replace(earlier, told=frozenset({total})).settles(read_figures(frame)) is None


def test_of_a_ratio_of_two_counts_of_persons_both_are_protected():
    frame, above = ratios({"liten": (3, 30), "stor": (900, 30), "mellan": (400, 12), "annan": (300, 2)})
    below = compose_counts(
        replace(RATE, value="beds", denominator=None),
        pl.DataFrame(
            {
                "manad": "2026-10",
                "sjukhus": ["liten", "stor", "mellan", "annan"],
                "beds": [3, 900, 400, 300],
                RELEASE: "r1",
                DISCLOSER: "99",
            }
        ),
        ["r1"],
        lambda dimension, region, period: None,
    )
    numerators = protect_ratios(read_figures(frame), read_figures(above), Rules(5))
    denominators = protect_ratios(read_figures(frame), read_figures(below), Rules(5))
    together = both(numerators, denominators)
    assert set(together.primary) == {rate_key("liten"), rate_key("annan")}
    assert together.hidden == numerators.hidden | denominators.hidden
    assert not set(together.primary) & set(together.secondary)


def test_the_strictest_policy_counts_and_without_any_five():
    def shown_below(threshold):
        return FlowPolicy(threshold, Zeros.PUBLISHED, Text("Påhittad", "Made up"))

    assert Rules.strictest([]) == Rules(5, False)
    assert Rules.strictest([shown_below(3), shown_below(4)]) == Rules(4, False)


def test_what_was_shown_under_a_lower_threshold_is_hidden_under_a_higher_one():
    frame = table(WARDS)
    before = protect_figures(read_figures(frame), Rules(3))
    assert before.hidden == frozenset()
    now = protect_figures(read_figures(frame), Rules(5), PublishedCells.of([frame]))
    assert key("norra", "kirurgi") in now.primary


def test_what_was_shown_once_and_hidden_since_stays_hidden():
    frame = table({name: 10 + number for number, name in enumerate(WARDS)})
    chosen = key("norra", "kirurgi")
    published = PublishedCells.of([frame, hide(frame, frozenset({chosen, key("norra", "medicin")}))])
    assert published.has_shown(chosen, values(frame)[chosen])
    assert {chosen, key("norra", "medicin")} <= protect_figures(read_figures(frame), Rules(5), published).hidden
