"""Figures and traces on the command line. Exit status 1: nothing is published; 2: there is no such thing."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from registry import clock
from registry.actors import PUBLIC, SYSTEM
from registry.db import db, transaction
from registry.errors import NotFound
from registry.findings import Text
from registry.period import Period
from registry.provenance import Provenance
from registry.terminal.exports import chosen_format, export_options, write_exported
from registry.terminal.speech import fail, read, say, terminal_language, these
from submission_portal.followup import recomposing
from submission_portal.followup.addresses import url_of
from submission_portal.followup.breaks import COUNTRY, Break, of_region
from submission_portal.followup.compilations.gate import shown_to
from submission_portal.followup.compilations.shown import ShownTable
from submission_portal.followup.compilations_cli import compilations, note_refused, print_closed
from submission_portal.followup.downloads import figure_object, number
from submission_portal.followup.figures import Figure, Status
from submission_portal.followup.formats import FORMATS
from submission_portal.followup.gateway import current_table, current_tables, version_numbered
from submission_portal.followup.incomparable import Incomparables
from submission_portal.followup.incomparable_pairs import incomparables
from submission_portal.followup.inner_cells import REGIONS
from submission_portal.followup.lookup import find_trace
from submission_portal.followup.plans import PlannedMeasure, planned_by_slug
from submission_portal.followup.queries import (
    breaks_of,
    count_of_releases,
    figures_of,
    periods_of,
    regions_of,
)
from submission_portal.followup.table_files import file_stem, table_source
from submission_portal.followup.tables import TableVersion
from submission_portal.followup.trace import Trace
from submission_portal.followup.trace_nodes import Link, TraceNode
from submission_portal.followup.versions import measures_with_tables
from termbank.applications.regions import region_name

followup = AppGroup("followup", help="Published figures.", commands=[compilations])
PROVENANCES = {
    Provenance.REPRODUCED: Text("återgivna ur en publicerad källa", "reproduced from a published source"),
    Provenance.MADE_UP: Text("påhittade siffror", "made-up figures"),
}
KNOT_NAMES = {
    "concept": Text("begrepp", "concept"),
    "application": Text("tillämpning", "application"),
    "model": Text("informationsmodell", "information model"),
    "flow": Text("leveranslinje", "delivery line"),
    "delivery": Text("leverans", "delivery"),
    "decision": Text("beslut", "decision"),
    "figure": Text("siffra", "figure"),
}


@followup.command("figures")
@click.argument("measure")
@click.option("--region", help="A region's county code or name, such as 25 or Norrbotten; 00 is the country.")
@click.option("--period", help="One period, such as 2018, 2018-03 or 2018-03-01.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def show_figures(measure: str, region: str | None, period: str | None, as_json: bool) -> None:
    """The published figures of MEASURE, with their coverage and breaks."""
    planned, table = _published(measure)
    shown = shown_to(db.session, planned, table, PUBLIC)
    region = _region_with_figures(planned, shown, region) if region else None
    periods = [_period_of(shown, period)] if period else None
    found = figures_of(shown, region=region, periods=periods)
    closed = shown.closed_of(region=region or "", period=str(periods[0]) if periods else "")
    note_refused(shown, closed)
    breaks = breaks_of(table)
    if region is not None:
        breaks = of_region(breaks, region, planned.plan.is_summed)
    apart = incomparables(db.session, planned.measure.concepts, planned.measure.concept_versions).of(region)
    if as_json:
        told = _figures_object(planned, shown, found, breaks) | {"comparability": apart.as_dict()}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _print_figures(planned, table, found, breaks)
        _print_incomparables(apart, found)
    print_closed(planned, closed)
    if found and all(one.status is Status.NEEDS_DECISION for one in found):
        raise SystemExit(1)


@followup.command("export")
@click.argument("measure")
@click.option("--version", "number", type=click.IntRange(min=1), help="An earlier version of the table, by its number.")
@export_options(FORMATS, default="csv")
def export(measure: str, number: int | None, format_name: str, output: Path | None, **asked: str | None) -> None:
    """Write the published table of MEASURE as a file.

    What the format cannot carry of the table is told on standard error.
    """
    chosen, options = chosen_format(FORMATS, format_name, asked)
    planned, table = _published(measure)
    if number is not None:
        table = _numbered(measure, number, table)
    shown = shown_to(db.session, planned, table, PUBLIC)
    if options.region is not None:
        options = replace(options, region=_region_with_figures(planned, shown, options.region))
    if options.period is not None:
        options = replace(options, period=str(_period_of(shown, options.period)))
    closed = shown.closed_of(region=options.region or "", period=options.period or "")
    note_refused(shown, closed)
    with current_app.test_request_context(base_url=current_app.config["BASE_ADDRESS"]):
        exported = chosen.write(table_source(db.session, planned, shown), options)
    write_exported(chosen, exported, output, file_stem(table))
    print_closed(planned, closed)
    if output is not None:
        size = len(exported.data)
        say(Text(f"{output}: {size} byte.", f"{output}: {size} bytes."), err=True)


def _published(measure: str) -> tuple[PlannedMeasure, TableVersion]:
    """A measure with its published table. Ends the command where there is none."""
    planned = planned_by_slug(db.session, measure)
    if planned is None:
        there = these(sorted(current_tables(db.session, PUBLIC)))
        fail(
            Text(
                f"Det finns inget mått {measure} med publicerade siffror. {there.sv}",
                f"There is no measure {measure} with published figures. {there.en}",
            )
        )
    table = current_table(db.session, measure, PUBLIC)
    if table is None:
        there = these(sorted(current_tables(db.session, PUBLIC)))
        fail(
            Text(
                f"Inget är publicerat av {measure} ännu. {there.sv}",
                f"Nothing is published of {measure} yet. {there.en}",
            ),
            1,
        )
    return planned, table


def _numbered(measure: str, number: int, current: TableVersion) -> TableVersion:
    try:
        return version_numbered(db.session, measure, number, PUBLIC)
    except NotFound:
        fail(
            Text(
                f"Tabellen över {measure} har ingen publicerad version {number}. Den senaste är {current.number}.",
                f"The table of {measure} has no published version {number}. The latest is {current.number}.",
            )
        )


def _region_with_figures(planned: PlannedMeasure, shown: ShownTable, text: str) -> str:
    """The code of a region that the table has figures of. Ends the command where it has none."""
    region = _region_code(planned, text)
    regions = regions_of(shown)
    if region not in regions:
        there = these(regions)
        fail(
            Text(
                f"Tabellen över {planned.slug} har ingen siffra för region {region}. {there.sv}",
                f"The table of {planned.slug} has no figure for region {region}. {there.en}",
            ),
            1,
        )
    return region


def _period_of(shown: ShownTable, text: str) -> Period:
    """The period of the table that is meant. Ends the command where the table has none such."""
    periods = periods_of(shown)
    period = next((one for one in periods if str(one) == text.strip()), None)
    if period is None:
        there = these(str(one) for one in periods)
        fail(
            Text(
                f"Tabellen över {shown.table.measure_slug} har ingen period {text}. {there.sv}",
                f"The table of {shown.table.measure_slug} has no period {text}. {there.en}",
            ),
            1,
        )
    return period


@followup.command("compose-again")
@click.argument("measures", nargs=-1)
def compose_again(measures: tuple[str, ...]) -> None:
    """Have the worker compose the tables of MEASURES (of all, where none is named) again.

    For tables that were composed before something was mended. A table that comes out as it was keeps its version; another
    becomes a new version, which waits for the legal reviewer where something in it is hidden.
    """
    there = measures_with_tables(db.session)
    if unknown := [slug for slug in measures if slug not in there]:
        fail(
            Text(
                f"Det finns ingen tabell av måttet {', '.join(unknown)}. {these(there).sv}",
                f"There is no table of the measure {', '.join(unknown)}. {these(there).en}",
            )
        )
    with transaction() as session:
        models = recomposing.ask(session, SYSTEM, clock.now(), measures or there)
    count = len(models)
    say(
        Text(
            f"Arbetaren sätter samman tabellerna ur {count} {'modell' if count == 1 else 'modeller'} på nytt.",
            f"The worker composes the tables of {count} {'model' if count == 1 else 'models'} again.",
        )
    )


@click.command("trace")
@click.argument("what")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def trace(what: str, as_json: bool) -> None:
    """What WHAT rests on, and what rests on it.

    WHAT is a figure (faststallda-vardplatser/25/2018-03-01), a delivery (L-2026-0001), or a hash of a version, a table
    or a delivered file (eight digits or more).
    """
    with current_app.test_request_context(base_url=current_app.config["BASE_ADDRESS"]):
        try:
            found = find_trace(db.session, PUBLIC, what)
        except NotFound:
            fail(
                Text(
                    f"Det finns inget publikt som heter {what}. Ange en siffra (mått/region/period), "
                    "en leverans (L-2026-0001) eller minst åtta tecken av en kontrollsumma.",
                    f"There is nothing public called {what}. Name a figure (measure/region/period), "
                    "a delivery (L-2026-0001), or at least eight digits of a hash.",
                )
            )
        if found.closed is not None:
            shown, key = found.closed
            note_refused(shown, shown.closed_of(key=key))
        if as_json:
            click.echo(json.dumps(_trace_object(found), ensure_ascii=False, indent=1))
            return
    _print_trace(found)


def _region_code(planned: PlannedMeasure, text: str) -> str:
    """The code of the region that is meant. Ends the command where none is, or several may be."""
    codes = planned.regions_named(text)
    if len(codes) != 1:
        fail(_which_region(planned, text, codes))
    return codes[0]


def _which_region(planned: PlannedMeasure, text: str, codes: Sequence[str]) -> Text:
    listed = codes or [COUNTRY, *(code.code for code in planned.regions.codes if not code.test)]
    there = these(f"{code} {read(planned.label(REGIONS, code))}" for code in listed)
    if codes:
        return Text(f"Flera regioner kan menas med {text}. {there.sv}", f"{text} may mean several regions. {there.en}")
    return Text(f"Ingen region heter {text}. {there.sv}", f"No region is called {text}. {there.en}")


def _print_figures(
    planned: PlannedMeasure, table: TableVersion, found: Sequence[Figure], breaks: Sequence[Break]
) -> None:
    language = terminal_language()
    click.echo(f"{planned.measure.title.in_language(language)} ({planned.measure.unit.in_language(language)})")
    count = count_of_releases(db.session, table)
    say(
        Text(
            f"tabellversion {table.number}, {table.content_hash}, {count} {'leverans' if count == 1 else 'leveranser'}",
            f"table version {table.number}, {table.content_hash}, {count} {'delivery' if count == 1 else 'deliveries'}",
        )
    )
    _print_provenance(table.provenance)
    click.echo()
    names = planned.names(language)
    for figure in found:
        place = " / ".join(
            [names.of("region", figure.region)]
            + [names.of(name, code) for (name, _), code in zip(names.dimensions, figure.place, strict=False)]
        )
        value = number(figure.value, language) or figure.status.label.in_language(language)
        of = read(Text("av", "of"))
        coverage = f"{figure.delivered} {of} {figure.expected}" if figure.expected is not None else ""
        click.echo(f"{figure.period!s:<12} {value:>12}  {place:<48} {coverage:<10} {planned.slug}/{figure.key}")
    for one in breaks:
        place = names.of("region", one.region)
        note = one.note.in_language(language)
        click.echo(
            f"\n{read(Text('brott', 'break'))} {one.on.isoformat()}  {one.cause.label.in_language(language)}, {place}{': ' + note if note else ''}"
            + (f"\n      {one.before[:12]} → {one.after[:12]}" if one.before and one.concept else "")
        )


def _print_provenance(provenance: Provenance) -> None:
    if provenance != Provenance.OWN:
        say(PROVENANCES[provenance])


def _print_incomparables(apart: Incomparables, found: Sequence[Figure]) -> None:
    """Which regions are not comparable in the periods of these figures, and why."""
    days = {figure.period.last for figure in found}
    for pair in apart.pairs:
        if any(pair.holds_on(day) for day in days):
            one, other = (region_name(code) for code in pair.regions)
            why = Text(*(" ".join(reason.in_language(spoken) for reason in pair.reasons) for spoken in ("sv", "en")))
            said = Text(f"{one} och {other}: inte jämförbara. {why.sv}", f"{one} and {other}: not comparable. {why.en}")
            click.echo(f"  ≠ {read(said)}")


def _figures_object(
    planned: PlannedMeasure, shown: ShownTable, found: Sequence[Figure], breaks: Sequence[Break]
) -> dict[str, Any]:
    table = shown.table
    names = planned.names("sv")
    return {
        "measure": planned.slug,
        "title": planned.measure.title.as_dict(),
        "unit": planned.measure.unit.as_dict(),
        "table_version": table.number,
        "content_hash": table.content_hash,
        "provenance": table.provenance,
        "figures": [figure_object(one, names) | {"figure": f"{planned.slug}/{one.key}"} for one in found],
        "breaks": [one.as_dict() for one in breaks],
        "findings": [one.as_dict() for one in shown.findings],
        **({"closed": [part.as_dict() for part in shown.closed]} if shown.closed else {}),
    }


def _print_trace(found: Trace) -> None:
    language = terminal_language()
    click.echo(f"{found.kind.in_language(language)}: {found.title.in_language(language)}")
    _print_provenance(found.provenance)
    click.echo("\n" + read(Text("vilar på", "rests on")) if len(found.back) > 1 else "")
    for node in found.back:
        click.echo(f"  ● {read(KNOT_NAMES[node.knot]):<19} {node.title.in_language(language)}")
        if node.text:
            click.echo(f"  │ {'':<19} {node.text.in_language(language)}")
        for name, value in node.facts:
            if value:
                click.echo(f"  │ {'':<19} {name.in_language(language)}: {_words(value)}")
        for link in node.listed.rows:
            click.echo(f"  │ {'':<19} {link.text.in_language(language)} {link.hash}".rstrip())
    if found.forward:
        click.echo("\n" + read(Text("på det vilar", "what rests on it")))
        for link in (one for resting in found.forward for one in resting.listed.rows):
            note = f" ({link.note.in_language(language)})" if link.note else ""
            click.echo(f"  → {link.text.in_language(language)}{note} {link.hash}".rstrip())


def _trace_object(found: Trace) -> dict[str, Any]:
    return {
        "ref": found.ref,
        "kind": found.kind.as_dict(),
        "title": found.title.as_dict(),
        "provenance": found.provenance,
        "rests_on": [_node_object(node) for node in found.back],
        "used_by": [_link_object(link) for resting in found.forward for link in resting.listed.rows],
    }


def _node_object(node: TraceNode) -> dict[str, Any]:
    return {
        "knot": node.knot,
        "ref": node.ref,
        "title": node.title.as_dict(),
        "text": node.text.as_dict() if node.text else None,
        "url": url_of(node.leads_to),
        "facts": [{"name": name.as_dict(), "value": _words(value)} for name, value in node.facts],
        "parts": [_link_object(link) for link in node.listed.rows],
    }


def _link_object(link: Link) -> dict[str, Any]:
    return {"ref": link.ref, "text": link.text.as_dict(), "url": url_of(link.leads_to), "hash": link.hash}


def _words(value: object) -> str:
    if isinstance(value, Text):
        return value.in_language(terminal_language())
    return value.isoformat() if isinstance(value, date) else str(value)
