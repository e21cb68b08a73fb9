"""A plan of an import, and a comparison, in the terminal and for machines."""

from collections.abc import Mapping, Sequence
from typing import Any

import click

from registry.findings import Finding, Text
from registry.terminal.commands import read_finding
from registry.terminal.speech import read
from termbank.exchange.changes import Change
from termbank.exchange.comparing import Comparison
from termbank.exchange.planning import LOST_TEXTS, Fate, Plan, Planned
from termbank.exchange.records import Account

FATES = {
    Fate.NEW: Text("nya", "new"),
    Fate.CHANGED: Text("ändrade", "changed"),
    Fate.GONE: Text("borttagna", "gone"),
    Fate.REFUSED: Text("avvisade", "refused"),
    Fate.SAME: Text("oförändrade", "unchanged"),
}
UNITS = {"triples": Text("tripler", "triples"), "values": Text("värden", "values")}
_SHOWN = 50
"""So many concepts of each fate are shown to people; all are counted, and told to machines."""


def tell_plan(plan: Plan, titles: Mapping[str, str], only: Fate | None = None, page: int = 1) -> None:
    """What an import would do, concept by concept: of each fate so many, those of a page; of one fate alone where it is given."""
    if plan.unreadable is not None:
        _tell_finding(plan.unreadable)
        return
    click.echo(", ".join(f"{plan.counts[fate]} {read(text)}" for fate, text in FATES.items()))
    tell_account(plan.account)
    for finding in plan.findings[:_SHOWN]:
        _tell_finding(finding)
    for fate in (only,) if only else (Fate.REFUSED, Fate.NEW, Fate.CHANGED, Fate.GONE):
        chosen = plan.of(fate)
        if chosen:
            click.echo(f"\n{read(FATES[fate]).upper()} ({len(chosen)})")
        first = (page - 1) * _SHOWN
        for one in chosen[first : first + _SHOWN]:
            _tell_concept(one, titles)
        if len(chosen) > first + _SHOWN:
            left = len(chosen) - first - _SHOWN
            more = Text(
                f"och {left} till: --only {fate.value} --page {page + 1}",
                f"and {left} more: --only {fate.value} --page {page + 1}",
            )
            click.echo(f"  … {read(more)}")


def tell_account(account: Account) -> None:
    """The sums: what was read is what was kept and what was lost, each named."""
    unit = read(UNITS[account.unit])
    lost = sum(account.lost.values())
    said = Text(
        f"{account.read} {unit} lästa = {account.kept} behållna + {account.own} registrets egna + {lost} förlorade",
        f"{account.read} {unit} read = {account.kept} kept + {account.own} the registry's own + {lost} lost",
    )
    click.echo(read(said))
    for name, number in account.lost.items():
        click.echo(f"  {number:>6} {read(LOST_TEXTS[name]) if name in LOST_TEXTS else name}")


def tell_written(account: Account) -> None:
    """The sum of a written file, as its own reader counts it: what is of the content, and what the register added."""
    unit, added = read(UNITS[account.unit]), account.own + sum(account.lost.values())
    said = Text(
        f"{account.read} {unit} skrivna = {account.kept} av innehållet + {added} tillagda (versioner, tillstånd, tillämpningar)",
        f"{account.read} {unit} written = {account.kept} of the content + {added} generated (versions, states, statements)",
    )
    click.echo(read(said), err=True)


def tell_changes(changes: Sequence[Change]) -> None:
    for one in changes:
        click.echo(f"    {read(one.label)}: {_short(_said(one.before)) or '–'} → {_short(_said(one.after)) or '–'}")


def tell_comparison(comparison: Comparison) -> None:
    """What one side has otherwise than the other, concept by concept."""
    parts = ((Fate.NEW, comparison.new), (Fate.CHANGED, comparison.changed), (Fate.GONE, comparison.gone))
    counted = [f"{len(those)} {read(FATES[fate])}" for fate, those in parts]
    click.echo(", ".join([*counted, f"{comparison.same} {read(FATES[Fate.SAME])}"]))
    for fate, those in parts:
        if those:
            click.echo(f"\n{read(FATES[fate]).upper()} ({len(those)})")
        for one in those[:_SHOWN]:
            click.echo(f"  {_short(read(one.title))}  {_short(one.name)}")
            tell_changes(one.changes)
        if len(those) > _SHOWN:
            click.echo(f"  … {read(Text('och {} till', 'and {} more')).format(len(those) - _SHOWN)}")


def as_comparison(comparison: Comparison) -> dict[str, Any]:
    """For ``--json``: everything."""
    return {
        "same": comparison.same,
        **{
            fate.value: [
                {"name": one.name, "title": read(one.title), "changes": as_changes(one.changes)} for one in those
            ]
            for fate, those in (
                (Fate.NEW, comparison.new),
                (Fate.CHANGED, comparison.changed),
                (Fate.GONE, comparison.gone),
            )
        },
    }


def as_plan(plan: Plan, titles: Mapping[str, str]) -> dict[str, Any]:
    """For ``--json``: everything."""
    return {
        "unreadable": _as_read(plan.unreadable) if plan.unreadable else None,
        "counts": {fate.value: number for fate, number in plan.counts.items()},
        "account": as_account(plan.account),
        "findings": [_as_read(one) for one in plan.findings],
        "concepts": [
            {
                "fate": one.fate.value,
                "name": one.name,
                "row": one.row or None,
                "item": one.item or None,
                "title": read(one.title),
                "findings": [_as_read(finding) for finding in one.findings],
                "changes": as_changes(one.changes(titles)) if one.fate is Fate.CHANGED else [],
            }
            for one in plan.concepts
        ],
    }


def as_account(account: Account) -> dict[str, Any]:
    return {
        "unit": account.unit,
        "read": account.read,
        "kept": account.kept,
        "own": account.own,
        "lost": dict(account.lost),
        "adds_up": account.adds_up,
    }


def as_changes(changes: Sequence[Change]) -> list[dict[str, str]]:
    return [{"what": read(one.label), "before": _said(one.before), "after": _said(one.after)} for one in changes]


def _said(text: Text | str) -> str:
    return read(text) if isinstance(text, Text) else text


def _tell_concept(one: Planned, titles: Mapping[str, str]) -> None:
    where = f" ({read(Text('rad', 'line'))} {one.row})" if one.row else ""
    click.echo(f"  {_short(read(one.title))}{where}  {'' if one.is_nameless else _short(one.name)}".rstrip())
    for finding in one.findings:
        _tell_finding(finding, "    ")
    if one.fate is Fate.CHANGED:
        tell_changes(one.changes(titles))


def _tell_finding(finding: Finding, margin: str = "") -> None:
    told = read_finding(finding)
    click.echo(f"{margin}{told.code}: {told.title}. {told.body} {told.mend}")


def _short(text: str) -> str:
    """A text as a line of a terminal has room for it.

    >>> _short("a\\nb"), len(_short("x" * 100_000))
    ('a b', 300)
    """
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 2]} …"


_LONGEST = 300
"""Characters of a text that people are shown; machines get all of it."""


def _as_read(finding: Finding) -> dict[str, Any]:
    told = read_finding(finding)
    said = {"title": told.title, "body": told.body, "mend": told.mend}
    return {"code": finding.code, "severity": finding.severity.value, **said}
