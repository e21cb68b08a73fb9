"""Texts of the interface are found by whoever collects them for translation."""

import ast

from tests.guards.programs import modules

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
