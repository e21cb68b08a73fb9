"""Small numbers in a table version: which figures are hidden, and the proof that none can be worked out.

Figures that are linked by sums are protected together: all regions of a period where the country's figure is shown,
otherwise each region by itself; nothing is summed over time. Two versions laid side by side must tell no more than one:
what an earlier version hid stays hidden, and what it showed with the value that a figure still has hides nothing any
more, so that it is never taken to hide another figure behind. Each region of the country's sum knows its own figures, and
must not be able to work out another's (`region_attacks`). Pure, but for the engine (`legal_checks.small_numbers`), which
brings solvers with it and is imported when a table is composed, never by a page that shows one.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import polars as pl

from legal_checks.small_numbers.table import Cell, Demand, Dimension, Policy, Problem, PublishedTable, Zeros
from registry.findings import Finding, Place, Severity
from submission_portal.followup.breaks import COUNTRY
from submission_portal.followup.figures import Figure, Status
from submission_portal.followup.finding_texts import FINDINGS
from submission_portal.followup.published_cells import NOTHING, PublishedCells
from submission_portal.followup.region_attacks import Known, Tried, WorkedOut, try_regions
from submission_portal.followup.related_figures import RelatedFigures, join, objections
from submission_portal.followup.small_number_rules import Rules

PLACE = "place"
TOLD_BEFORE = "FOL-026"
NAMED = 20
"""Places named in a finding; its count says how many there are."""
SECONDS = 30.0
"""Given to the search for the best pattern of one group of cells; when they end, a safe one is used."""


@dataclass(frozen=True, slots=True)
class Exposed:
    """A figure that could still be worked out, and the interval that the attacker is left with.

    ``by``: the region that works it out, which knows its own figures; empty: whoever reads the table.
    """

    key: str
    lowest: str
    highest: str | None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Protection:
    """What to hide, by figure key. ``primary`` and ``secondary`` are for reviewers, never for readers.

    ``regions``: codes of the regions that were tried as attackers who know their own figures; ``told``: what one of them can
    work out of what is published already; ``apart``: slugs of measures of the same concept that it could not be tried together
    with; ``linked``: those of ``secondary`` that are hidden for what other tables tell.
    """

    primary: tuple[str, ...] = ()
    secondary: tuple[str, ...] = ()
    exposed: tuple[Exposed, ...] = ()
    findings: tuple[Finding, ...] = ()
    groups: int = 0
    regions: frozenset[str] = frozenset()
    told: tuple[Exposed, ...] = ()
    apart: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()

    @property
    def hidden(self) -> frozenset[str]:
        return frozenset(self.primary) | frozenset(self.secondary)

    @property
    def is_safe(self) -> bool:
        return not self.exposed and all(finding.severity is not Severity.ERROR for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Around:
    """What the figures of a table stand among.

    ``dimensions``: the measure's own; ``others``: measures that tell the same counts, whose tables somebody has too;
    ``is_counted``: whether a figure's region is in the sum of the country (a made-up one is not).
    """

    dimensions: Sequence[str] = ()
    others: Sequence[RelatedFigures] = ()
    is_counted: Callable[[Figure], bool] = lambda _figure: True


def protect_figures(
    figures: Sequence[Figure], rules: Rules, published: PublishedCells = NOTHING, around: Around = Around()
) -> Protection:
    """The protection of a whole table version, against somebody who has all the ``published`` ones."""
    table = join(figures, around.dimensions, around.others)
    published = table.seen_with(published)
    scale = _scale(table.figures)
    own = {figure.key for figure in figures}
    parts = [_protect_group(group, own, rules, published, scale) for group in _groups(table.figures, around)]
    hidden = [key for part in parts for key in (*part.primary, *part.secondary)]
    return Protection(
        tuple(key for part in parts for key in part.primary if key in own),
        tuple(key for part in parts for key in part.secondary if key in own),
        tuple(one for part in parts for one in part.exposed),
        (*(finding for part in parts for finding in part.findings), *objections(table.apart, figures, hidden)),
        len(parts),
        frozenset().union(*(part.regions for part in parts)),
        tuple(one for part in parts for one in part.told),
    )


def groups_of(figures: Sequence[Figure], rules: Rules, published: PublishedCells, around: Around) -> Iterator["Group"]:
    """The groups in which `protect_figures` protects a table, whether a group's pattern was sought or is settled."""
    table = join(figures, around.dimensions, around.others)
    seen, scale, own = table.seen_with(published), _scale(table.figures), {figure.key for figure in figures}
    for group in _groups(table.figures, around):
        if any(figure.key in own for figure in group):
            yield replace(_as_problem(group, rules, seen, scale), own=frozenset(own))


