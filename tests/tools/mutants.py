"""Mutants of the pure modules: small faults, each of which the unit tests should notice. `make mutants` runs it.

python -m tests.tools.mutants [--seed N] [--count N] [--jobs N] [--only PART] [--list]

A module is pure when its docstring says so (*Pure*). Every place in such a module where one operator, bound, condition
or statement can be changed is a mutant; ``--count`` of them are drawn by ``--seed``, and each is judged by the unit tests
(and the module's own doctests) that run the changed line. Which those are is measured first, by a run with coverage.

No file is changed. The tests are collected once; each mutant is judged in a process forked from there, in which the code
of the changed function is replaced. What is run when modules are imported (constants, defaults, fields) is judged before
that, in processes that have only the libraries loaded and meet the mutant when they import it. Survivors that cannot be killed, since they change nothing that can be seen, are listed with the
reason in ``tests/mutants.md``. Exit status 1: fewer than nine of ten died, or a survivor is not listed.
"""

import argparse
import ast
import contextlib
import gc
import importlib.abc
import importlib.machinery
import importlib.util
import inspect
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType
from typing import NoReturn
from xml.etree import ElementTree

from tests.tools.mutations import Mutation, mutations

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("registry", "termbank", "information_models", "submission_portal", "legal_checks")
KNOWN = ROOT / "tests" / "mutants.md"
SEED, COUNT = 2026, 200
PATIENCE = 20
"""Seconds of processor time for the tests of one mutant, beyond three times what they took; one that takes more died."""
WAIT = 300
"""Seconds on the clock likewise, for what sleeps and never ends."""
SHARE = 0.9
"""Of the drawn mutants that have to die."""
ALONE = ("--confcutdir=tests/unit", "-p", "no:flask", "-p", "no:xdist", "-p", "no:cov")
"""Without the fixtures of the whole application, whose modules take longer to import than most tests to run."""
LIBRARIES = ("polars", "flask", "sqlalchemy", "wtforms", "rdflib", "jsonschema", "hypothesis", "openpyxl", "xlsxwriter",
             "scipy.optimize", "highspy", "structlog", "flask_babel", "flask_wtf", "pytest", "_pytest.doctest")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """The ``number``-th mutation of a module."""

    module: Path
    number: int
    mutation: Mutation

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from others whatever line it is on: module, function, change."""
        return str(self.module), self.mutation.function, self.mutation.change

    def __str__(self) -> str:
        return f"{self.module}:{self.mutation.line} {self.mutation.function}: {self.mutation.change}"


@dataclass(slots=True)
class Covered:
    """Which unit tests run which lines, and how long each test took."""

    by_line: dict[tuple[str, int], set[str]] = field(default_factory=lambda: defaultdict(set))
    when_imported: set[tuple[str, int]] = field(default_factory=set)
    """Lines that are run outside tests."""
    seconds: dict[str, float] = field(default_factory=dict)

    def tests_of(self, mutant: Mutant) -> list[str]:
        """The tests that run the mutant's lines, the quickest first; all of the module where it is run by importing."""
        module = str(mutant.module)
        if mutant.mutation.function:
            lines = range(mutant.mutation.line, mutant.mutation.last_line + 1)
            found = set().union(*(self.by_line.get((module, line), set()) for line in lines))
        else:
            found = set().union(*(tests for (path, _), tests in self.by_line.items() if path == module))
        return sorted(found, key=lambda test: (self.seconds.get(test, 0), test))


def pure_modules() -> list[Path]:
    """The modules whose docstring says that they are pure, in order."""
    found = []
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if re.search(r"\bPure\b", ast.get_docstring(ast.parse(path.read_bytes())) or ""):
                found.append(path.relative_to(ROOT))
    return found


def drawn(seed: int, count: int, only: str) -> list[Mutant]:
    """``count`` of all mutants, the same for the same seed and sources."""
    every = [
        Mutant(path, number, mutation)
        for path in pure_modules()
        if only in str(path)
        for number, mutation in enumerate(mutations(ast.parse((ROOT / path).read_bytes())))
    ]
    print(f"{len(every)} mutants of {len({one.module for one in every})} pure modules; seed {seed}.")
    return random.Random(seed).sample(every, min(count, len(every)))


def covered(modules: list[Path], jobs: int, kept: Path | None) -> Covered:
    """Runs the unit tests and the doctests once, with coverage of the modules; or reads what was ``kept`` of that."""
    found = Covered()
    if kept is not None and kept.exists():
        found.seconds, lines, when_imported = json.loads(kept.read_text())
        found.when_imported.update((path, line) for path, line in when_imported)
        found.by_line.update({(path, line): set(tests) for path, line, tests in lines})
        return found
    _measure(found, modules, jobs)
    if kept is not None:
        lines = [(path, line, sorted(tests)) for (path, line), tests in found.by_line.items()]
        kept.write_text(json.dumps([found.seconds, lines, sorted(found.when_imported)]))
    return found


