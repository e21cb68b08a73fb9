"""Measures the small-number engine: `python tests/benchmarks/small_numbers_speed.py [name ...]`.

Names: delivery, three-way, tauargus, hospitals-ex, hospitals-int, shown-ex, shown-int, audits, monthly (shown: zeros must be). Prints one line each: what, seconds, outcome.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]

from small_numbers_tables import hospital_table, monthly_hospital_table, three_way_table  # noqa: E402

from legal_checks.small_numbers.audit import audit  # noqa: E402
from legal_checks.small_numbers.derivation import derive  # noqa: E402
from legal_checks.small_numbers.exposure import knowledge_of  # noqa: E402
from legal_checks.small_numbers.intervals import attack_intervals  # noqa: E402
from legal_checks.small_numbers.protection import ProtectionResult, protect  # noqa: E402
from legal_checks.small_numbers.reading import prepare  # noqa: E402
from legal_checks.small_numbers.table import (  # noqa: E402
    CostKind,
    Dimension,
    Problem,
    Protection,
    ProtectionKind,
    PublishedTable,
)


def report(name: str, seconds: float, outcome: str) -> None:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{name:<34} {seconds:8.2f} s   {outcome}   (peak {memory:.2f} GB, CPU so far {time.process_time():.1f} s)",
        flush=True,
    )


def protected(name: str, problem: Problem, time_limit: float | None) -> ProtectionResult:
    started = time.monotonic()
    result = protect(problem, time_limit=time_limit)
    report(
        name,
        time.monotonic() - started,
        f"{len(result.primary)} primary, {len(result.secondary)} secondary, cost {result.cost:.0f}, "
        f"bound {result.bound:.0f}, gap {100 * result.gap:.2f} %, exposed {len(result.exposed)}",
    )
    return result


def delivery() -> None:
    numbers = np.random.default_rng(2)
    cells = {(f"W{w}", f"M{m}"): int(numbers.poisson(7)) for w in range(20) for m in range(12)}
    problem = Problem((Dimension("ward", "T"), Dimension("month", "year")), cells)
    for kind in ProtectionKind:
        protected(f"delivery, {kind}", replace(problem, protection=Protection(kind, Fraction(30))), None)


def three_way() -> None:
    for cost in CostKind:
        for kind in ProtectionKind:
            problem = replace(three_way_table(), protection=Protection(kind, Fraction(30)), cost=cost)
            protected(f"1,716 cells, {kind}, {cost}", problem, 60)


def tauargus() -> None:
    """The peer on the same counts; no zeros in its table, so one person is put in each empty cell on both sides."""
    problem = three_way_table()
    problem = replace(problem, cells={cell: max(1, min(value, 60)) for cell, value in problem.cells.items()})
    protected("1,716 cells without zeros, ex", problem, 60)
    job = Path(__file__).parent / "small_numbers_tauargus.py"
    for suppress in ("MOD(1)", "OPT(1)"):
        content = {"columns": problem.columns, "cells": list(problem.cells.items()), "rule": "FREQ(5,30)"}
        started = time.monotonic()
        try:
            done = subprocess.run(
                [sys.executable, str(job)],
                input=json.dumps({**content, "suppress": suppress}),
                capture_output=True,
                text=True,
                timeout=120,
                check=True,
                cwd=tempfile.gettempdir(),  # τ-ARGUS leaves its own files where it is run
            )
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
            report(f"pytauargus {suppress}", time.monotonic() - started, type(error).__name__)
            continue
        answer = json.loads(done.stdout.splitlines()[-1])
        total = dict.fromkeys(("Total",), "T")
        cells = {tuple(total.get(code, code) for code in codes): value for codes, value in answer["cells"]}
        shown = {cell: None if value is None else int(value) for cell, value in cells.items()}
        exposed = audit(problem, PublishedTable(problem.columns, shown)).exposed
        hidden = sum(value is None for value in shown.values())
        report(f"pytauargus {suppress}", answer["seconds"], f"{hidden} hidden, exposed by our audit {len(exposed)}")


def hospitals_ex() -> None:
    protected("11,016 cells, ex", hospital_table(), 110)


def hospitals_int() -> None:
    protected("11,016 cells, int", replace(hospital_table(), protection=Protection(ProtectionKind.INT)), 170)


def _with_zeros_shown() -> Problem:
    """What *published* zeros mean to most statisticians: none may be hidden to protect another cell."""
    problem = hospital_table()
    return replace(problem, policy=replace(problem.policy, hide_zeros=False))


def shown_ex() -> None:
    protected("11,016 cells, zeros shown, ex", _with_zeros_shown(), 120)


def shown_int() -> None:
    wide = Protection(ProtectionKind.INT)
    protected("11,016 cells, zeros shown, int", replace(_with_zeros_shown(), protection=wide), 180)


def audits() -> None:
    problem = hospital_table()
    prepared, _ = prepare(replace(problem, protection=Protection(ProtectionKind.INT)))
    result = protected("11,016 cells, ex, quickly", problem, 20)
    assert prepared is not None
    task = prepared.task
    hidden_cells = np.array([cell.value is None for cell in result.cells])
    hidden = np.zeros(task.truth.size, dtype=bool)
    hidden[task.system.variable[hidden_cells]] = True
    knowledge = knowledge_of(task, hidden)
    started = time.monotonic()
    derivation = derive(knowledge)
    assert derivation is not None
    report("audit 11,016, ex", time.monotonic() - started, f"{int((derivation.derived & task.primary).sum())} derived")
    for name, enough in (("int decision", (task.lowest, task.highest)), ("all intervals", None)):
        started = time.monotonic()
        attack_intervals(knowledge, task.primary, witness=task.truth, enough=enough)
        report(f"audit 11,016, {name}", time.monotonic() - started, f"{int(task.primary.sum())} primary")


def monthly() -> None:
    problem = monthly_hospital_table()
    result = protected("143,208 cells, ex", problem, None)
    published = PublishedTable(problem.columns, {one.cell: one.value for one in result.cells})
    started = time.monotonic()
    answer = audit(problem, published)
    report("audit 143,208, ex", time.monotonic() - started, f"{len(answer.exposed)} exposed of {answer.checked}")


ALL: dict[str, Callable[[], None]] = {
    "delivery": delivery,
    "three-way": three_way,
    "tauargus": tauargus,
    "hospitals-ex": hospitals_ex,
    "hospitals-int": hospitals_int,
    "shown-ex": shown_ex,
    "shown-int": shown_int,
    "audits": audits,
    "monthly": monthly,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or ALL:
        ALL[name]()
