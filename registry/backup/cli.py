"""`flask --app wsgi backup` and `restore`. Exit status 1: something was found to be wrong; 2: it could not be done."""

import json
import os
import re
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click
from flask import current_app
from flask.cli import with_appcontext

from registry import clock
from registry.backup.kept import Stopped
from registry.findings import Finding, Severity, Text
from registry.terminal.commands import read_finding
from registry.terminal.speech import fail, say

if TYPE_CHECKING:
    from registry.backup.checking import Checked

SHOWN = 10
"""Places named for each finding; ``--json`` names all of them."""
_HEAD = re.compile("[0-9a-f]{64}")
_FOLDER = click.Path(path_type=Path)


@click.command("backup")
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option(
    "--after",
    metavar="EARLIER",
    type=_FOLDER,
    help="An earlier backup on the same disk: unchanged objects are linked from it.",
)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@with_appcontext
def backup_command(folder: Path, after: Path | None, as_json: bool) -> None:
    """Copy the whole instance into DIR, a new folder, while it is in use.

    The copy holds the key that signs cookies and everything that was ever delivered: keep it as safe as the registry.
    """
    from registry.backup.taking import take

    with _ending_in_order():
        taken = take(folder, after=after)
    made = taken.manifest
    if as_json:
        _show_json(
            {
                "folder": str(taken.folder),
                "manifest_sha256": taken.manifest_hash,
                "taken_at": made.taken_at,
                "revision": made.revision,
                "head": made.head,
                "events": made.events,
                "files": len(made.files),
                "bytes": made.size,
                "linked": taken.linked,
                "left_out": list(made.left_out),
                "findings": [finding.as_dict() for finding in made.faults],
            }
        )
    else:
        say(
            Text(
                f"Säkerhetskopian är hel: {taken.folder}, {len(made.files)} filer, {made.size} byte, varav {taken.linked} filer länkade.",
                f"The backup is whole: {taken.folder}, {len(made.files)} files, {made.size} bytes, {taken.linked} of the files linked.",
            )
        )
        say(
            Text(
                f"Händelser: {made.events}, huvud {made.head}. Förteckningens hash: {taken.manifest_hash}.",
                f"Events: {made.events}, head {made.head}. The manifest’s hash: {taken.manifest_hash}.",
            )
        )
        if made.key == "environment":
            say(_KEY_APART)
        if made.left_out:
            names = ", ".join(made.left_out)
            say(
                Text(
                    f"Inte med, eftersom det inte hör till registret: {names}.",
                    f"Left out, since it does not belong to the registry: {names}.",
                )
            )
        _show(made.faults)
    if not taken.is_recorded:
        say(
            Text(
                "Databasen svarade inte längre, så händelseloggen säger inte att säkerhetskopian togs.",
                "The database answered no longer, so the audit log does not say that the backup was taken.",
            ),
            err=True,
        )
    if made.faults or not taken.is_recorded:
        raise SystemExit(1)


@click.command("restore")
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--check", "only_check", is_flag=True, help="Read and verify the backup where it lies; restore nothing.")
@click.option(
    "--head", help="A chain head that you hold from before, on a receipt for instance; the backup must contain it."
)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@with_appcontext
def restore_command(folder: Path, only_check: bool, head: str | None, as_json: bool) -> None:
    """Put the backup in DIR into this instance, which must be empty, and verify all of it.

    The instance is the one that REGISTRY_INSTANCE and REGISTRY_DATABASE_URL name. Every sign-in of the time of the
    backup is ended.
    """
    from registry.backup.checking import check
    from registry.backup.restoring import restore

    known_head = _head(head)
    with _ending_in_order():
        if only_check:
            checked = check(folder, known_head=known_head)
            restored, findings, is_well = None, checked.findings, checked.is_whole
        else:
            restored = restore(folder, known_head=known_head)
            checked, findings, is_well = restored.checked, restored.findings, restored.is_done
    about = checked.manifest
    if as_json:
        _show_json(
            {
                "whole": checked.is_whole,
                "restored": restored is not None and restored.is_done,
                "upgraded": restored is not None and restored.is_upgraded,
                "manifest_sha256": checked.manifest_hash,
                "taken_at": about.taken_at,
                "revision": about.revision,
                "head": about.head,
                "events": about.events,
                "files": len(about.files),
                "bytes": about.size,
                "settings": dict(about.settings),
                "findings": [finding.as_dict() for finding in findings],
            }
        )
    else:
        _show(findings)
        _tell(checked, was_asked=restored is not None, is_well=is_well)
        if restored is not None and is_well:
            _tell_settings(about.settings)
            if about.key == "environment":
                say(_KEY_APART)
    if not is_well or any(finding.severity is not Severity.INFO for finding in findings):
        raise SystemExit(1)


