"""`flask --app wsgi deliveries …`: validate a file offline, send one, disclose, show.

Exit status 0: it worked. 1: something was found, or remains before it can be sent. 2: it could not be carried out as given.
"""

import json
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import AppGroup
from sqlalchemy import select

from legal_checks.personal_data import has_number
from legal_checks.secrecy.assessment import parse_answers
from registry import clock
from registry.db import db, transaction
from registry.errors import Invalid, NotFound
from registry.findings import Finding, Severity, Text, worst
from registry.identity import queries as identity
from registry.identity.actors import SYSTEM, Actor
from registry.identity.cli import no_user
from registry.items import queries as items
from registry.items.tables import Item
from registry.terminal import fail, read_file, read_finding, say, terminal_language, these
from submission_portal.deliveries import queries, services
from submission_portal.deliveries.assessment import ANSWERS, Assessment, finding_key
from submission_portal.deliveries.lifecycle import STATE_LABELS, DeliveryState
from submission_portal.deliveries.offline import ModelNotRead, check_file, named_model
from submission_portal.deliveries.reading.reader import Reading
from submission_portal.deliveries.remaining import findings_of, remaining
from submission_portal.deliveries.spans import span_label
from submission_portal.deliveries.tables import Delivery
from submission_portal.flows.queries import open_flows

deliveries = AppGroup("deliveries", help="Files from regions: check, send, show.")
_JSON = click.option("--json", "as_json", is_flag=True, help="For machines.")
_SHOWN_PLACES = 20
_ANSWERS = Text(
    'Skriv {"fråga": {"choice": "…", "reason": "…"}}; sidan /rattsfragor/ räknar upp frågorna.',
    'Write {"question": {"choice": "…", "reason": "…"}}; the page /rattsfragor/ lists the questions.',
)
_OK, _NOT_RUN = Text("godkänd", "ok"), Text("inte körd", "not run")
_SIGNS = {
    "ok": _OK, "info": _OK, "warn": Text("varning", "warning"), "stop": Text("STOPPAR", "STOPS"), "idle": _NOT_RUN,
}  # fmt: skip
_STAGES = {
    "file": Text("fil", "file"),
    "structure": Text("struktur", "structure"),
    "rows": Text("rader", "rows"),
    "consistency": Text("konsekvens", "consistency"),
    "history": Text("historik", "history"),
    "law": Text("juridik", "law"),
}
_SEVERITIES = {
    Severity.ERROR: Text("FEL", "ERROR"),
    Severity.WARNING: Text("VARNING", "WARNING"),
    Severity.QUESTION: Text("FRÅGA", "QUESTION"),
    Severity.INFO: Text("UPPLYSNING", "INFO"),
}


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
    if as_json:
        click.echo(json.dumps(_validation(model, file, reading, assessment), ensure_ascii=False, indent=2))
    else:
        _tell_reading(reading)
        _tell_stages(assessment)
        _tell_findings(assessment.findings)
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
            click.echo(json.dumps({"sent": False, "findings": _findings(error.findings)}, ensure_ascii=False, indent=2))
        else:
            _tell_findings(error.findings)
        raise SystemExit(1) from None
    if changed and not as_json:
        _tell_findings((Finding("DEL-012", Severity.ERROR),))
    _tell_delivery(db.session.get_one(Delivery, identifier), as_json=as_json)


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
    _tell_delivery(db.session.get_one(Delivery, identifier), as_json=as_json, status_where_unsent=0)


@deliveries.command()
@click.argument("number")
@_JSON
def show(number: str, as_json: bool) -> None:
    """Show a delivery by its number (or id): where it is, what it rests on, its receipt."""
    _tell_delivery(_delivery_for(SYSTEM, number), as_json=as_json, status_where_unsent=0)


@deliveries.command("list")
@click.option("--as", "login", required=True, help="User name.")
@_JSON
def list_(login: str, as_json: bool) -> None:
    """List the deliveries that a user may see, the latest first."""
    found = queries.list_deliveries(db.session, _actor(login), per_page=1000).deliveries
    if as_json:
        click.echo(json.dumps([_delivery(one) for one in found], ensure_ascii=False, indent=2))
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


def _tell_reading(reading: Reading) -> None:
    preview = reading.preview
    if not preview.file_kind:
        return
    language = terminal_language()
    told = (
        (preview.delimiter and repr(preview.delimiter), Text("avskiljare {}", "delimiter {}")),
        (preview.sheet, Text("blad {}", "sheet {}")),
        (preview.header_row, Text("rubriker på rad {}", "header in row {}")),
    )
    parts = [preview.file_kind.upper(), preview.encoding]
    parts.extend(text.in_language(language).format(value) for value, text in told if value)
    parts.append(Text("{} rader", "{} rows").in_language(language).format(preview.data_rows))
    click.echo(", ".join(part for part in parts if part))
    left_out = Text("(läses inte in)", "(not read in)").in_language(language)
    for column in preview.columns:
        click.echo(f"  {column.letter:3} {column.heading!r} → {column.element or left_out}")
    if preview.sum_rows:
        sums = ", ".join(f"{row} ({text})" for row, text in zip(preview.sum_rows, preview.sum_texts, strict=True))
        click.echo(Text("lästa som summor: rad {}", "read as sums: row {}").in_language(language).format(sums))


