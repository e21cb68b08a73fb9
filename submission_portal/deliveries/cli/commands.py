"""`flask --app wsgi deliveries …`: validate a file offline, send one, disclose, show.

Exit status 0: it worked. 1: something was found, or remains before it can be sent. 2: it could not be carried out as given.
"""

import json
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import AppGroup
from sqlalchemy import select

from legal_checks.secrecy.assessment import parse_answers
from registry import clock
from registry.actors import SYSTEM, Actor
from registry.db import db, transaction
from registry.errors import Invalid, NotFound
from registry.findings import Severity, Text, worst
from registry.identity import queries as identity
from registry.identity.cli import no_user
from registry.items import queries as items
from registry.items.tables import Item
from registry.terminal import fail, read_file, read_finding, terminal_language, these
from submission_portal.deliveries import queries, services
from submission_portal.deliveries.assessment.answers import ANSWERS
from submission_portal.deliveries.checking.offline import ModelNotRead, check_file, named_model
from submission_portal.deliveries.checking.remaining import findings_of
from submission_portal.deliveries.cli.telling import (
    as_delivery,
    as_findings,
    as_validation,
    tell_cage,
    tell_delivery,
    tell_findings,
    tell_reading,
    tell_stages,
)
from submission_portal.deliveries.finding_texts import FINDINGS
from submission_portal.deliveries.lifecycle import STATE_LABELS, DeliveryState
from submission_portal.deliveries.reading.caged import POOL
from submission_portal.deliveries.spans import span_label
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.queries import open_flows

deliveries = AppGroup("deliveries", help="Files from regions: check, send, show.")

_JSON = click.option("--json", "as_json", is_flag=True, help="For machines.")

_ANSWERS = Text(
    'Skriv {"fråga": {"choice": "…", "reason": "…"}}; sidan /rattsfragor/ räknar upp frågorna.',
    'Write {"question": {"choice": "…", "reason": "…"}}; the page /rattsfragor/ lists the questions.',
)


@deliveries.command()
@click.argument("model")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--region", help="County code of the region, to see that every row is its own.")
@click.option("--sheet", help="Which sheet of a workbook, where several have the right headings.")
@_JSON
def validate(model: str, file: Path, region: str | None, sheet: str | None, as_json: bool) -> None:
    """Check FILE against MODEL (the name of a model that ships with the registry, or a model file).

    Reads these two files and nothing else: no database, no network. Nothing is sent or kept.
    """
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
    reading, assessment = check_file(
        loaded, file.name, data, region=region, sheet=sheet, language=terminal_language(), today=clock.today()
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


@deliveries.command()
@click.argument("flow")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "login", required=True, help="User name of the region's data officer.")
@click.option("--sheet", help="Which sheet of a workbook, where several have the right headings.")
@click.option("--empty", type=click.Choice(sorted(ANSWERS)), help="What every empty cell means.")
@click.option("--explain", "explanations", multiple=True, metavar="RULE=TEXT", help="Why a warning is as it should be.")
@click.option("--corrects", metavar="NUMBER", help="The delivery that this one corrects.")
@click.option("--replace", is_flag=True, help="With --corrects: replace all of it, not single rows.")
@_JSON
def send(
    flow: str,
    file: Path,
    login: str,
    sheet: str | None,
    empty: str | None,
    explanations: tuple[str, ...],
    corrects: str | None,
    replace: bool,
    as_json: bool,
) -> None:
    """Check FILE and send it in FLOW, as far as it goes.

    Where something remains it says what. Where all is well the region's disclosing officer decides, in the portal or with
    `deliveries disclose`; the same command afterwards sends the delivery and gives its receipt, however often it is run.
    """
    actor = _actor(login)
    item = items.item_by_slug(db.session, "flow", flow)
    try:
        version = services.open_version(db.session, actor, clock.now(), item) if item else None
    except NotFound:
        version = None
    if item is None or version is None:
        _no_flow(flow, login, actor)
    data = read_file(file)
    try:
        reading = services.read_for(db.session, version, file.name, data, sheet=sheet)
        corrected = _delivery_for(actor, corrects).id if corrects else None
        with transaction() as session:
            delivery = services.start(
                session,
                actor,
                clock.now(),
                flow_item=session.get_one(Item, item.id),
                file_name=file.name,
                data=data,
                reading=reading,
                corrects=session.get_one(Delivery, corrected) if corrected else None,
                correction_kind=("replacement" if replace else "correction") if corrected else None,
            )
            if delivery.is_working and (empty or explanations):
                services.save(
                    session,
                    actor,
                    clock.now(),
                    delivery,
                    answers=_answers(delivery, empty) if empty else None,
                    explanations=dict(_explained(text) for text in explanations) or None,
                )
            changed = services.compare_again(session, actor, clock.now(), delivery)
            if delivery.state == DeliveryState.DISCLOSED:
                services.send(session, actor, clock.now(), delivery)
            identifier = delivery.id
    except Invalid as error:
        if as_json:
            click.echo(
                json.dumps({"sent": False, "findings": as_findings(error.findings)}, ensure_ascii=False, indent=2)
            )
        else:
            tell_findings(error.findings)
        raise SystemExit(1) from None
    if changed and not as_json:
        tell_findings((FINDINGS.found("DEL-012"),))
    tell_delivery(db.session.get_one(Delivery, identifier), as_json=as_json)


