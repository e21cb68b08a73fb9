"""One of each kind of drawing, with everything that it can show: kept in ``tests/drawings``, so that it changes on purpose only.

python -m tests.factories.drawings    writes them anew; look at what changed before it is committed
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from registry.web.drawing import Bars, Break, Cause, Chart, Ghost, Point, Row, Series, draw, draw_bars
from termbank.diagrams.drawing import Words
from termbank.diagrams.drawing import draw as draw_concepts
from termbank.diagrams.drawing import draw_file as draw_concepts_file
from termbank.diagrams.graph import DRAWN, Diagram, Edge, Node
from termbank.notions import RelationKind

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


def _crowded() -> str:
    """Two lines that end at nearly the same value, zeros, a series without any value, and words that fit at no edge."""
    values = {2014: 0, 2015: 30, 2016: 12, 2017: 0, 2018: 41, 2019: 40}
    north = Series("Region Norrbotten", _years(values))
    south = Series("Skåne", _years({year: value + 1 for year, value in values.items() if year < 2019}))
    alone = Series("Gotland", _years({2014: None, 2015: 20, 2016: None, 2017: 0, 2018: None, 2019: None}))
    breaks = (
        Break(date(2018, 1, 1), Cause.WORDING, "En ny ordalydelse, som är för lång för att stå till höger", "om"),
        Break(date(2018, 7, 1), Cause.SOURCE, "Ännu en"),
        Break(
            date(2014, 1, 1),
            Cause.APPLICATION,
            "Ändrad tillämpning från första dagen, med många ord som inte ryms alls",
        ),
        Break(date(2019, 12, 31), Cause.COVERAGE, "Sist", "det sista av allt"),
    )
    ghosts = (
        Ghost(date(2015, 1, 1), date(2015, 12, 31), 30, 30, "inget"),
        Ghost(date(2018, 1, 1), date(2019, 12, 31), 41, 60, "det som inte räknas in sedan dess"),
    )
    empty = Series("Tom", _years({2014: None, 2019: None}))
    return draw(Chart("crowded", "Vårdplatser", "Fyra serier", (north, south, alone, empty), breaks, ghosts))


def _stairs() -> str:
    """Levels with a dotted area above them, from its first day to its last, above and below what is counted."""
    series = Series("A", _years({2014: 0, 2015: 10, 2016: 20, 2017: 5, 2018: 5}))
    other = Series("Ett längre namn", _years({2017: 7, 2018: 9}))
    ghosts = (
        Ghost(date(2015, 1, 1), date(2016, 1, 1), 5, 20, "en del"),
        Ghost(date(2014, 1, 1), date(2014, 12, 31), 0, 3, "förr"),
    )
    breaks = (
        Break(date(2016, 1, 1), Cause.WORDING, "Ny", series=frozenset({"A"})),
        Break(date(2018, 1, 1), Cause.COVERAGE, "Ett sjukhus mindre"),
    )
    return draw(Chart("stairs", "Nivåer", "Två serier i trappsteg", (series, other), breaks, ghosts, steps=True))


def _narrow_pair() -> str:
    """Half the page's width has room for names; a narrow screen lists them below, and long periods in few words."""
    names = ("Region Norrbotten", "Västerbotten")
    series = tuple(Series(name, _months(24 + 17 * index)) for index, name in enumerate(names))
    return draw(Chart("pair", "Beläggning", "Två serier", series, half=True))


def _stairs_in_half() -> str:
    series = Series("A", _years({2014: 3, 2015: 4, 2016: 5}))
    return draw(Chart("stairs-half", "Nivåer", "En serie", (series, Series("B", ())), steps=True, half=True))


def _nothing() -> str:
    return draw(Chart("nothing", "Vårdplatser", "Inga värden", (), half=True))


def _below_zero() -> str:
    """Changes on both sides of zero, with an area below it, and words at breaks that stand close to each other."""
    change = Series("Förändring", _years({2014: 12, 2015: -30, 2016: Decimal("-4.5"), 2017: 8, 2018: -1}))
    breaks = tuple(
        Break(date(2015, month, 1), cause, "Ett brott", about)
        for month, cause, about in ((1, Cause.WORDING, ""), (2, Cause.SOURCE, "om något"), (11, Cause.COVERAGE, ""))
    )
    ghosts = (Ghost(date(2015, 1, 1), date(2016, 6, 30), -30, -10, "räknas inte"),)
    return draw(Chart("below-lines", "Förändring", "En serie", (change,), breaks, ghosts))


def _ends_together() -> str:
    """Two lines whose last points lie close to the names, one name pushed aside by the other; a third ends long before."""
    months = _months(36)
    near = tuple(Point(one.first, one.last, int(one.counted) + 1, one.label) for one in months)
    series = (Series("Nord", months), Series("Syd", near), Series("Öst", months[:12]))
    return draw(Chart("together", "Beläggning", "Tre serier", series))


def _long_words() -> str:
    """Levels whose last period has more words than room, beside words that would run into each other."""
    labels = {2014: 3, 2015: 14, 2016: 9, 2017: 9}
    points = tuple(
        Point(one.first, one.last, one.value, f"hela året {one.label}, som det räknades då") for one in _years(labels)
    )
    return draw(Chart("words", "Nivåer", "En serie", (Series("A", points),), steps=True, half=True)) + draw(
        Chart("words-line", "Nivåer", "En serie", (Series("A", points),))
    )


def _bars_below_zero() -> str:
    rows = (Row("Minskar", -40), Row("Ökar", 25), Row("Nästan inget", Decimal("0.01")), Row("Vet inte", None, "okänt"))
    return draw_bars(Bars("below", "Förändring", "Fyra rader", rows, 24, "Riket som helhet, senast"))


