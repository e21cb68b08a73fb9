"""Identity numbers in a text: whether there is one, never *what* it says.

A number that was found must not travel on in a finding, a log or a page. It has a birth date (or what a reserve number has
in its place), a right check digit, and is not part of a longer number. What is written is in `number_forms`; columns of a
table are judged as a whole, in `number_columns`.
"""

from legal_checks.number_forms import Form, Token, tokens


def has_number(text: str) -> bool:
    """Whether ``text`` holds a personal identity, coordination or reserve number.

    With or without century, with ``-``, ``+``, a space, a tab, a line break, one of ``_ . / :`` or nothing before the last
    four digits; also with the date written apart (``1981-12-18-9876``) or with the year last (``18121981-9876``), with odd dashes
    and spaces, in digits of other scripts, and as a spreadsheet writes a large number (``1,98112189876E+11``) where the
    digits given reach into the last four. What was rounded away cannot be found, nor what has no check digit.

    >>> has_number("avdelning 3, 811218-9876"), has_number("198112789873")
    (True, True)
    >>> has_number("organisationsnummer 232100-0016"), has_number("811218-9875")
    (False, False)
    """
    return any(map(_counts, tokens(text)))


def _counts(token: Token) -> bool:
    """Right, and not in a form that says too little in a text by itself."""
    is_time = token.form is Form.APART_PARTED and token.may_be_time
    return token.is_right and not is_time and token.form not in (Form.ZEROS_LOST, Form.SPACED)
