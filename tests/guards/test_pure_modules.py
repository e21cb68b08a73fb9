"""Modules that say *Pure* in their docstring are those that a contract keeps from web framework and database."""

import ast
import re
import tomllib

from tests.guards.programs import ROOT, modules

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
CONTRACT = "Modules that say Pure know no web framework and no database"


def _says_pure(module: ast.Module) -> bool:
    return bool(re.search(r"\bPure\b", ast.get_docstring(module) or ""))


def test_the_contract_lists_each_module_that_says_pure_and_no_other():
    found = modules(*PROJECT["root_packages"]).items()
    pure = {place.removesuffix(".py").replace("/", ".") for place, module in found if _says_pure(module)}
    (listed,) = [one["source_modules"] for one in PROJECT["contracts"] if one["name"] == CONTRACT]
    assert sorted(pure) == listed, f"in pyproject.toml, not as the docstrings say: {sorted(pure ^ set(listed))}"


def test_the_contract_forbids_the_three_also_by_way_of_other_modules():
    (contract,) = [one for one in PROJECT["contracts"] if one["name"] == CONTRACT]
    assert {"flask", "sqlalchemy", "wtforms"} <= set(contract["forbidden_modules"])
    assert not {"allow_indirect_imports", "ignore_imports"} & set(contract)
