"""`flask --app wsgi audit …` and `receipts verify`: the log and what rests on it, checked by whoever runs the registry; and a receipt,
checked by whoever holds it.

Exit status 0: it holds. 1: something does not. 2: the question could not be asked.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from registry import clock, events
from registry.auditing import proofs
from registry.auditing.evidence import Kind
from registry.auditing.jobs import sign_log
from registry.auditing.rebuilding import rebuild
from registry.auditing.telling import FAULTS, FLAWS, KINDS, REASONS
from registry.auditing.verifying import Audit, Held
from registry.auditing.verifying import audit as check
from registry.content.strict_json import DoubledName, read_json
from registry.db import db
from registry.findings import Text
from registry.signing.heads import Head
from registry.signing.keys import KeyRing, NoKeyRing, read_ring
from registry.signing.queries import key_ring
from registry.terminal.files import read_file, write_file
from registry.terminal.speech import fail, read, say

_HASH = re.compile("[0-9a-f]{64}")
LARGEST = 1_000_000
"""Bytes of a receipt, or of a head."""
audit = AppGroup("audit", help="The audit log, and what it proves.")
receipts = AppGroup("receipts", help="Receipts, checked by whoever holds them.")
KEYS = click.option(
    "--keys",
    "keys",
    type=click.Path(path_type=Path),
    help="The registry's public keys, kept from before (keys export).",
)
JSON = click.option("--json", "as_json", is_flag=True, help="For machines.")


@audit.command()
@click.option("--head", help="A hash that you hold from before: the head of the log on a receipt, for instance.")
@click.option(
    "--receipt", type=click.Path(path_type=Path), help="A receipt as JSON that you hold: its event must be in the log."
)
@click.option(
    "--consistency",
    type=click.Path(path_type=Path),
    help="A signed head that you hold: the log must begin with that one.",
)
@KEYS
@click.option(
    "--log-only", is_flag=True, help="Check the log alone, and not the rows, receipts and files that it tells of."
)
@JSON
def verify(
    head: str | None, receipt: Path | None, consistency: Path | None, keys: Path | None, log_only: bool, as_json: bool
) -> None:
    """Check the log, the rows that it decides, what was signed and what is stored; exit status 1 where something does not hold."""
    hashes, heads = {}, {}
    if head is not None:
        head = re.sub(r"\s", "", head).lower()  # a receipt prints it in groups of four
        if not _HASH.fullmatch(head):
            fail(
                Text(
                    "Det är inget kedjehuvud: ett sådant är 64 hexadecimala siffror, 0–9 och a–f. Kopiera hela.",
                    "That is not a head: a head is 64 hexadecimal digits, 0–9 and a–f. Copy the whole of it.",
                )
            )
        hashes[head] = head
    ring = _ring(keys) if keys is not None else None
    if receipt is not None:
        proven = _prove(_document(receipt), ring or key_ring(db.session))
        hashes[str(receipt)], heads[str(receipt)] = proven.event_hash, proven.head
    if consistency is not None:
        heads[str(consistency)] = _head(_document(consistency))
    _tell(check(db.session, Held(hashes, heads, ring), alone=log_only), head, as_json=as_json)


@audit.command("head")
@click.option(
    "--signed", is_flag=True, help="Sign the log as it is now, and show the signed head as JSON: keep it elsewhere."
)
def show_head(signed: bool) -> None:
    """The hash of the newest event."""
    if not signed:
        click.echo(events.head(db.session))
        return
    made = sign_log(clock.now())
    if made is None:
        fail(Text("Loggen är tom: det finns inget att signera.", "The log is empty: there is nothing to sign."))
    click.echo(json.dumps(made.as_dict(), indent=2))


@audit.command("rebuild")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write what was made again to this file, as JSON."
)
@JSON
def rebuild_command(output: Path | None, as_json: bool) -> None:
    """Make again, from the log alone, where deliveries, releases, tables and roles stand; exit status 1 where the tables say other."""
    found = rebuild(db.session)
    if output is not None:
        write_file(output, json.dumps({name: one.told for name, one in found.items()}, indent=2).encode() + b"\n")
    if as_json:
        told = {name: {"made": len(one.told), "differing": one.differing} for name, one in found.items()}
        click.echo(json.dumps(told))
    else:
        for name, one in found.items():
            for key, (log, stands) in one.differing.items():
                click.echo(f"{name} {key}: {json.dumps(log)} ≠ {json.dumps(stands)}")
            count, other = len(one.told), len(one.differing)
            say(
                Text(
                    f"{name}: {count} gjordes på nytt ur loggen, {other} skiljer sig.",
                    f"{name}: {count} made again from the log, {other} differ.",
                )
            )
    if any(one.differing for one in found.values()):
        raise SystemExit(1)


@receipts.command("verify")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--keys",
    "keys",
    type=click.Path(path_type=Path),
    required=True,
    help="The registry's public keys (JSON Web Key Set).",
)
@JSON
def verify_receipt(file: Path, keys: Path, as_json: bool) -> None:
    """Whether a receipt is what the registry handed out; nothing is asked of the registry's database."""
    ring, document = _ring(keys), _document(file)
    try:
        proven = proofs.check(document, ring)
    except proofs.NotProven as error:
        if as_json:
            click.echo(json.dumps({"proven": False, "fault": error.fault.value}))
        else:
            say(FAULTS[error.fault])
        raise SystemExit(1) from None
    if as_json:
        told = {
            "number": proven.number,
            "event": proven.event_hash,
            "recorded_at": proven.recorded_at,
            "kid": proven.head.kid,
        }
        click.echo(json.dumps({"proven": True, "fault": None, **told}))
        return
    say(
        Text(
            f"Kvittot {document.get('number', '')} är äkta: det står i händelse {proven.number} i loggen, som nyckeln {proven.head.kid} har signerat.",
            f"The receipt {document.get('number', '')} is genuine: it stands in event {proven.number} of the log, which the key {proven.head.kid} has signed.",
        )
    )


