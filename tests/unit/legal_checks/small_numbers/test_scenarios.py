"""The scenario files in ``tests/scenarios/small_numbers``; its README says what a file holds."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from legal_checks.small_numbers.audit import audit
from legal_checks.small_numbers.files import read_inner_cells, read_published
from legal_checks.small_numbers.protection import protect
from submission_portal.legal_desk.spec import read_spec

SCENARIOS = sorted((Path(__file__).parents[3] / "scenarios" / "small_numbers").glob("*.toml"))


@pytest.fixture(params=SCENARIOS, ids=lambda path: path.stem)
def scenario(request):
    return tomllib.loads(request.param.read_text(encoding="utf-8"))


def problem_of(scenario):
    spec, findings = read_spec(scenario["spec"])
    assert spec is not None, findings
    inner, findings = read_inner_cells(scenario["table"].strip(), spec.columns, spec.value, spec.weight)
    assert not findings
    released = []
    for number, text in enumerate(scenario.get("released", ())):
        table, findings = read_published(text.strip(), spec.columns, f"release {number + 1}", all_columns=False)
        assert not findings
        released.append(table)
    return replace(spec.problem, cells=inner.cells, released=tuple(released))


def written(cell):
    return " × ".join(cell)


def test_protect_gives_what_the_scenario_says(scenario):
    result = protect(problem_of(scenario))

    wanted = scenario.get("protect", {})
    if "hidden" in wanted:
        assert sorted(written(one.cell) for one in result.cells if one.value is None) == sorted(wanted["hidden"])
    if "cost" in wanted:
        assert (result.cost, result.bound) == (wanted["cost"], wanted["cost"])
    if "exposed" in wanted:
        assert sorted(written(one.cell) for one in result.exposed) == sorted(wanted["exposed"])
    if "findings" in wanted:
        assert [one.code for one in result.findings] == wanted["findings"]


@pytest.mark.parametrize("way", ["audit", "audit_alone"])
def test_audit_gives_what_the_scenario_says(scenario, way):
    problem, wanted = problem_of(scenario), scenario.get(way)
    if wanted is not None:
        published, findings = read_published(scenario["published"].strip(), problem.columns)
        assert not findings
        result = audit(problem if way == "audit" else replace(problem, cells={}, publish=frozenset()), published)
        assert {written(one.cell): [one.lowest, one.highest] for one in result.exposed} == wanted["exposed"]
        for one in result.exposed:
            assert one.attack.sv
            assert one.attack.en