def _bars_without_rows() -> str:
    return draw_bars(Bars("none", "Förändring", "Inga rader", ())) + draw_bars(
        Bars("only", "Förändring", "Bara ett okänt", (Row("R", None, "okänt"),), Decimal("0.5"), "Riket")
    )


def _bars() -> str:
    rows = (
        Row("Region Norrbotten", 746), Row("Region Stockholm", None, "ej rapporterad"), Row("Gotland", 0),
        Row("Västra Götalandsregionen", 3012),
    )  # fmt: skip
    return draw_bars(Bars("bars", "Vårdplatser", "Regionerna", rows, Decimal("980.5"), "Riket"))


def _bars_alone() -> str:
    return draw_bars(Bars("alone", "Vårdplatser", "En region", (Row("Region Norrbotten", Decimal("2.5")),)))


WORDS = Words(
    "Begrepp", "Relationer", {kind: f"Betyder: {kind.value}" for kind in DRAWN}, ("Källa: registret", "Ritat")
)


def _concepts(*lines: tuple[str, RelationKind, str], here: str = "", alone: tuple[str, ...] = ()) -> Diagram:
    """A diagram of lines that are written upper, kind, lower."""
    labels = dict.fromkeys(label for upper, _, lower in lines for label in (upper, lower)) | dict.fromkeys(alone)
    nodes = tuple(
        Node(
            label, label, f"/{label}", definition=f"det som kallas {label}" * (len(label) % 5),
            remarks=("3 till under",) if label.endswith("plats") else (), is_here=label == here, is_pale=label.startswith("f"),
        )
        for label in labels
    )  # fmt: skip
    return Diagram(nodes, tuple(Edge(kind, upper, lower) for upper, kind, lower in lines))


def _all_kinds() -> Diagram:
    return _concepts(
        ("avdelning", RelationKind.PARTITIVE, "vårdplats"),
        ("vårdplats", RelationKind.GENERIC, "disponibel vårdplats"),
        ("vårdplats", RelationKind.GENERIC, "fastställd vårdplats"),
        ("disponibel vårdplats", RelationKind.GENERIC, "teknisk vårdplats"),
        ("disponibel vårdplats", RelationKind.BROADER_UNKNOWN, "belagd vårdplats"),
        ("avdelning", RelationKind.ASSOCIATIVE, "belagd vårdplats"),
        ("fastställd vårdplats", RelationKind.CONTESTED, "teknisk vårdplats"),
        here="disponibel vårdplats",
    )


def _sideways() -> Diagram:
    """From left to right: rakes of several, lines between boxes of one level, and a term that is cut."""
    wards = [f"avdelning {number}" for number in range(7)]
    return _concepts(
        *(("sjukhus", RelationKind.PARTITIVE, ward) for ward in wards),
        *(("avdelning 1", RelationKind.PARTITIVE, f"rum {number}") for number in range(3)),
        ("sjukhus", RelationKind.ASSOCIATIVE, "läkare"),
        ("läkare", RelationKind.ASSOCIATIVE, "vårdgivare som har avtal med en region om vård av patienter som inte är inskrivna"),
        ("avdelning 1", RelationKind.ASSOCIATIVE, "avdelning 4"),
        here="sjukhus",
    )  # fmt: skip


def _circle() -> Diagram:
    kind = RelationKind.BROADER_UNKNOWN
    return _concepts(("a", kind, "b"), ("b", kind, "c"), ("c", kind, "a"), ("Ωμέγα", kind, "b"), here="b")


def _of_concepts(diagram: Diagram) -> str:
    return draw_concepts(diagram, WORDS, id="d")


SCENES: dict[str, Callable[[], str]] = {
    "lines": _lines,
    "steps": _steps,
    "long": _long,
    "rates": _rates,
    "crowded": _crowded,
    "stairs": _stairs,
    "stairs-in-half": _stairs_in_half,
    "narrow-pair": _narrow_pair,
    "nothing": _nothing,
    "below-zero": _below_zero,
    "ends-together": _ends_together,
    "long-words": _long_words,
    "bars-below-zero": _bars_below_zero,
    "bars-without-rows": _bars_without_rows,
    "bars": _bars,
    "bars-alone": _bars_alone,
    "concepts-of-all-kinds": lambda: _of_concepts(_all_kinds()),
    "concepts-sideways": lambda: _of_concepts(_sideways()),
    "concepts-in-a-circle": lambda: _of_concepts(_circle()),
    "concept-alone": lambda: _of_concepts(_concepts(alone=("ensam",), here="ensam")),
    "concepts-in-a-file": lambda: draw_concepts_file(_all_kinds(), WORDS),
}


def as_kept(name: str) -> dict[str, str]:
    """A scene as files by name: one for a wide page, and one for a narrow page where it has another there. One element on
    a line, so that a difference can be read."""
    one, *other = _DRAWING.findall(str(SCENES[name]()))
    files = {f"{name}.svg": one} | {f"{name}-narrow.svg": each for each in other}
    return {file: _written(drawing) for file, drawing in files.items()}


def _written(drawing: str) -> str:
    named = drawing if "xmlns" in drawing else drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return named.replace("><", ">\n<") + "\n"


_DRAWING = re.compile("<svg .*?</svg>", re.DOTALL)

if __name__ == "__main__":
    KEPT.mkdir(exist_ok=True)
    for scene in SCENES:
        for file, drawing in as_kept(scene).items():
            (KEPT / file).write_text(drawing, "utf-8")
