"""Modules that say *Pure* in their docstring are those that a contract keeps from web framework and database."""

import ast
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
CONTRACT = "Modules that say Pure know no web framework and no database"


def _says_pure(file: Path) -> bool:
    return bool(re.search(r"\bPure\b", ast.get_docstring(ast.parse(file.read_text())) or ""))


def test_the_contract_lists_each_module_that_says_pure_and_no_other():
    files = (file for package in PROJECT["root_packages"] for file in (ROOT / package).rglob("*.py"))
    pure = {".".join(file.relative_to(ROOT).with_suffix("").parts) for file in files if _says_pure(file)}
    (listed,) = [one["source_modules"] for one in PROJECT["contracts"] if one["name"] == CONTRACT]
    assert sorted(pure) == listed, f"in pyproject.toml, not as the docstrings say: {sorted(pure ^ set(listed))}"


def test_the_contract_forbids_the_three_also_by_way_of_other_modules():
    (contract,) = [one for one in PROJECT["contracts"] if one["name"] == CONTRACT]
    assert {"flask", "sqlalchemy", "wtforms"} <= set(contract["forbidden_modules"])
    assert not {"allow_indirect_imports", "ignore_imports"} & set(contract)
