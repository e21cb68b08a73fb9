"""The commands ``legal audit`` and ``legal protect``: the small-number engine on files.

Exit status: 0 nothing exposed, 1 something exposed, 2 bad input (nothing is written then).
"""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import AppGroup

from legal_checks.small_numbers.audit import AuditResult, Exposure, audit
from legal_checks.small_numbers.files import read_inner_cells, read_published, write_published
from legal_checks.small_numbers.finding_texts import FINDING_TEXTS
from legal_checks.small_numbers.protection import CellStatus, ProtectionResult, protect
from legal_checks.small_numbers.table import Problem
from registry.findings import Catalogue, Finding, Severity, worst
from registry.terminal import terminal_language, unreadable, write_file
from submission_portal.legal_desk.spec import Spec, read_spec

EXPOSED = 1
BAD_INPUT = 2
_LANGUAGE = click.option(
    "--language",
    type=click.Choice(["sv", "en"]),
    default=terminal_language,
    help="The language of findings; otherwise that of the terminal.",
)
_FILE = click.Path(path_type=Path)

legal_group = AppGroup("legal", help="Legal checks on tables: small numbers.")


@legal_group.command("protect", with_appcontext=False)
@click.argument("table", type=_FILE)
@click.option("--spec", "spec_path", type=_FILE, required=True, help="The table's description (JSON).")
@click.option("--released", type=_FILE, multiple=True, help="An earlier published table; may be repeated.")
@click.option("--time-limit", type=click.FloatRange(min=0), default=None, help="Seconds for the search.")
@click.option("-o", "--output", type=_FILE, required=True, help="Where the published table is written.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON on standard output.")
@_LANGUAGE
def protect_command(
    table: Path,
    spec_path: Path,
    released: tuple[Path, ...],
    time_limit: float | None,
    output: Path,
    as_json: bool,
    language: str,
) -> None:
    """Hides as few cells of TABLE as possible so that nothing hidden can be worked out."""
    problem, findings = _problem(spec_path, table, released)
    if problem is None:
        _end_with(findings, as_json, language)
    result = protect(problem, time_limit=time_limit)
    if not result.cells:
        _end_with(result.findings, as_json, language, exposed=_exposed(result.exposed, problem, language))
    write_file(output, write_published(problem.columns, result.cells).encode("utf-8"))
    if as_json:
        _write_json(_protection(result, problem, language))
    else:
        _say(result.findings, language)
        click.echo(_PROTECTED[language].format(len(result.primary), len(result.secondary), result.cost, result.bound))
        _say_exposed(result.exposed, language)
    sys.exit(EXPOSED if result.exposed else 0)


@legal_group.command("audit", with_appcontext=False)
@click.argument("table", type=_FILE)
@click.option("--spec", "spec_path", type=_FILE, required=True, help="The table's description (JSON).")
@click.option("--released", type=_FILE, multiple=True, help="An earlier published table; may be repeated.")
@click.option("--original", type=_FILE, default=None, help="The inner cells, to say how wide intervals must be.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON on standard output.")
@_LANGUAGE
def audit_command(
    table: Path, spec_path: Path, released: tuple[Path, ...], original: Path | None, as_json: bool, language: str
) -> None:
    """Names the cells of the published TABLE that can be worked out, and how."""
    problem, findings = _problem(spec_path, original, released)
    if problem is None:
        _end_with(findings, as_json, language)
    text, findings = _text(table)
    if text is None:
        _end_with(findings, as_json, language)
    published, findings = read_published(text, problem.columns, table.name)
    if findings:
        _end_with(findings, as_json, language)
    result = audit(problem, published)
    if worst(result.findings) is Severity.ERROR:
        _end_with(result.findings, as_json, language)
    if as_json:
        _write_json(_audit(result, problem, language))
    else:
        _say(result.findings, language)
        click.echo(_AUDITED[language].format(result.checked, len(result.exposed)))
        _say_exposed(result.exposed, language)
    sys.exit(EXPOSED if result.exposed else 0)


_PROTECTED = {
    "sv": "{} känsliga celler och {} ytterligare dolda. Kostnad {:g}, minst möjliga {:g}.",
    "en": "{} sensitive cells and {} more hidden. Cost {:g}, least possible {:g}.",
}
_AUDITED = {"sv": "{} dolda celler prövade, {} röjda.", "en": "{} hidden cells checked, {} exposed."}


def _problem(spec_path: Path, inner: Path | None, released: tuple[Path, ...]) -> tuple[Problem | None, list[Finding]]:
    """The problem that the files describe, or ``None`` and what is wrong with them."""
    text, findings = _text(spec_path)
    if text is None:
        return None, findings
    spec, findings = read_spec(text)
    if spec is None:
        return None, findings
    problem = spec.problem
    if inner is not None:
        problem, findings = _with_cells(spec, inner)
    earlier = []
    for path in released:
        text, wrong = _text(path)
        findings = [*findings, *wrong]
        if text is not None:
            published, wrong = read_published(text, spec.columns, path.name, spec.value, all_columns=False)
            findings = [*findings, *wrong]
            earlier.append(published)
    if findings:
        return None, findings
    return replace(problem, released=tuple(earlier)), []


def _with_cells(spec: Spec, path: Path) -> tuple[Problem, list[Finding]]:
    text, findings = _text(path)
    if text is None:
        return spec.problem, findings
    read, findings = read_inner_cells(text, spec.columns, spec.value, spec.weight)
    if not read.cells and not findings:
        findings = [Finding("small-numbers-empty-table", Severity.ERROR)]
    cost = read.weights if spec.weight else spec.problem.cost
    return replace(spec.problem, cells=read.cells, cost=cost), findings


def _text(path: Path) -> tuple[str | None, list[Finding]]:
    try:
        return path.read_text(encoding="utf-8-sig"), []
    except OSError as error:
        why = unreadable(path, error)
        params = {"name": str(path), "reason": why.en, "reason_sv": why.sv}
        return None, [Finding("small-numbers-file-unreadable", Severity.ERROR, params)]
    except UnicodeDecodeError:
        return None, [Finding("small-numbers-file-encoding", Severity.ERROR, {"name": str(path)})]


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


def _end_with(
    findings: tuple[Finding, ...] | list[Finding],
    as_json: bool,
    language: str,
    exposed: list[dict[str, Any]] | None = None,
) -> NoReturn:
    """Says what is wrong, and ends with the status for bad input."""
    if as_json:
        _write_json({"findings": _findings(findings, language), "exposed": exposed or []})
    _say(findings, language)
    sys.exit(BAD_INPUT)
