"""The term bank on the command line: what schemes there are, a scheme as a file, and what is wrong with a vocabulary."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from registry import clock
from registry.actors import SYSTEM, Actor
from registry.db import db, reading, transaction
from registry.errors import Refused
from registry.findings import Text
from registry.identity import queries as identity
from registry.identity.cli import no_user
from registry.items.tables import Version
from registry.terminal.commands import read_finding
from registry.terminal.exports import chosen_format, export_options, write_exported
from registry.terminal.files import read_file
from registry.terminal.speech import fail, read, say, terminal_language, these
from registry.text_objections import is_question
from termbank.bank import past
from termbank.bank.indexing import rebuild
from termbank.bank.queries import exports, published_schemes, term_banks
from termbank.bank.queries.statements import published_statements
from termbank.bank.scheme_names import earlier_bases
from termbank.concepts.schemes import Scheme
from termbank.editions.command import Described, mirror
from termbank.exchange import skos
from termbank.exchange.changes import changes
from termbank.exchange.comparing import compare
from termbank.exchange.planning import Fate, Plan
from termbank.exchange.reading.files import read_file as read_export
from termbank.exchange.records import Reading
from termbank.exchange.scheme_exports import SchemeExport
from termbank.exchange.telling import (
    as_changes,
    as_comparison,
    as_plan,
    tell_changes,
    tell_comparison,
    tell_plan,
    tell_written,
)
from termbank.file_texts.searching import SearchedFile, search
from termbank.formats import FORMATS
from termbank.imports import importing
from termbank.scheme_checks.checking import examined
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
    for scheme in published_schemes.schemes(db.session):
        bank = term_banks.term_bank(db.session, scheme.slug)
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
@click.option("--on", "on", help="A day gone by, such as 2026-03-01: the scheme as it was when that day was over.")
def export(scheme: str, format_name: str, output: Path | None, on: str | None, **asked: str | None) -> None:
    """Write SCHEME as a file. What could not be carried over is told on standard error."""
    chosen = _scheme_named(scheme)
    base = str(current_app.config["BASE_ADDRESS"])
    if on is not None:
        source = _source_then(chosen, on, base)
    else:
        bank = term_banks.term_bank(db.session, chosen.slug)
        source = exports.export_of(
            bank,
            published_statements(db.session),
            chosen,
            base,
            withdrawn=exports.gone(db.session),
            chains=exports.chains_of(db.session),
            before=earlier_bases(db.session, chosen.item, chosen.base),
        )
    if not source.concepts and on is not None:
        nothing = Text(
            f"Ingenting i {scheme} hade publicerats den {on}.", f"Nothing in {scheme} had been published by {on}."
        )
        fail(nothing, 1)
    if not source.concepts:
        fail(
            Text(
                f"Begreppssystemet {scheme} har inga publicerade begrepp ännu. `flask --app wsgi starter` läser in dem som följer med.",
                f"The concept scheme {scheme} has no published concepts yet. `flask --app wsgi starter` loads those that ship.",
            ),
            1,
        )
    one, options = chosen_format(FORMATS, format_name, asked)
    exported = one.write(source, options)
    write_exported(one, exported, output, scheme)
    if output is not None:
        concepts, statements = len(source.concepts), len(source.applications)
        say(
            Text(
                f"{output}: {concepts} begrepp, {statements} tillämpningar.",
                f"{output}: {concepts} concepts, {statements} application statements.",
            ),
            err=True,
        )
        reading = read_export(exported.data, one.file_name(scheme), importing.own_names(db.session, base))
        if reading.unreadable is None:
            tell_written(reading.account)


@termbank.command()
@click.argument("source")
@click.option("--on", "on", help="A day gone by, such as 2026-03-01: the scheme as it was when that day was over.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def check(source: str, on: str | None, as_json: bool) -> None:
    """Check SOURCE: a SKOS file (Turtle, RDF/XML, N-Triples, JSON-LD), or the name of a scheme in the term bank.

    Nothing is fetched and nothing is kept. Exit status 1: something is wrong, and not only worth mending.
    """
    scheme = published_schemes.scheme_named(db.session, source)
    if scheme is not None:
        if on is not None:
            then = _source_then(scheme, on, str(current_app.config["BASE_ADDRESS"]))
            examination = examined_triples(triples_in(skos.graph(then)), most=MOST_TOLD)
        else:
            examination = examined(db.session, scheme, most=MOST_TOLD)
    else:
        if on is not None:
            fail(Text("--on gäller ett begreppssystem, inte en fil.", "--on is for a concept scheme, not for a file."))
        path = Path(source)
        if not path.exists():
            there = these(one.slug for one in published_schemes.schemes(db.session))
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


@termbank.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--scheme", help="The key of the scheme that the concepts are imported into.")
@click.option(
    "--as",
    "made_as",
    type=click.Choice(["change-set", "edition"]),
    default="change-set",
    show_default=True,
    help="What --apply makes: changes in a scheme of ours, or a mirror of somebody else's vocabulary.",
)
@click.option("--whole", is_flag=True, help="The file is the whole scheme: what it does not mention is withdrawn.")
@click.option("--apply", "apply_", is_flag=True, help="Make it. Otherwise nothing is written.")
@click.option("--by", "login", help="User name of the terminologist who makes it; needed by --apply.")
@click.option("--title", help="What the change set or the edition is called; as the file says otherwise.")
@click.option("--source", default="", help="Edition: who publishes the vocabulary.")
@click.option("--url", default="", help="Edition: where it is published.")
@click.option("--date", default="", help="Edition: its date, such as 2026, 2026-03 or 2026-03-01.")
@click.option("--licence", default="", help="Edition: the name or address of its licence.")
@click.option("--base", default="", help="Edition: what relative addresses in the file are read against.")
@click.option("--of", default="", help="Edition: the key of the edition that it is a newer one of.")
@click.option(
    "--only", type=click.Choice([one.value for one in Fate]), help="Tell only of the concepts that this becomes of."
)
@click.option(
    "--page", type=click.IntRange(1), default=1, help="Which fifty concepts are told of; the first otherwise."
)
@click.option(
    "--no-identity-numbers",
    "looked",
    is_flag=True,
    help="You have looked: what may be numbers of persons in the file is something else.",
)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def import_(
    file: Path,
    scheme: str | None,
    made_as: str,
    whole: bool,
    apply_: bool,
    login: str | None,
    title: str | None,
    only: str | None,
    page: int,
    looked: bool,
    as_json: bool,
    **described: str,
) -> None:
    """Tell what importing FILE would do; with --apply, make a change set of it (SKOS, SKOS-XL, TBX, Excel, CSV), or an edition (SKOS, SKOS-XL).

    Nothing is fetched. Exit status 1: a concept was refused, or the file cannot be read.
    """
    actor = _actor_named(login) if login else SYSTEM
    if apply_ and not login:
        fail(Text("Ange vem som gör det: --by ANVÄNDARNAMN.", "State who makes it: --by USER."))
    if made_as == "edition":
        said = Described(title=title or "", **described)
        mirror(_searched(file, is_answered=looked), said, actor if apply_ else None, as_json=as_json)
        return
    if not scheme:
        fail(Text("Ange begreppssystemet: --scheme NYCKEL.", "State the scheme: --scheme KEY."))
    chosen = _scheme_named(scheme)
    base = str(current_app.config["BASE_ADDRESS"])
    reading = importing.read(db.session, _searched(file, is_answered=looked).data, file.name, base)
    done = importing.plan(db.session, actor, reading, chosen, base, cited=file.name, at=clock.now(), whole=whole)
    made: str | None = None
    if apply_ and done.unreadable is None:
        made = _made(done, chosen, actor, title or file.name)
    titles = importing.titles(db.session)
    if as_json:
        click.echo(json.dumps({**as_plan(done, titles), "change_set": made}, ensure_ascii=False, indent=1))
    else:
        tell_plan(done, titles, Fate(only) if only else None, page)
        if made:
            say(Text(f"\nÄndringspaket {made}: /andringspaket/{made}/", f"\nChange set {made}: /andringspaket/{made}/"))
        elif done.to_do:
            say(
                Text(
                    "\nIngenting är skrivet. --apply gör ett ändringspaket.",
                    "\nNothing is written. --apply makes a change set.",
                )
            )
    if done.unreadable is not None or done.of(Fate.REFUSED):
        raise SystemExit(1)


@termbank.command()
@click.argument("first")
@click.argument("second")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def diff(first: str, second: str, as_json: bool) -> None:
    """Tell what SECOND says otherwise than FIRST, concept by concept.

    Each is a file (SKOS, SKOS-XL, TBX, Excel or CSV), the key of a scheme, or a version of a concept: its hash, or KEY@NUMBER.
    """
    versions = [importing.version_named(db.session, one) for one in (first, second)]
    if versions[0] is not None and versions[1] is not None:
        found = changes(versions[0], versions[1], importing.titles(db.session))
        if as_json:
            click.echo(json.dumps(as_changes(found), ensure_ascii=False, indent=1))
        else:
            tell_changes(found)
        return
    kinds = [one.kind for one in (_file_reading(first), _file_reading(second)) if one is not None]
    sides = [_file_reading(one) or _scheme_reading(one, kinds[0] if kinds else "skosxl") for one in (first, second)]
    comparison = compare(sides[0], sides[1])
    if as_json:
        click.echo(json.dumps(as_comparison(comparison), ensure_ascii=False, indent=1))
    else:
        tell_comparison(comparison)


@termbank.command()
def reindex() -> None:
    """Build anew what lists and pages find concepts by. It follows from what is published, and nothing else changes."""
    with transaction() as session:
        number = rebuild(session, SYSTEM, clock.now())
    say(Text(f"{number} versioner av begrepp.", f"{number} versions of concepts."))


def _scheme_named(scheme: str) -> Scheme:
    """The scheme with this key; ends the command where there is none."""
    chosen = published_schemes.scheme_named(db.session, scheme)
    if chosen is None:
        there = these(one.slug for one in published_schemes.schemes(db.session))
        fail(
            Text(
                f"Det finns inget begreppssystem {scheme}. {there.sv}",
                f"There is no concept scheme {scheme}. {there.en}",
            )
        )
    return chosen


def _searched(path: Path, *, is_answered: bool) -> SearchedFile:
    """The file, looked through for identity numbers; ends the command where it has some, or may have."""
    try:
        return search(read_file(path), path.name, is_answered=is_answered)
    except Refused as refused:
        told = read_finding(refused.finding)
        said = f"{told.code}: {told.in_full}"
        answer = " --no-identity-numbers" if is_question(refused.finding) else ""
        fail(Text(f"{said}{answer}", f"{said}{answer}"), 1)


def _made(done: Plan, scheme: Scheme, actor: Actor, title: str) -> str:
    """The change set that does what was told, by its id; ends the command where it is refused."""
    try:
        with reading() as session:
            owner = importing.owner_of(session, scheme)
            prepared = importing.prepare(session, actor, done, organisation_id=owner)
        with transaction() as session:
            made = importing.make_change_set(session, actor, clock.now(), prepared, organisation_id=owner, title=title)
            return made.id
    except Refused as refused:
        told = read_finding(refused.finding).in_full
        fail(Text(told, told), 1)


def _source_then(scheme: Scheme, written: str, base: str) -> SchemeExport:
    """The scheme as it was on the day that was written; ends the command where that is no day gone by."""
    day = past.day_written(written)
    if not isinstance(day, date):
        told = read_finding(day)
        fail(Text(told.in_full, told.in_full))
    return past.scheme_on(db.session, scheme, day).export(base)


def _file_reading(source: str) -> Reading | None:
    """The file of this name as its concepts; ``None`` where there is none. Ends the command where it cannot be read."""
    path = Path(source)
    if published_schemes.scheme_named(db.session, source) is not None or not path.is_file():
        return None
    reading = importing.read(db.session, read_file(path), path.name, str(current_app.config["BASE_ADDRESS"]))
    if reading.unreadable is not None:
        told = read_finding(reading.unreadable)
        same = f"{source}: {told.in_full}"
        fail(Text(same, same))
    return reading


def _scheme_reading(source: str, kind: str) -> Reading:
    """A scheme as a file of this kind shows it."""
    return importing.scheme_seen(db.session, _scheme_named(source), str(current_app.config["BASE_ADDRESS"]), kind)


def _actor_named(login: str) -> Actor:
    actor = identity.actor_by_login(db.session, login)
    if actor is None:
        fail(no_user(login))
    return actor


def _coming(version: Version | None) -> dict[str, Any] | None:
    """The version that takes a concept's place on a day to come, for machines."""
    if version is None or version.valid_from is None:
        return None
    return {"version": version.number, "hash": version.content_hash, "valid_from": version.valid_from.isoformat()}
