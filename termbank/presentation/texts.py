"""Terms, definitions and notes as a page shows them: in the reader's language, with links to the concepts in them."""

from collections.abc import Iterable, Sequence

from flask import url_for
from markupsafe import Markup

from registry.findings import Language
from registry.swedish import ALPHABET, initial, sort_key
from termbank.concepts import Concept, Note, is_web_address
from termbank.linking import Linker
from termbank.queries import TermBank


def concept_url(slug: str) -> str:
    return url_for("termbank.concept", slug=slug)


def term(concept: Concept, language: Language) -> str:
    return concept.title.in_language(language)


def linked(linker: Linker, text: str, language: Language, but: Iterable[str] = ()) -> Markup:
    """``text`` with the terms in it as links to their concepts; each concept once."""
    seen: set[str] = set()
    parts = []
    for piece in linker.pieces(text, language, but=but):
        if piece.slug and piece.slug not in seen:
            seen.add(piece.slug)
            parts.append(Markup('<a href="{}">{}</a>').format(concept_url(piece.slug), piece.text))
        else:
            parts.append(Markup.escape(piece.text))
    return Markup("").join(parts)


def noted(linker: Linker, note: Note, language: Language, but: Iterable[str] = ()) -> Markup:
    """A note with links in it and its source after it."""
    text = linked(linker, note.text.in_language(language), language, but)
    if not note.source:
        return text
    source = cited(note.source, note.url)
    return Markup('{} <span class="soft small">{}</span>').format(text, source)


def cited(title: str, url: str) -> Markup:
    """A source's name, as a link where it has an address that may be one."""
    return Markup('<a href="{}">{}</a>').format(url, title) if is_web_address(url) else Markup.escape(title)


def alphabet(bank: TermBank, slugs: Sequence[str], language: Language) -> list[tuple[str, list[str]]]:
    """Slugs under the letters that their terms begin with, in Swedish order."""
    groups: dict[str, list[str]] = {}
    for slug in sorted(slugs, key=lambda one: sort_key(term(bank.known[one], language))):
        groups.setdefault(initial(term(bank.known[slug], language)), []).append(slug)
    order = "#" + ALPHABET
    return sorted(groups.items(), key=lambda group: order.find(group[0]))
