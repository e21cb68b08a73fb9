"""What people write keeps its language, and is marked where the page has another."""

import pytest

from registry.written import language_of, written
from submission_portal.demonstration.answers import MADE_UP, PUBLISHED


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (PUBLISHED, "sv"),
        (MADE_UP, "sv"),
        ("Avdelningen öppnade igen den 3 mars och har nu 24 platser.", "sv"),
        ("The ward was opened again on 3 March and now has 24 beds.", "en"),
        ("The hospital in Malmö has been closed for the summer.", "en"),
        ("", None),
        ("OK", None),
        ("Stämmer.", None),
        ("Dnr 3754-2017", None),
        ("Norrbotten 799 746", None),
    ],
)
def test_a_language_is_told_only_where_the_words_leave_no_doubt(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize(("page", "marked"), [("sv", False), ("en", True)])
def test_swedish_is_marked_on_an_english_page_only(app, page, marked):
    with app.test_request_context(headers={"Cookie": f"language={page}"}):
        shown = written(MADE_UP)
    assert ('<span lang="sv">' in shown, "Written in Swedish" in shown) == (marked, marked)


def test_what_is_written_never_becomes_markup(app):
    with app.test_request_context(headers={"Cookie": "language=en"}):
        assert "<b>" not in written("Det här är <b>inte</b> en tagg och ska inte bli det.")
        assert "<b>" not in written("<b>")
