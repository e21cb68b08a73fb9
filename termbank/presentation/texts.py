"""Terms, definitions and notes as a page shows them: in the reader's language, with links to the concepts in them."""

from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import TypeVar

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from registry.findings import Language
from registry.i18n import read
from termbank.concepts.concept import LANGUAGES, Concept, Definition, Note, Term, is_web_address
from termbank.concepts.wordings import Wording, Wordings
from termbank.definitions.linking import NO_PICKS, Linker
from termbank.notions import STATUS_TEXTS, TermStatus

Said = TypeVar("Said", Wording, Definition)


def concept_url(slug: str) -> str:
    return url_for("termbank.concept", slug=slug)


def term(concept: Concept, language: Language) -> str:
    return concept.title.in_language(language)


def best(wordings: Iterable[Said], language: Language) -> Said | None:
    """What is said in the reader's language, or else in the interface's other one, or else in any."""
    order = (language, *LANGUAGES)
    ranked = [(order.index(one.language) if one.language in order else len(order), one) for one in wordings]
    return min(ranked, key=itemgetter(0))[1] if ranked else None


def read_in(wordings: Wordings, language: Language) -> str:
    """The text in the reader's language, or as it is where it is not there."""
    found = best(wordings, language)
    return found.text if found else ""


def marked(text: Markup, language: str, shown: Language) -> Markup:
    """``text`` with its language where that is not the page's."""
    return text if language == shown else Markup('<span lang="{}">{}</span>').format(language, text)


def linked(
    linker: Linker, text: str, language: str, but: Iterable[str] = (), picks: Mapping[str, str] = NO_PICKS
) -> Markup:
    """``text`` with the terms in it as links to their concepts; each concept once."""
    seen: set[str] = set()
    parts = []
    for piece in linker.pieces(text, language, but=but, picks=picks):
        if piece.slug and piece.slug not in seen:
            seen.add(piece.slug)
            parts.append(Markup('<a href="{}">{}</a>').format(concept_url(piece.slug), piece.text))
        else:
            parts.append(Markup.escape(piece.text))
    return Markup("").join(parts)


def defined(linker: Linker, definition: Definition | None, but: Iterable[str] = ()) -> Markup | None:
    """A definition with the concepts in it as links, in the senses that its author chose."""
    if definition is None:
        return None
    return linked(linker, definition.text, definition.language, but, definition.picks)


def noted(linker: Linker, note: Note, language: Language, but: Iterable[str] = ()) -> Markup:
    """A note with links in it and its source after it."""
    said = best(note.texts, language)
    text = marked(linked(linker, said.text, said.language, but), said.language, language) if said else Markup("")
    if not note.source:
        return text
    source = cited(note.source, note.url)
    return Markup('{} <span class="soft small">{}</span>').format(text, source)


def in_language(language: str) -> str:
    """The words before a text in another language than the page's."""
    said = {"sv": _("In Swedish:"), "en": _("In English:"), "": _("In a language that is not stated:")}
    return str(said.get(language) or _("In the language %(tag)s:", tag=language))


def terms(concept: Concept, language: Language) -> list[tuple[str, Markup]]:
    """What else the concept is called, by status: terms in the page's language first, others marked with theirs."""
    title = concept.title.in_language(language)
    rows = []
    for status, label in STATUS_TEXTS.items():
        said = [one for one in concept.terms if one.status is status and one.text != title]
        said.sort(key=lambda one: (one.language != language, one.language))
        if said and status is not TermStatus.HIDDEN:
            rows.append((read(label), Markup(", ").join(_described(one, language) for one in said)))
    return rows


def _described(term: Term, language: Language) -> Markup:
    text = marked(Markup.escape(term.text), term.language or language, language)
    number = Markup("<sup>{}</sup>").format(term.homograph) if term.homograph else Markup("")
    tag = term.language if term.language != language else ""
    about = ", ".join(
        filter(None, (tag, term.grammar, str(_("abbreviation")) if term.abbreviation else "", term.source))
    )
    return Markup('{}{} <span class="soft small">({})</span>').format(text, number, about) if about else text + number


def cited(title: str, url: str) -> Markup:
    """A source's name, as a link where it has an address that may be one."""
    return Markup('<a href="{}">{}</a>').format(url, title) if is_web_address(url) else Markup.escape(title)
