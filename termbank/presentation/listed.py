"""Concepts as lists and searches show them: what each is called, its definition, and why it was found."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import Actor
from registry.findings import Language
from registry.i18n import show_date
from registry.items import queries as items
from registry.items.tables import Version
from termbank.bank import listing
from termbank.bank.queries import term_banks
from termbank.bank.search.ranking import Hit, Label
from termbank.bank.tables import TermRow
from termbank.concepts.concept import Definition
from termbank.notions import TermStatus
from termbank.presentation.texts import best, concept_url, marked

SHORT_DEFINITION = 160
"""Letters of a definition that a suggestion shows."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept in a list. ``found_by`` says by which label it was found, where that is not what it is called."""

    label: str
    url: str
    definition: Definition | None
    found_by: Markup | None = None
    statuses: list[tuple[str, str]] = field(default_factory=list)
    """(kind, text): what is proposed, and what is coming."""
    applications_url: str = ""
    is_advised_against: bool = False
    number: str = ""
    """The concept's number, where others beside it are called the same."""


@dataclass(frozen=True, slots=True)
class Group:
    """A letter with the concepts under it on a page."""

    letter: str
    id: str
    entries: list[Entry]


def of_terms(session: Session, actor: Actor, terms: Sequence[TermRow], language: Language) -> list[Entry]:
    """Entries for terms, each by the name that it stands under; four statements."""
    pairs = [(term.item_id, term.version_id) for term in terms]
    labels = [Label(term.text, term.language, TermStatus(term.status)) for term in terms]
    return _entries(session, actor, pairs, [(one.text, one) for one in labels], language)


def of_hits(session: Session, actor: Actor, hits: Sequence[Hit], language: Language) -> list[Entry]:
    """Entries for what a search found; four statements."""
    pairs = [(hit.found.item, hit.found.version) for hit in hits]
    return _entries(session, actor, pairs, [(hit.found.title, hit.label) for hit in hits], language)


def found_by(called: str, label: Label | None, language: Language) -> Markup | None:
    """By which label a concept was found, and whether it is to be used; nothing where it is what the concept is called."""
    if label is None or (label.text == called and label.status is not TermStatus.DEPRECATED):
        return None
    said = marked(Markup.escape(label.text), label.language or language, language)
    if label.status is TermStatus.DEPRECATED and label.text != called:
        return Markup.escape(_("%(term)s: advised against, use %(other)s")) % {"term": said, "other": called}
    texts = {
        TermStatus.PREFERRED: _("Found as %(term)s (recommended)"),
        TermStatus.ADMITTED: _("Found as %(term)s (permitted)"),
        TermStatus.DEPRECATED: _("%(term)s: advised against; no other term is given"),
        TermStatus.HIDDEN: _("Found as %(term)s"),
    }
    return Markup.escape(texts[label.status]) % {"term": said}


@dataclass(frozen=True, slots=True)
class Former:
    """A term that is no longer what a concept is called: ``instead`` is what is used now, where there is something."""

    label: str
    url: str
    said: str
    instead: tuple[str, str] | None
    """What it is called, and its address."""


def former(session: Session, found: Sequence[tuple[TermRow, Version]], language: Language) -> list[Former]:
    """Terms of versions that apply no longer, with what came after; three statements at most."""
    withdrawn = items.withdrawals_by_hash(session, [version.content_hash for _, version in found]) if found else {}
    after = {hash_: entry.replaced_by for hash_, entry in withdrawn.items() if entry.replaced_by}
    ids = {version.item_id for _, version in found} | {item.id for item in after.values()}
    names = listing.called(session, ids, language) if ids else {}
    rows = []
    for term, version in found:
        is_gone = version.item_id not in names
        successor = after.get(version.content_hash) if is_gone else version.item
        name = names.get(successor.id) if successor else None
        rows.append(
            Former(
                term.text,
                concept_url(version.item.slug),
                str(_("Withdrawn: no longer to be used.")) if is_gone else str(_("It was called so before.")),
                (name, concept_url(successor.slug)) if successor and name else None,
            )
        )
    return rows


def grouped(entries: Sequence[Entry], terms: Sequence[TermRow]) -> list[Group]:
    """The entries of a page under the letters of their terms, which are in order."""
    groups: list[Group] = []
    for entry, term in zip(entries, terms, strict=True):
        if not groups or groups[-1].letter != term.initial:
            groups.append(Group(term.initial, f"bokstav-{len(groups) + 1}", []))
        groups[-1].entries.append(entry)
    return groups