def _measure(found: Covered, modules: list[Path], jobs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        report, config = Path(folder) / "tests.xml", Path(folder) / "coveragerc"
        data, lines = Path(folder) / "coverage", Path(folder) / "lines.json"
        included = "\n    ".join(str(path) for path in modules)
        config.write_text(
            f"[run]\ncore = ctrace\nrelative_files = true\ndata_file = {data}\ninclude =\n    {included}\n[json]\nshow_contexts = true\n"
        )
        command = [
            sys.executable, "-m", "pytest", "-q", "-n", str(jobs), "--dist", "worksteal", "--no-header", "--tb=short",
            "--cov", f"--cov-config={config}", "--cov-context=test", "--cov-report=", f"--junitxml={report}",
            "-o", "junit_family=xunit1", *ALONE[:3], "tests/unit", *map(str, modules),
        ]  # fmt: skip
        subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.DEVNULL)
        subprocess.run(
            [sys.executable, "-m", "coverage", "json", "-q", f"--rcfile={config}", "-o", str(lines)],
            cwd=ROOT,
            check=True,
        )
        unfit = set()
        for case in ElementTree.parse(report).iter("testcase"):
            name = f"{case.get('file')}::{case.get('name')}"
            found.seconds[name] = float(case.get("time", 0))
            if case.find("failure") is not None or case.find("error") is not None or case.find("skipped") is not None:
                unfit.add(name)
        for path, measured in json.loads(lines.read_text())["files"].items():
            for line, contexts in measured["contexts"].items():
                found.by_line[path, int(line)] = {one.partition("|")[0] for one in contexts if one} - unfit
                if "" in contexts:
                    found.when_imported.add((path, int(line)))
    print(f"{len(found.seconds) - len(unfit)} tests; {len(unfit)} need the whole application and judge nothing.")


def changed_code(mutant: Mutant) -> dict[tuple[str, int], CodeType]:
    """The code of the function that the mutant changes, by its qualified name and line; empty where it changes none."""
    path = str(ROOT / mutant.module)
    before, after = _unchanged(path), _functions(_compiled(path, mutant.number))
    return {
        name: code
        for name, code in after.items()
        if code != before[name] and code.co_freevars == before[name].co_freevars
    }


def is_within(mutant: Mutant, found: Covered) -> bool:
    """Whether the mutant changes a function that is run by nothing but tests."""
    lines = range(mutant.mutation.line, mutant.mutation.last_line + 1)
    imported = any((str(mutant.module), line) in found.when_imported for line in lines)
    return bool(mutant.mutation.function) and not imported and bool(changed_code(mutant))


@cache
def _unchanged(path: str) -> dict[tuple[str, int], CodeType]:
    return _functions(_compiled(path, None))


def _compiled(path: str, number: int | None) -> CodeType:
    tree = ast.parse(Path(path).read_bytes(), path)
    if number is not None:
        mutations(tree)[number].apply()
    return compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)


def _functions(code: CodeType) -> dict[tuple[str, int], CodeType]:
    """The functions of a module and of its classes, but not what is within functions."""
    found = {}
    for one in code.co_consts:
        if not isinstance(one, CodeType):
            continue
        if one.co_flags & inspect.CO_NEWLOCALS:
            found[one.co_qualname, one.co_firstlineno] = one
        else:
            found |= _functions(one)
    return found


class _Mutating(importlib.machinery.SourceFileLoader):
    """Loads the mutated module; its compiled form is neither read nor kept."""

    def __init__(self, name: str, path: str, number: int) -> None:
        super().__init__(name, path)
        self.number = number

    def get_code(self, fullname):
        return _compiled(self.get_filename(fullname), self.number)


class _Finder(importlib.abc.MetaPathFinder):
    """Finds the mutated module; a plug-in of pytest, which puts it in place."""

    def __init__(self, mutant: Mutant) -> None:
        self.name = ".".join(mutant.module.with_suffix("").parts)
        self.path = str(ROOT / mutant.module)
        self.number = mutant.number

    def pytest_sessionstart(self):
        """Before pytest's own finder, which would load a module whose doctests are asked for as it is."""
        sys.meta_path.insert(0, self)

    def find_spec(self, fullname, path=None, target=None):
        if fullname != self.name:
            return None
        return importlib.util.spec_from_file_location(
            fullname, self.path, loader=_Mutating(fullname, self.path, self.number)
        )


def judge_imported(mutant: Mutant, tests: list[str]) -> int:
    """Imports the mutant and runs the tests, in this process. Pytest's exit status."""
    import pytest

    return pytest.main(["-x", "-q", "--tb=no", "--no-header", *ALONE, *tests], [_Finder(mutant)])


