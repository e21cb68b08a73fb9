"""National term records as they are written: what stands in the field of the definition, divided into what it is. Pure.

Socialstyrelsen's records write the domain before the definition (``inom tandvård: …``, ``<om läkemedel> …``), and some say
``se …`` or ``jfr …`` where another record has the definition. A reference is no definition, and a domain is a subject field.
"""

import re
from dataclasses import dataclass

_DOMAIN = re.compile(
    r"^(?:[<(\[]\s*(?P<marked>[^<>()\[\]]{2,80}?)\s*[>)\]]|(?P<spoken>(?:inom|i samband med|in|within)\s[^:;,.]{2,60})\s*:)\s*(?=\S)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"^(?:→|->|=>|(?:se(?:\s+även)?|jfr|jämför|see(?:\s+also)?|cf)\b[.:]?)\s+(?P<other>\S.*)$", re.IGNORECASE
)
_LONGEST_REFERENCE = 10
"""Words. More than this is a sentence that happens to begin with one of them."""


@dataclass(frozen=True, slots=True)
class Divided:
    """The domain that a definition began with, the definition itself, and the record that it refers to instead."""

    subject_field: str = ""
    definition: str = ""
    refers_to: str = ""


def divided(text: str) -> Divided:
    """
    >>> divided("inom tandvård: person som får vård")
    Divided(subject_field='inom tandvård', definition='person som får vård', refers_to='')
    >>> divided("<om läkemedel> mängd som ges")
    Divided(subject_field='om läkemedel', definition='mängd som ges', refers_to='')
    >>> divided("se sluten vård")
    Divided(subject_field='', definition='', refers_to='sluten vård')
    >>> divided("vårdplats i sluten vård")
    Divided(subject_field='', definition='vårdplats i sluten vård', refers_to='')
    """
    said = text.strip()
    field = ""
    if before := _DOMAIN.match(said):
        field, said = (before["marked"] or before["spoken"]).strip(), said[before.end() :]
    if (reference := _REFERENCE.match(said)) and len(said.split()) <= _LONGEST_REFERENCE:
        return Divided(field, "", reference["other"].rstrip("."))
    return Divided(field, said)
