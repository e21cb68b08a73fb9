"""Models on the command line."""

import json
import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from information_models import queries
from information_models.formats.all import FORMATS, format_named
from registry.db import db
from registry.findings import Text
from registry.items import queries as items
from registry.terminal import fail, read, say, these, write_file

models = AppGroup("models", help="Information models.")


@models.command("list")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def list_command(as_json: bool) -> None:
    """The published models: slug, version, content hash, title."""
    found = queries.current_models(db.session)
    if as_json:
        listed = [
            {
                "slug": model.slug,
                "version": version.number,
                "hash": version.content_hash,
                "title": {"sv": model.title.sv, "en": model.title.en},
                "elements": [element.name for element in model.elements],
                "concerns_persons": [element.name for element in model.elements if element.concerns_persons],
            }
            for version, model in found
        ]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    for version, model in found:
        click.echo(f"{model.slug}  version {version.number}  {version.content_hash[:12]}  {read(model.title)}")


@models.command("export")
@click.argument("model")
@click.option("--format", "format_name", type=click.Choice([one.name for one in FORMATS]), required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The file to write; otherwise standard output.",
)
def export_command(model: str, format_name: str, output: Path | None) -> None:
    """Write MODEL (its name or a version's content hash) in a format."""
    version = items.current_by_slug(db.session, "model", model) or items.version_by_hash(db.session, model)
    if version is None or version.item.kind != "model":
        there = these(found.slug for _version, found in queries.current_models(db.session))
        fail(
            Text(
                f"Det finns ingen publicerad modell {model}. {there.sv}",
                f"There is no published model {model}. {there.en}",
            )
        )
    chosen = format_named(format_name)
    assert version is not None and chosen is not None  # noqa: S101  (fail() ends the command; click checks the format)
    loaded = queries.load_model(db.session, version.content_hash)
    if output is None and not chosen.is_text and sys.stdout.isatty():
        name = chosen.file_name(loaded)
        fail(
            Text(
                f"{chosen.label.sv} är ingen text som en terminal kan visa. Skriv den till en fil: -o {name}",
                f"{chosen.label.en} is no text that a terminal can show. Write it to a file: -o {name}",
            )
        )
    data = chosen.write(loaded)
    if output is None:
        click.echo(data, nl=False)
    else:
        write_file(output, data)
        say(Text(f"{output}: {len(data)} byte.", f"{output}: {len(data)} bytes."), err=True)