class Collected:
    """A plug-in of pytest that judges mutants in place of running the collected tests."""

    def __init__(self, mutants: list[Mutant], found: Covered, jobs: int, said: Callable[[Mutant, str], None]) -> None:
        self.mutants, self.found, self.jobs, self.said = mutants, found, jobs, said
        self.in_child = False

    def pytest_runtestloop(self, session):
        self.items = {item.nodeid: item for item in session.items}
        self.functions = defaultdict(list)
        for one in gc.get_objects():
            if isinstance(one, FunctionType):
                code = one.__code__
                self.functions[code.co_filename, code.co_qualname, code.co_firstlineno].append(one)
        gc.collect()
        gc.freeze()
        for mutant, verdict in verdicts(self.mutants, self.found, self.jobs, self.judge):
            self.said(mutant, verdict)
        return True

    def judge(self, mutant: Mutant, tests: list[str]) -> int:
        """Replaces the function's code and runs the tests, in this process, which ends with the first that fails."""
        self.in_child = True
        for (name, line), code in changed_code(mutant).items():
            for function in self.functions[str(ROOT / mutant.module), name, line]:
                function.__code__ = code
        items = [self.items[test] for test in tests]
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        return 0

    def pytest_runtest_logreport(self, report):
        if self.in_child and report.failed:
            os._exit(1)


def judge_collected(mutants: list[Mutant], found: Covered, jobs: int, said: Callable[[Mutant, str], None]) -> None:
    import pytest

    pytest.main(
        ["-qq", "-s", "--tb=no", "--no-header", "--no-summary", *ALONE, "tests/unit", *map(str, pure_modules())],
        [Collected(mutants, found, jobs, said)],
    )


@dataclass(slots=True)
class _Running:
    mutant: Mutant
    ends: float


def verdicts(
    mutants: list[Mutant], found: Covered, jobs: int, judge: Callable[[Mutant, list[str]], int]
) -> Iterator[tuple[Mutant, str]]:
    """Each mutant with how it ended: ``died``, ``survived``, or ``not run`` by any test."""
    running: dict[int, _Running] = {}
    waiting = list(reversed(mutants))
    while waiting or running:
        while waiting and len(running) < jobs:
            mutant = waiting.pop()
            tests = found.tests_of(mutant)
            if not tests:
                yield mutant, "not run"
                continue
            allowed = PATIENCE + 3 * sum(found.seconds.get(test, 1) for test in tests)
            child = os.fork()
            if not child:
                _in_child(judge, mutant, tests, allowed)
            running[child] = _Running(mutant, time.monotonic() + WAIT + allowed)
        child, status = os.waitpid(-1, os.WNOHANG)
        if child in running:
            mutant = running.pop(child).mutant
            yield mutant, "survived" if os.waitstatus_to_exitcode(status) == 0 else "died"
            continue
        for late, one in running.items():
            if time.monotonic() > one.ends:
                os.kill(late, signal.SIGKILL)
        time.sleep(0.01)


def _in_child(judge: Callable[[Mutant, list[str]], int], mutant: Mutant, tests: list[str], allowed: float) -> NoReturn:
    status = 3
    with contextlib.suppress(BaseException):
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
        spent = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(spent.ru_utime + spent.ru_stime + allowed) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        status = int(judge(mutant, tests))
    os._exit(status)


def listed() -> set[tuple[str, str, str]]:
    """The survivors that ``tests/mutants.md`` explains."""
    rows = [[cell.strip().strip("`") for cell in line.split(" | ")] for line in KNOWN.read_text().splitlines()
            if line.startswith("| `")]  # fmt: skip
    return {(module.removeprefix("| `"), function, change) for module, function, change, *_why in rows}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", help="Only of modules with this in their path.")
    parser.add_argument("--covered", type=Path, help="Where to keep, and find, which tests run what.")
    parser.add_argument("--list", action="store_true", help="Name the drawn mutants, and judge none.")
    asked = parser.parse_args()
    began = time.monotonic()
    mutants = drawn(asked.seed, asked.count, asked.only)
    if asked.list:
        print(*mutants, sep="\n")
        return 0
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ |= {"POLARS_MAX_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    modules = pure_modules() if asked.covered else sorted({one.module for one in mutants})
    found = covered(modules, asked.jobs, asked.covered)
    print(f"Measured which tests run what in {time.monotonic() - began:.0f} s.", flush=True)
    for library in LIBRARIES:
        importlib.import_module(library)
    known = listed()
    survivors = []

    def said(mutant: Mutant, verdict: str) -> None:
        if verdict != "died":
            survivors.append(mutant)
            print(f"{verdict}: {mutant}{'  (listed)' if mutant.key in known else ''}", flush=True)

    with tempfile.TemporaryDirectory() as folder:
        os.environ["PYTEST_DEBUG_TEMPROOT"] = folder
        within = [one for one in mutants if is_within(one, found)]
        for mutant, verdict in verdicts(
            [one for one in mutants if one not in within], found, asked.jobs, judge_imported
        ):
            said(mutant, verdict)
        print(f"Judged what is run by importing in {time.monotonic() - began:.0f} s.", flush=True)
        judge_collected(within, found, asked.jobs, said)
    died = len(mutants) - len(survivors)
    unlisted = [one for one in survivors if one.key not in known]
    share = died / len(mutants) if mutants else 1.0
    print(
        f"{died} of {len(mutants)} died ({share:.1%}); of {len(survivors)} survivors {len(unlisted)} are not in "
        f"{KNOWN.relative_to(ROOT)}. {time.monotonic() - began:.0f} s."
    )
    return int(share < SHARE or bool(unlisted))


if __name__ == "__main__":
    raise SystemExit(main())