def protect_ratios(
    ratios: Sequence[Figure],
    counts: Sequence[Figure],
    rules: Rules,
    published: PublishedCells = NOTHING,
    around: Around = Around(),
) -> Protection:
    """The protection of a table of ratios: what would have to be hidden if one of its counts itself were shown.

    The other count (beds) is no secret, so a shown ratio tells ``counts`` but for the rounding. To an attacker who knows
    them exactly less is safe than to one who knows them nearly, so nothing more can be worked out. An earlier ratio that
    is still the same counts as its count shown before. Where both counts are of persons, each is protected so (`both`).
    """
    shown = {figure.key for figure in ratios if figure.status is Status.OBSERVED}
    found = protect_figures(counts, rules, as_counts(published, ratios, counts), around)
    return replace(
        found,
        primary=tuple(key for key in found.primary if key in shown),
        secondary=tuple(key for key in found.secondary if key in shown),
    )


def as_counts(published: PublishedCells, ratios: Sequence[Figure], counts: Sequence[Figure]) -> PublishedCells:
    """What published ratios tell of one of their counts: those that are still what they were tell it as it is."""
    counted = {figure.key: figure.value for figure in counts}
    shown = {figure.key: figure.value for figure in ratios if figure.status is Status.OBSERVED}
    same = {key: value for key, value in shown.items() if value is not None and published.has_shown(key, value)}
    known = {key: frozenset([number]) for key in same if (number := counted.get(key)) is not None}
    return replace(published, shown=known, settled=None)


def both(one: Protection, other: Protection) -> Protection:
    """What two protections of the same figures hide together: hiding more works out nothing."""
    primary = tuple(dict.fromkeys((*one.primary, *other.primary)))
    return Protection(
        primary,
        tuple(key for key in dict.fromkeys((*one.secondary, *other.secondary)) if key not in primary),
        (*one.exposed, *other.exposed),
        (*one.findings, *other.findings),
        one.groups,
        one.regions | other.regions,
        (*one.told, *other.told),
        tuple(dict.fromkeys((*one.apart, *other.apart))),
        tuple(dict.fromkeys((*one.linked, *other.linked))),
    )


def told_before(told: Sequence[Exposed]) -> tuple[Finding, ...]:
    """What reviewers are told of figures that regions can work out of what is published already; nothing where there are none."""
    pairs = sorted({(one.key, one.by) for one in told})
    if not pairs:
        return ()
    places = tuple(Place(key=(("figure", key), ("region", region))) for key, region in pairs[:NAMED])
    return (FINDINGS.found(TOLD_BEFORE, {"figures": len({key for key, _ in pairs})}, places),)


def hide(frame: pl.DataFrame, hidden: Iterable[str]) -> pl.DataFrame:
    """The figures as readers get them: a hidden one has a status and no value, whatever the reason."""
    is_hidden = pl.col("key").is_in(list(hidden))
    return frame.with_columns(
        pl.when(is_hidden).then(None).otherwise(pl.col("value")).alias("value"),
        pl.when(is_hidden).then(pl.lit(Status.HIDDEN.value)).otherwise(pl.col("status")).alias("status"),
    )


def _groups(figures: Sequence[Figure], around: Around) -> list[list[Figure]]:
    by_period: dict[str, list[Figure]] = {}
    for figure in figures:
        by_period.setdefault(str(figure.period), []).append(figure)
    groups = []
    for _, of_period in sorted(by_period.items()):
        if any(figure.is_country and figure.status is Status.OBSERVED for figure in of_period):
            summed = [figure for figure in of_period if figure.is_country or around.is_counted(figure)]
            groups.append(summed)
            keys = {figure.key for figure in summed}
            of_period = [figure for figure in of_period if figure.key not in keys]
        by_region: dict[str, list[Figure]] = {}
        for figure in of_period:
            if not figure.is_country:
                by_region.setdefault(figure.region, []).append(figure)
        groups += [group for _, group in sorted(by_region.items())]
    return groups


