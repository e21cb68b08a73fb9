"""What readers already have of a table: everything that its published versions have shown, and which cells they hid.

A new version is protected against somebody who laid all of them side by side. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import polars as pl

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
        hides = figure.key in self.primary or figure.key in self.secondary
        return releases == figure.releases and (value == figure.value or (hides and value is None))


@dataclass(frozen=True, slots=True)
class PublishedCells:
    """All published versions of a table together.

    ``hidden``: keys that any of them hid. ``shown``: every value that any of them showed, by key. ``told``: keys of the
    figures of which somebody else has published what they are, whatever any version did.
    """

    hidden: frozenset[str] = frozenset()
    shown: Mapping[str, frozenset[Decimal]] = field(default_factory=dict)
    settled: Settled | None = None
    told: frozenset[str] = frozenset()

    def has_shown(self, key: str, value: Decimal) -> bool:
        return key in self.told or value in self.shown.get(key, ())

    def hides(self, key: str) -> bool:
        """Whether the figure was hidden, and nobody else has told it."""
        return key in self.hidden and key not in self.told

    def settles(self, group: Sequence[Figure]) -> Settled | None:
        """The newest version, where its pattern still holds for a group: it hid nothing that others have told since."""
        settled = self.settled
        if settled is None or not settled.covers(group):
            return None
        return None if any(one.key in self.told and one.key in settled.secondary for one in group) else settled

    @classmethod
    def of(cls, frames: Iterable[pl.DataFrame], settled: Settled | None = None) -> "PublishedCells":
        """From the published frames (`figures.SCHEMA`), in any order; one at a time is held beside what is new in it."""
        seen = pl.DataFrame(schema={"key": pl.String(), "value": pl.Decimal(38, 6), "status": pl.String()})
        for frame in frames:
            told = frame.select("key", "value", "status").filter(
                pl.col("status").is_in([Status.OBSERVED.value, Status.HIDDEN.value])
            )
            seen = pl.concat([seen, told]).unique()
        hidden = seen.filter(pl.col("status") == Status.HIDDEN.value)["key"].to_list()
        shown: dict[str, set[Decimal]] = {}
        for key, value in seen.filter(pl.col("value").is_not_null()).select("key", "value").iter_rows():
            shown.setdefault(key, set()).add(value)
        return cls(frozenset(hidden), {key: frozenset(values) for key, values in shown.items()}, settled)


NOTHING = PublishedCells()
"""The first version has none before it."""


def settled_by(frame: pl.DataFrame, primary: Iterable[str], secondary: Iterable[str]) -> Settled:
    """The newest published version from its frame and from what was kept of its protection."""
    figures = {
        key: (value, tuple(releases)) for key, value, releases in frame.select("key", "value", "releases").iter_rows()
    }
    return Settled(figures, frozenset(primary), frozenset(secondary))
