"""What readers already have of a table: everything that its published versions have shown, and which cells they hid.

A new version is protected against somebody who laid all of them side by side. What a version for some has shown is shown to
them alone; what it hid from them is hidden from everybody who sees less. Pure.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import polars as pl

from submission_portal.flows.audiences import Audience
from submission_portal.followup.figures import Figure, Status


@dataclass(frozen=True, slots=True)
class Settled:
    """The newest published version, where it was made by the rules that still hold.

    ``figures``: what it showed (``None``: hidden) and the releases that each figure stood on, by key.
    """

    figures: Mapping[str, tuple[Decimal | None, tuple[str, ...]]]
    primary: frozenset[str]
    secondary: frozenset[str]

    def covers(self, group: Iterable[Figure]) -> bool:
        """Whether every figure of a group stands on the same releases as then, and shows what it showed.

        Then the group's pattern still holds as it was found and audited, and need not be sought again.
        """
        return all(self._is_same(figure) for figure in group)

    def _is_same(self, figure: Figure) -> bool:
        known = self.figures.get(figure.key)
        if known is None:
            return False
        value, releases = known
        return releases == figure.releases and (value == figure.value or (self.hides(figure.key) and value is None))

    def hides(self, key: str) -> bool:
        return key in self.primary or key in self.secondary


@dataclass(frozen=True, slots=True)
class PublishedCells:
    """All published versions of a table together, as one audience has them.

    ``hidden``: keys that any of them hid. ``shown``: every value that any of them showed, by key. ``told``: keys of the
    figures that are published elsewhere, whatever any version did; ``told_by_others``: those of them that somebody else
    has published, not this register. ``withheld``: keys that a narrower audience does not get in the version being made.
    """

    hidden: frozenset[str] = frozenset()
    shown: Mapping[str, frozenset[Decimal]] = field(default_factory=dict)
    settled: Settled | None = None
    told: frozenset[str] = frozenset()
    told_by_others: frozenset[str] = frozenset()
    withheld: frozenset[str] = frozenset()

    def has_shown(self, key: str, value: Decimal) -> bool:
        return key in self.told or value in self.shown.get(key, ())

    def hides(self, key: str) -> bool:
        """Whether the figure was hidden, and nobody else has told it; or is kept from those who see more."""
        return key in self.withheld or (key in self.hidden and key not in self.told)

    def settles(self, group: Sequence[Figure]) -> Settled | None:
        """The newest version, where its pattern still holds for a group: it hid nothing that others have told since, and all
        that is withheld."""
        settled = self.settled
        if settled is None or not settled.covers(group):
            return None
        if any(one.key in self.withheld and not settled.hides(one.key) for one in group):
            return None
        return None if any(one.key in self.told and one.key in settled.secondary for one in group) else settled

    @classmethod
    def of(cls, frames: Iterable[pl.DataFrame], settled: Settled | None = None) -> "PublishedCells":
        """From the published frames (`figures.SCHEMA`) of one audience, in any order."""
        return replace(
            as_each_has((Audience.PUBLIC,), (([Audience.PUBLIC], one) for one in frames))[Audience.PUBLIC],
            settled=settled,
        )


def as_each_has(
    audiences: Iterable[Audience], versions: Iterable[tuple[Collection[Audience], pl.DataFrame]]
) -> dict[Audience, PublishedCells]:
    """What each of some audiences has of published frames (`figures.SCHEMA`), each given with those whom it was for.

    An audience has been shown what it, or a wider one, was shown; from it is kept what was hidden from it, or a narrower one.
    The frames come in any order; one at a time is held beside what is new in it.
    """
    shown = {one: _empty() for one in audiences}
    hidden = {one: _empty() for one in audiences}
    for whom, frame in versions:
        told = frame.select("key", "value", "status")
        values = told.filter(pl.col("status") == Status.OBSERVED.value)
        gaps = told.filter(pl.col("status") == Status.HIDDEN.value)
        for audience in shown:
            if any(one.breadth >= audience.breadth for one in whom):
                shown[audience] = pl.concat([shown[audience], values]).unique()
            if any(one.breadth <= audience.breadth for one in whom):
                hidden[audience] = pl.concat([hidden[audience], gaps]).unique()
    return {one: PublishedCells(frozenset(hidden[one]["key"].to_list()), _by_key(shown[one])) for one in shown}


def _empty() -> pl.DataFrame:
    return pl.DataFrame(schema={"key": pl.String(), "value": pl.Decimal(38, 6), "status": pl.String()})


def _by_key(shown: pl.DataFrame) -> dict[str, frozenset[Decimal]]:
    found: dict[str, set[Decimal]] = {}
    for key, value in shown.filter(pl.col("value").is_not_null()).select("key", "value").iter_rows():
        found.setdefault(key, set()).add(value)
    return {key: frozenset(values) for key, values in found.items()}


NOTHING = PublishedCells()
"""The first version has none before it."""


def settled_by(frame: pl.DataFrame, primary: Iterable[str], secondary: Iterable[str]) -> Settled:
    """The newest published version from its frame and from what was kept of its protection."""
    figures = {
        key: (value, tuple(releases)) for key, value, releases in frame.select("key", "value", "releases").iter_rows()
    }
    return Settled(figures, frozenset(primary), frozenset(secondary))
