"""No page has a fault that axe can see: as every role, in both languages, in light and dark, and none scrolls sideways.

In every run the pages of four kinds of readers in Swedish, and the public's read in English beside them; the rest is in the soak.
"""

import pytest

from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.walk import Seen, walk
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
)
IN_EVERY_RUN = (PUBLIC, "terminolog", "uppgiftslamnare-99", "rattsgranskare")
pytestmark = pytest.mark.browser


@pytest.fixture(scope="class")
def seen(shown) -> Seen:
    return Seen(shown=shown)


def look_at_every_page(somebody, seen, start, most_of_a_kind, also_in=None):
    """``also_in``: another language in which each page that is looked at is read strictly and is no wider than a phone."""
    found, count = [], 0
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
            check(somebody.context.request.get(somebody.instance.address + page.url).text(), page.url)
            in_other = somebody.go(page.url)
            found += [f"{page.url} ({also_in}) scrolls sideways on a phone"] * is_too_wide(in_other)
            somebody.speak("sv")
        shown.set_viewport_size(DESKTOP)
    assert not found, "\n".join(found)
    assert not somebody.complaints, somebody.complaints
    assert count > 10, "the walk did not get anywhere"


def is_too_wide(shown) -> bool:
    return shown.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def in_soak(role, most_of_a_kind):
    return pytest.param(role, most_of_a_kind, marks=pytest.mark.soak)


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


class TestInSwedish:
    """The pages of the roles that have most of their own; the other roles', and more of the public's, in the soak."""

    @pytest.mark.parametrize(
        ("role", "most_of_a_kind"),
        [
            *((role, 2) for role in IN_EVERY_RUN),
            in_soak(PUBLIC, 4),
            *(in_soak(role, 2) for role in ROLES if role not in IN_EVERY_RUN),
        ],
    )
    def test_every_page_is_sound(self, visitor, seen, role, most_of_a_kind):
        somebody = visitor(role, language="sv")
        also_in = None if role else "en"
        look_at_every_page(somebody, seen, "/uppgifter/" if role else "/", most_of_a_kind, also_in)


@pytest.mark.soak
class TestInEnglish:
    """The same structures in other words, to axe as well; in every run the public's are read beside the Swedish ones."""

    @pytest.mark.parametrize(("role", "most_of_a_kind"), [(PUBLIC, 4), *((role, 2) for role in ROLES if role)])
    def test_every_page_is_sound(self, visitor, seen, role, most_of_a_kind):
        somebody = visitor(role, language="en")
        look_at_every_page(somebody, seen, "/uppgifter/" if role else "/", most_of_a_kind)
