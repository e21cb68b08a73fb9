"""The code lists that ship with the registry, as JSON files in this folder, read without a database and without the term bank."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from information_models import code_lists
from information_models.code_lists import CodeList

FOLDER = Path(__file__).parent


def contents(folder: str) -> dict[str, dict[str, Any]]:
    """The JSON files of a folder beside this module, by their names."""
    files = sorted((FOLDER / folder).glob("*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in files}


@cache
def code_list_contents() -> dict[str, dict[str, Any]]:
    """``code_list/1`` by slug."""
    return contents("code_lists")


@cache
def starter_code_list(slug: str) -> CodeList:
    """Raises ``KeyError`` for a slug that does not ship."""
    return code_lists.read(code_list_contents()[slug])
