"""The axis of a chart, and places for labels that must not overlap. Pure."""

from collections.abc import Sequence
from decimal import Decimal
from math import ceil, floor, log10


def ticks(low: float, high: float, most: int = 6) -> list[Decimal]:
    """Round values for the axis, zero among them, that reach from ``low`` to ``high``.

    >>> [str(t) for t in ticks(0, 799)]
    ['0', '200', '400', '600', '800']
    >>> [str(t) for t in ticks(-0.2, 0.35)]
    ['-0.2', '0.0', '0.2', '0.4']
    >>> [str(t) for t in ticks(0, 4.2)]
    ['0', '1', '2', '3', '4', '5']
    """
    low, high = min(low, 0.0), max(high, 0.0)
    if high - low < 1e-9:
        high = low + 1.0
    rough = (high - low) / (most - 1)
    power = floor(log10(rough))
    step = next(
        candidate
        for factor in (Decimal(1), Decimal(2), Decimal(5), Decimal(10), Decimal(20))
        if float(candidate := factor.scaleb(power)) >= rough * 0.999
    )
    first, last = floor(low / float(step) + 1e-9), ceil(high / float(step) - 1e-9)
    step = step.quantize(Decimal(1)) if step == step.to_integral_value() else step.normalize()
    return [step * number for number in range(first, last + 1)]


def spread(wanted: Sequence[float], distance: float, low: float, high: float) -> list[float]:
    """Positions at least ``distance`` apart and as near to the wanted ones as can be; for labels at the ends of lines.

    The least sum of squared moves, by pooling neighbours that would overlap. Too many for the room: they hang below it.

    >>> spread([10, 12, 60], 20, 0, 100)
    [1.0, 21.0, 60.0]
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    pools: list[tuple[float, int]] = []  # (mean, how many)
    for place, index in enumerate(order):
        mean, count = float(wanted[index]) - place * distance, 1
        while pools and pools[-1][0] > mean:
            other, others = pools.pop()
            mean, count = (mean * count + other * others) / (count + others), count + others
        pools.append((mean, count))
    level = [mean for mean, count in pools for _ in range(count)]
    most = max(low, high - (len(order) - 1) * distance)
    placed = [0.0] * len(wanted)
    for place, index in enumerate(order):
        placed[index] = min(max(level[place], low), most) + place * distance
    return placed
