"""What a reviewer needs to look at in a delivery, each with its state. Computed from the delivery alone: nothing is ticked by hand. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import polars as pl

from information_models.definitions import Element, LoadedModel


class State(StrEnum):
    """``CLEAR``: there is nothing to look at. ``LOOK``: read it before deciding. ``STOP``: nothing can be released before it is over."""

    CLEAR = "clear"
    LOOK = "look"
    STOP = "stop"


class Check(StrEnum):
    """What is looked at, in the order of the list."""

    POINTS = "points"
    WARNINGS = "warnings"
    SMALL_NUMBERS = "small_numbers"
    DISCLOSURE = "disclosure"
    LAYOUT = "layout"
    UNITS = "units"
    TOTALS = "totals"
    APPLICATION = "application"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Explained:
    """A rule that warned: how many of its findings have an explanation made of kept ones, a new one, or none."""

    rule: str
    kept: int = 0
    new: int = 0
    without: int = 0


@dataclass(frozen=True, slots=True)
class Total:
    """An element in all: the sum of each period on average, of what may not be summed the mean of the rows."""

    element: str
    before: Decimal
    now: Decimal
    is_large: bool

    @property
    def percent(self) -> Decimal | None:
        """The change in per cent; ``None`` from zero."""
        return (100 * (self.now - self.before) / self.before).quantize(Decimal("0.1")) if self.before else None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the list is computed from."""

    open_points: int = 0
    open_question: bool = False
    explained: tuple[Explained, ...] = ()
    small_numbers: int = 0
    """Cells with a small number about persons."""
    is_standing: bool = False
    """Whether it went under a standing decision, with the next two."""
    conditions_met: int = 0
    conditions_unmet: int = 0
    standing_is_over: bool = False
    is_disclosed: bool = True
    layout_changed: bool = False
    """Whether its file was read by other answers than the last approved one's."""
    layout_broken: bool = False
    """Whether an answer was changed, and not only added."""
    gaps_unanswered: int = 0
    gaps: int = 0
    unit_warnings: int = 0
    """Warnings and notes about units beside those of gaps."""
    totals: tuple[Total, ...] | None = ()
    """``None`` where there is nothing to hold them against."""
    applications: int = 0
    application_missing: bool = False
    application_changed: bool = False
    corrects: bool = False
    corrects_unreleased: str = ""
    """The number of what it corrects, where that is not released."""
    changed_figures: int | None = 0
    """Published figures that a correction changes; ``None`` where nobody can tell."""


def states(facts: Facts) -> Mapping[Check, State]:
    """The state of each check, in the order of the list.

    >>> states(Facts())[Check.POINTS], states(Facts(open_points=1))[Check.POINTS]
    (<State.CLEAR: 'clear'>, <State.STOP: 'stop'>)
    """
    without = any(one.without for one in facts.explained)
    return {
        Check.POINTS: _state(stop=facts.open_points > 0, look=facts.open_question),
        Check.WARNINGS: _state(stop=without, look=bool(facts.explained)),
        Check.SMALL_NUMBERS: _state(look=facts.small_numbers > 0),
        Check.DISCLOSURE: _state(
            stop=not facts.is_disclosed, look=facts.conditions_unmet > 0 or facts.standing_is_over
        ),
        Check.LAYOUT: _state(look=facts.layout_changed or facts.layout_broken),
        Check.UNITS: _state(stop=facts.gaps_unanswered > 0, look=facts.gaps > 0 or facts.unit_warnings > 0),
        Check.TOTALS: _state(look=facts.totals is None or any(one.is_large for one in facts.totals)),
        Check.APPLICATION: _state(look=facts.application_missing or facts.application_changed),
        Check.CORRECTION: _state(
            stop=bool(facts.corrects_unreleased), look=facts.changed_figures is None or facts.changed_figures > 0
        ),
    }


def totals(loaded: LoadedModel, before: pl.DataFrame, now: pl.DataFrame) -> tuple[Total, ...]:
    """The figures of the model in all, beside those before; large by the thresholds of the model."""
    found = []
    for element in loaded.model.values:
        if not element.is_number or element.name not in before.columns or element.name not in now.columns:
            continue
        then, there = _in_all(loaded, before, element), _in_all(loaded, now, element)
        if then is not None and there is not None:
            found.append(Total(element.name, then, there, _is_large(loaded, element, then, there)))
    return tuple(found)


def by_rule(
    findings: Sequence[tuple[str, str]], cited: Mapping[str, object], told: Mapping[str, str]
) -> tuple[Explained, ...]:
    """The rules that warned, each once: from (rule, key) of the findings, what is ``cited`` and what is ``told``, by key.

    >>> by_rule([("HIS-002", "a"), ("HIS-002", "b")], {"a": ["1"]}, {"a": "Ombyggnad.", "b": " "})
    (Explained(rule='HIS-002', kept=1, new=0, without=1),)
    """
    found: dict[str, Explained] = {}
    for rule, key in findings:
        one = found.get(rule, Explained(rule))
        is_told = bool(told.get(key, "").strip())
        is_kept = is_told and bool(cited.get(key))
        found[rule] = Explained(
            rule, one.kept + is_kept, one.new + (is_told and not is_kept), one.without + (not is_told)
        )
    return tuple(found.values())


def _in_all(loaded: LoadedModel, rows: pl.DataFrame, element: Element) -> Decimal | None:
    observed = rows.filter(pl.col(element.name).is_not_null())
    if not observed.height:
        return None
    of = observed.height
    if element.additive:
        of = max(1, rows[loaded.model.period_element].n_unique())
    in_all = Decimal(str(observed[element.name].cast(pl.Float64).sum())) / of
    return in_all.quantize(Decimal(1).scaleb(-max(element.decimals or 0, 1)))


def _is_large(loaded: LoadedModel, element: Element, before: Decimal, now: Decimal) -> bool:
    limits = loaded.model.thresholds
    least = limits.count if element.additive else limits.rate
    difference = abs(now - before)
    return difference >= least and difference * 100 > abs(before) * limits.share


def _state(*, stop: bool = False, look: bool = False) -> State:
    if stop:
        return State.STOP
    return State.LOOK if look else State.CLEAR