def _tell_stages(assessment: Assessment) -> None:
    language = terminal_language()
    for number, stage in enumerate(assessment.stages, start=1):
        why = f": {stage.not_run[0][1].in_language(language)}" if stage.status == "idle" and stage.not_run else ""
        name, sign = _STAGES[stage.name].in_language(language), _SIGNS[stage.status].in_language(language)
        click.echo(f"{number}. {name:12} {sign}{why}")
        if stage.status != "idle":
            for what, reason in stage.not_run:
                click.echo(
                    f"     {_NOT_RUN.in_language(language)}: {what.in_language(language)}: {reason.in_language(language)}"
                )


def _tell_findings(findings: tuple[Finding, ...]) -> None:
    language = terminal_language()
    for finding in findings:
        read = read_finding(finding)
        severity = _SEVERITIES[finding.severity].in_language(language)
        click.echo(f"\n{severity} {read.code}: {read.title}\n  {read.body}\n  {read.mend}")
        for place in finding.places[:_SHOWN_PLACES]:
            cell = f"{place.column or place.field or ''}{place.row or ''}" if place.column else ""
            row = f"{Text('rad', 'row').in_language(language)} {place.row}" if place.row else ""
            parts = [place.sheet, cell or row, place.field if not cell else None]
            if place.value:
                parts.append(repr(place.value))
            click.echo("    " + ", ".join(part for part in parts if part))
        if len(finding.places) > _SHOWN_PLACES:
            more = Text("ställen i allt; --json räknar upp alla", "places in all; --json lists every one")
            click.echo(f"    … {len(finding.places)} {more.in_language(language)}")


def _findings(findings: tuple[Finding, ...]) -> list[dict[str, object]]:
    rows = []
    for finding in findings:
        read = read_finding(finding)
        texts = {"key": finding_key(finding), "title": read.title, "body": read.body, "mend": read.mend}
        rows.append({**finding.as_dict(), "count": len(finding.places), **texts})
    return rows


def _validation(model: str, file: Path, reading: Reading, assessment: Assessment) -> dict[str, object]:
    return {
        "model": model,
        "file": None if has_number(file.name) else file.name,
        "ok": worst(assessment.findings) not in (Severity.ERROR, Severity.QUESTION),
        "rows": assessment.rows,
        "period": assessment.period,
        "reading": reading.preview.as_dict(),
        "stages": [stage.as_dict() for stage in assessment.stages],
        "findings": _findings(assessment.findings),
    }


def _delivery(delivery: Delivery) -> dict[str, object]:
    flow = db.session.scalar(select(Item.slug).where(Item.id == delivery.flow_item_id))
    left = remaining(delivery.assessment, delivery.explanations) if delivery.is_working else []
    return {
        "id": delivery.id,
        "number": delivery.number,
        "state": str(delivery.state),
        "flow": flow,
        "flow_version": delivery.flow_version_hash,
        "model_version": delivery.model_version_hash,
        "period": delivery.period,
        "rows": delivery.row_count,
        "file_name": delivery.file_name,
        "file_sha256": delivery.file_sha256,
        "content_hash": delivery.content_hash,
        "corrects": delivery.corrects_delivery_id,
        "correction": delivery.correction_kind,
        "disclosures": [
            {
                "granted": one.is_granted,
                "registry_number": one.registry_number,
                "decided_at": one.decided_at.isoformat(),
            }
            for one in delivery.disclosures
        ],
        "left": [{"key": one.key, "code": one.finding.code, "needs": one.needs} for one in left],
        "receipt": delivery.receipt.body if delivery.receipt else None,
    }


def _tell_delivery(delivery: Delivery, *, as_json: bool, status_where_unsent: int = 1) -> None:
    if as_json:
        click.echo(json.dumps(_delivery(delivery), ensure_ascii=False, indent=2))
    else:
        language = terminal_language()
        label = STATE_LABELS[DeliveryState(delivery.state)].in_language(language)
        rows = Text("{} rader", "{} rows").in_language(language).format(delivery.row_count)
        told = [span_label(delivery.period, language), rows, delivery.file_name]
        click.echo(f"{delivery.number or delivery.id}: {label}. {', '.join(one for one in told if one)}")
        if delivery.receipt is not None:
            facts = (
                (Text("Mottagen", "Received"), delivery.receipt.received_at.isoformat()),
                (Text("Fil", "File"), delivery.file_sha256),
                (Text("Innehåll", "Content"), delivery.content_hash),
                (Text("Loggens huvud", "Log head"), delivery.receipt.chain_head),
            )
            for name, value in facts:
                click.echo(f"{name.in_language(terminal_language()):14}{value}")
        elif delivery.is_working:
            _tell_findings(tuple(one.finding for one in remaining(delivery.assessment, delivery.explanations)))
            if delivery.state == DeliveryState.CHECKED:
                say(
                    Text(
                        "Inget har lämnat regionen. Härnäst beslutar utlämnaren.",
                        "Nothing has left the region. The disclosing officer decides next.",
                    )
                )
    if delivery.receipt is None and status_where_unsent:
        raise SystemExit(status_where_unsent)
