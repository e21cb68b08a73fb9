"""Small numbers in files: what the commands ``legal audit`` and ``legal protect`` do. Brings the solvers with it."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from legal_checks.small_numbers.audit import AuditResult, Exposure, audit
from legal_checks.small_numbers.files import read_inner_cells, read_published, write_published
from legal_checks.small_numbers.finding_texts import FINDING_TEXTS, FINDINGS
from legal_checks.small_numbers.protection import CellStatus, ProtectionResult, protect
from legal_checks.small_numbers.table import Problem
from registry.finding_catalogue import Catalogue
from registry.findings import Finding, Param, Severity, worst
from registry.terminal.files import unreadable, write_file
from submission_portal.legal_desk.spec import Spec, read_spec

EXPOSED = 1
BAD_INPUT = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """How a run answers: in which language, and whether to people or to programs."""

    language: str
    as_json: bool


def run_protect(
    table: Path, spec_path: Path, released: tuple[Path, ...], time_limit: float | None, output: Path, answer: Answer
) -> int:
    """Hide cells of a table and write what may be published; the exit status."""
    problem, findings = _problem(spec_path, table, released)
    if problem is None:
        return _bad_input(findings, answer)
    result = protect(problem, time_limit=time_limit)
    if not result.cells:
        return _bad_input(result.findings, answer, _exposed(result.exposed, problem, answer.language))
    write_file(output, write_published(problem.columns, result.cells).encode("utf-8"))
    if answer.as_json:
        _write_json(_protection(result, problem, answer.language))
    else:
        _say(result.findings, answer.language)
        counted = (len(result.primary), len(result.secondary), result.cost, result.bound)
        click.echo(_PROTECTED[answer.language].format(*counted))
        _say_exposed(result.exposed, answer.language)
    return EXPOSED if result.exposed else 0


def run_audit(table: Path, spec_path: Path, released: tuple[Path, ...], original: Path | None, answer: Answer) -> int:
    """Name what can be worked out of a published table; the exit status."""
    text, missing = _text(table)
    problem, findings = _problem(spec_path, original, released)
    if problem is None or text is None:
        return _bad_input([*missing, *findings], answer)
    published, findings = read_published(text, problem.columns, table.name)
    if findings:
        return _bad_input(findings, answer)
    result = audit(problem, published)
    if worst(result.findings) is Severity.ERROR:
        return _bad_input(result.findings, answer)
    if answer.as_json:
        _write_json(_audit(result, problem, answer.language))
    else:
        _say(result.findings, answer.language)
        click.echo(_AUDITED[answer.language].format(result.checked, len(result.exposed)))
        _say_exposed(result.exposed, answer.language)
    return EXPOSED if result.exposed else 0


_PROTECTED = {
    "sv": "{} känsliga celler och {} ytterligare dolda. Kostnad {:g}, minst möjliga {:g}.",
    "en": "{} sensitive cells and {} more hidden. Cost {:g}, least possible {:g}.",
}
_AUDITED = {"sv": "{} dolda celler prövade, {} röjda.", "en": "{} hidden cells checked, {} exposed."}


def _problem(spec_path: Path, inner: Path | None, released: tuple[Path, ...]) -> tuple[Problem | None, list[Finding]]:
    """The problem that the files describe, or ``None`` and what is wrong with them: all files are looked at first."""
    paths = [spec_path, *([inner] if inner else []), *released]
    read = [(path, *_text(path)) for path in paths]
    findings = [one for _, _, wrong in read for one in wrong]
    texts = {path: text for path, text, _ in read if text is not None}
    spec: Spec | None = None
    if spec_path in texts:
        spec, wrong = read_spec(texts[spec_path])
        findings += wrong
    if spec is None or len(texts) < len(set(paths)):
        return None, findings
    problem = spec.problem
    if inner is not None:
        problem, findings = _with_cells(spec, texts[inner])
    earlier = []
    for path in released:
        published, wrong = read_published(texts[path], spec.columns, path.name, spec.value, all_columns=False)
        findings = [*findings, *wrong]
        earlier.append(published)
    if findings:
        return None, findings
    return replace(problem, released=tuple(earlier)), []


def _with_cells(spec: Spec, text: str) -> tuple[Problem, list[Finding]]:
    read, findings = read_inner_cells(text, spec.columns, spec.value, spec.weight)
    if not read.cells and not findings:
        findings = [FINDINGS.found("small-numbers-empty-table")]
    cost = read.weights if spec.weight else spec.problem.cost
    return replace(spec.problem, cells=read.cells, cost=cost), findings


def _text(path: Path) -> tuple[str | None, list[Finding]]:
    """The text of a file, or ``None`` and why there is none."""
    try:
        return path.read_text(encoding="utf-8-sig"), []
    except OSError as error:
        why = unreadable(path, error)
        params: dict[str, Param] = {"name": str(path), "reason": why}
        return None, [FINDINGS.found("small-numbers-file-unreadable", params)]
    except UnicodeDecodeError:
        return None, [FINDINGS.found("small-numbers-file-encoding", {"name": str(path)})]


def _protection(result: ProtectionResult, problem: Problem, language: str) -> dict[str, Any]:
    columns = problem.columns
    return {
        "cells": [
            {"cell": dict(zip(columns, one.cell, strict=True)), "value": one.value, "status": one.status.value}
            for one in result.cells
        ],
        "primary": [dict(zip(columns, cell, strict=True)) for cell in result.primary],
        "secondary": [dict(zip(columns, cell, strict=True)) for cell in result.secondary],
        "hidden": sum(one.status is CellStatus.HIDDEN for one in result.cells),
        "cost": result.cost,
        "bound": result.bound,
        "gap": result.gap,
        "seconds": result.seconds,
        "exposed": _exposed(result.exposed, problem, language),
        "findings": _findings(result.findings, language),
    }


def _audit(result: AuditResult, problem: Problem, language: str) -> dict[str, Any]:
    return {
        "exposed": _exposed(result.exposed, problem, language),
        "checked": result.checked,
        "seconds": result.seconds,
        "findings": _findings(result.findings, language),
    }


def _exposed(exposed: tuple[Exposure, ...], problem: Problem, language: str) -> list[dict[str, Any]]:
    return [
        {
            "cell": dict(zip(problem.columns, one.cell, strict=True)),
            "lowest": one.lowest,
            "highest": one.highest,
            "attack": one.attack.in_language(language),
        }
        for one in exposed
    ]


def _findings(findings: tuple[Finding, ...] | list[Finding], language: str) -> list[dict[str, Any]]:
    catalogue = Catalogue(FINDING_TEXTS)
    written = []
    for finding in findings:
        readable = catalogue.read(finding, language)
        texts = {"title": readable.title, "body": readable.body, "mend": readable.mend}
        written.append({**finding.as_dict(), **texts})
    return written


def _say(findings: tuple[Finding, ...] | list[Finding], language: str) -> None:
    """Findings on standard error, each with the first places it points at."""
    catalogue = Catalogue(FINDING_TEXTS)
    for finding in findings:
        readable = catalogue.read(finding, language)
        click.echo(f"{readable.title}: {readable.body} {readable.mend}", err=True)
        for place in finding.places:
            cell = " × ".join(code for _, code in place.key)
            row = f"{place.row}:" if place.row else ""
            click.echo(f"  {row} {cell} {place.value or ''}".rstrip(), err=True)


def _say_exposed(exposed: tuple[Exposure, ...], language: str) -> None:
    for one in exposed:
        highest = "∞" if one.highest is None else f"{one.highest:g}"
        click.echo(f"  {' × '.join(one.cell)} [{one.lowest:g}, {highest}]: {one.attack.in_language(language)}")


def _write_json(content: dict[str, Any]) -> None:
    click.echo(json.dumps(content, ensure_ascii=False, indent=1))


def _bad_input(
    findings: tuple[Finding, ...] | list[Finding], answer: Answer, exposed: list[dict[str, Any]] | None = None
) -> int:
    """Say what is wrong; the status for bad input."""
    if answer.as_json:
        _write_json({"findings": _findings(findings, answer.language), "exposed": exposed or []})
    _say(findings, answer.language)
    return BAD_INPUT
