"""A heading with the period that it names read as ``{period}``: what next month's file has under the same pattern. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from registry.period import Period, PeriodKind
from submission_portal.deliveries.reading import written_forms
from submission_portal.deliveries.reading.expected import fold
from submission_portal.deliveries.reading.layouts.content import LONGEST, PERIOD

_WORDS = re.compile(r"\S+")
MOST_WORDS = 4
"""A period is written in so many words at most (*första halvåret 2026*)."""
_MARKS = "()[]:,;"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A folded heading, with `PERIOD` where it names a period; ``period`` is in the stored form."""

    heading: str
    period: str | None = None

    @property
    def rest(self) -> str:
        """What the heading says beside the period."""
        return " ".join(self.heading.replace(PERIOD, " ").split())


def pattern_of(heading: str, kinds: Collection[PeriodKind] = tuple(PeriodKind)) -> Pattern:
    """The pattern of a heading; a period is one of ``kinds``.

    >>> pattern_of("Disponibla jan-26"), pattern_of("mars 2026").period, pattern_of("DVP")
    (Pattern(heading='disponibla {period}', period='2026-01'), '2026-03', Pattern(heading='dvp', period=None))
    >>> pattern_of("jan-26", (PeriodKind.DAY,))
    Pattern(heading='jan 26', period=None)
    """
    if len(heading) > LONGEST:
        return Pattern(fold(heading[:LONGEST]))
    words = [match.span() for match in _WORDS.finditer(heading)]
    for count in range(min(MOST_WORDS, len(words)), 0, -1):
        for first in range(len(words) - count + 1):
            start, end = words[first][0], words[first + count - 1][1]
            period = _period(heading[start:end].strip(_MARKS), kinds)
            if period is not None:
                around = (fold(heading[:start].rstrip(_MARKS + " ")), PERIOD, fold(heading[end:].lstrip(_MARKS + " ")))
                return Pattern(" ".join(part for part in around if part), period)
    return Pattern(fold(heading))


def _period(text: str, kinds: Collection[PeriodKind]) -> str | None:
    if not any(character.isdigit() for character in text):
        return None
    only = next(iter(kinds)).value if len(kinds) == 1 else None
    written = written_forms.period(text, only)
    if written is None or Period.parse(written).kind not in kinds:
        return None
    return written
