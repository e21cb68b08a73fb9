"""`flask --app wsgi deliveries send`, and the group `deliveries` that it completes.

Exit status 0: it worked. 1: something was found, or remains before it can be sent. 2: it could not be carried out as given.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import Actor
from registry.db import db, transaction
from registry.errors import Invalid, NotFound
from registry.finding_catalogue import AnswerKind
from registry.findings import Finding, Severity, Text
from registry.items import queries as items
from registry.items.tables import Item, Version
from registry.terminal.files import read_file
from registry.terminal.speech import fail, say, these
from submission_portal.deliveries.assessment.answers import ANSWERS
from submission_portal.deliveries.assessment.gap import ALL, GAP_ANSWERS
from submission_portal.deliveries.assessment.remaining import findings_of
from submission_portal.deliveries.checking.kept_reading import read_for
from submission_portal.deliveries.cli.arguments import JSON, PERIOD, actor_named, delivery_named
from submission_portal.deliveries.cli.commands import COMMANDS
from submission_portal.deliveries.cli.telling import as_findings, tell_delivery, tell_findings
from submission_portal.deliveries.drafts import answering, comparing, preparing
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.identity_numbers import answer_of
from submission_portal.deliveries.identity_refusals import is_recorded, record_refusal
from submission_portal.deliveries.lifecycle import CorrectionKind, DeliveryState
from submission_portal.deliveries.reading.older_encodings import CHOICES
from submission_portal.deliveries.reading.reader import Reading
from submission_portal.deliveries.standing_disclosures.judging import goes_under
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.queries import open_flows
from submission_portal.receiving import client, services, watching


@click.command()
@with_appcontext
@click.argument("flow")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "login", required=True, help="User name of the region's data officer.")
@click.option("--sheet", help="Which sheet of a workbook, where several have the right headings.")
@click.option("--empty", type=click.Choice(sorted(ANSWERS)), help="What every empty cell means.")
@click.option("--missing", type=click.Choice(GAP_ANSWERS), help="Why units have no rows for a period, for all of them.")
@click.option("--explain", "explanations", multiple=True, metavar="RULE=TEXT", help="Why a warning is as it should be.")
@click.option("--corrects", metavar="NUMBER", help="The delivery that this one corrects.")
@click.option("--replace", is_flag=True, help="With --corrects: replace all of it, not single rows.")
@click.option("--not-identity", "reason", help="What it is that may be identity numbers (PER-002).")
@click.option(
    "--encoding", type=click.Choice(list(CHOICES)), help="Encoding of a text that is neither UTF-8 nor UTF-16."
)
@PERIOD
@JSON
def send(
    flow: str,
    file: Path,
    login: str,
    sheet: str | None,
    empty: str | None,
    missing: str | None,
    explanations: tuple[str, ...],
    corrects: str | None,
    replace: bool,
    reason: str | None,
    encoding: str | None,
    period: str,
    as_json: bool,
) -> None:
    """Check FILE and send it in FLOW, as far as it goes.

    Where something remains it says what. Where all is well it goes under the line's standing decision, or else the region's
    disclosing officer decides, in the portal or with
    `deliveries disclose`; the same command afterwards sends the delivery and gives its receipt, however often it is run.
    """
    actor = actor_named(login)
    version = _open_version(flow, login, actor)
    data, refusal = read_file(file), None
    answer = answer_of(reason)
    reading = read_for(
        db.session, version, file.name, data, sheet=sheet, identity_answer=answer, encoding=encoding, time=period
    )
    if is_recorded(reading.findings):
        with transaction() as session:
            refusal = record_refusal(
                session, actor, clock.now(), version=version, reading=reading, file_name=file.name, data=data
            )
    try:
        with transaction() as session:
            delivery = _started(session, actor, version, (file.name, data, reading), corrects, replace=replace)
            _say_needless(delivery, explanations)
            _keep_said(session, actor, delivery, empty, missing, explanations)
            changed = comparing.compare_again(session, actor, clock.now(), delivery)
            if delivery.state == DeliveryState.DISCLOSED or goes_under(session, delivery):
                services.send(session, actor, clock.now(), delivery)
            identifier = delivery.id
    except Invalid as error:
        _tell_not_sent(error.findings, refusal, login, as_json=as_json)
        raise SystemExit(1) from None
    if changed and not as_json:
        tell_findings((FINDINGS.found("DEL-012"),))
    tell_delivery(db.session.get_one(Delivery, identifier), as_json=as_json)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--line", envvar=f"{client.ENVIRONMENT}LINE", required=True, help="The delivery line.")
@click.option("--address", envvar=f"{client.ENVIRONMENT}ADDRESS", required=True, help="Where the registry is served.")
@click.option("--client-id", envvar=f"{client.ENVIRONMENT}CLIENT_ID", required=True, help="The machine client's id.")
@click.option(
    "--key", envvar=f"{client.ENVIRONMENT}KEY", help="File with a private key to sign with, instead of a secret."
)
@click.option("--once", is_flag=True, help="Deliver what is there, then end.")
def watch(folder: Path, line: str, address: str, client_id: str, key: str | None, once: bool) -> None:
    """Deliver the files of FOLDER as a machine client: those received move to skickat/, the others to stoppat/.

    The client's secret is in the environment, as VARDPLATSREGISTRET_CLIENT_SECRET. What was found is beside each file as text.
    """
    asked = argparse.Namespace(address=address, client_id=client_id, key=key)
    status = watching.run(lambda: client.registry_of(asked), folder, line, is_once=once)
    if status:
        raise SystemExit(status)


deliveries = AppGroup("deliveries", help="Files from regions: check, send, show.", commands=[*COMMANDS, send, watch])


def _open_version(flow: str, login: str, actor: Actor) -> Version:
    """The version of a line to deliver under; ends the command where the actor may deliver in no such line."""
    item = items.item_by_slug(db.session, "flow", flow)
    if item is None:
        _no_flow(flow, login, actor)
    try:
        return preparing.open_version(db.session, actor, clock.now(), item)
    except NotFound:
        _no_flow(flow, login, actor)


def _no_flow(flow: str, login: str, actor: Actor) -> NoReturn:
    """Others' lines are not told apart from those that do not exist."""
    slugs = select(Item.slug).where(Item.id.in_([one.item_id for one in open_flows(db.session, actor, clock.today())]))
    there = these(db.session.scalars(slugs.order_by(Item.slug)))
    fail(
        Text(
            f"Det finns ingen leveranslinje {flow} som {login} får leverera i. {there.sv}",
            f"There is no delivery line {flow} that {login} may deliver in. {there.en}",
        )
    )


