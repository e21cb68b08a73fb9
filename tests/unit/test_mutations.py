"""What `make mutants` changes: every bound, condition and statement once, and neither texts nor types."""

import ast
import time
from pathlib import Path

import pytest

from registry.web import scales
from tests.tools import judging
from tests.tools.judging import ROOT, Covered, Mutant, changed_code, is_within, verdicts
from tests.tools.mutations import Mutation, mutations


def mutated(source):
    """The source after each of its mutations."""
    changed = []
    for number in range(len(mutations(ast.parse(source)))):
        tree = ast.parse(source)
        mutations(tree)[number].apply()
        changed.append(ast.unparse(ast.fix_missing_locations(tree)))
    return changed


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a >= least", ["a > least"]),
        ("SHARE = 0.2", ["SHARE = 0.25"]),
        ("x = a and b", ["x = a or b", "x = b", "x = a"]),
        ("x = max(a, b)", ["x = min(a, b)"]),
        ("if a.additive != b.additive:\n    f()", ["pass", "if a.additive == b.additive:\n    f()",
                                                    "if a.additive != b.additive:\n    pass"]),
        ("x = [a for a in b if a.parent]", ["x = [a for a in b if True]"]),
        ("x = not a", ["x = a"]),
        ("def f(a: int = 1) -> 'X':\n    '''Text.'''\n    raise ValueError(a + 1)",
         ["def f(a: int=2) -> 'X':\n    \"\"\"Text.\"\"\"\n    raise ValueError(a + 1)"]),
        ("Show = Mapping[str, 3]\nEither = int | str\ny = isinstance(a, B | C)\nx = 'a' + b\nz = zip(a, b, strict=True)", []),
    ],
)  # fmt: skip
def test_each_place_is_changed_once(source, expected):
    assert mutated(source) == expected


def test_a_mutation_says_where_it_is_and_what_it_changes():
    [one] = mutations(ast.parse("class A:\n    def f(self, a):\n        return a < 3 if a else a"))[1:2]
    assert (one.line, one.function, one.change) == (3, "A.f", "a < 3 → a <= 3")


PLACE = Path("registry/web/scales.py")
MUTANTS = [Mutant(PLACE, number, one) for number, one in enumerate(mutations(ast.parse((ROOT / PLACE).read_bytes())))]


def test_a_mutant_of_a_function_is_that_functions_code_and_nothing_else():
    own = {(one.__qualname__, one.__code__.co_firstlineno): one.__code__ for one in (scales.ticks, scales.spread)}
    for mutant in MUTANTS:
        changed = changed_code(mutant)
        assert {name for name, _ in changed} in (set(), {mutant.mutation.function})
        assert all(own[key] != code for key, code in changed.items())
    default = next(one for one in MUTANTS if one.mutation.change == "6 → 7")
    assert changed_code(default) == {}, "a default is made when the module is imported"


def test_a_mutant_is_judged_after_import_only_where_nothing_but_tests_runs_it():
    mutant = next(one for one in MUTANTS if one.mutation.function == "spread")
    assert is_within(mutant, Covered())
    assert not is_within(mutant, Covered(when_imported={(str(PLACE), mutant.mutation.line)}))


def test_a_mutant_is_judged_by_the_tests_of_its_lines_the_quickest_first():
    mutant = next(one for one in MUTANTS if one.mutation.function == "spread")
    found = Covered(seconds={"slow": 3.0, "quick": 0.1})
    found.by_line[str(PLACE), mutant.mutation.line] = {"slow", "quick"}
    found.by_line[str(PLACE), 1] = {"other"}
    assert found.tests_of(mutant) == ["quick", "slow"]


def test_a_constant_is_judged_by_all_tests_of_the_files_that_run_its_module():
    constant = Mutant(PLACE, 0, Mutation(3, 3, "", "1 → 2", lambda: None))
    default = Mutant(PLACE, 0, Mutation(4, 4, "spread", "1 → 2", lambda: None))
    found = Covered(when_imported={(str(PLACE), 3), (str(PLACE), 4)}, unfit={"a.py::unfit"})
    found.seconds = {"a.py::runs": 2.0, "a.py::reads": 1.0, "a.py::unfit": 0.0, "b.py::other": 0.0}
    found.by_line[str(PLACE), 9] = {"a.py::runs"}
    assert found.tests_of(constant) == found.tests_of(default) == ["a.py::reads", "a.py::runs"]
    unrun = Mutant(PLACE, 0, Mutation(5, 5, "spread", "1 → 2", lambda: None))
    assert found.tests_of(unrun) == []


@pytest.mark.parametrize(
    ("judge", "wait", "verdict"),
    [
        (lambda _mutant, _tests: 0, 300, "survived"),
        (lambda _mutant, _tests: 1, 300, "died"),
        (lambda _mutant, tests: tests[9], 300, "not judged"),
        (lambda _mutant, _tests: time.sleep(60), -judging.PATIENCE, "not judged"),
    ],
    ids=["no test fails", "a test fails", "a fault of the driver", "it waits and never ends"],
)
def test_only_a_test_that_fails_is_a_death(monkeypatch, judge, wait, verdict):
    monkeypatch.setattr(judging, "WAIT", wait)
    one = MUTANTS[0]
    found = Covered(seconds={"quick": 0.0})
    found.by_line[str(PLACE), one.mutation.line] = {"quick"}
    assert list(verdicts([one], found, 1, judge)) == [(one, verdict)]
