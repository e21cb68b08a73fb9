"""An examined vocabulary in the terminal, and for machines."""

from typing import Any

import click

from registry.finding_catalogue import FindingEntry
from registry.findings import Finding, Severity, Text
from registry.terminal.commands import read_finding
from registry.terminal.speech import read, terminal_language
from termbank.finding_texts.all import FINDINGS
from termbank.vocabularies.conditions import Outcome
from termbank.vocabularies.examining import Examination
from termbank.vocabularies.quality import NOT_RUN

MOST_TOLD = 200
"""So many findings of each check are told to machines; all are counted."""
_SHOWN = 5
"""So many are shown to people."""
_SIGNS = {
    Severity.ERROR: Text("FEL", "ERROR"),
    Severity.WARNING: Text("VARNING", "WARNING"),
    Severity.INFO: Text("UPPLYSNING", "INFO"),
}
_COUNTED = {
    "triples": Text("tripler", "triples"),
    "schemes": Text("begreppssystem", "schemes"),
    "concepts": Text("begrepp", "concepts"),
    "collections": Text("samlingar", "collections"),
}


def tell_examination(examination: Examination) -> None:
    """What a vocabulary holds, what was found in it, and what was not looked for."""
    language = terminal_language()
    if examination.counts:
        click.echo(
            ", ".join(f"{count} {_COUNTED[name].in_language(language)}" for name, count in examination.counts.items())
        )
    if examination.unreadable is not None:
        told = read_finding(examination.unreadable)
        click.echo(f"{read(_SIGNS[Severity.ERROR])} {told.code}: {told.title}\n  {told.body}\n  {told.mend}")
        return
    order = list(_SIGNS)
    for one in sorted(examination.outcomes, key=lambda one: order.index(FINDINGS[one.code].severity)):
        if one.count:
            _tell_outcome(one, FINDINGS[one.code])
    passed = sum(not one.count for one in examination.outcomes)
    click.echo(read(Text(f"\n{passed} kontroller fann ingenting.", f"\n{passed} checks found nothing.")))
    for what, why in NOT_RUN:
        click.echo(f"{read(Text('inte körd', 'not run'))}: {read(what)}: {read(why)}")


def as_examination(source: str, examination: Examination) -> dict[str, Any]:
    """For ``--json``: every check with its source and how often it found something, and the first findings of each."""
    unreadable = examination.unreadable
    return {
        "source": source,
        "ok": not examination.has_errors,
        "counts": dict(examination.counts),
        "unreadable": _as_read(unreadable) if unreadable else None,
        "checks": [
            {
                "code": one.code,
                "title": read(FINDINGS[one.code].title),
                "severity": FINDINGS[one.code].severity.value,
                "source": FINDINGS[one.code].source,
                "count": one.count,
                "findings": [_as_read(finding) for finding in one.findings],
            }
            for one in examination.outcomes
        ],
        "not_run": [{"what": read(what), "why": read(why)} for what, why in NOT_RUN],
    }


def _tell_outcome(one: Outcome, entry: FindingEntry) -> None:
    click.echo(f"\n{read(_SIGNS[entry.severity])} {one.code}: {read(entry.title)} ({one.count}) [{entry.source}]")
    for finding in one.findings[:_SHOWN]:
        click.echo(f"  {read_finding(finding).body}")
    if one.count > _SHOWN:
        click.echo(f"  … {read(Text(f'och {one.count - _SHOWN} till', f'and {one.count - _SHOWN} more'))}")
    click.echo(f"  → {read(entry.mend)}")


def _as_read(finding: Finding) -> dict[str, Any]:
    told = read_finding(finding)
    where = [place.value or place.row for place in finding.places]
    return {"code": finding.code, "body": told.body, "mend": told.mend, "at": where}
