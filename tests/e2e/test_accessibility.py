"""No page has a fault that axe can see: as every role, in both languages, in light and dark, and none scrolls sideways.

In every run one page of each view, as the public and as a data officer, in Swedish; more pages, the other readers and English
are in the soak.
"""

import pytest

from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.walk import WITHOUT_COLOURS, Seen, violations, walk
from tests.pages import check

PUBLIC = None
ROLES = (
    PUBLIC,
    "terminolog",
    "informatiker",
    "uppgiftslamnare-25",
    "uppgiftslamnare-99",
    "utlamnare-99",
    "kvalitetsgranskare",
    "rattsgranskare",
    "mottagare",
    "administrator",
    "regionadministrator-25",
)
IN_EVERY_RUN = (PUBLIC, "uppgiftslamnare-99")
pytestmark = pytest.mark.browser


def look_at_every_page(somebody, seen, most_of_a_kind, also_in=None):
    """``also_in``: another language in which each page that is looked at is read strictly, is no wider than a phone, and is looked
    at by axe, but for colours, which no language changes."""
    found, count = [], 0
    start = "/uppgifter/" if somebody.login else "/"
    for page in walk(somebody.context.request, somebody.instance.address, start, most_of_a_kind):
        count += 1
        if not seen.is_new(page):
            continue
        shown = somebody.go(page.url)
        found += [f"{page.url}: {one}" for one in seen.in_both_schemes(shown)]
        shown.set_viewport_size(PHONE)
        found += [f"{page.url} scrolls sideways on a phone"] * is_too_wide(shown)
        if also_in:
            somebody.speak(also_in)
            in_other = somebody.go(page.url)
            check(somebody.answer.text(), page.url)
            found += [f"{page.url} ({also_in}) scrolls sideways on a phone"] * is_too_wide(in_other)
            found += [f"{page.url} ({also_in}): {one}" for one in violations(in_other, WITHOUT_COLOURS)]
            somebody.speak("sv")
        shown.set_viewport_size(DESKTOP)
    assert not found, "\n".join(found)
    assert not somebody.complaints, somebody.complaints
    assert count > 10, "the walk did not get anywhere"


def is_too_wide(shown) -> bool:
    return shown.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_colours_that_meet_too_closely_are_found_where_they_are_new(visitor):
    page, seen = visitor().page, Seen()
    faint = "<main><h1>Rubrik</h1><p style='color: #bbb; background: #fff'>{}</p></main>"
    page.set_content(faint.format("Svagt"))
    found = [one for one in seen.in_both_schemes(page) if "color-contrast" in one]
    assert [one.partition(":")[0] for one in found] == ["light", "dark"]
    page.set_content(faint.format("Lika svagt"))
    assert not [one for one in seen.in_both_schemes(page) if "color-contrast" in one], "looked at before"
    page.set_content(faint.format("<a class='new' href='/' style='color: #ccc'>Ny</a>"))
    assert [one for one in seen.in_both_schemes(page) if "color-contrast" in one]


def test_a_page_of_each_view_is_sound(visitor, shown):
    """As the public and as the readers that have most pages of their own: what one has been shown is new to no other."""
    seen = Seen(shown=shown)
    for role in IN_EVERY_RUN:
        look_at_every_page(visitor(role), seen, 1)


@pytest.mark.soak
def test_every_page_is_sound_in_both_languages(visitor, shown):
    """As everybody, and four pages of each view of the public's."""
    seen = Seen(shown=shown)
    for role in ROLES:
        look_at_every_page(visitor(role), seen, 2 if role else 4, also_in="en")
