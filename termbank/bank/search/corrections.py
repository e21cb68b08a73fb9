"""What was probably meant where nothing was found: words that are nearly the same. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

MOST_WORDS = 3
"""Words that are tried for each that is not known."""
MOST_QUERIES = 3
MOST_CHANGED = 6
"""Words of one query that are mended."""
MOST_UNKNOWN = 3
"""Words of one query for which more than the nearest is tried."""
MOST_DIFFERENCE = 3
"""Letters of the length by which a word and its correction differ at most."""


def most_changes(word: str) -> int:
    """How many letters may be wrong, missing, too many or in each other's place: one in three, three at most.

    >>> [most_changes("x" * length) for length in (2, 3, 5, 6, 8, 9, 30)]
    [0, 1, 1, 2, 2, 3, 3]
    """
    return min(len(word) // 3, MOST_DIFFERENCE)


def closest(word: str, candidates: Iterable[str]) -> list[tuple[str, int]]:
    """The candidates that ``word`` is nearly, with how many changes lead there; the nearest first, then by alphabet.

    >>> closest("sjukhusänsg", ["sjukhussäng", "sjukhus", "säng"])
    [('sjukhussäng', 2)]
    """
    most = most_changes(word)
    found = extract(word, sorted(candidates), scorer=OSA.distance, score_cutoff=most, limit=None)
    return sorted(((one, int(changes)) for one, changes, _ in found if changes), key=lambda one: (one[1], one[0]))[
        :MOST_WORDS
    ]


def corrected(asked: Sequence[str], closest_to: Mapping[str, Sequence[tuple[str, int]]]) -> list[tuple[str, ...]]:
    """What may have been meant by all the words, the nearest first. Words that are known, or like nothing, stay.

    >>> corrected(("disponibel", "vårdplatz"), {"vårdplatz": [("vårdplats", 1)]})
    [('disponibel', 'vårdplats')]
    """
    unknown = [word for word in asked if closest_to.get(word)]
    if not unknown:
        return []
    each = MOST_WORDS if len(unknown) <= MOST_UNKNOWN else 1
    choices = [list(closest_to.get(word) or [(word, 0)])[:each] for word in asked]
    ways = sorted(product(*choices), key=lambda way: sum(changes for _, changes in way))
    return [tuple(word for word, _ in way) for way in ways[:MOST_QUERIES]]
