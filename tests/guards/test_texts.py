"""Texts of the interface are found by whoever collects them for translation, and say each thing once."""

import ast

from babel.messages.pofile import read_po

from tests.guards.programs import PACKAGES, ROOT, modules

ASK = {"_", "_l", "gettext", "ngettext", "lazy_gettext", "lazy_ngettext"}


def test_no_text_is_asked_for_within_another():
    """Within an f-string nobody finds it: it would be shown in English."""
    found = [
        f"{place}:{asked.lineno}"
        for place, tree in modules().items()
        for joined in ast.walk(tree)
        if isinstance(joined, ast.JoinedStr)
        for asked in ast.walk(joined)
        if isinstance(asked, ast.Call) and isinstance(asked.func, ast.Name) and asked.func.id in ASK
    ]
    assert not found


def test_no_translation_says_its_text_twice():
    """As when two hands have filled in the same gap."""
    catalogues = (path for package in PACKAGES for path in sorted((ROOT / package).glob("translations/sv/*/*.po")))
    texts = [
        message.string
        for path in catalogues
        for message in read_po(path.open("rb"))
        if message.id and isinstance(message.string, str)
    ]
    assert len(texts) > 1_000
    twice = [one for one in texts if len(one) > 20 and one[: len(one) // 2].strip() == one[len(one) // 2 :].strip()]
    assert not twice
