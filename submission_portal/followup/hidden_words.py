"""Why a cell is hidden, what a reader is left with and the attack that it prevents, in words, with the numbers put in.

For who may see what is hidden, and only then: the values come from a composition made anew (`evidence`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from registry.findings import Text
from registry.period import Period
from submission_portal.followup.downloads import number
from submission_portal.followup.hidden_cells import CellAttack, HiddenCell
from submission_portal.followup.small_number_rules import Rules

NAMED = 3
"""Cells that are named as protected by one; of more it is said how many there are."""
NO_LESS = Text(
    " Ingen cell som är dold i den kan vara mindre än noll.", " No cell that is hidden in it can be less than zero."
)


@dataclass(frozen=True, slots=True)
class WhyHidden:
    """One hidden cell as its reviewer reads of it. ``kind``: ``primary`` or ``secondary``, as the tables mark it."""

    place: Text
    period: Period
    value: Text
    kind: str
    why: Text
    left: Text
    attacks: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class WhyInPeriod:
    """The hidden cells of one period, those that are small themselves first."""

    period: Period
    cells: tuple[WhyHidden, ...]
    small: int

    @property
    def protecting(self) -> int:
        return len(self.cells) - self.small


@dataclass(frozen=True)
class Words:
    """How to say it: names of figures by key, names of regions by code, and the values of each element by key."""

    place: Callable[[str], Text]
    region: Callable[[str], Text]
    values: Mapping[str, Mapping[str, Decimal | None]]
    rules: Rules
    primary: frozenset[str]
    linked: frozenset[str] = frozenset()
    """Keys of the figures that are hidden for what tables of other periods or models tell."""

    def in_period(self, period: str, cells: Sequence[HiddenCell]) -> WhyInPeriod:
        """The cells of a period in words. Of a ratio whose counts are both of persons a cell is told of once for each."""
        ordered = sorted(cells, key=lambda one: (one.key not in self.primary, one.key))
        small = len([one for one in cells if one.key in self.primary])
        return WhyInPeriod(Period.parse(period), tuple(self.of(one) for one in ordered), small)

    def of(self, cell: HiddenCell) -> WhyHidden:
        value = self._value(cell, cell.key)
        return WhyHidden(
            self.place(cell.key),
            Period.parse(cell.key.split("/")[1].replace(".", "/")),
            _said(value) if value is not None else Text("", ""),
            "primary" if cell.key in self.primary else "secondary",
            self._why(cell, value),
            left_with(cell),
            tuple(self._attacks(cell, value)),
        )

    def _attacks(self, cell: HiddenCell, value: Decimal | None) -> Iterator[Text]:
        if cell.key in self.primary and value is not None:
            yield Text(f"Talet självt: {number(value, 'sv')}.", f"The number itself: {number(value, 'en')}.")
        yield from (self._attack(cell, one) for one in cell.attacks)
        if cell.more:
            yield Text(f"Och {cell.more} till.", f"And {cell.more} more.")

    def _why(self, cell: HiddenCell, value: Decimal | None) -> Text:
        threshold = self.rules.threshold
        if cell.key in self.primary and value == 0:
            return Text("Nollregeln: noll räknas som ett småtal", "The rule on zeros: zero counts as small")
        if cell.key in self.primary:
            return Text(f"Själv ett småtal, under {threshold}", f"Small itself, below {threshold}")
        if cell.key in self.linked:
            return Text(
                "Skyddar ett småtal som annars kan räknas fram med tabeller över andra perioder eller av andra modeller",
                "Protects a small number that could else be worked out with tables of other periods or other models",
            )
        if cell.attacks:
            return self._protects(cell)
        if cell.is_kept:
            return Text(
                "Var dold redan: i en tidigare version, eller för dem som ser mer",
                "Was hidden already: in an earlier version, or from those who see more",
            )
        return Text(
            "Döljs tillsammans med andra: visas den ensam går ingen att räkna ut, men alla kan inte visas",
            "Hidden together with others: shown alone it opens none, but not all of them can be shown",
        )

    def _protects(self, cell: HiddenCell) -> Text:
        named = [self.place(one.of) for one in cell.attacks[:NAMED]]
        more = len(cell.attacks) + cell.more - len(named)
        sv, en = ("; ".join(getattr(one, language) for one in named) for language in ("sv", "en"))
        if more:
            sv, en = f"{sv} och {more} till", f"{en} and {more} more"
        by = cell.attacks[0].by
        if by:
            region = self.region(by)
            return Text(
                f"Skyddar {sv} från {region.sv}, som känner sina egna siffror",
                f"Protects {en} from {region.en}, which knows its own figures",
            )
        return Text(f"Skyddar {sv}", f"Protects {en}")

    def _attack(self, cell: HiddenCell, attack: CellAttack) -> Text:
        target, value = self.place(attack.of), self._value(cell, attack.of)
        ends = _said(value) if value is not None else None
        if len(attack.sums) != 1 or ends is None:
            return self._several(attack, target, ends)
        (whole,) = attack.sums
        told = self._by_one_sum(cell, attack, whole)
        if told is None:
            return self._several(attack, target, ends)
        least = NO_LESS if attack.is_least else Text("", "")
        return Text(
            f"{target.sv} = {told.sv} = {ends.sv}.{least.sv}", f"{target.en} = {told.en} = {ends.en}.{least.en}"
        )

    def _by_one_sum(self, cell: HiddenCell, attack: CellAttack, whole: str) -> Text | None:
        """``Norra 24 − this one 9 − another cell 12``; ``None`` where a number in it is not at hand."""
        target, shown, total = (self._value(cell, key) for key in (attack.of, cell.key, whole))
        if target is None or shown is None:
            return None
        this = Text(f"den här {number(shown, 'sv')}", f"this one {number(shown, 'en')}")
        if attack.is_the_sum:
            return _terms([this], target - shown, attack.others, "+")
        if total is None:
            return None
        if cell.key == whole:
            return _terms([this], shown - target, attack.others, "−")
        name = self.place(whole)
        sum_of = Text(f"{name.sv} {number(total, 'sv')}", f"{name.en} {number(total, 'en')}")
        return _terms([sum_of, this], total - shown - target, attack.others, "−")

    def _several(self, attack: CellAttack, target: Text, value: Text | None) -> Text:
        result = Text(f" = {value.sv}", f" = {value.en}") if value is not None else Text("", "")
        if not attack.sums:
            return Text(
                f"{target.sv}{result.sv}: följer av alla summor tillsammans.",
                f"{target.en}{result.en}: follows from all sums together.",
            )
        names = [self.place(one) for one in attack.sums[:NAMED]]
        more = len(attack.sums) - len(names)
        sv, en = ("; ".join(getattr(one, language) for one in names) for language in ("sv", "en"))
        if more:
            sv, en = f"{sv} och {more} till", f"{en} and {more} more"
        least = NO_LESS if attack.is_least else Text("", "")
        if len(attack.sums) == 1:
            sv, en = f"summan {sv}", f"the sum {en}"
        else:
            sv, en = f"summorna {sv} tillsammans", f"the sums {en} together"
        return Text(
            f"{target.sv}{result.sv}: följer av {sv}.{least.sv}",
            f"{target.en}{result.en}: follows from {en}.{least.en}",
        )

    def _value(self, cell: HiddenCell, key: str) -> Decimal | None:
        return self.values.get(cell.element, {}).get(key)


def left_with(cell: HiddenCell) -> Text:
    """What a reader can conclude of a hidden cell."""
    low = _said(Decimal(cell.lowest))
    if cell.highest is None:
        return Text(f"{low.sv} eller mer", f"{low.en} or more")
    high = _said(Decimal(cell.highest))
    if cell.lowest == cell.highest:
        return Text(f"kan räknas ut: {low.sv}", f"can be worked out: {low.en}")
    return Text(f"{low.sv}–{high.sv}", f"{low.en}–{high.en}")


def _terms(terms: Sequence[Text], rest: Decimal, cells: int, sign: str) -> Text:
    """Terms with what further cells come to at the end."""
    if cells:
        sv = f"{'en annan cell' if cells == 1 else f'{cells} andra celler'} {number(rest, 'sv')}"
        en = f"{'another cell' if cells == 1 else f'{cells} other cells'} {number(rest, 'en')}"
        terms = [*terms, Text(sv, en)]
    return Text(f" {sign} ".join(one.sv for one in terms), f" {sign} ".join(one.en for one in terms))


def _said(value: Decimal) -> Text:
    return Text(number(value, "sv"), number(value, "en"))
