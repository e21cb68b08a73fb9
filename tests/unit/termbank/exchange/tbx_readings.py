"""Small made-up files of TBX, read: what of a file tests look at."""

from termbank.exchange.reading.tbx import read
from termbank.exchange.records import Reading


def entry(inner="", name="a") -> str:
    return f'<tbx><text><body><conceptEntry id="{name}"><langSec xml:lang="sv"><termSec><term>a</term></termSec>{inner}</langSec></conceptEntry></body></text></tbx>'


def unreadable(data) -> str:
    reading = read(data.encode() if isinstance(data, str) else data, "a.tbx")
    assert reading.records == () and isinstance(reading, Reading)
    return reading.unreadable.code


def whole(inner: str, before: str = "") -> Reading:
    """What is read of an entry with this in it; everything read is accounted for."""
    reading = read(
        f'<tbx>{before}<text><body><conceptEntry id="a">{inner}</conceptEntry></body></text></tbx>'.encode(), "a.tbx"
    )
    assert reading.unreadable is None and reading.account.adds_up and reading.account.own == 0
    return reading


def section(inner: str, language: str = 'xml:lang="sv"') -> str:
    return f"<langSec {language}>{inner}</langSec>"


def term(inner: str = "", text: str = "a") -> str:
    return f"<termSec><term>{text}</term>{inner}</termSec>"


def sums(reading: Reading) -> tuple[int, dict[str, int]]:
    """What was kept, and what was lost."""
    return reading.account.kept, reading.account.lost


def of_entry(inside: str, root: str = "xml:lang='en'", back: str = "") -> Reading:
    text = f"<martif {root}><text><body><termEntry id='1'>{inside}</termEntry></body>{back}</text></martif>"
    reading = read(text.encode(), "a.tbx")
    assert reading.unreadable is None and reading.account.adds_up
    return reading


def terms(inside: str) -> dict[str, str]:
    """What each term is, by its text."""
    return {one.text: one.status.value for one in of_entry(inside).records[0].concept.terms}
