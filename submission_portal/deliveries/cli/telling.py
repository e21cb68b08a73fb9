"""What the commands about deliveries print: words for people, and the same as JSON for machines."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
from sqlalchemy import select

from legal_checks.personal_data import has_number
from registry.cage.confinement import WALLS
from registry.db import db
from registry.finding_catalogue import AnswerKind
from registry.findings import Finding, Severity, Text, worst
from registry.items.tables import Item
from registry.terminal.commands import read_finding
from registry.terminal.speech import say, terminal_language
from submission_portal.deliveries.assessment.outcome import Assessment, finding_key
from submission_portal.deliveries.checking.remaining import remaining
from submission_portal.deliveries.finding_texts.all import FINDINGS
from submission_portal.deliveries.lifecycle import STATE_LABELS, DeliveryState
from submission_portal.deliveries.pages.identity_refusal import PARTS
from submission_portal.deliveries.reading.reader import Reading
from submission_portal.deliveries.reading.sheets import Preview
from submission_portal.deliveries.spans import span_label
from submission_portal.deliveries.tables import Delivery

_SHOWN_PLACES = 20
_NAMES_ON_A_LINE = 8

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


def tell_cage(missing: Iterable[str]) -> None:
    """On standard error, what this computer does not permit of what protects it from the files that are read."""
    walls = [WALLS[name] for name in missing if name in WALLS]
    if walls:
        say(
            Text(
                f"Filen läses med svagare skydd än avsett. Den här datorn medger inte: {', '.join(wall.sv for wall in walls)}.",
                f"The file is read with weaker protection than meant. This computer does not permit: {', '.join(wall.en for wall in walls)}.",
            ),
            err=True,
        )


def tell_reading(reading: Reading) -> None:
    """How the file was read."""
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
    parts += [text.in_language(language) for text in _counts(preview)]
    click.echo(", ".join(part for part in parts if part))
    left_out = Text("(läses inte in)", "(not read in)").in_language(language)
    for column in preview.columns:
        click.echo(f"  {column.letter:3} {column.heading!r} → {column.element or left_out}")
    for total in preview.totals:
        adds_up = Text("summa {}, medel {}, {} tal", "sum {}, mean {}, {} figures").in_language(language)
        shown = [each if language == "en" else each.replace(".", ",") for each in (total.sum or "–", total.mean)]
        click.echo(f"  {total.letter:3} {adds_up.format(*shown, total.figures)}")
    if preview.sum_rows:
        sums = [f"{row} ({text})" for row, text in zip(preview.sum_rows, preview.sum_texts, strict=True)]
        click.echo(
            Text("lästa som summor: rad {}", "read as sums: row {}").in_language(language).format(_some(sums, ", "))
        )
    for look in preview.readings:
        click.echo(f"  --encoding {look.encoding}: {'; '.join((*look.headings, *look.cells))}")


def _some(names: Sequence[str], sign: str) -> str:
    """The first of many names on one line, and how many there are."""
    more = Text("… ({} i allt)", "… ({} in all)").in_language(terminal_language()).format(len(names))
    return sign.join([*names[:_NAMES_ON_A_LINE], *([more] if len(names) > _NAMES_ON_A_LINE else [])])


def _counts(preview: Preview) -> Iterator[Text]:
    """Lines of text, records, rows of figures."""
    for count, one, several in (
        (preview.lines, Text("rad text", "line of text"), Text("rader text", "lines of text")),
        (preview.records, Text("post", "record"), Text("poster", "records")),
        (
            preview.data_rows,
            Text("rad med uppgifter", "row of figures"),
            Text("rader med uppgifter", "rows of figures"),
        ),
    ):
        if count is not None:
            word = one if count == 1 else several
            yield Text(f"{count} {word.sv}", f"{count} {word.en}")


def tell_stages(assessment: Assessment) -> None:
    """Each stage in a line, with what did not run."""
    language = terminal_language()
    for number, stage in enumerate(assessment.stages, start=1):
        why = f": {stage.not_run[0][1].in_language(language)}" if stage.status == "idle" and stage.not_run else ""
        name, sign = _STAGES[stage.name].in_language(language), _SIGNS[stage.status].in_language(language)
        click.echo(f"{number}. {name:12} {sign}{why}")
        if stage.status != "idle":
            for reason in dict.fromkeys(why for _what, why in stage.not_run):
                checks = [each.in_language(language) for each, why in stage.not_run if why == reason]
                what = _some([check for check in checks if check], "; ")
                told = (_NOT_RUN.in_language(language), what, reason.in_language(language))
                click.echo("     " + ": ".join(each for each in told if each))


def tell_findings(findings: tuple[Finding, ...]) -> None:
    """Each finding with how to mend it and where."""
    language = terminal_language()
    for finding in findings:
        read = read_finding(finding)
        severity = _SEVERITIES[finding.severity].in_language(language)
        click.echo(f"\n{severity} {read.code}: {read.title}\n  {read.body}\n  {read.mend}")
        for place in finding.places[:_SHOWN_PLACES]:
            cell = f"{place.column or place.field or ''}{place.row or ''}" if place.column else ""
            row = f"{Text('rad', 'row').in_language(language)} {place.row}" if place.row else ""
            part = PARTS[place.field].in_language(language) if place.field in PARTS else place.field
            parts = [place.sheet, cell or row, part if not cell else None]
            if place.value or place.label:
                parts.append(repr(place.value or (place.label.in_language(language) if place.label else "")))
            click.echo("    " + ", ".join(part for part in parts if part))
        if FINDINGS.stored(finding).answer is AnswerKind.NOT_IDENTITY:
            say(Text("  Svaret ges med --not-identity TEXT.", "  Answer with --not-identity TEXT."))
        if finding.count > _SHOWN_PLACES:
            more = Text("ställen i allt; --json räknar upp alla", "places in all; --json lists every one")
            click.echo(f"    … {finding.count} {more.in_language(language)}")


def tell_delivery(delivery: Delivery, *, as_json: bool, status_where_unsent: int = 1) -> None:
    """A delivery's state, receipt or what is left. Ends with ``status_where_unsent`` where it has no receipt."""
    if as_json:
        click.echo(json.dumps(as_delivery(delivery), ensure_ascii=False, indent=2))
    else:
        language = terminal_language()
        label = STATE_LABELS[DeliveryState(delivery.state)].in_language(language)
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
        elif delivery.is_working:
            tell_findings(tuple(one.finding for one in remaining(delivery.assessment, delivery.explanations)))
            if delivery.state == DeliveryState.CHECKED:
                say(
                    Text(
                        "Inget har lämnat regionen. Härnäst beslutar utlämnaren.",
                        "Nothing has left the region. The disclosing officer decides next.",
                    )
                )
    if delivery.receipt is None and status_where_unsent:
        raise SystemExit(status_where_unsent)


def as_findings(findings: tuple[Finding, ...]) -> list[dict[str, object]]:
    """Findings for ``--json``: their places all of them, and their texts in the terminal's language."""
    rows = []
    for finding in findings:
        read = read_finding(finding)
        texts = {"key": finding_key(finding), "title": read.title, "body": read.body, "mend": read.mend}
        rows.append({**finding.as_dict(), "count": finding.count, **texts})
    return rows


def as_validation(model: str, file: Path, reading: Reading, assessment: Assessment) -> dict[str, object]:
    """The outcome of `deliveries validate` for ``--json``."""
    return {
        "model": model,
        "file": None if has_number(file.name) else file.name,
        "ok": worst(assessment.findings) not in (Severity.ERROR, Severity.QUESTION),
        "rows": assessment.rows,
        "period": assessment.period,
        "reading": reading.preview.as_dict(),
        "stages": [stage.as_dict() for stage in assessment.stages],
        "findings": as_findings(assessment.findings),
    }


def as_delivery(delivery: Delivery) -> dict[str, object]:
    """A delivery for ``--json``."""
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
