"""The frame in a real browser: narrow and wide, with a keyboard, without scripts, in print, under the security policy."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser
NARROWEST = {"width": 320, "height": 640}
PAGES = ("/", "/patterns", "/om/", "/om/kallor", "/logga-in", "/termbank/", "/finns-inte")


def sideways(page):
    """How many pixels the page can be scrolled sideways."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def test_no_page_scrolls_sideways_or_makes_the_browser_complain(visitor):
    somebody = visitor()
    for path in PAGES:
        page = somebody.go(path)
        for size in (DESKTOP, PHONE, NARROWEST):
            page.set_viewport_size(size)
            assert sideways(page) <= 0, (path, size)
    page.wait_for_load_state("networkidle")
    assert [one for one in somebody.complaints if "404" not in one] == []


def test_of_two_panels_beside_a_page_none_covers_the_other(visitor):
    """A decision and the form that ends the one before it: each is taller than what is left of the window."""
    page = visitor(size=DESKTOP).go("/patterns")
    covered = page.evaluate(
        """() => {
            const aside = document.createElement("div");
            aside.className = "aside";
            aside.innerHTML = ["first", "second"].map(id =>
                `<div class="sticky"><div class="tall"></div><button class="button" id="${id}">x</button></div>`).join("");
            for (const one of aside.querySelectorAll(".tall")) one.style.blockSize = "2000px";
            document.querySelector("main").prepend(aside);
            return ["first", "second"].filter(id => {
                const button = document.getElementById(id);
                button.scrollIntoView({block: "center", behavior: "instant"});
                const box = button.getBoundingClientRect();
                return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) !== button;
            });
        }"""
    )
    assert covered == []


def test_nothing_is_fetched_from_another_host(visitor):
    somebody = visitor()
    asked = []
    somebody.page.on("request", lambda request: asked.append(request.url))
    somebody.go("/patterns").wait_for_load_state("networkidle")
    assert asked
    assert all(url.startswith(somebody.instance.address) for url in asked)


def test_the_first_tab_stop_skips_to_the_content(visitor):
    page = visitor().go("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innehall"


def test_every_tab_stop_shows_where_it_is(visitor):
    page = visitor().go("/patterns")
    unseen = []
    for _ in range(25):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, s.outlineWidth, document.activeElement.outerHTML.slice(0, 80)] }"
        )
        if style[0] == "none" or style[1] == "0px":
            unseen.append(style[2])
    assert unseen == []


def test_targets_are_large_enough_to_hit(visitor):
    """WCAG 2.2, 2.5.8: 24 by 24 pixels, apart from links in running text."""
    page = visitor(size=PHONE).go("/patterns")
    small = page.evaluate(
        """() => [...document.querySelectorAll("header a, header button, footer a, .button, .button-link, .input, .choice, summary, .tasks h3 a, .rows h3 a")]
            .filter(e => e.offsetParent && (e.getBoundingClientRect().height < 24 || e.getBoundingClientRect().width < 24))
            .map(e => e.outerHTML.slice(0, 90))"""
    )
    assert small == []


def test_the_language_switch_keeps_the_page(visitor):
    page = visitor().go("/om/kallor")
    page.get_by_role("link", name="In English").click()
    assert page.url.endswith("/om/kallor")
    assert page.locator("h1").inner_text() == "Sources"
    page.get_by_role("link", name="På svenska").click()
    assert page.locator("h1").inner_text() == "Källor"


def test_signing_in_and_out_works_without_a_script(visitor):
    somebody = visitor(java_script_enabled=False).sign_in("terminolog")
    assert somebody.page.locator("h1").inner_text() == "Uppgifter"
    somebody.page.get_by_role("button", name="Logga ut").click()
    expect(somebody.page.get_by_role("link", name="Logga in")).to_be_visible()


def test_an_error_summary_takes_the_focus_and_leads_to_the_field(visitor):
    page = visitor().go("/logga-in")
    page.locator("main button[type=submit]").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("input[name=login]")).to_be_focused()


def test_one_drawing_is_shown_for_each_width(visitor):
    for size, shown in ((PHONE, "at-narrow"), (DESKTOP, "at-wide")):
        page = visitor(size=size).go("/patterns")
        visible = page.evaluate(
            "[...document.querySelectorAll('svg.drawing')].filter(e => e.getBoundingClientRect().width).map(e => e.classList[1])"
        )
        assert visible and set(visible) == {shown}


def test_words_in_drawings_can_be_read_on_a_phone(visitor):
    page = visitor(size=PHONE).go("/patterns")
    heights = page.evaluate(
        "[...document.querySelectorAll('svg.at-narrow text')].map(e => parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().d)"
    )
    assert heights and min(heights) >= 13


def test_print_leaves_out_what_only_a_screen_needs(visitor):
    page = visitor().go("/patterns")
    page.emulate_media(media="print")
    assert not page.locator(".masthead nav").is_visible()
    assert page.locator("h1").is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_forced_colours_keep_the_marks_of_a_status(visitor):
    page = visitor(forced_colors="active").go("/patterns")
    assert page.locator(".status .icon").first.is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.tag')).borderTopWidth") == "1px"


CUT = "[...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth + 1).length"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_table_of_the_start_page_shows_the_difference_on_a_phone(visitor, language):
    page = visitor(size=PHONE, language=language).go("/")
    assert page.evaluate(CUT) == 0
    right = page.get_by_role("cell", name="−53", exact=True).evaluate("(cell) => cell.getBoundingClientRect().right")
    assert right <= PHONE["width"]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_wide_tables_use_the_width_of_the_page(visitor, language):
    region = visitor(language=language).go("/uppfoljning/utlokaliserade-patienter/region/99")
    assert region.evaluate(CUT) == 0
    reviewer = visitor("rattsgranskare", language=language)
    reviewer.go("/granskning/").locator("a[href*='/granskning/tabell/']").first.click()
    expect(reviewer.page.locator("table[id^='fore-'] thead th").nth(10)).to_be_attached()
    assert reviewer.page.evaluate(CUT) == 0


def test_a_table_that_goes_on_says_so_keeps_its_first_column_and_scrolls_with_the_one_it_is_compared_with(visitor):
    reviewer = visitor("rattsgranskare", size=PHONE)
    reviewer.go("/granskning/").locator("a[href*='/granskning/tabell/']").first.click()
    page = reviewer.page
    before, after = (
        page.locator(".scroll:has(table[id^='fore-'])").first,
        page.locator(".scroll:has(table[id^='efter-'])").first,
    )
    expect(page.get_by_text("Tabellen fortsätter åt sidan").first).to_be_visible()
    place = before.locator("tbody th").first
    left = place.evaluate("(cell) => cell.getBoundingClientRect().left")
    before.evaluate("(frame) => { frame.scrollLeft = 200; }")
    page.wait_for_function("(frame) => frame.scrollLeft === 200", arg=after.element_handle())
    assert place.evaluate("(cell) => cell.getBoundingClientRect().left") == left
