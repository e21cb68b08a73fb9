"""What a spreadsheet does with text that somebody else wrote. Pure."""

import re

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|")
LONGEST_CELL = 32_767
"""Characters: what a cell of a workbook holds (ECMA-376; Excel specifications and limits)."""
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula when it opens a CSV file (CWE-1236).

    >>> neutral("=HYPERLINK(1)"), neutral("Kalix sjukhus")
    ("'=HYPERLINK(1)", 'Kalix sjukhus')
    """
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def storable(text: str) -> str:
    """Text as a cell of a workbook can hold it: without characters that XML has no place for, and no longer than a cell.

    >>> storable("a" + chr(1) + "b"), len(storable("x" * 40_000))
    ('ab', 32767)
    """
    return _ILLEGAL.sub("", text)[:LONGEST_CELL]
