"""The packages' modules, parsed once for all guards that read them."""

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("registry", "termbank", "information_models", "submission_portal", "legal_checks")


@cache
def modules(*packages: str) -> Mapping[str, ast.Module]:
    """The modules of these packages, or of all, by place: ``registry/db.py``. Their trees are read, never changed."""
    if packages:
        return {place: tree for place, tree in modules().items() if place.partition("/")[0] in packages}
    paths = (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_bytes()) for path in paths}
