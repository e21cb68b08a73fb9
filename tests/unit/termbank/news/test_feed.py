"""The feed as a file: what RFC 4287 asks for, in its order, whatever the texts hold."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from termbank.news.feed import Entry, Feed, atom

NOON = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)
EARLIER = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)
ENTRY = Entry("urn:x:säng", "Säng", "https://example.se/a?b=1&c=2", EARLIER, "Begrepp, version 2")
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(*entries: Entry) -> Feed:
    return Feed("urn:x:feed", "Nytt", "https://example.se/nytt.atom", "sv", "Registret", NOON, entries)


def told(element: ElementTree.Element) -> list[tuple[str, str | None, dict[str, str]]]:
    return [(child.tag.removeprefix(ATOM), child.text, child.attrib) for child in element]


def test_a_feed_says_what_it_is_before_what_it_holds():
    root = ElementTree.fromstring(atom(feed()))
    assert (root.tag, root.attrib) == (f"{ATOM}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "sv"})
    assert told(root) == [
        ("id", "urn:x:feed", {}),
        ("title", "Nytt", {}),
        ("updated", "2026-10-01T12:00:00+00:00", {}),
        ("link", None, {"rel": "self", "href": "https://example.se/nytt.atom"}),
        ("author", None, {}),
    ]
    assert told(root.find(f"{ATOM}author")) == [("name", "Registret", {})]


def test_an_entry_leads_to_its_page():
    one, other = ElementTree.fromstring(atom(feed(ENTRY, ENTRY))).findall(f"{ATOM}entry")
    assert told(one) == told(other) == [
        ("id", "urn:x:säng", {}),
        ("title", "Säng", {}),
        ("updated", "2026-09-01T08:30:00+00:00", {}),
        ("published", "2026-09-01T08:30:00+00:00", {}),
        ("link", None, {"rel": "alternate", "href": "https://example.se/a?b=1&c=2"}),
        ("summary", "Begrepp, version 2", {}),
    ]  # fmt: skip


def test_the_file_says_its_encoding_and_needs_no_prefixes():
    assert atom(feed()).startswith(
        b"<?xml version='1.0' encoding='utf-8'?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\""
    )


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("a\x00b", "ab"),
        ("a\x0bb\x1f", "ab"),
        ("a\x20b", "a b"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\ufffeb\uffff", "ab"),
        ("a\ufffd\U00010000", "a\ufffd\U00010000"),
        ("<&>", "<&>"),
    ],
)
def test_a_text_that_no_xml_file_can_hold_leaves_the_feed_readable(written, kept):
    made = atom(feed(Entry(ENTRY.id, ENTRY.title, ENTRY.url, EARLIER, written)))
    assert ElementTree.fromstring(made).findtext(f"{ATOM}entry/{ATOM}summary") == kept
