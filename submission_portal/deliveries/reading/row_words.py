"""What rows and columns are called that sum others, or are means of them. Pure."""

import re

SUM = re.compile(
    r"(?:del|total|slut)?summa\b.*|total(?:t|er|s)?\b.*|sum\b.*|s:m?a\b.*|tot\.?|(?:grand|sub)[ -]?total\b.*|"
    r"samtliga(?: sjukhus| enheter)?|hela regionen|"
    r"alla (?:sjukhus|enheter|avdelningar)",
    re.IGNORECASE,
)

MEAN = re.compile(
    r"(?:medel(?:värde|tal)?|genomsnitt(?:et)?|snitt(?:et)?|median(?:en)?|average|avg|mean|min(?:imum)?|max(?:imum)?)\.?:?(?: .*)?",
    re.IGNORECASE,
)
