"""The term bank on the command line: what schemes there are, a scheme as a file, and what is wrong with a vocabulary."""

import json
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from registry import clock
from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.findings import Text
from registry.items.tables import Version
from registry.terminal.exports import chosen_format, export_options, write_exported
from registry.terminal.files import read_file
from registry.terminal.speech import fail, read, say, terminal_language, these
from termbank import queries, skos
from termbank.formats import FORMATS
from termbank.indexing import rebuild
from termbank.vocabularies.caged import examine
from termbank.vocabularies.examining import examined_triples
from termbank.vocabularies.graphs import triples_in
from termbank.vocabularies.telling import MOST_TOLD, as_examination, tell_examination

termbank = AppGroup("termbank", help="Concepts and how regions apply them.")


@termbank.command("list")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def list_concepts(as_json: bool) -> None:
    """The concept schemes and their published concepts."""
    language = terminal_language()
    described: list[dict[str, Any]] = []
    for scheme in queries.schemes(db.session):
        bank = queries.term_bank(db.session, scheme.slug)
        concepts = [
            {
                "slug": slug,
                "sv": concept.preferred("sv") or concept.title.sv,
                "en": concept.preferred("en"),
                "defined": bool(concept.definitions),
                "version": bank.versions[slug].number,
                "hash": bank.versions[slug].content_hash,
                "valid_from": day.isoformat() if (day := bank.versions[slug].valid_from) else None,
                "coming": _coming(bank.coming.get(slug)),
            }
            for slug, concept in bank.concepts.items()
        ]
        described.append({"scheme": scheme.slug, "title": scheme.title.in_language(language), "concepts": concepts})
    if as_json:
        click.echo(json.dumps(described, ensure_ascii=False, indent=1))
        return
    for one in described:
        counted = Text("{} begrepp", "{} concepts").in_language(language).format(len(one["concepts"]))
        click.echo(f"{one['scheme']}  {one['title']}  {counted}")
        for concept in one["concepts"]:
            undefined = "" if concept["defined"] else "  " + read(Text("(ingen definition)", "(no definition)"))
            click.echo(f"  {concept['slug']:<32} {concept['sv']} / {concept['en']}{undefined}")


@termbank.command()
@click.argument("scheme")
@export_options(FORMATS, default="turtle")
def export(scheme: str, format_name: str, output: Path | None, **asked: str | None) -> None:
    """Write SCHEME as a file. What could not be carried over is told on standard error."""
    chosen = queries.scheme_named(db.session, scheme)
    if chosen is None:
        there = these(one.slug for one in queries.schemes(db.session))
        fail(
            Text(
                f"Det finns inget begreppssystem {scheme}. {there.sv}",
                f"There is no concept scheme {scheme}. {there.en}",
            )
        )
    bank = queries.term_bank(db.session, chosen.slug)
    if not bank.concepts:
        fail(
            Text(
                f"Begreppssystemet {scheme} har inga publicerade begrepp ännu. `flask --app wsgi starter` läser in dem som följer med.",
                f"The concept scheme {scheme} has no published concepts yet. `flask --app wsgi starter` loads those that ship.",
            ),
            1,
        )
    base = str(current_app.config["BASE_ADDRESS"])
    source = queries.export_of(bank, queries.statements(db.session), chosen, base, withdrawn=queries.gone(db.session))
    one, options = chosen_format(FORMATS, format_name, asked)
    write_exported(one, one.write(source, options), output, scheme)
    if output is not None:
        concepts, statements, triples = len(source.concepts), len(source.applications), len(skos.graph(source))
        say(
            Text(
                f"{output}: {concepts} begrepp, {statements} tillämpningar, {triples} tripler.",
                f"{output}: {concepts} concepts, {statements} application statements, {triples} triples.",
            ),
            err=True,
        )


@termbank.command()
@click.argument("source")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def check(source: str, as_json: bool) -> None:
    """Check SOURCE: a SKOS file (Turtle, RDF/XML, N-Triples, JSON-LD), or the name of a scheme in the term bank.

    Nothing is fetched and nothing is kept. Exit status 1: something is wrong, and not only worth mending.
    """
    scheme = queries.scheme_named(db.session, source)
    if scheme is not None:
        bank = queries.term_bank(db.session, scheme.slug)
        base = str(current_app.config["BASE_ADDRESS"])
        graph = skos.graph(queries.export_of(bank, (), scheme, base))
        examination = examined_triples(triples_in(graph), most=MOST_TOLD)
    else:
        path = Path(source)
        if not path.exists():
            there = these(one.slug for one in queries.schemes(db.session))
            fail(
                Text(
                    f"{source} är varken en fil eller ett begreppssystem. {there.sv}",
                    f"{source} is neither a file nor a concept scheme. {there.en}",
                )
            )
        examination = examine(read_file(path), path.name, most=MOST_TOLD)
    if as_json:
        click.echo(json.dumps(as_examination(source, examination), ensure_ascii=False, indent=1))
    else:
        tell_examination(examination)
    if examination.has_errors:
        raise SystemExit(1)


@termbank.command()
def reindex() -> None:
    """Build anew what lists and pages find concepts by. It follows from what is published, and nothing else changes."""
    with transaction() as session:
        number = rebuild(session, SYSTEM, clock.now())
    say(Text(f"{number} versioner av begrepp.", f"{number} versions of concepts."))


def _coming(version: Version | None) -> dict[str, Any] | None:
    """The version that takes a concept's place on a day to come, for machines."""
    if version is None or version.valid_from is None:
        return None
    return {"version": version.number, "hash": version.content_hash, "valid_from": version.valid_from.isoformat()}
