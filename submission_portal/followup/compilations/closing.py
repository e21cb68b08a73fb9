"""Which figures of a table are closed to a reader: marked by a rule on compilations, and opened by no decision. Pure.

A figure is opened for a region, a level of place, a kind of period and an age, never for a whole table. Whoever adds up what is
open below gets what is above, so a level is open only together with the marked levels over it. Whoever knows a sum and all
parts but a few gets those: the country is closed where so few of its parts are (`FEW`), one of which somebody may know, since
a region reads its own. A region's sum stays as open as the region is: what its hospitals are closed for is not the region.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_

import polars as pl

from legal_checks.compilations.rules import REGION, CompilationRule, rule
from registry.findings import Text
from registry.period import Period
from submission_portal.followup.breaks import COUNTRY
from submission_portal.followup.figures import Status

FEW = 2
"""So many closed parts of a shown sum, or fewer, can be worked out by one who knows one of them."""
HOLDS_SOMETHING = tuple(one.value for one in (Status.OBSERVED, Status.HIDDEN, Status.CLOSED, Status.UNDEFINED))
"""Statuses that tell of what was counted. That nothing was delivered is coverage, and no part of a compilation."""
CELLS = pl.Schema(
    {
        "key": pl.String(),
        "region": pl.String(),
        "level": pl.Int64(),
        "period": pl.String(),
        "kind": pl.String(),
        "first": pl.Date(),
        "last": pl.Date(),
        "age": pl.Int64(),
        "rule": pl.String(),
    }
)
"""Closed figures, one row for each rule that closes it."""
NOTHING = pl.DataFrame(schema=CELLS)


@dataclass(frozen=True, slots=True)
class Opening:
    """What one decision opens: the figures at ``level`` of ``regions``, of periods of a kind that ended at least ``least_age``
    days ago, as far as ``rule`` closes them."""

    rule: str
    level: int
    period_kind: str
    least_age: int
    regions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Closing:
    """How the figures of a measure are closed to one reader on a day.

    ``rules``: those that mark the measure. ``openings``: what is open to the reader, ``everybody``'s what is open to each audience.
    ``own``: the regions that the reader belongs to. ``sources``: how many regions the figures come from, as far as is known without
    looking at them. ``counted``: the regions that the country's sum is of, where it is one. ``made_up``: the codes for trials, whose
    figures are nobody's: they make no compilation, and none is closed.
    """

    rules: tuple[str, ...]
    on: date
    openings: frozenset[Opening] = frozenset()
    audiences: tuple[frozenset[Opening], ...] = ()
    own: frozenset[str] = frozenset()
    sources: int = 0
    counted: frozenset[str] = frozenset()
    made_up: frozenset[str] = frozenset()


WHAT_OPENS = Text(
    "Den öppnas genom att mottagarens rättsgranskare beslutar om just den sammanställningen. Varje region läser sina egna "
    "siffror ändå.",
    "It is opened when the recipient's legal reviewer decides about this very compilation. Each region reads its own figures "
    "in any case.",
)


@dataclass(frozen=True, slots=True)
class ClosedPart:
    """Closed figures of one level and kind of period, by one rule: of which regions, from when to when."""

    rule: CompilationRule
    level: int
    period_kind: str
    regions: tuple[str, ...]
    first: date
    last: date
    figures: int

    def as_dict(self) -> dict[str, object]:
        """The part for programs, with what opens it."""
        return {
            "rule": self.rule.id,
            "title": self.rule.title.as_dict(),
            "citation": self.rule.citation.as_dict(),
            "level": self.level,
            "period_kind": self.period_kind,
            "regions": list(self.regions),
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "figures": self.figures,
            "opened_by": WHAT_OPENS.as_dict(),
        }


@dataclass(frozen=True)
class Closed:
    """A table's figures as a reader has them, and the cells (`CELLS`) that are closed in it."""

    frame: pl.DataFrame
    cells: pl.DataFrame


def close(frame: pl.DataFrame, closing: Closing) -> Closed:
    """``frame`` with what is closed to the reader taken out, value and status both."""
    marked = marked_cells(frame, closing)
    if not marked.height:
        return Closed(frame, marked)
    cells = marked.filter(~_is_open(closing.openings, marked) & ~pl.col("region").is_in(list(closing.own)))
    cells = pl.concat([cells, _countries(frame, marked, closing)])
    is_closed = pl.col("key").is_in(cells["key"].unique().to_list())
    shown = frame.with_columns(
        pl.when(is_closed).then(None).otherwise(pl.col("value")).cast(frame.schema["value"]).alias("value"),
        pl.when(is_closed).then(pl.lit(Status.NEEDS_DECISION.value)).otherwise(pl.col("status")).alias("status"),
    )
    return Closed(shown, cells)