def _tell(found: Audit, head: str | None, *, as_json: bool) -> None:
    evidence, log = found.evidence, found.log
    broken = min((one for one in evidence.of(Kind.EVENTS)), key=lambda one: int(one.where), default=None)
    head_found = head in log.numbers or head == events.GENESIS if head is not None else None
    if as_json:
        click.echo(
            json.dumps(
                {
                    "intact": evidence.holds,
                    "events": evidence.compared[Kind.EVENTS],
                    "head": log.head,
                    "root": log.root,
                    "broken_at": int(broken.where) if broken else None,
                    "reason": REASONS[broken.flaw] if broken else None,
                    "head_found": head_found,
                    "proof_since": log.sealing_since,
                    "compared": dict(evidence.compared),
                    "flaws": [one.as_dict() for one in evidence.named],
                    "flaws_by_kind": dict(evidence.flaws),
                }
            )
        )
    else:
        for kind, count in evidence.totals.items():
            click.echo(f"{read(KINDS[kind])}: {count}")
        for one in evidence.named:
            click.echo("  ".join(part for part in (read(FLAWS[one.flaw]), one.where, one.detail) if part))
        _conclude(found, head_found=head_found)
    if not evidence.holds:
        raise SystemExit(1)


def _conclude(found: Audit, *, head_found: bool | None) -> None:
    evidence, log = found.evidence, found.log
    if evidence.holds:
        count = evidence.compared[Kind.EVENTS]
        say(Text(f"Obruten: {count} händelser, huvud {log.head}.", f"Intact: {count} events, head {log.head}."))
        if log.sealing_since is not None and log.sealing_since > 1:
            say(
                Text(
                    f"Vad rader innehåller kan bevisas från och med händelse {log.sealing_since}.",
                    f"What rows hold can be proven from event {log.sealing_since} on.",
                )
            )
    else:
        count = sum(evidence.flaws.values())
        say(Text(f"Det håller inte: {count} avvikelser.", f"It does not hold: {count} differences."))
    if head_found:
        say(Text("Huvudet du angav finns i kedjan.", "The head you gave is in the chain."))


def _prove(document: Mapping[str, Any], ring: KeyRing) -> proofs.Proven:
    try:
        return proofs.check(document, ring)
    except proofs.NotProven as error:
        say(FAULTS[error.fault])
        raise SystemExit(1) from None


def _ring(path: Path) -> KeyRing:
    try:
        return read_ring(read_file(path))
    except NoKeyRing:
        fail(
            Text(
                f"{path} är ingen nyckelring. Hämta den från registrets /.well-known/signing-keys.json, eller med keys export.",
                f"{path} is no set of keys. Fetch it from the registry’s /.well-known/signing-keys.json, or with keys export.",
            )
        )


def _document(path: Path) -> Mapping[str, Any]:
    try:
        data = read_file(path)
        document = read_json(data) if len(data) <= LARGEST else None
    except (UnicodeDecodeError, ValueError, RecursionError, DoubledName):
        document = None
    if not isinstance(document, dict):
        fail(Text(f"{path} är ingen JSON med ett objekt.", f"{path} is no JSON with an object."))
    return document


def _head(document: Mapping[str, Any]) -> Head:
    try:
        return Head.from_dict(document)
    except ValueError:
        fail(
            Text(
                "Det är inget signerat huvud. Hämta ett från registrets /logg/huvud.json, eller med audit head --signed.",
                "That is no signed head. Fetch one from the registry’s /logg/huvud.json, or with audit head --signed.",
            )
        )