@dataclass(frozen=True)
class Group:
    """The figures that are protected together, as a problem of the engine. Codes are those of its one dimension.

    ``scale``: the values of the problem are so many times those of the figures.
    """

    period: str
    scale: int
    problem: Problem
    keys: Mapping[str, str]
    """Figure key by code."""
    shown: frozenset[str]
    """Keys of the figures that have a value."""
    totals: Mapping[str, int]
    small: frozenset[str]
    sticky: frozenset[str]
    """Codes that were hidden before, or are from those who see more."""
    known: frozenset[str]
    """Codes that readers have already: to hide them would hide nothing."""
    by_others: frozenset[str]
    """Those of them that somebody else has told."""
    silent: frozenset[str]
    own: frozenset[str] = frozenset()
    """Keys of the table's own figures; the others are of measures of the same persons."""

    def hidden_cells(self, hidden: Collection[str]) -> frozenset[Cell]:
        """What readers do not see where these figures are hidden: those, what has no value of its own, and what is of other
        measures and not told there."""
        (dimension,) = self.problem.dimensions
        codes = {code for code, key in self.keys.items() if key in hidden or not self._is_seen(code, key)}
        return _cells(codes - self.silent | ({dimension.total} - set(self.keys)))

    def _is_seen(self, code: str, key: str) -> bool:
        return code in self.known or (key in self.own and key in self.shown)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to choose, as when it is published again unchanged."""
        return all(code in self.small | self.sticky | self.known | self.silent for code in self.totals)

    def regions_with(self, hidden: Iterable[str]) -> frozenset[str]:
        """The regions of the country's sum that have something hidden: each knows more than others do."""
        return _regions(hidden) if COUNTRY in self.keys else frozenset()

    def protection(
        self, hidden: Collection[str], exposed: Iterable[Exposed], findings: tuple[Finding, ...], tried: Tried
    ) -> Protection:
        return Protection(
            tuple(self.keys[code] for code in hidden if code in self.small and self.keys[code] in self.shown),
            tuple(self.keys[code] for code in hidden if code not in self.small and self.keys[code] in self.shown),
            (*exposed, *self._known(tried.exposed)),
            findings,
            1,
            frozenset(tried.regions),
            self._known(tried.told),
        )

    def _known(self, known: Iterable[Known]) -> tuple[Exposed, ...]:
        there = [one for one in known if one.cell[0] in self.keys]
        return tuple(_ends(self.keys[one.cell[0]], one.lowest, one.highest, one.region) for one in there)


def _protect_group(
    group: Sequence[Figure], own: Collection[str], rules: Rules, published: PublishedCells, scale: int
) -> Protection:
    ours = [figure for figure in group if figure.key in own]
    if not ours:
        return Protection()
    if (settled := published.settles(ours)) is not None:
        hidden = [_code(figure) for figure in group if settled.hides(figure.key)]
        return Protection(
            tuple(figure.key for figure in group if figure.key in settled.primary),
            tuple(figure.key for figure in group if figure.key in settled.secondary),
            groups=1,
            regions=_regions(hidden) if any(figure.is_country for figure in group) else frozenset(),
        )
    found = _as_problem(group, rules, published, scale)
    if found.is_settled:
        return _audited(found)
    from legal_checks.small_numbers.protection import CellStatus, protect

    result = protect(found.problem, time_limit=SECONDS)
    hidden = [cell.cell[0] for cell in result.cells if cell.status is CellStatus.HIDDEN]
    exposed = _exposed(result.exposed, found.keys)
    if not result.cells and any(finding.severity is Severity.ERROR for finding in result.findings):
        # No pattern at all: nothing of this group is shown.
        return found.protection(list(found.keys), exposed, result.findings, Tried())
    tried = _try_regions(found, hidden)
    order = {cell.cell[0]: at for at, cell in enumerate(result.cells)}
    hidden = sorted((code for (code,) in tried.hidden if code in found.keys), key=order.__getitem__)
    return found.protection(hidden, exposed, result.findings, tried)