def marked_cells(frame: pl.DataFrame, closing: Closing) -> pl.DataFrame:
    """The figures that rules mark (`CELLS`), whatever has been opened of them."""
    told = _told(frame, closing.on).filter(
        pl.col("status").is_in(HOLDS_SOMETHING) & ~pl.col("region").is_in([COUNTRY, *closing.made_up])
    )
    found = []
    for one in (rule(rule_id) for rule_id in closing.rules):
        cells = told.filter(_is_marked(one))
        if cells.height and max(cells["region"].n_unique(), closing.sources) >= one.regions:
            found.append(cells.with_columns(pl.lit(one.id).alias("rule")))
    return pl.concat(found).select(CELLS.names()) if found else NOTHING


def could_mark(frame: pl.DataFrame, rules: Iterable[CompilationRule], on: date) -> bool:
    """Whether any of ``rules`` is about figures such as these, however many regions they are of."""
    told = _told(frame, on).filter(pl.col("region") != COUNTRY)
    return any(not told.filter(_is_marked(one)).is_empty() for one in rules)


def parts_of(cells: pl.DataFrame) -> tuple[ClosedPart, ...]:
    """Closed cells, by rule, level and kind of period."""
    grouped = cells.group_by("rule", "level", "kind").agg(
        pl.col("region").unique().sort().alias("regions"),
        pl.col("first").min(),
        pl.col("last").max(),
        pl.len().alias("figures"),
    )
    return tuple(
        ClosedPart(
            rule(row["rule"]),
            row["level"],
            row["kind"],
            tuple(row["regions"]),
            row["first"],
            row["last"],
            row["figures"],
        )
        for row in grouped.sort("rule", "level", "kind").iter_rows(named=True)
    )


def _told(frame: pl.DataFrame, on: date) -> pl.DataFrame:
    """The figures' keys, regions, levels and statuses, with what their periods are."""
    periods = [(text, Period.parse(text)) for text in frame["period"].unique().to_list()]
    known = pl.DataFrame(
        [(text, one.kind.value, one.first, one.last, (on - one.last).days) for text, one in periods],
        schema={"period": pl.String(), "kind": pl.String(), "first": pl.Date(), "last": pl.Date(), "age": pl.Int64()},
        orient="row",
    )
    named = frame.select("key", "region", pl.col("place").list.len().cast(pl.Int64).alias("level"), "period", "status")
    return named.join(known, on="period", how="left")


def _is_marked(one: CompilationRule) -> pl.Expr:
    """As `CompilationRule.marks_cell`, for all cells at once."""
    is_marked = pl.col("level") >= one.from_level
    if one.period_kinds:
        is_marked &= pl.col("kind").is_in(list(one.period_kinds))
    return is_marked if one.ended_within is None else is_marked & (pl.col("age") < one.ended_within)


def _is_open(openings: frozenset[Opening], marked: pl.DataFrame) -> pl.Expr:
    """Whether a marked cell is open: its own level, and each that the same rule marks above it."""
    deepest = int(str(marked["level"].max() or 0))
    return reduce(
        or_,
        ((pl.col("rule") == one) & _is_open_by(rule(one), openings, deepest) for one in marked["rule"].unique()),
        pl.lit(False),
    )


def _is_open_by(one: CompilationRule, openings: frozenset[Opening], deepest: int) -> pl.Expr:
    levels = []
    for level in range(one.from_level, deepest + 1):
        here = [opening for opening in openings if (opening.rule, opening.level) == (one.id, level)]
        levels.append((pl.col("level") < level) | reduce(or_, map(_is_named_by, here), pl.lit(False)))
    return reduce(and_, levels, pl.lit(True))


def _is_named_by(opening: Opening) -> pl.Expr:
    return (
        (pl.col("kind") == opening.period_kind)
        & (pl.col("age") >= opening.least_age)
        & pl.col("region").is_in(list(opening.regions))
    )


def _countries(frame: pl.DataFrame, marked: pl.DataFrame, closing: Closing) -> pl.DataFrame:
    """The country's sums of which few parts are closed to some audience, with the rules that close those.

    What a region reads of its own is not open to an audience, and an audience is never told less than a narrower one knows.
    """
    parts = marked.filter((pl.col("level") == REGION) & pl.col("region").is_in(list(closing.counted)))
    if not parts.height:
        return NOTHING
    found = []
    for openings in closing.audiences:
        closed = parts.filter(~_is_open(openings, parts))
        few = closed.group_by("period").agg(pl.col("region").n_unique().alias("parts")).filter(pl.col("parts") <= FEW)
        found.append(closed.join(few.select("period"), on="period", how="semi").select("period", "rule").unique())
    sums = _told(frame, closing.on).filter((pl.col("region") == COUNTRY) & pl.col("status").is_in(HOLDS_SOMETHING))
    return sums.join(pl.concat(found).unique(), on="period", how="inner").select(CELLS.names())