@deliveries.command()
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
@_JSON
def disclose(reference: str, login: str, registry_number: str, reason: str, file: Path, as_json: bool) -> None:
    """Decide for the region that the delivery REFERENCE (its id) may be handed out."""
    actor = _actor(login)
    identifier = _delivery_for(actor, reference).id
    given = click.open_file("-", "rb").read() if str(file) == "-" else read_file(file)
    try:
        answers = parse_answers(json.loads(given))
    except json.JSONDecodeError as error:
        fail(
            Text(
                f"{file} är inte giltig JSON: felet finns på rad {error.lineno}, tecken {error.colno}. {_ANSWERS.sv}",
                f"{file} is not valid JSON: the fault is in line {error.lineno}, column {error.colno}. {_ANSWERS.en}",
            )
        )
    except (ValueError, AttributeError, TypeError, RecursionError):
        fail(
            Text(
                f"Svaren i {file} har fel form. {_ANSWERS.sv}",
                f"The answers in {file} have the wrong form. {_ANSWERS.en}",
            )
        )
    with transaction() as session:
        delivery = queries.delivery_for(session, actor, identifier)
        services.disclose(
            session, actor, clock.now(), delivery, answers=answers, registry_number=registry_number, reason=reason
        )
    tell_delivery(db.session.get_one(Delivery, identifier), as_json=as_json, status_where_unsent=0)


@deliveries.command()
@click.argument("number")
@_JSON
def show(number: str, as_json: bool) -> None:
    """Show a delivery by its number (or id): where it is, what it rests on, its receipt."""
    tell_delivery(_delivery_for(SYSTEM, number), as_json=as_json, status_where_unsent=0)


@deliveries.command("list")
@click.option("--as", "login", required=True, help="User name.")
@_JSON
def list_(login: str, as_json: bool) -> None:
    """List the deliveries that a user may see, the latest first."""
    found = queries.list_deliveries(db.session, _actor(login), per_page=1000, whole=as_json).rows
    if as_json:
        click.echo(json.dumps([as_delivery(one) for one in found], ensure_ascii=False, indent=2))
        return
    for one in found:
        label = STATE_LABELS[DeliveryState(one.state)].in_language(terminal_language())
        click.echo(f"{one.number or one.id}  {span_label(one.period, terminal_language()):28}{label:28}{one.file_name}")


def _actor(login: str) -> Actor:
    actor = identity.actor_by_login(db.session, login)
    if actor is None:
        fail(no_user(login))
    return actor


def _no_flow(flow: str, login: str, actor: Actor) -> NoReturn:
    """Others' flows are not told apart from those that do not exist."""
    slugs = select(Item.slug).where(Item.id.in_([one.item_id for one in open_flows(db.session, actor, clock.today())]))
    there = these(db.session.scalars(slugs.order_by(Item.slug)))
    fail(
        Text(
            f"Det finns inget dataflöde {flow} som {login} får leverera i. {there.sv}",
            f"There is no data flow {flow} that {login} may deliver in. {there.en}",
        )
    )


def _delivery_for(actor: Actor, reference: str) -> Delivery:
    try:
        return queries.delivery_for(db.session, actor, reference)
    except NotFound:
        fail(
            Text(
                f"Det finns ingen leverans {reference} som användaren får se. "
                "`flask --app wsgi deliveries list --as ANVÄNDARE` räknar upp dem.",
                f"There is no delivery {reference} that this user may see. "
                "`flask --app wsgi deliveries list --as USER` lists them.",
            )
        )


def _explained(text: str) -> tuple[str, str]:
    key, equals, words = text.partition("=")
    if not equals or not words.strip():
        fail(
            Text(
                f'{text} har inte formen REGEL=TEXT. Skriv till exempel DEL-104="avdelningen öppnade i mars".',
                f'{text} is not of the form RULE=TEXT. Write for instance DEL-104="the ward opened in March".',
            )
        )
    return key.strip(), words.strip()


def _answers(delivery: Delivery, word: str) -> dict[str, dict[str, str]]:
    elements = {
        place.field
        for _, finding in findings_of(delivery.assessment)
        if finding.code == "ROW-004"
        for place in finding.places
    }
    return {element: {"*": word} for element in elements if element}
