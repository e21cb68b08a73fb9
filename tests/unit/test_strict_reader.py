"""The strict reader of pages must itself find what it says it finds."""

import pytest

from tests.pages import faults

PAGE = """<!DOCTYPE html>
<html lang="sv"><head><meta charset="utf-8"><title>Termbank – Vårdplatsregistret</title></head>
<body><main><h1>Termbank</h1>{}</main></body></html>"""


def test_a_sound_page_has_no_fault():
    assert (
        faults(
            PAGE.format(
                '<label for="sok">Sök</label> <input id="sok" name="q"><table><caption>A</caption><tr><th>B</th></tr></table>'
            )
        )
        == []
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<p><div>a</div></p>", "line 3"),
        ("<h1>Två</h1>", "2 h1"),
        ("<h3>Hopp</h3>", "h3"),
        ("<h2> </h2>", "empty h2"),
        ('<p id="a"></p><p id="a"></p>', "comes twice"),
        ('<p aria-describedby="borta">x</p>', "leads nowhere"),
        ('<input name="q">', "has no label"),
        ('<label>A <input id="x"></label>', "has no name"),
        ("<button></button>", "without words"),
        ("<button disabled>Skicka</button>", "disabled"),
        ('<fieldset><label>A <input type="radio" name="r"></label></fieldset>', "without legend"),
        ('<p style="color: red">x</p>', "attribute style"),
        ("<style>p { color: red }</style>", "<style>"),
        ("<script>alert(1)</script>", "inline <script>"),
        ('<p onclick="x()">x</p>', "attribute onclick"),
        ('<img src="https://example.org/a.png" alt="">', "takes https://example.org"),
        ("<table><tr><th>A</th></tr></table>", "without caption"),
        ("<table><caption>A</caption><tr><td>1</td></tr></table>", "no heading cells"),
        ('<form method="post"><button>Skicka</button></form>', "forgery"),
        ("<form><p>x</p></form>", "no button"),
        ('<a href="#">Mer</a>', "dead link"),
        ('<a href="#borta">Mer</a>', "not on the page"),
        ('<a href="/x"></a>', "without words"),
    ],
)
def test_each_fault_is_found(content, said):
    assert any(said in fault for fault in faults(PAGE.format(content))), faults(PAGE.format(content))


def test_a_title_that_differs_from_the_heading_is_a_fault():
    assert faults(PAGE.format("").replace("<h1>Termbank", "<h1>Begrepp"))


def test_a_page_without_language_is_a_fault():
    assert faults(PAGE.format("").replace(' lang="sv"', ""))