def _started(
    session: Session,
    actor: Actor,
    version: Version,
    read: tuple[str, bytes, Reading],
    corrects: str | None,
    *,
    replace: bool,
) -> Delivery:
    """The delivery of a file, as `preparing.start` makes or finds it; ``corrects`` is the number of the one to correct."""
    file_name, data, reading = read
    kind = CorrectionKind.REPLACEMENT if replace else CorrectionKind.CORRECTION
    return preparing.start(
        session,
        actor,
        clock.now(),
        flow_item=session.get_one(Item, version.item_id),
        file_name=file_name,
        data=data,
        reading=reading,
        corrects=delivery_named(actor, corrects) if corrects else None,
        correction_kind=kind if corrects else None,
    )


def _keep_said(
    session: Session,
    actor: Actor,
    delivery: Delivery,
    empty: str | None,
    missing: str | None,
    explanations: Sequence[str],
) -> None:
    """Keep the answers and explanations that were given, where the delivery is still to be sent."""
    if delivery.is_working and (empty or missing or explanations):
        answering.save(
            session,
            actor,
            clock.now(),
            delivery,
            answers=_answers(delivery, empty) if empty else None,
            gap_answers={ALL: missing} if missing else None,
            explanations=dict(_explained(text) for text in explanations) or None,
        )


def _tell_not_sent(findings: tuple[Finding, ...], refusal: str | None, login: str, *, as_json: bool) -> None:
    """What stops a file of which nothing is kept, and where its refusal is recorded."""
    if as_json:
        told = {"sent": False, "findings": as_findings(findings), "refusal": refusal}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    tell_findings(findings)
    if refusal is not None:
        _tell_refusal(refusal, login)


def _tell_refusal(refusal: str, login: str) -> None:
    say(
        Text(
            "\nAtt filen skickades har antecknats i loggen, utan något nummer. Att lämna till dataskyddsombudet: "
            f"`flask --app wsgi deliveries refusal {refusal} --as {login}`.",
            "\nThat the file was sent has been recorded, without any number. To hand on to the data protection officer: "
            f"`flask --app wsgi deliveries refusal {refusal} --as {login}`.",
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


def _say_needless(delivery: Delivery, explanations: Sequence[str]) -> None:
    """Tell which explanations are of nothing that was found: a misspelled rule would be lost in silence."""
    found = {key for key, _finding in findings_of(delivery.assessment)}
    for key in dict.fromkeys(_explained(text)[0] for text in explanations):
        if key not in found:
            there = these(
                key for key, finding in findings_of(delivery.assessment) if finding.severity is Severity.WARNING
            )
            say(
                Text(
                    f"Förklaringen av {key} sparas inte: filen har ingen sådan varning. {there.sv}",
                    f"The explanation of {key} is not kept: the file has no such warning. {there.en}",
                ),
                err=True,
            )


def _answers(delivery: Delivery, word: str) -> dict[str, dict[str, str]]:
    elements = {
        place.field
        for _, finding in findings_of(delivery.assessment)
        if FINDINGS.stored(finding).answer is AnswerKind.CLOSED_OR_NOT_REPORTED
        for place in finding.places
    }
    return {element: {"*": word} for element in elements if element}
