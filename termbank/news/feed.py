"""What was published in the term bank, as an Atom feed (RFC 4287). Pure.

A reader's programme asks for it now and then, and shows what is new; nobody needs an account.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
register_namespace("", ATOM)


@dataclass(frozen=True, slots=True)
class Entry:
    """One version that was published. ``id`` is an IRI that never changes, ``url`` the page for people."""

    id: str
    title: str
    url: str
    published: datetime
    summary: str


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest entries. ``updated`` is when the newest was published (or the instance began)."""

    id: str
    title: str
    url: str
    language: str
    publisher: str
    updated: datetime
    entries: Sequence[Entry]


def atom(feed: Feed) -> bytes:
    """The feed as a file."""
    root = Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": feed.language})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", feed.updated.isoformat())
    _link(root, feed.url, "self")
    _add(SubElement(root, f"{{{ATOM}}}author"), "name", feed.publisher)
    for entry in feed.entries:
        element = SubElement(root, f"{{{ATOM}}}entry")
        _add(element, "id", entry.id)
        _add(element, "title", entry.title)
        _add(element, "updated", entry.published.isoformat())
        _add(element, "published", entry.published.isoformat())
        _link(element, entry.url, "alternate")
        _add(element, "summary", entry.summary)
    return bytes(tostring(root, "utf-8", xml_declaration=True))


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, f"{{{ATOM}}}{name}").text = "".join(one for one in text if _is_fit(one))


def _is_fit(one: str) -> bool:
    """Whether an XML file may hold the character."""
    return one in "\n\t" or (one >= " " and one not in "\ufffe\uffff")


def _link(parent: Element, url: str, relation: str) -> None:
    SubElement(parent, f"{{{ATOM}}}link", {"rel": relation, "href": url})