def suggestions(
    hits: Iterable[Hit], definitions: Mapping[str, Definition | None], language: Language
) -> list[dict[str, str]]:
    """Hits as data for the script that shows them while somebody types."""
    found = []
    for hit in hits:
        said = definitions.get(hit.found.version)
        why = found_by(hit.found.title, hit.label, language)
        found.append(
            {
                "label": hit.found.title,
                "found": why.striptags() if why else "",
                "definition": _shortened(said.text) if said else "",
                "language": said.language if said and said.language != language else "",
            }
        )
    return found


def level(session: Session, terms: Sequence[TermRow], language: Language) -> list[dict[str, Any]]:
    """Concepts of a level of the hierarchy, with the first ones below each, and the address of the others; four statements."""
    below = listing.first_below(session, [term.item_id for term in terms], language)
    shown = [*terms, *(child for rows in below.values() for child, _number in rows)]
    versions = listing.versions(session, {term.version_id for term in shown})
    deeper = listing.first_below(
        session, [child.item_id for rows in below.values() for child, _number in rows], language
    )

    def node(term: TermRow, children: list[dict[str, Any]], left: int) -> dict[str, Any]:
        slug = versions[term.version_id].item.slug
        if left:
            children = [
                *children,
                {"label": _("%(number)s more", number=left), "url": _level_url(slug), "is_more": True},
            ]
        return {
            "label": term.text,
            "url": concept_url(slug),
            "note": _note(versions[term.version_id]),
            "children": children,
        }

    nodes = []
    for term in terms:
        rows = below.get(term.item_id, [])
        children = []
        for child, _number in rows:
            under = deeper.get(child.item_id, [])
            more = (
                [
                    {
                        "label": _narrower(under[0][1]),
                        "url": _level_url(versions[child.version_id].item.slug),
                        "is_more": True,
                    }
                ]
                if under
                else []
            )
            children.append(node(child, more, 0))
        nodes.append(node(term, children, rows[0][1] - len(rows) if rows else 0))
    return nodes


def path(session: Session, terms: Sequence[TermRow]) -> list[tuple[str, str]]:
    """The concepts above a level, from the top, as links to theirs."""
    versions = listing.versions(session, {term.version_id for term in terms})
    return [(term.text, _level_url(versions[term.version_id].item.slug)) for term in terms]


def _entries(
    session: Session,
    actor: Actor,
    pairs: Sequence[tuple[str, str]],
    called: Sequence[tuple[str, Label | None]],
    language: Language,
) -> list[Entry]:
    versions = listing.versions(session, {version for _, version in pairs})
    ids = {item for item, _ in pairs}
    coming, proposed = listing.coming(session, ids), listing.proposed(session, actor, ids)
    applied = listing.applied(session, {version.item.slug for version in versions.values()})
    names = Counter(name for name, _label in called)
    entries = []
    for (item_id, version_id), (name, label) in zip(pairs, called, strict=True):
        version = versions[version_id]
        concept = term_banks.concept_of(version)
        title = concept.title.in_language(language)
        is_against = label is not None and label.status is TermStatus.DEPRECATED and label.text == name
        entries.append(
            Entry(
                name,
                concept_url(version.item.slug),
                best(concept.definitions, language),
                found_by(title, label, language),
                _statuses(version, coming.get(item_id), is_proposed=item_id in proposed),
                f"{concept_url(version.item.slug)}#tillampningar" if version.item.slug in applied else "",
                is_against,
                (version.item.address or "").partition("-")[0] if names[name] > 1 else "",
            )
        )
    return entries


def _statuses(version: Version, coming: Version | None, *, is_proposed: bool) -> list[tuple[str, str]]:
    found = []
    if coming is not None:
        day = show_date(coming.valid_from)
        found.append(
            ("wait", _("Applies from %(day)s", day=day))
            if coming.id == version.id
            else ("wait", _("A new version applies from %(day)s", day=day))
        )
    if is_proposed:
        found.append(("info", _("A proposal is in review")))
    return found


def _note(version: Version) -> str | None:
    if version.is_coming(clock.today()):
        return str(_("applies from %(day)s", day=show_date(version.valid_from)))
    return None if term_banks.concept_of(version).definitions else str(_("no definition"))


def _narrower(number: int) -> str:
    return str(ngettext("One narrower", "%(num)d narrower", number))


def _level_url(slug: str) -> str:
    return url_for("termbank.index", ordning="hierarki", under=slug)


def _shortened(text: str) -> str:
    return text if len(text) <= SHORT_DEFINITION else f"{text[:SHORT_DEFINITION].rsplit(' ', 1)[0]} …"
