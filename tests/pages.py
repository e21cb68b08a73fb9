"""A strict reader of pages: what every page of the registry must be, whatever it shows.

    page = read(client.get("/termbank/"))          asserts all of it, and gives the parsed page
    page.text, page.title, page.links              what a user sees

Checked: valid HTML5 (html5lib finds nothing to repair), one h1, and the title is the h1 and the site's name, the
language is declared, headings skip no level, every control has a label, every id is unique and every reference to an id
has its target, no inline style, script or handler, nothing from another host, every table has a caption, every form
that changes something is protected against forgery.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import html5lib
from lxml import etree
from werkzeug.test import TestResponse

SITE = "Vårdplatsregistret"
XHTML = "{http://www.w3.org/1999/xhtml}"
CONTROLS = ("input", "select", "textarea")
UNLABELLED_TYPES = ("hidden", "submit", "button", "image", "reset")
ID_REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers", "form", "list")


@dataclass(frozen=True)
class Page:
    """A page that has passed every check."""

    tree: etree._Element
    url: str

    @property
    def title(self) -> str:
        return _words(next(self.tree.iter("title")))

    @property
    def heading(self) -> str:
        return _words(next(self.tree.iter("h1")))

    @property
    def text(self) -> str:
        """Everything in ``main`` as one line of words."""
        return _words(next(self.tree.iter("main")))

    @property
    def links(self) -> list[str]:
        """Paths (with query) of every link on the page that stays here."""
        return [
            link
            for a in self.tree.iter("a")
            if (link := a.get("href", "").partition("#")[0]).startswith("/") and not link.startswith("//")
        ]

    def find(self, xpath: str) -> list[etree._Element]:
        return self.tree.xpath(xpath)


def read(answer: TestResponse, status: int = 200) -> Page:
    """Parse and check; fails with every fault at once."""
    assert answer.status_code == status, (
        f"{answer.request.path}: {answer.status_code}, not {status}\n{answer.text[:2000]}"
    )
    assert answer.mimetype == "text/html"
    return check(answer.text, answer.request.path)


def check(html: str, url: str) -> Page:
    tree, errors = _parse(html)
    found = [*errors, *_faults_of(tree)]
    assert not found, f"{url} has {len(found)} fault(s):\n  " + "\n  ".join(found)
    return Page(tree, url)


def faults(html: str) -> list[str]:
    """Every fault of the page, in words.

    >>> faults("<!DOCTYPE html><html lang=sv><title>A – Vårdplatsregistret</title><main><h1>B</h1></main></html>")
    ['the title is "A – Vårdplatsregistret", the heading "B"']
    """
    tree, errors = _parse(html)
    return [*errors, *_faults_of(tree)]


def _faults_of(tree: etree._Element) -> list[str]:
    return [
        *_language(tree),
        *_headings(tree),
        *_identifiers(tree),
        *_controls(tree),
        *_inline(tree),
        *_hosts(tree),
        *_tables(tree),
        *_forms(tree),
        *_links(tree),
        *_summaries(tree),
    ]


def _parse(html: str) -> tuple[etree._Element, list[str]]:
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
    tree = parser.parse(html).getroot()
    errors = [
        f"line {position[0]}: {html5lib.constants.E.get(code, code) % data}" for position, code, data in parser.errors
    ]
    return tree, errors


def _words(element: etree._Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext()).replace("\u00ad", "")).strip()


def _elements(tree: etree._Element) -> list[etree._Element]:
    return [element for element in tree.iter() if isinstance(element.tag, str)]


def _language(tree: etree._Element) -> list[str]:
    return [] if tree.get("lang") in ("sv", "en") else [f"html has lang {tree.get('lang')!r}"]


def _headings(tree: etree._Element) -> list[str]:
    found = [
        (int(element.tag[1]), _words(element)) for element in _elements(tree) if re.fullmatch("h[1-6]", element.tag)
    ]
    faults = [f"an empty h{level}" for level, words in found if not words]
    top = [words for level, words in found if level == 1]
    titles = [_words(element) for element in tree.iter("title") if element.getparent().tag == "head"]
    if len(top) != 1:
        faults.append(f"{len(top)} h1")
    elif titles != [f"{top[0]} – {SITE}"]:
        faults.append(f'the title is "{"".join(titles)}", the heading "{top[0]}"')
    level_before = 0
    for level, words in found:
        if level > level_before + 1:
            faults.append(f'h{level} "{words}" follows h{level_before}')
        level_before = level
    return faults


def _identifiers(tree: etree._Element) -> list[str]:
    seen: set[str] = set()
    faults = []
    for element in _elements(tree):
        name = element.get("id")
        if name is None:
            continue
        if not name or re.search(r"\s", name):
            faults.append(f"id {name!r}")
        if name in seen:
            faults.append(f"id {name!r} comes twice")
        seen.add(name)
    for element in _elements(tree):
        for attribute in ID_REFERENCES:
            for name in (element.get(attribute) or "").split():
                if name not in seen:
                    faults.append(f"{attribute}={name!r} of {element.tag} leads nowhere")
    return faults


def _controls(tree: etree._Element) -> list[str]:
    labelled = {label.get("for") for label in tree.iter("label") if _words(label)}
    faults = []
    for element in tree.iter(*CONTROLS):
        if element.tag == "input" and element.get("type", "text") in UNLABELLED_TYPES:
            continue
        within = any(above.tag == "label" and _words(above) for above in element.iterancestors())
        if not (within or element.get("id") in labelled or element.get("aria-label") or element.get("aria-labelledby")):
            faults.append(f"{element.tag} {element.get('name')!r} has no label")
        if not element.get("name"):
            faults.append(f"{element.tag} {element.get('id')!r} has no name, so it is never sent")
    for button in tree.iter("button"):
        if not (_words(button) or button.get("aria-label")):
            faults.append("a button without words")
        if button.get("disabled") is not None:
            faults.append(f'the button "{_words(button)}" is disabled: say what is missing instead')
    for group in tree.iter("fieldset"):
        if next(iter(group.iter("legend")), None) is None:
            faults.append("a fieldset without legend")
    return faults


def _inline(tree: etree._Element) -> list[str]:
    faults = ["a <style> in the page" for _ in tree.iter("style")]
    faults += ["an inline <script>" for script in tree.iter("script") if not script.get("src")]
    for element in _elements(tree):
        for name in element.attrib:
            if name == "style" or name.startswith("on"):
                faults.append(f"{element.tag} has the attribute {name}")
    return faults


def _hosts(tree: etree._Element) -> list[str]:
    faults = []
    for element in _elements(tree):
        if element.tag == "a":
            continue
        for name in ("src", "href", "action", "srcset", "poster", "data"):
            address = urlsplit(element.get(name) or "")
            if address.scheme or address.netloc:
                faults.append(f"{element.tag} takes {element.get(name)}")
    return faults


def _tables(tree: etree._Element) -> list[str]:
    faults = []
    for table in tree.iter("table"):
        caption = next(iter(table.iter("caption")), None)
        if caption is None or not _words(caption):
            faults.append("a table without caption")
        if not any(True for _ in table.iter("th")):
            faults.append(f'the table "{_words(caption) if caption is not None else ""}" has no heading cells')
    return faults


def _forms(tree: etree._Element) -> list[str]:
    faults = []
    for form in tree.iter("form"):
        is_protected = any(field.get("name") == "csrf_token" and field.get("value") for field in form.iter("input"))
        if form.get("method", "get").lower() == "post" and not is_protected:
            faults.append(f"the form to {form.get('action', 'this page')!r} has no protection against forgery")
        if next(iter(form.iter("button")), None) is None and not form.get("id"):
            faults.append(f"the form to {form.get('action', 'this page')!r} has no button")
    return faults


def _summaries(tree: etree._Element) -> list[str]:
    """An error summary tells the errors in the order in which their fields stand on the page."""
    place = {name: number for number, element in enumerate(_elements(tree)) if (name := element.get("id"))}
    faults = []
    for summary in tree.xpath("//*[@role='alert'][@data-module='focus']"):
        told = [link.get("href", "")[1:] for link in summary.iter("a") if link.get("href", "").startswith("#")]
        standing = sorted(told, key=lambda name: place.get(name, 0))
        if told != standing:
            faults.append(f"the error summary tells {', '.join(told)}; on the page they stand {', '.join(standing)}")
    return faults


def _links(tree: etree._Element) -> list[str]:
    faults = []
    known = {element.get("id") for element in _elements(tree)}
    for link in tree.iter("a"):
        href = link.get("href")
        if href is None:
            faults.append(f'"{_words(link)}" is an <a> that leads nowhere')
        elif href == "#" or href.startswith("javascript:"):
            faults.append(f'"{_words(link)}" is a dead link')
        elif href.startswith("#") and href[1:] not in known:
            faults.append(f'"{_words(link)}" leads to {href}, which is not on the page')
        if not (_words(link) or link.get("aria-label")):
            faults.append(f"a link without words to {href}")
    return faults
