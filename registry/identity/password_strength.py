"""How hard a password is to guess: what is common, follows from the person, or goes on as it began counts for little.

A password is cut into pieces in the way that makes it cheapest, as a guesser would build it: words that many use
(`common/*.txt`), words about the person, years and dates, runs, rows of keys, repetitions. What is left over counts
sign by sign. After NIST SP 800-63B (5.1.1.2): lists of common words and of context, and no rules of composition.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

LISTS = Path(__file__).parent / "common"
ENOUGH = 30.0
"""Bits that a password must be worth: above two common words with a year and a sign."""
WORD, KNOWN, PATTERN, DATE, REPEATED = 11.0, 2.0, 6.0, 14.0, 2.0
LETTER, DIGIT, SIGN = 4.7, 3.3, 5.0
ROWS = ("abcdefghijklmnopqrstuvwxyz", "1234567890", "0123456789", "qwertyuiop", "qwertyuiopa", "asdfghjkl", "asdfghjkloa", "zxcvbnm",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm", "q1w2e3r4t5y6u7i8o9p0", "1q2w3e4r5t6y7u8i9o0p")  # fmt: skip
SHORTEST_WORD = 3
_LOOKALIKES = str.maketrans("0134578@$!", "oieastbasi")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_DATE = re.compile(r"(?:19|20)?[0-9]{2}[-./]?(?:0[1-9]|1[0-2])[-./]?(?:0[1-9]|[12][0-9]|3[01])")


def is_guessable(password: str, about: Iterable[str] = ()) -> bool:
    """Whether a password is worth fewer than `ENOUGH` bits to somebody who knows the texts ``about`` its owner.

    >>> is_guessable("Sommar2026!!"), is_guessable("lösenordlösenord"), is_guessable("qwertyuiop12345")
    (True, True, True)
    >>> is_guessable("ada.lovelace1", ["Ada Lovelace"]), is_guessable("tre gula kakelugnar i regn")
    (True, False)
    """
    return worth(password, about) < ENOUGH


def worth(password: str, about: Iterable[str] = ()) -> float:
    """The bits that the cheapest way of building the password costs."""
    plain = _folded(password)
    alike = plain.translate(_LOOKALIKES)
    own = {word for text in about for word in re.split(r"[^a-z0-9]+", _folded(text)) if len(word) >= SHORTEST_WORD}
    common, longest = _common()
    longest = max(longest, *map(len, own), 0) if own else longest
    cheapest = [0.0]
    for end in range(1, len(plain) + 1):
        best = cheapest[end - 1] + _of_a_sign(plain[end - 1])
        for begin in range(max(0, end - longest), end - SHORTEST_WORD + 1):
            pieces = plain[begin:end], alike[begin:end]
            if any(piece in own for piece in pieces):
                best = min(best, cheapest[begin] + KNOWN)
            elif any(piece in common for piece in pieces):
                best = min(best, cheapest[begin] + WORD)
            elif _is_row(pieces[0]) or _YEAR.fullmatch(pieces[0]):
                best = min(best, cheapest[begin] + PATTERN)
            elif _DATE.fullmatch(pieces[0]):
                best = min(best, cheapest[begin] + DATE)
        for length in range(1, end // 2 + 1):
            if plain[end - 2 * length : end - length] == plain[end - length : end]:
                best = min(best, cheapest[end - length] + REPEATED)
        cheapest.append(best)
    return cheapest[-1]


def _is_row(piece: str) -> bool:
    """Keys or letters in a row, forwards or backwards, or one sign over and over."""
    return len(set(piece)) == 1 or any(piece in row or piece[::-1] in row for row in ROWS)


def _of_a_sign(sign: str) -> float:
    return DIGIT if sign.isdigit() else LETTER if sign.isalpha() else SIGN


def _folded(text: str) -> str:
    """Small letters without marks, sign by sign, so that the two spellings of a password stay as long as each other."""
    return "".join(unicodedata.normalize("NFKD", sign)[0] for sign in text.lower())


@cache
def _common() -> tuple[frozenset[str], int]:
    """The common words, folded, and the length of the longest."""
    lines = (line for path in sorted(LISTS.glob("*.txt")) for line in path.read_text("utf-8").splitlines())
    words = {_folded(word) for line in lines if not line.startswith("#") for word in line.split()}
    found = frozenset(word for word in words if len(word) >= SHORTEST_WORD)
    return found, max(map(len, found))
