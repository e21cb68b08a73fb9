"""No page has a fault that axe can see: as every role, in both languages, in light and dark."""

import pytest

from tests.e2e.walk import CONTRAST, Seen, violations, walk

ROLES = (
    None,
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
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def seen():
    return {"sv": Seen(), "en": Seen()}


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_valid_and_axe_finds_nothing(visitor, seen, role, language):
    somebody = visitor(role, language=language)
    found = []
    count = 0
    for page in walk(
        somebody.context.request, somebody.instance.address, "/uppgifter/" if role else "/", 5 if role else 12
    ):
        count += 1
        if not seen[language].is_new(page):
            continue
        shown = somebody.go(page.url)
        shown.emulate_media(color_scheme="light")
        found += [f"{page.url} light: {one}" for one in violations(shown)]
        shown.emulate_media(color_scheme="dark")
        found += [f"{page.url} dark: {one}" for one in violations(shown, CONTRAST)]
    assert not found, "\n".join(found)
    assert not somebody.complaints, somebody.complaints
    assert count > 3, "the walk did not get anywhere"


def test_the_page_of_components_has_every_component(visitor):
    shown = visitor().go("/patterns")
    assert not violations(shown)
