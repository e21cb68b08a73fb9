"""Rows of a worksheet as most programs write them: known to be well-formed by their form alone, and taken many at a time.

What matches here holds nothing but rows and cells with the attributes below, each at most once and in this order, and texts of
printable ASCII without ``<``, ``>`` and ``&``. With such rows in it a part is well-formed where it is so without them, and no
parser has to go through them. Rows that hold values in the same columns are matched together. Pure.
"""

import re
from collections.abc import Callable

_TEXT = rb"[\t\n\r\x20-\x25\x27-\x3b\x3d\x3f-\x7e]"
_SPACE = rb"[\t\n\r ]*+"
_FLAG = rb"(?:[01]|true|false)"
_SIZE = rb"[0-9.]{1,20}"
_STYLE = rb'(?: s="[0-9]{1,6}")?'


def _row_attributes(hidden: bytes) -> bytes:
    before = rb'(?: spans="[0-9]{1,5}:[0-9]{1,5}")?' + _STYLE + rb'(?: customFormat="' + _FLAG + rb'")?'
    after = rb'(?: customHeight="' + _FLAG + rb'")?(?: outlineLevel="[0-9]")?(?: collapsed="' + _FLAG + rb'")?'
    hides = rb'(?: hidden="' + hidden + rb'")?'
    height = rb'(?: ht="' + _SIZE + rb'")?'
    return before + height + hides + after + rb'(?: thickBot="1")?(?: x14ac:dyDescent="' + _SIZE + rb'")?'


_START = rb'<row r="(?P<row>[1-9][0-9]{0,6})"'
_SHARED = rb' t="s"><v>[0-9]{1,8}</v></c>'
_FILLED = _STYLE + rb"(?:" + _SHARED + rb'|(?: t="(?:n|str|b)")?><v>' + _TEXT + rb"++</v></c>)"
"""The rest of a cell that holds a value and no formula."""
_INLINE = rb' t="inlineStr"><is><t(?: xml:space="preserve")?>' + _TEXT + rb"*+</t></is></c>"
_FORMULA = (
    rb'<f(?: t="(?:shared|array)")?(?: ref="[A-Z0-9:$]{1,30}")?(?: si="[0-9]{1,6}")?(?:/>|>' + _TEXT + rb"*+</f>)"
)
_OTHER = (
    rb'(?: t="(?:n|str|b|e)")?(?:/>|>(?:' + _FORMULA + rb")?+(?:<v>" + _TEXT + rb"*+</v>)?+</c>)"
)  # fmt: skip
_CELL = rb'<c r="[A-Z]{1,3}(?P=row)"' + _STYLE + rb"(?:" + _SHARED + rb"|" + _INLINE + rb"|" + _OTHER + rb")"
ROW = re.compile(
    rb"(?P<tag>" + _START + _row_attributes(_FLAG) + rb")(?:/>|>(?:" + _CELL + rb")*+</row>)" + _SPACE
)  # fmt: skip
"""One row; ``tag`` is its start tag without its end, ``row`` its number."""
NUMBERS = re.compile(rb'<row r="([0-9]+)')
AT_ONCE = 500


def rows_with(letters: tuple[bytes, ...]) -> Callable[[bytes, int], "re.Match[bytes] | None"]:
    """What matches some rows that all have cells with values in these columns, and nothing to note.

    >>> match = rows_with((b"A", b"C"))
    >>> row = b'<row r="%d"><c r="A%d"><v>1</v></c><c r="C%d" t="s"><v>0</v></c></row>'
    >>> match((row % (1, 1, 1)) + (row % (2, 2, 2)) + (row % (3, 4, 3)), 0).end() == 2 * len(row % (1, 1, 1))
    True
    """
    cells = b"".join(rb'<c r="' + letter + rb'(?P=row)"' + _FILLED for letter in letters)
    tag = _START + _row_attributes(b"(?:0|false)")
    return re.compile(rb"(?:" + tag + rb">" + cells + rb"</row>" + _SPACE + rb"){1,%d}+" % AT_ONCE).match