def _as_problem(group: Sequence[Figure], rules: Rules, published: PublishedCells, scale: int) -> Group:
    keys = {_code(figure): figure.key for figure in group}
    parts: dict[str, list[str]] = {}
    for figure in group:
        if (parent := _parent(figure)) in keys:
            parts.setdefault(parent, []).append(_code(figure))
    top = next(code for code in keys if not any(code in children for children in parts.values()))
    inner_cells = {_code(figure): figure for figure in group if _code(figure) not in parts}
    if not parts:
        # A single figure with nothing summed to it: a total of its own makes it a table.
        parts, top = {"": list(inner_cells)}, ""
    values = {code: _count(figure, scale) for code, figure in inner_cells.items()}
    silent = frozenset(code for code, figure in inner_cells.items() if figure.status is not Status.OBSERVED)
    sticky = frozenset(code for code, key in keys.items() if published.hides(key) and code not in silent)
    totals = {code: value for code in keys if (value := _total(code, parts, values)) is not None}
    small = frozenset(code for code, value in totals.items() if _is_small(value, rules, scale) and code not in silent)
    known = frozenset(
        code
        for code, value in totals.items()
        if code not in small | sticky and published.has_shown(keys[code], Decimal(value) / scale)
    )
    problem = Problem(
        dimensions=(Dimension(PLACE, top, parts),),
        cells={(code,): value for code, value in values.items()},
        policy=Policy(
            threshold=rules.threshold * scale,
            zeros=Zeros.SENSITIVE if rules.zeros_are_sensitive else Zeros.PUBLISHED,
            structural_zeros=_cells(silent),
        ),
        primary={(code,): Demand() for code in sticky},
        publish=_cells(known),
    )
    return Group(
        str(group[0].period),
        scale,
        problem,
        keys,
        frozenset(figure.key for figure in group if figure.status is Status.OBSERVED),
        totals,
        small,
        sticky,
        known,
        frozenset(code for code in known if keys[code] in published.told_by_others),
        silent,
    )


def _audited(group: Group) -> Protection:
    """The protection of a group in which nothing is left to choose: only the audit remains."""
    hidden = group.small | group.sticky
    if not hidden:
        return Protection(groups=1)
    cells: dict[Cell, int | None] = {(code,): None if code in hidden else value for code, value in group.totals.items()}
    from legal_checks.small_numbers.audit import audit

    audited = audit(group.problem, PublishedTable((PLACE,), cells))
    exposed = _exposed(audited.exposed, group.keys)
    return group.protection(sorted(hidden), exposed, audited.findings, _try_regions(group, hidden))


def _try_regions(group: Group, hidden: Collection[str]) -> Tried:
    return try_regions(group.problem, _cells(hidden), group.regions_with(hidden), _cells(group.by_others), SECONDS)


def _cells(codes: Iterable[str]) -> frozenset[Cell]:
    return frozenset((code,) for code in codes)


def _regions(codes: Iterable[str]) -> frozenset[str]:
    return frozenset(code.partition("/")[0] for code in codes) - {COUNTRY, ""}


def _exposed(exposures: Iterable[WorkedOut], keys: Mapping[str, str]) -> tuple[Exposed, ...]:
    return tuple(_ends(keys[one.cell[0]], one.lowest, one.highest) for one in exposures if one.cell[0] in keys)


def _ends(key: str, lowest: float, highest: float | None, by: str = "") -> Exposed:
    return Exposed(key, f"{lowest:g}", None if highest is None else f"{highest:g}", by)


def _code(figure: Figure) -> str:
    return "/".join((figure.region, *figure.place))


def _parent(figure: Figure) -> str:
    if figure.place:
        return "/".join((figure.region, *figure.place[:-1]))
    return "" if figure.is_country else COUNTRY


def _total(code: str, parts: Mapping[str, Sequence[str]], values: Mapping[str, int]) -> int:
    if code in values:
        return values[code]
    return sum(_total(part, parts, values) for part in parts.get(code, ()))


def _is_small(value: int, rules: Rules, scale: int) -> bool:
    return 1 <= value < rules.threshold * scale or (value == 0 and rules.zeros_are_sensitive)


def _count(figure: Figure, scale: int) -> int:
    return 0 if figure.value is None else int(figure.value * scale)


def _scale(figures: Iterable[Figure]) -> int:
    """The power of ten that makes every value an integer: means are protected in tenths or hundredths."""
    exponents = [figure.value.normalize().as_tuple().exponent for figure in figures if figure.value is not None]
    decimals = max([0, *(-exponent for exponent in exponents if isinstance(exponent, int))])
    return int(10**decimals)