def _tell(checked: "Checked", *, was_asked: bool, is_well: bool) -> None:
    about = checked.manifest
    taken_at = f"{clock.local(datetime.fromisoformat(about.taken_at)):%Y-%m-%d %H:%M:%S}"
    events, files = about.events, len(about.files)
    if not checked.is_whole:
        say(
            Text(
                "Säkerhetskopian är skadad, se ovan. Ingenting är återställt.",
                "The backup is damaged, see above. Nothing is restored.",
            ),
            err=True,
        )
    elif not was_asked:
        say(
            Text(
                f"Säkerhetskopian är hel: tagen {taken_at}, {events} händelser, {files} filer.",
                f"The backup is whole: taken {taken_at}, {events} events, {files} files.",
            )
        )
    elif is_well:
        say(
            Text(
                f"Registret är återställt till {taken_at} och kontrollerat: {events} händelser, {files} filer. "
                "Starta det med `python -m registry.serve`. Alla måste logga in på nytt.",
                f"The registry is restored as of {taken_at} and verified: {events} events, {files} files. "
                "Start it with `python -m registry.serve`. Everybody has to sign in again.",
            )
        )
    else:
        say(
            Text(
                "Det som återställdes stämmer inte, se ovan. Registret startar inte förrän en återställning har lyckats.",
                "What was restored does not hold, see above. The registry does not start before a restoration has succeeded.",
            ),
            err=True,
        )


def _tell_settings(then: Mapping[str, str]) -> None:
    """Name the settings that were others when the backup was taken; settings are never restored."""
    now = {name: str(current_app.config.get(name)) for name in then if name not in _OF_THE_PLACE}
    if differing := ", ".join(f"{name}={then[name]}" for name in sorted(now) if now[name] != then[name]):
        say(
            Text(
                f"Inställningar följer inte med. När säkerhetskopian togs gällde: {differing}.",
                f"Settings are not restored. When the backup was taken these applied: {differing}.",
            )
        )


_OF_THE_PLACE = frozenset({"INSTANCE", "DATABASE_URL", "BASE_ADDRESS"})
_KEY_APART = Text(
    "Nyckeln som signerar kakor gavs som inställning (REGISTRY_SECRET_KEY) och ingår inte: bevara den för sig.",
    "The key that signs cookies was given as a setting (REGISTRY_SECRET_KEY) and is not included: keep it apart.",
)


@contextmanager
def _ending_in_order() -> Iterator[None]:
    """A request to end is an exception here, so that what is half done is cleared away; a reason to stop is a sentence.

    What is written meanwhile is for its owner alone.
    """

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(143)

    before, mask = signal.signal(signal.SIGTERM, stop), os.umask(0o077)
    try:
        yield
    except Stopped as stopped:
        fail(stopped.text)
    finally:
        os.umask(mask)
        signal.signal(signal.SIGTERM, before)


def _show(findings: Sequence[Finding]) -> None:
    for finding in findings:
        click.echo(_words(finding), err=True)
        for place in finding.places[:SHOWN]:
            click.echo(f"  {place.value}", err=True)
        if (more := len(finding.places) - SHOWN) > 0:
            say(
                Text(f"  … och {more} till; --json har alla.", f"  … and {more} more; --json has all of them."),
                err=True,
            )


def _words(finding: Finding) -> str:
    try:
        one = read_finding(finding)
    except KeyError:  # a later release wrote it into the manifest
        return finding.code
    return f"{one.title} ({one.code}). {one.body} {one.mend}"


def _show_json(what: dict[str, Any]) -> None:
    click.echo(json.dumps(what, ensure_ascii=False, indent=1))


def _head(text: str | None) -> str | None:
    if text is None:
        return None
    head = re.sub(r"\s", "", text).lower()  # a receipt prints it in groups of four
    if not _HEAD.fullmatch(head):
        fail(
            Text(
                "Det är inget kedjehuvud: ett sådant är 64 hexadecimala siffror, 0–9 och a–f. Kopiera hela.",
                "That is not a head: a head is 64 hexadecimal digits, 0–9 and a–f. Copy the whole of it.",
            )
        )
    return head
