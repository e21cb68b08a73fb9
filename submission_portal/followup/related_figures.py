"""Measures that publish the same person counts: their published and pending cells count as known to an attacker. Pure.

A count measure and a ratio measure of one element tell the same counts, so neither may show what the other hides. They
are protected as one table: the figures of all of them side by side, where what another measure has shown is known and
what it hid stays hidden. A measure that counts other rows, or divides them by other places, cannot be laid in that
table; where small numbers are hidden in both at once, nobody can vouch for them together, and that is said (FOL-016).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from registry.findings import Finding, Place
from submission_portal.followup.figures import Figure, Status
from submission_portal.followup.finding_texts import FINDINGS
from submission_portal.followup.published_cells import PublishedCells

APART = "FOL-016"
NAMED = 20
"""Places named in a finding; its count says how many there are."""


@dataclass(frozen=True, slots=True)
class RelatedFigures:
    """Another measure that counts the same element.

    ``counts``: what it counts now, of the same releases; ``figures``: what it would show of them (of a count measure the
    same); ``published``: what its versions have shown and hidden, those that wait for a decision among them.
    """

    measure: str
    dimensions: tuple[str, ...]
    counts: Sequence[Figure]
    figures: Sequence[Figure]
    published: PublishedCells

    def told(self) -> frozenset[str]:
        """Keys of the counts that readers have of it as they are now."""
        return frozenset(
            one.key for one in self.figures if one.value is not None and self.published.has_shown(one.key, one.value)
        )


@dataclass(frozen=True, slots=True)
class Joined:
    """The figures to protect and, from the related measures, which of them are hidden and told there already.

    ``apart``: the measures that could not be joined.
    """

    figures: Sequence[Figure]
    hidden: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    apart: tuple[RelatedFigures, ...] = ()

    def seen_with(self, published: PublishedCells) -> PublishedCells:
        """What readers have, with what the related measures give them. What is shown anywhere hides nothing anywhere."""
        shown = {one.key for one in self.figures if one.value is not None and published.has_shown(one.key, one.value)}
        return replace(published, hidden=published.hidden | (self.hidden - shown), told=published.told | self.told)


def join(figures: Sequence[Figure], dimensions: Sequence[str], others: Iterable[RelatedFigures]) -> Joined:
    """One table of counts of a measure's own figures and those of the related measures, for its own periods."""
    periods = {one.period for one in figures}
    table = {one.key: one for one in figures}
    chain = tuple(dimensions)
    hidden: set[str] = set()
    told: set[str] = set()
    apart = []
    for other in sorted(others, key=lambda one: (-len(one.dimensions), one.measure)):
        counts = [one for one in other.counts if one.period in periods]
        depth = min(len(chain), len(other.dimensions))
        if chain[:depth] != other.dimensions[:depth] or not all(
            _observed(one) == _observed(table.get(one.key, one)) for one in counts
        ):
            apart.append(other)
            continue
        chain = max(chain, other.dimensions, key=len)
        table = table | {one.key: one for one in counts if one.key not in table}
        hidden |= other.published.hidden
        told |= other.told()
    return Joined(tuple(table.values()), frozenset(hidden - told), frozenset(told), tuple(apart))


def objections(
    apart: Iterable[RelatedFigures], figures: Iterable[Figure], hidden: Collection[str]
) -> tuple[Finding, ...]:
    """A finding for each measure apart of which readers have figures where it or this one hides some."""
    own = {_where(one.key) for one in figures}
    hidden_here = {_where(key) for key in hidden}
    found = []
    for other in apart:
        hidden_there = {_where(key) for key in other.published.hidden}
        both = own & (hidden_there | {_where(key) for key in other.published.shown}) & (hidden_here | hidden_there)
        if both:
            places = tuple(Place(key=(("figure", "/".join(one)),)) for one in sorted(both)[:NAMED])
            found.append(FINDINGS.found(APART, {"measure": other.measure, "groups": len(both)}, places))
    return tuple(found)


def _observed(figure: Figure) -> Decimal | None:
    return figure.value if figure.status is Status.OBSERVED else None


def _where(key: str) -> tuple[str, ...]:
    """Region and period of a figure's key."""
    return tuple(key.split("/")[:2])
