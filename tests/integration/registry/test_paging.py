"""Long lists in pages: the audit log, which every instance has more of each day."""

import pytest

from registry import events
from registry.actors import SYSTEM, Role
from registry.db import transaction
from registry.pages import administration
from registry.paging import Page
from tests.conftest import NOW
from tests.pages import read
from tests.statements import counted

LOG = "/administration/logg"


@pytest.fixture
def log(actor, signed_in, monkeypatch):
    """The log as an administrator reads it, ten events to a page."""
    monkeypatch.setattr(administration, "PAGE", 10)
    admin = actor("administrator", (Role.ADMINISTRATOR, "forvaltare"))
    with transaction() as session:
        for number in range(60):
            events.record(session, "TestHappened", actor=SYSTEM, now=NOW, subject=f"test:{number}")
    client = signed_in(admin)
    return lambda address=LOG: read(client.get(address))


def _numbers(page):
    return [int(cell.text) for cell in page.find("//tbody/tr/th")]


def _navigation(page):
    return page.find("//nav[@aria-label='Sidor']")[0]


def test_every_row_is_on_one_page_and_in_order(log):
    first = log()
    pages, seen = int(_navigation(first).xpath(".//li")[-2].xpath("string()").split()[-1]), _numbers(first)
    for number in range(2, pages + 1):
        seen += _numbers(log(f"{LOG}?sida={number}"))
    assert seen == list(range(len(seen), 0, -1))
    assert len(seen) > 60


def test_the_navigation_says_where_one_is_and_leads_both_ways(log):
    navigation = _navigation(log(f"{LOG}?sida=3"))
    assert navigation.xpath("normalize-space(.//p)").startswith("21–30 av ")
    assert navigation.xpath("normalize-space(.//*[@aria-current='page'])") == "Sida 3"
    assert navigation.xpath("string(.//a[@rel='prev']/@href)") == f"{LOG}?sida=2"
    assert navigation.xpath("string(.//a[@rel='next']/@href)") == f"{LOG}?sida=4"


def test_what_else_an_address_asks_for_is_kept_and_the_first_page_needs_no_number(log):
    navigation = _navigation(log(f"{LOG}?visa=%22%3E%C3%A5&sida=2"))
    assert navigation.xpath("string(.//a[@rel='prev']/@href)") == f"{LOG}?visa=%22%3E%C3%A5"
    assert navigation.xpath("string(.//a[@rel='next']/@href)") == f"{LOG}?visa=%22%3E%C3%A5&sida=3"


@pytest.mark.parametrize("asked", ["-4", "0", "", "tre", "9" * 5000, "1&sida=2"])
def test_a_page_that_there_is_none_of_gives_the_first(log, asked):
    assert _numbers(log(f"{LOG}?sida={asked}")) == _numbers(log())


def test_a_page_past_the_end_gives_the_last(log):
    assert _numbers(log(f"{LOG}?sida=999999"))[-1] == 1


def test_a_list_that_fits_on_a_page_has_no_navigation(log, monkeypatch):
    monkeypatch.setattr(administration, "PAGE", 1000)
    assert not log().find("//nav[@aria-label='Sidor']")


def test_a_page_costs_the_same_statements_wherever_it_is(log):
    with counted() as early:
        log(f"{LOG}?sida=2")
    with counted() as late:
        log(f"{LOG}?sida=5")
    assert len(early) == len(late)


@pytest.mark.parametrize("total", range(1, 400, 7))
def test_the_ways_lead_to_the_first_the_last_and_the_neighbours_and_are_few(total):
    pages = Page((), 1, total, 20).pages
    for number in range(1, pages + 1):
        ways = Page((), number, total, 20).ways
        told = [one for one in ways if one is not None]
        assert told == sorted(set(told))
        assert {1, pages, number, max(1, number - 1), min(pages, number + 1)} <= set(told)
        assert len(ways) <= 7
        gaps = [(ways[at - 1], ways[at + 1]) for at, one in enumerate(ways) if one is None]
        assert all(after - before > 2 for before, after in gaps), "a gap that hides a single page"
