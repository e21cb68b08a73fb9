"""One of each kind of drawing, with everything that it can show: kept in ``tests/drawings``, so that it changes on purpose only.

python -m tests.factories.drawings    writes them anew; look at what changed before it is committed
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from registry.web.drawing import Bars, Break, Cause, Chart, Ghost, Point, Row, Series, draw, draw_bars
from termbank import diagram

KEPT = Path(__file__).parents[1] / "drawings"


def _years(values: dict[int, int | Decimal | None]) -> tuple[Point, ...]:
    return tuple(Point(date(year, 1, 1), date(year, 12, 31), value, str(year)) for year, value in values.items())


def _months(count: int) -> tuple[Point, ...]:
    days = [date(2018 + month // 12, month % 12 + 1, 1) for month in range(count)]
    return tuple(
        Point(
            day, (day + timedelta(days=31)).replace(day=1) - timedelta(days=1), 100 + (index * 37) % 61, f"{day:%Y-%m}"
        )
        for index, day in enumerate(days)
    )


def _lines() -> str:
    north = Series("Region Norrbotten", _years({2014: 799, 2015: 790, 2016: 746, 2017: None, 2018: 751, 2019: 748}))
    west = Series(
        "Västra Götalandsregionen", _years({2014: 780, 2015: 785, 2016: 770, 2017: 765, 2018: 760, 2019: 755})
    )
    breaks = (
        Break(date(2016, 1, 1), Cause.WORDING, "Ny ordalydelse", "fastställd vårdplats"),
        Break(date(2018, 7, 1), Cause.COVERAGE, "Ett sjukhus mindre", series=frozenset({"Region Norrbotten"})),
    )
    ghosts = (Ghost(date(2016, 1, 1), date(2019, 12, 31), 746, 799, "tekniska vårdplatser"),)
    return draw(Chart("lines", "Vårdplatser", "Två serier", (north, west), breaks, ghosts))


def _steps() -> str:
    series = Series("Region Norrbotten", _years({2014: 20, 2015: 5, 2016: 0, 2017: 8}))
    breaks = (Break(date(2015, 1, 1), Cause.APPLICATION, "Ändrad tillämpning"),)
    return draw(Chart("steps", "Vårdplatser", "Nivåer", (series,), breaks, steps=True, half=True))


def _long() -> str:
    breaks = tuple(Break(date(2019, month, 1), cause, f"Brott {month}") for month, cause in enumerate(Cause, start=1))
    return draw(Chart("long", "Beläggning", "Fyra år av månader", (Series("", _months(48)),), breaks))


def _rates() -> str:
    halves = tuple(
        Point(date(year, 1, 1), date(year, 6, 30), Decimal(value), f"{year} H1")
        for year, value in ((2015, "2.1"), (2016, "3.5"), (2017, "2.95"))
    )
    series = (Series("Riket", halves, timedelta(days=184)), Series("Norrbotten", halves[:1]))
    return draw(Chart("rates", "Per 100 vårdplatser", "Halvår", series), lambda value: str(value).replace(".", ","))


def _bars() -> str:
    rows = (
        Row("Region Norrbotten", 746), Row("Region Stockholm", None, "ej rapporterad"), Row("Gotland", 0),
        Row("Västra Götalandsregionen", 3012),
    )  # fmt: skip
    return draw_bars(Bars("bars", "Vårdplatser", "Regionerna", rows, Decimal("980.5"), "Riket"))


def _bars_alone() -> str:
    return draw_bars(Bars("alone", "Vårdplatser", "En region", (Row("Region Norrbotten", Decimal("2.5")),)))


def _concepts(slugs: tuple[str, ...], here: str, doubt: tuple[str, str] | None) -> str:
    labels = {slug: slug for slug in ("vårdplats", "disponibel vårdplats", "teknisk vårdplats", *slugs)}
    broader = {"vårdplats": (), "disponibel vårdplats": ("vårdplats",), "teknisk vårdplats": ("disponibel vårdplats",)}
    broader |= dict.fromkeys(slugs, ("vårdplats",))
    narrower = {"vårdplats": ("disponibel vårdplats", *slugs), "disponibel vårdplats": ("teknisk vårdplats",)}
    root = diagram.tree(here, labels, {slug: f"/{slug}" for slug in labels}, broader, narrower, slugs)
    doubts = [diagram.Doubt(*doubt, "räknas in på somliga håll")] if doubt else []
    return diagram.draw(root, doubts, id="d", title="Begrepp", description="Överordnade och underordnade")


SCENES: dict[str, Callable[[], str]] = {
    "lines": _lines,
    "steps": _steps,
    "long": _long,
    "rates": _rates,
    "bars": _bars,
    "bars-alone": _bars_alone,
    "concepts-in-rows": lambda: _concepts(
        ("fastställd vårdplats",), "disponibel vårdplats", ("teknisk vårdplats", "fastställd vårdplats")
    ),
    "concepts-indented": lambda: _concepts(
        ("fastställd vårdplats", "belagd vårdplats", "intensivvårdsplats"),
        "vårdplats",
        ("teknisk vårdplats", "fastställd vårdplats"),
    ),
    "concepts-with-a-long-name": lambda: _concepts(
        ("vårdplats för patienter som har skrivits ut men väntar på plats",), "vårdplats", None
    ),
}


def as_kept(drawing: str) -> str:
    """One element on a line, so that a difference can be read."""
    return drawing.replace("><", ">\n<") + "\n"


if __name__ == "__main__":
    KEPT.mkdir(exist_ok=True)
    for name, scene in SCENES.items():
        (KEPT / f"{name}.svg").write_text(as_kept(scene()), "utf-8")
