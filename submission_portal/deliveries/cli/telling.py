"""What the commands about deliveries print: words for people, and the same as JSON for machines."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
from sqlalchemy import select

from registry import clock
from registry.db import db
from registry.finding_catalogue import ReadableFinding
from registry.findings import Finding, Language, Text
from registry.items.tables import Item
from registry.terminal.commands import read_finding
from registry.terminal.speech import say, terminal_language
from submission_portal.deliveries import check_reports
from submission_portal.deliveries.assessment.outcome import Assessment
from submission_portal.deliveries.assessment.remaining import remaining
from submission_portal.deliveries.fingerprints import with_proof
from submission_portal.deliveries.lifecycle import DeliveryState, state_told
from submission_portal.deliveries.reading.reader import Reading
from submission_portal.deliveries.spans import span_label
from submission_portal.deliveries.standing_disclosures.judging import going
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.uses.named import NamedUse, uses_of, uses_of_deliveries


def tell_cage(missing: Iterable[str]) -> None:
    """On standard error, what this computer does not permit of what protects it from the files that are read."""
    if (weaker := check_reports.weaker_cage(missing)) is not None:
        say(weaker, err=True)


def tell_reading(reading: Reading) -> None:
    """How the file was read."""
    _tell(check_reports.reading_lines(reading, terminal_language()))


def tell_stages(assessment: Assessment) -> None:
    """Each stage in a line, with what did not run."""
    _tell(check_reports.stage_lines(assessment, terminal_language()))


def tell_findings(findings: Iterable[Finding]) -> None:
    """Each finding with how to mend it and where."""
    _tell(check_reports.finding_lines(findings, terminal_language(), _read))


def _tell(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _read(finding: Finding, _language: Language) -> ReadableFinding:
    """In the terminal's language, of whichever package it is."""
    return read_finding(finding)


def tell_delivery(delivery: Delivery, *, as_json: bool, status_where_unsent: int = 1) -> None:
    """A delivery's state, receipt or what is left. Ends with ``status_where_unsent`` where it has no receipt."""
    if as_json:
        click.echo(json.dumps(as_deliveries([delivery])[0], ensure_ascii=False, indent=2))
    else:
        language = terminal_language()
        goes = delivery.id in going(db.session, [delivery], clock.today())
        label = state_told(DeliveryState(delivery.state), goes=goes)[1].in_language(language)
        rows = Text("rad", "row") if delivery.row_count == 1 else Text("rader", "rows")
        rows_told = f"{delivery.row_count} {rows.in_language(language)}"
        told = [span_label(delivery.period, language), rows_told, delivery.file_name]
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
            _tell_uses(delivery)
        elif delivery.is_working:
            tell_findings(tuple(one.finding for one in remaining(delivery.assessment, delivery.explanations)))
            if goes:
                say(
                    Text(
                        "Inget har lämnat regionen. Regionens stående beslut omfattar leveransen, så den får skickas.",
                        "Nothing has left the region. The region's standing decision covers the delivery, so it may be sent.",
                    )
                )
            elif delivery.state == DeliveryState.CHECKED:
                say(
                    Text(
                        "Inget har lämnat regionen. Härnäst beslutar utlämnaren.",
                        "Nothing has left the region. The disclosing officer decides next.",
                    )
                )
    if delivery.receipt is None and status_where_unsent:
        raise SystemExit(status_where_unsent)


def _tell_uses(delivery: Delivery) -> None:
    """What it may be used for, and what it may not any more."""
    language = terminal_language()
    label = Text("Användning", "Use").in_language(language)
    for one in uses_of(db.session, delivery):
        ended = f" ({one.why_ended.in_language(language)})" if one.is_ended else ""
        click.echo(f"{label:14}{one.standing.use.title.in_language(language)}, {one.row.use_ref}{ended}")


def as_findings(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Findings for ``--json``, in the terminal's language."""
    return check_reports.as_findings(findings, terminal_language(), read=_read)


def as_validation(model: str, file: Path, reading: Reading, assessment: Assessment) -> dict[str, object]:
    """The outcome of `deliveries validate` for ``--json``."""
    return {"model": model, **check_reports.as_check(file.name, reading, assessment, terminal_language(), _read)}


def as_deliveries(deliveries: Sequence[Delivery]) -> list[dict[str, object]]:
    """Deliveries for ``--json``."""
    used = uses_of_deliveries(db.session, [one.id for one in deliveries])
    return [_as_delivery(one, used.get(one.id, [])) for one in deliveries]


def _as_delivery(delivery: Delivery, uses: Sequence[NamedUse]) -> dict[str, object]:
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
                "standing_decision": one.standing_disclosure_id,
                "conditions": [value.as_dict() for value in one.judged],
            }
            for one in delivery.disclosures
        ],
        "uses": [
            {
                "use": one.row.use_ref,
                "version": one.row.use_version_hash,
                "title": one.standing.use.title.in_language(terminal_language()),
                "recipient": one.standing.use.recipient,
                "audience": str(one.standing.use.audience),
                "since": one.row.since.isoformat(),
                "ended_at": one.row.ended_at.isoformat() if one.row.ended_at else None,
                "ended_because": one.row.ended_because,
            }
            for one in uses
        ],
        "standing": delivery.standing_judgement.as_dict() if delivery.standing_judgement else None,
        "left": [{"key": one.key, "code": one.finding.code, "needs": one.needs} for one in left],
        "receipt": with_proof(db.session, delivery.receipt) if delivery.receipt else None,
    }
