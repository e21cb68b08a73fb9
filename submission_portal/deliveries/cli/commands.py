"""`flask --app wsgi deliveries …`: validate a file offline, disclose, show, list. `send` is in `receiving.cli`.

Exit status 0: it worked. 1: something was found, or remains before it can be sent. 2: it could not be carried out as given.
"""

import json
from pathlib import Path

import click
from flask.cli import with_appcontext

from information_models.definitions import LoadedModel
from registry import clock
from registry.actors import SYSTEM
from registry.db import db, transaction
from registry.errors import NotFound
from registry.findings import Finding, Severity, Text, worst
from registry.terminal.commands import read_finding
from registry.terminal.files import read_file
from registry.terminal.speech import fail, terminal_language, these
from submission_portal.deliveries import queries, services
from submission_portal.deliveries.checking.offline import ModelNotRead, check_file, named_model
from submission_portal.deliveries.cli.arguments import JSON, PERIOD, actor_named, answers_in, delivery_named, refs_named
from submission_portal.deliveries.cli.flow_files import flow_file
from submission_portal.deliveries.cli.standing import standing
from submission_portal.deliveries.cli.telling import (
    as_deliveries,
    as_validation,
    tell_cage,
    tell_delivery,
    tell_findings,
    tell_reading,
    tell_stages,
)
from submission_portal.deliveries.identity_numbers import answer_of
from submission_portal.deliveries.identity_refusals import refusal_for
from submission_portal.deliveries.lifecycle import DeliveryState, state_told
from submission_portal.deliveries.offline import main as offline
from submission_portal.deliveries.pages.identity_refusal import as_text, facts_of
from submission_portal.deliveries.reading.caged import POOL
from submission_portal.deliveries.reading.layouts.content import Layout
from submission_portal.deliveries.reading.layouts.files import read_layout_file
from submission_portal.deliveries.reading.older_encodings import CHOICES
from submission_portal.deliveries.spans import span_label
from submission_portal.deliveries.standing_disclosures.judging import going
from submission_portal.deliveries.tables import Delivery

_KNOWN_BY_FLOW_FILE = Text(
    "Med --flow-file anges bara filen som ska kontrolleras: modell, region och utformning står i flödesfilen.",
    "With --flow-file give only the file to check: the flow file has the model, the region and the layouts.",
)
_NO_FLOW_FILE = Text(
    "Ange modell och fil, eller --flow-file och fil. --keys och --part hör till --flow-file.",
    "Give a model and a file, or --flow-file and a file. --keys and --part belong to --flow-file.",
)


@click.command()
@with_appcontext
@click.argument("model")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option(
    "--flow-file",
    type=click.Path(path_type=Path),
    help="A signed flow file of the line, in the place of MODEL: then law and history are checked too.",
)
@click.option("--keys", type=click.Path(path_type=Path), help="The portal's public keys (JWKS), for --flow-file.")
@click.option("--part", help="Which part of its period the file is, for --flow-file.")
@click.option("--region", help="County code of the region, to see that every row is its own.")
@click.option("--sheet", help="Which sheet of a workbook, where several have the right headings.")
@click.option("--not-identity", "reason", help="What it is that may be identity numbers (PER-002).")
@click.option(
    "--encoding", type=click.Choice(list(CHOICES)), help="Encoding of a text that is neither UTF-8 nor UTF-16."
)
@click.option(
    "--layout",
    "layout_path",
    type=click.Path(path_type=Path),
    help="A file of `layouts export`: what has been answered about the export.",
)
@PERIOD
@JSON
def validate(
    model: str,
    file: Path | None,
    flow_file: Path | None,
    keys: Path | None,
    part: str | None,
    region: str | None,
    sheet: str | None,
    reason: str | None,
    encoding: str | None,
    layout_path: Path | None,
    period: str,
    as_json: bool,
) -> None:
    """Check FILE against MODEL (the name of a model that ships with the registry, or a model file).

    Reads these two files and nothing else: no database, no network. Nothing is sent or kept. With --flow-file FLOW-FILE give FILE
    alone: it is checked as `kontrollera` does (exit status 3: the flow file is refused).
    """
    if flow_file is not None:
        if file is not None or region is not None or layout_path is not None:
            fail(_KNOWN_BY_FLOW_FILE)
        said = {"--keys": keys, "--part": part, "--sheet": sheet, "--not-identity": reason, "--encoding": encoding}
        said["--period"] = period or None
        given = [f"{name}={value}" for name, value in said.items() if value is not None]
        words = [f"--language={terminal_language()}", *given, *(["--json"] if as_json else [])]
        raise SystemExit(offline.run([*words, "--", str(flow_file), model]))
    if file is None or keys is not None or part is not None:
        fail(_NO_FLOW_FILE)
    POOL.start()  # while the model is read
    try:
        loaded = named_model(model)
    except ModelNotRead as error:
        problems = "".join(f"{read_finding(finding).body} " for finding in error.findings)
        there = these(error.known)
        fail(
            Text(
                f"{model} är varken en modell som följer med eller en modellfil. {problems}{there.sv}",
                f"{model} is neither a model that ships nor a model file. {problems}{there.en}",
            )
        )
    data = read_file(file)
    layouts = (_layout_in(layout_path, loaded),) if layout_path is not None else ()
    reading, assessment = check_file(
        loaded,
        file.name,
        data,
        region=region,
        sheet=sheet,
        language=terminal_language(),
        today=clock.today(),
        identity_answer=answer_of(reason),
        encoding=encoding,
        layouts=layouts,
        time=period,
    )
    tell_cage(POOL.missing())
    if as_json:
        click.echo(json.dumps(as_validation(model, file, reading, assessment), ensure_ascii=False, indent=2))
    else:
        tell_reading(reading)
        tell_stages(assessment)
        tell_findings(assessment.findings)
    if worst(assessment.findings) in (Severity.ERROR, Severity.QUESTION):
        raise SystemExit(1)


