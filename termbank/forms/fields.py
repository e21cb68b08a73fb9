"""What the term bank's forms share: lines, addresses and tidy text."""

import re
from typing import Any

from flask_babel import gettext as _
from wtforms import ValidationError

from termbank.concepts.concept import is_web_address


def web_address(form: Any, field: Any) -> None:
    """A field that is empty or holds an address that may be linked."""
    if field.data and not is_web_address(field.data.strip()):
        raise ValidationError(_("Addresses begin with http:// or https:// and have no blanks."))


def lines(text: str | None) -> tuple[str, ...]:
    """What stands on each line, without the empty ones; said twice counts once.

    >>> lines("MVO\\n\\n område \\nMVO")
    ('MVO', 'område')
    """
    return tuple(dict.fromkeys(line.strip() for line in (text or "").splitlines() if line.strip()))


def tidy(text: str | None) -> str:
    """What a person typed, without blanks that nobody sees."""
    return re.sub(r"[ \t]+", " ", (text or "").strip())
