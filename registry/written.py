"""Text that people have written beside a decision: shown as it is, and marked where it is in another language than the page.

Nobody is asked in which language they write. Where the small words of a text leave no doubt, the text is marked with its
language, so that a browser and a screen reader know; where they do, it is left unmarked.
"""

from flask_babel import gettext as _
from markupsafe import Markup, escape

from registry.findings import Language
from registry.i18n import current_language
from registry.swedish import words

SMALL_WORDS = {
    "sv": frozenset(
        [
            "och",
            "att",
            "det",
            "som",
            "är",
            "av",
            "den",
            "för",
            "inte",
            "med",
            "till",
            "på",
            "har",
            "om",
            "ett",
            "de",
            "vi",
            "kan",
            "ska",
            "från",
            "eller",
            "redan",
            "när",
            "men",
            "så",
            "var",
            "blir",
            "enligt",
            "utan",
            "efter",
            "vid",
            "också",
            "ingen",
            "inget",
            "detta",
            "dem",
            "sig",
        ]
    ),
    "en": frozenset(
        [
            "the",
            "and",
            "of",
            "to",
            "is",
            "that",
            "it",
            "for",
            "not",
            "with",
            "on",
            "has",
            "an",
            "we",
            "can",
            "shall",
            "from",
            "or",
            "already",
            "when",
            "but",
            "so",
            "was",
            "be",
            "by",
            "this",
            "are",
            "according",
            "without",
            "after",
            "also",
            "no",
            "which",
            "them",
            "were",
            "have",
        ]
    ),
}
"""Words that are frequent in one of the languages and no words of the other."""
LEAST = 2


def language_of(text: str) -> Language | None:
    """The language of a text, or ``None`` where its words do not tell.

    >>> language_of("Uppgifterna är redan publicerade av den som ansvarade för dem."), language_of("Approved.")
    ('sv', None)
    """
    said = words(text)
    found = {language: sum(word in small for word in said) for language, small in SMALL_WORDS.items()}
    found["sv"] += sum(any(letter in word for letter in "åäö") for word in said)
    most, least = max(found, key=lambda language: found[language]), min(found.values())
    return most if found[most] >= LEAST and found[most] > 2 * least else None


def written(text: str | None) -> Markup:
    """The text for a page: with its language, and said in words, where it is known and is not that of the page."""
    language = language_of(text or "")
    if language is None or language == current_language():
        return escape(text or "")
    said = _("Written in Swedish") if language == "sv" else _("Written in English")
    return Markup('<span lang="{}">{}</span> <span class="small soft">({})</span>').format(language, text, said)
