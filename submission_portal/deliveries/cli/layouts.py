"""`flask --app wsgi layouts …`: what has been answered about exports, as files that can be read in again.

Exit status 0: it worked. 1: the file is no layout for the line. 2: it could not be carried out as given.
"""

import json
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from information_models.queries import load_model
from registry import clock
from registry.db import db, transaction
from registry.errors import NotFound, Refused
from registry.findings import Finding, Text
from registry.items import queries as items
from registry.items.tables import Item
from registry.terminal.files import read_file, write_file
from registry.terminal.speech import fail, say
from submission_portal.deliveries import services
from submission_portal.deliveries.cli.arguments import JSON, actor_named
from submission_portal.deliveries.cli.telling import tell_findings
from submission_portal.deliveries.layouts import queries
from submission_portal.deliveries.reading.layouts.files import layout_file, read_layout_file
from submission_portal.deliveries.tables import ExportLayout
from submission_portal.flows import content as flow_content

layouts = AppGroup("layouts", help="What has been answered about exports: list, show, export, import.")
AS = click.option("--as", "login", required=True, help="User name of an officer of the region.")


@layouts.command("list")
@with_appcontext
@AS
@JSON
def list_(login: str, as_json: bool) -> None:
    """List the layouts of a user's regions: id, line, source system, version."""
    found = queries.page_of_layouts(db.session, actor_named(login), 1, 1000).rows
    rows = [
        {
            "id": one.id,
            "flow": db.session.get_one(Item, one.flow_item_id).slug,
            "source": one.source,
            "version": one.current.number,
            "content_hash": one.current.content_hash,
        }
        for one in found
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(f"{row['id']}  {row['flow']}  {row['source']}, {row['version']}")


@layouts.command()
@with_appcontext
@click.argument("identifier")
@AS
@JSON
def show(identifier: str, login: str, as_json: bool) -> None:
    """Show the answers of the layout IDENTIFIER, and how many deliveries were read by it."""
    found = _layout(identifier, login)
    content = found.current.content
    if as_json:
        told = {"source": found.source, "version": found.current.number, "layout": content.as_dict()}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    click.echo(f"{found.source}, {found.current.number}, {found.current.content_hash}")
    for column in content.columns:
        click.echo(f"  {column.heading} = {column.element or '–'}{f' ({column.part})' if column.part else ''}")
    for name in content.absent:
        say(Text(f"  {name}: finns inte i exporten", f"  {name}: not in the export"))
    for name, text in content.constants.items():
        click.echo(f"  {name} = {text}")
    for name, meant in content.codes.items():
        for text, code in meant.items():
            click.echo(f"  {name}: {text} = {code}")
    for text, row in content.aside.items():
        click.echo(f"  {text}: {row}")
    read_by = queries.read_count(db.session, found)
    say(Text(f"Leveranser som lästs med den: {read_by}.", f"Deliveries read by it: {read_by}."))


@layouts.command("export")
@with_appcontext
@click.argument("identifier")
@AS
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write; otherwise standard output.")
def export_(identifier: str, login: str, output: Path | None) -> None:
    """Write the layout IDENTIFIER as a file: for `import`, and for `deliveries validate --layout`."""
    found = _layout(identifier, login)
    model = load_model(db.session, found.current.model_version_hash).model.slug
    text = layout_file(found.current.content, model=model, source=found.source)
    if output is None:
        click.echo(text, nl=False)
        return
    write_file(output, text.encode())


@layouts.command("import")
@with_appcontext
@click.argument("flow")
@click.argument("file", type=click.Path(path_type=Path))
@AS
@click.option("--source", help="What the source system is called here, where the line has one of that name.")
def import_(flow: str, file: Path, login: str, source: str | None) -> None:
    """Read in a layout FILE for the line FLOW, which delivers the same model."""
    actor, data = actor_named(login), read_file(file)
    item = items.item_by_slug(db.session, "flow", flow)
    version = items.standing_version(db.session, item) if item is not None else None
    if item is None or version is None or item.organisation_id not in actor.organisations(*queries.READS):
        fail(Text(f"Det finns ingen linje {flow} som {login} får lämna i.", f"There is no line {flow} for {login}."))
    model_version = flow_content.read(version.content).model_version
    model = load_model(db.session, model_version).model
    found = read_layout_file(data, model=model.slug, elements=frozenset(model.by_name))
    if isinstance(found, Finding):
        tell_findings((found,))
        raise SystemExit(1)
    layout, named = found
    try:
        with transaction() as session:
            kept = services.keep_layout(
                session, actor, clock.now(), session.get_one(Item, item.id), layout,
                model_version=model_version, source=source or named,
            )  # fmt: skip
            identifier = kept.layout_id
    except Refused as refused:
        tell_findings((refused.finding,))
        raise SystemExit(1) from None
    click.echo(identifier)


def _layout(identifier: str, login: str) -> ExportLayout:
    try:
        return queries.layout_for(db.session, actor_named(login), identifier)
    except NotFound:
        fail(
            Text(
                f"Det finns ingen layout {identifier} som {login} får läsa. `layouts list --as {login}` räknar upp dem.",
                f"There is no layout {identifier} that {login} may read. `layouts list --as {login}` lists them.",
            )
        )
