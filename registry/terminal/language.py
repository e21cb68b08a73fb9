"""The language of the terminal. Standard library only."""

import os


def terminal_language() -> str:
    """``"sv"`` or ``"en"`` by the terminal's locale, as gettext reads it; English where that says nothing."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "sv" if value.lower().startswith("sv") else "en"
    return "en"
