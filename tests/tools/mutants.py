"""Mutants of the pure modules: small faults, each of which the unit tests should notice. `make mutants` runs it.

python -m tests.tools.mutants [--seed N] [--count N] [--jobs N] [--only PART …] [--tests PATH …] [--list]

A module is pure when its docstring says so (*Pure*). Every place in such a module where one operator, bound, condition
or statement can be changed is a mutant; ``--count`` of them are drawn by ``--seed``, and each is judged by the unit tests
(and the module's own doctests) that run the changed line. Which those are is measured first, by a run with coverage. What is
run by importing (a constant, a default) is judged by the files of tests that import the module, or run any of it.

No file is changed: see `judging`. Survivors that cannot be killed, since they change nothing that can be seen, are
listed with the reason in ``tests/mutants.md``. Exit status 1: fewer than nine of ten died, or a survivor is not listed.
"""

import argparse
import ast
import importlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

from tests.tools.judging import ALONE, ROOT, Covered, Mutant, is_within, judge_collected, judge_imported, verdicts
from tests.tools.mutations import mutations

PACKAGES = ("registry", "termbank", "information_models", "submission_portal", "legal_checks")
KNOWN = ROOT / "tests" / "mutants.md"
SEED, COUNT = 2026, 200
SHARE = 0.9
"""Of the drawn mutants that have to die."""
LIBRARIES = ("polars", "flask", "sqlalchemy", "wtforms", "rdflib", "jsonschema", "hypothesis", "openpyxl", "xlsxwriter",
             "scipy.optimize", "highspy", "structlog", "flask_babel", "flask_wtf", "pytest", "_pytest.doctest")  # fmt: skip


def pure_modules() -> list[Path]:
    """The modules whose docstring says that they are pure, in order."""
    found = []
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if re.search(r"\bPure\b", ast.get_docstring(ast.parse(path.read_bytes())) or ""):
                found.append(path.relative_to(ROOT))
    return found


def drawn(seed: int, count: int, only: Sequence[str]) -> list[Mutant]:
    """``count`` of all mutants, the same for the same seed and sources. Each has its own lot, of the seed and of what it is, so
    that a change elsewhere draws nearly the same ones again.
    """
    every = [
        Mutant(path, number, mutation)
        for path in pure_modules()
        if not only or any(part in str(path) for part in only)
        for number, mutation in enumerate(mutations(ast.parse((ROOT / path).read_bytes())))
    ]
    print(f"{len(every)} mutants of {len({one.module for one in every})} pure modules; seed {seed}.")
    met: Counter[tuple[str, str, str]] = Counter()
    lots: dict[str, Mutant] = {}
    for one in every:
        met[one.key] += 1
        lots[sha256("\n".join((str(seed), *one.key, str(met[one.key]))).encode()).hexdigest()] = one
    return [lots[lot] for lot in sorted(lots)[:count]]


def covered(modules: list[Path], tests: Sequence[str], jobs: int, kept: Path | None) -> Covered:
    """Runs the unit tests and the doctests once, with coverage of the modules; or reads what was ``kept`` of that."""
    found = Covered()
    if kept is not None and kept.exists():
        found.seconds, lines, when_imported, unfit = json.loads(kept.read_text())
        found.unfit.update(unfit)
        found.when_imported.update((path, line) for path, line in when_imported)
        found.by_line.update({(path, line): set(tests) for path, line, tests in lines})
        return found
    _measure(found, modules, tests, jobs)
    if kept is not None:
        lines = [(path, line, sorted(tests)) for (path, line), tests in found.by_line.items()]
        kept.write_text(json.dumps([found.seconds, lines, sorted(found.when_imported), sorted(found.unfit)]))
    return found


def _measure(found: Covered, modules: list[Path], tests: Sequence[str], jobs: int) -> None:
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
            "-o", "junit_family=xunit1", *ALONE[:3], *tests, *map(str, modules),
        ]  # fmt: skip
        subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.DEVNULL)
        subprocess.run(
            [sys.executable, "-m", "coverage", "json", "-q", f"--rcfile={config}", "-o", str(lines)],
            cwd=ROOT,
            check=True,
        )
        for case in ElementTree.parse(report).iter("testcase"):
            name = f"{case.get('file')}::{case.get('name')}"
            found.seconds[name] = float(case.get("time", 0))
            if case.find("failure") is not None or case.find("error") is not None or case.find("skipped") is not None:
                found.unfit.add(name)
        for path, measured in json.loads(lines.read_text())["files"].items():
            for line, contexts in measured["contexts"].items():
                found.by_line[path, int(line)] = {one.rpartition("|")[0] for one in contexts if one} - found.unfit
                if "" in contexts:
                    found.when_imported.add((path, int(line)))
    print(
        f"{len(found.seconds) - len(found.unfit)} tests; {len(found.unfit)} need the whole application and judge nothing."
    )


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
    parser.add_argument("--only", nargs="+", default=(), help="Only of modules with one of these in their path.")
    parser.add_argument("--tests", nargs="+", default=["tests/unit"], help="Judge by these files or folders alone.")
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
    found = covered(modules, asked.tests, asked.jobs, asked.covered)
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
        judge_collected(within, found, asked.jobs, [*asked.tests, *map(str, modules)], said)
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
