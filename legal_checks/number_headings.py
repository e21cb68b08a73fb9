"""What a heading says of the numbers under it: that they are identity numbers, or that they are something else.

A heading begins with its word, perhaps after whose it is: *Patientens personnummer* says identity, *Antal personnummer* counts.
"""

import re
from enum import StrEnum

LONGEST_HEADING = 60


class Says(StrEnum):
    """What a heading says, the most telling first."""

    IDENTITY = "identity"
    PERHAPS_IDENTITY = "perhaps_identity"
    """A short form that may mean something else: *pnr* is also a product number."""
    TELEPHONE = "telephone"
    TIME = "time"
    NOTHING = "nothing"


OWNER = r"(?:patientens?|patient['’]?s?|pat\.?|barnets|moderns|mors|the) "
_NUMBER = r"(?:nummer|nr|number|no\b)"
IDENTITY_WORD = (
    rf"pers(?:on)?\.?[ -]?{_NUMBER}|personal (?:identity|id)|person(?:al)?identitet|identitets(?:nummer|beteckning)"
    rf"|identity number|samordnings?\.?[ -]?{_NUMBER}|co-?ordination number|reserv[ -]?{_NUMBER}|reserv-?id|reserve number"
    r"|social security"
)
PERHAPS_WORD = r"p-?nr\b|pnummer\b|snr\b|rnr\b|ssn\b|[nlg]rid\b|person-?id\b|patient-?id\b|pat-?id\b"
_SAYS = (
    (Says.IDENTITY, re.compile(rf"(?:{OWNER})?(?:{IDENTITY_WORD})", re.IGNORECASE)),
    (Says.PERHAPS_IDENTITY, re.compile(rf"(?:{OWNER})?(?:{PERHAPS_WORD})", re.IGNORECASE)),
    (Says.TELEPHONE, re.compile(r".*(?:telefon|\btele?\b|\btfn\b|\bmobil|\bphone|\bfax)", re.IGNORECASE)),
    (
        Says.TIME,
        re.compile(
            r"(?:dag|datum|dygn|tid|klockslag|m[äa]t(?:tid|datum|tillf|dag)|period|day|date|time|timestamp|measured"
            r"|senast|skapad|ändrad|uppdaterad|uttag|utskri|export|körning|körd|hämtad|inläst|inskriven|utskriven"
            r"|created|changed|updated|extracted|printed)",
            re.IGNORECASE,
        ),
    ),
)
_NAMED = re.compile(rf"(?:\b(?:{IDENTITY_WORD})|\b(?:{PERHAPS_WORD}))[^0-9]{{0,20}}\Z", re.IGNORECASE)


def says(heading: str) -> Says:
    """What the heading says.

    >>> says("Patientens personnummer").value, says("Antal personnummer").value, says("Tidpunkt").value
    ('identity', 'nothing', 'time')
    """
    readable = " ".join(heading.split())
    if not 0 < len(readable) <= LONGEST_HEADING:
        return Says.NOTHING
    return next((meaning for meaning, words in _SAYS if words.match(readable)), Says.NOTHING)


def is_named_before(text: str, start: int) -> bool:
    """Whether what begins at ``start`` of a text is called an identity number there: *personnummer: 811218-…*.

    >>> is_named_before("pnr 811218-9875", 4), is_named_before("ärende 811218-9875", 7)
    (True, False)
    """
    return _NAMED.search(text[max(0, start - 60) : start]) is not None
