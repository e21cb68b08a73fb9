"""Patterns made by τ-ARGUS, and the same damaged on purpose, under our audit."""

import json
import random
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from legal_checks.small_numbers.audit import audit
from legal_checks.small_numbers.protection import protect
from legal_checks.small_numbers.table import Dimension, Problem, PublishedTable
from tests.unit.legal_checks.small_numbers import oracle

JOB = Path(__file__).parents[3] / "benchmarks" / "small_numbers_tauargus.py"


def problem(seed):
    # No zeros: τ-ARGUS builds the table of the people that it is given, and nobody is in a zero.
    numbers = random.Random(seed)
    counts = [1, 2, 3, 6, 9, 14, 20]
    cells = {(f"x{x}", f"y{y}"): numbers.choice(counts) for x in range(5) for y in range(4)}
    return Problem((Dimension("x", "Total"), Dimension("y", "Total")), cells)


def pattern_of_tauargus(table, suppress):
    job = {"columns": table.columns, "cells": list(table.cells.items()), "suppress": suppress, "rule": "FREQ(5,30)"}
    with TemporaryDirectory() as folder:  # τ-ARGUS leaves its own files where it is run
        done = subprocess.run(
            [sys.executable, str(JOB)], input=json.dumps(job), capture_output=True, text=True, timeout=120, check=True, cwd=folder
        )  # fmt: skip
    cells = json.loads(done.stdout.splitlines()[-1])["cells"]
    return {tuple(codes): None if value is None else int(value) for codes, value in cells}


@pytest.mark.parametrize("suppress", ["OPT(1)", "MOD(1)"])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_pattern_of_tauargus_passes_and_is_no_cheaper_than_ours(seed, suppress):
    table = problem(seed)
    cells = pattern_of_tauargus(table, suppress)
    hidden = {cell for cell, value in cells.items() if value is None}

    assert {one.cell for one in audit(table, PublishedTable(table.columns, cells)).exposed} == oracle.exposed_cells(
        table, hidden
    )
    if not oracle.exposed_cells(table, hidden):
        values = oracle.all_values(table)
        theirs = sum(values[cell] for cell in hidden - oracle.primary_cells(table))
        assert protect(table).cost <= theirs


def test_every_damage_to_a_pattern_of_tauargus_is_found():
    table = problem(3)
    cells, values = pattern_of_tauargus(table, "OPT(1)"), oracle.all_values(table)
    for shown in [cell for cell, value in cells.items() if value is None]:
        damaged = {**cells, shown: values[shown]}
        hidden = {cell for cell, value in damaged.items() if value is None}
        exposed = {one.cell for one in audit(table, PublishedTable(table.columns, damaged)).exposed}
        assert exposed == oracle.exposed_cells(table, hidden)
