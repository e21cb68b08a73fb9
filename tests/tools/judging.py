"""Puts a mutant in place and runs the tests that should notice it, in a process of its own; no file is changed.

The tests are collected once. A mutant of a function is judged in a process forked from there, in which the code of the
live function is replaced. What is run when modules are imported (constants, defaults, fields) is judged in a process that
has only the libraries loaded, and meets the mutant when it imports it.
"""

import ast
import contextlib
import gc
import importlib.abc
import importlib.machinery
import importlib.util
import inspect
import os
import resource
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType
from typing import NoReturn

import pytest

from tests.tools.mutations import Mutation, mutations

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 20
"""Seconds of processor time for the tests of one mutant, beyond three times what they took; one that takes more died."""
WAIT = 300
"""Seconds on the clock likewise. What takes more neither works nor ends, and is not judged: where a file of tests makes Polars work
while it is collected, a process that is forked from there waits for threads that it does not have."""
FAILED_TO_JUDGE = 70
"""Exit status of a process in which something else than a test went wrong, which is no death."""
ALONE = ("--confcutdir=tests/unit", "-p", "no:flask", "-p", "no:xdist", "-p", "no:cov")
"""Without the fixtures of the whole application, whose modules take longer to import than most tests to run."""


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
    unfit: set[str] = field(default_factory=set)
    """Tests that need the whole application."""

    def tests_of(self, mutant: Mutant) -> list[str]:
        """The tests that run the mutant's lines, the quickest first.

        What is run by importing (a constant, a default) is read by tests that run no line of it: these are judged by all
        tests of the files that import the module, or in which some test runs it.
        """
        module = str(mutant.module)
        lines = [(module, at) for at in range(mutant.mutation.line, mutant.mutation.last_line + 1)]
        found = set().union(*(self.by_line.get(line, set()) for line in lines))
        if not mutant.mutation.function or (not found and not self.when_imported.isdisjoint(lines)):
            near = set().union(*(tests for (path, _), tests in self.by_line.items() if path == module))
            files = {test.partition("::")[0] for test in near} | importers()[module]
            found = near | {test for test in self.seconds if test.partition("::")[0] in files} - self.unfit
        return sorted(found, key=lambda test: (self.seconds.get(test, 0), test))


@cache
def importers() -> Mapping[str, set[str]]:
    """By module, the files of unit tests that import it, each as a path."""
    found = defaultdict(set)
    for path in sorted((ROOT / "tests" / "unit").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            match node:
                case ast.Import(names):
                    named = [one.name for one in names]
                case ast.ImportFrom(str(module), names):
                    named = [module, *(f"{module}.{one.name}" for one in names)]
                case _:
                    continue
            for name in named:
                found[f"{name.replace('.', '/')}.py"].add(str(path.relative_to(ROOT)))
    return found


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


def judge_collected(
    mutants: list[Mutant], found: Covered, jobs: int, tests: Sequence[str], said: Callable[[Mutant, str], None]
) -> None:
    """Judges mutants by the tests in these files and folders, and the doctests of these modules, which are collected once."""
    pytest.main(
        ["-qq", "-s", "--tb=no", "--no-header", "--no-summary", *ALONE, *tests],
        [Collected(mutants, found, jobs, said)],
    )


@dataclass(slots=True)
class _Running:
    mutant: Mutant
    ends: float
    is_late: bool = False


def verdicts(
    mutants: list[Mutant], found: Covered, jobs: int, judge: Callable[[Mutant, list[str]], int]
) -> Iterator[tuple[Mutant, str]]:
    """Each mutant with how it ended: ``died``, ``survived``, ``not run`` by any test, or ``not judged``."""
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
            one = running.pop(child)
            yield one.mutant, "not judged" if one.is_late else _verdict(os.waitstatus_to_exitcode(status))
            continue
        for late, one in running.items():
            if time.monotonic() > one.ends:
                one.is_late = True
                os.kill(late, signal.SIGKILL)
        time.sleep(0.01)


def _verdict(code: int) -> str:
    """A test that fails, a module or a test that cannot be imported, and work without end (a signal) are a death."""
    return {0: "survived", FAILED_TO_JUDGE: "not judged"}.get(code, "died")


def _in_child(judge: Callable[[Mutant, list[str]], int], mutant: Mutant, tests: list[str], allowed: float) -> NoReturn:
    status = FAILED_TO_JUDGE
    with contextlib.suppress(BaseException):
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
        spent = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(spent.ru_utime + spent.ru_stime + allowed) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        status = int(judge(mutant, tests))
    os._exit(status)
