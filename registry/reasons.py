"""What a reason has to be: words. Whether they are good ones is judged by people."""

import re

WORD = re.compile(r"[^\W_]{2,}")


def says_something(text: str) -> bool:
    """Whether a text has a word in it: two letters or digits in a row, of any alphabet.

    >>> says_something("Se ärende EX-1."), says_something("Ja."), says_something(" . "), says_something("– 1")
    (True, True, False, False)
    """
    return WORD.search(text) is not None
