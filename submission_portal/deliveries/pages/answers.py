"""What the sender said about empty cells and dates, in words."""

from collections.abc import Mapping

from flask_babel import gettext as _

from registry.i18n import show_figure
from submission_portal.deliveries.assessment.answers import ANSWERS
from submission_portal.deliveries.pages.names import PLACES_SHOWN, cell_name
from submission_portal.deliveries.reading.date_order import DAY_FIRST, MONTH_FIRST
from submission_portal.deliveries.tables import Delivery


def answer_words() -> dict[str, str]:
    """What may be answered about a cell, in words: none of them looks like another, or like an empty cell."""
    return {
        "closed": _("closed"),
        "not_reported": _("not reported"),
        "zero": _("zero, observed"),
        DAY_FIRST: _("day, month, year"),
        MONTH_FIRST: _("month, day, year"),
    }


def answer_told(delivery: Delivery, element: str, given: Mapping[str, str]) -> str:
    """What was answered, cell by cell as far as the cells are known."""
    words = answer_words()
    cells = said_of(delivery, element)
    by_word: dict[str, list[str]] = {}
    for row, word in cells[:PLACES_SHOWN]:
        by_word.setdefault(word, []).append(cell_name(delivery, element, row))
    if by_word:
        parts = [f"{', '.join(names)}: {words[word]}" for word, names in by_word.items()]
        more = (
            [_("and %(count)s more", count=show_figure(len(cells) - PLACES_SHOWN))] if len(cells) > PLACES_SHOWN else []
        )
        return "; ".join([*parts, *more])
    return "; ".join(
        _("row %(row)s: %(word)s", row=row, word=words[word]) if row != "*" else _("all: %(word)s", word=words[word])
        for row, word in sorted(given.items())
    )


def said_of(delivery: Delivery, element: str) -> list[tuple[int, str]]:
    """(row, answer) for each empty cell of an element that was answered for."""
    by_text = {text: word for word, text in ANSWERS.items()}
    found = [one for one in delivery.assessment.said if one.element == element]
    return [(row, by_text[text]) for one in found for row, text in one.cells]


def said_in(delivery: Delivery) -> Mapping[tuple[int, str], str]:
    """By row and column letter what was said about an empty cell."""
    words, letters = answer_words(), delivery.reading.letters
    return {
        (row, letters[one.element]): words[word]
        for one in delivery.assessment.said
        if one.element in letters
        for row, word in said_of(delivery, one.element)
    }
