"""Models on the command line."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from information_models import queries
from information_models.formats.all import FORMATS, stem
from registry.db import db
from registry.findings import Text
from registry.items import queries as items
from registry.terminal.exports import chosen_format, export_options, write_exported
from registry.terminal.speech import fail, read, say, these

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
                "title": model.title.as_dict(),
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
@export_options(FORMATS)
def export_command(model: str, format_name: str, output: Path | None, **asked: str | None) -> None:
    """Write MODEL (its name or a version's content hash) in a format.

    What the format cannot carry of the model is told on standard error.
    """
    version = items.current_by_slug(db.session, "model", model) or items.version_by_hash(db.session, model)
    if version is None or version.item.kind != "model":
        there = these(found.slug for _version, found in queries.current_models(db.session))
        fail(
            Text(
                f"Det finns ingen publicerad modell {model}. {there.sv}",
                f"There is no published model {model}. {there.en}",
            )
        )
    chosen, options = chosen_format(FORMATS, format_name, asked)
    loaded = queries.load_model(db.session, version.content_hash)
    regions = sorted(set(loaded.regions.values()))
    if options.region is not None and options.region not in regions:
        there = these(regions)
        fail(
            Text(
                f"Modellen {loaded.model.slug} har ingen region med koden {options.region}. {there.sv}",
                f"The model {loaded.model.slug} has no region with the code {options.region}. {there.en}",
            )
        )
    exported = chosen.write(loaded, options)
    write_exported(chosen, exported, output, stem(loaded))
    if output is not None:
        size = len(exported.data)
        say(Text(f"{output}: {size} byte.", f"{output}: {size} bytes."), err=True)
