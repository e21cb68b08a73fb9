"""The feed of what was published: read as a reader's programme reads it."""

from urllib.parse import urlsplit

import pytest
from lxml import etree

from tests.pages import read

pytestmark = pytest.mark.usefixtures("term_bank")
ATOM = {"a": "http://www.w3.org/2005/Atom"}
FEED = "/termbank/publicerat.atom"


def _feed(client):
    answer = client.get(FEED)
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    return etree.fromstring(answer.data)


def test_the_newest_versions_are_told_in_the_readers_language_and_lead_to_their_pages(client):
    for language, kind in (("sv", "Begrepp"), ("en", "Concept")):
        client.set_cookie("language", language)
        feed = _feed(client)
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
        entries = feed.findall("a:entry", ATOM)
        assert 20 <= len(entries) <= 50
        summaries = [entry.findtext("a:summary", "", ATOM) for entry in entries]
        assert any(said.startswith(kind) for said in summaries)
        assert all(part[:1].isupper() for said in summaries for part in said.split(". ")[:2])
    ids = [entry.findtext("a:id", "", ATOM) for entry in entries]
    assert len(set(ids)) == len(ids)
    moments = [entry.findtext("a:updated", "", ATOM) for entry in entries]
    assert moments == sorted(moments, reverse=True) and feed.findtext("a:updated", "", ATOM) == moments[0]
    page = entries[0].find("a:link", ATOM).get("href")
    assert client.get(urlsplit(page).path, follow_redirects=True).status_code == 200


def test_a_proposal_is_not_told_of_before_it_is_published(client):
    titles = [entry.findtext("a:title", "", ATOM) for entry in _feed(client).findall("a:entry", ATOM)]
    assert not any(title.endswith("version 2") for title in titles)


def test_the_term_bank_names_its_feed(client):
    page = read(client.get("/termbank/"))
    assert [link.get("href") for link in page.find("//link[@type='application/atom+xml']")] == [FEED]
    assert FEED in page.links
