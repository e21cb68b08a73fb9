"""Headings of columns as they are compared, wherever a file is read. Pure."""

import re
import unicodedata

_BREAKS = re.compile(r"[\s_\-–—./:*]+")


def heading_key(heading: str) -> str:
    """A heading as it is compared: case, line breaks, hyphens, underscores and closing marks do not matter.

    >>> heading_key("Varav_tekniska:"), heading_key("Disponibla\\nvårdplatser")
    ('varav tekniska', 'disponibla vårdplatser')
    """
    return _BREAKS.sub(" ", unicodedata.normalize("NFKC", heading)).strip().casefold()
