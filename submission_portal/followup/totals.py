"""A total that somebody published beside the sum that follows from the parts: the same, explained, or not.

Published parts are often rounded each for itself and so is their total; a sum of *n* rounded parts may then miss the
rounded total by up to half a unit for each of them and half for the total. That is said where it happens, and is no
error. A larger difference is not explained by rounding, and that is said too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from information_models.measures import KnownTotal
from registry.findings import Finding, Place
from submission_portal.followup.breaks import COUNTRY
from submission_portal.followup.downloads import plain
from submission_portal.followup.figures import Figure
from submission_portal.followup.finding_texts import FINDINGS

ROUNDING = "FOL-001"
UNEXPLAINED = "FOL-002"


@dataclass(frozen=True, slots=True)
class PublishedTotal:
    """A country total as somebody published it, with where."""

    period: str
    value: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Difference:
    """The published total beside the computed sum of ``parts`` figures."""

    figure: Figure
    total: PublishedTotal
    parts: int
    decimals: int

    @property
    def amount(self) -> Decimal:
        """Published minus computed."""
        assert self.figure.value is not None  # noqa: S101  (differences() only pairs shown figures)
        return self.total.value - self.figure.value

    @property
    def is_explained_by_rounding(self) -> bool:
        return abs(self.amount) <= _rounding(self.decimals, self.parts)


def differences(
    figures: Iterable[Figure], totals: Iterable[PublishedTotal], parts: Mapping[str, int], decimals: int
) -> tuple[Difference, ...]:
    """Each published total beside the country's computed figure of the same period, where one is shown.

    ``parts`` is the number of regions summed, by period.
    """
    country = {
        str(one.period): one for one in figures if one.region == COUNTRY and not one.place and one.value is not None
    }
    return tuple(
        Difference(country[total.period], total, parts.get(total.period, 0), decimals)
        for total in totals
        if total.period in country
    )


def told_elsewhere(figures: Iterable[Figure], totals: Iterable[KnownTotal], decimals: int) -> frozenset[str]:
    """Keys of the figures that somebody has published, but for rounding: hiding them would hide nothing."""
    published: dict[tuple[str, str], list[Decimal]] = {}
    for total in totals:
        published.setdefault((total.region, total.period), []).append(total.value)
    return frozenset(
        one.key
        for one in figures
        if one.value is not None
        and not one.place
        and any(
            abs(value - one.value) <= _rounding(decimals, one.delivered)
            for value in published.get((one.region, str(one.period)), ())
        )
    )


def finding(difference: Difference) -> Finding | None:
    """What there is to say of a difference; nothing where the two agree."""
    if difference.amount == 0:
        return None
    explained = difference.is_explained_by_rounding
    return FINDINGS.found(
        ROUNDING if explained else UNEXPLAINED,
        {
            "period": difference.total.period,
            "published": _grouped(difference.total.value),
            "computed": _grouped(difference.figure.value or Decimal(0)),
            "difference": _grouped(abs(difference.amount)),
            "parts": difference.parts,
            "source": difference.total.source,
        },
        (Place(key=(("figure", difference.figure.key),)),),
    )


def _rounding(decimals: int, parts: int) -> Decimal:
    """The most that a rounded total can differ from a sum of rounded parts."""
    return Decimal(5).scaleb(-decimals - 1) * (parts + 1)


def _grouped(value: Decimal) -> str:
    """A value with its thousands apart, as both languages write them."""
    whole, point, part = plain(value).partition(".")
    return f"{int(whole):,}".replace(",", "\u00a0") + point + part