def _layout_in(path: Path, loaded: LoadedModel) -> Layout:
    """The layout in a file; ends the command where it is none for the model."""
    found = read_layout_file(read_file(path), model=loaded.model.slug, elements=frozenset(loaded.model.by_name))
    if isinstance(found, Finding):
        tell_findings((found,))
        raise SystemExit(2)
    return found[0]


@click.command()
@with_appcontext
@click.argument("reference")
@click.option("--as", "login", required=True, help="User name of the region's disclosing officer.")
@click.option("--registry-number", required=True, help="The region's registry number of the decision.")
@click.option("--reason", required=True, help="Why the data may be handed out.")
@click.option(
    "--answers",
    "file",
    type=click.Path(path_type=Path, allow_dash=True),
    required=True,
    help="JSON: question → choice, reason; - is standard input.",
)
@click.option(
    "--use",
    "uses",
    multiple=True,
    metavar="REF",
    help="A use that it may be used for; several may be given. All, if none is.",
)
@JSON
def disclose(
    reference: str, login: str, registry_number: str, reason: str, file: Path, uses: tuple[str, ...], as_json: bool
) -> None:
    """Decide for the region that the delivery REFERENCE (its id) may be handed out, and for which uses."""
    actor = actor_named(login)
    identifier = delivery_named(actor, reference).id
    answers = answers_in(file)
    with transaction() as session:
        delivery = queries.delivery_for(session, actor, identifier)
        services.disclose(
            session, actor, clock.now(), delivery,
            answers=answers, registry_number=registry_number, reason=reason, uses=refs_named(session, uses) or None,
        )  # fmt: skip
    tell_delivery(db.session.get_one(Delivery, identifier), as_json=as_json, status_where_unsent=0)


@click.command()
@with_appcontext
@click.argument("number")
@JSON
def show(number: str, as_json: bool) -> None:
    """Show a delivery by its number (or id): where it is, what it rests on, its receipt."""
    tell_delivery(delivery_named(SYSTEM, number), as_json=as_json, status_where_unsent=0)


@click.command()
@with_appcontext
@click.argument("identifier")
@click.option("--as", "login", required=True, help="User name of an officer of the region.")
def refusal(identifier: str, login: str) -> None:
    """Print what a data protection officer needs to judge the refused file IDENTIFIER, as the portal's page does."""
    try:
        found = refusal_for(db.session, actor_named(login), identifier)
    except NotFound:
        fail(
            Text(
                f"Det finns ingen avvisad fil {identifier} som {login} får läsa om.",
                f"There is no refused file {identifier} that {login} may read about.",
            )
        )
    click.echo(as_text(facts_of(db.session, found), terminal_language()), nl=False)


@click.command("list")
@with_appcontext
@click.option("--as", "login", required=True, help="User name.")
@JSON
def list_(login: str, as_json: bool) -> None:
    """List the deliveries that a user may see, the latest first."""
    found = queries.list_deliveries(db.session, actor_named(login), per_page=1000, whole=as_json).rows
    if as_json:
        click.echo(json.dumps(as_deliveries(found), ensure_ascii=False, indent=2))
        return
    goes = going(db.session, found, clock.today())
    for one in found:
        label = state_told(DeliveryState(one.state), goes=one.id in goes)[1].in_language(terminal_language())
        click.echo(
            f"{one.number or one.id}  {span_label(one.period, terminal_language()):28}{label:32}  {one.file_name}"
        )


COMMANDS = (validate, flow_file, disclose, show, refusal, list_, standing)
"""What the group `deliveries` has beside `send`."""
